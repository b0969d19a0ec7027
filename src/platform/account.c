/* Who is who: programs and their secrets, people and groups, and the names that each program knows them by: keyed
 * pseudonyms, so that no two programs can compare what they know. */
#include "platform/inside.h"

#define PSEUDONYM 27 // base64url characters behind the first letter

static struct value find(struct value list, const char *key, struct str wanted)
{
	for (size_t i = 0; i < value_len(list); i++) {
		struct value item = value_at(list, i);
		if (str_eq(value_str(value_get_text(item, key)), wanted) && wanted.len) {
			return item;
		}
	}
	return value_undefined();
}

static size_t count_entity(struct value programs, struct str entity)
{
	size_t count = 0;
	for (size_t i = 0; i < value_len(programs) && entity.len; i++) {
		count += str_eq(value_str(value_get_text(value_at(programs, i), "entity")), entity);
	}
	return count;
}

bool account_find(struct platform *platform, struct str appid, struct account *ret_account)
{
	*ret_account = (struct account){0};
	pthread_mutex_lock(&platform->lock);
	struct value programs = value_get_text(platform->world, "programs"), program = find(programs, "appid", appid);
	bool found = value_is(program, VALUE_OBJECT);
	if (found) {
		struct str entity = value_str(value_get_text(program, "entity"));
		strbuf_add(&ret_account->appid, appid);
		strbuf_add(&ret_account->secret, value_str(value_get_text(program, "secret")));
		strbuf_add(&ret_account->entity, entity.len ? entity : appid);
		ret_account->shares_entity = count_entity(programs, entity) > 1;
	}
	pthread_mutex_unlock(&platform->lock);
	return found;
}

void account_finish(struct account *account)
{
	strbuf_finish(&account->appid);
	strbuf_finish(&account->secret);
	strbuf_finish(&account->entity);
}

struct value account_person(struct platform *platform, struct str person)
{
	struct strbuf json = {0};
	struct value copy = value_undefined();
	pthread_mutex_lock(&platform->lock);
	struct value found = find(value_get_text(platform->world, "people"), "id", person);
	if (value_is(found, VALUE_OBJECT)) {
		json_write(found, &json);
	}
	pthread_mutex_unlock(&platform->lock);
	if (json.len) {
		json_parse(strbuf_str(&json), &copy, NULL);
	}
	strbuf_finish(&json);
	return copy;
}

bool account_has_person(struct platform *platform, struct str person)
{
	pthread_mutex_lock(&platform->lock);
	bool found = value_is(find(value_get_text(platform->world, "people"), "id", person), VALUE_OBJECT);
	pthread_mutex_unlock(&platform->lock);
	return found;
}

static bool has_member(struct value group, struct str person)
{
	struct value members = value_get_text(group, "members");
	for (size_t i = 0; i < value_len(members); i++) {
		if (str_eq(value_str(value_at(members, i)), person)) {
			return true;
		}
	}
	return false;
}

bool account_is_member(struct platform *platform, struct str group, struct str person)
{
	pthread_mutex_lock(&platform->lock);
	bool member = has_member(find(value_get_text(platform->world, "groups"), "id", group), person);
	pthread_mutex_unlock(&platform->lock);
	return member;
}

static struct value pseudonym(const uint8_t *key, char letter, struct str scope, struct str name)
{
	uint8_t mac[32];
	struct strbuf text = {0};
	strbuf_add_char(&text, letter);
	seal_mac(key, scope, name, mac);
	seal_base64url((struct str){(char *)mac, sizeof(mac)}, &text);
	struct value result = value_string(str_slice(strbuf_str(&text), 0, 1 + PSEUDONYM));
	strbuf_finish(&text);
	return result;
}

struct value account_openid(struct platform *platform, struct str appid, struct str person)
{
	return pseudonym(platform->openid_key, 'o', appid, person);
}

struct value platform_openid(struct platform *platform, struct str appid, struct str person)
{
	return account_openid(platform, appid, person);
}

struct value account_unionid(struct platform *platform, const struct account *account, struct str person)
{
	return pseudonym(platform->unionid_key, 'o', strbuf_str(&account->entity), person);
}

struct value account_open_gid(struct platform *platform, struct str appid, struct str group)
{
	return pseudonym(platform->group_key, 'G', appid, group);
}

struct value account_by_openid(struct platform *platform, struct str appid, struct str openid)
{
	struct value found = value_undefined();
	pthread_mutex_lock(&platform->lock);
	struct value people = value_get_text(platform->world, "people");
	for (size_t i = 0; i < value_len(people) && value_is(found, VALUE_UNDEFINED); i++) {
		struct str id = value_str(value_get_text(value_at(people, i), "id"));
		struct value own = account_openid(platform, appid, id);
		found = seal_equal(value_str(own), openid) ? value_string(id) : found;
		value_unref(own);
	}
	pthread_mutex_unlock(&platform->lock);
	return found;
}

struct value account_group_name(struct platform *platform, struct str appid, struct str open_gid, struct str person)
{
	struct value name = value_undefined();
	pthread_mutex_lock(&platform->lock);
	struct value groups = value_get_text(platform->world, "groups");
	for (size_t i = 0; i < value_len(groups) && value_is(name, VALUE_UNDEFINED); i++) {
		struct value group = value_at(groups, i);
		struct value own = account_open_gid(platform, appid, value_str(value_get_text(group, "id")));
		if (seal_equal(value_str(own), open_gid) && has_member(group, person)) {
			name = value_string(value_str(value_get_text(group, "name")));
		}
		value_unref(own);
	}
	pthread_mutex_unlock(&platform->lock);
	return name;
}

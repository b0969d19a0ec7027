/* Updatable messages (动态消息): an activity whose state the program's server changes, and what a card then shows
 * (share.md 15). */
#include "platform/inside.h"

#define STATES 3
#define ENDED 2 // the state in which what has expired shows itself
#define TEXT_MAX 100

/* Templates of today (their states and colours) and the one of 2018, which has no id: "" stands for it. Its third state
 * is only how it looks when its time is over. */
static const struct template {
	const char *id; // how it ends
	const char *texts[STATES], *colors[STATES];
} templates[] = {
	{"", {"成员正在加入，当前 {member_count}/{room_limit} 人", "已开始", "已结束"}, {"#FA9D39", "#CCCCCC", "#00ff00"}},
	{"584B", {"成员正在加入，当前 {member_count}/{room_limit} 人", "已开始", "已结束"}, {"#10AEFF", "#07C160", "#CCCCCC"}},
	{"F5F5", {"成员正在加入，当前 {member_count}/{room_limit} 人", "已到齐", "已结束"}, {"#10AEFF", "#07C160", "#CCCCCC"}},
};

static const struct schema parameter_rows[] = {
	{"name", SCHEMA_STRING, SCHEMA_REQUIRED, .choices = "member_count|room_limit|path|version_type"},
	{"value", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

int activity_create(struct platform *platform, struct str appid, struct value *ret_result)
{
	struct strbuf id = {0}, json = {0};
	uint8_t bytes[24];
	double ends = platform_now(platform) + PLATFORM_ACTIVITY_MS;
	platform_random(platform, bytes, sizeof(bytes));
	strbuf_add_text(&id, "9999_");
	seal_base64url((struct str){(char *)bytes, sizeof(bytes)}, &id);
	struct value activity = value_object_new(4);
	value_object_set_text(&activity, "appid", value_string(appid));
	value_object_set_text(&activity, "state", value_number(0));
	value_object_set_text(&activity, "expires", value_number(ends));
	json_write(activity, &json);
	struct store_record record = {STR("activities"), strbuf_str(&id), strbuf_str(&json), ends + 7 * PLATFORM_ACTIVITY_MS};
	int outcome = platform->store->engine->put(platform->store, &record, 1);
	value_unref(activity);
	strbuf_finish(&json);
	if (outcome != STORE_OK) {
		strbuf_finish(&id);
		return platform_store_failed(ret_result);
	}
	struct value result = value_object_new(4);
	value_object_set_text(&result, "errcode", value_number(0));
	value_object_set_text(&result, "errmsg", value_text("ok"));
	value_object_set_text(&result, "activity_id", value_take(&id));
	value_object_set_text(&result, "expiration_time", value_number(floor(ends / 1000)));
	*ret_result = result;
	return ERRCODE_OK;
}

/* {name: value} of a parameter list; undefined: a name or a value that WeChat does not know. */
static struct value read_parameters(struct value given)
{
	struct value list = value_get_text(value_get_text(given, "template_info"), "parameter_list");
	struct value parameters = value_object_new(value_len(list));
	for (size_t i = 0; i < value_len(list); i++) {
		struct value item = value_at(list, i);
		struct str text = value_str(value_get_text(item, "value"));
		if (!value_is(item, VALUE_OBJECT) || !schema_check(parameter_rows, item, NULL, NULL) || text.len > TEXT_MAX) {
			value_unref(parameters);
			return value_undefined();
		}
		value_object_set(&parameters, value_str(value_get_text(item, "name")), value_string(text));
	}
	return parameters;
}

/* From 0 to anything, from 1 to 2; 2 is the end. */
static bool may_become(double from, double to)
{
	return to >= 0 && to < STATES && to == floor(to) && (from == 0 || to > from);
}

static bool is_version(struct value parameters)
{
	struct str version = value_str(value_get_text(parameters, "version_type"));
	return !value_has(parameters, STR("version_type")) || str_is(version, "develop") || str_is(version, "trial")
		|| str_is(version, "release");
}

/* What a state cannot be without (updatableMessage.setUpdatableMsg.html). */
static bool is_complete(double state, struct value parameters)
{
	static const char *const needed[STATES][2] = {{"member_count", "room_limit"}, {"path", "version_type"}};
	for (size_t i = 0; i < 2; i++) {
		const char *name = needed[(size_t)state][i];
		if (name && !value_has(parameters, str_of(name))) {
			return false;
		}
	}
	return true;
}

/* ERRCODE_OK when the activity may get the state and the parameters (undefined: they were none). */
static int check_send(struct value activity, struct str appid, struct value target, struct value parameters, double now,
	struct value *ret_result)
{
	if (!str_eq(value_str(value_get_text(activity, "appid")), appid)) {
		return platform_fail(ret_result, ERRCODE_ACTIVITY, "invalid activity_id");
	}
	if (value_to_number(value_get_text(activity, "expires")) <= now) {
		return platform_fail(ret_result, ERRCODE_ACTIVITY_ENDED, "activity_id expired");
	}
	if (!value_is(parameters, VALUE_OBJECT)) {
		return platform_fail(ret_result, ERRCODE_FORMAT, "data format error");
	}
	if (!value_is(target, VALUE_NUMBER) || !may_become(value_to_number(value_get_text(activity, "state")), target.number)) {
		return platform_fail(ret_result, ERRCODE_STATE, "invalid target_state, or the activity's state cannot become that");
	}
	if (!is_complete(target.number, parameters)) {
		return platform_fail(ret_result, ERRCODE_FORMAT, "data format error: parameter_list lacks what this state needs");
	}
	return is_version(parameters) ? ERRCODE_OK : platform_fail(ret_result, ERRCODE_VERSION, "invalid version_type");
}

int activity_send(struct platform *platform, struct str appid, struct value given, struct value *ret_result)
{
	struct str id = value_str(value_get_text(given, "activity_id"));
	struct value target = value_get_text(given, "target_state"), parameters = read_parameters(given);
	struct strbuf text = {0}, json = {0};
	struct value activity = value_undefined();
	double now = platform_now(platform);
	int outcome = platform->store->engine->get(platform->store, STR("activities"), id, now, &text);
	if (outcome == STORE_OK) {
		json_parse(strbuf_str(&text), &activity, NULL);
	}
	int status = outcome == STORE_FAILED ? platform_store_failed(ret_result)
		: check_send(activity, appid, target, parameters, now, ret_result);
	if (status == ERRCODE_OK) {
		activity = value_unshared(activity);
		value_object_set_text(&activity, "state", target);
		value_object_set_text(&activity, "parameters", value_ref(parameters));
		json_write(activity, &json);
		struct store_record record = {STR("activities"), id, strbuf_str(&json), now + 8 * PLATFORM_ACTIVITY_MS};
		status = platform->store->engine->swap(platform->store, &record, 1, strbuf_str(&text)) == STORE_OK ? ERRCODE_OK
			: platform_store_failed(ret_result);
	}
	if (status == ERRCODE_OK) {
		*ret_result = value_object_new(0);
	}
	value_unref(activity);
	value_unref(parameters);
	strbuf_finish(&text);
	strbuf_finish(&json);
	return status;
}

/* --- what a card shows --- */

static const struct template *find_template(struct str id)
{
	for (size_t i = 1; i < ARRAY_LEN(templates); i++) {
		if (id.len && str_ends(id, str_of(templates[i].id))) {
			return &templates[i];
		}
	}
	return &templates[0];
}

/* "{name}" is the activity's parameter of that name, else the card's. */
static void fill(const char *text, struct value parameters, struct value own, struct strbuf *out)
{
	for (struct str rest = str_of(text); rest.len;) {
		size_t open = size_min(str_find_char(rest, '{'), rest.len), close = str_find_char(rest, '}');
		strbuf_add(out, str_slice(rest, 0, open));
		if (open == rest.len || close == SIZE_MAX) {
			return;
		}
		struct str name = str_slice(rest, open + 1, close);
		struct value found = value_has(parameters, name) ? value_get(parameters, name) : value_get(own, name);
		strbuf_add(out, value_is(found, VALUE_STRING) ? value_str(found) : STR("0"));
		rest = str_slice(rest, close + 1, rest.len);
	}
}

int activity_look(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct str id = value_str(value_get_text(parameters, "activityId"));
	struct value info = value_get_text(parameters, "templateInfo"), own = value_object_new(4), activity = value_undefined();
	struct value list = value_get_text(info, "parameterList");
	struct strbuf text = {0}, shown = {0};
	double now = platform_now(platform);
	for (size_t i = 0; i < value_len(list); i++) {
		value_object_set(&own, value_str(value_get_text(value_at(list, i), "name")), value_ref(value_get_text(value_at(list, i), "value")));
	}
	int outcome = platform->store->engine->get(platform->store, STR("activities"), id, now, &text);
	if (outcome == STORE_OK) {
		json_parse(strbuf_str(&text), &activity, NULL);
	}
	strbuf_finish(&text);
	if (!value_is(activity, VALUE_OBJECT)) {
		value_unref(own);
		return outcome == STORE_FAILED ? platform_store_failed(ret_result)
			: platform_fail(ret_result, ERRCODE_ACTIVITY, "invalid activity_id");
	}
	const struct template *template = find_template(value_str(value_get_text(info, "templateId")));
	bool expired = value_to_number(value_get_text(activity, "expires")) <= now;
	size_t state = expired ? ENDED : (size_t)value_to_number(value_get_text(activity, "state")) % STATES;
	fill(template->texts[state], value_get_text(activity, "parameters"), own, &shown);
	struct value result = value_object_new(6), path = value_get_text(value_get_text(activity, "parameters"), "path");
	if (value_to_number(value_get_text(activity, "state")) > 0 && value_str(path).len) {
		value_object_set_text(&result, "path", value_ref(path));
	}
	value_object_set_text(&result, "state", value_number((double)state));
	value_object_set_text(&result, "text", value_take(&shown));
	value_object_set_text(&result, "color", value_text(template->colors[state]));
	value_object_set_text(&result, "expired", value_bool(expired));
	*ret_result = result;
	value_unref(own);
	value_unref(activity);
	return ERRCODE_OK;
}

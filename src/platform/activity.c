/* Updatable messages (动态消息): an activity whose state the program's server changes, and what a card then shows
 * (share.md 15). */
#include "platform/inside.h"

#define STATES 3
#define TEXT_MAX 100

/* Templates of today (their states and colours) and the one of 2018, which has no id: "" stands for it. */
static const struct template {
	const char *id; // how it ends
	const char *texts[STATES], *colors[STATES];
} templates[] = {
	{"", {"成员正在加入，当前 {member_count}/{room_limit} 人", "已开始", NULL}, {"#FA9D39", "#CCCCCC", NULL}},
	{"584B", {"成员正在加入，当前 {member_count}/{room_limit} 人", "已开始", "已结束"}, {"#10AEFF", "#07C160", "#CCCCCC"}},
	{"F5F5", {"成员正在加入，当前 {member_count}/{room_limit} 人", "已完成", "已结束"}, {"#10AEFF", "#07C160", "#CCCCCC"}},
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

/* From 0 to anything; from 1 on to 2, or again to 1 with other words; 2 is the end. */
static bool may_become(double from, double to)
{
	return to >= from && from < STATES - 1;
}

int activity_send(struct platform *platform, struct str appid, struct value given, struct value *ret_result)
{
	struct str id = value_str(value_get_text(given, "activity_id"));
	struct value target = value_get_text(given, "target_state"), parameters = read_parameters(given);
	struct strbuf text = {0}, json = {0};
	struct value activity = value_undefined();
	double now = platform_now(platform);
	int status = ERRCODE_OK;
	if (platform->store->engine->get(platform->store, STR("activities"), id, now, &text) == STORE_OK) {
		json_parse(strbuf_str(&text), &activity, NULL);
	}
	if (!str_eq(value_str(value_get_text(activity, "appid")), appid)) {
		status = platform_fail(ret_result, ERRCODE_ACTIVITY, "invalid activity_id");
	} else if (value_to_number(value_get_text(activity, "expires")) <= now) {
		status = platform_fail(ret_result, ERRCODE_ACTIVITY_ENDED, "activity_id expired");
	} else if (!value_is(target, VALUE_NUMBER) || target.number != floor(target.number) || target.number < 0 || target.number >= STATES
		|| !value_is(parameters, VALUE_OBJECT)) {
		status = platform_fail(ret_result, ERRCODE_STATE, "invalid target_state or template_info");
	} else if (!may_become(value_to_number(value_get_text(activity, "state")), target.number)) {
		status = platform_fail(ret_result, ERRCODE_TRANSITION, "the state cannot be changed to target_state");
	}
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
	if (platform->store->engine->get(platform->store, STR("activities"), id, now, &text) == STORE_OK) {
		json_parse(strbuf_str(&text), &activity, NULL);
	}
	strbuf_finish(&text);
	if (!value_is(activity, VALUE_OBJECT)) {
		value_unref(own);
		return platform_fail(ret_result, ERRCODE_ACTIVITY, "invalid activity_id");
	}
	const struct template *template = find_template(value_str(value_get_text(info, "templateId")));
	size_t state = (size_t)value_to_number(value_get_text(activity, "state")) % STATES;
	state = template->texts[state] ? state : 1;
	fill(template->texts[state], value_get_text(activity, "parameters"), own, &shown);
	struct value result = value_object_new(4);
	value_object_set_text(&result, "state", value_number((double)state));
	value_object_set_text(&result, "text", value_take(&shown));
	value_object_set_text(&result, "color", value_text(template->colors[state]));
	value_object_set_text(&result, "expired", value_bool(value_to_number(value_get_text(activity, "expires")) <= now));
	*ret_result = result;
	value_unref(own);
	value_unref(activity);
	return ERRCODE_OK;
}

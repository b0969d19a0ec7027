/* Storage (数据缓存): 10 MB a program, 1 MB a key; each call also as ...Sync. */
#include "runtime/api/api.h"

static const struct schema key_parameters[] = {
	{"key", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema set_parameters[] = {
	{"key", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"data", SCHEMA_ANY, .doc = "anything that JSON can carry"},
	{0},
};

static const struct schema get_result[] = {
	{"data", SCHEMA_ANY},
	{0},
};

static const struct schema info_result[] = {
	{"keys", SCHEMA_ARRAY, .item = SCHEMA_STRING},
	{"currentSize", SCHEMA_NUMBER, .doc = "KB"},
	{"limitSize", SCHEMA_NUMBER, .doc = "KB"},
	{0},
};

#define STORE_SLOTS(X) \
	X(get) \
	X(set) \
	X(remove) \
	X(clear) \
	X(info)

#define ASYNC(slot) \
	static void async_##slot(struct api_call *call) \
	{ \
		api_call_forward(call); \
		host_start_ask(app_host(call->app), HOST_HAS(app_host(call->app), store, slot) ? app_host(call->app)->store->slot : NULL, \
			call->parameters, &call->request); \
	}
STORE_SLOTS(ASYNC)

/* A key that is no string is taken by its text, as WeChat does. */
static struct value sync_parameters(const struct api_call *call)
{
	struct value parameters = value_object_new(2);
	struct strbuf key = {0};
	value_to_text(value_at(call->args, 0), &key);
	value_object_set_text(&parameters, "key", value_take(&key));
	if (value_len(call->args) > 1) {
		value_object_set_text(&parameters, "data", value_ref(value_at(call->args, 1)));
	}
	return parameters;
}

/* `whole`: the host's whole answer is returned; else its data, "" when there is none. */
static void finish_sync(struct api_call *call, enum host_outcome outcome, struct host_answer *answer, bool whole)
{
	if (whole && outcome == HOST_OK) {
		api_call_succeed(call, value_ref(answer->value));
	} else if (outcome == HOST_OK || outcome == HOST_NOT_FOUND) {
		struct value data = value_get_text(answer->value, "data");
		api_call_succeed(call, outcome == HOST_OK ? value_ref(data) : value_text(""));
	} else {
		struct strbuf text = {0};
		strbuf_add(&text, value_str(value_get_text(answer->value, "errMsg")));
		api_call_fail(call, "%s", text.at ? text.at : host_outcome_text(outcome));
		strbuf_finish(&text);
	}
	host_answer_finish(answer);
}

#define SYNC(slot) \
	static void sync_##slot(struct api_call *call) \
	{ \
		struct value parameters = sync_parameters(call); \
		struct host_answer answer = {0}; \
		enum host_outcome outcome = HOST_ASK(app_host(call->app), store, slot, parameters, NULL, &answer); \
		finish_sync(call, outcome, &answer, str_is(STR(#slot), "info")); \
		value_unref(parameters); \
	}
STORE_SLOTS(SYNC)

const struct api api_storage_rows[] = {
	{"setStorage", API_ASYNC, .doc = "Stores data under a key.", .parameters = set_parameters, .call = async_set},
	{"getStorage", API_ASYNC, .doc = "Reads what is stored under a key.", .parameters = key_parameters, .result = get_result,
		.fails = "data not found", .call = async_get},
	{"removeStorage", API_ASYNC, .doc = "Forgets a key.", .parameters = key_parameters, .call = async_remove},
	{"clearStorage", API_ASYNC, .doc = "Forgets everything.", .call = async_clear},
	{"getStorageInfo", API_ASYNC, .doc = "Keys and sizes.", .result = info_result, .call = async_info},
	{"setStorageSync", API_SYNC, .doc = "setStorage(key, data).", .call = sync_set},
	{"getStorageSync", API_SYNC, .doc = "getStorage(key); \"\" when there is nothing.", .call = sync_get},
	{"removeStorageSync", API_SYNC, .doc = "removeStorage(key).", .call = sync_remove},
	{"clearStorageSync", API_SYNC, .doc = "clearStorage().", .call = sync_clear},
	{"getStorageInfoSync", API_SYNC, .doc = "getStorageInfo().", .result = info_result, .call = sync_info},
	{0},
};

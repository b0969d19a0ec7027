/* The framework itself: canIUse, launch options, life-cycle events, base64, ext.json. */
#include "runtime/api/api.h"

static void can_i_use(struct api_call *call)
{
	api_call_succeed(call, value_bool(api_can_use(call->app, value_str(value_at(call->args, 0)))));
}

static void launch_options(struct api_call *call)
{
	api_call_succeed(call, value_ref(app_launch_options(call->app)));
}

static void enter_options(struct api_call *call)
{
	api_call_succeed(call, value_ref(app_enter_options(call->app)));
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void to_base64(struct api_call *call)
{
	struct str bytes;
	struct strbuf out = {0};
	if (!app_bytes_in(call->app, value_at(call->args, 0), &bytes)) {
		api_call_fail(call, "parameter error: the argument should be an ArrayBuffer;");
		return;
	}
	strbuf_add_base64(&out, bytes);
	api_call_succeed(call, value_take(&out));
}

static void from_base64(struct api_call *call)
{
	if (!value_is(value_at(call->args, 0), VALUE_STRING)) {
		api_call_fail(call, "parameter error: the argument should be a String;");
		return;
	}
	struct str text = value_str(value_at(call->args, 0));
	struct strbuf out = {0};
	uint32_t group = 0;
	int bits = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char *at = text.at[i] ? strchr(alphabet, text.at[i]) : NULL;
		if (!at) {
			continue; // padding and white space
		}
		group = group << 6 | (uint32_t)(at - alphabet);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			strbuf_add_char(&out, (char)(group >> bits & 0xff));
		}
	}
	api_call_succeed(call, app_bytes_out(call->app, strbuf_str(&out)));
	strbuf_finish(&out);
}

static struct value ext_config(struct app *app)
{
	struct value ext = value_get_text(app_config(app)->ext, "ext");
	return value_is(ext, VALUE_OBJECT) ? value_ref(ext) : value_object_new(0);
}

/* No experiment runs here: none of the keys has a value. */
static void experiments(struct api_call *call)
{
	api_call_succeed(call, value_object_new(0));
}

static void get_ext_config(struct api_call *call)
{
	struct value result = value_object_new(1);
	value_object_set_text(&result, "extConfig", ext_config(call->app));
	api_call_succeed(call, result);
}

static void get_ext_config_sync(struct api_call *call)
{
	api_call_succeed(call, ext_config(call->app));
}

static void account_info(struct api_call *call)
{
	struct value result = value_object_new(1), program = value_object_new(3);
	value_object_set_text(&program, "appId", value_string(app_appid(call->app)));
	value_object_set_text(&program, "envVersion", value_text("develop"));
	value_object_set_text(&program, "version", value_text(""));
	value_object_set_text(&result, "miniProgram", program);
	api_call_succeed(call, result);
}

static const struct schema ext_result[] = {
	{"extConfig", SCHEMA_OBJECT},
	{0},
};

const struct api api_base_rows[] = {
	{"canIUse", API_SYNC, "1.1.1", .doc = "Does this API, parameter, component or attribute exist?", .call = can_i_use},
	{"getLaunchOptionsSync", API_SYNC, "2.1.2", .doc = "What the program was started with.", .call = launch_options},
	{"getEnterOptionsSync", API_SYNC, "2.9.4", .doc = "What the program was entered with.", .call = enter_options},
	{"getAccountInfoSync", API_SYNC, "2.2.2", .doc = "The program's appId and version.", .call = account_info},
	{"getExtConfig", API_ASYNC, "1.1.0", .doc = "ext.json's \"ext\".", .result = ext_result, .call = get_ext_config},
	{"getExptInfoSync", API_SYNC, "2.17.0", .doc = "Values of the experiments (实验) that the person takes part in.", .call = experiments},
	{"getExtConfigSync", API_SYNC, "1.1.0", .doc = "getExtConfig().", .call = get_ext_config_sync},
	{"arrayBufferToBase64", API_SYNC, "1.1.0", .doc = "Bytes as base64 text.", .call = to_base64},
	{"base64ToArrayBuffer", API_SYNC, "1.1.0", .doc = "The bytes of base64 text.", .call = from_base64},
	{"onAppShow", API_EVENT, "2.1.2", .doc = "The program came to the front."},
	{"onAppHide", API_EVENT, "2.1.2", .doc = "The program went to the background."},
	{"onError", API_EVENT, "2.1.2", .doc = "A script error: message and stack."},
	{"onUnhandledRejection", API_EVENT, "2.10.0", .doc = "A promise that nobody handled: {reason}."},
	{"onPageNotFound", API_EVENT, "2.1.2", .doc = "A page that does not exist was to be opened."},
	{0},
};

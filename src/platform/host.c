/* What hosts ask on behalf of people: one row an operation. */
#include "platform/inside.h"

#define DAY_MS 86400000.0
#define ZONE_MS (8 * 3600000.0) // days of WeRun are China's
#define STEP_DAYS 30

static struct str text_of(struct value parameters, const char *key)
{
	return value_str(value_get_text(parameters, key));
}

/* --- the person --- */

static const char *const user_keys[] = {"nickName", "gender", "language", "city", "province", "country", "avatarUrl"};

/* `zh` of a person has places in Chinese; what it has not stays as it is. */
static struct value user_info(struct value person, struct str lang)
{
	struct value info = value_object_new(ARRAY_LEN(user_keys)), local = value_get_text(person, "zh");
	for (size_t i = 0; i < ARRAY_LEN(user_keys); i++) {
		struct value item = value_get_text(person, user_keys[i]);
		if (str_starts(lang, STR("zh")) && value_has(local, str_of(user_keys[i]))) {
			item = value_get_text(local, user_keys[i]);
		}
		bool number = i == 1; // gender
		value_object_set_text(&info, user_keys[i], value_is(item, number ? VALUE_NUMBER : VALUE_STRING) ? value_ref(item)
			: number ? value_number(0) : value_text(""));
	}
	return info;
}

static struct value with_identity(struct platform *platform, struct str appid, struct str person, struct value info)
{
	struct account account;
	struct value open = value_object_new(10);
	value_object_set_text(&open, "openId", account_openid(platform, appid, person));
	for (size_t i = 0; i < value_count(info); i++) {
		value_object_set(&open, value_key(info, i), value_ref(value_entry(info, i)));
	}
	if (account_find(platform, appid, &account)) {
		value_object_set_text(&open, "unionId", account_unionid(platform, &account, person));
	}
	account_finish(&account);
	return open;
}

static int do_user_info(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct str appid = text_of(parameters, "appid"), id = text_of(parameters, "person");
	struct value person = account_person(platform, id), info = user_info(person, text_of(parameters, "lang"));
	struct value wants = value_get_text(parameters, "withCredentials"), result = value_object_new(5), sealed = value_undefined();
	bool never = value_is(wants, VALUE_BOOL) && !wants.boolean, must = value_is(wants, VALUE_BOOL) && wants.boolean;
	struct strbuf raw = {0}, key = {0}, signature = {0};
	json_write(info, &raw);
	int status = never ? ERRCODE_SIGNATURE : session_seal(platform, appid, id, with_identity(platform, appid, id, info), &key, &sealed);
	bool session = status == ERRCODE_OK;
	status = status == ERRCODE_SIGNATURE && !must ? ERRCODE_OK : status;
	seal_signature(strbuf_str(&raw), strbuf_str(&key), &signature);
	value_object_set_text(&result, "userInfo", info);
	value_object_set_text(&result, "rawData", value_take(&raw));
	if (session) {
		value_object_set_text(&result, "signature", value_take(&signature));
		value_object_set_text(&result, "encryptedData", value_ref(value_get_text(sealed, "encryptedData")));
		value_object_set_text(&result, "iv", value_ref(value_get_text(sealed, "iv")));
	}
	*ret_result = status == ERRCODE_OK ? result : sealed;
	value_unref(status == ERRCODE_OK ? sealed : result);
	value_unref(person);
	strbuf_finish(&key);
	strbuf_finish(&signature);
	return status;
}

/* A phone number abroad carries its country's code (getPhoneNumber.html). */
static struct value phone_facts(struct value person)
{
	struct value phone = value_get_text(person, "phone"), facts = value_object_new(3);
	struct str pure = text_of(phone, "purePhoneNumber"), country = text_of(phone, "countryCode");
	struct strbuf whole = {0};
	country = country.len ? country : STR("86");
	if (!str_is(country, "86")) {
		strbuf_printf(&whole, "+" STR_FMT, STR_ARG(country));
	}
	strbuf_add(&whole, pure);
	value_object_set_text(&facts, "phoneNumber", value_take(&whole));
	value_object_set_text(&facts, "purePhoneNumber", value_string(pure));
	value_object_set_text(&facts, "countryCode", value_string(country));
	return facts;
}

static bool keep_phone(struct platform *platform, struct str appid, struct value facts, struct strbuf *ret_code)
{
	struct strbuf hash = {0}, json = {0};
	uint8_t bytes[32];
	struct value kept = value_object_new(2);
	platform_random(platform, bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		strbuf_printf(ret_code, "%02x", bytes[i]);
	}
	value_object_set_text(&kept, "appid", value_string(appid));
	value_object_set_text(&kept, "phone", value_ref(facts));
	json_write(kept, &json);
	seal_sha256_hex(strbuf_str(ret_code), &hash);
	struct store_record record = {STR("phones"), strbuf_str(&hash), strbuf_str(&json), platform_now(platform) + PLATFORM_CODE_MS};
	bool good = platform->store->engine->put(platform->store, &record, 1) == STORE_OK;
	value_unref(kept);
	strbuf_finish(&hash);
	strbuf_finish(&json);
	return good;
}

static int do_phone_number(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct str appid = text_of(parameters, "appid"), id = text_of(parameters, "person");
	struct value person = account_person(platform, id), facts = phone_facts(person);
	struct strbuf code = {0};
	value_unref(person);
	if (!text_of(facts, "purePhoneNumber").len) {
		value_unref(facts);
		return platform_fail(ret_result, ERRCODE_ARGUMENT, "cancel to bind phone");
	}
	bool kept = keep_phone(platform, appid, facts, &code);
	int status = kept ? session_seal(platform, appid, id, facts, NULL, ret_result) : platform_store_failed(ret_result);
	if (!kept) {
		value_unref(facts);
	}
	if (status == ERRCODE_OK) {
		value_object_set_text(ret_result, "code", value_take(&code));
	}
	strbuf_finish(&code);
	return status;
}

/* POST /wxa/business/getuserphonenumber: the code is good once, for its own program. */
int host_user_phone(struct platform *platform, struct str appid, struct value given, struct value *ret_result)
{
	struct strbuf hash = {0}, text = {0}, taken = {0};
	struct value kept = value_undefined();
	uint8_t mark[16];
	double now = platform_now(platform);
	seal_sha256_hex(text_of(given, "code"), &hash);
	platform_random(platform, mark, sizeof(mark));
	int outcome = platform->store->engine->get(platform->store, STR("phones"), strbuf_str(&hash), now, &text);
	if (outcome == STORE_OK) {
		json_parse(strbuf_str(&text), &kept, NULL);
		outcome = !str_eq(text_of(kept, "appid"), appid) ? STORE_ABSENT
			: platform->store->engine->take(platform->store, STR("phones"), strbuf_str(&hash), now,
				(struct str){(char *)mark, sizeof(mark)}, &taken);
	}
	int status = outcome == STORE_OK ? ERRCODE_OK : outcome == STORE_FAILED ? platform_store_failed(ret_result)
		: platform_fail(ret_result, ERRCODE_CODE, "invalid code");
	if (status == ERRCODE_OK) {
		struct value info = value_unshared(value_ref(value_get_text(kept, "phone"))), mark_of = value_object_new(2);
		value_object_set_text(&mark_of, "timestamp", value_number(floor(now / 1000)));
		value_object_set_text(&mark_of, "appid", value_string(appid));
		value_object_set_text(&info, "watermark", mark_of);
		struct value result = value_object_new(3);
		value_object_set_text(&result, "errcode", value_number(0));
		value_object_set_text(&result, "errmsg", value_text("ok"));
		value_object_set_text(&result, "phone_info", info);
		*ret_result = result;
	}
	value_unref(kept);
	strbuf_finish(&hash);
	strbuf_finish(&text);
	strbuf_finish(&taken);
	return status;
}

static int do_we_run(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct str appid = text_of(parameters, "appid"), id = text_of(parameters, "person");
	struct value person = account_person(platform, id), steps = value_get_text(person, "steps");
	struct value list = value_array_new(STEP_DAYS), open = value_object_new(2);
	double today = floor((platform_now(platform) + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
	size_t count = value_len(steps);
	for (size_t i = STEP_DAYS; i > 0; i--) {
		struct value entry = value_object_new(2);
		double step = count >= i ? value_to_number(value_at(steps, count - i)) : 0;
		value_object_set_text(&entry, "timestamp", value_number((today - DAY_MS * (double)(i - 1)) / 1000));
		value_object_set_text(&entry, "step", value_number(step >= 0 ? step : 0));
		value_array_push(&list, entry);
	}
	value_object_set_text(&open, "stepInfoList", list);
	value_unref(person);
	return session_seal(platform, appid, id, open, NULL, ret_result);
}

/* --- share tickets --- */

static void copy_text(struct value *payload, struct value parameters, const char *key)
{
	struct str text = text_of(parameters, key);
	if (text.len) {
		value_object_set_text(payload, key, value_string(text));
	}
}

static int do_issue_ticket(struct platform *platform, struct value parameters, struct value *ret_result)
{
	static const char *const keys[] = {"appid", "person", "life", "purpose", "group", "chat", "activityId"};
	struct str group = text_of(parameters, "group");
	bool private = str_is(text_of(parameters, "purpose"), "private");
	if ((group.len || !private) && !account_is_member(platform, group, text_of(parameters, "person"))) {
		return platform_fail(ret_result, ERRCODE_NOT_MEMBER, "not a member of the group");
	}
	struct value payload = value_object_new(ARRAY_LEN(keys) + 1), result = value_object_new(1);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		copy_text(&payload, parameters, keys[i]);
	}
	value_object_set_text(&result, "shareTicket", ticket_issue(platform, payload));
	*ret_result = result;
	return ERRCODE_OK;
}

static int do_share_info(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct str appid = text_of(parameters, "appid"), person = text_of(parameters, "person");
	const char *reason = NULL;
	struct value payload = ticket_open(platform, parameters, &reason), open = value_object_new(2);
	struct str group = text_of(payload, "group");
	int status;
	if (reason || !group.len) {
		value_unref(open);
		status = platform_fail(ret_result, ERRCODE_ARGUMENT, reason ? reason : "invalid shareTicket: of a private message, not of a group");
	} else if (!account_is_member(platform, group, person)) {
		value_unref(open);
		status = platform_fail(ret_result, ERRCODE_ARGUMENT, "invalid shareTicket: of a group that the person has left");
	} else {
		value_object_set_text(&open, "openGId", account_open_gid(platform, appid, group));
		status = session_seal(platform, appid, person, open, NULL, ret_result);
	}
	value_unref(payload);
	return status;
}

static int do_group_enter_info(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct str appid = text_of(parameters, "appid"), person = text_of(parameters, "person"), group = text_of(parameters, "group");
	if (!group.len || !account_is_member(platform, group, person)) {
		return platform_fail(ret_result, ERRCODE_NOT_MEMBER, "not entered from a group");
	}
	struct value open = value_object_new(3);
	value_object_set_text(&open, "opengid", account_open_gid(platform, appid, group));
	return session_seal(platform, appid, person, open, NULL, ret_result);
}

static int do_private_message(struct platform *platform, struct value parameters, struct value *ret_result)
{
	const char *reason = NULL;
	struct value payload = ticket_open(platform, parameters, &reason), result = value_object_new(3);
	struct str group = text_of(payload, "group");
	bool valid = str_is(text_of(payload, "purpose"), "private"); // in a group: for who is in it when it is asked (private-message.html)
	valid = valid && (!group.len || account_is_member(platform, group, text_of(parameters, "person")));
	int status = ERRCODE_OK;
	if (valid) {
		struct value open = value_object_new(2);
		copy_text(&open, payload, "activityId");
		value_unref(result);
		status = session_seal(platform, text_of(parameters, "appid"), text_of(parameters, "person"), open, NULL, &result);
	}
	if (status == ERRCODE_OK) {
		value_object_set_text(&result, "valid", value_bool(valid));
	}
	*ret_result = result;
	value_unref(payload);
	return status;
}

/* --- <open-data> --- */

static void show_user(struct value person, struct str type, struct str lang, struct value *result)
{
	static const char *const genders[][3] = {{"", "Male", "Female"}, {"", "男", "女"}};
	static const struct {
		const char *type, *key;
	} texts[] = {
		{"userNickName", "nickName"}, {"userCity", "city"}, {"userProvince", "province"}, {"userCountry", "country"},
		{"userLanguage", "language"},
	};
	struct value info = user_info(person, lang);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (str_is(type, texts[i].type)) {
			value_object_set_text(result, "text", value_ref(value_get_text(info, texts[i].key)));
		}
	}
	if (str_is(type, "userGender")) {
		double gender = value_to_number(value_get_text(info, "gender"));
		value_object_set_text(result, "text", value_text(genders[str_starts(lang, STR("zh"))][gender == 1 ? 1 : gender == 2 ? 2 : 0]));
	} else if (str_is(type, "userAvatarUrl")) {
		value_object_set_text(result, "url", value_ref(value_get_text(info, "avatarUrl")));
	}
	value_unref(info);
}

static int do_open_data(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct str id = text_of(parameters, "person"), type = text_of(parameters, "type");
	struct value result = value_object_new(1);
	if (str_is(type, "groupName")) {
		struct value name = account_group_name(platform, text_of(parameters, "appid"), text_of(parameters, "openGid"), id);
		if (value_is(name, VALUE_STRING)) {
			value_object_set_text(&result, "text", name);
		}
	} else {
		struct value person = account_person(platform, id);
		show_user(person, type, text_of(parameters, "lang"), &result);
		value_unref(person);
	}
	if (!value_count(result)) {
		value_unref(result);
		return platform_fail(ret_result, ERRCODE_ARGUMENT, "no such open data");
	}
	*ret_result = result;
	return ERRCODE_OK;
}

/* --- the rows --- */

static const struct schema credentials_rows[] = {{"withCredentials", SCHEMA_BOOL}, {"lang", SCHEMA_STRING}, {0}};
static const struct schema issue_rows[] = {
	{"life", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"purpose", SCHEMA_STRING, SCHEMA_REQUIRED, .choices = "sender|opener|private"},
	{"group", SCHEMA_STRING},
	{"chat", SCHEMA_STRING},
	{"activityId", SCHEMA_STRING},
	{0},
};
static const struct schema ticket_rows[] = {
	{"shareTicket", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"life", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};
static const struct schema group_rows[] = {{"group", SCHEMA_STRING}, {"life", SCHEMA_STRING}, {0}};
static const struct schema open_data_rows[] = {
	{"type", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"openGid", SCHEMA_STRING},
	{"lang", SCHEMA_STRING},
	{0},
};
static const struct schema activity_rows[] = {
	{"activityId", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"templateInfo", SCHEMA_OBJECT},
	{0},
};

static const struct operation {
	const char *name;
	const struct schema *parameters; // beside appid and person; NULL: none
	int (*run)(struct platform *platform, struct value parameters, struct value *ret_result);
} operations[] = {
	{"login", NULL, session_login},
	{"checkSession", NULL, session_check},
	{"userInfo", credentials_rows, do_user_info},
	{"phoneNumber", NULL, do_phone_number},
	{"weRunData", NULL, do_we_run},
	{"issueTicket", issue_rows, do_issue_ticket},
	{"shareInfo", ticket_rows, do_share_info},
	{"groupEnterInfo", group_rows, do_group_enter_info},
	{"privateMessage", ticket_rows, do_private_message},
	{"openData", open_data_rows, do_open_data},
	{"activity", activity_rows, activity_look},
};

int platform_host(struct platform *platform, struct str name, struct value parameters, struct value *ret_result)
{
	struct account account;
	for (size_t i = 0; i < ARRAY_LEN(operations); i++) {
		const struct operation *operation = &operations[i];
		if (!str_is(name, operation->name)) {
			continue;
		}
		bool known = account_find(platform, text_of(parameters, "appid"), &account);
		account_finish(&account);
		if (!known) {
			return platform_fail(ret_result, ERRCODE_APPID, "invalid appid");
		}
		if (!account_has_person(platform, text_of(parameters, "person"))) {
			return platform_fail(ret_result, ERRCODE_OPENID, "there is no such person");
		}
		struct strbuf problem = {0};
		bool wrong = operation->parameters && schema_call_error(operation->parameters, parameters, &problem);
		int status = wrong ? platform_fail(ret_result, ERRCODE_ARGUMENT, problem.at) : operation->run(platform, parameters, ret_result);
		strbuf_finish(&problem);
		return status;
	}
	return platform_fail(ret_result, ERRCODE_URL, "no such operation");
}

/* Reads a world.json: rows, places of what is wrong, and what only holds between rows (ids, members, chats). */
#include "host/sim/world_file.h"

#include "core/value/json.h"
#include "core/value/schema.h"
#include "host/sim/device.h"
#include "host/sim/society.h"

#define TEXT_MAX ((size_t)16 << 20)
#define ITEMS_MAX 1000  // of people, groups, programs, members of one group; messages: ten times as many
#define REPORTS_MAX 200 // each is looked up in the text from its beginning
#define ID_LEN_MAX 64

struct reader {
	struct str name, text;
	struct diag_list *diags;
	size_t reports;
	bool fatal; // a person, group or program that cannot be
	struct map people, groups;
};

extern const struct schema world_file_rows[];

/* --- places: a scan of text that json_parse has accepted --- */

struct scan {
	struct str text;
	size_t at;
};

static char look(struct scan *s)
{
	while (s->at < s->text.len && strchr(" \t\r\n", s->text.at[s->at]) && s->text.at[s->at]) {
		s->at++;
	}
	return s->at < s->text.len ? s->text.at[s->at] : '\0';
}

/* At an opening quote; gives what is between the quotes, escapes as they stand. */
static struct str pass_string(struct scan *s)
{
	size_t from = ++s->at;
	while (s->at < s->text.len && s->text.at[s->at] != '"') {
		s->at += s->text.at[s->at] == '\\' ? 2 : 1;
	}
	struct str inside = str_slice(s->text, from, size_min(s->at, s->text.len));
	s->at = size_min(s->at + 1, s->text.len);
	return inside;
}

static void pass_value(struct scan *s)
{
	for (size_t depth = 0;;) {
		char c = look(s);
		bool closes = c == '}' || c == ']';
		if (!c || (!depth && (closes || c == ','))) {
			return;
		}
		if (c == '"') {
			pass_string(s);
			continue;
		}
		depth += c == '{' || c == '[';
		depth -= closes;
		s->at++;
	}
}

struct place {
	size_t key, value; // offsets
};

/* From a value on: *place is that of the innermost value on the path that is there. Keys may hold dots, so every member
 * whose key begins the path is tried. */
static bool locate(struct scan s, struct str path, struct place *place)
{
	char c = look(&s);
	bool indexed = path.len && path.at[0] == '[';
	if (!path.len) {
		return true;
	}
	if (c != (indexed ? '[' : '{')) {
		return false;
	}
	size_t bracket = indexed ? size_min(str_find_char(path, ']'), path.len) : 0;
	double wanted = -1;
	str_to_number(str_slice(path, 1, bracket), &wanted);
	s.at++;
	for (double index = 0; (c = look(&s)) && c != ']' && c != '}'; index++) {
		struct place here = {s.at, s.at};
		struct str rest = {NULL, 0};
		bool fits = indexed && index == wanted;
		if (indexed) {
			rest = str_slice(path, size_min(bracket + 1, path.len), path.len);
		} else {
			struct str key = pass_string(&s);
			s.at += look(&s) == ':';
			look(&s);
			here.value = s.at;
			rest = str_slice(path, size_min(key.len, path.len), path.len);
			fits = str_starts(path, key) && (!rest.len || rest.at[0] == '.' || rest.at[0] == '[');
		}
		rest = rest.len && rest.at[0] == '.' ? str_slice(rest, 1, rest.len) : rest;
		if (fits) {
			struct place inner = here;
			bool whole = locate(s, rest, &inner);
			*place = inner;
			if (whole || indexed) {
				return whole;
			}
		}
		pass_value(&s);
		s.at += look(&s) == ',';
	}
	return false;
}

/* --- diagnostics --- */

PRINTF_LIKE(5, 6)
static void report(struct reader *reader, enum diag_severity severity, const char *path, bool at_key, const char *fmt, ...)
{
	if (reader->reports++ >= REPORTS_MAX || !reader->diags) {
		return;
	}
	struct scan s = {reader->text, str_starts(reader->text, STR("\xef\xbb\xbf")) ? 3 : 0};
	look(&s);
	struct place place = {s.at, s.at};
	struct strbuf text = {0};
	int line, column;
	va_list args;
	locate(s, str_of(path), &place);
	diag_place(reader->text, at_key ? place.key : place.value, &line, &column);
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	diag_add(reader->diags, severity, reader->name, line, column, "%s", text.at ? text.at : "");
	strbuf_finish(&text);
}

static void on_problem(void *user, const struct schema_problem *problem)
{
	const struct schema *row = problem->row;
	const char *path = problem->path;
	size_t len = strlen(path);
	if (problem->kind == SCHEMA_MISSING) {
		report(user, DIAG_ERROR, path, false, "\"%s\" is missing: add it", path);
	} else if (problem->kind == SCHEMA_NOT_A_CHOICE) {
		report(user, DIAG_ERROR, path, false, "\"%s\" is \"" STR_FMT "\": write one of %s", path,
			STR_ARG(str_slice(value_str(problem->found), 0, 80)), row->choices ? row->choices : "");
	} else if (problem->kind == SCHEMA_WRONG_TYPE && row) {
		bool item = row->type == SCHEMA_ARRAY && len && path[len - 1] == ']';
		enum schema_type type = !item ? row->type : row->item == SCHEMA_ANY ? SCHEMA_OBJECT : row->item;
		report(user, DIAG_ERROR, path, false, "\"%s\" is %s but must be %s", path, value_type_name(problem->found.type),
			schema_type_text(type));
	} else if (problem->nearest) {
		report(user, DIAG_WARNING, path, true, "there is no key \"%s\": write \"%s\", or remove it", path, problem->nearest);
	} else {
		report(user, DIAG_WARNING, path, true, "there is no key \"%s\": remove it", path);
	}
}

/* --- what holds between rows --- */

/* Ids stand in names of chats and on command lines. */
static bool is_id(struct str id)
{
	for (size_t i = 0; i < id.len; i++) {
		char c = id.at[i], lower = (char)(c | 0x20);
		if (!((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.')) {
			return false;
		}
	}
	return id.len && id.len <= ID_LEN_MAX;
}

static const char *path_of(struct strbuf *path, const char *key, size_t index, const char *rest)
{
	strbuf_clear(path);
	strbuf_printf(path, "%s[%zu]%s", key, index, rest);
	return path->at;
}

/* The array under `key`: objects whose `id_key` is an id and nobody else's. What is not so is fatal. */
static void check_ids(struct reader *reader, struct value world, const char *key, const char *id_key, struct map *ids)
{
	struct value array = value_get_text(world, key);
	struct strbuf path = {0}, rest = {0};
	strbuf_printf(&rest, ".%s", id_key);
	for (size_t i = 0; i < value_len(array); i++) {
		struct value id = value_get_text(value_at(array, i), id_key);
		struct str text = value_str(id);
		bool good = false;
		if (i >= ITEMS_MAX) {
			report(reader, DIAG_ERROR, path_of(&path, key, i, ""), false, "more than %d %s", ITEMS_MAX, key);
		} else if (!is_id(text)) {
			if (value_is(id, VALUE_STRING)) { // other types and its absence have been reported
				report(reader, DIAG_ERROR, path_of(&path, key, i, rest.at), false,
					"\"" STR_FMT "\" is no id: write Latin letters, digits, _ - and . (at most %d)", STR_ARG(str_slice(text, 0, 80)), ID_LEN_MAX);
			}
		} else if (map_has(ids, text)) {
			report(reader, DIAG_ERROR, path_of(&path, key, i, rest.at), false, "there are two %s \"" STR_FMT "\": rename one", key,
				STR_ARG(text));
		} else {
			map_set(ids, text, reader);
			good = true;
		}
		reader->fatal = reader->fatal || !good;
		if (i >= ITEMS_MAX) {
			break;
		}
	}
	strbuf_finish(&path);
	strbuf_finish(&rest);
}

static void check_members(struct reader *reader, struct value world)
{
	struct value groups = value_get_text(world, "groups");
	struct strbuf path = {0}, rest = {0};
	for (size_t i = 0; i < value_len(groups); i++) {
		struct value members = value_get_text(value_at(groups, i), "members");
		struct map seen = {0};
		for (size_t j = 0; j < value_len(members); j++) {
			struct str id = value_str(value_at(members, j));
			strbuf_clear(&rest);
			strbuf_printf(&rest, ".members[%zu]", j);
			const char *place = path_of(&path, "groups", i, rest.at);
			if (value_is(value_at(members, j), VALUE_STRING) && !map_has(&reader->people, id)) {
				report(reader, DIAG_ERROR, place, false, "there is nobody called \"" STR_FMT "\"", STR_ARG(str_slice(id, 0, 80)));
			} else if (map_has(&seen, id)) {
				report(reader, DIAG_ERROR, place, false, "\"" STR_FMT "\" is a member twice: remove one", STR_ARG(id));
			}
			reader->fatal = reader->fatal || !map_has(&reader->people, id) || map_has(&seen, id);
			map_set(&seen, id, reader);
		}
		map_finish(&seen);
	}
	strbuf_finish(&path);
	strbuf_finish(&rest);
}

static struct value good_friends(struct reader *reader, struct value friends)
{
	struct value good = value_array_new(value_len(friends));
	struct strbuf path = {0};
	for (size_t i = 0; i < value_len(friends) && i < ITEMS_MAX * ITEMS_MAX; i++) {
		struct value pair = value_at(friends, i);
		struct str one = value_str(value_at(pair, 0)), two = value_str(value_at(pair, 1));
		if (value_len(pair) == 2 && map_has(&reader->people, one) && map_has(&reader->people, two) && !str_eq(one, two)) {
			value_array_push(&good, value_ref(pair));
		} else if (value_is(pair, VALUE_ARRAY)) {
			report(reader, DIAG_ERROR, path_of(&path, "friends", i, ""), false, "friends are two different people: write [\"alice\", \"bob\"]");
		}
	}
	strbuf_finish(&path);
	return good;
}

/* Is `chat` ("group:family", "single:alice,bob", "bob" ...) one that `from` can write to? Who sees which chat is the
 * society's question; here only ids count. */
static bool is_chat(const struct reader *reader, struct str chat)
{
	struct str rest, piece;
	if (str_starts(chat, STR("group:"))) {
		return map_has(&reader->groups, str_slice(chat, 6, chat.len));
	}
	if (str_starts(chat, STR("single:"))) {
		rest = str_slice(chat, 7, chat.len);
		while (str_split(&rest, ',', &piece)) {
			if (!map_has(&reader->people, piece)) {
				return false;
			}
		}
		return true;
	}
	chat = str_starts(chat, STR("person:")) ? str_slice(chat, 7, chat.len) : chat;
	return map_has(&reader->people, chat) || map_has(&reader->groups, chat);
}

static struct value good_messages(struct reader *reader, struct value messages)
{
	struct value good = value_array_new(value_len(messages));
	struct strbuf path = {0};
	for (size_t i = 0; i < value_len(messages) && i < ITEMS_MAX * 10; i++) {
		struct value message = value_at(messages, i), card = value_get_text(message, "card");
		struct value chat = value_get_text(message, "chat"), from = value_get_text(message, "from");
		bool has_text = value_is(value_get_text(message, "text"), VALUE_STRING), has_card = value_is(card, VALUE_OBJECT);
		if (!value_is(chat, VALUE_STRING) || !value_is(from, VALUE_STRING)) {
			continue; // reported
		}
		if (!map_has(&reader->people, value_str(from))) {
			report(reader, DIAG_ERROR, path_of(&path, "messages", i, ".from"), false, "there is nobody called \"" STR_FMT "\"",
				STR_ARG(str_slice(value_str(from), 0, 80)));
		} else if (!is_chat(reader, value_str(chat))) {
			report(reader, DIAG_ERROR, path_of(&path, "messages", i, ".chat"), false,
				"there is no chat \"" STR_FMT "\": write \"group:ID\" or a person's id", STR_ARG(str_slice(value_str(chat), 0, 80)));
		} else if (has_text == has_card) {
			report(reader, DIAG_ERROR, path_of(&path, "messages", i, ""), false, "a message has either a text or a card");
		} else {
			value_array_push(&good, value_ref(message));
		}
	}
	strbuf_finish(&path);
	return good;
}

/* --- the whole --- */

/* What of the default world stays when a world names no people: them, and the groups and messages it does not name. */
static void add_default(struct value *world)
{
	static const char *const keys[] = {"people", "friends", "groups", "messages"};
	struct value all = value_undefined();
	bool own_groups = value_has(*world, STR("groups"));
	int status = json_parse((struct str){sim_world_default, sim_world_default_len}, &all, NULL);
	assert(status == 0 && "the default world is JSON");
	UNUSED(status);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if (!value_has(*world, str_of(keys[i])) && !(own_groups && str_is(STR("messages"), keys[i]))) {
			value_object_set_text(world, keys[i], value_ref(value_get_text(all, keys[i])));
		}
	}
	value_unref(all);
}


static struct value complete_people(struct reader *reader, struct value people)
{
	struct value whole = value_array_new(value_len(people));
	struct strbuf path = {0};
	for (size_t i = 0; i < value_len(people); i++) {
		struct value person = value_unshared(value_ref(value_at(people, i)));
		struct value steps = value_get_text(person, "steps"), good = value_array_new(value_len(steps));
		double gender = value_get_text(person, "gender").number; // of a number: filled in
		if (gender != 0 && gender != 1 && gender != 2) {
			report(reader, DIAG_ERROR, path_of(&path, "people", i, ".gender"), false, "\"gender\" must be 0 (unknown), 1 (male) or 2 (female)");
			value_object_set_text(&person, "gender", value_number(0));
		}
		if (!value_has(person, STR("nickName"))) {
			value_object_set_text(&person, "nickName", value_ref(value_get_text(person, "id")));
		}
		for (size_t j = 0; j < value_len(steps) && j < ITEMS_MAX; j++) {
			struct value step = value_at(steps, j);
			value_array_push(&good, value_number(value_is(step, VALUE_NUMBER) && step.number > 0 ? floor(step.number) : 0));
		}
		value_object_set_text(&person, "steps", good);
		value_array_push(&whole, person);
	}
	strbuf_finish(&path);
	return whole;
}

static void take_over(struct reader *reader, struct value *world)
{
	struct value programs = value_array_new(4), old = value_get_text(*world, "programs");
	for (size_t i = 0; i < value_len(old); i++) {
		value_array_push(&programs, world_file_complete_program(value_ref(value_at(old, i))));
	}
	value_object_set_text(world, "programs", programs);
	value_object_set_text(world, "people", complete_people(reader, value_get_text(*world, "people")));
	value_object_set_text(world, "messages", good_messages(reader, value_get_text(*world, "messages")));
	if (!value_has(*world, STR("groups"))) {
		value_object_set_text(world, "groups", value_array_new(0));
	}
	if (value_is(value_get_text(*world, "friends"), VALUE_ARRAY)) {
		value_object_set_text(world, "friends", good_friends(reader, value_get_text(*world, "friends")));
	}
}

static bool is_wrong(struct value object, const char *key)
{
	return value_has(object, str_of(key)) && !value_is(value_get_text(object, key), VALUE_ARRAY);
}

static int parse(struct reader *reader, struct value *ret_object)
{
	struct json_error error;
	int line, column;
	if (reader->text.len > TEXT_MAX) {
		diag_add(reader->diags, DIAG_ERROR, reader->name, 0, 0, "The file is larger than 16 MB");
		return 1;
	}
	if (json_parse_object(reader->text, ret_object, &error)) {
		diag_place(reader->text, error.offset, &line, &column);
		diag_add(reader->diags, DIAG_ERROR, reader->name, line, column, "The JSON cannot be read: %s", error.text);
		return 1;
	}
	return 0;
}

int world_file_read(struct str name, struct str json, struct diag_list *diags, struct value *ret_world)
{
	struct reader reader = {.name = name, .text = json, .diags = diags};
	struct value object = value_undefined();
	struct map programs = {0};
	if (parse(&reader, &object)) {
		return 1;
	}
	schema_check(world_file_rows, object, on_problem, &reader);
	reader.fatal = is_wrong(object, "people") || is_wrong(object, "groups") || is_wrong(object, "programs");
	struct value world = schema_fill(world_file_rows, object);
	value_unref(object);
	if (!value_has(world, STR("people"))) {
		add_default(&world);
		object = schema_fill(world_file_rows, world);
		value_unref(world);
		world = object;
	}
	check_ids(&reader, world, "people", "id", &reader.people);
	check_ids(&reader, world, "groups", "id", &reader.groups);
	check_ids(&reader, world, "programs", "appid", &programs);
	check_members(&reader, world);
	if (!value_len(value_get_text(world, "people"))) {
		report(&reader, DIAG_ERROR, "people", false, "a world needs a person");
		reader.fatal = true;
	}
	if (!reader.fatal) {
		take_over(&reader, &world);
		*ret_world = world;
	} else {
		value_unref(world);
	}
	map_finish(&programs);
	map_finish(&reader.people);
	map_finish(&reader.groups);
	return reader.fatal ? 1 : 0;
}

/* FNV-1a, stirred: the same in every run and world, so that a server's configuration stays true. */
static void write_secret(struct str appid, struct strbuf *out)
{
	for (uint64_t half = 0; half < 2; half++) {
		uint64_t hash = 0xcbf29ce484222325u + half;
		for (size_t i = 0; i < appid.len; i++) {
			hash = (hash ^ (unsigned char)appid.at[i]) * 0x100000001b3u;
		}
		hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
		hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
		strbuf_printf(out, "%016llx", (unsigned long long)(hash ^ (hash >> 31)));
	}
}

struct value world_file_complete_program(struct value program)
{
	program = value_unshared(program);
	struct value appid = value_get_text(program, "appid");
	if (!value_str(value_get_text(program, "name")).len) {
		value_object_set_text(&program, "name", value_ref(appid));
	}
	if (!value_str(value_get_text(program, "secret")).len) {
		struct strbuf secret = {0};
		write_secret(value_str(appid), &secret);
		value_object_set_text(&program, "secret", value_take(&secret));
	}
	return program;
}

struct value world_file_find(struct value array, const char *key, struct str id)
{
	for (size_t i = 0; i < value_len(array); i++) {
		if (str_eq(value_str(value_get_text(value_at(array, i), key)), id)) {
			return value_at(array, i);
		}
	}
	return value_undefined();
}

/* --- the rows --- */

static const struct schema phone_rows[] = {
	{"countryCode", SCHEMA_STRING, .fallback = "\"86\"", .doc = "\"86\""},
	{"purePhoneNumber", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "without the country's code"},
	{0},
};

static const struct schema safe_area_rows[] = {
	{"top", SCHEMA_NUMBER, .doc = "CSS px from the edge"},
	{"right", SCHEMA_NUMBER},
	{"bottom", SCHEMA_NUMBER},
	{"left", SCHEMA_NUMBER},
	{0},
};

static const struct schema device_rows[] = {
	{"name", SCHEMA_STRING, .choices = SIM_MODEL_NAMES, .doc = "a model that is known: all that follows is its, where it is not given"},
	{"platform", SCHEMA_STRING, .choices = "ios|android|devtools", .doc = "what wx.getSystemInfo says"},
	{"brand", SCHEMA_STRING},
	{"model", SCHEMA_STRING},
	{"system", SCHEMA_STRING, .doc = "\"iOS 11.3\""},
	{"width", SCHEMA_NUMBER, .doc = "of the whole screen, CSS px"},
	{"height", SCHEMA_NUMBER},
	{"dpr", SCHEMA_NUMBER, .doc = "device px a CSS px"},
	{"statusBarHeight", SCHEMA_NUMBER},
	{"safeArea", SCHEMA_OBJECT, .fields = safe_area_rows},
	{"dark", SCHEMA_BOOL},
	{"theme", SCHEMA_STRING, .choices = SIM_THEMES},
	{"orientation", SCHEMA_STRING, .choices = SIM_ORIENTATIONS, .doc = "how it is held"},
	{"fontSizeSetting", SCHEMA_NUMBER, .doc = "CSS px, what \"system\" is on page-meta"},
	{0},
};

static const struct schema setting_rows[] = {
	{"", SCHEMA_BOOL},
	{0},
};

static const struct schema local_rows[] = {
	{"nickName", SCHEMA_STRING},
	{"country", SCHEMA_STRING},
	{"province", SCHEMA_STRING},
	{"city", SCHEMA_STRING},
	{0},
};

static const struct schema person_rows[] = {
	{"id", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "Latin: how scripts and command lines call them"},
	{"nickName", SCHEMA_STRING, .doc = "the id by default"},
	{"gender", SCHEMA_NUMBER, .fallback = "0", .doc = "0 unknown, 1 male, 2 female"},
	{"language", SCHEMA_STRING, .fallback = "\"zh_CN\"", .choices = "zh_CN|zh_TW|en"},
	{"country", SCHEMA_STRING, .fallback = "\"\""},
	{"province", SCHEMA_STRING, .fallback = "\"\""},
	{"city", SCHEMA_STRING, .fallback = "\"\""},
	{"zh", SCHEMA_OBJECT, .fields = local_rows, .doc = "the places in Chinese, for who asks with lang zh_CN or zh_TW"},
	{"avatarUrl", SCHEMA_STRING, .fallback = "\"\""},
	{"phone", SCHEMA_OBJECT, .fields = phone_rows},
	{"steps", SCHEMA_ARRAY, .fallback = "[]", .item = SCHEMA_NUMBER, .doc = "a day each; the last is today's"},
	{"device", SCHEMA_OBJECT, .fields = device_rows},
	{"settings", SCHEMA_OBJECT, SCHEMA_MAP, .fallback = "{}", .fields = setting_rows, .doc = "\"scope.userInfo\": false is refused"},
	{"pinned", SCHEMA_ARRAY, .fallback = "[]", .item = SCHEMA_STRING, .doc = "appids of programs on top of the chats"},
	{0},
};

static const struct schema group_rows[] = {
	{"id", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"name", SCHEMA_STRING, .fallback = "\"群聊\""},
	{"members", SCHEMA_ARRAY, SCHEMA_REQUIRED, .fallback = "[]", .item = SCHEMA_STRING, .doc = "ids of people"},
	{0},
};

static const struct schema card_rows[] = {
	{"appid", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"title", SCHEMA_STRING, .fallback = "\"\""},
	{"path", SCHEMA_STRING, .fallback = "\"\"", .doc = "\"pages/a/b?x=1\""},
	{"withShareTicket", SCHEMA_BOOL, .fallback = "false"},
	{"picture", SCHEMA_STRING, .doc = "\"base64:\" and a PNG, 5:4"},
	{0},
};

static const struct schema message_rows[] = {
	{"chat", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "\"group:family\", or as `from` says it: \"bob\""},
	{"from", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "a person's id"},
	{"at", SCHEMA_NUMBER, .doc = "ms since 1970; when the world begins"},
	{"text", SCHEMA_STRING},
	{"card", SCHEMA_OBJECT, .fields = card_rows},
	{0},
};

static const struct schema program_rows[] = {
	{"appid", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"name", SCHEMA_STRING, .doc = "the appid by default"},
	{"secret", SCHEMA_STRING, .doc = "its server's; by default it depends on the appid alone"},
	{"entity", SCHEMA_STRING, .doc = "programs of one entity (主体) see the same unionId"},
	{"path", SCHEMA_STRING, .doc = "its folder"},
	{0},
};

static const struct schema clock_rows[] = {
	{"now", SCHEMA_NUMBER, .doc = "ms since 1970 when the world begins"},
	{0},
};

const struct schema world_file_rows[] = {
	{"people", SCHEMA_ARRAY, .fields = person_rows, .doc = "absent: the default world's"},
	{"friends", SCHEMA_ARRAY, .item = SCHEMA_ARRAY, .doc = "pairs of ids; absent: everybody knows everybody"},
	{"groups", SCHEMA_ARRAY, .fields = group_rows},
	{"messages", SCHEMA_ARRAY, .fields = message_rows},
	{"programs", SCHEMA_ARRAY, .fields = program_rows},
	{"clock", SCHEMA_OBJECT, .fields = clock_rows},
	{0},
};

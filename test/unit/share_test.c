/* 转发 between people: scenarios of several programs in one society, step by step, and all that they say (share.md's
 * tables, row by row). Long opaque texts are numbered in the order in which they appear, so that equal ones are seen to be. */
#include "harness/test.h"

#include "base/mem.h"
#include "base/vec.h"
#include "core/value/json.h"
#include "mina/mina.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define APP "test/apps/share"
#define OPAQUE_MIN 20

struct side { // a person and their program
	char name[20];
	struct mina *mina;
	char session[60]; // what their server has
};

struct scene {
	struct mina_society *society;
	struct side sides[4];
	size_t count;
	struct strbuf *out, said; // said: console lines of this step
	VEC(char *) opaque;
	char lib[20], callbacks[8];
	char *app, *script;
	bool chrome;
};

/* --- what is printed --- */

static bool is_opaque(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '+' || c == '/' || c == '=';
}

/* Base64, codes and ids have a digit, or both cases, and no words' dashes and dots between them. */
static bool looks_random(struct str text)
{
	size_t digits = 0, upper = 0, lower = 0;
	for (size_t i = 0; i < text.len; i++) {
		digits += text.at[i] >= '0' && text.at[i] <= '9';
		upper += text.at[i] >= 'A' && text.at[i] <= 'Z';
		lower += text.at[i] >= 'a' && text.at[i] <= 'z';
	}
	return text.len >= OPAQUE_MIN && (digits > 1 || upper > 4) && lower + digits > 6;
}

static void print(struct scene *scene, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		size_t end = i;
		while (end < text.len && is_opaque(text.at[end])) {
			end++;
		}
		struct str word = str_slice(text, i, end);
		if (looks_random(word)) {
			size_t k = 0;
			while (k < scene->opaque.len && !str_is(word, scene->opaque.at[k])) {
				k++;
			}
			if (k == scene->opaque.len) {
				vec_push(&scene->opaque, mem_strdup(word.at, word.len));
			}
			strbuf_printf(scene->out, "<%zu>", k + 1);
			i = end;
			continue;
		}
		end = end > i ? end : i + 1;
		strbuf_add(scene->out, str_slice(text, i, end));
		i = end;
	}
	strbuf_add_char(scene->out, '\n');
}

/* What the server of a program does with what its client sends it: a code, or sealed data. */
static void serve(struct scene *scene, struct side *side, const char *line)
{
	const char *code = strncmp(line, "code ", 5) == 0 ? line + 5 : NULL, *sealed = strstr(line, "sealed {");
	struct strbuf text = {0};
	if (code) {
		strbuf_printf(&text, "/sns/jscode2session?appid=wx0000000000000share&secret=shh&grant_type=authorization_code&js_code=%s", code);
		char *answer = mina_society_platform(scene->society, "GET", text.at, NULL);
		struct value session = value_undefined();
		CHECK(answer && json_parse(str_of(answer), &session, NULL) == 0);
		snprintf(side->session, sizeof(side->session), "%.59s", value_str(value_get_text(session, "session_key")).at);
		strbuf_clear(&text);
		strbuf_printf(&text, "  server of %s: %s", side->name, answer);
		print(scene, strbuf_str(&text));
		value_unref(session);
		mina_free(answer);
	} else if (sealed) {
		struct value data = value_undefined();
		CHECK(json_parse(str_of(sealed + 7), &data, NULL) == 0);
		char *open = mina_decrypt(side->session, value_str(value_get_text(data, "encryptedData")).at, value_str(value_get_text(data, "iv")).at);
		strbuf_printf(&text, "  server of %s: %s", side->name, open ? open : "does not decrypt");
		print(scene, strbuf_str(&text));
		struct value plain = value_undefined();
		if (open && json_parse(str_of(open), &plain, NULL) == 0 && value_has(plain, STR("openGId"))) { // told to its client
			strbuf_clear(&text);
			strbuf_printf(&text, "{\"gid\":\"%s\"}", value_str(value_get_text(plain, "openGId")).at);
			mina_set_data(side->mina, text.at);
		}
		value_unref(plain);
		mina_free(open);
		value_unref(data);
	}
	strbuf_finish(&text);
}

static struct scene *current;

static void hear(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	struct side *side = user;
	(void)file;
	(void)line;
	strbuf_printf(&current->said, "%s%c%s%s%c", side->name, '\1', level == MINA_WARN ? "warn: " : level == MINA_ERROR ? "error: " : "", text, '\2');
}

static void flush(struct scene *scene)
{
	struct strbuf said = scene->said;
	scene->said = (struct strbuf){0};
	struct str rest = strbuf_str(&said), line;
	while (rest.len && str_split(&rest, '\2', &line)) {
		size_t mark = str_find_char(line, '\1');
		if (mark == SIZE_MAX) {
			continue;
		}
		struct strbuf whole = {0}, name = {0}, text = {0};
		strbuf_add(&name, str_slice(line, 0, mark));
		struct str first = str_slice(line, mark + 1, line.len), left = first;
		str_split(&left, '\n', &first); // stacks are not compared
		strbuf_add(&text, first);
		strbuf_printf(&whole, "%s: %s", name.at, text.at ? text.at : "");
		print(scene, strbuf_str(&whole));
		for (size_t i = 0; i < scene->count; i++) {
			if (strcmp(scene->sides[i].name, name.at) == 0 && text.at) {
				serve(scene, &scene->sides[i], text.at);
			}
		}
		strbuf_finish(&whole);
		strbuf_finish(&name);
		strbuf_finish(&text);
	}
	strbuf_finish(&said);
}

static void print_json(struct scene *scene, const char *head, char *json)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "%s %s", head, json ? json : "nothing");
	print(scene, strbuf_str(&text));
	strbuf_finish(&text);
	mina_free(json);
}

/* --- the steps --- */

static struct side *find_side(struct scene *scene, const char *name)
{
	for (size_t i = 0; i < scene->count; i++) {
		if (strcmp(scene->sides[i].name, name) == 0) {
			return &scene->sides[i];
		}
	}
	struct side *side = &scene->sides[scene->count++];
	CHECK(scene->count <= ARRAY_LEN(scene->sides));
	snprintf(side->name, sizeof(side->name), "%.19s", name);
	return side;
}

static void pass(struct scene *scene, double ms)
{
	for (size_t i = 0; i < scene->count; i++) {
		if (scene->sides[i].mina) {
			mina_advance(scene->sides[i].mina, ms); // one clock: any of them
			break;
		}
	}
	flush(scene);
}

static const char *last_card(struct scene *scene)
{
	static char id[40];
	char *json = mina_society_messages(scene->society, NULL);
	struct value list = value_undefined();
	json_parse(str_of(json), &list, NULL);
	id[0] = 0;
	for (size_t i = 0; i < value_len(list); i++) {
		if (value_has(value_at(list, i), STR("card"))) {
			snprintf(id, sizeof(id), "%.39s", value_str(value_get_text(value_at(list, i), "id")).at);
		}
	}
	value_unref(list);
	mina_free(json);
	return id;
}

static void open_program(struct scene *scene, struct side *side, const char *page, const char *card)
{
	mina_close(side->mina);
	struct mina_options options = {.app = card ? NULL : scene->app, .page = page, .society = scene->society, .person = side->name, .card = card,
		.any_card = true, .appid = "wx0000000000000share", .lib_version = scene->lib[0] ? scene->lib : NULL, .script = scene->script, .chrome = scene->chrome,
		.share_callbacks = scene->callbacks[0] == 0 ? MINA_SHARE_CALLBACKS_AUTO
			: scene->callbacks[1] == 'n' ? MINA_SHARE_CALLBACKS_ON : MINA_SHARE_CALLBACKS_OFF,
		.on_console = hear, .user = side};
	side->mina = mina_open(&options);
	struct mina_diagnostic diagnostic;
	pass(scene, 100);
	for (size_t i = 0; mina_diagnostic_at(side->mina, i, &diagnostic); i++) {
		if (diagnostic.error) {
			strbuf_printf(scene->out, "  error: %s\n", diagnostic.text);
		}
	}
}

static void choose(struct scene *scene, struct side *side, char *words)
{
	struct strbuf json = {0};
	strbuf_add_text(&json, "{\"chats\":[");
	for (char *save = NULL, *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		strbuf_printf(&json, "%s\"%s\"", json.at[json.len - 1] == '[' ? "" : ",", word);
	}
	strbuf_add_text(&json, "]}");
	CHECK(mina_answer(side->mina, "share", json.at) == 0);
	strbuf_finish(&json);
}

/* Width and height as the PNG of a card's picture has them; none: "no picture". */
static void print_picture(struct scene *scene, const char *id)
{
	uint8_t *png;
	size_t size;
	if (mina_society_picture(scene->society, id, &png, &size)) {
		strbuf_printf(scene->out, "  no picture\n");
		return;
	}
	CHECK(size > 24);
	strbuf_printf(scene->out, "  %d x %d\n", png[18] << 8 | png[19], png[22] << 8 | png[23]);
	mina_free(png);
}

static void print_cards(struct scene *scene)
{
	char *json = mina_society_messages(scene->society, NULL);
	struct value list = value_undefined();
	json_parse(str_of(json), &list, NULL);
	for (size_t i = 0; i < value_len(list); i++) {
		struct value message = value_at(list, i), card = value_get_text(message, "card");
		struct strbuf text = {0}, inner = {0};
		if (!value_is(card, VALUE_OBJECT)) {
			continue;
		}
		json_write(card, &inner);
		strbuf_printf(&text, "%s from %s in %s: %s", value_str(value_get_text(message, "id")).at, value_str(value_get_text(message, "from")).at,
			value_str(value_get_text(message, "chat")).at, inner.at);
		print(scene, strbuf_str(&text));
		print_picture(scene, value_str(value_get_text(message, "id")).at);
		strbuf_finish(&text);
		strbuf_finish(&inner);
	}
	value_unref(list);
	mina_free(json);
}

/* As if the program's server had told its clients: the pages keep it in their data. */
static void hand_over(struct scene *scene, const char *id)
{
	struct strbuf data = {0};
	strbuf_printf(&data, "{\"activity\":\"%s\"}", id);
	for (size_t i = 0; i < scene->count; i++) {
		if (scene->sides[i].mina) {
			mina_set_data(scene->sides[i].mina, data.at);
		}
	}
	strbuf_finish(&data);
}

static void make_activity(struct scene *scene, const char *words)
{
	static const char token_url[] = "/cgi-bin/token?grant_type=client_credential&appid=wx0000000000000share&secret=shh";
	static char id[80];
	struct value answer = value_undefined();
	struct strbuf url = {0}, body = {0};
	char *json = mina_society_platform(scene->society, "GET", token_url, NULL);
	json_parse(str_of(json), &answer, NULL);
	const char *token = value_str(value_get_text(answer, "access_token")).at;
	mina_free(json);
	if (words[0]) {
		strbuf_printf(&url, "/cgi-bin/message/wxopen/updatablemsg/send?access_token=%s", token);
		static const char joined[] = "{\"name\":\"member_count\",\"value\":\"%s\"},{\"name\":\"room_limit\",\"value\":\"5\"}";
		static const char started[] = "{\"name\":\"path\",\"value\":\"%s\"},{\"name\":\"version_type\",\"value\":\"release\"}";
		strbuf_printf(&body, "{\"activity_id\":\"%s\",\"target_state\":%c,\"template_info\":{\"parameter_list\":[", id, words[0]);
		strbuf_printf(&body, words[0] == '0' ? joined : started, words + 2);
		strbuf_add_text(&body, "]}}");
		print_json(scene, "  server:", mina_society_platform(scene->society, "POST", url.at, body.at));
	} else {
		strbuf_printf(&url, "/cgi-bin/message/wxopen/activityid/create?access_token=%s", token);
		json = mina_society_platform(scene->society, "GET", url.at, NULL);
		struct value made = value_undefined();
		json_parse(str_of(json), &made, NULL);
		snprintf(id, sizeof(id), "%.79s", value_str(value_get_text(made, "activity_id")).at);
		hand_over(scene, id);
		value_unref(made);
		print_json(scene, "  server:", json);
	}
	value_unref(answer);
	strbuf_finish(&url);
	strbuf_finish(&body);
}

struct verb {
	const char *name;
	void (*run)(struct scene *scene, struct side *side, char *rest);
};

static void do_opens(struct scene *scene, struct side *side, char *rest)
{
	if (strcmp(rest, "card") == 0 || (rest[0] == 'm' && rest[1] >= '0' && rest[1] <= '9')) {
		const char *card = rest[0] == 'm' ? rest : last_card(scene);
		if (side->mina) {
			CHECK(mina_open_card(side->mina, card) == 0);
		} else {
			open_program(scene, side, NULL, card);
		}
		return;
	}
	open_program(scene, side, rest[0] ? rest : NULL, NULL);
}

static void do_taps(struct scene *scene, struct side *side, char *rest)
{
	if (mina_tap(side->mina, rest)) {
		strbuf_printf(scene->out, "  nothing matches\n");
	}
}

static void do_menu(struct scene *scene, struct side *side, char *rest)
{
	if (!rest[0]) {
		print_json(scene, "  menu:", mina_menu(side->mina));
	} else if (mina_menu_choose(side->mina, rest)) {
		strbuf_printf(scene->out, "  not offered\n");
	}
}

static void do_picker(struct scene *scene, struct side *side, char *rest)
{
	(void)rest;
	print_json(scene, "  open:", mina_overlay(side->mina));
}

static void do_chooses(struct scene *scene, struct side *side, char *rest)
{
	choose(scene, side, rest);
}

static void do_cancels(struct scene *scene, struct side *side, char *rest)
{
	(void)rest;
	CHECK(mina_answer(side->mina, "share", NULL) == 0);
}

static void do_fails(struct scene *scene, struct side *side, char *rest)
{
	struct strbuf json = {0};
	strbuf_printf(&json, "{\"fail\":\"%s\"}", rest);
	CHECK(mina_answer(side->mina, "share", json.at) == 0);
	strbuf_finish(&json);
}

static void do_leaves(struct scene *scene, struct side *side, char *rest)
{
	(void)rest;
	mina_leave(side->mina);
}

static void do_returns(struct scene *scene, struct side *side, char *rest)
{
	CHECK(mina_enter(side->mina, rest[0] ? rest : NULL) == 0);
}

static void do_closes(struct scene *scene, struct side *side, char *rest)
{
	(void)rest;
	mina_close(side->mina);
	side->mina = NULL;
}

static void do_forwards(struct scene *scene, struct side *side, char *rest)
{
	const char *reason = "";
	char *id = mina_society_forward(scene->society, side->name, last_card(scene), rest, &reason);
	strbuf_printf(scene->out, "  %s\n", id ? id : reason);
	mina_free(id);
}

static void do_asks(struct scene *scene, struct side *side, char *rest)
{
	char *parameters = strchr(rest, ' ');
	if (parameters) {
		*parameters++ = 0;
	}
	print_json(scene, "  answer:", mina_ask(side->mina, rest, parameters));
}

static void do_page(struct scene *scene, struct side *side, char *rest)
{
	(void)rest;
	strbuf_printf(scene->out, "  %s, %zu pages%s\n", mina_path(side->mina), mina_page_count(side->mina),
		mina_alive(side->mina) ? "" : ", ended");
}

static void do_sets(struct scene *scene, struct side *side, char *rest)
{
	(void)scene;
	CHECK(mina_set_data(side->mina, rest) == 0);
}

/* How wide the <open-data> in the element of a class is: what it shows is in no list of boxes. */
static void do_measures(struct scene *scene, struct side *side, char *rest)
{
	char *json = mina_boxes(side->mina);
	struct value root = value_undefined();
	CHECK(json_parse(str_of(json), &root, NULL) == 0);
	struct value boxes = value_get_text(root, "boxes");
	bool inside = false;
	for (size_t i = 0; i < value_len(boxes); i++) {
		struct value box = value_at(boxes, i);
		if (inside && str_is(value_str(value_get_text(box, "tag")), "open-data")) {
			strbuf_printf(scene->out, "  %g px wide\n", value_to_number(value_get_text(box, "width")));
		}
		inside = str_is(value_str(value_get_text(box, "class")), rest);
	}
	value_unref(root);
	mina_free(json);
}

static void do_posts(struct scene *scene, struct side *side, char *rest)
{
	(void)side;
	print_json(scene, "  posts:", mina_society_messages(scene->society, rest));
}

/* A finger at a point of the screen. */
static void do_touches(struct scene *scene, struct side *side, char *rest)
{
	float x = strtof(rest, &rest), y = strtof(rest, NULL);
	mina_touch(side->mina, 0, MINA_TOUCH_START, x, y);
	pass(scene, 30);
	mina_touch(side->mina, 0, MINA_TOUCH_END, x, y);
}

static void do_warned(struct scene *scene, struct side *side, char *rest)
{
	(void)scene;
	mina_warn_memory(side->mina, (int)strtol(rest, NULL, 10));
}

static const struct verb verbs[] = {
	{"touches", do_touches}, {"warned", do_warned},
	{"opens", do_opens}, {"taps", do_taps}, {"menu", do_menu}, {"picker", do_picker}, {"chooses", do_chooses}, {"cancels", do_cancels},
	{"fails", do_fails}, {"leaves", do_leaves}, {"returns", do_returns}, {"closes", do_closes}, {"forwards", do_forwards},
	{"asks", do_asks}, {"page", do_page}, {"sets", do_sets}, {"measures", do_measures}, {"posts", do_posts},
};

static void run_person(struct scene *scene, const char *name, char *rest)
{
	struct side *side = find_side(scene, name);
	char *verb = rest;
	rest += strcspn(rest, " ");
	if (*rest) {
		*rest++ = 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (strcmp(verb, verbs[i].name) == 0) {
			verbs[i].run(scene, side, rest);
			pass(scene, 50);
			return;
		}
	}
	test_fail(__FILE__, __LINE__, "no such step: %s %s", name, verb);
}

static void run_step(struct scene *scene, struct str line)
{
	char text[600], *rest = text;
	snprintf(text, sizeof(text), STR_FMT, STR_ARG(line));
	strbuf_printf(scene->out, "> %s\n", text);
	rest += strcspn(text, " ");
	if (*rest) {
		*rest++ = 0;
	}
	if (strcmp(text, "lib") == 0) {
		snprintf(scene->lib, sizeof(scene->lib), "%.19s", rest);
	} else if (strcmp(text, "callbacks") == 0) {
		snprintf(scene->callbacks, sizeof(scene->callbacks), "%.7s", rest);
	} else if (strcmp(text, "chrome") == 0) {
		scene->chrome = true;
	} else if (strcmp(text, "wait") == 0) {
		pass(scene, strtod(rest, NULL));
	} else if (strcmp(text, "cards") == 0) {
		print_cards(scene);
	} else if (strcmp(text, "activity") == 0) {
		make_activity(scene, rest);
	} else {
		run_person(scene, text, rest);
	}
}

static void run_scene(const struct test_block *block, struct strbuf *out)
{
	struct scene scene = {.out = out};
	struct strbuf app = {0}, script = {0}, world = {0};
	const char *root = getenv("MINA_SOURCE_ROOT");
	strbuf_printf(&app, "%s/" APP, root ? root : ".");
	strbuf_printf(&world, "{\"programs\": [{\"appid\": \"wx0000000000000share\", \"name\": \"分享测试\", \"secret\": \"shh\", "
		"\"path\": \"%s\"}]}", app.at);
	struct strbuf own = {0}; // another world
	strbuf_add(&own, block->section(block, "world"));
	struct mina_society_options options = {.world = own.len ? own.at : world.at};
	strbuf_add(&script, block->section(block, "script"));
	scene.app = app.at;
	scene.script = script.len ? script.at : NULL;
	current = &scene;
	scene.society = mina_society_open(&options);
	struct str rest = block->section(block, "steps"), line;
	while (rest.len && str_split(&rest, '\n', &line)) {
		if (line.len) {
			run_step(&scene, line);
		}
	}
	for (size_t i = 0; i < scene.count; i++) {
		mina_close(scene.sides[i].mina);
	}
	mina_society_close(scene.society);
	for (size_t i = 0; i < scene.opaque.len; i++) {
		mem_free(scene.opaque.at[i]);
	}
	vec_finish(&scene.opaque);
	strbuf_finish(&scene.said);
	strbuf_finish(&app);
	strbuf_finish(&script);
	strbuf_finish(&world);
	strbuf_finish(&own);
	current = NULL;
}

static void test_share(void) { test_dat("share.dat", run_scene); }
static void test_tickets(void) { test_dat("share_ticket.dat", run_scene); }
static void test_life(void) { test_dat("share_life.dat", run_scene); }

static const struct test_case cases[] = {
	{"share", test_share},
	{"tickets", test_tickets},
	{"life", test_life},
};
TEST_MAIN(cases)

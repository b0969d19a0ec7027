/* Desk.*: which phones there are; what happens between people is in world.c of automation. */
#include "door/npm/npm.h"
#include "door/simulator/inside.h"

static struct simulator *simulator_of(const struct command_call *call)
{
	return call->automation->config.owner;
}

static struct value describe_phones(const struct simulator *simulator)
{
	struct value list = value_array_new(simulator->phones.len);
	for (size_t i = 0; i < simulator->phones.len; i++) {
		struct phone *phone = simulator->phones.at[i];
		struct value row = value_object_new(3);
		value_object_set_text(&row, "person", value_text(phone->person));
		value_object_set_text(&row, "width", value_number(phone->mina->width));
		value_object_set_text(&row, "height", value_number(phone->mina->height));
		value_array_push(&list, row);
	}
	return list;
}

void desk_tell_phones(struct simulator *simulator)
{
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "phones", describe_phones(simulator));
	automation_tell(simulator->desk, "Desk.phonesChanged", detail, false);
}

static void get_phones(struct command_call *call)
{
	call_succeed_with(call, "phones", describe_phones(simulator_of(call)));
}

/* A phone that is there already opens the card on itself. */
static void open_phone(struct command_call *call)
{
	struct simulator *simulator = simulator_of(call);
	struct strbuf person = {0}, card = {0};
	strbuf_add(&person, call_text(call, "person"));
	strbuf_add(&card, call_text(call, "card"));
	struct phone *phone = phone_find(simulator, strbuf_str(&person));
	bool good = true;
	if (phone && card.len) {
		good = mina_open_card(phone->mina, card.at) == 0;
	} else if (!phone) {
		phone = phone_open(simulator, person.at, card.len ? card.at : NULL);
		good = phone && (!card.len || mina_alive(phone->mina));
		if (phone) {
			desk_tell_phones(simulator);
		}
	}
	if (!phone) {
		call_fail(call, "there is nobody called %s", person.at ? person.at : "");
	} else if (!good) {
		call_fail(call, "the card %s cannot be opened by %s", card.at, person.at);
	} else {
		call_succeed(call, value_object_new(0));
	}
	strbuf_finish(&person);
	strbuf_finish(&card);
}

static void close_phone(struct command_call *call)
{
	struct simulator *simulator = simulator_of(call);
	struct phone *phone = phone_find(simulator, call_text(call, "person"));
	if (!phone || simulator->phones.len == 1) {
		call_fail(call, phone ? "the last phone stays" : "there is no such phone");
		return;
	}
	phone_close(phone);
	desk_tell_phones(simulator);
	call_succeed(call, value_object_new(0));
}

/* {packages: [{name, version, place, bundled, files}], problems: [text]}; the programs then start anew. */
static void build_npm(struct command_call *call)
{
	struct simulator *simulator = simulator_of(call);
	struct npm_build build;
	npm_build(simulator->options->app->app, &build);
	struct value packages = value_array_new(build.packages.len), problems = value_array_new(4), result = value_object_new(2);
	for (size_t i = 0; i < build.packages.len; i++) {
		const struct npm_package *package = &build.packages.at[i];
		struct value row = value_object_new(5);
		value_object_set_text(&row, "name", value_text(package->name));
		value_object_set_text(&row, "version", value_text(package->version));
		value_object_set_text(&row, "place", value_text(package->place));
		value_object_set_text(&row, "bundled", value_bool(package->bundled));
		value_object_set_text(&row, "files", value_number((double)package->files));
		value_array_push(&packages, row);
	}
	for (size_t i = 0; i < build.diags.items.len; i++) {
		struct strbuf text = {0};
		diag_print(&build.diags.items.at[i], &text);
		value_array_push(&problems, value_take(&text));
	}
	npm_build_finish(&build);
	for (size_t i = 0; i < simulator->phones.len; i++) {
		phone_restart(simulator->phones.at[i]);
	}
	value_object_set_text(&result, "packages", packages);
	value_object_set_text(&result, "problems", problems);
	call_succeed(call, result);
}

static const struct schema none_rows[] = {{0}};

static const struct schema open_rows[] = {
	{"person", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "whose phone: bob"},
	{"card", SCHEMA_STRING, .doc = "the message that they tap"},
	{0},
};

static const struct schema person_rows[] = {{"person", SCHEMA_STRING, SCHEMA_REQUIRED}, {0}};

const struct command desk_rows[] = {
	{"Desk.getPhones", COMMAND_LOOKS | COMMAND_NO_APP, "The phones that are there.", none_rows, get_phones},
	{"Desk.open", COMMAND_NO_APP, "A person's phone, with the program on it; or a card on theirs.", open_rows, open_phone},
	{"Desk.buildNpm", COMMAND_NO_APP, "npm build (构建 npm), after which the programs start anew.", none_rows, build_npm},
	{"Desk.close", COMMAND_NO_APP, "It is put away.", person_rows, close_phone},
	{0},
};

/* mina shot APP: one page as a picture, and its boxes. */
#include "door/cli/cli.h"
#include "door/cli/guard.h"

#include <stdio.h>
#include <string.h>

#define SETTLE_MS 300

/* Taps and data in the order they were given on the command line; each is followed by a wait. */
static bool play(struct mina *mina, const struct cli_args *args, double wait)
{
	for (size_t i = 0; i < args->given.len; i++) {
		const struct cli_given *given = &args->given.at[i];
		if (strcmp(given->option->name, "tap") == 0) {
			if (mina_tap(mina, given->text)) {
				fprintf(stderr, "mina shot: nothing on %s matches %s\n", mina_path(mina), given->text);
				return false;
			}
			mina_advance(mina, wait);
		} else if (strcmp(given->option->name, "type") == 0) {
			if (mina_type(mina, given->text)) {
				fprintf(stderr, "mina shot: no input has the focus for --type\n");
				return false;
			}
			mina_advance(mina, wait);
		} else if (strcmp(given->option->name, "confirm") == 0) {
			if (mina_confirm(mina)) {
				fprintf(stderr, "mina shot: no input has the focus for --confirm\n");
				return false;
			}
			mina_advance(mina, wait);
		} else if (strcmp(given->option->name, "back") == 0) {
			mina_back(mina);
			mina_advance(mina, wait);
		} else if (strcmp(given->option->name, "set-data") == 0) {
			if (mina_set_data(mina, given->text)) {
				fprintf(stderr, "mina shot: --set-data wants a JSON object\n");
				return false;
			}
			mina_advance(mina, wait);
		}
	}
	return true;
}

static bool write_results(struct mina *mina, const struct cli_args *args)
{
	const char *boxes = cli_text(args, "boxes", NULL);
	const char *out = cli_text(args, "out", boxes ? NULL : "shot.png");
	bool good = true;
	if (out) {
		uint8_t *bytes;
		size_t size;
		good = mina_png(mina, &bytes, &size) == 0;
		if (good) {
			good = cli_write_file(out, bytes, size);
			mina_free(bytes);
		}
	}
	if (boxes) {
		char *json = mina_boxes(mina);
		good = cli_write_file(boxes, json, strlen(json)) && good;
		mina_free(json);
	}
	return good;
}

static void on_script(void *user, bool begins)
{
	guard_turn(user, begins);
}

static int run(const struct cli_args *args)
{
	if (args->words.len != 1) {
		fprintf(stderr, "mina shot: give one APP\nTry: mina shot --help\n");
		return CLI_USAGE;
	}
	struct guard guard = {0};
	/* A person without a size given has a screen of their own. */
	bool own = cli_text(args, "as", NULL) && !cli_text(args, "width", NULL) && !cli_text(args, "height", NULL) && !cli_text(args, "dpr", NULL);
	struct mina_options options = {
		.on_script = on_script,
		.user = &guard,
		.app = args->words.at[0],
		.page = cli_text(args, "page", NULL),
		.scene = (int)cli_number(args, "scene", 0),
		.launch = cli_text(args, "launch", NULL),
		.width = own ? 0 : (float)cli_number(args, "width", 375),
		.height = own ? 0 : (float)cli_number(args, "height", 667),
		.dpr = own ? 0 : (float)cli_number(args, "dpr", 2),
		.fixtures = cli_text(args, "fixtures", NULL),
		.allow_network = cli_flag(args, "network"),
		.person = cli_text(args, "as", NULL),
		.group = cli_text(args, "group", NULL),
		.lib_version = cli_text(args, "lib-version", NULL),
		.time_limit = cli_number(args, "time-limit", 0),
		.on_console = cli_flag(args, "quiet") ? NULL : cli_console,
	};
	bool fits = own || (options.width >= 1 && options.width <= 8192 && options.height >= 1 && options.height <= 16384
		&& options.dpr >= 0.25f && options.dpr <= 8 && options.width * options.height * options.dpr * options.dpr <= 6.7e7f);
	if (!fits) {
		fprintf(stderr, "mina shot: --width, --height or --dpr is out of range (at most 64 million pixels)\n");
		return CLI_USAGE;
	}
	for (size_t i = 0; i < args->given.len; i++) { // the later of --chrome and --no-chrome counts
		const char *name = args->given.at[i].option->name;
		options.chrome = strcmp(name, "chrome") == 0 || (options.chrome && strcmp(name, "no-chrome") != 0);
	}
	struct strbuf script = {0};
	const char *script_path = cli_text(args, "script", NULL);
	if (script_path && !cli_read_file(script_path, &script)) {
		return CLI_USAGE;
	}
	options.script = script.at;
	double wait = cli_number(args, "settle", SETTLE_MS);
	guard_start(&guard, options.time_limit > 0 ? options.time_limit : GUARD_TIME_LIMIT);
	struct mina *mina = mina_open(&options);
	size_t printed = 0;
	bool good = mina_alive(mina);
	if (good) {
		mina_advance(mina, wait);
		good = play(mina, args, wait);
		mina_settle(mina, 0, 10000); // what is still under way over the network
		if (!cli_flag(args, "no-freeze")) {
			mina_freeze(mina);
		}
		good = write_results(mina, args) && good;
	}
	cli_print_diagnostics(mina, &printed);
	size_t errors = mina_error_count(mina);
	mina_close(mina);
	guard_finish(&guard);
	strbuf_finish(&script);
	return good && !errors ? CLI_FINE : CLI_ERRORS;
}

static const struct cli_option options[] = {
	{"page", CLI_TEXT, "PATH?QUERY", "the page to open; the first of app.json by default"},
	{"out", CLI_TEXT, "FILE", "the picture, PNG; shot.png by default"},
	{"boxes", CLI_TEXT, "FILE", "every element's and text line's box, JSON"},
	{"width", CLI_NUMBER, "PX", "of the page area, or of the screen with --chrome; 375"},
	{"height", CLI_NUMBER, "PX", "667"},
	{"dpr", CLI_NUMBER, "N", "device pixels per CSS pixel; 2"},
	{"scene", CLI_NUMBER, "N", "scene value (场景值); 1001"},
	{"launch", CLI_TEXT, "JSON", "more launch options: shareTicket, referrerInfo ..."},
	{"as", CLI_TEXT, "PERSON", "who runs it, on a screen of their own; the first person of the world"},
	{"group", CLI_TEXT, "GROUP", "opened as from a card with a share ticket in this group: family (scene 1044)"},
	{"lib-version", CLI_TEXT, "VERSION", "the base library (基础库) that is played: 1.9.90"},
	{"tap", CLI_LIST, "SELECTOR", "tap the first element that matches; may be repeated"},
	{"type", CLI_LIST, "TEXT", "the focused input's new text; may be repeated"},
	{"confirm", CLI_FLAG, NULL, "press the keyboard's confirm key (完成); may be repeated"},
	{"back", CLI_FLAG, NULL, "go back one page; may be repeated"},
	{"set-data", CLI_LIST, "JSON", "setData on the page; these steps are done in the order given"},
	{"settle", CLI_NUMBER, "MS", "virtual time to wait after the start and after each step; 300"},
	{"chrome", CLI_FLAG, NULL, "draw status bar, navigation bar and tab bar"},
	{"no-chrome", CLI_FLAG, NULL, "the page area alone; this is the default"},
	{"script", CLI_TEXT, "FILE", "JSON: what the simulated network and person answer"},
	{"fixtures", CLI_TEXT, "FOLDER", "answers GET requests: FOLDER/HOST/PATH"},
	{"network", CLI_FLAG, NULL, "let requests that nothing answers go out for real"},
	{"no-freeze", CLI_FLAG, NULL, "do not end animations before the picture is taken"},
	{"time-limit", CLI_NUMBER, "MS", "of one turn of script; 5000. Then an endless loop is stopped"},
	{"quiet", CLI_FLAG, NULL, "do not print the mini program's console"},
	{0},
};

const struct cli_command cli_shot = {
	.name = "shot",
	.usage = "APP [--page 'pages/a/b?x=1'] [--out a.png] [--boxes a.json] [OPTION]...",
	.help = "Takes a picture of one page (截图), and writes where every box is.",
	.options = options,
	.run = run,
};

/* mina auto --project APP: runs an app for the client miniprogram-automator. Takes what that client's launcher, and people who
 * know the vendor's `cli auto`, give. */
#include "door/automation/server.h"
#include "door/cli/cli.h"
#include "door/cli/guard.h"
#include "door/cli/workers.h"

#include <stdio.h>
#include <string.h>

#define WORKERS_MAX 256

struct session {
	struct mina *mina;
	struct mina_society *society;
	struct guard guard;
	size_t printed;
	struct mina_options options;
};

static void on_script(void *user, bool begins)
{
	struct session *session = user;
	guard_turn(&session->guard, begins);
}

static void ready(void *user, int port)
{
	struct session *session = user;
	printf("%s is driven at ws://127.0.0.1:%d (stop with Ctrl-C)\n", mina_path(session->mina), port);
	fflush(stdout); // who reads it connects at once
}

/* Another person's app, beside the first. */
static struct mina *open_other(void *user, const char *name)
{
	struct session *session = user;
	char *person = mina_society_account(session->society, name ? name : "", session->options.app);
	struct mina_options options = session->options;
	options.person = person;
	struct mina *mina = person ? mina_open(&options) : NULL;
	size_t printed = 0;
	if (mina) {
		cli_print_diagnostics(mina, &printed);
	}
	mina_free(person);
	return mina;
}

static void turn(void *user)
{
	struct session *session = user;
	cli_print_diagnostics(session->mina, &session->printed);
}

/* Options of the vendor's tool that mean nothing here. */
static void note_ignored(const struct cli_args *args)
{
	static const char *const names[] = {"port", "lang", "debug", "disable-gpu", "trust-project", "test-ticket", "ext-appid",
		"qr-format", "qr-size", "color"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (cli_flag(args, names[i])) {
			fprintf(stderr, "mina auto: --%s concerns the vendor's tool and is ignored\n", names[i]);
		}
	}
}

/* "oW3...", "alice": who is meant; freed with mina_free(). */
static char *find_person(const struct mina_society *society, const char *account, const char *app)
{
	char *person = mina_society_account(society, account, app);
	if (!person) {
		fprintf(stderr, "mina auto: there is nobody called %s in this world\n", account);
	}
	return person;
}

static int serve(struct session *session, const struct cli_args *args, double port)
{
	struct automation_server_options server = {
		.mina = session->mina,
		.port = (int)port,
		.virtual_time = cli_flag(args, "virtual-time"),
		.open = open_other,
		.ready = ready,
		.turn = turn,
		.user = session,
	};
	return automation_serve(&server) ? CLI_ERRORS : CLI_FINE;
}

static int run_app(struct session *session, const struct cli_args *args, const char *app, const char *script, double port)
{
	const char *account = cli_text(args, "auto-account", cli_text(args, "ticket", NULL));
	char *person = account ? find_person(session->society, account, app) : NULL;
	if (account && !person) {
		return CLI_USAGE;
	}
	session->options = (struct mina_options){
		.app = app,
		.page = cli_text(args, "page", NULL),
		.scene = (int)cli_number(args, "scene", 0),
		.width = (float)cli_number(args, "width", 375),
		.height = (float)cli_number(args, "height", 667),
		.dpr = (float)cli_number(args, "dpr", 2),
		.chrome = true,
		.appid = cli_text(args, "appid", NULL),
		.script = script,
		.fixtures = cli_text(args, "fixtures", NULL),
		.asks = true,
		.allow_network = !cli_flag(args, "offline"),
		.live = !cli_flag(args, "virtual-time"),
		.society = session->society,
		.person = person ? person : cli_text(args, "as", NULL),
		.lib_version = cli_text(args, "lib-version", NULL),
		.on_console = cli_console,
		.on_script = on_script,
		.user = session,
	};
	guard_start(&session->guard, GUARD_TIME_LIMIT);
	session->mina = mina_open(&session->options);
	mina_free(person);
	cli_print_diagnostics(session->mina, &session->printed);
	int status = mina_alive(session->mina) ? serve(session, args, port) : CLI_ERRORS;
	mina_close(session->mina);
	guard_finish(&session->guard);
	return status;
}

static int run(const struct cli_args *args)
{
	double port = cli_number(args, "auto-port", 9420);
	const char *app = cli_text(args, "project", args->words.len == 1 ? args->words.at[0] : NULL);
	if (!app || args->words.len > 1 || port < 0 || port > 65535 || port != (int)port) {
		fprintf(stderr, "mina auto: give --project APP, and an --auto-port from 0 to 65535\nTry: mina auto --help\n");
		return CLI_USAGE;
	}
	double workers = cli_number(args, "workers", 1);
	if (workers > 1) {
		return cli_workers("auto", args, (int)(workers < WORKERS_MAX ? workers : WORKERS_MAX), "auto-port", (int)port);
	}
	note_ignored(args);
	struct session session = {0};
	struct strbuf script = {0}, world = {0};
	const char *world_path = cli_text(args, "world", NULL), *script_path = cli_text(args, "script", NULL);
	int status = CLI_USAGE;
	if ((!world_path || cli_read_file(world_path, &world)) && (!script_path || cli_read_file(script_path, &script))) {
		struct mina_society_options people = {.world = world.at, .name = world_path, .app = app};
		session.society = mina_society_open(&people);
		status = cli_print_society(session.society) ? CLI_ERRORS : run_app(&session, args, app, script.at, port);
		mina_society_close(session.society);
	}
	strbuf_finish(&script);
	strbuf_finish(&world);
	return status;
}

static const struct cli_option options[] = {
	{"project", CLI_TEXT, "APP", "the app to drive"},
	{"auto-port", CLI_NUMBER, "N", "loopback port of the WebSocket; 9420; 0: any free one"},
	{"auto-account", CLI_TEXT, "OPENID", "who runs it: an openid of testAccounts(), or a person of the world"},
	{"virtual-time", CLI_FLAG, NULL, "time passes with commands alone, and every run is the same"},
	{"workers", CLI_NUMBER, "N", "so many apps at once, at this port and the next ones"},
	{"width", CLI_NUMBER, "PX", "of the screen; 375"},
	{"height", CLI_NUMBER, "PX", "667; bars take their part of it"},
	{"dpr", CLI_NUMBER, "N", "device pixels per CSS pixel; 2"},
	{"page", CLI_TEXT, "PATH?QUERY", "the page to open; the first of app.json by default"},
	{"scene", CLI_NUMBER, "N", "scene value (场景值); 1001"},
	{"as", CLI_TEXT, "PERSON", "who runs it; the first person of the world"},
	{"world", CLI_TEXT, "FILE", "world.json: people, groups, programs (docs/world.md)"},
	{"lib-version", CLI_TEXT, "VERSION", "the base library (基础库) that is played"},
	{"script", CLI_TEXT, "FILE", "JSON: what the simulated network and person answer"},
	{"fixtures", CLI_TEXT, "FOLDER", "answers GET requests: FOLDER/HOST/PATH"},
	{"offline", CLI_FLAG, NULL, "requests that nothing answers fail instead of going out"},
	{"appid", CLI_TEXT, "APPID", "instead of project.config.json's"},
	{"ticket", CLI_TEXT, "T", "as --auto-account"},
	{"trust-project", CLI_FLAG, NULL, "ignored, as the rest: for the vendor's tool"},
	{"port", CLI_NUMBER, "N", "ignored"},
	{"lang", CLI_TEXT, "LANG", "ignored"},
	{"debug", CLI_FLAG, NULL, "ignored"},
	{"disable-gpu", CLI_FLAG, NULL, "ignored"},
	{"test-ticket", CLI_TEXT, "T", "ignored"},
	{"ext-appid", CLI_TEXT, "APPID", "ignored"},
	{"qr-format", CLI_TEXT, "FORMAT", "ignored"},
	{"qr-size", CLI_TEXT, "SIZE", "ignored"},
	{"color", CLI_TEXT, "MODE", "ignored"},
	{0},
};

const struct cli_command cli_auto = {
	.name = "auto",
	.usage = "--project APP [--auto-port N] [OPTION]...",
	.help = "Runs an app for miniprogram-automator.",
	.options = options,
	.run = run,
};

/* mina run APP: opens the app in the simulator, in a browser at a loopback address, and prints its console. */
#include "door/cli/cli.h"
#include "door/cli/guard.h"
#include "door/simulator/simulator.h"

#include <math.h>
#include <stdio.h>

struct session {
	struct guard guard;
	const char *app;
};

static void on_script(void *user, bool begins)
{
	struct session *session = user;
	guard_turn(&session->guard, begins);
}

static void ready(void *user, const char *url)
{
	const struct session *session = user;
	printf("%s is at %s (stop with Ctrl-C)\n", session->app, url);
	fflush(stdout); // who reads it may send a signal at once
}

static void diagnosed(void *user, const struct mina *mina, size_t *from)
{
	(void)user;
	cli_print_diagnostics(mina, from);
}

static int serve(struct session *session, const struct cli_args *args, const struct mina_options *app, struct mina_society *society)
{
	struct simulator_options simulator = {
		.app = app,
		.society = society,
		.port = (int)cli_number(args, "port", 0),
		.address = cli_text(args, "listen", NULL),
		.token = cli_text(args, "token", NULL),
		.web = cli_text(args, "web", NULL),
		.watch = !cli_flag(args, "no-watch"),
		.ready = ready,
		.diagnosed = diagnosed,
		.user = session,
	};
	guard_start(&session->guard, GUARD_TIME_LIMIT);
	int status = simulator_serve(&simulator) ? CLI_ERRORS : CLI_FINE;
	guard_finish(&session->guard);
	return status;
}

static int run_app(const struct cli_args *args, const char *world, const char *script)
{
	const char *app = args->words.at[0];
	struct session session = {.app = app};
	struct mina_society_options people = {.world = world, .name = cli_text(args, "world", NULL), .app = app,
		.platform = cli_text(args, "platform", NULL), .platform_key = cli_text(args, "platform-key", NULL)};
	struct mina_society *society = mina_society_open(&people);
	size_t wrong = cli_print_society(society);
	struct mina_options options = {
		.app = app,
		.page = cli_text(args, "page", NULL),
		.scene = (int)cli_number(args, "scene", 0),
		.dpr = (float)cli_number(args, "dpr", 0), // and each person's own screen
		.chrome = true,
		.script = script,
		.fixtures = cli_text(args, "fixtures", NULL),
		.allow_network = !cli_flag(args, "offline"),
		.asks = true,
		.live = true,
		.society = society,
		.person = cli_text(args, "as", NULL),
		.group = cli_text(args, "group", NULL),
		.lib_version = cli_text(args, "lib-version", NULL),
		.on_console = cli_console,
		.on_script = on_script,
		.user = &session,
	};
	int status = serve(&session, args, &options, society);
	mina_society_close(society);
	return wrong ? CLI_ERRORS : status;
}

static int run(const struct cli_args *args)
{
	double port = cli_number(args, "port", 0);
	if (args->words.len != 1 || port < 0 || port > 65535 || port != floor(port)) {
		fprintf(stderr, "mina run: give one APP, and a port from 0 to 65535\nTry: mina run --help\n");
		return CLI_USAGE;
	}
	struct strbuf script = {0}, world = {0};
	const char *world_path = cli_text(args, "world", NULL), *script_path = cli_text(args, "script", NULL);
	int status = CLI_USAGE;
	if ((!world_path || cli_read_file(world_path, &world)) && (!script_path || cli_read_file(script_path, &script))) {
		status = run_app(args, world.at, script.at);
	}
	strbuf_finish(&script);
	strbuf_finish(&world);
	return status;
}

static const struct cli_option options[] = {
	{"page", CLI_TEXT, "PATH?QUERY", "the page to open; the first of app.json by default"},
	{"scene", CLI_NUMBER, "N", "scene value (场景值); 1001"},
	{"port", CLI_NUMBER, "N", "port; any free one by default"},
	{"listen", CLI_TEXT, "ADDRESS", "where others may reach it, too: 0.0.0.0; this machine only by default"},
	{"token", CLI_TEXT, "WORD", "in every address of it; one that nobody can guess by default"},
	{"dpr", CLI_NUMBER, "N", "device pixels per CSS pixel; those of each person's device, or 2"},
	{"as", CLI_TEXT, "PERSON", "who runs it; the first person of the world"},
	{"world", CLI_TEXT, "FILE", "world.json: people, groups, programs (docs/world.md)"},
	{"platform", CLI_TEXT, "URL", "a running `mina platform`; one inside by default"},
	{"platform-key", CLI_TEXT, "KEY", "its host key"},
	{"group", CLI_TEXT, "GROUP", "opened as from a card with a share ticket in this group: family (scene 1044)"},
	{"lib-version", CLI_TEXT, "VERSION", "the base library (基础库) that is played: 1.9.90"},
	{"script", CLI_TEXT, "FILE", "JSON: what the simulated network and person answer"},
	{"fixtures", CLI_TEXT, "FOLDER", "answers GET requests: FOLDER/HOST/PATH"},
	{"offline", CLI_FLAG, NULL, "requests that nothing answers fail instead of going out"},
	{"no-watch", CLI_FLAG, NULL, "files that change are not looked at"},
	{"web", CLI_TEXT, "FOLDER", "the simulator's own pages from there, for who works on them"},
	{0},
};

const struct cli_command cli_run = {
	.name = "run",
	.usage = "APP [--page 'pages/a/b?x=1'] [--port N] [OPTION]...",
	.help = "Runs an app in the simulator, in a browser at a loopback address.",
	.options = options,
	.run = run,
};

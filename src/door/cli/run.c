/* mina run APP: opens the app, prints its console, and serves its picture and touches on a small
 * page at a loopback port. */
#include "border/net/server.h"
#include "door/cli/cli.h"
#include "door/cli/guard.h"

#include <glib-unix.h>
#include <glib.h>
#include <stdio.h>

#define TURN_MS 16

/* A browser's page. It says "shown" behind each picture and gets the next one then: a page that is slow, or does not
 * read at all, misses pictures instead of having them pile up here. */
struct viewer {
	struct server_socket *socket;
	bool busy;  // a picture is on its way
	bool stale; // there is a newer one
};

struct session {
	struct mina *mina;
	struct mina_society *society;
	struct server *server;
	GMainLoop *loop;
	gint64 last;          // monotonic, microseconds
	size_t printed;       // diagnostics
	struct guard guard;
	VEC(struct viewer) viewers;
};

extern const char cli_run_page[];
extern const unsigned long cli_run_page_len;

static void on_frame(void *user)
{
	struct session *session = user;
	for (size_t i = 0; i < session->viewers.len; i++) {
		session->viewers.at[i].stale = true;
	}
}

static void on_script(void *user, bool begins)
{
	struct session *session = user;
	guard_turn(&session->guard, begins);
}

static void on_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	cli_console(user, level, text, file, line);
}

static struct viewer *find_viewer(struct session *session, const struct server_socket *socket)
{
	for (size_t i = 0; i < session->viewers.len; i++) {
		if (session->viewers.at[i].socket == socket) {
			return &session->viewers.at[i];
		}
	}
	return NULL;
}

/* "touch PHASE X Y", "type TEXT", "back", "shown": what the page sends. */
static void on_message(void *user, struct server_socket *socket, bool is_text, struct str data)
{
	struct session *session = user;
	struct strbuf line = {0};
	int phase;
	float x, y;
	if (!is_text || !data.len) {
		return;
	}
	strbuf_add(&line, data);
	if (sscanf(line.at, "touch %d %f %f", &phase, &x, &y) == 3 && phase >= 0 && phase <= 3) {
		if (phase == MINA_TOUCH_START && !mina_in_front(session->mina)) { // there is no desktop to tap it on (yet)
			mina_enter(session->mina, NULL);
		} else {
			mina_touch(session->mina, 0, (enum mina_touch_phase)phase, x, y);
		}
	} else if (str_starts(data, STR("type "))) {
		mina_type(session->mina, line.at + 5);
	} else if (str_is(data, "back")) {
		mina_back(session->mina);
	} else if (str_is(data, "shown")) {
		find_viewer(session, socket)->busy = false;
	}
	strbuf_finish(&line);
}

static void on_socket(void *user, struct server_socket *socket, struct str path, struct str query)
{
	struct session *session = user;
	struct viewer viewer = {.socket = socket, .stale = true};
	(void)path;
	(void)query;
	vec_push(&session->viewers, viewer);
}

static void on_socket_close(void *user, struct server_socket *socket)
{
	struct session *session = user;
	vec_remove(&session->viewers, (size_t)(find_viewer(session, socket) - session->viewers.at));
}

static void on_call(void *user, struct server_call *call, const struct server_request *request)
{
	struct session *session = user;
	if (str_is(request->path, "/")) {
		server_reply(call, 200, "text/html; charset=utf-8", (struct str){cli_run_page, cli_run_page_len}, value_undefined());
	} else if (str_is(request->path, "/picture.png")) {
		uint8_t *bytes = NULL;
		size_t size = 0;
		int failed = mina_png(session->mina, &bytes, &size);
		server_reply(call, failed ? 500 : 200, "image/png", (struct str){(const char *)bytes, size}, value_undefined());
		mina_free(bytes);
	} else {
		server_reply(call, 404, "text/plain", STR("There is nothing here.\n"), value_undefined());
	}
}

/* One picture for all who wait for it. */
static void send_picture(struct session *session)
{
	uint8_t *bytes = NULL;
	size_t size = 0;
	for (size_t i = 0; i < session->viewers.len; i++) {
		struct viewer *viewer = &session->viewers.at[i];
		if (!viewer->stale || viewer->busy) {
			continue;
		}
		if (!bytes && mina_png(session->mina, &bytes, &size)) {
			return;
		}
		viewer->stale = false;
		viewer->busy = server_socket_send(viewer->socket, false, (struct str){(const char *)bytes, size});
	}
	mina_free(bytes);
}

/* Real time drives the program's clock; a picture goes out when something looks different. */
static gboolean turn(gpointer user)
{
	struct session *session = user;
	gint64 now = g_get_monotonic_time();
	mina_advance(session->mina, (double)(now - session->last) / 1000);
	session->last = now;
	cli_print_diagnostics(session->mina, &session->printed);
	send_picture(session);
	return G_SOURCE_CONTINUE;
}

static gboolean stop(gpointer user)
{
	struct session *session = user;
	g_main_loop_quit(session->loop);
	return G_SOURCE_CONTINUE;
}

static int serve(struct session *session, double port)
{
	struct server_config config = {
		.port = (uint16_t)port,
		.user = session,
		.on_call = on_call,
		.on_socket = on_socket,
		.on_socket_message = on_message,
		.on_socket_close = on_socket_close,
	};
	char *error = NULL;
	session->server = server_create(&config, &error);
	if (!session->server) {
		fprintf(stderr, "mina run: %s\n", error ? error : "the server cannot start");
		mem_free(error);
		return CLI_ERRORS;
	}
	session->loop = g_main_loop_new(NULL, FALSE);
	session->last = g_get_monotonic_time();
	guint sources[] = {g_timeout_add(TURN_MS, turn, session), g_unix_signal_add(SIGINT, stop, session),
		g_unix_signal_add(SIGTERM, stop, session)};
	printf("%s is at http://127.0.0.1:%d/ (stop with Ctrl-C)\n", mina_path(session->mina), server_port(session->server));
	fflush(stdout); // who reads it may send a signal at once
	g_main_loop_run(session->loop);
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		g_source_remove(sources[i]);
	}
	g_main_loop_unref(session->loop);
	server_destroy(session->server);
	return CLI_FINE;
}

static int run(const struct cli_args *args)
{
	double port = cli_number(args, "port", 0);
	if (args->words.len != 1 || port < 0 || port > 65535 || port != floor(port)) {
		fprintf(stderr, "mina run: give one APP, and a port from 0 to 65535\nTry: mina run --help\n");
		return CLI_USAGE;
	}
	struct session session = {0};
	struct strbuf script = {0}, world = {0};
	const char *world_path = cli_text(args, "world", NULL), *script_path = cli_text(args, "script", NULL);
	if ((world_path && !cli_read_file(world_path, &world)) || (script_path && !cli_read_file(script_path, &script))) {
		strbuf_finish(&world);
		return CLI_USAGE;
	}
	struct mina_society_options people = {.world = world.at, .name = world_path, .app = args->words.at[0],
		.platform = cli_text(args, "platform", NULL), .platform_key = cli_text(args, "platform-key", NULL)};
	session.society = mina_society_open(&people);
	size_t wrong = cli_print_society(session.society);
	struct mina_options options = {
		.app = args->words.at[0],
		.page = cli_text(args, "page", NULL),
		.scene = (int)cli_number(args, "scene", 0),
		.width = 375,
		.height = 667,
		.dpr = 2,
		.chrome = true,
		.script = script.at,
		.fixtures = cli_text(args, "fixtures", NULL),
		.allow_network = !cli_flag(args, "offline"),
		.live = true,
		.society = session.society,
		.person = cli_text(args, "as", NULL),
		.group = cli_text(args, "group", NULL),
		.lib_version = cli_text(args, "lib-version", NULL),
		.on_console = on_console,
		.on_frame = on_frame,
		.on_script = on_script,
		.user = &session,
	};
	guard_start(&session.guard, GUARD_TIME_LIMIT);
	session.mina = mina_open(&options);
	cli_print_diagnostics(session.mina, &session.printed);
	int status = mina_alive(session.mina) && !wrong ? serve(&session, port) : CLI_ERRORS;
	status = status == CLI_FINE && mina_error_count(session.mina) ? CLI_ERRORS : status;
	mina_close(session.mina);
	mina_society_close(session.society);
	guard_finish(&session.guard);
	vec_finish(&session.viewers);
	strbuf_finish(&script);
	strbuf_finish(&world);
	return status;
}

static const struct cli_option options[] = {
	{"page", CLI_TEXT, "PATH?QUERY", "the page to open; the first of app.json by default"},
	{"scene", CLI_NUMBER, "N", "scene value (场景值); 1001"},
	{"port", CLI_NUMBER, "N", "loopback port; any free one by default"},
	{"as", CLI_TEXT, "PERSON", "who runs it; the first person of the world"},
	{"world", CLI_TEXT, "FILE", "world.json: people, groups, programs (docs/world.md)"},
	{"platform", CLI_TEXT, "URL", "a running `mina platform`; one inside by default"},
	{"platform-key", CLI_TEXT, "KEY", "its host key"},
	{"group", CLI_TEXT, "GROUP", "opened as from a card with a share ticket in this group: family (scene 1044)"},
	{"lib-version", CLI_TEXT, "VERSION", "the base library (基础库) that is played: 1.9.90"},
	{"script", CLI_TEXT, "FILE", "JSON: what the simulated network and person answer"},
	{"fixtures", CLI_TEXT, "FOLDER", "answers GET requests: FOLDER/HOST/PATH"},
	{"offline", CLI_FLAG, NULL, "requests that nothing answers fail instead of going out"},
	{0},
};

const struct cli_command cli_run = {
	.name = "run",
	.usage = "APP [--page 'pages/a/b?x=1'] [--port N] [OPTION]...",
	.help = "Runs an app and shows it in a browser at a loopback address.",
	.options = options,
	.run = run,
};

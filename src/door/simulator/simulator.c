/* The page's world: a loopback server behind a token, the phones, and real time. */
#include "door/simulator/inside.h"

#include <glib-unix.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REST_MAX_MS 250.0  // longest pause between turns
#define FRAME_MS (1000.0 / 60)
#define AHEAD_MAX_MS 50.0
#define NETWORK_MS 16.0    // ... while an exchange of the real world is in flight
#define MESSAGE_MAX ((size_t)32 << 20)
#define SOCKETS_MAX 64

/* --- addresses: /TOKEN/..., all else is forbidden --- */

static void make_token(struct simulator *simulator)
{
	uint8_t random[16];
	if (simulator->options->token) {
		snprintf(simulator->token, sizeof(simulator->token), "%s", simulator->options->token);
		return;
	}
	if (getentropy(random, sizeof(random))) {
		abort(); // no machine without it runs this
	}
	for (size_t i = 0; i < sizeof(random); i++) {
		snprintf(simulator->token + i * 2, 3, "%02x", random[i]);
	}
}

/* Takes "/TOKEN/" off; false: it is not there, and the path is none any more. As long for a nearly right one as for any other. */
static bool take_token(const struct simulator *simulator, struct str *path)
{
	struct str token = str_of(simulator->token);
	if (path->len < token.len + 2 || path->at[0] != '/' || path->at[token.len + 1] != '/') {
		*path = (struct str){0};
		return false;
	}
	unsigned different = 0;
	for (size_t i = 0; i < token.len; i++) {
		different |= (unsigned char)(path->at[i + 1] ^ token.at[i]);
	}
	*path = different ? (struct str){0} : str_slice(*path, token.len + 2, path->len);
	return !different;
}

static const struct asset *find_asset(struct str path)
{
	for (const struct asset *asset = simulator_assets; asset->path; asset++) {
		if (str_is(path, asset->path)) {
			return asset;
		}
	}
	return NULL;
}

static struct value page_headers(void)
{
	struct value headers = value_object_new(4);
	value_object_set_text(&headers, "Content-Security-Policy", value_text("default-src 'self'; img-src 'self' blob: data:; "
		"style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"));
	value_object_set_text(&headers, "Referrer-Policy", value_text("no-referrer"));
	value_object_set_text(&headers, "X-Content-Type-Options", value_text("nosniff"));
	value_object_set_text(&headers, "Cross-Origin-Resource-Policy", value_text("same-origin"));
	return headers;
}

static void refuse(struct server_call *call, int status, const char *text)
{
	server_reply(call, status, "text/plain; charset=utf-8", str_of(text), value_undefined());
}

static void reply_asset(struct simulator *simulator, struct server_call *call, const struct asset *asset)
{
	struct value headers = page_headers();
	struct strbuf text = {0}, path = {0};
	if (simulator->options->web) {
		gchar *content = NULL;
		gsize size = 0;
		strbuf_printf(&path, "%s/%s", simulator->options->web, asset->path);
		if (g_file_get_contents(path.at, &content, &size, NULL)) {
			strbuf_add(&text, (struct str){content, size});
		}
		g_free(content);
	} else {
		strbuf_add(&text, (struct str){asset->text, asset->len});
	}
	server_reply(call, 200, asset->type, strbuf_str(&text), headers);
	strbuf_finish(&text);
	strbuf_finish(&path);
	value_unref(headers);
}

/* phone/PERSON.png: the whole picture, exact. */
static void reply_picture(struct simulator *simulator, struct server_call *call, struct str path)
{
	struct phone *phone = str_ends(path, STR(".png")) ? phone_find(simulator, str_slice(path, strlen("phone/"), path.len - strlen(".png"))) : NULL;
	uint8_t *bytes = NULL;
	size_t size = 0;
	if (!phone || mina_png(phone->mina, &bytes, &size)) {
		refuse(call, 404, "There is no such phone.\n");
		return;
	}
	server_reply(call, 200, "image/png", (struct str){(const char *)bytes, size}, value_undefined());
	mina_free(bytes);
}

/* card/MESSAGE.png: the picture of a card in a chat. */
static void reply_card(struct simulator *simulator, struct server_call *call, struct str path)
{
	uint8_t *bytes = NULL;
	size_t size = 0;
	struct strbuf id = {0};
	strbuf_add(&id, str_slice(path, strlen("card/"), path.len - size_min(strlen(".png"), path.len - strlen("card/"))));
	if (mina_society_picture(simulator->society, id.at ? id.at : "", &bytes, &size)) {
		refuse(call, 404, "There is no such card.\n");
	} else {
		server_reply(call, 200, "image/png", (struct str){(const char *)bytes, size}, value_undefined());
	}
	mina_free(bytes);
	strbuf_finish(&id);
}

static void on_call(void *user, struct server_call *call, const struct server_request *request)
{
	struct simulator *simulator = user;
	struct str path = request->path;
	if (!take_token(simulator, &path)) {
		refuse(call, 403, "This simulator is opened with the whole address that mina run prints.\n请使用 mina run 打印的完整地址。\n");
		return;
	}
	const struct asset *asset = find_asset(path.len ? path : STR("index.html"));
	if (!str_is(request->method, "GET")) {
		refuse(call, 405, "Only GET is answered here.\n");
	} else if (asset) {
		reply_asset(simulator, call, asset);
	} else if (str_starts(path, STR("phone/"))) {
		reply_picture(simulator, call, path);
	} else if (str_starts(path, STR("card/"))) {
		reply_card(simulator, call, path);
	} else {
		refuse(call, 404, "There is nothing here.\n");
	}
}

/* --- sockets: TOKEN/desk, TOKEN/phone/PERSON --- */

static void pass_time(struct simulator *simulator);
static void hurry(struct simulator *simulator);

static void on_socket(void *user, struct server_socket *socket, struct str path, struct str query)
{
	struct simulator *simulator = user;
	UNUSED(query);
	if (take_token(simulator, &path) && str_is(path, "desk")) {
		struct desk_seat seat = {socket, automation_join(simulator->desk)};
		vec_push(&simulator->seats, seat);
		return;
	}
	struct phone *phone = str_starts(path, STR("phone/")) ? phone_find(simulator, str_slice(path, strlen("phone/"), path.len)) : NULL;
	if (!phone) {
		server_socket_close(socket);
		return;
	}
	phone_join(phone, socket);
}

static struct desk_seat *find_seat(struct simulator *simulator, const struct server_socket *socket)
{
	for (size_t i = 0; i < simulator->seats.len; i++) {
		if (simulator->seats.at[i].socket == socket) {
			return &simulator->seats.at[i];
		}
	}
	return NULL;
}

static void on_socket_close(void *user, struct server_socket *socket)
{
	struct simulator *simulator = user;
	struct desk_seat *seat = find_seat(simulator, socket);
	if (seat) {
		automation_leave(simulator->desk, seat->client);
		vec_remove(&simulator->seats, (size_t)(seat - simulator->seats.at));
		return;
	}
	for (size_t i = 0; i < simulator->phones.len && !phone_leave(simulator->phones.at[i], socket); i++) {
	}
}

static void on_message(void *user, struct server_socket *socket, bool is_text, struct str data)
{
	struct simulator *simulator = user;
	struct desk_seat *seat = find_seat(simulator, socket);
	pass_time(simulator); // what comes in happens now
	if (seat && is_text) {
		automation_receive(simulator->desk, seat->client, data);
		return;
	}
	for (size_t i = 0; i < simulator->phones.len && !phone_receive(simulator->phones.at[i], socket, is_text, data); i++) {
	}
	if (is_text) {
		hurry(simulator);
	}
}

static void on_desk_send(void *user, unsigned client, struct str text)
{
	struct simulator *simulator = user;
	for (size_t i = 0; i < simulator->seats.len; i++) {
		if (simulator->seats.at[i].client == client) {
			server_socket_send(simulator->seats.at[i].socket, true, text);
		}
	}
}

static void on_desk_quit(void *user)
{
	((struct simulator *)user)->stop = true;
}

/* --- time --- */

/* The world's time that it should be. All phones share one clock: any of them can pass it. */
static double world_target(struct simulator *simulator, struct host *host)
{
	double now = (double)g_get_monotonic_time() / 1000, world = host_monotonic(host);
	if (isnan(simulator->origin) || world - (now - simulator->origin) > AHEAD_MAX_MS) {
		simulator->origin = now - world; // somebody has passed time by hand
	}
	return now - simulator->origin;
}

static void pass_time(struct simulator *simulator)
{
	struct host *host = simulator->phones.len ? simulator->phones.at[0]->mina->host : NULL;
	double ahead = host ? world_target(simulator, host) - host_monotonic(host) : 0;
	if (ahead > 0) {
		mina_advance(simulator->phones.at[0]->mina, ahead);
	}
}

/* After a finger the frame that it asks for is made at once: its world is ahead of the real one by less than a frame, for which the
 * next turns wait. */
static void hurry(struct simulator *simulator)
{
	struct host *host = simulator->phones.len ? simulator->phones.at[0]->mina->host : NULL;
	double until = host ? world_target(simulator, host) + FRAME_MS : 0;
	for (size_t i = 0; host && i < simulator->phones.len; i++) {
		const struct app *app = simulator->phones.at[i]->mina->app;
		while (app && app_unsettled(app) && host->clock->next_due(host) <= until && host->clock->step(host, host->clock->next_due(host))) {
			app = simulator->phones.at[i]->mina->app;
		}
	}
}

static void file_changed(void *user, struct str path)
{
	struct simulator *simulator = user;
	bool style = str_ends(path, STR(".wxss"));
	for (size_t i = 0; i < simulator->phones.len; i++) {
		struct phone *phone = simulator->phones.at[i];
		bool restyled = style && mina_alive(phone->mina) && app_reload_sheet(phone->mina->app, path);
		phone->waits_restart = phone->waits_restart || !restyled;
	}
}

static void look_for_changes(struct simulator *simulator)
{
	if (!simulator->watch || !watch_take(simulator->watch, file_changed, simulator)) {
		return;
	}
	for (size_t i = 0; i < simulator->phones.len; i++) {
		if (simulator->phones.at[i]->waits_restart) {
			simulator->phones.at[i]->waits_restart = false;
			phone_restart(simulator->phones.at[i]);
		}
	}
}

/* How long nothing is due, in ms. */
static double rest_of(const struct simulator *simulator)
{
	struct host *host = simulator->phones.len ? simulator->phones.at[0]->mina->host : NULL;
	if (!host) {
		return REST_MAX_MS;
	}
	double rest = host->clock->next_due(host) - ((double)g_get_monotonic_time() / 1000 - simulator->origin);
	return fmin(REST_MAX_MS, host->clock->in_flight(host) ? fmin(rest, NETWORK_MS) : rest);
}

/* One turn: time, changed files, and what goes out. Gives the pause until the next. */
static double turn(struct simulator *simulator)
{
	double rest = INFINITY;
	pass_time(simulator);
	look_for_changes(simulator);
	automation_turn(simulator->desk);
	for (size_t i = 0; i < simulator->phones.len; i++) {
		struct phone *phone = simulator->phones.at[i];
		rest = fmin(rest, phone_turn(phone));
		if (simulator->options->diagnosed) {
			simulator->options->diagnosed(simulator->options->user, phone->mina, &phone->printed);
		}
	}
	return fmax(fmin(rest, rest_of(simulator)), 0.5);
}

static gboolean stop(gpointer user)
{
	((struct simulator *)user)->stop = true;
	return G_SOURCE_CONTINUE;
}

/* A source that does nothing but end a pause. */
static gboolean wake(GSource *source, GSourceFunc callback, gpointer user)
{
	UNUSED(callback);
	UNUSED(user);
	g_source_set_ready_time(source, -1);
	return G_SOURCE_CONTINUE;
}

static void announce(struct simulator *simulator)
{
	struct strbuf url = {0};
	const char *address = simulator->options->address;
	strbuf_printf(&url, "http://%s:%d/%s/", address && strcmp(address, "0.0.0.0") != 0 ? address : "127.0.0.1", server_port(simulator->server),
		simulator->token);
	if (simulator->options->ready) {
		simulator->options->ready(simulator->options->user, url.at);
	}
	strbuf_finish(&url);
}

/* The sources of sockets wake it as well as time. */
static void run(struct simulator *simulator)
{
	GMainContext *context = g_main_context_default();
	GSourceFuncs funcs = {.dispatch = wake};
	GSource *timer = g_source_new(&funcs, sizeof(GSource));
	guint signals[] = {g_unix_signal_add(SIGINT, stop, simulator), g_unix_signal_add(SIGTERM, stop, simulator)};
	g_source_attach(timer, context);
	announce(simulator); // who reads it may send a signal at once
	while (!simulator->stop) {
		double rest = turn(simulator);
		g_source_set_ready_time(timer, g_get_monotonic_time() + (int64_t)(rest * 1000));
		while (!g_main_context_iteration(context, TRUE)) { // a time that was set ends the first wait at once, with nothing
		}
		for (int i = 0; i < 64 && g_main_context_iteration(context, FALSE); i++) { // what has come together is seen together
		}
	}
	g_source_destroy(timer);
	g_source_unref(timer);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		g_source_remove(signals[i]);
	}
}

/* --- beginning and end --- */

static bool listen_at(struct simulator *simulator)
{
	struct server_config config = {
		.port = (uint16_t)simulator->options->port,
		.address = simulator->options->address,
		.user = simulator,
		.on_call = on_call,
		.on_socket = on_socket,
		.on_socket_message = on_message,
		.on_socket_close = on_socket_close,
		.message_max = MESSAGE_MAX,
		.sockets_max = SOCKETS_MAX,
	};
	char *error = NULL;
	simulator->server = server_create(&config, &error);
	if (!simulator->server) {
		fprintf(stderr, "mina run: %s\n", error ? error : "the server cannot start");
		mem_free(error);
	}
	return simulator->server;
}

static void finish(struct simulator *simulator)
{
	server_destroy(simulator->server); // its sockets leave
	while (simulator->phones.len) {
		phone_close(vec_last(&simulator->phones));
	}
	automation_destroy(simulator->desk);
	watch_destroy(simulator->watch);
	vec_finish(&simulator->phones);
	vec_finish(&simulator->seats);
}

int simulator_serve(const struct simulator_options *options)
{
	struct simulator simulator = {.options = options, .society = options->society, .origin = NAN};
	struct automation_config desk = {.rows = desk_rows, .society = options->society, .owner = &simulator, .send = on_desk_send, .quit = on_desk_quit, .user = &simulator};
	make_token(&simulator);
	simulator.desk = automation_create(&desk);
	struct phone *first = phone_open(&simulator, NULL, options->app->card);
	if (first && options->diagnosed) {
		options->diagnosed(options->user, first->mina, &first->printed);
	}
	bool good = first && mina_alive(first->mina) && listen_at(&simulator);
	if (good) {
		simulator.watch = options->watch ? watch_create(options->app->app) : NULL;
		run(&simulator);
		good = mina_error_count(simulator.phones.at[0]->mina) == 0;
	}
	finish(&simulator);
	return good ? 0 : 1;
}

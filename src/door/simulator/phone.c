/* A phone: one person's program, the pages that look at it, and the pictures that they get. */
#include "door/simulator/inside.h"

#include "host/ui.h"
#include "runtime/view/view.h"

#include <glib.h>
#include <string.h>

#define ON_WAY_MAX 2
#define REST_US 150000 // a picture that stood so long is sent without loss

static void on_frame(void *user)
{
	struct phone *phone = user;
	phone->news = true;
	for (size_t i = 0; i < phone->viewers.len; i++) {
		phone->viewers.at[i].stale = true;
	}
}

static void on_script(void *user, bool begins)
{
	const struct mina_options *app = ((struct phone *)user)->simulator->options->app;
	if (app->on_script) {
		app->on_script(app->user, begins);
	}
}

static void on_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	static const char *const levels[] = {"debug", "log", "info", "warn", "error"};
	struct phone *phone = user;
	const struct mina_options *app = phone->simulator->options->app;
	if (app->on_console) {
		app->on_console(app->user, level, text, file, line);
	}
	if (phone->automation && phone->viewers.len) {
		struct value detail = value_object_new(4);
		value_object_set_text(&detail, "level", value_text(levels[level]));
		value_object_set_text(&detail, "text", value_text(text));
		value_object_set_text(&detail, "file", value_text(file));
		value_object_set_text(&detail, "line", value_number(line));
		automation_tell(phone->automation, "Phone.console", detail, false);
	}
}

static void on_send(void *user, unsigned client, struct str text)
{
	struct phone *phone = user;
	for (size_t i = 0; i < phone->viewers.len; i++) {
		if (phone->viewers.at[i].client == client) {
			server_socket_send(phone->viewers.at[i].socket, true, text);
		}
	}
}

static void on_quit(void *user)
{
	((struct phone *)user)->simulator->stop = true;
}

struct phone *phone_open(struct simulator *simulator, const char *person, const char *card)
{
	struct mina_options options = *simulator->options->app;
	struct phone *phone = mem_alloc(sizeof(*phone));
	bool first = simulator->phones.len == 0;
	phone->simulator = simulator;
	options.person = person ? person : options.person;
	options.on_frame = on_frame;
	options.on_script = on_script;
	options.on_console = on_console;
	options.user = phone;
	options.card = card;
	if (!first && !card) {
		options.group = NULL; // the first person's way in
	}
	phone->mina = mina_open(&options);
	if (phone->mina->nobody || !phone->mina->sim) {
		mina_close(phone->mina);
		mem_free(phone);
		return NULL;
	}
	struct str name = sim_host_person(phone->mina->sim);
	phone->person = mem_strdup(name.at, name.len);
	struct automation_config config = {.mina = phone->mina, .rows = phone_rows, .owner = phone, .send = on_send, .quit = on_quit, .user = phone};
	phone->automation = automation_create(&config);
	vec_push(&simulator->phones, phone);
	return phone;
}

void phone_close(struct phone *phone)
{
	struct simulator *simulator = phone->simulator;
	for (size_t i = 0; i < simulator->phones.len; i++) {
		if (simulator->phones.at[i] == phone) {
			vec_remove(&simulator->phones, i);
			break;
		}
	}
	while (phone->viewers.len) {
		struct server_socket *socket = vec_last(&phone->viewers).socket;
		phone_leave(phone, socket);
		server_socket_close(socket);
	}
	vec_finish(&phone->viewers);
	automation_destroy(phone->automation);
	mina_close(phone->mina);
	value_unref(phone->state);
	value_unref(phone->pages);
	value_unref(phone->entry);
	mem_free(phone->person);
	mem_free(phone);
}

struct phone *phone_find(const struct simulator *simulator, struct str person)
{
	for (size_t i = 0; i < simulator->phones.len; i++) {
		if (str_eq(str_of(simulator->phones.at[i]->person), person)) {
			return simulator->phones.at[i];
		}
	}
	return NULL;
}

/* --- who looks --- */

static struct viewer *find_viewer(struct phone *phone, const struct server_socket *socket)
{
	for (size_t i = 0; i < phone->viewers.len; i++) {
		if (phone->viewers.at[i].socket == socket) {
			return &phone->viewers.at[i];
		}
	}
	return NULL;
}

void phone_join(struct phone *phone, struct server_socket *socket)
{
	struct viewer viewer = {.socket = socket, .client = automation_join(phone->automation), .stream = stream_create(), .stale = true};
	vec_push(&phone->viewers, viewer);
	value_unref(phone->state);
	phone->state = value_undefined(); // told anew to all
	phone->news = true;
}

bool phone_leave(struct phone *phone, const struct server_socket *socket)
{
	struct viewer *viewer = find_viewer(phone, socket);
	if (!viewer) {
		return false;
	}
	automation_leave(phone->automation, viewer->client);
	stream_destroy(viewer->stream);
	vec_remove(&phone->viewers, (size_t)(viewer - phone->viewers.at));
	return true;
}

/* Text is a call; a binary message says what became of the pictures: "s" one was shown, "h" nobody sees the page now, "v" somebody does
 * again. */
bool phone_receive(struct phone *phone, struct server_socket *socket, bool is_text, struct str data)
{
	struct viewer *viewer = find_viewer(phone, socket);
	if (!viewer) {
		return false;
	}
	if (is_text) {
		phone->news = true;
		automation_receive(phone->automation, viewer->client, data);
	} else if (str_is(data, "s")) {
		viewer->on_way -= viewer->on_way > 0;
	} else if (str_is(data, "h") || str_is(data, "v")) {
		viewer->hidden = str_is(data, "h");
	}
	return true;
}

/* --- state --- */

static void set_caret(struct phone *phone, struct value *state)
{
	struct rect caret;
	if (app_caret(phone->mina->app, &caret)) {
		struct value at = value_object_new(3);
		value_object_set_text(&at, "x", value_number(caret.x));
		value_object_set_text(&at, "y", value_number(caret.y));
		value_object_set_text(&at, "height", value_number(caret.height));
		value_object_set_text(state, "caret", at);
	}
}

/* The last error that was found: why nothing runs, if nothing does. */
static void set_problem(const struct mina *mina, struct value *state)
{
	struct mina_diagnostic found;
	struct strbuf text = {0};
	for (size_t i = 0; mina_diagnostic_at(mina, i, &found); i++) {
		if (found.error) {
			strbuf_clear(&text);
			if (found.line) {
				strbuf_printf(&text, "%s:%d:%d: ", found.file, found.line, found.column);
			} else if (*found.file) {
				strbuf_printf(&text, "%s: ", found.file);
			}
			strbuf_add_text(&text, found.text);
		}
	}
	value_object_set_text(state, "problem", value_take(&text));
}

/* {alive, problem? (the last error), inFront, person, path, query, pages, width, height, dpr, dark, errors, overlay{}, caret?{x, y, height}} */
static struct value state_of(struct phone *phone)
{
	struct mina *mina = phone->mina;
	struct host *host = mina->host;
	struct value state = value_object_new(14);
	bool alive = mina_alive(mina);
	value_object_set_text(&state, "alive", value_bool(alive));
	value_object_set_text(&state, "inFront", value_bool(mina_in_front(mina)));
	value_object_set_text(&state, "person", value_text(phone->person));
	value_object_set_text(&state, "path", value_text(mina_path(mina)));
	value_object_set_text(&state, "pages", value_number((double)mina_page_count(mina)));
	value_object_set_text(&state, "width", value_number(mina->width));
	value_object_set_text(&state, "height", value_number(mina->height));
	value_object_set_text(&state, "dpr", value_number(mina->dpr));
	value_object_set_text(&state, "dark", value_bool(host->screen->info(host).dark));
	value_object_set_text(&state, "errors", value_number((double)mina_error_count(mina)));
	value_object_set_text(&state, "overlay", host->ui->overlay(host));
	if (mina_error_count(mina)) {
		set_problem(mina, &state);
	}
	if (alive) {
		value_object_set_text(&state, "query", value_ref(page_query(app_top(mina->app))));
		value_object_set_text(&state, "name", value_string(app_name(mina->app)));
		set_caret(phone, &state);
	}
	return state;
}

static void tell_state(struct phone *phone)
{
	if (!phone->news || !phone->viewers.len || !phone->mina->host) {
		return;
	}
	phone->news = false;
	struct value state = state_of(phone);
	if (value_equal(state, phone->state)) {
		value_unref(state);
		return;
	}
	value_unref(phone->state);
	phone->state = state;
	automation_tell(phone->automation, "Phone.stateChanged", value_ref(state), false);
}

/* --- pictures --- */

static bool wants_picture(const struct viewer *viewer, int64_t now)
{
	bool rests = !stream_is_exact(viewer->stream) && now - viewer->sent >= REST_US;
	return (viewer->stale || rests) && !viewer->hidden && viewer->on_way < ON_WAY_MAX;
}

static void send_picture(struct viewer *viewer, const struct mina_frame *frame, int64_t now)
{
	struct strbuf message = {0};
	viewer->stale = false;
	if (stream_update(viewer->stream, frame, now - viewer->sent >= REST_US, &message)) {
		viewer->on_way += server_socket_send(viewer->socket, false, strbuf_str(&message));
		viewer->sent = now;
	}
	strbuf_finish(&message);
}

static void send_pictures(struct phone *phone)
{
	struct mina_frame frame = {0};
	int64_t now = g_get_monotonic_time();
	for (size_t i = 0; i < phone->viewers.len; i++) {
		if (wants_picture(&phone->viewers.at[i], now)) {
			if (!frame.pixels) {
				mina_frame(phone->mina, &frame);
			}
			send_picture(&phone->viewers.at[i], &frame, now);
		}
	}
}

double phone_turn(struct phone *phone)
{
	double due = INFINITY;
	automation_turn(phone->automation);
	tell_state(phone);
	send_pictures(phone);
	for (size_t i = 0; i < phone->viewers.len; i++) {
		const struct viewer *viewer = &phone->viewers.at[i];
		if (!stream_is_exact(viewer->stream) && !viewer->hidden) {
			due = fmin(due, fmax(1, (double)(viewer->sent + REST_US - g_get_monotonic_time()) / 1000));
		}
	}
	return due;
}

/* --- the program anew --- */

/* The pages that are open, from the lowest: their paths with queries. */
static struct value pages_of(const struct app *app)
{
	struct value list = value_array_new(app_page_count(app));
	for (size_t i = 0; i < app_page_count(app); i++) {
		struct page *page = app_page_at(app, i);
		struct value query = page_query(page);
		struct strbuf url = {0};
		strbuf_printf(&url, "/" STR_FMT, STR_ARG(page_path(page)));
		for (size_t j = 0; j < value_count(query); j++) {
			struct str key = value_key(query, j), text = value_str(value_entry(query, j));
			strbuf_printf(&url, "%c" STR_FMT "=" STR_FMT, j ? '&' : '?', STR_ARG(key), STR_ARG(text));
		}
		value_array_push(&list, value_take(&url));
	}
	return list;
}

/* The same way in, with another page. New. */
static struct value entry_of(const struct app *app, struct value page)
{
	struct value entry = value_unshared(value_ref(app_enter_options(app)));
	struct str url = value_str(page);
	value_object_remove(&entry, STR("query"));
	value_object_set_text(&entry, "path", value_string(str_slice(url, 1, url.len)));
	return entry;
}

static void remember(struct phone *phone)
{
	const struct app *app = phone->mina->app;
	value_unref(phone->pages);
	value_unref(phone->entry);
	phone->pages = pages_of(app);
	phone->entry = entry_of(app, value_at(phone->pages, 0));
}

/* The pages above the lowest. One that is no longer there is left out. */
static void open_again(struct phone *phone)
{
	struct mina *mina = phone->mina;
	for (size_t i = 1; i < value_len(phone->pages) && mina_alive(mina); i++) {
		struct strbuf error = {0};
		struct app_route_request request = {.route = ROUTE_NAVIGATE, .url = value_str(value_at(phone->pages, i))};
		if (!app_route(mina->app, &request, &error)) {
			diag_add(&mina->diags, DIAG_WARNING, STR(""), 0, 0, "The page %s is not opened again: %s", request.url.at, error.at ? error.at : "");
		}
		strbuf_finish(&error);
		automation_frames(phone->automation);
	}
}

/* As the files are now, by phone->entry. */
static void begin_anew(struct phone *phone)
{
	struct mina *mina = phone->mina;
	mina_end(mina);
	diag_list_finish(&mina->diags);
	phone->printed = 0;
	mina_launch(mina, phone->entry);
	if (mina->app && !app_top(mina->app) && value_is(phone->entry, VALUE_OBJECT)) { // that page is gone: its first one
		mina_end(mina);
		mina_launch(mina, value_undefined());
	}
}

static void tell_restarted(struct phone *phone)
{
	automation_tell(phone->automation, "Phone.restarted", value_object_new(0), false);
	on_frame(phone);
}

void phone_restart(struct phone *phone)
{
	if (mina_alive(phone->mina)) {
		remember(phone);
	}
	begin_anew(phone);
	open_again(phone);
	tell_restarted(phone);
}

void phone_start(struct phone *phone, struct value launch)
{
	value_unref(phone->pages);
	value_unref(phone->entry);
	phone->pages = value_undefined();
	phone->entry = value_ref(launch);
	begin_anew(phone);
	tell_restarted(phone);
}

/* The C library: one running mini program behind include/mina/mina.h. Everything else (command line,
 * automation, simulator) comes in through this door. */
#include "door/library/inside.h"

#include "border/gfx/png.h"
#include "door/library/archive_source.h"
#include "door/library/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- opening --- */

static void on_console(void *user, enum app_log_level level, struct str text, struct str file, int line)
{
	static const enum mina_level levels[] = {MINA_DEBUG, MINA_LOG, MINA_INFO, MINA_WARN, MINA_ERROR};
	struct mina *mina = user;
	struct strbuf copy = {0}, name = {0};
	strbuf_add(&copy, text);
	strbuf_add(&name, file);
	if (mina->options.on_console) {
		mina->options.on_console(mina->options.user, levels[level], copy.at, name.at, line);
	}
	strbuf_finish(&copy);
	strbuf_finish(&name);
}

static void on_present(void *user)
{
	struct mina *mina = user;
	if (mina->options.on_frame) {
		mina->options.on_frame(mina->options.user);
	}
}

/* A folder or an archive; the folder's project.config.json is looked at by core/package. */
static struct host_source *open_source(struct mina *mina, const char *path)
{
	struct stat facts;
	if (!path || stat(path, &facts) != 0) {
		diag_add(&mina->diags, DIAG_ERROR, STR(""), 0, 0, "There is no such app: %s", path ? path : "(none given)");
		return NULL;
	}
	if (S_ISDIR(facts.st_mode)) {
		struct host_source *source = linux_folder_open(path);
		if (!source) {
			diag_add(&mina->diags, DIAG_ERROR, STR(""), 0, 0, "The folder cannot be opened: %s", path);
		}
		return source;
	}
	return archive_source_open(path, &mina->diags);
}

static float or_default(float given, float fallback)
{
	return given > 0 ? given : fallback;
}

#define SIDE_MAX 16384.0f
#define PIXELS_MAX 6.7e7f // of the picture

/* False: nothing can be drawn at that size, and the one before stays. */
static bool set_size(struct mina *mina, float width, float height, float dpr)
{
	bool fits = width >= 1 && height >= 1 && dpr > 0 && width * dpr >= 1 && height * dpr >= 1 && width * dpr <= SIDE_MAX
		&& height * dpr <= SIDE_MAX && width * dpr * height * dpr <= PIXELS_MAX;
	if (fits) {
		mina->width = width;
		mina->height = height;
		mina->dpr = dpr;
	}
	return fits;
}

/* The picture is as large as the screen. */
static void on_host_event(struct host_listener *listener, enum host_event event, struct value detail)
{
	struct mina *mina = CONTAINER_OF(listener, struct mina, listener);
	UNUSED(detail);
	if (event == HOST_EVENT_RESIZE) {
		struct host_screen_info screen = mina->host->screen->info(mina->host);
		set_size(mina, screen.width, screen.height, screen.dpr);
	}
}

static void start_sim(struct mina *mina)
{
	const struct mina_options *options = &mina->options;
	mina->sim = sim_host_create(options->society ? options->society->world : NULL);
	mina->host = &mina->sim->host;
	if (!options->society) {
		struct mina_society_options none = {0};
		mina_world_setup(mina->sim->world, &mina->real, &none, &mina->settings, &mina->diags);
	}
	const char *person = options->person ? options->person : library_settings_text(&mina->settings, "person", NULL);
	if (person && sim_host_set_person(mina->sim, str_of(person))) {
		diag_add(&mina->diags, DIAG_ERROR, STR(""), 0, 0, "There is nobody called %s in this world", person);
		mina->nobody = true;
	} else if (person && options->width <= 0 && options->height <= 0 && options->dpr <= 0) { // their own device
		const struct host_screen_info *screen = &mina->sim->screen;
		if (!set_size(mina, screen->width, screen->height, screen->dpr)) {
			diag_add(&mina->diags, DIAG_WARNING, STR(""), 0, 0, "The screen of %s cannot be drawn: %g x %g at %g; 375 x 667 is taken", person,
				(double)screen->width, (double)screen->height, (double)screen->dpr);
		}
	}
	mina->sim->asks = options->asks;
	struct json_error error;
	if (options->script && sim_host_load_script(mina->sim, str_of(options->script), &error)) {
		int line, column;
		diag_place(str_of(options->script), error.offset, &line, &column);
		diag_add(&mina->diags, DIAG_ERROR, STR("script"), line, column, "The script of the simulated world is no JSON object: %s",
			error.text);
	}
	if (options->fixtures) {
		mina->fixtures = linux_folder_open(options->fixtures);
		mina->sim->fixtures = mina->fixtures;
		if (!mina->fixtures) {
			diag_add(&mina->diags, DIAG_ERROR, STR(""), 0, 0, "There is no folder of fixtures: %s", options->fixtures);
		}
	}
	if (options->allow_network) {
		struct linux_config config = {.data = ""};
		struct host *real = mina->sim->world->real;
		if (!real && (mina->real = linux_host_create(&config, NULL))) {
			real = &mina->real->host;
		}
		if (real) {
			sim_host_set_real(mina->sim, real);
			mina->sim->world->live = options->live;
		}
	}
	const struct host_screen_info *screen = &mina->sim->screen;
	set_size(mina, or_default(options->width, screen->width), or_default(options->height, screen->height), or_default(options->dpr, screen->dpr));
	if (mina->width != screen->width || mina->height != screen->height || mina->dpr != screen->dpr) {
		sim_host_resize(mina->sim, mina->width, mina->height, mina->dpr);
	}
	mina->listener.on_event = on_host_event;
	host_listen(mina->host, &mina->listener);
}

/* Programs do not see each other's files: each has the name and a hash of its own place. */
static void name_place(const char *app, struct strbuf *ret_id)
{
	char *path = realpath(app, NULL);
	const char *place = path ? path : app, *slash = strrchr(place, '/');
	strbuf_printf(ret_id, "%s-%08x", slash ? slash + 1 : place, str_hash(str_of(place)));
	free(path);
}

static void start_real(struct mina *mina)
{
	char *error = NULL;
	struct strbuf id = {0};
	name_place(mina->options.app, &id);
	struct linux_config config = {.data = mina->options.data, .app_id = mina->options.id ? mina->options.id : id.at};
	mina->real = linux_host_create(&config, &error);
	strbuf_finish(&id);
	if (!mina->real) {
		diag_add(&mina->diags, DIAG_ERROR, STR(""), 0, 0, "The host cannot start: %s", error ? error : "unknown");
		mem_free(error);
		return;
	}
	mina->host = &mina->real->host;
	linux_host_resize(mina->real, mina->width, mina->height, mina->dpr);
}

static void on_script(void *user, bool begins)
{
	struct mina *mina = user;
	if (mina->options.on_script) {
		mina->options.on_script(mina->options.user, begins);
	}
}

static enum app_share_callbacks share_callbacks(const struct mina *mina)
{
	static const enum app_share_callbacks given[] = {APP_SHARE_CALLBACKS_AUTO, APP_SHARE_CALLBACKS_ON, APP_SHARE_CALLBACKS_OFF};
	struct value setting = value_get_text(mina->settings.root, "shareCallbacks");
	if (mina->options.share_callbacks == MINA_SHARE_CALLBACKS_AUTO && value_is(setting, VALUE_BOOL)) {
		return setting.boolean ? APP_SHARE_CALLBACKS_ON : APP_SHARE_CALLBACKS_OFF;
	}
	return given[(unsigned)mina->options.share_callbacks % ARRAY_LEN(given)];
}

static struct app *create_app(struct mina *mina)
{
	const struct mina_options *options = &mina->options;
	mina->host->package = mina->source;
	struct app_options app = {
		.host = mina->host,
		.fonts = mina->fonts,
		.diags = &mina->diags,
		.appid = options->appid,
		.name = options->name ? options->name : library_settings_text(&mina->settings, "name", NULL),
		.lib_version = options->lib_version ? options->lib_version : library_settings_text(&mina->settings, "libVersion", NULL),
		.map_tiles = options->map_tiles ? options->map_tiles : library_settings_text(&mina->settings, "mapTiles", NULL),
		.share_callbacks = share_callbacks(mina),
		.logic = mina->logic,
		.chrome = options->chrome,
		.script_time_limit_ms = options->time_limit,
		.on_console = on_console,
		.on_present = on_present,
		.on_script = on_script,
		.user = mina,
	};
	return app_create(&app);
}

/* The world knows the program by its appid, and its name when the app has none. */
static void announce(struct mina *mina)
{
	if (mina->sim) {
		sim_host_set_program(mina->sim, app_appid(mina->app), app_name(mina->app));
		struct value program = sim_society_program(&mina->sim->world->society, app_appid(mina->app));
		if (!mina->options.name && !library_settings_text(&mina->settings, "name", NULL)) {
			app_set_name(mina->app, value_str(value_get_text(program, "name")));
		}
		struct value pinned = value_get_text(sim_society_person(&mina->sim->world->society, sim_host_person(mina->sim)), "pinned");
		for (size_t i = 0; i < value_len(pinned); i++) {
			if (str_eq(value_str(value_at(pinned, i)), app_appid(mina->app))) {
				app_pin(mina->app);
			}
		}
	}
}

/* The options' own way in: a card, or page, scene and launch. New. */
static struct value first_entry(struct mina *mina)
{
	const struct mina_options *options = &mina->options;
	struct value entry = value_undefined();
	if (options->card && mina->sim) {
		return mina_card_entry(mina, options->card);
	}
	if (options->launch && json_parse_object(str_of(options->launch), &entry, NULL)) {
		diag_add(&mina->diags, DIAG_ERROR, STR(""), 0, 0, "The launch options are no JSON object: %s", options->launch);
	}
	entry = value_is(entry, VALUE_OBJECT) ? value_unshared(entry) : value_object_new(2);
	if (options->page) {
		value_object_set_text(&entry, "path", value_text(options->page));
		value_object_remove(&entry, STR("query"));
	}
	if (options->scene) {
		value_object_set_text(&entry, "scene", value_number(options->scene));
	}
	if (options->group && mina->sim) {
		value_object_set_text(&entry, "scene", value_number(options->scene ? options->scene : 1044));
		value_object_set_text(&entry, "shareTicket", mina_group_ticket(mina, options->group));
	}
	return entry;
}

static void write_path(struct value entry, struct strbuf *out)
{
	struct value query = value_get_text(entry, "query");
	strbuf_add(out, value_str(value_get_text(entry, "path")));
	for (size_t i = 0; i < value_count(query); i++) {
		struct str key = value_key(query, i), text = value_str(value_entry(query, i));
		strbuf_printf(out, "%c" STR_FMT "=" STR_FMT, i ? '&' : '?', STR_ARG(key), STR_ARG(text));
	}
}

void mina_launch(struct mina *mina, struct value given)
{
	mina->app = create_app(mina);
	if (!mina->app) {
		return;
	}
	announce(mina);
	api_install(mina->app);
	struct value entry = value_is(given, VALUE_OBJECT) ? value_ref(given) : first_entry(mina);
	mina->options.page = mina->options.launch = mina->options.card = mina->options.group = NULL; // of the first start alone
	mina->options.scene = 0;
	if (!value_is(entry, VALUE_OBJECT)) {
		return; // the card cannot be opened
	}
	struct strbuf path = {0};
	write_path(entry, &path);
	struct value extra = value_unshared(entry), scene = value_get_text(entry, "scene");
	struct app_launch start = {.path = strbuf_str(&path), .scene = value_is(scene, VALUE_NUMBER) ? (int)scene.number : 0};
	value_object_remove(&extra, STR("path"));
	value_object_remove(&extra, STR("query"));
	value_object_remove(&extra, STR("scene"));
	start.extra = extra;
	app_launch(mina->app, &start);
	value_unref(extra);
	strbuf_finish(&path);
}

void mina_end(struct mina *mina)
{
	app_destroy(mina->app);
	mina->app = NULL;
}

/* What a later cold start needs, too, is kept: the caller's texts may be gone by then. */
static void keep_texts(struct mina *mina)
{
	const char **texts[] = {&mina->options.appid, &mina->options.name, &mina->options.lib_version};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (*texts[i]) {
			*texts[i] = mina->kept[i] = mem_strdup(*texts[i], strlen(*texts[i]));
		}
	}
}

/* Where the program of a card is, as its world says; NULL: it does not. */
static const char *card_program(const struct mina_options *options)
{
	const struct sim_society *society = options->society ? &options->society->world->society : NULL;
	const struct sim_message *message = society && options->card ? sim_society_message(society, str_of(options->card)) : NULL;
	if (!message) {
		return NULL;
	}
	struct value program = sim_society_program(society, value_str(value_get_text(message->card, "appid")));
	struct str path = value_str(value_get_text(program, "path"));
	return path.len ? path.at : NULL;
}

void mina_start(struct mina *mina)
{
	library_settings_load(&mina->settings, mina->source, &mina->diags);
	if (!mina->source) {
		return;
	}
	if (mina->options.world == MINA_REAL) {
		start_real(mina);
	} else {
		start_sim(mina);
	}
	if (mina->host && !mina->nobody) {
		mina->fonts = gfx_fonts_create(NULL);
		mina_launch(mina, value_undefined());
	}
}

struct mina *mina_open(const struct mina_options *options)
{
	struct mina *mina = mem_alloc(sizeof(*mina));
	mina->options = *options;
	keep_texts(mina);
	set_size(mina, 375, 667, 2);
	set_size(mina, or_default(options->width, 375), or_default(options->height, 667), or_default(options->dpr, 2));
	mina->options.app = options->app ? options->app : card_program(options);
	mina->source = open_source(mina, mina->options.app);
	mina_start(mina);
	return mina;
}

struct mina *mina_check(const char *path)
{
	struct mina *mina = mem_alloc(sizeof(*mina));
	mina->source = open_source(mina, path);
	if (mina->source) {
		library_check(mina->source, &mina->diags);
	}
	return mina;
}

void mina_close(struct mina *mina)
{
	if (!mina) {
		return;
	}
	mina_end(mina);
	if (mina->surface) {
		gfx_surface_destroy(mina->surface);
	}
	if (mina->fonts) {
		gfx_fonts_destroy(mina->fonts);
	}
	if (mina->listener.on_event) {
		host_unlisten(mina->host, &mina->listener);
	}
	if (mina->sim) {
		sim_host_destroy(mina->sim);
	}
	if (mina->real) {
		linux_host_destroy(mina->real);
	}
	if (mina->source) {
		mina->source->destroy(mina->source);
	}
	if (mina->fixtures) {
		mina->fixtures->destroy(mina->fixtures);
	}
	library_settings_finish(&mina->settings);
	for (size_t i = 0; i < ARRAY_LEN(mina->kept); i++) {
		mem_free(mina->kept[i]);
	}
	diag_list_finish(&mina->diags);
	strbuf_finish(&mina->lent);
	mem_free(mina);
}

bool mina_alive(const struct mina *mina)
{
	return mina->app && app_top(mina->app) && !app_expired(mina->app);
}

/* --- time and touches --- */

void mina_advance(struct mina *mina, double ms)
{
	if (mina->host) {
		host_run(mina->host, ms);
	}
}

void mina_settle(struct mina *mina, double quiet, double limit)
{
	if (mina->sim) {
		sim_host_settle(mina->sim, quiet, limit);
	} else if (mina->host) {
		host_run(mina->host, quiet);
	}
}

void mina_freeze(struct mina *mina)
{
	if (mina_alive(mina)) {
		view_settle(page_view(app_top(mina->app)), host_monotonic(mina->host));
	}
}

void mina_touch(struct mina *mina, int id, enum mina_touch_phase phase, float x, float y)
{
	static const enum host_touch_phase phases[] = {HOST_TOUCH_START, HOST_TOUCH_MOVE, HOST_TOUCH_END, HOST_TOUCH_CANCEL};
	if (mina->host && (unsigned)phase < ARRAY_LEN(phases)) {
		struct host_touch touch = {id, phases[phase], x, y, 1, host_monotonic(mina->host)};
		host_tell_touch(mina->host, &touch);
	}
}

int mina_tap(struct mina *mina, const char *selector)
{
	if (!mina_alive(mina)) {
		return 1;
	}
	return app_tap(mina->app, str_of(selector)) ? 0 : 1;
}

/* text NULL: the key alone. */
static int press(struct mina *mina, const char *type, const char *text)
{
	if (!mina_alive(mina) || !view_focused(page_view(app_top(mina->app)))) {
		return 1;
	}
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, "type", value_text(type));
	if (text) {
		value_object_set_text(&detail, "value", value_text(text));
		value_object_set_text(&detail, "cursor", value_number((double)str_utf16_len(str_of(text))));
	}
	host_tell(mina->host, HOST_EVENT_KEYBOARD, detail);
	value_unref(detail);
	return 0;
}

int mina_type(struct mina *mina, const char *text)
{
	return press(mina, "input", text);
}

int mina_confirm(struct mina *mina)
{
	return press(mina, "confirm", NULL);
}

void mina_back(struct mina *mina)
{
	if (mina->host) {
		host_tell(mina->host, HOST_EVENT_BACK, value_undefined());
	}
}

int mina_set_data(struct mina *mina, const char *json)
{
	struct value patch;
	if (!mina_alive(mina) || json_parse(str_of(json), &patch, NULL)) {
		return 1;
	}
	if (!value_is(patch, VALUE_OBJECT)) {
		value_unref(patch);
		return 1;
	}
	page_set_data(app_top(mina->app), patch);
	return 0;
}

int mina_answer(struct mina *mina, const char *kind, const char *json)
{
	struct value answer = value_undefined();
	if (!mina->host || !mina->host->ui || (json && json_parse(str_of(json), &answer, NULL))) {
		return 1;
	}
	bool open = mina->host->ui->answer(mina->host, kind, answer);
	value_unref(answer);
	return open ? 0 : 1;
}

void mina_resize(struct mina *mina, float width, float height, float dpr)
{
	set_size(mina, or_default(width, mina->width), or_default(height, mina->height), or_default(dpr, mina->dpr));
	if (mina->sim) {
		sim_host_resize(mina->sim, mina->width, mina->height, mina->dpr);
	} else if (mina->real) {
		linux_host_resize(mina->real, mina->width, mina->height, mina->dpr);
	}
}

/* --- results --- */

static void draw(struct mina *mina)
{
	int width = (int)lroundf(mina->width * mina->dpr), height = (int)lroundf(mina->height * mina->dpr);
	if (mina->surface && (gfx_surface_width(mina->surface) != width || gfx_surface_height(mina->surface) != height)) {
		gfx_surface_destroy(mina->surface);
		mina->surface = NULL;
	}
	if (!mina->surface) {
		mina->surface = gfx_surface_create(width, height);
	}
	if (mina->app) {
		app_draw(mina->app, mina->surface, mina->dpr);
	}
}

void mina_frame(struct mina *mina, struct mina_frame *ret_frame)
{
	draw(mina);
	size_t stride;
	const uint8_t *pixels = gfx_surface_pixels(mina->surface, &stride);
	*ret_frame = (struct mina_frame){pixels, gfx_surface_width(mina->surface), gfx_surface_height(mina->surface), (int)stride};
}

int mina_png(struct mina *mina, uint8_t **ret_bytes, size_t *ret_size)
{
	struct strbuf png = {0};
	draw(mina);
	if (!gfx_png_encode(mina->surface, &png)) {
		strbuf_finish(&png);
		return 1;
	}
	*ret_size = png.len;
	*ret_bytes = (uint8_t *)strbuf_steal(&png);
	return 0;
}

const char *mina_path(struct mina *mina)
{
	strbuf_clear(&mina->lent);
	if (mina_alive(mina)) {
		strbuf_add(&mina->lent, page_path(app_top(mina->app)));
	}
	return mina->lent.at ? mina->lent.at : "";
}

size_t mina_page_count(const struct mina *mina)
{
	return mina->app ? app_page_count(mina->app) : 0;
}

char *mina_boxes(struct mina *mina)
{
	struct strbuf json = {0};
	if (mina_alive(mina)) {
		view_boxes(page_view(app_top(mina->app)), &json);
	}
	return strbuf_steal(&json);
}

char *mina_data(struct mina *mina)
{
	struct strbuf json = {0};
	if (mina_alive(mina)) {
		json_write(page_data(app_top(mina->app)), &json);
	}
	return strbuf_steal(&json);
}

bool mina_diagnostic_at(const struct mina *mina, size_t index, struct mina_diagnostic *ret_diagnostic)
{
	if (index >= mina->diags.items.len) {
		return false;
	}
	const struct diag *diag = &mina->diags.items.at[index];
	*ret_diagnostic = (struct mina_diagnostic){diag->severity == DIAG_ERROR, diag->file, diag->line, diag->column, diag->text};
	return true;
}

size_t mina_error_count(const struct mina *mina)
{
	return mina->diags.errors;
}

void mina_free(void *memory)
{
	mem_free(memory);
}

const char *mina_version(void)
{
	return "0.1.0";
}

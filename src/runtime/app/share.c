/* 转发: from a tap on the menu or a button to the card in the chat, and back to the callbacks (share.md, sections 1
 * to 6). One share at a time: the page is asked once, a promise of it is waited for, the picture is made, the host
 * lets the person choose, and what came of it is told. */
#include "runtime/app/inside.h"

#include "host/open.h"

#define PROMISE_MS 3000.0 // share.md 3: then what was returned beside the promise counts
#define PICTURE_MS 10000.0 // for a picture over the network (unsourced)
#define PICTURE_SIZE_MAX ((size_t)20 << 20)

struct app_sharing {
	struct app *app;
	enum app_share kind;
	uint32_t number;
	slot_id page;
	bool waits; // for the page's promise
	struct value content;
	struct strbuf path, default_query; // of the page it started from
	struct page_share share;           // as the handler left it; values are references
	struct host_timer limit;
	struct host_request request; // the picture's, then the host's
	struct strbuf picture;       // PNG
};

static const struct share_kind {
	const char *handler, *api;
	const char *since;
} kinds[] = {
	[APP_SHARE_MESSAGE] = {"onShareAppMessage", "shareAppMessage", NULL},
	[APP_SHARE_TIMELINE] = {"onShareTimeline", "shareTimeline", "2.11.3"},
	[APP_SHARE_FAVORITE] = {"onAddToFavorites", "addToFavorites", "2.11.0"},
};

bool page_has(struct page *page, const char *function)
{
	struct value args[] = {value_number(page->root.id), value_text(function)};
	struct value answer = app_js(page->app, "pageHas", 2, args);
	return value_is(answer, VALUE_BOOL) && answer.boolean;
}

/* --- the menu's state (share.md 5) --- */

bool app_share_shown(struct app *app, enum app_share kind)
{
	struct page *page = app_top(app);
	if (!page || !app_since(app, kinds[kind].since) || !page_has(page, kinds[kind].handler)) {
		return false;
	}
	if (kind == APP_SHARE_FAVORITE) {
		return true;
	}
	bool message = !page->share.hidden && page_has(page, kinds[APP_SHARE_MESSAGE].handler);
	return message && (kind == APP_SHARE_MESSAGE || !page->share.timeline_hidden);
}

static bool names(struct value menus, const char *menu)
{
	for (size_t i = 0; i < value_len(menus); i++) {
		if (str_is(value_str(value_at(menus, i)), menu)) {
			return true;
		}
	}
	return false;
}

static void set_message(struct value *kept, struct value parameters, const char *flag)
{
	struct value on = value_get_text(parameters, flag);
	if (value_is(on, VALUE_BOOL)) {
		value_unref(*kept);
		*kept = value_undefined();
		if (on.boolean) {
			*kept = value_object_new(2);
			value_object_set_text(kept, "activityId", value_ref(value_get_text(parameters, "activityId")));
			value_object_set_text(kept, "templateInfo", value_ref(value_get_text(parameters, "templateInfo")));
		}
	}
}

static const char *update(struct page_share *share, enum app_share_verb verb, struct value parameters)
{
	struct value ticket = value_get_text(parameters, "withShareTicket"), menus = value_get_text(parameters, "menus");
	bool listed = value_is(menus, VALUE_ARRAY);
	if (verb == APP_SHARE_HIDE) {
		share->hidden |= !listed || names(menus, "shareAppMessage");
		share->timeline_hidden |= !listed || names(menus, "shareTimeline");
		return NULL;
	}
	if (verb == APP_SHARE_SHOW && listed && names(menus, "shareTimeline") && !names(menus, "shareAppMessage")) {
		return "shareTimeline must be shown together with shareAppMessage";
	}
	if (verb == APP_SHARE_SHOW) {
		share->hidden &= listed && !names(menus, "shareAppMessage");
		share->timeline_hidden &= !names(menus, "shareTimeline");
		share->with_ticket = value_to_bool(ticket);
	} else if (value_is(ticket, VALUE_BOOL)) {
		share->with_ticket = ticket.boolean;
	}
	set_message(&share->updatable, parameters, "isUpdatableMessage");
	set_message(&share->private_message, parameters, "isPrivateMessage");
	return NULL;
}

const char *app_share_menu(struct app *app, enum app_share_verb verb, struct value parameters)
{
	struct page *page = app_top(app);
	if (page) {
		return update(&page->share, verb, parameters);
	}
	struct page_share trial = {0};
	const char *error = update(&trial, verb, parameters);
	value_unref(trial.updatable);
	value_unref(trial.private_message);
	if (!error && app->share_before.len < 100) {
		struct app_share_call call = {verb, value_ref(parameters)};
		vec_push(&app->share_before, call);
	}
	return error;
}

void page_share_init(struct page *page)
{
	struct app *app = page->app;
	for (size_t i = 0; i < app->share_before.len; i++) {
		struct app_share_call *call = &app->share_before.at[i];
		update(&page->share, call->verb, call->parameters);
		value_unref(call->parameters);
	}
	vec_clear(&app->share_before);
}

void page_share_finish(struct page *page)
{
	value_unref(page->share.updatable);
	value_unref(page->share.private_message);
}

/* --- the record --- */

struct value app_share_record(const struct app *app)
{
	return app->share_record;
}

static void record(struct app *app, const char *key, struct value item)
{
	app->share_record = value_unshared(app->share_record);
	value_object_set_text(&app->share_record, key, item);
}

static void begin_record(struct app_sharing *sharing, struct value options)
{
	struct app *app = sharing->app;
	value_unref(app->share_record);
	app->share_record = value_object_new(6);
	record(app, "kind", value_text(kinds[sharing->kind].api));
	record(app, "page", value_string(strbuf_str(&sharing->path)));
	record(app, "options", value_ref(options));
}

/* --- the end --- */

static void free_sharing(struct app_sharing *sharing)
{
	struct app *app = sharing->app;
	static const char *const callbacks[] = {"success", "fail", "complete"};
	for (size_t i = 0; i < ARRAY_LEN(callbacks) && !app->ending; i++) {
		struct value pin = value_get_text(sharing->content, callbacks[i]);
		if (value_is(pin, VALUE_NUMBER)) {
			app_unpin(app, (uint32_t)pin.number);
		}
	}
	host_timer_stop(app->host, &sharing->limit);
	value_unref(sharing->content);
	value_unref(sharing->share.updatable);
	value_unref(sharing->share.private_message);
	strbuf_finish(&sharing->path);
	strbuf_finish(&sharing->default_query);
	strbuf_finish(&sharing->picture);
	app->sharing = NULL;
	mem_free(sharing);
}

static bool callbacks_called(const struct app *app)
{
	switch (app->options.share_callbacks) {
	case APP_SHARE_CALLBACKS_ON:
		return true;
	case APP_SHARE_CALLBACKS_OFF:
		return false;
	default:
		return app_since(app, "1.1.0") && !app->asks_new;
	}
}

static void call_back(struct app_sharing *sharing, const char *name, struct value result)
{
	struct value pin = value_get_text(sharing->content, name);
	if (value_is(pin, VALUE_NUMBER)) {
		struct value args = value_array_new(1);
		value_array_push(&args, value_ref(result));
		app_call_pinned(sharing->app, (uint32_t)pin.number, true, args);
	}
}

/* shareAppMessage:ok, :fail cancel, :fail DETAIL to success or fail, then complete (share.md 3.1). */
static void finished(struct host_request *request, enum host_outcome outcome, struct value answer)
{
	struct app_sharing *sharing = CONTAINER_OF(request, struct app_sharing, request);
	struct app *app = sharing->app;
	struct value result = value_object_new(2), tickets = value_get_text(answer, "shareTickets");
	struct strbuf text = {0};
	struct str detail = value_str(value_get_text(answer, "errMsg"));
	if (outcome == HOST_OK) {
		strbuf_printf(&text, "%s:ok", kinds[sharing->kind].api);
	} else {
		detail = detail.len ? detail : str_of(host_outcome_text(outcome));
		strbuf_printf(&text, "%s:fail " STR_FMT, kinds[sharing->kind].api, STR_ARG(detail));
	}
	value_object_set_text(&result, "errMsg", value_take(&text));
	if (outcome == HOST_OK && value_len(tickets)) {
		value_object_set_text(&result, "shareTickets", value_ref(tickets));
	}
	record(app, "result", value_ref(result));
	if (sharing->kind == APP_SHARE_MESSAGE && callbacks_called(app)) {
		call_back(sharing, outcome == HOST_OK ? "success" : "fail", result);
		call_back(sharing, "complete", result);
	}
	value_unref(result);
	free_sharing(sharing);
	app_present(app);
}

/* --- the card --- */

static struct str text_of(const struct app_sharing *sharing, const char *key)
{
	return value_str(value_get_text(sharing->content, key));
}

/* "/pages/a/b?x=1" and "pages/a/b?x=1" are the same; the timeline and favorites only give a query. */
static struct value card_path(const struct app_sharing *sharing)
{
	struct strbuf path = {0};
	struct str given = str_trim(text_of(sharing, "path")), query = text_of(sharing, "query");
	if (sharing->kind == APP_SHARE_MESSAGE && given.len) {
		while (given.len && given.at[0] == '/') {
			given = str_slice(given, 1, given.len);
		}
		strbuf_add(&path, given);
		return value_take(&path);
	}
	bool own = sharing->kind == APP_SHARE_MESSAGE || !value_has(sharing->content, STR("query"));
	query = own ? strbuf_str(&sharing->default_query) : query;
	strbuf_add(&path, strbuf_str(&sharing->path));
	if (query.len) {
		strbuf_add_char(&path, '?');
		strbuf_add(&path, query);
	}
	return value_take(&path);
}

static void to_host(struct app_sharing *sharing)
{
	struct app *app = sharing->app;
	struct value card = value_object_new(6);
	struct str title = text_of(sharing, "title");
	value_object_set_text(&card, "title", value_string(title.len ? title : app_name(app)));
	value_object_set_text(&card, "path", card_path(sharing));
	value_object_set_text(&card, "page", value_string(strbuf_str(&sharing->path)));
	if (sharing->kind == APP_SHARE_MESSAGE) {
		value_object_set_text(&card, "withShareTicket", value_bool(sharing->share.with_ticket));
		if (value_is(sharing->share.updatable, VALUE_OBJECT)) {
			value_object_set_text(&card, "updatable", value_ref(sharing->share.updatable));
		}
		if (value_is(sharing->share.private_message, VALUE_OBJECT)) {
			value_object_set_text(&card, "private", value_ref(sharing->share.private_message));
		}
	}
	record(app, "card", value_ref(card));
	record(app, "callbacks", value_bool(callbacks_called(app)));
	app->chosen = 0;
	sharing->request.on_finish = finished;
	sharing->request.body = sharing->picture.len ? host_bytes_take(&sharing->picture) : NULL;
	if (sharing->kind == APP_SHARE_MESSAGE) {
		HOST_CALL(app->host, open, share, card, &sharing->request);
	} else if (sharing->kind == APP_SHARE_TIMELINE) {
		HOST_CALL(app->host, open, share_timeline, card, &sharing->request);
	} else {
		HOST_CALL(app->host, open, favorite, card, &sharing->request);
	}
	value_unref(card);
}

/* --- its picture (share.md 4) --- */

static void take_page(struct app_sharing *sharing)
{
	struct app *app = sharing->app;
	struct page *page = app_page_by_id(app, sharing->page);
	if (page) {
		app_card_page(app, page, &sharing->picture);
	}
}

/* What cannot be had or is no PNG or JPEG leaves the page's own picture, with a warning. */
static void take_bytes(struct app_sharing *sharing, struct str bytes)
{
	struct app *app = sharing->app;
	struct str url = text_of(sharing, "imageUrl");
	if (bytes.len > PICTURE_SIZE_MAX || !app_card_picture(app, bytes, &sharing->picture)) {
		app_log(app, APP_LOG_WARN, "%s: imageUrl \"" STR_FMT "\" %s; the card shows the page", kinds[sharing->kind].handler,
			STR_ARG(str_slice(url, 0, size_min(url.len, 200))), bytes.len ? "is no PNG or JPEG picture" : "cannot be had");
		take_page(sharing);
	}
}

static void picture_came(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct app_sharing *sharing = CONTAINER_OF(request, struct app_sharing, request);
	double status = value_to_number(value_get_text(result, "statusCode"));
	bool good = outcome == HOST_OK && status >= 200 && status < 300;
	take_bytes(sharing, good ? host_bytes_str(request->bytes) : (struct str){0});
	to_host(sharing);
}

static void fetch_picture(struct app_sharing *sharing, struct str url)
{
	struct strbuf address = {0};
	struct value parameters = value_object_new(2);
	strbuf_add_text(&address, str_starts(url, STR("//")) ? "https:" : "");
	strbuf_add(&address, url);
	value_object_set_text(&parameters, "url", value_take(&address));
	value_object_set_text(&parameters, "timeout", value_number(PICTURE_MS));
	sharing->request.on_finish = picture_came;
	HOST_CALL(sharing->app->host, net, request, parameters, &sharing->request);
	value_unref(parameters);
}

static void read_picture(struct app_sharing *sharing, struct str url)
{
	struct app *app = sharing->app;
	struct strbuf resolved = {0}, text = {0};
	struct host_answer answer = {0};
	if (str_starts(url, STR("wxfile://"))) {
		struct value parameters = value_object_new(1);
		value_object_set_text(&parameters, "path", value_string(url));
		HOST_ASK(app->host, file, read, parameters, NULL, &answer);
		value_unref(parameters);
		take_bytes(sharing, host_bytes_str(answer.bytes));
	} else {
		bool found = resolve_asset(strbuf_str(&sharing->path), url, &resolved)
			&& app_load_text(app, strbuf_str(&resolved), &text);
		take_bytes(sharing, found ? strbuf_str(&text) : (struct str){0});
	}
	host_answer_finish(&answer);
	strbuf_finish(&resolved);
	strbuf_finish(&text);
}

static void make_picture(struct app_sharing *sharing)
{
	struct str url = text_of(sharing, "imageUrl");
	if (!url.len || !app_since(sharing->app, "1.5.0")) {
		take_page(sharing);
	} else if (str_starts(url, STR("http://")) || str_starts(url, STR("https://")) || str_starts(url, STR("//"))) {
		fetch_picture(sharing, url);
		return;
	} else {
		read_picture(sharing, url);
	}
	to_host(sharing);
}

/* --- the page's answer --- */

static void limit_reached(struct host_timer *timer)
{
	struct app_sharing *sharing = CONTAINER_OF(timer, struct app_sharing, limit);
	sharing->waits = false;
	make_picture(sharing);
}

void app_share_resolved(struct app *app, uint32_t number, struct value content)
{
	struct app_sharing *sharing = app->sharing;
	if (!sharing || sharing->number != number || !sharing->waits) {
		return;
	}
	sharing->waits = false;
	host_timer_stop(app->host, &sharing->limit);
	if (value_is(content, VALUE_OBJECT)) { // the callbacks beside the promise stay, unless it brings others
		struct value whole = value_unshared(value_ref(content));
		static const char *const callbacks[] = {"success", "fail", "complete"};
		for (size_t i = 0; i < ARRAY_LEN(callbacks); i++) {
			if (!value_has(whole, str_of(callbacks[i]))) {
				value_object_set_text(&whole, callbacks[i], value_ref(value_get_text(sharing->content, callbacks[i])));
			}
		}
		value_unref(sharing->content);
		sharing->content = whole;
	}
	make_picture(sharing);
}

static void add_web_view(struct page *page, struct value *options, const char *key)
{
	struct node *node = NULL;
	if (selector_query(view_root(page->view), STR("web-view"), &node, 1)) {
		value_object_set_text(options, key, value_ref(node_attr_text(node, "src")));
	}
}

/* {from, target, webViewUrl}, as far as the base library has them; undefined: none of them. */
static struct value call_options(struct app *app, struct page *page, enum app_share kind, slot_id button)
{
	struct value options = value_object_new(3);
	if (kind == APP_SHARE_FAVORITE) {
		add_web_view(page, &options, "webviewUrl"); // so spelt there
		return options;
	}
	if (kind == APP_SHARE_TIMELINE || !app_since(app, "1.2.4")) {
		value_unref(options);
		return value_undefined();
	}
	value_object_set_text(&options, "from", value_text(button ? "button" : "menu"));
	if (button) {
		value_object_set_text(&options, "target", view_target(page->view, button));
	}
	if (app_since(app, "1.6.4")) {
		add_web_view(page, &options, "webViewUrl");
	}
	return options;
}

static void write_query(struct value query, struct strbuf *out)
{
	for (size_t i = 0; i < value_count(query); i++) {
		struct str key = value_key(query, i), text = value_str(value_entry(query, i));
		strbuf_printf(out, "%s" STR_FMT "=" STR_FMT, i ? "&" : "", STR_ARG(key), STR_ARG(text));
	}
}

bool app_share(struct app *app, struct page *page, enum app_share kind, slot_id button)
{
	if (app->sharing || app->ending || !app_since(app, kinds[kind].since) || !page_has(page, kinds[kind].handler)) {
		return false;
	}
	struct app_sharing *sharing = mem_alloc(sizeof(*sharing));
	sharing->app = app;
	sharing->kind = kind;
	sharing->number = ++app->shares;
	sharing->page = page->root.id;
	sharing->limit.fire = limit_reached;
	strbuf_add(&sharing->path, page_path(page));
	write_query(page->query, &sharing->default_query);
	app->sharing = sharing;
	struct value options = call_options(app, page, kind, button);
	begin_record(sharing, options);
	struct value args[] = {value_number(page->root.id), value_text(kinds[kind].handler), options,
		value_number(sharing->number), value_bool(app_since(app, "2.12.0"))};
	slot_id id = page->root.id;
	sharing->content = app_js(app, "sharePage", ARRAY_LEN(args), args);
	page = app_page_by_id(app, id); // the handler may have closed it
	if (page) { // and it may call wx.showShareMenu, as many do: that counts for this share
		sharing->share = page->share;
		sharing->share.updatable = value_ref(page->share.updatable);
		sharing->share.private_message = value_ref(page->share.private_message);
	}
	sharing->waits = value_to_bool(value_get_text(sharing->content, "waits"));
	if (sharing->waits) {
		host_timer_start(app->host, &sharing->limit, PROMISE_MS);
	} else {
		make_picture(sharing);
	}
	return true;
}

void app_share_stop(struct app *app)
{
	if (app->sharing) {
		host_request_drop(&app->sharing->request);
		free_sharing(app->sharing);
	}
	for (size_t i = 0; i < app->share_before.len; i++) {
		value_unref(app->share_before.at[i].parameters);
	}
	vec_finish(&app->share_before);
	value_unref(app->share_record);
	app->share_record = value_undefined();
}

/* Canvas: what its contexts (canvas.js) cross over with, and wx.canvasToTempFilePath and its kin. An object of the class "Canvas"
 * stands for a <canvas> of a page, or for a bitmap of its own (OffscreenCanvas). */
#include "runtime/api/api.h"

#include "border/gfx/drawing.h"

#define SIDE_MAX 8192.0

struct canvas {
	slot_id page, node;   // of type="2d": its element
	slot_id scope;        // of the old one: the component in which it is looked for, by
	struct strbuf ident;  // ... canvas-id, or id
	struct gfx_drawing *own;
};

struct frame { // requestAnimationFrame
	struct api_dispatcher *dispatcher;
	uint32_t pin;
};

struct late { // a draw() of the old context, which the script need not keep until then
	struct api_object object; // its own
	struct value commands;
	bool keep;
	uint32_t pin; // 0: nobody waits
};

static struct value answer(struct value value)
{
	struct value object = value_object_new(1);
	value_object_set_text(&object, "value", value);
	return object;
}

static struct value nothing(void) { return answer(value_null()); }

static slot_id id_of(struct value number)
{
	return value_is(number, VALUE_NUMBER) && number.number >= 1 && number.number <= UINT32_MAX ? (slot_id)number.number : 0;
}

static float float_of(struct value value, float fallback)
{
	return value_is(value, VALUE_NUMBER) && isfinite(value.number) ? (float)fmax(-1e6, fmin(value.number, 1e6)) : fallback;
}

static int side_of(struct value value)
{
	return value_is(value, VALUE_NUMBER) && value.number >= 1 ? (int)fmin(value.number, SIDE_MAX) : 0;
}

/* --- the bitmap --- */

/* The element that it stands for, now; NULL: none. */
static struct view *find_view(const struct api_object *object, slot_id *ret_node)
{
	const struct canvas *canvas = object->state;
	struct page *page = app_page_by_id(object->app, canvas->page);
	struct view *view = page ? page_view(page) : NULL;
	*ret_node = !view ? 0 : canvas->node ? canvas->node : view_find_canvas(view, canvas->scope, strbuf_str(&canvas->ident));
	return *ret_node ? view : NULL;
}

static struct gfx_drawing *find_drawing(const struct api_object *object)
{
	const struct canvas *canvas = object->state;
	slot_id node;
	struct view *view = canvas->own ? NULL : find_view(object, &node);
	return canvas->own ? canvas->own : view ? view_drawing(view, node) : NULL;
}

static void tell_drawn(const struct api_object *object)
{
	const struct canvas *canvas = object->state;
	slot_id node;
	struct view *view = canvas->own ? NULL : find_view(object, &node);
	struct value ignored = value_undefined();
	if (view && view_ask(view, node, STR("drawn"), value_undefined(), &ignored)) {
		app_want_frame(object->app);
	}
}

/* --- pictures --- */

static struct gfx_image *find_image(void *user, struct str url)
{
	const struct api_object *object = user;
	struct gfx_image *image = NULL;
	struct strbuf resolved = {0};
	app_resolve_picture(object->app, url, &resolved);
	bool there = app_picture(object->app, strbuf_str(&resolved), &image) == 1;
	strbuf_finish(&resolved);
	return there ? image : NULL;
}

static struct gfx_drawing *find_other(void *user, double number)
{
	const struct api_object *object = user;
	slot_id id = id_of(value_number(number));
	struct api_object *other = id ? api_object_get(object->dispatcher, id) : NULL;
	return other && other->class == &api_canvas ? find_drawing(other) : NULL;
}

static void run(struct api_object *object, struct gfx_drawing *drawing, struct value commands)
{
	struct gfx_drawing_pictures pictures = {find_image, find_other, object};
	gfx_drawing_run(drawing, commands, &pictures);
	tell_drawn(object);
}

/* --- methods --- */

static struct value draw(struct api_object *object, struct value args)
{
	struct gfx_drawing *drawing = find_drawing(object);
	if (drawing) {
		run(object, drawing, value_at(args, 0));
	}
	return nothing();
}

static void destroy(struct api_object *object);

static void end_late(struct late *late, bool alive)
{
	struct api_object *object = &late->object;
	struct gfx_drawing *drawing = alive ? find_drawing(object) : NULL;
	if (drawing) {
		struct size size = gfx_drawing_size(drawing);
		if (!late->keep) {
			gfx_drawing_resize(drawing, size.width, size.height, 0); // its scale stays
		}
		run(object, drawing, late->commands);
	}
	if (late->pin && alive) {
		app_call_pinned(object->app, late->pin, false, value_array_new(0));
	}
	destroy(object);
	value_unref(late->commands);
	mem_free(late);
}

static void run_late(void *user, bool alive) { end_late(user, alive); }

/* The old context's: when its element has its box, after the frame that is on its way. */
static struct value draw_later(struct api_object *object, struct value args)
{
	struct late *late = mem_alloc(sizeof(*late));
	const struct canvas *canvas = object->state;
	struct canvas *copy = mem_alloc(sizeof(*copy));
	copy->page = canvas->page;
	copy->scope = canvas->scope;
	strbuf_add(&copy->ident, strbuf_str(&canvas->ident));
	*late = (struct late){{object->class, object->dispatcher, object->app, 0, copy}, value_ref(value_at(args, 0)), value_to_bool(value_at(args, 1)),
		id_of(value_get_text(value_at(args, 2), "$fn"))};
	api_after_frame(object->dispatcher, NULL, run_late, late);
	app_want_frame(object->app);
	return nothing();
}

/* read(x, y, width, height, columns, rows) */
static struct value read_pixels(struct api_object *object, struct value args)
{
	struct gfx_drawing *drawing = find_drawing(object);
	int columns = side_of(value_at(args, 4)), rows = side_of(value_at(args, 5));
	struct rect part = {float_of(value_at(args, 0), 0), float_of(value_at(args, 1), 0), float_of(value_at(args, 2), 0), float_of(value_at(args, 3), 0)};
	size_t size = (size_t)columns * (size_t)rows * 4;
	if (!drawing || !size || size > ((size_t)128 << 20)) {
		return nothing();
	}
	uint8_t *rgba = mem_alloc(size);
	gfx_drawing_read(drawing, part, columns, rows, rgba);
	struct value bytes = app_bytes_out(object->app, (struct str){(const char *)rgba, size});
	mem_free(rgba);
	return answer(bytes);
}

/* write(x, y, width, height, columns, rows, bytes) */
static struct value write_pixels(struct api_object *object, struct value args)
{
	struct gfx_drawing *drawing = find_drawing(object);
	int columns = side_of(value_at(args, 4)), rows = side_of(value_at(args, 5));
	struct rect part = {float_of(value_at(args, 0), 0), float_of(value_at(args, 1), 0), float_of(value_at(args, 2), 0), float_of(value_at(args, 3), 0)};
	struct str bytes;
	if (drawing && columns && rows && app_bytes_in(object->app, value_at(args, 6), &bytes) && bytes.len >= (size_t)columns * (size_t)rows * 4) {
		gfx_drawing_write(drawing, part, columns, rows, (const uint8_t *)bytes.at);
		tell_drawn(object);
	}
	return nothing();
}

/* inPath(commands | null, x, y, stroke, evenOdd) */
static struct value in_path(struct api_object *object, struct value args)
{
	struct gfx_drawing *drawing = find_drawing(object);
	struct value path = value_at(args, 0);
	bool own = value_is(path, VALUE_ARRAY), inside = false;
	if (drawing) {
		inside = gfx_drawing_in_path(drawing, own ? path : value_undefined(), float_of(value_at(args, 1), NAN), float_of(value_at(args, 2), NAN),
			value_to_bool(value_at(args, 3)), value_to_bool(value_at(args, 4)));
	}
	return answer(value_bool(inside));
}

/* measure(font, text): TextMetrics */
static struct value measure(struct api_object *object, struct value args)
{
	struct gfx_text_measure found = gfx_drawing_measure(app_fonts(object->app), value_str(value_at(args, 0)), value_str(value_at(args, 1)));
	struct value metrics = value_object_new(7);
	value_object_set_text(&metrics, "width", value_number(found.width));
	value_object_set_text(&metrics, "actualBoundingBoxLeft", value_number(found.left));
	value_object_set_text(&metrics, "actualBoundingBoxRight", value_number(found.right));
	value_object_set_text(&metrics, "actualBoundingBoxAscent", value_number(found.ascent));
	value_object_set_text(&metrics, "actualBoundingBoxDescent", value_number(found.descent));
	value_object_set_text(&metrics, "fontBoundingBoxAscent", value_number(found.font_ascent));
	value_object_set_text(&metrics, "fontBoundingBoxDescent", value_number(found.font_descent));
	return answer(metrics);
}

static struct value resize(struct api_object *object, struct value args)
{
	struct gfx_drawing *drawing = find_drawing(object);
	if (drawing) {
		gfx_drawing_resize(drawing, float_of(value_at(args, 0), 300), float_of(value_at(args, 1), 150), 1);
		tell_drawn(object);
	}
	return nothing();
}

static struct value size(struct api_object *object, struct value args)
{
	struct gfx_drawing *drawing = find_drawing(object);
	struct size found = drawing ? gfx_drawing_size(drawing) : (struct size){0, 0};
	struct value result = value_object_new(2);
	value_object_set_text(&result, "width", value_number(found.width));
	value_object_set_text(&result, "height", value_number(found.height));
	return answer(result);
}

static void run_frame(void *user, bool alive)
{
	struct frame *frame = user;
	struct app *app = api_dispatcher_app(frame->dispatcher);
	if (alive) {
		struct value args = value_array_new(1);
		value_array_push(&args, value_number(host_monotonic(app_host(app))));
		app_call_pinned(app, frame->pin, false, args);
	}
	mem_free(frame);
}

/* frame(fn): its number; a function that was taken back is called no more. */
static struct value next_frame(struct api_object *object, struct value args)
{
	uint32_t pin = id_of(value_get_text(value_at(args, 0), "$fn"));
	struct frame *frame = mem_alloc(sizeof(*frame));
	*frame = (struct frame){object->dispatcher, pin};
	api_after_frame(object->dispatcher, NULL, run_frame, frame);
	app_want_frame(object->app);
	return answer(value_number(pin));
}

static struct value cancel_frame(struct api_object *object, struct value args)
{
	slot_id pin = id_of(value_at(args, 0));
	if (pin) {
		app_unpin(object->app, pin);
	}
	return nothing();
}

/* url(type, quality): a data URL; "data:," when there is nothing to show. */
static struct value data_url(struct api_object *object, struct value args)
{
	struct gfx_drawing *drawing = find_drawing(object);
	bool jpeg = str_is(value_str(value_at(args, 0)), "image/jpeg") || str_is(value_str(value_at(args, 0)), "image/jpg");
	struct strbuf bytes = {0}, text = {0};
	struct size found = drawing ? gfx_drawing_size(drawing) : (struct size){0, 0};
	float quality = float_of(value_at(args, 1), .92f);
	bool good = drawing && gfx_drawing_encode(drawing, (struct rect){0, 0, found.width, found.height}, (int)found.width, (int)found.height, jpeg,
		(int)lroundf((quality >= 0 && quality <= 1 ? quality : .92f) * 100), &bytes);
	strbuf_add_text(&text, good ? jpeg ? "data:image/jpeg;base64," : "data:image/png;base64," : "data:,");
	if (good) {
		strbuf_add_base64(&text, strbuf_str(&bytes));
	}
	strbuf_finish(&bytes);
	return answer(value_take(&text));
}

static struct value method(struct api_object *object, struct str name, struct value args)
{
	static const struct {
		const char *name;
		struct value (*run)(struct api_object *object, struct value args);
	} rows[] = {{"draw", draw}, {"drawLater", draw_later}, {"read", read_pixels}, {"write", write_pixels}, {"inPath", in_path},
		{"measure", measure}, {"resize", resize}, {"size", size}, {"frame", next_frame}, {"cancelFrame", cancel_frame}, {"url", data_url}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (str_is(name, rows[i].name)) {
			return rows[i].run(object, args);
		}
	}
	return nothing();
}

/* --- making --- */

static void destroy(struct api_object *object)
{
	struct canvas *canvas = object->state;
	gfx_drawing_destroy(canvas->own);
	strbuf_finish(&canvas->ident);
	mem_free(canvas);
}

/* createCanvasContext(canvasId, component) */
static void made_old(struct api_object *object, struct value args)
{
	struct canvas *canvas = mem_alloc(sizeof(*canvas));
	struct page *top = app_top(object->app);
	struct value component = value_at(args, 1);
	slot_id page = id_of(value_get_text(component, "$instance"));
	canvas->page = page ? page : top ? page_id(top) : app_opening(object->app);
	canvas->scope = id_of(value_get_text(component, "$node"));
	value_to_text(value_at(args, 0), &canvas->ident);
	object->state = canvas;
}

/* createOffscreenCanvas({type, width, height}) */
static void made_own(struct api_object *object, struct value args)
{
	struct canvas *canvas = mem_alloc(sizeof(*canvas));
	struct value given = value_at(args, 0);
	canvas->own = gfx_drawing_create(float_of(value_get_text(given, "width"), 300), float_of(value_get_text(given, "height"), 150), 1,
		app_fonts(object->app));
	object->state = canvas;
}

struct value api_canvas_of_node(struct api_dispatcher *dispatcher, const struct page *page, const struct node *node)
{
	struct canvas *canvas = mem_alloc(sizeof(*canvas));
	struct value value = value_object_new(2), outer = value_object_new(1);
	canvas->page = page_id(page);
	canvas->node = node->id;
	struct api_object *object = api_object_make(dispatcher, &api_canvas, canvas);
	struct strbuf place = {0};
	strbuf_printf(&place, "%u.%u", (unsigned)canvas->page, (unsigned)node->id);
	value_object_set_text(&value, "place", value_take(&place));
	value_object_set_text(&value, "object", value_number(object->id));
	value_object_set_text(&outer, "$canvas", value);
	return outer;
}

/* --- pictures on their way --- */

static void end_picture(struct api_call *call, struct str url, int state, struct gfx_image *image)
{
	if (state < 0) {
		api_call_fail(call, "cannot load " STR_FMT, STR_ARG(url));
		return;
	}
	struct size natural = gfx_image_size(image);
	struct value result = value_object_new(3);
	value_object_set_text(&result, "url", value_string(url));
	value_object_set_text(&result, "width", value_number(natural.width));
	value_object_set_text(&result, "height", value_number(natural.height));
	api_call_succeed(call, result);
}

static void try_picture(struct api_call *call)
{
	struct strbuf url = {0};
	struct gfx_image *image = NULL;
	app_resolve_picture(call->app, api_call_text(call, "src"), &url);
	int state = app_picture(call->app, strbuf_str(&url), &image);
	if (state) {
		end_picture(call, strbuf_str(&url), state, image);
	}
	strbuf_finish(&url);
}

static const struct schema load_rows[] = {{"src", SCHEMA_STRING, SCHEMA_REQUIRED}, {0}};

static const struct api canvas_calls[] = {
	{"loadImage", API_ASYNC, .doc = "A picture for drawImage.", .parameters = load_rows, .call = try_picture},
	{0},
};

void api_canvas_picture(struct api_dispatcher *dispatcher)
{
	api_calls_each(dispatcher, &canvas_calls[0], try_picture);
}

const struct api_class api_canvas = {"Canvas", "draw|drawLater|read|write|inPath|measure|resize|size|frame|cancelFrame|url", method, destroy,
	.calls = canvas_calls};

/* --- wx.canvas... --- */

/* The canvas that a call names: `canvas` is an object's number, canvasId a name in a component or the page. *ret_made: an object of the
 * call's own, to be released. NULL: there is none. */
static struct gfx_drawing *named_drawing(struct api_call *call, struct api_object **ret_object, struct api_object *ret_made)
{
	slot_id number = id_of(value_get_text(call->parameters, "canvas"));
	if (number) {
		*ret_object = api_object_get(call->dispatcher, number);
		return *ret_object && (*ret_object)->class == &api_canvas ? find_drawing(*ret_object) : NULL;
	}
	struct value args = value_array_new(2);
	*ret_made = (struct api_object){&api_canvas, call->dispatcher, call->app, 0, NULL};
	value_array_push(&args, value_ref(value_get_text(call->parameters, "canvasId")));
	value_array_push(&args, value_ref(value_get_text(call->parameters, "component")));
	made_old(ret_made, args);
	value_unref(args);
	*ret_object = ret_made;
	return find_drawing(ret_made);
}

static void release(struct api_object *made)
{
	if (made->state) {
		destroy(made);
	}
}

static float given(const struct api_call *call, const char *key, float fallback)
{
	return float_of(value_get_text(call->parameters, key), fallback);
}

static void save_file(struct api_call *call, struct strbuf *bytes, const char *extension)
{
	struct host_bytes *body = host_bytes_take(bytes);
	struct value file = value_object_new(1);
	struct host_answer saved = {0};
	value_object_set_text(&file, "extension", value_text(extension));
	if (HOST_ASK(app_host(call->app), file, temp, file, body, &saved) == HOST_OK) {
		struct value result = value_object_new(1);
		value_object_set_text(&result, "tempFilePath", value_ref(value_get_text(saved.value, "path")));
		api_call_succeed(call, result);
	} else {
		api_call_fail(call, "create bitmap failed");
	}
	host_answer_finish(&saved);
	host_bytes_unref(body);
	value_unref(file);
}

static void to_file(struct api_call *call)
{
	struct api_object *object = NULL, made = {0};
	struct gfx_drawing *drawing = named_drawing(call, &object, &made);
	struct strbuf bytes = {0};
	if (!drawing) {
		api_call_fail(call, "canvas is empty");
		release(&made);
		return;
	}
	struct size whole = gfx_drawing_size(drawing);
	float dpr = value_is(value_get_text(call->parameters, "canvas"), VALUE_NUMBER) ? 1 : app_host(call->app)->screen->info(app_host(call->app)).dpr;
	struct rect part = {given(call, "x", 0), given(call, "y", 0), 0, 0};
	part.width = given(call, "width", whole.width - part.x);
	part.height = given(call, "height", whole.height - part.y);
	int columns = (int)lroundf(given(call, "destWidth", part.width * dpr)), rows = (int)lroundf(given(call, "destHeight", part.height * dpr));
	bool jpeg = str_is(api_call_text(call, "fileType"), "jpg") || str_is(api_call_text(call, "fileType"), "jpeg");
	float quality = given(call, "quality", 1);
	quality = quality > 0 && quality <= 1 ? quality : 1;
	if (gfx_drawing_encode(drawing, part, columns, rows, jpeg, (int)fmaxf(1, lroundf(quality * 100)), &bytes)) {
		save_file(call, &bytes, jpeg ? "jpg" : "png");
	} else {
		api_call_fail(call, "create bitmap failed");
	}
	strbuf_finish(&bytes);
	release(&made);
}

static void get_data(struct api_call *call)
{
	struct api_object *object = NULL, made = {0};
	struct gfx_drawing *drawing = named_drawing(call, &object, &made);
	struct rect part = {given(call, "x", 0), given(call, "y", 0), given(call, "width", 0), given(call, "height", 0)};
	int columns = (int)fabsf(part.width), rows = (int)fabsf(part.height);
	part.x += part.width < 0 ? part.width : 0;
	part.y += part.height < 0 ? part.height : 0;
	part.width = (float)columns;
	part.height = (float)rows;
	size_t size = (size_t)columns * (size_t)rows * 4;
	if (!drawing || !size || columns > SIDE_MAX || rows > SIDE_MAX || size > ((size_t)128 << 20)) {
		api_call_fail(call, drawing ? "invalid width or height" : "canvas is empty");
	} else {
		uint8_t *rgba = mem_alloc(size);
		struct value result = value_object_new(3);
		gfx_drawing_read(drawing, part, columns, rows, rgba);
		value_object_set_text(&result, "width", value_number(columns));
		value_object_set_text(&result, "height", value_number(rows));
		value_object_set_text(&result, "data", app_bytes_out(call->app, (struct str){(const char *)rgba, size}));
		mem_free(rgba);
		api_call_succeed(call, result);
	}
	release(&made);
}

static void put_data(struct api_call *call)
{
	struct api_object *object = NULL, made = {0};
	struct gfx_drawing *drawing = named_drawing(call, &object, &made);
	struct str bytes = {0};
	int columns = side_of(value_get_text(call->parameters, "width")), rows = side_of(value_get_text(call->parameters, "height"));
	bool has = app_bytes_in(call->app, value_get_text(call->parameters, "data"), &bytes);
	rows = rows ? rows : columns ? (int)(bytes.len / 4 / (size_t)columns) : 0;
	if (!drawing) {
		api_call_fail(call, "canvas is empty");
	} else if (!has || !columns || !rows || bytes.len < (size_t)columns * (size_t)rows * 4) {
		api_call_fail(call, "data is not a Uint8ClampedArray of width * height * 4");
	} else {
		struct rect part = {given(call, "x", 0), given(call, "y", 0), (float)columns, (float)rows};
		gfx_drawing_write(drawing, part, columns, rows, (const uint8_t *)bytes.at);
		tell_drawn(object);
		api_call_succeed(call, value_object_new(1));
	}
	release(&made);
}

static void never(struct api_call *call) { api_call_succeed(call, value_null()); } // canvas.js is in its place

#define CANVAS_NAME {"canvasId", SCHEMA_ANY, .doc = "of an old canvas"}, {"canvas", SCHEMA_ANY, .since = "2.9.0", .doc = "of type=\"2d\", or an OffscreenCanvas"}, \
	{"component", SCHEMA_ANY, .doc = "in which it is looked for: the second argument"}

static const struct schema to_file_rows[] = {
	CANVAS_NAME,
	{"x", SCHEMA_NUMBER, .since = "1.2.0", .doc = "0; canvas px"}, {"y", SCHEMA_NUMBER, .since = "1.2.0", .doc = "0"},
	{"width", SCHEMA_NUMBER, .since = "1.2.0", .doc = "up to its edge"}, {"height", SCHEMA_NUMBER, .since = "1.2.0", .doc = "up to its edge"},
	{"destWidth", SCHEMA_NUMBER, .since = "1.2.0", .doc = "of the file, px: width times the device's pixel ratio; of type=\"2d\": width"},
	{"destHeight", SCHEMA_NUMBER, .since = "1.2.0"},
	{"fileType", SCHEMA_STRING, .choices = "png|jpg", .fallback = "\"png\"", .since = "1.7.0"},
	{"quality", SCHEMA_NUMBER, .since = "1.7.0", .doc = "of jpg, 0 to 1"},
	{0},
};

static const struct schema file_result[] = {{"tempFilePath", SCHEMA_STRING, .doc = "a temporary file"}, {0}};

static const struct schema get_rows[] = {
	CANVAS_NAME, {"x", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"y", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"width", SCHEMA_NUMBER, SCHEMA_REQUIRED},
	{"height", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {0}};

static const struct schema get_result[] = {
	{"width", SCHEMA_NUMBER}, {"height", SCHEMA_NUMBER}, {"data", SCHEMA_ANY, .doc = "Uint8ClampedArray, RGBA"}, {0}};

static const struct schema put_rows[] = {
	CANVAS_NAME, {"data", SCHEMA_ANY, SCHEMA_REQUIRED, .doc = "Uint8ClampedArray, RGBA"}, {"x", SCHEMA_NUMBER, SCHEMA_REQUIRED},
	{"y", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"width", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"height", SCHEMA_NUMBER, .doc = "by the data"}, {0}};

const struct api api_canvas_rows[] = {
	{"createCanvasContext", API_FACTORY, NULL, .doc = "Draws on a canvas by its canvas-id (旧版).", .makes = &api_canvas, .made = made_old},
	{"createOffscreenCanvas", API_FACTORY, "2.7.0", .doc = "A canvas that is in no page; type webgl has no context here.", .makes = &api_canvas,
		.made = made_own},
	{"createContext", API_SYNC, NULL, .doc = "A CanvasContext of no canvas, for drawCanvas.", .call = never},
	{"drawCanvas", API_SYNC, NULL, .doc = "Draws what getActions() gave.", .call = never},
	{"canvasToTempFilePath", API_ASYNC, NULL, "A part of a canvas as a picture file.", to_file_rows, file_result,
		"canvas is empty|create bitmap failed", to_file},
	{"canvasGetImageData", API_ASYNC, "1.9.0", "Pixels of a canvas.", get_rows, get_result, "canvas is empty|invalid width or height", get_data},
	{"canvasPutImageData", API_ASYNC, "1.9.0", "Pixels onto a canvas.", put_rows, NULL, "canvas is empty", put_data},
	{0},
};

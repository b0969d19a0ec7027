/* Motion in the view layer on a clock of its own: the animation attribute, this.animate, CSS animations and their events. */
#include "harness/test.h"

#include "core/value/json.h"
#include "runtime/view/view.h"

#include <string.h>

static const struct wxss_env env = {.width = 375, .height = 667, .dpr = 2, .root_font_size = 16};

struct stage {
	struct view *view;
	struct sheet *sheet, *defaults;
	const struct sheet *sheets[1];
	struct sheet_scope scope;
	struct strbuf heard; // "type id property elapsed; "
	bool frame_wanted;
};

static void wants_frame(void *user)
{
	((struct stage *)user)->frame_wanted = true;
}

static void stage_init(struct stage *stage, const char *style)
{
	*stage = (struct stage){0};
	stage->defaults = sheet_parse(STR("defaults"), STR("page, view { display: block }"), NULL, NULL);
	stage->sheet = sheet_parse(STR("page.wxss"), str_of(style), NULL, NULL);
	stage->sheets[0] = stage->sheet;
	stage->scope = (struct sheet_scope){.sheets = stage->sheets, .count = 1};
	struct view_config config = {.path = STR("pages/a"), .scope = &stage->scope, .defaults = stage->defaults, .env = env,
		.shaper = text_shaper_fixed(), .wants_frame = wants_frame, .user = stage};
	stage->view = view_create(&config);
}

static void stage_finish(struct stage *stage)
{
	view_destroy(stage->view);
	sheet_destroy(stage->sheet);
	sheet_destroy(stage->defaults);
	strbuf_finish(&stage->heard);
}

static struct node *add(struct stage *stage, struct node *parent, const char *id, const char *classes)
{
	static const char *const types[] = {"transitionend", "animationstart", "animationiteration", "animationend"};
	struct node *node = node_create(view_tree(stage->view), NODE_ELEMENT, atom_of("view"));
	struct value handler = value_text("on");
	node->scope = &stage->scope;
	node_set_id(node, str_of(id));
	node_set_classes(node, str_of(classes));
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		node_set_bind(node, atom_of(types[i]), 0, handler);
	}
	value_unref(handler);
	node_insert(parent ? parent : view_root(stage->view), node, NULL);
	return node;
}

static void hear(struct stage *stage)
{
	struct view_call call;
	while (view_take_call(stage->view, &call)) {
		if (call.kind == VIEW_ANIMATED) {
			strbuf_printf(&stage->heard, "done %d; ", (int)value_to_number(call.data));
		} else if (call.kind == VIEW_HANDLER) {
			struct value detail = value_get_text(call.data, "detail"), name = value_get_text(detail, "propertyName");
			name = value_is_nullish(name) ? value_get_text(detail, "animationName") : name;
			strbuf_printf(&stage->heard, STR_FMT " " STR_FMT STR_FMT " " STR_FMT " %g; ",
				STR_ARG(value_str(value_get_text(call.data, "type"))),
				STR_ARG(value_str(value_get_text(value_get_text(call.data, "currentTarget"), "id"))),
				STR_ARG(value_str(value_get_text(detail, "pseudoElement"))), STR_ARG(value_str(name)),
				value_to_number(value_get_text(detail, "elapsedTime")));
		}
		view_call_finish(&call);
	}
}

static void frame(struct stage *stage, double now)
{
	stage->frame_wanted = false;
	view_frame(stage->view, now);
	hear(stage);
}

/* Frames every 16 ms up to `to`, and one there. */
static void run(struct stage *stage, double from, double to)
{
	for (double now = from; now < to; now += 16) {
		frame(stage, now);
	}
	frame(stage, to);
}

static void check_heard(struct stage *stage, int line, const char *expected)
{
	struct str heard = strbuf_str(&stage->heard);
	if (!str_is(heard, expected)) {
		test_fail(__FILE__, line, "heard \"" STR_FMT "\", expected \"%s\"", STR_ARG(heard), expected);
	}
	stage->heard.len = 0;
}
#define HEARD(stage, expected) check_heard(stage, __LINE__, expected)

static void check_style(const struct style *style, int line, const char *name, const char *expected)
{
	struct strbuf text = {0};
	if (!style || !style_print_property(style, str_of(name), &text) || !str_is(strbuf_str(&text), expected)) {
		test_fail(__FILE__, line, "%s is \"" STR_FMT "\", expected \"%s\"", name, STR_ARG(strbuf_str(&text)), expected);
	}
	strbuf_finish(&text);
}
#define SHOWS(node, name, expected) check_style((node)->style, __LINE__, name, expected)

static struct value json(const char *text)
{
	struct value value = value_undefined();
	CHECK(!json_parse(str_of(text), &value, NULL));
	return value;
}

static void set_animation(struct stage *stage, struct node *node, const char *text)
{
	struct value value = json(text);
	node_set_attr(node, atom_of("animation"), value);
	view_element_changed(stage->view, node, atom_of("animation"));
	value_unref(value);
}

static void animate(struct stage *stage, const char *selector, const char *keyframes, double duration, const char *timeline, uint32_t callback)
{
	struct value frames = json(keyframes), line = timeline ? json(timeline) : value_undefined();
	view_animate(stage->view, NULL, str_of(selector), frames, duration, line, callback);
	value_unref(frames);
	value_unref(line);
}

static void clear(struct stage *stage, const char *selector, const char *options, uint32_t callback)
{
	struct value value = options ? json(options) : value_undefined();
	view_clear_animation(stage->view, NULL, str_of(selector), value, callback);
	value_unref(value);
}

/* ---- the animation attribute ---- */

#define OPTION(duration, timing, delay) \
	"\"option\": {\"transformOrigin\": \"50% 50% 0\", \"transition\": {\"duration\": " duration ", \"timingFunction\": \"" timing "\", \"delay\": " delay "}}"

static void steps(void)
{
	struct stage stage;
	stage_init(&stage, ".a { width: 100px; height: 50px }");
	struct node *a = add(&stage, NULL, "a", "a");
	frame(&stage, 0);
	set_animation(&stage, a, "{\"actions\": ["
		"{\"animates\": [{\"type\": \"translate\", \"args\": [100, 0]}, {\"type\": \"rotate\", \"args\": [90]}], " OPTION("400", "linear", "0") "},"
		"{\"animates\": [{\"type\": \"translate\", \"args\": [100, 0]}, {\"type\": \"rotate\", \"args\": [90]},"
		" {\"type\": \"style\", \"args\": [\"opacity\", 0]}, {\"type\": \"style\", \"args\": [\"width\", \"50px\"]}], " OPTION("200", "linear", "100") "}]}");
	frame(&stage, 1000);
	SHOWS(a, "transform", "translate(0px, 0px) rotate(0deg)");
	frame(&stage, 1200);
	SHOWS(a, "transform", "translate(50px, 0px) rotate(45deg)");
	SHOWS(a, "opacity", "1");
	frame(&stage, 1400);
	HEARD(&stage, "transitionend a transform 0.4; ");
	frame(&stage, 1500);
	SHOWS(a, "transform", "translate(100px, 0px) rotate(90deg)");
	SHOWS(a, "opacity", "1");
	frame(&stage, 1600);
	SHOWS(a, "opacity", "0.5");
	SHOWS(a, "width", "75px");
	CHECK(view_next_due(stage.view) < INFINITY);
	HEARD(&stage, "");
	frame(&stage, 1700);
	HEARD(&stage, "transitionend a opacity 0.2; transitionend a width 0.2; ");
	SHOWS(a, "opacity", "0");
	CHECK(view_next_due(stage.view) == INFINITY);
	node_set_classes(a, STR("a b")); // what it ended with stays
	frame(&stage, 5000);
	SHOWS(a, "width", "50px");
	SHOWS(a, "transform", "translate(100px, 0px) rotate(90deg)");
	stage_finish(&stage);
}

/* A frame that comes late jumps over whole steps; their ends are told in order. */
static void late_frame(void)
{
	struct stage stage;
	stage_init(&stage, ".a { opacity: 1 }");
	struct node *a = add(&stage, NULL, "a", "a");
	frame(&stage, 0);
	set_animation(&stage, a, "{\"actions\": ["
		"{\"animates\": [{\"type\": \"style\", \"args\": [\"opacity\", 0.5]}], " OPTION("100", "linear", "0") "},"
		"{\"animates\": [{\"type\": \"style\", \"args\": [\"opacity\", 0.5]}, {\"type\": \"scale\", \"args\": [2, 2]}], " OPTION("100", "ease", "0") "},"
		"{\"animates\": [{\"type\": \"style\", \"args\": [\"opacity\", 0]}, {\"type\": \"scale\", \"args\": [2, 2]}], " OPTION("1000", "steps(2)", "0") "}]}");
	frame(&stage, 16);
	frame(&stage, 816);
	HEARD(&stage, "transitionend a opacity 0.1; transitionend a transform 0.1; ");
	SHOWS(a, "opacity", "0.25");
	SHOWS(a, "transform", "scale(2, 2)");
	view_settle(stage.view, 820);
	SHOWS(a, "opacity", "0");
	HEARD(&stage, "");
	stage_finish(&stage);
}

static void new_export(void)
{
	struct stage stage;
	stage_init(&stage, ".a { width: 100px; opacity: 1 }");
	struct node *a = add(&stage, NULL, "a", "a");
	set_animation(&stage, a, "{\"actions\": [{\"animates\": [{\"type\": \"style\", \"args\": [\"width\", 300]}], " OPTION("400", "linear", "0") "}]}");
	view_element_ready(stage.view, a);
	frame(&stage, 0);
	SHOWS(a, "width", "300px"); // at first there is nothing to come from
	set_animation(&stage, a, "{\"actions\": [{\"animates\": [{\"type\": \"style\", \"args\": [\"width\", \"100rpx\"]}], " OPTION("500", "linear", "0") "}]}");
	frame(&stage, 1000);
	frame(&stage, 1200);
	SHOWS(a, "width", "200px");
	set_animation(&stage, a, "{\"actions\": [{\"animates\": [{\"type\": \"style\", \"args\": [\"width\", \"220px\"]}], " OPTION("100", "linear", "0") "}]}");
	frame(&stage, 1216);
	SHOWS(a, "width", "200px");
	frame(&stage, 1266);
	SHOWS(a, "width", "210px");
	set_animation(&stage, a, "{\"actions\": []}"); // nothing to do, nothing undone
	frame(&stage, 1291);
	SHOWS(a, "width", "215px");
	set_animation(&stage, a, "null");
	frame(&stage, 1400);
	SHOWS(a, "width", "220px");
	HEARD(&stage, "transitionend a width 0.1; ");
	set_animation(&stage, a, "{\"actions\": [{\"animates\": [{\"type\": \"rotate\", \"args\": [360]}], " OPTION("0", "linear", "0") "},"
		"{\"animates\": [{\"type\": \"rotate\", \"args\": [0]}], " OPTION("100", "linear", "0") "}]}");
	frame(&stage, 1500);
	SHOWS(a, "width", "220px"); // of the export before
	SHOWS(a, "transform", "rotate(360deg)");
	frame(&stage, 1550);
	SHOWS(a, "transform", "rotate(180deg)");
	stage_finish(&stage);
}

static void odd_exports(void)
{
	static const char *const odd[] = {"1", "\"x\"", "{}", "{\"actions\": 7}", "{\"actions\": [null]}", "{\"actions\": [{\"animates\": 3}]}",
		"{\"actions\": [{\"animates\": [{\"type\": \"style\"}, {\"type\": \"rotate\"}, {\"type\": \"nothing\", \"args\": [1]}, null]}]}",
		"{\"actions\": [{\"animates\": [{\"type\": \"style\", \"args\": [\"color\", \"red; } x {\"]}], \"option\": {\"transition\": {\"duration\": -5, \"delay\": \"x\"}}}]}",
		"{\"actions\": [{\"animates\": [{\"type\": \"style\", \"args\": [\"padding\", 3]}, {\"type\": \"matrix\", \"args\": [1e999, 0]}], \"option\": {\"transition\": {\"duration\": 1e999, \"timingFunction\": \"steps(0)\"}}}]}"};
	struct stage stage;
	stage_init(&stage, ".a { width: 100px }");
	struct node *a = add(&stage, NULL, "a", "a");
	for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
		struct value value = value_undefined();
		json_parse(str_of(odd[i]), &value, NULL);
		node_set_attr(a, atom_of("animation"), value);
		view_element_changed(stage.view, a, atom_of("animation"));
		value_unref(value);
		run(&stage, (double)i * 1000, (double)i * 1000 + 500);
	}
	SHOWS(a, "color", "rgb(0, 0, 0)");
	SHOWS(a, "padding-left", "3px");
	stage_finish(&stage);
}

/* ---- CSS animations ---- */

static void timing(void)
{
	struct stage stage;
	stage_init(&stage, "@keyframes w { from { width: 0 } to { width: 100px } } @keyframes o { 50% { opacity: 0 } }"
		".a { width: 7px; animation: w 1s linear -250ms 2.5 alternate both, o 400ms linear 100ms }"
		".r { animation: w 1s linear reverse } .j { animation: w 1s steps(4, jump-both) } .n { animation: w 1s steps(5, jump-none) }"
		".p { animation-play-state: paused }");
	struct node *a = add(&stage, NULL, "a", "a"), *r = add(&stage, NULL, "r", "r");
	struct node *j = add(&stage, NULL, "j", "j"), *n = add(&stage, NULL, "n", "n");
	frame(&stage, 0);
	SHOWS(a, "width", "25px");
	SHOWS(r, "width", "100px");
	SHOWS(j, "width", "20px");
	SHOWS(n, "width", "0px");
	frame(&stage, 200);
	HEARD(&stage, "animationstart a w 0.25; animationstart a o 0; animationstart r w 0; animationstart j w 0; animationstart n w 0; ");
	SHOWS(a, "width", "45px");
	SHOWS(a, "opacity", "0.5");
	SHOWS(r, "width", "80px");
	frame(&stage, 900);
	SHOWS(j, "width", "80px");
	SHOWS(n, "width", "100px");
	SHOWS(a, "width", "85px"); // on its way back
	SHOWS(a, "opacity", "1");
	HEARD(&stage, "animationiteration a w 1; animationend a o 0.4; ");
	node_set_classes(a, STR("a p"));
	frame(&stage, 1000);
	SHOWS(a, "width", "75px");
	frame(&stage, 1700);
	SHOWS(a, "width", "75px");
	node_set_classes(a, STR("a"));
	frame(&stage, 1800);
	SHOWS(a, "width", "75px");
	frame(&stage, 1900);
	SHOWS(a, "width", "65px");
	stage.heard.len = 0;
	frame(&stage, 9000);
	SHOWS(a, "width", "50px"); // half a turn is left over
	HEARD(&stage, "animationend a w 2.5; ");
	CHECK(view_next_due(stage.view) == INFINITY);
	stage_finish(&stage);
}

/* Half-way between values of every kind; the positions of transforms are Chromium's. */
static void mixing(void)
{
	static const struct {
		const char *name, *from, *to, *half;
	} rows[] = {
		{"transform", "translate(10px, 50%) rotate(90deg)", "translate(30px)", "translate(20px, 25%) rotate(45deg)"},
		{"transform", "rotate(90deg)", "scale(3)", "translate(0px, 0px) matrix(1.4142, 1.4142, -1.4142, 1.4142, 0, 0)"},
		{"transform", "rotate(90deg) translate(100%, 10px)", "none", "rotate(45deg) translate(50%, 5px)"},
		{"transform", "rotate(90deg) translate(100%, 10px)", "scale(1)", "translate(0%, 0px) rotate(90deg) translate(50%, 0px) rotate(-90deg) matrix(0.7071, 0.7071, -0.7071, 0.7071, -5, 0)"},
		{"transform", "matrix(1, 0, 0, 0, 0, 0)", "matrix(2, 0, 0, 1, 0, 0)", "matrix(2, 0, 0, 1, 0, 0)"},
		{"transform", "none", "none", "none"},
		{"width", "10px", "50%", "calc(25% + 5px)"},
		{"width", "auto", "50px", "50px"},
		{"background-color", "transparent", "rgb(255, 0, 0)", "rgba(255, 0, 0, 0.5)"},
		{"box-shadow", "none", "2px 4px 6px rgb(0, 0, 0)", "rgba(0, 0, 0, 0.5) 1px 2px 3px 0px"},
		{"filter", "none", "blur(4px) hue-rotate(90deg)", "blur(2px) hue-rotate(45deg)"},
		{"filter", "blur(4px)", "sepia(1)", "sepia(1)"},
		{"border-top-left-radius", "10px", "20px 50%", "15px calc(25% + 5px)"},
		{"flex-grow", "1", "2", "1.5"},
		{"visibility", "hidden", "visible", "visible"},
		{"background-position-x", "0%", "100%", "50%"},
		{"z-index", "1", "4", "3"},
		{"line-height", "1", "2", "24px"},
		{"grid-template-columns", "10px 1fr", "30px 3fr", "20px 2fr"},
		{"grid-template-columns", "10px", "1fr 30px", "1fr 30px"},
		{"border-spacing", "2px", "4px 8px", "3px 5px"},
		{"vertical-align", "2px", "10px", "6px"},
		{"mask-size", "10px 20px", "30px 40px", "20px 30px"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct stage stage;
		struct strbuf sheet = {0};
		const char *image = str_starts(str_of(rows[i].name), STR("background-pos")) ? "background-image: linear-gradient(red, blue);" : "";
		strbuf_printf(&sheet, "@keyframes k { from { %s: %s } to { %s: %s } } .a { %s animation: k 1s linear }", rows[i].name, rows[i].from,
			rows[i].name, rows[i].to, image);
		stage_init(&stage, sheet.at);
		struct node *a = add(&stage, NULL, "a", "a");
		frame(&stage, 0);
		frame(&stage, 500);
		SHOWS(a, rows[i].name, rows[i].half);
		stage_finish(&stage);
		strbuf_finish(&sheet);
	}
}

static void short_ones(void)
{
	struct stage stage;
	stage_init(&stage, "@keyframes w { to { width: 100px } } .a { animation: w 5ms } .z { animation: w 0s forwards } .u { animation: none-such 1s }");
	add(&stage, NULL, "a", "a");
	struct node *z = add(&stage, NULL, "z", "z");
	add(&stage, NULL, "u", "u");
	frame(&stage, 0);
	SHOWS(z, "width", "100px");
	frame(&stage, 16);
	HEARD(&stage, "animationstart a w 0; animationend a w 0.005; animationstart z w 0; animationend z w 0; ");
	frame(&stage, 32);
	HEARD(&stage, "");
	CHECK(view_next_due(stage.view) == INFINITY);
	stage_finish(&stage);
}

static void pseudo_elements(void)
{
	struct stage stage;
	stage_init(&stage, "@keyframes o { from { opacity: 0 } to { opacity: 1 } } .a::before { content: ''; animation: o 1s linear }"
		".a::after { content: ''; width: 10px; transition: width 200ms linear } .a.on::after { width: 20px }");
	struct node *outer = add(&stage, NULL, "outer", ""), *a = add(&stage, outer, "a", "a");
	frame(&stage, 0);
	frame(&stage, 500);
	CHECK(a->before_style && a->before_style->opacity == 0.5f);
	HEARD(&stage, "animationstart a::before o 0; animationstart outer::before o 0; ");
	node_set_classes(a, STR("a on"));
	frame(&stage, 600);
	frame(&stage, 700);
	check_style(a->after_style, __LINE__, "width", "15px");
	frame(&stage, 1000);
	HEARD(&stage, "animationend a::before o 1; animationend outer::before o 1; transitionend a::after width 0.2; transitionend outer::after width 0.2; ");
	CHECK(a->before_style->opacity == 1);
	node_set_classes(a, STR(""));
	frame(&stage, 1100);
	CHECK(!a->before_style && !a->after_style);
	CHECK(view_next_due(stage.view) == INFINITY);
	stage_finish(&stage);
}

static void hidden(void)
{
	struct stage stage;
	stage_init(&stage, "@keyframes o { from { opacity: 0 } to { opacity: 1 } } .a { animation: o 1s linear } .gone { display: none }");
	struct node *outer = add(&stage, NULL, "outer", "gone"), *a = add(&stage, outer, "a", "a");
	run(&stage, 0, 3000);
	HEARD(&stage, "");
	node_set_classes(outer, STR(""));
	frame(&stage, 3000);
	frame(&stage, 3500);
	SHOWS(a, "opacity", "0.5");
	node_set_classes(a, STR("a gone"));
	run(&stage, 3500, 3600);
	HEARD(&stage, "animationstart a o 0; animationstart outer o 0; ");
	node_set_classes(a, STR("a"));
	frame(&stage, 4000);
	frame(&stage, 4250);
	SHOWS(a, "opacity", "0.25");
	stage_finish(&stage);
}

/* ---- this.animate ---- */

static void keyframes(void)
{
	struct stage stage;
	stage_init(&stage, ".a { width: 100px; opacity: 1 }");
	struct node *a = add(&stage, NULL, "a", "a"), *b = add(&stage, NULL, "b", "a");
	animate(&stage, ".a", "[{\"opacity\": 1, \"translate3d\": [0, 0, 0]}, {\"opacity\": 0.5, \"rotate\": 0, \"ease\": \"steps(2)\", \"offset\": 0.5},"
		" {\"opacity\": 0, \"translate3d\": [100, \"50%\", 0], \"backgroundColor\": \"#ff0000\", \"width\": 200}]", 1000, NULL, 7);
	frame(&stage, 0); // asked for before the first frame: it begins with it
	frame(&stage, 250);
	SHOWS(a, "opacity", "0.75");
	SHOWS(b, "opacity", "0.75");
	SHOWS(a, "width", "125px");
	frame(&stage, 700);
	SHOWS(a, "opacity", "0.5");
	frame(&stage, 750);
	SHOWS(a, "opacity", "0.25");
	HEARD(&stage, "");
	frame(&stage, 1000);
	HEARD(&stage, "done 7; ");
	SHOWS(b, "background-color", "rgb(255, 0, 0)");
	SHOWS(b, "transform", "translate(100px, 50%)");
	frame(&stage, 2000);
	CHECK(view_next_due(stage.view) == INFINITY);
	SHOWS(a, "opacity", "0"); // stays
	clear(&stage, "#a", "{\"opacity\": true, \"translate3d\": true, \"width\": false}", 8);
	clear(&stage, "#b", NULL, 9);
	frame(&stage, 2100);
	HEARD(&stage, "done 8; done 9; ");
	SHOWS(a, "opacity", "1");
	SHOWS(a, "transform", "none");
	SHOWS(a, "width", "200px");
	SHOWS(b, "width", "100px");
	animate(&stage, ".none", "[{\"opacity\": 0}]", 100, NULL, 10);
	animate(&stage, "#b", "[{\"left\": 0}, {\"left\": 10}]", 100, NULL, 11);
	frame(&stage, 2200);
	node_remove(b);
	node_destroy(b); // who waits is told
	frame(&stage, 2216);
	HEARD(&stage, "done 10; done 11; ");
	stage_finish(&stage);
}

/* A loop of calls on one element does not pile up. */
static void again_and_again(void)
{
	struct stage stage;
	stage_init(&stage, ".a { width: 100px }");
	struct node *a = add(&stage, NULL, "a", "a");
	frame(&stage, 0);
	for (int i = 0; i < 300; i++) {
		animate(&stage, ".a", "[{\"width\": 0}, {\"width\": 50}]", 10, NULL, 0);
		run(&stage, i * 50, i * 50 + 49);
	}
	SHOWS(a, "width", "50px");
	clear(&stage, ".a", NULL, 0);
	frame(&stage, 20000);
	SHOWS(a, "width", "100px");
	stage_finish(&stage);
}

static void scroll_timeline(void)
{
	struct stage stage;
	stage_init(&stage, ".a { height: 1667px } .s { height: 100px; width: 100px; overflow: scroll } .i { height: 300px; width: 500px } .gone { display: none }");
	struct node *a = add(&stage, NULL, "a", "a"), *s = add(&stage, NULL, "s", "s");
	add(&stage, s, "i", "i");
	frame(&stage, 0);
	animate(&stage, "#a", "[{\"opacity\": 1}, {\"opacity\": 0}]", 1000,
		"{\"scrollSource\": \"page\", \"startScrollOffset\": 100, \"endScrollOffset\": 300, \"timeRange\": 500}", 3);
	animate(&stage, "#i", "[{\"width\": 500}, {\"width\": 100}]", 2000,
		"{\"scrollSource\": \"#s\", \"orientation\": \"vertical\", \"timeRange\": 2000}", 0);
	animate(&stage, "#i", "[{\"width\": 500}]", 2000, "{\"scrollSource\": \"#none\"}", 0);
	frame(&stage, 16);
	SHOWS(a, "opacity", "1");
	CHECK(view_next_due(stage.view) == INFINITY); // the clock alone changes nothing
	view_scroll_to(stage.view, 200, 0, 32);
	frame(&stage, 32);
	SHOWS(a, "opacity", "0.75");
	view_scroll_to(stage.view, 900, 0, 48);
	s->scroll.y = 150;
	node_mark(s, NODE_DIRTY_PAINT);
	frame(&stage, 48);
	SHOWS(a, "opacity", "0.5"); // the time range ends half-way through the keyframes
	SHOWS(s->first, "width", "200px");
	view_scroll_to(stage.view, 0, 0, 64);
	frame(&stage, 64);
	SHOWS(a, "opacity", "1");
	struct node *late = add(&stage, NULL, "late", "s"), *inner = add(&stage, late, "inner", "i");
	animate(&stage, "#inner", "[{\"width\": 500}, {\"width\": 100}]", 1000, "{\"scrollSource\": \"#late\"}", 0);
	late->scroll.y = 100;
	frame(&stage, 80);
	frame(&stage, 96); // it knows how far it scrolls
	SHOWS(inner, "width", "300px");
	frame(&stage, 100);
	CHECK(!stage.frame_wanted);
	node_set_classes(late, STR("gone"));
	for (int i = 0; i < 4; i++) {
		stage.frame_wanted = false;
		frame(&stage, 112 + i * 16);
	}
	CHECK(!stage.frame_wanted); // what is hidden asks for nothing
	stage_finish(&stage);
}

/* A new attribute while CSS and a script move the same element. */
static void together(void)
{
	struct stage stage;
	stage_init(&stage, "@keyframes w { from { width: 0 } to { width: 100px } } .a { animation: w 1s linear; opacity: 1; height: 10px;"
		" transition: height 200ms linear, opacity 1ms } .on { height: 20px } .up { opacity: .7 }");
	struct node *a = add(&stage, NULL, "a", "a");
	frame(&stage, 0);
	set_animation(&stage, a, "{\"actions\": [{\"animates\": [{\"type\": \"style\", \"args\": [\"opacity\", 0]}], " OPTION("200", "linear", "0") "}]}");
	animate(&stage, ".a", "[{\"left\": 0}, {\"left\": 100}]", 200, NULL, 1);
	node_set_classes(a, STR("a on"));
	frame(&stage, 100);
	frame(&stage, 200);
	SHOWS(a, "width", "20px");
	SHOWS(a, "opacity", "0.5");
	SHOWS(a, "left", "50px");
	SHOWS(a, "height", "15px");
	node_set_classes(a, STR("a on up")); // the attribute has the last word on opacity: no transition of it
	frame(&stage, 210);
	view_settle(stage.view, 216);
	hear(&stage);
	SHOWS(a, "width", "auto");
	SHOWS(a, "opacity", "0");
	SHOWS(a, "left", "100px");
	SHOWS(a, "height", "20px");
	HEARD(&stage, "animationstart a w 0; done 1; ");
	stage_finish(&stage);
}

/* ---- anything, in any order ---- */

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static const char *const random_classes[] = {"", "a", "b", "a b", "c", "a c", "gone", "a d", "d", "b c d"};
static const char *const random_exports[] = {"null",
	"{\"actions\": [{\"animates\": [{\"type\": \"rotate\", \"args\": [90]}], " OPTION("50", "linear", "0") "}]}",
	"{\"actions\": [{\"animates\": [{\"type\": \"style\", \"args\": [\"left\", 9]}], " OPTION("20", "ease", "30") "},"
	" {\"animates\": [{\"type\": \"scale\", \"args\": [0]}], " OPTION("0", "steps(3)", "0") "}]}"};
static const char *const random_frames[] = {"[]", "[{\"opacity\": 0}]", "[{\"left\": 0, \"rotate\": 10}, {\"offset\": 2}, {\"width\": \"3em\"}]",
	"[{\"scale\": [1, 2]}, {\"ease\": \"x\", \"color\": \"red\"}, 7]"};
static const char *const random_selectors[] = {".a", ".b", "#n", "view", ".none", "(", "page"};

static void random_change(struct stage *stage, struct node **nodes, size_t count, uint32_t *seed)
{
	size_t at = next_random(seed) % count;
	const char *selector = random_selectors[next_random(seed) % ARRAY_LEN(random_selectors)];
	switch (next_random(seed) % 7) {
	case 0:
	case 1: node_set_classes(nodes[at], str_of(random_classes[next_random(seed) % ARRAY_LEN(random_classes)])); break;
	case 2: set_animation(stage, nodes[at], random_exports[next_random(seed) % ARRAY_LEN(random_exports)]); break;
	case 3:
		animate(stage, selector, random_frames[next_random(seed) % ARRAY_LEN(random_frames)], next_random(seed) % 200,
			next_random(seed) % 3 ? NULL : "{\"scrollSource\": \"page\"}", next_random(seed) % 9);
		break;
	case 4: clear(stage, selector, next_random(seed) % 2 ? NULL : "{\"opacity\": true, \"scale\": 1}", next_random(seed) % 9); break;
	case 5:
		node_remove(nodes[at]);
		node_destroy(nodes[at]);
		nodes[at] = add(stage, NULL, "n", random_classes[next_random(seed) % ARRAY_LEN(random_classes)]);
		break;
	default: view_scroll_to(stage->view, (float)(next_random(seed) % 900), next_random(seed) % 2 ? 100 : 0, 0); break;
	}
}

static void anything(void)
{
	struct stage stage;
	struct node *nodes[12];
	uint32_t seed = 5;
	double now = 0;
	stage_init(&stage, "@keyframes k { from { left: 0; transform: rotate(20deg) } 30% { left: 10% } to { transform: none; color: red } }"
		".a { animation: k 70ms 2 alternate, k 30ms -10ms; height: 200px } .b { transition: all 40ms ease-in; width: 50px; opacity: .3 }"
		".b::before { content: 'x'; animation: k 50ms both } .c::after { content: 'y'; transition: all 30ms; left: 3px } .c { animation-play-state: paused }"
		".d { left: 7px; opacity: 1; transform: scale(2); transition: left 50ms 10ms } .d::after { left: 9px } .gone { display: none }");
	for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
		nodes[i] = add(&stage, NULL, "n", random_classes[i % ARRAY_LEN(random_classes)]);
	}
	for (int i = 0; i < 4000; i++) {
		random_change(&stage, nodes, ARRAY_LEN(nodes), &seed);
		if (next_random(&seed) % 3 == 0) {
			frame(&stage, now += next_random(&seed) % 40);
		}
		if (next_random(&seed) % 100 == 0) {
			view_settle(stage.view, now);
			stage.heard.len = 0;
		}
	}
	run(&stage, now, now + 2000);
	for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
		node_set_classes(nodes[i], STR("")); // nothing hidden or paused waits any more
	}
	run(&stage, now + 2000, now + 4000);
	CHECK(view_next_due(stage.view) == INFINITY);
	stage_finish(&stage);
}

static const struct test_case cases[] = {{"steps", steps}, {"late_frame", late_frame}, {"new_export", new_export}, {"odd_exports", odd_exports},
	{"timing", timing}, {"mixing", mixing}, {"short_ones", short_ones}, {"pseudo_elements", pseudo_elements}, {"hidden", hidden}, {"keyframes", keyframes},
	{"again_and_again", again_and_again}, {"scroll_timeline", scroll_timeline}, {"together", together}, {"anything", anything}};

TEST_MAIN(cases)

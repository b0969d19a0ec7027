/* The models, and what a person can set. */
#include "host/sim/device.h"

#include "host/sim/part.h"
#include "host/words.h"

#include <string.h>

static const struct sim_model models[];

const struct sim_model *sim_model_at(size_t index)
{
	return models[index].name ? &models[index] : NULL;
}

const struct sim_model *sim_model_find(struct str name)
{
	for (const struct sim_model *model = models; model->name; model++) {
		if (str_eq_nocase(name, str_of(model->name))) {
			return model;
		}
	}
	return NULL;
}

static void keep(struct sim_host *sim, const char *key, struct value value)
{
	sim->device = value_is(sim->device, VALUE_OBJECT) ? value_unshared(sim->device) : value_object_new(8);
	value_object_set_text(&sim->device, key, value);
}

/* Lying on its side: the status bar is gone (Android keeps it), and a notch and the rounded corners take from left and right. */
static void turn(struct sim_host *sim, bool landscape)
{
	struct host_screen_info *screen = &sim->screen;
	if (landscape == sim->turned) {
		return;
	}
	float width = screen->width;
	screen->width = screen->height;
	screen->height = width;
	sim->turned = landscape;
	if (landscape) {
		const struct sim_model *model = sim_model_find(value_str(value_get_text(sim->device, "name")));
		bool keeps = model && (model->tablet || str_is(str_of(model->platform), "android")), notched = screen->safe_area.bottom > 0;
		float side = notched ? screen->safe_area.top : 0;
		sim->upright_status_bar = screen->status_bar_height;
		sim->upright_safe_area = screen->safe_area;
		screen->status_bar_height = keeps ? screen->status_bar_height : 0;
		screen->safe_area = (struct insets){screen->status_bar_height, keeps ? 0 : side, notched ? 21 : 0, keeps ? 0 : side};
	} else {
		screen->status_bar_height = sim->upright_status_bar;
		screen->safe_area = sim->upright_safe_area;
	}
	sim_screen_place(sim);
}

/* The page has the last word, but for a tablet's program that is resizable; then the hand that holds it. */
void sim_device_orient(struct sim_host *sim)
{
	const struct sim_model *model = sim_model_find(value_str(value_get_text(sim->device, "name")));
	bool by_hand = sim->page_orientation == HOST_ORIENTATION_AUTO || (model && model->tablet && sim->page_resizable);
	turn(sim, by_hand ? sim->held_landscape : sim->page_orientation == HOST_ORIENTATION_LANDSCAPE);
}

static void take_model(struct sim_host *sim, const struct sim_model *model)
{
	struct host_screen_info *screen = &sim->screen;
	turn(sim, false);
	screen->width = model->width;
	screen->height = model->height;
	screen->dpr = model->dpr;
	screen->status_bar_height = model->status_bar;
	screen->safe_area = (struct insets){model->status_bar, 0, model->bottom, 0};
	keep(sim, "name", value_text(model->name));
	keep(sim, "brand", value_text(model->brand));
	keep(sim, "model", value_text(model->model));
	keep(sim, "system", value_text(model->system));
	keep(sim, "platform", value_text(model->platform));
	sim->screen_given = true;
	sim_screen_place(sim);
}

void sim_device_set(struct sim_host *sim, struct value object)
{
	const struct sim_model *model = sim_model_find(value_str(value_get_text(object, "name")));
	struct str orientation = value_str(value_get_text(object, "orientation")), theme = value_str(value_get_text(object, "theme"));
	struct value language = value_get_text(object, "language"), size = value_get_text(object, "fontSizeSetting");
	if (model) {
		take_model(sim, model);
	}
	if (value_has(object, STR("width")) || value_has(object, STR("height"))) {
		sim->turned = false; // measures are those of the screen as it is held
	}
	if (orientation.len) {
		sim->held_landscape = str_is(orientation, "landscape");
	}
	sim_screen_apply(sim, object);
	if (theme.len) {
		sim->screen.dark = str_is(theme, "dark");
	}
	if (value_str(language).len) {
		keep(sim, "language", value_ref(language));
	}
	if (value_is(size, VALUE_NUMBER) && size.number >= 8 && size.number <= 40) {
		keep(sim, "fontSizeSetting", size);
	}
	sim_device_orient(sim);
	sim_device_refresh(sim);
}

static bool same_size(const struct host_screen_info *a, const struct host_screen_info *b)
{
	return a->width == b->width && a->height == b->height && a->dpr == b->dpr && a->status_bar_height == b->status_bar_height
		&& memcmp(&a->safe_area, &b->safe_area, sizeof(a->safe_area)) == 0;
}

void sim_device_change(struct sim_host *sim, struct value object)
{
	struct host_screen_info before = sim->screen;
	sim_device_set(sim, object);
	bool dark = sim->screen.dark;
	if (dark != before.dark) {
		struct value detail = value_object_new(1);
		value_object_set_text(&detail, "theme", value_text(dark ? "dark" : "light"));
		host_tell(&sim->host, HOST_EVENT_THEME, detail);
		value_unref(detail);
	}
	if (!same_size(&before, &sim->screen)) {
		host_tell_resize(&sim->host, &sim->screen);
	} else if (before.english != sim->screen.english) {
		host_tell(&sim->host, HOST_EVENT_OVERLAY, value_undefined()); // words are drawn anew
	}
}

void sim_device_facts(const struct sim_host *sim, struct value *facts)
{
	for (size_t i = 0; i < value_count(sim->device); i++) {
		if (!str_is(value_key(sim->device, i), "name")) {
			value_object_set(facts, value_key(sim->device, i), value_ref(value_entry(sim->device, i)));
		}
	}
	value_object_set_text(facts, "deviceOrientation", value_text(sim->screen.width > sim->screen.height ? "landscape" : "portrait"));
}

void sim_device_refresh(struct sim_host *sim)
{
	struct value facts = sim->host.device->facts(&sim->host), size = value_get_text(facts, "fontSizeSetting");
	bool set = value_has(sim->device, STR("fontSizeSetting")) || value_has(sim_script_get(&sim->script, "facts"), STR("fontSizeSetting"));
	sim->screen.english = host_is_english(value_str(value_get_text(facts, "language")));
	sim->screen.font_size = set && value_is(size, VALUE_NUMBER) ? (float)size.number : SIM_FONT_SIZE;
	value_unref(facts);
}

struct value sim_device_describe(struct sim_host *sim)
{
	const struct host_screen_info *screen = &sim->screen;
	struct value all = value_object_new(12), facts = sim->host.device->facts(&sim->host);
	static const char *const keys[] = {"language", "fontSizeSetting", "brand", "model", "system", "platform"};
	struct value name = value_get_text(sim->device, "name");
	if (value_is(name, VALUE_STRING)) {
		value_object_set_text(&all, "name", value_ref(name));
	}
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		value_object_set_text(&all, keys[i], value_ref(value_get_text(facts, keys[i])));
	}
	value_object_set_text(&all, "orientation", value_text(sim->held_landscape ? "landscape" : "portrait"));
	value_object_set_text(&all, "theme", value_text(screen->dark ? "dark" : "light"));
	value_object_set_text(&all, "width", value_number(screen->width));
	value_object_set_text(&all, "height", value_number(screen->height));
	value_object_set_text(&all, "dpr", value_number(screen->dpr));
	value_object_set_text(&all, "statusBarHeight", value_number(screen->status_bar_height));
	value_unref(facts);
	return all;
}

/* Sizes and insets as the makers' documentation has them; status bars of Android as WeChat tells them there. */
static const struct sim_model models[] = {
	{"iPhone SE", "iPhone", "iPhone SE<iPhone8,4>", "iOS 15.0", "ios", 320, 568, 2, 20, 0, false},
	{"iPhone 6", "iPhone", "iPhone 6", "iOS 10.0.1", "ios", 375, 667, 2, 20, 0, false},
	{"iPhone 8", "iPhone", "iPhone 8<iPhone10,1>", "iOS 16.0", "ios", 375, 667, 2, 20, 0, false},
	{"iPhone 8 Plus", "iPhone", "iPhone 8 Plus<iPhone10,2>", "iOS 16.0", "ios", 414, 736, 3, 20, 0, false},
	{"iPhone X", "iPhone", "iPhone X<iPhone10,3>", "iOS 16.0", "ios", 375, 812, 3, 44, 34, false},
	{"iPhone 12 mini", "iPhone", "iPhone 12 mini<iPhone13,1>", "iOS 17.0", "ios", 375, 812, 3, 50, 34, false},
	{"iPhone 14", "iPhone", "iPhone 14<iPhone14,7>", "iOS 17.0", "ios", 390, 844, 3, 47, 34, false},
	{"iPhone 15 Pro Max", "iPhone", "iPhone 15 Pro Max<iPhone16,2>", "iOS 17.0", "ios", 430, 932, 3, 59, 34, false},
	{"Nexus 5", "google", "Nexus 5", "Android 6.0", "android", 360, 640, 3, 24, 0, false},
	{"Pixel 7", "google", "Pixel 7", "Android 13", "android", 412, 915, 2.625f, 32, 0, false},
	{"Galaxy S8", "samsung", "SM-G9500", "Android 9", "android", 360, 740, 4, 24, 0, false},
	{"Mi 11", "Xiaomi", "M2011K2C", "Android 12", "android", 360, 800, 4, 33, 0, false},
	{"Mate 60 Pro", "HUAWEI", "ALN-AL00", "Android 12", "android", 420, 907, 3, 38, 0, false},
	{"iPad", "iPad", "iPad<iPad11,6>", "iOS 16.0", "ios", 810, 1080, 2, 20, 0, true},
	{"iPad Pro 11", "iPad", "iPad Pro 11<iPad8,1>", "iOS 16.0", "ios", 834, 1194, 2, 24, 20, true},
	{0},
};

/* A text that a person types: kept here, shown in inner elements, so that fonts, colours and lines are the style sheet's.
 * The host's keyboard types; it is told what it has to know by the "keyboard" intent. */
#include "runtime/component/field.h"

#include "runtime/component/caret.h"

/* --- offsets --- */

static int units_to(struct str text, size_t at)
{
	return (int)str_utf16_len(str_slice(text, 0, size_min(at, text.len)));
}

static size_t count_characters(struct str text, size_t to)
{
	size_t count = 0;
	for (size_t pos = 0; pos < to; count++) {
		str_utf8_next(text, &pos);
	}
	return count;
}

#define DOT "\u2022" // a character of a password
#define DOT_SIZE (sizeof(DOT) - 1)

bool field_is_secret(const struct node *node)
{
	return component_flag(node, "password") || str_is(component_text(node, "type"), "safe-password");
}

struct str field_text(const struct node *node)
{
	const struct field *field = node->state_data;
	return strbuf_str(&field->text);
}

/* In what is shown, which for a password is one dot a character. */
static size_t shown_at(const struct node *node, int units)
{
	size_t at = str_utf16_at(field_text(node), units);
	return field_is_secret(node) ? count_characters(field_text(node), at) * DOT_SIZE : at;
}

static int units_at(const struct node *node, size_t shown)
{
	struct str text = field_text(node);
	if (!field_is_secret(node)) {
		return units_to(text, shown);
	}
	size_t pos = 0;
	for (size_t i = 0; i < shown / DOT_SIZE && pos < text.len; i++) {
		str_utf8_next(text, &pos);
	}
	return units_to(text, pos);
}

/* --- looks --- */

static struct node *add_inner(struct node *parent, const char *tag)
{
	struct node *element = node_create(parent->tree, NODE_ELEMENT, atom_of(tag));
	node_insert(parent, element, NULL);
	return element;
}

struct field *field_create(struct node *node, struct node *wrapper, bool multiline)
{
	struct field *field = mem_alloc(sizeof(*field));
	node->state_data = field;
	field->multiline = multiline;
	field->hint = add_inner(wrapper, multiline ? "mina-textarea-placeholder" : "mina-input-placeholder");
	field->area = field->line = add_inner(wrapper, multiline ? "mina-textarea-area" : "mina-input-line");
	field->line = multiline ? add_inner(field->area, "mina-textarea-text") : field->line;
	field->hint->scope = node->scope; // placeholder-class is the page's class
	node_insert(field->hint, node_create(node->tree, NODE_TEXT, 0), NULL);
	node_insert(field->line, node_create(node->tree, NODE_TEXT, 0), NULL);
	field->caret = caret_create(field->line);
	node_insert(wrapper, field->caret, NULL);
	struct node *aside = add_inner(wrapper, "mina-field-aside");
	node_insert(aside, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
	return field;
}

void field_destroyed(struct component_host *host, struct node *node)
{
	struct field *field = node->state_data;
	strbuf_finish(&field->text);
	mem_free(field);
	node->state_data = NULL;
}

static void set_text(struct node *element, struct value text)
{
	node_set_text(element->first, text);
	value_unref(text);
}

static void show_caret(const struct node *node)
{
	const struct field *field = node->state_data;
	caret_set(field->caret, field->focused, shown_at(node, field->from), shown_at(node, field->to));
}

/* An empty line keeps its height by a zero-width space, and so does the one behind the last line feed. */
static void show_text(const struct node *node)
{
	const struct field *field = node->state_data;
	struct str text = field_text(node);
	struct strbuf shown = {0};
	if (field_is_secret(node)) {
		for (size_t i = count_characters(text, text.len); i > 0; i--) {
			strbuf_add_text(&shown, DOT);
		}
	} else {
		strbuf_add(&shown, text);
	}
	if (!shown.len || shown.at[shown.len - 1] == '\n') {
		strbuf_add_text(&shown, "\u200b");
	}
	set_text(field->line, value_take(&shown));
}

void field_show(struct node *node)
{
	const struct field *field = node->state_data;
	show_text(node);
	struct strbuf hint = {0};
	if (!value_is_nullish(node_attr_text(node, "placeholder"))) {
		value_to_text(node_attr_text(node, "placeholder"), &hint);
	}
	set_text(field->hint, value_take(&hint));
	node_set_attr(field->hint, atom_of("hidden"), field->text.len ? value_bool(true) : value_undefined());
	struct str given = component_text(node, "placeholder-class");
	field->hint->scope = node->scope;
	node_set_classes(field->hint, given.len ? given : field->multiline ? STR("textarea-placeholder") : STR("input-placeholder"));
	node_set_style(field->hint, node_attr_text(node, "placeholder-style"));
	show_caret(node);
}

/* --- text --- */

/* Is there a key for it on that type's keyboard? A line feed is one of a textarea. */
static bool has_key(const struct node *node, bool multiline, uint32_t c)
{
	struct str type = multiline ? STR("text") : component_text(node, "type");
	if (c == '\r' || c == '\f' || (c == '\n' && !multiline)) {
		return false;
	}
	bool digit = c >= '0' && c <= '9';
	if (str_is(type, "number")) {
		return digit;
	}
	return str_is(type, "digit") ? digit || c == '.' : str_is(type, "idcard") ? digit || c == 'X' || c == 'x' : true;
}

/* As long as maxlength allows, never ending inside a character. filter: only what can be typed. */
static void take_text(const struct node *node, struct str text, bool filter, struct strbuf *out)
{
	const struct field *field = node->state_data;
	double max = component_number(node, "maxlength", 140), units = 0;
	for (size_t pos = 0; pos < text.len;) {
		size_t from = pos;
		uint32_t c = str_utf8_next(text, &pos);
		if (filter && !has_key(node, field->multiline, c)) {
			continue;
		}
		units += c > 0xffff ? 2 : 1;
		if (max >= 0 && units > max) {
			return;
		}
		strbuf_add(out, str_slice(text, from, pos));
	}
}

static void select_range(struct node *node, int from, int to)
{
	struct field *field = node->state_data;
	int len = (int)str_utf16_len(field_text(node));
	field->to = int_max(0, int_min(to, len));
	field->from = int_max(0, int_min(from, field->to));
	field->reveal = true;
	show_caret(node);
}

static struct value range_of(const struct field *field, const char *from, const char *to)
{
	struct value range = value_object_new(2);
	value_object_set_text(&range, from, value_number(field->from));
	value_object_set_text(&range, to, value_number(field->to));
	return range;
}

/* What somebody has selected, or where they have put the caret. */
static void choose(struct component_host *host, struct node *node, int from, int to)
{
	const struct field *field = node->state_data;
	int old_from = field->from, old_to = field->to;
	select_range(node, from, to);
	if (field->from != old_from || field->to != old_to) {
		host->emit(host, node, "selectionchange", range_of(field, "selectionStart", "selectionEnd"));
	}
}

static void tell_keyboard(struct component_host *host, struct node *node)
{
	const struct field *field = node->state_data;
	if (field->focused) {
		struct value data = node->component->keyboard(host, node);
		value_object_set_text(&data, "open", value_bool(true));
		host->intent(host, node, "keyboard", data);
	}
}

void field_set_text(struct component_host *host, struct node *node, struct str text, int cursor)
{
	struct field *field = node->state_data;
	struct strbuf next = {0};
	take_text(node, text, false, &next);
	strbuf_finish(&field->text);
	field->text = next;
	cursor = cursor < 0 ? (int)str_utf16_len(strbuf_str(&next)) : cursor;
	select_range(node, cursor, cursor);
	field_show(node);
}

static void take_value(struct component_host *host, struct node *node)
{
	struct value value = node_attr_text(node, "value");
	struct strbuf text = {0};
	if (!value_is_nullish(value)) {
		value_to_text(value, &text);
	}
	field_set_text(host, node, strbuf_str(&text), -1);
	strbuf_finish(&text);
}

/* Where the caret stands when a script gives the focus, or moves it. */
static void place_caret(struct node *node)
{
	double from = component_number(node, "selection-start", -1), to = component_number(node, "selection-end", -1);
	double cursor = component_number(node, "cursor", -1);
	if (from >= 0 && to >= from) {
		select_range(node, (int)fmin(from, 1e6), (int)fmin(to, 1e6));
	} else if (cursor >= 0) {
		select_range(node, (int)fmin(cursor, 1e6), (int)fmin(cursor, 1e6));
	}
}

void field_changed(struct component_host *host, struct node *node, atom_t name)
{
	struct field *field = node->state_data;
	struct str which = atom_str(name);
	bool places = str_is(which, "cursor") || str_is(which, "selection-start") || str_is(which, "selection-end");
	bool disabled = component_flag(node, "disabled");
	if (!name || str_is(which, "value")) {
		take_value(host, node);
	} else if (str_is(which, "maxlength")) {
		struct strbuf same = {0};
		strbuf_add(&same, field_text(node));
		field_set_text(host, node, strbuf_str(&same), field->to);
		strbuf_finish(&same);
	}
	node_set_state(node, NODE_DISABLED, disabled);
	field_show(node);
	bool asks = component_flag(node, "focus") || (!name && component_flag(node, "auto-focus"));
	if ((!name || str_is(which, "focus")) && asks != field->focused) {
		host->focus(host, asks ? node : NULL);
	} else if (disabled && field->focused) {
		host->focus(host, NULL);
	} else if (places && field->focused) {
		place_caret(node);
	}
	if (name && !str_is(which, "focus")) {
		tell_keyboard(host, node);
	}
}

/* --- the keyboard --- */

static struct value detail_of(const struct node *node, bool cursor)
{
	const struct field *field = node->state_data;
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, "value", value_string(field_text(node)));
	if (cursor) {
		value_object_set_text(&detail, "cursor", value_number(field->to));
	}
	return detail;
}

/* The one key that makes the new text from the old one: a character, or 8 for what was taken away; 0: it took more than one. */
static uint32_t key_between(struct str old, struct str new)
{
	size_t start = 0, end = 0, shorter = size_min(old.len, new.len);
	while (start < shorter && old.at[start] == new.at[start]) {
		start++;
	}
	while (start > 0 && start < new.len && ((unsigned char)new.at[start] & 0xc0) == 0x80) {
		start--;
	}
	while (end < shorter - start && old.at[old.len - 1 - end] == new.at[new.len - 1 - end]) {
		end++;
	}
	struct str came = str_slice(new, start, new.len - end);
	size_t pos = 0;
	uint32_t key = came.len ? str_utf8_next(came, &pos) : 8;
	return pos == came.len ? key : 0;
}

void field_typed(struct component_host *host, struct node *node, struct str text, int cursor)
{
	struct field *field = node->state_data;
	struct strbuf next = {0};
	take_text(node, text, true, &next);
	bool same = str_eq(strbuf_str(&next), field_text(node));
	uint32_t key = same ? 0 : key_between(field_text(node), strbuf_str(&next));
	strbuf_finish(&field->text);
	field->text = next;
	field_show(node);
	choose(host, node, cursor, cursor);
	if (!same) {
		struct value detail = detail_of(node, true);
		if (key) {
			value_object_set_text(&detail, "keyCode", value_number(key));
		}
		host->emit(host, node, "input", detail);
	}
	tell_keyboard(host, node); // it may have become something else
}

void field_confirmed(struct component_host *host, struct node *node)
{
	host->emit(host, node, "confirm", detail_of(node, false));
	if (!component_flag(node, "confirm-hold")) {
		host->focus(host, NULL);
	}
}

/* A keyboard-accessory between the tags stands on the keyboard while that is there. */
static void show_aside(struct component_host *host, struct node *node)
{
	const struct field *field = node->state_data;
	struct strbuf style = {0};
	if (field->focused) {
		strbuf_printf(&style, "display:block;bottom:%gpx", host->keyboard);
	}
	struct value text = value_take(&style);
	for (struct node *child = node->first; child; child = child->next) {
		if (child->kind == NODE_ELEMENT && str_is(atom_str(child->tag), "keyboard-accessory")) {
			node_set_placed_style(child, text);
		}
	}
	value_unref(text);
}

void field_focused(struct component_host *host, struct node *node, bool on)
{
	struct field *field = node->state_data;
	field->focused = on;
	if (on) {
		int end = (int)str_utf16_len(field_text(node));
		select_range(node, end, end);
		place_caret(node);
	}
	show_caret(node);
	show_aside(host, node);
	struct value detail = detail_of(node, !on && field->multiline);
	if (on) {
		value_object_set_text(&detail, "height", value_number(host->keyboard_height));
	}
	host->emit(host, node, on ? "focus" : "blur", detail);
	if (!on && field->line->scroll.x > 0) {
		host->scroll(host, field->line, (struct point){0, 0}, false);
	}
}

struct value field_keyboard(struct component_host *host, const struct node *node)
{
	static const char *const lent[][2] = {{"type", "type"}, {"placeholder", "placeholder"}, {"confirmType", "confirm-type"}};
	const struct field *field = node->state_data;
	struct value data = value_object_new(12);
	for (size_t i = 0; i < ARRAY_LEN(lent); i++) {
		struct value given = node_attr_text(node, lent[i][1]);
		if (!value_is_nullish(given)) {
			value_object_set_text(&data, lent[i][0], value_ref(given));
		}
	}
	value_object_set_text(&data, "value", value_string(field_text(node)));
	value_object_set_text(&data, "password", value_bool(field_is_secret(node)));
	value_object_set_text(&data, "multiple", value_bool(field->multiline));
	value_object_set_text(&data, "maxLength", value_number(component_number(node, "maxlength", 140)));
	value_object_set_text(&data, "confirmHold", value_bool(component_flag(node, "confirm-hold")));
	value_object_set_text(&data, "cursor", value_number(field->to));
	value_object_set_text(&data, "selectionStart", value_number(field->from));
	value_object_set_text(&data, "selectionEnd", value_number(field->to));
	return data;
}

static bool is_off(const struct node *node, const char *name)
{
	struct value value = node_attr_text(node, name);
	return !value_is(value, VALUE_UNDEFINED) && !value_to_bool(value);
}

/* input.html: between it and the keyboard is the smaller of cursor-spacing and its distance to the bottom. */
float field_lift(struct component_host *host, const struct node *node, float covered)
{
	const struct field *field = node->state_data;
	struct rect own = node->box ? box_page_rect(node->box, true) : (struct rect){0}, caret;
	if (!node->box || is_off(node, "adjust-position")) {
		return 0;
	}
	float scrolled = node->tree->root->scroll.y, bottom = rect_bottom(own) - scrolled, end = bottom;
	bool whole = !field->multiline || str_is(component_text(node, "adjust-keyboard-to"), "bottom");
	if (!whole && caret_place(field->line, shown_at(node, field->to), &caret)) {
		end = rect_bottom(caret) - scrolled;
	}
	float spacing = (float)fmax(0, component_length(host, node, "cursor-spacing", 0));
	spacing = float_min(spacing, float_max(0, host->viewport.height - bottom));
	return float_clamp(end + spacing - (host->viewport.height - covered), 0, covered);
}

void field_tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	const struct field *field = node->state_data;
	struct rect own = node->box ? box_page_rect(node->box, true) : (struct rect){0};
	if (component_flag(node, "disabled")) {
		return;
	}
	bool fresh = !field->focused, placed = component_number(node, "cursor", -1) >= 0 || component_number(node, "selection-start", -1) >= 0;
	host->focus(host, node);
	if (node->box && rect_contains(own, tap->page) && !(fresh && placed)) {
		int at = units_at(node, caret_nearest(field->line, tap->page));
		choose(host, node, at, at);
		tell_keyboard(host, node);
	}
}

/* Long lines and long texts go on beyond their box; the caret stays inside. */
static void reveal(struct component_host *host, struct node *node)
{
	const struct field *field = node->state_data;
	struct node *area = field->area;
	struct rect caret;
	if (!area->box || !caret_place(field->line, shown_at(node, field->to), &caret)) {
		return;
	}
	struct rect port = box_page_rect(area->box, false);
	struct point to = area->scroll;
	if (field->multiline) {
		to.y += float_max(0, rect_bottom(caret) - rect_bottom(port)) - float_max(0, port.y - caret.y);
	} else {
		to.x += float_max(0, caret.x + 1 - rect_right(port)) - float_max(0, port.x - caret.x);
	}
	if (to.x != area->scroll.x || to.y != area->scroll.y) {
		host->scroll(host, area, to, false);
	}
}

void field_laid_out(struct component_host *host, struct node *node)
{
	struct field *field = node->state_data;
	if (field->focused && field->reveal) {
		reveal(host, node);
	}
	field->reveal = false;
}

static int units_of(struct value value)
{
	double units = value_to_number(value);
	return units > 0 ? (int)fmin(units, 1e6) : 0;
}

/* What the app and scripts ask of whatever has the focus. with: lent.
 * replace: a handler's answer; keyboard: its height has changed; select: the keyboard's person has; composition: of Chinese. */
bool field_asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	const struct field *field = node->state_data;
	if (str_is(what, "keyboard")) {
		struct value detail = value_object_new(2);
		value_object_set_text(&detail, "height", value_ref(with));
		value_object_set_text(&detail, "duration", value_number(0));
		show_aside(host, node);
		host->emit(host, node, "keyboardheightchange", detail);
	} else if (str_is(what, "selection")) {
		*ret = range_of(field, "start", "end");
	} else if (str_is(what, "caret")) {
		struct rect at;
		if (!caret_place(field->line, shown_at(node, field->to), &at)) {
			return false;
		}
		*ret = value_object_new(3);
		value_object_set_text(ret, "x", value_number(at.x));
		value_object_set_text(ret, "y", value_number(at.y));
		value_object_set_text(ret, "height", value_number(at.height));
	} else if (str_is(what, "select")) {
		choose(host, node, units_of(value_get_text(with, "selectionStart")), units_of(value_get_text(with, "selectionEnd")));
	} else if (str_is(what, "composition")) {
		struct str phase = value_str(value_get_text(with, "phase"));
		struct value detail = value_object_new(1);
		value_object_set_text(&detail, "data", value_ref(value_get_text(with, "data")));
		host->emit(host, node, str_is(phase, "start") ? "keyboardcompositionstart" : str_is(phase, "end")
			? "keyboardcompositionend" : "keyboardcompositionupdate", detail);
	} else if (str_is(what, "replace") && !field->multiline) {
		bool object = value_is(with, VALUE_OBJECT);
		struct value given = object ? value_get_text(with, "value") : with, cursor = value_get_text(with, "cursor");
		struct strbuf text = {0};
		if (!value_is_nullish(given)) {
			value_to_text(given, &text);
			field_set_text(host, node, strbuf_str(&text), value_is(cursor, VALUE_NUMBER) ? (int)fmax(-1, fmin(cursor.number, 1e6)) : -1);
			tell_keyboard(host, node);
		}
		strbuf_finish(&text);
	} else {
		return false;
	}
	return true;
}

/* --- in a form --- */

struct value field_value(struct component_host *host, const struct node *node)
{
	return value_string(field_text(node));
}

void field_reset(struct component_host *host, struct node *node)
{
	field_set_text(host, node, STR(""), -1);
	tell_keyboard(host, node);
}

/* What input and textarea share: a text that a person types, its placeholder, caret, events and keyboard. */
#ifndef MINA_COMPONENT_FIELD_H
#define MINA_COMPONENT_FIELD_H

#include "runtime/component/component.h"

struct field {
	struct strbuf text;
	int from, to; // what is selected, UTF-16 units; the caret is at `to`
	bool focused, multiline;
	bool reveal;  // the caret has to come into view with the next layout
	int lines;    // as linechange told last
	float height;
	struct node *area, *line, *hint, *caret; // inner elements: around the text, the text, the placeholder
};

#define FIELD_ATTRIBUTES(placeholder_class) \
	{"name", SCHEMA_STRING, .doc = "its key in a form's values"}, \
	{"value", SCHEMA_STRING, .doc = "content"}, \
	{"placeholder", SCHEMA_STRING}, \
	{"placeholder-style", SCHEMA_STRING}, \
	{"placeholder-class", SCHEMA_STRING, .fallback = placeholder_class}, \
	{"disabled", SCHEMA_BOOL, .fallback = "false"}, \
	{"maxlength", SCHEMA_NUMBER, .fallback = "140", .doc = "UTF-16 units; -1: unlimited"}, \
	{"auto-focus", SCHEMA_BOOL, .fallback = "false", .doc = "focus at the beginning; focus is preferred"}, \
	{"focus", SCHEMA_BOOL, .fallback = "false"}, \
	{"cursor-spacing", SCHEMA_NUMBER, .fallback = "0", .doc = "CSS px between it and the keyboard"}, \
	{"cursor", SCHEMA_NUMBER, .since = "1.5.0", .doc = "where it stands when focused, UTF-16 units"}, \
	{"cursor-color", SCHEMA_STRING, .since = "3.1.0"}, \
	{"selection-start", SCHEMA_NUMBER, .fallback = "-1", .since = "1.9.0", .doc = "with selection-end"}, \
	{"selection-end", SCHEMA_NUMBER, .fallback = "-1", .since = "1.9.0"}, \
	{"adjust-position", SCHEMA_BOOL, .fallback = "true", .since = "1.9.90", .doc = "the page goes up before the keyboard"}, \
	{"hold-keyboard", SCHEMA_BOOL, .fallback = "false", .since = "2.8.2", .doc = "a tap elsewhere leaves the keyboard"}

#define FIELD_EVENTS "input|focus|blur|confirm|keyboardheightchange|selectionchange|keyboardcompositionstart|" \
	"keyboardcompositionupdate|keyboardcompositionend"

/* Makes the inner tree in wrapper: area > line, the placeholder and the caret; then what stands between the tags. */
struct field *field_create(struct node *node, struct node *wrapper, bool multiline);
void field_show(struct node *node);
struct str field_text(const struct node *node); // lent
/* What the person has typed, or something that takes its place: without an event. cursor: -1: the end. */
void field_set_text(struct component_host *host, struct node *node, struct str text, int cursor);
bool field_is_secret(const struct node *node);

/* The hooks of struct component. */
void field_destroyed(struct component_host *host, struct node *node);
void field_changed(struct component_host *host, struct node *node, atom_t name);
void field_tapped(struct component_host *host, struct node *node, const struct component_tap *tap);
void field_laid_out(struct component_host *host, struct node *node);
void field_typed(struct component_host *host, struct node *node, struct str text, int cursor);
void field_confirmed(struct component_host *host, struct node *node);
void field_focused(struct component_host *host, struct node *node, bool on);
struct value field_keyboard(struct component_host *host, const struct node *node);
float field_lift(struct component_host *host, const struct node *node, float covered);
bool field_asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret);
struct value field_value(struct component_host *host, const struct node *node);
void field_reset(struct component_host *host, struct node *node);

#endif

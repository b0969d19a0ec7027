/* The JSON writer: JSON.stringify over values. */
#include "core/value/json.h"

#include <string.h>

struct writer {
	struct strbuf *out;
	int indent; // 0: one line
	int depth;
};

void json_write_string(struct str text, struct strbuf *out)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	strbuf_reserve(out, text.len + 2);
	strbuf_add_char(out, '"');
	size_t run = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c >= 0x20 && c != '"' && c != '\\') {
			continue;
		}
		strbuf_add(out, str_slice(text, run, i));
		run = i + 1;
		const char *hit = c ? strchr(from, c) : NULL;
		if (hit) {
			strbuf_add(out, (struct str){(const char[]){'\\', to[hit - from]}, 2});
		} else {
			strbuf_printf(out, "\\u%04x", c);
		}
	}
	strbuf_add(out, str_slice(text, run, text.len));
	strbuf_add_char(out, '"');
}

static bool is_left_out(struct value v)
{
	return v.type == VALUE_UNDEFINED || v.type == VALUE_FUNCTION;
}

static void line(struct writer *w)
{
	if (w->indent > 0) {
		strbuf_add_char(w->out, '\n');
		for (int i = 0; i < w->depth * w->indent; i++) {
			strbuf_add_char(w->out, ' ');
		}
	}
}

static void write_value(struct writer *w, struct value v);

static void write_array(struct writer *w, struct value array)
{
	strbuf_add_char(w->out, '[');
	w->depth++;
	for (size_t i = 0; i < value_len(array); i++) {
		if (i) {
			strbuf_add_char(w->out, ',');
		}
		line(w);
		write_value(w, value_at(array, i));
	}
	w->depth--;
	if (value_len(array)) {
		line(w);
	}
	strbuf_add_char(w->out, ']');
}

static void write_object(struct writer *w, struct value object)
{
	bool any = false;
	strbuf_add_char(w->out, '{');
	w->depth++;
	for (size_t i = 0; i < value_count(object); i++) {
		struct value item = value_entry(object, i);
		if (is_left_out(item)) {
			continue;
		}
		if (any) {
			strbuf_add_char(w->out, ',');
		}
		any = true;
		line(w);
		json_write_string(value_key(object, i), w->out);
		strbuf_add_text(w->out, w->indent > 0 ? ": " : ":");
		write_value(w, item);
	}
	w->depth--;
	if (any) {
		line(w);
	}
	strbuf_add_char(w->out, '}');
}

static void write_value(struct writer *w, struct value v)
{
	if (v.type == VALUE_BOOL) {
		strbuf_add_text(w->out, v.boolean ? "true" : "false");
	} else if (v.type == VALUE_NUMBER && isfinite(v.number)) {
		strbuf_add_number(w->out, v.number);
	} else if (v.type == VALUE_STRING) {
		json_write_string(value_str(v), w->out);
	} else if (v.type == VALUE_ARRAY && w->depth < VALUE_DEPTH_MAX) {
		write_array(w, v);
	} else if (v.type == VALUE_OBJECT && w->depth < VALUE_DEPTH_MAX) {
		write_object(w, v);
	} else {
		strbuf_add_text(w->out, "null");
	}
}

void json_write(struct value v, struct strbuf *out)
{
	json_write_pretty(v, 0, out);
}

void json_write_pretty(struct value v, int indent, struct strbuf *out)
{
	if (!is_left_out(v)) {
		write_value(&(struct writer){.out = out, .indent = indent}, v);
	}
}

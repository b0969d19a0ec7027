/* The list of diagnostics. */
#include "base/diag.h"

#define KEPT 1000

void diag_list_finish(struct diag_list *list)
{
	for (size_t i = 0; i < list->items.len; i++) {
		mem_free(list->items.at[i].file);
		mem_free(list->items.at[i].text);
	}
	vec_finish(&list->items);
	map_finish(&list->seen);
	*list = (struct diag_list){0};
}

void diag_add(struct diag_list *list, enum diag_severity severity, struct str file, int line, int column,
	const char *fmt, ...)
{
	if (!list) {
		return;
	}
	struct strbuf text = {0}, key = {0};
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	strbuf_printf(&key, STR_FMT ":%d:%d:%s", STR_ARG(file), line, column, text.at ? text.at : "");
	if (!map_has(&list->seen, strbuf_str(&key))) {
		size_t *count = severity == DIAG_ERROR ? &list->errors : &list->warnings;
		*count += 1;
		if (list->items.len < KEPT) {
			map_set(&list->seen, strbuf_str(&key), list);
			struct diag diag = {severity, mem_strdup(file.at, file.len), line, column, strbuf_steal(&text)};
			vec_push(&list->items, diag);
			if (list->on_add) {
				list->on_add(list->user, &vec_last(&list->items));
			}
		}
	}
	strbuf_finish(&text);
	strbuf_finish(&key);
}

void diag_print(const struct diag *diag, struct strbuf *out)
{
	if (diag->file[0]) {
		strbuf_add_text(out, diag->file);
		if (diag->line > 0) {
			strbuf_printf(out, ":%d:%d", diag->line, diag->column);
		}
		strbuf_add_text(out, ": ");
	}
	strbuf_printf(out, "%s: %s", diag->severity == DIAG_ERROR ? "error" : "warning", diag->text);
}

void diag_place(struct str text, size_t offset, int *ret_line, int *ret_column)
{
	int line = 1, column = 1;
	offset = size_min(offset, text.len);
	for (size_t i = 0; i < offset; i++) {
		if (text.at[i] == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)text.at[i] & 0xc0) != 0x80) {
			column++;
		}
	}
	*ret_line = line;
	*ret_column = column;
}

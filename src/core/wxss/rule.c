/* Indexes rules, prints and frees sheets. */
#include "core/wxss/rule.h"

static uint32_t key_of(enum wxss_simple_kind kind, atom_t name) { return name * 4 + (uint32_t)kind + 1; }

static uint32_t spread(uint32_t key) { return key * 2654435761u >> 7; }

/* What an element must have to be this selector's subject: its last id, class or tag. */
static uint32_t subject_key(const struct wxss_selector *selector)
{
	const struct wxss_compound *subject = &selector->compounds[0];
	uint32_t key = 0;
	enum wxss_simple_kind best = SIMPLE_NEVER;
	for (size_t i = 0; i < subject->count; i++) {
		const struct wxss_simple *simple = &subject->simples[i];
		bool better = simple->kind == SIMPLE_ID || (simple->kind == SIMPLE_CLASS && best != SIMPLE_ID)
			|| (simple->kind == SIMPLE_TYPE && best == SIMPLE_NEVER);
		if (better) {
			best = simple->kind;
			key = key_of(simple->kind, simple->name);
		}
	}
	return key;
}

static struct wxss_bucket *find_bucket(const struct wxss_index *index, uint32_t key)
{
	uint32_t at = spread(key) & index->mask;
	while (index->buckets[at].key && index->buckets[at].key != key) {
		at = (at + 1) & index->mask;
	}
	return &index->buckets[at];
}

static struct wxss_index *index_of(struct sheet *sheet, const struct wxss_selector *selector)
{
	switch (selector->pseudo) {
	case PSEUDO_NONE: return selector->host ? &sheet->hosts : &sheet->elements;
	case PSEUDO_BEFORE: return selector->host ? NULL : &sheet->before;
	case PSEUDO_AFTER: return selector->host ? NULL : &sheet->after;
	default: return NULL;
	}
}

void wxss_index_build(struct sheet *sheet)
{
	struct wxss_index *indexes[] = {&sheet->elements, &sheet->before, &sheet->after, &sheet->hosts};
	size_t counts[ARRAY_LEN(indexes)] = {0};
	for (size_t i = 0; i < sheet->rules.len; i++) {
		struct wxss_index *index = index_of(sheet, sheet->rules.at[i].selector);
		for (size_t k = 0; k < ARRAY_LEN(indexes); k++) {
			counts[k] += index == indexes[k];
		}
	}
	for (size_t k = 0; k < ARRAY_LEN(indexes); k++) {
		uint32_t size = 4;
		while (size < counts[k] * 2) {
			size *= 2;
		}
		indexes[k]->buckets = arena_alloc_array(&sheet->arena, size, sizeof(struct wxss_bucket));
		indexes[k]->mask = size - 1;
	}
	for (size_t i = sheet->rules.len; i-- > 0;) { // backwards: chains run in the sheet's order
		struct wxss_rule *rule = &sheet->rules.at[i];
		struct wxss_index *index = index_of(sheet, rule->selector);
		sheet->has_deep = sheet->has_deep || rule->selector->deep;
		if (!index) {
			continue;
		}
		uint32_t key = index == &sheet->hosts ? 0 : subject_key(rule->selector);
		struct wxss_bucket *bucket = key ? find_bucket(index, key) : NULL;
		uint32_t *head = bucket ? &bucket->head : &index->universal;
		if (bucket) {
			bucket->key = key;
		}
		rule->next = *head;
		*head = (uint32_t)i + 1;
	}
}

uint32_t wxss_index_find(const struct wxss_index *index, enum wxss_simple_kind kind, atom_t name)
{
	return find_bucket(index, key_of(kind, name))->head;
}

void sheet_destroy(struct sheet *sheet)
{
	if (!sheet) {
		return;
	}
	vec_finish(&sheet->rules);
	vec_finish(&sheet->keyframes);
	vec_finish(&sheet->faces);
	vec_finish(&sheet->files);
	arena_finish(&sheet->arena);
	mem_free(sheet);
}

bool sheet_reads(const struct sheet *sheet, struct str file)
{
	for (size_t i = 0; i < sheet->files.len; i++) {
		if (str_eq(sheet->files.at[i], file)) {
			return true;
		}
	}
	return false;
}

bool sheet_font_face(const struct sheet *sheet, size_t index, struct font_face *ret_face)
{
	if (index >= sheet->faces.len) {
		return false;
	}
	*ret_face = sheet->faces.at[index];
	return true;
}

/* ---- printing ---- */

static size_t open_media(const struct wxss_media *media, struct strbuf *out)
{
	if (!media) {
		return 0;
	}
	size_t depth = open_media(wxss_media_outer(media), out);
	strbuf_add_text(out, "@media ");
	wxss_media_print(media, out);
	strbuf_add_text(out, " {\n");
	return depth + 1;
}

static void change_media(const struct wxss_media **at, size_t *depth, const struct wxss_media *to, struct strbuf *out)
{
	if (*at == to) {
		return;
	}
	while (*depth) {
		strbuf_add_text(out, "}\n");
		--*depth;
	}
	*at = to;
	*depth = open_media(to, out);
}

static void print_keyframes(const struct wxss_keyframes *keyframes, struct strbuf *out)
{
	strbuf_add_text(out, "@keyframes ");
	wxss_print_ident(atom_str(keyframes->name), out);
	strbuf_add_text(out, " {\n");
	for (size_t i = 0; i < keyframes->count; i++) {
		strbuf_add_char(out, '\t');
		wxss_print_number(round((double)keyframes->frames[i].at * 1e6) / 1e4, out);
		strbuf_add_text(out, "% {\n");
		wxss_block_print(keyframes->frames[i].block, "\t\t", out);
		strbuf_add_text(out, "\t}\n");
	}
	strbuf_add_text(out, "}\n");
}

void sheet_print(const struct sheet *sheet, struct strbuf *out)
{
	const struct wxss_media *media = NULL;
	size_t depth = 0;
	for (size_t i = 0; i < sheet->faces.len; i++) {
		const struct font_face *face = &sheet->faces.at[i];
		strbuf_add_text(out, "@font-face {\n\tfont-family: ");
		wxss_print_string(face->family, out);
		strbuf_add_text(out, ";\n\tsrc: url(");
		wxss_print_string(face->url, out);
		strbuf_printf(out, ");\n\tfont-weight: %d;\n\tfont-style: %s;\n}\n", face->weight, face->italic ? "italic" : "normal");
	}
	for (size_t i = 0; i < sheet->keyframes.len; i++) {
		change_media(&media, &depth, sheet->keyframes.at[i].media, out);
		print_keyframes(&sheet->keyframes.at[i], out);
	}
	for (size_t i = 0; i < sheet->rules.len; i++) {
		const struct wxss_rule *rule = &sheet->rules.at[i];
		bool joined = i > 0 && rule[-1].block == rule->block && rule[-1].media == rule->media;
		bool more = i + 1 < sheet->rules.len && rule[1].block == rule->block && rule[1].media == rule->media;
		change_media(&media, &depth, rule->media, out);
		strbuf_add_text(out, joined ? ", " : "");
		wxss_selector_print(rule->selector, out);
		if (!more) {
			strbuf_add_text(out, " {\n");
			wxss_block_print(rule->block, "\t", out);
			strbuf_add_text(out, "}\n");
		}
	}
	change_media(&media, &depth, NULL, out);
}

/* Read paths as a tree, and which of them differ between two states of the data. Values are
 * immutable and copied on write: what is identical is unchanged with everything below it. */
#include "core/wxml/depend.h"

#define STEPS_MAX 16 // longer paths are cut: they count as changed with what leads to them

void depend_finish(struct depend *depend)
{
	vec_finish(&depend->paths);
	map_finish(&depend->index);
}

/* The path below `parent` (position + 1, 0: a root); made when it is new. */
static uint32_t find_path(struct depend *depend, uint32_t parent, int slot, struct str key)
{
	struct strbuf spelled = {0};
	strbuf_printf(&spelled, "%u %d ", parent, slot);
	strbuf_add(&spelled, key);
	uint32_t position = (uint32_t)(uintptr_t)map_get(&depend->index, strbuf_str(&spelled));
	if (!position) {
		struct depend_path path = {.key = key, .slot = slot, .bit = -1};
		uint32_t *list = parent ? &depend->paths.at[parent - 1].first : &depend->first;
		path.next = *list;
		*list = position = (uint32_t)depend->paths.len + 1;
		vec_push(&depend->paths, path);
		map_set(&depend->index, strbuf_str(&spelled), (void *)(uintptr_t)position);
	}
	strbuf_finish(&spelled);
	return position;
}

static void read_path(struct depend *depend, uint32_t position, struct mask *mask)
{
	struct depend_path *path = &depend->paths.at[position - 1];
	if (path->bit < 0) {
		path->bit = depend->bits++ % DEPEND_BITS;
	}
	mask->word[path->bit / 64] |= (uint64_t)1 << (path->bit % 64);
}

void depend_add_slot(struct depend *depend, unsigned slot, struct mask *mask)
{
	read_path(depend, find_path(depend, 0, (int)slot, (struct str){0}), mask);
}

void depend_add(struct depend *depend, const struct expr *expr, struct mask *mask)
{
	const struct expr_read *reads = NULL;
	size_t count = expr ? expr_reads(expr, &reads) : 0;
	for (size_t i = 0; i < count; i++) {
		const struct expr_read *read = &reads[i];
		uint32_t at = find_path(depend, 0, read->is_slot ? (int)read->slot : -1, read->root);
		for (size_t k = 0; k < read->count && k < STEPS_MAX; k++) {
			at = find_path(depend, at, -1, read->steps[k]);
		}
		read_path(depend, at, mask);
	}
}

static void mark(const struct depend_path *path, struct mask *mask)
{
	if (path->bit >= 0) {
		mask->word[path->bit / 64] |= (uint64_t)1 << (path->bit % 64);
	}
}

/* A path with all longer ones. */
static void mark_all(const struct depend *depend, uint32_t position, struct mask *mask)
{
	const struct depend_path *path = &depend->paths.at[position - 1];
	mark(path, mask);
	for (uint32_t next = path->first; next; next = depend->paths.at[next - 1].next) {
		mark_all(depend, next, mask);
	}
}

void depend_add_key(const struct depend *depend, struct str key, struct mask *mask)
{
	for (uint32_t next = depend->first; next; next = depend->paths.at[next - 1].next) {
		const struct depend_path *path = &depend->paths.at[next - 1];
		if (path->slot < 0 && str_eq(path->key, key)) {
			mark_all(depend, next, mask);
		}
	}
}

static void compare(const struct depend *depend, uint32_t position, struct value before, struct value after,
	struct mask *mask)
{
	const struct depend_path *path = &depend->paths.at[position - 1];
	if (value_identical(before, after)) {
		return;
	}
	if (before.type == VALUE_STRING || after.type == VALUE_STRING) { // its characters would be new values
		mark_all(depend, position, mask);
		return;
	}
	mark(path, mask);
	for (uint32_t next = path->first; next; next = depend->paths.at[next - 1].next) {
		struct str key = depend->paths.at[next - 1].key;
		compare(depend, next, expr_member(before, key), expr_member(after, key), mask);
	}
}

void depend_compare(const struct depend *depend, struct value before, struct value after, struct mask *mask)
{
	if (value_identical(before, after)) {
		return;
	}
	for (uint32_t next = depend->first; next; next = depend->paths.at[next - 1].next) {
		const struct depend_path *path = &depend->paths.at[next - 1];
		if (path->slot < 0) {
			compare(depend, next, value_get(before, path->key), value_get(after, path->key), mask);
		}
	}
}

void depend_compare_slot(const struct depend *depend, uint32_t root, struct value before, struct value after,
	struct mask *mask)
{
	if (root) {
		compare(depend, root, before, after, mask);
	}
}

uint32_t depend_slot(const struct depend *depend, unsigned slot)
{
	struct strbuf spelled = {0};
	strbuf_printf(&spelled, "0 %u ", slot);
	uint32_t position = (uint32_t)(uintptr_t)map_get(&depend->index, strbuf_str(&spelled));
	strbuf_finish(&spelled);
	return position;
}

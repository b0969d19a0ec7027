/* A package in memory for tests: text in which "@ path" begins a file and the lines below it are
 * the file. Names and bodies are views into the text. */
#ifndef MINA_TEST_MEMORY_SOURCE_H
#define MINA_TEST_MEMORY_SOURCE_H

#include "base/vec.h"
#include "host/file.h"

struct memory {
	struct host_source source;
	VEC(struct str) names, bodies; // views into the data
};

static inline bool below(struct str name, struct str folder)
{
	return !folder.len || (str_starts(name, folder) && name.len > folder.len && name.at[folder.len] == '/');
}

static inline enum host_outcome memory_read(struct host_source *source, struct str path, struct host_bytes **ret_bytes)
{
	struct memory *memory = (struct memory *)source;
	for (size_t i = 0; i < memory->names.len; i++) {
		if (str_eq(memory->names.at[i], path)) {
			*ret_bytes = host_bytes_new(memory->bodies.at[i].at ? memory->bodies.at[i].at : "", memory->bodies.at[i].len);
			return HOST_OK;
		}
	}
	return HOST_NOT_FOUND;
}

static inline enum host_outcome memory_stat(struct host_source *source, struct str path, bool *ret_is_folder, size_t *ret_size)
{
	struct memory *memory = (struct memory *)source;
	for (size_t i = 0; i < memory->names.len; i++) {
		bool same = str_eq(memory->names.at[i], path);
		if (same || below(memory->names.at[i], path)) {
			*ret_is_folder = !same;
			*ret_size = same ? memory->bodies.at[i].len : 0;
			return HOST_OK;
		}
	}
	return HOST_NOT_FOUND;
}

static inline enum host_outcome memory_list(struct host_source *source, struct str folder, struct value *ret_names)
{
	struct memory *memory = (struct memory *)source;
	*ret_names = value_array_new(0);
	for (size_t i = 0; i < memory->names.len; i++) {
		struct str name = memory->names.at[i];
		if (below(name, folder)) {
			name = str_slice(name, folder.len ? folder.len + 1 : 0, name.len);
			value_array_push(ret_names, value_string(str_slice(name, 0, str_find_char(name, '/'))));
		}
	}
	return HOST_OK;
}

static inline void memory_add(struct memory *memory, struct str name, struct str body)
{
	memory->source = (struct host_source){memory_read, memory_stat, memory_list, NULL};
	vec_push(&memory->names, name);
	vec_push(&memory->bodies, body);
}

static inline void memory_fill(struct memory *memory, struct str text)
{
	struct str line, name = {0};
	size_t from = 0, at = 0;
	memory->source = (struct host_source){memory_read, memory_stat, memory_list, NULL};
	for (struct str rest = text; str_split(&rest, '\n', &line); at += line.len + 1) {
		if (str_starts(line, STR("@ "))) {
			if (name.len) {
				memory_add(memory, name, str_slice(text, from, at ? at - 1 : 0));
			}
			name = str_slice(line, 2, line.len);
			from = at + line.len + 1;
		}
	}
	if (name.len) {
		memory_add(memory, name, str_slice(text, size_min(from, text.len), text.len));
	}
}

static inline void memory_finish(struct memory *memory)
{
	vec_finish(&memory->names);
	vec_finish(&memory->bodies);
}

#endif

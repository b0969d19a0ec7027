/* Memory: allocation that never returns NULL (running out of memory ends the program, as in mpv
 * and systemd), and the arena, which owns everything that one artefact (a template program, a
 * style sheet, a box tree) is made of and frees it at once. */
#ifndef MINA_BASE_MEM_H
#define MINA_BASE_MEM_H

#include "base/base.h"

/* Zeroed memory; owner frees it with mem_free(). mem_alloc(0) is a valid unique pointer. */
void *mem_alloc(size_t size);
void *mem_alloc_array(size_t count, size_t size);
/* Grown or shrunk; new bytes are not zeroed. Aborts on overflow of count * size. */
void *mem_realloc(void *ptr, size_t count, size_t size);
void mem_free(void *ptr);
void *mem_dup(const void *ptr, size_t size);
/* A zero-terminated copy of len bytes. */
char *mem_strdup(const char *at, size_t len);

struct arena_chunk;

struct arena {
	struct arena_chunk *chunk; // newest first
	size_t used;               // bytes handed out, for statistics
};

void arena_init(struct arena *arena);
void arena_finish(struct arena *arena);
/* Frees all but the first chunk: the arena is empty and warm. */
void arena_clear(struct arena *arena);
/* Zeroed, aligned to 16 bytes, lives until the arena ends. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);
char *arena_strdup(struct arena *arena, const char *at, size_t len);

#endif

/* Allocation that cannot fail, and arenas. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_chunk {
	struct arena_chunk *next; // older
	size_t size, used;
	_Alignas(16) unsigned char bytes[];
};

static _Noreturn void out_of_memory(size_t size)
{
	fprintf(stderr, "mina: out of memory (%zu bytes)\n", size);
	abort();
}

static size_t checked_size(size_t count, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(count, size, &total)) {
		out_of_memory(SIZE_MAX);
	}
	return total;
}

void *mem_alloc(size_t size)
{
	void *ptr = calloc(1, size ? size : 1);
	if (!ptr) {
		out_of_memory(size);
	}
	return ptr;
}

void *mem_alloc_array(size_t count, size_t size)
{
	return mem_alloc(checked_size(count, size));
}

void *mem_realloc(void *ptr, size_t count, size_t size)
{
	size_t total = checked_size(count, size);
	ptr = realloc(ptr, total ? total : 1);
	if (!ptr) {
		out_of_memory(total);
	}
	return ptr;
}

void mem_free(void *ptr)
{
	free(ptr);
}

void *mem_dup(const void *ptr, size_t size)
{
	void *copy = mem_alloc(size);
	if (size) {
		memcpy(copy, ptr, size);
	}
	return copy;
}

char *mem_strdup(const char *at, size_t len)
{
	char *copy = mem_realloc(NULL, len + 1, 1);
	if (len) {
		memcpy(copy, at, len);
	}
	copy[len] = 0;
	return copy;
}

void arena_init(struct arena *arena)
{
	*arena = (struct arena){0};
}

void arena_finish(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunk;
	while (chunk) {
		struct arena_chunk *next = chunk->next;
		free(chunk);
		chunk = next;
	}
	*arena = (struct arena){0};
}

void arena_clear(struct arena *arena)
{
	struct arena_chunk *keep = arena->chunk;
	if (!keep) {
		return;
	}
	struct arena_chunk *chunk = keep->next;
	while (chunk) {
		struct arena_chunk *next = chunk->next;
		free(chunk);
		chunk = next;
	}
	keep->next = NULL;
	keep->used = 0;
	arena->used = 0;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2) {
		out_of_memory(size);
	}
	size = (size + 15) & ~(size_t)15;
	struct arena_chunk *chunk = arena->chunk;
	if (!chunk || chunk->size - chunk->used < size) {
		size_t grown = chunk ? size_min(chunk->size * 2, 1 << 20) : 4000;
		size_t room = size_max(grown, size);
		chunk = mem_realloc(NULL, 1, sizeof(*chunk) + room);
		chunk->next = arena->chunk;
		chunk->size = room;
		chunk->used = 0;
		arena->chunk = chunk;
	}
	void *ptr = chunk->bytes + chunk->used;
	chunk->used += size;
	arena->used += size;
	return memset(ptr, 0, size);
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
	return arena_alloc(arena, checked_size(count, size));
}

char *arena_strdup(struct arena *arena, const char *at, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);
	if (len) {
		memcpy(copy, at, len);
	}
	return copy;
}

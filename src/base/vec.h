/* A typed growing array: VEC(struct node *) children; vec_push(&children, node). Zeroed memory is
 * an empty vector; vec_finish() frees the array, not what the items own. */
#ifndef MINA_BASE_VEC_H
#define MINA_BASE_VEC_H

#include "base/mem.h"

#include <string.h>

#define VEC(type) \
	struct { \
		type *at; \
		size_t len, cap; \
	}

#define vec_reserve(v, more) \
	do { \
		if ((v)->len + (more) > (v)->cap) { \
			(v)->cap = size_max((v)->len + (more), (v)->cap * 2); \
			(v)->cap = size_max((v)->cap, 4); \
			(v)->at = mem_realloc((v)->at, (v)->cap, sizeof(*(v)->at)); \
		} \
	} while (0)

#define vec_push(v, item) \
	do { \
		vec_reserve(v, 1); \
		(v)->at[(v)->len++] = (item); \
	} while (0)

/* Appends a zeroed item; take its address by &vec_last(v), valid until the next growth. */
#define vec_add_zeroed(v) \
	do { \
		vec_reserve(v, 1); \
		memset(&(v)->at[(v)->len++], 0, sizeof(*(v)->at)); \
	} while (0)

#define vec_last(v) ((v)->at[(v)->len - 1])
#define vec_clear(v) ((void)((v)->len = 0))

#define vec_remove(v, index) \
	do { \
		size_t vec_i_ = (index); \
		assert(vec_i_ < (v)->len); \
		(v)->len--; \
		memmove((v)->at + vec_i_, (v)->at + vec_i_ + 1, ((v)->len - vec_i_) * sizeof(*(v)->at)); \
	} while (0)

#define vec_insert(v, index, item) \
	do { \
		size_t vec_i_ = (index); \
		assert(vec_i_ <= (v)->len); \
		vec_reserve(v, 1); \
		memmove((v)->at + vec_i_ + 1, (v)->at + vec_i_, ((v)->len - vec_i_) * sizeof(*(v)->at)); \
		(v)->at[vec_i_] = (item); \
		(v)->len++; \
	} while (0)

#define vec_finish(v) \
	do { \
		mem_free((v)->at); \
		(v)->at = NULL; \
		(v)->len = (v)->cap = 0; \
	} while (0)

#endif

/* What a sheet holds once it is parsed, and the index that finds rules by their subject. */
#ifndef MINA_WXSS_RULE_H
#define MINA_WXSS_RULE_H

#include "core/wxss/block.h"
#include "core/wxss/media.h"
#include "core/wxss/selector.h"

struct wxss_rule { // one selector of a list and the block it shares
	const struct wxss_selector *selector;
	const struct wxss_block *block;
	const struct wxss_media *media; // NULL: always
	uint32_t next;                  // in its bucket: index + 1
};

struct wxss_keyframe {
	float at; // 0 to 1
	struct timing timing;
	bool timed; // has a timing function of its own
	const struct wxss_block *block;
};

struct wxss_keyframes {
	atom_t name;
	const struct wxss_media *media;
	struct wxss_keyframe *frames; // by `at`, ascending
	size_t count;
};

struct wxss_bucket {
	uint32_t key;  // of kind and name; 0: free
	uint32_t head; // index of the first rule + 1
};

struct wxss_index {
	struct wxss_bucket *buckets;
	uint32_t mask;
	uint32_t universal; // chain of the rules without id, class or tag
};

struct sheet {
	struct arena arena;
	VEC(struct wxss_rule) rules;
	VEC(struct wxss_keyframes) keyframes;
	VEC(struct font_face) faces;
	VEC(struct str) files; // it was read from, imported ones too
	struct wxss_index elements, before, after, hosts;
	bool has_deep;
};

void wxss_index_build(struct sheet *sheet);
/* The first rule of a bucket, index + 1; 0: none. */
uint32_t wxss_index_find(const struct wxss_index *index, enum wxss_simple_kind kind, atom_t name);

#endif

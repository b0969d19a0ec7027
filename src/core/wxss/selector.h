/* Selectors (Selectors 4, with WeChat's `>>>`): parsed into compounds from right to left. */
#ifndef MINA_WXSS_SELECTOR_H
#define MINA_WXSS_SELECTOR_H

#include "base/atom.h"
#include "core/wxss/lex.h"

enum wxss_combinator {
	COMBINATOR_DESCENDANT,
	COMBINATOR_CHILD,
	COMBINATOR_NEXT,
	COMBINATOR_SUBSEQUENT,
	COMBINATOR_DEEP, // >>> and /deep/: a descendant, through shadow borders
};

enum wxss_simple_kind {
	SIMPLE_TYPE,
	SIMPLE_ID,
	SIMPLE_CLASS,
	SIMPLE_ATTR,
	SIMPLE_STATE,     // any of `bits` of node.state
	SIMPLE_NOT_STATE, // :enabled
	SIMPLE_FOCUS_WITHIN,
	SIMPLE_ROOT,
	SIMPLE_EMPTY,
	SIMPLE_NTH,
	SIMPLE_NOT,
	SIMPLE_IS,    // and :where(), without specificity
	SIMPLE_HOST,  // list: of :host(), or NULL
	SIMPLE_NEVER, // valid, but means nothing here: :visited
};

enum wxss_attr_place { ATTR_PLAIN, ATTR_CLASS, ATTR_ID, ATTR_STYLE, ATTR_DATA }; // where a node keeps it
enum wxss_attr_op { ATTR_PRESENT, ATTR_EQUAL, ATTR_WORD, ATTR_DASH, ATTR_PREFIX, ATTR_SUFFIX, ATTR_CONTAINS };

struct wxss_selector_list;

struct wxss_simple {
	enum wxss_simple_kind kind;
	atom_t name;           // TYPE, ID, CLASS, ATTR
	enum wxss_attr_op op;
	enum wxss_attr_place place;
	bool nocase;           // ATTR: i flag
	bool last, of_type;    // NTH: counted from the end, among the same tag
	bool where;            // IS: adds no specificity
	bool only;             // NTH: the first and the last
	bool function;         // pseudo-classes: written with brackets
	int a, b;              // NTH: an + b
	unsigned bits;
	struct str value;      // ATTR; pseudo-classes: the name as written
	struct str key;        // ATTR in ATTR_DATA: its key in the dataset
	const struct wxss_selector_list *list; // NOT, IS, HOST, NTH `of`
};

struct wxss_compound {
	const struct wxss_simple *simples; // all must match; none: `*`
	size_t count;
	enum wxss_combinator combinator; // to the compound on the left, the next in the array
};

enum wxss_pseudo { PSEUDO_NONE, PSEUDO_BEFORE, PSEUDO_AFTER, PSEUDO_OTHER };

#define WXSS_HASHES_MAX 4

/* What rules look at in an element to style another one: names (classes, ids, tags, attributes) as
 * bits that several may share, and states. */
struct wxss_reach {
	uint64_t names[4];
	unsigned states; // enum node_state
};

struct wxss_selector {
	const struct wxss_compound *compounds; // the subject first
	size_t count;
	uint32_t specificity; // 10 bits each: ids, classes, types
	enum wxss_pseudo pseudo;
	bool deep, host;  // has >>>; the subject is :host
	bool lists;       // has :not() and the like, which may look at any element
	unsigned demands; // enum cascade_demand
	struct wxss_reach reach;
	/* What some ancestor must have (bits of its names), to reject most elements at once. */
	uint8_t hashes[WXSS_HASHES_MAX];
	uint8_t hash_count;
};

struct wxss_selector_list {
	const struct wxss_selector *at;
	size_t count;
};

/* The whole text; everything goes to the arena, which must outlive it, as must the text. False:
 * invalid, *ret_error is a static sentence part. */
bool wxss_selector_parse(struct str text, struct arena *arena, struct wxss_selector_list *ret_list, const char **ret_error);
void wxss_selector_print(const struct wxss_selector *selector, struct strbuf *out);
void wxss_reach_add(struct wxss_reach *reach, const struct wxss_reach *more);
bool wxss_reach_has(const struct wxss_reach *reach, atom_t name);
/* The bit of a name in the ancestors' filter. */
uint8_t wxss_selector_hash(enum wxss_simple_kind kind, atom_t name);

#endif

/* Collects the rules that match a node, orders them, and shares what comes out. */
#include "core/wxss/cascade.h"

#include "core/wxss/compute.h"
#include "core/wxss/keyframe.h"
#include "core/wxss/match.h"
#include "core/wxss/rule.h"
#include "core/wxss/share.h"

#include <stdlib.h>

#define SHARED_MAX 4096 // styles kept for others to find; a power of two
#define SHARED_KEYS_MAX 65536

/* Weakest first. The built-in sheet is not weaker than a page's: as in WeChat, whose own rules are in
 * the page, `button[type=primary]` beats `.mine`, and equal rules lose for being first. */
enum level { LEVEL_HOST, LEVEL_AUTHOR, LEVEL_OUTER };

struct matched {
	uint64_t order; // level, specificity, sheet, rule
	const struct wxss_rule *rule;
};

struct shared { // one result: same rules, same inline block, the same or an equal parent
	uint32_t hash;
	uint32_t key; // first of its rules in cascade->keys
	uint32_t count;
	const struct wxss_block *inline_block;
	struct style *parent, *style; // references; parent may be NULL
	bool exact;                   // right below this very parent only
};

struct cascade {
	struct wxss_env env;
	const struct sheet *defaults;
	struct wxss_text_cache texts;
	VEC(struct matched) matched;             // of the node at hand
	VEC(struct shared) shared;
	VEC(const struct wxss_rule *) keys;
	uint32_t buckets[SHARED_MAX * 2];        // index + 1 into shared
	struct style *alike[2];                  // parents that were found equal last; references
	unsigned demands;                        // of the rules that some element's names led to, so far
	struct wxss_reach reach;                 // of the same rules
	bool deep_rules;                         // seen in some scope so far
};

struct collection { // for one node
	struct cascade *cascade;
	const struct node *node;
	const struct node *host;   // of the tree the sheet belongs to
	struct wxss_filter filter;
	bool filter_ready, host_ready;
	bool deep_only;
	const struct sheet_scope *outer; // as in struct wxss_match
	bool classless;                  // only rules without classes and ids
	enum level level;
	size_t sheet; // within its level, from 1; 0: the built-in one
};

/* ---- matching ---- */

static const struct node *host_of(const struct node *node)
{
	const struct node *up = node_scope_parent(node);
	while (up && up->kind != NODE_SHADOW_ROOT) {
		up = node_scope_parent(up);
	}
	return up ? up->host : NULL;
}

static bool has_names(const struct wxss_selector *selector)
{
	for (size_t i = 0; i < selector->count; i++) {
		for (size_t k = 0; k < selector->compounds[i].count; k++) {
			enum wxss_simple_kind kind = selector->compounds[i].simples[k].kind;
			if (kind == SIMPLE_CLASS || kind == SIMPLE_ID) {
				return true;
			}
		}
	}
	return false;
}

static void try_rule(struct collection *c, const struct sheet *sheet, const struct wxss_rule *rule)
{
	const struct wxss_selector *selector = rule->selector;
	if ((c->deep_only && !selector->deep) || (c->classless && has_names(selector))) {
		return;
	}
	c->cascade->demands |= selector->demands;
	if (selector->count > 1 || selector->lists) {
		wxss_reach_add(&c->cascade->reach, &selector->reach);
	}
	if (selector->count > 1) {
		if (!c->filter_ready) {
			wxss_filter_fill(&c->filter, c->node);
			c->filter_ready = true;
		}
		if (!wxss_filter_passes(&c->filter, selector)) {
			return;
		}
	}
	if (!c->host_ready && (selector->count > 1 || selector->lists)) {
		c->host = host_of(c->node);
		c->host_ready = true;
	}
	if (rule->media && !wxss_media_matches(rule->media, &c->cascade->env)) {
		return;
	}
	bool matches = c->outer ? wxss_match_outer(selector, c->node, c->host, c->outer)
		: wxss_match_selector(selector, c->node, c->host);
	if (matches) {
		uint64_t order = (uint64_t)c->level << 60 | (uint64_t)selector->specificity << 30 | (uint64_t)c->sheet << 20
			| (uint64_t)(rule - sheet->rules.at);
		struct matched matched = {order, rule};
		vec_push(&c->cascade->matched, matched);
	}
}

static void try_chain(struct collection *c, const struct sheet *sheet, uint32_t head)
{
	while (head) {
		const struct wxss_rule *rule = &sheet->rules.at[head - 1];
		try_rule(c, sheet, rule);
		head = rule->next;
	}
}

static const struct wxss_index *index_for(const struct sheet *sheet, enum wxss_pseudo pseudo)
{
	return pseudo == PSEUDO_BEFORE ? &sheet->before : pseudo == PSEUDO_AFTER ? &sheet->after : &sheet->elements;
}

static void try_sheet(struct collection *c, const struct sheet *sheet, enum wxss_pseudo pseudo)
{
	const struct wxss_index *index = index_for(sheet, pseudo);
	const struct node *node = c->node;
	c->cascade->deep_rules = c->cascade->deep_rules || sheet->has_deep;
	if (node->ident) {
		try_chain(c, sheet, wxss_index_find(index, SIMPLE_ID, node->ident));
	}
	for (size_t i = 0; i < node->classes.len; i++) {
		bool again = false;
		for (size_t k = 0; k < i && !again; k++) {
			again = node->classes.at[k] == node->classes.at[i];
		}
		if (!again) {
			try_chain(c, sheet, wxss_index_find(index, SIMPLE_CLASS, node->classes.at[i]));
		}
	}
	try_chain(c, sheet, wxss_index_find(index, SIMPLE_TYPE, node->tag));
	try_chain(c, sheet, index->universal);
}

static void try_scope(struct collection *c, const struct sheet_scope *scope, enum wxss_pseudo pseudo)
{
	for (size_t i = 0; scope && i < scope->count; i++) {
		const struct sheet *sheet = scope->sheets[i];
		c->sheet = 1 + ((i + scope->leak_count) & 511);
		if (!sheet || (c->deep_only && !sheet->has_deep)) {
			continue;
		}
		try_sheet(c, sheet, pseudo);
	}
}

/* Rules with >>> of the trees around this one. */
static void try_outer(struct collection *c, enum wxss_pseudo pseudo)
{
	for (const struct node *host = host_of(c->node); host; host = host_of(host)) {
		if (host->scope != c->node->scope) {
			c->level = LEVEL_OUTER;
			c->deep_only = true;
			c->host = host_of(host);
			c->host_ready = true;
			try_scope(c, host->scope, pseudo);
		}
	}
}

/* Rules without classes of the sheets that the component is isolated from. */
static void try_leaks(struct cascade *cascade, const struct node *node, enum wxss_pseudo pseudo)
{
	const struct sheet_scope *scope = node->scope;
	struct collection c = {.cascade = cascade, .node = node, .host_ready = true, .outer = scope, .classless = true,
		.level = LEVEL_AUTHOR};
	for (size_t i = 0; i < scope->leak_count; i++) {
		const struct wxss_index *index = index_for(scope->leaks[i], pseudo);
		c.sheet = 1 + (i & 511);
		try_chain(&c, scope->leaks[i], wxss_index_find(index, SIMPLE_TYPE, node->tag));
		try_chain(&c, scope->leaks[i], index->universal);
	}
}

/* Rules of the trees around for the classes that they have given. */
static void try_outer_classes(struct cascade *cascade, const struct node *node, enum wxss_pseudo pseudo)
{
	for (size_t i = 0; i < node->outer_classes.len; i++) {
		const struct node_class *class = &node->outer_classes.at[i];
		bool again = false;
		for (size_t k = 0; k < i && !again; k++) {
			again = node->outer_classes.at[k].name == class->name && node->outer_classes.at[k].scope == class->scope;
		}
		const struct node *host = host_of(node);
		while (host && host->scope != class->scope) {
			host = host_of(host);
		}
		struct collection c = {.cascade = cascade, .node = node, .host = host ? host_of(host) : NULL, .host_ready = true,
			.outer = class->scope, .level = LEVEL_AUTHOR};
		for (size_t k = 0; !again && class->scope && k < class->scope->count; k++) {
			const struct sheet *sheet = class->scope->sheets[k];
			c.sheet = 1 + ((k + class->scope->leak_count) & 511);
			try_chain(&c, sheet, wxss_index_find(index_for(sheet, pseudo), SIMPLE_CLASS, class->name));
		}
	}
}

static int compare_matched(const void *a, const void *b)
{
	uint64_t x = ((const struct matched *)a)->order, y = ((const struct matched *)b)->order;
	return x < y ? -1 : x > y;
}

static void sort_matched(struct cascade *cascade)
{
	struct matched *at = cascade->matched.at;
	size_t count = cascade->matched.len;
	if (count > 24) {
		qsort(at, count, sizeof(*at), compare_matched);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		struct matched item = at[i];
		size_t k = i;
		for (; k > 0 && at[k - 1].order > item.order; k--) {
			at[k] = at[k - 1];
		}
		at[k] = item;
	}
}

static void collect(struct cascade *cascade, const struct node *node, enum wxss_pseudo pseudo)
{
	struct collection c = {.cascade = cascade, .node = node, .level = LEVEL_AUTHOR};
	vec_clear(&cascade->matched);
	if (cascade->defaults) {
		try_sheet(&c, cascade->defaults, pseudo);
	}
	if (node->scope && node->scope->leak_count) {
		try_leaks(cascade, node, pseudo);
	}
	try_scope(&c, node->scope, pseudo);
	if (node->outer_classes.len) {
		try_outer_classes(cascade, node, pseudo);
	}
	if (node->shadow && node->shadow->scope && node->shadow->scope->host_sheet && pseudo == PSEUDO_NONE) {
		struct collection h = {.cascade = cascade, .node = node, .host = node, .host_ready = true, .level = LEVEL_HOST};
		h.sheet = 1;
		try_chain(&h, node->shadow->scope->host_sheet, node->shadow->scope->host_sheet->hosts.universal);
	}
	if (cascade->deep_rules) {
		try_outer(&c, pseudo);
	}
	sort_matched(cascade);
}

void cascade_rules(struct cascade *cascade, const struct node *node, void (*each)(void *user, const struct cascade_rule *rule), void *user)
{
	collect(cascade, node, PSEUDO_NONE);
	for (size_t i = 0; i < cascade->matched.len; i++) {
		const struct wxss_rule *rule = cascade->matched.at[i].rule;
		struct strbuf selector = {0}, declarations = {0};
		int line = 0, column = 0;
		wxss_selector_print(rule->selector, &selector);
		wxss_block_print(rule->block, "", &declarations);
		diag_place(rule->block->text, rule->block->offset, &line, &column);
		struct cascade_rule told = {strbuf_str(&selector), strbuf_str(&declarations), rule->block->file, line,
			(cascade->matched.at[i].order >> 20 & 1023) == 0};
		each(user, &told);
		strbuf_finish(&selector);
		strbuf_finish(&declarations);
	}
	vec_clear(&cascade->matched);
}

/* ---- sharing ---- */

static void remember_alike(struct cascade *cascade, const struct style *a, const struct style *b)
{
	struct style *old[2] = {cascade->alike[0], cascade->alike[1]};
	cascade->alike[0] = style_ref(a);
	cascade->alike[1] = style_ref(b);
	style_unref(old[0]);
	style_unref(old[1]);
}

/* Equal parents come in runs: rows that differ in their width alone. */
static bool same_heirs(struct cascade *cascade, const struct style *a, const struct style *b)
{
	if (cascade->alike[0] == a && cascade->alike[1] == b) {
		return true;
	}
	bool same = wxss_style_same_heirs(a, b);
	if (same) {
		remember_alike(cascade, a, b);
	}
	return same;
}

static void forget_shared(struct cascade *cascade)
{
	remember_alike(cascade, NULL, NULL);
	for (size_t i = 0; i < cascade->shared.len; i++) {
		style_unref(cascade->shared.at[i].parent);
		style_unref(cascade->shared.at[i].style);
	}
	vec_clear(&cascade->shared);
	vec_clear(&cascade->keys);
	memset(cascade->buckets, 0, sizeof(cascade->buckets));
}

static uint32_t hash_key(const struct cascade *cascade, const struct style *parent, const struct wxss_block *inline_block)
{
	uint64_t hash = (parent ? (uint64_t)parent->heirs_hash : 0) * 0x9e3779b97f4a7c15u ^ (uint64_t)(uintptr_t)inline_block;
	for (size_t i = 0; i < cascade->matched.len; i++) {
		hash = (hash ^ (uint64_t)(uintptr_t)cascade->matched.at[i].rule) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	return (uint32_t)(hash >> 32);
}

static bool same_key(struct cascade *cascade, const struct shared *shared, const struct style *parent,
	const struct wxss_block *inline_block)
{
	if (shared->inline_block != inline_block || shared->count != cascade->matched.len) {
		return false;
	}
	for (size_t i = 0; i < shared->count; i++) {
		if (cascade->keys.at[shared->key + i] != cascade->matched.at[i].rule) {
			return false;
		}
	}
	const struct style *other = shared->parent;
	return other == parent || (!shared->exact && other && parent && same_heirs(cascade, other, parent));
}

static struct style *find_shared(struct cascade *cascade, uint32_t hash, const struct style *parent,
	const struct wxss_block *inline_block)
{
	for (size_t at = hash % ARRAY_LEN(cascade->buckets); cascade->buckets[at]; at = (at + 1) % ARRAY_LEN(cascade->buckets)) {
		const struct shared *shared = &cascade->shared.at[cascade->buckets[at] - 1];
		if (shared->hash == hash && same_key(cascade, shared, parent, inline_block)) {
			return style_ref(shared->style);
		}
	}
	return NULL;
}

static void add_shared(struct cascade *cascade, uint32_t hash, const struct style *parent,
	const struct wxss_block *inline_block, const struct style *style, bool exact)
{
	if (cascade->shared.len >= SHARED_MAX || cascade->keys.len + cascade->matched.len > SHARED_KEYS_MAX) {
		forget_shared(cascade);
	}
	struct shared shared = {hash, (uint32_t)cascade->keys.len, (uint32_t)cascade->matched.len, inline_block, style_ref(parent),
		style_ref(style), exact};
	for (size_t i = 0; i < cascade->matched.len; i++) {
		vec_push(&cascade->keys, cascade->matched.at[i].rule);
	}
	vec_push(&cascade->shared, shared);
	size_t at = hash % ARRAY_LEN(cascade->buckets);
	while (cascade->buckets[at]) {
		at = (at + 1) % ARRAY_LEN(cascade->buckets);
	}
	cascade->buckets[at] = (uint32_t)cascade->shared.len;
}

/* ---- the computed style ---- */

static bool is_builtin(const struct matched *matched) { return (matched->order >> 20 & 1023) == 0; }

/* Strongest first: built-in !important, inline and author !important, inline, all the others, what attributes say. */
static void choose_winners(const struct cascade *cascade, const struct wxss_block *inline_block, const struct wxss_block *hints,
	struct wxss_winners *w)
{
	const struct matched *at = cascade->matched.at;
	size_t count = cascade->matched.len;
	for (size_t i = count; i-- > 0;) {
		if (is_builtin(&at[i])) {
			wxss_winners_add(w, at[i].rule->block, true, true);
		}
	}
	for (int important = 1; important >= 0; important--) {
		if (inline_block) {
			wxss_winners_add(w, inline_block, important, false);
		}
		for (size_t i = count; i-- > 0;) {
			bool builtin = is_builtin(&at[i]);
			if (!important || !builtin) {
				wxss_winners_add(w, at[i].rule->block, important, builtin);
			}
		}
	}
	if (hints) {
		wxss_winners_add(w, hints, false, false);
	}
}

static struct style *compute(struct cascade *cascade, const struct node *node, const struct style *parent,
	const struct wxss_block *inline_block, const struct wxss_block *hints)
{
	bool shareable = !hints && (!inline_block || !inline_block->attr);
	for (size_t i = 0; i < cascade->matched.len; i++) {
		shareable = shareable && !cascade->matched.at[i].rule->block->attr;
	}
	uint32_t hash = hash_key(cascade, parent, inline_block);
	struct style *style = shareable ? find_shared(cascade, hash, parent, inline_block) : NULL;
	if (style) {
		return style;
	}
	struct wxss_winners winners;
	memset(&winners, 0, sizeof(winners));
	choose_winners(cascade, inline_block, hints, &winners);
	struct wxss_compute input = {&cascade->env, &cascade->texts, parent, node};
	bool inherits;
	style = wxss_compute_style(&input, &winners, &inherits);
	style->heirs_hash = wxss_style_hash_heirs(style);
	vec_finish(&winners.custom);
	if (shareable) {
		add_shared(cascade, hash, parent, inline_block, style, inherits);
	}
	return style;
}

static void make_room(struct cascade *cascade)
{
	if (wxss_text_cache_full(&cascade->texts)) {
		forget_shared(cascade); // its keys point to blocks of the cache
		wxss_text_cache_clear(&cascade->texts);
	}
}

struct style *cascade_element(struct cascade *cascade, const struct node *node, const struct style *parent)
{
	make_room(cascade);
	collect(cascade, node, PSEUDO_NONE);
	struct str text = value_str(node->inline_style), more = value_str(node->script_style), placed = value_str(node->placed_style);
	struct str hint = value_str(node->hint_style);
	const struct wxss_block *hints = hint.len ? wxss_text_block(&cascade->texts, hint) : NULL;
	if (!more.len && !placed.len) {
		return compute(cascade, node, parent, text.len ? wxss_text_block(&cascade->texts, text) : NULL, hints);
	}
	struct strbuf both = {0};
	strbuf_add(&both, text);
	strbuf_add_char(&both, ';');
	strbuf_add(&both, more);
	strbuf_add_char(&both, ';');
	strbuf_add(&both, placed);
	const struct wxss_block *block = wxss_text_block(&cascade->texts, strbuf_str(&both));
	strbuf_finish(&both);
	return compute(cascade, node, parent, block, hints);
}

struct style *cascade_pseudo(struct cascade *cascade, const struct node *node, const struct style *element, bool after)
{
	collect(cascade, node, after ? PSEUDO_AFTER : PSEUDO_BEFORE);
	if (!cascade->matched.len) {
		return NULL;
	}
	make_room(cascade);
	struct style *style = compute(cascade, node, element, NULL, NULL);
	if (style->content_kind == CONTENT_NORMAL || style->content_kind == CONTENT_NONE) {
		style_unref(style);
		return NULL;
	}
	return style;
}

struct style *cascade_anonymous(struct cascade *cascade, const struct style *parent)
{
	vec_clear(&cascade->matched);
	static const struct wxss_block anonymous = {0}; // a key that no element has
	uint32_t hash = hash_key(cascade, parent, &anonymous);
	struct style *style = find_shared(cascade, hash, parent, &anonymous);
	if (!style) {
		style = wxss_style_create(parent);
		for (int i = 0; i < 4; i++) {
			style->border[i].width = 0;
			style->border[i].color = style->color;
		}
		style->outline.width = 0;
		style->outline.color = style->text_decoration_color = style->color;
		style->heirs_hash = wxss_style_hash_heirs(style);
		add_shared(cascade, hash, parent, &anonymous, style, false);
	}
	return style;
}

/* ---- motion ---- */

static const struct wxss_keyframes *find_in_sheet(const struct cascade *cascade, const struct sheet *sheet, atom_t name)
{
	for (size_t i = sheet ? sheet->keyframes.len : 0; i-- > 0;) {
		const struct wxss_keyframes *keyframes = &sheet->keyframes.at[i];
		if (keyframes->name == name && wxss_media_matches(keyframes->media, &cascade->env)) {
			return keyframes;
		}
	}
	return NULL;
}

static const struct wxss_keyframes *find_in_scope(const struct cascade *cascade, const struct sheet_scope *scope, atom_t name)
{
	const struct wxss_keyframes *found = NULL;
	for (size_t i = scope ? scope->count : 0; !found && i-- > 0;) {
		found = find_in_sheet(cascade, scope->sheets[i], name);
	}
	return found;
}

struct style *cascade_animate(struct cascade *cascade, const struct node *node, const struct style *style, size_t index,
	double time, bool *ret_running)
{
	*ret_running = false;
	if (index >= style->animation_count) {
		return NULL;
	}
	atom_t name = style->animations[index].name;
	const struct wxss_keyframes *keyframes = name ? find_in_scope(cascade, node->scope, name) : NULL;
	if (!keyframes && node->shadow) {
		keyframes = find_in_scope(cascade, node->shadow->scope, name);
	}
	for (const struct node *host = host_of(node); host && !keyframes; host = host_of(host)) { // names are the page's
		keyframes = find_in_scope(cascade, host->scope, name);
	}
	keyframes = keyframes ? keyframes : find_in_sheet(cascade, cascade->defaults, name);
	if (!name || !keyframes) {
		return NULL;
	}
	make_room(cascade);
	const struct node *parent = node_flat_parent(node);
	struct wxss_compute compute = {&cascade->env, &cascade->texts, parent ? parent->style : NULL, node};
	return wxss_keyframes_at(&compute, keyframes, style, &style->animations[index], time, ret_running);
}

/* ---- life ---- */

struct cascade *cascade_create(const struct wxss_env *env, const struct sheet *defaults)
{
	struct cascade *cascade = mem_alloc(sizeof(*cascade));
	cascade->env = *env;
	cascade->defaults = defaults;
	wxss_text_cache_init(&cascade->texts);
	return cascade;
}

void cascade_destroy(struct cascade *cascade)
{
	if (!cascade) {
		return;
	}
	forget_shared(cascade);
	vec_finish(&cascade->shared);
	vec_finish(&cascade->keys);
	vec_finish(&cascade->matched);
	wxss_text_cache_finish(&cascade->texts);
	mem_free(cascade);
}

void cascade_set_env(struct cascade *cascade, const struct wxss_env *env)
{
	cascade->env = *env;
	forget_shared(cascade);
}

unsigned cascade_demands(const struct cascade *cascade) { return cascade->demands; }

bool cascade_name_reaches(const struct cascade *cascade, atom_t name) { return wxss_reach_has(&cascade->reach, name); }
bool cascade_state_reaches(const struct cascade *cascade, unsigned states) { return (cascade->reach.states & states) != 0; }

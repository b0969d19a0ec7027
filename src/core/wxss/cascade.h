/* From sheets and nodes to computed styles. One `struct cascade` per page view. Order of origin:
 * built-in defaults (equal in rank, first in order), app.wxss, page or component sheets, inline style; !important as in CSS.
 * Identical results are shared: a thousand equal rows hold one struct style. */
#ifndef MINA_WXSS_CASCADE_H
#define MINA_WXSS_CASCADE_H

#include "core/tree/node.h"
#include "core/wxss/sheet.h"
#include "core/wxss/style.h"

struct wxss_env { // what units and @media depend on
	float width, height;   // of the viewport, CSS px; 750rpx is `width`
	float dpr;
	float root_font_size;  // rem, px
	bool dark;             // prefers-color-scheme
	struct insets safe_area; // env(safe-area-inset-*), px
};

/* The sheets that match the nodes of one tree scope (a page, or one component class). Borrowed
 * sheets; the scope outlives the nodes that name it. */
struct sheet_scope {
	const struct sheet **sheets; // weakest first, built-in defaults not among them
	size_t count;
	const struct sheet *host_sheet; // a component's own: its :host rules match the host element; else NULL
	/* app.wxss and the page's sheet for an isolated component: of these only rules without classes and ids reach it
	 * (view {...}), as they do in WeChat, which isolates by the names of classes. */
	const struct sheet **leaks;
	size_t leak_count;
};

struct cascade;

/* `defaults`: the built-in components' sheet; borrowed. */
struct cascade *cascade_create(const struct wxss_env *env, const struct sheet *defaults);
void cascade_destroy(struct cascade *cascade);
void cascade_set_env(struct cascade *cascade, const struct wxss_env *env);

/* A rule that matches an element, for people to read; all of it is lent. */
struct cascade_rule {
	struct str selector, declarations, file; // declarations: one a line
	int line;                                // of its brace
	bool builtin;
};
/* The rules that an element's style is made of, the weakest first, without its inline style. */
void cascade_rules(struct cascade *cascade, const struct node *node, void (*each)(void *user, const struct cascade_rule *rule), void *user);

/* The computed style of an element; `parent` is its flat parent's style, NULL for the root. New
 * reference. */
struct style *cascade_element(struct cascade *cascade, const struct node *node, const struct style *parent);
/* ::before or ::after; NULL when no rule makes it (content none). New reference. */
struct style *cascade_pseudo(struct cascade *cascade, const struct node *node, const struct style *element, bool after);
/* Style of an anonymous box or text: inherited part of parent, initial rest. New reference. */
struct style *cascade_anonymous(struct cascade *cascade, const struct style *parent);
/* What has to be done when a node's style goes from a to b: NODE_DIRTY_LAYOUT, _BOX, _PAINT, and
 * NODE_DIRTY_SUBTREE_STYLE when an inherited property differs. 0: the same. */
unsigned style_difference(const struct style *a, const struct style *b);
/* What the rules that concern this view's elements depend on beyond the element and its ancestors.
 * An element that changed need not restyle others in vain, and must when it is demanded. */
enum cascade_demand {
	CASCADE_SIBLINGS = 1 << 0,        // +, ~, :nth-child(of): the siblings behind one that changed, came or went
	CASCADE_SIBLINGS_BEFORE = 1 << 1, // :nth-last-child(of): and those before it
	CASCADE_POSITIONS = 1 << 2,       // :first-child, :nth-child(): all siblings, after one came or went
	CASCADE_SIBLINGS_BELOW = 1 << 3,  // ".a + .b .c", ":last-child .x": and everything below those siblings
	CASCADE_CHILDREN = 1 << 4,        // :empty: the element itself, after its children came or went
	CASCADE_FOCUS_WITHIN = 1 << 5,    // the ancestors of what gained or lost the focus
};
unsigned cascade_demands(const struct cascade *cascade);
/* May some rule look at that class, id or attribute, or those states (enum node_state), of an element
 * to style another one? False: a change of it concerns the element alone. */
bool cascade_name_reaches(const struct cascade *cascade, atom_t name);
bool cascade_state_reaches(const struct cascade *cascade, unsigned states);

/* Motion. The style at `time` ms since the animation began (index into style->animations), or NULL
 * when the animation is over and does not fill, or is unknown. New reference. *ret_running: will
 * it change later? */
struct style *cascade_animate(struct cascade *cascade, const struct node *node, const struct style *style,
	size_t index, double time, bool *ret_running);
/* The style between from and to at progress 0..1 (timing function already applied) for the
 * transition's properties. New reference. */
struct style *cascade_mix(struct cascade *cascade, const struct style *from, const struct style *to,
	const struct transition *transition, float progress);
float timing_apply(struct timing timing, float progress);
/* Computed value of one property as getComputedStyle prints it ("16px", "rgb(0, 0, 0)"), for
 * SelectorQuery.fields({computedStyle}) and tests. False: unknown property. */
bool style_print_property(const struct style *style, struct str name, struct strbuf *out);
/* All properties that differ from the initial value, one a line: the golden tests' format. */
void style_print(const struct style *style, struct strbuf *out);

/* Selectors for queries: elements below root (of the same scope tree, `>>>` crosses into
 * components) that match, in tree order. Returns the count; at most max are written. */
size_t selector_query(struct node *root, struct str selector, struct node **ret_nodes, size_t max);
/* Each @font-face: family, src url, weight. Index from 0; false past the end. */
struct font_face { struct str family, url; int weight; bool italic; };
bool sheet_font_face(const struct sheet *sheet, size_t index, struct font_face *ret_face);

#endif

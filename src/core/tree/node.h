/* The tree of a page: elements, texts, shadow roots and slots. The WXML renderer builds it, the
 * cascade, layout and dispatch read it.
 *
 * Ownership: a node is owned by its parent, a shadow root by its host element, a tree's root by
 * its view (`struct tree`). Others keep the slot id (`node->id`), never the pointer across turns.
 * `node->style` and `node->box` belong to the wings above (wxss, layout), which this layer does
 * not know: they are released through `struct tree.on_free`. */
#ifndef MINA_TREE_NODE_H
#define MINA_TREE_NODE_H

#include "base/atom.h"
#include "base/geom.h"
#include "base/slot.h"
#include "base/vec.h"
#include "core/value/value.h"

struct style;
struct box;
struct sheet_scope; // which component's style sheets apply; owned above
struct tree;

enum node_kind {
	NODE_ELEMENT,
	NODE_TEXT,
	NODE_SHADOW_ROOT, // child of nobody; host->shadow
	NODE_SLOT,        // <slot> inside a shadow tree; generates no box, shows assigned nodes
	NODE_GROUP,       // wx:if / wx:for / template place holder: no box, not visible to selectors
};

enum node_dirty {
	NODE_DIRTY_STYLE = 1 << 0,         // match again: class, id, attribute, style, position in parent
	NODE_DIRTY_SUBTREE_STYLE = 1 << 1, // and everything below
	NODE_DIRTY_LAYOUT = 1 << 2,        // size or text changed
	NODE_DIRTY_BOX = 1 << 3,           // boxes have to be made again: children or display changed
	NODE_DIRTY_PAINT = 1 << 4,
	NODE_DIRTY_CHILD = 1 << 5,         // a flat-tree descendant is dirty
	NODE_DIRTY_ALL = NODE_DIRTY_STYLE | NODE_DIRTY_LAYOUT | NODE_DIRTY_BOX | NODE_DIRTY_PAINT,
};

enum node_state { // pseudo-class states
	NODE_HOVER = 1 << 0, // :hover, :active
	NODE_FOCUS = 1 << 1,
	NODE_CHECKED = 1 << 2,
	NODE_DISABLED = 1 << 3,
};

enum node_form_role { // what a form (表单) outside takes a custom component for, by its built-in behaviors
	NODE_FORM_FIELD = 1 << 0,  // its properties name and value are a field
	NODE_FORM_GROUP = 1 << 1,  // the controls inside are the form's
	NODE_FORM_BUTTON = 1 << 2, // the buttons inside are the form's
};

enum node_bind_flags {
	NODE_BIND_CATCH = 1 << 0,
	NODE_BIND_CAPTURE = 1 << 1,
	NODE_BIND_MUT = 1 << 2,
};

struct node_attr {
	atom_t name;
	struct value value; // {{}} keeps its type; valueless attribute: true
};

struct node_class { // a class of another tree's sheets: an external class (外部样式类), ~class, ^class
	atom_t name;
	struct sheet_scope *scope; // whose rules it meets; borrowed
};

struct node_bind {
	atom_t event;
	unsigned flags;      // enum node_bind_flags
	struct value handler; // method name; a string
};

struct node {
	enum node_kind kind;
	slot_id id;
	unsigned dirty, state;
	struct tree *tree;
	struct node *parent, *first, *last, *prev, *next;
	atom_t tag;                    // element: as in WXML ("view"); slot: "slot"
	atom_t ident;                  // id attribute
	VEC(atom_t) classes;
	VEC(struct node_class) outer_classes;
	VEC(struct node_attr) attrs;   // all but id, class, style, data-*, slot, events
	VEC(struct node_bind) binds;
	struct value dataset;          // object or undefined
	struct value marks;            // object or undefined
	struct value written;          // attributes as the template has them, by their names there; undefined: nobody asked
	struct value text;             // text node: its string
	struct value shown_text;       // what its component shows instead; undefined: the text itself
	struct value inline_style;     // style attribute: a string
	struct value script_style;     // what a view script (WXS) has set, above that; a string or undefined
	struct value hint_style;       // what attributes of HTML say, below all rules
	struct value placed_style;     // what the built-in component that places it says (swiper, movable-area), above both
	VEC(atom_t) script_classes;    // and classes that it has added; they are among `classes`, too
	bool scripted;                 // a view script knows it
	struct node *shadow;           // host element: its shadow root, owned
	struct node *host;             // shadow root: its host element
	atom_t slot_name;              // slot: its name attribute; child of a host: its slot attribute
	struct node *assigned;         // child of a host: the slot that shows it
	VEC(struct node *) shown;      // slot: the assigned nodes, in order; never groups
	size_t shown_at;               // position in assigned->shown
	struct sheet_scope *scope;     // whose style sheets match this node; borrowed
	const struct component *component; // built-in behaviour, set by runtime/component; borrowed
	void *state_data;              // built-in component's own state, see component.h
	slot_id instance;              // host of a custom component: its number in the app; 0: it is none
	bool displaced;                // stands at the end of the page: see node_set_displaced()
	bool hollow;                   // virtualHost: a host without a box; what it shows takes its place
	unsigned form_roles;           // of such a host: enum node_form_role
	bool multiple_slots;           // a host whose slots have names
	bool slots_waiting;            // is in tree->hosts
	struct style *style, *before_style, *after_style; // computed; references held, freed by on_free
	struct box *box;               // principal box of the latest layout, or NULL
	struct point scroll;           // scroll offset in CSS px
};

struct tree {
	struct node *root;
	struct slot_table ids;
	VEC(slot_id) hosts; // whose slots have to be shared out again
	VEC(slot_id) displaced; // in the order in which they came
	/* Called when a node is about to be freed, children first. */
	void (*on_free)(void *user, struct node *node);
	/* Called on the first dirty mark since the tree was last clean: ask for a frame. */
	void (*on_dirty)(void *user);
	/* Does a rule look at that class, id or attribute (0: none; "data-": any of the dataset), or that
	 * state, of an element to style what is below it? NULL: it may. */
	bool (*reaches)(void *user, atom_t name, unsigned state);
	void *user;
};

void tree_init(struct tree *tree);
void tree_finish(struct tree *tree); // frees root and asserts that no node is left

struct node *node_create(struct tree *tree, enum node_kind kind, atom_t tag);
/* The node must have no parent; frees everything below it and its shadow tree. */
void node_destroy(struct node *node);
/* before == NULL appends. A node that has a parent is moved. Marks what has to be done again. */
void node_insert(struct node *parent, struct node *node, struct node *before);
void node_remove(struct node *node); // unlinks, does not free
struct node *node_attach_shadow(struct node *host); // creates host->shadow

/* Setters compare first and mark dirty only what changed. Values are ref'd, not consumed. */
bool node_set_attr(struct node *node, atom_t name, struct value value); // undefined removes; true: changed
struct value node_attr(const struct node *node, atom_t name);          // lent; undefined when absent
struct value node_attr_text(const struct node *node, const char *name);
void node_set_id(struct node *node, struct str id);
void node_set_classes(struct node *node, struct str text); // white-space separated
void node_set_outer_classes(struct node *node, const struct node_class *classes, size_t count);
bool node_has_class(const struct node *node, atom_t name);
void node_set_style(struct node *node, struct value text);
void node_set_script_style(struct node *node, struct value text);
void node_set_placed_style(struct node *node, struct value text);
void node_set_hint_style(struct node *node, struct value text);
void node_set_script_class(struct node *node, atom_t name, bool on);
void node_set_data(struct node *node, struct str key, struct value value); // key as in dataset
void node_set_mark(struct node *node, struct str key, struct value value);
void node_set_text(struct node *node, struct value text);
struct str node_shown_text(const struct node *node); // lent
void node_set_bind(struct node *node, atom_t event, unsigned flags, struct value handler); // undefined removes
/* In the flat tree it is then one of the root's last children instead of where it is (root-portal). Events go the old way. */
void node_set_displaced(struct node *node, bool on);
void node_set_slot_name(struct node *node, atom_t name);
void node_ask_slots(struct node *node); // its slot, or it as one, may be another than before
void node_set_state(struct node *node, unsigned bit, bool on);
/* And NODE_DIRTY_CHILD up to the root. A group, slot or shadow root hands its marks to its flat
 * parent: only elements and texts are ever marked. An insertion marks the flat parent
 * NODE_DIRTY_BOX; siblings, whose position may have changed, are not marked. */
void node_mark(struct node *node, unsigned dirty);
/* "data-alpha-beta" -> "alphaBeta", "data-alphaBeta" -> "alphabeta" (framework.md section 6); text is the part after "data-". */
void node_dataset_key(struct str text, struct strbuf *out);

/* The flat tree, which style inheritance, layout, paint, hit testing and events walk: a host's
 * children are its shadow tree's; a slot's, a group's and a hollow host's children take their place.
 * Only elements and texts come out. */
struct node *node_flat_first(const struct node *node);
struct node *node_flat_next(const struct node *node);
struct node *node_flat_parent(const struct node *node); // element or NULL
/* The way of an event outwards: as the flat parent, and hollow hosts are on it. */
struct node *node_event_parent(const struct node *node);
/* Siblings as selectors see them: elements of the same tree, through groups and blocks. */
struct node *node_sibling_before(const struct node *node);
struct node *node_sibling_after(const struct node *node);
/* The parent element, or the shadow root or tree root, as selectors see it. The parts of a built-in
 * component stand below it, for those rules that reach them (swiper .wx-swiper-dot). */
struct node *node_scope_parent(const struct node *node);
/* Shares out the light children of a host (seen through groups) among the slots of its shadow tree.
 * Called after either changed: node_insert leaves a new child of a host unassigned, and so without
 * a box. A single-slot component shows all children in its first slot. A slot that is itself a
 * child of a host (passed on from an outer component) has its slot attribute among its attrs. A
 * slot to which nothing is assigned shows its own children. */
void node_assign_slots(struct node *host, bool multiple);
/* The same for the hosts that need it: before styles are made. */
void tree_assign_slots(struct tree *tree);
/* The host whose light child the node is, through groups; NULL when it is none. After a change
 * below it, that host's slots have to be assigned again. */
struct node *node_slot_host(const struct node *node);

/* One line a node, indented: the golden tests' format. Groups are left out. */
void node_dump(const struct node *node, struct strbuf *out);

#endif

/* Instances of custom components, and a page's own: what stands in the tree for an object of the logic layer.
 *
 * The script side leads: it changes data, and gets back what the template's run made of it as a list of steps (see enum
 * instance_step), which it carries out: instances are made, told their properties, attached, dropped. So no script
 * runs while a template does, and the order is that of the reference engine: a child is made and created before its
 * owner's attributes reach it, and attached after its owner.
 *
 * An instance is owned by its page and ends with its host node; others keep its number. */
#ifndef MINA_APP_INSTANCE_H
#define MINA_APP_INSTANCE_H

#include "runtime/app/definition.h"

/* Each step is its number and then its arguments, flat in one array; component.js carries them out. */
enum instance_step {
	STEP_NEW = 1, // id, definition, owner, parent (nearest component around it in the same template; 0), node, {model}|0
	STEP_CREATED, // id
	STEP_PROPS,   // id, {name: value}
	STEP_WATCH,   // id: the observers of those properties
	STEP_ATTACH,  // [ids]
	STEP_DETACH,  // [ids]
	STEP_DROP,    // [ids]
	STEP_MOVED,   // [ids]
	STEP_FACTS,   // id, {id, dataset} of one that goes
};

struct instance_class { // what an external class of the instance stands for
	atom_t name;
	VEC(struct node_class) classes;
};

struct instance {
	struct app *app;
	struct page *page;
	struct definition *definition;
	struct instance *owner; // whose template has it; NULL: a page
	slot_id id, node;
	struct value data;      // what the template sees
	struct value pending;   // properties that the owner's run has changed
	struct wxml_render *render;
	struct sheet_scope *scope;
	VEC(struct used) generics;
	VEC(struct instance_class) classes;
	int depth;
	bool attached, dirty, fresh; // fresh: attributes are still to come
	bool unread;  // its object has not asked for its data yet: no STEP_PROPS until then
	bool changed; // properties, by the owner's run
};

/* The page's own; `node` is the root of its view. */
void instance_init_page(struct instance *instance, struct page *page);
void instance_finish_page(struct instance *instance);
struct instance *app_instance(const struct app *app, slot_id id); // NULL: gone
struct value instance_facts(const struct node *node);              // {id, dataset}; new
/* The properties that are not what they were at first, for its object; from now on it is told. New. */
struct value instance_read(struct instance *instance);
struct node *instance_root(const struct instance *instance);      // shadow root, or the page's root
/* Runs the template; the steps are gathered in app->steps. */
void instance_render(struct instance *instance);
/* Patches as setData has them: an object, or an array of them. Lent. */
void instance_patch(struct instance *instance, struct value patches);
/* With the next frame when nobody can tell, else now. */
void instance_show(struct instance *instance);
/* What was gathered since the last time: an array, or undefined. New. */
struct value app_take_steps(struct app *app);
/* custom-tab-bar/index (自定义 tabBar), above what the page's template makes; 0: the package has none. */
slot_id instance_add_tab_bar(struct page *page);
/* A host that no template makes, last in its page, with the attributes that it has. */
slot_id instance_put(struct instance *owner, struct definition *definition, struct node *node);
/* It and all below it are attached, or detached, from now on; their numbers, new. */
struct value instance_attach(struct instance *instance);
struct value instance_detach(struct instance *instance);
/* All instances of the page in tree order are attached from now on; their numbers, new. */
struct value instance_attach_page(struct instance *instance);
/* The page is about to go: STEP_DETACH of all of them is gathered. */
void instance_detach_page(struct instance *instance);
/* After a calm change (definition_is_calm()): with the next frame; page_render_calm() is for who asks before. */
void instance_defer(struct instance *instance);
void page_render_calm(struct page *page);
/* Everything that waits for the frame. */
void page_render_dirty(struct page *page);

#endif

/* An instance of a program, as render.c and rows.c share it. A body's instance is a region with a
 * cell for each part. Branches, rows and templates hang below a group node each, so that they
 * come, go and move as one. What is beyond the limits of size and depth is never made: then
 * regions and nodes are NULL, and everything passes over them. */
#ifndef MINA_WXML_INSTANCE_H
#define MINA_WXML_INSTANCE_H

#include "core/wxml/program.h"

#define RENDER_DEPTH_MAX 600 // elements and blocks inside of each other, templates included
#define RENDER_NODES_MAX 200000

/* What expressions see: the data of the file or template, and the variables of the loops around. */
struct world {
	const struct wxml_frame *frame;
	struct value data;
	struct value *slots; // lent by the rows at hand
};

struct row {
	struct node *group;
	struct region *region;
	struct value item, index;
};

/* Of PART_IF, PART_FOR and PART_USE: what is shown. */
struct block {
	struct region *region; // if, use
	size_t branch;         // if: position + 1; 0: none
	struct value list;     // for; characters of a text as an array
	VEC(struct row) rows;
	bool told_number, told_key; // for: warned about
	const struct wxml_template *template; // use
	struct world world;
};

struct cell {
	struct node *node;   // element, slot, text; of the others the group
	struct block *block; // of the others
};

struct region {
	const struct body *body;
	struct cell cells[];
};

struct wxml_render {
	const struct wxml_program *program;
	struct wxml_render_ops ops;
	struct node *root, *group;
	struct region *region;
	struct world world;
	struct wxml_stats stats;
	size_t live, live_max; // nodes and rows
	int depth, building;   // building: regions that are being made
	struct map warned;     // run-time warnings are given once
	bool running, again;   // a callback asked for a run while one was on
	struct value next;     // the data of that run
};

/* render.c */
struct value render_evaluate(struct wxml_render *render, const struct world *world, const struct binding *binding); // new
void render_warn(struct wxml_render *render, const struct part *part, const char *text, struct str name);
struct node *render_group(struct wxml_render *render, struct node *parent, struct node *before);
/* NULL: the render is as large or as deep as it may be. */
struct region *region_create(struct wxml_render *render, const struct body *body, struct world *world,
	struct node *parent);
void region_update(struct wxml_render *render, struct region *region, struct world *world, const struct mask *changed);
/* Removes the nodes of the group as well, which may be NULL. */
void region_destroy(struct wxml_render *render, struct region *region, struct node *group);
/* rows.c: `changed` is NULL the first time. */
void rows_update(struct wxml_render *render, const struct part *part, struct cell *cell, struct world *world,
	const struct mask *changed);
void rows_finish(struct wxml_render *render, struct block *block);

#endif

/* One instance of a program: what stands for each part, and what changes when the data change. */
#include "core/wxml/instance.h"

static void update_parts(struct wxml_render *render, struct region *region, struct parts parts, struct world *world,
	const struct mask *changed);

/* --- values --- */

static struct value module_exports(void *user, unsigned number)
{
	struct wxml_render *render = user;
	const struct wxml_set *set = render->program->source->set;
	if (!render->ops.wxs_module || number >= set->modules.len) {
		return value_undefined();
	}
	const struct module *module = set->modules.at[number];
	return render->ops.wxs_module(render->ops.user, module->source->path, module->name);
}

static struct value call_function(void *user, uint32_t function, const struct value *args, size_t count)
{
	struct wxml_render *render = user;
	return render->ops.wxs_call ? render->ops.wxs_call(render->ops.user, function, args, count) : value_undefined();
}

struct value render_evaluate(struct wxml_render *render, const struct world *world, const struct binding *binding)
{
	if (!binding->expr) {
		return value_ref(binding->literal);
	}
	render->stats.evaluated++;
	struct expr_env env = {world->data, world->slots, module_exports, call_function, render};
	return expr_run(binding->expr, &env);
}

static struct value as_text(struct value value)
{
	if (value.type == VALUE_STRING) {
		return value;
	}
	struct strbuf text = {0};
	if (!value_is_nullish(value)) {
		value_to_text(value, &text);
	}
	value_unref(value);
	return value_take(&text);
}

void render_warn(struct wxml_render *render, const struct part *part, const char *text, struct str name)
{
	struct strbuf key = {0};
	strbuf_printf(&key, "%s %d %d " STR_FMT, text, part->line, part->column, STR_ARG(part->file));
	if (render->ops.diags && !map_has(&render->warned, strbuf_str(&key))) {
		map_set(&render->warned, strbuf_str(&key), render);
		diag_add(render->ops.diags, DIAG_WARNING, part->file, part->line, part->column, text, STR_ARG(name));
	}
	strbuf_finish(&key);
}

struct node *render_group(struct wxml_render *render, struct node *parent, struct node *before)
{
	struct node *group = node_create(parent->tree, NODE_GROUP, 0);
	node_insert(parent, group, before);
	return group;
}

static void discard(struct wxml_render *render, struct node *node)
{
	if (render->ops.removed) {
		render->ops.removed(render->ops.user, node);
	}
	node_remove(node);
	node_destroy(node);
}

/* --- elements --- */

/* class="{{[a, b]}}" is two classes. */
static struct value class_text(struct value value)
{
	struct strbuf text = {0};
	if (value.type != VALUE_ARRAY) {
		return as_text(value_ref(value));
	}
	for (size_t i = 0; i < value_len(value); i++) {
		struct value name = as_text(value_ref(value_at(value, i)));
		strbuf_add(&text, value_str(name));
		strbuf_add_char(&text, ' ');
		value_unref(name);
	}
	return value_take(&text);
}

/* The path of a two-way binding as setData takes it; empty inside of wx:for. */
static struct value model_path(const struct binding *binding)
{
	const struct expr_read *read;
	struct strbuf path = {0};
	if (expr_reads(binding->expr, &read) && !read->is_slot) {
		strbuf_add(&path, read->root);
		for (size_t i = 0; i < read->count; i++) {
			strbuf_add_char(&path, '.');
			strbuf_add(&path, read->steps[i]);
		}
	}
	return value_take(&path);
}

static void tell(struct wxml_render *render, struct node *node, const char *name, struct value text, bool first)
{
	if (!first && node->instance && render->ops.changed) {
		render->ops.changed(render->ops.user, node, atom_of(name), text);
	}
	if (!first && name[0] == 'c' && render->ops.classed) {
		render->ops.classed(render->ops.user, node);
	}
}

static void apply(struct wxml_render *render, struct node *node, const struct attr *attr, struct value value, bool first)
{
	struct value text;
	switch (attr->kind) {
	case ATTR_PLAIN:
		if (node_set_attr(node, attr->name, value) && !first && render->ops.changed) {
			render->ops.changed(render->ops.user, node, attr->name, value);
		}
		break;
	case ATTR_ID:
		text = as_text(value_ref(value));
		node_set_id(node, value_str(text));
		value_unref(text);
		break;
	case ATTR_CLASS:
		text = class_text(value);
		node_set_classes(node, value_str(text));
		tell(render, node, "class", text, first);
		value_unref(text);
		break;
	case ATTR_STYLE:
		text = as_text(value_ref(value));
		node_set_style(node, text);
		tell(render, node, "style", text, first);
		value_unref(text);
		break;
	case ATTR_DATA:
		node_set_data(node, attr->key, value);
		break;
	case ATTR_MARK:
		node_set_mark(node, attr->key, value);
		break;
	case ATTR_BIND:
		node_set_bind(node, attr->name, attr->flags, value);
		break;
	case ATTR_SLOT:
	case ATTR_NAME:
		text = as_text(value_ref(value));
		node_set_slot_name(node, atom_intern(value_str(text)));
		value_unref(text);
		break;
	case ATTR_MODEL:
		text = model_path(&attr->binding);
		node_set_attr(node, attr->name, text);
		value_unref(text);
		break;
	}
}

static struct value attribute_value(struct wxml_render *render, const struct world *world, const struct attr *attr)
{
	struct value value = render_evaluate(render, world, &attr->binding);
	bool blank = render->ops.blank_undefined && value_is(value, VALUE_UNDEFINED);
	return blank ? value_string(STR("")) : value;
}

static void keep_written(struct wxml_render *render, struct node *node, const struct attr *attr, struct value value)
{
	if (render->ops.keep_written && attr->written.len) {
		bool made = value_is(value, VALUE_FUNCTION) && expr_calls(attr->binding.expr); // by a call: wcc has null for it
		node->written = value_is(node->written, VALUE_OBJECT) ? value_unshared(node->written) : value_object_new(4);
		if (attr->kind == ATTR_CLASS && node->parent && !value_has(node->written, STR("$class"))) { // the first one
			value_object_set_text(&node->written, "$class", value_ref(value_get(node->written, attr->written)));
		}
		value_object_set(&node->written, attr->written, made ? value_null() : value_ref(value));
	}
}

static void make_element(struct wxml_render *render, struct region *region, const struct part *part, struct world *world,
	struct node *parent)
{
	struct node *node = node_create(parent->tree, part->kind == PART_SLOT ? NODE_SLOT : NODE_ELEMENT, part->tag);
	region->cells[part->cell].node = node;
	render->stats.created++;
	if (render->ops.created && part->kind == PART_ELEMENT) {
		render->ops.created(render->ops.user, node);
	}
	for (size_t i = 0; i < part->class_count; i++) {
		vec_push(&node->classes, part->classes[i]);
	}
	for (size_t i = 0; i < value_count(part->dataset); i++) {
		node_set_data(node, value_key(part->dataset, i), value_entry(part->dataset, i));
	}
	if (render->ops.keep_written) {
		node->written = value_ref(part->written);
	}
	for (size_t i = 0; i < part->attr_count; i++) {
		struct value value = attribute_value(render, world, &part->attrs[i]);
		if (i >= part->literal_count) {
			keep_written(render, node, &part->attrs[i], value);
		}
		apply(render, node, &part->attrs[i], value, true);
		value_unref(value);
	}
	node_insert(parent, node, NULL);
	if (render->ops.classed && node->classes.len) {
		render->ops.classed(render->ops.user, node);
	}
	if (render->ops.ready && part->kind == PART_ELEMENT) {
		render->ops.ready(render->ops.user, node);
	}
}

static void update_element(struct wxml_render *render, struct node *node, const struct part *part, struct world *world,
	const struct mask *changed)
{
	for (size_t i = part->literal_count; i < part->attr_count; i++) {
		const struct attr *attr = &part->attrs[i];
		if (mask_meets(&attr->binding.reads, changed)) {
			struct value value = attribute_value(render, world, attr);
			keep_written(render, node, attr, value);
			apply(render, node, attr, value, false);
			value_unref(value);
		}
	}
	if (node->instance && render->ops.updated) {
		render->ops.updated(render->ops.user, node);
	}
}

static void update_text(struct wxml_render *render, struct node *node, const struct part *part, struct world *world)
{
	struct value text = as_text(render_evaluate(render, world, &part->text));
	node_set_text(node, text);
	value_unref(text);
}

/* --- wx:if --- */

/* Position + 1 of the branch that is shown; 0: none. */
static size_t choose(struct wxml_render *render, const struct part *part, struct world *world)
{
	for (size_t i = 0; i < part->branch_count; i++) {
		if (part->branches[i].always) {
			return i + 1;
		}
		struct value condition = render_evaluate(render, world, &part->branches[i].condition);
		bool shown = value_to_bool(condition);
		value_unref(condition);
		if (shown) {
			return i + 1;
		}
	}
	return 0;
}

static void follow_region(struct wxml_render *render, struct region *region, struct world *world, const struct mask *changed)
{
	if (region && mask_meets(&region->body->reads, changed)) {
		region_update(render, region, world, changed);
	} else {
		render->stats.skipped++;
	}
}

/* Takes away what a branch or template shows, and leaves the group. */
static void drop_content(struct wxml_render *render, struct cell *cell)
{
	while (cell->node->first) {
		render->stats.removed++;
		discard(render, cell->node->first);
	}
	region_destroy(render, cell->block->region, NULL);
	cell->block->region = NULL;
}

static struct node *only_slot(const struct node *group)
{
	return group->first && group->first == group->last && group->first->kind == NODE_SLOT ? group->first : NULL;
}

static void update_if(struct wxml_render *render, struct cell *cell, const struct part *part, struct world *world,
	const struct mask *changed)
{
	struct block *block = cell->block;
	size_t branch = !changed || mask_meets(&part->own, changed) ? choose(render, part, world) : block->branch;
	if (changed && branch == block->branch) {
		follow_region(render, block->region, world, changed);
		return;
	}
	const struct node *before = render->ops.keep_slots ? only_slot(cell->node) : NULL;
	atom_t name = before ? before->slot_name : 0;
	drop_content(render, cell);
	block->branch = branch;
	if (branch) {
		block->region = region_create(render, part->branches[branch - 1].body, world, cell->node);
	}
	if (before && only_slot(cell->node)) {
		node_set_slot_name(only_slot(cell->node), name);
	}
}

/* --- templates --- */

static void world_init(struct world *world, const struct wxml_frame *frame)
{
	world->frame = frame;
	world->slots = mem_alloc_array(frame->slots + 1, sizeof(*world->slots));
}

static void world_finish(struct world *world)
{
	value_unref(world->data);
	mem_free(world->slots);
	*world = (struct world){0};
}

static const struct wxml_template *find_template(struct wxml_render *render, const struct part *part, struct world *world)
{
	const struct template_use *use = part->use;
	if (!use->is.expr) {
		return use->known;
	}
	struct value name = as_text(render_evaluate(render, world, &use->is));
	const struct wxml_template *template = value_str(name).len ? wxml_find_template(use->source, value_str(name)) : NULL;
	if (!template && value_str(name).len) {
		render_warn(render, part, "Template `" STR_FMT "` not found.", value_str(name));
	}
	value_unref(name);
	return template;
}

static void show_template(struct wxml_render *render, struct cell *cell, const struct wxml_template *template,
	struct value data)
{
	struct block *block = cell->block;
	drop_content(render, cell);
	world_finish(&block->world);
	block->template = template;
	if (template) {
		world_init(&block->world, template->frame);
		block->world.data = value_ref(data);
		block->region = region_create(render, template->frame->body, &block->world, cell->node);
	}
}

static void update_use(struct wxml_render *render, struct cell *cell, const struct part *part, struct world *world,
	const struct mask *changed)
{
	struct block *block = cell->block;
	if (changed && !mask_meets(&part->own, changed)) {
		return;
	}
	const struct wxml_template *template = find_template(render, part, world);
	struct value data = render_evaluate(render, world, &part->use->data);
	if (template != block->template || !block->region) {
		show_template(render, cell, template, data);
	} else {
		struct mask inner = {0};
		depend_compare(&template->frame->depend, block->world.data, data, &inner);
		value_unref(block->world.data);
		block->world.data = value_ref(data);
		follow_region(render, block->region, &block->world, &inner);
	}
	value_unref(data);
}

/* --- regions --- */

static void update_block(struct wxml_render *render, struct cell *cell, const struct part *part, struct world *world,
	const struct mask *changed)
{
	if (part->kind == PART_IF) {
		update_if(render, cell, part, world, changed);
	} else if (part->kind == PART_FOR) {
		rows_update(render, part, cell, world, changed);
	} else {
		update_use(render, cell, part, world, changed);
	}
}

static void make_parts(struct wxml_render *render, struct region *region, struct parts parts, struct world *world,
	struct node *parent)
{
	for (size_t i = 0; i < parts.count; i++) {
		const struct part *part = &parts.at[i];
		struct cell *cell = &region->cells[part->cell];
		switch (part->kind) {
		case PART_ELEMENT:
		case PART_SLOT:
			make_element(render, region, part, world, parent);
			render->depth++;
			make_parts(render, region, part->children, world, cell->node);
			render->depth--;
			break;
		case PART_TEXT:
			cell->node = node_create(parent->tree, NODE_TEXT, 0);
			render->stats.created++;
			update_text(render, cell->node, part, world);
			node_insert(parent, cell->node, NULL);
			break;
		case PART_IF:
		case PART_FOR:
		case PART_USE:
			cell->node = render_group(render, parent, NULL);
			cell->block = mem_alloc(sizeof(*cell->block));
			update_block(render, cell, part, world, NULL);
			break;
		}
	}
}

static void update_parts(struct wxml_render *render, struct region *region, struct parts parts, struct world *world,
	const struct mask *changed)
{
	for (size_t i = 0; i < parts.count; i++) {
		const struct part *part = &parts.at[i];
		struct cell *cell = &region->cells[part->cell];
		if (!mask_meets(&part->reads, changed)) {
			render->stats.skipped++;
			continue;
		}
		switch (part->kind) {
		case PART_ELEMENT:
		case PART_SLOT:
			if (mask_meets(&part->own, changed)) {
				update_element(render, cell->node, part, world, changed);
			}
			render->depth++;
			update_parts(render, region, part->children, world, changed);
			render->depth--;
			break;
		case PART_TEXT:
			update_text(render, cell->node, part, world);
			break;
		case PART_IF:
		case PART_FOR:
		case PART_USE:
			update_block(render, cell, part, world, changed);
			break;
		}
	}
}

/* Once for all of the render: what is left out is left out in many places. */
static void warn_limit(struct wxml_render *render, const struct body *body, const char *text)
{
	if (!map_has(&render->warned, str_of(text)) && body->parts.count) {
		map_set(&render->warned, str_of(text), render);
		render_warn(render, &body->parts.at[0], text, STR(""));
	}
}

struct region *region_create(struct wxml_render *render, const struct body *body, struct world *world,
	struct node *parent)
{
	if (render->depth >= RENDER_DEPTH_MAX) {
		warn_limit(render, body, "Elements and templates are nested without an end here" STR_FMT ": the rest is left out.");
		return NULL;
	}
	if (render->live + body->cells > render->live_max) {
		warn_limit(render, body, "The page has too many elements" STR_FMT ": the rest is left out.");
		return NULL;
	}
	struct region *region = mem_alloc(sizeof(*region) + body->cells * sizeof(region->cells[0]));
	region->body = body;
	render->live += body->cells;
	render->depth++;
	render->building++;
	make_parts(render, region, body->parts, world, parent);
	render->building--;
	render->depth--;
	if (!render->building && render->ops.added) {
		render->ops.added(render->ops.user, parent);
	}
	return region;
}

void region_update(struct wxml_render *render, struct region *region, struct world *world, const struct mask *changed)
{
	render->depth++;
	update_parts(render, region, region->body->parts, world, changed);
	render->depth--;
}

static void block_destroy(struct wxml_render *render, struct block *block)
{
	region_destroy(render, block->region, NULL);
	rows_finish(render, block);
	world_finish(&block->world);
	mem_free(block);
}

void region_destroy(struct wxml_render *render, struct region *region, struct node *group)
{
	if (group) {
		render->stats.removed++;
		discard(render, group);
	}
	if (!region) {
		return;
	}
	for (unsigned i = 0; region->body->stateful && i < region->body->cells; i++) {
		if (region->cells[i].block) {
			block_destroy(render, region->cells[i].block);
		}
	}
	render->live -= region->body->cells;
	mem_free(region);
}

/* --- a render --- */

struct wxml_render *wxml_render_create(const struct wxml_program *program, struct node *root, const struct wxml_render_ops *ops)
{
	struct wxml_render *render = mem_alloc(sizeof(*render));
	render->program = program;
	render->root = root;
	render->ops = *ops;
	render->live_max = RENDER_NODES_MAX;
	world_init(&render->world, program->frame);
	return render;
}

void wxml_render_destroy(struct wxml_render *render)
{
	if (!render) {
		return;
	}
	region_destroy(render, render->region, render->group);
	world_finish(&render->world);
	value_unref(render->next);
	map_finish(&render->warned);
	mem_free(render);
}

/* What changed is found by comparing, which is exact: data are copied on write. */
static void run_once(struct wxml_render *render, struct value data)
{
	struct value before = render->world.data;
	render->world.data = value_ref(data);
	if (!render->group) {
		render->group = render_group(render, render->root, NULL);
		render->region = region_create(render, render->program->frame->body, &render->world, render->group);
	} else {
		struct mask changed = {0};
		depend_compare(&render->program->frame->depend, before, data, &changed);
		follow_region(render, render->region, &render->world, &changed);
	}
	value_unref(before);
}

void wxml_render_run(struct wxml_render *render, struct value data, const struct wxml_change *changes, size_t count)
{
	UNUSED(changes);
	UNUSED(count);
	if (render->running) {
		value_unref(render->next);
		render->next = value_ref(data);
		render->again = true;
		return;
	}
	render->stats = (struct wxml_stats){0};
	render->running = true;
	run_once(render, data);
	while (render->again) {
		struct value next = render->next;
		render->next = value_undefined();
		render->again = false;
		run_once(render, next);
		value_unref(next);
	}
	render->running = false;
}

struct wxml_stats wxml_render_stats(const struct wxml_render *render) { return render->stats; }

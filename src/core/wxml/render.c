/* One instance of a program: what stands for each part, and what changes when the data change.
 * A body's instance is a region; branches, rows and templates hang below a group node each, so
 * that they come, go and move as one. */
#include "core/wxml/program.h"
#include "core/wxml/reorder.h"

#define USES_MAX 200 // templates inside of templates

/* What expressions see: the data of the file or template, and the variables of the loops around. */
struct world {
	const struct wxml_frame *frame;
	struct value data;
	struct value *slots; // borrowed from the rows at hand
};

struct row {
	struct node *group;
	struct region *region;
	struct value item, index;
	struct value key; // a string, or undefined
};

struct cell {
	struct node *node;     // element, slot, text; of the others the group
	struct region *region; // if, use
	size_t branch;         // if: position + 1
	struct value list;     // for
	VEC(struct row) rows;
	bool by_name;          // for: over an object
	const struct wxml_template *template; // use
	struct world world;
};

struct region {
	const struct body *body;
	struct cell *cells;
};

struct wxml_render {
	const struct wxml_program *program;
	struct wxml_render_ops ops;
	struct node *root, *group;
	struct region *region;
	struct world world;
	struct wxml_stats stats;
	int uses;
	struct map warned; // of run-time warnings that are given once
};

static struct region *region_create(struct wxml_render *render, const struct body *body, struct world *world,
	struct node *parent);
static void region_destroy(struct region *region);
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

/* A new value. */
static struct value evaluate(struct wxml_render *render, const struct world *world, const struct binding *binding)
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

static void warn_once(struct wxml_render *render, const struct part *part, const char *text, struct str name)
{
	struct strbuf key = {0};
	strbuf_printf(&key, "%s %d %d " STR_FMT, text, part->line, part->column, STR_ARG(part->file));
	if (render->ops.diags && !map_has(&render->warned, strbuf_str(&key))) {
		map_set(&render->warned, strbuf_str(&key), render);
		diag_add(render->ops.diags, DIAG_WARNING, part->file, part->line, part->column, text, STR_ARG(name));
	}
	strbuf_finish(&key);
}

static struct node *add_group(struct wxml_render *render, struct node *parent, struct node *before)
{
	struct node *group = node_create(parent->tree, NODE_GROUP, 0);
	node_insert(parent, group, before);
	return group;
}

static void discard(struct node *node)
{
	node_remove(node);
	node_destroy(node);
}

/* --- elements --- */

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
		text = as_text(value_ref(value));
		node_set_classes(node, value_str(text));
		value_unref(text);
		break;
	case ATTR_STYLE:
		text = as_text(value_ref(value));
		node_set_style(node, text);
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
	for (size_t i = 0; i < part->attr_count; i++) {
		struct value value = evaluate(render, world, &part->attrs[i].binding);
		apply(render, node, &part->attrs[i], value, true);
		value_unref(value);
	}
	node_insert(parent, node, NULL);
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
			struct value value = evaluate(render, world, &attr->binding);
			apply(render, node, attr, value, false);
			value_unref(value);
		}
	}
}

static void update_text(struct wxml_render *render, struct node *node, const struct part *part, struct world *world)
{
	struct value text = as_text(evaluate(render, world, &part->text));
	node_set_text(node, text);
	value_unref(text);
}

/* --- wx:if --- */

static void drop_region(struct wxml_render *render, struct cell *cell)
{
	while (cell->node->first) {
		render->stats.removed++;
		discard(cell->node->first);
	}
	region_destroy(cell->region);
	cell->region = NULL;
}

/* Position + 1 of the branch that is shown; 0: none. */
static size_t choose(struct wxml_render *render, const struct part *part, struct world *world)
{
	for (size_t i = 0; i < part->branch_count; i++) {
		if (part->branches[i].always) {
			return i + 1;
		}
		struct value condition = evaluate(render, world, &part->branches[i].condition);
		bool shown = value_to_bool(condition);
		value_unref(condition);
		if (shown) {
			return i + 1;
		}
	}
	return 0;
}

static void update_if(struct wxml_render *render, struct cell *cell, const struct part *part, struct world *world,
	const struct mask *changed)
{
	size_t branch = !changed || mask_meets(&part->own, changed) ? choose(render, part, world) : cell->branch;
	if (changed && branch == cell->branch) {
		if (cell->region && mask_meets(&cell->region->body->reads, changed)) {
			update_parts(render, cell->region, cell->region->body->parts, world, changed);
		} else {
			render->stats.skipped++;
		}
		return;
	}
	drop_region(render, cell);
	cell->branch = branch;
	if (branch) {
		cell->region = region_create(render, part->branches[branch - 1].body, world, cell->node);
	}
}

/* --- wx:for --- */

static size_t list_length(struct value list)
{
	switch (list.type) {
	case VALUE_ARRAY:
		return value_len(list);
	case VALUE_OBJECT:
		return value_count(list);
	case VALUE_NUMBER:
		return list.number > 0 && list.number < 1e6 ? (size_t)list.number : 0;
	default:
		return 0;
	}
}

/* A text is a list of its characters. */
static struct value spread_text(struct value list)
{
	struct value characters = value_array_new(0);
	struct str text = value_str(list);
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		str_utf8_next(text, &at);
		value_array_push(&characters, value_string(str_slice(text, from, at)));
	}
	value_unref(list);
	return characters;
}

static void list_row(struct value list, size_t i, struct row *row)
{
	bool object = list.type == VALUE_OBJECT;
	row->item = list.type == VALUE_NUMBER ? value_number((double)i)
		: value_ref(object ? value_entry(list, i) : value_at(list, i));
	row->index = object ? value_string(value_key(list, i)) : value_number((double)i);
}

static struct value row_key(const struct loop *loop, const struct row *row)
{
	if (loop->key == KEY_NONE) {
		return value_undefined();
	}
	bool simple = loop->key == KEY_ITEM || (row->item.type != VALUE_OBJECT && row->item.type != VALUE_ARRAY);
	return as_text(value_ref(simple ? row->item : expr_member(row->item, loop->property)));
}

static void row_finish(struct wxml_render *render, struct row *row)
{
	if (row->group) {
		render->stats.removed++;
		discard(row->group);
	}
	if (row->region) {
		region_destroy(row->region);
	}
	value_unref(row->item);
	value_unref(row->index);
	value_unref(row->key);
}

static void enter_row(struct world *world, const struct loop *loop, const struct row *row)
{
	world->slots[loop->slot] = row->item;
	world->slots[loop->slot + 1] = row->index;
}

/* Runs what a kept row reads, given what its variables were before. */
static void update_row(struct wxml_render *render, const struct loop *loop, struct row *row, struct value item,
	struct value index, struct world *world, const struct mask *changed)
{
	struct mask mask = *changed;
	depend_compare_slot(&world->frame->depend, loop->item_root, item, row->item, &mask);
	depend_compare_slot(&world->frame->depend, loop->index_root, index, row->index, &mask);
	if (!mask_meets(&loop->body->reads, &mask)) {
		render->stats.skipped++;
		return;
	}
	enter_row(world, loop, row);
	update_parts(render, row->region, loop->body->parts, world, &mask);
}

/* For each new row the old one that it continues, REORDER_NEW for none: by key, else by place. */
static void match_rows(struct wxml_render *render, const struct part *part, struct cell *cell, struct row *rows,
	size_t count, size_t *was)
{
	if (part->loop->key == KEY_NONE) {
		for (size_t i = 0; i < count; i++) {
			was[i] = i < cell->rows.len ? i : REORDER_NEW;
		}
		return;
	}
	struct map places = {0}; // key to position + 1; taken ones are removed
	for (size_t i = 0; i < cell->rows.len; i++) {
		map_set(&places, value_str(cell->rows.at[i].key), (void *)(uintptr_t)(i + 1));
	}
	for (size_t i = 0; i < count; i++) {
		size_t place = (size_t)(uintptr_t)map_remove(&places, value_str(rows[i].key));
		was[i] = place ? place - 1 : REORDER_NEW;
	}
	map_finish(&places);
}

/* Equal keys are told apart by their number, so that each row is continued by one row only. */
static void name_rows(struct wxml_render *render, const struct part *part, struct row *rows, size_t count)
{
	struct map seen = {0};
	for (size_t i = 0; i < count; i++) {
		rows[i].key = row_key(part->loop, &rows[i]);
		if (part->loop->key == KEY_NONE) {
			continue;
		}
		uintptr_t times = (uintptr_t)map_get(&seen, value_str(rows[i].key));
		map_set(&seen, value_str(rows[i].key), (void *)(times + 1));
		if (times) {
			warn_once(render, part, "Do not set same key \"" STR_FMT "\" in wx:key.", value_str(rows[i].key));
			struct strbuf text = {0};
			strbuf_printf(&text, STR_FMT "\x01%zu", STR_ARG(value_str(rows[i].key)), (size_t)times);
			value_unref(rows[i].key);
			rows[i].key = value_take(&text);
		}
	}
	map_finish(&seen);
}

static void place_rows(struct wxml_render *render, struct cell *cell, struct row *rows, size_t count, const size_t *was)
{
	bool *stays = mem_alloc_array(count + 1, sizeof(*stays));
	reorder_stays(was, count, stays);
	struct node *before = NULL;
	for (size_t i = count; i > 0; i--) {
		struct row *row = &rows[i - 1];
		if (!row->group) {
			row->group = add_group(render, cell->node, before);
		} else if (!stays[i - 1]) {
			render->stats.moved++;
			node_insert(cell->node, row->group, before);
		}
		before = row->group;
	}
	mem_free(stays);
}

static void change_rows(struct wxml_render *render, struct cell *cell, const struct part *part, struct world *world,
	const struct mask *changed)
{
	const struct loop *loop = part->loop;
	size_t count = list_length(cell->list);
	struct row *rows = mem_alloc_array(count + 1, sizeof(*rows));
	size_t *was = mem_alloc_array(count + 1, sizeof(*was));
	for (size_t i = 0; i < count; i++) {
		list_row(cell->list, i, &rows[i]);
	}
	name_rows(render, part, rows, count);
	match_rows(render, part, cell, rows, count, was);
	struct row *old = mem_alloc_array(count + 1, sizeof(*old));
	for (size_t i = 0; i < count; i++) {
		if (was[i] != REORDER_NEW) {
			old[i] = cell->rows.at[was[i]];
			rows[i].group = old[i].group;
			rows[i].region = old[i].region;
			cell->rows.at[was[i]].group = NULL;
		}
	}
	for (size_t i = 0; i < cell->rows.len; i++) {
		if (cell->rows.at[i].group) {
			row_finish(render, &cell->rows.at[i]);
		}
	}
	place_rows(render, cell, rows, count, was);
	vec_clear(&cell->rows);
	for (size_t i = 0; i < count; i++) {
		if (rows[i].region) {
			update_row(render, loop, &rows[i], old[i].item, old[i].index, world, changed);
			old[i].group = NULL;
			old[i].region = NULL;
			row_finish(render, &old[i]);
		} else {
			enter_row(world, loop, &rows[i]);
			rows[i].region = region_create(render, loop->body, world, rows[i].group);
		}
		vec_push(&cell->rows, rows[i]);
	}
	mem_free(old);
	mem_free(rows);
	mem_free(was);
}

static void update_for(struct wxml_render *render, struct cell *cell, const struct part *part, struct world *world,
	const struct mask *changed)
{
	static const struct mask nothing;
	const struct loop *loop = part->loop;
	if (!changed || mask_meets(&part->own, changed)) {
		struct value list = evaluate(render, world, &loop->list);
		list = list.type == VALUE_STRING ? spread_text(list) : list;
		bool same = changed && value_identical(list, cell->list);
		value_unref(cell->list);
		cell->list = list;
		if (!same) {
			change_rows(render, cell, part, world, changed ? changed : &nothing);
			return;
		}
	}
	if (!mask_meets(&loop->body->reads, changed)) {
		render->stats.skipped++;
		return;
	}
	for (size_t i = 0; i < cell->rows.len; i++) {
		enter_row(world, loop, &cell->rows.at[i]);
		update_parts(render, cell->rows.at[i].region, loop->body->parts, world, changed);
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
	struct value name = as_text(evaluate(render, world, &use->is));
	const struct wxml_template *template = value_str(name).len ? wxml_find_template(use->origin, value_str(name)) : NULL;
	if (!template && value_str(name).len) {
		warn_once(render, part, "Template `" STR_FMT "` not found.", value_str(name));
	}
	value_unref(name);
	return template;
}

static void show_template(struct wxml_render *render, struct cell *cell, const struct part *part)
{
	if (++render->uses > USES_MAX) {
		warn_once(render, part, "Templates use each other without an end here" STR_FMT ": the rest is left out.", STR(""));
	} else {
		cell->region = region_create(render, cell->template->frame->body, &cell->world, cell->node);
	}
	render->uses--;
}

static void update_use(struct wxml_render *render, struct cell *cell, const struct part *part, struct world *world,
	const struct mask *changed)
{
	if (changed && !mask_meets(&part->own, changed)) {
		return;
	}
	const struct wxml_template *template = find_template(render, part, world);
	struct value data = evaluate(render, world, &part->use->data);
	if (template != cell->template || !cell->region) {
		drop_region(render, cell);
		world_finish(&cell->world);
		cell->template = template;
		if (template) {
			world_init(&cell->world, template->frame);
			cell->world.data = value_ref(data);
			show_template(render, cell, part);
		}
	} else {
		struct mask inner = {0};
		depend_compare(&template->frame->depend, cell->world.data, data, &inner);
		value_unref(cell->world.data);
		cell->world.data = value_ref(data);
		render->uses++;
		if (mask_meets(&cell->region->body->reads, &inner)) {
			update_parts(render, cell->region, cell->region->body->parts, &cell->world, &inner);
		} else {
			render->stats.skipped++;
		}
		render->uses--;
	}
	value_unref(data);
}

/* --- regions --- */

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
			make_parts(render, region, part->children, world, cell->node);
			break;
		case PART_TEXT:
			cell->node = node_create(parent->tree, NODE_TEXT, 0);
			render->stats.created++;
			update_text(render, cell->node, part, world);
			node_insert(parent, cell->node, NULL);
			break;
		case PART_IF:
			cell->node = add_group(render, parent, NULL);
			update_if(render, cell, part, world, NULL);
			break;
		case PART_FOR:
			cell->node = add_group(render, parent, NULL);
			update_for(render, cell, part, world, NULL);
			break;
		case PART_USE:
			cell->node = add_group(render, parent, NULL);
			update_use(render, cell, part, world, NULL);
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
			update_parts(render, region, part->children, world, changed);
			break;
		case PART_TEXT:
			update_text(render, cell->node, part, world);
			break;
		case PART_IF:
			update_if(render, cell, part, world, changed);
			break;
		case PART_FOR:
			update_for(render, cell, part, world, changed);
			break;
		case PART_USE:
			update_use(render, cell, part, world, changed);
			break;
		}
	}
}

static struct region *region_create(struct wxml_render *render, const struct body *body, struct world *world,
	struct node *parent)
{
	struct region *region = mem_alloc(sizeof(*region));
	region->body = body;
	region->cells = mem_alloc_array(body->cells, sizeof(*region->cells));
	make_parts(render, region, body->parts, world, parent);
	return region;
}

/* Frees the states only: the nodes go with the group around them. */
static void region_destroy(struct region *region)
{
	if (!region) {
		return;
	}
	for (unsigned i = 0; i < region->body->cells; i++) {
		struct cell *cell = &region->cells[i];
		region_destroy(cell->region);
		for (size_t k = 0; k < cell->rows.len; k++) {
			struct row *row = &cell->rows.at[k];
			region_destroy(row->region);
			value_unref(row->item);
			value_unref(row->index);
			value_unref(row->key);
		}
		vec_finish(&cell->rows);
		value_unref(cell->list);
		world_finish(&cell->world);
	}
	mem_free(region->cells);
	mem_free(region);
}

struct wxml_render *wxml_render_create(const struct wxml_program *program, struct node *root, const struct wxml_render_ops *ops)
{
	struct wxml_render *render = mem_alloc(sizeof(*render));
	render->program = program;
	render->root = root;
	render->ops = *ops;
	world_init(&render->world, program->frame);
	return render;
}

void wxml_render_destroy(struct wxml_render *render)
{
	if (!render) {
		return;
	}
	if (render->group) {
		discard(render->group);
	}
	region_destroy(render->region);
	world_finish(&render->world);
	map_finish(&render->warned);
	mem_free(render);
}

/* What changed is found by comparing, which is exact: data are copied on write. */
void wxml_render_run(struct wxml_render *render, struct value data, const struct wxml_change *changes, size_t count)
{
	UNUSED(changes);
	UNUSED(count);
	render->stats = (struct wxml_stats){0};
	struct value before = render->world.data;
	render->world.data = value_ref(data);
	if (!render->region) {
		render->group = add_group(render, render->root, NULL);
		render->region = region_create(render, render->program->frame->body, &render->world, render->group);
	} else {
		struct mask changed = {0};
		depend_compare(&render->program->frame->depend, before, data, &changed);
		if (mask_meets(&render->region->body->reads, &changed)) {
			update_parts(render, render->region, render->region->body->parts, &render->world, &changed);
		}
	}
	value_unref(before);
}

struct wxml_stats wxml_render_stats(const struct wxml_render *render) { return render->stats; }

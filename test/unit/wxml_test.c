/* WXML: markup and its diagnostics, what programs render, updates against fresh renderings. */
#include "harness/attrs.h"
#include "harness/test.h"

#include "core/value/json.h"
#include "core/wxml/instance.h"
#include "core/wxml/reorder.h"

/* --- files and views --- */

/* The files of a block: #a is a.wxml, #b is b.wxml, #c is dir/c.wxml. */
struct files {
	struct strbuf texts[3];
};

static const struct {
	const char *section, *path;
} file_names[] = {{"a", "a.wxml"}, {"b", "b.wxml"}, {"c", "dir/c.wxml"}};

/* With #escaped, \r, \b (a byte order mark) and \0 in the files are what they stand for. */
static void files_init(struct files *files, const struct test_block *block)
{
	bool escaped = block->section(block, "escaped").len > 0;
	*files = (struct files){0};
	for (size_t i = 0; i < ARRAY_LEN(file_names); i++) {
		struct str text = block->section(block, file_names[i].section);
		for (size_t k = 0; k < text.len; k++) {
			char c = text.at[k], next = k + 1 < text.len ? text.at[k + 1] : 0;
			if (!escaped || c != '\\' || (next != 'r' && next != 'b' && next != '0')) {
				strbuf_add_char(&files->texts[i], c);
			} else {
				strbuf_add(&files->texts[i], next == 'r' ? STR("\r") : next == 'b' ? STR("\xef\xbb\xbf") : (struct str){"", 1});
				k++;
			}
		}
	}
}

static void files_finish(struct files *files)
{
	for (size_t i = 0; i < ARRAY_LEN(file_names); i++) {
		strbuf_finish(&files->texts[i]);
	}
}

static bool load(void *user, struct str path, struct str *ret_text)
{
	struct files *files = user;
	for (size_t i = 0; i < ARRAY_LEN(file_names); i++) {
		if (str_is(path, file_names[i].path) && files->texts[i].len) {
			*ret_text = strbuf_str(&files->texts[i]);
			return true;
		}
	}
	return false;
}

static struct wxml_set *set_create(struct files *files, struct diag_list *diags)
{
	return wxml_set_create((struct wxml_loader){load, files}, diags);
}

static void print_diags(const struct diag_list *diags, struct strbuf *out)
{
	for (size_t i = 0; i < diags->items.len; i++) {
		diag_print(&diags->items.at[i], out);
		strbuf_add_char(out, '\n');
	}
}

#define NODES_MAX 10000 // instead of more, for the sake of time

struct view {
	struct tree tree;
	struct wxml_render *render;
	struct diag_list diags;
	struct value exports; // of every wxs module
	struct strbuf *log;
};

static struct value view_module(void *user, struct str file, struct str module)
{
	return ((struct view *)user)->exports;
}

/* Function 1 adds, 2 makes an array of its arguments. */
static struct value view_call(void *user, uint32_t function, const struct value *args, size_t count)
{
	struct value all = value_array_new(count);
	double sum = 0;
	for (size_t i = 0; i < count; i++) {
		sum += value_to_number(args[i]);
		value_array_push(&all, value_ref(args[i]));
	}
	if (function == 1) {
		value_unref(all);
		return value_number(sum);
	}
	return all;
}

static void log_node(void *user, const char *what, struct node *node)
{
	struct view *view = user;
	strbuf_printf(view->log, "%s %s#%s\n", what, atom_text(node->tag), node->ident ? atom_text(node->ident) : "");
}

static void view_created(void *user, struct node *node) { log_node(user, "created", node); }
static void view_ready(void *user, struct node *node) { log_node(user, "ready", node); }

static void view_changed(void *user, struct node *node, atom_t name, struct value value)
{
	struct view *view = user;
	log_node(user, "changed", node);
	view->log->len--;
	strbuf_printf(view->log, " %s=", atom_text(name));
	json_write(value, view->log);
	strbuf_add_char(view->log, '\n');
}

static void view_init(struct view *view, const struct wxml_program *program, struct strbuf *log)
{
	*view = (struct view){.log = log};
	view->exports = value_object_new(2);
	value_object_set_text(&view->exports, "add", value_function(1));
	value_object_set_text(&view->exports, "all", value_function(2));
	value_object_set_text(&view->exports, "name", value_text("wxs"));
	struct wxml_render_ops ops = {.wxs_module = view_module, .wxs_call = view_call, .user = view, .diags = &view->diags};
	if (log) {
		ops.created = view_created;
		ops.ready = view_ready;
		ops.changed = view_changed;
	}
	tree_init(&view->tree);
	view->tree.root = node_create(&view->tree, NODE_ELEMENT, atom_of("page"));
	view->render = wxml_render_create(program, view->tree.root, &ops);
	view->render->live_max = NODES_MAX;
}

static void view_finish(struct view *view)
{
	wxml_render_destroy(view->render);
	CHECK(view->tree.root->first == NULL);
	tree_finish(&view->tree);
	diag_list_finish(&view->diags);
	value_unref(view->exports);
}

static void sort_attrs(struct node *node)
{
	attrs_sort(node);
	for (struct node *child = node->first; child; child = child->next) {
		sort_attrs(child);
	}
}

static void view_dump(struct view *view, struct strbuf *out)
{
	sort_attrs(view->tree.root);
	for (struct node *node = view->tree.root->first; node; node = node->next) {
		node_dump(node, out);
	}
}

static void fresh_dump(const struct wxml_program *program, struct value data, struct strbuf *out)
{
	struct view view;
	view_init(&view, program, NULL);
	wxml_render_run(view.render, data, NULL, 0);
	view_dump(&view, out);
	view_finish(&view);
}

/* --- markup --- */

static void print_tag(void *user, atom_t tag, struct str file, int line, int column)
{
	strbuf_printf(user, "tag %s " STR_FMT ":%d:%d\n", atom_text(tag), STR_ARG(file), line, column);
}

static void print_module(void *user, const struct wxml_module *module)
{
	strbuf_printf(user, "module " STR_FMT " " STR_FMT " path=" STR_FMT " text=" STR_FMT " %d:%d\n", STR_ARG(module->file),
		STR_ARG(module->name), STR_ARG(module->path), STR_ARG(module->text), module->line, module->column);
}

static void check_print(const struct strbuf *once)
{
	struct arena arena;
	struct strbuf twice = {0};
	arena_init(&arena);
	markup_print(markup_parse(&arena, strbuf_str(once), STR("again"), NULL), &twice);
	if (!str_eq(strbuf_str(&twice), strbuf_str(once))) {
		test_fail(__FILE__, __LINE__, "%s\n--- printed again\n%s", once->at, twice.at);
	}
	strbuf_finish(&twice);
	arena_finish(&arena);
}

static void add_escaped(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '\r' || c == '\0') {
			strbuf_add_text(out, c == '\r' ? "\\r" : "\\0");
		} else {
			strbuf_add_char(out, c);
		}
	}
	strbuf_add_char(out, '\n');
}

/* Normal spelling, with #more its tags and modules, then the diagnostics. */
static void run_markup(const struct test_block *block, struct strbuf *out)
{
	struct files files;
	struct diag_list diags = {0};
	files_init(&files, block);
	struct wxml_set *set = set_create(&files, &diags);
	const struct wxml_program *program = wxml_set_get(set, STR("a.wxml"));
	if (program) {
		struct strbuf text = {0};
		wxml_program_print(program, &text);
		check_print(&text);
		add_escaped(out, strbuf_str(&text));
		strbuf_finish(&text);
		if (block->section(block, "more").len) {
			wxml_program_tags(program, print_tag, out);
			wxml_set_modules(set, print_module, out);
		}
	}
	print_diags(&diags, out);
	wxml_set_destroy(set);
	diag_list_finish(&diags);
	files_finish(&files);
}

static void markup(void) { test_dat("wxml.dat", run_markup); }

/* --- rendering --- */

/* One JSON a line in #data, rendered one after the other: the tree after each, and what the update did.
 * With #log, what the owner of the elements hears. */
static void run_render(const struct test_block *block, struct strbuf *out)
{
	struct files files;
	struct diag_list diags = {0};
	struct view view;
	files_init(&files, block);
	struct wxml_set *set = set_create(&files, &diags);
	const struct wxml_program *program = wxml_set_get(set, STR("a.wxml"));
	struct str rest = block->section(block, "data"), line;
	view_init(&view, program, block->section(block, "log").len ? out : NULL);
	for (bool first = true; str_split(&rest, '\n', &line); first = false) {
		struct value data = value_undefined();
		struct strbuf dump = {0}, fresh = {0};
		CHECK(!line.len || json_parse(line, &data, NULL) == 0);
		size_t from = out->len;
		wxml_render_run(view.render, data, NULL, 0);
		if (!first) {
			struct wxml_stats stats = wxml_render_stats(view.render);
			struct strbuf log = {0};
			strbuf_add(&log, str_slice(strbuf_str(out), from, out->len));
			out->len = from;
			strbuf_printf(out, "-- " STR_FMT ": created %zu, removed %zu, moved %zu\n" STR_FMT, STR_ARG(line), stats.created,
				stats.removed, stats.moved, STR_ARG(strbuf_str(&log)));
			strbuf_finish(&log);
		}
		view_dump(&view, &dump);
		fresh_dump(program, data, &fresh);
		test_check_str(__FILE__, __LINE__, strbuf_str(&dump), fresh.len ? fresh.at : "");
		strbuf_add(out, strbuf_str(&dump));
		strbuf_finish(&dump);
		strbuf_finish(&fresh);
		value_unref(data);
	}
	print_diags(&diags, out);
	print_diags(&view.diags, out);
	view_finish(&view);
	wxml_set_destroy(set);
	diag_list_finish(&diags);
	files_finish(&files);
}

static void rendering(void) { test_dat("wxml_render.dat", run_render); }

/* --- random programs and data --- */

static uint64_t seed;

static unsigned random_below(unsigned count)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 20) % count;
}

#define PICK(list) (list)[random_below(ARRAY_LEN(list))]

static const char *const values[] = {
	"a.length", "s", "n", "o.x", "o.y.z", "a[0].t", "a[n].id", "o", "f", "f ? s : n", "n + 1", "s + n", "!f", "a[0].l[1]",
	"m.add(n, 1)", "missing.x", "o.y && o.y.z", "item", "item.t", "item.id", "index", "row.t", "item.l.length", "a[index].t",
	"m.all(item.id, s)[0]", "o[s]", "s[n]", "row.l[index]", "f && item.t", "[n, s]", "{{x: n}}",
};
static const char *const lists[] = {"a", "a", "a", "item.l", "row.l", "o", "s", "n", "a[0].l", "f ? a : m.all(n, s)", "[1, n, s]"};
static const char *const keys[] = {" wx:key=\"id\"", " wx:key=\"id\"", " wx:key=\"*this\"", " wx:key=\"t\"", " wx:key=\"none\"", ""};

static void random_value(struct strbuf *out)
{
	const char *text = PICK(values);
	strbuf_printf(out, text[0] == '{' ? "%s" : "{{%s}}", text);
}

static void random_attrs(struct strbuf *out)
{
	static const char *const names[] = {"p", "class", "style", "id", "data-k", "mark:m", "bindtap", "slot", "hidden", "q"};
	for (unsigned count = random_below(3); count > 0; count--) {
		strbuf_printf(out, " %s=\"", PICK(names));
		if (random_below(3) == 0) {
			strbuf_add_text(out, "x ");
		}
		random_value(out);
		strbuf_add_char(out, '"');
	}
}

static void random_control(struct strbuf *out, bool chain)
{
	unsigned kind = random_below(6);
	if (kind < 2) {
		strbuf_printf(out, " wx:for=\"{{%s}}\"%s%s", PICK(lists), PICK(keys), random_below(3) ? "" : " wx:for-item=\"row\"");
	}
	if (kind == 1 || kind == 2 || kind == 3) {
		strbuf_add_text(out, kind == 2 && chain ? " wx:elif=\"" : " wx:if=\"");
		random_value(out);
		strbuf_add_char(out, '"');
	} else if (kind == 4 && chain) {
		strbuf_add_text(out, " wx:else");
	}
}

/* `uses`: how many of the templates it may use, so that none uses itself. */
static void random_content(struct strbuf *out, int depth, unsigned uses)
{
	static const char *const tags[] = {"view", "view", "text", "block", "slot", "image"};
	for (unsigned count = random_below(4) + (depth > 2); count > 0; count--) {
		unsigned kind = random_below(8);
		if (kind < 2 || (kind == 2 && !uses)) {
			strbuf_add_text(out, "t ");
			random_value(out);
		} else if (kind == 2) {
			static const char *const data[] = {"...item", "item, n", "...o, s", "a: item.l, n, index", "...row, item: row"};
			strbuf_printf(out, "<template is=\"%s\" data=\"{{%s}}\"", uses < 2 || random_below(3) ? "one" : "{{f ? 'one' : 'two'}}",
				PICK(data));
			random_control(out, depth < 3);
			strbuf_add_text(out, "/>");
		} else {
			const char *tag = PICK(tags);
			strbuf_printf(out, "<%s", tag);
			random_attrs(out);
			random_control(out, random_below(2));
			strbuf_add_char(out, '>');
			if (depth > 0) {
				random_content(out, depth - 1, uses);
			}
			strbuf_printf(out, "</%s>", tag);
		}
	}
}

static struct value random_scalar(void)
{
	switch (random_below(7)) {
	case 0:
		return value_null();
	case 1:
		return value_bool(random_below(2));
	case 2:
		return value_text("");
	case 3:
	case 4:
		return value_text((const char *const[]){"x", "y", "t", "id", "two words"}[random_below(5)]);
	default:
		return value_number(random_below(4));
	}
}

static struct value random_list(int depth);

static struct value random_item(int depth)
{
	struct value item = value_object_new(4);
	value_object_set_text(&item, "id", value_number(random_below(7)));
	value_object_set_text(&item, "t", random_scalar());
	if (depth > 0) {
		value_object_set_text(&item, "l", random_list(depth - 1));
	}
	return item;
}

static struct value random_list(int depth)
{
	struct value list = value_array_new(4);
	for (unsigned count = random_below(6); count > 0; count--) {
		value_array_push(&list, random_below(8) ? random_item(depth) : random_scalar());
	}
	return list;
}

static struct value random_field(const char *name)
{
	struct value object;
	switch (name[0]) {
	case 'a':
		return random_list(2);
	case 'o':
		object = value_object_new(4);
		value_object_set_text(&object, "x", random_scalar());
		value_object_set_text(&object, random_below(2) ? "y" : "t", random_below(2) ? random_item(1) : random_scalar());
		return object;
	case 'n':
		return value_number(random_below(5));
	default:
		return random_scalar();
	}
}

static struct value random_data(void)
{
	static const char *const names[] = {"a", "s", "n", "o", "f"};
	struct value data = value_object_new(5);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (random_below(8)) {
			value_object_set_text(&data, names[i], random_field(names[i]));
		}
	}
	return data;
}

/* The list with a few items moved, taken away, new or changed; consumes it. */
static struct value shuffled(struct value list)
{
	size_t count = value_len(list);
	struct value after = value_array_new(count + 1);
	size_t turn = count ? random_below((unsigned)count) : 0;
	unsigned what = random_below(5);
	for (size_t i = 0; i < count; i++) {
		struct value item = value_at(list, what == 0 ? (i + turn) % count : what == 1 ? count - 1 - i : i);
		if (what == 2 && i == turn) {
			value_array_push(&after, random_item(1));
		}
		if (what == 3 && i == turn) {
			continue;
		}
		if (what == 4 && i == turn && item.type == VALUE_OBJECT) {
			item = value_unshared(value_ref(item));
			value_object_set_text(&item, "t", random_scalar());
			value_array_push(&after, item);
		} else {
			value_array_push(&after, value_ref(item));
		}
	}
	value_unref(list);
	return after;
}

/* As setData leaves it: new along the changed path, the same everywhere else. */
static struct value random_change(struct value data)
{
	static const char *const names[] = {"a", "a", "a", "s", "n", "o", "f"};
	struct value after = value_unshared(value_ref(data));
	for (unsigned count = 1 + random_below(2); count > 0; count--) {
		const char *name = PICK(names);
		struct value list = value_get_text(after, name);
		if (list.type == VALUE_ARRAY && random_below(4)) {
			value_object_set_text(&after, name, shuffled(value_ref(list)));
		} else if (random_below(10) == 0) {
			value_object_remove(&after, str_of(name));
		} else {
			value_object_set_text(&after, name, random_field(name));
		}
	}
	return after;
}

static void run_random(struct strbuf *text, unsigned changes)
{
	struct files files = {.texts = {*text}};
	struct wxml_set *set = set_create(&files, NULL);
	const struct wxml_program *program = wxml_set_get(set, STR("a.wxml"));
	struct view view;
	struct value data = random_data();
	struct strbuf is = {0}, should = {0};
	view_init(&view, program, NULL);
	for (unsigned i = 0; i <= changes; i++) {
		wxml_render_run(view.render, data, NULL, 0);
		strbuf_clear(&is);
		strbuf_clear(&should);
		view_dump(&view, &is);
		fresh_dump(program, data, &should);
		if (!str_eq(strbuf_str(&is), strbuf_str(&should))) {
			struct strbuf json = {0};
			json_write(data, &json);
			test_fail(__FILE__, __LINE__, "%s\n--- data %s\n--- updated\n%s--- fresh\n%s", text->at, json.at, is.at, should.at);
			strbuf_finish(&json);
			break;
		}
		struct value after = random_change(data);
		value_unref(data);
		data = after;
	}
	value_unref(data);
	view_finish(&view);
	wxml_set_destroy(set);
	strbuf_finish(&is);
	strbuf_finish(&should);
}

static void random_updates(void)
{
	seed = 88172645463325252u;
	for (int i = 0; i < 250; i++) {
		struct strbuf text = {0};
		strbuf_add_text(&text, "<wxs module=\"m\">1</wxs><template name=\"one\">");
		random_content(&text, 1, 0);
		strbuf_add_text(&text, "</template><template name=\"two\">");
		random_content(&text, 1, 1);
		strbuf_add_text(&text, "</template>");
		random_content(&text, 3, 2);
		run_random(&text, 12);
		strbuf_finish(&text);
	}
}

/* More paths than there are bits for them. */
static void many_paths(void)
{
	struct strbuf text = {0}, json = {0};
	strbuf_add_char(&json, '{');
	for (int i = 0; i < 700; i++) {
		strbuf_printf(&text, "<view a=\"{{k%d}}\" wx:if=\"{{o.k%d}}\">{{o.k%d}}</view>", i, i, 699 - i);
		strbuf_printf(&json, "\"k%d\": %d, ", i, i % 7);
	}
	strbuf_add_text(&json, "\"o\": {}}");
	struct files files = {.texts = {text}};
	struct wxml_set *set = set_create(&files, NULL);
	struct view view;
	view_init(&view, wxml_set_get(set, STR("a.wxml")), NULL);
	struct value data = value_undefined();
	CHECK(json_parse(strbuf_str(&json), &data, NULL) == 0);
	seed = 55555;
	for (int round = 0; round < 60; round++) {
		struct strbuf name = {0}, is = {0}, should = {0};
		struct value inner = value_unshared(value_ref(value_get_text(data, "o")));
		strbuf_printf(&name, "k%u", random_below(700));
		value_object_set(&inner, strbuf_str(&name), value_number(random_below(3)));
		data = value_unshared(data);
		value_object_set_text(&data, "o", inner);
		value_object_set(&data, strbuf_str(&name), value_number(round));
		wxml_render_run(view.render, data, NULL, 0);
		view_dump(&view, &is);
		fresh_dump(view.render->program, data, &should);
		CHECK_STR(strbuf_str(&is), should.at ? should.at : "");
		strbuf_finish(&name);
		strbuf_finish(&is);
		strbuf_finish(&should);
	}
	value_unref(data);
	view_finish(&view);
	wxml_set_destroy(set);
	files_finish(&files);
	strbuf_finish(&json);
}

struct nested {
	struct wxml_render *render;
	struct value next;
};

static void run_again(void *user, struct node *node, atom_t name, struct value value)
{
	struct nested *nested = user;
	wxml_render_run(nested->render, nested->next, NULL, 0);
}

/* Whoever hears of a change may ask for another run: it follows the one that is on. */
static void nested_run(void)
{
	struct files files = {0};
	struct view view;
	strbuf_add_text(&files.texts[0], "<view a=\"{{n}}\"><text wx:for=\"{{l}}\" wx:key=\"*this\" a=\"{{n}}\">{{item}}</text></view><text>{{n}}</text>");
	struct wxml_set *set = set_create(&files, NULL);
	const struct wxml_program *program = wxml_set_get(set, STR("a.wxml"));
	view_init(&view, program, NULL);
	struct value data[3] = {0};
	static const char *const texts[] = {"{\"n\": 1, \"l\": [1, 2]}", "{\"n\": 2, \"l\": [2, 1]}", "{\"n\": 3, \"l\": [3]}"};
	for (size_t i = 0; i < ARRAY_LEN(data); i++) {
		CHECK(json_parse(str_of(texts[i]), &data[i], NULL) == 0);
	}
	struct nested nested = {view.render, data[2]};
	wxml_render_run(view.render, data[0], NULL, 0);
	view.render->ops.changed = run_again;
	view.render->ops.user = &nested;
	wxml_render_run(view.render, data[1], NULL, 0);
	struct strbuf is = {0}, should = {0};
	view_dump(&view, &is);
	fresh_dump(program, data[2], &should);
	CHECK_STR(strbuf_str(&is), should.at);
	for (size_t i = 0; i < ARRAY_LEN(data); i++) {
		value_unref(data[i]);
	}
	strbuf_finish(&is);
	strbuf_finish(&should);
	view_finish(&view);
	wxml_set_destroy(set);
	files_finish(&files);
}

/* --- rows --- */

/* The length of a longest increasing subsequence, by trying all. */
static size_t longest(const size_t *was, size_t count)
{
	size_t best = 0;
	for (unsigned set = 0; set < 1u << count; set++) {
		size_t length = 0, last = 0;
		for (size_t i = 0; i < count; i++) {
			if (!(set >> i & 1)) {
				continue;
			}
			if (was[i] == REORDER_NEW || (length && was[i] <= last)) {
				length = 0;
				break;
			}
			last = was[i];
			length++;
		}
		best = size_max(best, length);
	}
	return best;
}

static void reorder(void)
{
	seed = 123456789;
	for (int round = 0; round < 3000; round++) {
		size_t was[9], count = random_below(10), stays_count = 0, last = 0;
		bool stays[9], used[16] = {0};
		for (size_t i = 0; i < count; i++) {
			unsigned place = random_below(16);
			was[i] = used[place] || random_below(5) == 0 ? REORDER_NEW : place;
			used[place] = true;
		}
		reorder_stays(was, count, stays);
		for (size_t i = 0; i < count; i++) {
			if (stays[i]) {
				CHECK(was[i] != REORDER_NEW && (!stays_count || was[i] > last));
				last = was[i];
				stays_count++;
			}
		}
		CHECK_NUM(stays_count, longest(was, count));
	}
}

struct list {
	unsigned keys[8];
	size_t count;
};

static struct list random_keys(void)
{
	struct list list = {.count = 0};
	unsigned all[12];
	for (unsigned i = 0; i < 12; i++) {
		unsigned place = random_below(i + 1);
		all[i] = all[place];
		all[place] = i;
	}
	list.count = random_below(9);
	memcpy(list.keys, all, list.count * sizeof(all[0]));
	return list;
}

static struct value list_data(const struct list *list)
{
	struct value rows = value_array_new(8), data = value_object_new(1);
	for (size_t i = 0; i < list->count; i++) {
		struct value row = value_object_new(1);
		value_object_set_text(&row, "id", value_number(list->keys[i]));
		value_array_push(&rows, row);
	}
	value_object_set_text(&data, "rows", rows);
	return data;
}

/* The row's nodes in order, through the groups; each has its key as data. */
static size_t list_nodes(struct node *top, struct node **nodes)
{
	size_t count = 0;
	for (struct node *node = node_flat_first(top); node; node = node_flat_next(node)) {
		nodes[count++] = node;
	}
	return count;
}

static size_t place_of(const struct list *list, unsigned key)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->keys[i] == key) {
			return i;
		}
	}
	return REORDER_NEW;
}

/* Rows keep their nodes, and no more of them are moved than must be. */
static void keyed_rows(void)
{
	struct files files = {0};
	struct view view;
	struct list before = {.count = 0};
	struct node *old[8] = {0}, *now[8] = {0};
	strbuf_add_text(&files.texts[0], "<view wx:for=\"{{rows}}\" wx:key=\"id\" data-id=\"{{item.id}}\">{{index}}</view>");
	struct wxml_set *set = set_create(&files, NULL);
	view_init(&view, wxml_set_get(set, STR("a.wxml")), NULL);
	seed = 987654321;
	for (int round = 0; round < 1000; round++) {
		struct list after = random_keys();
		struct value data = list_data(&after);
		size_t was[8], kept = 0;
		wxml_render_run(view.render, data, NULL, 0);
		CHECK_NUM(list_nodes(view.tree.root, now), after.count);
		for (size_t i = 0; i < after.count; i++) {
			was[i] = place_of(&before, after.keys[i]);
			kept += was[i] != REORDER_NEW;
			CHECK(was[i] == REORDER_NEW || now[i] == old[was[i]]);
			CHECK_NUM(value_to_number(value_get_text(now[i]->dataset, "id")), after.keys[i]);
		}
		struct wxml_stats stats = wxml_render_stats(view.render);
		CHECK_NUM(stats.moved, kept - longest(was, after.count));
		CHECK_NUM(stats.created, 2 * (after.count - kept));
		before = after;
		memcpy(old, now, sizeof(old));
		value_unref(data);
	}
	view_finish(&view);
	wxml_set_destroy(set);
	files_finish(&files);
}

/* --- limits --- */

static void check_repeated(const char *before, const char *middle, const char *after, size_t times)
{
	struct files files = {0};
	struct strbuf *text = &files.texts[0], dump = {0};
	for (size_t i = 0; i < times; i++) {
		strbuf_add_text(text, before);
	}
	strbuf_add_text(text, middle);
	for (size_t i = 0; i < times; i++) {
		strbuf_add_text(text, after);
	}
	struct diag_list diags = {0};
	struct wxml_set *set = set_create(&files, &diags);
	struct value data = value_undefined();
	json_parse(STR("{\"a\": [1, 2]}"), &data, NULL);
	const struct wxml_program *program = wxml_set_get(set, STR("a.wxml"));
	fresh_dump(program, data, &dump);
	dump.len = 0;
	wxml_program_print(program, &dump);
	value_unref(data);
	strbuf_finish(&dump);
	wxml_set_destroy(set);
	diag_list_finish(&diags);
	files_finish(&files);
}

static void limits(void)
{
	static const size_t times[] = {3, 450, 700, 10000};
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		check_repeated("<view>", "a", "</view>", times[i]);
		check_repeated("<view>", "a", "", times[i]);
		check_repeated("<block wx:if=\"{{a}}\">", "a", "</block>", times[i]);
		check_repeated("<image>", "a", "", times[i]);
		check_repeated("", "a", "</view>", times[i]);
		check_repeated("<a", "", "", times[i]);
		check_repeated("<!--", "a", "-->", times[i]);
		check_repeated("<view a=\"", "a", "", times[i]);
		check_repeated("<view a='{{", "a", "", times[i]);
		check_repeated("{{", "a", "", times[i]);
		check_repeated("<template name=\"t\">", "<template is=\"t\"/>", "</template>", times[i]);
		check_repeated("<wxs module=\"m\">", "a", "", times[i]);
	}
	check_repeated("<view wx:for=\"{{a}}\">", "{{item}}", "</view>", 12);
	check_repeated("", "<template name=\"t\"><view/><template is=\"t\"/><template is=\"t\"/></template><template is=\"t\"/>", "", 1);
	check_repeated("", "<view wx:for=\"{{1e9}}\"/><view wx:for=\"{{1/0}}\"/><view wx:for=\"{{0/0}}\"/><view wx:for=\"{{-1}}\"/>", "", 1);
	check_repeated("<include src=\"a.wxml\"/>", "a", "", 100);
}

static void check_cut(const char *text, const char *warning)
{
	struct files files = {0};
	struct view view;
	strbuf_add_text(&files.texts[0], text);
	struct wxml_set *set = set_create(&files, NULL);
	view_init(&view, wxml_set_get(set, STR("a.wxml")), NULL);
	wxml_render_run(view.render, value_undefined(), NULL, 0);
	wxml_render_run(view.render, value_null(), NULL, 0);
	struct strbuf out = {0};
	print_diags(&view.diags, &out);
	CHECK_STR(strbuf_str(&out), warning);
	strbuf_finish(&out);
	view_finish(&view);
	wxml_set_destroy(set);
	files_finish(&files);
}

/* What is too much is said once. */
static void cut(void)
{
	check_cut("<template name=\"t\"><view><template is=\"t\"/></view></template><template is=\"t\"/>",
		"a.wxml:1:20: warning: Elements and templates are nested without an end here: the rest is left out.\n");
	check_cut("<text wx:for=\"{{1e8}}\" wx:key=\"*this\">{{item}}</text>\n<view/>",
		"a.wxml:1:1: warning: wx:for counts to a number here: it is meant for arrays and objects.\n"
		"a.wxml:1:1: warning: This list is too long: the rest of its rows is left out.\n"
		"a.wxml:1:1: warning: The page has too many elements: the rest is left out.\n");
}

static const struct test_case cases[] = {
	{"markup", markup}, {"rendering", rendering}, {"random_updates", random_updates}, {"reorder", reorder},
	{"keyed_rows", keyed_rows}, {"limits", limits}, {"cut", cut}, {"many_paths", many_paths}, {"nested_run", nested_run},
};

TEST_MAIN(cases)

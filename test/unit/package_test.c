/* Packages: archives, encodings, configuration, resolution, and what the check says. */
#include "core/package/archive.h"
#include "core/package/check.h"
#include "core/package/encoding.h"
#include "core/package/resolve.h"
#include "core/package/script.h"
#include "core/value/json.h"
#include "harness/test.h"
#include "memory_source.h"

static void print_diags(struct diag_list *diags, struct strbuf *out)
{
	for (size_t i = 0; i < diags->items.len; i++) {
		diag_print(&diags->items.at[i], out);
		strbuf_add_char(out, '\n');
	}
	diag_list_finish(diags);
}

/* --- goldens --- */

static void check_block(const struct test_block *block, struct strbuf *out)
{
	struct memory memory = {0};
	struct diag_list diags = {0};
	memory_fill(&memory, block->section(block, "files"));
	package_check(&memory.source, &diags);
	strbuf_add_text(out, diags.errors + diags.warnings ? "" : "fine\n");
	print_diags(&diags, out);
	memory_finish(&memory);
}

static void golden_check(void)
{
	test_dat("package.dat", check_block);
}

static void print_page(struct package *package, struct app_config *app, struct str path, struct diag_list *diags, struct strbuf *out)
{
	struct page_config *page = config_load_page(package, app, path, diags);
	const struct package_part *part = config_sub_package_of(app, path);
	strbuf_printf(out, "page " STR_FMT " in " STR_FMT "%s: bar \"" STR_FMT "\" " STR_FMT " " STR_FMT " " STR_FMT "; " STR_FMT " " STR_FMT
		"%s%s; reach %g; uses ", STR_ARG(path), STR_ARG(part ? part->root : STR("main")), part && part->independent ? " (independent)" : "",
		STR_ARG(page->navigation_bar_title_text), STR_ARG(page->navigation_bar_background_color),
		STR_ARG(page->navigation_bar_text_style), STR_ARG(page->navigation_style), STR_ARG(page->background_color),
		STR_ARG(page->background_text_style), page->enable_pull_down_refresh ? " pull-down" : "",
		page->disable_scroll ? " no-scroll" : "", page->on_reach_bottom_distance);
	json_write(page->using_components, out);
	strbuf_add_char(out, '\n');
	config_page_destroy(page);
}

static void config_block(const struct test_block *block, struct strbuf *out)
{
	struct memory memory = {0};
	struct diag_list diags = {0};
	memory_fill(&memory, block->section(block, "files"));
	struct package *package = package_open(&memory.source, &diags);
	struct app_config *app = config_load_app(package, &diags);
	if (app) {
		strbuf_printf(out, "entry " STR_FMT "; appid \"" STR_FMT "\"%s%s; %zu in main\n", STR_ARG(app->entry), STR_ARG(app->appid),
			app->style_v2 ? "; v2" : "", app->lazy_code_loading ? "; lazy" : "", app->main_count);
		for (size_t i = 0; i < app->pages.len; i++) {
			print_page(package, app, app->pages.at[i], &diags, out);
		}
		strbuf_add_text(out, "tabs ");
		json_write(app->tab_bar, out);
		strbuf_add_text(out, "\next ");
		json_write(value_get_text(app->ext, "ext"), out);
		strbuf_add_char(out, '\n');
	}
	print_diags(&diags, out);
	config_app_destroy(app);
	package_close(package);
	memory_finish(&memory);
}

static void golden_config(void)
{
	test_dat("package_config.dat", config_block);
}

/* Lines of "ask": require|component|asset FROM SPEC. */
static void resolve_block(const struct test_block *block, struct strbuf *out)
{
	struct memory memory = {0};
	struct str rest = block->section(block, "ask"), line, kind, from;
	memory_fill(&memory, block->section(block, "files"));
	struct package *package = package_open(&memory.source, NULL);
	struct app_config *app = config_load_app(package, NULL);
	while (str_split(&rest, '\n', &line)) {
		struct strbuf path = {0};
		struct str words = line;
		str_split(&words, ' ', &kind);
		str_split(&words, ' ', &from);
		int status = str_is(kind, "require") ? resolve_require(package, from, words, &path)
			: str_is(kind, "component") ? resolve_component(package, from, words, &path) : !resolve_asset(from, words, &path);
		static const char *const texts[] = {"", "none ", "hidden ", "foreign "};
		strbuf_printf(out, STR_FMT " -> %s%s\n", STR_ARG(line), texts[status], path.at ? path.at : "");
		strbuf_finish(&path);
	}
	config_app_destroy(app);
	package_close(package);
	memory_finish(&memory);
}

static void golden_resolve(void)
{
	test_dat("package_resolve.dat", resolve_block);
}

static void print_require(void *user, struct str spec, size_t offset)
{
	strbuf_printf(user, "%zu " STR_FMT "\n", offset, STR_ARG(spec));
}

static void script_block(const struct test_block *block, struct strbuf *out)
{
	script_requires(block->section(block, "script"), print_require, out);
}

static void golden_script(void)
{
	test_dat("package_script.dat", script_block);
}

/* --- archives --- */

static void put_u32(struct strbuf *out, size_t n)
{
	char bytes[] = {(char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n};
	strbuf_add(out, (struct str){bytes, 4});
}

/* A .wxapkg of two files. */
static void make_archive(struct strbuf *out, struct str first, struct str second)
{
	struct str names[] = {first, second}, bodies[] = {STR("{}"), STR("App({})")};
	size_t index_len = 4, at;
	for (size_t i = 0; i < 2; i++) {
		index_len += 12 + names[i].len;
	}
	strbuf_add_char(out, (char)0xbe);
	put_u32(out, 0);
	put_u32(out, index_len);
	put_u32(out, 9);
	strbuf_add_char(out, (char)0xed);
	put_u32(out, 2);
	at = 14 + index_len;
	for (size_t i = 0; i < 2; i++) {
		put_u32(out, names[i].len);
		strbuf_add(out, names[i]);
		put_u32(out, at);
		put_u32(out, bodies[i].len);
		at += bodies[i].len;
	}
	strbuf_add(out, bodies[0]);
	strbuf_add(out, bodies[1]);
}

static void archives(void)
{
	struct strbuf bytes = {0};
	struct archive archive;
	struct diag_list diags = {0};
	struct str body;
	make_archive(&bytes, STR("/app.json"), STR("/a/b.js"));
	CHECK(archive_read(strbuf_str(&bytes), STR("x.wxapkg"), &archive, &diags) == 0);
	CHECK_NUM(archive.count, 2);
	CHECK_STR(archive.files[1].name, "a/b.js");
	CHECK(archive_find(&archive, STR("app.json"), &body));
	CHECK_STR(body, "{}");
	CHECK(archive_find(&archive, STR("a/b.js"), &body));
	CHECK_STR(body, "App({})");
	CHECK(!archive_find(&archive, STR("/app.json"), &body));
	CHECK_NUM(diags.errors, 0);
	archive_finish(&archive);
	for (size_t len = 0; len < bytes.len; len++) { // cut off anywhere: an error, never a crash
		char *cut = mem_dup(bytes.at, len);
		diags = (struct diag_list){0};
		if (!archive_read((struct str){cut, len}, STR("x.wxapkg"), &archive, &diags)) {
			archive_finish(&archive);
		}
		CHECK(diags.errors > 0);
		diag_list_finish(&diags);
		mem_free(cut);
	}
	strbuf_finish(&bytes);
}

static void bad_archives(void)
{
	static const char *const bad[][2] = {{"/../a", "/b"}, {"/a//b", "/c"}, {"", "/b"}, {"/a", "/a"}, {"/a/", "/b"}, {"a/./b", "c"}};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct strbuf bytes = {0};
		struct archive archive;
		struct diag_list diags = {0};
		make_archive(&bytes, str_of(bad[i][0]), str_of(bad[i][1]));
		CHECK(archive_read(strbuf_str(&bytes), STR("x.wxapkg"), &archive, &diags) == 0);
		CHECK_NUM(archive.count, 1);
		CHECK_NUM(diags.errors, 1);
		archive_finish(&archive);
		diag_list_finish(&diags);
		strbuf_finish(&bytes);
	}
	struct archive archive;
	CHECK(archive_read(STR("V1MMWX\1\2\3\4\5\6\7\10\11\12"), STR("x"), &archive, NULL) == 1);
	CHECK(archive_read(STR("PK\3\4 this is a zip file"), STR("x"), &archive, NULL) == 1);
	CHECK(archive_read(STR("\xbe\0\0\0\0\0\0\0\4\0\0\0\0\xed\xff\xff\xff\xff"), STR("x"), &archive, NULL) == 1);
	CHECK(archive_read(STR("\xbe\0\0\0\0\xff\xff\xff\xff\0\0\0\0\xed\0\0\0\0"), STR("x"), &archive, NULL) == 1);
}

/* --- encodings --- */

static void encodings(void)
{
	static const struct {
		struct str raw;
		enum encoding_problem problem;
		const char *text;
		size_t offset;
	} cases[] = {
		{{"a\xe5\xad\x97", 4}, ENCODING_FINE, "a\xe5\xad\x97", 0},
		{{"", 0}, ENCODING_FINE, "", 0},
		{{"\xef\xbb\xbfxy", 5}, ENCODING_MARK, "xy", 0},
		{{"\xff\xfe<\0W[", 6}, ENCODING_UTF16, "<\xe5\xad\x97", 0},
		{{"\xfe\xff\0<[W", 6}, ENCODING_UTF16, "<\xe5\xad\x97", 0},
		{{"\xff\xfe\x3d\xd8\x00\xde", 6}, ENCODING_UTF16, "\xf0\x9f\x98\x80", 0},
		{{"\xff\xfe\x00\xdez", 5}, ENCODING_UTF16, "\xef\xbf\xbd\xef\xbf\xbd", 0},
		{{"P\0a\0g\0e\0", 8}, ENCODING_UTF16, "Page", 0},
		{{"\0P\0a\0g\0e", 8}, ENCODING_UTF16, "Page", 0},
		{{"ab\xd6\xd0", 4}, ENCODING_BROKEN, "ab\xef\xbf\xbd\xef\xbf\xbd", 2},
		{{"\xef\xbf\xbd\xff", 4}, ENCODING_BROKEN, "\xef\xbf\xbd\xef\xbf\xbd", 3},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf out = {0};
		size_t offset = 0;
		CHECK_NUM(encoding_decode(cases[i].raw, &out, &offset), cases[i].problem);
		CHECK_STR(strbuf_str(&out), cases[i].text);
		CHECK_NUM(offset, cases[i].offset);
		strbuf_finish(&out);
	}
	struct strbuf out = {0};
	CHECK_NUM(encoding_decode(STR("<view>\0</view>\0"), &out, NULL), ENCODING_FINE);
	strbuf_finish(&out);
}

/* Text is mended and told; pictures come as they are. */
static void reading(void)
{
	struct memory memory = {0};
	struct diag_list diags = {0};
	struct strbuf out = {0};
	memory_add(&memory, STR("m/project.config.json"), STR("{}"));
	memory_add(&memory, STR("a.wxml"), STR("<a>\n \xd6\xd0"));
	memory_add(&memory, STR("b/c.png"), STR("\x89PNG\xff\xfe"));
	memory_add(&memory, STR("app.json"), STR("\xff\xfe{\0}\0"));
	struct package *package = package_open(&memory.source, &diags);
	CHECK(package_read(package, STR("/a.wxml"), &out));
	CHECK_STR(strbuf_str(&out), "<a>\n \xef\xbf\xbd\xef\xbf\xbd");
	CHECK_NUM(diags.errors, 1);
	CHECK_NUM(diags.items.at[0].line, 2);
	CHECK_NUM(diags.items.at[0].column, 2);
	strbuf_clear(&out);
	CHECK(package_read(package, STR("./b/../b//c.png"), &out));
	CHECK_STR(strbuf_str(&out), "\x89PNG\xff\xfe");
	CHECK_NUM(package_size(package, STR("b/c.png")), 6);
	CHECK(!package_has(package, STR("b")) && package_has_folder(package, STR("b")));
	CHECK(!package_read(package, STR("b"), &out) && !package_read(package, STR(""), &out));
	CHECK(!package_has(package, STR("https://a.wxml")) && !package_has(package, STR("a.wxml\0")));
	strbuf_clear(&out);
	CHECK(package_nearest(package, STR("B/C.PNG"), &out));
	CHECK_STR(strbuf_str(&out), "b/c.png");
	CHECK(!package_nearest(package, STR("b/d.png"), &out));
	CHECK_STR(strbuf_str(&out), "b/c.png");
	struct app_config *app = config_load_app(package, &diags); // UTF-16, and without pages
	CHECK(app && !app->pages.len && diags.errors == 3);
	config_app_destroy(app);
	package_close(package);
	CHECK(!package_open(NULL, &diags));
	config_app_destroy(NULL);
	config_page_destroy(NULL);
	package_close(NULL);
	strbuf_finish(&out);
	diag_list_finish(&diags);
	memory_finish(&memory);
}

/* Deep and long inputs end. */
static void bounds(void)
{
	struct strbuf text = {0}, path = {0};
	struct memory memory = {0};
	struct diag_list diags = {0};
	strbuf_add_text(&text, "{\"pages\": ");
	for (int i = 0; i < 100000; i++) {
		strbuf_add_char(&text, '[');
	}
	memory_add(&memory, STR("app.json"), strbuf_str(&text));
	package_check(&memory.source, &diags);
	CHECK_NUM(diags.errors, 1);
	diag_list_finish(&diags);
	memory_finish(&memory);
	strbuf_clear(&text);
	for (int i = 0; i < 100000; i++) {
		strbuf_add_text(&text, "../a/");
	}
	CHECK(!resolve_asset(STR("x/y"), strbuf_str(&text), &path));
	resolve_join(STR("x/y"), strbuf_str(&text), &path);
	CHECK_STR(strbuf_str(&path), "a");
	strbuf_finish(&text);
	strbuf_finish(&path);
}

static const struct test_case cases[] = {
	{"check", golden_check},
	{"config", golden_config},
	{"resolve", golden_resolve},
	{"script", golden_script},
	{"archives", archives},
	{"archives that lie", bad_archives},
	{"encodings", encodings},
	{"reading", reading},
	{"bounds", bounds},
};

TEST_MAIN(cases)

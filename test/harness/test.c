/* Runs cases, compares golden blocks, rewrites them on request. */
#include "harness/test.h"

#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>

static struct {
	int failures; // of the running case
	bool update;
} state;

void test_fail(const char *file, int line, const char *fmt, ...)
{
	state.failures++;
	va_list args;
	va_start(args, fmt);
	printf("    %s:%d: ", file, line);
	vprintf(fmt, args);
	printf("\n");
	va_end(args);
}

void test_check_str(const char *file, int line, struct str got, const char *want)
{
	if (!str_is(got, want)) {
		test_fail(file, line, "got \"" STR_FMT "\", expected \"%s\"", STR_ARG(got), want);
	}
}

static const char *source_root(void)
{
	const char *root = getenv("MINA_SOURCE_ROOT");
	return root ? root : ".";
}

struct strbuf test_read(const char *path)
{
	struct strbuf full = {0}, text = {0};
	strbuf_printf(&full, "%s/%s", source_root(), path);
	FILE *file = fopen(full.at, "rb");
	if (!file) {
		test_fail(__FILE__, __LINE__, "cannot read %s", full.at);
	} else {
		char chunk[65536];
		size_t len;
		while ((len = fread(chunk, 1, sizeof(chunk), file)) > 0) {
			strbuf_add(&text, (struct str){chunk, len});
		}
		fclose(file);
	}
	strbuf_finish(&full);
	return text;
}

struct section {
	struct str name, text;
};

struct block {
	struct str name;
	VEC(struct section) sections;
};

static struct str find_section(const struct test_block *test_block, const char *name)
{
	const struct block *block = test_block->data;
	for (size_t i = 0; i < block->sections.len; i++) {
		if (str_is(block->sections.at[i].name, name)) {
			return block->sections.at[i].text;
		}
	}
	return (struct str){"", 0};
}

static struct str without_last_line_ends(struct str text)
{
	while (text.len && text.at[text.len - 1] == '\n') {
		text.len--;
	}
	return text;
}

/* Section lines start with "#" and a lower-case word alone on the line. */
static bool section_line(struct str line, struct str *ret_name)
{
	if (line.len < 2 || line.at[0] != '#') {
		return false;
	}
	for (size_t i = 1; i < line.len; i++) {
		if (line.at[i] < 'a' || line.at[i] > 'z') {
			return false;
		}
	}
	*ret_name = str_slice(line, 1, line.len);
	return true;
}

static void run_block(const char *path, struct block *block, void (*run)(const struct test_block *, struct strbuf *),
	struct strbuf *rewritten)
{
	struct test_block test_block = {block->name, find_section, block};
	struct strbuf out = {0};
	run(&test_block, &out);
	struct str got = without_last_line_ends(strbuf_str(&out));
	struct str want = find_section(&test_block, "expected");
	if (!str_eq(got, want) && !state.update) {
		test_fail(path, 0, "block \"" STR_FMT "\"\n--- expected\n" STR_FMT "\n--- got\n" STR_FMT, STR_ARG(block->name),
			STR_ARG(want), STR_ARG(got));
	}
	strbuf_printf(rewritten, "%s#name " STR_FMT "\n", rewritten->len ? "\n" : "", STR_ARG(block->name));
	for (size_t i = 0; i < block->sections.len; i++) {
		if (!str_is(block->sections.at[i].name, "expected")) {
			strbuf_printf(rewritten, "#" STR_FMT "\n", STR_ARG(block->sections.at[i].name));
			strbuf_add(rewritten, block->sections.at[i].text);
			strbuf_add_char(rewritten, '\n');
		}
	}
	strbuf_add_text(rewritten, "#expected\n");
	strbuf_add(rewritten, got);
	strbuf_add_char(rewritten, '\n');
	strbuf_finish(&out);
}

void test_dat(const char *path, void (*run)(const struct test_block *block, struct strbuf *out))
{
	struct strbuf full = {0}, rewritten = {0};
	strbuf_printf(&full, "test/data/%s", path);
	struct strbuf text = test_read(full.at);
	struct block block = {0};
	bool any = false;
	struct str rest = strbuf_str(&text), line;
	while (str_split(&rest, '\n', &line)) {
		struct str name;
		if (str_starts(line, STR("#name "))) {
			if (any) {
				run_block(path, &block, run, &rewritten);
			}
			any = true;
			block.name = str_slice(line, 6, line.len);
			vec_clear(&block.sections);
		} else if (any && section_line(line, &name)) {
			struct section section = {name, {line.at + line.len + 1, 0}};
			vec_push(&block.sections, section);
		} else if (block.sections.len) {
			struct section *section = &vec_last(&block.sections);
			section->text.len = (size_t)(line.at + line.len - section->text.at);
		}
		if (rest.at == NULL || str_starts(rest, STR("#"))) {
			if (block.sections.len) {
				struct section *section = &vec_last(&block.sections);
				section->text = without_last_line_ends(section->text);
			}
		}
	}
	if (any) {
		run_block(path, &block, run, &rewritten);
	} else {
		test_fail(path, 0, "no blocks");
	}
	if (state.update && rewritten.len && !str_eq(strbuf_str(&rewritten), strbuf_str(&text))) {
		struct strbuf name = {0};
		strbuf_printf(&name, "%s/%s", source_root(), full.at);
		FILE *file = fopen(name.at, "wb");
		if (file) {
			fwrite(rewritten.at, 1, rewritten.len, file);
			fclose(file);
		}
		strbuf_finish(&name);
	}
	vec_finish(&block.sections);
	strbuf_finish(&full);
	strbuf_finish(&text);
	strbuf_finish(&rewritten);
}

int test_main(int argc, char **argv, const struct test_case *cases, size_t count)
{
	const char *only = NULL;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--update") == 0) {
			state.update = true;
		} else if (strcmp(argv[i], "--list") == 0) {
			for (size_t k = 0; k < count; k++) {
				printf("%s\n", cases[k].name);
			}
			return 0;
		} else {
			only = argv[i];
		}
	}
	size_t passed = 0, failed = 0;
	for (size_t i = 0; i < count; i++) {
		if (only && strcmp(only, cases[i].name) != 0) {
			continue;
		}
		state.failures = 0;
		cases[i].run();
		if (state.failures) {
			printf("FAIL %s\n", cases[i].name);
			failed++;
		} else {
			passed++;
		}
	}
	printf("%zu passed, %zu failed\n", passed, failed);
	return failed ? 1 : 0;
}

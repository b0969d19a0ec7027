/* The smallest test harness: a program is a table of named cases; CHECK reports and goes on, and
 * the case counts as failed. `PROGRAM --list` names the cases, `PROGRAM NAME` runs one. Each
 * program ends with one line "N passed, N failed".
 *
 * Golden data: test_dat() runs the blocks of a .dat file. A block is
 *     #name what it shows
 *     #section
 *     text ...
 * and a blank line before the next "#name" is not part of the text. The driver gives the text of
 * the section "expected" for the others; `--update` rewrites the file with what came out. */
#ifndef MINA_TEST_TEST_H
#define MINA_TEST_TEST_H

#include "base/str.h"

struct test_case {
	const char *name;
	void (*run)(void);
};

int test_main(int argc, char **argv, const struct test_case *cases, size_t count);
void test_fail(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			test_fail(__FILE__, __LINE__, "%s", #condition); \
		} \
	} while (0)
#define CHECK_STR(got, want) test_check_str(__FILE__, __LINE__, got, want)
#define CHECK_NUM(got, want) \
	do { \
		double got_ = (double)(got), want_ = (double)(want); \
		if (!(got_ == want_)) { \
			test_fail(__FILE__, __LINE__, "%s is %g, expected %g", #got, got_, want_); \
		} \
	} while (0)
void test_check_str(const char *file, int line, struct str got, const char *want);

struct test_block {
	struct str name;
	/* Text of a section without its last line end, or the empty view. */
	struct str (*section)(const struct test_block *block, const char *name);
	const void *data;
};

/* `path` is relative to test/data. `run` appends the actual result of a block to out. */
void test_dat(const char *path, void (*run)(const struct test_block *block, struct strbuf *out));
/* A whole file below the source root; owner frees with strbuf_finish. Fails the test when absent. */
struct strbuf test_read(const char *path);

#define TEST_MAIN(cases) \
	int main(int argc, char **argv) \
	{ \
		return test_main(argc, argv, cases, ARRAY_LEN(cases)); \
	}

#endif

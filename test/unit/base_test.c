/* The words that every file uses: text, numbers, maps, vectors, slots, arenas, atoms, geometry, diagnostics. */
#include "base/atom.h"
#include "base/diag.h"
#include "base/geom.h"
#include "base/map.h"
#include "base/slot.h"
#include "base/vec.h"
#include "harness/test.h"

#include <stdio.h>
#include <string.h>

/* --- text --- */

static void views(void)
{
	struct str s = STR("a/b/c"), piece;
	CHECK_STR(str_slice(s, 2, 3), "b");
	CHECK_STR(str_slice(s, 4, 99), "c");
	CHECK_NUM(str_slice(s, 9, 99).len, 0);
	CHECK_NUM(str_slice((struct str){0}, 1, 2).len, 0);
	CHECK_NUM(str_find(s, STR("b/")), 2);
	CHECK(str_find(s, STR("x")) == SIZE_MAX && str_find(s, STR("")) == 0);
	CHECK_NUM(str_find_char(s, '/'), 1);
	CHECK_NUM(str_rfind_char(s, '/'), 3);
	CHECK(str_rfind_char(s, 'x') == SIZE_MAX && str_rfind_char((struct str){0}, 'x') == SIZE_MAX);
	CHECK(str_starts(s, STR("a/")) && !str_starts(s, STR("a/b/c/")) && str_ends(s, STR("/c")) && str_ends(s, STR("")));
	CHECK(str_eq_nocase(STR("aZ-\xc3\x84"), STR("Az-\xc3\x84")) && !str_eq_nocase(STR("\xc3\x84"), STR("\xc3\xa4")));
	CHECK(str_compare(STR("a"), STR("b")) < 0 && str_compare(STR("ab"), STR("a")) > 0 && str_compare(STR("\x80"), STR("a")) > 0);
	CHECK_STR(str_trim(STR(" \t\r\n\v\fa b ")), "a b");
	CHECK_NUM(str_trim(STR("  ")).len, 0);
	CHECK(str_is(str_of(NULL), "") && str_eq((struct str){0}, STR("")));
	size_t count = 0;
	for (struct str rest = STR("a,,b,"); str_split(&rest, ',', &piece); count++) {
		CHECK_STR(piece, count == 0 ? "a" : count == 2 ? "b" : "");
	}
	CHECK_NUM(count, 4);
}

static void utf8(void)
{
	static const struct {
		const char *bytes;
		size_t len;
		uint32_t code;
		size_t taken;
	} cases[] = {
		{"a", 1, 'a', 1},
		{"\xc3\xa4", 2, 0xe4, 2},
		{"\xe5\xad\x97", 3, 0x5b57, 3},
		{"\xf0\x9f\x98\x80", 4, 0x1f600, 4},
		{"\xef\xbf\xbd", 3, 0xfffd, 3},
		{"\xf4\x90\x80\x80", 4, 0xfffd, 1}, // beyond U+10FFFF
		{"\xed\xa0\x80", 3, 0xfffd, 1},     // a surrogate
		{"\xc0\xaf", 2, 0xfffd, 1},         // longer than needed
		{"\xe0\x80\xaf", 3, 0xfffd, 1},
		{"\xe5\xad", 2, 0xfffd, 1}, // cut off
		{"\x80", 1, 0xfffd, 1},
		{"\xff", 1, 0xfffd, 1},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str s = {cases[i].bytes, cases[i].len};
		size_t pos = 0;
		CHECK_NUM(str_utf8_next(s, &pos), cases[i].code);
		CHECK_NUM(pos, cases[i].taken);
		CHECK(str_utf8_valid(s) == (cases[i].taken == cases[i].len && cases[i].len > 0 && (uint8_t)s.at[0] < 0xf5
			&& (cases[i].len > 1 || (uint8_t)s.at[0] < 0x80)));
	}
	for (uint32_t code = 1; code <= 0x10ffff; code += code < 0x900 ? 1 : 97) {
		char bytes[4];
		struct str s = {bytes, str_utf8_put(code, bytes)};
		size_t pos = 0;
		bool surrogate = code >= 0xd800 && code < 0xe000;
		CHECK(str_utf8_next(s, &pos) == (surrogate ? 0xfffd : code) && pos == s.len);
	}
	CHECK_NUM(str_utf16_len(STR("a\xe5\xad\x97\xf0\x9f\x98\x80\xff")), 5);
}

static void buffers(void)
{
	struct strbuf buf = {0};
	CHECK_STR(strbuf_str(&buf), "");
	strbuf_add_text(&buf, "a");
	strbuf_printf(&buf, "%d%s", 12, "");
	strbuf_add_code_point(&buf, 0x5b57);
	strbuf_add_char(&buf, '!');
	CHECK_STR(strbuf_str(&buf), "a12\xe5\xad\x97!");
	CHECK_NUM(buf.at[buf.len], 0);
	char *text = strbuf_steal(&buf);
	CHECK(strcmp(text, "a12\xe5\xad\x97!") == 0 && !buf.at && !buf.len);
	mem_free(text);
	text = strbuf_steal(&buf);
	CHECK(text && !text[0]);
	mem_free(text);
	for (int i = 0; i < 1000; i++) {
		strbuf_add(&buf, STR("0123456789"));
	}
	CHECK_NUM(buf.len, 10000);
	strbuf_clear(&buf);
	CHECK(buf.len == 0 && buf.at[0] == 0);
	strbuf_finish(&buf);
}

/* As String(number) in JavaScript. */
static void numbers(void)
{
	static const struct {
		double number;
		const char *text;
	} cases[] = {
		{0, "0"}, {-0.0, "0"}, {1, "1"}, {-7, "-7"}, {0.1, "0.1"}, {0.1 + 0.2, "0.30000000000000004"}, {1e21, "1e+21"},
		{123456789012345680000.0, "123456789012345680000"}, {1e-6, "0.000001"}, {1e-7, "1e-7"}, {1.5e-9, "1.5e-9"},
		{9007199254740993.0, "9007199254740992"}, {1.7976931348623157e308, "1.7976931348623157e+308"}, {5e-324, "5e-324"},
		{123.456, "123.456"}, {-1e-7, "-1e-7"}, {100, "100"}, {1e15, "1000000000000000"}, {INFINITY, "Infinity"},
		{-INFINITY, "-Infinity"}, {NAN, "NaN"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf buf = {0};
		double again;
		strbuf_add_number(&buf, cases[i].number);
		CHECK_STR(strbuf_str(&buf), cases[i].text);
		if (isfinite(cases[i].number)) {
			CHECK(str_to_number(strbuf_str(&buf), &again) && again == cases[i].number);
		}
		strbuf_finish(&buf);
	}
	static const char *const good[] = {"1", "-.5e3", "+2", "1.", "00", "1E-2"};
	static const char *const bad[] = {"", " 1", "1 ", "0x10", "inf", "nan", ".", "-", "1e", "1e+", "1,5", "--1"};
	double number = 7;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		CHECK(str_to_number(str_of(good[i]), &number));
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		number = 7;
		CHECK(!str_to_number(str_of(bad[i]), &number) && number == 7);
	}
	CHECK(str_to_number(STR("-.5e3"), &number) && number == -500);
}

/* --- containers --- */

static void maps(void)
{
	struct map map = {0};
	int values[500];
	char key[16];
	CHECK(!map_get(&map, STR("a")) && !map_has(&map, STR("a")) && !map_remove(&map, STR("a")));
	for (int i = 0; i < 500; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		CHECK(!map_set(&map, str_of(key), &values[i]));
	}
	CHECK(map_set(&map, STR("k7"), NULL) == &values[7]);
	CHECK(map_has(&map, STR("k7")) && !map_get(&map, STR("k7")));
	for (int i = 0; i < 500; i += 2) {
		snprintf(key, sizeof(key), "k%d", i);
		CHECK(map_remove(&map, str_of(key)) == &values[i]);
	}
	CHECK_NUM(map.live, 250);
	CHECK(!map_set(&map, STR("k0"), &values[0]) && !map_set(&map, STR(""), &values[1]));
	int expected = 1; // in order of insertion; "k0" came again at the end
	size_t seen = 0;
	MAP_EACH(&map, entry) {
		snprintf(key, sizeof(key), "k%d", expected);
		CHECK_STR(entry->key, seen == 250 ? "k0" : seen == 251 ? "" : key);
		expected += 2;
		seen++;
	}
	CHECK_NUM(seen, 252);
	for (int i = 0; i < 5000; i++) { // buckets of removed keys do not pile up
		map_set(&map, STR("x"), &values[0]);
		map_remove(&map, STR("x"));
	}
	CHECK(map.cap < 4000 && map_get(&map, STR("k499")) == &values[499]);
	map_finish(&map);
	map_finish(&map);
}

static void vectors(void)
{
	VEC(int) v = {0};
	for (int i = 0; i < 100; i++) {
		vec_push(&v, i);
	}
	vec_remove(&v, 0);
	vec_insert(&v, 1, -1);
	vec_add_zeroed(&v);
	CHECK(v.len == 101 && v.at[0] == 1 && v.at[1] == -1 && v.at[2] == 2 && vec_last(&v) == 0);
	vec_clear(&v);
	CHECK(v.len == 0 && v.cap >= 101);
	vec_finish(&v);
	CHECK(!v.at && !v.cap);
}

static void slots(void)
{
	struct slot_table table = {0};
	int things[40];
	slot_id ids[40];
	for (int i = 0; i < 40; i++) {
		ids[i] = slot_add(&table, &things[i]);
		CHECK(ids[i] != 0);
	}
	CHECK(slot_get(&table, ids[20]) == &things[20] && !slot_get(&table, 0) && !slot_get(&table, UINT32_MAX));
	CHECK(slot_remove(&table, ids[20]) == &things[20] && !slot_get(&table, ids[20]) && !slot_remove(&table, ids[20]));
	slot_id again = slot_add(&table, &things[20]);
	CHECK(again != ids[20] && slot_get(&table, again) == &things[20] && !slot_get(&table, ids[20]));
	for (int i = 0; i < 10000; i++) { // generations come round; 0 is never an id
		CHECK(slot_remove(&table, again) && (again = slot_add(&table, &things[20])) != 0);
	}
	ids[20] = again;
	for (int i = 0; i < 40; i++) {
		slot_remove(&table, ids[i]);
	}
	CHECK_NUM(table.live, 0);
	slot_table_finish(&table);
}

static void arenas(void)
{
	struct arena arena;
	arena_init(&arena);
	for (size_t size = 0; size < 3000; size += 7) {
		char *at = arena_alloc(&arena, size);
		CHECK(((uintptr_t)at & 15) == 0);
		for (size_t i = 0; i < size; i++) {
			CHECK(at[i] == 0);
		}
		memset(at, 1, size);
	}
	CHECK(arena.used > 0 && strcmp(arena_strdup(&arena, "abc", 2), "ab") == 0);
	memset(arena_alloc(&arena, 1 << 20), 2, 1 << 20);
	arena_clear(&arena);
	char *at = arena_alloc_array(&arena, 8, 100);
	CHECK(at[0] == 0 && at[799] == 0);
	arena_finish(&arena);
	char *copy = mem_dup("xy", 2), *grown = mem_realloc(copy, 10, 2);
	CHECK(memcmp(grown, "xy", 2) == 0);
	mem_free(grown);
	mem_free(mem_alloc(0));
	mem_free(NULL);
}

static void atoms(void)
{
	atom_t view = atom_of("view");
	CHECK(view && atom_intern(STR("view")) == view && atom_find(STR("view")) == view);
	CHECK(atom_find(STR("never-seen")) == 0 && atom_intern(STR("")) == 0 && atom_of("View") != view);
	CHECK_STR(atom_str(view), "view");
	CHECK(strcmp(atom_text(0), "") == 0);
	char name[16];
	for (int i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		atom_of(name);
	}
	CHECK(atom_of("view") == view && strcmp(atom_text(atom_find(STR("n2999"))), "n2999") == 0);
	atom_reset();
	CHECK(atom_find(STR("view")) == 0);
}

/* --- geometry --- */

static void rectangles(void)
{
	struct rect a = {0, 0, 10, 10}, b = {5, 5, 10, 10}, far = {20, 20, 1, 1};
	struct rect i = rect_intersect(a, b), u = rect_union(a, b);
	CHECK(i.x == 5 && i.y == 5 && i.width == 5 && i.height == 5);
	CHECK(u.x == 0 && u.width == 15 && u.height == 15);
	CHECK(rect_empty(rect_intersect(a, far)) && rect_empty(rect_intersect(a, (struct rect){10, 0, 5, 5})));
	u = rect_union(a, (struct rect){99, 99, 0, 5});
	CHECK(u.width == 10 && rect_union((struct rect){0}, b).x == 5);
	CHECK(rect_contains(a, (struct point){0, 9.9f}) && !rect_contains(a, (struct point){10, 0}));
	i = rect_inset(a, (struct insets){1, 2, 3, 20});
	CHECK(i.x == 20 && i.y == 1 && i.width == 0 && i.height == 6);
	CHECK_NUM(rect_right(rect_move(a, 3, 0)), 13);
	CHECK(rect_empty((struct rect){0, 0, NAN, 1}));
}

static void matrices(void)
{
	struct matrix m = matrix_multiply(matrix_translate(10, 20), matrix_scale(2, 3)), back;
	struct point p = matrix_apply(m, (struct point){1, 1});
	CHECK(p.x == 12 && p.y == 23);
	CHECK(matrix_invert(m, &back) && matrix_is_identity(matrix_multiply(m, back)));
	CHECK(!matrix_invert(matrix_scale(0, 1), &back) && matrix_is_identity(MATRIX_IDENTITY));
	p = matrix_apply(matrix_rotate((float)M_PI / 2), (struct point){1, 0});
	CHECK(fabsf(p.x) < 1e-6f && fabsf(p.y - 1) < 1e-6f);
	struct rect r = matrix_bounds(matrix_rotate((float)M_PI / 2), (struct rect){0, 0, 10, 4});
	CHECK(fabsf(r.x + 4) < 1e-5f && fabsf(r.width - 4) < 1e-5f && fabsf(r.height - 10) < 1e-5f);
}

/* --- diagnostics --- */

static void count(void *user, const struct diag *diag)
{
	*(int *)user += diag->severity == DIAG_ERROR ? 100 : 1;
}

static void diagnostics(void)
{
	int told = 0, line, column;
	struct diag_list list = {.on_add = count, .user = &told};
	struct strbuf out = {0};
	diag_add(NULL, DIAG_ERROR, STR("a"), 1, 1, "nobody");
	diag_add(&list, DIAG_ERROR, STR("a.js"), 3, 4, "no %s", "way");
	diag_add(&list, DIAG_ERROR, STR("a.js"), 3, 4, "no %s", "way");
	diag_add(&list, DIAG_WARNING, STR(""), 0, 0, "all");
	diag_add(&list, DIAG_WARNING, STR("b"), 0, 0, "all");
	for (size_t i = 0; i < list.items.len; i++) {
		diag_print(&list.items.at[i], &out);
		strbuf_add_char(&out, '\n');
	}
	CHECK_STR(strbuf_str(&out), "a.js:3:4: error: no way\nwarning: all\nb: warning: all\n");
	CHECK(list.errors == 1 && list.warnings == 2 && told == 102);
	for (int i = 0; i < 2000; i++) {
		diag_add(&list, DIAG_ERROR, STR("c"), i + 1, 1, "x");
	}
	CHECK(list.items.len == 1000 && list.errors == 2001);
	diag_list_finish(&list);
	strbuf_finish(&out);
	struct str text = STR("a\xe5\xad\x97" "b\ncd");
	diag_place(text, 4, &line, &column);
	CHECK(line == 1 && column == 3);
	diag_place(text, 7, &line, &column);
	CHECK(line == 2 && column == 2);
	diag_place(text, 999, &line, &column);
	CHECK(line == 2 && column == 3);
}

static const struct test_case cases[] = {
	{"views", views},
	{"utf-8", utf8},
	{"buffers", buffers},
	{"numbers", numbers},
	{"maps", maps},
	{"vectors", vectors},
	{"slots", slots},
	{"arenas", arenas},
	{"atoms", atoms},
	{"rectangles", rectangles},
	{"matrices", matrices},
	{"diagnostics", diagnostics},
};

TEST_MAIN(cases)

/* The C library from the outside: small programs, fingers, time, and what the programs say. */
#include "harness/test.h"

#include "base/vec.h"
#include "mina/mina.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- a package on disk --- */

struct disk {
	char root[64];
	VEC(char *) files, folders; // in order of making
};

static void make_folders(struct disk *disk, const char *path)
{
	for (const char *at = strchr(path + strlen(disk->root) + 1, '/'); at; at = strchr(at + 1, '/')) {
		char *folder = mem_strdup(path, (size_t)(at - path));
		if (mkdir(folder, 0700) == 0) {
			vec_push(&disk->folders, folder);
		} else {
			CHECK(errno == EEXIST);
			mem_free(folder);
		}
	}
}

static void write_file(struct disk *disk, struct str name, struct str body)
{
	struct strbuf path = {0};
	strbuf_printf(&path, "%s/" STR_FMT, disk->root, STR_ARG(name));
	make_folders(disk, path.at);
	FILE *file = fopen(path.at, "wb");
	CHECK(file && (!body.len || fwrite(body.at, 1, body.len, file) == body.len));
	if (file) {
		fclose(file);
	}
	vec_push(&disk->files, strbuf_steal(&path));
}

/* "@ path < name" is a file of test/media. */
static void copy_file(struct disk *disk, struct str name, size_t mark)
{
	struct strbuf path = {0};
	strbuf_printf(&path, "test/media/" STR_FMT, (int)(name.len - mark - 3), name.at + mark + 3);
	struct strbuf bytes = test_read(path.at);
	write_file(disk, str_slice(name, 0, mark), strbuf_str(&bytes));
	strbuf_finish(&bytes);
	strbuf_finish(&path);
}

/* "@ path" begins a file; what no section names is a small default. */
static void write_package(struct disk *disk, struct str files)
{
	strcpy(disk->root, "/tmp/mina-test-XXXXXX");
	CHECK(mkdtemp(disk->root) != NULL);
	struct str name = {0}, line, body = {0};
	bool app = false, script = false;
	for (bool more = true; more;) {
		more = str_split(&files, '\n', &line);
		if (!more || str_starts(line, STR("@ "))) {
			size_t mark = str_find(name, STR(" < "));
			if (mark != SIZE_MAX) {
				copy_file(disk, name, mark);
			} else if (name.len) {
				write_file(disk, name, body);
			}
			name = more ? str_slice(line, 2, line.len) : (struct str){0};
			app = app || str_is(name, "app.json");
			script = script || str_is(name, "app.js");
			body = (struct str){files.at, 0};
		} else {
			body.len = (size_t)(line.at + line.len - body.at) + (files.at ? 1 : 0);
		}
	}
	if (!app) {
		write_file(disk, STR("app.json"), STR("{\"pages\": [\"a\"]}"));
	}
	if (!script) {
		write_file(disk, STR("app.js"), STR("App({})"));
	}
}

static void remove_package(struct disk *disk)
{
	for (size_t i = 0; i < disk->files.len; i++) {
		unlink(disk->files.at[i]);
		mem_free(disk->files.at[i]);
	}
	for (size_t i = disk->folders.len; i > 0; i--) {
		rmdir(disk->folders.at[i - 1]);
		mem_free(disk->folders.at[i - 1]);
	}
	rmdir(disk->root);
	vec_finish(&disk->files);
	vec_finish(&disk->folders);
}

/* --- steps --- */

static void on_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	struct strbuf *out = user;
	(void)file;
	(void)line;
	strbuf_printf(out, "%s%s\n", level == MINA_ERROR ? "error: " : level == MINA_WARN ? "warn: " : "", text);
}

static void print_pixel(struct mina *mina, int x, int y, struct strbuf *out)
{
	struct mina_frame frame;
	mina_frame(mina, &frame);
	uint32_t pixel = 0;
	if (x >= 0 && y >= 0 && x < frame.width && y < frame.height) {
		memcpy(&pixel, frame.pixels + (size_t)y * (size_t)frame.stride + (size_t)x * 4, 4);
	}
	strbuf_printf(out, "= #%06x\n", (unsigned)(pixel & 0xFFFFFF)); // a line "#ffffff" would begin a section
}

static void run_step(struct mina *mina, const char *line, struct strbuf *out)
{
	static const char *const phases[] = {"start", "move", "end", "cancel"};
	char word[200] = "", phase[20] = "";
	int id, taken = 0;
	float x, y;
	double ms;
	strbuf_printf(out, "> %s\n", line);
	if (sscanf(line, "touch %d %19s %f %f", &id, phase, &x, &y) == 4) {
		for (int i = 0; i < 4; i++) {
			if (strcmp(phase, phases[i]) == 0) {
				mina_touch(mina, id, (enum mina_touch_phase)i, x, y);
			}
		}
	} else if (sscanf(line, "press %f %f", &x, &y) == 2) { // a finger's tap at a point
		mina_touch(mina, 0, MINA_TOUCH_START, x, y);
		mina_advance(mina, 30);
		mina_touch(mina, 0, MINA_TOUCH_END, x, y);
	} else if (sscanf(line, "wait %lf", &ms) == 1) {
		mina_advance(mina, ms);
	} else if (sscanf(line, "tap %199[^\n]", word) == 1) {
		CHECK(mina_tap(mina, word) == 0);
	} else if (sscanf(line, "pixel %f %f", &x, &y) == 2) {
		print_pixel(mina, (int)x, (int)y, out);
	} else if (sscanf(line, "type %n%199[^\n]", &taken, word) >= 0 && taken) {
		strbuf_printf(out, "%s", mina_type(mina, word) ? "(nothing has the focus)\n" : "");
	} else if (sscanf(line, "answer %19s %199[^\n]", phase, word) == 2) {
		strbuf_printf(out, "%s", mina_answer(mina, phase, strcmp(word, "cancel") == 0 ? NULL : word) ? "(no dialog)\n" : "");
	} else if (sscanf(line, "data %199[^\n]", word) == 1) {
		CHECK(mina_set_data(mina, word) == 0);
	} else if (sscanf(line, "resize %f %f", &x, &y) == 2) {
		mina_resize(mina, x, y, 1);
	} else if (strcmp(line, "back") == 0) {
		mina_back(mina);
	} else if (strcmp(line, "freeze") == 0) {
		mina_freeze(mina);
	} else if (strcmp(line, "path") == 0) {
		strbuf_printf(out, "%s %zu\n", mina_path(mina), mina_page_count(mina));
	} else {
		test_fail(__FILE__, __LINE__, "unknown step: %s", line);
	}
}

static void run_steps(const struct test_block *block, struct mina_options *options, struct strbuf *out)
{
	struct disk disk = {0};
	write_package(&disk, block->section(block, "files"));
	options->app = disk.root;
	options->dpr = 1;
	options->on_console = on_console;
	options->user = out;
	struct mina *mina = mina_open(options);
	mina_advance(mina, 100);
	struct str steps = block->section(block, "steps"), line;
	while (str_split(&steps, '\n', &line)) {
		char text[300] = "";
		memcpy(text, line.at, size_min(line.len, sizeof(text) - 1));
		run_step(mina, text, out);
	}
	struct mina_diagnostic diagnostic;
	for (size_t i = 0; mina_diagnostic_at(mina, i, &diagnostic); i++) {
		strbuf_printf(out, "%s:%d:%d: %s\n", diagnostic.file, diagnostic.line, diagnostic.column, diagnostic.text);
	}
	mina_close(mina);
	remove_package(&disk);
}

static void run_page(const struct test_block *block, struct strbuf *out)
{
	struct mina_options options = {.width = 200, .height = 300};
	struct str script = block->section(block, "script"); // what the simulated world answers; mostly absent
	char *text = script.len ? strndup(script.at, script.len) : NULL;
	options.script = text;
	run_steps(block, &options, out);
	free(text);
}

/* The whole screen, bars and dialogs included. */
static void run_screen(const struct test_block *block, struct strbuf *out)
{
	struct mina_options options = {.width = 375, .height = 667, .chrome = true};
	run_steps(block, &options, out);
}

/* Pages that are used as a person would: a file of blocks each. */
#define PAGE_FILES(X) \
	X(golden, "mina.dat") \
	X(components, "mina_component.dat") \
	X(canvas, "mina_canvas.dat") \
	X(controls, "mina_controls.dat") \
	X(form, "mina_form.dat") \
	X(field, "mina_field.dat") \
	X(swiper, "mina_swiper.dat") \
	X(map, "mina_map.dat") \
	X(movable, "mina_movable.dat") \
	X(scrolling, "mina_scroll.dat") \
	X(picker, "mina_picker.dat") \
	X(motion, "mina_motion.dat") \
	X(live, "mina_live.dat") \
	X(media, "mina_media.dat") \
	X(sound, "mina_sound.dat") \
	X(rich, "mina_rich.dat") \
	X(query, "mina_query.dat")

#define PAGE_TEST(name, file) \
	static void name(void) \
	{ \
		test_dat(file, run_page); \
	}
PAGE_FILES(PAGE_TEST)

static void chrome(void)
{
	test_dat("mina_chrome.dat", run_screen);
}

static void keyboard(void)
{
	test_dat("mina_keyboard.dat", run_screen);
}

static void media_screen(void)
{
	test_dat("mina_media_screen.dat", run_screen);
}

static void odd_calls(void)
{
	struct mina_options options = {.app = "/nowhere"};
	struct mina *mina = mina_open(&options);
	struct mina_diagnostic diagnostic;
	struct mina_frame frame;
	CHECK(!mina_alive(mina));
	CHECK(mina_diagnostic_at(mina, 0, &diagnostic) && diagnostic.error);
	CHECK(mina_error_count(mina) == 1);
	mina_touch(mina, 0, MINA_TOUCH_START, 1, 1);
	mina_touch(mina, -5, MINA_TOUCH_END, NAN, INFINITY);
	mina_advance(mina, -1);
	mina_advance(mina, NAN);
	mina_settle(mina, 0, 10);
	mina_freeze(mina);
	mina_back(mina);
	mina_resize(mina, -1, NAN, 0);
	CHECK(mina_tap(mina, "view") == 1);
	CHECK(mina_tap(mina, "((") == 1);
	CHECK(mina_type(mina, "x") == 1);
	CHECK(mina_set_data(mina, "{}") == 1 || !mina_alive(mina));
	CHECK(mina_set_data(mina, "{") == 1);
	CHECK(mina_answer(mina, "modal", "{}") == 1);
	CHECK(strcmp(mina_path(mina), "") == 0);
	mina_frame(mina, &frame);
	CHECK(frame.width > 0 && frame.pixels);
	char *boxes = mina_boxes(mina), *data = mina_data(mina);
	mina_free(boxes);
	mina_free(data);
	mina_close(mina);
	mina_close(NULL);
	mina = mina_check("/nowhere");
	CHECK(mina_error_count(mina) == 1);
	mina_close(mina);
}

#define PAGE_CASE(name, file) {#name, name},
static const struct test_case cases[] = {
	PAGE_FILES(PAGE_CASE)
	{"chrome", chrome}, {"media_screen", media_screen}, {"keyboard", keyboard},
	{"odd_calls", odd_calls},
};

TEST_MAIN(cases)

/* Random sessions with whole programs, over the C library: nothing breaks, a picture that grew by
 * damage is the one that would be made anew, and the same session gives the same bytes again. */
#include "harness/test.h"

#include "base/mem.h"
#include "mina/mina.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 375
#define HEIGHT 667
#define STEPS 24
#define SHADE_MAX 16 // edges of slanted and blurred shapes may differ by so much at a damage's border
#define PIXELS_MAX 4 // that differ by more

struct session {
	struct mina *mina;
	unsigned seed;
	uint32_t hash; // of all that was seen and said
	bool pressed;  // a second finger rests
};

static unsigned next_random(struct session *s, unsigned below)
{
	s->seed = s->seed * 1103515245 + 12345;
	return (s->seed >> 16) % below;
}

static void add_bytes(struct session *s, const void *bytes, size_t size)
{
	const uint8_t *at = bytes;
	for (size_t i = 0; i < size; i++) {
		s->hash = (s->hash ^ at[i]) * 16777619;
	}
}

static void on_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	add_bytes(user, text, strlen(text));
	add_bytes(user, &level, sizeof(level));
	add_bytes(user, file, strlen(file));
	add_bytes(user, &line, sizeof(line));
}

/* --- what a finger does --- */

static void tap(struct session *s, double held)
{
	float x = (float)next_random(s, WIDTH), y = (float)next_random(s, HEIGHT);
	mina_touch(s->mina, 0, MINA_TOUCH_START, x, y);
	mina_advance(s->mina, held);
	mina_touch(s->mina, 0, MINA_TOUCH_END, x, y);
	mina_advance(s->mina, next_random(s, 2) ? 20 : 300);
}

static void swipe(struct session *s)
{
	float x = (float)next_random(s, WIDTH), y = (float)next_random(s, HEIGHT), by = (float)next_random(s, 500) - 250;
	mina_touch(s->mina, 0, MINA_TOUCH_START, x, y);
	for (int i = 1; i <= 6; i++) {
		mina_advance(s->mina, 16);
		mina_touch(s->mina, 0, MINA_TOUCH_MOVE, x, y + by * (float)i / 6);
		struct mina_frame frame;
		if (next_random(s, 3) == 0) {
			mina_frame(s->mina, &frame);
		}
	}
	mina_touch(s->mina, 0, next_random(s, 10) ? MINA_TOUCH_END : MINA_TOUCH_CANCEL, x, y + by);
	mina_advance(s->mina, next_random(s, 2) ? 40 : 500);
}

/* A finger that rests, so that what it presses is seen. */
static void press(struct session *s)
{
	float x = (float)next_random(s, WIDTH), y = (float)next_random(s, HEIGHT);
	mina_touch(s->mina, 1, s->pressed ? MINA_TOUCH_END : MINA_TOUCH_START, x, y);
	s->pressed = !s->pressed;
	mina_advance(s->mina, 60);
}

static void act(struct session *s)
{
	switch (next_random(s, 8)) {
	case 0:
	case 1:
		tap(s, next_random(s, 3) ? 30 : 500);
		break;
	case 2:
	case 3:
		press(s);
		break;
	case 4:
		swipe(s);
		break;
	case 5:
		if (mina_type(s->mina, next_random(s, 2) ? "\u4f60\u597d 12" : "") == 0 && next_random(s, 2)) {
			mina_confirm(s->mina);
		}
		break;
	case 6:
		if (mina_page_count(s->mina) > 1) {
			mina_back(s->mina);
		}
		break;
	default:
		mina_answer(s->mina, "modal", next_random(s, 2) ? "{\"confirm\": true}" : NULL);
		mina_answer(s->mina, "actionSheet", next_random(s, 2) ? "{\"tapIndex\": 0}" : NULL);
		mina_advance(s->mina, next_random(s, 2000));
		break;
	}
}

/* --- what it shows --- */

static size_t count_differing(const uint8_t *before, const struct mina_frame *frame)
{
	size_t count = 0;
	for (int y = 0; y < frame->height; y++) {
		const uint8_t *a = before + (size_t)y * (size_t)frame->stride, *b = frame->pixels + (size_t)y * (size_t)frame->stride;
		for (int x = 0; x < frame->width * 4; x++) {
			count += abs(a[x] - b[x]) > SHADE_MAX;
		}
	}
	return count;
}

/* A width that changes and changes back has every page restyled, laid out and painted from the start. */
static bool shows_what_is_there(struct session *s)
{
	struct mina_frame frame;
	mina_frame(s->mina, &frame);
	size_t size = (size_t)frame.stride * (size_t)frame.height;
	uint8_t *before = mem_alloc(size);
	memcpy(before, frame.pixels, size);
	char *boxes = mina_boxes(s->mina);
	mina_resize(s->mina, WIDTH + 1, HEIGHT, 1);
	mina_frame(s->mina, &frame);
	mina_resize(s->mina, WIDTH, HEIGHT, 1);
	mina_frame(s->mina, &frame);
	char *anew = mina_boxes(s->mina);
	bool same = strcmp(boxes, anew) == 0 && count_differing(before, &frame) <= PIXELS_MAX;
	add_bytes(s, before, size);
	add_bytes(s, boxes, strlen(boxes));
	mem_free(before);
	mina_free(boxes);
	mina_free(anew);
	return same;
}

static uint32_t run_session(const char *app, const char *page, unsigned seed)
{
	struct session s = {.seed = seed * 7919, .hash = 2166136261};
	struct mina_options options = {.app = app, .page = page, .width = WIDTH, .height = HEIGHT, .dpr = 1, .chrome = seed % 2,
		.on_console = on_console, .user = &s};
	s.mina = mina_open(&options);
	mina_advance(s.mina, 300);
	CHECK(mina_alive(s.mina));
	bool same = true;
	for (int i = 0; i < STEPS && same && mina_alive(s.mina); i++) {
		act(&s);
		same = next_random(&s, 3) == 0 || shows_what_is_there(&s);
		if (!same) {
			test_fail(__FILE__, __LINE__, "%s, seed %u, step %d, on %s: not what is painted anew", page, seed, i, mina_path(s.mina));
		}
	}
	mina_close(s.mina);
	return s.hash;
}

static void run_pages(const char *folder, const char *const *pages, size_t count)
{
	const char *root = getenv("MINA_SOURCE_ROOT"), *more = getenv("SESSIONS");
	unsigned rounds = more ? (unsigned)atoi(more) : 1;
	struct strbuf app = {0};
	strbuf_printf(&app, "%s/%s", root ? root : ".", folder);
	for (unsigned i = 0; i < count * rounds; i++) {
		const char *page = pages[i % count];
		uint32_t hash = run_session(app.at, page, i + 1);
		if (run_session(app.at, page, i + 1) != hash) {
			test_fail(__FILE__, __LINE__, "%s, seed %u: not the same again", page, i + 1);
		}
	}
	strbuf_finish(&app);
}

static void share(void)
{
	static const char *const pages[] = {"pages/index/index", "pages/me/me", "pages/card/card"};
	run_pages("examples/share", pages, ARRAY_LEN(pages));
}

static void weui(void)
{
	static const char *const pages[] = {"example/index", "example/list/list", "example/form/form_input_status", "example/dialog/dialog",
		"example/actionsheet/actionsheet", "example/searchbar/searchbar", "example/form/form_vcode", "example/gallery/gallery", "example/half-screen-dialog/half-screen-dialog"};
	run_pages("test/node_modules/weui-wxss/dist", pages, ARRAY_LEN(pages));
}

/* Custom components, view scripts, slots: a library's own example. */
static void components(void)
{
	static const char *const pages[] = {"pages/button/index", "pages/accordion/index", "pages/tabs/index", "pages/popup/index",
		"pages/calendar/index", "pages/swipe-action/index", "pages/rater/index", "pages/select/index"};
	run_pages("test/node_modules/wux-weapp/example", pages, ARRAY_LEN(pages));
}

static void rows(void)
{
	static const char *const pages[] = {"pages/rows/rows"};
	run_pages("bench/apps/rows", pages, ARRAY_LEN(pages));
}

static const struct test_case cases[] = {
	{"the share example", share},
	{"pages of weui", weui},
	{"pages of wux-weapp", components},
	{"long lists", rows},
};

TEST_MAIN(cases)

/* The simulator's pictures: whoever does what the messages say sees what was drawn. */
#include "base/base.h"
#include "base/mem.h"
#include "door/simulator/stream.h"
#include "harness/test.h"

#include <png.h>
#include <string.h>

#define STEPS 400

struct screen {
	int width, height;
	uint32_t *pixels;
};

static uint32_t next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

static void screen_init(struct screen *screen, int width, int height)
{
	*screen = (struct screen){width, height, mem_alloc((size_t)width * (size_t)height * 4)};
	for (int i = 0; i < width * height; i++) {
		screen->pixels[i] = 0xffffffff;
	}
}

static struct mina_frame frame_of(const struct screen *screen)
{
	return (struct mina_frame){(const uint8_t *)screen->pixels, screen->width, screen->height, screen->width * 4};
}

static void box(struct screen *screen, uint64_t *random)
{
	uint32_t color = 0xff000000u | (next(random) & 0xffffff);
	int x = (int)(next(random) % (unsigned)screen->width), y = (int)(next(random) % (unsigned)screen->height);
	int right = int_min(screen->width, x + 1 + (int)(next(random) % 90)), bottom = int_min(screen->height, y + 1 + (int)(next(random) % 90));
	for (int row = y; row < bottom; row++) {
		for (int column = x; column < right; column++) {
			screen->pixels[row * screen->width + column] = color;
		}
	}
}

static void scroll(struct screen *screen, uint64_t *random)
{
	int top = (int)(next(random) % (unsigned)(screen->height / 4)), by = (int)(next(random) % 121) - 60;
	int from = int_max(top, top + by), end = int_min(screen->height, screen->height + by);
	for (int i = 0; i < end - from; i++) {
		int y = by > 0 ? end - 1 - i : from + i;
		memmove(screen->pixels + y * screen->width, screen->pixels + (y - by) * screen->width, (size_t)screen->width * 4);
	}
}

static int number(const uint8_t **at)
{
	int number = (*at)[0] | (*at)[1] << 8;
	*at += 2;
	return number;
}

static void put_png(struct screen *screen, int x, int y, int width, int height, const uint8_t *bytes, size_t size)
{
	png_image png = {.version = PNG_IMAGE_VERSION};
	CHECK(png_image_begin_read_from_memory(&png, bytes, size));
	CHECK(png.width == (unsigned)width && png.height == (unsigned)height && x + width <= screen->width && y + height <= screen->height);
	png.format = PNG_FORMAT_BGRA;
	CHECK(png_image_finish_read(&png, NULL, screen->pixels + y * screen->width + x, screen->width * 4, NULL));
}

/* Does what the message says. False: there were losses. */
static bool follow(struct screen *screen, struct str message)
{
	const uint8_t *at = (const uint8_t *)message.at, *end = at + message.len;
	bool exact = true;
	int width = number(&at), height = number(&at), count = number(&at);
	CHECK(width == screen->width && height == screen->height);
	for (int i = 0; i < count; i++) {
		int kind = *at++, x = number(&at), y = number(&at), w = number(&at), h = number(&at);
		CHECK(w > 0 && h > 0 && x + w <= width && y + h <= height);
		if (kind == 2) {
			int from_x = number(&at), from_y = number(&at);
			CHECK(from_x == x && from_y + h <= height);
			for (int row = 0; row < h; row++) {
				int to = from_y < y ? h - 1 - row : row;
				memmove(screen->pixels + (y + to) * width + x, screen->pixels + (from_y + to) * width + x, (size_t)w * 4);
			}
			continue;
		}
		size_t size = (size_t)number(&at);
		size |= (size_t)number(&at) << 16;
		if (kind == 0) {
			put_png(screen, x, y, w, h, at, size);
		}
		exact = exact && kind == 0;
		at += size;
	}
	CHECK(at == end);
	return exact;
}

static void play(int width, int height, uint64_t seed, bool motion)
{
	struct screen drawn, seen;
	struct stream *stream = stream_create();
	uint64_t random = seed;
	screen_init(&drawn, width, height);
	screen_init(&seen, width, height);
	for (int step = 0; step < STEPS; step++) {
		struct strbuf message = {0};
		unsigned what = next(&random) % 4;
		if (what == 0) {
			scroll(&drawn, &random);
		}
		for (unsigned i = 0; i < what; i++) {
			box(&drawn, &random);
		}
		struct mina_frame frame = frame_of(&drawn);
		bool exact = !motion || step % 16 == 15;
		if (stream_update(stream, &frame, exact, &message)) {
			follow(&seen, strbuf_str(&message));
		}
		strbuf_finish(&message);
		if (exact) {
			CHECK(stream_is_exact(stream));
			CHECK(memcmp(drawn.pixels, seen.pixels, (size_t)width * (size_t)height * 4) == 0);
		}
		CHECK(!stream_update(stream, &frame, exact, &message)); // it has been seen
	}
	stream_destroy(stream);
	mem_free(drawn.pixels);
	mem_free(seen.pixels);
}

static void exact(void)
{
	play(200, 300, 1, false);
	play(33, 17, 2, false); // one tile and a bit
	play(5, 5, 3, false);
}

/* What was sent with losses in motion is sent anew when it rests, also where it has been copied to. */
static void motion(void)
{
	play(640, 480, 4, true);
}

static void moved(void)
{
	struct screen screen;
	struct stream *stream = stream_create();
	struct strbuf message = {0};
	uint64_t random = 5;
	screen_init(&screen, 400, 600);
	for (int i = 0; i < 300; i++) {
		box(&screen, &random);
	}
	struct mina_frame frame = frame_of(&screen);
	CHECK(stream_update(stream, &frame, true, &message));
	size_t whole = message.len;
	memmove(screen.pixels, screen.pixels + 400 * 20, (size_t)400 * 580 * 4); // up by 20
	strbuf_clear(&message);
	CHECK(stream_update(stream, &frame, true, &message));
	CHECK(message.at[6] == 2); // a copy first
	CHECK(message.len < whole / 5);
	stream_destroy(stream);
	strbuf_finish(&message);
	mem_free(screen.pixels);
}

static void resized(void)
{
	struct screen small, large;
	struct stream *stream = stream_create();
	struct strbuf message = {0};
	screen_init(&small, 50, 60);
	screen_init(&large, 70, 80);
	struct mina_frame frames[] = {frame_of(&small), frame_of(&large), frame_of(&small)};
	for (size_t i = 0; i < ARRAY_LEN(frames); i++) {
		strbuf_clear(&message);
		CHECK(stream_update(stream, &frames[i], false, &message));
		CHECK(follow(i == 1 ? &large : &small, strbuf_str(&message)));
	}
	stream_destroy(stream);
	strbuf_finish(&message);
	mem_free(small.pixels);
	mem_free(large.pixels);
}

int main(int argc, char **argv)
{
	static const struct test_case cases[] = {{"exact", exact}, {"motion", motion}, {"moved", moved}, {"resized", resized}};
	return test_main(argc, argv, cases, ARRAY_LEN(cases));
}

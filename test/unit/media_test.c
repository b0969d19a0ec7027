/* Media files: facts, exact frames, and bytes that are none. */
#include "harness/test.h"

#include "border/media/reader.h"

#include <math.h>

static struct strbuf load(const char *name)
{
	struct strbuf path = {0};
	strbuf_printf(&path, "test/media/%s", name);
	struct strbuf bytes = test_read(path.at);
	strbuf_finish(&path);
	return bytes;
}

static void check_facts(const char *name, double duration, int width, int height, int rate)
{
	struct strbuf bytes = load(name);
	struct media_facts facts;
	struct media_reader *reader;
	CHECK(media_reader_open(strbuf_str(&bytes), &facts, &reader) == MEDIA_OK);
	CHECK(fabs(facts.duration - duration) < 0.1);
	CHECK(facts.video == (width > 0) && facts.width == width && facts.height == height);
	CHECK(facts.audio && facts.rate == rate && facts.channels == 1);
	media_reader_close(reader);
	strbuf_finish(&bytes);
}

static void facts(void)
{
	check_facts("clip.webm", 3, 96, 64, 8000);
	check_facts("clip.mp4", 2.69, 96, 64, 8000);
	check_facts("tone.mp3", 2.1, 0, 0, 8000);
	check_facts("tone.wav", 1, 0, 0, 8000);
}

static uint32_t picture_at(struct media_reader *reader, double time)
{
	struct media_frame frame;
	if (!media_reader_frame(reader, time, &frame)) {
		CHECK(false);
		return 0;
	}
	return str_hash((struct str){(const char *)frame.rgba, (size_t)frame.width * (size_t)frame.height * 4});
}

/* The same picture for a time, whether the reader went there step by step or at once. */
static void check_exact(const char *name, int count)
{
	struct strbuf bytes = load(name);
	struct media_facts known;
	struct media_reader *reader;
	uint32_t seen[40];
	CHECK(media_reader_open(strbuf_str(&bytes), &known, &reader) == MEDIA_OK);
	for (int i = 0; reader && i < count; i++) {
		seen[i] = picture_at(reader, i * 0.1 + 0.05);
	}
	for (int i = 0; reader && i < count; i++) {
		int at = (i * 7 + 3) % count;
		CHECK(picture_at(reader, at * 0.1 + 0.05) == seen[at]);
	}
	CHECK(reader && picture_at(reader, 100) == seen[count - 1]);
	CHECK(reader && picture_at(reader, -1) == seen[0]);
	media_reader_close(reader);
	strbuf_finish(&bytes);
}

static void frames(void)
{
	check_exact("clip.webm", 30);
	check_exact("clip.mp4", 20);
}

static void check_bad(struct str bytes, enum media_outcome outcome)
{
	struct media_facts known;
	struct media_reader *reader;
	CHECK(media_reader_open(bytes, &known, &reader) == outcome && !reader);
}

static void bad_bytes(void)
{
	check_bad(STR(""), MEDIA_UNKNOWN);
	check_bad(STR("no media at all, only some text that goes on for a while"), MEDIA_UNKNOWN);
	check_bad(STR("\x00\x00\x00\x20" "ftypisom\x00\x00\x02\x00isomiso2avc1mp41"), MEDIA_BROKEN);
	struct strbuf bytes = load("clip.mp4");
	for (size_t cut = 64; cut < bytes.len; cut += bytes.len / 5) { // whatever it is, it ends
		struct media_facts known;
		struct media_reader *reader;
		struct media_frame frame;
		if (media_reader_open((struct str){bytes.at, cut}, &known, &reader) == MEDIA_OK) {
			media_reader_frame(reader, 1.5, &frame);
			media_reader_frame(reader, 0, &frame);
		}
		media_reader_close(reader);
	}
	strbuf_finish(&bytes);
}

static const struct test_case cases[] = {{"facts", facts}, {"frames", frames}, {"bad_bytes", bad_bytes}};

TEST_MAIN(cases)

/* Differences between frames: tiles that changed, put together to rectangles; a part that only moved up or down is copied by
 * the viewer itself. */
#include "door/simulator/stream.h"

#include "base/geom.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "border/gfx/png.h"

#include <string.h>

#define TILE_WIDTH 32
#define TILE_HEIGHT 16
#define EXACT_AREA (220 * 220) // device px: a rectangle of that size costs less as PNG than a loss is worth
#define JPEG_QUALITY 82
#define RECTS_MAX 32    // more are put together to one
#define MOVED_MIN 48    // rows that a move is worth
#define HASH_STRIDE 5

enum step { STEP_PNG, STEP_JPEG, STEP_COPY };

struct area { // device px, or tiles
	int x, y, width, height;
};

struct stream {
	int width, height, columns, rows; // of the picture; tiles
	uint32_t *shown;                  // what the viewer sees, losses apart
	uint8_t *changed, *lossy;         // tiles
	size_t losses;                    // lossy tiles
};

struct stream *stream_create(void)
{
	return mem_alloc(sizeof(struct stream));
}

static void drop(struct stream *stream)
{
	mem_free(stream->shown);
	mem_free(stream->changed);
	mem_free(stream->lossy);
	*stream = (struct stream){0};
}

void stream_destroy(struct stream *stream)
{
	if (stream) {
		drop(stream);
		mem_free(stream);
	}
}

bool stream_is_exact(const struct stream *stream)
{
	return stream->losses == 0;
}

static const uint32_t *frame_row(const struct mina_frame *frame, int y)
{
	return (const uint32_t *)(const void *)(frame->pixels + (size_t)y * (size_t)frame->stride);
}

static uint32_t *shown_row(const struct stream *stream, int y)
{
	return stream->shown + (size_t)y * (size_t)stream->width;
}

/* --- what is different --- */

static struct area tile_area(const struct stream *stream, struct area tiles)
{
	int x = tiles.x * TILE_WIDTH, y = tiles.y * TILE_HEIGHT;
	return (struct area){x, y, int_min(tiles.width * TILE_WIDTH, stream->width - x), int_min(tiles.height * TILE_HEIGHT, stream->height - y)};
}

static bool tile_differs(const struct stream *stream, const struct mina_frame *frame, int column, int row)
{
	struct area at = tile_area(stream, (struct area){column, row, 1, 1});
	for (int y = at.y; y < at.y + at.height; y++) {
		if (memcmp(frame_row(frame, y) + at.x, shown_row(stream, y) + at.x, (size_t)at.width * 4) != 0) {
			return true;
		}
	}
	return false;
}

/* Marks those of the tiles that differ, and those with losses when they are to be sent anew; gives the tiles around all of them. */
static struct area compare(struct stream *stream, const struct mina_frame *frame, struct area in, bool exact)
{
	int left = stream->columns, top = stream->rows, right = -1, bottom = -1;
	for (int row = in.y; row < in.y + in.height; row++) {
		for (int column = in.x; column < in.x + in.width; column++) {
			size_t tile = (size_t)row * (size_t)stream->columns + (size_t)column;
			stream->changed[tile] = (exact && stream->lossy[tile]) || tile_differs(stream, frame, column, row);
			if (stream->changed[tile]) {
				left = int_min(left, column);
				top = int_min(top, row);
				right = int_max(right, column);
				bottom = int_max(bottom, row);
			}
		}
	}
	return right < 0 ? (struct area){0} : (struct area){left, top, right - left + 1, bottom - top + 1};
}

/* --- what has moved --- */

/* Of every few pixels: rows that are taken for the same and are not cost a rectangle more, nothing else. */
static uint64_t hash_row(const uint32_t *row, int count)
{
	uint64_t hash = 0x9e3779b97f4a7c15u;
	for (int i = 0; i < count; i += HASH_STRIDE) {
		hash = (hash ^ row[i]) * 0x100000001b3u;
		hash ^= hash >> 29;
	}
	return hash;
}

struct moves {
	struct area area;
	uint64_t *old, *new; // hashes of its rows
	int *votes;          // for a shift of -height .. height
	struct { uint64_t hash; int row; } *table; // rows of old; row -1: none, -2: several
	size_t mask;
};

static void moves_init(struct moves *moves, const struct stream *stream, const struct mina_frame *frame, struct area area)
{
	size_t count = (size_t)area.height, size = 64;
	while (size < count * 2) {
		size *= 2;
	}
	*moves = (struct moves){.area = area, .old = mem_alloc(count * 8), .new = mem_alloc(count * 8), .votes = mem_alloc((count * 2 + 1) * sizeof(int)),
		.table = mem_alloc(size * sizeof(*moves->table)), .mask = size - 1};
	for (size_t i = 0; i < size; i++) {
		moves->table[i].row = -1;
	}
	for (int y = 0; y < area.height; y++) {
		moves->old[y] = hash_row(shown_row(stream, area.y + y) + area.x, area.width);
		moves->new[y] = hash_row(frame_row(frame, area.y + y) + area.x, area.width);
		size_t at = moves->old[y] & moves->mask;
		while (moves->table[at].row != -1 && moves->table[at].hash != moves->old[y]) {
			at = (at + 1) & moves->mask;
		}
		moves->table[at].hash = moves->old[y];
		moves->table[at].row = moves->table[at].row == -1 ? y : -2;
	}
}

static void moves_finish(struct moves *moves)
{
	mem_free(moves->old);
	mem_free(moves->new);
	mem_free(moves->votes);
	mem_free(moves->table);
}

/* By how many rows most of what is there once has moved down; 0: nothing has. */
static int moves_shift(struct moves *moves)
{
	int best = 0, height = moves->area.height;
	for (int y = 0; y < height; y++) {
		size_t at = moves->new[y] & moves->mask;
		while (moves->table[at].row != -1 && moves->table[at].hash != moves->new[y]) {
			at = (at + 1) & moves->mask;
		}
		if (moves->table[at].row >= 0) {
			int shift = y - moves->table[at].row;
			moves->votes[shift + height]++;
			best = moves->votes[shift + height] > moves->votes[best + height] ? shift : best;
		}
	}
	return moves->votes[best + height] >= MOVED_MIN / 3 ? best : 0;
}

/* The longest run of rows that are the old ones, so far away. */
static struct area moves_run(const struct moves *moves, int shift)
{
	struct area run = {moves->area.x, 0, moves->area.width, 0};
	int from = int_max(0, shift), end = int_min(moves->area.height, moves->area.height + shift);
	for (int y = from, begin = from; y < end; y++) {
		if (moves->new[y] != moves->old[y - shift]) {
			begin = y + 1;
		} else if (y - begin + 1 > run.height) {
			run.y = moves->area.y + begin;
			run.height = y - begin + 1;
		}
	}
	return run;
}

static void add16(struct strbuf *out, int number)
{
	strbuf_add_char(out, (char)(number & 0xff));
	strbuf_add_char(out, (char)(number >> 8 & 0xff));
}

static void add_area(struct strbuf *out, enum step step, struct area area)
{
	strbuf_add_char(out, (char)step);
	add16(out, area.x);
	add16(out, area.y);
	add16(out, area.width);
	add16(out, area.height);
}

/* Tiles that a copy writes to are as lossy as what they are copied from. */
static void move_losses(struct stream *stream, struct area run, int shift)
{
	bool any = false;
	if (!stream->losses) {
		return;
	}
	for (int y = run.y - shift; y < run.y - shift + run.height && !any; y++) {
		for (int x = run.x; x < run.x + run.width && !any; x += TILE_WIDTH) {
			any = stream->lossy[(size_t)(y / TILE_HEIGHT) * (size_t)stream->columns + (size_t)(x / TILE_WIDTH)];
		}
	}
	for (int row = run.y / TILE_HEIGHT; any && row <= (run.y + run.height - 1) / TILE_HEIGHT; row++) {
		for (int column = run.x / TILE_WIDTH; column <= (run.x + run.width - 1) / TILE_WIDTH; column++) {
			uint8_t *lossy = &stream->lossy[(size_t)row * (size_t)stream->columns + (size_t)column];
			stream->losses += !*lossy;
			*lossy = 1;
		}
	}
}

/* One copy, when that saves something. */
static bool send_move(struct stream *stream, const struct mina_frame *frame, struct area area, struct strbuf *out)
{
	struct moves moves;
	if (area.height < MOVED_MIN * 2 || area.width < stream->width / 4) {
		return false;
	}
	moves_init(&moves, stream, frame, area);
	int shift = moves_shift(&moves);
	struct area run = shift ? moves_run(&moves, shift) : (struct area){0};
	moves_finish(&moves);
	if (run.height < MOVED_MIN) {
		return false;
	}
	add_area(out, STEP_COPY, run);
	add16(out, run.x);
	add16(out, run.y - shift);
	move_losses(stream, run, shift);
	for (int i = 0; i < run.height; i++) {
		int y = shift > 0 ? run.y + run.height - 1 - i : run.y + i;
		memmove(shown_row(stream, y) + run.x, shown_row(stream, y - shift) + run.x, (size_t)run.width * 4);
	}
	return true;
}

/* --- what is sent --- */

static bool is_changed(const struct stream *stream, int column, int row)
{
	return stream->changed[(size_t)row * (size_t)stream->columns + (size_t)column];
}

static bool row_changed(const struct stream *stream, struct area tiles, int row)
{
	for (int column = tiles.x; column < tiles.x + tiles.width; column++) {
		if (!is_changed(stream, column, row)) {
			return false;
		}
	}
	return true;
}

/* The next rectangle of changed tiles, which are no longer marked; false: there is none. */
static bool take_rect(struct stream *stream, struct area around, struct area *ret_tiles)
{
	for (int row = around.y; row < around.y + around.height; row++) {
		for (int column = around.x; column < around.x + around.width; column++) {
			if (!is_changed(stream, column, row)) {
				continue;
			}
			struct area tiles = {column, row, 1, 1};
			while (tiles.x + tiles.width < around.x + around.width && is_changed(stream, tiles.x + tiles.width, row)) {
				tiles.width++;
			}
			while (tiles.y + tiles.height < around.y + around.height && row_changed(stream, tiles, tiles.y + tiles.height)) {
				tiles.height++;
			}
			for (int y = tiles.y; y < tiles.y + tiles.height; y++) {
				memset(&stream->changed[(size_t)y * (size_t)stream->columns + (size_t)tiles.x], 0, (size_t)tiles.width);
			}
			*ret_tiles = tiles;
			return true;
		}
	}
	return false;
}

static void set_losses(struct stream *stream, struct area tiles, bool lossy)
{
	for (int row = tiles.y; row < tiles.y + tiles.height; row++) {
		for (int column = tiles.x; column < tiles.x + tiles.width; column++) {
			uint8_t *tile = &stream->lossy[(size_t)row * (size_t)stream->columns + (size_t)column];
			stream->losses = stream->losses - *tile + lossy;
			*tile = lossy;
		}
	}
}

static void send_rect(struct stream *stream, const struct mina_frame *frame, struct area tiles, bool exact, struct strbuf *out)
{
	struct area at = tile_area(stream, tiles);
	exact = exact || at.width * at.height <= EXACT_AREA;
	struct gfx_pixels pixels = {(const uint8_t *)(frame_row(frame, at.y) + at.x), (size_t)frame->stride, at.width, at.height};
	struct strbuf picture = {0};
	if (!(exact ? gfx_png_encode_pixels(&pixels, &picture) : gfx_jpeg_encode_pixels(&pixels, JPEG_QUALITY, &picture))) {
		picture.len = 0; // an empty picture: the viewer leaves what is there
	}
	add_area(out, exact ? STEP_PNG : STEP_JPEG, at);
	add16(out, (int)(picture.len & 0xffff));
	add16(out, (int)(picture.len >> 16));
	strbuf_add(out, strbuf_str(&picture));
	strbuf_finish(&picture);
	set_losses(stream, tiles, !exact);
	for (int y = at.y; y < at.y + at.height; y++) {
		memcpy(shown_row(stream, y) + at.x, frame_row(frame, y) + at.x, (size_t)at.width * 4);
	}
}

static int send_rects(struct stream *stream, const struct mina_frame *frame, struct area around, bool exact, struct strbuf *out)
{
	VEC(struct area) rects = {0};
	struct area tiles;
	while (around.width && take_rect(stream, around, &tiles)) {
		vec_push(&rects, tiles);
	}
	if (rects.len > RECTS_MAX) {
		rects.len = 1;
		rects.at[0] = around;
	}
	for (size_t i = 0; i < rects.len; i++) {
		send_rect(stream, frame, rects.at[i], exact, out);
	}
	int count = (int)rects.len;
	vec_finish(&rects);
	return count;
}

/* A picture of another size is all new. */
static void resize(struct stream *stream, const struct mina_frame *frame)
{
	drop(stream);
	stream->width = frame->width;
	stream->height = frame->height;
	stream->columns = (frame->width + TILE_WIDTH - 1) / TILE_WIDTH;
	stream->rows = (frame->height + TILE_HEIGHT - 1) / TILE_HEIGHT;
	size_t tiles = (size_t)stream->columns * (size_t)stream->rows;
	stream->shown = mem_alloc((size_t)frame->width * (size_t)frame->height * 4); // transparent, which no frame is
	stream->changed = mem_alloc(tiles);
	stream->lossy = mem_alloc(tiles);
}

bool stream_update(struct stream *stream, const struct mina_frame *frame, bool exact, struct strbuf *out)
{
	size_t begin = out->len;
	if (frame->width != stream->width || frame->height != stream->height) {
		resize(stream, frame);
		exact = true;
	}
	struct area around = compare(stream, frame, (struct area){0, 0, stream->columns, stream->rows}, exact);
	if (!around.width) {
		return false;
	}
	add16(out, stream->width);
	add16(out, stream->height);
	add16(out, 0);
	int count = send_move(stream, frame, tile_area(stream, around), out);
	if (count) {
		around = compare(stream, frame, around, exact);
	}
	count += send_rects(stream, frame, around, exact, out);
	out->at[begin + 4] = (char)(count & 0xff);
	out->at[begin + 5] = (char)(count >> 8);
	return true;
}

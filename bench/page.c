/* Times what setData costs until the changed page is laid out and painted, step by step, and prints
 * one JSON object of medians in ms. bench/run.py puts the peer's figures beside it.
 *
 *     bench_page APP_FOLDER */
#include "mina/mina.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRAME_MS 17.0

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* From the tap to the end of the frame: script, setData, template, styles, layout; then the picture. */
static void step(struct mina *mina, const char *selector, double *ret_laid_out, double *ret_painted)
{
	struct mina_frame frame;
	double start = now();
	mina_tap(mina, selector);
	mina_advance(mina, FRAME_MS);
	*ret_laid_out = now() - start;
	mina_frame(mina, &frame);
	*ret_painted = now() - start;
}

static void measure(struct mina *mina, const char *name, const char *before, const char *selector, int count)
{
	double *laid_out = calloc((size_t)count, sizeof(double)), *painted = calloc((size_t)count, sizeof(double));
	double ignored;
	for (int i = 0; i < count; i++) {
		if (before) {
			step(mina, before, &ignored, &ignored);
			mina_advance(mina, 1000);
		}
		step(mina, selector, &laid_out[i], &painted[i]);
		mina_advance(mina, 1000); // what the tap leaves behind
	}
	qsort(laid_out, (size_t)count, sizeof(double), by_size);
	qsort(painted, (size_t)count, sizeof(double), by_size);
	printf("\"%s\": {\"layout\": %.3f, \"paint\": %.3f}, ", name, laid_out[count / 2], painted[count / 2]);
	free(laid_out);
	free(painted);
}

static size_t lines;

static void on_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	lines += strcmp(text, "small done") == 0;
}

int main(int argc, char **argv)
{
	struct mina_options options = {.app = argc > 1 ? argv[1] : "", .on_console = on_console};
	struct mina *mina = mina_open(&options);
	if (!mina_alive(mina)) {
		fprintf(stderr, "bench: cannot open %s\n", options.app);
		return 1;
	}
	mina_advance(mina, 300);
	printf("{");
	measure(mina, "append 1000 rows", "#clear", "#append", 20);
	measure(mina, "one field of 1000 rows", NULL, "#one", 200);
	mina_tap(mina, "#few");
	mina_advance(mina, 1000);
	measure(mina, "reorder 200 rows", NULL, "#reorder", 50);
	mina_tap(mina, "#clear");
	mina_advance(mina, 1000);
	double start = now();
	mina_tap(mina, "#small");
	for (int i = 0; i < 400 && !lines; i++) {
		mina_advance(mina, 1000);
	}
	printf("\"small awaited setData a second\": %.0f}\n", lines ? 10000 / ((now() - start) / 1000) : 0.0);
	mina_close(mina);
	return lines ? 0 : 1;
}

/* Times what setData costs until the changed page is laid out and painted, step by step, and prints
 * one JSON object of medians in ms. bench/run.py puts the peer's figures beside it.
 *
 *     bench_page APP_FOLDER
 *     bench_page APP_FOLDER 'NAME:BEFORE:STEP:COUNT' ...    the squares of another page, from 0 */
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

/* The steps of bench/apps/rows, in the order of their squares on the page. */
enum step { STEP_CLEAR, STEP_APPEND, STEP_ONE, STEP_FEW, STEP_REORDER, STEP_SMALL, STEP_NONE };

#define SQUARE 20.0F // px

static void touch(struct mina *mina, enum step step)
{
	float x = SQUARE * ((float)step + 0.5F), y = SQUARE / 2;
	mina_touch(mina, 0, MINA_TOUCH_START, x, y);
	mina_touch(mina, 0, MINA_TOUCH_END, x, y);
}

/* From the finger to the end of the frame: tap, script, setData, template, styles, layout; then the
 * picture. */
static void run(struct mina *mina, enum step step, double *ret_laid_out, double *ret_painted)
{
	struct mina_frame frame;
	double start = now();
	touch(mina, step);
	mina_advance(mina, FRAME_MS);
	*ret_laid_out = now() - start;
	mina_frame(mina, &frame);
	*ret_painted = now() - start;
}

static void measure(struct mina *mina, const char *name, enum step before, enum step step, int count)
{
	double *laid_out = calloc((size_t)count, sizeof(double)), *painted = calloc((size_t)count, sizeof(double));
	double ignored;
	for (int i = 0; i < count; i++) {
		if (before != STEP_NONE) {
			run(mina, before, &ignored, &ignored);
			mina_advance(mina, 1000);
		}
		run(mina, step, &laid_out[i], &painted[i]);
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

/* "name:before:step:count", each given by the command line. */
static int measure_given(struct mina *mina, int count, char **plan)
{
	for (int i = 0; i < count; i++) {
		char name[80];
		int before = 0, step = 0, times = 0;
		if (sscanf(plan[i], "%79[^:]:%d:%d:%d", name, &before, &step, &times) != 4) {
			fprintf(stderr, "bench: what is %s?\n", plan[i]);
			return 2;
		}
		measure(mina, name, before < 0 ? STEP_NONE : (enum step)before, (enum step)step, times);
	}
	printf("\"\": 0}\n");
	mina_close(mina);
	return 0;
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
	if (argc > 2) {
		return measure_given(mina, argc - 2, argv + 2);
	}
	measure(mina, "append 1000 rows", STEP_CLEAR, STEP_APPEND, 20);
	measure(mina, "one field of 1000 rows", STEP_NONE, STEP_ONE, 200);
	touch(mina, STEP_FEW);
	mina_advance(mina, 1000);
	measure(mina, "reorder 200 rows", STEP_NONE, STEP_REORDER, 50);
	touch(mina, STEP_CLEAR);
	mina_advance(mina, 1000);
	double start = now();
	touch(mina, STEP_SMALL);
	for (int i = 0; i < 400 && !lines; i++) {
		mina_advance(mina, 1000);
	}
	printf("\"small awaited setData a second\": %.0f}\n", lines ? 10000 / ((now() - start) / 1000) : 0.0);
	mina_close(mina);
	return lines ? 0 : 1;
}

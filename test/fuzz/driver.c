/* Runs a fuzz target without libFuzzer: every file of its corpus, then a bounded number of inputs
 * mutated out of them with a fixed seed, so that each test run does the same. The targets also
 * link with libFuzzer as they are (CONTRIBUTING.md).
 *
 *     NAME_fuzz [--runs N] CORPUS_FOLDER */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	uint8_t *bytes;
	size_t size;
};

static struct input inputs[512];
static size_t input_count;
static uint64_t seed = 0x9e3779b97f4a7c15u;

static uint32_t next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 16);
}

static void load(const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	if (!file) {
		return;
	}
	uint8_t *bytes = malloc(INPUT_MAX);
	size_t size = bytes ? fread(bytes, 1, INPUT_MAX, file) : 0;
	fclose(file);
	inputs[input_count++] = (struct input){bytes, size};
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static size_t mutate(uint8_t *out, const struct input *from)
{
	size_t size = from->size;
	memcpy(out, from->bytes, size);
	for (uint32_t count = 1 + next_random() % 6; count > 0; count--) {
		size_t at = size ? next_random() % size : 0;
		const struct input *other = &inputs[next_random() % input_count];
		size_t piece = other->size ? 1 + next_random() % other->size % 64 : 0;
		switch (next_random() % 5) {
		case 0: // another byte
			if (size) {
				out[at] = (uint8_t)next_random();
			}
			break;
		case 1: // a piece is gone
			if (size) {
				size_t cut = 1 + next_random() % (size - at);
				memmove(out + at, out + at + cut, size - at - cut);
				size -= cut;
			}
			break;
		case 2: // a piece of another input comes in
			if (piece && size + piece <= INPUT_MAX) {
				size_t start = next_random() % (other->size - piece + 1);
				memmove(out + at + piece, out + at, size - at);
				memcpy(out + at, other->bytes + start, piece);
				size += piece;
			}
			break;
		case 3: // a bit
			if (size) {
				out[at] ^= (uint8_t)(1u << next_random() % 8);
			}
			break;
		default: // a piece is doubled
			if (size > at && size * 2 - at <= INPUT_MAX) {
				memmove(out + size, out + at, size - at);
				size += size - at;
			}
			break;
		}
	}
	return size;
}

/* Exactly sized memory, so that a read behind the end is seen. */
static void run(const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	if (!copy) {
		abort();
	}
	memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

int main(int argc, char **argv)
{
	long runs = 2000;
	const char *folder = NULL;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc) {
			runs = strtol(argv[++i], NULL, 10);
		} else {
			folder = argv[i];
		}
	}
	struct dirent **names;
	int count = folder ? scandir(folder, &names, NULL, by_name) : -1;
	if (count < 0) {
		fprintf(stderr, "usage: %s [--runs N] CORPUS_FOLDER\n", argv[0]);
		return 2;
	}
	for (int i = 0; i < count; i++) {
		if (names[i]->d_name[0] != '.' && input_count < sizeof(inputs) / sizeof(inputs[0])) {
			load(folder, names[i]->d_name);
		}
		free(names[i]);
	}
	free(names);
	static const struct input nothing = {(uint8_t *)"", 0};
	if (!input_count) {
		fprintf(stderr, "%s: the corpus is empty\n", folder);
		return 1;
	}
	run(nothing.bytes, 0);
	for (size_t i = 0; i < input_count; i++) {
		run(inputs[i].bytes, inputs[i].size);
	}
	static uint8_t bytes[INPUT_MAX];
	for (long i = 0; i < runs; i++) {
		size_t size = mutate(bytes, &inputs[next_random() % input_count]);
		run(bytes, size);
	}
	printf("1 passed, 0 failed\n");
	for (size_t i = 0; i < input_count; i++) {
		free(inputs[i].bytes);
	}
	return 0;
}

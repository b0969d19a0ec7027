/* A host app in some sixty lines: opens a mini program, taps it, prints its console, writes its
 * picture.
 *
 *     embed APP_FOLDER [SELECTOR] */
#include "mina/mina.h"

#include <stdio.h>

/* What the mini program logs. */
static void on_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	(void)user;
	(void)file;
	(void)line;
	printf("%s %s\n", level >= MINA_WARN ? "!" : ">", text);
}

static int write_picture(struct mina *mina, const char *path)
{
	uint8_t *bytes;
	size_t size;
	FILE *file = fopen(path, "wb");
	if (!file || mina_png(mina, &bytes, &size)) {
		return 1;
	}
	fwrite(bytes, 1, size, file);
	mina_free(bytes);
	return fclose(file);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: %s APP_FOLDER [SELECTOR]\n", argv[0]);
		return 2;
	}
	struct mina_options options = {
		.app = argv[1],
		.width = 375,
		.height = 667,
		.dpr = 2,
		.chrome = true,
		/* The person who uses this phone says yes to every question. */
		.script = "{\"answers\": {\"showModal\": {\"confirm\": true}}}",
		.on_console = on_console,
	};
	struct mina *mina = mina_open(&options);
	mina_advance(mina, 300); // virtual milliseconds: the same picture every time
	if (argc > 2 && mina_tap(mina, argv[2])) {
		fprintf(stderr, "nothing matches %s\n", argv[2]);
	}
	mina_advance(mina, 300);

	struct mina_diagnostic diagnostic;
	for (size_t i = 0; mina_diagnostic_at(mina, i, &diagnostic); i++) {
		printf("%s:%d: %s\n", diagnostic.file, diagnostic.line, diagnostic.text);
	}
	printf("page %s, %zu in the stack\n", mina_path(mina), mina_page_count(mina));
	int status = mina_alive(mina) ? write_picture(mina, "embed.png") : 1;
	mina_close(mina);
	return status;
}

/* mina reference: components and wx calls, as they are here. */
#include "door/cli/cli.h"

#include <stdio.h>
#include <string.h>

static int write_all(const char *folder)
{
	static const struct {
		const char *what, *file, *title;
	} pages[] = {
		{"components", "components.md", "# Components (组件)\n\nWhat every built-in component has, told by its row.\n\n"},
		{"api", "api.md", "# wx API (接口)\n\nWhat every wx call takes and gives, told by its row.\n\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct strbuf path = {0}, text = {0};
		char *body = mina_reference(pages[i].what);
		strbuf_printf(&path, "%s/%s", folder, pages[i].file);
		strbuf_add_text(&text, pages[i].title);
		strbuf_add_text(&text, body ? body : "");
		mina_free(body);
		bool good = cli_write_file(path.at, text.at, text.len);
		strbuf_finish(&path);
		strbuf_finish(&text);
		if (!good) {
			return CLI_USAGE;
		}
	}
	return CLI_FINE;
}

static int run(const struct cli_args *args)
{
	const char *folder = cli_text(args, "out", NULL);
	if (folder && args->words.len == 0) {
		return write_all(folder);
	}
	if (folder || args->words.len != 1) {
		fprintf(stderr, "mina reference: give one NAME (swiper, wx.request, components, api), or --out FOLDER\n");
		return CLI_USAGE;
	}
	char *text = mina_reference(args->words.at[0]);
	if (!text) {
		fprintf(stderr, "mina reference: nothing here is called %s\n", args->words.at[0]);
		return CLI_ERRORS;
	}
	fputs(text, stdout);
	mina_free(text);
	return CLI_FINE;
}

static const struct cli_option options[] = {
	{"out", CLI_TEXT, "FOLDER", "write components.md and api.md there"},
	{0},
};

const struct cli_command cli_reference = {
	.name = "reference",
	.usage = "NAME | --out FOLDER",
	.help = "Tells what a component or a wx call has here: attributes, parameters, results, since-versions.",
	.options = options,
	.run = run,
};

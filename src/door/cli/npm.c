/* mina npm APP: npm build (构建 npm). */
#include "door/cli/cli.h"
#include "door/npm/npm.h"

#include <stdio.h>

static int run(const struct cli_args *args)
{
	if (args->words.len != 1) {
		fprintf(stderr, "mina npm: give one APP\nTry: mina npm --help\n");
		return CLI_USAGE;
	}
	struct npm_build build;
	int failed = npm_build(args->words.at[0], &build);
	for (size_t i = 0; i < build.diags.items.len; i++) {
		struct strbuf line = {0};
		diag_print(&build.diags.items.at[i], &line);
		fprintf(stderr, "%s\n", line.at);
		strbuf_finish(&line);
	}
	for (size_t i = 0; i < build.packages.len; i++) {
		const struct npm_package *package = &build.packages.at[i];
		if (package->files) {
			printf("%s %s: %zu file%s %s %s\n", package->name, package->version, package->files, package->files == 1 ? "" : "s",
				package->bundled ? "bundled to" : "copied to", package->place);
		}
	}
	npm_build_finish(&build);
	return failed ? CLI_ERRORS : CLI_FINE;
}

static const struct cli_option options[] = {{0}};

const struct cli_command cli_npm = {
	.name = "npm",
	.usage = "APP",
	.help = "Builds the packages of package.json into miniprogram_npm (构建 npm).",
	.options = options,
	.run = run,
};

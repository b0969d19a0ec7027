/* mina check APP: every mistake of a package, without running it. */
#include "door/cli/cli.h"

#include <stdio.h>

static int run(const struct cli_args *args)
{
	if (args->words.len != 1) {
		fprintf(stderr, "mina check: give one APP\nTry: mina check --help\n");
		return CLI_USAGE;
	}
	struct mina *mina = mina_check(args->words.at[0]);
	struct mina_diagnostic diagnostic;
	size_t from = 0, warnings = 0;
	for (size_t i = 0; mina_diagnostic_at(mina, i, &diagnostic); i++) {
		warnings += !diagnostic.error;
	}
	cli_print_diagnostics(mina, &from);
	size_t errors = mina_error_count(mina);
	printf("%zu errors, %zu warnings\n", errors, warnings);
	mina_close(mina);
	return errors ? CLI_ERRORS : CLI_FINE;
}

static const struct cli_option options[] = {
	{0},
};

const struct cli_command cli_check = {
	.name = "check",
	.usage = "APP",
	.help = "Lists every mistake in a package with file, line and column.",
	.options = options,
	.run = run,
};

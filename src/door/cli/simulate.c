/* mina simulate: the engine of clients/simulate, on the standard streams. */
#include "door/cli/cli.h"

#include <unistd.h>

static int run(const struct cli_args *args)
{
	(void)args;
	return mina_simulate(STDIN_FILENO, STDOUT_FILENO);
}

static const struct cli_option options[] = {
	{0},
};

const struct cli_command cli_simulate = {
	.name = "simulate",
	.usage = "",
	.help = "Renders single components for jest tests (clients/simulate).",
	.options = options,
	.run = run,
};

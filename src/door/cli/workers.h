/* The same command several times over, each in a process and at a port of its own. */
#ifndef MINA_CLI_WORKERS_H
#define MINA_CLI_WORKERS_H

#include "door/cli/cli.h"

/* Ports from `port` on, 0: any that are free. Ends when all have ended, or with SIGINT or SIGTERM; the worst of their statuses. */
int cli_workers(const char *command, const struct cli_args *args, int count, const char *port_option, int port);

#endif

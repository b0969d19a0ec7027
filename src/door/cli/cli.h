/* The command line (命令行): one row a subcommand, one file a row. Every subcommand comes in through
 * include/mina/mina.h, as any embedding program does.
 *
 * Exit status: 0 fine, 1 the mini program had errors, 2 wrong usage. */
#ifndef MINA_CLI_CLI_H
#define MINA_CLI_CLI_H

#include "base/str.h"
#include "base/vec.h"
#include "mina/mina.h"

enum cli_status { CLI_FINE = 0, CLI_ERRORS = 1, CLI_USAGE = 2 };

enum cli_option_kind { CLI_FLAG, CLI_TEXT, CLI_NUMBER, CLI_LIST };

struct cli_option {
	const char *name; // without "--"
	enum cli_option_kind kind;
	const char *value; // what stands for the value in the help; NULL for a flag
	const char *help;
};

struct cli_given {
	const struct cli_option *option;
	const char *text; // lent from argv
	double number;
};

struct cli_args {
	VEC(const char *) words; // arguments that are no options
	VEC(struct cli_given) given;
};

struct cli_command {
	const char *name, *usage, *help;
	const struct cli_option *options; // ends with a NULL name
	int (*run)(const struct cli_args *args);
};

extern const struct cli_command cli_shot, cli_check, cli_run, cli_share, cli_platform, cli_reference, cli_simulate, cli_auto, cli_npm;

/* 0; 1: a message was printed. args is finished by the caller either way. */
int cli_parse(const struct cli_command *command, int argc, char **argv, struct cli_args *args);
void cli_args_finish(struct cli_args *args);
const char *cli_text(const struct cli_args *args, const char *name, const char *fallback); // the last one given
double cli_number(const struct cli_args *args, const char *name, double fallback);
bool cli_flag(const struct cli_args *args, const char *name);
void cli_print_help(const struct cli_command *command);
/* Prints what was found wrong, errors and warnings, to standard error; returns the number of errors. */
size_t cli_print_diagnostics(const struct mina *mina, size_t *from);
/* Prints what is wrong with a world to standard error; returns the number of errors. */
size_t cli_print_society(const struct mina_society *society);
/* A whole file; false with a message on standard error. */
bool cli_read_file(const char *path, struct strbuf *ret_text);
bool cli_write_file(const char *path, const void *bytes, size_t size);
/* The mini program's console lines, to standard error. */
void cli_console(void *user, enum mina_level level, const char *text, const char *file, int line);

#endif

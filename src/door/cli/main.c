/* mina COMMAND ...: finds the subcommand and reads its options. */
#include "door/cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

static const struct cli_command *const commands[] = {&cli_shot, &cli_check, &cli_run, &cli_share, &cli_platform, &cli_reference, &cli_simulate, &cli_npm,
	&cli_auto};

static void print_help(void)
{
	printf("mina %s: runs WeChat Mini Programs (微信小程序) natively on Linux\n\n"
		"Usage: mina COMMAND [APP] [OPTION]...\n\n"
		"APP is a folder with app.json, a folder with a project.config.json that names it, or a .wxapkg archive.\n\n"
		"Commands:\n", mina_version());
	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		printf("  %-8s %s\n", commands[i]->name, commands[i]->help);
	}
	printf("\n`mina COMMAND --help` tells a command's options.\n"
		"Exit status: 0 fine, 1 the mini program had errors, 2 wrong usage.\n");
}

void cli_print_help(const struct cli_command *command)
{
	printf("%s\n\nUsage: mina %s %s\n\nOptions:\n", command->help, command->name, command->usage);
	for (const struct cli_option *option = command->options; option->name; option++) {
		struct strbuf left = {0};
		strbuf_printf(&left, "--%s%s%s", option->name, option->value ? " " : "", option->value ? option->value : "");
		printf("  %-22s %s\n", left.at, option->help);
		strbuf_finish(&left);
	}
	printf("  %-22s %s\n", "--help", "this text");
}

static const struct cli_option *find_option(const struct cli_command *command, struct str name)
{
	for (const struct cli_option *option = command->options; option->name; option++) {
		if (str_is(name, option->name)) {
			return option;
		}
	}
	return NULL;
}

static int usage_error(const struct cli_command *command, const char *text, struct str what)
{
	fprintf(stderr, "mina %s: %s " STR_FMT "\nTry: mina %s --help\n", command->name, text, STR_ARG(what), command->name);
	return 1;
}

int cli_parse(const struct cli_command *command, int argc, char **argv, struct cli_args *args)
{
	for (int i = 0; i < argc; i++) {
		struct str word = str_of(argv[i]);
		if (!str_starts(word, STR("--")) || word.len == 2) {
			vec_push(&args->words, argv[i]);
			continue;
		}
		size_t equals = str_find_char(word, '=');
		struct str name = str_slice(word, 2, equals == SIZE_MAX ? word.len : equals);
		const struct cli_option *option = find_option(command, name);
		if (!option) {
			return usage_error(command, "unknown option", word);
		}
		struct cli_given given = {.option = option};
		if (option->kind != CLI_FLAG) {
			if (equals != SIZE_MAX) {
				given.text = argv[i] + equals + 1;
			} else if (i + 1 < argc) {
				given.text = argv[++i];
			} else {
				return usage_error(command, "a value is missing behind", word);
			}
		} else if (equals != SIZE_MAX) {
			return usage_error(command, "no value belongs to", word);
		}
		if (option->kind == CLI_NUMBER && !str_to_number(str_of(given.text), &given.number)) {
			return usage_error(command, "a number has to stand behind", word);
		}
		vec_push(&args->given, given);
	}
	return 0;
}

void cli_args_finish(struct cli_args *args)
{
	vec_finish(&args->words);
	vec_finish(&args->given);
}

static const struct cli_given *find_given(const struct cli_args *args, const char *name)
{
	for (size_t i = args->given.len; i > 0; i--) {
		if (str_is(str_of(args->given.at[i - 1].option->name), name)) {
			return &args->given.at[i - 1];
		}
	}
	return NULL;
}

const char *cli_text(const struct cli_args *args, const char *name, const char *fallback)
{
	const struct cli_given *given = find_given(args, name);
	return given ? given->text : fallback;
}

double cli_number(const struct cli_args *args, const char *name, double fallback)
{
	const struct cli_given *given = find_given(args, name);
	return given ? given->number : fallback;
}

bool cli_flag(const struct cli_args *args, const char *name)
{
	return find_given(args, name) != NULL;
}

static void print_diagnostic(const struct mina_diagnostic *diagnostic)
{
	if (diagnostic->file[0] && diagnostic->line > 0) {
		fprintf(stderr, "%s:%d:%d: ", diagnostic->file, diagnostic->line, diagnostic->column);
	} else if (diagnostic->file[0]) {
		fprintf(stderr, "%s: ", diagnostic->file);
	}
	fprintf(stderr, "%s: %s\n", diagnostic->error ? "error" : "warning", diagnostic->text);
}

size_t cli_print_society(const struct mina_society *society)
{
	struct mina_diagnostic diagnostic;
	size_t errors = 0;
	for (size_t i = 0; mina_society_diagnostic_at(society, i, &diagnostic); i++) {
		errors += diagnostic.error;
		print_diagnostic(&diagnostic);
	}
	return errors;
}

size_t cli_print_diagnostics(const struct mina *mina, size_t *from)
{
	struct mina_diagnostic diagnostic;
	size_t errors = 0;
	for (; mina_diagnostic_at(mina, *from, &diagnostic); *from += 1) {
		errors += diagnostic.error;
		print_diagnostic(&diagnostic);
	}
	return errors;
}

bool cli_read_file(const char *path, struct strbuf *ret_text)
{
	FILE *file = fopen(path, "rb");
	if (!file) {
		fprintf(stderr, "mina: cannot read %s\n", path);
		return false;
	}
	char chunk[65536];
	size_t len;
	while ((len = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		strbuf_add(ret_text, (struct str){chunk, len});
	}
	fclose(file);
	return true;
}

bool cli_write_file(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");
	bool good = file && fwrite(bytes, 1, size, file) == size;
	good = file && fclose(file) == 0 && good;
	if (!good) {
		fprintf(stderr, "mina: cannot write %s\n", path);
	}
	return good;
}

void cli_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	static const char *const names[] = {"debug", "log", "info", "warn", "error"};
	(void)user;
	(void)file;
	(void)line;
	fprintf(stderr, "[%s] %s\n", names[level], text);
}

/* The vendor's `cli [OPTION]... auto ...`, as launchers call it: the command comes first here. */
static void bring_forward(int argc, char **argv, const char *command)
{
	for (int i = 2; i < argc && argv[1][0] == '-'; i++) {
		if (strcmp(argv[i], command) == 0) {
			memmove(&argv[2], &argv[1], (size_t)(i - 1) * sizeof(*argv));
			argv[1] = (char *)command;
		}
	}
}

int main(int argc, char **argv)
{
	bring_forward(argc, argv, "auto");
	const char *name = argc > 1 ? argv[1] : NULL;
	if (!name || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
		print_help();
		return name ? CLI_FINE : CLI_USAGE;
	}
	if (strcmp(name, "--version") == 0) {
		printf("mina %s\n", mina_version());
		return CLI_FINE;
	}
	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		if (strcmp(name, commands[i]->name) != 0) {
			continue;
		}
		for (int k = 2; k < argc; k++) {
			if (strcmp(argv[k], "--help") == 0 || strcmp(argv[k], "-h") == 0) {
				cli_print_help(commands[i]);
				return CLI_FINE;
			}
		}
		struct cli_args args = {0};
		int status = cli_parse(commands[i], argc - 2, argv + 2, &args) ? CLI_USAGE : commands[i]->run(&args);
		cli_args_finish(&args);
		return status;
	}
	fprintf(stderr, "mina: unknown command %s\nTry: mina --help\n", name);
	return CLI_USAGE;
}

/* mina platform: the open platform at an address, for backends and for other minas. */
#include "base/diag.h"
#include "base/mem.h"
#include "door/cli/cli.h"
#include "host/sim/society.h"
#include "platform/http.h"
#include "platform/store.h"

#include <math.h>
#include <openssl/rand.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

static double now(void *user)
{
	struct timespec at;
	(void)user;
	clock_gettime(CLOCK_REALTIME, &at);
	return floor((double)at.tv_sec * 1000 + (double)at.tv_nsec / 1e6);
}

static void print_diagnostics(const struct diag_list *diags)
{
	for (size_t i = 0; i < diags->items.len; i++) {
		const struct diag *diag = &diags->items.at[i];
		fprintf(stderr, "%s:%d:%d: %s: %s\n", diag->file, diag->line, diag->column, diag->severity == DIAG_ERROR ? "error" : "warning",
			diag->text);
	}
}

/* False: the world cannot be taken, and why was printed. */
static bool load_world(const char *path, struct sim_society *society)
{
	struct diag_list diags = {0};
	struct strbuf text = {0};
	bool good = true;
	sim_society_init(society);
	if (path) {
		good = cli_read_file(path, &text) && sim_society_load(society, str_of(path), strbuf_str(&text), &diags) == 0;
		print_diagnostics(&diags);
		good = good && diags.errors == 0;
	}
	diag_list_finish(&diags);
	strbuf_finish(&text);
	return good;
}

/* A key that nobody can guess, when none was given. */
static void make_key(const char *given, struct strbuf *out)
{
	uint8_t bytes[24];
	strbuf_add(out, str_of(given));
	if (!given && RAND_bytes(bytes, sizeof(bytes)) == 1) {
		for (size_t i = 0; i < sizeof(bytes); i++) {
			strbuf_printf(out, "%02x", bytes[i]);
		}
	}
}

static void print_programs(struct value world)
{
	struct value programs = value_get_text(world, "programs");
	for (size_t i = 0; i < value_len(programs); i++) {
		struct value program = value_at(programs, i);
		printf("program %s secret %s\n", value_str(value_get_text(program, "appid")).at, value_str(value_get_text(program, "secret")).at);
	}
}

static int serve(const struct cli_args *args, struct platform *platform, const struct strbuf *key, struct value world)
{
	struct platform_server_config config = {.platform = platform, .address = cli_text(args, "address", NULL),
		.port = (uint16_t)cli_number(args, "port", 0), .timeout = (unsigned)cli_number(args, "timeout", 0)};
	char *error = NULL;
	sigset_t signals; // blocked before the server's threads begin: they come to sigwait() alone
	int got;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	struct platform_server *server = platform_server_create(&config, &error);
	if (!server) {
		fprintf(stderr, "mina platform: %s\n", error);
		mem_free(error);
		return CLI_ERRORS;
	}
	printf("mina platform listens at http://%s:%d/\n", config.address ? config.address : "127.0.0.1", platform_server_port(server));
	if (!cli_text(args, "host-key", NULL)) {
		printf("host key %s\n", key->at);
	}
	if (cli_flag(args, "verbose")) {
		print_programs(world);
	}
	fflush(stdout);
	sigwait(&signals, &got);
	platform_server_destroy(server);
	return CLI_FINE;
}

static int run(const struct cli_args *args)
{
	double port = cli_number(args, "port", 0);
	struct sim_society society = {0};
	struct strbuf key = {0};
	char *error = NULL;
	int status = CLI_ERRORS;
	if (args->words.len || port < 0 || port > 65535 || port != floor(port)) {
		fprintf(stderr, "mina platform: give a port from 0 to 65535, and no APP\nTry: mina platform --help\n");
		return CLI_USAGE;
	}
	if (load_world(cli_text(args, "world", NULL), &society)) {
		struct store *store = store_open(str_of(cli_text(args, "store", "memory")), &error);
		make_key(cli_text(args, "host-key", NULL), &key);
		struct platform_config config = {.store = store, .now = now, .host_key = key.at};
		struct platform *platform = store ? platform_create(&config, &error) : NULL;
		if (platform) {
			platform_set_world(platform, society.world);
			if (cli_flag(args, "rotate-keys") || cli_flag(args, "forget-keys")) {
				platform_rotate_keys(platform, cli_flag(args, "forget-keys"));
			}
			status = serve(args, platform, &key, society.world);
		} else {
			fprintf(stderr, "mina platform: %s\n", error);
			mem_free(error);
		}
		platform_destroy(platform);
	}
	sim_society_finish(&society);
	strbuf_finish(&key);
	return status;
}

static const struct cli_option options[] = {
	{"port", CLI_NUMBER, "N", "any free one by default"},
	{"address", CLI_TEXT, "A", "IPv4 address to listen at; 127.0.0.1"},
	{"store", CLI_TEXT, "STORE", "memory (the default), or sqlite:FILE: what must outlive the process"},
	{"world", CLI_TEXT, "FILE", "world.json: people, groups, programs with their secrets (docs/world.md)"},
	{"host-key", CLI_TEXT, "KEY", "what hosts (mina run --platform ...) have to show; made and printed by default"},
	{"rotate-keys", CLI_FLAG, NULL, "seal share tickets with a new key; those sealed before still open"},
	{"forget-keys", CLI_FLAG, NULL, "the same, and those sealed before open no more"},
	{"timeout", CLI_NUMBER, "S", "that a silent connection may take; 30"},
	{"verbose", CLI_FLAG, NULL, "print the programs and their secrets"},
	{0},
};

const struct cli_command cli_platform = {
	.name = "platform",
	.usage = "[--port N] [--store sqlite:FILE] [--world world.json] [OPTION]...",
	.help = "Serves the open platform's HTTP API (开放平台): login, tokens, updatable messages.",
	.options = options,
	.run = run,
};

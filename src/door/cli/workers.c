/* The same command several times over, each in a process and at a port of its own. */
#include "door/cli/workers.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;

static void on_stop(int signal_number)
{
	stopped = signal_number;
}

struct words {
	VEC(const char *) list;
	VEC(char *) owned;
};

/* "--name", "--name=text" */
static void add_option(struct words *words, const struct cli_given *given)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "--%s%s%s", given->option->name, given->text ? "=" : "", given->text ? given->text : "");
	vec_push(&words->owned, strbuf_steal(&text));
	vec_push(&words->list, vec_last(&words->owned));
}

static void run_one(const char *command, const struct cli_args *args, const char *port_option, int port)
{
	struct words words = {0};
	struct strbuf text = {0};
	vec_push(&words.list, "mina");
	vec_push(&words.list, command);
	for (size_t i = 0; i < args->given.len; i++) {
		const char *name = args->given.at[i].option->name;
		if (!str_is(str_of(name), "workers") && !str_is(str_of(name), port_option)) {
			add_option(&words, &args->given.at[i]);
		}
	}
	strbuf_printf(&text, "--%s=%d", port_option, port);
	vec_push(&words.list, text.at);
	for (size_t i = 0; i < args->words.len; i++) {
		vec_push(&words.list, args->words.at[i]);
	}
	vec_push(&words.list, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	execv("/proc/self/exe", (char **)words.list.at);
	fprintf(stderr, "mina %s: the program cannot be started again\n", command);
	_exit(CLI_ERRORS);
}

int cli_workers(const char *command, const struct cli_args *args, int count, const char *port_option, int port)
{
	VEC(pid_t) children = {0};
	struct sigaction action = {.sa_handler = on_stop};
	int worst = CLI_FINE;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	for (int i = 0; i < count; i++) {
		pid_t child = fork();
		if (child == 0) {
			run_one(command, args, port_option, port ? port + i : 0);
		}
		if (child > 0) {
			vec_push(&children, child);
		}
	}
	for (size_t left = children.len; left;) {
		int status;
		pid_t ended = waitpid(-1, &status, 0);
		if (ended < 0 && errno != EINTR) {
			break;
		}
		for (size_t i = 0; stopped && i < children.len; i++) {
			kill(children.at[i], SIGTERM);
		}
		stopped = 0;
		if (ended > 0) {
			worst = int_max(worst, WIFEXITED(status) ? WEXITSTATUS(status) : CLI_ERRORS);
			for (size_t i = 0; i < children.len; i++) {
				if (children.at[i] == ended) {
					vec_remove(&children, i);
					break;
				}
			}
			left--;
		}
	}
	vec_finish(&children);
	return worst;
}

/* Messages of automation, one a line, to a small running app: "$P" stands for its page, "$E" for an element of it. */
#include "core/layout/box.h"
#include "door/automation/automation.h"
#include "door/library/inside.h"

#include <stdlib.h>

#define APP_INPUTS 50 // that one running app gets

static void ignore(void *user, unsigned client, struct str text)
{
	(void)user;
	(void)client;
	(void)text;
}

static void nothing(void *user)
{
	(void)user;
}

static void ignore_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	(void)user;
	(void)level;
	(void)text;
	(void)file;
	(void)line;
}

static struct mina *running;

static void close_app(void)
{
	mina_close(running);
	running = NULL;
}

static struct mina *open_app(void)
{
	struct strbuf path = {0};
	const char *root = getenv("MINA_SOURCE_ROOT");
	strbuf_printf(&path, "%s/test/apps/automation", root ? root : ".");
	struct mina_options options = {.app = path.at, .chrome = true, .on_console = ignore_console, .asks = true, .time_limit = 200};
	struct mina *mina = mina_open(&options);
	strbuf_finish(&path);
	return mina;
}

static void substitute(const struct mina *mina, struct str line, struct strbuf *out)
{
	struct page *top = mina->app ? app_top(mina->app) : NULL;
	struct node *root = top ? view_root(page_view(top)) : NULL;
	for (size_t i = 0; i < line.len; i++) {
		char next = i + 1 < line.len ? line.at[i + 1] : 0;
		if (line.at[i] == '$' && (next == 'P' || next == 'E')) {
			const struct node *element = root && root->first ? root->first : root;
			strbuf_printf(out, "%u", next == 'P' ? top ? page_id(top) : 0 : element ? element->id : 0);
			i++;
		} else {
			strbuf_add_char(out, line.at[i]);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int used;
	if (!used++) {
		atexit(close_app);
	}
	if (running && (used % APP_INPUTS == 0 || !mina_alive(running))) {
		close_app();
	}
	struct mina *mina = running = running ? running : open_app();
	struct automation_config config = {.mina = mina, .virtual_time = size % 2, .send = ignore, .quit = nothing};
	struct automation *automation = automation_create(&config);
	unsigned client = automation_join(automation);
	struct str rest = {(const char *)data, size}, line;
	for (int i = 0; i < 20 && str_split(&rest, '\n', &line); i++) {
		struct strbuf message = {0};
		substitute(mina, line, &message);
		automation_receive(automation, client, strbuf_str(&message));
		strbuf_finish(&message);
	}
	mina_advance(mina, 20);
	automation_turn(automation);
	automation_leave(automation, client);
	automation_destroy(automation);
	return 0;
}

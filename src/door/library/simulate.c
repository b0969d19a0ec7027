/* The engine behind a logic layer in another process, which tests single components: requests and answers are lines of JSON,
 * either way, and nest: [0, name, arguments] asks, [1, value] answers. */
#include "door/library/inside.h"

#include <errno.h>
#include <unistd.h>

#define NESTED_MAX 150
#define LINE_MAX_BYTES ((size_t)256 << 20)

struct link {
	struct mina *mina;
	int in, out;
	struct strbuf input;
	size_t taken; // bytes of input that were read as lines
	size_t told;  // diagnostics
	int depth;
	bool broken;
	struct host_source source;
	struct app_logic logic;
};

/* --- lines --- */

static void send(struct link *link, struct value message)
{
	struct strbuf text = {0};
	json_write(message, &text);
	strbuf_add_char(&text, '\n');
	value_unref(message);
	for (size_t sent = 0; sent < text.len && !link->broken;) {
		ssize_t count = write(link->out, text.at + sent, text.len - sent);
		if (count < 0 && errno != EINTR) {
			link->broken = true;
		}
		sent += count > 0 ? (size_t)count : 0;
	}
	strbuf_finish(&text);
}

static bool fill(struct link *link)
{
	char chunk[65536];
	ssize_t count = read(link->in, chunk, sizeof(chunk));
	if (count < 0 && errno == EINTR) {
		return true;
	}
	if (count <= 0 || link->input.len > LINE_MAX_BYTES) {
		link->broken = true;
		return false;
	}
	strbuf_add(&link->input, (struct str){chunk, (size_t)count});
	return true;
}

/* The next message, new; undefined: the other side is gone. */
static struct value receive(struct link *link)
{
	size_t seen = link->taken;
	for (;;) {
		struct str rest = str_slice(strbuf_str(&link->input), seen, link->input.len);
		size_t end = str_find_char(rest, '\n');
		if (end == SIZE_MAX) {
			struct strbuf kept = {0};
			strbuf_add(&kept, str_slice(strbuf_str(&link->input), link->taken, link->input.len));
			strbuf_finish(&link->input);
			link->input = kept;
			link->taken = 0;
			seen = kept.len;
			if (!fill(link)) {
				return value_undefined();
			}
			continue;
		}
		struct value message = value_undefined();
		bool bad = json_parse(str_slice(strbuf_str(&link->input), link->taken, seen + end), &message, NULL);
		link->taken = seen = seen + end + 1;
		if (!bad && value_is(message, VALUE_ARRAY)) {
			return message;
		}
		value_unref(message);
	}
}

static struct value message_of(int kind, const char *name, struct value value)
{
	struct value message = value_array_new(3);
	value_array_push(&message, value_number(kind));
	if (name) {
		value_array_push(&message, value_text(name));
	}
	value_array_push(&message, value);
	return message;
}

/* --- what is asked of us --- */

/* Everything that was found wrong since the last time: [[is error, file, line, text]]. */
static struct value new_diagnostics(struct link *link)
{
	struct value list = value_array_new(2);
	struct mina_diagnostic diagnostic;
	for (; mina_diagnostic_at(link->mina, link->told, &diagnostic); link->told++) {
		struct value row = value_array_new(4);
		value_array_push(&row, value_bool(diagnostic.error));
		value_array_push(&row, value_text(diagnostic.file));
		value_array_push(&row, value_number(diagnostic.line));
		value_array_push(&row, value_text(diagnostic.text));
		value_array_push(&list, row);
	}
	return list;
}

static struct value perform(struct link *link, struct str name, struct value args)
{
	if (str_is(name, "start")) {
		mina_start(link->mina);
		return value_bool(mina_alive(link->mina));
	}
	if (str_is(name, "advance")) {
		mina_advance(link->mina, value_to_number(value_at(args, 0)));
		return value_undefined();
	}
	if (str_is(name, "diagnostics")) {
		return new_diagnostics(link);
	}
	return link->mina->app ? app_invoke(link->mina->app, name, args) : value_undefined();
}

static void answer(struct link *link, struct value message)
{
	struct value result = value_undefined();
	if (link->depth < NESTED_MAX) {
		link->depth++;
		result = perform(link, value_str(value_at(message, 1)), value_at(message, 2));
		link->depth--;
	}
	send(link, message_of(1, NULL, result));
}

/* --- what we ask --- */

static struct value ask(struct link *link, const char *name, struct value args)
{
	send(link, message_of(0, name, args));
	while (!link->broken) {
		struct value message = receive(link);
		bool done = value_to_number(value_at(message, 0)) == 1;
		struct value result = done ? value_ref(value_at(message, 1)) : value_undefined();
		if (!done && value_len(message) >= 2) {
			answer(link, message);
		}
		value_unref(message);
		if (done) {
			return result;
		}
	}
	return value_undefined();
}

static struct value call(void *user, const char *name, struct value args)
{
	return ask(user, name, value_ref(args));
}

static struct value with_path(struct str path)
{
	struct value args = value_array_new(1);
	value_array_push(&args, value_string(path));
	return args;
}

static enum host_outcome read_file(struct host_source *source, struct str path, struct host_bytes **ret_bytes)
{
	struct link *link = CONTAINER_OF(source, struct link, source);
	struct value text = ask(link, "readFile", with_path(path));
	bool found = value_is(text, VALUE_STRING);
	if (found) {
		*ret_bytes = host_bytes_new(value_str(text).at, value_str(text).len);
	}
	value_unref(text);
	return found ? HOST_OK : HOST_NOT_FOUND;
}

static enum host_outcome stat_file(struct host_source *source, struct str path, bool *ret_is_folder, size_t *ret_size)
{
	struct link *link = CONTAINER_OF(source, struct link, source);
	struct value found = ask(link, "hasFile", with_path(path));
	bool there = value_to_bool(found);
	value_unref(found);
	*ret_is_folder = false;
	*ret_size = 1;
	return there ? HOST_OK : HOST_NOT_FOUND;
}

static void drop(struct host_source *source)
{
	UNUSED(source);
}

static void on_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	static const char *const names[] = {"debug", "log", "info", "warn", "error"};
	UNUSED(file);
	UNUSED(line);
	struct value args = value_array_new(2);
	value_array_push(&args, value_text(names[level]));
	value_array_push(&args, value_text(text));
	value_unref(ask(user, "console", args));
}

int mina_simulate(int in, int out)
{
	struct link link = {.in = in, .out = out};
	struct mina *mina = mem_alloc(sizeof(*mina));
	link.mina = mina;
	link.source = (struct host_source){.read = read_file, .stat = stat_file, .destroy = drop};
	link.logic = (struct app_logic){call, &link};
	mina->options = (struct mina_options){.on_console = on_console, .user = &link};
	mina->width = 375;
	mina->height = 667;
	mina->dpr = 2;
	mina->source = &link.source;
	mina->logic = &link.logic;
	while (!link.broken) {
		struct value message = receive(&link);
		if (value_len(message) >= 2) {
			answer(&link, message);
		}
		value_unref(message);
	}
	mina_close(mina);
	strbuf_finish(&link.input);
	return 0;
}

/* The real network and the Linux host, against servers of this very process on the loopback
 * interface: HTTP, WebSockets, files and storage on disk, and virtual time that waits. */
#include "border/net/server.h"
#include "core/value/json.h"
#include "harness/test.h"
#include "host/linux/linux.h"
#include "host/net.h"
#include "host/sim/sim.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAIT 10000 // ms of real time, only reached when something is broken

struct world {
	struct linux_host *linux_host;
	struct server *server;
	struct server_call *held;
	size_t calls;
};

static struct value json(const char *text)
{
	struct value v = value_undefined();
	CHECK_NUM(json_parse(str_of(text), &v, NULL), 0);
	return v;
}

/* /echo gives method, query, body and one header back; /big 3 MB; /hold is never answered. */
static void on_call(void *user, struct server_call *call, const struct server_request *request)
{
	struct world *world = user;
	struct strbuf out = {0};
	world->calls++;
	if (str_is(request->path, "/echo")) {
		strbuf_printf(&out, STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(request->method), STR_ARG(request->query),
			STR_ARG(value_str(value_get_text(request->headers, "X-Test"))), STR_ARG(request->body));
		struct value headers = json("{\"X-Answer\": \"yes\", \"Set-Cookie\": \"a=1\"}");
		server_reply(call, 200, "text/plain", strbuf_str(&out), headers);
		value_unref(headers);
	} else if (str_is(request->path, "/big")) {
		for (size_t i = 0; i < 3000000; i++) {
			strbuf_add_char(&out, (char)('a' + i % 26));
		}
		server_reply(call, 200, "application/octet-stream", strbuf_str(&out), value_undefined());
	} else if (str_is(request->path, "/moved")) {
		struct value headers = json("{\"Location\": \"/echo?from=moved\"}");
		server_reply(call, 302, "text/plain", STR(""), headers);
		value_unref(headers);
	} else if (str_is(request->path, "/hold")) {
		world->held = call;
	} else {
		server_reply(call, 404, "text/plain", STR("no"), value_undefined());
	}
	strbuf_finish(&out);
}

static void on_socket(void *user, struct server_socket *socket, struct str path, struct str query)
{
	UNUSED(user);
	UNUSED(query);
	server_socket_send(socket, true, path);
}

static void on_socket_message(void *user, struct server_socket *socket, bool is_text, struct str data)
{
	UNUSED(user);
	if (str_is(data, "close")) {
		server_socket_close(socket);
	} else {
		server_socket_send(socket, is_text, data);
	}
}

static void world_init(struct world *world)
{
	char *error = NULL;
	*world = (struct world){0};
	struct linux_config config = {.data = "", .app_id = "wx1", .time_zone = "Asia/Shanghai"};
	world->linux_host = linux_host_create(&config, &error);
	struct server_config serving = {.user = world, .on_call = on_call, .on_socket = on_socket,
		.on_socket_message = on_socket_message};
	world->server = server_create(&serving, &error);
	CHECK(error == NULL);
}

static void world_finish(struct world *world)
{
	server_destroy(world->server);
	linux_host_destroy(world->linux_host);
}

struct probe {
	struct host_request request;
	enum host_outcome outcome;
	struct value result;
	struct strbuf bytes;
	int finished;
	size_t headers, chunks, chunk_bytes, last_upload, last_download;
};

static void finish(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct probe *probe = CONTAINER_OF(request, struct probe, request);
	probe->finished++;
	probe->outcome = outcome;
	probe->result = value_ref(result);
	strbuf_add(&probe->bytes, host_bytes_str(request->bytes));
}

static void progress(struct host_request *request, enum host_progress kind, struct value detail, struct host_bytes *bytes)
{
	struct probe *probe = CONTAINER_OF(request, struct probe, request);
	probe->headers += kind == HOST_PROGRESS_HEADERS;
	probe->chunks += kind == HOST_PROGRESS_CHUNK;
	probe->chunk_bytes += kind == HOST_PROGRESS_CHUNK ? bytes->len : 0;
	double percent = value_to_number(value_get_text(detail, "progress"));
	if (kind == HOST_PROGRESS_UPLOAD) {
		probe->last_upload = (size_t)percent;
	} else if (kind == HOST_PROGRESS_DOWNLOAD) {
		probe->last_download = (size_t)percent;
	}
}

static bool is_finished(void *user) { return ((struct probe *)user)->finished > 0; }

static void start(struct host *host, struct probe *probe, uint16_t port, const char *path, const char *more, struct str body)
{
	struct strbuf text = {0};
	*probe = (struct probe){.request = {.on_finish = finish, .on_progress = progress}};
	strbuf_printf(&text, "{\"url\": \"http://127.0.0.1:%u%s\"%s%s}", port, path, *more ? ", " : "", more);
	struct value parameters = json(text.at);
	probe->request.body = body.len ? host_bytes_new(body.at, body.len) : NULL;
	HOST_CALL(host, net, request, parameters, &probe->request);
	value_unref(parameters);
	strbuf_finish(&text);
}

static void clear(struct probe *probe)
{
	value_unref(probe->result);
	strbuf_finish(&probe->bytes);
}

/* Starts, waits and leaves the answer in probe. */
static void fetch(struct world *world, struct probe *probe, const char *path, const char *more, const char *body)
{
	struct host *host = &world->linux_host->host;
	start(host, probe, server_port(world->server), path, more, str_of(body));
	CHECK(host_run_until(host, WAIT, is_finished, probe));
	CHECK_NUM(probe->finished, 1);
	CHECK_NUM(host->clock->in_flight(host), 0);
}

static void test_http(void)
{
	struct world world;
	struct probe probe;
	world_init(&world);
	fetch(&world, &probe, "/echo?a=%20b", "\"method\": \"POST\", \"header\": {\"X-Test\": \"t\", \"Host\": \"evil\", \"bad\\n\": \"x\"}", "hello");
	CHECK_NUM(probe.outcome, HOST_OK);
	CHECK_STR(strbuf_str(&probe.bytes), "POST a=%20b t hello");
	CHECK_NUM(value_get_text(probe.result, "statusCode").number, 200);
	CHECK_STR(value_str(value_get_text(value_get_text(probe.result, "header"), "X-Answer")), "yes");
	CHECK_STR(value_str(value_at(value_get_text(probe.result, "cookies"), 0)), "a=1");
	CHECK_NUM(probe.headers, 1);
	CHECK_NUM(probe.last_upload, 100);
	CHECK_NUM(probe.last_download, 100);
	clear(&probe);
	fetch(&world, &probe, "/nothing", "", "");
	CHECK_NUM(probe.outcome, HOST_OK);
	CHECK_NUM(value_get_text(probe.result, "statusCode").number, 404);
	clear(&probe);
	fetch(&world, &probe, "/moved", "", "");
	CHECK_STR(strbuf_str(&probe.bytes), "GET from=moved  ");
	clear(&probe);
	fetch(&world, &probe, "/moved", "\"redirect\": \"manual\"", "");
	CHECK_NUM(value_get_text(probe.result, "statusCode").number, 302);
	clear(&probe);
	fetch(&world, &probe, "/big", "", "");
	CHECK_NUM(probe.bytes.len, 3000000);
	CHECK_NUM(probe.chunk_bytes, 3000000);
	CHECK(probe.chunks > 10);
	clear(&probe);
	fetch(&world, &probe, "/中 文?q=<a>", "", "");
	CHECK_NUM(value_get_text(probe.result, "statusCode").number, 404);
	clear(&probe);
	world_finish(&world);
}

static void test_http_failures(void)
{
	struct world world;
	struct probe probe;
	world_init(&world);
	struct host *host = &world.linux_host->host;
	fetch(&world, &probe, "/hold", "\"timeout\": 50", "");
	CHECK_NUM(probe.outcome, HOST_TIMEOUT);
	CHECK_STR(value_str(value_get_text(probe.result, "errMsg")), "timeout");
	clear(&probe);
	static const char *const wrong[] = {"", "nothing", "ftp://a/b", "file:///etc/passwd", "http://", "http://a:b:c/"};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct value parameters = value_object_new(1);
		value_object_set_text(&parameters, "url", value_text(wrong[i]));
		probe = (struct probe){.request = {.on_finish = finish}};
		HOST_CALL(host, net, request, parameters, &probe.request);
		CHECK(host_run_until(host, WAIT, is_finished, &probe));
		CHECK_NUM(probe.outcome, HOST_FAIL);
		CHECK_STR(value_str(value_get_text(probe.result, "errMsg")), "invalid url");
		clear(&probe);
		value_unref(parameters);
	}
	start(host, &probe, 1, "/", "", STR("")); // nobody listens
	CHECK(host_run_until(host, WAIT, is_finished, &probe));
	CHECK_NUM(probe.outcome, HOST_FAIL);
	clear(&probe);
	world_finish(&world);
}

static bool is_held(void *user) { return ((struct world *)user)->held != NULL; }

static void test_http_abort(void)
{
	struct world world;
	struct probe probe;
	world_init(&world);
	struct host *host = &world.linux_host->host;
	start(host, &probe, server_port(world.server), "/hold", "", STR(""));
	CHECK(host_run_until(host, WAIT, is_held, &world));
	host_request_abort(&probe.request);
	CHECK_NUM(probe.finished, 0);
	CHECK(host_run_until(host, WAIT, is_finished, &probe));
	CHECK_NUM(probe.outcome, HOST_ABORTED);
	clear(&probe);
	start(host, &probe, server_port(world.server), "/echo", "", STR(""));
	host_request_drop(&probe.request);
	host_run(host, 20);
	CHECK_NUM(probe.finished, 0);
	CHECK_NUM(host->clock->in_flight(host), 0);
	start(host, &probe, server_port(world.server), "/echo", "", STR(""));
	host_request_drop(&probe.request); // and the host ends with it on its way
	world_finish(&world);
}

/* A server that promises more than it sends, or talks nonsense. */
struct liar {
	int listener;
	uint16_t port;
	const char *says;
	pthread_t thread;
};

static void *lie(void *user)
{
	struct liar *liar = user;
	char buf[2048];
	int fd = accept(liar->listener, NULL, NULL);
	if (fd >= 0) {
		ssize_t got = read(fd, buf, sizeof(buf));
		got = got > 0 ? write(fd, liar->says, strlen(liar->says)) : got;
		UNUSED(got);
		close(fd);
	}
	return NULL;
}

static void liar_init(struct liar *liar, const char *says)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);
	liar->says = says;
	liar->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(bind(liar->listener, (struct sockaddr *)&address, len) == 0 && listen(liar->listener, 4) == 0);
	getsockname(liar->listener, (struct sockaddr *)&address, &len);
	liar->port = ntohs(address.sin_port);
	pthread_create(&liar->thread, NULL, lie, liar);
}

static void liar_finish(struct liar *liar)
{
	shutdown(liar->listener, SHUT_RDWR);
	pthread_join(liar->thread, NULL);
	close(liar->listener);
}

static void test_http_broken_servers(void)
{
	static const char *const texts[] = {
		"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabcde",
		"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx",
		"nonsense\r\n\r\n",
		"",
	};
	struct world world;
	world_init(&world);
	struct host *host = &world.linux_host->host;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct liar liar;
		struct probe probe;
		liar_init(&liar, texts[i]);
		start(host, &probe, liar.port, "/", "\"timeout\": 5000", STR(""));
		CHECK(host_run_until(host, WAIT, is_finished, &probe));
		if (probe.outcome == HOST_OK || probe.outcome == HOST_TIMEOUT) {
			test_fail(__FILE__, __LINE__, "case %zu ended with %s", i, host_outcome_text(probe.outcome));
		}
		clear(&probe);
		liar_finish(&liar);
	}
	world_finish(&world);
}

struct wire {
	struct host_socket socket;
	struct strbuf log;
	size_t events;
	size_t wanted;
};

static void wire_open(struct host_socket *socket, struct value detail)
{
	struct wire *wire = CONTAINER_OF(socket, struct wire, socket);
	strbuf_printf(&wire->log, "open%s;", value_is(value_get_text(detail, "header"), VALUE_OBJECT) ? "" : "?");
	wire->events++;
}

static void wire_message(struct host_socket *socket, bool is_text, struct host_bytes *bytes)
{
	struct wire *wire = CONTAINER_OF(socket, struct wire, socket);
	strbuf_printf(&wire->log, "%s " STR_FMT ";", is_text ? "text" : "binary", STR_ARG(host_bytes_str(bytes)));
	wire->events++;
}

static void wire_error(struct host_socket *socket, const char *text)
{
	struct wire *wire = CONTAINER_OF(socket, struct wire, socket);
	UNUSED(text);
	strbuf_add_text(&wire->log, "error;");
	wire->events++;
}

static void wire_close(struct host_socket *socket, int code, struct str reason)
{
	struct wire *wire = CONTAINER_OF(socket, struct wire, socket);
	UNUSED(reason);
	strbuf_printf(&wire->log, "close %d;", code);
	wire->events++;
}

static bool has_events(void *user) { return ((struct wire *)user)->events >= ((struct wire *)user)->wanted; }

static void connect_to(struct host *host, struct wire *wire, const char *scheme, uint16_t port)
{
	struct strbuf text = {0};
	*wire = (struct wire){{wire_open, wire_message, wire_error, wire_close}};
	strbuf_printf(&text, "{\"url\": \"%s://127.0.0.1:%u/chat\", \"timeout\": 5000}", scheme, port);
	struct value parameters = json(text.at);
	CHECK(host_socket_open(host, parameters, &wire->socket));
	value_unref(parameters);
	strbuf_finish(&text);
}

static void send_text(struct wire *wire, bool is_text, const char *text)
{
	struct host_bytes *bytes = host_bytes_new(text, strlen(text));
	CHECK(host_socket_send(&wire->socket, is_text, bytes));
	host_bytes_unref(bytes);
}

static void expect_wire(struct host *host, struct wire *wire, size_t events, const char *want)
{
	wire->wanted = events;
	CHECK(host_run_until(host, WAIT, has_events, wire));
	CHECK_STR(strbuf_str(&wire->log), want);
}

static void test_sockets(void)
{
	struct world world;
	struct wire wire;
	world_init(&world);
	struct host *host = &world.linux_host->host;
	connect_to(host, &wire, "ws", server_port(world.server));
	expect_wire(host, &wire, 2, "open;text /chat;");
	send_text(&wire, true, "héllo");
	send_text(&wire, false, "bin");
	expect_wire(host, &wire, 4, "open;text /chat;text héllo;binary bin;");
	struct host_bytes *broken = host_bytes_new("\xff", 1);
	CHECK(!host_socket_send(&wire.socket, true, broken));
	host_bytes_unref(broken);
	host_socket_close(&wire.socket, 1000, STR("bye"));
	host_socket_close(&wire.socket, 1000, STR("bye"));
	expect_wire(host, &wire, 5, "open;text /chat;text héllo;binary bin;close 1000;");
	CHECK(wire.socket.host == NULL);
	strbuf_finish(&wire.log);
	connect_to(host, &wire, "ws", server_port(world.server));
	expect_wire(host, &wire, 2, "open;text /chat;");
	send_text(&wire, true, "close");
	expect_wire(host, &wire, 3, "open;text /chat;close 1001;");
	strbuf_finish(&wire.log);
	world_finish(&world);
}

static void test_socket_failures(void)
{
	struct world world;
	struct wire wire;
	world_init(&world);
	struct host *host = &world.linux_host->host;
	connect_to(host, &wire, "ws", 1);
	expect_wire(host, &wire, 2, "error;close 1006;");
	strbuf_finish(&wire.log);
	connect_to(host, &wire, "http", server_port(world.server));
	expect_wire(host, &wire, 2, "error;close 1006;");
	strbuf_finish(&wire.log);
	connect_to(host, &wire, "ws", server_port(world.server));
	host_socket_close(&wire.socket, 1000, STR(""));
	expect_wire(host, &wire, 1, "close 1000;");
	strbuf_finish(&wire.log);
	connect_to(host, &wire, "ws", server_port(world.server));
	host_socket_drop(&wire.socket);
	host_run(host, 20);
	connect_to(host, &wire, "ws", server_port(world.server));
	expect_wire(host, &wire, 2, "open;text /chat;");
	host_socket_drop(&wire.socket);
	host_run(host, 20);
	CHECK_NUM(wire.events, 2);
	strbuf_finish(&wire.log);
	CHECK_NUM(host->clock->in_flight(host), 0);
	world_finish(&world);
}

/* The loopback server answers only who names it: no page of another origin can talk to it. */
static void test_server_origin(void)
{
	struct world world;
	struct probe probe;
	world_init(&world);
	fetch(&world, &probe, "/echo", "\"header\": {\"Origin\": \"http://evil.test\"}", "");
	CHECK_NUM(value_get_text(probe.result, "statusCode").number, 403);
	clear(&probe);
	CHECK_NUM(world.calls, 0);
	struct host *host = &world.linux_host->host;
	struct wire wire = {{wire_open, wire_message, wire_error, wire_close}};
	struct strbuf text = {0};
	strbuf_printf(&text, "{\"url\": \"ws://127.0.0.1:%u/\", \"header\": {\"Origin\": \"http://evil.test\"}}",
		server_port(world.server));
	struct value parameters = json(text.at);
	CHECK(host_socket_open(host, parameters, &wire.socket));
	expect_wire(host, &wire, 2, "error;close 1006;");
	value_unref(parameters);
	strbuf_finish(&text);
	strbuf_finish(&wire.log);
	world_finish(&world);
}

struct alarm {
	struct host_timer timer;
	double fired;
	struct host *host;
};

static void ring(struct host_timer *timer)
{
	struct alarm *alarm = CONTAINER_OF(timer, struct alarm, timer);
	alarm->fired = host_monotonic(alarm->host);
}

static void test_virtual_time_waits(void)
{
	struct world world;
	struct probe probe;
	world_init(&world);
	struct sim_host *sim = sim_host_create(NULL);
	sim_host_set_real(sim, &world.linux_host->host);
	struct alarm alarm = {{.fire = ring}, 0, &sim->host};
	host_timer_start(&sim->host, &alarm.timer, 1);
	start(&sim->host, &probe, server_port(world.server), "/echo?x", "", STR(""));
	CHECK(host_run_until(&sim->host, 0, is_finished, &probe));
	CHECK_NUM(probe.outcome, HOST_OK);
	CHECK_STR(strbuf_str(&probe.bytes), "GET x  ");
	CHECK_NUM(alarm.fired, 0);
	CHECK_NUM(host_monotonic(&sim->host), 0);
	sim_host_settle(sim, 10, 1000);
	CHECK_NUM(alarm.fired, 1);
	clear(&probe);
	start(&sim->host, &probe, server_port(world.server), "/hold", "", STR(""));
	host_request_drop(&probe.request);
	struct wire wire;
	connect_to(&sim->host, &wire, "ws", server_port(world.server));
	expect_wire(&sim->host, &wire, 2, "open;text /chat;");
	host_socket_close(&wire.socket, 1000, STR(""));
	expect_wire(&sim->host, &wire, 3, "open;text /chat;close 1000;");
	strbuf_finish(&wire.log);
	connect_to(&sim->host, &wire, "ws", server_port(world.server));
	expect_wire(&sim->host, &wire, 2, "open;text /chat;");
	host_socket_drop(&wire.socket);
	CHECK_NUM(sim->world->in_flight + sim->world->sockets, 0);
	strbuf_finish(&wire.log);
	sim_host_destroy(sim);
	world_finish(&world);
}

static enum host_outcome ask(struct host *host, host_ask slot, const char *text, const char *body, struct host_answer *ret_answer)
{
	struct value parameters = json(text);
	struct host_bytes *bytes = body ? host_bytes_new(body, strlen(body)) : NULL;
	enum host_outcome outcome = host_question(host, slot, parameters, bytes, ret_answer);
	value_unref(parameters);
	host_bytes_unref(bytes);
	return outcome;
}

static enum host_outcome outcome_of(struct host *host, host_ask slot, const char *text, const char *body)
{
	struct host_answer answer;
	enum host_outcome outcome = ask(host, slot, text, body, &answer);
	host_answer_finish(&answer);
	return outcome;
}

static void make_file(const char *folder, const char *name, const char *text)
{
	struct strbuf path = {0};
	strbuf_printf(&path, "%s/%s", folder, name);
	FILE *file = fopen(path.at, "w");
	CHECK(file != NULL);
	if (file) {
		fputs(text, file);
		fclose(file);
	}
	strbuf_finish(&path);
}

static void test_package_folder(void)
{
	char folder[] = "/tmp/mina-test-XXXXXX";
	struct host_bytes *bytes = NULL;
	struct value names;
	bool is_folder;
	size_t size;
	CHECK(mkdtemp(folder) != NULL);
	struct strbuf path = {0};
	strbuf_printf(&path, "%s/app", folder);
	CHECK(mkdir(path.at, 0700) == 0);
	make_file(folder, "secret", "s");
	make_file(path.at, "b.json", "{}");
	make_file(path.at, "a.js", "1");
	size_t base = path.len;
	static const char *const links[][2] = {{"../secret", "out"}, {"/etc/passwd", "absolute"}, {"a.js", "in"}, {"loop", "loop"}};
	for (size_t i = 0; i < ARRAY_LEN(links); i++) {
		path.len = base;
		strbuf_printf(&path, "/%s", links[i][1]);
		CHECK(symlink(links[i][0], path.at) == 0);
	}
	path.len = base;
	path.at[base] = '\0';
	struct host_source *source = linux_folder_open(path.at);
	CHECK(source != NULL);
	CHECK_NUM(source->read(source, STR("a.js"), &bytes), HOST_OK);
	CHECK_STR(host_bytes_str(bytes), "1");
	host_bytes_unref(bytes);
	CHECK_NUM(source->read(source, STR("in"), &bytes), HOST_OK);
	host_bytes_unref(bytes);
	CHECK_NUM(source->read(source, STR("out"), &bytes), HOST_NOT_FOUND);
	CHECK_NUM(source->read(source, STR("absolute"), &bytes), HOST_NOT_FOUND);
	CHECK_NUM(source->read(source, STR("loop"), &bytes), HOST_NOT_FOUND);
	CHECK_NUM(source->read(source, STR("../secret"), &bytes), HOST_NOT_FOUND);
	CHECK_NUM(source->read(source, STR(""), &bytes), HOST_NOT_FOUND);
	CHECK_NUM(source->stat(source, STR("out"), &is_folder, &size), HOST_NOT_FOUND);
	CHECK_NUM(source->stat(source, STR("b.json"), &is_folder, &size), HOST_OK);
	CHECK(!is_folder && size == 2);
	CHECK_NUM(source->list(source, STR(""), &names), HOST_OK);
	CHECK_NUM(value_len(names), 6);
	CHECK_STR(value_str(value_at(names, 0)), "a.js");
	value_unref(names);
	source->destroy(source);
	CHECK(linux_folder_open("/nothing/here") == NULL);
	strbuf_clear(&path);
	strbuf_printf(&path, "rm -rf %s", folder);
	CHECK(system(path.at) == 0);
	strbuf_finish(&path);
}

static void test_disk(void)
{
	struct world world;
	struct host_answer answer;
	world_init(&world);
	struct linux_host *linux_host = world.linux_host;
	struct host *host = &linux_host->host;
	const struct host_file *file = host->file;
	CHECK_NUM(outcome_of(host, file->mkdir, "{\"path\": \"wxfile://usr/a/b\", \"recursive\": true}", NULL), HOST_OK);
	CHECK_NUM(outcome_of(host, file->write, "{\"path\": \"wxfile://usr/a/b/c\"}", "hello"), HOST_OK);
	CHECK_NUM(outcome_of(host, file->write, "{\"path\": \"wxfile://usr/a/b/c\", \"append\": true}", "!"), HOST_OK);
	CHECK_NUM(linux_host->used, 6);
	CHECK_NUM(outcome_of(host, file->rename, "{\"from\": \"wxfile://usr/a\", \"to\": \"wxfile://usr/d\"}", NULL), HOST_OK);
	CHECK_NUM(ask(host, file->read, "{\"path\": \"wxfile://usr/d/b/c\"}", NULL, &answer), HOST_OK);
	CHECK_STR(host_bytes_str(answer.bytes), "hello!");
	host_answer_finish(&answer);
	CHECK_NUM(outcome_of(host, file->rmdir, "{\"path\": \"wxfile://usr/d\"}", NULL), HOST_FAIL);
	CHECK_NUM(outcome_of(host, file->read, "{\"path\": \"wxfile://usr/../storage.json\"}", NULL), HOST_DENIED);

	struct strbuf link = {0};
	strbuf_printf(&link, "%s/usr/link", linux_host->folder_path);
	CHECK(symlink("/etc", link.at) == 0);
	CHECK_NUM(outcome_of(host, file->read, "{\"path\": \"wxfile://usr/link/passwd\"}", NULL), HOST_NOT_FOUND);
	CHECK_NUM(outcome_of(host, file->write, "{\"path\": \"wxfile://usr/link/x\"}", "x"), HOST_NOT_FOUND);
	unlink(link.at);
	strbuf_finish(&link);

	CHECK_NUM(ask(host, file->temp, "{\"extension\": \"png\"}", "PNG", &answer), HOST_OK);
	struct value save = value_object_new(1);
	value_object_set_text(&save, "from", value_ref(value_get_text(answer.value, "path")));
	host_answer_finish(&answer);
	CHECK_NUM(HOST_ASK(host, file, save, save, NULL, &answer), HOST_OK);
	CHECK(str_ends(value_str(value_get_text(answer.value, "path")), STR(".png")));
	CHECK_NUM(linux_host->used, 9);
	host_answer_finish(&answer);
	value_unref(save);
	CHECK_NUM(ask(host, file->saved, "{}", NULL, &answer), HOST_OK);
	CHECK_NUM(value_len(value_get_text(answer.value, "files")), 1);
	host_answer_finish(&answer);
	CHECK_NUM(outcome_of(host, file->rmdir, "{\"path\": \"wxfile://usr/d\", \"recursive\": true}", NULL), HOST_OK);
	CHECK_NUM(linux_host->used, 3);
	char *folder = mem_strdup(linux_host->folder_path, strlen(linux_host->folder_path));
	world_finish(&world);
	CHECK(access(folder, F_OK) != 0);
	mem_free(folder);
}

static void test_storage_is_kept(void)
{
	char folder[] = "/tmp/mina-test-XXXXXX";
	char *error = NULL;
	struct host_answer answer;
	CHECK(mkdtemp(folder) != NULL);
	struct linux_config config = {.data = folder, .app_id = "wx/../1"};
	struct linux_host *one = linux_host_create(&config, &error);
	CHECK(one && str_ends(str_of(one->folder_path), STR("/wx____1")));
	CHECK_NUM(outcome_of(&one->host, one->host.store->set, "{\"key\": \"k\", \"data\": {\"a\": [1]}}", NULL), HOST_OK);
	CHECK_NUM(outcome_of(&one->host, one->host.file->temp, "{}", "gone"), HOST_OK);
	host_run(&one->host, 0);
	CHECK_NUM(outcome_of(&one->host, one->host.store->set, "{\"key\": \"l\", \"data\": \"\"}", NULL), HOST_OK);
	linux_host_destroy(one);
	struct linux_host *two = linux_host_create(&config, &error);
	CHECK_NUM(ask(&two->host, two->host.store->get, "{\"key\": \"k\"}", NULL, &answer), HOST_OK);
	CHECK_NUM(value_at(value_get_text(value_get_text(answer.value, "data"), "a"), 0).number, 1);
	host_answer_finish(&answer);
	CHECK_NUM(outcome_of(&two->host, two->host.store->get, "{\"key\": \"l\"}", NULL), HOST_OK);
	linux_host_destroy(two);
	config.data = "/proc/nowhere";
	CHECK(linux_host_create(&config, &error) == NULL);
	CHECK(error && strstr(error, "/proc/nowhere"));
	mem_free(error);
	struct strbuf command = {0};
	strbuf_printf(&command, "rm -rf %s", folder);
	CHECK(system(command.at) == 0);
	strbuf_finish(&command);
}

static void test_real_clock(void)
{
	struct world world;
	world_init(&world);
	struct host *host = &world.linux_host->host;
	struct alarm alarm = {{.fire = ring}, 0, host};
	double before = host_monotonic(host);
	host_timer_start(host, &alarm.timer, 15);
	host_run(host, 5);
	CHECK(alarm.fired == 0 || alarm.fired >= before + 15);
	host_run(host, 100);
	CHECK(alarm.fired >= before + 15);
	CHECK(host_monotonic(host) >= before + 100);
	CHECK_NUM(host->clock->zone_offset(host, 0), 480);
	alarm.fired = 0;
	host_timer_start(host, &alarm.timer, 1); // as an embedding's own loop would do it
	while (alarm.fired == 0) {
		g_main_context_iteration(world.linux_host->context, TRUE);
	}
	world_finish(&world);
}

/* --- the loopback server's limits --- */

struct flood {
	struct server_socket *socket;
	int opened, closed, sent;
	bool refused; // a message was not taken
};

static void flood_socket(void *user, struct server_socket *socket, struct str path, struct str query)
{
	struct flood *flood = user;
	UNUSED(path);
	UNUSED(query);
	flood->opened++;
	flood->socket = socket;
}

static void flood_close(void *user, struct server_socket *socket)
{
	struct flood *flood = user;
	flood->closed++;
	flood->socket = flood->socket == socket ? NULL : flood->socket;
}

static void flood_call(void *user, struct server_call *call, const struct server_request *request)
{
	UNUSED(user);
	UNUSED(request);
	server_reply(call, 404, "text/plain", STR("no"), value_undefined());
}

/* A client that has asked for a WebSocket, and does nothing else. */
static int silent_client(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
	struct strbuf text = {0};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), small = 4096;
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	CHECK_NUM(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	strbuf_printf(&text, "GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\nSec-WebSocket-Version: 13\r\n\r\n", port);
	CHECK_NUM(write(fd, text.at, text.len), text.len);
	strbuf_finish(&text);
	return fd;
}

static void turn_until(struct linux_host *host, const int *count, int wanted)
{
	for (int i = 0; i < WAIT && *count < wanted; i++) {
		host_run(&host->host, 1);
	}
}

static void test_server_limits(void)
{
	struct world world;
	world_init(&world);
	struct flood flood = {0};
	struct server_config config = {.user = &flood, .on_call = flood_call, .on_socket = flood_socket, .on_socket_close = flood_close,
		.queue_max = 1 << 20, .sockets_max = 1};
	char *error = NULL;
	struct server *server = server_create(&config, &error);
	int slow = silent_client(server_port(server));
	turn_until(world.linux_host, &flood.opened, 1);
	int second = silent_client(server_port(server));
	char answer[512] = {0};
	for (int i = 0; i < 100; i++) {
		host_run(&world.linux_host->host, 1);
	}
	CHECK(read(second, answer, sizeof(answer) - 1) > 0);
	CHECK_NUM(flood.opened, 1); // the other one was told to try later
	char *piece = mem_alloc(1 << 16);
	memset(piece, 'x', 1 << 16);
	for (; flood.sent < 1000 && flood.socket && !flood.refused; flood.sent++) {
		flood.refused = !server_socket_send(flood.socket, true, (struct str){piece, 1 << 16});
		host_run(&world.linux_host->host, 0);
	}
	CHECK(flood.refused && flood.sent < 200); // what the system takes for it, and 1 MiB
	turn_until(world.linux_host, &flood.closed, 1);
	CHECK_NUM(flood.closed, 1);
	close(second);
	close(slow);
	slow = silent_client(server_port(server)); // there is room again
	turn_until(world.linux_host, &flood.opened, 2);
	CHECK_NUM(flood.opened, 2);
	CHECK(flood.socket && server_socket_idle(flood.socket));
	mem_free(piece);
	close(slow);
	server_destroy(server);
	world_finish(&world);
}

static int connection_to(uint16_t port, const char *text)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK_NUM(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	CHECK_NUM(write(fd, text, strlen(text)), strlen(text));
	return fd;
}

/* The other side has closed it; what it may have said before is read. */
static bool is_ended(int fd)
{
	char answer[512];
	ssize_t got;
	while ((got = recv(fd, answer, sizeof(answer), MSG_DONTWAIT)) > 0) {
	}
	return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

/* Connections that stand still end; a WebSocket does not. */
static void test_server_idle(void)
{
	struct world world;
	world_init(&world);
	struct flood flood = {0};
	struct server_config config = {.user = &flood, .on_call = flood_call, .on_socket = flood_socket, .on_socket_close = flood_close,
		.idle_seconds = 1};
	char *error = NULL;
	struct server *server = server_create(&config, &error);
	uint16_t port = server_port(server);
	struct strbuf chunked = {0}, broken = {0}, asked = {0};
	strbuf_printf(&asked, "GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", port);
	strbuf_printf(&broken, "GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", port);
	strbuf_printf(&chunked, "POST / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", port);
	int still[] = {connection_to(port, ""), connection_to(port, "GET / HT"), connection_to(port, asked.at), connection_to(port, broken.at),
		connection_to(port, chunked.at)};
	int open = silent_client(port);
	turn_until(world.linux_host, &flood.opened, 1);
	double from = host_monotonic(&world.linux_host->host);
	while (host_monotonic(&world.linux_host->host) - from < 2500) {
		host_run(&world.linux_host->host, 10);
	}
	for (size_t i = 0; i < ARRAY_LEN(still); i++) {
		CHECK(is_ended(still[i]));
		close(still[i]);
	}
	CHECK(!is_ended(open));
	CHECK_NUM(flood.closed, 0);
	shutdown(open, SHUT_WR); // half closed is closed
	turn_until(world.linux_host, &flood.closed, 1);
	CHECK_NUM(flood.closed, 1);
	close(open);
	strbuf_finish(&asked);
	strbuf_finish(&broken);
	strbuf_finish(&chunked);
	server_destroy(server);
	world_finish(&world);
}

static const struct test_case cases[] = {
	{"HTTP", test_http},
	{"HTTP: timeout, wrong addresses, nobody listens", test_http_failures},
	{"HTTP: abort and drop", test_http_abort},
	{"HTTP: servers that lie", test_http_broken_servers},
	{"WebSocket", test_sockets},
	{"WebSocket: failures and drop", test_socket_failures},
	{"the loopback server refuses other origins", test_server_origin},
	{"the loopback server's limits", test_server_limits},
	{"the loopback server ends what stands still", test_server_idle},
	{"virtual time waits for real exchanges", test_virtual_time_waits},
	{"a package folder cannot be left", test_package_folder},
	{"files on disk", test_disk},
	{"storage is kept", test_storage_is_kept},
	{"the real clock", test_real_clock},
};
TEST_MAIN(cases)

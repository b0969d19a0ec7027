/* Any text as a script of the simulated host: what it answers must never crash, leak or hang. */
#include "host/device.h"
#include "host/location.h"
#include "host/media.h"
#include "host/net.h"
#include "host/sim/sim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct probe {
	struct host_request request;
	int finished;
};

static void finish(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct probe *probe = CONTAINER_OF(request, struct probe, request);
	probe->finished++;
	assert(outcome == HOST_OK || value_is(result, VALUE_OBJECT));
}

static void progress(struct host_request *request, enum host_progress kind, struct value detail, struct host_bytes *bytes)
{
	UNUSED(request);
	UNUSED(kind);
	UNUSED(detail);
	UNUSED(bytes);
}

static void socket_open(struct host_socket *socket, struct value detail)
{
	struct host_bytes *ping = host_bytes_new("ping", 4);
	UNUSED(detail);
	host_socket_send(socket, true, ping);
	host_bytes_unref(ping);
}

static void socket_message(struct host_socket *socket, bool is_text, struct host_bytes *bytes)
{
	UNUSED(is_text);
	UNUSED(bytes);
	host_socket_close(socket, 1000, STR(""));
}

static void socket_error(struct host_socket *socket, const char *text)
{
	UNUSED(socket);
	UNUSED(text);
}

static void socket_close(struct host_socket *socket, int code, struct str reason)
{
	UNUSED(socket);
	UNUSED(code);
	UNUSED(reason);
}

static void ask_for(struct sim_host *sim, host_call call, struct value parameters)
{
	struct probe probe = {.request = {.on_finish = finish, .on_progress = progress}};
	host_start(&sim->host, call, parameters, &probe.request);
	sim_host_advance(sim, 50);
	host_request_abort(&probe.request);
	sim_host_advance(sim, 1);
	assert(probe.finished == 1);
}

static void connect_to(struct sim_host *sim, struct value parameters)
{
	struct host_socket socket = {socket_open, socket_message, socket_error, socket_close};
	host_socket_open(&sim->host, parameters, &socket);
	sim_host_advance(sim, 1);
	host_socket_drop(&socket);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sim_host *sim = sim_host_create(NULL);
	if (sim_host_load_script(sim, (struct str){(const char *)data, size}, NULL) == 0) {
		struct value requests = value_get_text(sim->script.root, "request");
		struct value sockets = value_get_text(sim->script.root, "socket");
		for (size_t i = 0; i < value_len(requests) && i < 8; i++) {
			ask_for(sim, sim->host.net->request, value_at(requests, i));
		}
		for (size_t i = 0; i < value_len(sockets) && i < 8; i++) {
			connect_to(sim, value_at(sockets, i));
		}
		ask_for(sim, sim->host.ui->show_modal, sim->script.root);
		ask_for(sim, sim->host.ui->show_toast, sim->script.root);
		ask_for(sim, sim->host.device->scan_code, sim->script.root);
		ask_for(sim, sim->host.location->get, sim->script.root);
		value_unref(sim->host.device->facts(&sim->host));
		value_unref(sim->host.ui->overlay(&sim->host));
		struct host_answer answer;
		HOST_ASK(&sim->host, file, list, sim->script.root, NULL, &answer);
		host_answer_finish(&answer);
		HOST_ASK(&sim->host, file, saved, sim->script.root, NULL, &answer);
		host_answer_finish(&answer);
		sim_host_advance(sim, 3000);
	}
	sim_host_destroy(sim);
	return 0;
}

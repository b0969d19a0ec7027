/* The life of one call in flight: begun, perhaps aborted, finished exactly once. */
#include "host/request.h"

static void fire_later(struct host_timer *timer)
{
	struct host_request *request = CONTAINER_OF(timer, struct host_request, later);
	struct value result = request->later_result;
	request->later_result = value_undefined();
	host_request_finish(request, request->later_outcome, result);
}

/* Back to "not in flight"; gives what came out to the caller, who unrefs it. */
static struct host_bytes *detach(struct host_request *request)
{
	host_timer_stop(request->host, &request->later);
	value_unref(request->later_result);
	host_bytes_unref(request->body);
	request->later_result = value_undefined();
	request->body = NULL;
	request->host = NULL;
	request->release = NULL;
	request->operation = NULL;
	return request->bytes;
}

static void let_go(struct host_request *request)
{
	void (*release)(struct host_request *) = request->release;
	request->release = NULL;
	if (release) {
		release(request);
	}
}

void host_request_begin(struct host_request *request, struct host *host)
{
	assert(!request->host && "the request is in flight already");
	assert(!host_timer_armed(&request->later));
	request->host = host;
	request->bytes = NULL;
	request->release = NULL;
	request->operation = NULL;
	request->starting = true;
	request->later = (struct host_timer){.fire = fire_later};
	request->later_result = value_undefined();
}

void host_request_abort(struct host_request *request)
{
	if (!host_request_active(request)) {
		return;
	}
	let_go(request);
	host_request_fail_later(request, HOST_ABORTED, host_outcome_text(HOST_ABORTED));
}

void host_request_drop(struct host_request *request)
{
	if (!host_request_active(request)) {
		return;
	}
	let_go(request);
	host_bytes_unref(detach(request));
	request->bytes = NULL;
}

void host_request_finish(struct host_request *request, enum host_outcome outcome, struct value result)
{
	assert(host_request_active(request) && "a request finishes exactly once");
	assert(!request->starting && "a request finishes after its start has returned");
	struct host_bytes *bytes = detach(request);
	if (request->on_finish) {
		request->on_finish(request, outcome, result); // may free the request
	}
	host_bytes_unref(bytes);
	value_unref(result);
}

void host_request_finish_later(struct host_request *request, double delay, enum host_outcome outcome, struct value result)
{
	assert(host_request_active(request));
	value_unref(request->later_result);
	request->later_outcome = outcome;
	request->later_result = result;
	host_timer_start(request->host, &request->later, delay);
}

void host_request_fail_later(struct host_request *request, enum host_outcome outcome, const char *text)
{
	host_request_finish_later(request, 0, outcome, host_error(text));
}

void host_request_progress(struct host_request *request, enum host_progress kind, struct value detail,
	struct host_bytes *bytes)
{
	assert(host_request_active(request));
	if (request->on_progress) {
		request->on_progress(request, kind, detail, bytes);
	}
}

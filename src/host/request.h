/* One call to the host in flight. It is embedded in whoever started it (an api_call, an image);
 * the host borrows it until it is finished, exactly once: on_finish is called, and after that the
 * host does not touch the memory, so on_finish may free it. Never finished before the starting
 * call has returned.
 *
 *     call->request.on_finish = finish;
 *     HOST_CALL(host, net, request, parameters, &call->request);
 */
#ifndef MINA_HOST_REQUEST_H
#define MINA_HOST_REQUEST_H

#include "host/clock.h"
#include "host/host.h"

enum host_progress {
	HOST_PROGRESS_HEADERS,  // {statusCode, header{}, cookies[]}
	HOST_PROGRESS_UPLOAD,   // {progress, totalBytesSent, totalBytesExpectedToSend}
	HOST_PROGRESS_DOWNLOAD, // {progress, totalBytesWritten, totalBytesExpectedToWrite}
	HOST_PROGRESS_CHUNK,    // `bytes` is a piece of the body
	HOST_PROGRESS_OTHER,    // as the slot says
};

struct host_request {
	/* Set by the starter. `result` is lent; request->bytes too (take a reference to keep them). */
	void (*on_finish)(struct host_request *request, enum host_outcome outcome, struct value result);
	void (*on_progress)(struct host_request *request, enum host_progress kind, struct value detail,
		struct host_bytes *bytes); // may be NULL
	struct host_bytes *body; // bytes that go in; the request owns this reference from the start on

	/* Set by the host. */
	struct host_bytes *bytes; // bytes that came out, owned by the request until it is finished
	struct host *host;        // not NULL: in flight
	/* Lets go of the operation at once, without finishing the request. NULL: nothing to let go. */
	void (*release)(struct host_request *request);
	void *operation;
	bool starting; // the starting call has not returned yet

	struct host_timer later;
	enum host_outcome later_outcome;
	struct value later_result;
};

static inline bool host_request_active(const struct host_request *request) { return request->host != NULL; }

/* For the starter. Abort is a request: on_finish comes on a later turn, with HOST_ABORTED.
 * Nothing happens when it is not in flight. */
void host_request_abort(struct host_request *request);
/* For tearing down: the operation is given up and on_finish will not be called. */
void host_request_drop(struct host_request *request);

/* For the host. begin is done by host_start(); a host that starts a call of its own uses it too and
 * clears `starting` afterwards. finish consumes `result`; asserts that the request is in flight. `bytes` of the
 * answer are put into request->bytes before. */
void host_request_begin(struct host_request *request, struct host *host);
void host_request_finish(struct host_request *request, enum host_outcome outcome, struct value result);
/* The same after `delay` ms (0: next turn). */
void host_request_finish_later(struct host_request *request, double delay, enum host_outcome outcome,
	struct value result);
void host_request_fail_later(struct host_request *request, enum host_outcome outcome, const char *text);
void host_request_progress(struct host_request *request, enum host_progress kind, struct value detail,
	struct host_bytes *bytes); // both lent

#endif

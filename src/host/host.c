/* The parts of the host that both worlds share: bytes, absent capabilities, listeners. */
#include "host/host.h"

#include "base/mem.h"
#include "host/request.h"
#include "host/screen.h"

#include <string.h>

/* One walk over the listeners that is going on; kept on the C stack of host_tell. */
struct host_walk {
	struct host_listener *next;
	struct host_walk *outer;
};

struct host_bytes *host_bytes_new(const void *at, size_t len)
{
	struct host_bytes *bytes = mem_alloc(sizeof(*bytes));
	bytes->at = mem_alloc(len + 1); // zero-terminated for readers of text
	if (at && len) {
		memcpy(bytes->at, at, len);
	}
	bytes->len = len;
	bytes->refs = 1;
	return bytes;
}

struct host_bytes *host_bytes_take(struct strbuf *buf)
{
	struct host_bytes *bytes = mem_alloc(sizeof(*bytes));
	bytes->len = buf->len;
	bytes->at = (uint8_t *)strbuf_steal(buf);
	bytes->refs = 1;
	return bytes;
}

struct host_bytes *host_bytes_ref(struct host_bytes *bytes)
{
	if (bytes) {
		bytes->refs++;
	}
	return bytes;
}

void host_bytes_unref(struct host_bytes *bytes)
{
	if (bytes && --bytes->refs == 0) {
		mem_free(bytes->at);
		mem_free(bytes);
	}
}

struct str host_bytes_str(const struct host_bytes *bytes)
{
	return bytes ? (struct str){(const char *)bytes->at, bytes->len} : (struct str){NULL, 0};
}

void host_answer_finish(struct host_answer *answer)
{
	value_unref(answer->value);
	host_bytes_unref(answer->bytes);
	*answer = (struct host_answer){0};
}

void host_start(struct host *host, host_call call, struct value parameters, struct host_request *request)
{
	host_request_begin(request, host);
	if (!call) {
		host_request_fail_later(request, HOST_UNSUPPORTED, host_outcome_text(HOST_UNSUPPORTED));
	} else {
		call(host, parameters, request);
	}
	request->starting = false;
}

enum host_outcome host_question(struct host *host, host_ask ask, struct value parameters, struct host_bytes *body,
	struct host_answer *ret_answer)
{
	*ret_answer = (struct host_answer){0};
	if (!ask) {
		return host_refuse(ret_answer, HOST_UNSUPPORTED, host_outcome_text(HOST_UNSUPPORTED));
	}
	return ask(host, parameters, body, ret_answer);
}

void host_start_ask(struct host *host, host_ask ask, struct value parameters, struct host_request *request)
{
	host_request_begin(request, host);
	struct host_answer answer;
	enum host_outcome outcome = host_question(host, ask, parameters, request->body, &answer);
	request->bytes = answer.bytes;
	host_request_finish_later(request, 0, outcome, answer.value);
	request->starting = false;
}

struct value host_error(const char *text)
{
	struct value error = value_object_new(1);
	value_object_set_text(&error, "errMsg", value_text(text));
	return error;
}

enum host_outcome host_refuse(struct host_answer *ret_answer, enum host_outcome outcome, const char *text)
{
	*ret_answer = (struct host_answer){.value = host_error(text)};
	return outcome;
}

void host_listen(struct host *host, struct host_listener *listener)
{
	assert(!listener->listening);
	struct host_listener **end = &host->listeners;
	while (*end) {
		end = &(*end)->next;
	}
	*end = listener;
	listener->next = NULL;
	listener->listening = true;
}

void host_unlisten(struct host *host, struct host_listener *listener)
{
	if (!listener->listening) {
		return;
	}
	for (struct host_walk *walk = host->walks; walk; walk = walk->outer) {
		if (walk->next == listener) {
			walk->next = listener->next;
		}
	}
	for (struct host_listener **at = &host->listeners; *at; at = &(*at)->next) {
		if (*at == listener) {
			*at = listener->next;
			break;
		}
	}
	listener->next = NULL;
	listener->listening = false;
}

void host_tell(struct host *host, enum host_event event, struct value detail)
{
	struct host_walk walk = {host->listeners, host->walks};
	host->walks = &walk;
	while (walk.next) {
		struct host_listener *listener = walk.next;
		walk.next = listener->next;
		if (listener->on_event) {
			listener->on_event(listener, event, detail);
		}
	}
	host->walks = walk.outer;
}

void host_tell_touch(struct host *host, const struct host_touch *touch)
{
	struct host_walk walk = {host->listeners, host->walks};
	host->walks = &walk;
	while (walk.next) {
		struct host_listener *listener = walk.next;
		walk.next = listener->next;
		if (listener->on_touch) {
			listener->on_touch(listener, touch);
		}
	}
	host->walks = walk.outer;
}

const char *host_outcome_text(enum host_outcome outcome)
{
	static const char *const texts[] = {
		[HOST_OK] = "ok",
		[HOST_FAIL] = "internal error",
		[HOST_CANCEL] = "cancel",
		[HOST_DENIED] = "auth deny",
		[HOST_TIMEOUT] = "timeout",
		[HOST_ABORTED] = "abort",
		[HOST_NOT_FOUND] = "not found",
		[HOST_TOO_LARGE] = "size limit exceeded",
		[HOST_UNSUPPORTED] = "not supported",
	};
	return (size_t)outcome < ARRAY_LEN(texts) ? texts[outcome] : texts[HOST_FAIL];
}

struct value host_screen_safe_area(const struct host_screen_info *screen)
{
	struct rect safe = rect_inset((struct rect){0, 0, screen->width, screen->height}, screen->safe_area);
	struct value area = value_object_new(6);
	value_object_set_text(&area, "left", value_number(safe.x));
	value_object_set_text(&area, "right", value_number(rect_right(safe)));
	value_object_set_text(&area, "top", value_number(safe.y));
	value_object_set_text(&area, "bottom", value_number(rect_bottom(safe)));
	value_object_set_text(&area, "width", value_number(safe.width));
	value_object_set_text(&area, "height", value_number(safe.height));
	return area;
}

void host_tell_resize(struct host *host, const struct host_screen_info *screen)
{
	struct value size = value_object_new(2), detail = value_object_new(1);
	value_object_set_text(&size, "windowWidth", value_number(screen->width));
	value_object_set_text(&size, "windowHeight", value_number(screen->height - screen->status_bar_height - screen->navigation_bar_height));
	value_object_set_text(&detail, "size", size);
	host_tell(host, HOST_EVENT_RESIZE, detail);
	value_unref(detail);
}

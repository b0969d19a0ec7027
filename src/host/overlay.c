/* The state of what is open above the page, and how it is answered. */
#include "host/overlay.h"

static const char *const kind_names[HOST_OVERLAY_KINDS] = {
	[HOST_OVERLAY_MODAL] = "modal",
	[HOST_OVERLAY_ACTION_SHEET] = "actionSheet",
	[HOST_OVERLAY_PICKER] = "picker",
	[HOST_OVERLAY_PERMISSION] = "permission",
	[HOST_OVERLAY_SHARE] = "share",
};

#define TOAST_MS 1500 // wx.showToast's default duration

/* Whoever draws the overlay draws it anew. */
static void tell_change(struct host_overlay *overlay)
{
	host_tell(overlay->host, HOST_EVENT_OVERLAY, value_undefined());
}

static void remove_dialog(struct host_dialog *dialog)
{
	struct host_overlay *overlay = dialog->overlay;
	for (size_t i = 0; i < overlay->dialogs.len; i++) {
		if (overlay->dialogs.at[i] == dialog) {
			vec_remove(&overlay->dialogs, i);
			break;
		}
	}
	value_unref(dialog->parameters);
	mem_free(dialog);
	tell_change(overlay);
}

static void release_dialog(struct host_request *request)
{
	remove_dialog(request->operation);
}

static struct host_dialog *top(const struct host_overlay *overlay, enum host_overlay_kind kind)
{
	for (size_t i = overlay->dialogs.len; i > 0; i--) {
		if (overlay->dialogs.at[i - 1]->kind == kind) {
			return overlay->dialogs.at[i - 1];
		}
	}
	return NULL;
}

static void finish_empty(struct host_request *request)
{
	host_request_finish_later(request, 0, HOST_OK, value_object_new(0));
}

static void drop_toast(struct host_overlay *overlay)
{
	host_timer_stop(overlay->host, &overlay->toast_timer);
	value_unref(overlay->toast);
	overlay->toast = value_undefined();
	overlay->has_toast = false;
}

static void toast_over(struct host_timer *timer)
{
	struct host_overlay *overlay = CONTAINER_OF(timer, struct host_overlay, toast_timer);
	drop_toast(overlay);
	tell_change(overlay);
}

static void drop_keyboard(struct host_overlay *overlay)
{
	value_unref(overlay->keyboard);
	overlay->keyboard = value_undefined();
	overlay->has_keyboard = false;
}

/* Tells {id, type, height} and what else the answer says. */
static void tell_keyboard(struct host_overlay *overlay, const char *type, struct value answer, float height)
{
	struct value detail = value_object_new(5);
	value_object_set_text(&detail, "id", value_ref(value_get_text(overlay->keyboard, "id")));
	value_object_set_text(&detail, "type", value_text(type));
	value_object_set_text(&detail, "height", value_number(height));
	for (size_t i = 0; i < value_count(answer); i++) {
		if (!str_is(value_key(answer, i), "type")) {
			value_object_set(&detail, value_key(answer, i), value_ref(value_entry(answer, i)));
		}
	}
	host_tell(overlay->host, HOST_EVENT_KEYBOARD, detail);
	value_unref(detail);
}

static void close_keyboard(struct host_overlay *overlay, struct value answer)
{
	overlay->has_keyboard = false;
	tell_keyboard(overlay, "hide", answer, 0);
	if (!overlay->has_keyboard) { // nobody has asked for it again
		drop_keyboard(overlay);
	}
}

static bool answer_keyboard(struct host_overlay *overlay, struct value answer)
{
	struct str type = value_str(value_get_text(answer, "type"));
	if (!overlay->has_keyboard) {
		return false;
	}
	if (str_is(type, "hide") || value_is_nullish(answer)) {
		close_keyboard(overlay, answer);
	} else if (str_is(type, "confirm")) {
		bool hold = value_to_bool(value_get_text(overlay->keyboard, "confirmHold"));
		tell_keyboard(overlay, "confirm", answer, overlay->keyboard_height);
		if (!hold && overlay->has_keyboard) {
			close_keyboard(overlay, answer);
		}
	} else if (str_is(type, "select") || str_is(type, "composition")) {
		tell_keyboard(overlay, type.at, answer, overlay->keyboard_height);
	} else if (value_is(value_get_text(answer, "value"), VALUE_STRING)) {
		tell_keyboard(overlay, "input", answer, overlay->keyboard_height);
	} else {
		return false;
	}
	return true;
}

struct value host_overlay_modal_result(struct value answer)
{
	bool confirm = value_to_bool(value_get_text(answer, "confirm"));
	struct value result = value_object_new(3);
	value_object_set_text(&result, "confirm", value_bool(confirm));
	value_object_set_text(&result, "cancel", value_bool(!confirm));
	struct value content = value_get_text(answer, "content");
	if (!value_is_nullish(content)) {
		value_object_set_text(&result, "content", value_ref(content));
	}
	return result;
}

void host_overlay_init(struct host_overlay *overlay, struct host *host, float keyboard_height)
{
	*overlay = (struct host_overlay){.host = host, .keyboard_height = keyboard_height};
	overlay->toast_timer.fire = toast_over;
}

void host_overlay_finish(struct host_overlay *overlay)
{
	assert(overlay->dialogs.len == 0 && "a dialog's request is still in flight");
	drop_toast(overlay);
	drop_keyboard(overlay);
	vec_finish(&overlay->dialogs);
}

void host_overlay_ask(struct host_overlay *overlay, enum host_overlay_kind kind, struct value parameters,
	struct host_request *request)
{
	struct host_dialog *dialog = mem_alloc(sizeof(*dialog));
	*dialog = (struct host_dialog){kind, value_ref(parameters), request, overlay};
	vec_push(&overlay->dialogs, dialog);
	request->operation = dialog;
	request->release = release_dialog;
	tell_change(overlay);
}

void host_overlay_toast(struct host_overlay *overlay, bool loading, struct value parameters, struct host_request *request)
{
	drop_toast(overlay);
	overlay->has_toast = true;
	overlay->toast = value_ref(parameters);
	overlay->toast_is_loading = loading;
	overlay->toast_until = INFINITY;
	if (!loading) {
		struct value duration = value_get_text(parameters, "duration");
		double ms = value_is(duration, VALUE_NUMBER) && duration.number >= 0 ? duration.number : TOAST_MS;
		overlay->toast_until = host_monotonic(overlay->host) + ms;
		host_timer_start(overlay->host, &overlay->toast_timer, ms);
	}
	tell_change(overlay);
	finish_empty(request);
}

void host_overlay_hide_toast(struct host_overlay *overlay, bool loading, struct host_request *request)
{
	if (overlay->has_toast && (overlay->toast_is_loading || !loading)) { // since 1.7.0 hideLoading leaves a toast alone
		drop_toast(overlay);
		tell_change(overlay);
	}
	finish_empty(request);
}

void host_overlay_keyboard(struct host_overlay *overlay, struct value parameters, struct host_request *request)
{
	struct value old = overlay->keyboard;
	bool was_open = overlay->has_keyboard;
	overlay->keyboard = value_ref(parameters);
	overlay->has_keyboard = true;
	value_unref(old);
	finish_empty(request);
	if (!was_open) {
		tell_keyboard(overlay, "height", value_undefined(), overlay->keyboard_height);
	}
}

void host_overlay_hide_keyboard(struct host_overlay *overlay, struct host_request *request)
{
	finish_empty(request);
	if (overlay->has_keyboard) {
		close_keyboard(overlay, value_undefined());
	}
}

struct value host_overlay_describe(const struct host_overlay *overlay)
{
	struct value all = value_object_new(4);
	if (overlay->has_toast) {
		struct value toast = value_unshared(value_ref(overlay->toast));
		if (!value_is(toast, VALUE_OBJECT)) {
			value_unref(toast);
			toast = value_object_new(2);
		}
		value_object_set_text(&toast, "loading", value_bool(overlay->toast_is_loading));
		value_object_set_text(&toast, "until", isinf(overlay->toast_until) ? value_null()
			: value_number(overlay->toast_until));
		value_object_set_text(&all, "toast", toast);
	}
	for (int kind = 0; kind < HOST_OVERLAY_KINDS; kind++) {
		struct host_dialog *dialog = top(overlay, kind);
		if (dialog) {
			value_object_set_text(&all, kind_names[kind], value_ref(dialog->parameters));
		}
	}
	if (overlay->has_keyboard) {
		struct value keyboard = value_object_new(2);
		value_object_set_text(&keyboard, "parameters", value_ref(overlay->keyboard));
		value_object_set_text(&keyboard, "height", value_number(overlay->keyboard_height));
		value_object_set_text(&all, "keyboard", keyboard);
	}
	return all;
}

void host_overlay_update(struct host_overlay *overlay, const char *kind, struct value parameters)
{
	for (int i = 0; i < HOST_OVERLAY_KINDS; i++) {
		struct host_dialog *dialog = str_is(str_of(kind), kind_names[i]) ? top(overlay, i) : NULL;
		if (dialog) {
			value_ref(parameters);
			value_unref(dialog->parameters);
			dialog->parameters = parameters;
			tell_change(overlay);
		}
	}
}

bool host_overlay_answer(struct host_overlay *overlay, const char *kind, struct value answer)
{
	if (str_is(str_of(kind), "keyboard")) {
		return answer_keyboard(overlay, answer);
	}
	for (int i = 0; i < HOST_OVERLAY_KINDS; i++) {
		struct host_dialog *dialog = str_is(str_of(kind), kind_names[i]) ? top(overlay, i) : NULL;
		if (!dialog) {
			continue;
		}
		struct host_request *request = dialog->request;
		if (i == HOST_OVERLAY_PICKER && value_has(answer, STR("column"))) {
			host_request_progress(request, HOST_PROGRESS_OTHER, answer, NULL);
			return true;
		}
		request->release = NULL;
		remove_dialog(dialog);
		if (i == HOST_OVERLAY_MODAL) {
			host_request_finish_later(request, 0, HOST_OK, host_overlay_modal_result(answer));
		} else if (value_is_nullish(answer)) {
			enum host_outcome outcome = i == HOST_OVERLAY_PERMISSION ? HOST_DENIED : HOST_CANCEL;
			host_request_fail_later(request, outcome, host_outcome_text(outcome));
		} else {
			host_request_finish_later(request, 0, HOST_OK, value_ref(answer));
		}
		return true;
	}
	return false;
}

/* What is shown above the page: the script answers, else it stays open until a person does. */
#include "host/sim/part.h"

#include <string.h>

/* How each call is answered when the script has nothing for it. */
static void open_ui(struct sim_host *sim, const char *name, struct value parameters, struct host_request *request)
{
	struct host_overlay *overlay = &sim->overlay;
	static const struct {
		const char *name;
		enum host_overlay_kind kind;
	} dialogs[] = {
		{"showModal", HOST_OVERLAY_MODAL},
		{"showActionSheet", HOST_OVERLAY_ACTION_SHEET},
		{"showPicker", HOST_OVERLAY_PICKER},
	};
	for (size_t i = 0; i < ARRAY_LEN(dialogs); i++) {
		if (strcmp(dialogs[i].name, name) == 0) {
			host_overlay_ask(overlay, dialogs[i].kind, parameters, request);
			return;
		}
	}
	bool is_loading = strstr(name, "Loading") != NULL;
	if (strcmp(name, "showToast") == 0 || strcmp(name, "showLoading") == 0) {
		host_overlay_toast(overlay, is_loading, parameters, request);
	} else if (strcmp(name, "hideToast") == 0 || strcmp(name, "hideLoading") == 0) {
		host_overlay_hide_toast(overlay, is_loading, request);
	} else if (strcmp(name, "showKeyboard") == 0) {
		host_overlay_keyboard(overlay, parameters, request);
	} else if (strcmp(name, "hideKeyboard") == 0) {
		host_overlay_hide_keyboard(overlay, request);
	} else if (sim_person_asks(sim, value_str(value_get_text(parameters, "scope")))) {
		host_overlay_ask(overlay, HOST_OVERLAY_PERMISSION, parameters, request);
	} else if (sim_person_allows(sim, value_str(value_get_text(parameters, "scope")))) { // authorize
		host_request_finish_later(request, 0, HOST_OK, value_object_new(0));
	} else {
		host_request_fail_later(request, HOST_DENIED, host_outcome_text(HOST_DENIED));
	}
}

static struct value describe(struct host *host) { return host_overlay_describe(&sim_of(host)->overlay); }

static bool answer(struct host *host, const char *kind, struct value given)
{
	struct sim_host *sim = sim_of(host);
	if (strcmp(kind, "permission") == 0) { // holds from now on
		struct value all = describe(host);
		struct str scope = value_str(value_get_text(value_get_text(all, kind), "scope"));
		if (scope.len) {
			sim_person_decide(sim, scope, !value_is_nullish(given));
		}
		value_unref(all);
	}
	return host_overlay_answer(&sim->overlay, kind, given);
}

static void update(struct host *host, const char *kind, struct value parameters)
{
	host_overlay_update(&sim_of(host)->overlay, kind, parameters);
}

#define UI_FUNCTION(slot, name) \
	static void ui_##slot(struct host *host, struct value parameters, struct host_request *request) \
	{ \
		if (!sim_answer_scripted(sim_of(host), name, request)) { \
			open_ui(sim_of(host), name, parameters, request); \
		} \
	}
HOST_UI_CALLS(UI_FUNCTION)
#define UI_ROW(slot, name) .slot = ui_##slot,
const struct host_ui sim_ui = {HOST_UI_CALLS(UI_ROW).overlay = describe, .answer = answer, .update = update, .keyboard_height = 260};

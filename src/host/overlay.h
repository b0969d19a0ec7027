/* What is open above the page (toast, modal, action sheet, picker, keyboard, permission), kept for
 * both worlds; the chrome painter draws it, a person or a script answers it (ui.h). */
#ifndef MINA_HOST_OVERLAY_H
#define MINA_HOST_OVERLAY_H

#include "host/request.h"
#include "host/ui.h"

enum host_overlay_kind {
	HOST_OVERLAY_MODAL,
	HOST_OVERLAY_ACTION_SHEET,
	HOST_OVERLAY_PICKER,
	HOST_OVERLAY_PERMISSION,
	HOST_OVERLAY_SHARE, // chat picker; answer: {chats: [ids], note?} or {fail: TEXT}
	HOST_OVERLAY_KINDS,
};

struct host_dialog {
	enum host_overlay_kind kind;
	struct value parameters;
	struct host_request *request;
	struct host_overlay *overlay;
};

struct host_overlay {
	struct host *host;
	VEC(struct host_dialog *) dialogs; // in order of opening; the last of a kind is on top
	bool has_toast, has_keyboard;
	struct value toast;     // the parameters of show_toast or show_loading
	bool toast_is_loading;
	double toast_until;     // INFINITY: until hidden
	struct host_timer toast_timer;
	struct value keyboard;  // the parameters of show_keyboard
	float keyboard_height;
};

void host_overlay_init(struct host_overlay *overlay, struct host *host, float keyboard_height);
/* No dialog may be open: their requests were answered, aborted or dropped. */
void host_overlay_finish(struct host_overlay *overlay);
/* Waits for an answer. */
void host_overlay_ask(struct host_overlay *overlay, enum host_overlay_kind kind, struct value parameters,
	struct host_request *request);
/* Shown at once; the request finishes on the next turn. */
void host_overlay_toast(struct host_overlay *overlay, bool loading, struct value parameters, struct host_request *request);
void host_overlay_hide_toast(struct host_overlay *overlay, bool loading, struct host_request *request);
void host_overlay_keyboard(struct host_overlay *overlay, struct value parameters, struct host_request *request);
void host_overlay_hide_keyboard(struct host_overlay *overlay, struct host_request *request);
/* As ui.h says. */
struct value host_overlay_describe(const struct host_overlay *overlay);
void host_overlay_update(struct host_overlay *overlay, const char *kind, struct value parameters);
bool host_overlay_answer(struct host_overlay *overlay, const char *kind, struct value answer);

/* What a modal's answer gives to showModal: confirm, cancel, content. New. A modal always succeeds:
 * its cancel button is an answer, not a failure. */
struct value host_overlay_modal_result(struct value answer);

#endif

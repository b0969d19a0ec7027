/* What the host shows above the page and how a person answers it. The host keeps the state and
 * the chrome painter draws it: overlay() tells what is open. */
#ifndef MINA_HOST_UI_H
#define MINA_HOST_UI_H

#include "host/host.h"

/* slot, name in scripts (that of the wx API), parameters -> result.
 * toast and loading finish at once; modal, action sheet, picker and keyboard when answered. */
#define HOST_UI_CALLS(X) \
	X(show_toast, "showToast")             /* {title, icon, image, duration, mask} -> {} */ \
	X(hide_toast, "hideToast")             /* {} -> {}; also takes a loading away */ \
	X(show_loading, "showLoading")         /* {title, mask} -> {} */ \
	X(hide_loading, "hideLoading")         /* {} -> {} */ \
	X(show_modal, "showModal")             /* {title, content, showCancel, cancelText, cancelColor, confirmText, \
	                                          confirmColor, editable, placeholderText} -> {confirm, cancel, content?} */ \
	X(show_action_sheet, "showActionSheet") /* {itemList[], itemColor, alertText} -> {tapIndex}; CANCEL */ \
	X(show_picker, "showPicker")           /* {columns[[text]], index[], headerText, mode, range, value, start, end, \
	                                          fields} -> {index[]} or {value}; CANCEL. Progress OTHER: {column, value} */ \
	X(show_keyboard, "showKeyboard")       /* {value, type, password, multiple, placeholder, maxLength, confirmType, \
	                                          confirmHold, showConfirmBar, cursor, selectionStart, selectionEnd} -> {}; \
	                                          what is typed comes as HOST_EVENT_KEYBOARD */ \
	X(hide_keyboard, "hideKeyboard")       /* {} -> {} */ \
	X(ask_permission, "authorize")         /* {scope, title, desc} -> {} or HOST_DENIED */

#define HOST_CALL_SLOT(slot, name) host_call slot;

struct host_ui {
	HOST_UI_CALLS(HOST_CALL_SLOT)
	/* New: {toast: {title, icon, image, mask, loading: bool, until (monotonic ms, null: hidden by
	 * hand)}, modal: {parameters}, actionSheet: {parameters}, picker: {parameters},
	 * share: {chats: [{id, name, kind}], title}, keyboard:
	 * {parameters{}, height}, permission: {parameters}}; what is not open is absent. */
	struct value (*overlay)(struct host *host);
	/* A person's answer: kind is a key of overlay(), `answer` the result to give (lent), undefined
	 * is cancel. False: no such thing is open. For the keyboard {type: "input", value, cursor}, {type:
	 * "confirm"}, {type: "hide"}, {type: "select", selectionStart, selectionEnd} or, of an input method,
	 * {type: "composition", phase: "start", "update" or "end", data}. */
	bool (*answer)(struct host *host, const char *kind, struct value answer);
	/* New parameters (lent) for what is open on top of that kind; nothing when it is not. A picker's answer with {column, value} is no
	 * end: a wheel has come to rest, which the request hears of as progress. */
	void (*update)(struct host *host, const char *kind, struct value parameters);
	float keyboard_height; // CSS px
};

#endif

/* Inside door/automation: a command, a call of it, and what handlers share. */
#ifndef MINA_AUTOMATION_COMMAND_H
#define MINA_AUTOMATION_COMMAND_H

#include "base/vec.h"
#include "core/value/schema.h"
#include "door/automation/automation.h"
#include "door/library/inside.h"

struct command_call;

enum command_flags {
	COMMAND_LOOKS = 1 << 0, // changes nothing: no time passes after it
	COMMAND_TOUCH = 1 << 1, // a finger's: no more time than a frame passes after it
	COMMAND_NO_APP = 1 << 2, // also when no program runs
};

/* To add a command: its function and its row in the file of its domain. The function ends the call exactly once, at once or
 * later, by call_succeed() or call_fail(). */
struct command {
	const char *name; // "Page.getData"
	unsigned flags;
	const char *doc;
	const struct schema *parameters; // checked and filled
	void (*run)(struct command_call *call);
	/* Of a command that a form is made of (Mina.describe): where it stands, its doc in Chinese, and what its parameters are now
	 * (new, may be NULL: nothing can be read). Call and command are those of the question. */
	const char *panel, *zh;
	struct value (*now)(struct command_call *call);
	const void *row; // the handler's own
};
extern const struct command command_tool_rows[], command_app_rows[], command_page_rows[], command_element_rows[],
	command_gesture_rows[], command_mina_rows[], command_inspect_rows[], command_capability_rows[], command_society_rows[]; // end with a NULL name

/* What all commands of a page, and of an element, are given. */
#define COMMAND_PAGE {"pageId", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "the page"}
#define COMMAND_ELEMENT COMMAND_PAGE, \
	{"elementId", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "the element"}, \
	{"nodeId", SCHEMA_STRING, .doc = "of a custom component"}, \
	{"videoId", SCHEMA_STRING, .doc = "of a video"}

struct command_call {
	struct automation *automation;
	const struct command *command;
	unsigned client;
	uint32_t number;         // for the script side
	struct value id;         // the client's: a string or a number
	struct value parameters;
	bool done, ok;
	struct value result;     // or the error's text
};

struct automation_client {
	unsigned number;
	bool hears_log;
};

struct automation {
	struct automation_config config;
	struct mina *mina;
	VEC(struct automation_client) clients;
	VEC(struct command_call *) calls; // in flight, in order
	VEC(struct value) bindings;       // names of exposed functions
	unsigned last_client;
	uint32_t last_call;
	bool listening;  // to the console
	bool recording;  // what happens is told (inspect.c)
	bool quitting;
	uint32_t edits_told; // of the world's people
	/* A finger that Element.touchstart has put down, for virtual time. */
	slot_id pressed;
};

void call_succeed(struct command_call *call, struct value result); // consumes
void call_succeed_with(struct command_call *call, const char *key, struct value item); // {key: item}; an undefined item is left out
void call_fail(struct command_call *call, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Goes on in the attached script: its function gets the call's number, then the arguments (an array, consumed). What comes back
 * is the result under `key`. */
void call_script(struct command_call *call, const char *function, struct value args);

struct str call_text(const struct command_call *call, const char *key); // lent
struct value call_value(const struct command_call *call, const char *key); // lent
struct app *call_app(const struct command_call *call);
/* The page that pageId names; NULL: the call has failed. */
struct page *call_page(struct command_call *call);
/* The element of elementId, and its page; NULL: the call has failed. */
struct node *call_node(struct command_call *call, struct page **ret_page);

/* An event to all clients, or to those that listen to the console. Consumes parameters. */
void automation_tell(struct automation *automation, const char *method, struct value parameters, bool log);

/* The groups of rows that are known, one after the other; one may be NULL. False: past the end. */
bool automation_group(const struct automation *automation, size_t index, const struct command **ret_rows);
/* describe.c: {commands: [{name, panel, doc{}, parameters[], now?}]}, new. */
struct value automation_describe_commands(struct command_call *call);
/* people.c: the world that World.* is about; NULL: there is none. */
struct sim_world *automation_world(const struct automation *automation);
/* world.c: NULL: the call has failed. */
struct sim_host *automation_sim(struct command_call *call);

/* settle.c: time passes until what was done can be seen. */
void automation_frames(struct automation *automation); // the turns that are due, and the frame that they ask for
/* Virtual time: until nothing is due soon, and what the call waits for is there. */
void automation_settle(struct automation *automation, struct command_call *call);
void automation_pass(struct automation *automation, double ms);

/* find.c: elements. Both give the number of those found; *ret_nodes is freed with mem_free(). */
size_t automation_find(struct node *root, struct str selector, bool all, struct node ***ret_nodes);
/* XPath 1.0 over the tree as it is shown; false: *ret_error says what is wrong with it. */
bool automation_xpath(struct node *root, struct node *context, struct str path, struct node ***ret_nodes, size_t *ret_count,
	const char **ret_error);
struct value automation_describe(const struct node *node); // {elementId, tagName, nodeId?, videoId?}; new
/* The tree as it is shown: components with their insides, slots with what they show; built-ins without theirs. Elements and
 * texts. */
typedef void (*automation_visit)(void *user, struct node *node);
void automation_children(struct node *node, automation_visit visit, void *user);
/* element.c: the answer to a search below `root`. XPath begins at `context`; NULL: at the root. */
void element_find(struct command_call *call, struct node *root, bool all);
void element_find_xpath(struct command_call *call, struct node *root, struct node *context, bool all);
/* markup.c */
void automation_text(struct node *node, struct strbuf *out);             // as innerText
void automation_wxml(struct node *node, bool outer, struct strbuf *out);
/* inspect.c: goes on telling what happens in a program that has started anew. */
void inspect_attach(struct automation *automation);
/* gesture.c: fingers on an element, wherever it is. */
void automation_tap(struct command_call *call, struct page *page, struct node *node);

#endif

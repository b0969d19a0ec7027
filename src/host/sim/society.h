/* The people of a simulated world, their friends, groups, chats and the messages in them, as a
 * world.json describes it (rows, diagnostics; docs/world.md) and as sharing changes it. It belongs
 * to a `struct sim_world`. Order is that of the file, then of sending: nothing depends on
 * addresses or hash seeds. Chats are named as people say them: "group:family", and
 * "single:alice,bob" (ids in byte order) for two. */
#ifndef MINA_HOST_SIM_SOCIETY_H
#define MINA_HOST_SIM_SOCIETY_H

#include "base/diag.h"
#include "base/vec.h"
#include "host/host.h"

struct sim_message {
	struct str id;       // "m1", "m2" ... in order of sending; owned with the rest
	struct str chat;
	struct str from;     // a person's id
	double at;           // ms since 1970
	struct value text;   // of a text message; undefined: it is a card
	/* A card: {appid, name (the program's), title, path, page, withShareTicket, updatable?, private?,
	 * forwardedFrom? (id of the message it was forwarded from)}. */
	struct value card;
	struct host_bytes *picture; // of a card: PNG, 5:4; may be NULL
};

#define SIM_EPOCH 1523844000000.0 // 2018-04-16T02:00:00Z, ten in the morning in Shanghai: when worlds begin

enum sim_chat_kind { SIM_CHAT_NONE, SIM_CHAT_SINGLE, SIM_CHAT_GROUP };

struct sim_society {
	struct value world; // the checked world.json: people[], friends[]?, groups[], programs[], clock{}? (world_file.h)
	VEC(struct sim_message *) messages;
	VEC(struct sim_message *) posts;     // the moments (朋友圈): chat is "timeline"
	VEC(struct sim_message *) favorites; // chat is "favorites:PERSON"
	unsigned sent;
	uint32_t edits; // counted: whoever shows it looks here whether it is another than before
};

/* The world that is taken when none is given: alice, bob, carol, dave; groups family (alice, bob,
 * carol) and work (alice, carol, dave); everybody is everybody's friend but dave and bob. */
extern const char sim_world_default[];
extern const unsigned long sim_world_default_len;

void sim_society_init(struct sim_society *society); // the default world
void sim_society_finish(struct sim_society *society);
/* Replaces the world by `json`, and all messages by its. What is wrong goes to diags, with file (name), line and column; 1: nothing was
 * taken over (no JSON object, or a person, group or program that cannot be: two of one id, a member who is nobody). */
int sim_society_load(struct sim_society *society, struct str name, struct str json, struct diag_list *diags);
/* Adds or completes a program {appid, name, secret, entity, path}; missing keys are filled: the secret is then
 * 32 hex digits that depend on the appid alone. */
void sim_society_add_program(struct sim_society *society, struct value program);

struct value sim_society_person(const struct sim_society *society, struct str id);     // lent; undefined: nobody
struct value sim_society_group(const struct sim_society *society, struct str id);      // lent
struct value sim_society_program(const struct sim_society *society, struct str appid); // lent
bool sim_society_is_member(const struct sim_society *society, struct str group, struct str person);
/* The chats that a person sees, new: [{id: "group:family", name, kind: "group"|"single", members: [ids], person? (the
 * other one of a single chat)}], groups first; single chats with friends and with whoever wrote. */
struct value sim_society_chats(const struct sim_society *society, struct str person);
/* "group:family", "single:alice,bob", "person:bob" or "bob" or "family" as `person` says it; a new string, or undefined
 * when there is no such chat for them. */
struct value sim_society_chat_id(const struct sim_society *society, struct str person, struct str said);
enum sim_chat_kind sim_chat_kind(struct str chat, struct str *ret_group); // "group:family": "family"
bool sim_society_in_chat(const struct sim_society *society, struct str chat, struct str person); // society: only asked for groups
/* Theirs, or in a chat of theirs, or a post of theirs or of a friend. */
bool sim_society_sees(const struct sim_society *society, const struct sim_message *message, struct str person);
bool sim_society_are_friends(const struct sim_society *society, struct str one, struct str two);

/* Both consume text, card and a reference to picture. Lent. */
struct sim_message *sim_society_send_text(struct sim_society *society, struct str chat, struct str from, double at, struct value text);
struct sim_message *sim_society_send_card(struct sim_society *society, struct str chat, struct str from, double at, struct value card,
	struct host_bytes *picture);
struct sim_message *sim_society_post(struct sim_society *society, struct str from, double at, struct value card, struct host_bytes *picture);
struct sim_message *sim_society_favor(struct sim_society *society, struct str from, double at, struct value card, struct host_bytes *picture);
void sim_message_free(struct sim_message *message); // for those who take it out of its list
struct sim_message *sim_society_message(const struct sim_society *society, struct str id); // also posts, favorites; NULL
/* A person sends a message on to another chat, which is named as sim_society_chat_id() understands it. NULL with a reason in *ret_error (static): not theirs to see, no such
 * chat, or a card with a share ticket or a private one, which WeChat does not let be sent on. */
struct sim_message *sim_society_forward(struct sim_society *society, struct str id, struct str person, struct str chat, double at,
	const char **ret_error);
/* False: there is no such message. */
bool sim_society_delete(struct sim_society *society, struct str id);

/* Adds the row to "people" or "groups", or changes what it names of the row with its id; null takes a key away. 0, or 1 with a reason. */
int sim_society_put(struct sim_society *society, const char *list, struct value row, struct strbuf *ret_error);
/* What they wrote goes with them, and what was written to them alone. Nobody's program may run. */
int sim_society_remove_person(struct sim_society *society, struct str id, struct strbuf *ret_error);
int sim_society_remove_group(struct sim_society *society, struct str id, struct strbuf *ret_error); // and what was written in it
/* A world.json that begins as this is now; new. */
struct value sim_society_export(const struct sim_society *society, double now);

/* {id, chat, from, at, text} or {id, chat, from, at, card{}}; new. */
struct value sim_message_describe(const struct sim_message *message);

#endif

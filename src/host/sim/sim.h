/* The simulated host of one program of one person: virtual time, files and storage in memory,
 * answers from a script (script.h), no network but what the script, a folder of fixtures or, when
 * allowed, the real world gives. The same program, script and seed give the same bytes. */
#ifndef MINA_HOST_SIM_SIM_H
#define MINA_HOST_SIM_SIM_H

#include "host/overlay.h"
#include "host/screen.h"
#include "host/sim/script.h"
#include "host/sim/speed.h"
#include "host/sim/world.h"
#include "host/storage.h"
#include "host/volume.h"

struct sim_host {
	struct host host; // first: slots are called with its address
	struct sim_world *world;
	bool owns_world;
	struct sim_script script;
	struct host_volume volume;
	struct map files; // name -> struct sim_file, see file.c
	size_t files_used;
	struct host_storage storage;
	struct host_overlay overlay;
	struct host_screen_info screen;
	struct host_source *fixtures; // borrowed; "HOST/PATH" answers GET requests; may be NULL
	bool real_network;            // requests that nobody answers go to world->real
	struct value clipboard;
	double brightness;
	/* The device (device.h): what was chosen of {name, brand, model, system, platform, language, fontSizeSetting}; undefined: nothing. */
	struct value device;
	enum host_orientation page_orientation;
	bool page_resizable, held_landscape, turned; // turned: `screen` has the measures of landscape
	float upright_status_bar;        // while it is turned: what they are upright
	struct insets upright_safe_area;
	/* The person and the program (person.c). Texts; undefined: the first of the world; "touristappid". */
	struct value person, appid, program_name;
	struct value life;    // names the life cycle of the program in which share tickets are good
	struct value entered; // the latest card that was opened in this life: {chat, message}; undefined: none
	struct value scopes;  // {"scope.userInfo": bool}: what the program has asked for in this person's name; undefined: nothing
	bool knows_device;    // the person was chosen: facts are those of their device
	bool offline;      // every request fails
	struct sim_speed speed;    // of the network
	struct value network_type; // text; undefined: nothing was said
	struct value settled; // {scope: bool}: what was said for the person from outside, before all else
	bool asks;         // a scope that neither world nor person has settled waits for an answer
	bool screen_given;    // by a script or the caller: the person's device does not change it
};

/* In a world of its own (world NULL) or among others. Lives until destroyed, which asserts that no
 * request is in flight. */
struct sim_host *sim_host_create(struct sim_world *world);
void sim_host_destroy(struct sim_host *sim);

/* 0, or 1 with a reason. Takes effect at once: screen, storage, files, clock. */
int sim_host_load_script(struct sim_host *sim, struct str json, struct json_error *ret_error);
void sim_host_apply_script(struct sim_host *sim, struct value object);
/* Lets requests without a scripted answer go through another host's network (`real`, borrowed). */
void sim_host_set_real(struct sim_host *sim, struct host *real);

/* Runs all timers that are due within ms milliseconds, in order. */
void sim_host_advance(struct sim_host *sim, double ms);
/* Runs until no timer is due within `quiet` ms and no exchange is in flight, at most `limit` ms. */
void sim_host_settle(struct sim_host *sim, double quiet, double limit);
void sim_host_resize(struct sim_host *sim, float width, float height, float dpr);

/* Says for the person whether a scope is allowed; undefined: it is asked for again. */
void sim_person_settle(struct sim_host *sim, struct str scope, struct value allows);
/* Whose device it is: its facts, and its screen where nobody has given one. 1: there is nobody of that id. */
int sim_host_set_person(struct sim_host *sim, struct str id);
struct str sim_host_person(const struct sim_host *sim);
/* The program that runs here, which the society then knows; name may be empty. Its life begins anew. */
void sim_host_set_program(struct sim_host *sim, struct str appid, struct str name);
struct str sim_host_appid(const struct sim_host *sim);
void sim_host_announce(struct sim_host *sim); // the program to the society, if it does not know it (any more)
/* Share tickets of before are invalid from now on. */
void sim_host_begin_life(struct sim_host *sim);

/* What a tap on a card (a post, a favorite) opens: finishes with launch options {path, query{}, scene, shareTicket?,
 * referrerInfo{}, chatType?}; HOST_NOT_FOUND: no such card, HOST_DENIED: not theirs to see, unless `anyway`. It starts nothing,
 * but getGroupEnterInfo knows of it from then on. Of `request` only on_finish is set. */
void sim_host_open_card(struct sim_host *sim, struct str message, bool anyway, struct host_request *request);

/* What a call ("getLocation") is answered now: the script's answer, or the default; new; undefined: neither. */
struct value sim_answer_now(struct sim_host *sim, const char *name);
/* From now on, in place of all that the script has for it; undefined: the host decides. Lent. */
void sim_host_answer(struct sim_host *sim, const char *name, struct value answer);

const char *sim_host_call_name(size_t index); // that can be answered so; NULL past the end

/* Package files in memory, for tests: {path: text}. */
struct host_source *sim_source_create(struct value files);

static inline struct sim_host *sim_of(struct host *host) { return (struct sim_host *)(void *)host; }

#endif

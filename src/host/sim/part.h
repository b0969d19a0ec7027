/* The parts that sim.c puts together; each file of this folder gives one table. */
#ifndef MINA_HOST_SIM_PART_H
#define MINA_HOST_SIM_PART_H

#include "host/device.h"
#include "host/location.h"
#include "host/media.h"
#include "host/net.h"
#include "host/open.h"
#include "host/sim/sim.h"

extern const struct host_clock sim_clock;
extern const struct host_net sim_net;
extern const struct host_file sim_file;
extern const struct host_store sim_store;
extern const struct host_ui sim_ui;
extern const struct host_screen sim_screen;
extern const struct host_device sim_device;
extern const struct host_media sim_media;
extern const struct host_location sim_location;
extern const struct host_open sim_open;
extern const struct host_volume_kind sim_volume_kind;

void sim_file_finish(struct sim_host *sim);
void sim_file_put(struct sim_host *sim, struct str path, struct str data); // any of the writable roots
#define SIM_FONT_SIZE 17.0f // of texts that follow the system, where the person has set nothing
void sim_screen_place(struct sim_host *sim); // the capsule, after the measures have changed
void sim_device_orient(struct sim_host *sim);
void sim_screen_apply(struct sim_host *sim, struct value object);
void sim_person_finish(struct sim_host *sim);
/* The device's facts of a person who was chosen, over `facts`. */
void sim_person_set_facts(const struct sim_host *sim, struct value *facts);
/* Asks them: false only when the world says so. getSetting tells of it from then on. */
bool sim_person_allows(struct sim_host *sim, struct str scope);
bool sim_person_asks(const struct sim_host *sim, struct str scope); // it is still to be answered
void sim_person_decide(struct sim_host *sim, struct str scope, bool allows);
/* share.c: waits for the person's choice of chats, or takes `choice` (undefined: asks) after `delay` ms. */
void sim_share(struct sim_host *sim, struct value parameters, struct value choice, double delay, struct host_request *request);
/* A card of what the program gives: with appid, name. New. */
struct value sim_share_card(struct sim_host *sim, struct value parameters);
/* The script's answer; false: it has none. */
bool sim_answer_scripted(struct sim_host *sim, const char *name, struct host_request *request);
/* The script's answer, else the default of answer.c, else "not supported". */
void sim_answer(struct host *host, const char *name, struct value parameters, struct host_request *request);

#endif

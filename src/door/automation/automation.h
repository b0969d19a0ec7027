/* Automation (自动化): what the client miniprogram-automator says to a program that does not know of it. A message is one JSON
 * object, {id, method, params}; it is answered by {id, result} or {id, error: {message}}, when its effect is on the screen.
 * Commands are rows, one file a domain. The way of the messages is the caller's: server.c has it. */
#ifndef MINA_AUTOMATION_AUTOMATION_H
#define MINA_AUTOMATION_AUTOMATION_H

#include "base/str.h"

struct automation;
struct command;
struct mina;

struct automation_config {
	struct mina *mina;  // borrowed; NULL: there is no program, and `rows` are all that is known
	const struct command *rows; // more commands, of whoever makes this (command.h); NULL: none
	/* Time passes with commands alone, until nothing is due soon; else the caller passes real time. */
	bool virtual_time;
	void (*send)(void *user, unsigned client, struct str text);
	void (*quit)(void *user); // Tool.close was answered
	void *user;
	void *owner;        // of `rows`: for their handlers
	struct mina_society *society; // whose people World.* is about; NULL: the program's world
};

struct automation *automation_create(const struct automation_config *config);
void automation_destroy(struct automation *automation);
unsigned automation_join(struct automation *automation); // a client's number, not 0
void automation_leave(struct automation *automation, unsigned client); // what it waits for is not answered any more
void automation_receive(struct automation *automation, unsigned client, struct str text);
/* After time has passed: answers what has become ready. */
void automation_turn(struct automation *automation);

#endif

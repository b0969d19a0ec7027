/* Share tickets: what a program gets is sealed and opens here alone, for that program, person and life cycle
 * (share.md 7). Nothing is kept: the ticket carries it. */
#include "platform/inside.h"

#define PURPOSE STR("share ticket")

struct value ticket_issue(struct platform *platform, struct value payload)
{
	struct strbuf json = {0}, ticket = {0};
	uint8_t nonce[12];
	value_object_set_text(&payload, "at", value_number(platform_now(platform)));
	json_write(payload, &json);
	platform_random(platform, nonce, sizeof(nonce));
	pthread_mutex_lock(&platform->lock);
	seal_lock(&platform->ring, PURPOSE, nonce, strbuf_str(&json), &ticket);
	pthread_mutex_unlock(&platform->lock);
	value_unref(payload);
	strbuf_finish(&json);
	return value_take(&ticket);
}

static bool fits(struct value payload, struct value parameters, const char *key)
{
	struct str own = value_str(value_get_text(payload, key));
	return own.len && str_eq(own, value_str(value_get_text(parameters, key)));
}

struct value ticket_open(struct platform *platform, struct value parameters)
{
	struct strbuf json = {0};
	struct value payload = value_undefined();
	pthread_mutex_lock(&platform->lock);
	int refused = seal_unlock(&platform->ring, PURPOSE, value_str(value_get_text(parameters, "shareTicket")), &json);
	pthread_mutex_unlock(&platform->lock);
	if (!refused) {
		json_parse(strbuf_str(&json), &payload, NULL);
	}
	strbuf_finish(&json);
	if (!fits(payload, parameters, "appid") || !fits(payload, parameters, "person") || !fits(payload, parameters, "life")) {
		value_unref(payload);
		return value_undefined();
	}
	return payload;
}

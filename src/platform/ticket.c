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

/* Only of what was sealed here more is told than that it is not good. */
static const char *refuse(struct value payload, struct value parameters)
{
	return !value_is(payload, VALUE_OBJECT) ? "invalid shareTicket: not sealed here, or changed since"
		: !fits(payload, parameters, "appid") ? "invalid shareTicket: of another program"
		: !fits(payload, parameters, "person") ? "invalid shareTicket: of another person"
		: !fits(payload, parameters, "life") ? "invalid shareTicket: of another life cycle of the program" : NULL;
}

struct value ticket_open(struct platform *platform, struct value parameters, const char **ret_reason)
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
	*ret_reason = refuse(payload, parameters);
	if (*ret_reason) {
		value_unref(payload);
		return value_undefined();
	}
	return payload;
}

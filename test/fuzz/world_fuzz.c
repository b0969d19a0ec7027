/* A world.json: whatever it says, a society comes out of it or the one before stays, and everything can be asked of it. */
#include "base/mem.h"
#include "core/value/json.h"
#include "host/sim/society.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sim_society society;
	struct diag_list diags = {0};
	struct strbuf out = {0};
	const char *reason;
	sim_society_init(&society);
	sim_society_load(&society, STR("world.json"), (struct str){(const char *)data, size}, &diags);
	struct value people = value_get_text(society.world, "people");
	for (size_t i = 0; i < value_len(people) && i < 8; i++) {
		struct str id = value_str(value_get_text(value_at(people, i), "id"));
		struct value chats = sim_society_chats(&society, id);
		for (size_t k = 0; k < value_len(chats) && k < 4; k++) {
			struct str chat = value_str(value_get_text(value_at(chats, k), "id"));
			sim_society_send_text(&society, chat, id, 1, value_text("x"));
			sim_society_forward(&society, STR("m1"), id, chat, 2, &reason);
		}
		value_unref(chats);
	}
	for (size_t i = 0; i < society.messages.len; i++) {
		struct value described = sim_message_describe(society.messages.at[i]);
		json_write(described, &out);
		value_unref(described);
	}
	strbuf_finish(&out);
	diag_list_finish(&diags);
	sim_society_finish(&society);
	return 0;
}

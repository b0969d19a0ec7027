/* <official-account>: the official account that goes with the program; here it has the box that the developer tool has. */
#include "runtime/component/list.h"
#include "runtime/component/placeholder.h"

static const struct schema attributes[] = {
	{0},
};

static void created(struct component_host *host, struct node *node)
{
	placeholder_create(node, host_word(HOST_WORD_OFFICIAL_ACCOUNT, host->english));
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	if (name) {
		return;
	}
	struct value detail = value_object_new(2);
	value_object_set_text(&detail, "status", value_number(0));
	value_object_set_text(&detail, "errMsg", value_text("ok"));
	host->emit(host, node, "load", detail);
}

const struct component component_official_account = {
	.tag = "official-account",
	.since = "2.3.0",
	.doc = "Lets a person follow the official account (公众号关注组件).",
	.attributes = attributes,
	.events = "load|error",
	.style = "official-account { display: block; width: 100%; min-width: 300px; height: 84px }\n"
		"official-account mina-placeholder { height: 84px }\n",
	.created = created,
	.changed = changed,
};

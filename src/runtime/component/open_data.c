/* <open-data>: shows facts of the person or of a group that the program itself never gets: the host fills the inner
 * tree, where no script and no selector of the page reaches. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"type", SCHEMA_STRING,
		.choices = "groupName|userNickName|userAvatarUrl|userGender|userCity|userProvince|userCountry|userLanguage",
		.choices_since = "1.4.0|1.9.90|1.9.90|1.9.90|1.9.90|1.9.90|1.9.90|1.9.90", .doc = "which fact"},
	{"open-gid", SCHEMA_STRING, .doc = "of groupName: the openGId; only members see the name"},
	{"lang", SCHEMA_STRING, .fallback = "\"en\"", .choices = "en|zh_CN|zh_TW", .since = "1.9.90"},
	{"default-text", SCHEMA_STRING, .since = "2.8.0", .doc = "in place of a fact that cannot be had"},
	{0},
};

static void created(struct component_host *host, struct node *node)
{
	node_attach_shadow(node);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct value data = value_object_new(3);
	value_object_set_text(&data, "type", value_ref(node_attr_text(node, "type")));
	value_object_set_text(&data, "openGid", value_ref(node_attr_text(node, "open-gid")));
	value_object_set_text(&data, "lang", value_string(component_text(node, "lang").len ? component_text(node, "lang") : STR("en")));
	host->intent(host, node, "openData", data);
}

static void show_picture(struct node *root, struct str url)
{
	struct node *picture = node_create(root->tree, NODE_ELEMENT, atom_of("mina-open-data-picture"));
	struct strbuf style = {0};
	strbuf_add_text(&style, "background-image: url(\"");
	for (size_t i = 0; i < url.len; i++) {
		strbuf_add_text(&style, url.at[i] == '"' || url.at[i] == '\\' ? "\\" : "");
		strbuf_add_char(&style, url.at[i] == '\n' ? ' ' : url.at[i]);
	}
	strbuf_add_text(&style, "\")");
	struct value text = value_take(&style);
	node_set_style(picture, text);
	value_unref(text);
	node_insert(root, picture, NULL);
}

static void answered(struct component_host *host, struct node *node, struct value answer)
{
	struct node *root = node->shadow;
	struct value text = value_get_text(answer, "text");
	struct str url = value_str(value_get_text(answer, "url"));
	while (root->first) {
		struct node *old = root->first;
		node_remove(old);
		node_destroy(old);
	}
	if (url.len) {
		show_picture(root, url);
		return;
	}
	struct node *shown = node_create(root->tree, NODE_TEXT, 0);
	node_set_text(shown, value_is(text, VALUE_STRING) ? text : node_attr_text(node, "default-text"));
	node_insert(root, shown, NULL);
}

const struct component component_open_data = {
	.tag = "open-data",
	.since = "1.4.0",
	.doc = "A fact of the person or a group that the program may show but not read (开放数据).",
	.attributes = attributes,
	.style = "open-data { display: inline-block }\n"
		"mina-open-data-picture { display: block; width: 100%; height: 100%; background-size: cover }\n",
	.created = created,
	.changed = changed,
	.answered = answered,
};

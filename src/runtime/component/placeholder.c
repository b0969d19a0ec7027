/* A grey box with a name. */
#include "runtime/component/placeholder.h"

void placeholder_create(struct node *node, struct str text)
{
	struct node *box = node_create(node->tree, NODE_ELEMENT, atom_of("mina-placeholder"));
	struct node *name = node_create(node->tree, NODE_TEXT, 0);
	struct value value = value_string(text);
	node_set_text(name, value);
	value_unref(value);
	node_insert(node_attach_shadow(node), box, NULL);
	node_insert(box, name, NULL);
}

struct value placeholder_error(int code, const char *text)
{
	struct value detail = value_object_new(2);
	value_object_set_text(&detail, "errCode", value_number(code));
	value_object_set_text(&detail, "errMsg", value_text(text));
	return detail;
}

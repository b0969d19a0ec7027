/* <web-view>: covers the page with a web page. The host fetches it; no host here has a web engine, so that what is seen
 * is its title and address and a line that says so, and nothing of it runs. */
#include "core/html/html.h"
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"src", SCHEMA_STRING, .doc = "address of the page, in a business domain"},
	{0},
};

static struct node *add(struct node *parent, const char *tag, struct value text)
{
	struct node *element = node_create(parent->tree, NODE_ELEMENT, atom_of(tag));
	struct node *inner = node_create(parent->tree, NODE_TEXT, 0);
	node_set_text(inner, text);
	node_insert(parent, element, NULL);
	node_insert(element, inner, NULL);
	return element;
}

static void show(struct node *node, struct value title, struct str say)
{
	struct node *root = node->shadow;
	while (root->first) {
		struct node *old = root->first;
		node_remove(old);
		node_destroy(old);
	}
	struct value notice = value_string(say);
	add(root, "mina-web-title", title);
	add(root, "mina-web-line", node_attr_text(node, "src"));
	add(root, "mina-web-line", notice);
	value_unref(notice);
}

/* The text of <title>: head and body are no elements in a fragment. New. */
static struct value title_of(struct value page)
{
	struct value nodes = html_parse(value_str(page));
	struct strbuf title = {0};
	for (size_t i = 0; i < value_len(nodes) && !title.len; i++) {
		struct value node = value_at(nodes, i);
		if (str_is(value_str(value_get_text(node, "name")), "title")) {
			struct value text = value_at(value_get_text(node, "children"), 0);
			html_decode(str_trim(value_str(value_get_text(text, "text"))), &title);
		}
	}
	value_unref(nodes);
	return value_take(&title);
}

static void created(struct component_host *host, struct node *node)
{
	node_attach_shadow(node);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	if ((!name || str_is(atom_str(name), "src")) && component_text(node, "src").len) {
		struct value data = value_object_new(1);
		value_object_set_text(&data, "url", value_ref(node_attr_text(node, "src")));
		host->intent(host, node, "webView", data);
	}
}

/* {url, data, statusCode}, or without them when nothing came. */
static void answered(struct component_host *host, struct node *node, struct value answer)
{
	struct value status = value_get_text(answer, "statusCode"), url = value_get_text(answer, "url");
	if (!str_eq(value_str(url), component_text(node, "src"))) {
		return; // of an earlier src
	}
	bool good = value_is(status, VALUE_NUMBER) && status.number < 400;
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "src", value_ref(url));
	struct value title = good ? title_of(value_get_text(answer, "data")) : value_text("");
	show(node, title, host_word(good ? HOST_WORD_WEB_LOADED : HOST_WORD_WEB_FAILED, host->english));
	value_unref(title);
	host->emit(host, node, good ? "load" : "error", detail);
}

const struct component component_web_view = {
	.tag = "web-view",
	.since = "1.6.4",
	.doc = "Shows a web page over the whole page (网页容器); here only that it could be had.",
	.attributes = attributes,
	.events = "message|load|error",
	.style = "web-view { display: block; position: fixed; left: 0; top: 0; right: 0; bottom: 0; z-index: 1000000;"
		" padding: 40% 24px 0; box-sizing: border-box; background-color: #fff; text-align: center; word-break: break-all }\n"
		"mina-web-title { display: block; font-size: 17px; color: #000 }\n"
		"mina-web-line { display: block; margin-top: 12px; font-size: 14px; color: #888 }\n",
	.created = created,
	.changed = changed,
	.answered = answered,
};

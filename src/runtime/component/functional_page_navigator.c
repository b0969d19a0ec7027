/* <functional-page-navigator>: a plugin's way to a functional page of WeChat (功能页). There are none here: a tap fails. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"version", SCHEMA_STRING, .fallback = "\"release\"", .choices = "develop|trial|release"},
	{"name", SCHEMA_STRING, .choices = "loginAndGetUserInfo|requestPayment|chooseAddress|chooseInvoice|chooseInvoiceTitle"},
	{"args", SCHEMA_OBJECT, .doc = "for the page"},
	{0},
};

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "errMsg", value_text("functional-page-navigator:fail not supported"));
	host->emit(host, node, "fail", detail);
}

const struct component component_functional_page_navigator = {
	.tag = "functional-page-navigator",
	.since = "2.1.0",
	.doc = "A plugin's way to a functional page (功能页).",
	.attributes = attributes,
	.events = "success|fail|cancel",
	.style = "functional-page-navigator { display: block }\n",
	.tapped = tapped,
};

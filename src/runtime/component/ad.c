/* <ad> and <ad-custom>: no advertisements come here; there is the box that the developer tool has. */
#include "runtime/component/list.h"
#include "runtime/component/placeholder.h"

#define AD_PARAMETER_ERROR 1001

static const struct schema ad_attributes[] = {
	{"unit-id", SCHEMA_STRING, .doc = "of the advertisement"},
	{"ad-intervals", SCHEMA_NUMBER, .doc = "s between two of them, at least 30", .since = "2.3.1"},
	{"ad-type", SCHEMA_STRING, .fallback = "\"banner\"", .choices = "banner|video|grid", .since = "2.3.1"},
	{"ad-theme", SCHEMA_STRING, .fallback = "\"white\"", .choices = "white|black", .since = "2.3.1"},
	{0},
};

static const struct schema custom_attributes[] = {
	{"unit-id", SCHEMA_STRING, .doc = "of the advertisement"},
	{"ad-intervals", SCHEMA_NUMBER, .doc = "s between two of them, at least 30"},
	{0},
};

static void created(struct component_host *host, struct node *node)
{
	placeholder_create(node, host_word(HOST_WORD_AD, host->english));
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	if (name && !str_is(atom_str(name), "unit-id")) {
		return;
	}
	if (component_text(node, "unit-id").len) {
		host->emit(host, node, "load", value_object_new(0));
	} else {
		host->emit(host, node, "error", placeholder_error(AD_PARAMETER_ERROR, "no unit-id"));
	}
}

const struct component component_ad = {
	.tag = "ad",
	.since = "1.9.94",
	.doc = "An advertisement (广告).",
	.attributes = ad_attributes,
	.events = "load|error|close",
	.style = "ad, ad-custom { display: block; width: 100% }\n"
		"ad mina-placeholder { height: 120px }\n"
		"ad[ad-type=video] mina-placeholder { height: 250px }\n",
	.created = created,
	.changed = changed,
};

const struct component component_ad_custom = {
	.tag = "ad-custom",
	.since = "2.10.4",
	.doc = "An advertisement after a template (原生模板广告).",
	.attributes = custom_attributes,
	.events = "load|error|close|hide",
	.style = "mina-placeholder { display: flex; align-items: center; justify-content: center; width: 100%; height: 100px;"
		" box-sizing: border-box; background-color: #e5e5e5; color: #888; font-size: 14px }\n",
	.created = created,
	.changed = changed,
};

/* The list of built-in components, and how attributes are read. */
#include "runtime/component/component.h"

#include "core/wxss/color.h"
#include "runtime/component/list.h"
#include "runtime/component/rich.h"

static const struct component *const components[];
static const char *const planned[];

const struct component *component_find(atom_t tag)
{
	struct str name = atom_str(tag);
	for (size_t i = 0; components[i]; i++) {
		if (str_is(name, components[i]->tag)) {
			return components[i];
		}
	}
	return NULL;
}

const struct component *component_at(size_t index)
{
	size_t count = 0;
	while (components[count] && count < index) {
		count++;
	}
	return components[count];
}

bool component_is_planned(struct str tag)
{
	for (size_t i = 0; planned[i]; i++) {
		if (str_is(tag, planned[i])) {
			return true;
		}
	}
	return false;
}

/* The page, and what no component's row says. Sources: shared default style table; `doc` and `uni`
 * of the oracle, unsourced where they say so. */
static const char base_style[] =
	"page { display: block; font-size: 16px; color: #000 }\n"
	"[hidden] { display: none !important }\n"
	"wxs { display: none }\n";

/* A tag that no component has is an inline box, as an unknown element of HTML; these have a
 * documented outer size or display even before their behaviour is here. */
static const char planned_style[] =
	"label-group, editor, form-group { display: block }\n";

void component_default_style(bool v2, struct strbuf *out)
{
	strbuf_add_text(out, base_style);
	strbuf_add_text(out, planned_style);
	rich_tag_style(out);
	for (size_t i = 0; components[i]; i++) {
		strbuf_add_text(out, components[i]->style ? components[i]->style : "");
	}
	for (size_t i = 0; v2 && components[i]; i++) {
		strbuf_add_text(out, components[i]->style_v2 ? components[i]->style_v2 : "");
	}
}

bool component_parse_color(struct str text, color_t *ret_color)
{
	return wxss_color_parse(text, ret_color);
}

bool component_flag(const struct node *node, const char *name)
{
	return value_to_bool(node_attr_text(node, name));
}

double component_number(const struct node *node, const char *name, double fallback)
{
	struct value value = node_attr_text(node, name);
	double number = value_is(value, VALUE_NUMBER) ? value.number : NAN;
	if (value_is(value, VALUE_STRING) && !str_to_number(str_trim(value_str(value)), &number)) {
		return fallback;
	}
	return isfinite(number) ? number : fallback;
}

struct str component_text(const struct node *node, const char *name)
{
	return value_str(node_attr_text(node, name));
}

double component_length(const struct component_host *host, const struct node *node, const char *name, double fallback)
{
	struct value value = node_attr_text(node, name);
	if (!value_is(value, VALUE_STRING)) {
		return component_number(node, name, fallback);
	}
	struct str text = str_trim(value_str(value));
	double unit = 1, number;
	if (str_ends(text, STR("rpx"))) {
		unit = host->viewport.width / 750;
		text.len -= 3;
	} else if (str_ends(text, STR("px"))) {
		text.len -= 2;
	}
	return str_to_number(text, &number) && isfinite(number) ? number * unit : fallback;
}

static const struct component *const components[] = {
	&component_view,
	&component_text_row,
	&component_image,
	&component_button,
	&component_icon,
	&component_navigator,
	&component_scroll_view,
	&component_input,
	&component_page_meta,
	&component_open_data,
	&component_rich_text,
	&component_progress,
	&component_match_media,
	&component_cover_view,
	&component_share_element,
	&component_cover_image,
	&component_root_portal,
	&component_page_container,
	&component_navigation_bar,
	&component_ad,
	&component_ad_custom,
	&component_official_account,
	&component_channel_live,
	&component_channel_video,
	&component_contact_button,
	&component_functional_page_navigator,
	&component_web_view,
	&component_label,
	&component_checkbox,
	&component_checkbox_group,
	&component_radio,
	&component_radio_group,
	&component_switch,
	&component_picker,
	&component_picker_view,
	&component_picker_view_column,
	&component_slider,
	&component_movable_area,
	&component_movable_view,
	&component_form,
	&component_textarea,
	&component_keyboard_accessory,
	&component_swiper,
	&component_swiper_item,
	&component_screen,
	&component_video,
	&component_audio,
	&component_camera,
	&component_canvas,
	&component_live_player,
	&component_live_pusher,
	&component_voip_room,
	&component_map,
	NULL,
};

/* components.tsv names these; a use is laid out as a plain box and named once as a warning. */
static const char *const planned[] = {
	"editor",
	"grid-view",
	"list-view",
	"span",
	"sticky-header",
	"sticky-section",
	"xr-frame",
	NULL,
};

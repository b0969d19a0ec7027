/* The tags that rich text may have: component/rich-text of the documentation; their looks are the default style sheet of
 * HTML (HTML standard, 15.3) as browsers have it. */
#include "runtime/component/rich.h"

static const struct rich_tag tags[];

const struct rich_tag *rich_tag_find(struct str name)
{
	for (const struct rich_tag *tag = tags; tag->name; tag++) {
		if (str_eq_nocase(name, str_of(tag->name))) {
			return tag;
		}
	}
	return NULL;
}

void rich_tag_style(struct strbuf *out)
{
	for (const struct rich_tag *tag = tags; tag->name; tag++) {
		if (tag->style) {
			strbuf_printf(out, "mina-html-%s { %s }\n", tag->name, tag->style);
		}
	}
	strbuf_add_text(out,
		"mina-html-ul mina-html-ul, mina-html-ol mina-html-ul { list-style-type: circle; margin: 0 }\n"
		"mina-html-ul mina-html-ol, mina-html-ol mina-html-ol { margin: 0 }\n"
		"mina-html-ul mina-html-ul mina-html-ul, mina-html-ol mina-html-ul mina-html-ul, mina-html-ul mina-html-ol mina-html-ul,"
		" mina-html-ol mina-html-ol mina-html-ul { list-style-type: square }\n"
		"mina-html-ol[type=a] { list-style-type: lower-alpha }\n"
		"mina-html-ol[type=A] { list-style-type: upper-alpha }\n"
		"mina-html-ol[type=i] { list-style-type: lower-roman }\n"
		"mina-html-ol[type=I] { list-style-type: upper-roman }\n"
		"mina-html-q::before { content: '\\201c' }\n"
		"mina-html-q::after { content: '\\201d' }\n"
		"mina-html-br { white-space: pre }\n"
		"mina-html-marker { display: inline-block; position: absolute; transform: translateX(-100%) }\n");
}

/* HTML's lengths: a number of px, or a percentage; what follows is passed over. */
static void add_length(struct strbuf *out, const char *property, struct value value)
{
	struct strbuf text = {0};
	if (!value_is_nullish(value)) {
		value_to_text(value, &text);
	}
	struct str s = str_trim(strbuf_str(&text));
	size_t end = 0;
	while (end < s.len && ((s.at[end] >= '0' && s.at[end] <= '9') || s.at[end] == '.')) {
		end++;
	}
	double number;
	if (end && str_to_number(str_slice(s, 0, end), &number)) {
		strbuf_printf(out, "%s:", property);
		strbuf_add_number(out, fmin(number, 1e5));
		strbuf_add_text(out, end < s.len && s.at[end] == '%' ? "%;" : "px;");
	}
	strbuf_finish(&text);
}

/* A number of columns or rows. */
static void add_span(struct strbuf *out, const char *property, struct value value)
{
	double number = value_is_nullish(value) ? 1 : value_to_number(value);
	if (number >= 2) {
		strbuf_printf(out, "%s:span %d;", property, (int)fmin(number, 1000));
	}
}

static void add_font(struct strbuf *out, struct value attrs)
{
	static const char *const sizes[] = {"x-small", "small", "medium", "large", "x-large", "xx-large", "36px"};
	struct value size = value_get_text(attrs, "size");
	struct str color = value_str(value_get_text(attrs, "color")), face = value_str(value_get_text(attrs, "face"));
	bool relative = value_str(size).len && (value_str(size).at[0] == '+' || value_str(size).at[0] == '-');
	double number = value_is_nullish(size) ? NAN : value_to_number(size) + (relative ? 3 : 0);
	color_t parsed;
	if (component_parse_color(color, &parsed)) {
		strbuf_printf(out, "color:#%08x;", parsed);
	}
	if (face.len && str_find_char(face, ';') == SIZE_MAX) {
		strbuf_printf(out, "font-family:" STR_FMT ";", STR_ARG(face));
	}
	if (isfinite(number)) {
		strbuf_printf(out, "font-size:%s;", sizes[(int)fmax(1, fmin(number, 7)) - 1]);
	}
}

void rich_tag_hints(struct str tag, struct value attrs, struct strbuf *out)
{
	if (str_is(tag, "font")) {
		add_font(out, attrs);
		return;
	}
	add_length(out, "width", value_get_text(attrs, "width"));
	add_length(out, "height", value_get_text(attrs, "height"));
	if (str_is(tag, "td") || str_is(tag, "th")) { // table layout takes the spans from here
		add_span(out, "grid-column", value_get_text(attrs, "colspan"));
		add_span(out, "grid-row", value_get_text(attrs, "rowspan"));
	}
}

#define BLOCK "display: block"
#define ITALIC "font-style: italic"
#define BOLD "font-weight: bold"
#define MONO "font-family: monospace"
#define HEADING(size, margin) "display: block; font-size: " size "em; margin: " margin "em 0; font-weight: bold"
#define SECTION "display: table-row-group; vertical-align: middle"

static const struct rich_tag tags[] = {
	{"a", NULL, NULL},
	{"abbr", NULL, NULL},
	{"address", NULL, BLOCK "; " ITALIC},
	{"article", NULL, BLOCK},
	{"aside", NULL, BLOCK},
	{"b", NULL, BOLD},
	{"bdi", NULL, NULL},
	{"bdo", "dir", NULL},
	{"big", NULL, "font-size: 1.2em"},
	{"blockquote", NULL, BLOCK "; margin: 1em 40px"},
	{"br", NULL, NULL},
	{"caption", NULL, BLOCK "; text-align: center"},
	{"center", NULL, BLOCK "; text-align: center"},
	{"cite", NULL, ITALIC},
	{"code", NULL, MONO},
	{"col", "span|width", "display: none"},
	{"colgroup", "span|width", "display: none"},
	{"dd", NULL, BLOCK "; margin-left: 40px"},
	{"del", NULL, "text-decoration: line-through"},
	{"div", NULL, BLOCK},
	{"dl", NULL, BLOCK "; margin: 1em 0"},
	{"dt", NULL, BLOCK},
	{"em", NULL, ITALIC},
	{"fieldset", NULL, BLOCK "; margin: 0 2px; padding: .35em .75em .625em; border: 2px groove #f0f0f0; min-width: min-content"},
	{"font", "color|face|size", NULL},
	{"footer", NULL, BLOCK},
	{"h1", NULL, HEADING("2", ".67")},
	{"h2", NULL, HEADING("1.5", ".83")},
	{"h3", NULL, HEADING("1.17", "1")},
	{"h4", NULL, HEADING("1", "1.33")},
	{"h5", NULL, HEADING(".83", "1.67")},
	{"h6", NULL, HEADING(".67", "2.33")},
	{"header", NULL, BLOCK},
	{"hr", NULL, BLOCK "; margin: .5em auto; border: 1px inset #eee; color: gray; overflow: hidden; box-sizing: border-box"},
	{"i", NULL, ITALIC},
	{"img", "alt|src|height|width", NULL},
	{"ins", NULL, "text-decoration: underline"},
	{"label", NULL, NULL},
	{"legend", NULL, BLOCK "; padding: 0 2px; width: fit-content"},
	{"li", NULL, "display: list-item"},
	{"mark", NULL, "background: yellow; color: black"},
	{"nav", NULL, BLOCK},
	{"ol", "start|type", BLOCK "; margin: 1em 0; padding-left: 40px; list-style-type: decimal"},
	{"p", NULL, BLOCK "; margin: 1em 0"},
	{"pre", NULL, BLOCK "; margin: 1em 0; white-space: pre; " MONO},
	{"q", NULL, NULL},
	{"rt", NULL, BLOCK "; font-size: .5em; text-align: center; white-space: nowrap; margin: -.89em 0 -.56em"},
	{"ruby", NULL, NULL},
	{"s", NULL, "text-decoration: line-through"},
	{"section", NULL, BLOCK},
	{"small", NULL, "font-size: .8333em"},
	{"span", NULL, NULL},
	{"strong", NULL, BOLD},
	{"sub", NULL, "vertical-align: sub; font-size: .8333em"},
	{"sup", NULL, "vertical-align: super; font-size: .8333em"},
	{"table", "width", "display: table; border-spacing: 2px; box-sizing: border-box; text-indent: 0"},
	{"tbody", NULL, SECTION},
	{"td", "colspan|height|rowspan|width", "display: table-cell; padding: 1px; vertical-align: inherit"},
	{"tfoot", NULL, SECTION},
	{"th", "colspan|height|rowspan|width", "display: table-cell; padding: 1px; vertical-align: inherit; text-align: center; " BOLD},
	{"thead", NULL, SECTION},
	{"tr", "colspan|height|rowspan|width", "display: table-row; vertical-align: inherit"},
	{"tt", NULL, MONO},
	{"u", NULL, "text-decoration: underline"},
	{"ul", NULL, BLOCK "; margin: 1em 0; padding-left: 40px; list-style-type: disc"},
	{0},
};

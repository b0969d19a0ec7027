/* How HTML's tags are parsed (HTML standard, 13.2). */
#include "core/html/tag.h"

struct tag {
	const char *name;
	unsigned flags;
};

static const struct tag tags[];

unsigned html_tag_flags(struct str name)
{
	for (size_t i = 0; tags[i].name; i++) {
		if (str_is(name, tags[i].name)) {
			return tags[i].flags;
		}
	}
	return 0;
}

#define S HTML_SPECIAL
#define B (HTML_SPECIAL | HTML_BLOCK)
#define F HTML_FORMATTING
#define V (HTML_SPECIAL | HTML_VOID)
#define R (HTML_SPECIAL | HTML_RAW)
#define C (HTML_SPECIAL | HTML_SCOPE)
#define T (HTML_SPECIAL | HTML_TABLE_PART)

static const struct tag tags[] = {
	{"p", B}, {"div", B}, {"br", V}, {"a", F}, {"b", F}, {"i", F}, {"strong", F}, {"em", F}, {"u", F}, {"font", F},
	{"img", V}, {"li", S}, {"td", C}, {"th", C}, {"tr", T}, {"tbody", T}, {"thead", T}, {"tfoot", T},
	{"table", B | HTML_SCOPE | HTML_TABLE_PART}, {"caption", C}, {"col", V}, {"colgroup", T}, {"ul", B | HTML_LIST},
	{"ol", B | HTML_LIST}, {"dl", B}, {"dd", S}, {"dt", S}, {"h1", B | HTML_HEADING}, {"h2", B | HTML_HEADING},
	{"h3", B | HTML_HEADING}, {"h4", B | HTML_HEADING}, {"h5", B | HTML_HEADING}, {"h6", B | HTML_HEADING},
	{"section", B}, {"article", B}, {"header", B}, {"footer", B}, {"nav", B}, {"aside", B}, {"main", B}, {"address", B},
	{"blockquote", B}, {"center", B}, {"pre", B}, {"listing", B}, {"hr", V | HTML_BLOCK}, {"fieldset", B}, {"form", B},
	{"figure", B}, {"figcaption", B}, {"details", B}, {"summary", B}, {"dir", B}, {"menu", B}, {"hgroup", B}, {"dialog", B},
	{"search", B}, {"big", F}, {"small", F}, {"code", F}, {"s", F}, {"strike", F}, {"tt", F}, {"nobr", F}, {"area", V},
	{"base", V}, {"embed", V}, {"input", V}, {"link", V}, {"meta", V}, {"param", V}, {"source", V}, {"track", V}, {"wbr", V},
	{"script", R}, {"style", R}, {"textarea", R}, {"title", R}, {"xmp", R | HTML_BLOCK}, {"iframe", R}, {"noembed", R},
	{"noframes", R}, {"noscript", S}, {"object", C}, {"applet", C}, {"marquee", C}, {"template", C}, {"button", S},
	{"select", S}, {"frame", S}, {"html", C}, {"body", S}, {"head", S}, {NULL, 0},
};

/* Media Queries 4, for one kind of device: a phone's screen. */
#include "core/wxss/media.h"

#include "base/vec.h"
#include "core/wxss/part.h"

#define CONDITIONS_MAX 16

enum media_feature {
	FEATURE_UNKNOWN,
	FEATURE_WIDTH,
	FEATURE_HEIGHT,
	FEATURE_RATIO,
	FEATURE_DPR,
	FEATURE_ORIENTATION,
	FEATURE_SCHEME,
	FEATURE_ALWAYS, // hover, pointer and the like: any value is right when it is a phone's
	FEATURE_NEVER,
};

enum media_test { TEST_PRESENT, TEST_EQUAL, TEST_MIN, TEST_MAX, TEST_MORE, TEST_LESS };

struct media_condition {
	enum media_feature feature;
	enum media_test test;
	bool negated;
	float value; // of numbers: number, ratio, dppx, or length in `unit`
	enum wxss_unit unit;
	enum wxss_keyword keyword;
};

struct media_query {
	bool negated, any, never; // any: joined by `or`; never: print, unknown types
	struct media_condition conditions[CONDITIONS_MAX];
	size_t count;
};

struct wxss_media {
	const struct wxss_media *outer;
	const struct media_query *queries;
	size_t count;
};

struct feature_row {
	const char *name;
	enum media_feature feature;
};

static const struct feature_row feature_rows[];

/* "min-width" is the feature `width` with a test. */
static enum media_feature find_feature(struct str name, enum media_test *ret_test)
{
	if (name.len > 8 && str_eq_nocase(str_slice(name, 0, 8), STR("-webkit-"))) {
		name = str_slice(name, 8, name.len);
	}
	bool min = name.len > 4 && str_eq_nocase(str_slice(name, 0, 4), STR("min-"));
	bool max = name.len > 4 && str_eq_nocase(str_slice(name, 0, 4), STR("max-"));
	*ret_test = min ? TEST_MIN : max ? TEST_MAX : TEST_EQUAL;
	name = min || max ? str_slice(name, 4, name.len) : name;
	for (const struct feature_row *row = feature_rows; row->name; row++) {
		if (str_eq_nocase(name, str_of(row->name))) {
			return row->feature;
		}
	}
	return FEATURE_UNKNOWN;
}

/* A number with its unit, or two with a slash. */
static size_t read_value(const struct wxss_part *at, size_t count, struct media_condition *condition)
{
	if (!count || at->kind != PART_NUMBER) {
		return 0;
	}
	condition->value = at->number;
	condition->unit = (enum wxss_unit)at->unit;
	if (count > 2 && at[1].kind == PART_SLASH && at[2].kind == PART_NUMBER) {
		condition->value = at[2].number != 0 ? at->number / at[2].number : 0;
		return 3;
	}
	return 1;
}

/* <, >, <=, >= as the test of the feature on its left. */
static size_t read_compare(const struct wxss_part *at, size_t count, bool turned, enum media_test *ret)
{
	if (!count || at->kind != PART_OTHER || (at->delim != '<' && at->delim != '>' && at->delim != '=')) {
		return 0;
	}
	bool equal = count > 1 && at[1].kind == PART_OTHER && at[1].delim == '=';
	bool less = (at->delim == '<') != turned;
	*ret = at->delim == '=' ? TEST_EQUAL : less ? equal ? TEST_MAX : TEST_LESS : equal ? TEST_MIN : TEST_MORE;
	return equal ? 2 : 1;
}

static struct media_condition *add_condition(struct media_query *query)
{
	if (query->count == CONDITIONS_MAX) {
		query->never = true;
		query->count--;
	}
	struct media_condition *condition = &query->conditions[query->count++];
	memset(condition, 0, sizeof(*condition));
	return condition;
}

/* What stands in brackets: (a: b), (a), (a >= b), (b <= a < c). */
static void read_condition(const struct wxss_part *at, size_t count, bool negated, struct media_query *query)
{
	struct media_condition *condition = add_condition(query);
	condition->negated = negated;
	struct media_condition low = {0};
	size_t n = read_value(at, count, &low), k;
	if (n && (k = read_compare(at + n, count - n, true, &low.test)) && n + k < count) {
		enum media_test ignored;
		at += n + k;
		count -= n + k;
		low.feature = find_feature(at->text, &ignored);
		low.negated = negated;
		*condition = low;
		if (count == 1) {
			return;
		}
		condition = add_condition(query);
		condition->negated = negated;
	}
	if (!count || at->kind != PART_IDENT) {
		return;
	}
	enum media_test test;
	condition->feature = find_feature(at->text, &test);
	condition->test = test;
	if (count == 1) {
		condition->test = TEST_PRESENT;
	} else if (at[1].kind == PART_OTHER && at[1].delim == ':' && count > 2) {
		if (at[2].kind == PART_IDENT && condition->feature >= FEATURE_ORIENTATION) {
			condition->keyword = at[2].keyword;
		} else if (!read_value(at + 2, count - 2, condition)) {
			condition->feature = FEATURE_UNKNOWN;
		}
	} else {
		k = read_compare(at + 1, count - 1, false, &condition->test);
		if (!k || !read_value(at + 1 + k, count - 1 - k, condition)) {
			condition->feature = FEATURE_UNKNOWN;
		}
	}
}

/* The text in brackets, found with the tokenizer; *lex stands behind the bracket. */
static bool parse_brackets(struct wxss_lex *lex, struct arena *arena, bool negated, struct media_query *query)
{
	size_t from = lex->pos;
	wxss_lex_skip_block(lex, TOK_OPEN_ROUND);
	size_t to = lex->pos > from && lex->text.at[lex->pos - 1] == ')' ? lex->pos - 1 : lex->pos;
	struct wxss_parts parts;
	if (!wxss_parts_parse(str_slice(lex->text, from, to), STR(""), arena, &parts)) {
		return false;
	}
	read_condition(parts.at, parts.count, negated, query);
	return true;
}

static struct media_query parse_query(struct wxss_lex *lex, struct arena *arena, bool *ret_more)
{
	struct media_query query = {.count = 0};
	bool not = false, first = true;
	for (;; first = false) {
		struct wxss_token token = wxss_lex_next_solid(lex);
		if (token.kind == TOK_EOF || token.kind == TOK_COMMA) {
			*ret_more = token.kind == TOK_COMMA;
			query.never = query.never || not;
			return query;
		}
		if (token.kind == TOK_OPEN_ROUND) {
			query.never = !parse_brackets(lex, arena, not, &query) || query.never;
			not = false;
		} else if (token.kind != TOK_IDENT) {
			query.never = true;
			if (wxss_token_opens(token.kind)) {
				wxss_lex_skip_block(lex, token.kind);
			}
		} else if (str_eq_nocase(token.text, STR("not"))) {
			not = true;
		} else if (str_eq_nocase(token.text, STR("or"))) {
			query.any = true;
		} else if (str_eq_nocase(token.text, STR("all")) || str_eq_nocase(token.text, STR("screen"))) {
			query.negated = not;
			not = false;
		} else if (!str_eq_nocase(token.text, STR("and")) && !(first && str_eq_nocase(token.text, STR("only")))) {
			query.never = !not; // print, speech, unknown: `not print` is right
			not = false;
		}
	}
}

const struct wxss_media *wxss_media_parse(struct str text, const struct wxss_media *outer, struct arena *arena)
{
	struct wxss_lex lex = {.text = text};
	VEC(struct media_query) queries = {0};
	if (!str_trim(text).len) {
		return outer;
	}
	bool more = true;
	while (more) {
		struct media_query query = parse_query(&lex, arena, &more);
		vec_push(&queries, query);
	}
	struct media_query *copy = arena_alloc_array(arena, queries.len, sizeof(*copy));
	memcpy(copy, queries.at, queries.len * sizeof(*copy));
	struct wxss_media *media = arena_alloc(arena, sizeof(*media));
	*media = (struct wxss_media){outer, copy, queries.len};
	vec_finish(&queries);
	return media;
}

/* ---- asking ---- */

static bool compare(float have, enum media_test test, float want)
{
	const float slack = 0.001f;
	switch (test) {
	case TEST_PRESENT: return have > 0;
	case TEST_EQUAL: return fabsf(have - want) < slack;
	case TEST_MIN: return have >= want - slack;
	case TEST_MAX: return have <= want + slack;
	case TEST_MORE: return have > want + slack;
	default: return have < want - slack;
	}
}

static bool condition_matches(const struct media_condition *c, const struct wxss_env *env)
{
	struct wxss_units units = {16, 16, env->width, env->height, env->safe_area};
	float want = wxss_unit_resolve(c->value, c->unit, &units).value;
	bool landscape = env->width > env->height;
	switch (c->feature) {
	case FEATURE_WIDTH: return compare(env->width, c->test, want);
	case FEATURE_HEIGHT: return compare(env->height, c->test, want);
	case FEATURE_RATIO: return compare(env->height > 0 ? env->width / env->height : 0, c->test, c->value);
	case FEATURE_DPR: return compare(env->dpr, c->test, want);
	case FEATURE_ORIENTATION: return c->test == TEST_PRESENT || c->keyword == (landscape ? KW_landscape : KW_portrait);
	case FEATURE_SCHEME: return c->test == TEST_PRESENT || c->keyword == (env->dark ? KW_dark : KW_light);
	case FEATURE_ALWAYS: return c->test == TEST_PRESENT || (c->keyword != KW_none && c->keyword != KW_fine);
	default: return false;
	}
}

static bool query_matches(const struct media_query *query, const struct wxss_env *env)
{
	bool match = !query->any || !query->count;
	for (size_t i = 0; i < query->count; i++) {
		const struct media_condition *c = &query->conditions[i];
		if (c->feature == FEATURE_UNKNOWN) {
			return false; // unknown stays unknown, negated or not
		}
		bool one = condition_matches(c, env) != c->negated;
		match = query->any ? match || one : match && one;
	}
	return !query->never && match != query->negated;
}

bool wxss_media_matches(const struct wxss_media *media, const struct wxss_env *env)
{
	for (; media; media = media->outer) {
		bool match = false;
		for (size_t i = 0; i < media->count && !match; i++) {
			match = query_matches(&media->queries[i], env);
		}
		if (!match) {
			return false;
		}
	}
	return true;
}

const struct wxss_media *wxss_media_outer(const struct wxss_media *media) { return media->outer; }

/* ---- printing ---- */

static void print_condition(const struct media_condition *c, struct strbuf *out)
{
	static const char *const heads[] = {"", "", "min-", "max-", "", ""};
	const char *name = "unknown";
	for (const struct feature_row *row = feature_rows; row->name; row++) {
		if (row->feature == c->feature) {
			name = row->name;
			break;
		}
	}
	strbuf_printf(out, "%s(%s%s", c->negated ? "not " : "", c->feature == FEATURE_UNKNOWN ? "" : heads[c->test], name);
	if (c->test != TEST_PRESENT && c->feature != FEATURE_UNKNOWN) {
		strbuf_add_text(out, c->test == TEST_MORE ? " > " : c->test == TEST_LESS ? " < " : ": ");
		if (c->feature >= FEATURE_ORIENTATION) {
			strbuf_add_text(out, c->keyword ? wxss_keyword_text(c->keyword) : "unknown");
		} else {
			wxss_unit_print(c->value, c->unit, out);
		}
	}
	strbuf_add_char(out, ')');
}

void wxss_media_print(const struct wxss_media *media, struct strbuf *out)
{
	for (size_t i = 0; i < media->count; i++) {
		const struct media_query *query = &media->queries[i];
		strbuf_add_text(out, i ? ", " : "");
		if (query->never) {
			strbuf_add_text(out, "print");
			continue;
		}
		bool typed = query->negated || !query->count;
		strbuf_add_text(out, query->negated ? "not all" : typed ? "all" : "");
		for (size_t k = 0; k < query->count; k++) {
			strbuf_add_text(out, k || typed ? query->any ? " or " : " and " : "");
			print_condition(&query->conditions[k], out);
		}
	}
}

static const struct feature_row feature_rows[] = {
	{"width", FEATURE_WIDTH},
	{"device-width", FEATURE_WIDTH},
	{"height", FEATURE_HEIGHT},
	{"device-height", FEATURE_HEIGHT},
	{"aspect-ratio", FEATURE_RATIO},
	{"device-aspect-ratio", FEATURE_RATIO},
	{"device-pixel-ratio", FEATURE_DPR},
	{"resolution", FEATURE_DPR},
	{"orientation", FEATURE_ORIENTATION},
	{"prefers-color-scheme", FEATURE_SCHEME},
	{"pointer", FEATURE_ALWAYS},
	{"any-pointer", FEATURE_ALWAYS},
	{"color", FEATURE_ALWAYS},
	{"hover", FEATURE_NEVER},
	{"any-hover", FEATURE_NEVER},
	{"prefers-reduced-motion", FEATURE_NEVER},
	{"prefers-contrast", FEATURE_NEVER},
	{"monochrome", FEATURE_NEVER},
	{NULL, FEATURE_UNKNOWN},
};

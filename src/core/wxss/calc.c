/* Units and calculations: CSS Values 4, sections 6 to 10, for the linear lengths of style.h. */
#include "core/wxss/calc.h"

#include "base/vec.h"

#define CALC_DEPTH_MAX 32
#define CALC_ARGS_MAX 256
#define VALUE_MAX 1e9f

struct unit_row {
	const char *name;
	enum wxss_unit unit;
	float factor;
};

struct calc_parser {
	struct wxss_lex *lex;
	struct arena *arena;
	struct wxss_token token; // the one to look at
	int depth;
};

static const struct unit_row unit_rows[];
static const struct unit_row env_rows[];

static const struct wxss_calc *parse_sum(struct calc_parser *p);
static const struct wxss_calc *parse_function(struct calc_parser *p, struct str name);

bool wxss_unit_find(struct str name, enum wxss_unit *ret_unit, float *ret_factor)
{
	for (const struct unit_row *row = unit_rows; row->name; row++) {
		if (str_eq_nocase(name, str_of(row->name))) {
			*ret_unit = row->unit;
			*ret_factor = row->factor;
			return true;
		}
	}
	return false;
}

float wxss_unit_scaled(double number, float factor)
{
	return float_clamp((float)(number * (double)factor), -VALUE_MAX, VALUE_MAX);
}

enum wxss_amount_kind wxss_unit_kind(enum wxss_unit unit)
{
	switch (unit) {
	case UNIT_NUMBER: return AMOUNT_NUMBER;
	case UNIT_PERCENT: return AMOUNT_PERCENT;
	case UNIT_DEG: return AMOUNT_ANGLE;
	case UNIT_MS: return AMOUNT_TIME;
	case UNIT_FR: return AMOUNT_FR;
	case UNIT_DPPX: return AMOUNT_DPPX;
	default: return AMOUNT_LENGTH;
	}
}

static float unit_scale(enum wxss_unit unit, const struct wxss_units *u)
{
	switch (unit) {
	case UNIT_RPX: return u->width / 750;
	case UNIT_EM: return u->font_size;
	case UNIT_REM: return u->root_font_size;
	case UNIT_EX:
	case UNIT_CH: return u->font_size * 0.555f; // Noto Sans CJK SC; other fonts are not known here
	case UNIT_VW: return u->width / 100;
	case UNIT_VH: return u->height / 100;
	case UNIT_VMIN: return float_min(u->width, u->height) / 100;
	case UNIT_VMAX: return float_max(u->width, u->height) / 100;
	case UNIT_SAFE_TOP: return u->safe_area.top;
	case UNIT_SAFE_RIGHT: return u->safe_area.right;
	case UNIT_SAFE_BOTTOM: return u->safe_area.bottom;
	case UNIT_SAFE_LEFT: return u->safe_area.left;
	default: return 1;
	}
}

struct wxss_amount wxss_unit_resolve(float value, enum wxss_unit unit, const struct wxss_units *units)
{
	struct wxss_amount amount = {.kind = wxss_unit_kind(unit)};
	if (amount.kind == AMOUNT_PERCENT) {
		amount.percent = value / 100;
	} else {
		amount.value = value * unit_scale(unit, units);
	}
	return amount;
}

void wxss_unit_print(float value, enum wxss_unit unit, struct strbuf *out)
{
	if (unit >= UNIT_SAFE_TOP && unit <= UNIT_SAFE_LEFT) {
		strbuf_printf(out, "env(%s)", env_rows[unit - UNIT_SAFE_TOP].name);
		return;
	}
	wxss_print_number((double)value, out);
	for (const struct unit_row *row = unit_rows; row->name; row++) {
		if (row->unit == unit && row->factor == 1) {
			strbuf_add_text(out, row->name);
			return;
		}
	}
}

/* ---- reading ---- */

static void advance(struct calc_parser *p) { p->token = wxss_lex_next(p->lex); }

static void advance_solid(struct calc_parser *p) { p->token = wxss_lex_next_solid(p->lex); }

static void skip_space(struct calc_parser *p)
{
	if (p->token.kind == TOK_SPACE) {
		advance(p);
	}
}

static const struct wxss_calc *leaf(struct calc_parser *p, float value, enum wxss_unit unit)
{
	struct wxss_calc *calc = arena_alloc(p->arena, sizeof(*calc));
	calc->value = value;
	calc->unit = unit;
	return calc;
}

static const struct wxss_calc *branch(struct calc_parser *p, enum wxss_calc_op op, const struct wxss_calc **args, size_t count)
{
	struct wxss_calc *calc = arena_alloc(p->arena, sizeof(*calc));
	calc->op = op;
	calc->count = count;
	calc->args = arena_alloc_array(p->arena, count, sizeof(*args));
	memcpy(calc->args, args, count * sizeof(*args));
	return calc;
}

static const struct wxss_calc *parse_unit_value(struct calc_parser *p)
{
	struct wxss_token token = p->token;
	if (token.kind == TOK_NUMBER) {
		enum wxss_unit unit = UNIT_NUMBER;
		float factor = 1;
		if (token.unit.len && !wxss_unit_find(token.unit, &unit, &factor)) {
			return NULL;
		}
		advance(p);
		return leaf(p, wxss_unit_scaled(token.number, factor), unit);
	}
	if (token.kind == TOK_OPEN_ROUND || token.kind == TOK_FUNCTION) {
		if (++p->depth > CALC_DEPTH_MAX) {
			return NULL;
		}
		const struct wxss_calc *inner = parse_function(p, token.kind == TOK_FUNCTION ? token.text : STR("calc"));
		p->depth--;
		return inner;
	}
	return NULL;
}

static const struct wxss_calc *parse_product(struct calc_parser *p)
{
	const struct wxss_calc *left = parse_unit_value(p);
	for (size_t n = 0; left && n < CALC_ARGS_MAX; n++) {
		struct wxss_lex before = *p->lex;
		struct wxss_token token = p->token;
		skip_space(p);
		if (p->token.kind != TOK_DELIM || (p->token.delim != '*' && p->token.delim != '/')) {
			*p->lex = before;
			p->token = token;
			return left;
		}
		enum wxss_calc_op op = p->token.delim == '*' ? CALC_MUL : CALC_DIV;
		advance_solid(p);
		const struct wxss_calc *args[2] = {left, parse_unit_value(p)};
		left = args[1] ? branch(p, op, args, 2) : NULL;
	}
	return NULL;
}

/* + and - need white space on both sides, else they would be part of a number. */
static const struct wxss_calc *parse_sum(struct calc_parser *p)
{
	skip_space(p);
	const struct wxss_calc *left = parse_product(p);
	for (size_t n = 0; left && n < CALC_ARGS_MAX; n++) {
		bool space = p->token.kind == TOK_SPACE;
		skip_space(p);
		if (p->token.kind != TOK_DELIM || (p->token.delim != '+' && p->token.delim != '-')) {
			return left;
		}
		enum wxss_calc_op op = p->token.delim == '+' ? CALC_ADD : CALC_SUB;
		advance(p);
		if (!space || p->token.kind != TOK_SPACE) {
			return NULL;
		}
		skip_space(p);
		const struct wxss_calc *args[2] = {left, parse_product(p)};
		left = args[1] ? branch(p, op, args, 2) : NULL;
	}
	return NULL;
}

/* env(name) and env(name, fallback), behind the bracket. */
static const struct wxss_calc *parse_env(struct calc_parser *p)
{
	const struct wxss_calc *found = NULL;
	advance_solid(p);
	if (p->token.kind != TOK_IDENT) {
		return NULL;
	}
	for (const struct unit_row *row = env_rows; row->name; row++) {
		if (str_eq_nocase(p->token.text, str_of(row->name))) {
			found = leaf(p, 1, row->unit);
		}
	}
	advance_solid(p);
	if (p->token.kind == TOK_COMMA) {
		advance(p);
		const struct wxss_calc *fallback = parse_sum(p);
		found = found ? found : fallback;
		if (!fallback) {
			return NULL;
		}
	}
	return found;
}

/* p->token is the function or the bracket; leaves the token behind the ")". */
static const struct wxss_calc *parse_function(struct calc_parser *p, struct str name)
{
	const struct wxss_calc *args[CALC_ARGS_MAX], *result;
	size_t count = 0;
	enum wxss_calc_op op = str_eq_nocase(name, STR("min")) ? CALC_MIN : str_eq_nocase(name, STR("max")) ? CALC_MAX
		: str_eq_nocase(name, STR("clamp")) ? CALC_CLAMP : CALC_LEAF;
	if (!wxss_calc_is_function(name)) {
		return NULL;
	}
	if (str_eq_nocase(name, STR("env")) || str_eq_nocase(name, STR("constant"))) {
		result = parse_env(p);
	} else {
		do {
			advance(p);
			args[count] = parse_sum(p);
			if (!args[count++]) {
				return NULL;
			}
		} while (p->token.kind == TOK_COMMA && count < CALC_ARGS_MAX);
		if ((op == CALC_LEAF && count != 1) || (op == CALC_CLAMP && count != 3)) {
			return NULL;
		}
		result = op == CALC_LEAF ? args[0] : branch(p, op, args, count);
	}
	if (!result || (p->token.kind != TOK_CLOSE_ROUND && p->token.kind != TOK_EOF)) {
		return NULL; // an unclosed function at the end of the text is closed by it
	}
	if (p->depth > 0 || p->token.kind == TOK_EOF) {
		advance(p);
	}
	return result;
}

/* The kind of the result, or -1: the operands do not go together. */
static int check(const struct wxss_calc *calc)
{
	if (calc->op == CALC_LEAF) {
		return (int)wxss_unit_kind(calc->unit);
	}
	int kind = check(calc->args[0]);
	for (size_t i = 1; i < calc->count && kind >= 0; i++) {
		int other = check(calc->args[i]);
		if (other < 0) {
			return -1;
		}
		if (calc->op == CALC_MUL && kind == AMOUNT_NUMBER) {
			kind = other;
		} else if (calc->op == CALC_MUL || calc->op == CALC_DIV) {
			kind = other == AMOUNT_NUMBER ? kind : -1;
		} else if (kind != other) {
			bool mixed = kind + other == AMOUNT_LENGTH + AMOUNT_PERCENT && kind != AMOUNT_NUMBER && other != AMOUNT_NUMBER;
			kind = mixed ? AMOUNT_LENGTH : -1;
		}
	}
	return kind;
}

bool wxss_calc_is_function(struct str name)
{
	static const char *const names[] = {"calc", "-webkit-calc", "min", "max", "clamp", "env", "constant"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (str_eq_nocase(name, str_of(names[i]))) {
			return true;
		}
	}
	return false;
}

const struct wxss_calc *wxss_calc_parse(struct wxss_lex *lex, struct str name, struct arena *arena)
{
	struct calc_parser p = {.lex = lex, .arena = arena};
	const struct wxss_calc *calc = parse_function(&p, name);
	return calc && check(calc) >= 0 ? calc : NULL;
}

/* ---- resolving ---- */

static float against_viewport(struct wxss_amount amount, const struct wxss_units *units)
{
	return amount.value + amount.percent * units->width;
}

static struct wxss_amount combine(enum wxss_calc_op op, struct wxss_amount a, struct wxss_amount b)
{
	if (op == CALC_MUL && a.kind == AMOUNT_NUMBER) {
		struct wxss_amount swap = a;
		a = b;
		b = swap;
	}
	if (op == CALC_MUL || op == CALC_DIV) {
		float by = op == CALC_MUL ? b.value : b.value != 0 ? 1 / b.value : 0;
		a.value *= by;
		a.percent *= by;
		return a;
	}
	float sign = op == CALC_SUB ? -1 : 1;
	a.kind = a.kind == b.kind ? a.kind : AMOUNT_LENGTH;
	a.value += sign * b.value;
	a.percent += sign * b.percent;
	return a;
}

struct wxss_amount wxss_calc_resolve(const struct wxss_calc *calc, const struct wxss_units *units)
{
	if (calc->op == CALC_LEAF) {
		return wxss_unit_resolve(calc->value, calc->unit, units);
	}
	struct wxss_amount result = wxss_calc_resolve(calc->args[0], units), low = result;
	for (size_t i = 1; i < calc->count; i++) {
		struct wxss_amount other = wxss_calc_resolve(calc->args[i], units);
		float a = against_viewport(result, units), b = against_viewport(other, units);
		bool mixed = result.kind != other.kind && calc->op >= CALC_MIN;
		if (calc->op < CALC_MIN) {
			result = combine(calc->op, result, other);
		} else if (calc->op == CALC_MIN ? b < a : calc->op == CALC_MAX ? b > a : i == 1 ? b > a : false) {
			result = other;
		} else if (calc->op == CALC_CLAMP && i == 2 && b < a) {
			result = against_viewport(low, units) > b ? low : other; // the minimum wins over the maximum
		}
		if (mixed) {
			result.kind = AMOUNT_LENGTH;
		}
	}
	result.value = float_clamp(result.value, -VALUE_MAX, VALUE_MAX);
	result.percent = float_clamp(result.percent, -VALUE_MAX, VALUE_MAX);
	return result;
}

/* ---- printing ---- */

static void print_node(const struct wxss_calc *calc, bool bare, struct strbuf *out)
{
	static const char *const words[] = {"", " + ", " - ", " * ", " / ", "min(", "max(", "clamp("};
	if (calc->op == CALC_LEAF) {
		wxss_unit_print(calc->value, calc->unit, out);
		return;
	}
	bool function = calc->op >= CALC_MIN;
	strbuf_add_text(out, function ? words[calc->op] : bare ? "" : "(");
	for (size_t i = 0; i < calc->count; i++) {
		strbuf_add_text(out, i == 0 ? "" : function ? ", " : words[calc->op]);
		print_node(calc->args[i], function, out);
	}
	strbuf_add_text(out, function || !bare ? ")" : "");
}

void wxss_calc_print(const struct wxss_calc *calc, struct strbuf *out)
{
	bool itself = calc->op >= CALC_MIN || (calc->op == CALC_LEAF && calc->unit >= UNIT_SAFE_TOP && calc->unit <= UNIT_SAFE_LEFT);
	strbuf_add_text(out, itself ? "" : "calc(");
	print_node(calc, true, out);
	strbuf_add_text(out, itself ? "" : ")");
}

static const struct unit_row unit_rows[] = {
	{"rpx", UNIT_RPX, 1},
	{"px", UNIT_PX, 1},
	{"%", UNIT_PERCENT, 1},
	{"em", UNIT_EM, 1},
	{"rem", UNIT_REM, 1},
	{"vw", UNIT_VW, 1},
	{"vh", UNIT_VH, 1},
	{"vmin", UNIT_VMIN, 1},
	{"vmax", UNIT_VMAX, 1},
	{"deg", UNIT_DEG, 1},
	{"ms", UNIT_MS, 1},
	{"s", UNIT_MS, 1000},
	{"fr", UNIT_FR, 1},
	{"ex", UNIT_EX, 1},
	{"ch", UNIT_CH, 1},
	{"dppx", UNIT_DPPX, 1},
	{"x", UNIT_DPPX, 1},
	{"dpi", UNIT_DPPX, 1 / 96.0f},
	{"dpcm", UNIT_DPPX, 2.54f / 96},
	{"turn", UNIT_DEG, 360},
	{"rad", UNIT_DEG, 57.29577951f},
	{"grad", UNIT_DEG, 0.9f},
	{"pt", UNIT_PX, 96 / 72.0f},
	{"pc", UNIT_PX, 16},
	{"in", UNIT_PX, 96},
	{"cm", UNIT_PX, 96 / 2.54f},
	{"mm", UNIT_PX, 96 / 25.4f},
	{"q", UNIT_PX, 96 / 101.6f},
	{NULL, UNIT_NUMBER, 0},
};

static const struct unit_row env_rows[] = { // in the order of enum wxss_unit
	{"safe-area-inset-top", UNIT_SAFE_TOP, 1},
	{"safe-area-inset-right", UNIT_SAFE_RIGHT, 1},
	{"safe-area-inset-bottom", UNIT_SAFE_BOTTOM, 1},
	{"safe-area-inset-left", UNIT_SAFE_LEFT, 1},
	{NULL, UNIT_NUMBER, 0},
};

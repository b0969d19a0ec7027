/* Numbers with units: the units themselves, and calc(), min(), max(), clamp() and env() as small
 * trees in the sheet's arena that are resolved when the environment and font size are known. */
#ifndef MINA_WXSS_CALC_H
#define MINA_WXSS_CALC_H

#include "base/geom.h"
#include "core/wxss/lex.h"

enum wxss_unit {
	UNIT_NUMBER,
	UNIT_PERCENT,
	UNIT_PX, // in, cm, mm, q, pt and pc become px when read
	UNIT_RPX,
	UNIT_EM,
	UNIT_REM,
	UNIT_EX,
	UNIT_CH,
	UNIT_VW,
	UNIT_VH,
	UNIT_VMIN,
	UNIT_VMAX,
	UNIT_SAFE_TOP, // env(safe-area-inset-top)
	UNIT_SAFE_RIGHT,
	UNIT_SAFE_BOTTOM,
	UNIT_SAFE_LEFT,
	UNIT_DEG, // rad, grad and turn become deg
	UNIT_MS,  // s becomes ms
	UNIT_FR,
	UNIT_DPPX,
};

/* What units depend on, for one element. */
struct wxss_units {
	float font_size, root_font_size; // px
	float width, height;             // viewport, px
	struct insets safe_area;         // px
};

enum wxss_amount_kind { AMOUNT_NUMBER, AMOUNT_LENGTH, AMOUNT_PERCENT, AMOUNT_ANGLE, AMOUNT_TIME, AMOUNT_FR, AMOUNT_DPPX };

struct wxss_amount { // resolved: a number, px, deg, ms ...
	enum wxss_amount_kind kind;
	float value, percent; // percent: 50% is 0.5; a length may have both
};

enum wxss_calc_op { CALC_LEAF, CALC_ADD, CALC_SUB, CALC_MUL, CALC_DIV, CALC_MIN, CALC_MAX, CALC_CLAMP };

struct wxss_calc {
	enum wxss_calc_op op;
	enum wxss_unit unit; // of a leaf
	float value;
	size_t count; // MIN, MAX: any; CLAMP 3; ADD to DIV 2
	const struct wxss_calc **args;
};

/* False: no such unit. The number times *ret_factor is in *ret_unit. */
bool wxss_unit_find(struct str name, enum wxss_unit *ret_unit, float *ret_factor);
float wxss_unit_scaled(double number, float factor); // bounded
enum wxss_amount_kind wxss_unit_kind(enum wxss_unit unit);
struct wxss_amount wxss_unit_resolve(float value, enum wxss_unit unit, const struct wxss_units *units);
void wxss_unit_print(float value, enum wxss_unit unit, struct strbuf *out);

/* Is this the name of a function that wxss_calc_parse reads? */
bool wxss_calc_is_function(struct str name);
/* `lex` stands behind "name("; reads to behind the ")". NULL: wrong. */
const struct wxss_calc *wxss_calc_parse(struct wxss_lex *lex, struct str name, struct arena *arena);
/* Never fails on what wxss_calc_parse accepted. min() and max() of px and percent choose by the
 * viewport's width, because a length is linear (style.h). */
struct wxss_amount wxss_calc_resolve(const struct wxss_calc *calc, const struct wxss_units *units);
void wxss_calc_print(const struct wxss_calc *calc, struct strbuf *out);

#endif

/* `transform`: a list of functions, flattened to the plane, that still mixes function by function. */
#include "core/wxss/property.h"

#include "core/wxss/share.h"

#define STEPS_MAX 64

static void set_matrix(struct transform_step *step)
{
	const float *v = step->args;
	switch (step->function) {
	case TRANSFORM_ROTATE: step->matrix = matrix_rotate(v[0]); break;
	case TRANSFORM_SCALE: step->matrix = matrix_scale(v[0], v[1]); break;
	case TRANSFORM_SKEW: step->matrix = (struct matrix){1, tanf(v[1]), tanf(v[0]), 1, 0, 0}; break;
	case TRANSFORM_ROTATE_3D: {
		float length = sqrtf(v[1] * v[1] + v[2] * v[2] + v[3] * v[3]);
		float x = length > 0 ? v[1] / length : 0, y = length > 0 ? v[2] / length : 0, z = length > 0 ? v[3] / length : 1;
		float c = length > 0 ? cosf(v[0]) : 1, s = length > 0 ? sinf(v[0]) : 0;
		step->matrix = (struct matrix){c + x * x * (1 - c), x * y * (1 - c) + z * s, x * y * (1 - c) - z * s,
			c + y * y * (1 - c), 0, 0};
		break;
	}
	default: break;
	}
	float *m = &step->matrix.a;
	for (int i = 0; i < 6; i++) {
		m[i] = m[i] == m[i] ? float_clamp(m[i], -1e9f, 1e9f) : 0;
	}
}

static void make(struct transform_step *step, enum transform_function function, float a, float b, float c, float d)
{
	step->kind = TRANSFORM_MATRIX;
	step->function = function;
	step->args[0] = a;
	step->args[1] = b;
	step->args[2] = c;
	step->args[3] = d;
	set_matrix(step);
}

static bool read_numbers(struct wxss_reader *r, float *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if ((i > 0 && !wxss_read_comma(r)) || !wxss_read_number(r, &numbers[i])) {
			return false;
		}
	}
	return true;
}

static bool read_translate(struct wxss_reader *r, enum wxss_keyword name, struct transform_step *step)
{
	struct length v[3] = {wxss_length_px(0), wxss_length_px(0), wxss_length_px(0)};
	size_t most = name == KW_translate ? 2 : name == KW_translate3d ? 3 : 1, n = 0;
	do {
		if (!wxss_read_length(r, F_PERCENT | F_NEGATIVE, &v[n++])) {
			return false;
		}
	} while (n < most && wxss_read_comma(r));
	step->kind = TRANSFORM_TRANSLATE;
	step->matrix = MATRIX_IDENTITY;
	step->x = name == KW_translatey || name == KW_translatez ? wxss_length_px(0) : v[0];
	step->y = name == KW_translatey ? v[0] : name == KW_translatex || name == KW_translatez ? wxss_length_px(0) : v[1];
	return n == most || name == KW_translate;
}

static bool read_scale(struct wxss_reader *r, enum wxss_keyword name, struct transform_step *step)
{
	float v[3] = {1, 1, 1};
	size_t n = 0;
	do {
		if (!wxss_read_number_or_percent(r, &v[n++])) {
			return false;
		}
	} while (n < 3 && wxss_read_comma(r));
	if (n > (name == KW_scale3d ? 3u : name == KW_scale ? 2u : 1u)) {
		return false;
	}
	v[1] = n == 1 ? v[0] : v[1];
	make(step, TRANSFORM_SCALE, name == KW_scaley || name == KW_scalez ? 1 : v[0],
		name == KW_scalex || name == KW_scalez ? 1 : v[1], 0, 0);
	return name != KW_scale3d || n == 3;
}

static bool read_rotate(struct wxss_reader *r, enum wxss_keyword name, struct transform_step *step)
{
	float axis[3] = {name == KW_rotatex, name == KW_rotatey, name == KW_rotatez}, angle;
	if (name == KW_rotate3d && (!read_numbers(r, axis, 3) || !wxss_read_comma(r))) {
		return false;
	}
	if (!wxss_read_angle(r, &angle)) {
		return false;
	}
	if (axis[0] == 0 && axis[1] == 0) {
		make(step, TRANSFORM_ROTATE, axis[2] < 0 ? -angle : angle, 0, 0, 0);
	} else {
		make(step, TRANSFORM_ROTATE_3D, angle, axis[0], axis[1], axis[2]);
	}
	return true;
}

static bool read_skew(struct wxss_reader *r, enum wxss_keyword name, struct transform_step *step)
{
	float x, y = 0;
	if (!wxss_read_angle(r, &x) || (name == KW_skew && wxss_read_comma(r) && !wxss_read_angle(r, &y))) {
		return false;
	}
	make(step, TRANSFORM_SKEW, name == KW_skewy ? 0 : x, name == KW_skewy ? x : y, 0, 0);
	return true;
}

static bool read_matrix(struct wxss_reader *r, enum wxss_keyword name, struct transform_step *step)
{
	float v[16];
	if (!read_numbers(r, v, name == KW_matrix ? 6 : 16)) {
		return false;
	}
	step->kind = TRANSFORM_MATRIX;
	step->matrix = name == KW_matrix ? (struct matrix){v[0], v[1], v[2], v[3], v[4], v[5]}
		: (struct matrix){v[0], v[1], v[4], v[5], v[12], v[13]};
	set_matrix(step);
	return true;
}

/* *ret_skip: a function that does nothing in the plane. */
static bool read_step(struct wxss_reader *r, struct transform_step *step, bool *ret_skip)
{
	struct wxss_reader inner;
	const struct wxss_part *function;
	if (!wxss_read_function(r, &inner, &function)) {
		return false;
	}
	bool good = false;
	switch (function->keyword) {
	case KW_translate:
	case KW_translatex:
	case KW_translatey:
	case KW_translatez:
	case KW_translate3d: good = read_translate(&inner, function->keyword, step); break;
	case KW_scale:
	case KW_scalex:
	case KW_scaley:
	case KW_scalez:
	case KW_scale3d: good = read_scale(&inner, function->keyword, step); break;
	case KW_rotate:
	case KW_rotatex:
	case KW_rotatey:
	case KW_rotatez:
	case KW_rotate3d: good = read_rotate(&inner, function->keyword, step); break;
	case KW_skew:
	case KW_skewx:
	case KW_skewy: good = read_skew(&inner, function->keyword, step); break;
	case KW_matrix:
	case KW_matrix3d: good = read_matrix(&inner, function->keyword, step); break;
	case KW_perspective: {
		float px;
		*ret_skip = true;
		good = wxss_read_keyword(&inner, KW_none) || wxss_read_px(&inner, false, &px);
		break;
	}
	default: break;
	}
	return good && wxss_read_end(&inner);
}

static bool read_transforms(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct transform_step items[STEPS_MAX];
	size_t count = 0;
	if (!wxss_read_keyword(r, KW_none)) {
		do {
			bool skip = false;
			memset(&items[count], 0, sizeof(*items));
			if (!read_step(r, &items[count], &skip)) {
				return false;
			}
			count += !skip;
		} while (!wxss_read_end(r) && count < STEPS_MAX);
	}
	struct transform_step *at = wxss_list_replace(style, row, count, sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		at[i] = items[i];
	}
	return true;
}

static void print_numbers(const float *numbers, size_t count, const char *unit, double factor, struct strbuf *out)
{
	for (size_t i = 0; i < count; i++) {
		double rounded = round((double)numbers[i] * factor * 1e4) / 1e4;
		strbuf_add_text(out, i ? ", " : "");
		strbuf_add_number(out, rounded == 0 ? 0 : rounded);
		strbuf_add_text(out, unit);
	}
}

static void print_transforms(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	static const char *const names[] = {"matrix(", "rotate(", "scale(", "skew(", "rotate3d("};
	const double degrees = 57.29577951308232;
	strbuf_add_text(out, style->transform_count ? "" : "none");
	for (size_t i = 0; i < style->transform_count; i++) {
		const struct transform_step *step = &style->transforms[i];
		strbuf_add_text(out, i ? " " : "");
		if (step->kind == TRANSFORM_TRANSLATE) {
			strbuf_add_text(out, "translate(");
			wxss_print_length(step->x, 0, out);
			strbuf_add_text(out, ", ");
			wxss_print_length(step->y, 0, out);
		} else {
			strbuf_add_text(out, names[step->function]);
			switch (step->function) {
			case TRANSFORM_ROTATE: print_numbers(step->args, 1, "deg", degrees, out); break;
			case TRANSFORM_SCALE: print_numbers(step->args, 2, "", 1, out); break;
			case TRANSFORM_SKEW: print_numbers(step->args, 2, "deg", degrees, out); break;
			case TRANSFORM_ROTATE_3D:
				print_numbers(step->args + 1, 3, "", 1, out);
				strbuf_add_text(out, ", ");
				print_numbers(step->args, 1, "deg", degrees, out);
				break;
			default: print_numbers(&step->matrix.a, 6, "", 1, out); break;
			}
		}
		strbuf_add_char(out, ')');
	}
}

/* ---- mixing: CSS Transforms 2, section 11 ---- */

static struct transform_step neutral_of(const struct transform_step *like)
{
	struct transform_step step = {.kind = like->kind, .matrix = MATRIX_IDENTITY, .x = wxss_length_px(0), .y = wxss_length_px(0),
		.function = like->function};
	if (like->function == TRANSFORM_SCALE) {
		step.args[0] = step.args[1] = 1;
	} else if (like->function == TRANSFORM_ROTATE_3D) {
		memcpy(step.args + 1, like->args + 1, 3 * sizeof(float));
	}
	return step;
}

static bool same_function(const struct transform_step *a, const struct transform_step *b)
{
	bool same_axis = a->function != TRANSFORM_ROTATE_3D || memcmp(a->args + 1, b->args + 1, 3 * sizeof(float)) == 0;
	return a->kind == b->kind && a->function == b->function && same_axis;
}

struct decomposed { // translation * rotation * {1, 0, skew, 1} * scale
	float x, y, scale_x, scale_y, skew, angle;
};

static bool decompose(struct matrix m, struct decomposed *d)
{
	float determinant = m.a * m.d - m.b * m.c;
	if (determinant == 0 || !isfinite(determinant)) {
		return false;
	}
	bool mirrored = determinant < 0, by_x = m.a < m.d; // of a mirrored one the axis that points less its own way is turned round
	d->x = m.e;
	d->y = m.f;
	d->scale_x = hypotf(m.a, m.b) * (mirrored && by_x ? -1 : 1);
	float a = m.a / d->scale_x, b = m.b / d->scale_x;
	d->scale_y = a * m.d - b * m.c;
	d->skew = (a * m.c + b * m.d) / d->scale_y;
	d->angle = atan2f(b, a);
	return true;
}

static bool mix_matrix(struct matrix from, struct matrix to, float t, struct matrix *ret)
{
	struct decomposed a, b;
	const float pi = 3.14159265f;
	if (!decompose(from, &a) || !decompose(to, &b)) {
		return false;
	}
	if ((a.scale_x < 0 && b.scale_y < 0) || (a.scale_y < 0 && b.scale_x < 0)) { // mirrored along different axes
		a.scale_x = -a.scale_x;
		a.scale_y = -a.scale_y;
		a.angle += a.angle < 0 ? pi : -pi;
	}
	float turn = b.angle - a.angle;
	turn = turn > pi ? turn - 2 * pi : turn < -pi ? turn + 2 * pi : turn;
	float scale_x = wxss_mix(a.scale_x, b.scale_x, t), scale_y = wxss_mix(a.scale_y, b.scale_y, t);
	struct matrix m = {scale_x, 0, wxss_mix(a.skew, b.skew, t) * scale_y, scale_y, 0, 0};
	m = matrix_multiply(matrix_rotate(a.angle + turn * t), m);
	m.e = wxss_mix(a.x, b.x, t);
	m.f = wxss_mix(a.y, b.y, t);
	*ret = m;
	return true;
}

/* False: two matrices without a way between them. */
static bool mix_step(const struct transform_step *a, const struct transform_step *b, float t, struct transform_step *ret)
{
	*ret = *a;
	if (a->kind == TRANSFORM_TRANSLATE) {
		ret->x = wxss_length_mix(a->x, b->x, t);
		ret->y = wxss_length_mix(a->y, b->y, t);
		return true;
	}
	if (a->function == TRANSFORM_AS_MATRIX && !mix_matrix(a->matrix, b->matrix, t, &ret->matrix)) {
		return false;
	}
	for (int i = 0; a->function != TRANSFORM_AS_MATRIX && i < (a->function == TRANSFORM_ROTATE_3D ? 1 : 4); i++) {
		ret->args[i] = wxss_mix(a->args[i], b->args[i], t);
	}
	set_matrix(ret);
	return true;
}

/* A list as one matrix whose translation grows with the box: x by x_width of its width and x_height of its height. */
struct collapsed {
	struct matrix m;
	float x_width, x_height, y_width, y_height;
};

static struct collapsed collapse(const struct transform_step *steps, size_t count)
{
	struct collapsed c = {.m = MATRIX_IDENTITY};
	for (size_t i = 0; i < count; i++) {
		if (steps[i].kind == TRANSFORM_TRANSLATE) {
			float x = steps[i].x.percent, y = steps[i].y.percent;
			c.x_width += c.m.a * x;
			c.y_width += c.m.b * x;
			c.x_height += c.m.c * y;
			c.y_height += c.m.d * y;
			c.m = matrix_multiply(c.m, matrix_translate(steps[i].x.px, steps[i].y.px));
		} else {
			c.m = matrix_multiply(c.m, steps[i].matrix);
		}
	}
	return c;
}

static struct transform_step percents(float x, float y)
{
	struct transform_step step = {.kind = TRANSFORM_TRANSLATE, .matrix = MATRIX_IDENTITY, .x = wxss_length_px(0), .y = wxss_length_px(0)};
	step.x.percent = x == x ? float_clamp(x, -1e9f, 1e9f) : 0;
	step.y.percent = y == y ? float_clamp(y, -1e9f, 1e9f) : 0;
	return step;
}

static struct transform_step quarter(float turns)
{
	struct transform_step step;
	memset(&step, 0, sizeof(step));
	make(&step, TRANSFORM_ROTATE, turns * 1.57079633f, 0, 0, 0);
	return step;
}

#define COLLAPSED_STEPS 8

/* Gives the number of steps; 0: there is no way between them. A part of x that grows with the height is
 * a translation of y between two quarter turns. */
static size_t mix_collapsed(const struct collapsed *a, const struct collapsed *b, float t, struct transform_step *ret)
{
	size_t count = 0;
	struct transform_step whole = {.kind = TRANSFORM_MATRIX};
	if (!mix_matrix(a->m, b->m, t, &whole.matrix)) {
		return 0;
	}
	set_matrix(&whole);
	float x_height = wxss_mix(a->x_height, b->x_height, t), y_width = wxss_mix(a->y_width, b->y_width, t);
	ret[count++] = percents(wxss_mix(a->x_width, b->x_width, t), wxss_mix(a->y_height, b->y_height, t));
	if (x_height != 0) {
		ret[count++] = quarter(-1);
		ret[count++] = percents(0, x_height);
		ret[count++] = quarter(1);
	}
	if (y_width != 0) {
		ret[count++] = quarter(1);
		ret[count++] = percents(y_width, 0);
		ret[count++] = quarter(-1);
	}
	ret[count++] = whole;
	return count;
}

static bool mix_transforms(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	struct transform_step items[STEPS_MAX + 2 * COLLAPSED_STEPS]; // a mixed list may be longer than one that was read
	size_t count = size_max(a->transform_count, b->transform_count), i;
	if (count > STEPS_MAX + COLLAPSED_STEPS) {
		return false;
	}
	for (i = 0; i < count; i++) {
		bool in_a = i < a->transform_count, in_b = i < b->transform_count;
		struct transform_step neutral = neutral_of(in_a ? &a->transforms[i] : &b->transforms[i]);
		const struct transform_step *x = in_a ? &a->transforms[i] : &neutral, *y = in_b ? &b->transforms[i] : &neutral;
		if (!same_function(x, y) || !mix_step(x, y, t, &items[i])) {
			break;
		}
	}
	if (i < count) { // the rest does not match: as one matrix
		struct collapsed x = collapse(a->transforms + size_min(i, a->transform_count), a->transform_count - size_min(i, a->transform_count));
		struct collapsed y = collapse(b->transforms + size_min(i, b->transform_count), b->transform_count - size_min(i, b->transform_count));
		size_t more = mix_collapsed(&x, &y, t, &items[i]);
		if (!more) {
			return false;
		}
		count = i + more;
	}
	struct transform_step *at = wxss_list_replace(out, row, count, sizeof(*items));
	for (i = 0; i < count; i++) {
		at[i] = items[i];
	}
	return true;
}

const struct wxss_type wxss_type_transforms = {read_transforms, print_transforms, wxss_list_equal_bytes, wxss_list_copy,
	mix_transforms, 0};

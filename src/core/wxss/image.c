/* CSS Images 3 gradients, and the -webkit- ones that autoprefixers and old sheets have. */
#include "core/wxss/image.h"

#include "core/wxss/color.h"
#include "core/wxss/property.h"
#include "core/wxss/share.h"

#define STOPS_MAX 256
#define PI 3.14159265358979f

struct stop_list {
	struct gradient_stop at[STOPS_MAX];
	size_t count;
};

static bool add_stop(struct stop_list *list, color_t color, struct length at)
{
	if (list->count == STOPS_MAX) {
		return false;
	}
	list->at[list->count++] = (struct gradient_stop){color, at};
	return true;
}

static void set_stops(struct style_image *image, const struct stop_list *list)
{
	image->stops = wxss_share_alloc(list->count * sizeof(*image->stops));
	image->stop_count = list->count;
	memcpy(image->stops, list->at, list->count * sizeof(*image->stops));
}

/* A stop's place: length or percent; in conic gradients an angle, as part of the turn. */
static bool read_stop_place(struct wxss_reader *r, bool conic, struct length *ret)
{
	float radians;
	if (conic && wxss_read_angle(r, &radians)) {
		*ret = wxss_length_percent(radians / (2 * PI));
		return true;
	}
	return wxss_read_length(r, F_PERCENT | F_NEGATIVE, ret);
}

/* color [place [place]], comma separated. A hint (a place alone) is read and left out: the middle
 * is close enough. */
static bool read_stops(struct wxss_reader *r, bool conic, struct style_image *image)
{
	struct stop_list list;
	list.count = 0;
	do {
		color_t color;
		struct length at = {0}, second;
		if (!wxss_read_color(r, &color)) {
			if (!list.count || !read_stop_place(r, conic, &at)) {
				return false;
			}
			continue;
		}
		bool placed = read_stop_place(r, conic, &at);
		if (!placed && wxss_read_color(r, &color)) {
			return false;
		}
		if (!add_stop(&list, color, placed ? at : (struct length){0})) {
			return false;
		}
		if (placed && read_stop_place(r, conic, &second) && !add_stop(&list, color, second)) {
			return false;
		}
	} while (wxss_read_comma(r));
	if (list.count < 2 || !wxss_read_end(r)) {
		return false;
	}
	set_stops(image, &list);
	return true;
}

/* ---- linear ---- */

/* "left", "right top": -1, 0, 1 for each axis. */
static bool read_sides(struct wxss_reader *r, int *ret_x, int *ret_y)
{
	static const struct wxss_choice horizontal[] = {{KW_left, -1}, {KW_right, 1}, {0}};
	static const struct wxss_choice vertical[] = {{KW_top, -1}, {KW_bottom, 1}, {0}};
	*ret_x = *ret_y = 0;
	bool x = wxss_read_choice(r, horizontal, ret_x);
	bool y = wxss_read_choice(r, vertical, ret_y);
	x = x || wxss_read_choice(r, horizontal, ret_x);
	return x || y;
}

static void set_direction(struct style_image *image, int x, int y)
{
	if (x && y) {
		image->corner = GRADIENT_TO_CORNER;
		image->to_x = x;
		image->to_y = y;
	} else {
		image->angle = x > 0 ? PI / 2 : x < 0 ? 3 * PI / 2 : y < 0 ? 0 : PI;
	}
}

/* The prefixed syntax names the side it comes from, and counts its angles from the right upwards. */
static bool read_linear(struct wxss_reader *r, bool prefixed, struct style_image *image)
{
	int x, y;
	image->kind = IMAGE_LINEAR;
	image->angle = PI;
	bool directed = true;
	if (wxss_read_angle(r, &image->angle)) {
		image->angle = prefixed ? PI / 2 - image->angle : image->angle;
	} else if (!prefixed && wxss_read_keyword(r, KW_to)) {
		if (!read_sides(r, &x, &y)) {
			return false;
		}
		set_direction(image, x, y);
	} else if (prefixed && read_sides(r, &x, &y)) {
		set_direction(image, -x, -y);
	} else {
		directed = false;
	}
	return (!directed || wxss_read_comma(r)) && read_stops(r, false, image);
}

/* ---- radial ---- */

static bool read_radial_shape(struct wxss_reader *r, struct style_image *image)
{
	static const struct wxss_choice sizes[] = {{KW_farthest_corner, RADIAL_FARTHEST_CORNER}, {KW_closest_side, RADIAL_CLOSEST_SIDE},
		{KW_closest_corner, RADIAL_CLOSEST_CORNER}, {KW_farthest_side, RADIAL_FARTHEST_SIDE}, {KW_cover, RADIAL_FARTHEST_CORNER},
		{KW_contain, RADIAL_CLOSEST_SIDE}, {0}};
	bool any = false, ellipse = false;
	for (int i = 0; i < 2; i++) {
		int size;
		if (wxss_read_keyword(r, KW_circle)) {
			image->circle = any = true;
		} else if (wxss_read_keyword(r, KW_ellipse)) {
			ellipse = any = true;
		} else if (wxss_read_choice(r, sizes, &size)) {
			image->radial_size = (enum radial_size)size;
			any = true;
		} else if (wxss_read_length(r, F_PERCENT, &image->radius_x)) {
			image->radial_size = RADIAL_LENGTHS;
			any = true;
			image->radius_y = image->radius_x;
			if (!wxss_read_length(r, F_PERCENT, &image->radius_y) && !ellipse) {
				image->circle = true;
			}
		}
	}
	return any;
}

static bool read_radial(struct wxss_reader *r, bool prefixed, struct style_image *image)
{
	image->kind = IMAGE_RADIAL;
	image->center_x = image->center_y = wxss_length_percent(0.5f);
	bool head;
	if (prefixed) { // position, shape size, stops
		head = wxss_read_position(r, &image->center_x, &image->center_y);
		if (head && !wxss_read_comma(r)) {
			return false;
		}
		head = read_radial_shape(r, image);
	} else {
		head = read_radial_shape(r, image);
		if (wxss_read_keyword(r, KW_at)) {
			head = true;
			if (!wxss_read_position(r, &image->center_x, &image->center_y)) {
				return false;
			}
		}
	}
	return (!head || wxss_read_comma(r)) && read_stops(r, false, image);
}

static bool read_conic(struct wxss_reader *r, struct style_image *image)
{
	image->kind = IMAGE_CONIC;
	image->center_x = image->center_y = wxss_length_percent(0.5f);
	bool head = false;
	if (wxss_read_keyword(r, KW_from)) {
		head = true;
		if (!wxss_read_angle(r, &image->angle)) {
			return false;
		}
	}
	if (wxss_read_keyword(r, KW_at)) {
		head = true;
		if (!wxss_read_position(r, &image->center_x, &image->center_y)) {
			return false;
		}
	}
	return (!head || wxss_read_comma(r)) && read_stops(r, true, image);
}

/* ---- -webkit-gradient(linear, x y, x y, from(), color-stop(), to()) ---- */

static bool read_old_stop(struct wxss_reader *r, struct stop_list *list)
{
	struct wxss_reader inner;
	const struct wxss_part *function;
	color_t color;
	float place = 0;
	if (!wxss_read_function(r, &inner, &function)) {
		return false;
	}
	if (function->keyword == KW_color_stop) {
		if (!wxss_read_number_or_percent(&inner, &place) || !wxss_read_comma(&inner)) {
			return false;
		}
	} else if (function->keyword == KW_to) {
		place = 1;
	} else if (function->keyword != KW_from) {
		return false;
	}
	return wxss_read_color(&inner, &color) && wxss_read_end(&inner) && add_stop(list, color, wxss_length_percent(place));
}

static void sort_stops(struct stop_list *list)
{
	for (size_t i = 1; i < list->count; i++) {
		struct gradient_stop stop = list->at[i];
		size_t k = i;
		for (; k > 0 && list->at[k - 1].at.percent > stop.at.percent; k--) {
			list->at[k] = list->at[k - 1];
		}
		list->at[k] = stop;
	}
}

static bool read_old_gradient(struct wxss_reader *r, struct style_image *image)
{
	struct length x1, y1, x2, y2;
	float radius;
	bool radial = wxss_read_keyword(r, KW_radial);
	if ((!radial && !wxss_read_keyword(r, KW_linear)) || !wxss_read_comma(r) || !wxss_read_position(r, &x1, &y1) || !wxss_read_comma(r)
		|| (radial && (!wxss_read_number(r, &radius) || !wxss_read_comma(r))) || !wxss_read_position(r, &x2, &y2)
		|| (radial && (!wxss_read_comma(r) || !wxss_read_number(r, &radius)))) {
		return false;
	}
	struct stop_list list;
	list.count = 0;
	while (wxss_read_comma(r)) {
		if (!read_old_stop(r, &list)) {
			return false;
		}
	}
	if (list.count < 2 || !wxss_read_end(r)) {
		return false;
	}
	if (radial) {
		image->kind = IMAGE_RADIAL;
		image->circle = true;
		image->radial_size = RADIAL_LENGTHS;
		image->radius_x = image->radius_y = wxss_length_px(radius);
		image->center_x = x2;
		image->center_y = y2;
	} else {
		float dx = x2.percent - x1.percent, dy = y2.percent - y1.percent;
		image->kind = IMAGE_LINEAR;
		set_direction(image, dx > 0 ? 1 : dx < 0 ? -1 : 0, dy > 0 ? 1 : dy < 0 ? -1 : 0);
	}
	sort_stops(&list);
	set_stops(image, &list);
	return true;
}

struct gradient_row {
	enum wxss_keyword keyword;
	enum image_kind kind;
	bool prefixed, repeating;
};

static const struct gradient_row gradient_rows[] = {
	{KW_linear_gradient, IMAGE_LINEAR, false, false},
	{KW_repeating_linear_gradient, IMAGE_LINEAR, false, true},
	{KW__webkit_linear_gradient, IMAGE_LINEAR, true, false},
	{KW__webkit_repeating_linear_gradient, IMAGE_LINEAR, true, true},
	{KW_radial_gradient, IMAGE_RADIAL, false, false},
	{KW_repeating_radial_gradient, IMAGE_RADIAL, false, true},
	{KW__webkit_radial_gradient, IMAGE_RADIAL, true, false},
	{KW__webkit_repeating_radial_gradient, IMAGE_RADIAL, true, true},
	{KW_conic_gradient, IMAGE_CONIC, false, false},
	{KW_repeating_conic_gradient, IMAGE_CONIC, false, true},
	{KW__webkit_gradient, IMAGE_NONE, true, false},
};

static bool read_gradient(struct wxss_reader *r, struct style_image *image)
{
	struct wxss_reader inner;
	const struct wxss_part *function;
	if (!wxss_read_function(r, &inner, &function)) {
		return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(gradient_rows); i++) {
		const struct gradient_row *row = &gradient_rows[i];
		if (row->keyword == function->keyword) {
			image->repeating = row->repeating;
			return row->kind == IMAGE_LINEAR ? read_linear(&inner, row->prefixed, image)
				: row->kind == IMAGE_RADIAL ? read_radial(&inner, row->prefixed, image)
				: row->kind == IMAGE_CONIC ? read_conic(&inner, image)
				: read_old_gradient(&inner, image);
		}
	}
	return false;
}

bool wxss_read_image(struct wxss_reader *r, struct style_image *ret)
{
	struct style_image image;
	memset(&image, 0, sizeof(image));
	if (r->at == r->end) {
		return false;
	}
	if (r->at->kind == PART_URL) {
		image.kind = IMAGE_URL;
		image.url = wxss_share_text(r->at->text);
		r->at++;
	} else if (!wxss_read_keyword(r, KW_none)) {
		struct wxss_reader before = *r;
		if (!read_gradient(r, &image)) {
			wxss_image_unref(&image);
			*r = before;
			return false;
		}
	}
	memcpy(ret, &image, sizeof(image));
	return true;
}

/* ---- printing ---- */

static void print_angle(float radians, struct strbuf *out)
{
	strbuf_add_number(out, round((double)radians * 57295.77951308232) / 1000);
	strbuf_add_text(out, "deg");
}

static void print_head(const struct style_image *image, struct strbuf *out)
{
	static const char *const sizes[] = {"farthest-corner", "closest-side", "closest-corner", "farthest-side"};
	if (image->kind == IMAGE_LINEAR && image->corner == GRADIENT_TO_CORNER) {
		strbuf_printf(out, "to %s %s", image->to_x < 0 ? "left" : "right", image->to_y < 0 ? "top" : "bottom");
	} else if (image->kind == IMAGE_LINEAR) {
		print_angle(image->angle, out);
	} else if (image->kind == IMAGE_CONIC) {
		strbuf_add_text(out, "from ");
		print_angle(image->angle, out);
	} else {
		strbuf_add_text(out, image->circle ? "circle " : "ellipse ");
		if (image->radial_size != RADIAL_LENGTHS) {
			strbuf_add_text(out, sizes[image->radial_size]);
		} else {
			wxss_print_length(image->radius_x, 0, out);
			if (!image->circle) {
				strbuf_add_char(out, ' ');
				wxss_print_length(image->radius_y, 0, out);
			}
		}
	}
	if (image->kind != IMAGE_LINEAR) {
		strbuf_add_text(out, " at ");
		wxss_print_length(image->center_x, 0, out);
		strbuf_add_char(out, ' ');
		wxss_print_length(image->center_y, 0, out);
	}
}

void wxss_print_image(const struct style_image *image, struct strbuf *out)
{
	static const char *const names[] = {"none", "url", "linear-gradient(", "radial-gradient(", "conic-gradient("};
	if (image->kind == IMAGE_NONE) {
		strbuf_add_text(out, "none");
		return;
	}
	if (image->kind == IMAGE_URL) {
		strbuf_add_text(out, "url(");
		wxss_print_string(image->url, out);
		strbuf_add_char(out, ')');
		return;
	}
	strbuf_add_text(out, image->repeating ? "repeating-" : "");
	strbuf_add_text(out, names[image->kind]);
	print_head(image, out);
	for (size_t i = 0; i < image->stop_count; i++) {
		strbuf_add_text(out, ", ");
		wxss_color_print(image->stops[i].color, out);
		if (image->stops[i].at.kind == LENGTH_FIXED) {
			strbuf_add_char(out, ' ');
			wxss_print_length(image->stops[i].at, 0, out);
		}
	}
	strbuf_add_char(out, ')');
}

/* ---- mask-image: the first layer alone ---- */

static bool read_mask(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct style_image image;
	if (!wxss_read_image(r, &image)) {
		return false;
	}
	wxss_image_unref(&style->mask_image);
	memcpy(&style->mask_image, &image, sizeof(image));
	while (wxss_read_comma(r)) {
		if (!wxss_read_image(r, &image)) {
			return false;
		}
		wxss_image_unref(&image);
	}
	return true;
}

static void print_mask(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	wxss_print_image(&style->mask_image, out);
}

static bool equal_mask(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	return wxss_image_equal(&a->mask_image, &b->mask_image);
}

static void copy_mask(struct style *to, const struct style *from, const struct wxss_property *row)
{
	wxss_image_ref(&from->mask_image);
	wxss_image_unref(&to->mask_image);
	memcpy(&to->mask_image, &from->mask_image, sizeof(to->mask_image));
}

const struct wxss_type wxss_type_image = {read_mask, print_mask, equal_mask, copy_mask, NULL, 0};

#include "core/layout/rounded.h"

bool rounded_is_rect(const struct rounded *shape)
{
	for (int i = 0; i < 4; i++) {
		if (shape->radius_x[i] > 0 && shape->radius_y[i] > 0) {
			return false;
		}
	}
	return true;
}

struct rounded rounded_of_style(const struct style *style, struct rect box)
{
	struct rounded shape = {.rect = box};
	float scale = 1;
	for (int i = 0; i < 4; i++) {
		float x = length_is_auto(style->radius_x[i]) ? 0 : length_resolve(style->radius_x[i], box.width);
		float y = length_is_auto(style->radius_y[i]) ? 0 : length_resolve(style->radius_y[i], box.height);
		bool round = x > 0 && y > 0 && isfinite(x) && isfinite(y);
		shape.radius_x[i] = round ? x : 0;
		shape.radius_y[i] = round ? y : 0;
	}
	const float *rx = shape.radius_x, *ry = shape.radius_y;
	float sums[4] = {rx[0] + rx[1], ry[1] + ry[2], rx[2] + rx[3], ry[3] + ry[0]};
	for (int i = 0; i < 4; i++) {
		float side = i % 2 ? box.height : box.width;
		if (sums[i] > side) {
			scale = float_min(scale, float_max(side, 0) / sums[i]);
		}
	}
	for (int i = 0; i < 4; i++) {
		shape.radius_x[i] *= scale;
		shape.radius_y[i] *= scale;
	}
	return shape;
}

struct rounded rounded_inset(struct rounded shape, struct insets by)
{
	const float x[4] = {by.left, by.right, by.right, by.left}, y[4] = {by.top, by.top, by.bottom, by.bottom};
	struct rounded inner = {.rect = rect_inset(shape.rect, by)};
	for (int i = 0; i < 4; i++) {
		inner.radius_x[i] = float_max(shape.radius_x[i] - x[i], 0);
		inner.radius_y[i] = float_max(shape.radius_y[i] - y[i], 0);
		if (inner.radius_x[i] == 0 || inner.radius_y[i] == 0) {
			inner.radius_x[i] = inner.radius_y[i] = 0;
		}
	}
	return inner;
}

bool rounded_contains(const struct rounded *shape, struct point at)
{
	struct rect r = shape->rect;
	if (!rect_contains(r, at)) {
		return false;
	}
	for (int i = 0; i < 4; i++) {
		float rx = shape->radius_x[i], ry = shape->radius_y[i];
		bool right = i == CORNER_TOP_RIGHT || i == CORNER_BOTTOM_RIGHT, bottom = i >= CORNER_BOTTOM_RIGHT;
		float x = right ? at.x - (r.x + r.width - rx) : r.x + rx - at.x;
		float y = bottom ? at.y - (r.y + r.height - ry) : r.y + ry - at.y;
		if (rx > 0 && x > 0 && y > 0 && x * x / (rx * rx) + y * y / (ry * ry) > 1) {
			return false;
		}
	}
	return true;
}

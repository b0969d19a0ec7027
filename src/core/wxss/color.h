/* Colours as text: names, #hex, rgb() and hsl() arguments, and the way back. */
#ifndef MINA_WXSS_COLOR_H
#define MINA_WXSS_COLOR_H

#include "core/wxss/style.h"

struct wxss_part;

bool wxss_color_named(struct str name, color_t *ret_color); // with "transparent"
bool wxss_color_parse(struct str text, color_t *ret_color); // any but currentColor: "#fff", "red", "rgba(0, 0, 0, .5)"; false leaves *ret_color
bool wxss_color_hex(struct str digits, color_t *ret_color); // without the "#"
/* The arguments of rgb(), rgba(), hsl() or hsla(), in the old and the modern syntax. */
bool wxss_color_function(struct str name, const struct wxss_part *args, size_t count, color_t *ret_color);
void wxss_color_print_hex(color_t color, struct strbuf *out);
void wxss_color_print(color_t color, struct strbuf *out); // "rgb(0, 0, 0)" as getComputedStyle
/* Between a and b, premultiplied as CSS interpolates. */
color_t wxss_color_mix(color_t a, color_t b, float t);

#endif

/* The properties: one row each in property.def, read by generic code. A row names its field of
 * struct style and its type, which knows how to read, print, compare, copy and mix the field. */
#ifndef MINA_WXSS_PROPERTY_H
#define MINA_WXSS_PROPERTY_H

#include "core/wxss/reader.h"

enum wxss_property_id { // in byte order of the names
#define PROPERTY(id, name, type, field, choices, flags) PROPERTY_##id,
#include "core/wxss/property.def"
#undef PROPERTY
	PROPERTY_COUNT,
	PROPERTY_CUSTOM = PROPERTY_COUNT, // --name
	PROPERTY_NONE,
};

enum wxss_property_flags {
	F_INHERIT = 1 << 0, // inherited
	F_LAYOUT = 1 << 1,  // what a change costs
	F_BOX = 1 << 2,
	F_PAINT = 1 << 3,
	F_PERCENT = 1 << 4, // lengths: percentages are allowed
	F_NEGATIVE = 1 << 5,
	F_AUTO = 1 << 6,   // "auto", "none" or "normal" is LENGTH_AUTO
	F_NONE = 1 << 7,
	F_NORMAL = 1 << 8,
	F_SIZES = 1 << 9,  // min-content and the like
	F_CONTENT = 1 << 10,
	F_ORDER = 1 << 11, // has to be applied before the others of its kind
};

struct wxss_property;

struct wxss_type {
	/* Reads the whole value into the style; false: invalid. NULL members have a generic meaning:
	 * equal and copy are by bytes, mix is discrete. */
	bool (*read)(struct wxss_reader *reader, const struct wxss_property *row, struct style *style);
	void (*print)(const struct style *style, const struct wxss_property *row, struct strbuf *out);
	bool (*equal)(const struct style *a, const struct style *b, const struct wxss_property *row);
	void (*copy)(struct style *to, const struct style *from, const struct wxss_property *row);
	/* False: cannot be mixed, *out is untouched. */
	bool (*mix)(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t);
	size_t size;
};

struct wxss_property {
	const char *name;
	const struct wxss_type *type;
	size_t offset; // in struct style
	const struct wxss_choice *choices;
	unsigned flags;
};

extern const struct wxss_property wxss_properties[PROPERTY_COUNT];

/* Longhands by name, with aliases ("-webkit-transform", "word-wrap"); PROPERTY_NONE when unknown. */
enum wxss_property_id wxss_property_find(struct str name);
/* Is it a property that is right but means nothing here ("cursor")? */
bool wxss_property_is_ignored(struct str name);
/* The known name nearest to a mistyped one, or NULL. */
const char *wxss_property_nearest(struct str name);

static inline void *wxss_field(struct style *style, const struct wxss_property *row) { return (char *)style + row->offset; }
static inline const void *wxss_field_const(const struct style *style, const struct wxss_property *row)
{
	return (const char *)style + row->offset;
}

/* Reads a whole value; false and an unspecified field when it is invalid. */
bool wxss_property_read(enum wxss_property_id id, struct wxss_parts parts, const struct wxss_reader *env, struct style *style);
void wxss_property_copy(enum wxss_property_id id, struct style *to, const struct style *from);
bool wxss_property_equal(enum wxss_property_id id, const struct style *a, const struct style *b);
void wxss_property_print(enum wxss_property_id id, const struct style *style, struct strbuf *out);

/* The types, by file. syntax.c: */
extern const struct wxss_type wxss_type_choice, wxss_type_flag, wxss_type_length, wxss_type_px, wxss_type_line_width,
	wxss_type_number, wxss_type_integer, wxss_type_color, wxss_type_radius, wxss_type_pair, wxss_type_spacing,
	wxss_type_ratio, wxss_type_z_index, wxss_type_decoration, wxss_type_object_position, wxss_type_vertical_align,
	wxss_type_clamp;
/* font.c: */
extern const struct wxss_type wxss_type_font_size, wxss_type_font_family, wxss_type_font_weight, wxss_type_line_height,
	wxss_type_text_fill, wxss_type_content;
/* effect.c: */
extern const struct wxss_type wxss_type_shadows, wxss_type_filters;
extern const struct wxss_type wxss_type_transforms;           // transform.c
extern const struct wxss_type wxss_type_tracks, wxss_type_grid_line; // grid.c
extern const struct wxss_type wxss_type_image;                // image.c
extern const struct wxss_type wxss_type_background, wxss_type_mask_repeat, wxss_type_mask_size; // background.c
extern const struct wxss_type wxss_type_animation, wxss_type_transition; // motion.c

/* For types whose field is a shared pointer followed by its count. */
bool wxss_list_equal_bytes(const struct style *a, const struct style *b, const struct wxss_property *row);
void wxss_list_copy(struct style *to, const struct style *from, const struct wxss_property *row);
/* Gives the field a new list of `count` zeroed items and returns it. */
void *wxss_list_replace(struct style *style, const struct wxss_property *row, size_t count, size_t item_size);

#endif

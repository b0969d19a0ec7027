/* Reference-counted blocks of bytes: what the pointers of a struct style point to, so that styles
 * can share shadows, layers and texts with the styles they were copied from. */
#ifndef MINA_WXSS_SHARE_H
#define MINA_WXSS_SHARE_H

#include "core/wxss/style.h"

void *wxss_share_alloc(size_t size); // zeroed; one reference; NULL for size 0
void *wxss_share_ref(const void *block); // NULL is fine
/* True when the last reference went and the block was freed. */
bool wxss_share_unref(void *block);
bool wxss_share_is_last(const void *block); // exactly one reference
size_t wxss_share_size(const void *block);
struct str wxss_share_text(struct str text);

/* Style images and layers hold blocks of their own. */
void wxss_image_ref(const struct style_image *image);
void wxss_image_unref(struct style_image *image); // and zeroes it
bool wxss_image_equal(const struct style_image *a, const struct style_image *b);
void wxss_layers_unref(struct background_layer *layers, size_t count);

/* A copy with one reference that may still be changed. */
struct style *wxss_style_copy(const struct style *style);
/* Initial values; inherited ones from `parent` (NULL: initial). */
struct style *wxss_style_create(const struct style *parent);
/* Do children see no difference between these parents (but for `inherit` of what is not inherited)? */
bool wxss_style_same_heirs(const struct style *a, const struct style *b);
uint32_t wxss_style_hash_heirs(const struct style *style);
/* Do its children become blocks (CSS Display 3, section 2.7)? */
bool wxss_style_holds_items(const struct style *style);

/* In place, for scratch styles that are no references. */
void wxss_style_init(struct style *style);
void wxss_style_finish(struct style *style);

/* Custom properties: a chain of what each ancestor declared. */
struct style_vars {
	unsigned refs;
	struct style_vars *parent;
	size_t count;
	struct wxss_var {
		atom_t name;
		bool invalid; // declared, but without a value (a cycle, `initial`)
		struct str text; // substituted
	} items[]; // by atom, ascending
};
void wxss_vars_unref(struct style_vars *vars);
struct style_vars *wxss_vars_ref(struct style_vars *vars);
/* False: not declared, or invalid. */
bool wxss_vars_get(const struct style_vars *vars, atom_t name, struct str *ret_text);
bool wxss_vars_equal(const struct style_vars *a, const struct style_vars *b);

#endif

/* Pictures: decoding (PNG, JPEG, WebP, GIF's first frame, SVG, BMP) and a cache by URL, which keeps
 * them scaled to the sizes that are drawn. A picture is immutable and reference-counted. */
#ifndef MINA_GFX_IMAGE_H
#define MINA_GFX_IMAGE_H

#include "base/geom.h"
#include "base/str.h"

struct gfx_image;

enum gfx_image_outcome {
	GFX_IMAGE_OK = 0,
	GFX_IMAGE_UNKNOWN = 1,   // no format that is known
	GFX_IMAGE_BROKEN = 2,
	GFX_IMAGE_TOO_LARGE = 3, // above 64 Mpx
};

/* The bytes are not needed afterwards. */
enum gfx_image_outcome gfx_image_decode(struct str bytes, struct gfx_image **ret_image);
void gfx_image_unref(struct gfx_image *image); // NULL is fine
/* Natural size in CSS px; of an SVG without width and height that of its viewBox, else 300 x 150. */
struct size gfx_image_size(const struct gfx_image *image);
/* "png", "jpeg", "webp", "gif", "svg", "bmp" */
const char *gfx_image_format(const struct gfx_image *image);

/* data:[<type>][;base64],<data>, percent-encoded or not. False: not a data URL, or broken base64. */
bool gfx_data_url_decode(struct str url, struct strbuf *ret_bytes);

/* Looks a picture's bytes up: 1 there (*ret_bytes appended to), 0 on the way, -1 cannot be had. Not asked for data: URLs. */
typedef int (*gfx_image_loader)(void *user, struct str url, struct strbuf *ret_bytes);

struct gfx_image_cache;

struct gfx_image_cache *gfx_image_cache_create(gfx_image_loader load, void *user);
void gfx_image_cache_destroy(struct gfx_image_cache *cache);
/* The loader is asked once. 1: *ret_image is lent until the cache drops it; 0 on the way; -1 cannot be had, which is remembered. */
int gfx_image_cache_get(struct gfx_image_cache *cache, struct str url, struct gfx_image **ret_image);
/* The bytes arrived, or will never (len 0): what get() says changes. */
void gfx_image_cache_supply(struct gfx_image_cache *cache, struct str url, struct str bytes);
void gfx_image_cache_forget(struct gfx_image_cache *cache, struct str url); // asked again next time
unsigned gfx_image_cache_version(const struct gfx_image_cache *cache); // changes when what get() says may have

#endif

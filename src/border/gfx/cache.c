// Pictures by URL, and data: URLs.
#include "base/map.h"
#include "base/mem.h"
#include "border/gfx/picture.h"

#include <string.h>

struct slot {
	struct gfx_image *image; // NULL: waiting, or cannot be had
	bool failed, waiting;
};

struct gfx_image_cache {
	gfx_image_loader load;
	void *user;
	struct map slots;
	unsigned version;
};

/* data: URLs (RFC 2397) */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static void percent_decode(struct str text, struct strbuf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '%' && i + 2 < text.len && hex_digit(text.at[i + 1]) >= 0 && hex_digit(text.at[i + 2]) >= 0) {
			c = (char)(hex_digit(text.at[i + 1]) << 4 | hex_digit(text.at[i + 2]));
			i += 2;
		}
		strbuf_add_char(out, c);
	}
}

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z') {
		return c - 'A';
	}
	if (c >= 'a' && c <= 'z') {
		return c - 'a' + 26;
	}
	if (c >= '0' && c <= '9') {
		return c - '0' + 52;
	}
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static bool base64_decode(struct str text, struct strbuf *out)
{
	uint32_t hold = 0;
	int bits = 0;
	for (size_t i = 0; i < text.len; i++) {
		int value = base64_value(text.at[i]);
		if (value < 0) {
			if (text.at[i] == '=' || text.at[i] == ' ' || text.at[i] == '\n' || text.at[i] == '\r' || text.at[i] == '\t') {
				continue;
			}
			return false;
		}
		hold = hold << 6 | (uint32_t)value;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			strbuf_add_char(out, (char)(hold >> bits & 255));
		}
	}
	return true;
}

bool gfx_data_url_decode(struct str url, struct strbuf *ret_bytes)
{
	url = str_trim(url);
	if (url.len < 5 || !str_eq_nocase(str_slice(url, 0, 5), STR("data:"))) {
		return false;
	}
	size_t comma = str_find_char(url, ',');
	if (comma == SIZE_MAX) {
		return false;
	}
	struct str type = str_trim(str_slice(url, 5, comma)), data = str_slice(url, comma + 1, url.len);
	bool base64 = type.len >= 7 && str_eq_nocase(str_slice(type, type.len - 6, type.len), STR("base64"));
	if (!base64) {
		percent_decode(data, ret_bytes);
		return true;
	}
	struct strbuf plain = {0};
	percent_decode(data, &plain);
	bool ok = base64_decode(strbuf_str(&plain), ret_bytes);
	strbuf_finish(&plain);
	return ok;
}

/* The cache */

struct gfx_image_cache *gfx_image_cache_create(gfx_image_loader load, void *user)
{
	struct gfx_image_cache *cache = mem_alloc(sizeof(*cache));
	cache->load = load;
	cache->user = user;
	return cache;
}

static void slot_free(struct slot *slot)
{
	if (slot) {
		gfx_image_unref(slot->image);
		mem_free(slot);
	}
}

void gfx_image_cache_destroy(struct gfx_image_cache *cache)
{
	if (!cache) {
		return;
	}
	MAP_EACH(&cache->slots, entry) {
		slot_free(entry->value);
	}
	map_finish(&cache->slots);
	mem_free(cache);
}

static struct slot *slot_make(struct gfx_image_cache *cache, struct str url)
{
	struct slot *slot = map_get(&cache->slots, url);
	if (!slot) {
		slot = mem_alloc(sizeof(*slot));
		map_set(&cache->slots, url, slot);
	}
	return slot;
}

static void slot_fill(struct slot *slot, struct str bytes)
{
	gfx_image_unref(slot->image);
	slot->image = NULL;
	slot->waiting = false;
	slot->failed = gfx_image_decode(bytes, &slot->image) != GFX_IMAGE_OK;
}

int gfx_image_cache_get(struct gfx_image_cache *cache, struct str url, struct gfx_image **ret_image)
{
	struct slot *slot = slot_make(cache, url);
	if (!slot->image && !slot->failed && !slot->waiting) {
		struct strbuf bytes = {0};
		int answer = -1;
		if (str_starts(url, STR("data:"))) {
			answer = gfx_data_url_decode(url, &bytes) ? 1 : -1;
		} else if (cache->load && url.len) {
			answer = cache->load(cache->user, url, &bytes);
			slot = slot_make(cache, url); // the loader may have supplied or forgotten
		}
		if (answer > 0) {
			slot_fill(slot, strbuf_str(&bytes));
		} else if (answer < 0 && !slot->image) {
			slot->failed = true;
		} else if (!slot->image && !slot->failed) {
			slot->waiting = true; // thousands may ask for it, it is fetched once
		}
		strbuf_finish(&bytes);
	}
	if (slot->image) {
		*ret_image = slot->image;
		return 1;
	}
	return slot->failed ? -1 : 0;
}

void gfx_image_cache_supply(struct gfx_image_cache *cache, struct str url, struct str bytes)
{
	cache->version++;
	slot_fill(slot_make(cache, url), bytes);
}

void gfx_image_cache_forget(struct gfx_image_cache *cache, struct str url)
{
	cache->version++;
	slot_free(map_remove(&cache->slots, url));
}

unsigned gfx_image_cache_version(const struct gfx_image_cache *cache)
{
	return cache->version;
}

/* @media conditions: parsed once, asked of an environment. */
#ifndef MINA_WXSS_MEDIA_H
#define MINA_WXSS_MEDIA_H

#include "base/mem.h"
#include "core/wxss/cascade.h"

struct wxss_media; // NULL: always

/* Conditions around it stay in force: `outer` may be NULL. Never fails: what is not understood
 * does not match. */
const struct wxss_media *wxss_media_parse(struct str text, const struct wxss_media *outer, struct arena *arena);
bool wxss_media_matches(const struct wxss_media *media, const struct wxss_env *env);
const struct wxss_media *wxss_media_outer(const struct wxss_media *media);
void wxss_media_print(const struct wxss_media *media, struct strbuf *out); // without the outer ones

#endif

/* Timing functions as values. */
#ifndef MINA_WXSS_MOTION_H
#define MINA_WXSS_MOTION_H

#include "core/wxss/reader.h"

bool wxss_read_timing(struct wxss_reader *reader, struct timing *ret);
void wxss_print_timing(struct timing timing, struct strbuf *out);
/* "ease-in", "steps(3)": a value by itself. False: *ret is untouched. */
bool wxss_timing_parse(struct str text, struct timing *ret);
bool wxss_timing_equal(struct timing a, struct timing b);
/* Names in `transition-property`: without -webkit-, aliases resolved. */
atom_t wxss_motion_property(struct str name);

#endif

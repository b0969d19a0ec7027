/* Timing functions as values. */
#ifndef MINA_WXSS_MOTION_H
#define MINA_WXSS_MOTION_H

#include "core/wxss/reader.h"

bool wxss_read_timing(struct wxss_reader *reader, struct timing *ret);
void wxss_print_timing(struct timing timing, struct strbuf *out);
bool wxss_timing_equal(struct timing a, struct timing b);
/* Names in `transition-property`: without -webkit-, aliases resolved. */
atom_t wxss_motion_property(struct str name);

#endif

/* @keyframes at a point of time. */
#ifndef MINA_WXSS_KEYFRAME_H
#define MINA_WXSS_KEYFRAME_H

#include "core/wxss/compute.h"
#include "core/wxss/rule.h"

/* As cascade_animate. */
struct style *wxss_keyframes_at(const struct wxss_compute *compute, const struct wxss_keyframes *keyframes,
	const struct style *base, const struct animation *animation, double time, bool *ret_running);

#endif

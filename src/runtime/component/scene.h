/* What a simulated lens sees, and what a simulated live source sends: the same moment gives the same picture. */
#ifndef MINA_COMPONENT_SCENE_H
#define MINA_COMPONENT_SCENE_H

#include "runtime/component/component.h"

struct scene {
	enum { SCENE_LENS, SCENE_LIVE } kind;
	bool front;     // the lens at the front sees a face, the other one a landscape
	double seconds; // of a live source: since it began
};

void scene_draw(struct gfx_canvas *canvas, const struct scene *scene, struct rect at);
/* {bytes (JPEG), width, height}, so large in CSS px, or {errMsg} when there is no room for it; new. `quality`: "high", "low", else normal. */
struct value scene_photograph(const struct scene *scene, struct size size, struct str quality);

#endif

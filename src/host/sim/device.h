/* What kind of device a simulated host is, and how the person has set it: a model, how it is held, its look, its language, the
 * size of its texts. Models are rows; to add one: a row. */
#ifndef MINA_HOST_SIM_DEVICE_H
#define MINA_HOST_SIM_DEVICE_H

#include "core/value/schema.h"
#include "host/sim/sim.h"

struct sim_model {
	const char *name;      // as people say it: "iPhone X"
	const char *brand, *model, *system, *platform; // what wx.getSystemInfo says
	float width, height;   // of the whole screen, upright, CSS px
	float dpr, status_bar;
	float bottom;          // of the safe area; not 0: there are rounded corners, and a notch as high as the status bar
	bool tablet;
};

/* The choices of setDevice's "name", for schemas. */
#define SIM_MODEL_NAMES "iPhone SE|iPhone 6|iPhone 8|iPhone 8 Plus|iPhone X|iPhone 12 mini|iPhone 14|iPhone 15 Pro Max|" \
	"Nexus 5|Pixel 7|Galaxy S8|Mi 11|Mate 60 Pro|iPad|iPad Pro 11"
#define SIM_THEMES "light|dark"
#define SIM_ORIENTATIONS "portrait|landscape"
#define SIM_LANGUAGES "zh_CN|zh_TW|en"

const struct sim_model *sim_model_at(size_t index); // NULL past the end
const struct sim_model *sim_model_find(struct str name);

/* Takes over what `object` has: {name, orientation, theme, language, fontSizeSetting, and screen's measures}. Lent. */
void sim_device_set(struct sim_host *sim, struct value object);
/* The same, and the program hears of it: onWindowResize and onThemeChange. */
void sim_device_change(struct sim_host *sim, struct value object);
/* Facts that were chosen so, over those of the person. */
void sim_device_facts(const struct sim_host *sim, struct value *facts);
/* After facts or the person have changed: what of them the screen's info has. */
void sim_device_refresh(struct sim_host *sim);
/* As it is now, for a form: {name, orientation, theme, language, fontSizeSetting, width, height, dpr, ...}; new. */
struct value sim_device_describe(struct sim_host *sim);

#endif

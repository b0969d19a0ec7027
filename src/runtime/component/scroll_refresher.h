/* What a scroll-view shows when a finger pulls it down from its top (下拉刷新). */
#ifndef MINA_COMPONENT_SCROLL_REFRESHER_H
#define MINA_COMPONENT_SCROLL_REFRESHER_H

#include "runtime/component/component.h"

struct refresher {
	struct node *sheet;  // what the pull bares: dots, or the author's slot="refresher"
	struct node *pulled; // the element that goes down
	double raw, shift;   // CSS px: the finger's way, and what is bared
	double from, to, began; // of a motion
	bool held, moving, open; // `open`: refreshing
};

/* Makes the sheet, below `shadow` and before `pulled`. */
void refresher_create(struct refresher *refresher, struct node *shadow, struct node *pulled);
/* The attributes have changed; name as for `changed`. */
void refresher_changed(struct refresher *refresher, struct component_host *host, struct node *node, atom_t name);
/* May a finger that goes down from the top pull it? */
bool refresher_can_pull(const struct refresher *refresher, const struct node *node);
/* Gives back the CSS px that the content is to be scrolled by instead. */
double refresher_drag(struct refresher *refresher, struct component_host *host, struct node *node, double by);
void refresher_let_go(struct refresher *refresher, struct component_host *host, struct node *node, bool cancelled);
void refresher_woken(struct refresher *refresher, struct component_host *host, struct node *node, bool settle);

#endif

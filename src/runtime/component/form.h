/* A form, as seen by the buttons in it. */
#ifndef MINA_COMPONENT_FORM_H
#define MINA_COMPONENT_FORM_H

#include "runtime/component/component.h"

/* A button with form-type "submit" or "reset" was tapped: the form around it, if there is one, does that. */
void form_press(struct component_host *host, struct node *button, struct str form_type);

#endif

/* <keyboard-accessory>: inside an input or textarea, a bar that stands on the keyboard. Where, the field says (field.c). */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{0},
};

const struct component component_keyboard_accessory = {
	.tag = "keyboard-accessory",
	.doc = "A bar above the keyboard of the input or textarea that it is in.",
	.attributes = attributes,
	.style = "keyboard-accessory { display: none; position: fixed; left: 0; width: 100%; z-index: 9999;"
		" white-space: normal; text-indent: 0 }\n",
};

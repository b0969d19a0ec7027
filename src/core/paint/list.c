// The display list's life.
#include "core/paint/list.h"

void display_list_init(struct display_list *list)
{
	*list = (struct display_list){.canvas = 0xFFFFFFFF};
	arena_init(&list->arena);
}

void display_list_finish(struct display_list *list)
{
	vec_finish(&list->items);
	arena_finish(&list->arena);
}

void display_list_clear(struct display_list *list)
{
	vec_clear(&list->items);
	arena_clear(&list->arena);
	list->size = (struct size){0, 0};
	list->canvas = 0xFFFFFFFF;
}

/* What picker-view and its columns say to each other. */
#ifndef MINA_COMPONENT_PICKER_VIEW_H
#define MINA_COMPONENT_PICKER_VIEW_H

#include "runtime/component/list.h"

/* The picker-view around a column; NULL: there is none. */
struct node *picker_view_of(const struct node *column);
/* The index that the picker-view's value asks of that column. */
int picker_view_wanted(const struct node *view, const struct node *column);
/* A finger has begun to turn a column, or all it moved is at rest. */
void picker_view_began(struct component_host *host, struct node *view);
void picker_view_ended(struct component_host *host, struct node *view);
void picker_view_turned(struct component_host *host, struct node *view); // let go: another item will come to rest
/* The index of a column; goes to it. */
int picker_column_index(const struct node *column);
void picker_column_go(struct component_host *host, struct node *column, int index);
void picker_column_refresh(struct node *column); // the picker-view's looks have changed

#endif

/* Pictures for one viewer: what has changed since the last message, as a message. Owned by its viewer.
 *
 * A message, little endian: u16 width, height (device px), u16 count, then so many steps, to be done in order:
 *   u8 kind: 0 PNG, 1 JPEG; u16 x, y, width, height; u32 size; the picture
 *   u8 kind: 2 copy;        u16 x, y, width, height; u16 x, y of what is shown there by now */
#ifndef MINA_SIMULATOR_STREAM_H
#define MINA_SIMULATOR_STREAM_H

#include "base/str.h"
#include "mina/mina.h"

struct stream;

struct stream *stream_create(void);
void stream_destroy(struct stream *stream); // NULL is fine
/* Appends the message; false: the viewer sees this frame already. exact: without loss, and what was sent with loss anew. */
bool stream_update(struct stream *stream, const struct mina_frame *frame, bool exact, struct strbuf *out);
bool stream_is_exact(const struct stream *stream); // nothing that the viewer sees has losses

#endif

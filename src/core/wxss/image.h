/* Pictures in values: url() and the gradients, old and new syntax. */
#ifndef MINA_WXSS_IMAGE_H
#define MINA_WXSS_IMAGE_H

#include "core/wxss/reader.h"

/* `none`, url() or a gradient; *ret owns share blocks. */
bool wxss_read_image(struct wxss_reader *reader, struct style_image *ret);
void wxss_print_image(const struct style_image *image, struct strbuf *out);

#endif

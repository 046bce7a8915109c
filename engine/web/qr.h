/* Links as pictures that a phone's camera reads. */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "base/buf.h"

/* Appends a whole SVG picture, black on white whatever the page's colours are; false, with nothing
 * appended, when the text is too long for one. */
bool qr_write(struct str text, struct buf *out);

#endif

/* Files that come with an inject: `attachments: [files/mail.eml]`. */
#ifndef LOAD_ATTACHMENTS_H
#define LOAD_ATTACHMENTS_H

#include "load/form.h"

extern const struct form attachments_form; /* one of them, when it is a mapping */

/* Fills a struct def_inject's attachments. */
form_read attachments_read;

/* Whether the path ends like a picture's. */
bool attachments_is_picture(struct str path);

/* Warns of files under files/ that nothing shows. Comes when all injects are read. */
void attachments_warn_unused(struct loader *loader);

#endif

/* What the file still holds of rows that are gone. */
#ifndef RECORD_REMAINS_H
#define RECORD_REMAINS_H

#include "record/handle.h"

/* Writes over it, in the file and in its write-ahead log, and notes for record_has_remains whether
 * that was possible. Comes after the commit: the erasing itself stands either way. */
void remains_wipe(struct record *record);

#endif

/* What app/disk.c and app/disk_list.c share; nobody else includes it. */
#ifndef APP_DISK_PARTS_H
#define APP_DISK_PARTS_H

#include "base/arena.h"

enum { DISK_HOMES = 8 };

/* Where shared things are looked for, in this order: the place that was named or `first`, here,
 * what was installed with the program, beside it, and above it, where it was built. NULL behind the
 * last. */
void disk_find_homes(
    const char *named, const char *first, struct arena *arena, const char *ret_homes[DISK_HOMES]);

#endif

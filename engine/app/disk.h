/* Files: the only place that reads an author's. */
#ifndef APP_DISK_H
#define APP_DISK_H

#include "load/load.h"

/* A whole file, at most LIMIT_FILE_BYTES; "-" is standard input. */
bool disk_read(const char *path, struct arena *arena, struct str *ret_bytes, struct err *reterr);

/* Writes a whole file beside its place and moves it there, so that it is never half-written. What
 * is no ordinary file, and `never` (the record that is being read; may be NULL), is not replaced.
 */
bool disk_write(const char *path, struct str bytes, const char *never, struct err *reterr);

/* A scenario's folder, by path or by its name under scenarios/, with the shared files that it asks
 * for. These are looked for in `home`, else two folders above the scenario, else here. */
bool disk_bundle(const char *scenario, const char *home, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr);

#endif

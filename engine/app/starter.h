/* The small scenario that `tocsin new` writes. The files lie in engine/app/starter/ and are
 * embedded by the build. */
#ifndef APP_STARTER_H
#define APP_STARTER_H

#include <stddef.h>

/* One file; the text ends with a 0 that its length does not count. */
struct starter_file {
    const char *path;
    const unsigned char *bytes;
    size_t len;
};

extern const struct starter_file starter_files[];
extern const size_t starter_file_count;

#endif

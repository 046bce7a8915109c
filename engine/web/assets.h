/* The files of engine/web/assets/, carried inside the program so that it needs no folder beside it.
 * cmake/embed.cmake generates the source. */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include <stddef.h>

struct web_asset {
    const char *path;           /* relative to assets/, "page.css" */
    const unsigned char *bytes; /* followed by a 0 that len does not count */
    size_t len;
};

extern const struct web_asset web_assets[]; /* sorted by path */
extern const size_t web_asset_count;

#endif

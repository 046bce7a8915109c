/* The scenario's files as responses: one for each that was asked for, shared by all who read it, so
 * that a hundred slow readers hold no hundred copies. */
#ifndef WEB_FILES_H
#define WEB_FILES_H

#include <microhttpd.h>

#include "base/arena.h"
#include "base/index.h"

/* Plain data in an arena; a zeroed one is empty. Files that an exercise was made of never change.
 */
struct files {
    struct MHD_Response **responses;
    size_t count, capacity;
    struct index index; /* by path */
};

void files_fini(struct files *files); /* gives the responses up; the arena is the caller's */

/* The response for a path, or NULL when nobody has asked for it yet. */
struct MHD_Response *files_find(const struct files *files, struct str path);

/* Takes the response over. */
void files_add(
    struct files *files, struct arena *arena, struct str path, struct MHD_Response *response);

#endif

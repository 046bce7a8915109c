/* A list and its index. MHD counts who still uses a response, so that giving ours up is safe while
 * somebody is reading. */
#include "web/files.h"

void files_fini(struct files *files)
{
    for (size_t i = 0; i < files->count; i++)
        MHD_destroy_response(files->responses[i]);
    *files = (struct files){0};
}

struct MHD_Response *files_find(const struct files *files, struct str path)
{
    int at = index_find(&files->index, path);
    return at == INDEX_NONE ? NULL : files->responses[at];
}

void files_add(
    struct files *files, struct arena *arena, struct str path, struct MHD_Response *response)
{
    files->responses = arena_grow(
        arena, files->responses, files->count, &files->capacity, sizeof(*files->responses));
    files->responses[files->count] = response;
    index_add(&files->index, arena, arena_str(arena, path), (int)files->count++);
}

/* Loading, and counting who uses what was loaded. */
#include "app/loaded.h"

#include <stdlib.h>

#include "app/past.h"
#include "script/check.h"

static struct loaded *new_loaded(void)
{
    struct loaded *loaded = calloc(1, sizeof(*loaded));
    if (loaded == NULL)
        abort();
    loaded->user_count = 1;
    return loaded;
}

struct loaded *loaded_from_bundle(
    const struct bundle *bundle, struct problems *problems, struct err *reterr)
{
    struct loaded *loaded = new_loaded();
    struct mentions unused;
    if (load_scenario(bundle, &loaded->arena, problems, &loaded->def, &loaded->rules) &&
        check_story(&loaded->def, &loaded->arena, problems, &unused))
        return loaded;
    problems_to_err(problems, reterr);
    loaded_release(loaded);
    return NULL;
}

struct loaded *loaded_from_record(struct record *record, struct str exercise, struct err *reterr)
{
    struct loaded *loaded = new_loaded();
    struct past_pinned pinned = {&loaded->def, &loaded->rules};
    if (past_load_pinned(record, exercise, &loaded->arena, pinned, reterr))
        return loaded;
    loaded_release(loaded);
    return NULL;
}

struct loaded *loaded_share(struct loaded *loaded)
{
    loaded->user_count++;
    return loaded;
}

void loaded_release(struct loaded *loaded)
{
    if (loaded == NULL || --loaded->user_count > 0)
        return;
    arena_fini(&loaded->arena);
    free(loaded);
}

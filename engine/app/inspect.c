/* In the order in which one finds things: what cannot be read hides what could be said about it. */
#include "app/inspect.h"

#include "load/review.h"
#include "script/check.h"
#include "script/dry_run.h"
#include "script/script.h"

/* Reads the story and runs its top level. */
static bool inspect_story(const struct def *def, struct arena *arena, struct problems *problems,
    struct mentions *ret_mentions)
{
    struct script *script;
    size_t errors_before = problems->error_count;
    check_story(def, arena, problems, ret_mentions);
    if (script_new(def, 0, problems, &script))
        script_free(script);
    return problems->error_count == errors_before;
}

bool inspect_scenario(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct load_result *ret_result)
{
    struct mentions mentions;
    *ret_result = (struct load_result){0};
    if (!load_with_places(bundle, arena, problems, ret_result))
        return false;
    const struct def *def = &ret_result->def;
    bool is_sound = inspect_story(def, arena, problems, &mentions);
    bool *came = ARENA_ARRAY(arena, def->inject_count + 1, bool);
    if (!is_sound)
        return false; /* a misspelt id would be told again as a thing that nothing fires */
    dry_run(def, problems, came);
    review_scenario(&(struct review){
        .bundle = bundle,
        .loaded = ret_result,
        .mentions = mentions,
        .came = came,
        .arena = arena,
        .problems = problems,
    });
    return problems->error_count == 0;
}

/* A formula of "or" and "and" over patterns, each of which is met once and stays so. Such a formula
 * can only become true, and the event that made it so is the one that a story is given. */
#include "script/match.h"

#include <assert.h>

/* One event's way through the parts. */
struct taking {
    const struct def *def;
    const struct event *event;
    uint32_t met;
    unsigned at; /* the number of the next pattern, from left to right */
};

/* Every part is visited, so that each pattern keeps its number. */
static bool take(const struct match *match, struct taking *taking)
{
    if (match->kind == MATCH_ONE) {
        uint32_t bit = UINT32_C(1) << taking->at++;
        if (pattern_matches(match->pattern, taking->def, taking->event))
            taking->met |= bit;
        return (taking->met & bit) != 0;
    }
    size_t whole = 0;
    for (size_t i = 0; i < match->part_count; i++)
        whole += take(match->parts[i], taking);
    return match->kind == MATCH_ALL ? whole == match->part_count : whole > 0;
}

bool match_take(
    const struct match *match, const struct def *def, const struct event *event, uint32_t *met)
{
    assert(match->pattern_count <= MATCH_PATTERNS);
    struct taking taking = {.def = def, .event = event, .met = *met};
    bool is_whole = take(match, &taking);
    *met = taking.met;
    return is_whole;
}

struct str match_format(const struct match *match, struct arena *arena)
{
    if (match->kind == MATCH_ONE)
        return str_trim(pattern_format(match->pattern, arena));
    struct str text = match->kind == MATCH_ALL ? STR("all of:") : STR("any of:");
    for (size_t i = 0; i < match->part_count; i++)
        text = arena_format(arena, "%.*s%s %.*s", STR_ARG(text), i > 0 ? "," : "",
            STR_ARG(match_format(match->parts[i], arena)));
    return text;
}

/* What a story sees is the state when its reaction began, with what the reaction has written itself
 * laid over it. Numbers are drawn from (seed, story, draw), so that a story which draws more or
 * less often does not shift another's. */
#include "script/look.h"

#include <lauxlib.h>

#include "base/duration.h"
#include "base/random.h"
#include "script/argument.h"
#include "script/happening.h"
#include "script/patterns.h"
#include "script/reaction.h"

/* Backwards to where the last of its patterns is met, then forwards to the event that made it
 * whole: of "any" and a single pattern that is the last event that matched. */
static const struct event *find_last(lua_State *L, const struct match *match, int64_t since_ms)
{
    const struct script *script = script_of(L);
    const struct history *history = &script->history;
    size_t at = history->count;
    uint32_t met = 0;
    bool is_whole = false;
    while (!is_whole && at > 0 && history->events[at - 1].at_ms >= since_ms) {
        sandbox_charge(L, 1 + (int64_t)match->pattern_count);
        is_whole = match_take(match, script->def, &history->events[--at], &met);
    }
    if (!is_whole && at == 0 && history->is_cut)
        luaL_error(L,
            "happened: so much has happened that a story no longer knows it all; ask for what came "
            "later, as in happened(pattern, time_of_the_last_look)");
    if (!is_whole)
        return NULL;
    for (met = 0; !match_take(match, script->def, &history->events[at], &met); at++)
        sandbox_charge(L, 1 + (int64_t)match->pattern_count);
    return &history->events[at];
}

int look_happened(lua_State *L)
{
    const struct match *match = argument_match(L, 1);
    int64_t since_ms = lua_isnoneornil(L, 2) ? 0 : argument_moment(L, 2);
    const struct event *event = find_last(L, match, since_ms);
    if (event == NULL)
        lua_pushnil(L);
    else
        happening_push(L, event);
    return 1;
}

int look_get(lua_State *L)
{
    const struct script *script = script_of(L);
    struct str name = argument_name(L, 1, OF_WORLD);
    const struct story_write *write = reaction_written(L, OF_WORLD, name);
    struct str value =
        write != NULL ? write->value
                      : script->reaction->state->world[index_find(&script->def->world_index, name)];
    lua_pushlstring(L, value.ptr, value.len);
    return 1;
}

/* Whether the reaction has just let it become known. */
static bool is_revealed(const struct script *script, struct str holder, struct str fact)
{
    const struct plan *plan = script->reaction->plan;
    for (size_t i = script->reaction->plan_start; i < plan->count; i++) {
        const struct input_reveal *reveal = &plan->items[i].body.reveal;
        if (plan->items[i].kind == INPUT_REVEAL && str_eq(reveal->fact, fact) &&
            def_parties_hold(script->def, reveal->to, holder))
            return true;
    }
    return false;
}

/* With one argument this is the word of the pattern language. */
int look_knows(lua_State *L)
{
    const struct script *script = script_of(L);
    if (lua_isnoneornil(L, 2))
        return patterns_word(L, "knows");
    if (script->reaction == NULL)
        return luaL_error(L, "knows: only a story can ask who knows what; for a pattern write "
                             "knows {by = \"legal\", fact = \"id\"}");
    struct str party = argument_name(L, 1, OF_PARTY);
    struct str fact = argument_name(L, 2, OF_FACT);
    if (str_is(party, "room"))
        return luaL_error(L, "knows: the room is nobody; ask for a role or a stakeholder");
    const struct def_seat *seat = def_seat_of(script->def, party);
    struct str holder = seat != NULL ? seat->id : party;
    bool is_person = seat != NULL || def_stakeholder(script->def, party) != NULL;
    lua_pushboolean(L, is_person && (state_knows(script->reaction->state, holder, fact) ||
                                        is_revealed(script, holder, fact)));
    return 1;
}

int look_seen(lua_State *L)
{
    lua_pushboolean(L, reaction_has_come(L, argument_name(L, 1, OF_INJECT)));
    return 1;
}

int look_decided(lua_State *L)
{
    const struct script *script = script_of(L);
    struct str id = argument_name(L, 1, OF_QUESTION);
    const struct state_question *question =
        &script->reaction->state->questions[index_find(&script->def->question_index, id)];
    if (question->decided)
        lua_pushlstring(L, question->option.ptr, question->option.len);
    else
        lua_pushnil(L);
    return 1;
}

int look_seated(lua_State *L)
{
    struct str role = argument_name(L, 1, OF_ROLE);
    lua_pushboolean(L, def_seat_of(script_of(L)->def, role) != NULL);
    return 1;
}

int look_time(lua_State *L)
{
    lua_pushinteger(L, script_of(L)->reaction->at_ms);
    return 1;
}

static void set_number(lua_State *L, const char *name, int64_t number)
{
    lua_pushinteger(L, number);
    lua_setfield(L, -2, name);
}

int look_story_time(lua_State *L)
{
    const struct script *script = script_of(L);
    const struct reaction *reaction = script->reaction;
    int64_t epoch_ms = story_clock_at(&reaction->state->story, reaction->at_ms);
    struct calendar_parts parts = calendar_split(epoch_ms, script->def->story_offset_minutes);
    lua_createtable(L, 0, 6);
    set_number(L, "year", parts.year);
    set_number(L, "month", parts.month);
    set_number(L, "day", parts.day);
    set_number(L, "hour", parts.hour);
    set_number(L, "minute", parts.minute);
    set_number(L, "weekday", parts.weekday);
    return 1;
}

/* From 0 up to, and without, below. */
static lua_Integer draw(lua_State *L, lua_Integer below)
{
    struct script *script = script_of(L);
    struct story *story = script->reaction->story;
    return (lua_Integer)random_below(
        (uint64_t)script->seed, story->name, story->draw_count++, (uint64_t)below);
}

static lua_Integer expect_whole(lua_State *L, lua_Integer least, lua_Integer most)
{
    const struct api_row *row = argument_row(L);
    int is_whole;
    lua_Integer number = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &is_whole) : 0;
    if (lua_type(L, 1) != LUA_TNUMBER)
        luaL_error(L, "%s: expected a number, got %s; write %s", row->name, luaL_typename(L, 1),
            row->usage);
    if (number < least || number > most)
        luaL_error(L, "%s: expected a number from %d to %d; write %s", row->name, (int)least,
            (int)most, row->usage);
    return number;
}

int look_random(lua_State *L)
{
    lua_pushinteger(L, 1 + draw(L, expect_whole(L, 1, 1000000000)));
    return 1;
}

int look_chance(lua_State *L)
{
    lua_pushboolean(L, draw(L, 100) < expect_whole(L, 0, 100));
    return 1;
}

int look_pick(lua_State *L)
{
    lua_Integer count = 0;
    if (!lua_istable(L, 1))
        return luaL_error(L, "pick: expected a list, got %s; write %s", luaL_typename(L, 1),
            argument_row(L)->usage);
    while (lua_rawgeti(L, 1, count + 1) != LUA_TNIL) {
        sandbox_charge(L, 1);
        lua_pop(L, 1);
        count++;
    }
    if (count == 0)
        return luaL_error(L, "pick: the list is empty");
    lua_rawgeti(L, 1, 1 + draw(L, count));
    return 1;
}

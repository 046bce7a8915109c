/* A jump is decided when the reaction is over. One with a sheet makes the story wait, and a story
 * that waits for a sheet that was never opened would wait for ever: so whether the sheet can be
 * opened is found here, from the state and from what was asked for before in the same plan. */
#include "script/jump.h"

#include <lauxlib.h>

#include "script/argument.h"
#include "script/reaction.h"
#include "script/wait.h"

static bool read_sheet(lua_State *L, int index)
{
    lua_pushliteral(L, "sheet");
    int type = lua_rawget(L, index);
    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        luaL_error(L, "jump: sheet is true or false, got %s", luaL_typename(L, -1));
    bool sheet = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return sheet;
}

static void jump_to_phase(lua_State *L, struct input_jump *ret_body)
{
    static const struct str names[] = {STR_INIT("phase"), STR_INIT("sheet")};
    argument_options(L, 1, (struct strs){names, 2});
    ret_body->sheet = read_sheet(L, 1);
    lua_pushliteral(L, "phase");
    lua_rawget(L, 1);
    struct str phase = argument_name(L, lua_gettop(L), OF_PHASE);
    if (def_phase(script_of(L)->def, phase)->begins_ms == 0)
        luaL_error(L,
            "jump: scenario.yaml does not say when the phase \"%s\" begins; give it a begins:, or "
            "jump by a duration",
            phase.ptr);
    ret_body->phase = reaction_keep(L, phase);
}

/* The calendar as it will stand when this jump is decided. */
struct ahead {
    int64_t story_ms;
    bool is_gap_open;
};

static int64_t target_of(
    const struct def *def, const struct ahead *ahead, const struct input_jump *body)
{
    if (body->phase.len != 0)
        return def_phase(def, body->phase)->begins_ms;
    return ahead->story_ms + body->by_ms;
}

/* What was planned before and cannot be is refused, and changes nothing. */
static struct ahead look_ahead(const struct script *script)
{
    const struct reaction *reaction = script->reaction;
    const struct state *state = reaction->state;
    struct ahead ahead = {story_clock_at(&state->story, reaction->at_ms), state->gap_open};
    for (size_t i = 0; i < reaction->plan->count; i++) {
        const struct input *planned = &reaction->plan->items[i];
        if (planned->kind != INPUT_JUMP || ahead.is_gap_open)
            continue;
        int64_t target_ms = target_of(script->def, &ahead, &planned->body.jump);
        if (!story_clock_can_jump(ahead.story_ms, target_ms))
            continue;
        if (planned->body.jump.sheet)
            ahead.is_gap_open = true;
        else
            ahead.story_ms = target_ms;
    }
    return ahead;
}

static void check_sheet(lua_State *L, const struct input_jump *body)
{
    const struct script *script = script_of(L);
    struct ahead ahead = look_ahead(script);
    if (ahead.is_gap_open)
        luaL_error(L, "jump: another gap sheet is open, and there is one at a time; wait until it "
                      "is closed");
    int64_t target_ms = target_of(script->def, &ahead, body);
    if (!story_clock_can_jump(ahead.story_ms, target_ms))
        luaL_error(L,
            target_ms <= ahead.story_ms
                ? "jump: the calendar has already come to where the phase \"%s\" begins, so that "
                  "there are no hours for a sheet"
                : "jump: the phase \"%s\" begins more than a year from now",
            body->phase.ptr);
}

int jump_calendar(lua_State *L)
{
    static const struct str names[] = {STR_INIT("sheet")};
    struct input_jump body = {0};
    if (lua_istable(L, 1)) {
        jump_to_phase(L, &body);
    } else {
        body.by_ms = argument_duration(L, 1, LIMIT_JUMP_MS);
        if (body.by_ms == 0) /* without a length it would close a sheet that is open */
            return luaL_error(L, "jump: \"%s\" is no time to go on by", lua_tostring(L, 1));
        if (argument_options(L, 2, (struct strs){names, 1}))
            body.sheet = read_sheet(L, 2);
    }
    if (body.sheet)
        check_sheet(L, &body);
    reaction_plan(L, INPUT_JUMP, 2)->body.jump = body;
    return body.sheet ? wait_for_sheet(L) : 0;
}

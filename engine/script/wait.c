/* A story that waits has yielded, with what it waits for written down in its struct. When it goes
 * on, the function that waited continues and makes its answer within the story's own budget. */
#include "script/wait.h"

#include <lauxlib.h>

#include "script/argument.h"
#include "script/happening.h"
#include "script/patterns.h"
#include "script/reaction.h"

static int leave(
    lua_State *L, const struct match *match, int64_t due_ms, lua_KFunction continuation)
{
    struct story *story = script_of(L)->reaction->story;
    story->match = match;
    story->met = 0;
    story->due_ms = due_ms;
    return lua_yieldk(L, 0, 0, continuation);
}

static int give_event(lua_State *L, int status, lua_KContext context)
{
    (void)status, (void)context;
    const struct event *event = script_of(L)->reaction->event;
    if (event == NULL)
        lua_pushnil(L);
    else
        happening_push(L, event);
    return 1;
}

static int give_nothing(lua_State *L, int status, lua_KContext context)
{
    (void)L, (void)status, (void)context;
    return 0;
}

/* What ends an await may be that the question expired. */
static int give_option(lua_State *L, int status, lua_KContext context)
{
    (void)status, (void)context;
    const struct event *event = script_of(L)->reaction->event;
    if (event == NULL || event->kind != EVENT_DECIDED)
        lua_pushnil(L);
    else
        lua_pushlstring(L, event->body.decided.option.ptr, event->body.decided.option.len);
    return 1;
}

/* An event at the bound itself is in time. */
static int64_t read_bound(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index))
        return -1;
    return script_of(L)->reaction->at_ms + argument_duration(L, index, LIMIT_EXERCISE_MS) + 1;
}

int wait_await(lua_State *L)
{
    const struct match *match = argument_match(L, 1);
    return leave(L, match, read_bound(L, 2), give_event);
}

/* Without a time the question's own countdown ends the waiting; with one, a late decision counts.
 */
int wait_ask(lua_State *L)
{
    const struct script *script = script_of(L);
    struct str id = argument_name(L, 1, OF_QUESTION);
    int64_t due_ms = read_bound(L, 2);
    int at = index_find(&script->def->question_index, id);
    const struct def_question *asked = &script->def->questions[at];
    const struct state_question *question = &script->reaction->state->questions[at];
    if (question->decided) {
        lua_pushlstring(L, question->option.ptr, question->option.len);
        return 1;
    }
    bool came = reaction_has_come(L, asked->inject),
         will_come = reaction_can_come(L, asked->inject);
    if (!came)
        reaction_fire(L, asked->inject, 0);
    if ((!came && !will_come) || (question->expired && due_ms < 0)) {
        lua_pushnil(L);
        return 1;
    }
    return leave(L, patterns_answer(L, asked->id, due_ms < 0), due_ms, give_option);
}

int wait_for(lua_State *L)
{
    int64_t ms = argument_duration(L, 1, LIMIT_EXERCISE_MS);
    return ms == 0 ? 0 : leave(L, NULL, script_of(L)->reaction->at_ms + ms, give_nothing);
}

int wait_until(lua_State *L)
{
    int64_t at_ms = argument_duration(L, 1, LIMIT_EXERCISE_MS);
    return at_ms <= script_of(L)->reaction->at_ms ? 0 : leave(L, NULL, at_ms, give_nothing);
}

int wait_for_sheet(lua_State *L)
{
    script_of(L)->reaction->story->awaits_sheet = true;
    return leave(L, NULL, -1, give_nothing);
}

int wait_beat(lua_State *L)
{
    int64_t period_ms = lua_tointeger(L, 1);
    int64_t beat = script_of(L)->reaction->at_ms / period_ms + 1;
    return leave(L, NULL, beat * period_ms, give_nothing);
}

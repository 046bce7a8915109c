/* Each plans one input. Nothing here changes the exercise: decide does, when the reaction is over,
 * and finds its way through what the facilitator has done meanwhile. */
#include "script/say.h"

#include <lauxlib.h>

#include "script/argument.h"
#include "script/reaction.h"

/* inject("id", {after = "5m"}) */
static int64_t read_after(lua_State *L, int index)
{
    static const struct str names[] = {STR_INIT("after")};
    if (!argument_options(L, index, (struct strs){names, 1}))
        return 0;
    lua_pushliteral(L, "after");
    if (lua_rawget(L, index) == LUA_TNIL)
        return 0;
    return argument_duration(L, lua_gettop(L), LIMIT_EXERCISE_MS);
}

int say_inject(lua_State *L)
{
    struct str id = argument_name(L, 1, OF_INJECT);
    reaction_fire(L, id, read_after(L, 2));
    return 0;
}

int say_contingency(lua_State *L)
{
    struct str id = argument_name(L, 1, OF_INJECT);
    struct str reason = argument_text(L, 2, "the reason");
    if (str_trim(reason).len == 0 || reason.len > STORY_REASON_BYTES)
        return luaL_error(L,
            "contingency: the reason why \"%s\" comes is shown to the facilitator and in the "
            "report; write one of at most %d bytes",
            id.ptr, STORY_REASON_BYTES);
    reaction_fire(L, id, 0)->reason = reaction_keep(L, reason);
    return 0;
}

/* An answer comes as often as it is asked for, so it is no write that `seen` should see. */
int say_reply(lua_State *L)
{
    struct str message = argument_message(L, 1);
    struct str id = argument_name(L, 2, OF_INJECT);
    int64_t after_ms = read_after(L, 3);
    struct input_fire *fire = reaction_fire(L, id, after_ms);
    fire->re = reaction_keep(L, message);
    return 0;
}

/* What a story's message is called; a player may have taken the name. */
static struct str message_id(lua_State *L)
{
    const struct script *script = script_of(L);
    const struct reaction *reaction = script->reaction;
    struct str id;
    for (size_t number = reaction->plan->count;; number++) {
        id = arena_format(
            reaction->plan->arena, "story-%lld-%zu", (long long)script->reaction_count, number);
        if (state_message_find(reaction->state, id) < 0)
            return id;
        sandbox_charge(L, 100);
    }
}

int say_approve(lua_State *L)
{
    const struct state *state = script_of(L)->reaction->state;
    struct str message = argument_message(L, 1);
    struct str party = argument_name(L, 2, OF_STAKEHOLDER);
    const struct state_message *asked = &state->messages[state_message_find(state, message)];
    struct input *input = reaction_plan(L, INPUT_REPLY_AS, 3);
    struct strs sender = {&asked->from, 1};
    input->id = message_id(L);
    input->body.reply_as = (struct input_reply_as){
        .as = reaction_keep(L, party),
        .re = reaction_keep(L, message),
        .to = reaction_keep_list(L, sender),
        .type = MESSAGE_APPROVAL,
        .via = asked->body.via,
    };
    return 0;
}

int say_hint(lua_State *L)
{
    struct str id = argument_name(L, 1, OF_HINT);
    reaction_plan(L, INPUT_HINT, 1)->body.hint.hint = reaction_keep(L, id);
    return 0;
}

int say_reveal(lua_State *L)
{
    struct str fact = argument_name(L, 1, OF_FACT);
    struct strs roles = argument_names(L, 2, OF_ROLE);
    struct input_reveal *body = &reaction_plan(L, INPUT_REVEAL, roles.count)->body.reveal;
    body->fact = reaction_keep(L, fact);
    body->to = reaction_keep_list(L, roles);
    return 0;
}

int say_set(lua_State *L)
{
    const struct def *def = script_of(L)->def;
    struct str name = argument_name(L, 1, OF_WORLD);
    struct str value = argument_text(L, 2, "the value");
    if (!str_is_id(value))
        return luaL_error(L,
            "set: \"%s\" cannot be a value of \"%s\"; use small letters, digits, \"-\" and \"_\"",
            value.ptr, name.ptr);
    struct event_world_set *body = &reaction_plan(L, INPUT_SET, 1)->body.set;
    body->name = def->world[index_find(&def->world_index, name)].id;
    body->value = reaction_keep(L, value);
    reaction_remember(L, OF_WORLD, body->name, body->value);
    return 0;
}

int say_begin_phase(lua_State *L)
{
    struct str phase = argument_name(L, 1, OF_PHASE);
    reaction_plan(L, INPUT_PHASE, 1)->body.phase.phase = reaction_keep(L, phase);
    return 0;
}

int say_finish(lua_State *L)
{
    reaction_plan(L, INPUT_END, 1);
    return 0;
}

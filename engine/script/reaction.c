/* Two bounds hold at once: what one story asks for in one go, and what all of them bring about at
 * one moment, because two handlers that set each other off never ask for much at one go. */
#include "script/reaction.h"

#include <lauxlib.h>

#include "script/argument.h"

struct input *reaction_plan(lua_State *L, enum input_kind kind, size_t events)
{
    const struct script *script = script_of(L);
    const struct reaction *reaction = script->reaction;
    const char *name = argument_row(L)->name;
    if (reaction->plan->count - reaction->plan_start >= STORY_PLAN_INPUTS)
        luaL_error(L, "%s: a story does at most %d things without waiting in between", name,
            STORY_PLAN_INPUTS);
    int64_t since = reaction->state->last_seq - script->moment.last_seq;
    if (since + (int64_t)(reaction->plan->count + events) > STORY_STEP_EVENTS)
        luaL_error(L,
            "%s: the stories bring about more than %d things at one moment; do they set each other "
            "off? let them wait in between",
            name, STORY_STEP_EVENTS);
    return plan_add(reaction->plan, kind, ACTOR_STORY);
}

void reaction_remember(lua_State *L, enum field_of of, struct str name, struct str value)
{
    struct reaction *reaction = script_of(L)->reaction;
    reaction->writes[reaction->write_count++] = (struct story_write){name, value, of};
}

const struct story_write *reaction_written(lua_State *L, enum field_of of, struct str name)
{
    const struct reaction *reaction = script_of(L)->reaction;
    for (size_t i = reaction->write_count; i > 0; i--) {
        const struct story_write *write = &reaction->writes[i - 1];
        if (write->of == of && str_eq(write->name, name))
            return write;
    }
    return NULL;
}

static const struct state_inject *find(lua_State *L, struct str id)
{
    const struct state *state = script_of(L)->reaction->state;
    return &state->injects[state_inject_find(state, id)];
}

bool reaction_can_come(lua_State *L, struct str inject)
{
    const struct state_inject *found = find(L, inject);
    return !found->held && !found->skipped &&
           found->def->level <= script_of(L)->reaction->state->difficulty;
}

bool reaction_has_come(lua_State *L, struct str inject)
{
    return find(L, inject)->delivered_ms >= 0 || reaction_written(L, OF_INJECT, inject) != NULL;
}

struct input_fire *reaction_fire(lua_State *L, struct str inject, int64_t after_ms)
{
    struct str id = def_inject(script_of(L)->def, inject)->id;
    struct input_fire *fire = &reaction_plan(L, INPUT_FIRE, 1)->body.fire;
    fire->inject = id;
    fire->after_ms = after_ms;
    if (after_ms == 0 && reaction_can_come(L, id))
        reaction_remember(L, OF_INJECT, id, STR(""));
    return fire;
}

struct str reaction_keep(lua_State *L, struct str text)
{
    return arena_str(script_of(L)->reaction->plan->arena, text);
}

struct strs reaction_keep_list(lua_State *L, struct strs list)
{
    return arena_strs(script_of(L)->reaction->plan->arena, list);
}

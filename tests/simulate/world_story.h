/* The story of a random scenario, and all its files together. */
#ifndef SIMULATE_WORLD_STORY_H
#define SIMULATE_WORLD_STORY_H

#include "simulate/world.h"

/* What looks, what draws lots, and what answers. */
static inline void world_add_new_statement(struct world *world, struct buf *out)
{
    struct str inject = world_inject(world), other = world_inject(world), fact = world_fact(world);
    struct str role = WORLD_PICK(world, world_roles), who = WORLD_PICK(world, world_outsiders);
    struct str question = world->questions[0].len != 0 ? world->questions[0] : STR("");
    int minutes = (int)dice_below(world->dice, 8) + 1;
    switch (dice_below(world->dice, 13)) {
    case 0:
        buf_format(out, "  await(any(opened '%.*s', message {to = '%.*s'}), '%dm')\n",
            STR_ARG(other), STR_ARG(role), minutes);
        break;
    case 1:
        buf_format(out, "  await(all(opened '%.*s', opened '%.*s'), '%dm')\n", STR_ARG(inject),
            STR_ARG(other), minutes);
        break;
    case 2:
        buf_format(out, "  if happened(message {to = '%.*s'}, '%dm') then inject '%.*s' end\n",
            STR_ARG(role), minutes, STR_ARG(inject));
        break;
    case 3:
        buf_format(out,
            "  if chance(50) then inject(pick {'%.*s', '%.*s'}) else wait(random(9) .. 's') end\n",
            STR_ARG(inject), STR_ARG(other));
        break;
    case 4:
        buf_format(out, "  reveal('%.*s', '%.*s')\n", STR_ARG(fact), STR_ARG(role));
        break;
    case 5:
        buf_format(out, "  hint 'look-up'\n");
        break;
    case 6:
        buf_format(out,
            "  local m = await(message {to = '%.*s'}, '%dm')\n  if m then reply(m, '%.*s') end\n",
            STR_ARG(who), minutes, STR_ARG(inject));
        break;
    case 7:
        buf_format(out,
            "  local d = await(message {type = 'approval-request', to = '%.*s'}, '%dm')\n"
            "  if d then approve(d, '%.*s') end\n",
            STR_ARG(who), minutes, STR_ARG(who));
        break;
    case 8:
        buf_format(out, "  jump {phase = 'second', sheet = %s}\n",
            dice_chance(world->dice, 50) ? "true" : "false");
        break;
    case 9:
        buf_format(out,
            "  if knows('%.*s', '%.*s') and seated '%.*s' then set('server', 'known') end\n",
            STR_ARG(role), STR_ARG(fact), STR_ARG(role));
        break;
    case 10:
        if (question.len != 0)
            buf_format(out, "  if ask('%.*s', '%dm') == nil then inject '%.*s' end\n",
                STR_ARG(question), minutes, STR_ARG(inject));
        break;
    case 11:
        buf_format(
            out, "  if story_time().hour < 12 or time() > 60000 then set('server', 'late') end\n");
        break;
    default:
        if (question.len != 0)
            buf_format(out, "  if decided '%.*s' then inject '%.*s' end\n", STR_ARG(question),
                STR_ARG(other));
    }
}

/* One line of a story. */
static inline void world_add_statement(struct world *world, struct buf *out)
{
    struct str inject = world_inject(world), other = world_inject(world);
    struct str role = WORLD_PICK(world, world_roles);
    int minutes = (int)dice_below(world->dice, 8);
    if (dice_chance(world->dice, 45)) {
        world_add_new_statement(world, out);
        return;
    }
    switch (dice_below(world->dice, 9)) {
    case 0:
    case 1:
        buf_format(out, "  wait '%dm'\n", minutes);
        break;
    case 2:
        buf_format(out, "  await(opened '%.*s', '%dm')\n", STR_ARG(other), minutes);
        break;
    case 3:
        buf_format(out, "  if await(escalation {to = '%.*s'}, '%dm') then inject '%.*s' end\n",
            STR_ARG(role), minutes, STR_ARG(inject));
        break;
    case 4:
        buf_format(out, "  set('server', 'v%d')\n", minutes);
        break;
    case 5:
        buf_format(out, "  inject('%.*s', {after = '%dm'})\n", STR_ARG(inject), minutes);
        break;
    case 6:
        buf_format(out, "  await(message {to = '%.*s'})\n", STR_ARG(role));
        break;
    case 7:
        if (minutes == 0)
            buf_format(out, "  local mistake = {} + 1\n");
        else
            buf_format(out, "  begin_phase 'second'\n");
        break;
    default:
        buf_format(out, "  inject '%.*s'\n", STR_ARG(inject));
    }
}

static inline void world_add_story(struct world *world)
{
    struct buf out = {0};
    int64_t count = dice_below(world->dice, 3) + 1;
    for (int64_t i = 0; i < count; i++) {
        struct str inject = world_inject(world);
        if (dice_chance(world->dice, 20))
            buf_format(&out, "on(opened '%.*s', function()\n", STR_ARG(inject));
        else
            buf_format(&out, "story('story %d', function()\n", (int)i);
        for (int64_t s = dice_below(world->dice, 5) + 1; s > 0; s--)
            world_add_statement(world, &out);
        buf_format(&out, "end)\n");
    }
    world_add_file(world, "story.lua", &out);
}

/* The bundle borrows from world and arena. */
static inline struct bundle world_make(struct world *world, struct dice *dice, struct arena *arena)
{
    *world = (struct world){.arena = arena, .dice = dice};
    world->fact_count = dice_below(dice, WORLD_FACTS) + 1;
    world->inject_count = dice_below(dice, WORLD_INJECTS - 2) + 3;
    for (int64_t i = 0; i < world->fact_count; i++)
        world->facts[i] = dice_secret(dice, arena);
    for (int64_t i = 0; i < world->inject_count; i++) {
        world->injects[i] = dice_secret(dice, arena);
        if (dice_chance(dice, 40))
            world->questions[i] = dice_secret(dice, arena);
    }
    world_add_facts(world);
    world->files[world->file_count++] =
        (struct bundle_file){STR("files/note.txt"), STR("EXERCISE\n")};
    world_add_injects(world);
    world_add_roles(world);
    world_add_scenario(world);
    if (dice_chance(dice, 60))
        world_add_story(world);
    return (struct bundle){.files = world->files, .file_count = world->file_count};
}

#endif

/* A random small scenario, as the files that an author would write. */
#ifndef SIMULATE_WORLD_H
#define SIMULATE_WORLD_H

#include "base/buf.h"
#include "load/load.h"
#include "simulate/dice.h"

enum { WORLD_FACTS = 6, WORLD_INJECTS = 9, WORLD_FILES = 7 };

/* The names that things refer to each other by, chosen before anything is written. */
struct world {
    struct arena *arena;
    struct dice *dice;
    struct str facts[WORLD_FACTS], injects[WORLD_INJECTS], questions[WORLD_INJECTS];
    int64_t fact_count, inject_count;
    struct bundle_file files[WORLD_FILES];
    size_t file_count;
};

static const struct str world_roles[] = {
    STR_INIT("commander"), STR_INIT("handler"), STR_INIT("legal"), STR_INIT("poc")};
static const struct str world_channels[] = {
    STR_INIT("phone"), STR_INIT("mail"), STR_INIT("chat"), STR_INIT("meeting")};
static const struct str world_outsiders[] = {
    STR_INIT("vendor"), STR_INIT("desk"), STR_INIT("press")};

#define WORLD_PICK(world, list)                                                                    \
    dice_pick((world)->dice, (struct strs){list, sizeof(list) / sizeof((list)[0])})

static inline void world_add_file(struct world *world, const char *path, struct buf *text)
{
    world->files[world->file_count++] =
        (struct bundle_file){str_of(path), arena_str(world->arena, buf_str(text))};
    buf_fini(text);
}

/* " key: {en: secret, ja: secret}", with one secret for both. */
static inline void world_add_words(struct world *world, struct buf *out, const char *key)
{
    struct str secret = dice_secret(world->dice, world->arena);
    buf_format(out, "  %s: {en: Say %.*s, ja: 秘密 %.*s}\n", key, STR_ARG(secret), STR_ARG(secret));
}

static inline struct str world_fact(struct world *world)
{
    return world->facts[dice_below(world->dice, world->fact_count)];
}

static inline struct str world_inject(struct world *world)
{
    return world->injects[dice_below(world->dice, world->inject_count)];
}

static inline void world_add_facts(struct world *world)
{
    struct buf out = {0};
    for (int64_t i = 0; i < world->fact_count; i++) {
        buf_format(&out, "- id: %.*s\n", STR_ARG(world->facts[i]));
        world_add_words(world, &out, "text");
        if (dice_chance(world->dice, 60))
            buf_format(&out, "  slot: %s\n", dice_chance(world->dice, 50) ? "scope" : "cause");
        if (i > 0 && dice_chance(world->dice, 30))
            buf_format(&out, "  replaces: %.*s\n", STR_ARG(world->facts[i - 1]));
    }
    world_add_file(world, "facts.yaml", &out);
}

/* What a trigger waits for. */
static inline struct str world_pattern(struct world *world)
{
    struct str fact = world_fact(world), inject = world_inject(world);
    struct str role = WORLD_PICK(world, world_roles), who = WORLD_PICK(world, world_outsiders);
    switch (dice_below(world->dice, 6)) {
    case 0:
        return arena_format(world->arena, "knows: %.*s", STR_ARG(fact));
    case 1:
        return arena_format(world->arena, "opened: %.*s", STR_ARG(inject));
    case 2:
        return arena_format(world->arena, "escalation: {to: %.*s}", STR_ARG(role));
    case 3:
        return arena_format(world->arena, "reached: %.*s", STR_ARG(who));
    case 4:
        if (world->questions[0].len != 0)
            return arena_format(world->arena, "decision: %.*s", STR_ARG(world->questions[0]));
        return STR("action: isolate");
    default:
        return arena_format(world->arena, "message: {to: %.*s}", STR_ARG(role));
    }
}

static inline void world_add_trigger(struct world *world, struct buf *out, int64_t inject)
{
    struct dice *dice = world->dice;
    struct str other = world->injects[inject > 0 ? dice_below(dice, inject) : 0];
    struct str pattern = world_pattern(world);
    int minutes = (int)dice_below(dice, 25), seconds = (int)dice_below(dice, 60);
    int64_t kind = dice_below(dice, 10);
    if (kind <= 2)
        buf_format(out, "  at: %dm%ds\n", minutes, seconds);
    else if (kind == 3)
        buf_format(out, "  story_at: '2026-11-20T22:%02d:%02d+09:00'\n", 10 + minutes, seconds);
    else if (kind <= 5 && inject > 0)
        buf_format(out, "  after: {inject: %.*s, by: %dm}\n", STR_ARG(other), minutes / 5);
    else if (kind == 6)
        buf_format(out, "  when: {%.*s, by: %ds}\n", STR_ARG(pattern), seconds);
    else if (kind == 7)
        buf_format(out, "  unless: {%.*s, within: %dm}\n", STR_ARG(pattern), minutes / 3 + 1);
    else if (kind == 8 && inject > 0)
        buf_format(out, "  unless: {%.*s, within: %dm, of: %.*s}\n", STR_ARG(pattern),
            minutes / 3 + 1, STR_ARG(other));
}

static inline void world_add_question(struct world *world, struct buf *out, struct str id)
{
    struct dice *dice = world->dice;
    struct str role = WORLD_PICK(world, world_roles);
    buf_format(out, "  question:\n    id: %.*s\n  ", STR_ARG(id));
    world_add_words(world, out, "prompt");
    if (dice_chance(dice, 60))
        buf_format(out, "    owner: %.*s\n", STR_ARG(role));
    if (dice_chance(dice, 60))
        buf_format(out, "    within: %dm\n", (int)dice_below(dice, 6) + 1);
    buf_format(out, "    options:\n");
    for (int i = 0; i < 2; i++) {
        struct str option = dice_secret(dice, world->arena);
        buf_format(out, "    - id: %.*s\n    ", STR_ARG(option));
        world_add_words(world, out, "text");
    }
}

static inline void world_add_inject(struct world *world, struct buf *out, int64_t inject)
{
    struct dice *dice = world->dice;
    struct str to = WORLD_PICK(world, world_roles), also = WORLD_PICK(world, world_roles);
    struct str via = WORLD_PICK(world, world_channels);
    struct str who = WORLD_PICK(world, world_outsiders);
    buf_format(out, "- id: %.*s\n  from: %.*s\n  via: %.*s\n", STR_ARG(world->injects[inject]),
        STR_ARG(who), STR_ARG(via));
    if (dice_chance(dice, 20))
        buf_format(out, "  to: room\n");
    else if (dice_chance(dice, 30) && !str_eq(to, also))
        buf_format(out, "  to: [%.*s, %.*s]\n", STR_ARG(to), STR_ARG(also));
    else
        buf_format(out, "  to: %.*s\n", STR_ARG(to));
    world_add_words(world, out, "title");
    world_add_words(world, out, "body");
    world_add_words(world, out, "reason");
    if (dice_chance(dice, 70))
        buf_format(out, "  facts: %.*s\n", STR_ARG(world_fact(world)));
    if (dice_chance(dice, 15))
        buf_format(out, "  repeats: yes\n");
    if (dice_chance(dice, 25))
        buf_format(out, "  level: %d\n", (int)dice_below(dice, 3) + 1);
    if (dice_chance(dice, 20)) {
        struct str name = dice_secret(dice, world->arena);
        buf_format(out,
            "  attachments: [{file: files/note.txt, name: {en: N %.*s, ja: メモ %.*s}}]\n",
            STR_ARG(name), STR_ARG(name));
    }
    if (world->questions[inject].len != 0)
        world_add_question(world, out, world->questions[inject]);
    world_add_trigger(world, out, inject);
}

static inline void world_add_injects(struct world *world)
{
    struct buf out = {0};
    for (int64_t i = 0; i < world->inject_count; i++)
        world_add_inject(world, &out, i);
    world_add_file(world, "injects.yaml", &out);
}

static inline void world_add_roles(struct world *world)
{
    struct buf out = {0};
    for (size_t i = 0; i < sizeof(world_roles) / sizeof(world_roles[0]); i++)
        buf_format(
            &out, "- {id: %.*s, seat: yes, name: {en: N, ja: N}}\n", STR_ARG(world_roles[i]));
    world_add_file(world, "roles/catalogue.yaml", &out);
    buf_format(&out, "{id: default, name: {en: D, ja: D}, constituency: {en: All, ja: All}, "
                     "authority: advises}\n");
    world_add_file(world, "roles/organisations/default.yaml", &out);
}

static inline void world_add_seats(struct world *world, struct buf *out)
{
    static const char *const seats[] = {
        "- {id: poc, roles: [poc]}\n- {id: lead, roles: [commander, handler, legal]}\n",
        "- {id: poc, roles: [poc]}\n- {id: lead, roles: [commander, handler]}\n"
        "- {id: legal, roles: [legal]}\n",
        "- {id: poc, roles: [poc]}\n- {id: commander, roles: [commander]}\n"
        "- {id: legal, roles: [legal]}\n- {id: handler, roles: [handler]}\n"};
    buf_format(out, "seats:\n%s", seats[dice_below(world->dice, 3)]);
}

static inline void world_add_hints(struct world *world, struct buf *out)
{
    struct str role = WORLD_PICK(world, world_roles);
    buf_format(out, "hints:\n- id: look-up\n  to: %.*s\n", STR_ARG(role));
    world_add_words(world, out, "text");
}

/* One deed that anybody may do, one with a target, and one that needs hands and authority. */
static inline void world_add_actions(struct world *world, struct buf *out)
{
    struct str owner = WORLD_PICK(world, world_roles), doer = WORLD_PICK(world, world_roles);
    struct str outsider = WORLD_PICK(world, world_outsiders);
    buf_format(out,
        "actions:\n- {id: isolate, name: {en: I, ja: I}, targets: [fs01]}\n"
        "- {id: wait, name: {en: W, ja: W}}\n"
        "- {id: cut, name: {en: C, ja: C}, targets: [fs01], authority: [%.*s], "
        "done_by: [%.*s, %.*s]}\n",
        STR_ARG(owner), STR_ARG(doer), STR_ARG(outsider));
}

static inline void world_add_reach(struct world *world, struct buf *out, const char *key)
{
    static const char *const answers[] = {"yes", "yes", "no", "stale"};
    struct dice *dice = world->dice;
    buf_format(out, "  %s:\n", key);
    for (size_t c = 0; c < 3; c++)
        buf_format(out, "    %.*s: {answer: %s, delay: %ds}\n", STR_ARG(world_channels[c]),
            answers[dice_below(dice, 4)], (int)dice_below(dice, 90));
}

/* Deputies stand in a circle, in which the last forwards nothing. */
static inline void world_add_outsider(struct world *world, struct buf *out, size_t which)
{
    static const char *const hours[] = {"{days: mon-fri, from: '08:30', to: '17:15'}",
        "{days: daily, from: '22:20', to: '06:00'}", "{days: sat, from: '00:00', to: '12:00'}"};
    struct dice *dice = world->dice;
    size_t count = sizeof(world_outsiders) / sizeof(world_outsiders[0]);
    struct str deputy = world_outsiders[(which + 1) % count];
    buf_format(out, "- id: %.*s\n  name: {en: N, ja: N}\n", STR_ARG(world_outsiders[which]));
    if (dice_chance(dice, 60))
        buf_format(out, "  deputy: %.*s\n  forwards: %s\n", STR_ARG(deputy),
            which + 1 < count && dice_chance(dice, 60) ? "yes" : "no");
    world_add_reach(world, out, "reach");
    if (!dice_chance(dice, 50))
        return;
    buf_format(out, "  hours: %s\n", hours[dice_below(dice, 3)]);
    if (dice_chance(dice, 40))
        world_add_reach(world, out, "after_hours");
}

static inline void world_add_scenario(struct world *world)
{
    static const char *const modes[] = {"live", "live", "paced", "discuss"};
    struct dice *dice = world->dice;
    struct buf out = {0};
    buf_format(&out,
        "id: simulated\ntitle: {en: T, ja: T}\nsummary: {en: S, ja: S}\nduration: 1h\n"
        "story_start: 2026-11-20T22:10:00+09:00\nmode: %s\npace: %d\nreading: {base: %ds, "
        "per_fact: %ds}\nworld: {server: running}\nmatters: [breach]\nphases:\n"
        "- {id: first, name: {en: F, ja: F}}\n- {id: second, name: {en: S, ja: S}, "
        "begins: '2026-11-21T08:00:00+09:00'}\n"
        "slots:\n- {id: scope, name: {en: S, ja: S}}\n- {id: cause, name: {en: C, ja: C}}\n",
        modes[dice_below(dice, 4)], (int)dice_below(dice, 4) + 1, (int)dice_below(dice, 60),
        (int)dice_below(dice, 20));
    buf_format(&out, "difficulty: %d\n", (int)dice_below(dice, DIFFICULTY_MAX + 1));
    world_add_hints(world, &out);
    world_add_actions(world, &out);
    world_add_seats(world, &out);
    buf_format(&out, "stakeholders:\n");
    for (size_t i = 0; i < sizeof(world_outsiders) / sizeof(world_outsiders[0]); i++)
        world_add_outsider(world, &out, i);
    world_add_file(world, "scenario.yaml", &out);
}

#endif

/* Random inputs as JSON: mostly sensible, sometimes not. Made from the rows of input_kinds, so that
 * a new input takes part as soon as it has a row. */
#ifndef SIMULATE_MOVES_H
#define SIMULATE_MOVES_H

#include "base/buf.h"
#include "base/duration.h"
#include "base/limits.h"
#include "core/state.h"
#include "simulate/dice.h"

struct move {
    struct str actor, id, json;
};

/* What a move is made with. */
struct moves {
    struct arena *arena;
    struct dice *dice;
    const struct state *state;
    struct strs persons;
    int64_t id_count;
};

/* How often each kind is tried, where 10 is usual. */
static inline int64_t moves_weight(enum input_kind kind)
{
    static const int weights[INPUT_KIND_COUNT] = {[INPUT_OPEN] = 60,
        [INPUT_MESSAGE] = 40,
        [INPUT_DECIDE] = 30,
        [INPUT_SAID] = 25,
        [INPUT_HANDOFF] = 5,
        [INPUT_FIRE] = 25,
        [INPUT_IMPROVISE] = 20,
        [INPUT_RESUME] = 60,
        [INPUT_END] = 1,
        [INPUT_STOP_REAL_INCIDENT] = 1};
    return weights[kind] != 0 ? weights[kind] : 10;
}

static inline unsigned moves_who(struct str actor)
{
    static const struct {
        const char *name;
        unsigned who;
    } others[] = {{"facilitator", WHO_FACILITATOR}, {"evaluator", WHO_EVALUATOR},
        {"host", WHO_HOST}, {"stranger", 0}};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (str_is(actor, others[i].name))
            return others[i].who;
    return WHO_SEAT;
}

static inline struct str moves_seat(struct moves *moves)
{
    const struct def *def = moves->state->def;
    return def->seats[dice_below(moves->dice, (int64_t)def->seat_count)].id;
}

static inline struct str moves_actor(struct moves *moves)
{
    int64_t roll = dice_below(moves->dice, 100);
    bool needs_staff =
        moves->state->status == STATUS_READY || moves->state->status == STATUS_PAUSED;
    if (roll < (needs_staff ? 30 : 68))
        return moves_seat(moves);
    return roll < 93   ? ACTOR_FACILITATOR
           : roll < 97 ? ACTOR_EVALUATOR
           : roll < 99 ? ACTOR_HOST
                       : STR("stranger");
}

static inline enum input_kind moves_kind(struct moves *moves, unsigned who)
{
    int64_t total = 0;
    if (moves->state->status == STATUS_READY && (who & WHO_FACILITATOR) != 0 &&
        dice_chance(moves->dice, 70))
        return INPUT_START;
    bool any = dice_chance(moves->dice, 3);
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++)
        if (any || (input_kinds[kind].who & who) != 0)
            total += moves_weight((enum input_kind)kind);
    if (total == 0)
        return INPUT_NOTE;
    int64_t roll = dice_below(moves->dice, total);
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++) {
        if (any || (input_kinds[kind].who & who) != 0)
            roll -= moves_weight((enum input_kind)kind);
        if (roll < 0)
            return (enum input_kind)kind;
    }
    return INPUT_NOTE;
}

/* Something of an array of things that begin with their id. */
static inline struct str moves_thing(
    struct moves *moves, const void *things, size_t count, size_t size)
{
    if (count == 0)
        return STR("none");
    size_t at = (size_t)dice_below(moves->dice, (int64_t)count);
    return *(const struct str *)(const void *)((const char *)things + at * size);
}

#define MOVES_THING(moves, things)                                                                 \
    moves_thing(moves, (moves)->state->def->things##s, (moves)->state->def->things##_count,        \
        sizeof(*(moves)->state->def->things##s))

static inline struct str moves_message(struct moves *moves)
{
    const struct state *state = moves->state;
    if (state->message_count == 0)
        return STR("none");
    return state->messages[dice_below(moves->dice, (int64_t)state->message_count)].body.message;
}

/* Rather one that the actor sees, so that more than refusals comes of it. */
static inline struct str moves_inject(struct moves *moves, struct str actor)
{
    const struct state *state = moves->state;
    int inject = 0;
    for (int tries = 0; tries < 5; tries++) {
        inject = (int)dice_below(moves->dice, (int64_t)state->inject_count);
        if (state_sees_inject(state, inject, actor))
            break;
    }
    return state->injects[inject].id;
}

static inline struct str moves_party(struct moves *moves)
{
    int64_t roll = dice_below(moves->dice, 10);
    return roll < 1   ? STR("room")
           : roll < 6 ? MOVES_THING(moves, role)
                      : MOVES_THING(moves, stakeholder);
}

static inline struct str moves_any(struct moves *moves, const struct field *field, struct str actor)
{
    if (str_is(str_of(field->name), "target"))
        return STR("fs01");
    if (str_is(str_of(field->name), "of"))
        return STR("breach");
    if (str_is(str_of(field->name), "re"))
        return dice_chance(moves->dice, 50) ? moves_message(moves) : moves_inject(moves, actor);
    return dice_secret(moves->dice, moves->arena);
}

static inline struct str moves_option(struct moves *moves)
{
    const struct def *def = moves->state->def;
    if (def->question_count == 0)
        return STR("none");
    const struct def_question *question =
        &def->questions[dice_below(moves->dice, (int64_t)def->question_count)];
    return question->options[dice_below(moves->dice, (int64_t)question->option_count)].id;
}

static inline struct str moves_name(
    struct moves *moves, const struct field *field, struct str actor)
{
    static const struct str statuses[] = {STR_INIT("aware"), STR_INIT("filed")};
    if (dice_chance(moves->dice, 4))
        return STR("nobody");
    switch (field->of) {
    case OF_PARTY:
        return moves_party(moves);
    case OF_ROLE:
        return dice_chance(moves->dice, 15) ? STR("room") : MOVES_THING(moves, role);
    case OF_SEAT:
        return moves_seat(moves);
    case OF_STAKEHOLDER:
        return MOVES_THING(moves, stakeholder);
    case OF_FACT:
        return MOVES_THING(moves, fact);
    case OF_INJECT:
        return moves_inject(moves, actor);
    case OF_MESSAGE:
        return moves_message(moves);
    case OF_QUESTION:
        return MOVES_THING(moves, question);
    case OF_OPTION:
        return moves_option(moves);
    case OF_ACTION:
        return MOVES_THING(moves, action);
    case OF_STATUS:
        return dice_pick(moves->dice, (struct strs){statuses, 2});
    case OF_WORLD:
        return STR("server");
    case OF_PHASE:
        return MOVES_THING(moves, phase);
    case OF_SLOT:
        return MOVES_THING(moves, slot);
    case OF_HINT:
        return MOVES_THING(moves, hint);
    case OF_PERSON:
        return dice_pick(moves->dice, moves->persons);
    default:
        return moves_any(moves, field, actor);
    }
}

static inline void moves_add_names(
    struct moves *moves, struct buf *out, const struct field *field, struct str actor)
{
    struct str names[3];
    size_t count = 0;
    for (int64_t i = dice_below(moves->dice, 3) + 1; i > 0; i--) {
        struct str name = moves_name(moves, field, actor);
        if (!strs_contain((struct strs){names, count}, name))
            names[count++] = name;
    }
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++)
        buf_format(out, "%s\"%.*s\"", i == 0 ? "" : ",", STR_ARG(names[i]));
    buf_add_char(out, ']');
}

/* Any of the words, but the empty one only where none need be said. */
static inline int moves_word(const struct field *field, struct dice *dice)
{
    bool skip_first = (field->flags & FIELD_REQUIRED) != 0 && field->names[0][0] == '\0';
    int first = skip_first ? 1 : 0;
    return first + (int)dice_below(dice, field->name_count - first);
}

static inline void moves_add_value(
    struct moves *moves, struct buf *out, const struct field *field, struct str actor)
{
    struct dice *dice = moves->dice;
    struct str name;
    switch (field->type) {
    case FIELD_INT:
        buf_format(out, "%lld", (long long)dice_below(dice, 12));
        return;
    case FIELD_MS:
        buf_format(out, "\"%lldm\"", (long long)dice_below(dice, 90));
        return;
    case FIELD_BOOL:
        buf_format(out, dice_chance(dice, 50) ? "true" : "false");
        return;
    case FIELD_NAME:
        buf_format(out, "\"%s\"", field->names[moves_word(field, dice)]);
        return;
    case FIELD_IDS:
        moves_add_names(moves, out, field, actor);
        return;
    case FIELD_ID:
        name = moves_name(moves, field, actor);
        buf_format(out, "\"%.*s\"", STR_ARG(name));
        return;
    default:
        name = dice_secret(dice, moves->arena);
        buf_format(out, "\"words %.*s\"", STR_ARG(name));
    }
}

static inline void moves_add_fields(
    struct moves *moves, struct buf *out, enum input_kind kind, struct str actor)
{
    struct fields fields = input_kinds[kind].fields;
    bool either = kind == INPUT_OPEN || kind == INPUT_ACK;
    size_t chosen = either ? (size_t)dice_below(moves->dice, 2) : 0;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        bool required = (field->flags & FIELD_REQUIRED) != 0;
        if (either ? i != chosen : !required && !dice_chance(moves->dice, 50))
            continue;
        struct str name = str_of(field->name);
        if (field->type == FIELD_MS)
            name.len -= 3;
        buf_format(out, ",\"%.*s\":", STR_ARG(name));
        moves_add_value(moves, out, field, actor);
    }
}

/* Proxies, late entries, and entries on a gap sheet. */
static inline void moves_add_envelope(struct moves *moves, struct buf *out, struct str proxy_for)
{
    const struct state *state = moves->state;
    if (proxy_for.len != 0)
        buf_format(out, ",\"for\":\"%.*s\"", STR_ARG(proxy_for));
    if (dice_chance(moves->dice, proxy_for.len != 0 ? 40 : 2))
        buf_format(
            out, ",\"observed_at\":%lld", (long long)dice_below(moves->dice, state->now_ms + 1000));
    if (state->gap_open && dice_chance(moves->dice, 30)) {
        int64_t from_ms = story_clock_at(&state->story, state->now_ms);
        int64_t within_ms = state->gap_until_story_ms - from_ms;
        struct str at = calendar_format(moves->arena,
            from_ms + dice_below(moves->dice, within_ms > 0 ? within_ms + 1000 : 1000), 540);
        buf_format(out, ",\"story_at\":\"%.*s\"", STR_ARG(at));
    }
}

/* Now and then the client's id is one that names something already. */
static inline struct str moves_id(struct moves *moves)
{
    if (dice_chance(moves->dice, 3))
        return moves->state->injects[0].id;
    if (dice_chance(moves->dice, 3))
        return moves_message(moves);
    return arena_format(moves->arena, "c%lld", (long long)++moves->id_count);
}

static inline struct move moves_make(struct moves *moves)
{
    struct move move = {.actor = moves_actor(moves)};
    unsigned who = moves_who(move.actor);
    struct str proxy_for = {0};
    bool may_proxy = (who & (WHO_FACILITATOR | WHO_EVALUATOR)) != 0;
    if (dice_chance(moves->dice, may_proxy ? 20 : 1))
        proxy_for = moves_seat(moves);
    enum input_kind kind = moves_kind(moves, proxy_for.len != 0 && may_proxy ? WHO_SEAT : who);
    struct str eyes = proxy_for.len != 0 ? proxy_for : move.actor;
    struct buf out = {0};
    move.id = moves_id(moves);
    buf_format(&out, "{\"at\":0,\"actor\":\"%.*s\",\"do\":\"%s\",\"id\":\"%.*s\"",
        STR_ARG(move.actor), input_kinds[kind].name, STR_ARG(move.id));
    moves_add_fields(moves, &out, kind, eyes);
    moves_add_envelope(moves, &out, proxy_for);
    buf_add_char(&out, '}');
    move.json = arena_str(moves->arena, buf_str(&out));
    buf_fini(&out);
    return move;
}

#endif

/* What comes too late, and what comes all at once. Only the clock is followed: what people do makes
 * its own times. */
#include <stdlib.h>

#include "base/duration.h"
#include "load/review_parts.h"

enum { UNKNOWN_MS = -1, OVERLOAD_MS = 5 * 60 * 1000, OVERLOAD_COUNT = 4 };

/* When the clock brings an inject: exercise time, or UNKNOWN_MS. A chain of `after:` holds no
 * circle in a definition that was loaded. */
static int64_t clock_of(const struct def *def, const struct def_inject *inject)
{
    const struct def_trigger *trigger = &inject->trigger;
    if (trigger->kind == TRIGGER_AT)
        return trigger->at_ms;
    const struct def_inject *before =
        trigger->kind == TRIGGER_AFTER ? def_inject(def, trigger->inject) : NULL;
    int64_t before_ms = before ? clock_of(def, before) : UNKNOWN_MS;
    return before_ms == UNKNOWN_MS ? UNKNOWN_MS : before_ms + trigger->by_ms;
}

static bool is_late(const struct review *review, int64_t ms)
{
    return review->loaded->def.duration_ms > 0 && ms > review->loaded->def.duration_ms;
}

static void tell_long(const struct review *review, struct place place, const char *what, int64_t ms)
{
    struct str length = duration_format(review->arena, ms);
    struct str end = duration_format(review->arena, review->loaded->def.duration_ms);
    TELL(review, KIND_LATE, place,
        "%s %.*s, longer than the whole exercise, which lasts %.*s; shorten it, or lengthen "
        "\"duration:\" in scenario.yaml",
        what, STR_ARG(length), STR_ARG(end));
}

/* The loader tells of `at:` behind the end. */
static void review_lateness(const struct review *review, const struct def_inject *inject)
{
    static const char *const keys[] = {
        [TRIGGER_AFTER] = "after", [TRIGGER_WHEN] = "when", [TRIGGER_UNLESS] = "unless"};
    const struct def_trigger *trigger = &inject->trigger;
    if (trigger->kind == TRIGGER_NONE || trigger->kind == TRIGGER_AT ||
        trigger->kind == TRIGGER_STORY_AT)
        return;
    struct place place = review_place(review, OF_INJECT, inject->id, keys[trigger->kind]);
    int64_t clock_ms = clock_of(&review->loaded->def, inject);
    if (is_late(review, trigger->by_ms))
        tell_long(review, place, "this waits", trigger->by_ms);
    else if (is_late(review, clock_ms))
        TELL(review, KIND_LATE, place,
            "\"%.*s\" comes at %.*s, after the exercise's planned end; correct \"by:\", or "
            "\"duration:\" in scenario.yaml",
            STR_ARG(inject->id), STR_ARG(duration_format(review->arena, clock_ms)));
}

/* ---- too much at once ---- */

struct arrival {
    const struct def_inject *inject;
    int64_t at_ms;
};

static int compare_arrivals(const void *a, const void *b)
{
    const struct arrival *one = a, *other = b;
    if (one->at_ms != other->at_ms)
        return one->at_ms < other->at_ms ? -1 : 1;
    return one->inject < other->inject ? -1 : one->inject > other->inject;
}

/* What the clock brings a role, in its order. */
static size_t arrivals_of(const struct review *review, struct str role, struct arrival *arrivals)
{
    const struct def *def = &review->loaded->def;
    size_t count = 0;
    for (size_t i = 0; i < def->inject_count; i++) {
        const struct def_inject *inject = &def->injects[i];
        int64_t at_ms = clock_of(def, inject);
        if (at_ms != UNKNOWN_MS && inject->level <= def->difficulty &&
            strs_contain(inject->to, role))
            arrivals[count++] = (struct arrival){inject, at_ms};
    }
    qsort(arrivals, count, sizeof(arrivals[0]), compare_arrivals);
    return count;
}

static void tell_overload(
    const struct review *review, struct str role, const struct arrival *arrivals, size_t count)
{
    struct str list = STR("");
    for (size_t i = 0; i < count; i++)
        list = arena_format(review->arena, "%.*s%s%.*s", STR_ARG(list), i > 0 ? ", " : "",
            STR_ARG(arrivals[i].inject->id));
    const struct def_inject *last = arrivals[count - 1].inject;
    const char *key = last->trigger.kind == TRIGGER_AT ? "at" : "after";
    TELL(review, KIND_OVERLOAD, review_place(review, OF_INJECT, last->id, key),
        "\"%.*s\" gets %zu injects between %.*s and %.*s: %.*s; spread them, or send some to "
        "another role",
        STR_ARG(role), count, STR_ARG(duration_format(review->arena, arrivals[0].at_ms)),
        STR_ARG(duration_format(review->arena, arrivals[count - 1].at_ms)), STR_ARG(list));
}

/* Each crowd is told once: the search goes on behind it. */
static void review_load(const struct review *review, struct str role)
{
    struct arrival *arrivals =
        ARENA_ARRAY(review->arena, review->loaded->def.inject_count + 1, struct arrival);
    size_t count = arrivals_of(review, role, arrivals);
    for (size_t first = 0; first < count; first++) {
        size_t end = first;
        while (end < count && arrivals[end].at_ms - arrivals[first].at_ms <= OVERLOAD_MS)
            end++;
        if (end - first <= OVERLOAD_COUNT)
            continue;
        tell_overload(review, role, &arrivals[first], end - first);
        first = end - 1;
    }
}

void review_times(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 0; i < def->inject_count; i++)
        review_lateness(review, &def->injects[i]);
    for (size_t i = 0; i < def->question_count; i++)
        if (is_late(review, def->questions[i].within_ms))
            tell_long(review, review_place(review, OF_QUESTION, def->questions[i].id, "within"),
                "this question is open for", def->questions[i].within_ms);
    for (size_t i = 0; i < def->fact_count; i++) {
        const struct def_fact *fact = &def->facts[i];
        for (size_t t = 0; t < fact->truth_count; t++)
            if (is_late(review, fact->truths[t].from_ms))
                tell_long(review, review_place(review, OF_FACT, fact->id, "truth"),
                    "a revision of this fact begins after", fact->truths[t].from_ms);
    }
    for (size_t s = 0; s < def->seat_count; s++)
        for (size_t r = 0; r < def->seats[s].roles.count; r++)
            review_load(review, def->seats[s].roles.items[r]);
}

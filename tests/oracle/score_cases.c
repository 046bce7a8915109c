/* Scores cases for the independent evaluator: reads paths of folders, one a line, each a scenario
 * with events.jsonl, and prints for each one line of JSON: what the rules found, or what is wrong.
 *
 * On the way it asks live and cold, at prefixes of each trace, and says where they differ. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/disk.h"
#include "base/json_write.h"
#include "core/event.h"
#include "score/score.h"

enum { LINE_BYTES = 4096 };

struct scoring_case {
    struct arena arena;
    struct def def;
    struct rules rules;
    struct event *events;
    size_t event_count;
};

static bool read_events(struct scoring_case *scoring, const char *folder, struct err *reterr)
{
    struct arena *arena = &scoring->arena;
    struct str path = arena_format(arena, "%s/events.jsonl", folder), text, line;
    size_t capacity = 0;
    if (!disk_read(path.ptr, arena, &text, reterr))
        return false;
    while (str_cut(text, '\n', &line, &text)) {
        scoring->events = arena_grow(
            arena, scoring->events, scoring->event_count, &capacity, sizeof(struct event));
        if (!event_read(line, arena, &scoring->events[scoring->event_count++], reterr))
            return false;
    }
    return true;
}

static bool load_case(struct scoring_case *scoring, const char *folder, struct err *reterr)
{
    struct bundle bundle;
    struct problems problems = {0};
    bool ok = disk_bundle(folder, getenv("TOCSIN_SOURCE"), &scoring->arena, &bundle, reterr);
    if (ok && !load_scenario(&bundle, &scoring->arena, &problems, &scoring->def, &scoring->rules)) {
        problems_to_err(&problems, reterr);
        ok = false;
    }
    problems_fini(&problems);
    return ok && read_events(scoring, folder, reterr);
}

static void look(struct scorer *scorer, struct buf *out)
{
    const struct finding *items;
    size_t count;
    buf_clear(out);
    scorer_findings(scorer, 0, &items, &count);
    score_write(items, count, out);
}

static void score_cold(const struct scoring_case *scoring, size_t count, struct buf *out)
{
    struct scorer *scorer = scorer_new(&scoring->def, &scoring->rules);
    for (size_t i = 0; i < count; i++)
        scorer_feed(scorer, &scoring->events[i]);
    look(scorer, out);
    scorer_free(scorer);
}

/* How many events were fed when live and cold differed; -1: they never did. */
static long find_difference(const struct scoring_case *scoring)
{
    struct buf live = {0}, cold = {0};
    struct scorer *scorer = scorer_new(&scoring->def, &scoring->rules);
    size_t step = scoring->event_count / 6 + 1;
    long found = -1;
    for (size_t i = 0; i < scoring->event_count && found < 0; i++) {
        scorer_feed(scorer, &scoring->events[i]);
        if (i % step != step / 2)
            continue;
        look(scorer, &live);
        score_cold(scoring, i + 1, &cold);
        if (!str_eq(buf_str(&live), buf_str(&cold)))
            found = (long)i + 1;
    }
    scorer_free(scorer);
    buf_fini(&live);
    buf_fini(&cold);
    return found;
}

static void print_error(const char *message)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key_str(&json, "error", str_of(message));
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

static void score_case(const char *folder)
{
    struct scoring_case scoring = {0};
    struct err err;
    struct buf out = {0};
    if (!load_case(&scoring, folder, &err)) {
        print_error(err.message);
    } else {
        long difference = find_difference(&scoring);
        score_cold(&scoring, scoring.event_count, &out);
        if (difference >= 0)
            printf(
                "{\"differs_after\":%ld,\"findings\":%.*s}\n", difference, STR_ARG(buf_str(&out)));
        else
            printf("{\"findings\":%.*s}\n", STR_ARG(buf_str(&out)));
    }
    fflush(stdout);
    buf_fini(&out);
    arena_fini(&scoring.arena);
}

int main(void)
{
    char line[LINE_BYTES];
    while (fgets(line, sizeof(line), stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        score_case(line);
    }
    return 0;
}

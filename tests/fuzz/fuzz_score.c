/* The scorer on any events: lines of JSON as in a record, numbered anew.
 *
 * Whatever happens at a table, live and cold findings are the same, factors are thousandths, and an
 * event that is named exists. The rules are of all kinds. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/disk.h"
#include "base/limits.h"
#include "fuzz/lines.h"
#include "score/rating.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct ground {
    struct arena arena;
    struct def def;
    struct rules rules;
};

static void stop(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

/* The phone tree, scored by rules of all kinds. */
static const struct ground *ground_get(void)
{
    static struct ground ground;
    struct bundle bundle;
    struct problems problems = {0};
    struct err err;
    if (ground.rules.count != 0)
        return &ground;
    struct str rules;
    if (!disk_bundle("scenarios/phone-tree", ".", &ground.arena, &bundle, &err) ||
        !disk_read("tests/fuzz/rules-of-all-kinds.yaml", &ground.arena, &rules, &err))
        stop(err.message);
    struct bundle_file *files = ARENA_ARRAY(&ground.arena, bundle.file_count, struct bundle_file);
    for (size_t i = 0; i < bundle.file_count; i++) {
        files[i] = bundle.files[i];
        if (str_is(files[i].path, "rules.yaml"))
            files[i].bytes = rules;
    }
    bundle.files = files;
    if (!load_scenario(&bundle, &ground.arena, &problems, &ground.def, &ground.rules)) {
        problems_to_err(&problems, &err);
        stop(err.message);
    }
    problems_fini(&problems);
    return &ground;
}

static void check(const struct finding *finding, int64_t last_seq)
{
    int factors[] = {
        finding->time_permille, finding->content_permille, finding->assistance_permille};
    int64_t seqs[] = {finding->activation_seq, finding->target_seq, finding->miss_seq};
    for (size_t i = 0; i < 3; i++)
        if (factors[i] < 0 || factors[i] > 1000 || seqs[i] < 0 || seqs[i] > last_seq)
            stop("a finding lies outside");
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (finding->sentence.in[lang].len == 0)
            stop("a finding has no sentence");
}

static void look(
    struct scorer *scorer, const struct rules *rules, int64_t last_seq, struct buf *out)
{
    const struct finding *items;
    struct capability *capabilities;
    size_t count;
    struct arena arena = {0};
    buf_clear(out);
    scorer_findings(scorer, 0, &items, &count);
    for (size_t i = 0; i < count; i++)
        check(&items[i], last_seq);
    struct rating_source source = {.rules = rules, .findings = items, .finding_count = count};
    source.rated_count = scorer_rated(scorer, &source.rated);
    (void)rating_find(&source, &arena, &capabilities);
    score_write(items, count, out);
    arena_fini(&arena);
}

/* Those lines that are events, in ascending order of time as a record has them. */
static size_t read_events(
    struct str text, struct arena *arena, struct event *ret_events, size_t room)
{
    struct str line;
    struct err err;
    size_t count = 0;
    int64_t now_ms = 0;
    while (count < room && str_cut(text, '\n', &line, &text)) {
        struct event event;
        if (!event_read(line, arena, &event, &err) || event.at_ms < 0 ||
            event.at_ms > LIMIT_EXERCISE_MS || event.story_ms < 0 ||
            event.story_ms > INT64_C(4102444800000))
            continue;
        now_ms = event.at_ms > now_ms ? event.at_ms : now_ms;
        event.at_ms = now_ms;
        event.observed_ms = event.observed_ms < 0        ? 0
                            : event.observed_ms > now_ms ? now_ms
                                                         : event.observed_ms;
        event.seq = (int64_t)count + 1;
        ret_events[count++] = event;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { EVENTS_MOST = 64 };
    const struct ground *ground = ground_get();
    struct arena arena = {0};
    struct event events[EVENTS_MOST];
    struct str text = {(const char *)data, size};
    size_t count = read_events(text, &arena, events, EVENTS_MOST);
    struct buf live = {0}, cold = {0};
    struct scorer *first = scorer_new(&ground->def, &ground->rules);
    struct scorer *second = scorer_new(&ground->def, &ground->rules);
    for (size_t i = 0; i < count; i++) {
        scorer_feed(first, &events[i]);
        scorer_feed(second, &events[i]);
        if (i % 16 == 7)
            look(first, &ground->rules, (int64_t)i + 1, &live);
    }
    look(first, &ground->rules, (int64_t)count, &live);
    look(second, &ground->rules, (int64_t)count, &cold);
    if (!str_eq(buf_str(&live), buf_str(&cold)))
        stop("live and cold findings differ");
    scorer_free(first);
    scorer_free(second);
    buf_fini(&live);
    buf_fini(&cold);
    arena_fini(&arena);
    return 0;
}

#ifdef TOCSIN_FUZZ
/* Things that a record can hold and a play seldom does. */
static const char *const brought_in[] = {
    "{\"actor\":\"poc\",\"at_ms\":60000,\"body\":{\"message\":\"m1\",\"unread\":true},\"kind\":"
    "\"acked\","
    "\"seq\":1,\"story_ms\":1763644200000}",
    "{\"actor\":\"facilitator\",\"at_ms\":60000,\"body\":{\"event\":5},\"kind\":\"annulled\","
    "\"seq\":1,"
    "\"story_ms\":1763644200000}",
    "{\"actor\":\"clock\",\"at_ms\":60000,\"body\":{\"story_ms\":1763744200000},\"kind\":"
    "\"jumped\","
    "\"seq\":1,\"story_ms\":1763644200000}",
    "{\"actor\":\"legal\",\"at_ms\":60000,\"body\":{\"status\":\"aware\"},\"kind\":\"declared\","
    "\"seq\":1,"
    "\"story_ms\":1763644200000}",
    "{\"actor\":\"facilitator\",\"at_ms\":60000,\"body\":{\"finding\":\"example-respond--9\","
    "\"verdict\":"
    "\"satisfied\"},\"kind\":\"ruled\",\"seq\":1,\"story_ms\":1763644200000}",
    "{\"actor\":\"facilitator\",\"at_ms\":60000,\"body\":{},\"kind\":\"ended\",\"seq\":1,"
    "\"story_ms\":1763644200000}",
    "{\"actor\":\"poc\",\"at_ms\":60000,\"body\":{\"facts\":[\"password-entered\"],\"message\":"
    "\"m9\","
    "\"next_update_ms\":60000,\"to\":[\"commander\"],\"type\":\"escalation\"},\"kind\":"
    "\"messaged\",\"seq\":1,"
    "\"story_ms\":1763644200000}",
    NULL,
};

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    return lines_mutate(
        data, size, max_size, (struct lines_edit){.seed = seed, .extra = brought_in}, 0);
}
#endif

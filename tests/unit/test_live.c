/* The score of a table in play: who sees what of it, and when. */
#include "unit/scoring.h"

#include "app/live.h"
#include "base/json_read.h"

#define RULES                                                                                      \
    "respond | note | escalation to=commander | within=1m\n"                                       \
    "respond | ack | message to=vendor | within=1m\n"
/* The PoC is late; the handler's minute ends after ENDEX. */
#define PLAY                                                                                       \
    "0 p1 noted\n"                                                                                 \
    "150000 h1 acked inject=chat\n"                                                                \
    "160000 facilitator ended\n"

static const struct viewer facilitator = {VIEWER_FACILITATOR, {0}},
                           evaluator = {VIEWER_EVALUATOR, {0}}, board = {VIEWER_BOARD, {0}},
                           poc = {VIEWER_SEAT, STR_INIT("p1")},
                           legal = {VIEWER_SEAT, STR_INIT("l1")};

/* "r1+0 r2+1 |" for each finding of the agenda and what follows from it; empty: none is shown. */
static struct str tell_agenda(struct arena *arena, struct str answer)
{
    struct str agenda = json_get(answer, STR("agenda")), item, said = STR("");
    if (agenda.len == 0)
        return said;
    for (size_t at = 0; json_next(json_get(agenda, STR("items")), &at, NULL, &item);) {
        struct str finding;
        int64_t knock_on;
        assert_true(json_to_str(json_get(item, STR("finding")), arena, &finding));
        assert_true(json_to_int(json_get(item, STR("knock_on")), &knock_on));
        said = arena_format(
            arena, "%.*s%.*s+%lld ", STR_ARG(said), STR_ARG(finding), (long long)knock_on);
    }
    return arena_format(arena, "%.*s|", STR_ARG(said));
}

/* The agenda is the staff's from ENDEX on, and the seats' once it was shared; never the board's. */
static void test_who_sees_the_agenda(void **state)
{
    (void)state;
    static const struct {
        enum status status;
        bool shared;
        struct viewer viewer;
        const char *agenda, *findings;
    } rows[] = {
        {STATUS_RUNNING, false, {VIEWER_FACILITATOR, {0}}, "", "r1 r2 "},
        {STATUS_ENDED, false, {VIEWER_FACILITATOR, {0}}, "r1--1+0 r2--2+0 |", "r1 r2 "},
        {STATUS_ENDED, false, {VIEWER_EVALUATOR, {0}}, "r1--1+0 r2--2+0 |", "r1 r2 "},
        {STATUS_ENDED, false, {VIEWER_SEAT, STR_INIT("p1")}, "", "r1 "},
        {STATUS_ENDED, false, {VIEWER_SEAT, STR_INIT("l1")}, "", ""},
        {STATUS_ENDED, true, {VIEWER_SEAT, STR_INIT("p1")}, "r1--1+0 r2--2+0 |", "r1 r2 "},
        {STATUS_SEALED, true, {VIEWER_SEAT, STR_INIT("l1")}, "r1--1+0 r2--2+0 |", "r1 r2 "},
        {STATUS_ENDED, true, {VIEWER_BOARD, {0}}, "", ""},
        {STATUS_STOPPED, true, {VIEWER_SEAT, STR_INIT("p1")}, "", ""},
    };
    struct arena arena = {0};
    size_t count;
    const struct def *def = trace_def(&arena);
    struct rules rules = trace_rules(&arena, RULES);
    struct event *events = trace_events(&arena, PLAY, &count);
    struct live *live = live_new(def, &rules);
    for (size_t i = 0; i < count; i++)
        live_feed(live, &events[i]);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct state table = {.status = rows[i].status, .findings_shared = rows[i].shared};
        struct buf out = {0};
        struct str item, rule, seen = STR("");
        live_write(live, &table, rows[i].viewer, 160000, &out);
        assert_true(json_check(buf_str(&out), NULL));
        struct str agenda = tell_agenda(&arena, buf_str(&out));
        struct str findings = json_get(buf_str(&out), STR("findings"));
        for (size_t at = 0; json_next(findings, &at, NULL, &item);) {
            assert_true(json_to_str(json_get(item, STR("rule")), &arena, &rule));
            seen = arena_format(&arena, "%.*s%.*s ", STR_ARG(seen), STR_ARG(rule));
        }
        if (!str_is(agenda, rows[i].agenda) || !str_is(seen, rows[i].findings))
            fail_msg("row %zu: \"%.*s\", \"%.*s\"", i, STR_ARG(agenda), STR_ARG(seen));
        buf_fini(&out);
    }
    live_free(live);
    arena_fini(&arena);
}

/* Nobody reads it before ENDEX, and the board never. */
static void test_who_reads_the_replay(void **state)
{
    (void)state;
    static const struct viewer viewers[] = {{VIEWER_FACILITATOR, {0}}, {VIEWER_EVALUATOR, {0}},
        {VIEWER_SEAT, STR_INIT("p1")}, {VIEWER_BOARD, {0}}};
    struct arena arena = {0};
    struct rules rules = trace_rules(&arena, RULES);
    struct live *live = live_new(trace_def(&arena), &rules);
    for (size_t i = 0; i < COUNT(viewers); i++)
        for (int status = 0; status < STATUS_COUNT; status++) {
            struct state table = {.status = (enum status)status};
            struct buf out = {0};
            bool wanted = (status == STATUS_ENDED || status == STATUS_SEALED) &&
                          viewers[i].kind != VIEWER_BOARD;
            assert_int_equal(live_write_replay(live, &table, viewers[i], &out), wanted);
            assert_int_equal(out.len != 0, wanted);
            buf_fini(&out);
        }
    live_free(live);
    arena_fini(&arena);
}

/* "r1 violated p1" for each finding that is shown; whether the capabilities are. */
static void expect(struct live *live, enum status status, struct viewer viewer, const char *seen,
    bool sees_capabilities)
{
    struct state state = {.status = status};
    struct buf out = {0};
    live_write(live, &state, viewer, 160000, &out);
    struct arena arena = {0};
    assert_true(json_check(buf_str(&out), NULL));
    struct str findings = json_get(buf_str(&out), STR("findings")), item, said = STR("");
    for (size_t at = 0; json_next(findings, &at, NULL, &item);) {
        struct str rule, verdict, actor = STR("-");
        assert_true(json_to_str(json_get(item, STR("rule")), &arena, &rule));
        assert_true(json_to_str(json_get(item, STR("verdict")), &arena, &verdict));
        (void)json_to_str(json_get(item, STR("actor")), &arena, &actor);
        said = arena_format(&arena, "%.*s%.*s %.*s %.*s\n", STR_ARG(said), STR_ARG(rule),
            STR_ARG(verdict), STR_ARG(actor));
    }
    if (!str_is(said, seen))
        fail_msg("expected\n%s\nfound\n%.*s", seen, STR_ARG(said));
    assert_int_equal(json_get(buf_str(&out), STR("capabilities")).len != 0, sees_capabilities);
    arena_fini(&arena);
    buf_fini(&out);
}

static void test_who_sees_what(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t count;
    const struct def *def = trace_def(&arena);
    struct rules rules = trace_rules(&arena, RULES);
    struct event *events = trace_events(&arena, PLAY, &count);
    struct live *live = live_new(def, &rules);
    for (size_t i = 0; i < count; i++) {
        live_feed(live, &events[i]);
        live_feed(live, &events[i]); /* told twice, it counts once */
    }
    const char *all = "r1 violated p1\nr2 inconclusive h1\n";
    expect(live, STATUS_RUNNING, facilitator, all, true);
    expect(live, STATUS_RUNNING, evaluator, all, true);
    expect(live, STATUS_RUNNING, poc, "", false);
    expect(live, STATUS_RUNNING, board, "", false);
    expect(live, STATUS_ENDED, facilitator, all, true);
    expect(live, STATUS_ENDED, poc, "r1 violated p1\n", false);
    expect(live, STATUS_SEALED, poc, "r1 violated p1\n", false);
    expect(live, STATUS_ENDED, legal, "", false);
    expect(live, STATUS_ENDED, board, "", false);
    live_free(live);
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_who_sees_what),
        cmocka_unit_test(test_who_sees_the_agenda), cmocka_unit_test(test_who_reads_the_replay)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

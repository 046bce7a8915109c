/* The machine: order, clocks that stand, reactors that answer, folding instead of deciding. */
#include "unit/table.h"

#include "base/limits.h"

/* ---- a reactor that does what the test says ---- */

struct echo {
    enum event_kind to; /* answers events of this kind with a value of the world */
    const char *value;
    int64_t wake_at_ms;  /* -1: never */
    bool wakes_for_ever; /* each wake asks for another at the same time */
    bool answers_itself;
    int64_t imposed;
    int wake_count;
};

static void echo_set(struct plan *plan, const char *value)
{
    struct input *input = plan_add(plan, INPUT_SET, ACTOR_STORY);
    input->body.set.name = STR("server");
    input->body.set.value = str_of(value);
}

static void echo_react(
    void *self, const struct state *state, const struct event *event, struct plan *plan)
{
    const struct echo *echo = self;
    (void)state;
    if (event->kind == echo->to || (echo->answers_itself && event->kind == EVENT_WORLD_SET))
        echo_set(plan, echo->value);
}

static bool echo_due(void *self, const struct state *state, int64_t *ret_due_ms)
{
    const struct echo *echo = self;
    (void)state;
    *ret_due_ms = echo->wake_at_ms;
    return echo->wake_at_ms >= 0;
}

static void echo_wake(void *self, const struct state *state, int64_t at_ms, struct plan *plan)
{
    struct echo *echo = self;
    (void)state, (void)at_ms;
    echo->wake_count++;
    if (!echo->wakes_for_ever)
        echo->wake_at_ms = -1;
    echo_set(plan, "woken");
}

static void echo_impose(void *self, const struct event *fault)
{
    ((struct echo *)self)->imposed = fault->body.fault.reaction;
}

static struct reactor echo_reactor(struct echo *echo)
{
    return (struct reactor){echo, echo_react, echo_due, echo_wake, echo_impose};
}

/* Plays the lines with reactors; all that came of the last ones. */
static void check_with(
    struct echo *echoes, size_t count, const char *given, const char *then, const char *expected)
{
    struct table_play play;
    struct reactor reactors[STEP_REACTORS];
    struct buf told = {0};
    for (size_t i = 0; i < count; i++)
        reactors[i] = echo_reactor(&echoes[i]);
    table_init(&play, reactors, count);
    table_lines(&play, TABLE_CREATE TABLE_START);
    table_lines(&play, given);
    size_t first = play.events.count;
    table_lines(&play, then);
    for (size_t i = first; i < play.events.count; i++)
        table_tell(&play.arena, &told, &play.events.items[i]);
    buf_add_char(&told, '\0');
    assert_string_equal(told.ptr, expected);
    buf_fini(&told);
    table_fini(&play);
}

static void reactors_answer_in_their_order_and_breadth_first(void **state)
{
    (void)state;
    struct echo echoes[] = {
        {.to = EVENT_NOTED, .value = "one", .wake_at_ms = -1},
        {.to = EVENT_NOTED, .value = "two", .wake_at_ms = -1},
        {.to = EVENT_WORLD_SET, .value = "three", .wake_at_ms = -1},
    };
    check_with(echoes, 2, "", "1m poc note text=t",
        "1m poc noted text=t\n1m story world-set name=server value=one\n"
        "1m story world-set name=server value=two\n");
    struct echo learns[] = {{.to = EVENT_OPENED, .value = "opened", .wake_at_ms = -1}};
    check_with(learns, 1, "1m facilitator fire inject=news\n", "1m poc open inject=news",
        "1m poc opened inject=news\n1m poc learned fact=backup source=inject through=news\n"
        "1m story world-set name=server value=opened\n");
}

static void a_reactor_wakes_after_the_timers_of_its_instant(void **state)
{
    (void)state;
    struct echo echoes[] = {{.to = EVENT_FAULT, .wake_at_ms = 30 * 60000}};
    check_with(echoes, 1, "", "30m poc note text=t",
        "30m clock delivered inject=call to=poc via=phone why=clock\n"
        "30m story world-set name=server value=woken\n30m poc noted text=t\n");
}

static void the_reactor_that_is_due_first_wakes_first(void **state)
{
    (void)state;
    struct echo echoes[] = {
        {.to = EVENT_FAULT, .wake_at_ms = 60000}, {.to = EVENT_FAULT, .wake_at_ms = 120000}};
    struct reactor reactors[] = {echo_reactor(&echoes[0]), echo_reactor(&echoes[1])};
    struct table_play play;
    int64_t due_ms = 0;
    table_init(&play, reactors, 2);
    table_lines(&play, TABLE_CREATE TABLE_START);
    assert_true(machine_due(play.machine, &due_ms));
    assert_int_equal(due_ms, 60000);
    table_lines(&play, "1m wait");
    assert_int_equal(echoes[0].wake_count, 1);
    assert_int_equal(echoes[1].wake_count, 0);
    table_fini(&play);
}

static void what_never_ends_is_stopped(void **state)
{
    (void)state;
    struct table_play play;
    struct echo echo = {
        .to = EVENT_NOTED, .value = "again", .wake_at_ms = -1, .answers_itself = true};
    struct reactor reactor = echo_reactor(&echo);
    table_init(&play, &reactor, 1);
    table_lines(&play, TABLE_CREATE TABLE_START);
    size_t first = play.events.count;
    table_lines(&play, "1m poc note text=t");
    assert_int_equal(play.events.count - first,
        LIMIT_STEP_EVENTS + 3); /* the input, the limit, one over, the fault */
    const struct event *fault = &play.events.items[play.events.count - 1];
    assert_int_equal(fault->kind, EVENT_FAULT);
    assert_int_equal(fault->observed_ms, 60000);
    assert_int_equal(fault->story_ms, play.def.story_start_ms + 60000);
    table_fini(&play);

    struct echo sleepless = {.to = EVENT_FAULT, .wake_at_ms = 60000, .wakes_for_ever = true};
    reactor = echo_reactor(&sleepless);
    table_init(&play, &reactor, 1);
    table_lines(&play, TABLE_CREATE TABLE_START "2m wait");
    assert_int_equal(sleepless.wake_count, LIMIT_STEP_EVENTS);
    assert_int_equal(table_now(&play)->now_ms, 120000);
    int64_t due_ms = 0;
    assert_true(machine_due(play.machine, &due_ms));
    assert_int_equal(due_ms, 30 * 60000);
    table_lines(&play, "30m wait");
    assert_int_equal(play.events.items[play.events.count - 1].kind, EVENT_DELIVERED);
    assert_int_equal(sleepless.wake_count, LIMIT_STEP_EVENTS);
    table_fini(&play);
}

static void a_standing_clock_does_not_move(void **state)
{
    (void)state;
    static const struct {
        const char *road;
        int64_t stands_at_ms;
    } rows[] = {
        {TABLE_CREATE, 0},
        {TABLE_CREATE TABLE_START "1m facilitator pause\n", 60000},
        {TABLE_CREATE TABLE_START "1m facilitator jump by=1h sheet=true\n", 60000},
        {TABLE_CREATE TABLE_START "1m facilitator end\n", 60000},
        {TABLE_CREATE TABLE_START "1m poc stop_real_incident\n", 60000},
    };
    static const char *const modes[] = {"live", "discuss"};
    for (size_t i = 0; i < TABLE_COUNT(rows) * 2; i++) {
        struct table_play play;
        int64_t due_ms;
        table_init(&play, NULL, 0);
        struct str road = str_of(rows[i / 2].road);
        struct str head = arena_format(&play.arena,
            "0s host create content=c lua=5.4.4 mode=%s pace=1 semantics=1\n%.*s", modes[i % 2],
            STR_ARG(str_after(road, strlen(TABLE_CREATE))));
        table_lines(&play, head.ptr);
        size_t count = play.events.count;
        table_lines(&play, "2h wait");
        bool is_discussion = i % 2 != 0; /* there it has never gone at all */
        assert_int_equal(table_now(&play)->now_ms, is_discussion ? 0 : rows[i / 2].stands_at_ms);
        assert_int_equal(play.events.count, count);
        assert_false(machine_due(play.machine, &due_ms));
        table_fini(&play);
    }
}

/* So that a record which ends with an input holds all that was due by then. */
static void what_is_due_at_once_comes_with_its_input(void **state)
{
    (void)state;
    struct table_play play;
    int64_t due_ms;
    table_play_to(&play, "2m poc message id=m1 type=info to=desk via=ticket");
    assert_int_equal(play.events.items[play.events.count - 1].kind, EVENT_UNREACHED);
    assert_true(machine_due(play.machine, &due_ms));
    assert_true(due_ms > 120000);
    table_fini(&play);
}

static void in_a_discussion_nothing_comes_by_itself(void **state)
{
    (void)state;
    struct table_play play;
    struct echo echo = {.to = EVENT_FAULT, .wake_at_ms = 60000};
    struct reactor reactor = echo_reactor(&echo);
    int64_t due_ms;
    table_init(&play, &reactor, 1);
    table_lines(&play, TABLE_DISCUSS TABLE_START "1m facilitator fire inject=call\n");
    size_t count = play.events.count;
    table_lines(&play, "2h wait");
    assert_int_equal(play.events.count, count);
    assert_int_equal(table_now(&play)->now_ms, 0);
    assert_false(machine_due(play.machine, &due_ms));
    table_fini(&play);
}

/* What the lines bring about in a discussion, as text; `echo` may be NULL. */
static void check_discussion(
    struct echo *echo, const char *given, const char *then, const char *expected)
{
    struct table_play play;
    struct buf told = {0};
    struct reactor reactor = {0};
    if (echo != NULL)
        reactor = echo_reactor(echo);
    table_init(&play, &reactor, echo != NULL);
    table_lines(&play, TABLE_DISCUSS TABLE_START);
    table_lines(&play, given);
    size_t first = play.events.count;
    table_lines(&play, then);
    for (size_t i = first; i < play.events.count; i++)
        table_tell(&play.arena, &told, &play.events.items[i]);
    buf_add_char(&told, '\0');
    assert_string_equal(told.ptr, expected);
    buf_fini(&told);
    table_fini(&play);
}

#define NEXT "0s facilitator next\n"

static void a_discussion_goes_on_when_it_is_told_to(void **state)
{
    (void)state;
    check_discussion(NULL, "", NEXT "0s facilitator note text=t",
        "0s facilitator moved-on\n"
        "30m clock delivered inject=call to=poc via=phone why=clock\n"
        "30m poc opened inject=call\n"
        "30m poc learned fact=leak source=inject through=call\n"
        "30m poc learned fact=cause source=inject through=call\n"
        "30m facilitator noted text=t\n");
    check_discussion(NULL, NEXT, NEXT,
        "30m facilitator moved-on\n"
        "35m clock delivered inject=follow to=poc via=phone why=after\n"
        "35m poc opened inject=follow\n");
    check_discussion(NULL, NEXT "0s poc message id=m1 type=escalation to=commander\n" NEXT, NEXT,
        "35m facilitator moved-on\n" /* not the contingency of 45m: it was averted */
        "1h clock delivered inject=night to=legal via=phone why=clock\n"
        "1h legal opened inject=night\n");
}

/* On the way lie a call that is put through, its reader, and a question that runs out. */
static void it_stops_where_there_is_something_new(void **state)
{
    (void)state;
    check_discussion(NULL,
        "0s facilitator fire inject=ask\n0s poc message id=m1 type=info to=desk via=phone\n", NEXT,
        "0s facilitator moved-on\n20s desk arrived message=m1\n1m20s desk reached message=m1\n"
        "10m1ms clock expired question=stop\n"
        "30m clock delivered inject=call to=poc via=phone why=clock\n"
        "30m poc opened inject=call\n"
        "30m poc learned fact=leak source=inject through=call\n"
        "30m poc learned fact=cause source=inject through=call\n");
    check_discussion(NULL, "0s poc message id=m1 type=info to=vendor via=phone\n", NEXT,
        "0s facilitator moved-on\n"
        "10s clock unreached message=m1 party=vendor reason=stale\n");
    struct echo echo = {.to = EVENT_FAULT, .wake_at_ms = 60000};
    check_discussion(&echo, "", NEXT,
        "0s facilitator moved-on\n1m story world-set name=server value=woken\n"
        "30m clock delivered inject=call to=poc via=phone why=clock\n"
        "30m poc opened inject=call\n"
        "30m poc learned fact=leak source=inject through=call\n"
        "30m poc learned fact=cause source=inject through=call\n");
}

static void it_comes_to_an_end_where_nothing_is_due(void **state)
{
    (void)state;
    check_discussion(NULL, NEXT NEXT NEXT NEXT, NEXT, "1h facilitator moved-on\n");
    check_discussion(NULL, "0s facilitator pause\n", NEXT,
        "0s facilitator refused input_name=next reason=not-now what=paused\n");
    check_discussion(NULL, "0s facilitator end\n", NEXT,
        "0s facilitator refused input_name=next reason=not-now what=ended\n");
    struct echo echo = {.to = EVENT_FAULT, .wake_at_ms = 60000, .wakes_for_ever = true};
    struct reactor reactor = echo_reactor(&echo);
    struct table_play play;
    table_init(&play, &reactor, 1);
    table_lines(&play, TABLE_DISCUSS TABLE_START NEXT);
    assert_true(play.events.count < 2 * LIMIT_STEP_EVENTS + 10);
    table_fini(&play);
}

static void it_says_when_it_wants_to_go_on(void **state)
{
    (void)state;
    struct table_play play;
    struct echo echo = {.to = EVENT_FAULT, .wake_at_ms = 29 * 60000};
    struct reactor reactor = echo_reactor(&echo);
    int64_t due_ms = 0;
    table_init(&play, &reactor, 1);
    table_lines(&play, TABLE_CREATE);
    assert_false(machine_due(play.machine, &due_ms));
    table_lines(&play, TABLE_START);
    assert_true(machine_due(play.machine, &due_ms));
    assert_int_equal(due_ms, 29 * 60000);
    table_lines(&play, "29m wait\n");
    assert_true(machine_due(play.machine, &due_ms));
    assert_int_equal(due_ms, 30 * 60000);
    table_fini(&play);
}

static void events_name_their_input_and_cause(void **state)
{
    (void)state;
    struct table_play play;
    table_play_to(&play, "1m facilitator fire inject=call\n1m poc open inject=call\n6m wait\n");
    static const struct {
        enum event_kind kind;
        int64_t input, cause;
    } rows[] = {{EVENT_CREATED, 1, 0}, {EVENT_STARTED, 2, 0}, {EVENT_DELIVERED, 3, 0},
        {EVENT_OPENED, 4, 0}, {EVENT_LEARNED, 4, 4}, {EVENT_LEARNED, 4, 4},
        {EVENT_DELIVERED, 0, 3}};
    assert_int_equal(play.events.count, TABLE_COUNT(rows));
    for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
        assert_int_equal(play.events.items[i].seq, i + 1);
        assert_int_equal(play.events.items[i].kind, rows[i].kind);
        assert_int_equal(play.events.items[i].input, rows[i].input);
        assert_int_equal(play.events.items[i].cause, rows[i].cause);
    }
    table_fini(&play);
}

static void a_story_calendar_stands_beside_each_event(void **state)
{
    (void)state;
    struct table_play play;
    table_play_to(&play, "1m poc note text=t\n1m facilitator pace pace=30\n2m poc note text=t\n"
                         "2m facilitator said for=poc to=room text=t observed_at=1m30s\n");
    int64_t start_ms = play.def.story_start_ms;
    const struct event *events = play.events.items;
    assert_int_equal(events[2].story_ms, start_ms + 60000);
    assert_int_equal(events[4].story_ms, start_ms + 60000 + 30 * 60000);
    assert_int_equal(events[5].story_ms, start_ms + 60000 + 15 * 60000);
    table_fini(&play);
}

/* Folding gives the same table, hears no reactor, and a silenced machine answers nothing. */
static void folding_gives_the_same_state(void **state)
{
    (void)state;
    struct echo echo = {.to = EVENT_NOTED, .value = "seen", .wake_at_ms = -1};
    struct reactor reactor = echo_reactor(&echo);
    struct table_play play, folded;
    struct buf live = {0}, again = {0};
    table_init(&play, &reactor, 1);
    table_lines(&play, TABLE_CREATE TABLE_START
        "1m facilitator fire inject=call\n2m poc open inject=call\n"
        "3m poc message id=m1 type=info to=desk,lead facts=leak\n4m poc note text=t\n6m wait\n");
    table_init(&folded, &reactor, 1);
    for (size_t i = 0; i < play.events.count; i++)
        machine_fold(folded.machine, &play.events.items[i]);
    state_write(table_now(&play), &live);
    state_write(table_now(&folded), &again);
    assert_int_equal(live.len, again.len);
    assert_memory_equal(live.ptr, again.ptr, live.len);
    machine_silence(folded.machine);
    folded.input_count = play.input_count;
    table_lines(&folded, "7m poc note text=t\n");
    assert_int_equal(folded.events.count, 1);
    buf_fini(&live);
    buf_fini(&again);
    table_fini(&play);
    table_fini(&folded);
}

static void recorded_faults_are_passed_on(void **state)
{
    (void)state;
    struct echo echo = {.wake_at_ms = -1};
    struct reactor reactors[] = {echo_reactor(&echo), echo_reactor(&echo)};
    reactors[1].impose = NULL;
    struct table_play play;
    table_init(&play, reactors, 2);
    struct event fault = {.kind = EVENT_FAULT};
    fault.body.fault.reaction = 7;
    machine_impose(play.machine, &fault);
    assert_int_equal(echo.imposed, 7);
    table_fini(&play);
}

/* A record goes no further, so neither does the clock. */
static void after_thirty_days_the_clock_stands(void **state)
{
    (void)state;
    struct echo echo = {.to = EVENT_KIND_COUNT, .value = "x", .wake_at_ms = LIMIT_EXERCISE_MS + 1};
    struct reactor reactor = echo_reactor(&echo);
    struct table_play play;
    int64_t due_ms;
    table_init(&play, &reactor, 1);
    table_lines(&play, TABLE_CREATE TABLE_START);
    machine_advance(play.machine, 3 * LIMIT_EXERCISE_MS, &play.events);
    assert_int_equal(table_now(&play)->now_ms, LIMIT_EXERCISE_MS);
    assert_int_equal(echo.wake_count, 0);
    assert_false(machine_due(play.machine, &due_ms));
    table_fini(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_thirty_days_the_clock_stands),
        cmocka_unit_test(reactors_answer_in_their_order_and_breadth_first),
        cmocka_unit_test(a_reactor_wakes_after_the_timers_of_its_instant),
        cmocka_unit_test(the_reactor_that_is_due_first_wakes_first),
        cmocka_unit_test(what_never_ends_is_stopped),
        cmocka_unit_test(a_standing_clock_does_not_move),
        cmocka_unit_test(what_is_due_at_once_comes_with_its_input),
        cmocka_unit_test(in_a_discussion_nothing_comes_by_itself),
        cmocka_unit_test(a_discussion_goes_on_when_it_is_told_to),
        cmocka_unit_test(it_stops_where_there_is_something_new),
        cmocka_unit_test(it_comes_to_an_end_where_nothing_is_due),
        cmocka_unit_test(it_says_when_it_wants_to_go_on),
        cmocka_unit_test(events_name_their_input_and_cause),
        cmocka_unit_test(a_story_calendar_stands_beside_each_event),
        cmocka_unit_test(folding_gives_the_same_state),
        cmocka_unit_test(recorded_faults_are_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Who may do what, and when: every input × every actor × every status gives what its row says. */
#include "unit/table.h"

#include "base/limits.h"
#include "core/decide.h"

/* How a table comes to each status. The lines before STARTEX are all at 0s. */
static const char *const roads[STATUS_COUNT] = {
    [STATUS_NEW] = "",
    [STATUS_READY] = TABLE_CREATE,
    [STATUS_RUNNING] = TABLE_CREATE TABLE_START,
    [STATUS_PAUSED] = TABLE_CREATE TABLE_START,
    [STATUS_ENDED] = TABLE_CREATE TABLE_START,
    [STATUS_SEALED] = TABLE_CREATE TABLE_START,
    [STATUS_STOPPED] = TABLE_CREATE TABLE_START,
};
static const char *const played =
    "1m facilitator fire inject=news\n1m facilitator fire inject=ask\n"
    "1m poc message id=m0 type=info to=lead,poc text=t\n";
static const char *const last_steps[STATUS_COUNT] = {
    [STATUS_PAUSED] = "1m facilitator pause\n",
    [STATUS_ENDED] = "1m facilitator end\n",
    [STATUS_SEALED] = "1m facilitator end\n1m facilitator seal\n",
    [STATUS_STOPPED] = "1m facilitator stop_real_incident\n",
};

static void play_to_status(struct table_play *play, enum status status)
{
    table_init(play, NULL, 0);
    table_lines(play, roads[status]);
    if (status >= STATUS_RUNNING)
        table_lines(play, played);
    if (last_steps[status] != NULL)
        table_lines(play, last_steps[status]);
    assert_int_equal(table_now(play)->status, status);
}

/* Something that is there, for each kind of name; an inject that waits, where it is to be fired,
 * held, skipped or edited. */
static struct str name_of(enum field_of of, enum input_kind kind)
{
    static const char *const names[FIELD_OF_COUNT] = {[OF_ANY] = "",
        [OF_PARTY] = "legal",
        [OF_ROLE] = "legal",
        [OF_SEAT] = "poc",
        [OF_STAKEHOLDER] = "vendor",
        [OF_FACT] = "",
        [OF_INJECT] = "news",
        [OF_MESSAGE] = "m0",
        [OF_QUESTION] = "stop",
        [OF_OPTION] = "keep",
        [OF_ACTION] = "wait",
        [OF_STATUS] = "aware",
        [OF_WORLD] = "server",
        [OF_PHASE] = "second",
        [OF_PERSON] = "p9",
        [OF_SLOT] = "scope",
        [OF_HINT] = "who-else"};
    if (kind == INPUT_REVEAL && of == OF_FACT)
        return STR("leak");
    bool waits =
        kind == INPUT_FIRE || kind == INPUT_HOLD || kind == INPUT_SKIP || kind == INPUT_EDIT;
    return waits && of == OF_INJECT ? STR("night") : str_of(names[of]);
}

static void fill(struct input *input, struct arena *arena)
{
    struct fields fields = input_kinds[input->kind].fields;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        void *value = (char *)&input->body + field->offset;
        struct str name = name_of(field->of, input->kind);
        if (field->type == FIELD_ID)
            *(struct str *)value = name;
        else if (field->type == FIELD_STR || field->type == FIELD_TEXT)
            *(struct str *)value = STR("words");
        else if (field->type == FIELD_INT)
            *(int64_t *)value = 1;
        else if (field->type == FIELD_IDS && name.len != 0)
            *(struct strs *)value = arena_strs(arena, (struct strs){&name, 1});
    }
    if (input->kind == INPUT_OPEN || input->kind == INPUT_ACK)
        input->body.open.message = (struct str){0};
}

struct actor {
    const char *name;
    unsigned who;
};
static const struct actor actors[] = {
    {"lead", WHO_SEAT},
    {"facilitator", WHO_FACILITATOR},
    {"evaluator", WHO_EVALUATOR},
    {"story", WHO_STORY},
    {"host", WHO_HOST},
    {"clock", 0},
    {"vendor", 0},
    {"commander", 0}, /* a role is no seat */
    {"stranger", 0},
};

/* "" or the reason of the refusal that came of it. */
static struct str refusal_of(const struct events *events, size_t first)
{
    assert_true(events->count > first);
    const struct event *event = &events->items[first];
    if (event->kind != EVENT_REFUSED)
        return STR("");
    return str_of(refusal_names[event->body.refused.reason]);
}

/* One takes back what one has said; refused like anything else when it is not the time for it. */
static void have_reflected(struct table_play *play, struct input *withdraw)
{
    struct input input = *withdraw;
    input.kind = INPUT_REFLECT;
    input.id = STR("mine");
    input.seq--;
    fill(&input, &play->arena);
    machine_input(play->machine, &input, &play->events);
    withdraw->body.withdraw.reflection = input.id;
}

static struct str try_input(
    enum status status, enum input_kind kind, const struct actor *actor, const char *proxy_for)
{
    struct table_play play;
    play_to_status(&play, status);
    struct input input = {.kind = kind,
        .seq = 99,
        .at_ms = table_now(&play)->now_ms,
        .observed_ms = -1,
        .story_at_ms = -1,
        .actor = str_of(actor->name),
        .proxy_for = str_of(proxy_for),
        .id = STR("new-id")};
    fill(&input, &play.arena);
    if (kind == INPUT_WITHDRAW)
        have_reflected(&play, &input);
    size_t first = play.events.count;
    machine_input(play.machine, &input, &play.events);
    struct str reason = refusal_of(&play.events, first);
    table_fini(&play);
    return reason;
}

static void check_cell(
    enum status status, enum input_kind kind, const struct actor *actor, const char *proxy_for)
{
    const struct input_kind_row *row = &input_kinds[kind];
    struct str reason = try_input(status, kind, actor, proxy_for);
    bool may_proxy = (actor->who & (WHO_FACILITATOR | WHO_EVALUATOR)) != 0;
    bool allowed = proxy_for[0] == '\0' ? (row->who & actor->who) != 0
                                        : may_proxy && (row->who & WHO_SEAT) != 0;
    const char *expected = !allowed                          ? "not-allowed"
                           : (row->when & 1u << status) == 0 ? "not-now"
                                                             : NULL;
    bool ok = expected != NULL ? str_is(reason, expected)
                               : !str_is(reason, "not-allowed") && !str_is(reason, "not-now") &&
                                     !str_is(reason, "unknown");
    if (!ok)
        fail_msg("%s by %s%s%s while %s: \"%.*s\" instead of \"%s\"", row->name, actor->name,
            proxy_for[0] != '\0' ? " for " : "", proxy_for, status_names[status], STR_ARG(reason),
            expected != NULL ? expected : "anything else");
}

static void every_input_by_everybody_at_every_time(void **state)
{
    (void)state;
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++)
        for (int status = 0; status < STATUS_COUNT; status++)
            for (size_t a = 0; a < TABLE_COUNT(actors); a++)
                check_cell((enum status)status, (enum input_kind)kind, &actors[a], "");
}

static void the_staff_acts_for_seats_and_nobody_else_does(void **state)
{
    (void)state;
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++)
        for (size_t a = 0; a < TABLE_COUNT(actors); a++)
            check_cell(STATUS_RUNNING, (enum input_kind)kind, &actors[a], "lead");
    static const struct table_case rows[] = {
        {"the event is the seat's", "", "1m facilitator note for=legal text=t",
            "1m legal(proxy) noted text=t\n"},
        {"an evaluator may, too", "", "1m evaluator note for=legal text=t",
            "1m legal(proxy) noted text=t\n"},
        {"only the first event was entered for it", "1m facilitator fire inject=news\n",
            "1m facilitator open for=poc inject=news",
            "1m poc(proxy) opened inject=news\n"
            "1m poc learned fact=backup source=inject through=news\n"},
        {"a seat acts for nobody", "", "1m poc note for=legal text=t",
            "1m poc(proxy) refused input_name=note reason=not-allowed what=for\n"},
        {"and for seats only", "", "1m facilitator note for=vendor text=t",
            "1m facilitator(proxy) refused input_name=note reason=not-allowed what=for\n"},
        {"with the seat's eyes", "1m facilitator fire inject=call\n",
            "1m facilitator open for=legal inject=call",
            "1m legal(proxy) refused input_name=open reason=unknown what=call\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void late_entries_are_the_staffs(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"when it happened, and when it was entered", "",
            "10m facilitator said for=poc to=room text=t observed_at=4m",
            "10m(4m) poc(proxy) said text=t to=room\n"},
        {"a seat enters nothing late", "", "10m poc note text=t observed_at=4m",
            "10m(4m) poc refused input_name=note reason=not-allowed what=observed_at\n"},
        {"nothing from the future", "", "10m facilitator note text=t observed_at=11m",
            "10m facilitator refused input_name=note reason=bad-time what=observed_at\n"},
        {"now is not late", "", "10m facilitator note text=t observed_at=10m",
            "10m facilitator noted text=t\n"},
        {"after ENDEX for a seat", "10m facilitator end\n",
            "10m facilitator said for=poc to=room text=t observed_at=4m",
            "10m(4m) poc(proxy) said text=t to=room\n"},
        {"after ENDEX only late", "10m facilitator end\n",
            "10m facilitator said for=poc to=room text=t",
            "10m poc(proxy) refused input_name=said reason=not-now what=ended\n"},
        {"after ENDEX nothing of the staff's own", "10m facilitator end\n",
            "10m facilitator fire inject=news observed_at=4m",
            "10m(4m) facilitator refused input_name=fire reason=not-now what=ended\n"},
        {"what is over is not stopped by an alarm of yesterday", "10m facilitator end\n",
            "10m facilitator stop_real_incident for=poc observed_at=4m",
            "10m(4m) poc(proxy) refused input_name=stop_real_incident reason=not-now what=ended\n"},
        {"nor by the staff's own", "10m facilitator end\n",
            "10m facilitator stop_real_incident observed_at=4m",
            "10m(4m) facilitator refused input_name=stop_real_incident reason=not-now "
            "what=ended\n"},
        {"whoever warmed up did so before", "10m facilitator end\n",
            "10m facilitator check_in for=poc observed_at=0s",
            "10m(0s) poc(proxy) refused input_name=check_in reason=not-now what=ended\n"},
        {"once sealed, nothing", "10m facilitator end\n10m facilitator seal\n",
            "10m facilitator said for=poc to=room text=t observed_at=4m",
            "10m(4m) poc(proxy) refused input_name=said reason=not-now what=sealed\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

/* A full record takes what brings the exercise to its end, and nothing else. */
static void a_full_table_can_be_ended(void **state)
{
    (void)state;
    static const struct {
        enum input_kind kind;
        enum status status;
        enum event_kind expected;
    } rows[] = {{INPUT_PAUSE, STATUS_RUNNING, EVENT_REFUSED},
        {INPUT_END, STATUS_RUNNING, EVENT_ENDED}, {INPUT_SEAL, STATUS_ENDED, EVENT_SEALED},
        {INPUT_STOP_REAL_INCIDENT, STATUS_RUNNING, EVENT_STOPPED}};
    struct table_play play;
    table_play_to(&play, "");
    for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
        struct state full = *table_now(&play);
        full.last_seq = LIMIT_TABLE_EVENTS;
        full.status = rows[i].status;
        struct events events = {.arena = &play.arena};
        struct input input = {
            .kind = rows[i].kind, .actor = ACTOR_FACILITATOR, .observed_ms = -1, .story_at_ms = -1};
        decide_input(&full, &input, &events);
        assert_int_equal(events.items[0].kind, rows[i].expected);
    }
    table_fini(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_input_by_everybody_at_every_time),
        cmocka_unit_test(the_staff_acts_for_seats_and_nobody_else_does),
        cmocka_unit_test(late_entries_are_the_staffs),
        cmocka_unit_test(a_full_table_can_be_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

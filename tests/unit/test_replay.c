/* The replay: who knew what when, and who lacked it, from traces of a few lines. */
#include "unit/metrics_case.h"

#include "base/json_read.h"
#include "score/replay.h"

#define LEARN_TEN                                                                                  \
    "0 clock delivered inject=call to=poc\n"                                                       \
    "1000 p1 learned fact=ten source=inject through=call\n"
#define TELL_TEN                                                                                   \
    "2000 p1 messaged message=m1 to=commander facts=ten type=report\n"                             \
    "3000 c1 learned fact=ten source=message through=m1\n"
#define LEARN_FORTY "4000 h1 learned fact=forty source=revealed\n"
#define END "9000 facilitator ended\n"

static struct str text_of(struct arena *arena, struct str object, const char *key)
{
    struct str text = {0};
    (void)json_to_str(json_get(object, str_of(key)), arena, &text);
    return text;
}

static long long number_of(struct str object, const char *key)
{
    int64_t number = -1;
    (void)json_to_int(json_get(object, str_of(key)), &number);
    return number;
}

static void tell_fact(struct arena *arena, struct str fact, struct buf *out)
{
    struct str item;
    buf_format(
        out, "%.*s came=%lld", STR_ARG(text_of(arena, fact, "id")), number_of(fact, "came_ms"));
    for (size_t at = 0; json_next(json_get(fact, STR("replaced_by")), &at, NULL, &item);)
        buf_format(out, " <%.*s", (int)item.len - 2, item.ptr + 1);
    for (size_t at = 0; json_next(json_get(fact, STR("known")), &at, NULL, &item);)
        buf_format(out, " %.*s@%lld:%.*s:%.*s", STR_ARG(text_of(arena, item, "party")),
            number_of(item, "at_ms"), STR_ARG(text_of(arena, item, "source")),
            STR_ARG(text_of(arena, item, "from")));
    for (size_t at = 0; json_next(json_get(fact, STR("needs")), &at, NULL, &item);)
        buf_format(out, " %.*s=%.*s", STR_ARG(text_of(arena, item, "party")),
            STR_ARG(text_of(arena, item, "need")));
    for (size_t at = 0; json_next(json_get(fact, STR("truths")), &at, NULL, &item);)
        buf_format(
            out, " %lld=%.*s", number_of(item, "from_ms"), STR_ARG(json_get(item, STR("true"))));
    buf_add_char(out, '\n');
}

/* "ten came=0 <forty p1@1000:inject: c1=must", "gap forty c1 4000--1", "moment decided c1 5",
 * "parties c1 h1 p1". */
static struct str tell(struct arena *arena, struct str json)
{
    struct buf out = {0};
    struct str item, said;
    assert_true(json_check(json, NULL));
    for (size_t at = 0; json_next(json_get(json, STR("facts")), &at, NULL, &item);)
        tell_fact(arena, item, &out);
    for (size_t at = 0; json_next(json_get(json, STR("gaps")), &at, NULL, &item);)
        buf_format(&out, "gap %.*s %.*s %lld..%lld\n", STR_ARG(text_of(arena, item, "fact")),
            STR_ARG(text_of(arena, item, "party")), number_of(item, "since_ms"),
            number_of(item, "until_ms"));
    for (size_t at = 0; json_next(json_get(json, STR("moments")), &at, NULL, &item);)
        buf_format(&out, "moment %.*s %.*s %lld\n", STR_ARG(text_of(arena, item, "kind")),
            STR_ARG(text_of(arena, item, "actor")), number_of(item, "at_ms"));
    buf_add(&out, STR("parties"));
    for (size_t at = 0; json_next(json_get(json, STR("parties")), &at, NULL, &item);)
        buf_format(&out, " %.*s", STR_ARG(text_of(arena, item, "id")));
    buf_format(&out, "\nend %lld\n", number_of(json, "end_ms"));
    said = arena_str(arena, buf_str(&out));
    buf_fini(&out);
    return said;
}

static void expect(const char *name, const char *trace, const char *expected)
{
    struct arena arena = {0};
    struct buf out = {0};
    size_t count;
    struct replay *replay = replay_new(case_def(&arena));
    struct event *events = trace_events(&arena, trace, &count);
    for (size_t i = 0; i < count; i++)
        replay_feed(replay, &events[i]);
    replay_write(replay, &out);
    struct str said = tell(&arena, buf_str(&out));
    if (!str_is(said, expected))
        fail_msg("%s\nexpected:\n%s\ngot:\n%.*s", name, expected, STR_ARG(said));
    replay_free(replay);
    buf_fini(&out);
    arena_fini(&arena);
}

static void who_knew_and_who_did_not(void **state)
{
    (void)state;
    expect("nothing came, nothing is shown", END,
        "moment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
    expect("told by message; a fact that turned false; one that never came is not named",
        LEARN_TEN TELL_TEN END,
        "ten came=0 c1@3000:message:p1 p1@1000:inject: c1=must 0=true 5000=false\n"
        "gap ten c1 1000..3000\nmoment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
    expect("whoever has to know and is the first to know lacks nothing",
        "1000 c1 learned fact=forty source=revealed\n2000 h1 learned fact=forty source=said\n" END,
        "forty came=1000 c1@1000:revealed: h1@2000:said: c1=must\n"
        "moment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
    expect("a truth that changes after ENDEX is not told", LEARN_TEN "4000 facilitator ended\n",
        "ten came=0 p1@1000:inject: c1=must 0=true\n"
        "gap ten c1 1000..-1\nmoment ended facilitator 4000\nparties c1 h1 p1\nend 4000\n");
    expect("it came and nobody read it", "2000 clock delivered inject=call to=poc\n" END,
        "ten came=2000 c1=must 0=true 5000=false\n"
        "gap ten c1 2000..-1\nmoment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
}

static void gaps_are_in_order_of_weight(void **state)
{
    (void)state;
    expect("never first, then the longest; the newer card closes the older one's gap",
        LEARN_TEN LEARN_FORTY "6000 c1 learned fact=forty source=said through=h1\n" END,
        "ten came=0 <forty p1@1000:inject: c1=must 0=true 5000=false\n"
        "forty came=4000 c1@6000:said:h1 h1@4000:revealed: c1=must\n"
        "gap ten c1 1000..6000\ngap forty c1 4000..6000\n"
        "moment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
    expect("open ones by when they began",
        LEARN_FORTY "5000 clock delivered inject=call to=poc\n" END,
        "ten came=5000 <forty c1=must 0=true 5000=false\n"
        "forty came=4000 h1@4000:revealed: c1=must\n"
        "gap forty c1 4000..-1\ngap ten c1 5000..-1\n"
        "moment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
}

static void only_what_counts_at_its_own_time(void **state)
{
    (void)state;
    expect("somebody outside who learned takes part; decisions and phases stand on the axis",
        LEARN_TEN "1500 vendor learned fact=ten source=message through=m9\n"
                  "2000 c1 decided question=cut option=x\n" END,
        "ten came=0 p1@1000:inject: vendor@1500:message: c1=must vendor=never 0=true 5000=false\n"
        "gap ten c1 1000..-1\nmoment decided c1 2000\n"
        "moment ended facilitator 9000\nparties c1 h1 p1 vendor\nend 9000\n");
    expect("a late entry counts when it happened",
        LEARN_TEN "2000+8000 c1 learned fact=ten source=heard through=poc\n" END,
        "ten came=0 c1@2000:heard:poc p1@1000:inject: c1=must 0=true 5000=false\n"
        "gap ten c1 1000..2000\nmoment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
    expect("what was annulled does not count, even after ENDEX",
        LEARN_TEN "3000 c1 learned fact=ten source=revealed\n" END
                  "9000 facilitator annulled event=3\n",
        "ten came=0 p1@1000:inject: c1=must 0=true 5000=false\n"
        "gap ten c1 1000..-1\nmoment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
    expect("after ENDEX nobody learns for the replay",
        LEARN_TEN END "9500 c1 learned fact=ten source=revealed\n",
        "ten came=0 p1@1000:inject: c1=must 0=true 5000=false\n"
        "gap ten c1 1000..-1\nmoment ended facilitator 9000\nparties c1 h1 p1\nend 9000\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_knew_and_who_did_not),
        cmocka_unit_test(gaps_are_in_order_of_weight),
        cmocka_unit_test(only_what_counts_at_its_own_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

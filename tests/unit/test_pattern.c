/* Patterns: what they match, which condition they miss by, and what authors are told. */
#include "unit/table.h"

struct row {
    const char *name;
    struct {
        const char *field, *values; /* "a,b" */
    } conditions[3];
    const char *line; /* its first event is matched */
    int misses;       /* -1: matches; -2: another kind; else the condition */
};

static struct strs split(struct arena *arena, const char *text)
{
    struct str *items = ARENA_ARRAY(arena, 8, struct str);
    struct str rest = str_of(text), item;
    size_t count = 0;
    while (str_cut(rest, ',', &item, &rest))
        items[count++] = item;
    items[count++] = rest;
    return (struct strs){items, count};
}

#define MESSAGE "1m poc message id=m1 type=escalation to=commander,vendor via=phone"

static const struct row rows[] = {
    {"escalation", {{0}}, MESSAGE, -1},
    {"escalation", {{"to", "commander"}}, MESSAGE, -1},
    {"escalation", {{"to", "legal,vendor"}}, MESSAGE, -1},
    {"escalation", {{"to", "legal"}}, MESSAGE, 0},
    {"escalation", {{"to", "vendor"}, {"via", "mail"}}, MESSAGE, 1},
    {"escalation", {{"by", "poc"}}, MESSAGE, -1},
    {"escalation", {{"by", "commander,handler"}}, MESSAGE, 0},
    {"message", {{"type", "escalation"}}, MESSAGE, -1},
    {"message", {{"type", "report,order"}}, MESSAGE, 0},
    {"said", {{0}}, MESSAGE, -2},
    {"note", {{"by", "handler"}}, "1m lead note text=t", -1}, /* by a role of the seat */
    {"note", {{"by", "lead"}}, "1m lead note text=t", -1},
    {"note", {{"by", "facilitator"}}, "1m facilitator note text=t", -1},
    {"escalation", {{0}}, "1m poc message id=m1 type=report to=commander", -2},
    {"action", {{"action", "isolate"}, {"target", "fs01"}},
        "1m lead act action=isolate target=fs01", -1},
};

static void they_match_and_miss(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
        struct table_play play;
        struct pattern pattern;
        struct err err = {0};
        table_play_to(&play, rows[i].line);
        const struct event *event = &play.events.items[2];
        pattern_begin(&pattern, pattern_name_find(str_of(rows[i].name)));
        for (size_t c = 0; c < 3 && rows[i].conditions[c].field != NULL; c++)
            if (!pattern_add(&pattern, &play.arena, str_of(rows[i].conditions[c].field),
                    split(&play.arena, rows[i].conditions[c].values), &err))
                fail_msg("row %zu: %s", i, err.message);
        if (pattern_matches(&pattern, &play.def, event) != (rows[i].misses == -1))
            fail_msg("row %zu: %s", i, rows[i].misses == -1 ? "does not match" : "matches");
        int expected = rows[i].misses == -2 ? -1 : rows[i].misses;
        assert_int_equal(pattern_miss(&pattern, &play.def, event), expected);
        table_fini(&play);
    }
    struct pattern nothing = {0};
    struct table_play play;
    table_play_to(&play, MESSAGE);
    assert_false(pattern_matches(&nothing, &play.def, &play.events.items[2]));
    table_fini(&play);
}

static void authors_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *name, *field, *values, *says;
    } mistakes[] = {
        {"escalation", "too", "commander",
            "\"escalation\" has no condition \"too\"; did you mean \"to\"?"},
        {"message", "type", "escalatoin",
            "\"escalatoin\" is not a type; did you mean \"escalation\"?"},
        {"message", "type", "zzzzzzzz", "\"zzzzzzzz\" is not a type"},
        {"message", "text", "x", "\"message\" has no condition \"text\""},
        {"message", "ack_within_ms", "5", "\"message\" has no condition \"ack_within_ms\""},
    };
    for (size_t i = 0; i < TABLE_COUNT(mistakes); i++) {
        struct arena arena = {0};
        struct pattern pattern;
        struct err err = {0};
        pattern_begin(&pattern, pattern_name_find(str_of(mistakes[i].name)));
        assert_false(pattern_add(
            &pattern, &arena, str_of(mistakes[i].field), split(&arena, mistakes[i].values), &err));
        assert_string_equal(err.message, mistakes[i].says);
        assert_int_equal(pattern.condition_count, 0);
        arena_fini(&arena);
    }
}

static void they_can_be_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct pattern pattern = {0};
    struct err err;
    assert_string_equal(pattern_format(&pattern, &arena).ptr, "nothing");
    pattern_begin(&pattern, pattern_name_find(STR("escalation")));
    assert_true(pattern_add(&pattern, &arena, STR("to"), split(&arena, "commander,legal"), &err));
    assert_true(pattern_add(&pattern, &arena, STR("by"), split(&arena, "poc"), &err));
    assert_string_equal(
        pattern_format(&pattern, &arena).ptr, "escalation to commander or legal by poc");
    assert_null(pattern_name_find(STR("dance")));
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_match_and_miss),
        cmocka_unit_test(authors_are_told),
        cmocka_unit_test(they_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Skills over many exercises: what counts, the words and their bounds, and what comes first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "score/skills.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
enum { EXERCISES = 6, NOBODY = -1 };

static const struct skill_exercise exercises[EXERCISES] = {
    {STR_INIT("a-1"), STR_INIT("a"), 100, 1, 2},
    {STR_INIT("b-1"), STR_INIT("b"), 200, 1, 2},
    {STR_INIT("c-1"), STR_INIT("c"), 300, 1, 2},
    {STR_INIT("d-1"), STR_INIT("d"), 400, 1, 2},
    {STR_INIT("a-2"), STR_INIT("a"), 500, 1, 2},
    {STR_INIT("e-1"), STR_INIT("e"), 600, 3, 1},
};

/* Alike opportunities of one exercise; NULL for a word: the usual one. */
struct some {
    int exercise, count;
    enum skill_outcome outcome;
    int cause;
    int64_t major;
    const char *role, *person;
};

static struct skill_opportunity opportunity_of(const struct some *some)
{
    return (struct skill_opportunity){.exercise = some->exercise,
        .count = some->count,
        .role = str_of(some->role ? some->role : "poc"),
        .person = str_of(some->person ? some->person : ""),
        .skill = STR("escalate"),
        .outcome = some->outcome,
        .cause = some->cause,
        .severity = SEVERITY_MAJOR,
        .pack = STR("escalation"),
        .major = some->major};
}

static size_t find(const struct some *some, size_t count, enum skills_by by, struct arena *arena,
    struct skill_row **ret_rows)
{
    struct skill_opportunity *items = ARENA_ARRAY(arena, count + 1, struct skill_opportunity);
    for (size_t i = 0; i < count; i++)
        items[i] = opportunity_of(&some[i]);
    struct skills_source source = {.exercises = exercises,
        .exercise_count = EXERCISES,
        .items = items,
        .item_count = count,
        .by = by,
        .target = 800};
    return skills_find(&source, arena, ret_rows);
}

struct row_case {
    const char *name;
    struct some some[8];
    const char *expected; /* "word met/n in exercises; partial hinted unexplained set aside" */
};

/* Of an exercise so many; more fields can follow. */
#define SOME(at, n, what, why, ...)                                                                \
    {                                                                                              \
        .exercise = (at), .count = (n), .outcome = OUTCOME_##what, .cause = (why), __VA_ARGS__     \
    }

static const struct row_case row_cases[] = {
    {"three are too few",
        {SOME(0, 2, FULL, NOBODY, .major = 0), SOME(1, 1, FULL, NOBODY, .major = 0)},
        "insufficient-evidence 3/3 in 2; 0 0 0 0"},
    {"four in one exercise are", {SOME(0, 4, FULL, NOBODY, .major = 0)},
        "insufficient-evidence 4/4 in 1; 0 0 0 0"},
    {"four in two are enough",
        {SOME(0, 2, FULL, NOBODY, .major = 0), SOME(1, 2, FULL, NOBODY, .major = 0)},
        "likely-holds 4/4 in 2; 0 0 0 0"},
    {"all of many hold",
        {SOME(0, 6, FULL, NOBODY, .major = 0), SOME(1, 6, FULL, NOBODY, .major = 0),
            SOME(2, 6, FULL, NOBODY, .major = 0)},
        "holds 18/18 in 3; 0 0 0 0"},
    {"half of them do not",
        {SOME(0, 3, FULL, NOBODY, .major = 0), SOME(0, 3, MISSED, CAUSE_SKILL, .major = 0),
            SOME(1, 3, FULL, NOBODY, .major = 0), SOME(1, 3, MISSED, CAUSE_SKILL, .major = 0)},
        "gap 6/12 in 2; 0 0 0 0"},
    {"three of four are to be watched",
        {SOME(0, 3, FULL, NOBODY, .major = 0), SOME(0, 1, MISSED, CAUSE_SKILL, .major = 0),
            SOME(1, 3, FULL, NOBODY, .major = 0), SOME(1, 1, MISSED, CAUSE_SKILL, .major = 0)},
        "watch 6/8 in 2; 0 0 0 0"},
    {"one bad day is no gap, however bad",
        {SOME(0, 1, FULL, NOBODY, .major = 0), SOME(1, 1, FULL, NOBODY, .major = 0),
            SOME(2, 21, MISSED, CAUSE_SKILL, .major = 0)},
        "watch 2/23 in 3; 0 0 0 0 one bad day"},
    {"and a success does not make it one",
        {SOME(0, 1, FULL, NOBODY, .major = 0), SOME(1, 1, FULL, NOBODY, .major = 0),
            SOME(2, 21, MISSED, CAUSE_SKILL, .major = 0), SOME(3, 1, FULL, NOBODY, .major = 0)},
        "watch 3/24 in 4; 0 0 0 0 one bad day"},
    {"nor does a miss beside it",
        {SOME(0, 1, MISSED, CAUSE_SKILL, .major = 0), SOME(1, 1, FULL, NOBODY, .major = 0),
            SOME(2, 9, MISSED, CAUSE_SKILL, .major = 0)},
        "watch 1/11 in 3; 0 0 0 0 one bad day"},
    {"two bad days are",
        {SOME(0, 2, MISSED, CAUSE_SKILL, .major = 0), SOME(1, 1, FULL, NOBODY, .major = 0),
            SOME(2, 9, MISSED, CAUSE_SKILL, .major = 0)},
        "gap 1/12 in 3; 0 0 0 0"},
    {"in part is met",
        {SOME(0, 3, PARTIAL, NOBODY, .major = 0), SOME(1, 3, FULL, NOBODY, .major = 0)},
        "holds 6/6 in 2; 3 0 0 0"},
    {"with help is neither",
        {SOME(0, 2, FULL, NOBODY, .major = 0), SOME(1, 2, FULL, NOBODY, .major = 0),
            SOME(1, 9, HINTED, NOBODY, .major = 0)},
        "likely-holds 4/4 in 2; 0 9 0 0"},
    {"with help only",
        {SOME(0, 9, HINTED, NOBODY, .major = 0), SOME(1, 9, HINTED, NOBODY, .major = 0)},
        "insufficient-evidence 0/0 in 0; 0 18 0 0"},
    {"another cause does not count",
        {SOME(0, 6, FULL, NOBODY, .major = 0), SOME(1, 6, FULL, NOBODY, .major = 0),
            SOME(1, 9, MISSED, CAUSE_CONTACT_DATA, .major = 0)},
        "holds 12/12 in 2; 0 0 0 0"},
    {"nobody said why, and it matters",
        {SOME(0, 6, FULL, NOBODY, .major = 0), SOME(1, 6, FULL, NOBODY, .major = 0),
            SOME(1, 6, MISSED, NOBODY, .major = 0)},
        "causes-missing 12/12 in 2; 0 0 6 0"},
    {"nobody said why, and it does not matter",
        {SOME(0, 9, MISSED, CAUSE_SKILL, .major = 0), SOME(1, 9, MISSED, CAUSE_SKILL, .major = 0),
            SOME(1, 6, MISSED, NOBODY, .major = 0)},
        "gap 0/18 in 2; 0 0 6 0"},
    {"nobody said why of anything",
        {SOME(0, 9, MISSED, NOBODY, .major = 0), SOME(1, 9, MISSED, NOBODY, .major = 0)},
        "causes-missing 0/0 in 0; 0 0 18 0"},
    {"older rules are set aside",
        {SOME(0, 9, MISSED, CAUSE_SKILL, .major = 1), SOME(1, 9, MISSED, CAUSE_SKILL, .major = 1),
            SOME(2, 6, FULL, NOBODY, .major = 2), SOME(3, 6, FULL, NOBODY, .major = 2)},
        "holds 12/12 in 2; 0 0 0 18"},
};

static void check_row(const struct row_case *one)
{
    struct arena arena = {0};
    struct skill_row *rows;
    size_t count = 0;
    char found[120];
    while (count < COUNT(one->some) && one->some[count].count > 0)
        count++;
    assert_int_equal(find(one->some, count, SKILLS_BY_ROLE, &arena, &rows), 1);
    snprintf(found, sizeof(found), "%s %d/%d in %d; %d %d %d %d%s", skill_word_names[rows->word],
        (int)rows->met, (int)rows->n, (int)rows->exercises, (int)rows->partial, (int)rows->hinted,
        (int)rows->unexplained, (int)rows->set_aside, rows->is_one_day ? " one bad day" : "");
    if (strcmp(found, one->expected) != 0)
        fail_msg("%s: %s, not %s", one->name, found, one->expected);
    assert_int_equal(rows->rate, rows->n > 0 ? (1000 * rows->met + rows->n / 2) / rows->n : -1);
    arena_fini(&arena);
}

static void test_what_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(row_cases); i++)
        check_row(&row_cases[i]);
}

static void test_whose_rows(void **state)
{
    (void)state;
    static const struct some some[] = {
        SOME(0, 1, FULL, NOBODY, .major = 0, .role = "poc", .person = "p2"),
        SOME(1, 1, FULL, NOBODY, .major = 0, .role = "legal", .person = "p1"),
        SOME(0, 2, FULL, NOBODY, .major = 0, .role = "legal", .person = "p1"),
        SOME(2, 1, FULL, NOBODY, .major = 0, .role = "poc")};
    struct arena arena = {0};
    struct skill_row *rows;
    assert_int_equal(find(some, 4, SKILLS_BY_TEAM, &arena, &rows), 1);
    assert_int_equal(rows[0].n, 5);
    assert_int_equal(rows[0].who.len, 0);
    assert_int_equal(find(some, 4, SKILLS_BY_ROLE, &arena, &rows), 2);
    assert_true(str_is(rows[0].who, "legal") && rows[0].n == 3);
    assert_int_equal(rows[0].dot_count, 2);
    assert_int_equal(rows[0].dots[0].met, 2); /* exercises in order, not as they came */
    assert_true(str_is(rows[1].who, "poc") && rows[1].n == 2);
    /* Where nobody is known, nobody is credited. */
    assert_int_equal(find(some, 4, SKILLS_BY_PERSON, &arena, &rows), 2);
    assert_true(str_is(rows[1].who, "p2") && rows[1].n == 1);
    arena_fini(&arena);
}

static void test_trend_and_confounds(void **state)
{
    (void)state;
    static const struct some some[] = {SOME(0, 4, MISSED, CAUSE_SKILL, .major = 0, .person = "p1"),
        SOME(1, 4, MISSED, CAUSE_SKILL, .major = 0, .person = "p1"),
        SOME(2, 4, FULL, NOBODY, .major = 0, .person = "p1"),
        SOME(3, 4, FULL, NOBODY, .major = 0, .person = "p1"),
        SOME(4, 1, HINTED, NOBODY, .major = 0, .person = "p1"),
        SOME(5, 4, FULL, NOBODY, .major = 0, .person = "p2")};
    static const struct {
        size_t count;
        int least, most;
        unsigned confounds;
    } cases[] = {
        {3, -1, -1, 0},
        {4, 900, 1000, 0},
        {5, 900, 1000, 1u << CONFOUND_FAMILIAR | 1u << CONFOUND_HELP},
        {6, 900, 1000,
            1u << CONFOUND_FAMILIAR | 1u << CONFOUND_HELP | 1u << CONFOUND_DIFFICULTY |
                1u << CONFOUND_MODE | 1u << CONFOUND_PEOPLE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena arena = {0};
        struct skill_row *rows;
        find(some, cases[i].count, SKILLS_BY_ROLE, &arena, &rows);
        if (rows->rising < cases[i].least || rows->rising > cases[i].most)
            fail_msg("of %zu: rising %d", cases[i].count, rows->rising);
        assert_int_equal(rows->confounds, cases[i].confounds);
        arena_fini(&arena);
    }
}

/* Consequence times probability, gaps before what is watched, never by the figure alone. */
static void test_what_is_urgent(void **state)
{
    (void)state;
    const struct skill_row rows[] = {
        {.who = STR("a"), .skill = STR("s"), .word = SKILL_HOLDS, .consequence = SEVERITY_CRITICAL},
        {.who = STR("b"),
            .skill = STR("s"),
            .word = SKILL_WATCH,
            .interval = {.below = 790},
            .consequence = SEVERITY_CRITICAL},
        {.who = STR("c"),
            .skill = STR("s"),
            .word = SKILL_GAP,
            .interval = {.below = 990},
            .consequence = SEVERITY_MINOR},
        {.who = STR("d"),
            .skill = STR("t"),
            .word = SKILL_GAP,
            .interval = {.below = 800},
            .consequence = SEVERITY_MAJOR},
        {.who = STR("d"),
            .skill = STR("s"),
            .word = SKILL_GAP,
            .interval = {.below = 800},
            .consequence = SEVERITY_MAJOR},
        {.who = STR("e"), .skill = STR("s"), .word = SKILL_UNEXPLAINED, .interval = {.below = 990}},
    };
    const struct skill_row *urgent[COUNT(rows)];
    assert_int_equal(skills_urgent(rows, COUNT(rows), urgent), 4);
    assert_ptr_equal(urgent[0], &rows[4]);
    assert_ptr_equal(urgent[1], &rows[3]);
    assert_ptr_equal(urgent[2], &rows[2]);
    assert_ptr_equal(urgent[3], &rows[1]);
    assert_int_equal(skills_urgency(&rows[2]), 1980);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_counts),
        cmocka_unit_test(test_whose_rows),
        cmocka_unit_test(test_trend_and_confounds),
        cmocka_unit_test(test_what_is_urgent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

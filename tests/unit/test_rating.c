/* Ratings: the house's scale, what a critical miss lowers, and several evaluators. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "score/rating.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Findings of one rule: so many satisfied, so many violated. */
struct rating_case {
    const char *name;
    enum severity severity;
    int from_percent[3]; /* of P, S and M; 0: the house says nothing */
    size_t satisfied_count, violated_count;
    const char *expected; /* "proposed", and the rule that lowered it */
};

static const struct rating_case cases[] = {
    {"three are too few", SEVERITY_MAJOR, {0}, 3, 0, "-"},
    {"the usual scale, P", SEVERITY_MAJOR, {0}, 4, 1, "P"},
    {"the usual scale, S", SEVERITY_MAJOR, {0}, 3, 1, "S"},
    {"the usual scale, M", SEVERITY_MAJOR, {0}, 2, 2, "M"},
    {"the usual scale, U", SEVERITY_MAJOR, {0}, 1, 3, "U"},
    {"the house's scale", SEVERITY_MAJOR, {75, 50, 25}, 3, 1, "P"},
    {"the house's scale, at its bound", SEVERITY_MAJOR, {90, 76, 75}, 3, 1, "M"},
    {"a critical miss lowers S", SEVERITY_CRITICAL, {0}, 3, 1, "M r"},
    {"a critical miss does not lower M", SEVERITY_CRITICAL, {0}, 2, 2, "M"},
    {"nor what is not proposed", SEVERITY_CRITICAL, {0}, 2, 1, "-"},
};

static void check(const struct rating_case *one)
{
    struct arena arena = {0};
    struct rule rule = {
        .id = STR("r"), .capability = STR("c"), .weight = 1, .severity = one->severity};
    struct rules rules = {.items = &rule, .count = 1};
    size_t count = one->satisfied_count + one->violated_count;
    struct finding *findings = ARENA_ARRAY(&arena, count, struct finding);
    for (size_t i = 0; i < count; i++) {
        bool is_met = i < one->satisfied_count;
        findings[i] = (struct finding){.rule = &rule,
            .verdict = is_met ? VERDICT_SATISFIED : VERDICT_VIOLATED,
            .time_permille = is_met ? 1000 : 0,
            .content_permille = 1000,
            .assistance_permille = 1000};
    }
    const struct organisation house = {.ratings.from_percent = {0, one->from_percent[0],
                                           one->from_percent[1], one->from_percent[2], 0}};
    struct rating_source source = {
        .house = &house, .rules = &rules, .findings = findings, .finding_count = count};
    struct capability *items;
    assert_int_equal(rating_find(&source, &arena, &items), 1);
    struct str found =
        arena_format(&arena, "%s%s%.*s", items->proposed == 0 ? "-" : rating_names[items->proposed],
            items->capped_by == NULL ? "" : " ",
            items->capped_by == NULL ? 0 : (int)items->capped_by->id.len,
            items->capped_by == NULL ? "" : items->capped_by->id.ptr);
    if (!str_is(found, one->expected))
        fail_msg("%s: expected %s, found %.*s", one->name, one->expected, STR_ARG(found));
    arena_fini(&arena);
}

static void test_proposals(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(&cases[i]);
}

static struct event rated(const char *by, const char *capability, int rating)
{
    return (struct event){.kind = EVENT_RATED,
        .body.rated = {.by = str_of(by), .capability = str_of(capability), .rating = rating}};
}

static void test_several_evaluators(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct rules rules = {0};
    const struct event events[] = {rated("seki", "calm", 2), rated("mori", "calm", 1),
        rated("", "speech", 4), rated("seki", "calm", 3)};
    const struct event *list[COUNT(events)];
    struct capability *items;
    struct buf out = {0};
    struct json_write json;
    for (size_t i = 0; i < COUNT(events); i++)
        list[i] = &events[i];
    struct rating_source source = {.rules = &rules, .rated = list, .rated_count = COUNT(list)};
    size_t count = rating_find(&source, &arena, &items);
    json_write_init(&json, &out);
    rating_write(items, count, &json);
    buf_add_char(&out, '\0');
    assert_string_equal(out.ptr,
        "[{\"id\":\"calm\",\"n\":0,\"rated\":[{\"by\":\"seki\",\"rating\":\"M\"},"
        "{\"by\":\"mori\",\"rating\":\"P\"}],\"rules\":0,\"satisfied\":0},"
        "{\"id\":\"speech\",\"n\":0,\"rated\":[{\"rating\":\"U\"}],\"rules\":0,\"satisfied\":0}]");
    buf_fini(&out);
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_proposals), cmocka_unit_test(test_several_evaluators)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

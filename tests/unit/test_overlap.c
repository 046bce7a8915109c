/* Whether two patterns could mean the same event. */
#include "unit/trace_def.h"

#include "score/overlap.h"

static const struct {
    const char *a, *b;
    bool overlap;
} cases[] = {
    {"escalation to=commander", "escalation to=commander,ciso", true},
    {"escalation to=commander", "escalation to=ciso", false},
    {"escalation to=commander", "escalation", true},
    {"escalation to=commander", "message to=commander", true},
    {"escalation to=commander", "message to=commander type=escalation,report", true},
    {"escalation to=commander", "message to=commander type=report", false},
    {"escalation to=commander", "knows by=commander", false},
    {"ack by=poc", "ack by=triage", true},
    {"ack by=poc", "ack by=p1", true},
    {"ack by=poc", "ack by=handler", false},
    {"ack by=poc message=m", "ack inject=call", true},
    {"", "", false},
    {"ack", "", false},
};

static void test_overlap(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct def *def = trace_def(&arena);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pattern a = trace_pattern(&arena, cases[i].a);
        struct pattern b = trace_pattern(&arena, cases[i].b);
        if (overlap_patterns(def, &a, &b) != cases[i].overlap ||
            overlap_patterns(def, &b, &a) != cases[i].overlap)
            fail_msg("%s / %s", cases[i].a, cases[i].b);
    }
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_overlap)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

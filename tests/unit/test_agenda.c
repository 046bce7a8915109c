/* What the table talks about: which findings, and in which order. */
#include "unit/trace.h"

#include "score/agenda.h"

#define V VERDICT_VIOLATED
#define E VERDICT_EXCUSED
#define S VERDICT_SATISFIED
#define O VERDICT_INCONCLUSIVE

struct row {
    const char *id;
    enum severity severity;
    enum verdict verdict;
    const char *follows; /* "" or the rule that it follows from */
    bool is_ruled;       /* from a miss */
};

/* "a+2 b | 1": what stands on it with how much follows, and how many more there are. */
static void expect(const char *name, const struct row *rows, size_t count, const char *expected)
{
    struct arena arena = {0};
    struct agenda agenda;
    struct buf out = {0};
    struct finding *findings = ARENA_ARRAY(&arena, count + 1, struct finding);
    struct rule *rules = ARENA_ARRAY(&arena, count + 1, struct rule);
    for (size_t i = 0; i < count; i++) {
        rules[i] = (struct rule){.id = str_of(rows[i].id), .severity = rows[i].severity};
        findings[i] = (struct finding){.rule = &rules[i],
            .name = rules[i].id,
            .verdict = rows[i].verdict,
            .excused_by = str_of(rows[i].follows),
            .is_ruled = rows[i].is_ruled,
            .found = VERDICT_VIOLATED};
    }
    agenda_make(findings, count, &arena, &agenda);
    for (size_t i = 0; i < agenda.count; i++) {
        buf_format(&out, "%.*s", STR_ARG(agenda.items[i].finding->name));
        if (agenda.items[i].knock_on != 0)
            buf_format(&out, "+%d", agenda.items[i].knock_on);
        buf_add_char(&out, ' ');
    }
    buf_format(&out, "| %zu", agenda.more);
    if (!str_is(buf_str(&out), expected))
        fail_msg("%s: \"%.*s\" instead of \"%s\"", name, STR_ARG(buf_str(&out)), expected);
    for (size_t i = 0; i < count; i++) {
        bool is_on = false;
        for (size_t a = 0; a < agenda.count; a++)
            is_on = is_on || agenda.items[a].finding == &findings[i];
        assert_int_equal(agenda_has(&agenda, &findings[i]), is_on);
    }
    buf_fini(&out);
    arena_fini(&arena);
}

static void what_matters_comes_first(void **state)
{
    (void)state;
    static const struct row by_severity[] = {{"minor", SEVERITY_MINOR, V, "", false},
        {"met", SEVERITY_CRITICAL, S, "", false}, {"open", SEVERITY_CRITICAL, O, "", false},
        {"critical", SEVERITY_CRITICAL, V, "", false}, {"major", SEVERITY_MAJOR, V, "", false},
        {"excused", SEVERITY_CRITICAL, E, "unless", false}};
    static const struct row chained[] = {{"quiet", SEVERITY_MAJOR, V, "", false},
        {"root", SEVERITY_MAJOR, V, "", false}, {"child", SEVERITY_CRITICAL, E, "root", false},
        {"grandchild", SEVERITY_CRITICAL, E, "child", false}};
    static const struct row ruled[] = {{"open", SEVERITY_CRITICAL, O, "", false},
        {"ruled", SEVERITY_MINOR, S, "", true}, {"missed", SEVERITY_INFO, V, "", false},
        {"stands", SEVERITY_MINOR, V, "", true}};
    expect("nothing", NULL, 0, "| 0");
    expect("by severity, what was missed before what is open", by_severity, 6,
        "critical major minor open | 0");
    expect("what follows stands with its root, and counts for it", chained, 4, "root+2 quiet | 0");
    expect("what a ruling changed keeps its place", ruled, 4, "ruled stands missed open | 0");
}

static void at_most_seven(void **state)
{
    (void)state;
    static const struct row nine[] = {{"a", SEVERITY_MINOR, V, "", false},
        {"b", SEVERITY_MINOR, V, "", false}, {"c", SEVERITY_MINOR, V, "", false},
        {"d", SEVERITY_MINOR, V, "", false}, {"e", SEVERITY_MINOR, V, "", false},
        {"f", SEVERITY_MINOR, V, "", false}, {"g", SEVERITY_MINOR, V, "", false},
        {"h", SEVERITY_MINOR, V, "", false}, {"i", SEVERITY_MAJOR, V, "", false}};
    expect("seven", nine, 7, "a b c d e f g | 0");
    expect("nine", nine, 9, "i a b c d e f | 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_matters_comes_first),
        cmocka_unit_test(at_most_seven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

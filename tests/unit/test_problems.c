/* Lists of mistakes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/limits.h"
#include "base/problems.h"

static struct place at(const char *file, int line, int column)
{
    return (struct place){str_of(file), line, column};
}

static void test_order_and_first_error(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct err err = {0};
    char file[] = "b.yaml";
    assert_false(problems_to_err(&problems, &err));
    problems_add(&problems, PROBLEM_WARNING, at(file, 9, 1), "%s", "odd");
    assert_false(problems_to_err(&problems, &err));
    problems_add(&problems, PROBLEM_ERROR, at(file, 4, 2), "no such role \"%s\"", "x");
    problems_add(&problems, PROBLEM_ERROR, at(file, 4, 1), "first in the file");
    problems_add(&problems, PROBLEM_ERROR, at("a.yaml", 1, 1), "in another file, later");
    memset(file, '-', sizeof(file) - 1);
    static const char *const messages[] = {
        "first in the file", "no such role \"x\"", "odd", "in another file, later"};
    assert_int_equal(problems.count, 4);
    assert_int_equal(problems.error_count, 3);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(problems.items[i].message.ptr, messages[i]);
    assert_true(problems_to_err(&problems, &err));
    assert_int_equal(err.kind, ERR_AUTHOR);
    assert_string_equal(err.message, "b.yaml:4:1: first in the file");
    problems_fini(&problems);
    problems_fini(NULL);
}

/* Ids are for ever: each is a word of its own; the sentences are whole. */
static void test_kinds(void **state)
{
    (void)state;
    struct problems problems = {0};
    for (int kind = 0; kind < PROBLEM_KIND_COUNT; kind++) {
        const struct problem_kind_row *row = &problem_kinds[kind];
        assert_true(str_is_id(str_of(row->id)));
        for (int other = 0; other < kind; other++)
            assert_string_not_equal(row->id, problem_kinds[other].id);
        const char *const sentences[] = {row->says, row->why, row->remedy};
        for (int i = 0; i < 3; i++)
            assert_true(sentences[i] != NULL && sentences[i][strlen(sentences[i]) - 1] == '.');
        problems_tell(&problems, (enum problem_kind)kind, at("a", kind, 1), "x");
        assert_int_equal(problems.items[kind].level, row->level);
        assert_int_equal(problems.items[kind].kind, kind);
    }
    assert_true(problems_has_error(&problems, at("a", KIND_FORM, 9)));
    assert_false(problems_has_error(&problems, at("a", KIND_LATE, 1)));
    assert_false(problems_has_error(&problems, at("b", KIND_FORM, 1)));
    problems_fini(&problems);
}

static void test_overflow_is_remembered(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct err err = {0};
    for (int i = 0; i < LIMIT_PROBLEMS; i++)
        problems_add(&problems, PROBLEM_WARNING, at("a", i + 1, 1), "odd");
    assert_false(problems.overflowed);
    problems_add(&problems, PROBLEM_ERROR, at("a", 1, 1), "behind them all");
    assert_true(problems.overflowed);
    assert_int_equal(problems.count, LIMIT_PROBLEMS);
    assert_int_equal(problems.error_count, 1);
    assert_true(problems_to_err(&problems, &err));
    assert_string_equal(err.message, "an error hides behind more than 100 warnings; mend some of "
                                     "the warnings and check again");
    problems_fini(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_and_first_error),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_overflow_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

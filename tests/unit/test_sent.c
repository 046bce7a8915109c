/* The set of what was sent: what it never forgets, and when it says "perhaps" to everything. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "app/sent.h"

enum { INPUTS = 5000 };

static struct str id_of(int number, char out[16])
{
    snprintf(out, 16, "id-%d", number);
    return str_of(out);
}

static void test_what_was_sent_is_never_denied(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sent sent = {.key = 7};
    char id[16];
    assert_false(sent_perhaps(&sent, STR("poc"), STR("id-0")));
    for (int i = 0; i < INPUTS; i++) {
        assert_false(sent_perhaps(&sent, STR("poc"), id_of(i, id)));
        sent_add(&sent, &arena, STR("poc"), id_of(i, id));
        sent_add(&sent, &arena, STR("poc"), id_of(i, id));
    }
    assert_int_equal(sent.used_count, INPUTS);
    for (int i = 0; i < INPUTS; i++) {
        assert_true(sent_perhaps(&sent, STR("poc"), id_of(i, id)));
        assert_false(sent_perhaps(&sent, STR("legal"), id_of(i, id)));
    }
    arena_fini(&arena);
}

/* Inputs without an id are never the same as another. */
static void test_no_id(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sent sent = {.key = 7, .is_partial = true};
    sent_add(&sent, &arena, STR("host"), STR(""));
    assert_int_equal(sent.used_count, 0);
    assert_false(sent_perhaps(&sent, STR("host"), STR("")));
    assert_true(sent_perhaps(&sent, STR("host"), STR("any")));
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_sent_is_never_denied),
        cmocka_unit_test(test_no_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Children: whose they are, and that nobody's take all places. Started again with an argument, this
 * program is the child. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/children.h"

static const int rooms[4]; /* only where they are matters */

struct done {
    int count;
    uint64_t ticket; /* of the last */
    bool is_good;
    char output[64];
};

static void note(void *self, uint64_t ticket, bool is_good, struct str output)
{
    struct done *done = self;
    done->count++;
    done->ticket = ticket;
    done->is_good = is_good;
    snprintf(done->output, sizeof(done->output), "%.*s", STR_ARG(output));
}

static enum children_begun start(
    struct children *children, const void *owner, uint64_t ticket, const char *what)
{
    struct children_task task = {.owner = owner, .ticket = ticket, .arguments = {what}};
    return children_start(children, &task);
}

/* Until so many are done. */
static struct done collect(struct children *children, int count)
{
    struct done done = {0};
    for (int i = 0; i < 1000 && done.count < count; i++) {
        struct pollfd ready[CHILDREN_AT_ONCE];
        poll(ready, children_poll(children, ready), 10);
        children_collect(children, note, &done);
    }
    assert_int_equal(done.count, count);
    return done;
}

static void the_last_place_is_for_somebody_who_has_none(void **state)
{
    (void)state;
    struct children children = {0};
    assert_int_equal(start(&children, &rooms[0], 1, "wait"), CHILDREN_BEGUN);
    assert_int_equal(start(&children, &rooms[0], 2, "wait"), CHILDREN_BEGUN);
    assert_int_equal(start(&children, &rooms[0], 3, "wait"), CHILDREN_FULL); /* that is its share */
    assert_int_equal(start(&children, &rooms[1], 4, "wait"), CHILDREN_BEGUN);
    assert_int_equal(start(&children, &rooms[1], 5, "wait"), CHILDREN_FULL);
    assert_int_equal(start(&children, &rooms[2], 6, "speak"), CHILDREN_BEGUN);
    assert_int_equal(start(&children, &rooms[3], 7, "speak"), CHILDREN_FULL);
    struct done done = collect(&children, 1);
    assert_int_equal(done.ticket, 6);
    assert_true(done.is_good);
    assert_string_equal(done.output, "spoken");
    assert_int_equal(start(&children, &rooms[3], 8, "speak"), CHILDREN_BEGUN);
    children_end(&children);
}

static void what_fails_says_nothing(void **state)
{
    (void)state;
    struct children children = {0};
    assert_int_equal(start(&children, &rooms[0], 1, "fail"), CHILDREN_BEGUN);
    struct done done = collect(&children, 1);
    assert_false(done.is_good);
    assert_string_equal(done.output, "");
    children_end(&children);
}

static int be_child(const char *what)
{
    if (strcmp(what, "wait") == 0)
        sleep(60);
    printf("spoken");
    return strcmp(what, "fail") == 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_place_is_for_somebody_who_has_none),
        cmocka_unit_test(what_fails_says_nothing),
    };
    if (argc > 1)
        return be_child(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

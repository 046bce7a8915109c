/* What the server lets people read when the exercise is over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/web_table.h"

static struct client client; /* 256 KiB: too much for some stacks */

static void do_as_facilitator(struct web_table *table, const char *cookie, const char *input)
{
    struct exchange exchange = {"POST", "/api/1/inputs?as=facilitator", cookie, input};
    assert_int_equal(client_ask(&client, table, &exchange), 200);
}

/* After ENDEX everybody with a seat, and the staff, reads who knew what when; the board does not.
 */
static void the_replay_opens_at_endex(void **state)
{
    static const struct {
        struct viewer viewer;
        const char *as;
        int before, after;
    } rows[] = {{{VIEWER_FACILITATOR, {0}}, "facilitator", 409, 200},
        {{VIEWER_EVALUATOR, {0}}, "evaluator", 409, 200},
        {{VIEWER_SEAT, STR_INIT("poc")}, "poc", 409, 200}, {{VIEWER_BOARD, {0}}, "board", 403, 403},
        {{VIEWER_BOARD, {0}}, "nobody", 401, 401}};
    (void)state;
    struct web_table *table = web_table_new(false);
    char cookies[5][256], path[64];
    for (size_t i = 0; i < 4; i++)
        client_join(&client, table, rows[i].viewer, cookies[i]);
    cookies[4][0] = '\0';
    for (int ended = 0; ended < 2; ended++) {
        for (size_t i = 0; i < 5; i++) {
            snprintf(path, sizeof(path), "/api/1/replay?as=%s", rows[i].as);
            struct exchange exchange = {"GET", path, cookies[i], NULL};
            assert_int_equal(
                client_ask(&client, table, &exchange), ended ? rows[i].after : rows[i].before);
            bool is_read = strstr(client.bytes, "\"facts\"") != NULL;
            assert_int_equal(is_read, ended && rows[i].after == 200);
        }
        if (!ended) {
            do_as_facilitator(table, cookies[0], "{\"do\":\"start\",\"id\":\"s\"}");
            do_as_facilitator(table, cookies[0], "{\"do\":\"end\",\"id\":\"e\"}");
        }
    }
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_replay_opens_at_endex)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

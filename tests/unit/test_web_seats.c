/* Who sits where, as browsers meet it: over a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/web_table.h"

static const struct viewer poc = {VIEWER_SEAT, STR_INIT("poc")};

static struct client client; /* 256 KiB: too much for some stacks */
static struct client tabs[3];

static void open_stream(
    struct client *stream, struct web_table *table, const char *path, const char *headers)
{
    char request[1024];
    int len = snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n",
        path, web_port(table->web), headers);
    client_open(stream, table);
    client_send(stream, request, (size_t)len);
    assert_true(client_wait(stream, table, "\"kind\":\"created\""));
}

static int ask(struct web_table *table, const char *method, const char *path, const char *cookie,
    const char *body)
{
    return client_ask(&client, table, &(struct exchange){method, path, cookie, body});
}

/* ---- whether somebody looks ---- */

static void a_seat_is_seen_while_any_of_its_pages_is(void **state)
{
    static const struct {
        const char *body;
        int status;
        bool is_seen;
    } rows[] = {
        {"{\"page\":\"a\",\"seen\":false}", 200, true},
        {"{\"page\":\"b\",\"seen\":false}", 200, false},
        {"{\"page\":\"a\",\"seen\":true}", 200, true},
        {"{\"page\":\"a\",\"seen\":false}", 200, false},
        {"{\"page\":\"other\",\"seen\":true}", 200, false},
        {"{\"page\":\"No id\",\"seen\":true}", 400, false},
        {"{\"page\":1,\"seen\":true}", 400, false},
        {"{\"seen\":true}", 200, true},
        {"{\"seen\":false}", 200, false},
    };
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    assert_false(web_is_seen(table->room, poc));
    open_stream(&tabs[0], table, "/api/1/stream?as=poc&page=a", seat);
    open_stream(&tabs[1], table, "/api/1/stream?as=poc&page=b", seat);
    assert_true(web_is_seen(table->room, poc));
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(
            ask(table, "POST", "/api/1/presence?as=poc", seat, rows[i].body), rows[i].status);
        if (web_is_seen(table->room, poc) != rows[i].is_seen)
            fail_msg("row %zu, %s: seen is not %d", i, rows[i].body, rows[i].is_seen);
    }
    client_close(&tabs[0]);
    client_close(&tabs[1]);
    web_table_free(table);
}

/* A page behind others that lost its connection comes back as what it is, and the stream that it
 * has left does not count for it. */
static void a_page_that_nobody_sees_stays_so_when_it_connects_again(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    open_stream(&tabs[0], table, "/api/1/stream?as=poc&page=a", seat);
    open_stream(&tabs[1], table, "/api/1/stream?as=poc&page=a&seen=no", seat);
    assert_false(web_is_seen(table->room, poc));
    assert_false(client_wait(&tabs[0], table, "never")); /* it has ended */
    open_stream(&tabs[2], table, "/api/1/stream?as=poc&page=a", seat);
    assert_true(web_is_seen(table->room, poc));
    for (int i = 0; i < 3; i++)
        client_close(&tabs[i]);
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_is_seen_while_any_of_its_pages_is),
        cmocka_unit_test(a_page_that_nobody_sees_stays_so_when_it_connects_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

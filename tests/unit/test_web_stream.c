/* Inputs and event streams as browsers meet them: over a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/ioctl.h>

#include "unit/web_table.h"

static const struct viewer facilitator = {VIEWER_FACILITATOR, {0}};
static const struct viewer poc = {VIEWER_SEAT, STR_INIT("poc")};
static const struct viewer commander = {VIEWER_SEAT, STR_INIT("commander")};

static struct client client; /* 256 KiB: too much for some stacks */
static struct client other;

/* Who sends an input and what; true when it was kept. */
static bool input(struct web_table *table, const char *as, const char *cookie, const char *json)
{
    char path[128];
    snprintf(path, sizeof(path), "/api/1/inputs?as=%s", as);
    struct exchange exchange = {"POST", path, cookie, json};
    return client_ask(&client, table, &exchange) == 200;
}

static void open_stream(
    struct client *stream, struct web_table *table, const char *path, const char *headers)
{
    char request[1024];
    int len = snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n",
        path, web_port(table->web), headers);
    client_open(stream, table);
    client_send(stream, request, (size_t)len);
}

static void an_input_is_answered_only_after_it_was_kept(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256], request[512];
    client_join(&client, table, poc, seat);
    const char *json = "{\"do\":\"note\",\"id\":\"c1\",\"text\":\"x\"}";
    int len = snprintf(request, sizeof(request),
        "POST /api/1/inputs?as=poc HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s"
        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        web_port(table->web), seat, strlen(json), json);
    table->keep_late = true;
    client_open(&client, table);
    client_send(&client, request, (size_t)len);
    for (int i = 0; i < 50; i++)
        web_table_run(table);
    client_receive(&client);
    assert_int_equal(client.len, 0);
    assert_int_equal(table->waiting_count, 1);
    assert_true(str_is(table->waiting[0].actor, "poc"));
    table->keep_late = false;
    assert_true(client_wait(&client, table, "{\"ok\":true}"));
    client_close(&client);
    web_table_free(table);
}

static void a_client_may_leave_while_its_input_waits(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256], request[512];
    client_join(&client, table, poc, seat);
    int len = snprintf(request, sizeof(request),
        "POST /api/1/inputs?as=poc HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        web_port(table->web), seat);
    table->keep_late = true;
    for (int i = 0; i < 17; i++) {
        client_open(&client, table);
        client_send(&client, request, (size_t)len);
        for (int round = 0; round < 10; round++)
            web_table_run(table);
        client_receive(&client);
        client_close(&client);
    }
    assert_int_equal(table->waiting_count, 16); /* no browser may have more waiting */
    assert_non_null(strstr(client.bytes, "HTTP/1.1 429"));
    table->keep_late = false;
    for (int round = 0; round < 50; round++)
        web_table_run(table);
    assert_true(input(table, "poc", seat, "{\"do\":\"note\",\"id\":\"c9\",\"text\":\"x\"}"));
    web_table_free(table);
}

static void a_stream_tells_what_happens_and_goes_on_where_it_was(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(true);
    char seat[256], staff[256], headers[320];
    client_join(&client, table, poc, seat);
    client_join(&client, table, facilitator, staff);
    open_stream(&other, table, "/api/1/stream?as=poc", seat);
    assert_true(client_wait(&other, table, "\"kind\":\"created\""));
    assert_non_null(strstr(other.bytes, "Content-Type: text/event-stream"));
    assert_non_null(strstr(other.bytes, "retry: 1000\nevent: clock\ndata: {\"at_ms\":0,"));
    assert_non_null(strstr(other.bytes, "id: 1\ndata: {"));

    assert_true(input(table, "facilitator", staff, "{\"do\":\"start\",\"id\":\"s\"}"));
    assert_true(client_wait(&other, table, "id: 2\ndata: {"));
    assert_true(client_wait(&other, table, "\"running\":true"));
    struct exchange clock = {"POST", "/api/1/test/clock", NULL, "{\"at_ms\":600 00}"};
    assert_int_equal(client_ask(&client, table, &clock), 400);
    clock.body = "{ \"at_ms\" : 60000 }\n";
    assert_int_equal(client_ask(&client, table, &clock), 200);
    assert_true(client_wait(&other, table, "id: 3\ndata: {"));
    assert_true(client_wait(&other, table, "event: clock\ndata: {\"at_ms\":60000,"));
    client_close(&other);

    snprintf(headers, sizeof(headers), "%sLast-Event-ID: 2\r\n", seat);
    open_stream(&other, table, "/api/1/stream?as=poc", headers);
    assert_true(client_wait(&other, table, "id: 3\ndata: {"));
    assert_null(strstr(other.bytes, "id: 2\n"));
    client_close(&other);
    open_stream(&other, table, "/api/1/stream?as=poc&after=1", seat);
    assert_true(client_wait(&other, table, "id: 3\ndata: {"));
    assert_null(strstr(other.bytes, "id: 1\n"));
    client_close(&other);
    web_table_free(table);
}

static void the_heartbeat_comes_every_fifteen_seconds(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    open_stream(&other, table, "/api/1/stream?as=poc", seat);
    assert_true(client_wait(&other, table, "\"kind\":\"created\""));
    table->steady_ms += 14999;
    for (int i = 0; i < 20; i++)
        web_table_run(table);
    client_receive(&other);
    assert_null(strstr(other.bytes, ": still here\n"));
    table->steady_ms += 1;
    assert_true(client_wait(&other, table, ": still here\nevent: clock\n"));
    client_close(&other);
    web_table_free(table);
}

/* Far more than the sockets' buffers hold, so that the server really cannot send it on. */
static void a_client_that_does_not_read_delays_nobody(void **state)
{
    (void)state;
    enum { NOTES = 400, TEXT_BYTES = 16000 };
    static char json[TEXT_BYTES + 128], text[TEXT_BYTES + 1];
    struct web_table *table = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    open_stream(&other, table, "/api/1/stream?as=poc", seat); /* is never read */
    memset(text, 'x', TEXT_BYTES);
    for (int i = 0; i < NOTES; i++) {
        snprintf(json, sizeof(json), "{\"do\":\"note\",\"id\":\"c%d\",\"text\":\"%s\"}", i, text);
        assert_true(input(table, "poc", seat, json));
    }
    int unread = 0;
    ioctl(other.fd, FIONREAD, &unread);
    assert_true(unread < NOTES * TEXT_BYTES);
    static struct client reader;
    open_stream(&reader, table, "/api/1/stream?as=poc&after=400", seat);
    assert_true(client_wait(&reader, table, "id: 401\n"));
    client_close(&reader);

    /* Nor is it sent away when the feeds are made again, in the middle of a line. */
    web_reload(table->room);
    for (int i = 0; i < 4 * NOTES && !strstr(other.bytes, "id: 401\n"); i++) {
        size_t kept = other.len < 64 ? other.len : 64;
        memmove(other.bytes, other.bytes + other.len - kept, kept);
        other.len = kept;
        web_table_run(table);
        assert_true(client_receive(&other));
    }
    assert_non_null(strstr(other.bytes, "id: 401\n"));
    client_close(&other);
    web_table_free(table);
}

static void a_player_is_sent_nothing_of_what_is_to_come(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(true);
    char seat[256], staff[256];
    client_join(&client, table, poc, seat);
    client_join(&client, table, facilitator, staff);
    assert_true(input(table, "facilitator", staff, "{\"do\":\"start\",\"id\":\"s\"}"));
    struct exchange clock = {"POST", "/api/1/test/clock", NULL, "{\"at_ms\":60000}"};
    assert_int_equal(client_ask(&client, table, &clock), 200);
    assert_true(input(table, "poc", seat, "{\"do\":\"open\",\"id\":\"c1\",\"inject\":\"call\"}"));
    input(table, "poc", seat, "{\"do\":\"open\",\"id\":\"c2\",\"inject\":\"secret-inject\"}");

    struct exchange setting = {"GET", "/api/1/setting?as=poc", seat, NULL};
    assert_int_equal(client_ask(&client, table, &setting), 200);
    assert_null(strstr(client.bytes, "SECRET"));
    assert_null(strstr(client.bytes, "secret-"));
    open_stream(&other, table, "/api/1/stream?as=poc", seat);
    assert_true(client_wait(&other, table, "\"kind\":\"refused\""));
    assert_non_null(strstr(other.bytes, "It burns"));
    assert_null(strstr(other.bytes, "SECRET"));
    assert_null(strstr(other.bytes, "secret-fact"));
    client_close(&other);

    char seat_two[256];
    client_join(&client, table, commander, seat_two);
    open_stream(&other, table, "/api/1/stream?as=commander", seat_two);
    assert_true(client_wait(&other, table, "\"kind\":\"started\""));
    assert_null(strstr(other.bytes, "It burns"));
    assert_null(strstr(other.bytes, "A call"));
    client_close(&other);
    web_table_free(table);
}

static void the_actor_is_the_sessions_and_a_seat_cannot_do_what_staff_does(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    /* intake refuses what names an actor */
    assert_false(
        input(table, "poc", seat, "{\"actor\":\"facilitator\",\"do\":\"start\",\"id\":\"c1\"}"));
    assert_int_equal(machine_state(table->machine)->status, STATUS_READY);
    input(table, "poc", seat, "{\"do\":\"start\",\"id\":\"c2\"}");
    assert_int_equal(machine_state(table->machine)->status, STATUS_READY);
    web_table_free(table);
}

static void while_there_is_no_state_requests_are_told_to_wait(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    table->no_state = true;
    struct exchange exchange = {"GET", "/api/1/setting?as=poc", seat, NULL};
    assert_int_equal(client_ask(&client, table, &exchange), 503);
    exchange.path = "/api/1/stream?as=poc";
    assert_int_equal(client_ask(&client, table, &exchange), 503);
    table->no_state = false;
    exchange.path = "/api/1/setting?as=poc";
    assert_int_equal(client_ask(&client, table, &exchange), 200);
    web_table_free(table);
}

static void reloading_changes_nothing_that_was_told(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    open_stream(&other, table, "/api/1/stream?as=poc", seat);
    assert_true(client_wait(&other, table, "id: 1\n"));
    web_reload(table->room);
    web_tell(table->room, table->events.items, 1); /* had already been told */
    assert_true(input(table, "poc", seat, "{\"do\":\"note\",\"id\":\"c1\",\"text\":\"x\"}"));
    assert_true(client_wait(&other, table, "id: 2\n"));
    assert_null(strstr(strstr(other.bytes, "id: 1\n") + 1, "id: 1\n"));
    assert_null(strstr(other.bytes, "id: 3\n"));
    client_close(&other);
    web_table_free(table);
}

static void open_pages_are_told_that_the_program_closes(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256], request[512];
    client_join(&client, table, poc, seat);
    open_stream(&other, table, "/api/1/stream?as=poc", seat);
    assert_true(client_wait(&other, table, "id: 1\n"));
    int len = snprintf(request, sizeof(request),
        "POST /api/1/inputs?as=poc HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        web_port(table->web), seat);
    table->keep_late = true;
    client_open(&client, table);
    client_send(&client, request, (size_t)len);
    for (int round = 0; round < 20; round++)
        web_table_run(table);
    web_free(table->web);
    table->web = NULL;
    client_receive(&other);
    client_receive(&client);
    assert_non_null(strstr(other.bytes, "event: bye\n"));
    assert_non_null(strstr(client.bytes, "HTTP/1.1 503"));
    client_close(&client);
    client_close(&other);
    web_table_free(table);
}

/* Its headers were let in, then the program closes: the body must not wait for an answer. */
static void an_input_that_comes_too_late_is_told_so(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256], request[512];
    client_join(&client, table, poc, seat);
    int len = snprintf(request, sizeof(request),
        "POST /api/1/inputs?as=poc HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n",
        web_port(table->web), seat);
    client_open(&client, table);
    client_send(&client, request, (size_t)len);
    for (int round = 0; round < 20; round++)
        web_table_run(table);
    client_send(&client, "{}", 2);
    web_free(table->web);
    table->web = NULL;
    client_receive(&client);
    assert_non_null(strstr(client.bytes, "HTTP/1.1 503"));
    assert_int_equal(table->waiting_count, 0);
    client_close(&client);
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_input_is_answered_only_after_it_was_kept),
        cmocka_unit_test(a_client_may_leave_while_its_input_waits),
        cmocka_unit_test(a_stream_tells_what_happens_and_goes_on_where_it_was),
        cmocka_unit_test(the_heartbeat_comes_every_fifteen_seconds),
        cmocka_unit_test(a_client_that_does_not_read_delays_nobody),
        cmocka_unit_test(a_player_is_sent_nothing_of_what_is_to_come),
        cmocka_unit_test(the_actor_is_the_sessions_and_a_seat_cannot_do_what_staff_does),
        cmocka_unit_test(while_there_is_no_state_requests_are_told_to_wait),
        cmocka_unit_test(reloading_changes_nothing_that_was_told),
        cmocka_unit_test(open_pages_are_told_that_the_program_closes),
        cmocka_unit_test(an_input_that_comes_too_late_is_told_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

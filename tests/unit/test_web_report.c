/* Reports over HTTP: how many may wait, what waiting costs, and who gets a large one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/web_table.h"
#include "web/peer.h"
#include "web/reply_document.h"
#include "web/server.h"

enum { LARGE_BYTES = 12 * 1024 * 1024 };

static const struct viewer facilitator = {VIEWER_FACILITATOR, {0}};
static const struct viewer poc = {VIEWER_SEAT, STR_INIT("poc")};

static struct client client;
static struct client others[SERVER_REPORTS + 1];

static void ask_skills(struct client *one, struct web_table *table, const char *cookie)
{
    char request[512];
    int len = snprintf(request, sizeof(request),
        "GET /api/1/skills?as=facilitator HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n",
        web_port(table->web), cookie);
    client_send(one, request, (size_t)len);
    for (int i = 0; i < 20; i++)
        web_table_run(table);
}

static void a_room_has_few_reports_at_one_time(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256];
    client_join(&client, table, facilitator, staff);
    table->hold_reports = true;
    for (int i = 0; i < SERVER_REPORTS + 1; i++) {
        client_open(&others[i], table);
        ask_skills(&others[i], table, staff);
    }
    assert_int_equal(table->held_count, SERVER_REPORTS);
    struct client *refused = &others[SERVER_REPORTS];
    assert_true(client_wait(refused, table, "\"reason\":\"writing\""));
    assert_non_null(strstr(refused->bytes, "HTTP/1.1 429"));
    assert_non_null(strstr(refused->bytes, "Retry-After: "));

    /* Who has got his, or has left, makes room. */
    web_answer(table->web, table->held[0], 200, STR("{\"a\":1}"));
    assert_true(client_wait(&others[0], table, "{\"a\":1}"));
    assert_non_null(strstr(others[0].bytes, "Content-Type: application/json"));
    ask_skills(refused, table, staff);
    assert_int_equal(table->held_count, SERVER_REPORTS + 1);
    for (int i = 0; i < SERVER_REPORTS + 1; i++)
        client_close(&others[i]);
    for (size_t i = 1; i < table->held_count; i++)
        web_answer(table->web, table->held[i], 200, STR("{}"));
    for (int i = 0; i < 50; i++)
        web_table_run(table);
    assert_int_equal(table->room->report_count, 0);
    web_table_free(table);
}

/* Inputs come and go by the thousand while a report is being written. */
static void what_waits_long_does_not_make_the_memory_grow(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], seat[256];
    client_join(&client, table, facilitator, staff);
    client_join(&client, table, poc, seat);
    table->hold_reports = true;
    client_open(&others[0], table);
    ask_skills(&others[0], table, staff);
    size_t before = table->web->waiting_capacity;
    for (int i = 0; i < 500; i++) {
        char json[64];
        snprintf(json, sizeof(json), "{\"do\":\"note\",\"id\":\"c%d\",\"text\":\"x\"}", i);
        struct exchange note = {"POST", "/api/1/inputs?as=poc", seat, json};
        assert_int_equal(client_ask(&client, table, &note), 200);
    }
    assert_int_equal(table->web->waiting_capacity, before);
    assert_int_equal(table->web->waiting_count, 1);
    web_answer(table->web, table->held[0], 200, STR("{\"late\":true}"));
    assert_true(client_wait(&others[0], table, "{\"late\":true}"));
    assert_int_equal(table->web->waiting_count, 0);
    client_close(&others[0]);
    web_table_free(table);
}

/* ---- large ones ---- */

static void answer_large(struct web_table *table)
{
    char *bytes = malloc(LARGE_BYTES);
    assert(bytes);
    memset(bytes, 'x', LARGE_BYTES);
    web_answer(table->web, table->held[0], 200, (struct str){bytes, LARGE_BYTES});
    free(bytes);
}

/* Reads at most so many bytes; -1 when the server has hung up. */
static ssize_t take(struct client *one, size_t most)
{
    static char bytes[1024 * 1024];
    ssize_t got = recv(one->fd, bytes, most < sizeof(bytes) ? most : sizeof(bytes), MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : got == 0 ? -1 : got;
}

static void who_takes_it_steadily_gets_all_of_it(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256];
    client_join(&client, table, facilitator, staff);
    table->hold_reports = true;
    client_open(&client, table);
    ask_skills(&client, table, staff);
    answer_large(table);
    int64_t began_ms = table->steady_ms;
    size_t len = 0;
    for (int i = 0; i < 4000 && len < LARGE_BYTES; i++) {
        table->steady_ms += PEER_PATIENCE_MS / 10;
        ssize_t got = take(&client, 256 * 1024);
        assert_true(got >= 0);
        len += (size_t)got;
        for (int round = 0; round < 5; round++)
            web_table_run(table);
    }
    assert_true(len > LARGE_BYTES);
    assert_true(table->steady_ms - began_ms > 3 * PEER_PATIENCE_MS);
    client_close(&client);
    web_table_free(table);
}

static void who_takes_none_is_hung_up_on(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256];
    client_join(&client, table, facilitator, staff);
    table->hold_reports = true;
    client_open(&client, table);
    ask_skills(&client, table, staff);
    answer_large(table);
    for (int round = 0; round < 700; round++) /* until what the system takes is full */
        web_table_run(table);
    assert_int_equal(table->room->report_count, 1);
    table->steady_ms += 2 * PEER_PATIENCE_MS;
    for (int round = 0; round < 5; round++)
        web_table_run(table);
    table->steady_ms += 2 * PEER_PATIENCE_MS;
    for (int round = 0; round < 50; round++)
        web_table_run(table);
    assert_int_equal(table->room->report_count, 0);
    client_drop(&client);
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_room_has_few_reports_at_one_time),
        cmocka_unit_test(what_waits_long_does_not_make_the_memory_grow),
        cmocka_unit_test(who_takes_it_steadily_gets_all_of_it),
        cmocka_unit_test(who_takes_none_is_hung_up_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A lead over HTTP: in no exercise, and asking with words that are no options. What each route lets
 * in stands in test_web.c with the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/web_table.h"

static const struct viewer facilitator = {VIEWER_FACILITATOR, {0}};

static struct client client; /* 256 KiB: too much for some stacks */

/* The lead's room is no table: neither does its cookie open one, nor a table's cookie the record.
 */
static void a_lead_is_in_no_exercise(void **state)
{
    static const struct {
        bool is_lead;
        const char *path;
        int status;
    } rows[] = {
        {true, "/api/1/plan?at=lead-room&as=lead", 200},
        {true, "/api/1/plan?at=room&as=lead", 401},
        {true, "/api/1/plan?as=lead", 401},
        {true, "/api/1/setting?at=room&as=facilitator", 401},
        {true, "/api/1/setting?at=lead-room&as=facilitator", 401},
        {true, "/api/1/setting?at=lead-room&as=lead", 403},
        {true, "/api/1/stream?at=lead-room&as=lead", 403},
        {true, "/api/1/report?at=lead-room&as=lead", 403},
        {true, "/api/1/qr/lead?at=lead-room&as=lead", 403},
        {false, "/api/1/plan?at=lead-room&as=facilitator", 401},
        {false, "/api/1/plan?at=lead-room&as=lead", 401},
        {false, "/api/1/qr/lead?as=facilitator", 404},
    };
    (void)state;
    struct web_table *table = web_table_new(true);
    char lead[256], staff[256];
    client_join(&client, table, (struct viewer){.kind = VIEWER_LEAD}, lead);
    assert_int_equal(table->pass_count, 0); /* the record keeps passes of tables alone */
    client_join(&client, table, facilitator, staff);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct exchange exchange = {"GET", rows[i].path, rows[i].is_lead ? lead : staff, NULL};
        int status = client_ask(&client, table, &exchange);
        if (status != rows[i].status)
            fail_msg("%s: %d, not %d", rows[i].path, status, rows[i].status);
    }
    struct exchange list = {"GET", "/api/1/sessions", lead, NULL};
    assert_int_equal(client_ask(&client, table, &list), 200);
    assert_non_null(strstr(client.bytes,
        "{\"sessions\":[{\"as\":\"lead\",\"at\":\"lead-room\",\"page\":\"/lead\"}]}"));
    struct exchange clock = {"POST", "/api/1/test/clock?at=lead-room", NULL, "{\"at_ms\":1}"};
    assert_int_equal(client_ask(&client, table, &clock), 503);
    web_table_free(table);
}

/* What is asked comes whole to the host, and nothing that could be taken for an option. */
static void a_lead_asks_with_names_and_numbers_alone(void **state)
{
    static const struct {
        const char *path;
        int status;
        const char *told; /* as web_table_lead tells it */
    } rows[] = {
        {"skills?team=hospital", 200, "0 json en 0 |||hospital||"},
        {"plan?names=yes&format=csv&lang=ja", 200, "5 csv ja 1 |||||"},
        {"plan?format=ics", 200, "text/calendar; charset=utf-8"},
        {"plan?format=html", 404, ""},
        {"evidence?year=2026", 200, "filename=\"evidence-2026.md\""},
        {"evidence?year=2026", 200, "4 md en 0 ||||2026|"},
        {"exercises/report?exercise=small-1/2&format=html&lang=ja", 200, "2 html ja 0 |small-1/2|"},
        {"exercises/report?exercise=small-1&format=csv", 404, ""},
        {"exercises/report?exercise=--db&format=html", 404, ""},
        {"skills?team=--db", 404, ""},
        {"skills?team=Hospital", 404, ""},
        {"evidence?year=/etc", 404, ""},
        {"readiness?team=a%20b", 404, ""},
        {"plan/history?item=7", 200, "6 json en 0 |||||7"},
        {"plan/history?item=-7", 404, ""},
        {"plan?lang=fr", 404, ""},
    };
    (void)state;
    struct web_table *table = web_table_new(false);
    char lead[256], path[128];
    client_join(&client, table, (struct viewer){.kind = VIEWER_LEAD}, lead);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        snprintf(path, sizeof(path), "/api/1/%s&at=lead-room&as=lead", rows[i].path);
        struct exchange exchange = {"GET", path, lead, NULL};
        int status = client_ask(&client, table, &exchange);
        if (status != rows[i].status || !strstr(client.bytes, rows[i].told))
            fail_msg("%s: %d, not %d: %s", path, status, rows[i].status, client.bytes);
    }
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lead_is_in_no_exercise),
        cmocka_unit_test(a_lead_asks_with_names_and_numbers_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

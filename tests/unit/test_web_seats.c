/* Who sits where, as browsers meet it: over a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/web_table.h"

static const struct viewer facilitator = {VIEWER_FACILITATOR, {0}};
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

/* ---- taking a seat back ---- */

static void a_freed_seat_is_anybodys_again(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], seat[256], link[64], body[128];
    struct arena arena = {0};
    client_join(&client, table, facilitator, staff);
    client_join(&client, table, poc, seat);
    struct str unused = web_link(table->room, poc, &arena);
    snprintf(link, sizeof(link), "%.*s", 32, unused.ptr + unused.len - 32);
    open_stream(&tabs[0], table, "/api/1/stream?as=poc", seat);
    assert_int_equal(
        ask(table, "POST", "/api/1/free?as=facilitator", staff, "{\"as\":\"poc\"}"), 200);

    assert_false(client_wait(&tabs[0], table, "never")); /* its stream has ended */
    assert_false(web_is_seen(table->room, poc));
    static const struct exchange rows[] = {{"GET", "/api/1/stream?as=poc", NULL, NULL},
        {"GET", "/api/1/setting?as=poc", NULL, NULL},
        {"POST", "/api/1/inputs?as=poc", NULL, "{\"do\":\"note\",\"id\":\"c1\",\"text\":\"x\"}"}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(ask(table, rows[i].method, rows[i].path, seat, rows[i].body), 401);
        assert_non_null(strstr(client.bytes, "\"reason\":\"freed\""));
    }
    assert_int_equal(ask(table, "GET", "/api/1/setting?as=facilitator", staff, NULL), 200);
    assert_int_equal(table->pass_count, 1); /* the facilitator's */
    assert_string_equal(table->passes[0].as, "facilitator");
    snprintf(body, sizeof(body), "{\"secret\":\"%s\"}", link); /* it may be in the same hands */
    assert_int_equal(ask(table, "POST", "/api/1/join", NULL, body), 403);
    assert_int_equal(ask(table, "GET", "/api/1/links?as=facilitator", staff, NULL), 200);
    assert_non_null(strstr(client.bytes, "\"as\":\"poc\",\"joined\":0,"));
    client_join(&client, table, poc, seat);
    assert_int_equal(ask(table, "GET", "/api/1/setting?as=poc", seat, NULL), 200);
    client_close(&tabs[0]);
    arena_fini(&arena);
    web_table_free(table);
}

/* Whoever was sent away would be back after a stop. */
static void what_cannot_be_kept_does_not_happen(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], seat[256];
    client_join(&client, table, facilitator, staff);
    client_join(&client, table, poc, seat);
    table->keeps_nothing = true;
    assert_int_equal(
        ask(table, "POST", "/api/1/free?as=facilitator", staff, "{\"as\":\"poc\"}"), 503);
    assert_int_equal(ask(table, "GET", "/api/1/setting?as=poc", seat, NULL), 200);
    assert_int_equal(
        ask(table, "POST", "/api/1/code?as=facilitator", staff, "{\"open\":false}"), 503);
    assert_int_equal(ask(table, "GET", "/api/1/code?as=facilitator", staff, NULL), 200);
    assert_non_null(strstr(client.bytes, "\"open\":true"));
    web_table_free(table);
}

/* ---- the code ---- */

static void read_code(struct web_table *table, const char *staff, char ret_code[16])
{
    assert_int_equal(ask(table, "GET", "/api/1/code?as=facilitator", staff, NULL), 200);
    snprintf(ret_code, 16, "%.9s", strstr(client.bytes, "\"code\":\"") + 8);
}

static int join(struct web_table *table, const char *as, const char *code, const char *cookies)
{
    char body[128];
    snprintf(body, sizeof(body), "{\"as\":\"%s\",\"secret\":\"%s\"}", as, code);
    return ask(table, "POST", "/api/1/join", cookies, body);
}

static void a_closed_code_lets_nobody_in_until_it_is_opened(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], code[16];
    client_join(&client, table, facilitator, staff);
    read_code(table, staff, code);
    assert_int_equal(
        ask(table, "POST", "/api/1/code?as=facilitator", staff, "{\"open\":false}"), 200);
    assert_true(table->code_is_closed);
    assert_int_equal(join(table, "poc", code, NULL), 403);
    assert_non_null(strstr(client.bytes, "\"reason\":\"code-closed\""));
    char again[16];
    read_code(table, staff, again);
    assert_non_null(strstr(client.bytes, "\"open\":false"));
    assert_string_equal(again, code); /* it stands on the wall */
    assert_int_equal(
        ask(table, "POST", "/api/1/code?as=facilitator", staff, "{\"open\":true}"), 200);
    assert_int_equal(join(table, "poc", code, NULL), 200);
    web_table_free(table);
}

/* The Cookie header of all that was joined so far. */
static void add_cookie(char cookies[1024])
{
    const char *start = strstr(client.bytes, "Set-Cookie: ") + strlen("Set-Cookie: ");
    size_t len = strlen(cookies);
    if (len > 0)
        len -= 2; /* its end of line */
    snprintf(cookies + len, 1024 - len, "%s%.*s\r\n",
        len > 0 ? "; " : "Cookie: ", (int)strcspn(start, ";"), start);
}

static void one_browser_takes_two_seats_at_once_and_no_more(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], code[16], cookies[1024] = "";
    web_table_add_seats(table, 3);
    client_join(&client, table, facilitator, staff);
    read_code(table, staff, code);
    assert_int_equal(join(table, "poc", code, NULL), 200);
    add_cookie(cookies);
    assert_int_equal(join(table, "commander", code, cookies), 200);
    add_cookie(cookies);
    assert_int_equal(join(table, "seat-a", code, cookies), 409);
    assert_non_null(strstr(client.bytes, "\"reason\":\"two-seats\""));
    assert_int_equal(join(table, "seat-a", code, NULL), 200); /* somebody else */
    client_join(&client, table, (struct viewer){VIEWER_SEAT, STR("seat-b")}, staff);

    /* What the facilitator takes back does not count, nor what is long ago. */
    char again[256];
    client_join(&client, table, facilitator, again);
    assert_int_equal(
        ask(table, "POST", "/api/1/free?as=facilitator", again, "{\"as\":\"poc\"}"), 200);
    assert_int_equal(join(table, "poc", code, cookies), 200);
    add_cookie(cookies);
    assert_int_equal(join(table, "seat-c", code, cookies), 409);
    table->steady_ms += 10 * 60 * 1000;
    assert_int_equal(join(table, "seat-c", code, cookies), 200);
    web_table_free(table);
}

/* A hall behind one router is one address. */
static void wrong_codes_keep_nobody_from_a_link(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], seat[256], code[16];
    client_join(&client, table, facilitator, staff);
    read_code(table, staff, code);
    for (int i = 0; i < 40; i++)
        join(table, "poc", "abcd-efgh", NULL);
    assert_non_null(strstr(client.bytes, "\"reason\":\"slow-down\""));
    assert_int_equal(join(table, "poc", code, NULL), 429); /* a guesser learns nothing */
    client_join(&client, table, poc, seat);
    for (int i = 0; i < 40; i++)
        join(table, "poc", "0123456789abcdef0123456789abcdef", NULL);
    assert_non_null(strstr(client.bytes, "\"reason\":\"slow-down\""));
    client_join(&client, table, poc, seat);
    table->steady_ms += 60000;
    for (int i = 0; i < 40; i++)
        join(table, "poc", "0123456789abcdef0123456789abcdef", NULL);
    assert_int_equal(join(table, "commander", code, NULL), 200); /* nor the other way round */
    web_table_free(table);
}

/* ---- the table is another one ---- */

/* There are as many feeds as a table can have viewers; seats that went leave theirs behind. */
static void feeds_of_seats_that_went_make_room(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    struct def_seat seats[] = {table->def.seats[0], table->def.seats[1]};
    table->def.seats = seats;
    static char names[2 * LIMIT_SEATS][32];
    for (int i = 0; i < 2 * LIMIT_SEATS; i++) {
        char seat[256], path[64];
        snprintf(names[i], sizeof(names[i]), "seat-%d", i);
        seats[0].id = str_of(names[i]);
        table->def.seat_index = (struct index){0};
        def_index(&table->def, &table->arena);
        web_move(table->room, i + 2);
        client_join(&client, table, (struct viewer){VIEWER_SEAT, str_of(names[i])}, seat);
        snprintf(path, sizeof(path), "/api/1/stream?as=%s", names[i]);
        open_stream(&tabs[i % 2], table, path, seat);
        if (i > 0) {
            assert_false(client_wait(&tabs[1 - i % 2], table, "never")); /* of the seat before */
            client_close(&tabs[1 - i % 2]);
        }
    }
    client_close(&tabs[1]);
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_is_seen_while_any_of_its_pages_is),
        cmocka_unit_test(a_page_that_nobody_sees_stays_so_when_it_connects_again),
        cmocka_unit_test(a_freed_seat_is_anybodys_again),
        cmocka_unit_test(what_cannot_be_kept_does_not_happen),
        cmocka_unit_test(a_closed_code_lets_nobody_in_until_it_is_opened),
        cmocka_unit_test(one_browser_takes_two_seats_at_once_and_no_more),
        cmocka_unit_test(wrong_codes_keep_nobody_from_a_link),
        cmocka_unit_test(feeds_of_seats_that_went_make_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What the server tells browsers to refuse, and whom it refuses itself: for every row of the table
 * of routes, so that a new route is not forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/web_table.h"
#include "web/route.h"

static struct client client; /* 256 KiB: too much for some stacks */

static const struct viewer facilitator = {VIEWER_FACILITATOR, {0}};
static const struct viewer poc = {VIEWER_SEAT, STR_INIT("poc")};

/* One browser is a facilitator and a lead at once, so that every route lets it in. */
static void join_as_both(struct web_table *table, char ret_cookies[256])
{
    char staff[256], lead[256];
    client_join(&client, table, facilitator, staff);
    client_join(&client, table, (struct viewer){.kind = VIEWER_LEAD}, lead);
    snprintf(
        ret_cookies, 256, "%.*s; %s", (int)strcspn(staff, "\r"), staff, lead + strlen("Cookie: "));
}

/* A path that the route takes, as the facilitator asks for it; a lead, where that one may not. */
static void path_of(const struct route *route, char ret_path[128])
{
    size_t len = strlen(route->path);
    bool is_open = route->path[len - 1] == '*';
    bool is_lead = route->who == ROUTE_LEAD;
    snprintf(ret_path, 128, "%.*s%s?%s", (int)(is_open ? len - 1 : len), route->path,
        is_open ? "files/note.txt" : "", is_lead ? "at=lead-room&as=lead" : "as=facilitator");
}

static bool is_stream(const struct route *route)
{
    return strcmp(route->path, "/api/1/stream") == 0;
}

static const char *body_of(const struct route *route)
{
    return route->takes > 0 ? "{\"do\":\"note\",\"id\":\"c1\",\"text\":\"x\"}" : NULL;
}

/* Asks for a route with a header more; the stream, which never ends, until its headers are there.
 */
static int ask(struct web_table *table, const struct route *route, const char *headers)
{
    char path[128];
    path_of(route, path);
    struct exchange exchange = {route->method, path, headers, body_of(route)};
    table->steady_ms += 60000; /* wrong links are forgiven */
    return client_ask(&client, table, &exchange);
}

/* ---- what every answer says ---- */

static void check_headers(const char *what)
{
    static const char *const wanted[] = {"\r\nContent-Security-Policy: default-src '",
        "frame-ancestors 'none'", "\r\nX-Content-Type-Options: nosniff\r\n",
        "\r\nReferrer-Policy: no-referrer\r\n", "\r\nCross-Origin-Resource-Policy: same-origin\r\n",
        "\r\nCross-Origin-Opener-Policy: same-origin\r\n", "\r\nX-Frame-Options: DENY\r\n",
        "\r\nCache-Control: no-"};
    char *end = strstr(client.bytes, "\r\n\r\n");
    assert_non_null(end);
    end[2] = '\0'; /* the headers alone */
    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
        if (!strstr(client.bytes, wanted[i]))
            fail_msg("%s lacks \"%s\":\n%s", what, wanted[i], client.bytes);
    if (strstr(client.bytes, "unsafe") || strstr(client.bytes, "Access-Control-") ||
        strstr(client.bytes, "data:") || strstr(client.bytes, "script-src"))
        fail_msg("%s lets in what is not ours:\n%s", what, client.bytes);
    const char *policy = strstr(client.bytes, "Content-Security-Policy");
    if (strstr(policy + 1, "Content-Security-Policy"))
        fail_msg("%s has two policies:\n%s", what, client.bytes);
}

static void no_answer_of_any_route_loosens_the_policy(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(true);
    char staff[256], foreign[400];
    join_as_both(table, staff);
    snprintf(foreign, sizeof(foreign), "%sOrigin: https://evil.example\r\n", staff);
    for (size_t i = 0; i < route_count; i++) {
        ask(table, &routes[i], staff);
        check_headers(routes[i].path);
        ask(table, &routes[i], "");
        check_headers(routes[i].path);
        assert_int_equal(ask(table, &routes[i], foreign), 403);
        check_headers(routes[i].path);
    }
    web_table_free(table);
}

static void no_refusal_loosens_the_policy(void **state)
{
    static const struct {
        const char *method, *path, *headers, *body;
        int status;
    } rows[] = {
        {"GET", "/nothing", "", NULL, 404},
        {"GET", "/<script>alert(1)</script>", "", NULL, 404},
        {"GET", "/api/1/files/none.txt?as=facilitator", NULL, NULL, 404},
        {"GET", "/api/1/qr/nobody?as=facilitator", NULL, NULL, 404},
        {"GET", "/api/1/links", "", NULL, 401},
        {"GET", "/", "Host: evil.example\r\n", NULL, 421},
        {"OPTIONS", "/api/1/inputs", "Origin: https://evil.example\r\n", NULL, 403},
        {"OPTIONS", "/api/1/inputs", "Access-Control-Request-Method: POST\r\n", NULL, 405},
        {"PUT", "/api/1/inputs", "", "{}", 405},
        {"POST", "/api/1/inputs?as=facilitator", NULL, "<", 400},
        {"POST", "/api/1/inputs?as=facilitator", "Content-Type: text/plain\r\n", "{}", 415},
        {"POST", "/api/1/join", "", "{", 400},
        {"POST", "/api/1/join", "Content-Type: multipart/form-data\r\n", "{}", 415},
    };
    (void)state;
    struct web_table *table = web_table_new(true);
    char staff[256], headers[512];
    join_as_both(table, staff);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *own = rows[i].headers ? rows[i].headers : "";
        snprintf(headers, sizeof(headers), "%s%s", staff, own);
        bool nobody = rows[i].headers != NULL && strstr(rows[i].path, "facilitator") == NULL;
        struct exchange exchange = {
            rows[i].method, rows[i].path, nobody ? own : headers, rows[i].body};
        int status = client_ask(&client, table, &exchange);
        if (status != rows[i].status)
            fail_msg("%s %s: %d, not %d", rows[i].method, rows[i].path, status, rows[i].status);
        assert_null(strstr(client.bytes, "<script>")); /* what was asked is not said back */
        check_headers(rows[i].path);
    }
    table->no_state = true;
    struct exchange links = {"GET", "/api/1/links?as=facilitator", staff, NULL};
    assert_int_equal(client_ask(&client, table, &links), 503);
    check_headers("503");
    web_table_free(table);
}

/* What comes from a scenario is shown as data: it may not even have a style. */
static void a_file_may_do_nothing_at_all(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256];
    join_as_both(table, staff);
    struct exchange note = {"GET", "/api/1/files/files/note.txt?as=facilitator", staff, NULL};
    assert_int_equal(client_ask(&client, table, &note), 200);
    assert_non_null(strstr(client.bytes,
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; sandbox\r\n"));
    web_table_free(table);
}

/* ---- who is refused ---- */

static void no_other_origin_posts_anywhere(void **state)
{
    static const char *const headers[] = {"Origin: https://evil.example\r\n", "Origin: null\r\n",
        "Origin: http://127.0.0.1\r\n", "Origin: http://127.0.0.1:1\r\n",
        "Origin: http://127.0.0.1.evil.example\r\n", "Origin: file://\r\n",
        "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n"};
    (void)state;
    struct web_table *table = web_table_new(true);
    char staff[256], both[400];
    join_as_both(table, staff);
    size_t events = table->events.count;
    for (size_t i = 0; i < route_count; i++) {
        if (routes[i].takes == 0)
            continue;
        for (size_t j = 0; j < sizeof(headers) / sizeof(*headers); j++) {
            snprintf(both, sizeof(both), "%s%s", staff, headers[j]);
            int status = ask(table, &routes[i], both);
            if (status != 403 || !strstr(client.bytes, "\"reason\":\"foreign\""))
                fail_msg("%s with %s: %d", routes[i].path, headers[j], status);
        }
    }
    assert_int_equal(table->events.count, events);
    web_table_free(table);
}

/* Scripts, pictures and forms of other sites send no Origin for a GET, but browsers say whence. */
static void no_other_site_reads_what_a_session_may_read(void **state)
{
    static const char *const sites[] = {"cross-site", "same-site"};
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], both[400];
    join_as_both(table, staff);
    for (size_t i = 0; i < route_count; i++) {
        if (routes[i].who == ROUTE_ANYONE || routes[i].who == ROUTE_TEST)
            continue;
        for (size_t j = 0; j < 2; j++) {
            snprintf(both, sizeof(both), "%sSec-Fetch-Site: %s\r\n", staff, sites[j]);
            assert_int_equal(ask(table, &routes[i], both), 403);
            assert_non_null(strstr(client.bytes, "\"reason\":\"foreign\""));
        }
        if (!is_stream(&routes[i])) {
            snprintf(both, sizeof(both), "%sSec-Fetch-Site: same-origin\r\n", staff);
            ask(table, &routes[i], both);
            assert_null(strstr(client.bytes, "\"reason\":\"foreign\""));
        }
    }
    web_table_free(table);
}

/* DNS can be made to point here; the name in the address bar is then another one. */
static void no_route_answers_under_another_name(void **state)
{
    static const char *const hosts[] = {"Host: evil.example\r\n", "Host: evil.example:80\r\n",
        "Host: 127.0.0.1\r\n", "Host: \r\n", "Host: localhost.\r\n", "Host: 2130706433\r\n"};
    (void)state;
    struct web_table *table = web_table_new(true);
    char staff[256], both[400];
    join_as_both(table, staff);
    for (size_t i = 0; i < route_count; i++)
        for (size_t j = 0; j < sizeof(hosts) / sizeof(*hosts); j++) {
            snprintf(both, sizeof(both), "%s%s", staff, hosts[j]);
            int status = ask(table, &routes[i], both);
            if (status != 421)
                fail_msg("%s with %s: %d", routes[i].path, hosts[j], status);
        }
    web_table_free(table);
}

/* A proxy in front may believe the length that we do not: what it takes for a body would be a
 * request of somebody else's. */
static void no_request_hides_in_a_body_of_two_lengths(void **state)
{
    static const char form[] = "POST /api/1/join HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                               "Content-Type: application/json\r\nContent-Length: 5\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                               "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n";
    (void)state;
    struct web_table *table = web_table_new(false);
    char bytes[512];
    int len = snprintf(bytes, sizeof(bytes), form, web_port(table->web), web_port(table->web));
    client_open(&client, table);
    client_send(&client, bytes, (size_t)len);
    assert_false(client_wait(&client, table, "{\"ok\":true}"));
    assert_non_null(strstr(client.bytes, "HTTP/1.1 400"));
    client_close(&client);
    web_table_free(table);
}

/* ---- links ---- */

static void secret_of(const struct web_table *table, struct viewer viewer, char ret_secret[33])
{
    struct arena arena = {0};
    struct str link = web_link(table->room, viewer, &arena);
    snprintf(ret_secret, 33, "%.*s", 32, link.ptr + link.len - 32);
    arena_fini(&arena);
}

/* Programs that read mails look at every link; nothing but a POST uses one. */
static void a_preview_does_not_use_a_link(void **state)
{
    static const struct exchange looks[] = {{"GET", "/join", NULL, NULL},
        {"HEAD", "/join", NULL, NULL}, {"GET", "/join?secret=%s", NULL, NULL},
        {"HEAD", "/join?secret=%s", NULL, NULL}, {"GET", "/api/1/join?secret=%s", NULL, NULL},
        {"HEAD", "/api/1/join", NULL, NULL}, {"OPTIONS", "/api/1/join", NULL, NULL},
        {"POST", "/join", NULL, "{\"secret\":\"%s\"}"},
        {"PUT", "/api/1/join", NULL, "{\"secret\":\"%s\"}"},
        {"POST", "/api/1/join", "Origin: https://evil.example\r\n", "{\"secret\":\"%s\"}"},
        {"POST", "/api/1/join", "Content-Type: text/plain\r\n", "{\"secret\":\"%s\"}"}};
    (void)state;
    struct web_table *table = web_table_new(false);
    char secret[33], body[128];
    secret_of(table, poc, secret);
    snprintf(body, sizeof(body), "{\"secret\":\"%s\"}", secret);
    for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
        struct exchange look = looks[i];
        char path[128];
        const char *place = strstr(look.path, "%s");
        snprintf(path, sizeof(path), "%.*s%s", (int)(place ? place - look.path : 100), look.path,
            place ? secret : "");
        look.path = path;
        look.body = look.body ? body : NULL;
        client_ask(&client, table, &look);
        assert_null(strstr(client.bytes, "Set-Cookie"));
        assert_null(strstr(client.bytes, secret));
    }
    struct exchange join = {"POST", "/api/1/join", NULL, body};
    assert_int_equal(client_ask(&client, table, &join), 200);
    assert_int_equal(client_ask(&client, table, &join), 403);
    web_table_free(table);
}

static void whoever_guesses_is_named_to_the_operator(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    struct exchange guess = {"POST", "/api/1/join", NULL, "{\"secret\":\"a0b1c2d3e4f5\"}"};
    for (int i = 0; i < 29; i++)
        assert_int_equal(client_ask(&client, table, &guess), 403);
    assert_int_equal(table->warnings, 0); /* somebody who mistypes */
    assert_int_equal(client_ask(&client, table, &guess), 403);
    assert_int_equal(table->warnings, 1);
    assert_string_equal(table->warning,
        "wrong codes keep coming from 127.0.0.1 and are slowed to one in 2 seconds; if it is one "
        "of yours, give them a new link");
    for (int i = 0; i < 20; i++)
        assert_int_equal(client_ask(&client, table, &guess), 429);
    assert_int_equal(table->warnings, 1); /* and a log that nobody can fill */
    web_table_free(table);
}

static void starting_says_what_is_wrong(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    struct web *second = NULL;
    struct err err;
    struct web_options taken = {.listen_address = STR("127.0.0.1"), .port = web_port(table->web)};
    char expected[128];
    assert_false(web_new(&table->host, &taken, &second, &err));
    snprintf(expected, sizeof(expected),
        "port %d of 127.0.0.1 is taken by another program; choose another with --listen",
        web_port(table->web));
    assert_string_equal(err.message, expected);
    struct web_options nowhere = {.listen_address = STR("nowhere")};
    assert_false(web_new(&table->host, &nowhere, &second, &err));
    assert_string_equal(err.message,
        "cannot listen at \"nowhere\", port 0: give an address of this machine in numbers "
        "(127.0.0.1, ::1, 0.0.0.0) and a port below 65536");
    assert_null(second);
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_answer_of_any_route_loosens_the_policy),
        cmocka_unit_test(no_refusal_loosens_the_policy),
        cmocka_unit_test(a_file_may_do_nothing_at_all),
        cmocka_unit_test(no_other_origin_posts_anywhere),
        cmocka_unit_test(no_other_site_reads_what_a_session_may_read),
        cmocka_unit_test(no_route_answers_under_another_name),
        cmocka_unit_test(no_request_hides_in_a_body_of_two_lengths),
        cmocka_unit_test(a_preview_does_not_use_a_link),
        cmocka_unit_test(whoever_guesses_is_named_to_the_operator),
        cmocka_unit_test(starting_says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

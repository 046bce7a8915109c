/* The web server as browsers meet it: over a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/web_table.h"

static const struct viewer facilitator = {VIEWER_FACILITATOR, {0}};
static const struct viewer poc = {VIEWER_SEAT, STR_INIT("poc")};

static struct client client; /* 256 KiB: too much for some stacks */

/* ---- the table of routes: every row, asked by everybody ---- */

static const struct {
    const char *method, *path, *body;
    int nobody, seat, facilitator, evaluator, board, lead;
} routes_asked[] = {
    {"GET", "/", NULL, 200, 200, 200, 200, 200, 200},
    {"GET", "/join", NULL, 200, 200, 200, 200, 200, 200},
    {"GET", "/assets/page.css", NULL, 200, 200, 200, 200, 200, 200},
    {"GET", "/assets/", NULL, 404, 404, 404, 404, 404, 404},
    {"GET", "/assets/../web.c", NULL, 404, 404, 404, 404, 404, 404},
    {"GET", "/healthz", NULL, 200, 200, 200, 200, 200, 200},
    {"HEAD", "/healthz", NULL, 200, 200, 200, 200, 200, 200},
    {"GET", "/metrics", NULL, 200, 200, 200, 200, 200, 200}, /* from this machine */
    {"GET", "/nothing", NULL, 404, 404, 404, 404, 404, 404},
    {"GET", "/api/1/sessions", NULL, 200, 200, 200, 200, 200, 200},
    {"GET", "/api/1/setting", NULL, 401, 200, 200, 200, 200, 403},
    {"GET", "/api/1/qr/poc", NULL, 401, 403, 200, 403, 403, 403},
    {"GET", "/api/1/qr/board", NULL, 401, 403, 200, 403, 403, 403},
    {"GET", "/api/1/qr/nobody", NULL, 401, 403, 404, 403, 403, 403},
    {"GET", "/api/1/findings", NULL, 401, 200, 200, 200, 403, 403},
    {"GET", "/api/1/code", NULL, 401, 403, 200, 403, 200, 403},
    {"GET", "/api/1/code.svg", NULL, 401, 403, 200, 403, 200, 403},
    {"GET", "/api/1/report", NULL, 401, 403, 409, 409, 403, 403},
    {"GET", "/api/1/skills", NULL, 401, 403, 200, 403, 403, 200},
    {"GET", "/api/1/lobby", NULL, 401, 403, 200, 403, 403, 403},
    {"POST", "/api/1/code", "{\"open\":true}", 401, 403, 200, 403, 403, 403},
    {"POST", "/api/1/code", "{\"open\":1}", 401, 403, 400, 403, 403, 403},
    {"POST", "/api/1/free", "{\"as\":\"commander\"}", 401, 403, 200, 403, 403, 403},
    {"POST", "/api/1/free", "{\"as\":\"nobody\"}", 401, 403, 404, 403, 403, 403},
    {"POST", "/api/1/free", "{\"as\":\"facilitator\"}", 401, 403, 404, 403, 403, 403},
    {"POST", "/api/1/free", "{}", 401, 403, 400, 403, 403, 403},
    {"POST", "/api/1/presence", "{\"seen\":false}", 401, 200, 403, 403, 403, 403},
    {"POST", "/api/1/lobby", "{}", 401, 403, 200, 403, 403, 403},
    {"GET", "/api/1/sentences", NULL, 401, 200, 200, 200, 200, 403},
    {"GET", "/api/1/kit", NULL, 401, 403, 200, 403, 403, 403},
    {"GET", "/api/1/links", NULL, 401, 403, 200, 403, 403, 403},
    {"GET", "/api/1/replay", NULL, 401, 409, 409, 409, 403, 403}, /* not before ENDEX */
    {"GET", "/api/1/files/files/note.txt", NULL, 401, 404, 200, 200, 404, 403},
    {"GET", "/api/1/files/scenario.yaml", NULL, 401, 404, 404, 404, 404, 403},
    {"GET", "/api/1/files/", NULL, 404, 404, 404, 404, 404, 404},
    {"GET", "/api/1/inputs", NULL, 405, 405, 405, 405, 405, 405},
    {"POST", "/api/1/inputs", "{\"do\":\"note\",\"id\":\"c1\",\"text\":\"x\"}", 401, 200, 200, 200,
        403, 403},
    {"POST", "/api/1/join", "{\"secret\":\"0\"}", 403, 403, 403, 403, 403, 403},
    {"POST", "/api/1/join", "\t{ \"secret\" : \"0\" }\r\n", 403, 403, 403, 403, 403, 403},
    {"POST", "/api/1/join", "{\"se cret\":\"0\"}", 400, 400, 400, 400, 400, 400},
    {"POST", "/api/1/join", " ", 400, 400, 400, 400, 400, 400},
    {"POST", "/api/1/join", "{}", 400, 400, 400, 400, 400, 400},
    {"POST", "/", "{}", 405, 405, 405, 405, 405, 405},
    {"DELETE", "/api/1/links", NULL, 405, 405, 405, 405, 405, 405},
    {"POST", "/api/1/test/clock", "{\"at_ms\":1}", 404, 404, 404, 404, 404, 404},
    {"GET", "/lead", NULL, 200, 200, 200, 200, 200, 200},
    {"GET", "/api/1/programme", NULL, 401, 403, 403, 403, 403, 200},
    {"GET", "/api/1/exercises", NULL, 401, 403, 403, 403, 403, 200},
    {"GET", "/api/1/exercises/report", NULL, 401, 403, 403, 403, 403, 404}, /* of which? */
    {"GET", "/api/1/readiness", NULL, 401, 403, 403, 403, 403, 200},
    {"GET", "/api/1/evidence", NULL, 401, 403, 403, 403, 403, 200},
    {"GET", "/api/1/plan", NULL, 401, 403, 403, 403, 403, 200},
    {"GET", "/api/1/plan/history", NULL, 401, 403, 403, 403, 403, 200},
    {"GET", "/api/1/plan/proposals", NULL, 401, 403, 403, 403, 403, 200},
    {"POST", "/api/1/plan", "{}", 401, 403, 403, 403, 403, 200},
    {"POST", "/api/1/plan/proposals", "{\"exercise\":\"small-1\",\"rule\":\"x\"}", 401, 403, 403,
        403, 403, 200},
    {"POST", "/api/1/plan/proposals", "{\"exercise\":\"small-1\",\"rule\":\"--out\"}", 401, 403,
        403, 403, 403, 400},
    {"POST", "/api/1/plan/proposals", "{}", 401, 403, 403, 403, 403, 400},
};

static void each_route_lets_in_whom_it_names(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    static const struct viewer viewers[] = {{VIEWER_SEAT, STR_INIT("poc")},
        {VIEWER_FACILITATOR, {0}}, {VIEWER_EVALUATOR, {0}}, {VIEWER_BOARD, {0}},
        {VIEWER_LEAD, {0}}};
    static const char *const names[] = {
        "poc", "facilitator", "evaluator", "board", "lead&at=lead-room"};
    enum { WHO = sizeof(viewers) / sizeof(*viewers) };
    char cookies[WHO][256];
    for (size_t i = 0; i < WHO; i++)
        client_join(&client, table, viewers[i], cookies[i]);
    for (size_t i = 0; i < sizeof(routes_asked) / sizeof(*routes_asked); i++) {
        const int wanted[] = {routes_asked[i].seat, routes_asked[i].facilitator,
            routes_asked[i].evaluator, routes_asked[i].board, routes_asked[i].lead};
        struct exchange exchange = {
            routes_asked[i].method, routes_asked[i].path, "", routes_asked[i].body};
        assert_int_equal(client_ask(&client, table, &exchange), routes_asked[i].nobody);
        for (size_t who = 0; who < WHO; who++) {
            char path[128];
            snprintf(path, sizeof(path), "%s?as=%s", routes_asked[i].path, names[who]);
            exchange =
                (struct exchange){routes_asked[i].method, path, cookies[who], routes_asked[i].body};
            if (client_ask(&client, table, &exchange) != wanted[who])
                fail_msg(
                    "%s %s as %s: not %d", routes_asked[i].method, path, names[who], wanted[who]);
        }
        table->steady_ms += 60000; /* wrong links are forgiven by then */
    }
    web_table_free(table);
}

static void a_cookie_counts_for_its_own_viewer_only(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256], forged[256];
    client_join(&client, table, poc, seat);
    struct exchange exchange = {"GET", "/api/1/links?as=facilitator", seat, NULL};
    assert_int_equal(client_ask(&client, table, &exchange), 401);
    const char *secret = strrchr(seat, '=') + 1;
    snprintf(forged, sizeof(forged), "Cookie: tocsin-room-facilitator=%s", secret);
    exchange.headers = forged;
    assert_int_equal(client_ask(&client, table, &exchange), 401);
    web_table_free(table);
}

/* The kit brings its style along; its own policy knows that style, and lets nothing else in. */
static void the_kit_has_a_policy_of_its_own(void **state)
{
    static const struct {
        const char *query;
        int status;
        const char *body;
    } rows[] = {
        {"", 200, "<p>kit en 15</p>"},
        {"&lang=ja", 200, "<p>kit ja 15</p>"},
        {"&lang=ja&part=handouts", 200, "<p>kit ja 4</p>"},
        {"&lang=fr", 404, ""},
        {"&part=everything", 404, ""},
    };
    (void)state;
    struct web_table *table = web_table_new(false);
    char cookie[256], path[128];
    client_join(&client, table, (struct viewer){VIEWER_FACILITATOR, {0}}, cookie);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        snprintf(path, sizeof(path), "/api/1/kit?as=facilitator%s", rows[i].query);
        struct exchange exchange = {"GET", path, cookie, NULL};
        assert_int_equal(client_ask(&client, table, &exchange), rows[i].status);
        assert_non_null(strstr(client.bytes, rows[i].body));
        assert_null(strstr(client.bytes, "unsafe"));
        if (rows[i].status == 200) {
            assert_non_null(strstr(client.bytes, "text/html; charset=utf-8"));
            assert_non_null(strstr(client.bytes, "Policy: default-src 'none'; style-src 'sha256-"));
        }
    }
    web_table_free(table);
}

/* ---- joining ---- */

static void a_link_works_once_and_looking_does_not_use_it(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    struct arena arena = {0};
    char body[128], cookie[256];
    struct str link = web_link(table->room, poc, &arena);
    snprintf(body, sizeof(body), "{\"secret\":\"%.*s\"}", 32, link.ptr + link.len - 32);
    struct exchange look = {"GET", "/join", NULL, NULL};
    struct exchange join = {"POST", "/api/1/join", NULL, body};
    assert_int_equal(client_ask(&client, table, &look), 200);
    assert_int_equal(client_ask(&client, table, &look), 200);
    assert_int_equal(client_ask(&client, table, &join), 200);
    assert_non_null(strstr(client.bytes, "{\"as\":\"poc\",\"at\":\"room\"}"));
    assert_non_null(strstr(client.bytes, "HttpOnly; SameSite=Strict"));
    const char *start = strstr(client.bytes, "Set-Cookie: ") + strlen("Set-Cookie: ");
    snprintf(cookie, sizeof(cookie), "Cookie: %.*s\r\n", (int)strcspn(start, ";"), start);

    assert_int_equal(client_ask(&client, table, &join), 403);
    assert_non_null(strstr(client.bytes, "\"reason\":\"link\""));
    join.headers = cookie; /* the browser that used it may open it again */
    assert_int_equal(client_ask(&client, table, &join), 200);
    assert_null(strstr(client.bytes, "Set-Cookie: "));
    arena_fini(&arena);
    web_table_free(table);
}

static void guessing_is_slowed(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    struct exchange guess = {"POST", "/api/1/join", NULL, "{\"secret\":\"0\"}"};
    for (int i = 0; i < 30; i++)
        assert_int_equal(client_ask(&client, table, &guess), 403);
    assert_int_equal(client_ask(&client, table, &guess), 429);
    assert_non_null(strstr(client.bytes, "Retry-After: "));
    table->steady_ms += 2001;
    assert_int_equal(client_ask(&client, table, &guess), 403);
    assert_int_equal(client_ask(&client, table, &guess), 429);
    web_table_free(table);
}

static void one_browser_may_hold_two_seats(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256], staff[256], both[600];
    client_join(&client, table, poc, seat);
    client_join(&client, table, facilitator, staff);
    snprintf(
        both, sizeof(both), "%.*s; %s", (int)strcspn(seat, "\r"), seat, staff + strlen("Cookie: "));
    struct exchange list = {"GET", "/api/1/sessions", both, NULL};
    assert_int_equal(client_ask(&client, table, &list), 200);
    assert_non_null(strstr(client.bytes,
        "{\"sessions\":[{\"as\":\"poc\",\"at\":\"room\",\"title\":{\"en\":\"Small\",\"ja\":\"小\"}}"
        ","
        "{\"as\":\"facilitator\",\"at\":\"room\",\"title\":{\"en\":\"Small\",\"ja\":\"小\"}}]}"));
    struct exchange setting = {"GET", "/api/1/setting?as=poc", both, NULL};
    assert_int_equal(client_ask(&client, table, &setting), 200);
    assert_non_null(strstr(client.bytes, "{\"as\":\"poc\","));
    web_table_free(table);
}

/* What is proved in one room proves nothing in another. */
static void a_session_is_of_one_room(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    struct web_room *second = web_open(table->web, STR("second"), table, 2);
    char seat[256], forged[256];
    assert_string_equal(web_room_name(second).ptr, "second");
    client_join(&client, table, poc, seat);
    snprintf(forged, sizeof(forged), "Cookie: tocsin-second-poc=%s", strchr(seat, '=') + 1);
    struct {
        const char *path, *cookie;
        int status;
    } rows[] = {
        {"/api/1/setting?as=poc", seat, 200},
        {"/api/1/setting?at=room&as=poc", seat, 200},
        {"/api/1/setting?at=second&as=poc", seat, 401},
        {"/api/1/setting?at=second&as=poc", forged, 401},
        {"/api/1/setting?at=third&as=poc", seat, 401},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct exchange ask = {"GET", rows[i].path, rows[i].cookie, NULL};
        assert_int_equal(client_ask(&client, table, &ask), rows[i].status);
    }
    web_table_free(table);
}

/* A program that was started again knows the browsers by what the host has kept for it. */
static void who_had_joined_is_admitted_again(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false), *again = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    assert_int_equal(table->pass_count, 1);
    assert_string_equal(table->passes[0].as, "poc");
    struct exchange setting = {"GET", "/api/1/setting?as=poc", seat, NULL};
    assert_int_equal(client_ask(&client, again, &setting), 401);
    web_admit(again->room, STR("poc"), &table->passes[0].cookie, 60000);
    assert_int_equal(client_ask(&client, again, &setting), 200);
    web_table_free(table);
    web_table_free(again);
}

/* Everybody in the room has the code; it opens free seats and nothing else. */
static void the_code_opens_free_seats(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], code[16], body[128];
    client_join(&client, table, facilitator, staff);
    struct exchange show = {"GET", "/api/1/code?as=facilitator", staff, NULL};
    assert_int_equal(client_ask(&client, table, &show), 200);
    const char *start = strstr(client.bytes, "\"code\":\"");
    assert_non_null(start);
    snprintf(code, sizeof(code), "%.9s", start + 8);
    assert_int_equal(code[4], '-');
    struct {
        const char *format;
        int status;
        const char *says;
    } rows[] = {
        {"{\"secret\":\"%s\"}", 200, "\"id\":\"poc\",\"roles\":[{\"id\":\"poc\""},
        {"{\"as\":\"poc\",\"secret\":\" %s \"}", 200, "\"as\":\"poc\",\"at\":\"room\""},
        {"{\"as\":\"poc\",\"secret\":\"%s\"}", 409, "\"reason\":\"taken\""},
        {"{\"secret\":\"%s\"}", 200, "\"taken\":true"},
        {"{\"as\":\"facilitator\",\"secret\":\"%s\"}", 404, ""},
        {"{\"as\":\"nobody\",\"secret\":\"%s\"}", 404, ""},
        {"{\"as\":\"commander\",\"secret\":\"%s2\"}", 403, ""},
        {"{\"as\":\"commander\",\"secret\":\"x%s\"}", 403, ""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        snprintf(body, sizeof(body), rows[i].format, code);
        struct exchange join = {"POST", "/api/1/join", NULL, body};
        assert_int_equal(client_ask(&client, table, &join), rows[i].status);
        assert_non_null(strstr(client.bytes, rows[i].says));
    }
    web_table_free(table);
}

/* Pages of an exercise that is made anew are told to begin anew, and stay joined. */
static void who_has_joined_stays_when_it_is_made_anew(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], seat[256];
    client_join(&client, table, facilitator, staff);
    client_join(&client, table, poc, seat);
    struct exchange setting = {"GET", "/api/1/setting?as=poc", seat, NULL};
    assert_int_equal(client_ask(&client, table, &setting), 200);
    assert_non_null(strstr(client.bytes, "\"table\":1}"));
    struct exchange remake = {"POST", "/api/1/lobby?as=facilitator", staff, "{}"};
    assert_int_equal(client_ask(&client, table, &remake), 200);
    assert_int_equal(client_ask(&client, table, &setting), 200);
    assert_non_null(strstr(client.bytes, "\"table\":2}"));
    web_table_free(table);
}

static void links_stay_until_they_are_used(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char staff[256], first[64], body[128];
    client_join(&client, table, facilitator, staff);
    struct exchange links = {"GET", "/api/1/links?as=facilitator", staff, NULL};
    assert_int_equal(client_ask(&client, table, &links), 200);
    const char *start =
        strstr(client.bytes, "\"as\":\"poc\",\"joined\":0,\"link\":\"http://127.0.0.1:");
    assert_non_null(start);
    snprintf(first, sizeof(first), "%.*s", 32, strchr(start, '#') + 1);
    assert_int_equal(client_ask(&client, table, &links), 200);
    assert_non_null(strstr(client.bytes, first));

    snprintf(body, sizeof(body), "{\"secret\":\"%s\"}", first);
    struct exchange join = {"POST", "/api/1/join", NULL, body};
    assert_int_equal(client_ask(&client, table, &join), 200);
    assert_int_equal(client_ask(&client, table, &links), 200);
    assert_null(strstr(client.bytes, first));
    assert_non_null(strstr(client.bytes, "\"as\":\"poc\",\"joined\":1,"));
    web_table_free(table);
}

/* ---- what is refused before anything is read ---- */

static void requests_from_elsewhere_are_refused(void **state)
{
    static const struct {
        const char *method, *path, *headers;
        int status;
    } rows[] = {
        {"GET", "/", "Host: evil.example\r\n", 421},
        {"GET", "/", "Host: localhost:%d\r\n", 200},
        {"GET", "/", "Host: [::1]:%d\r\n", 200},
        {"GET", "/", "Host: 10.0.0.1:%d\r\n", 421},
        {"GET", "/", "Host: 127.0.0.1\r\n", 421},
        {"GET", "/", "Sec-Fetch-Site: cross-site\r\n", 200}, /* a link in a mail */
        {"GET", "/api/1/setting?as=poc", "Sec-Fetch-Site: cross-site\r\n", 403},
        {"GET", "/api/1/setting?as=poc", "Sec-Fetch-Site: same-site\r\n", 403},
        {"GET", "/api/1/setting?as=poc", "Sec-Fetch-Site: same-origin\r\n", 200},
        {"POST", "/api/1/inputs?as=poc", "Origin: http://127.0.0.1:1\r\n", 403},
        {"POST", "/api/1/inputs?as=poc", "Origin: null\r\n", 403},
        {"POST", "/api/1/inputs?as=poc", "Origin: http://127.0.0.1:%d\r\n", 200},
        {"POST", "/api/1/inputs?as=poc", "Content-Type: text/plain\r\n", 415},
    };
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256];
    client_join(&client, table, poc, seat);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char headers[512], line[128];
        const char *place = strstr(rows[i].headers, "%d");
        if (place)
            snprintf(line, sizeof(line), "%.*s%d%s", (int)(place - rows[i].headers),
                rows[i].headers, web_port(table->web), place + 2);
        else
            snprintf(line, sizeof(line), "%s", rows[i].headers);
        snprintf(headers, sizeof(headers), "%s%s", seat, line);
        bool post = rows[i].method[0] == 'P';
        struct exchange exchange = {rows[i].method, rows[i].path, headers,
            post ? "{\"do\":\"note\",\"id\":\"c1\",\"text\":\"x\"}" : NULL};
        int status = client_ask(&client, table, &exchange);
        if (status != rows[i].status)
            fail_msg("%s %s with %s: %d, not %d", rows[i].method, rows[i].path, line, status,
                rows[i].status);
    }
    web_table_free(table);
}

static void every_answer_has_the_headers_that_protect_pages(void **state)
{
    static const char *const paths[] = {"/", "/assets/page.css", "/nothing", "/healthz"};
    static const char *const wanted[] = {"Content-Security-Policy: default-src 'self';",
        "frame-ancestors 'none'", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
        "Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-"};
    (void)state;
    struct web_table *table = web_table_new(false);
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        struct exchange exchange = {"GET", paths[i], NULL, NULL};
        client_ask(&client, table, &exchange);
        for (size_t j = 0; j < sizeof(wanted) / sizeof(*wanted); j++)
            assert_non_null(strstr(client.bytes, wanted[j]));
        assert_null(strstr(client.bytes, "unsafe"));
    }
    web_table_free(table);
}

/* A seat reads what came with the things it has opened, and a browser runs none of it. */
static void an_attachment_is_read_once_it_was_opened(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(true);
    char seat[256], staff[256];
    client_join(&client, table, poc, seat);
    client_join(&client, table, facilitator, staff);
    struct exchange note = {"GET", "/api/1/files/files/note.txt?as=poc", seat, NULL};
    const struct exchange steps[] = {
        {"POST", "/api/1/inputs?as=facilitator", staff, "{\"do\":\"start\",\"id\":\"s1\"}"},
        {"POST", "/api/1/test/clock", NULL, "{\"at_ms\":60000}"},
        {"POST", "/api/1/inputs?as=poc", seat,
            "{\"do\":\"open\",\"id\":\"o1\",\"inject\":\"call\"}"},
    };
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        assert_int_equal(client_ask(&client, table, &note), 404);
        assert_int_equal(client_ask(&client, table, &steps[i]), 200);
    }
    assert_int_equal(client_ask(&client, table, &note), 200);
    assert_non_null(strstr(client.bytes, "Content-Type: text/plain; charset=utf-8"));
    assert_non_null(strstr(client.bytes, "; sandbox"));
    assert_non_null(strstr(client.bytes, "<script>burn()</script>"));
    note.path = "/api/1/files/files/note.txt?as=facilitator";
    note.headers = staff;
    assert_int_equal(client_ask(&client, table, &note), 200);
    assert_int_equal(table->file_reads, 1); /* and one copy for all */
    web_table_free(table);
}

static void an_asset_known_by_its_tag_is_not_sent_again(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    struct exchange exchange = {"GET", "/assets/page.css", NULL, NULL};
    char header[128];
    assert_int_equal(client_ask(&client, table, &exchange), 200);
    const char *tag = strstr(client.bytes, "ETag: ");
    assert_non_null(tag);
    snprintf(
        header, sizeof(header), "If-None-Match: %.*s\r\n", (int)strcspn(tag + 6, "\r"), tag + 6);
    exchange.headers = header;
    assert_int_equal(client_ask(&client, table, &exchange), 304);
    exchange.headers = "If-None-Match: \"other\"\r\n";
    assert_int_equal(client_ask(&client, table, &exchange), 200);
    web_table_free(table);
}

static void a_body_over_the_limit_is_refused_however_it_comes(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256], request[1024];
    client_join(&client, table, poc, seat);
    int len = snprintf(request, sizeof(request),
        "POST /api/1/inputs?as=poc HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s"
        "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n",
        web_port(table->web), seat, LIMIT_INPUT_BYTES + 1);
    client_open(&client, table);
    client_send(&client, request, (size_t)len);
    assert_true(client_wait(&client, table, "HTTP/1.1 413"));
    client_close(&client);

    /* In chunks, without saying beforehand how many. */
    static char chunk[0x4000 + 16];
    len = snprintf(request, sizeof(request),
        "POST /api/1/inputs?as=poc HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        web_port(table->web), seat);
    memset(chunk, ' ', sizeof(chunk));
    memcpy(chunk, "4000\r\n", 6);
    memcpy(chunk + 6 + 0x4000, "\r\n", 2);
    client_open(&client, table);
    client_send(&client, request, (size_t)len);
    for (int i = 0; i < 5; i++) {
        client_send(&client, chunk, 6 + 0x4000 + 2);
        for (int round = 0; round < 20; round++)
            web_table_run(table);
    }
    client_send(&client, "0\r\n\r\n", 5);
    assert_true(client_wait(&client, table, "HTTP/1.1 413"));
    assert_int_equal(table->waiting_count, 0);
    client_close(&client);
    web_table_free(table);
}

static void a_client_that_dawdles_is_hung_up_on(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    client_open(&client, table);
    client_send(&client, "GET / HTTP/1.1\r\nHo", 18);
    for (int i = 0; i < 29; i++) {
        table->steady_ms += 1000; /* a byte a second keeps no connection */
        client_send(&client, "x", 1);
        for (int round = 0; round < 5; round++)
            web_table_run(table);
        assert_true(client_receive(&client));
    }
    table->steady_ms += 2000;
    for (int round = 0; round < 20; round++)
        web_table_run(table);
    assert_false(client_receive(&client));
    client_close(&client);
    web_table_free(table);
}

/* Answers of 10 MB altogether: more than the sockets' buffers hold. */
static void a_client_that_hardly_reads_is_hung_up_on(void **state)
{
    enum { REQUESTS = 1000 };
    (void)state;
    struct web_table *table = web_table_new(false);
    struct buf requests = {0};
    for (int i = 0; i < REQUESTS; i++)
        buf_format(&requests, "GET /assets/strings.js HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
            web_port(table->web));
    client_open(&client, table);
    client_send(&client, requests.ptr, requests.len);
    buf_fini(&requests);
    for (int i = 0; i < 2 * REQUESTS; i++)
        web_run(table->web);
    for (int i = 0; i < 31; i++) {
        char byte;
        assert_int_equal(recv(client.fd, &byte, 1, 0), 1);
        table->steady_ms += 1000;
        web_table_run(table);
    }
    int answers = 0;
    for (int i = 0; i < 4 * REQUESTS; i++) {
        client.len = 0;
        if (!client_receive(&client))
            break;
        answers += client.len > 0;
        web_run(table->web);
    }
    assert_false(client_receive(&client));
    assert_int_not_equal(answers, 0);
    client_close(&client);
    web_table_free(table);
}

/* ---- starting ---- */

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_route_lets_in_whom_it_names),
        cmocka_unit_test(a_cookie_counts_for_its_own_viewer_only),
        cmocka_unit_test(the_kit_has_a_policy_of_its_own),
        cmocka_unit_test(a_link_works_once_and_looking_does_not_use_it),
        cmocka_unit_test(guessing_is_slowed),
        cmocka_unit_test(one_browser_may_hold_two_seats),
        cmocka_unit_test(a_session_is_of_one_room),
        cmocka_unit_test(who_had_joined_is_admitted_again),
        cmocka_unit_test(the_code_opens_free_seats),
        cmocka_unit_test(who_has_joined_stays_when_it_is_made_anew),
        cmocka_unit_test(links_stay_until_they_are_used),
        cmocka_unit_test(requests_from_elsewhere_are_refused),
        cmocka_unit_test(every_answer_has_the_headers_that_protect_pages),
        cmocka_unit_test(an_attachment_is_read_once_it_was_opened),
        cmocka_unit_test(an_asset_known_by_its_tag_is_not_sent_again),
        cmocka_unit_test(a_body_over_the_limit_is_refused_however_it_comes),
        cmocka_unit_test(a_client_that_dawdles_is_hung_up_on),
        cmocka_unit_test(a_client_that_hardly_reads_is_hung_up_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

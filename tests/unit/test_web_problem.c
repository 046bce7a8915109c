/* Whatever is wrong with a request, the answer is a problem that a person and a program can read;
 * and what libmicrohttpd answers by itself, as docs/api.md says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json_read.h"
#include "unit/web_table.h"
#include "web/route_docs.h"

static const struct viewer facilitator = {VIEWER_FACILITATOR, {0}};
static const struct viewer poc = {VIEWER_SEAT, STR_INIT("poc")};

static struct client client;

/* ---- the rows ---- */

/* One object with the four members, both sentences among them. */
static void check_members(struct str json, int status, const char *reason)
{
    struct arena arena = {0};
    struct str text;
    struct err err;
    int64_t number = 0;
    if (!json_check(json, &err))
        fail_msg("%.*s: %s", STR_ARG(json), err.message);
    assert_true(json_to_str(json_get(json, STR("detail")), &arena, &text) && text.len > 0);
    assert_true(json_to_str(json_get(json, STR("reason")), &arena, &text));
    if (!str_is(text, reason))
        fail_msg("the reason is %.*s, not %s", STR_ARG(text), reason);
    assert_true(json_to_int(json_get(json, STR("status")), &number) && number == status);
    struct str sentence = json_get(json, STR("sentence"));
    for (int lang = 0; lang < LANG_COUNT; lang++)
        assert_true(json_to_str(json_get(sentence, str_of(lang_names[lang])), &arena, &text) &&
                    text.len > 0);
    arena_fini(&arena);
}

static void every_kind_says_what_happened_and_what_to_do(void **state)
{
    (void)state;
    for (int i = 0; i < REPLY_PROBLEM_COUNT; i++) {
        const struct reply_problem_row *row = &reply_problems[i];
        struct buf json = {0};
        assert_non_null(row->reason);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(row->reason, reply_problems[j].reason);
        reply_problem_write((enum reply_problem)i, NULL, &json);
        check_members(buf_str(&json), (int)row->status, row->reason);
        buf_fini(&json);
    }
}

static void a_case_may_say_more_than_its_row(void **state)
{
    static const struct words sentence = WORDS("Not \"now\".", "いまは無理です。");
    struct reply_problem_case which = {.reason = STR("unknown-inject"),
        .sentence = &sentence,
        .input = STR("c1"),
        .what = STR("call")};
    struct buf json = {0};
    (void)state;
    reply_problem_write(REPLY_REFUSED, &which, &json);
    buf_add_char(&json, '\0');
    assert_string_equal(json.ptr,
        "{\"detail\":\"Not \\\"now\\\".\",\"id\":\"c1\",\"ok\":false,\"reason\":\"unknown-inject\","
        "\"sentence\":{\"en\":\"Not \\\"now\\\".\",\"ja\":\"いまは無理です。\"},\"status\":422,"
        "\"what\":\"call\"}");
    buf_fini(&json);
}

/* ---- the reference ---- */

/* That a route without a row here is found out: docs/api.md would not know it. */
static void every_route_is_explained_with_an_example(void **state)
{
    struct buf list = {0};
    (void)state;
    route_docs_write_list(&list);
    struct str rest = buf_str(&list), line;
    for (size_t count = 0; str_cut(rest, '\n', &line, &rest); count++) {
        bool found = false;
        for (size_t i = 0; i < route_doc_count; i++) {
            char title[128];
            snprintf(title, sizeof(title), "%s %s", route_docs[i].method, route_docs[i].path);
            found = found || str_is(line, title);
        }
        if (!found)
            fail_msg("%.*s has no row in engine/web/route_docs.c", STR_ARG(line));
        assert_true(count < route_doc_count);
    }
    for (size_t i = 0; i < route_doc_count; i++) {
        const struct route_doc *doc = &route_docs[i];
        if (!route_docs_route(doc) || !doc->example || !doc->type || (!doc->answer && !doc->fields))
            fail_msg("%s %s: no such route, or something is missing", doc->method, doc->path);
    }
    buf_fini(&list);
}

static bool is_path_of(const struct route_doc *doc, const char *path)
{
    size_t len = strcspn(path, "?"), own_len = strlen(doc->path);
    if (doc->path[own_len - 1] == '*')
        return len >= own_len && strncmp(path, doc->path, own_len - 1) == 0;
    return len == own_len && strncmp(path, doc->path, len) == 0;
}

/* What a route was seen to answer stands in the reference. */
static void check_is_explained(const char *method, const char *path, const char *reason)
{
    for (size_t i = 0; i < route_doc_count; i++) {
        if (strcmp(route_docs[i].method, method) != 0 || !is_path_of(&route_docs[i], path))
            continue;
        unsigned problems = route_docs_problems(&route_docs[i]);
        for (int problem = 0; problem < REPLY_PROBLEM_COUNT; problem++)
            if (strcmp(reply_problems[problem].reason, reason) == 0 &&
                (problems & 1U << problem) == 0)
                fail_msg("the reference of %s %s does not know %s", method, path, reason);
    }
}

/* ---- over a socket ---- */

static void check_answer(const char *about, int status, const char *reason)
{
    char type[] = "\r\nContent-Type: application/problem+json\r\n";
    const char *body = strstr(client.bytes, "\r\n\r\n");
    if (!strstr(client.bytes, type) || !body)
        fail_msg("%s: no problem: %s", about, client.bytes);
    check_members(str_of(body + 4), status, reason);
}

static void whatever_is_wrong_is_told_as_a_problem(void **state)
{
    static const struct {
        const char *method, *path, *headers, *body;
        int status;
        const char *reason;
    } rows[] = {
        {"GET", "/api/1/nothing", "", NULL, 404, "not-found"},
        {"GET", "/api/1/", "", NULL, 404, "not-found"},
        {"GET", "/api/2/setting", "", NULL, 404, "not-found"},
        {"GET", "/api/1/setting", "", NULL, 401, "no-session"},
        {"GET", "/api/1/setting?as=poc&at=nowhere", "", NULL, 401, "no-session"},
        {"GET", "/api/1/setting?as=%00", "", NULL, 401, "no-session"},
        {"GET", "/api/1/links?as=poc", "", NULL, 403, "forbidden"},
        {"GET", "/api/1/qr/nobody?as=facilitator", "", NULL, 404, "not-found"},
        {"GET", "/api/1/files/files/none.txt?as=poc", "", NULL, 404, "not-found"},
        {"GET", "/api/1/setting?as=poc", "Host: evil.example\r\n", NULL, 421, "bad-host"},
        {"GET", "/api/1/setting?as=poc", "Origin: null\r\n", NULL, 403, "foreign"},
        {"PUT", "/api/1/setting", "", "{}", 405, "method"},
        {"BREW", "/api/1/setting", "", NULL, 405, "method"},
        {"POST", "/api/1/inputs?as=poc", "Content-Type: text/plain\r\n", "{}", 415, "not-json"},
        {"POST", "/api/1/inputs?as=poc", "", "", 400, "bad-body"},
        {"POST", "/api/1/inputs?as=poc", "", "[]", 400, "bad-body"},
        {"POST", "/api/1/inputs?as=poc", "", "{\"do\":\"fly\",\"id\":\"1\"}", 400, "bad-body"},
        {"POST", "/api/1/join", "", "{\"secret\":1}", 400, "bad-body"},
        {"POST", "/api/1/join", "", "{\"secret\":\"\\ud800\"}", 400, "bad-body"},
        {"POST", "/api/1/join", "", "{\"secret\":\"0\"}", 403, "link"},
        {"POST", "/api/1/lobby?as=facilitator", "", "", 422, "not-remade"},
        {"POST", "/api/1/test/clock", "", "{\"at_ms\":-1}", 400, "bad-body"},
        {"POST", "/api/1/test/clock", "", "{\"at_ms\":99999999999999999999}", 400, "bad-body"},
    };
    (void)state;
    struct web_table *table = web_table_new(true);
    char seat[256], staff[256], headers[1024];
    client_join(&client, table, poc, seat);
    client_join(&client, table, facilitator, staff);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        snprintf(headers, sizeof(headers), "%.*s; %s%s", (int)strcspn(seat, "\r"), seat,
            staff + strlen("Cookie: "), rows[i].headers);
        struct exchange exchange = {rows[i].method, rows[i].path, headers, rows[i].body};
        int status = client_ask(&client, table, &exchange);
        if (status != rows[i].status)
            fail_msg("%s %s: %d, not %d", rows[i].method, rows[i].path, status, rows[i].status);
        check_answer(rows[i].path, status, rows[i].reason);
        check_is_explained(rows[i].method, rows[i].path, rows[i].reason);
    }
    web_table_free(table);
}

static void what_is_too_big_and_what_comes_too_early_as_well(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    static char body[1200];
    char seat[256];
    memset(body, ' ', sizeof(body) - 1);
    struct exchange join = {"POST", "/api/1/join", NULL, body};
    assert_int_equal(client_ask(&client, table, &join), 413);
    check_answer("join", 413, "too-big");

    client_join(&client, table, poc, seat);
    table->no_state = true;
    struct exchange setting = {"GET", "/api/1/setting?as=poc", seat, NULL};
    assert_int_equal(client_ask(&client, table, &setting), 503);
    check_answer("setting", 503, "not-ready");
    assert_non_null(strstr(client.bytes, "\r\nRetry-After: 2\r\n"));
    table->no_state = false;
    web_table_free(table);
}

static void a_wrong_method_is_told_the_right_ones(void **state)
{
    static const struct {
        const char *path, *allow;
    } rows[] = {
        {"/api/1/inputs", "\r\nAllow: POST\r\n"},
        {"/api/1/setting", "\r\nAllow: GET, HEAD\r\n"},
        {"/api/1/lobby", "\r\nAllow: GET, HEAD, POST\r\n"},
        {"/api/1/files/x", "\r\nAllow: GET, HEAD\r\n"},
    };
    (void)state;
    struct web_table *table = web_table_new(false);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct exchange exchange = {"DELETE", rows[i].path, NULL, NULL};
        assert_int_equal(client_ask(&client, table, &exchange), 405);
        assert_non_null(strstr(client.bytes, rows[i].allow));
    }
    web_table_free(table);
}

/* ---- the library's own answers ---- */

static int ask_raw(struct web_table *table, const char *request)
{
    int status = 0;
    client_open(&client, table);
    client_send(&client, request, strlen(request));
    for (int i = 0; i < 100; i++) {
        web_table_run(table);
        if (!client_receive(&client))
            break;
    }
    client_close(&client);
    return sscanf(client.bytes, "HTTP/1.1 %d", &status) == 1 ? status : 0;
}

/* These never reach us: no JSON, no session, no room. A page sends none of them. */
static void what_is_no_request_the_library_answers(void **state)
{
    static char path[20000], header[20000], cookies[20000];
    (void)state;
    struct web_table *table = web_table_new(false);
    memset(cookies, 'x', 12000);
    snprintf(path, sizeof(path), "GET /%.12000s HTTP/1.1\r\nHost: x\r\n\r\n", cookies);
    snprintf(header, sizeof(header), "GET / HTTP/1.1\r\nHost: x\r\nX: %.12000s\r\n\r\n", cookies);
    const struct {
        const char *request;
        int status;
    } rows[] = {
        {"GET / HTTP/9.1\r\nHost: x\r\n\r\n", 505},
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", 400},
        {path, 414},
        {header, 431},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        int status = ask_raw(table, rows[i].request);
        if (status != rows[i].status || strstr(client.bytes, "problem+json"))
            fail_msg("%.40s: %d, not %d", rows[i].request, status, rows[i].status);
    }
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_says_what_happened_and_what_to_do),
        cmocka_unit_test(a_case_may_say_more_than_its_row),
        cmocka_unit_test(every_route_is_explained_with_an_example),
        cmocka_unit_test(whatever_is_wrong_is_told_as_a_problem),
        cmocka_unit_test(what_is_too_big_and_what_comes_too_early_as_well),
        cmocka_unit_test(a_wrong_method_is_told_the_right_ones),
        cmocka_unit_test(what_is_no_request_the_library_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

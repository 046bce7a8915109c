/* Guards and sessions: pure, so tables of cases suffice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/guard.h"
#include "web/session.h"

static void hosts(void **state)
{
    static const struct {
        const char *host, *listen;
        bool ok;
    } rows[] = {
        {"127.0.0.1:8765", "127.0.0.1", true},
        {"localhost:8765", "127.0.0.1", true},
        {"[::1]:8765", "::1", true},
        {"127.0.0.1:8766", "127.0.0.1", false},
        {"127.0.0.1", "127.0.0.1", false},
        {"127.0.0.1:", "127.0.0.1", false},
        {"127.0.0.1:8765:8765", "127.0.0.1", false},
        {"127.0.0.1:x", "127.0.0.1", false},
        {"", "127.0.0.1", false},
        {":8765", "0.0.0.0", false},
        {"localhost.evil.example:8765", "127.0.0.1", false},
        {"192.168.1.5:8765", "127.0.0.1", false},
        {"192.168.1.5:8765", "192.168.1.5", true},
        {"192.168.1.5:8765", "0.0.0.0", true},
        {"[fe80::1]:8765", "::", true},
        {"evil.example:8765", "0.0.0.0", false},
        {"[evil]:8765", "0.0.0.0", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct guard_place place = {.listen_address = str_of(rows[i].listen), .port = 8765};
        if (guard_host(str_of(rows[i].host), &place) != rows[i].ok)
            fail_msg("\"%s\" at %s: should be %d", rows[i].host, rows[i].listen, rows[i].ok);
    }
}

static void public_hosts(void **state)
{
    static const struct {
        const char *url, *host; /* NULL: is none */
    } rows[] = {
        {"https://drill.example.jp", "drill.example.jp"},
        {"http://drill.example.jp:8080", "drill.example.jp:8080"},
        {"https://[2001:db8::1]:8443", "[2001:db8::1]:8443"},
        {"https://drill.example.jp/", NULL},
        {"https://drill.example.jp/drill", NULL},
        {"https://Drill.example.jp", NULL},
        {"https://user@drill.example.jp", NULL},
        {"https://drill.example.jp:x", NULL},
        {"https://drill.example.jp:0", NULL},
        {"https://drill.example.jp:65536", NULL},
        {"https://drill.example.jp:443", NULL},
        {"http://drill.example.jp:80", NULL},
        {"http://drill.example.jp:443", "drill.example.jp:443"},
        {"https://", NULL},
        {"https://:443", NULL},
        {"ftp://drill.example.jp", NULL},
        {"drill.example.jp", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct str host = {0};
        if (guard_public(str_of(rows[i].url), &host) != (rows[i].host != NULL) ||
            (rows[i].host != NULL && !str_is(host, rows[i].host)))
            fail_msg("%s", rows[i].url);
    }
    struct guard_place place = {
        .listen_address = STR("127.0.0.1"), .port = 8765, .public_host = STR("drill.example.jp")};
    assert_true(guard_host(STR("drill.example.jp"), &place));
    assert_true(guard_host(STR("127.0.0.1:8765"), &place));
    assert_false(guard_host(STR("drill.example.jp:8765"), &place));
    assert_false(guard_host(STR("evil.example.jp"), &place));
    place = (struct guard_place){.listen_address = STR("127.0.0.1"), .port = 443, .is_tls = true};
    assert_true(guard_host(STR("localhost"), &place));
    place.is_tls = false;
    assert_false(guard_host(STR("localhost"), &place));
}

static void origins(void **state)
{
    static const struct {
        const char *origin;
        bool ok;
    } rows[] = {
        {"", true},
        {"http://127.0.0.1:8765", true},
        {"https://127.0.0.1:8765", true},
        {"http://127.0.0.1:8765/", false},
        {"http://127.0.0.1:87650", false},
        {"http://localhost:8765", false},
        {"null", false},
        {"ftp://127.0.0.1:8765", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (guard_origin(str_of(rows[i].origin), STR("127.0.0.1:8765")) != rows[i].ok)
            fail_msg("\"%s\": should be %d", rows[i].origin, rows[i].ok);
}

static void guesses_are_counted_by_address_and_forgiven(void **state)
{
    (void)state;
    static struct guard_guesses guesses;
    uint8_t one[16] = {1}, address[16] = {2};
    for (int i = 0; i < GUARD_GUESSES; i++) {
        assert_true(guard_may_guess(&guesses, one, 5000));
        guard_guessed_wrong(&guesses, one, 5000);
    }
    assert_false(guard_may_guess(&guesses, one, 5000 + GUARD_REST_MS - 1));
    assert_true(guard_may_guess(&guesses, one, 5000 + GUARD_REST_MS));
    assert_true(guard_may_guess(&guesses, address, 5000));
    /* A full table forgets whoever is forgiven first, which is not the one who guesses most. */
    for (int i = 0; i < GUARD_ADDRESSES * 2; i++) {
        address[1] = (uint8_t)i;
        guard_guessed_wrong(&guesses, address, 5000);
    }
    assert_false(guard_may_guess(&guesses, one, 5000));
}

/* Whoever has one address of IPv6 has a network of them. */
static void a_network_guesses_as_one(void **state)
{
    (void)state;
    static struct guard_guesses guesses;
    uint8_t one[16] = {0x20, 1, [7] = 1, [15] = 1}, neighbour[16] = {0x20, 1, [7] = 1, [9] = 7};
    uint8_t other[16] = {0x20, 1, [7] = 2, [15] = 1};
    uint8_t v4[16] = {[10] = 0xff, [11] = 0xff, [12] = 10, [15] = 1}, next_v4[16];
    for (int i = 0; i < GUARD_GUESSES; i++) {
        guard_guessed_wrong(&guesses, one, 5000);
        guard_guessed_wrong(&guesses, v4, 5000);
    }
    assert_false(guard_may_guess(&guesses, neighbour, 5000));
    assert_true(guard_may_guess(&guesses, other, 5000));
    memcpy(next_v4, v4, sizeof(v4));
    next_v4[15] = 2;
    assert_false(guard_may_guess(&guesses, v4, 5000));
    assert_true(guard_may_guess(&guesses, next_v4, 5000));
}

static uint8_t next_random;

static void count_up(void *self, uint8_t *bytes, size_t count)
{
    (void)self;
    memset(bytes, ++next_random, count);
}

static int64_t now_ms;

static int64_t clock_ms(void *self)
{
    (void)self;
    return now_ms;
}

static bool never_mine(void *self, const struct session *session)
{
    (void)self;
    (void)session;
    return false;
}

static void links_become_sessions_once(void **state)
{
    (void)state;
    static struct sessions sessions;
    const struct viewer poc = {VIEWER_SEAT, STR("poc")}, staff = {VIEWER_FACILITATOR, {0}};
    char cookie[SESSION_COOKIE_DIGITS + 1];
    sessions.entropy = count_up;
    sessions.steady_ms = clock_ms;
    const struct session_link *link = session_link(&sessions, poc);
    assert_ptr_equal(session_link(&sessions, poc), link);
    assert_ptr_not_equal(session_link(&sessions, staff), link);
    struct session_join join = {str_of(link->secret), NULL, never_mine};
    const struct session *session = session_join(&sessions, &join, cookie);
    assert_non_null(session);
    assert_int_equal(strlen(cookie), SESSION_COOKIE_DIGITS);
    assert_null(session_join(&sessions, &join, cookie));
    assert_int_equal(session_joined(&sessions, poc), 1);
    assert_ptr_not_equal(session_link(&sessions, poc), link);
    join.secret = STR("");
    assert_null(session_join(&sessions, &join, cookie));
    session_fini(&sessions);
}

static void a_cookie_is_found_under_its_own_name_only(void **state)
{
    (void)state;
    static struct sessions sessions;
    const struct viewer poc = {VIEWER_SEAT, STR("poc")};
    char cookie[SESSION_COOKIE_DIGITS + 1];
    sessions.entropy = count_up;
    sessions.steady_ms = clock_ms;
    struct session_join join = {str_of(session_link_new(&sessions, poc)->secret), NULL, never_mine};
    const struct session *session = session_join(&sessions, &join, cookie);
    assert_ptr_equal(session_find(&sessions, STR("poc"), str_of(cookie)), session);
    assert_null(session_find(&sessions, STR("facilitator"), str_of(cookie)));
    assert_null(session_find(&sessions, STR("poc"), STR("")));
    cookie[0] = cookie[0] == '0' ? '1' : '0';
    assert_null(session_find(&sessions, STR("poc"), str_of(cookie)));
    session_fini(&sessions);
}

static void sessions_end(void **state)
{
    (void)state;
    static struct sessions sessions;
    const struct viewer poc = {VIEWER_SEAT, STR("poc")};
    char cookie[SESSION_COOKIE_DIGITS + 1];
    sessions.entropy = count_up;
    sessions.steady_ms = clock_ms;
    const struct session *session = session_new(&sessions, poc, cookie);
    struct hash before = hash_of_bytes(STR("before"));
    session_admit(&sessions, poc, &before, 1000);
    assert_int_equal(session_joined(&sessions, poc), 2);
    now_ms += 1000;
    assert_null(session_find(&sessions, STR("poc"), STR("before")));
    now_ms += SESSION_LIFE_MS - 1001;
    assert_ptr_equal(session_find(&sessions, STR("poc"), str_of(cookie)), session);
    now_ms++;
    assert_null(session_find(&sessions, STR("poc"), str_of(cookie)));
    assert_int_equal(session_joined(&sessions, poc), 0);
    session_fini(&sessions);
}

/* Seats that are freed again and again use up no place. */
static void a_freed_seat_gives_its_place_back(void **state)
{
    (void)state;
    static struct sessions sessions;
    const struct viewer poc = {VIEWER_SEAT, STR("poc")};
    char cookie[SESSION_COOKIE_DIGITS + 1];
    sessions.entropy = count_up;
    sessions.steady_ms = clock_ms;
    for (int i = 0; i < SESSION_LIMIT; i++)
        assert_non_null(session_new(&sessions, poc, cookie));
    assert_null(session_new(&sessions, poc, cookie));
    session_free(&sessions, poc);
    for (int i = 0; i < SESSION_LIMIT; i++)
        assert_non_null(session_new(&sessions, poc, cookie));
    assert_null(session_new(&sessions, poc, cookie));
    session_fini(&sessions);
}

static void there_is_an_end_to_links(void **state)
{
    (void)state;
    static struct sessions sessions;
    const struct viewer poc = {VIEWER_SEAT, STR("poc")};
    sessions.entropy = count_up;
    sessions.steady_ms = clock_ms;
    for (int i = 0; i < SESSION_LIMIT; i++)
        assert_non_null(session_link_new(&sessions, poc));
    assert_null(session_link_new(&sessions, poc));
    session_fini(&sessions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts),
        cmocka_unit_test(public_hosts),
        cmocka_unit_test(origins),
        cmocka_unit_test(guesses_are_counted_by_address_and_forgiven),
        cmocka_unit_test(a_network_guesses_as_one),
        cmocka_unit_test(sessions_end),
        cmocka_unit_test(a_freed_seat_gives_its_place_back),
        cmocka_unit_test(links_become_sessions_once),
        cmocka_unit_test(a_cookie_is_found_under_its_own_name_only),
        cmocka_unit_test(there_is_an_end_to_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Vitals: the text that a monitoring system reads, and who is given it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <ifaddrs.h>

#include "unit/web_table.h"
#include "web/guard.h"

static struct client client;

/* ---- a checker of the exposition format, as far as we use it ---- */

struct checker {
    char family[64], type[16];
    bool has_help, has_samples;
    int families, samples;
    double last_bucket; /* counts of buckets only rise */
};

static size_t name_len(const char *text)
{
    size_t len = 0;
    while (isalnum((unsigned char)text[len]) || text[len] == '_' || text[len] == ':')
        len++;
    return isdigit((unsigned char)text[0]) ? 0 : len;
}

static void check_comment(struct checker *checker, const char *line)
{
    char word[8], name[64], rest[256];
    if (sscanf(line, "# %7s %63s %255[^\n]", word, name, rest) != 3 ||
        name_len(name) != strlen(name) || strncmp(name, "tocsin_", 7) != 0)
        fail_msg("no comment: %s", line);
    if (strcmp(word, "HELP") == 0) {
        *checker = (struct checker){.families = checker->families + 1,
            .samples = checker->samples,
            .has_help = true,
            .last_bucket = 0};
        snprintf(checker->family, sizeof(checker->family), "%s", name);
        return;
    }
    /* TYPE comes once, before the samples, and is one of the five. */
    assert_string_equal(word, "TYPE");
    assert_string_equal(name, checker->family);
    assert_true(checker->has_help && !checker->has_samples && checker->type[0] == '\0');
    assert_true(strcmp(rest, "counter") == 0 || strcmp(rest, "gauge") == 0 ||
                strcmp(rest, "histogram") == 0);
    snprintf(checker->type, sizeof(checker->type), "%.15s", rest);
}

/* {name="value"}: no escapes are used. */
static size_t label_len(const char *text)
{
    size_t len = 1 + name_len(text + 1);
    if (len == 1 || text[len] != '=' || text[len + 1] != '"')
        return 0;
    len += 2 + strcspn(text + len + 2, "\"\\\n");
    return text[len] == '"' && text[len + 1] == '}' ? len + 2 : 0;
}

static bool is_sample_of(const struct checker *checker, const char *name, size_t len)
{
    static const char *const ends[] = {"", "_bucket", "_sum", "_count"};
    char full[96];
    for (size_t i = 0; i < 4; i++) {
        snprintf(full, sizeof(full), "%s%s", checker->family, ends[i]);
        if (strlen(full) == len && strncmp(full, name, len) == 0)
            return (i != 0) == (strcmp(checker->type, "histogram") == 0);
    }
    return false;
}

static void check_sample(struct checker *checker, const char *line)
{
    size_t len = name_len(line), labels = 0;
    char *end;
    if (!is_sample_of(checker, line, len))
        fail_msg("not of %s %s: %s", checker->type, checker->family, line);
    if (line[len] == '{')
        labels = label_len(line + len);
    if ((line[len] == '{' && labels == 0) || line[len + labels] != ' ')
        fail_msg("no sample: %s", line);
    double value = strtod(line + len + labels + 1, &end);
    if (end == line + len + labels + 1 || *end != '\0' || value < 0)
        fail_msg("no value: %s", line);
    if (strstr(line, "_bucket{")) {
        if (value < checker->last_bucket)
            fail_msg("a bucket holds fewer than the one below: %s", line);
        checker->last_bucket = value;
    }
    if (strstr(line, "_count "))
        assert_true(value == checker->last_bucket);
    checker->has_samples = true;
    checker->samples++;
}

static struct checker check_format(const char *text)
{
    struct checker checker = {0};
    char line[512];
    assert_true(text[0] != '\0' && text[strlen(text) - 1] == '\n');
    while (*text) {
        size_t len = strcspn(text, "\n");
        snprintf(line, sizeof(line), "%.*s", (int)len, text);
        if (line[0] == '#')
            check_comment(&checker, line);
        else
            check_sample(&checker, line);
        text += len + 1;
    }
    return checker;
}

/* ---- the text ---- */

static void counts_come_out_as_they_went_in(void **state)
{
    struct vitals vitals = {.connections = 7, .rooms = 2, .streams = 5, .uptime_ms = 61234};
    struct buf out = {0};
    (void)state;
    vitals.memory_bytes = 1 << 20;
    vitals.record_bytes = 4096;
    vitals_count_turn(&vitals.turns, 500, true);
    vitals_count_turn(&vitals.turns, 501, true);
    vitals_count_turn(&vitals.turns, 3000000, true);
    vitals_count_turn(&vitals.turns, 9, false);
    vitals_count_input(&vitals, 200);
    vitals_count_input(&vitals, 422);
    vitals_count_input(&vitals, 400);
    vitals_count_input(&vitals, 503);
    vitals_write(&vitals, &out);
    buf_add_char(&out, '\0');
    assert_int_equal(check_format(out.ptr).families, 10);
    static const char *const lines[] = {"tocsin_commit_seconds_bucket{le=\"0.0005\"} 1\n",
        "tocsin_commit_seconds_bucket{le=\"0.001\"} 2\n",
        "tocsin_commit_seconds_bucket{le=\"2.5\"} 2\n",
        "tocsin_commit_seconds_bucket{le=\"+Inf\"} 3\n", "tocsin_commit_seconds_sum 3.001001\n",
        "tocsin_commit_seconds_count 3\n", "tocsin_inputs_total{status=\"2xx\"} 1\n",
        "tocsin_inputs_total{status=\"4xx\"} 2\n", "tocsin_inputs_total{status=\"5xx\"} 1\n",
        "tocsin_connections 7\n", "tocsin_memory_bytes 1048576\n", "tocsin_record_bytes 4096\n",
        "tocsin_rooms 2\n", "tocsin_streams 5\n", "tocsin_turns_total 3\n",
        "tocsin_turns_failed_total 1\n", "tocsin_uptime_seconds 61.234000\n"};
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
        if (!strstr(out.ptr, lines[i]))
            fail_msg("no %sin %s", lines[i], out.ptr);
    buf_fini(&out);
}

static void what_cannot_be_known_is_left_out(void **state)
{
    struct vitals vitals = {.memory_bytes = -1, .record_bytes = -1};
    struct buf out = {0};
    (void)state;
    vitals_write(&vitals, &out);
    buf_add_char(&out, '\0');
    assert_int_equal(check_format(out.ptr).families, 8);
    assert_null(strstr(out.ptr, "bytes"));
    buf_fini(&out);
}

/* ---- who is given it ---- */

static void addresses_of_this_machine(void **state)
{
    static const struct {
        uint8_t address[16];
        bool is_local;
    } rows[] = {
        {{[10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1}, true},
        {{[10] = 0xff, [11] = 0xff, [12] = 127, [13] = 9}, true},
        {{[15] = 1}, true},
        {{[15] = 2}, false},
        {{0}, false},
        {{[12] = 127, [15] = 1}, false},
        {{[10] = 0xff, [11] = 0xff, [12] = 192, [13] = 168, [15] = 1}, false},
        {{[0] = 0xfe, [1] = 0x80, [15] = 1}, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(guard_local(rows[i].address), rows[i].is_local);
}

static int ask(struct web_table *table, const char *headers)
{
    struct exchange exchange = {"GET", "/metrics", headers, NULL};
    return client_ask(&client, table, &exchange);
}

/* Another web in the table's place: one that is known by a name, or that listens everywhere. */
static void move_web(struct web_table *table, struct str public_url, struct str listen)
{
    struct web_options options = {.listen_address = listen, .public_url = public_url};
    web_free(table->web);
    assert_true(web_new(&table->host, &options, &table->web, NULL));
    table->room = web_open(table->web, STR("room"), table, 1);
}

static void whoever_comes_through_a_proxy_gets_nothing(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    move_web(table, STR("https://drill.example.jp"), STR("127.0.0.1"));
    assert_int_equal(ask(table, ""), 200);
    assert_non_null(strstr(client.bytes, "\r\nContent-Type: text/plain; version=0.0.4;"));
    check_format(strstr(client.bytes, "\r\n\r\n") + 4);
    static const char *const refused[] = {"Host: drill.example.jp\r\n",
        "X-Forwarded-For: 127.0.0.1\r\n", "x-forwarded-for: 10.0.0.1\r\n", "Forwarded: for=x\r\n",
        "X-Real-IP: 10.0.0.1\r\n", "Via: 1.1 proxy\r\n", "X-Forwarded-Proto: https\r\n",
        "x-forwarded-host:\r\n"};
    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        if (ask(table, refused[i]) != 404)
            fail_msg("answered with %s: %s", refused[i], client.bytes);
        assert_null(strstr(client.bytes, "tocsin_"));
        assert_non_null(strstr(client.bytes, "\"reason\":\"not-found\""));
    }
    web_table_free(table);
}

/* An address of this machine that others know it by; false where there is none. */
static bool find_outer_address(struct in_addr *ret_address)
{
    struct ifaddrs *all = NULL;
    bool found = false;
    if (getifaddrs(&all) != 0)
        return false;
    for (const struct ifaddrs *one = all; one && !found; one = one->ifa_next) {
        struct sockaddr_in address;
        if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET)
            continue;
        memcpy(&address, one->ifa_addr, sizeof(address));
        *ret_address = address.sin_addr;
        found = ntohl(address.sin_addr.s_addr) >> 24 != 127;
    }
    freeifaddrs(all);
    return found;
}

static void whoever_comes_over_the_network_gets_nothing(void **state)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    char request[128];
    (void)state;
    if (!find_outer_address(&address.sin_addr))
        skip();
    struct web_table *table = web_table_new(false);
    move_web(table, STR(""), STR("0.0.0.0"));
    assert_int_equal(ask(table, ""), 200);
    address.sin_port = htons((uint16_t)web_port(table->web));
    client_open(&client, table);
    client_close(&client);
    client.fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(client.fd, (struct sockaddr *)&address, sizeof(address)), 0);
    int len = snprintf(request, sizeof(request),
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", web_port(table->web));
    client_send(&client, request, (size_t)len);
    assert_true(client_wait(&client, table, "HTTP/1.1 404"));
    client_close(&client);
    web_table_free(table);
}

/* ---- what it does not tell ---- */

static void numbers_stand_for_fifteen_seconds(void **state)
{
    (void)state;
    struct web_table *table = web_table_new(false);
    char seat[256];
    assert_int_equal(ask(table, ""), 200);
    assert_non_null(strstr(client.bytes, "tocsin_inputs_total{status=\"2xx\"} 0\n"));
    client_join(&client, table, (struct viewer){VIEWER_SEAT, STR("poc")}, seat);
    struct exchange note = {
        "POST", "/api/1/inputs?as=poc", seat, "{\"do\":\"note\",\"id\":\"c1\",\"text\":\"x\"}"};
    assert_int_equal(client_ask(&client, table, &note), 200);
    table->steady_ms += 14999;
    assert_int_equal(ask(table, ""), 200);
    assert_non_null(strstr(client.bytes, "tocsin_inputs_total{status=\"2xx\"} 0\n"));
    table->steady_ms += 1;
    assert_int_equal(ask(table, ""), 200);
    assert_non_null(strstr(client.bytes, "tocsin_inputs_total{status=\"2xx\"} 1\n"));
    assert_non_null(strstr(client.bytes, "tocsin_uptime_seconds 15.000000\n"));
    assert_non_null(strstr(client.bytes, "tocsin_rooms 1\n"));
    assert_null(strstr(client.bytes, "poc"));
    web_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_come_out_as_they_went_in),
        cmocka_unit_test(what_cannot_be_known_is_left_out),
        cmocka_unit_test(addresses_of_this_machine),
        cmocka_unit_test(whoever_comes_through_a_proxy_gets_nothing),
        cmocka_unit_test(whoever_comes_over_the_network_gets_nothing),
        cmocka_unit_test(numbers_stand_for_fifteen_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

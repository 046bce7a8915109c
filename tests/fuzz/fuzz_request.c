/* A client that sends any bytes to the live exercise: request lines, headers, cookies, bodies.
 *
 * The bytes go over a socket into a real server with a small table behind it, and three signs stand
 * for what bytes cannot hold: '~' is the server's port, 0x01 lets the server work before the rest
 * comes, 0x02 lets half a minute go by. A player's and the facilitator's cookie are always the
 * same, and so is an unused link, so that the corpus can hold them. Whatever is sent, the next
 * client is answered, folding the events gives the live state, and nobody without the facilitator's
 * cookie is told a secret. */
#include <errno.h>
#include <stdint.h>

#include "core/apply.h"
#include "core/event_check.h"
#include "unit/web_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SENT_MOST_BYTES = 96 * 1024, ROUNDS = 64 };

static struct client client, other; /* 256 KiB each: too much for some stacks */

/* What the second joining client is given, web_table's chance being what it is. */
static const char facilitators_cookie[] =
    "0404040404040404040404040404040404040404040404040404040404040404";

/* Works until nothing is left to do. */
static void work(struct web_table *table)
{
    for (int i = 0; i < ROUNDS; i++) {
        struct pollfd ready = {.fd = web_fd(table->web), .events = POLLIN};
        if (poll(&ready, 1, 0) == 0 && web_timeout_ms(table->web) > 0 && table->waiting_count == 0)
            return;
        web_run(table->web);
        web_table_turn(table);
    }
}

/* The server may have hung up, or may not read so much: neither is the client's trouble. */
static void send_some(const struct buf *bytes)
{
    if (send(client.fd, bytes->ptr, bytes->len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 &&
        errno != EPIPE && errno != ECONNRESET && errno != EAGAIN)
        abort();
}

static void send_all(struct web_table *table, const uint8_t *data, size_t size)
{
    struct buf piece = {0};
    for (size_t i = 0; i <= size; i++) {
        bool pause = i == size || data[i] == 1 || data[i] == 2;
        if (!pause && data[i] == '~')
            buf_format(&piece, "%d", web_port(table->web));
        else if (!pause)
            buf_add_char(&piece, (char)data[i]);
        if (!pause)
            continue;
        send_some(&piece);
        buf_clear(&piece);
        if (i < size && data[i] == 2)
            table->steady_ms += 31000;
        work(table);
        client_receive(&client);
    }
    buf_fini(&piece);
}

static bool holds(const void *bytes, size_t len, const char *word)
{
    struct str found = {bytes, len}, wanted = str_of(word);
    for (size_t i = 0; i + wanted.len <= found.len; i++)
        if (memcmp(found.ptr + i, wanted.ptr, wanted.len) == 0)
            return true;
    return false;
}

/* What the table decided is what a record may hold. */
static void check_events(const struct web_table *table)
{
    struct state *folded = state_new(&table->def);
    struct buf live = {0}, again = {0};
    for (size_t i = 0; i < table->events.count; i++) {
        struct err err = {0};
        if (!event_check(folded, &table->events.items[i], &err)) {
            fprintf(stderr, "its own event is refused: %s\n", err.message);
            abort();
        }
        apply_event(folded, &table->events.items[i]);
    }
    folded->now_ms = machine_state(table->machine)->now_ms; /* time that went by in silence */
    state_write(machine_state(table->machine), &live);
    state_write(folded, &again);
    if (!str_eq(buf_str(&live), buf_str(&again)))
        abort();
    state_free(folded);
    buf_fini(&live);
    buf_fini(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct exchange health = {"GET", "/healthz", NULL, NULL};
    char cookie[256];
    if (size > SENT_MOST_BYTES)
        return 0;
    struct web_table *table = web_table_new(true);
    client_join(&other, table, (struct viewer){VIEWER_SEAT, STR("poc")}, cookie);
    client_join(&other, table, (struct viewer){VIEWER_FACILITATOR, {0}}, cookie);
    assert(strstr(cookie, facilitators_cookie));
    web_link(table->room, (struct viewer){VIEWER_SEAT, STR("commander")}, &table->arena);
    client_open(&client, table);
    send_all(table, data, size);
    if (!holds(data, size, facilitators_cookie) &&
        (holds(client.bytes, client.len, "SECRET") ||
            holds(client.bytes, client.len, "secret-inject")))
        abort();
    if (client_ask(&other, table, &health) != 200)
        abort();
    client_drop(&client);
    work(table);
    check_events(table);
    web_table_free(table);
    return 0;
}

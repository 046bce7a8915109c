/* A small table behind a real web server, all in one process, for the tests of engine/web: the
 * machine of core without a record, and a client that talks HTTP over a socket.
 *
 * PoC and commander have a call at one minute; another inject, an hour later, nobody may see. */
#ifndef UNIT_WEB_TABLE_H
#define UNIT_WEB_TABLE_H

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "core/step.h"
#include "load/intake.h"
#include "web/reply_problem.h"
#include "web/web.h"

enum { WEB_TABLE_WAITING = 64 };

struct web_table_waiting {
    uint64_t ticket;
    struct str actor, json;
    int64_t clock_ms; /* -1: an input */
};

struct web_table {
    struct arena arena; /* lifespan: the test */
    struct def def;
    struct machine *machine;
    struct events events;
    size_t told_count;
    struct web *web;
    struct web_room *room, *lead;
    struct web_host host;
    struct web_table_waiting waiting[WEB_TABLE_WAITING];
    size_t waiting_count;
    int64_t clock_ms, steady_ms;
    uint8_t next_random;
    bool no_state;     /* the host's state() answers NULL */
    bool keep_late;    /* leaves inputs unanswered */
    bool hold_reports; /* notes who asked, and answers nobody */
    uint64_t held[WEB_TABLE_WAITING];
    size_t held_count;
    struct intake_text texts[512];
    size_t text_count;
    int file_reads;
    int warnings;
    char warning[256]; /* the last one */
    struct {
        char as[LIMIT_ID_BYTES];
        struct hash cookie;
    } passes[WEB_TABLE_WAITING]; /* of browsers that joined */
    size_t pass_count;
    bool code_is_closed; /* as it was kept */
    bool keeps_nothing;  /* of passes and codes */
};

/* ---- the exercise ---- */

static inline struct strs web_table_list(struct web_table *table, struct str id)
{
    struct str *item = ARENA_NEW(&table->arena, struct str);
    *item = id;
    return (struct strs){item, 1};
}

static inline void web_table_define(struct web_table *table)
{
    static const struct def_attachment note = {.name = WORDS("A note", "メモ"),
        .path = {STR_INIT("files/note.txt"), STR_INIT("files/note.ja.txt")}};
    struct arena *arena = &table->arena;
    struct def *def = &table->def;
    struct def_role *roles = ARENA_ARRAY(arena, 2, struct def_role);
    struct def_seat *seats = ARENA_ARRAY(arena, 2, struct def_seat);
    struct def_fact *facts = ARENA_ARRAY(arena, 2, struct def_fact);
    struct def_inject *injects = ARENA_ARRAY(arena, 2, struct def_inject);
    roles[0] = (struct def_role){
        .id = STR("poc"), .name = WORDS("PoC", "窓口"), .card = WORDS("card", "札")};
    roles[1] = (struct def_role){.id = STR("commander"), .name = WORDS("Commander", "指揮")};
    for (int i = 0; i < 2; i++)
        seats[i] =
            (struct def_seat){.id = roles[i].id, .roles = web_table_list(table, roles[i].id)};
    facts[0] = (struct def_fact){.id = STR("fact-now"), .text = WORDS("It burns", "燃えている")};
    facts[1] = (struct def_fact){.id = STR("secret-fact"), .text = WORDS("SECRET", "SECRET")};
    injects[0] = (struct def_inject){.id = STR("call"),
        .from_name = WORDS("Desk", "受付"),
        .to = web_table_list(table, STR("poc")),
        .via = CHANNEL_PHONE,
        .title = WORDS("A call", "電話"),
        .body = WORDS("Help <b>&</b>", "助けて"),
        .facts = web_table_list(table, STR("fact-now")),
        .attachments = &note,
        .attachment_count = 1,
        .trigger = {.kind = TRIGGER_AT, .at_ms = 60000}};
    injects[1] = (struct def_inject){.id = STR("secret-inject"),
        .from_name = WORDS("SECRET", "SECRET"),
        .to = web_table_list(table, STR("poc")),
        .title = WORDS("SECRET", "SECRET"),
        .body = WORDS("SECRET", "SECRET"),
        .facts = web_table_list(table, STR("secret-fact")),
        .trigger = {.kind = TRIGGER_AT, .at_ms = 3600000}};
    *def = (struct def){.id = STR("small"),
        .title = WORDS("Small", "小"),
        .summary = WORDS("", ""),
        .duration_ms = 7200000,
        .pace = 1,
        .mode = MODE_LIVE,
        .roles = roles,
        .role_count = 2,
        .seats = seats,
        .seat_count = 2,
        .facts = facts,
        .fact_count = 2,
        .injects = injects,
        .inject_count = 2};
    def_index(def, arena);
}

static inline void web_table_take(struct web_table *table, struct input *input)
{
    input->at_ms = table->clock_ms;
    machine_input(table->machine, input, &table->events);
}

static inline void web_table_create(struct web_table *table)
{
    struct input create = {.kind = INPUT_CREATE,
        .actor = ACTOR_HOST,
        .id = STR("create"),
        .observed_ms = -1,
        .story_at_ms = -1};
    create.body.create = (struct event_created){.content = STR("0"),
        .lua = STR("5.4"),
        .mode = MODE_LIVE,
        .pace = 1,
        .semantics = STEP_SEMANTICS};
    web_table_take(table, &create);
}

/* ---- the host ---- */

static inline void web_table_submit(void *self, uint64_t ticket, struct str actor, struct str json)
{
    struct web_table *table = self;
    assert(table->waiting_count < WEB_TABLE_WAITING);
    table->waiting[table->waiting_count++] = (struct web_table_waiting){
        ticket, arena_str(&table->arena, actor), arena_str(&table->arena, json), -1};
}

static inline void web_table_set_clock(void *self, uint64_t ticket, int64_t at_ms)
{
    struct web_table *table = self;
    table->waiting[table->waiting_count++] = (struct web_table_waiting){ticket, {0}, {0}, at_ms};
}

static inline const struct state *web_table_state(void *self)
{
    struct web_table *table = self;
    return table->no_state ? NULL : machine_state(table->machine);
}

static inline int64_t web_table_clock(void *self, bool *ret_running)
{
    struct web_table *table = self;
    *ret_running = machine_state(table->machine)->status == STATUS_RUNNING;
    return table->clock_ms;
}

static inline bool web_table_keeps(void *self)
{
    (void)self;
    return true;
}

static inline bool web_table_history(
    void *self, void (*each)(void *each_self, const struct event *event), void *each_self)
{
    struct web_table *table = self;
    for (size_t i = 0; i < table->told_count; i++)
        each(each_self, &table->events.items[i]);
    return true;
}

static inline struct str web_table_text(void *self, struct str ref)
{
    struct web_table *table = self;
    for (size_t i = 0; i < table->text_count; i++)
        if (str_eq(table->texts[i].ref, ref))
            return table->texts[i].body;
    return (struct str){0};
}

/* Counts up, so that secrets differ and a test can be repeated. */
static inline void web_table_entropy(void *self, uint8_t *bytes, size_t count)
{
    struct web_table *table = self;
    memset(bytes, ++table->next_random, count);
}

static inline int64_t web_table_steady(void *self)
{
    return ((struct web_table *)self)->steady_ms;
}

/* One turn: what was submitted is decided, answered and told. */
static inline void web_table_turn(struct web_table *table)
{
    static const uint8_t salt[INTAKE_SALT_BYTES] = "a salt for tests";
    for (size_t i = 0; i < table->waiting_count; i++) {
        struct web_table_waiting *one = &table->waiting[i];
        struct intake intake;
        struct err err;
        if (one->clock_ms >= 0) {
            table->clock_ms = one->clock_ms;
            machine_advance(table->machine, table->clock_ms, &table->events);
            web_answer(table->web, one->ticket, 200, STR("{\"ok\":true}"));
        } else if (!intake_parse(one->json, (struct intake_from){.source = INTAKE_CLIENT},
                       &table->arena, &intake, &err)) {
            struct buf problem = {0};
            reply_problem_write(REPLY_BAD_BODY, NULL, &problem);
            web_answer(table->web, one->ticket, 400, buf_str(&problem));
            buf_fini(&problem);
        } else {
            intake_salt(&intake, salt, &table->arena);
            for (size_t t = 0; t < intake.text_count && table->text_count < 512; t++)
                table->texts[table->text_count++] = intake.texts[t];
            intake.input.actor = one->actor;
            web_table_take(table, &intake.input);
            web_answer(table->web, one->ticket, 200, STR("{\"ok\":true}"));
        }
    }
    table->waiting_count = 0;
    size_t from = table->told_count;
    table->told_count = table->events.count;
    if (from < table->told_count)
        web_tell(table->room, table->events.items + from, table->told_count - from);
}

/* What the program's loop does, once. */
static inline void web_table_run(struct web_table *table)
{
    struct pollfd ready = {.fd = web_fd(table->web), .events = POLLIN};
    poll(&ready, 1, web_timeout_ms(table->web) < 1 ? 0 : 1);
    web_run(table->web);
    if (!table->keep_late)
        web_table_turn(table);
}

static inline bool web_table_file(
    void *self, struct str path, struct arena *arena, struct str *ret_bytes)
{
    struct web_table *table = self;
    table->file_reads++;
    (void)arena;
    *ret_bytes = str_is(path, "files/note.txt") ? STR("<script>burn()</script>") : STR("other");
    return str_starts_with(path, STR("files/"));
}

static inline void web_table_report(void *self, uint64_t ticket, const struct web_report *wish)
{
    struct web_table *table = self;
    if (table->hold_reports) {
        assert(table->held_count < WEB_TABLE_WAITING);
        table->held[table->held_count++] = ticket;
        return;
    }
    web_answer(table->web, ticket, 200, wish->is_skills ? STR("{}") : STR("<p>report"));
}

/* What was asked for is told again, to be looked at. */
static inline void web_table_lead(void *self, uint64_t ticket, const struct web_lead *wish)
{
    struct web_table *table = self;
    struct buf out = {0};
    buf_format(&out, "%d %s %s %d |%.*s|%.*s|%.*s|%.*s|%.*s", (int)wish->what, wish->format,
        wish->lang, wish->with_names, STR_ARG(wish->exercise), STR_ARG(wish->rule),
        STR_ARG(wish->team), STR_ARG(wish->year), STR_ARG(wish->item));
    web_answer(table->web, ticket, 200, buf_str(&out));
    buf_fini(&out);
}

static inline unsigned web_table_plan(void *self, struct str json, struct buf *out)
{
    (void)self;
    buf_add(out, json);
    return 200;
}

static inline void web_table_programme(void *self, struct buf *out)
{
    (void)self;
    buf_add(out, STR("{}"));
}

static inline void web_table_lobby(void *self, struct buf *out)
{
    (void)self;
    buf_add(out, STR("{}"));
}

/* Refuses what is empty. */
static inline unsigned web_table_remake(void *self, struct str json, struct buf *out)
{
    struct web_table *table = self;
    if (json.len == 0) {
        reply_problem_write(REPLY_NOT_REMADE, NULL, out);
        return reply_problems[REPLY_NOT_REMADE].status;
    }
    buf_add(out, STR("{}"));
    web_move(table->room, 2);
    return 200;
}

static inline void web_table_keep_pass(void *self, struct str as, const struct hash *cookie)
{
    struct web_table *table = self;
    assert(table->pass_count < WEB_TABLE_WAITING);
    snprintf(table->passes[table->pass_count].as, LIMIT_ID_BYTES, "%.*s", STR_ARG(as));
    table->passes[table->pass_count++].cookie = *cookie;
}

static inline bool web_table_void_passes(void *self, struct str as)
{
    struct web_table *table = self;
    size_t kept = 0;
    for (size_t i = 0; i < table->pass_count && !table->keeps_nothing; i++)
        if (!str_eq(str_of(table->passes[i].as), as))
            table->passes[kept++] = table->passes[i];
    table->pass_count = table->keeps_nothing ? table->pass_count : kept;
    return !table->keeps_nothing;
}

static inline bool web_table_close_code(void *self, bool is_closed)
{
    struct web_table *table = self;
    table->code_is_closed = table->keeps_nothing ? table->code_is_closed : is_closed;
    return !table->keeps_nothing;
}

static inline void web_table_measure(void *self, struct vitals *vitals)
{
    (void)self;
    vitals->turns = (struct vitals_turns){0};
    vitals_count_turn(&vitals->turns, 1000, true);
}

/* Which of them asked, and no more: what they may see is the host's. */
static inline bool web_table_findings(void *self, struct viewer viewer, struct buf *out)
{
    (void)self;
    buf_format(out, "{\"findings\":[],\"viewer\":%d}", (int)viewer.kind);
    return true;
}

static inline bool web_table_kit(void *self, enum lang lang, unsigned parts, struct buf *out)
{
    (void)self;
    buf_format(out, "<p>kit %s %u</p>", lang_names[lang], parts);
    return true;
}

/* From ENDEX on, as the host of the program. */
static inline bool web_table_replay(void *self, struct viewer viewer, struct buf *out)
{
    struct web_table *table = self;
    if (machine_state(table->machine)->status != STATUS_ENDED)
        return false;
    buf_format(out, "{\"facts\":[],\"viewer\":%d}", (int)viewer.kind);
    return true;
}

static inline void web_table_warn(void *self, struct str sentence)
{
    struct web_table *table = self;
    table->warnings++;
    snprintf(table->warning, sizeof(table->warning), "%.*s", STR_ARG(sentence));
}

static inline struct web_table *web_table_new(bool test_clock)
{
    struct web_table *table = calloc(1, sizeof(*table));
    assert(table);
    table->steady_ms = 1000000;
    table->events.arena = &table->arena;
    web_table_define(table);
    table->machine = machine_new(&table->def, NULL, 0);
    web_table_create(table);
    table->told_count = table->events.count;
    table->host = (struct web_host){.self = table,
        .submit = web_table_submit,
        .state = web_table_state,
        .clock_ms = web_table_clock,
        .keeps = web_table_keeps,
        .history = web_table_history,
        .text = web_table_text,
        .findings = web_table_findings,
        .kit = web_table_kit,
        .replay = web_table_replay,
        .file = web_table_file,
        .lobby = web_table_lobby,
        .remake = web_table_remake,
        .sentences = web_table_lobby,
        .report = web_table_report,
        .lead = web_table_lead,
        .plan = web_table_plan,
        .programme = web_table_programme,
        .keep_pass = web_table_keep_pass,
        .void_passes = web_table_void_passes,
        .close_code = web_table_close_code,
        .set_clock = test_clock ? web_table_set_clock : NULL,
        .entropy = web_table_entropy,
        .steady_ms = web_table_steady,
        .measure = web_table_measure,
        .warn = web_table_warn};
    struct web_options options = {.listen_address = STR("127.0.0.1")};
    struct err err;
    if (!web_new(&table->host, &options, &table->web, &err)) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    table->room = web_open(table->web, STR("room"), table, 1);
    table->lead = web_open_lead(table->web, STR("lead-room"));
    return table;
}

/* Further seats: "seat-a" and so on. */
static inline void web_table_add_seats(struct web_table *table, size_t more)
{
    struct def *def = &table->def;
    struct def_seat *seats = ARENA_ARRAY(&table->arena, def->seat_count + more, struct def_seat);
    memcpy(seats, def->seats, def->seat_count * sizeof(*seats));
    for (size_t i = 0; i < more; i++)
        seats[def->seat_count + i] = (struct def_seat){
            .id = arena_format(&table->arena, "seat-%c", (char)('a' + i)), .roles = seats[0].roles};
    def->seats = seats;
    def->seat_count += more;
    def_index(def, &table->arena);
}

static inline void web_table_free(struct web_table *table)
{
    web_free(table->web);
    machine_free(table->machine);
    arena_fini(&table->arena);
    free(table);
}

/* ---- a client ---- */

struct client {
    int fd;
    size_t len;
    char bytes[256 * 1024]; /* what was received, followed by a NUL */
};

static inline void client_open(struct client *client, const struct web_table *table)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)web_port(table->web))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->len = 0;
    client->bytes[0] = '\0';
    client->fd = socket(AF_INET, SOCK_STREAM, 0);
    assert(client->fd >= 0);
    while (
        connect(client->fd, (struct sockaddr *)&address, sizeof(address)) != 0 && errno != EISCONN)
        if (errno != EINTR && errno != EALREADY) /* a fuzzer's alarm goes off now and then */
            abort();
}

static inline void client_send(struct client *client, const char *bytes, size_t len)
{
    if (send(client->fd, bytes, len, MSG_NOSIGNAL) != (ssize_t)len)
        abort();
}

/* Receives what is there; false when the server has closed. */
static inline bool client_receive(struct client *client)
{
    for (;;) {
        size_t room = sizeof(client->bytes) - 1 - client->len;
        if (room == 0)
            return true;
        ssize_t got = recv(client->fd, client->bytes + client->len, room, MSG_DONTWAIT);
        if (got < 0)
            return true;
        if (got == 0)
            return false;
        client->len += (size_t)got;
        client->bytes[client->len] = '\0';
    }
}

/* Lets the server work until the text was received, or for as many rounds as are enough. */
static inline bool client_wait(struct client *client, struct web_table *table, const char *expected)
{
    for (int i = 0; i < 200; i++) {
        web_table_run(table);
        bool open = client_receive(client);
        if (strstr(client->bytes, expected))
            return true;
        if (!open)
            return false;
    }
    return false;
}

static inline void client_close(struct client *client)
{
    close(client->fd);
    client->fd = -1;
}

/* Ends so that no port is kept for late bytes: a fuzzer has more clients than there are ports. */
static inline void client_drop(struct client *client)
{
    struct linger at_once = {1, 0};
    setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    client_close(client);
}

/* A whole exchange; headers end in "\r\n" each. Returns the status, 0 for none; the answer stands
 * in the client's bytes. The connection stays open for more when `keep`. */
struct exchange {
    const char *method, *path, *headers, *body;
};

static inline int client_ask(
    struct client *client, struct web_table *table, const struct exchange *exchange)
{
    struct buf out = {0};
    const char *body = exchange->body ? exchange->body : "";
    const char *headers = exchange->headers ? exchange->headers : "";
    client_open(client, table);
    buf_format(&out, "%s %s HTTP/1.1\r\n%s", exchange->method, exchange->path, headers);
    if (!strstr(headers, "Host:"))
        buf_format(&out, "Host: 127.0.0.1:%d\r\n", web_port(table->web));
    if (exchange->body && !strstr(headers, "Content-Type:"))
        buf_add(&out, STR("Content-Type: application/json\r\n"));
    if (exchange->body)
        buf_format(&out, "Content-Length: %zu\r\n", strlen(body));
    buf_format(&out, "Connection: close\r\n\r\n%s", body);
    client_send(client, out.ptr, out.len);
    buf_fini(&out);
    for (int i = 0; i < 400; i++) {
        web_table_run(table);
        if (!client_receive(client))
            break;
    }
    client_drop(client);
    int status = 0;
    return sscanf(client->bytes, "HTTP/1.1 %d", &status) == 1 ? status : 0;
}

/* Joins as a viewer; writes the Cookie header, "Cookie: …\r\n". */
static inline void client_join(
    struct client *client, struct web_table *table, struct viewer viewer, char ret_cookie[256])
{
    char body[128];
    struct arena arena = {0};
    struct web_room *room = viewer.kind == VIEWER_LEAD ? table->lead : table->room;
    struct str link = web_link(room, viewer, &arena);
    snprintf(body, sizeof(body), "{\"secret\":\"%.*s\"}", 32, link.ptr + link.len - 32);
    arena_fini(&arena);
    struct exchange exchange = {"POST", "/api/1/join", NULL, body};
    if (client_ask(client, table, &exchange) != 200)
        abort();
    const char *start = strstr(client->bytes, "Set-Cookie: ");
    if (!start)
        abort();
    start += strlen("Set-Cookie: ");
    snprintf(ret_cookie, 256, "Cookie: %.*s\r\n", (int)strcspn(start, ";"), start);
}

#endif

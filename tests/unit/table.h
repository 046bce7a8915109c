/* A small table for tests of engine/core: a scenario in memory, played by lines of words.
 *
 * An input is "5m poc open inject=call": when, who, what, fields ("facts=leak,cause" is a list).
 * "5m wait" lets time pass. An event is told the same way: "5m poc learned fact=leak source=inject
 * through=call". So a rule of the core reads as two short texts, what was done and what came of it.
 */
#ifndef UNIT_TABLE_H
#define UNIT_TABLE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/duration.h"
#include "core/step.h"
#include "core/view.h"
#include "load/intake.h"
#include "load/load.h"

#define TABLE_COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TABLE_WORDS(text) "{en: " text " en, ja: " text " ja}"
#define TABLE_HOURS "hours: {days: mon-fri, from: '08:30', to: '17:15'}"
#define TABLE_INJECT(id, from, rest)                                                               \
    "- {id: " id ", from: " from ", via: phone, title: " TABLE_WORDS(                              \
        "title-" id) ", body: " TABLE_WORDS("body-" id) ", " rest "}\n"

/* The files of a scenario, line by line. */
/* clang-format off */
static const struct bundle_file table_files[] = {
    {STR_INIT("facts.yaml"),
        STR_INIT("- {id: leak, text: " TABLE_WORDS("fact-leak") ", slot: scope}\n"
                 "- {id: cause, text: " TABLE_WORDS("fact-cause") "}\n"
                 "- {id: backup, text: " TABLE_WORDS("fact-backup") ", replaces: rumour}\n"
                 "- {id: rumour, text: " TABLE_WORDS("fact-rumour") "}\n")},
    {STR_INIT("files/note.txt"), STR_INIT("EXERCISE note\n")},
    {STR_INIT("injects.yaml"),
        STR_INIT(TABLE_INJECT("call", "desk", "to: poc, at: 30m, facts: [leak, cause]")
                 TABLE_INJECT("night", "desk", "to: legal, "
                     "story_at: '2026-11-20T23:10:00+09:00'")
                 TABLE_INJECT("follow", "desk", "to: poc, after: {inject: call, by: 5m}")
                 TABLE_INJECT("halted", "desk",
                     "to: [commander], when: {decision: stop, option: halt, by: 2m}")
                 TABLE_INJECT("again", "desk", "to: poc, reason: " TABLE_WORDS("reason-again") ", "
                     "unless: {escalation: {to: commander}, within: 15m, of: call}")
                 TABLE_INJECT("ask", "commander", "to: [commander, legal], question: {id: stop, "
                     "prompt: " TABLE_WORDS("prompt-stop") ", owner: commander, within: 10m, "
                     "options: [{id: halt, text: " TABLE_WORDS("text-halt") "}, "
                     "{id: keep, text: " TABLE_WORDS("text-keep") "}]}")
                 TABLE_INJECT("news", "desk", "to: room, repeats: yes, facts: [backup]")
                 TABLE_INJECT("rare", "desk", "to: poc, at: 50m, level: 2, "
                     "attachments: [files/note.txt]"))},
    {STR_INIT("roles/catalogue.yaml"),
        STR_INIT("- {id: commander, name: " TABLE_WORDS("Commander") ", card: "
                 TABLE_WORDS("card-commander") "}\n"
                 "- {id: handler, name: " TABLE_WORDS("Handler") "}\n"
                 "- {id: legal, name: " TABLE_WORDS("Legal") ", card: " TABLE_WORDS("card-legal")
                 "}\n"
                 "- {id: poc, name: " TABLE_WORDS("PoC") ", card: " TABLE_WORDS("card-poc") "}\n")},
    {STR_INIT("roles/organisations/default.yaml"),
        STR_INIT("{id: default, name: " TABLE_WORDS("D") ", constituency: " TABLE_WORDS("All")
                 ", authority: advises}\n")},
    {STR_INIT("scenario.yaml"),
        STR_INIT("id: small\ntitle: " TABLE_WORDS("Small") "\nsummary: " TABLE_WORDS("S") "\n"
                 "duration: 2h\nmode: live\nstory_start: 2026-11-20T22:10:00+09:00\n"
                 "seats:\n- {id: poc, roles: [poc]}\n- {id: lead, roles: [commander, handler]}\n"
                 "- {id: legal, roles: [legal]}\n"
                 "stakeholders:\n"
                 "- {id: vendor, name: " TABLE_WORDS("Vendor") ", deputy: desk, reach: "
                 "{phone: {answer: stale, delay: 10s}, mail: {answer: yes, delay: 30s}}}\n"
                 "- {id: desk, name: " TABLE_WORDS("Desk") ", contact: " TABLE_WORDS("contact-desk")
                 ", reach: {phone: {answer: yes, delay: 20s}, chat: {answer: no, delay: 40s}, "
                 "mail: {answer: yes, delay: 1m}}}\n"
                 "- {id: duty, name: " TABLE_WORDS("Duty") ", deputy: desk, forwards: yes, "
                 TABLE_HOURS ", reach: {phone: {answer: yes, delay: 5s}}}\n"
                 "- {id: boss, name: " TABLE_WORDS("Boss") ", " TABLE_HOURS ", reach: "
                 "{phone: {answer: yes, delay: 10s}, mail: {answer: yes, delay: 1m}}}\n"
                 "- {id: guard, name: " TABLE_WORDS("Guard") ", " TABLE_HOURS ", reach: "
                 "{phone: {answer: yes, delay: 5s}}, "
                 "after_hours: {phone: {answer: yes, delay: 90s}}}\n"
                 "actions:\n- {id: isolate, name: " TABLE_WORDS("Isolate") ", targets: [fs01]}\n"
                 "- {id: wait, name: " TABLE_WORDS("Wait") "}\n"
                 "- {id: cut, name: " TABLE_WORDS("Cut") ", authority: [commander], "
                 "done_by: [handler, desk]}\n"
                 "- {id: pull, name: " TABLE_WORDS("Pull") ", authority: [commander], "
                 "done_by: [poc]}\n"
                 "slots:\n- {id: scope, name: " TABLE_WORDS("Scope") "}\n"
                 "hints:\n- {id: who-else, to: poc, text: " TABLE_WORDS("hint-who-else") "}\n"
                 "phases:\n- {id: first, name: " TABLE_WORDS("First") ", public: yes}\n"
                 "- {id: second, name: " TABLE_WORDS("Second") ", "
                 "begins: '2026-11-21T07:00:00+09:00'}\n"
                 "world: {server: {is: running, name: " TABLE_WORDS("Server") ", values: [{id: "
                 "stopped, name: " TABLE_WORDS("Stopped") "}]}}\nmatters: [breach]\n")},
};
/* clang-format on */
/* clang-format on */

/* Owns everything of one play. */
struct table_play {
    struct arena arena;
    struct def def;
    struct rules rules;
    struct machine *machine;
    struct events events;
    int64_t input_count;
};

static inline void table_load(struct arena *arena, struct def *ret_def, struct rules *ret_rules)
{
    struct bundle bundle = {
        .files = table_files, .file_count = TABLE_COUNT(table_files), .root = STR("small/")};
    struct problems problems = {0};
    struct err err;
    if (!load_scenario(&bundle, arena, &problems, ret_def, ret_rules)) {
        problems_to_err(&problems, &err);
        fail_msg("%s", err.message);
    }
    problems_fini(&problems);
}

static inline void table_add_value(struct buf *json, struct str value)
{
    int64_t number;
    bool bare = str_to_int64(value, &number) || str_is(value, "true") || str_is(value, "false");
    buf_format(json, bare ? "%.*s" : "\"%.*s\"", STR_ARG(value));
}

/* "key=value" as JSON; "key=a,b" as a list. */
static inline void table_add_field(struct buf *json, struct str word)
{
    struct str key, value, item;
    if (!str_cut(word, '=', &key, &value))
        fail_msg("\"%.*s\" lacks \"=\"", STR_ARG(word));
    buf_format(json, ",\"%.*s\":", STR_ARG(key));
    bool is_list = memchr(value.ptr, ',', value.len) != NULL;
    if (!is_list) {
        table_add_value(json, value);
        return;
    }
    buf_add_char(json, '[');
    for (bool more = true, first = true; more; first = false) {
        more = str_cut(value, ',', &item, &value);
        buf_format(json, first ? "" : ",");
        table_add_value(json, more ? item : value);
    }
    buf_add_char(json, ']');
}

/* "5m poc open inject=call" → an input; free text keeps its words, as if they were a hash. */
static inline struct input table_input(struct table_play *play, struct str line)
{
    struct buf json = {0};
    struct str word, rest = line;
    static const char *const keys[] = {"{\"at", ",\"actor", ",\"do"};
    for (size_t i = 0; rest.len != 0; i++) {
        struct str after = {0};
        if (!str_cut(rest, ' ', &word, &after))
            word = rest;
        if (i < TABLE_COUNT(keys))
            buf_format(&json, "%s\":\"%.*s\"", keys[i], STR_ARG(word));
        else
            table_add_field(&json, word);
        rest = after;
    }
    buf_add_char(&json, '}');
    struct intake intake;
    struct err err;
    if (!intake_parse(buf_str(&json), (struct intake_from){.source = INTAKE_FILE}, &play->arena,
            &intake, &err))
        fail_msg("%.*s: %s", STR_ARG(buf_str(&json)), err.message);
    buf_fini(&json);
    intake.input.seq = ++play->input_count;
    return intake.input;
}

static inline void table_line(struct table_play *play, struct str line)
{
    struct str at, what;
    int64_t at_ms = 0;
    if (!str_cut(line, ' ', &at, &what) || !duration_parse(at, &at_ms))
        fail_msg("\"%.*s\" does not begin with a time", STR_ARG(line));
    if (str_is(what, "wait")) {
        machine_advance(play->machine, at_ms, &play->events);
        return;
    }
    struct input input = table_input(play, line);
    machine_input(play->machine, &input, &play->events);
}

static inline void table_lines(struct table_play *play, const char *text)
{
    struct str line, rest = str_of(text);
    while (rest.len != 0) {
        if (!str_cut(rest, '\n', &line, &rest)) {
            line = rest;
            rest = (struct str){0};
        }
        if (line.len != 0)
            table_line(play, line);
    }
}

#define TABLE_CREATE "0s host create content=c lua=5.4.4 mode=live pace=1 semantics=1\n"
#define TABLE_DISCUSS "0s host create content=c lua=5.4.4 mode=discuss pace=1 semantics=3\n"
#define TABLE_START "0s facilitator start\n"

/* A table before its first input. */
static inline void table_init(
    struct table_play *play, const struct reactor *reactors, size_t reactor_count)
{
    *play = (struct table_play){0};
    table_load(&play->arena, &play->def, &play->rules);
    play->machine = machine_new(&play->def, reactors, reactor_count);
    play->events.arena = &play->arena;
}

/* A table that was started and played through the lines. */
static inline void table_play_to(struct table_play *play, const char *text)
{
    table_init(play, NULL, 0);
    table_lines(play, TABLE_CREATE TABLE_START);
    table_lines(play, text);
}

static inline void table_fini(struct table_play *play)
{
    machine_free(play->machine);
    arena_fini(&play->arena);
}

static inline const struct state *table_now(const struct table_play *play)
{
    return machine_state(play->machine);
}

/* ---- telling ---- */

static inline void table_tell_field(
    struct arena *arena, struct buf *out, const struct field *field, const union event_body *body)
{
    const void *value = (const char *)body + field->offset;
    struct str text = {0};
    if (field->type == FIELD_INT && *(const int64_t *)value != 0)
        text = arena_format(arena, "%lld", (long long)*(const int64_t *)value);
    else if (field->type == FIELD_MS && *(const int64_t *)value != 0)
        text = duration_format(arena, *(const int64_t *)value);
    else if (field->type == FIELD_BOOL && *(const bool *)value)
        text = STR("true");
    else if (field->type == FIELD_IDS)
        for (size_t i = 0; i < ((const struct strs *)value)->count; i++)
            text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), i == 0 ? "" : ",",
                STR_ARG(((const struct strs *)value)->items[i]));
    else if (field->type != FIELD_INT && field->type != FIELD_MS && field->type != FIELD_BOOL)
        text = field_str(field, body);
    if (text.len != 0)
        buf_format(out, " %s=%.*s", field->name, STR_ARG(text));
}

/* "5m poc learned fact=leak source=inject through=call\n" */
static inline void table_tell(struct arena *arena, struct buf *out, const struct event *event)
{
    struct fields fields = event_kinds[event->kind].fields;
    buf_format(out, "%.*s", STR_ARG(duration_format(arena, event->at_ms)));
    if (event->observed_ms != event->at_ms)
        buf_format(out, "(%.*s)", STR_ARG(duration_format(arena, event->observed_ms)));
    buf_format(out, " %.*s%s %s", STR_ARG(event->actor), event->proxy ? "(proxy)" : "",
        event_kinds[event->kind].name);
    for (size_t i = 0; i < fields.count; i++)
        table_tell_field(arena, out, &fields.rows[i], &event->body);
    buf_add_char(out, '\n');
}

/* What was done before, what is done now, and all that comes of the latter. */
struct table_case {
    const char *what, *given, *then, *expected;
};

static inline void table_check(const struct table_case *row)
{
    struct table_play play;
    struct buf told = {0};
    table_play_to(&play, row->given);
    size_t first = play.events.count;
    table_lines(&play, row->then);
    for (size_t i = first; i < play.events.count; i++)
        table_tell(&play.arena, &told, &play.events.items[i]);
    buf_add_char(&told, '\0');
    if (strcmp(told.ptr, row->expected) != 0)
        fail_msg("%s\ngiven:\n%s\nthen:\n%s\ngave:\n%s\ninstead of:\n%s", row->what, row->given,
            row->then, told.ptr, row->expected);
    buf_fini(&told);
    table_fini(&play);
}

static inline void table_check_all(const struct table_case *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        table_check(&rows[i]);
}

#endif

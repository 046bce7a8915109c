/* tocsin log: what happened, line by line, as the record or as one role saw it. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/ids.h"
#include "app/past.h"
#include "app/terminal.h"
#include "base/duration.h"
#include "base/json_read.h"

struct logging {
    const struct command_line *line;
    struct past *past;
    bool as_somebody, json;
    struct viewer viewer;
    int64_t shown_count;
    struct buf out;
};

static bool tell_who_is_there(const struct logging *logging, struct str name, struct err *reterr)
{
    static const struct str always[] = {
        STR_INIT("facilitator"), STR_INIT("evaluator"), STR_INIT("board")};
    enum { ALWAYS = sizeof(always) / sizeof(always[0]) };
    const struct def *def = &logging->past->def;
    struct arena *arena = &logging->past->arena;
    struct str *items = ARENA_ARRAY(arena, def->seat_count + ALWAYS, struct str);
    struct strs there = {items, 0};
    for (size_t i = 0; i < def->seat_count; i++)
        items[there.count++] = def->seats[i].id;
    for (size_t i = 0; i < ALWAYS; i++)
        items[there.count++] = always[i];
    return ids_refuse(reterr, "nobody at this table is", name, there);
}

static bool find_viewer(struct logging *logging, struct err *reterr)
{
    const char *name = command_value(logging->line, "--as");
    logging->as_somebody = name != NULL;
    logging->viewer.kind = VIEWER_FACILITATOR;
    if (name == NULL || strcmp(name, "facilitator") == 0)
        return true;
    if (strcmp(name, "evaluator") == 0 || strcmp(name, "board") == 0) {
        logging->viewer.kind = name[0] == 'e' ? VIEWER_EVALUATOR : VIEWER_BOARD;
        return true;
    }
    const struct def_seat *seat = def_seat_of(&logging->past->def, str_of(name));
    if (seat == NULL)
        return tell_who_is_there(logging, str_of(name), reterr);
    logging->viewer = (struct viewer){VIEWER_SEAT, seat->id};
    return true;
}

/* A timeout's odd millisecond is shown, because it decides who was first. */
static void print_time(struct arena *arena, int64_t at_ms)
{
    char odd[8] = "    ";
    if (at_ms % 1000 != 0)
        snprintf(odd, sizeof(odd), ".%03d", (int)(at_ms % 1000));
    printf("%8.*s%s", STR_ARG(duration_clock(arena, at_ms)), odd);
}

static bool ends_with(struct str text, struct str end)
{
    return text.len >= end.len && str_eq(str_after(text, text.len - end.len), end);
}

/* Milliseconds are for programs: a moment reads as in the first column, the calendar as a date, and
 * all else is a length. False when the field is no time. */
static bool print_time_field(
    const struct logging *logging, struct arena *arena, struct str key, struct str raw)
{
    int64_t ms;
    struct str text;
    if (!ends_with(key, STR("_ms")) || !json_to_int(raw, &ms))
        return false;
    if (ends_with(key, STR("story_ms")))
        text = calendar_format(arena, ms, logging->past->def.story_offset_minutes);
    else if (str_is(key, "due_ms") && ms % 1000 == 0)
        text = duration_clock(arena, ms);
    else
        text = duration_format(arena, ms);
    printf(" %.*s=%.*s", (int)(key.len - strlen("_ms")), key.ptr, STR_ARG(text));
    return true;
}

/* What people wrote stays on the line of their event. */
static void print_quoted(struct str text)
{
    printf(" \"");
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            printf("\\n");
        else
            putchar((unsigned char)text.ptr[i] < 0x20 ? ' ' : text.ptr[i]);
    }
    printf("\"");
}

/* "  02:00 #12 poc opened inject=helpdesk-call" */
static void print_plain(struct logging *logging, struct str view, const struct event *event)
{
    bool is_bad = event->kind == EVENT_REFUSED || event->kind == EVENT_FAULT;
    struct arena arena = {0};
    struct str actor = {0}, key, raw;
    json_to_str(json_get(view, STR("actor")), &arena, &actor);
    printf("%s", is_bad ? terminal_tint(stdout, TERMINAL_BAD) : "");
    print_time(&arena, event->at_ms);
    if (logging->viewer.kind != VIEWER_SEAT)
        printf(" #%-4lld", (long long)event->seq);
    printf(" %.*s %s", STR_ARG(actor), event_kinds[event->kind].name);
    size_t at = 0;
    struct str body = json_get(view, STR("body"));
    while (json_next(body, &at, &key, &raw)) {
        struct str value = raw;
        if (print_time_field(logging, &arena, key, raw))
            continue;
        if (json_type(raw) == JSON_STR)
            json_to_str(raw, &arena, &value);
        printf(" %.*s=%.*s", STR_ARG(key), STR_ARG(value));
    }
    if (event->observed_ms != event->at_ms)
        printf(" observed=%.*s", STR_ARG(duration_clock(&arena, event->observed_ms)));
    struct str shown = json_get(view, STR("shown")), text = {0};
    if (json_to_str(json_get(shown, STR("text")), &arena, &text) ||
        json_to_str(json_get(shown, STR("reason")), &arena, &text))
        print_quoted(text);
    printf("%s\n", is_bad ? terminal_plain(stdout) : "");
    arena_fini(&arena);
}

static void print_event(struct logging *logging, const struct event *event)
{
    struct view_texts texts = {logging->past, past_text};
    buf_clear(&logging->out);
    if (logging->json && !logging->as_somebody) {
        event_write(event, &logging->out);
    } else if (!view_write(&(struct view){logging->past->state, logging->viewer, &texts}, event,
                   logging->shown_count + 1, &logging->out)) {
        return;
    }
    logging->shown_count++;
    if (logging->json)
        printf("%.*s\n", STR_ARG(buf_str(&logging->out)));
    else
        print_plain(logging, buf_str(&logging->out), event);
}

static enum command_exit run(const struct command_line *line)
{
    struct past past = {0};
    struct err err;
    struct logging logging = {.line = line, .past = &past, .json = command_has(line, "--json")};
    bool ok =
        past_open(&past, command_db(line), line->arguments[0], &err) && find_viewer(&logging, &err);
    for (size_t i = 0; ok && i < past.event_count; i++)
        print_event(&logging, &past.events[i]);
    buf_fini(&logging.out);
    past_close(&past);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_log = {
    .name = "log",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "print what happened",
    .details = "Without EXERCISE the newest one. With --as, only what that role could see.",
    .examples = {"tocsin log phone-tree-1 --db drills.db",
        "tocsin log phone-tree-1 --as poc --db drills.db", "tocsin log --json --db drills.db"},
    .options = {COMMAND_DB, {"--as", "ROLE", "a seat, a role, facilitator, evaluator or board"},
        {"--json", NULL, "a line of JSON an event"}},
    .run = run,
};

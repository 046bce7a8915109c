/* What stories cause, a short line an event; other events are left out. */
#ifndef UNIT_SCRIPT_TELL_H
#define UNIT_SCRIPT_TELL_H

#include "base/duration.h"
#include "core/event.h"

/* What the story itself brought about, by the actor of the event. */
static inline void script_tell_actor(struct buf *told, const struct event *event)
{
    struct arena arena = {0};
    struct str at = duration_format(&arena, event->at_ms);
    bool is_ours = event->input == 0;
    if (is_ours && event->kind == EVENT_LEARNED && event->body.learned.source == SOURCE_REVEALED)
        buf_format(told, "%.*s %.*s learns %.*s\n", STR_ARG(at), STR_ARG(event->actor),
            STR_ARG(event->body.learned.fact));
    if (is_ours && event->kind == EVENT_MESSAGED)
        buf_format(told, "%.*s %.*s %s %.*s\n", STR_ARG(at), STR_ARG(event->actor),
            message_type_names[event->body.messaged.type], STR_ARG(event->body.messaged.draft));
    arena_fini(&arena);
}

/* "5m ward-complains", "1m set mail off", "2m fault main: story.lua:3: what is wrong" */
static inline void script_tell(struct buf *told, const struct event *event)
{
    static const struct {
        enum event_kind kind;
        const char *before, *field, *between, *second_field;
    } rows[] = {{EVENT_DELIVERED, "", "inject", " re ", "re"},
        {EVENT_SCHEDULED, "schedule ", "inject", " re ", "re"},
        {EVENT_HINTED, "hint ", "hint", "", NULL}, {EVENT_JUMPED, "jumped", NULL, "", NULL},
        {EVENT_GAP_OPENED, "gap", NULL, " before ", "phase"},
        {EVENT_SKIPPED, "skip ", "inject", "", NULL}, {EVENT_ENDED, "ended", NULL, "", NULL},
        {EVENT_PHASE_CHANGED, "phase ", "phase", "", NULL},
        {EVENT_WORLD_SET, "set ", "name", " ", "value"},
        {EVENT_FAULT, "fault ", "story", ": ", "file"},
        {EVENT_REFUSED, "refused ", "input_name", " ", "what"}};
    struct fields fields = event_kinds[event->kind].fields;
    script_tell_actor(told, event);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].kind != event->kind)
            continue;
        struct arena arena = {0};
        struct str at = duration_format(&arena, event->at_ms), none = STR("");
        struct str first = none, second = none;
        if (rows[i].field != NULL)
            first = field_str(field_find(fields, str_of(rows[i].field)), &event->body);
        if (rows[i].second_field != NULL)
            second = field_str(field_find(fields, str_of(rows[i].second_field)), &event->body);
        buf_format(told, "%.*s %s%.*s%s%.*s", STR_ARG(at), rows[i].before, STR_ARG(first),
            second.len > 0 ? rows[i].between : "", STR_ARG(second));
        if (event->kind == EVENT_FAULT)
            buf_format(told, ":%lld: %.*s", (long long)event->body.fault.line,
                STR_ARG(event->body.fault.message));
        buf_add_char(told, '\n');
        arena_fini(&arena);
    }
}

#endif

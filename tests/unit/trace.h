/* Traces written as lines of words, for tests of scoring and reporting. */
#ifndef UNIT_TRACE_H
#define UNIT_TRACE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/event.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* "a,b,c" as a list. */
static inline struct strs trace_split(struct arena *arena, struct str text)
{
    struct str *list = ARENA_ARRAY(arena, 16, struct str);
    size_t count = 0;
    struct str before, rest = text;
    while (str_cut(rest, ',', &before, &rest))
        list[count++] = before;
    list[count++] = rest;
    return (struct strs){list, count};
}

/* The body as canonical JSON, from words like "to=poc,legal"; the fields' rows know the types. */
static inline struct str trace_body(struct arena *arena, struct fields fields, struct strs words)
{
    struct buf out = {0};
    buf_add_char(&out, '{');
    for (size_t f = 0; f < fields.count; f++) {
        for (size_t i = 0; i < words.count; i++) {
            struct str name, value;
            if (!str_cut(words.items[i], '=', &name, &value) || !str_is(name, fields.rows[f].name))
                continue;
            enum field_type type = fields.rows[f].type;
            bool bare = type == FIELD_INT || type == FIELD_MS || type == FIELD_BOOL;
            buf_format(&out, "%s\"%.*s\":%s", out.len > 1 ? "," : "", STR_ARG(name),
                type == FIELD_IDS ? "[" : "");
            struct strs list =
                type == FIELD_IDS ? trace_split(arena, value) : (struct strs){&value, 1};
            for (size_t v = 0; v < list.count; v++)
                buf_format(&out, "%s%s%.*s%s", v == 0 ? "" : ",", bare ? "" : "\"",
                    STR_ARG(list.items[v]), bare ? "" : "\"");
            if (type == FIELD_IDS)
                buf_add_char(&out, ']');
        }
    }
    buf_add_char(&out, '}');
    struct str body = arena_str(arena, buf_str(&out));
    buf_fini(&out);
    return body;
}

/* "1000 p1 messaged message=m1 to=commander": when, who, what, fields. "1000+9000": happened at
 * 1000, entered at 9000. "^3" somewhere behind: caused by event 3. */
static inline struct event trace_event(struct arena *arena, struct str line, int64_t seq)
{
    struct str words[24], rest = line;
    size_t count = 0;
    while (str_cut(rest, ' ', &words[count], &rest))
        count++;
    words[count++] = rest;
    assert_true(count >= 3 && count < COUNT(words));
    struct str observed = words[0], entered = words[0];
    str_cut(words[0], '+', &observed, &entered);
    struct buf out = {0};
    enum event_kind kind;
    if (!event_kind_find(words[2], &kind))
        fail_msg("no event %.*s", STR_ARG(words[2]));
    struct str body =
        trace_body(arena, event_kinds[kind].fields, (struct strs){words + 3, count - 3});
    buf_format(&out, "{\"actor\":\"%.*s\",\"at_ms\":%.*s,\"body\":%.*s", STR_ARG(words[1]),
        STR_ARG(entered), STR_ARG(body));
    if (count > 3 && words[3].ptr[0] == '^')
        buf_format(&out, ",\"cause\":%.*s", STR_ARG(str_after(words[3], 1)));
    buf_format(&out, ",\"kind\":\"%.*s\"", STR_ARG(words[2]));
    if (!str_eq(observed, entered))
        buf_format(&out, ",\"observed_ms\":%.*s", STR_ARG(observed));
    buf_format(&out, ",\"seq\":%lld,\"story_ms\":0}", (long long)seq);
    struct str json = arena_str(arena, buf_str(&out));
    buf_fini(&out);
    struct event event;
    struct err err;
    if (!event_read(json, arena, &event, &err))
        fail_msg("%.*s: %s", STR_ARG(json), err.message);
    return event;
}

/* One event a line; its seq is its position, from 1. */
static inline struct event *trace_events(struct arena *arena, const char *text, size_t *ret_count)
{
    struct event *events = ARENA_ARRAY(arena, strlen(text) / 4 + 1, struct event);
    struct str line, rest = str_of(text);
    size_t count = 0;
    while (str_cut(rest, '\n', &line, &rest)) {
        events[count] = trace_event(arena, line, (int64_t)count + 1);
        count++;
    }
    *ret_count = count;
    return events;
}

#endif

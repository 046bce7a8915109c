/* A coroutine that failed keeps its stack, so the place is read from there, and only a syntax
 * error's from the text of the message. */
#include "lua/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRACEBACK_LINES = 8 };

/* "#3" → 3; -1 for what is no chunk of ours. */
static int file_number(const char *chunk, struct strs files)
{
    if (chunk[0] != '#' || chunk[1] < '0' || chunk[1] > '9')
        return -1;
    long number = strtol(chunk + 1, NULL, 10);
    return number >= 0 && (size_t)number < files.count ? (int)number : -1;
}

/* Cuts "#3:17: " off the front. */
static struct str without_place(struct str text, struct strs files, int *ret_line)
{
    struct str number, line, rest;
    int64_t line_number;
    if (text.len == 0 || file_number(text.ptr, files) < 0 || !str_cut(text, ':', &number, &rest) ||
        !str_cut(rest, ':', &line, &rest) || !str_to_int64(line, &line_number))
        return text;
    *ret_line = (int)line_number;
    return str_trim(rest);
}

/* Copies as much as fits and is UTF-8: a message goes into the record. */
void fault_set_message(struct sandbox_fault *fault, struct str text)
{
    char *out = fault->message;
    size_t room = sizeof(fault->message);
    size_t len = text.len < room - 1 ? text.len : room - 1;
    for (size_t cut = 0; cut < 4 && cut <= len; cut++) {
        if (!str_is_utf8((struct str){text.ptr, len - cut}))
            continue;
        memcpy(out, text.ptr, len - cut);
        out[len - cut] = '\0';
        return;
    }
    snprintf(out, room, "a mistake whose message is not text");
}

void fault_read_message(lua_State *L, struct strs files, struct sandbox_fault *fault)
{
    struct str text = STR("a mistake without a message");
    if (lua_type(L, -1) == LUA_TSTRING)
        text.ptr = lua_tolstring(L, -1, &text.len);
    fault_set_message(fault, without_place(text, files, &fault->line));
}

static void add_line(
    struct sandbox_fault *fault, size_t *used, struct str file, const lua_Debug *where)
{
    char what[80];
    if (strcmp(where->what, "main") == 0)
        snprintf(what, sizeof(what), "the file itself");
    else if (where->name != NULL)
        snprintf(what, sizeof(what), "%.60s", where->name);
    else
        snprintf(what, sizeof(what), "the function at line %d", where->linedefined);
    size_t room = sizeof(fault->traceback) - *used;
    int len = snprintf(
        fault->traceback + *used, room, "%.*s:%d in %s\n", STR_ARG(file), where->currentline, what);
    if (len < 0 || (size_t)len >= room)
        fault->traceback[*used] = '\0'; /* a whole line or none */
    else
        *used += (size_t)len;
}

void fault_read_stack(lua_State *thread, struct strs files, struct sandbox_fault *fault)
{
    lua_Debug where;
    size_t used = 0;
    int line_count = 0;
    bool is_placed = false;
    for (int level = 0; line_count < TRACEBACK_LINES && lua_getstack(thread, level, &where);
         level++) {
        lua_getinfo(thread, "Sln", &where);
        int number = file_number(where.short_src, files);
        if (number < 0 || str_starts_with(files.items[number], STR("[")))
            continue;
        if (!is_placed) {
            is_placed = true;
            fault->file = files.items[number];
            fault->line = where.currentline;
        }
        add_line(fault, &used, files.items[number], &where);
        line_count++;
    }
    if (!is_placed)
        fault->line = 0; /* what the message named lies in the engine's own part */
}

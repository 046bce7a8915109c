/* Writing error messages. A message that is too long is cut between two characters. */
#include "base/err.h"

#include <stdio.h>
#include <string.h>

/* Cuts back to the last whole character after vsnprintf stopped in the middle of one. */
static void drop_broken_character(char *message)
{
    size_t len = strlen(message);
    size_t start = len;
    while (start > 0 && len - start < 4) {
        start--;
        if (((unsigned char)message[start] & 0xC0) != 0x80)
            break;
    }
    if (!str_is_utf8((struct str){message + start, len - start}))
        message[start] = '\0';
}

static void put_message(
    struct err *err, enum err_kind kind, struct str prefix, const char *format, va_list args)
{
    if (!err)
        return;
    char message[sizeof(err->message)]; /* args may point into err itself */
    size_t room = sizeof(message);
    size_t used = prefix.len < room - 1 ? prefix.len : room - 1;
    memcpy(message, prefix.ptr, used);
    vsnprintf(message + used, room - used, format, args);
    if (strlen(message) == room - 1)
        drop_broken_character(message);
    err->kind = kind;
    memcpy(err->message, message, room);
}

bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_message(err, kind, STR(""), format, args);
    va_end(args);
    return false;
}

/* "file:line:column: ", without the parts that are unknown. */
static struct str place_text(struct place place, char *out, size_t room)
{
    int len;
    if (place.line > 0 && place.column > 0)
        len = snprintf(out, room, "%.*s:%d:%d: ", STR_ARG(place.file), place.line, place.column);
    else if (place.line > 0)
        len = snprintf(out, room, "%.*s:%d: ", STR_ARG(place.file), place.line);
    else if (place.file.len > 0)
        len = snprintf(out, room, "%.*s: ", STR_ARG(place.file));
    else
        return STR("");
    if (len < 0 || (size_t)len >= room)
        drop_broken_character(out);
    return str_of(out);
}

bool err_set_at(struct err *err, struct place place, const char *format, ...)
{
    char prefix[512];
    va_list args;
    va_start(args, format);
    put_message(err, ERR_AUTHOR, place_text(place, prefix, sizeof(prefix)), format, args);
    va_end(args);
    return false;
}

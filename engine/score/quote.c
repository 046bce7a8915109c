/* A quotation inside a quotation takes the other marks, and what is cut is never cut inside one. */
#include "score/quote.h"

#include <string.h>

/* Marks of quotation, the outer pair and the inner one. All have three bytes. */
enum { MARK_BYTES = 3 };
static const char *const marks[LANG_COUNT][2][2] = {
    {{"“", "”"}, {"‘", "’"}},
    {{"「", "」"}, {"『", "』"}},
};

/* Which mark stands at the beginning: 1 opening, -1 closing; its level is 0 outside, 1 inside. */
static int mark_at(enum lang lang, struct str text, int *ret_level)
{
    for (int level = 0; level < 2; level++)
        for (int end = 0; end < 2; end++)
            if (str_starts_with(text, str_of(marks[lang][level][end]))) {
                *ret_level = level;
                return end == 0 ? 1 : -1;
            }
    return 0;
}

/* A quotation in a quotation takes the other marks. The English ’ is left alone: it is an
 * apostrophe more often. */
struct str quote_whole(struct arena *arena, enum lang lang, struct str text)
{
    char *copy = arena_alloc(arena, text.len + 1, 1);
    if (text.len != 0)
        memcpy(copy, text.ptr, text.len);
    for (size_t at = 0; at < text.len; at++) {
        int level = 0, way = mark_at(lang, str_after(text, at), &level);
        if (way != 0 && (lang == LANG_JA || level == 0))
            memcpy(copy + at, marks[lang][1 - level][way < 0], MARK_BYTES);
    }
    return arena_format(
        arena, "%s%.*s%s", marks[lang][0][0], (int)text.len, copy, marks[lang][0][1]);
}

/* The beginning up to an end, without a quotation that would stay open. */
static struct str closed(enum lang lang, struct str text, size_t end)
{
    size_t opened[8] = {0}, depth = 0;
    int level;
    for (size_t at = 0; at < end; at++) {
        int way = mark_at(lang, str_after(text, at), &level);
        if (way == 0 || (lang == LANG_EN && level != 0))
            continue;
        if (way > 0 && depth < sizeof(opened) / sizeof(opened[0]))
            opened[depth++] = at;
        else if (way < 0 && depth > 0)
            depth--;
    }
    return str_trim((struct str){text.ptr, depth > 0 && opened[0] > 0 ? opened[0] : end});
}

/* The length of a mark after which a clause has ended; 0: none stands here. */
static size_t clause_end(struct str text)
{
    static const char *const ends[] = {", ", "; ", ": ", ". ", "、", "。"};
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (str_starts_with(text, str_of(ends[i])))
            return strlen(ends[i]);
    return 0;
}

/* Where a text that is too long is cut: where a clause ends, unless little would be left; else at a
 * space; else in the middle. */
static size_t cut_at(enum lang lang, struct str text, size_t limit)
{
    size_t letters = 0, space = 0, clause = 0, at = 0;
    for (; at < text.len; at++) {
        if (((unsigned char)text.ptr[at] & 0xc0) == 0x80)
            continue;
        if (letters++ == limit)
            break;
        if (text.ptr[at] == ' ')
            space = at;
        if (letters > limit / 2 && clause_end(str_after(text, at)) != 0)
            clause = at;
    }
    if (at == text.len)
        return text.len;
    return clause > 0 ? clause : lang == LANG_EN && space > 0 ? space : at;
}

struct str quote_short(struct arena *arena, enum lang lang, struct str text)
{
    size_t limit = lang == LANG_EN ? 80 : 44, end = cut_at(lang, text, limit);
    if (end == text.len)
        return quote_whole(arena, lang, text);
    struct str start = closed(lang, text, end);
    return quote_whole(arena, lang, arena_format(arena, "%.*s…", STR_ARG(start)));
}

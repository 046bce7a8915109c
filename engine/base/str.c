/* Borrowed spans: comparing, cutting, judging. Nothing here allocates or copies.
 *
 * An empty span may have a NULL pointer; memcmp(NULL, …, 0) is undefined in C11, so lengths are
 * looked at first everywhere. */
#include "base/str.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"

struct str str_of(const char *cstr)
{
    if (!cstr)
        return STR("");
    return (struct str){cstr, strlen(cstr)};
}

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_is(struct str a, const char *cstr)
{
    /* Tables are searched by this: most names differ in their first byte, before any is measured.
     */
    if (a.len == 0 || a.ptr[0] != cstr[0])
        return a.len == 0 && cstr[0] == '\0';
    return str_eq(a, str_of(cstr));
}

int str_cmp(struct str a, struct str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared > 0 ? memcmp(a.ptr, b.ptr, shared) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts_with(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq((struct str){s.ptr, prefix.len}, prefix);
}

struct str str_after(struct str s, size_t skip)
{
    assert(skip <= s.len);
    return skip == 0 ? s : (struct str){s.ptr + skip, s.len - skip};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_space(s.ptr[0]))
        s = str_after(s, 1);
    while (s.len > 0 && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool str_cut(struct str s, char at, struct str *ret_before, struct str *ret_after)
{
    const char *found = s.len > 0 ? memchr(s.ptr, at, s.len) : NULL;
    if (!found)
        return false;
    size_t before_bytes = (size_t)(found - s.ptr);
    *ret_before = (struct str){s.ptr, before_bytes};
    *ret_after = str_after(s, before_bytes + 1);
    return true;
}

bool strs_contain(struct strs list, struct str s)
{
    for (size_t i = 0; i < list.count; i++) {
        if (str_eq(list.items[i], s))
            return true;
    }
    return false;
}

static bool is_id_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool str_is_id(struct str s)
{
    if (s.len == 0 || s.len > LIMIT_ID_BYTES || !is_id_start(s.ptr[0]))
        return false;
    for (size_t i = 1; i < s.len; i++) {
        if (!is_id_start(s.ptr[i]) && s.ptr[i] != '_' && s.ptr[i] != '-')
            return false;
    }
    return true;
}

/* The well-formed sequences of Unicode's table 3-7. Only the second byte has a range of its own;
 * that range is what keeps out over-long forms, surrogates and what lies above U+10FFFF. */
static const struct utf8_form {
    uint8_t lead_from, lead_to;
    uint8_t second_from, second_to;
    uint8_t len;
} utf8_forms[] = {
    {0x01, 0x7F, 0, 0, 1},
    {0xC2, 0xDF, 0x80, 0xBF, 2},
    {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4},
    {0xF4, 0xF4, 0x80, 0x8F, 4},
};

/* The length of the character at the start of s; 0 when none is well formed there. */
static size_t utf8_char_bytes(struct str s)
{
    uint8_t lead = (uint8_t)s.ptr[0];
    for (size_t i = 0; i < sizeof(utf8_forms) / sizeof(utf8_forms[0]); i++) {
        const struct utf8_form *form = &utf8_forms[i];
        if (lead < form->lead_from || lead > form->lead_to)
            continue;
        if (form->len > s.len)
            return 0;
        for (size_t at = 1; at < form->len; at++) {
            uint8_t from = at == 1 ? form->second_from : 0x80;
            uint8_t to = at == 1 ? form->second_to : 0xBF;
            if ((uint8_t)s.ptr[at] < from || (uint8_t)s.ptr[at] > to)
                return 0;
        }
        return form->len;
    }
    return 0;
}

bool str_is_utf8(struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        /* The first row of the table, without looking it up: most of what is written is ASCII. */
        uint8_t lead = (uint8_t)s.ptr[at];
        bool is_ascii = lead >= utf8_forms[0].lead_from && lead <= utf8_forms[0].lead_to;
        size_t char_bytes = is_ascii ? 1 : utf8_char_bytes(str_after(s, at));
        if (char_bytes == 0)
            return false;
        at += char_bytes;
    }
    return true;
}

bool str_to_int64(struct str s, int64_t *ret_value)
{
    bool negative = str_starts_with(s, STR("-"));
    struct str digits = negative ? str_after(s, 1) : s;
    if (digits.len == 0)
        return false;
    /* Counted downwards, because the negative side has one number more. */
    int64_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
        int digit = digits.ptr[i] - '0';
        if (value < (INT64_MIN + digit) / 10)
            return false;
        value = value * 10 - digit;
    }
    if (!negative && value == INT64_MIN)
        return false;
    *ret_value = negative ? value : -value;
    return true;
}

enum { NEAREST_BYTES = LIMIT_ID_BYTES, NEAREST_EDITS = 3 };

static size_t min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many bytes to insert, delete, replace or swap with their neighbour (optimal string
 * alignment). Swaps count once because "handelr" is the commonest way to miss a key. */
static size_t edit_distance(struct str a, struct str b)
{
    size_t rows[3][NEAREST_BYTES + 1];
    size_t *before_last = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = before_last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *oldest = before_last;
        before_last = last;
        last = row;
        row = oldest;
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t replaced = last[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            row[j] = min_size(replaced, 1 + min_size(last[j], row[j - 1]));
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                row[j] = min_size(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.len];
}

struct str str_nearest(struct str s, struct strs candidates)
{
    struct str nearest = STR("");
    if (s.len > NEAREST_BYTES)
        return nearest;
    /* A third of the word may be wrong: more, and the guess would be of the tool, not of the
     * author. */
    size_t fewest = min_size(s.len / 3, NEAREST_EDITS) + 1;
    for (size_t i = 0; i < candidates.count; i++) {
        struct str candidate = candidates.items[i];
        if (candidate.len > NEAREST_BYTES)
            continue;
        size_t edits = edit_distance(s, candidate);
        if (edits < fewest) {
            fewest = edits;
            nearest = candidate;
        }
    }
    return nearest;
}

/* A mutator for what people write in lines: YAML, Lua, JSON lines.
 *
 * Half of the time libFuzzer's own mutations, which know bytes and the dictionary; else something
 * that an author could have done: a line taken away, doubled, moved, indented, brought in from the
 * harness's list, or a word replaced by another word of the same text. */
#ifndef FUZZ_LINES_H
#define FUZZ_LINES_H

#include <string.h>

#include "base/buf.h"
#include "base/random.h"

/* libFuzzer's; absent when a harness only runs its corpus. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);

struct lines_edit {
    struct str text;
    uint64_t seed, draw;
    const char *const *extra; /* lines to bring in, ended by NULL */
    struct buf out;
};

static inline size_t lines_below(struct lines_edit *edit, size_t below)
{
    return below == 0 ? 0 : (size_t)random_below(edit->seed, STR("lines"), edit->draw++, below);
}

/* A line of the text with its line end, chosen by chance. */
static inline struct str lines_pick(struct lines_edit *edit)
{
    struct str text = edit->text;
    size_t at = lines_below(edit, text.len), end = at;
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    while (end < text.len && text.ptr[end] != '\n')
        end++;
    end += end < text.len;
    return (struct str){text.ptr + at, end - at};
}

static inline bool lines_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || (unsigned char)c >= 0x80;
}

static inline struct str lines_pick_word(struct lines_edit *edit)
{
    struct str text = edit->text;
    size_t at = lines_below(edit, text.len);
    while (at < text.len && !lines_is_word(text.ptr[at]))
        at++;
    size_t end = at;
    while (at > 0 && at < text.len && lines_is_word(text.ptr[at - 1]))
        at--;
    while (end < text.len && lines_is_word(text.ptr[end]))
        end++;
    return (struct str){text.ptr + at, end - at};
}

/* Puts `middle` in the place of a part of the text. */
static inline void lines_replace(struct lines_edit *edit, struct str part, struct str middle)
{
    size_t before = (size_t)(part.ptr - edit->text.ptr);
    struct str copy = middle;
    buf_add(&edit->out, (struct str){edit->text.ptr, before});
    buf_add(&edit->out, copy);
    buf_add(&edit->out, str_after(edit->text, before + part.len));
}

static inline void lines_bring_in(struct lines_edit *edit, struct str at)
{
    size_t count = 0;
    while (edit->extra[count] != NULL)
        count++;
    struct buf line = {0};
    buf_add(&line, count > 0 ? str_of(edit->extra[lines_below(edit, count)]) : STR(""));
    buf_add_char(&line, '\n');
    lines_replace(edit, (struct str){at.ptr, 0}, buf_str(&line));
    buf_fini(&line);
}

static inline void lines_indent(struct lines_edit *edit, struct str line)
{
    if (lines_below(edit, 2) == 0)
        lines_replace(edit, (struct str){line.ptr, 0}, STR("  "));
    else
        lines_replace(
            edit, (struct str){line.ptr, line.len < 2 || line.ptr[0] != ' ' ? 0 : 2}, STR(""));
}

static inline void lines_edit_once(struct lines_edit *edit)
{
    struct str line = lines_pick(edit), other = lines_pick(edit);
    switch (lines_below(edit, 8)) {
    case 0:
        lines_replace(edit, line, STR(""));
        break;
    case 1:
        lines_replace(edit, (struct str){line.ptr, 0}, other);
        break;
    case 2:
        lines_replace(edit, line, other);
        break;
    case 3:
        lines_indent(edit, line);
        break;
    case 4:
    case 5:
        lines_bring_in(edit, line);
        break;
    default:
        lines_replace(edit, lines_pick_word(edit), lines_pick_word(edit));
    }
}

/* The body of LLVMFuzzerCustomMutator; the first `keep` bytes choose something and stay. */
static inline size_t lines_mutate(
    uint8_t *data, size_t size, size_t max_size, struct lines_edit edit, size_t keep)
{
    if (size <= keep || lines_below(&edit, 2) == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    edit.text = (struct str){(const char *)data + keep, size - keep};
    lines_edit_once(&edit);
    size_t len = edit.out.len < max_size - keep ? edit.out.len : max_size - keep;
    if (len > 0)
        memcpy(data + keep, edit.out.ptr, len);
    buf_fini(&edit.out);
    return keep + len;
}

#endif

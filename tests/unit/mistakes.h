/* Tables of authors' mistakes and of what is said about them. */
#ifndef TESTS_UNIT_MISTAKES_H
#define TESTS_UNIT_MISTAKES_H

#include "bundle.h"

/* Mistakes in one file, each marked with a ^ that is taken out before loading, and all that is
 * said. A line "^ sentence" stands for the sentence with the place of the next mark. */
struct mistake {
    const char *path, *text, *expected;
};

enum { MARKS = 8 };

/* The text without marks, and where they stood, columns counting characters. */
static inline struct str without_marks(
    const char *marked, struct buf *text, struct place marks[MARKS])
{
    struct place here = {.line = 1, .column = 1};
    size_t count = 0;
    buf_clear(text);
    for (const char *c = marked; *c; c++) {
        if (*c == '^') {
            assert_true(count < MARKS);
            marks[count++] = here;
            continue;
        }
        buf_add_char(text, *c);
        here.line += *c == '\n';
        here.column = *c == '\n' ? 1 : here.column + (((unsigned char)*c & 0xC0) != 0x80);
    }
    return buf_str(text);
}

/* The expected lines with marks replaced by places. */
static inline void with_places(
    const struct mistake *mistake, struct buf *text, const struct place marks[MARKS])
{
    bool is_shared = str_starts_with(str_of(mistake->path), STR("roles/")) ||
                     str_starts_with(str_of(mistake->path), STR("scoring/"));
    size_t next = 0;
    for (const char *c = mistake->expected; *c; c++) {
        if (*c != '^') {
            buf_add_char(text, *c);
            continue;
        }
        buf_format(text, "%s%s:%d:%d:", is_shared ? "" : "tiny/", mistake->path, marks[next].line,
            marks[next].column);
        next++;
    }
}

static inline void check_mistake(const struct mistake *mistake)
{
    struct buf text = {0}, expected = {0}, said = {0};
    struct place marks[MARKS] = {0};
    struct loaded loaded;
    const struct bundle_file changes[] = {
        {str_of(mistake->path), without_marks(mistake->text, &text, marks)},
        {STR("scenario.yaml"), STR(SCENARIO PEOPLE "rules: law\n")},
    };
    bool is_pack = str_is(changes[0].path, "scoring/law.yaml");
    load_tiny(&loaded, changes, is_pack ? 2 : 1);
    told(&loaded, &said);
    with_places(mistake, &expected, marks);
    if (!str_eq(buf_str(&said), buf_str(&expected)))
        fail_msg("%s\n%s\nwas told:\n%.*s\ninstead of:\n%.*s", mistake->path, mistake->text,
            STR_ARG(buf_str(&said)), STR_ARG(buf_str(&expected)));
    assert_int_equal(loaded.ok, loaded.problems.error_count == 0);
    unload(&loaded);
    buf_fini(&text);
    buf_fini(&expected);
    buf_fini(&said);
}

static inline void check_mistakes(const struct mistake *mistakes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_mistake(&mistakes[i]);
}

#endif

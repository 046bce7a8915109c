/* A small scenario in memory, of which a test replaces one file, and what loading it says. */
#ifndef TESTS_UNIT_BUNDLE_H
#define TESTS_UNIT_BUNDLE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "load/load.h"

#define WORDS_OF(text) "{en: " text ", ja: " text "}"
#define SCENARIO                                                                                   \
    "id: tiny\ntitle: " WORDS_OF("Tiny") "\nsummary: " WORDS_OF(                                   \
        "Small") "\nduration: 10m\n"                                                               \
                 "story_start: 2026-11-20T22:10:00+09:00\n"
#define PEOPLE                                                                                     \
    "stakeholders:\n- {id: vendor, name: " WORDS_OF("Vendor") ", reach: {phone: {answer: yes, "    \
                                                              "delay: 20s}}}\n"
#define FACT "- {id: leak, text: " WORDS_OF("It leaks") ", needs: {commander: must}}\n"
#define INJECT(id, rest)                                                                           \
    "- {id: " id ", from: vendor, to: poc, via: phone, title: " WORDS_OF("T") ", body: " WORDS_OF( \
        "B") rest "}\n"
#define RULE(id, rest)                                                                             \
    "- {id: " id ", before: " WORDS_OF("B") ", title: " WORDS_OF("T") ", why: " WORDS_OF("W") rest \
        "}\n"

static const struct bundle_file tiny_files[] = {
    {STR_INIT("facts.yaml"), STR_INIT(FACT)},
    {STR_INIT("injects.yaml"), STR_INIT(INJECT("call", ", at: 1m, facts: leak"))},
    {STR_INIT("roles/catalogue.yaml"),
        STR_INIT("- {id: commander, seat: yes, name: " WORDS_OF(
            "Commander") "}\n"
                         "- {id: poc, seat: yes, name: " WORDS_OF(
                             "PoC") "}\n"
                                    "- {id: legal, name: " WORDS_OF("Legal") "}\n")},
    {STR_INIT("roles/organisations/default.yaml"),
        STR_INIT("{id: default, name: " WORDS_OF("D") ", constituency: " WORDS_OF(
            "All") ", authority: advises, contacts: [{id: vendor, "
                   "name: " WORDS_OF("V") "}, {id: press, "
                                          "name: " WORDS_OF("P") "}]}\n")},
    {STR_INIT("scenario.yaml"), STR_INIT(SCENARIO PEOPLE)},
};

enum { TINY_COUNT = sizeof(tiny_files) / sizeof(tiny_files[0]) };

/* What one load made. */
struct loaded {
    struct arena arena;
    struct problems problems;
    struct def def;
    struct rules rules;
    bool ok;
};

static inline void load_tiny(
    struct loaded *loaded, const struct bundle_file *changes, size_t change_count)
{
    struct bundle_file files[TINY_COUNT + 8];
    size_t count = 0;
    for (size_t i = 0; i < TINY_COUNT; i++)
        files[count++] = tiny_files[i];
    for (size_t i = 0; i < change_count; i++) {
        size_t at = 0;
        while (at < count && !str_eq(files[at].path, changes[i].path))
            at++;
        files[at] = changes[i];
        count += at == count;
    }
    struct bundle bundle = {.files = files, .file_count = count, .root = STR("tiny/")};
    *loaded = (struct loaded){0};
    loaded->ok =
        load_scenario(&bundle, &loaded->arena, &loaded->problems, &loaded->def, &loaded->rules);
}

/* The same with one change. */
static inline void load_with(struct loaded *loaded, const char *path, const char *text)
{
    struct bundle_file change = {str_of(path), str_of(text)};
    load_tiny(loaded, &change, path ? 1 : 0);
}

/* "file:line:column: sentence\n" for each problem, errors and warnings. */
static inline struct str told(const struct loaded *loaded, struct buf *buf)
{
    buf_clear(buf);
    for (size_t i = 0; i < loaded->problems.count; i++) {
        const struct problem *problem = &loaded->problems.items[i];
        buf_format(buf, "%.*s:%d:%d: %s%.*s\n", STR_ARG(problem->place.file), problem->place.line,
            problem->place.column, problem->level == PROBLEM_WARNING ? "warning: " : "",
            STR_ARG(problem->message));
    }
    return buf_str(buf);
}

static inline void unload(struct loaded *loaded)
{
    problems_fini(&loaded->problems);
    arena_fini(&loaded->arena);
}

#endif

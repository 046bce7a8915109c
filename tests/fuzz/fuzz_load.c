/* The loader on any bytes: as each file of a small scenario in turn. Whatever is in it, a load ends
 * with a definition or with at least one error, and never tells of a place outside the file. */
#include <stdint.h>
#include <stdlib.h>

#include "load/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BOTH(text) "{en: " text ", ja: " text "}"

static const struct bundle_file sound[] = {
    {STR_INIT("facts.yaml"), STR_INIT("- {id: leak, text: " BOTH("L") "}\n")},
    {STR_INIT("injects.yaml"),
        STR_INIT("- {id: call, from: poc, to: poc, via: phone, title: " BOTH("T") ", body: " BOTH(
            "B") ", facts: leak, question: {id: q, prompt: " BOTH("P") ", options: [{id: a, "
                                                                       "text: " BOTH("A") "}, {id: "
                                                                                          "b, "
                                                                                          "text:"
                                                                                          " " BOTH("B") "}]}}\n")},
    {STR_INIT("roles/catalogue.yaml"), STR_INIT("- {id: commander, seat: yes, name: " BOTH(
                                           "C") "}\n"
                                                "- {id: poc, seat: yes, name: " BOTH("P") "}\n")},
    {STR_INIT("roles/organisations/default.yaml"),
        STR_INIT("{id: default, name: " BOTH("D") ", constituency: " BOTH(
            "All") ", authority: advises}\n")},
    {STR_INIT("rules.yaml"), STR_INIT("[]\n")},
    {STR_INIT("scenario.yaml"),
        STR_INIT("{id: tiny, title: " BOTH("T") ", summary: " BOTH(
            "S") ", duration: 10m, story_start: 2026-11-20T22:10:00+09:00, rules: [general]}\n")},
    {STR_INIT("scoring/general.yaml"), STR_INIT("[]\n")},
};

enum { FILE_COUNT = sizeof(sound) / sizeof(sound[0]) };

static int line_count(struct str bytes)
{
    int lines = 1;
    for (size_t i = 0; i < bytes.len; i++)
        lines += bytes.ptr[i] == '\n';
    return lines;
}

static void check(const struct bundle *bundle, struct str bytes)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct def def = {0};
    struct rules rules = {0};
    struct strs paths;
    struct err err;
    (void)load_wants(bundle, &arena, &paths, &err);
    bool ok = load_scenario(bundle, &arena, &problems, &def, &rules);
    if (ok != (problems.error_count == 0) || (ok && def.seat_count == 0))
        abort();
    /* libyaml also breaks lines at CR, NEL, LS and PS; the count of bytes is a bound for those. */
    for (size_t i = 0; i < problems.count; i++)
        if (problems.items[i].place.line > line_count(bytes) + (int)bytes.len + 8)
            abort();
    problems_fini(&problems);
    arena_fini(&arena);
}

/* The first byte chooses the file that the rest becomes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct bundle_file files[FILE_COUNT];
    struct bundle bundle = {files, FILE_COUNT, STR("tiny/")};
    struct str bytes = {(const char *)data + 1, size - 1};
    for (size_t i = 0; i < FILE_COUNT; i++)
        files[i] = sound[i];
    files[data[0] % FILE_COUNT].bytes = bytes;
    check(&bundle, bytes);
    return 0;
}

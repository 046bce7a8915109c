/* The loader on any bytes: as each file of a small scenario in turn. Whatever is in it, a load ends
 * with a definition or with at least one error, and never tells of a place outside the file. */
#include <stdint.h>
#include <stdlib.h>

#include "load/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BOTH "{en: E, ja: J}"

static const char facts[] = "- {id: leak, text: " BOTH "}\n";
static const char injects[] =
    "- id: call\n  from: poc\n  to: poc\n  via: phone\n  title: " BOTH "\n  body: " BOTH "\n"
    "  facts: leak\n"
    "  question: {id: q, prompt: " BOTH ", options: [{id: a, text: " BOTH "}, {id: b, text: " BOTH
    "}]}\n";
static const char catalogue[] = "- {id: commander, seat: yes, name: " BOTH "}\n"
                                "- {id: poc, seat: yes, name: " BOTH "}\n";
static const char organisation[] =
    "id: default\nname: " BOTH "\nconstituency: " BOTH "\nauthority: advises\n";
static const char scenario[] =
    "id: tiny\ntitle: " BOTH "\nsummary: " BOTH "\nduration: 10m\nrules: [general]\n"
    "story_start: 2026-11-20T22:10:00+09:00\n";

#define FILE_OF(path, text)                                                                        \
    {                                                                                              \
        STR_INIT(path),                                                                            \
        {                                                                                          \
            text, sizeof(text) - 1                                                                 \
        }                                                                                          \
    }

static const struct bundle_file sound[] = {
    FILE_OF("facts.yaml", facts),
    FILE_OF("injects.yaml", injects),
    FILE_OF("roles/catalogue.yaml", catalogue),
    FILE_OF("roles/organisations/default.yaml", organisation),
    FILE_OF("rules.yaml", "[]\n"),
    FILE_OF("scenario.yaml", scenario),
    FILE_OF("scoring/general.yaml", "[]\n"),
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

/* The loader on any bytes, as one document of a small sound scenario.
 *
 * Whatever is in it, a load ends with a definition or with at least one error, and never tells of a
 * place outside the file. What does load is played: the core asserts what the loader must check. */
#include <stdint.h>

#include "app/disk.h"
#include "base/limits.h"
#include "fuzz/lines.h"
#include "fuzz/room.h"
#include "score/score.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte chooses the document that the rest becomes. */
static const struct {
    char letter;
    const char *path;
} documents[] = {
    {'c', "roles/catalogue.yaml"},
    {'f', "facts.yaml"},
    {'i', "injects.yaml"},
    {'k', "roles/skills.yaml"},
    {'o', "roles/organisations/default.yaml"},
    {'p', "scoring/general.yaml"},
    {'r', "rules.yaml"},
    {'s', "scenario.yaml"},
    {'v', "overlay.yaml"},
};

enum { DOCUMENT_COUNT = sizeof(documents) / sizeof(documents[0]) };

static const struct bundle *sound(void)
{
    static struct bundle bundle;
    static struct arena arena;
    struct err err;
    if (bundle.file_count == 0 &&
        !disk_bundle("tests/fuzz/home/scenarios/small", "tests/fuzz/home", &arena, &bundle, &err)) {
        fprintf(stderr, "%s\nrun it from the root of the tree\n", err.message);
        exit(EXIT_FAILURE);
    }
    return &bundle;
}

static int line_count(struct str bytes)
{
    int lines = 1;
    for (size_t i = 0; i < bytes.len; i++)
        lines += bytes.ptr[i] == '\n';
    return lines;
}

/* Everything comes, by hand if it must; everybody opens it; time passes the end. */
static void play(const struct def *def)
{
    struct room room;
    room_init(&room, def, NULL);
    room_start(&room, "live");
    for (size_t i = 0; i < def->inject_count && i < 24; i++) {
        room_advance(&room, def->duration_ms / 32 * (int64_t)i);
        room_say_of(&room, "facilitator", "fire", "inject", def->injects[i].id);
        for (size_t s = 0; s < def->seat_count && s < 4; s++) {
            struct str seat = def->seats[s].id;
            char actor[LIMIT_ID_BYTES + 1];
            snprintf(actor, sizeof(actor), "%.*s", STR_ARG(seat));
            room_say_of(&room, actor, "open", "inject", def->injects[i].id);
        }
    }
    room_advance(&room, def->duration_ms + 60000);
    room_say(&room, "facilitator", "end", STR("{}"));
    room_check(&room);
    room_fini(&room);
}

static void score(const struct def *def, const struct rules *rules)
{
    const struct finding *findings;
    size_t count;
    struct scorer *scorer = scorer_new(def, rules);
    scorer_findings(scorer, def->duration_ms, &findings, &count);
    scorer_free(scorer);
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
        if (problems.items[i].place.line > line_count(bytes) + (int)bytes.len + 240)
            abort();
    if (ok) {
        play(&def);
        score(&def, &rules);
    }
    problems_fini(&problems);
    arena_fini(&arena);
}

static const char *path_of(uint8_t letter)
{
    for (size_t i = 0; i < DOCUMENT_COUNT; i++)
        if (documents[i].letter == (char)letter)
            return documents[i].path;
    return documents[letter % DOCUMENT_COUNT].path;
}

/* The sound files with this one in its place; an overlay is one more. Returns how many there are.
 */
static size_t lay_out(struct bundle_file files[], struct bundle_file changed)
{
    const struct bundle *bundle = sound();
    size_t count = 0, i = 0;
    for (; i < bundle->file_count && str_cmp(bundle->files[i].path, changed.path) < 0; i++)
        files[count++] = bundle->files[i];
    files[count++] = changed;
    i += i < bundle->file_count && str_eq(bundle->files[i].path, changed.path);
    for (; i < bundle->file_count; i++)
        files[count++] = bundle->files[i];
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct bundle_file files[32];
    struct str bytes = {(const char *)data + 1, size - 1};
    if (sound()->file_count >= sizeof(files) / sizeof(files[0]))
        abort();
    struct bundle bundle = {.files = files, .root = STR("tiny/")};
    bundle.file_count = lay_out(files, (struct bundle_file){str_of(path_of(data[0])), bytes});
    check(&bundle, bytes);
    return 0;
}

#ifdef TOCSIN_FUZZ
static const char *const brought_in[] = {
    "  at: 1m",
    "  story_at: 2026-11-20T22:40:00+09:00",
    "  after: {inject: call, by: 4m}",
    "  when: {decision: stop, option: later, by: 2m}",
    "  unless: {escalation: {to: commander}, within: 3m, of: call}",
    "  repeats: yes",
    "  facts: [note, leak]",
    "  question: {id: q, prompt: {en: P, ja: P}, options: [{id: a, text: {en: A, ja: A}}, {id: b, "
    "text: {en: B, ja: B}}]}",
    "  reason: {en: R, ja: R}",
    "- {id: new, from: vendor, to: room, via: chat, title: {en: T, ja: T}, body: {en: B, ja: B}}",
    "- {id: new, text: {en: T, ja: T}}",
    "  needs: {commander: must, legal: useful, press: never}",
    "- &a [*a, *a]",
    "x: &x {<<: *x}",
    "  kind: each",
    "  kind: count",
    "  kind: precede",
    "  within: 0s",
    "  grace: 720h",
    "  caused_by: [order]",
    "pace: 1440",
    "mode: discuss",
    "duration: 720h",
    "    phone: {answer: no, delay: 0s}",
    "  deputy: vendor",
    "  forwards: yes",
    "  hours: {days: daily, from: \"22:00\", to: \"06:00\"}",
    "  after_hours: {phone: {answer: no, delay: 1m}}",
    "  level: 3",
    "  replaces: note",
    "  slot: patients",
    "  off: yes",
    "difficulty: 3",
    "  begins: 2026-11-21T07:00:00+09:00",
    "  house: {en: \"{{house}}\", ja: \"{{x}}\"}",
    "  attachments: [files/log.txt, {file: {en: files/log.txt, ja: files/no.txt}}]",
    "- {id: by, to: [poc], rule: order, text: {en: T, ja: T}}",
    NULL,
};

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    return lines_mutate(
        data, size, max_size, (struct lines_edit){.seed = seed, .extra = brought_in}, 1);
}
#endif

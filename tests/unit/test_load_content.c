/* What is shipped loads without a word, and the plays of it are inputs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/buf.h"
#include "load/intake.h"
#include "load/load.h"

/* The file's bytes, copied into arena; the working directory is the source tree. */
static struct str file_bytes(const char *path, struct arena *arena)
{
    struct buf buf = {0};
    char piece[4096];
    size_t got;
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be read", path);
    while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add(&buf, (struct str){piece, got});
    fclose(file);
    struct str bytes = arena_str(arena, buf_str(&buf));
    buf_fini(&buf);
    return bytes;
}

static void test_the_phone_tree_loads_without_a_word(void **state)
{
    (void)state;
    static const char *const own[] = {"facts.yaml", "injects.yaml", "rules.yaml", "scenario.yaml"};
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle_file files[16];
    struct bundle bundle = {.files = files, .root = STR("scenarios/phone-tree/")};
    struct def def;
    struct rules rules;
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        const char *path = arena_format(&arena, "scenarios/phone-tree/%s", own[i]).ptr;
        files[bundle.file_count++] = (struct bundle_file){str_of(own[i]), file_bytes(path, &arena)};
    }
    struct strs wanted;
    assert_true(load_wants(&bundle, &arena, &wanted, NULL));
    for (size_t i = 0; i < wanted.count; i++)
        files[bundle.file_count++] =
            (struct bundle_file){wanted.items[i], file_bytes(wanted.items[i].ptr, &arena)};
    bool ok = load_scenario(&bundle, &arena, &problems, &def, &rules);
    if (problems.count > 0)
        fail_msg("%.*s:%d: %.*s", STR_ARG(problems.items[0].place.file),
            problems.items[0].place.line, STR_ARG(problems.items[0].message));
    assert_true(ok);
    problems_fini(&problems);
    arena_fini(&arena);
}

/* Packs that no shipped scenario may ask for yet are checked with it too. */
static void test_the_packs_load_without_a_word(void **state)
{
    (void)state;
    static const char *const paths[] = {"roles/catalogue.yaml", "roles/organisations/default.yaml",
        "scoring/communication.yaml", "scoring/escalation.yaml"};
    static const char frame[] =
        "id: x\ntitle: {en: X, ja: X}\nsummary: {en: X, ja: X}\nduration: 1h\n"
        "story_start: 2026-11-20T22:10:00+09:00\nrules: [escalation, communication]\n";
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle_file files[8] = {
        {STR("injects.yaml"), STR("[]")}, {STR("scenario.yaml"), str_of(frame)}};
    struct bundle bundle = {.files = files, .file_count = 2, .root = STR("x/")};
    struct def def;
    struct rules rules;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
        files[bundle.file_count++] =
            (struct bundle_file){str_of(paths[i]), file_bytes(paths[i], &arena)};
    bool ok = load_scenario(&bundle, &arena, &problems, &def, &rules);
    if (problems.count > 0)
        fail_msg("%.*s:%d: %.*s", STR_ARG(problems.items[0].place.file),
            problems.items[0].place.line, STR_ARG(problems.items[0].message));
    assert_true(ok);
    /* Nobody outside and no management exists in this frame: those rules are left out. */
    assert_true(rules.count >= 6 && rules.count < 20);
    assert_int_equal(def.seat_count, 4);
    problems_fini(&problems);
    arena_fini(&arena);
}

static void check_play(const char *path)
{
    struct arena arena = {0};
    struct str line, rest = file_bytes(path, &arena);
    int number = 1;
    int64_t last_ms = 0;
    for (; str_cut(rest, '\n', &line, &rest); number++) {
        struct intake intake;
        struct err err = {0};
        struct place place = {str_of(path), number, 0};
        if (!intake_parse(line, (struct intake_from){INTAKE_FILE, place}, &arena, &intake, &err))
            fail_msg("%s", err.message);
        assert_true(intake.input.at_ms >= last_ms);
        last_ms = intake.input.at_ms;
    }
    assert_true(number > 10);
    arena_fini(&arena);
}

static void test_the_plays_are_inputs(void **state)
{
    (void)state;
    check_play("tests/story/phone-tree/good.jsonl");
    check_play("tests/story/phone-tree/slow.jsonl");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_phone_tree_loads_without_a_word),
        cmocka_unit_test(test_the_packs_load_without_a_word),
        cmocka_unit_test(test_the_plays_are_inputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

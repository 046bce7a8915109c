/* The catalogue of roles and the skills that are shipped, and what loading makes of them. The
 * numbers are those of the Nippon CSIRT Association's "CSIRT human resources" 2.1, chapter 4. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "app/disk.h"
#include "bundle.h"
#include "load/loader.h"

enum { ROLES = 18, CARD_LINES = 45, CARD_CHARACTERS = 1800 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct shipped {
    struct arena arena;
    struct def def;
};

static void tell(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        fprintf(stderr, "%.*s:%d: %.*s\n", STR_ARG(problems->items[i].place.file),
            problems->items[i].place.line, STR_ARG(problems->items[i].message));
}

static int load_shipped(void **state)
{
    static struct shipped shipped;
    struct problems problems = {0};
    struct bundle bundle;
    struct err err = {0};
    if (!disk_roles(".", &shipped.arena, &bundle, &err))
        fail_msg("%s", err.message);
    bool ok = load_roles(&bundle, &shipped.arena, &problems, &shipped.def);
    tell(&problems);
    assert_true(ok);
    assert_int_equal(problems.count, 0);
    problems_fini(&problems);
    *state = &shipped;
    return 0;
}

static int unload_shipped(void **state)
{
    struct shipped *shipped = *state;
    arena_fini(&shipped->arena);
    return 0;
}

static const struct {
    const char *role;
    int prerequisite, additional, duty;
    bool has_seat;
    int combined;
} expected[ROLES] = {
    {"poc", 3, 3, 0, true, 1},
    {"legal", 3, 3, 0, true, 1},
    {"notification", 5, 5, 0, false, 1},
    {"researcher", 3, 4, 0, false, 2},
    {"curator", 3, 6, 0, false, 2},
    {"vulnerability-assessor", 4, 4, 0, false, 3},
    {"self-assessment", 2, 4, 0, false, 4},
    {"solution-analyst", 4, 3, 0, false, 3},
    {"commander", 4, 3, 0, true, 1},
    {"incident-manager", 4, 5, 0, false, 5},
    {"handler", 4, 5, 0, true, 5},
    {"investigator", 5, 4, 0, false, 1},
    {"triage", 2, 1, 0, false, 1},
    {"forensics", 2, 6, 0, false, 2},
    {"educator", 3, 3, 0, false, 4},
    {"executive", 0, 0, 5, false, 0},
    {"team-admin", 1, 1, 0, false, 0},
    {"system-operator", 1, 0, 0, false, 0},
};

/* Row i is section 4.(i + 1). */
static void count_skills(const struct def *def, size_t row, int ret_counts[SKILL_AS_COUNT])
{
    char section[8];
    snprintf(section, sizeof(section), "4.%zu", row + 1);
    memset(ret_counts, 0, SKILL_AS_COUNT * sizeof(int));
    for (size_t i = 0; i < def->skill_count; i++) {
        for (size_t o = 0; o < def->skills[i].of_count; o++) {
            const struct def_skill_of *of = &def->skills[i].of[o];
            bool is_role = str_is(of->role, expected[row].role);
            if (is_role != str_is(of->section, section))
                fail_msg("%.*s: %.*s is not section %.*s", STR_ARG(def->skills[i].id),
                    STR_ARG(of->role), STR_ARG(of->section));
            if (is_role)
                ret_counts[of->as]++;
        }
    }
}

static void test_eighteen_roles_with_the_skills_of_their_sections(void **state)
{
    const struct def *def = &((struct shipped *)*state)->def;
    assert_int_equal(def->role_count, ROLES);
    for (size_t i = 0; i < ROLES; i++) {
        int counts[SKILL_AS_COUNT];
        const struct def_role *role = def_role(def, str_of(expected[i].role));
        if (!role)
            fail_msg("there is no role %s", expected[i].role);
        count_skills(def, i, counts);
        bool is_right = counts[SKILL_PREREQUISITE] == expected[i].prerequisite &&
                        counts[SKILL_ADDITIONAL] == expected[i].additional &&
                        counts[SKILL_DUTY] == expected[i].duty;
        if (!is_right)
            fail_msg("%s has %d + %d skills and %d duties", expected[i].role,
                counts[SKILL_PREREQUISITE], counts[SKILL_ADDITIONAL], counts[SKILL_DUTY]);
        assert_int_equal(role->has_seat, expected[i].has_seat);
        assert_int_equal(role->combined, expected[i].combined);
    }
    assert_true(str_is(def->roles[0].id, "commander"));
    assert_true(str_is(def->roles[3].id, "legal"));
}

static void test_every_role_is_described(void **state)
{
    const struct def *def = &((struct shipped *)*state)->def;
    for (size_t i = 0; i < def->role_count; i++) {
        const struct def_role *role = &def->roles[i];
        bool is_whole = role->group != ROLE_GROUP_NONE && role->purpose.in[LANG_JA].len > 0 &&
                        role->in_peace.count > 0 && role->in_incident.count > 0 &&
                        role->decides.count > 0 && role->reports_to_count > 0 &&
                        role->inform_count > 0 && (role->card.in[0].len > 0 || !role->has_seat);
        if (!is_whole)
            fail_msg("%.*s is not described in full", STR_ARG(role->id));
        for (size_t w = 0; w < role->inform_count; w++)
            assert_true(role->informs[w].name.in[LANG_JA].len > 0);
        for (size_t w = 0; w < role->reports_to_count; w++)
            assert_true(role->reports_to[w].name.in[LANG_EN].len > 0);
    }
}

/* Both languages stand in every text because the loader asks for them; here, that they differ. */
static void check_translated(struct str id, const struct words *words)
{
    if (str_eq(words->in[LANG_EN], words->in[LANG_JA]))
        fail_msg("%.*s is not translated", STR_ARG(id));
}

static void test_every_text_is_translated(void **state)
{
    const struct def *def = &((struct shipped *)*state)->def;
    for (size_t i = 0; i < def->role_count; i++) {
        check_translated(def->roles[i].id, &def->roles[i].name);
        check_translated(def->roles[i].id, &def->roles[i].purpose);
        if (def->roles[i].card.in[LANG_EN].len > 0)
            check_translated(def->roles[i].id, &def->roles[i].card);
    }
    for (size_t i = 0; i < def->practice_count; i++)
        check_translated(def->practices[i].id, &def->practices[i].name);
    for (size_t i = 0; i < def->skill_count; i++) {
        check_translated(def->skills[i].id, &def->skills[i].name);
        check_translated(def->skills[i].id, &def->skills[i].how);
    }
}

static void check_card(const struct def_role *role, enum lang lang)
{
    struct str text = role->card.in[lang];
    int lines = 1, characters = 0;
    for (size_t i = 0; i < text.len; i++) {
        lines += text.ptr[i] == '\n';
        characters += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    if (lines > CARD_LINES || characters > CARD_CHARACTERS)
        fail_msg("the card of %.*s (%s) has %d lines and %d characters; a page has %d and %d",
            STR_ARG(role->id), lang_names[lang], lines, characters, CARD_LINES, CARD_CHARACTERS);
}

static void test_a_card_fits_a_page(void **state)
{
    const struct def *def = &((struct shipped *)*state)->def;
    for (size_t i = 0; i < def->role_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            check_card(&def->roles[i], (enum lang)lang);
}

static void test_every_practice_shows_a_skill(void **state)
{
    const struct def *def = &((struct shipped *)*state)->def;
    for (size_t p = 0; p < def->practice_count; p++) {
        bool is_used = false;
        for (size_t i = 0; !is_used && i < def->skill_count; i++)
            is_used = strs_contain(def->skills[i].shown_by, def->practices[p].id);
        if (!is_used)
            fail_msg("nothing is shown by %.*s", STR_ARG(def->practices[p].id));
    }
}

static bool is_known(const struct def *def, struct str id)
{
    for (size_t i = 0; i < def->practice_count; i++)
        if (str_eq(def->practices[i].id, id))
            return true;
    for (size_t i = 0; i < def->skill_count; i++)
        if (str_eq(def->skills[i].id, id))
            return true;
    return false;
}

static void check_rules(const char *scenario, const char *overlay)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle bundle;
    struct load_result result;
    struct err err = {0};
    struct disk_source source = {.scenario = scenario, .overlay = overlay};
    if (!disk_bundle_from(&source, &arena, &bundle, &err))
        fail_msg("%s", err.message);
    bool ok = load_with_places(&bundle, &arena, &problems, &result);
    tell(&problems);
    assert_true(ok);
    assert_true(result.def.skill_count > 0); /* the bundle holds skills.yaml */
    for (size_t i = 0; i < result.rules.count; i++) {
        const struct rule *rule = &result.rules.items[i];
        for (size_t s = 0; s < rule->skills.count; s++)
            if (!is_known(&result.def, rule->skills.items[s]))
                fail_msg("%.*s shows %.*s, which roles/skills.yaml does not know",
                    STR_ARG(rule->id), STR_ARG(rule->skills.items[s]));
    }
    problems_fini(&problems);
    arena_fini(&arena);
}

static void test_what_shipped_rules_show_is_known(void **state)
{
    (void)state;
    check_rules("scenarios/phone-tree", NULL);
    check_rules("scenarios/ransomware", NULL);
    check_rules("scenarios/ransomware", "scenarios/ransomware/overlays/abroad.yaml");
}

static void test_a_bundle_without_skills_loads(void **state)
{
    (void)state;
    struct loaded loaded;
    load_with(&loaded, NULL, NULL);
    assert_true(loaded.ok);
    assert_int_equal(loaded.def.practice_count, 0);
    assert_int_equal(loaded.def.skill_count, 0);
    unload(&loaded);
}

static void test_reports_find_skills_in_the_definition(void **state)
{
    (void)state;
    struct loaded loaded;
    load_with(&loaded, "roles/skills.yaml",
        "practices: [{id: ask, name: {en: A, ja: A}}]\n"
        "skills:\n- {id: hear, name: {en: Hearing, ja: H}, how: {en: W, ja: W}, seen: observed, "
        "shown_by: ask,\n   of: [{role: poc, as: additional, section: 4.10}]}\n");
    assert_true(loaded.ok);
    const struct def_skill *skill = &loaded.def.skills[0];
    assert_int_equal(loaded.def.skill_count, 1);
    assert_true(str_is(skill->name.in[LANG_EN], "Hearing"));
    assert_true(str_is(skill->of[0].section, "4.10"));
    assert_int_equal(skill->of[0].as, SKILL_ADDITIONAL);
    assert_true(str_is(skill->shown_by.items[0], "ask"));
    assert_true(str_is(loaded.def.practices[0].id, "ask"));
    unload(&loaded);
}

/* What a rule's `skills:` may name: REF_SKILL. */
static void check_ref(
    const struct def_practice *practices, size_t count, const char *name, const char *message)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct def_skill skill = {.id = STR("hear")};
    struct def def = {
        .practices = practices, .practice_count = count, .skills = &skill, .skill_count = count};
    struct loader loader = {.arena = &arena, .problems = &problems, .def = &def, .rule_now = -1};
    def_index(&def, &arena);
    refs_note(&loader, REF_SKILL, str_of(name), STR(""), (struct place){.file = STR("x")});
    refs_check(&loader);
    assert_int_equal(problems.count, message ? 1 : 0);
    if (message)
        assert_true(str_is(problems.items[0].message, message));
    problems_fini(&problems);
    arena_fini(&arena);
}

static void test_rules_can_name_practices_and_skills(void **state)
{
    (void)state;
    const struct def_practice practice = {.id = STR("escalate")};
    check_ref(&practice, 1, "escalate", NULL);
    check_ref(&practice, 1, "hear", NULL);
    check_ref(&practice, 1, "escalte",
        "no practice or skill is called \"escalte\"; did you mean \"escalate\"?");
    check_ref(NULL, 0, "anything", NULL); /* no skills.yaml: nobody can say */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eighteen_roles_with_the_skills_of_their_sections),
        cmocka_unit_test(test_every_role_is_described),
        cmocka_unit_test(test_every_text_is_translated),
        cmocka_unit_test(test_a_card_fits_a_page),
        cmocka_unit_test(test_every_practice_shows_a_skill),
        cmocka_unit_test(test_what_shipped_rules_show_is_known),
        cmocka_unit_test(test_a_bundle_without_skills_loads),
        cmocka_unit_test(test_reports_find_skills_in_the_definition),
        cmocka_unit_test(test_rules_can_name_practices_and_skills),
    };
    return cmocka_run_group_tests(tests, load_shipped, unload_shipped);
}

/* The organisation's profile: what it must say, and what play makes of it. */
#include "core/organisation.h"

#include "mistakes.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD "id: default, name: " WORDS_OF("D") ", constituency: " WORDS_OF("All")
#define FIRM "{id: firm, name: " WORDS_OF("Firm") "}"
#define BOSS "{id: management, name: " WORDS_OF("Boss") "}"
#define RUNG(to, rest) "{to: " to ", when: " WORDS_OF("W") rest "}"
#define ADVISES(rest)                                                                              \
    "{" HEAD ", authority: advises, contacts: [" BOSS ", " FIRM                                    \
    "], ladder: [" RUNG("management", "") "], " rest "}\n"
#define HOUSE "roles/organisations/default.yaml"
#define SEATS(list) SCENARIO PEOPLE "seats: " list "\n"
#define STOPS                                                                                      \
    "actions:\n- {id: stop, name: " WORDS_OF(                                                      \
        "Stop") ", stops: yes}\n- {id: tell, name: " WORDS_OF("Tell") ", authority: poc}\n"

static void test_mistakes(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {HOUSE, ADVISES("roles: ^[{id: commander}, {id: poc}]"),
            "^ nobody holds the role \"legal\"; say who does: {id: legal}, with \"with:\" another "
            "role or \"outsourced:\" to a contact if it is not somebody of its own\n"},
        {HOUSE, ADVISES("roles: [{id: commander}, {id: poc}, {id: legal}, {id: ^legl}]"),
            "^ no role of the catalogue is called \"legl\"; did you mean \"legal\"?\n"},
        {HOUSE, ADVISES("roles: [{id: commander}, {id: poc}, {id: legal}, {id: gardener}]"), ""},
        {HOUSE, ADVISES("roles: [{id: commander}, {id: poc}, {id: legal, outsourced: ^frim}]"),
            "^ no contact of this organisation is called \"frim\"; did you mean \"firm\"?\n"},
        {HOUSE, ADVISES("roles: [{id: commander}, {id: poc}, {id: legal, with: ^chief}]"),
            "^ \"with:\" names \"chief\", which does not stand under \"roles:\"\n"},
        {HOUSE, ADVISES("roles: [{id: commander}, {id: poc}, {id: legal, with: ^legal}]"),
            "^ \"legal\" is that role itself; name a role that somebody of its own holds\n"},
        {HOUSE,
            ADVISES(
                "roles: [{id: commander}, {id: poc, with: commander}, {id: legal, with: ^poc}]"),
            "^ \"poc\" is held with another role itself; name a role that somebody of its own "
            "holds\n"},
        {HOUSE,
            ADVISES(
                "roles: [{id: commander}, {id: poc, outsourced: firm}, {id: legal, with: ^poc}]"),
            "^ \"poc\" is outsourced itself; name a role that somebody of its own holds\n"},
        {HOUSE,
            ADVISES(
                "roles: [{id: commander}, {id: poc}, {id: legal, with: ^poc, outsourced: firm}]"),
            "^ \"legal\" cannot be outsourced and held with another role; keep one of the two\n"},
        {HOUSE,
            "^{" HEAD ", authority: advises, roles: [{id: commander}, {id: poc}, {id: legal}]}\n",
            "^ warning: there is no \"ladder:\"; say who must hear, when and how soon\n"},
        {HOUSE,
            "{" HEAD ", authority: advises, contacts: [" FIRM
            "], ladder: ^[" RUNG("firm", "") "], "
                                             "roles: [{id: commander}, {id: poc}, {id: legal}]}\n",
            "^ warning: nobody on the ladder may decide what the team may not; add a rung to "
            "management, or say \"decides: yes\" of the one who may\n"},
        {HOUSE,
            "{" HEAD ", authority: advises, contacts: [" FIRM "], ladder: [" RUNG(
                "firm", ", decides: yes") "], roles: [{id: commander}, {id: poc}, {id: legal}]}\n",
            ""},
        {HOUSE,
            "{" HEAD ", authority: advises, contacts: [" BOSS "], ladder: [" RUNG("^commander",
                "") ", " RUNG("management", "") "], roles: [{id: commander}, {id: poc, with: "
                                                "commander}, {id: legal}]}\n",
            "^ warning: whoever holds \"poc\" also holds \"commander\" and would tell nobody else; "
            "say \"from:\" whom it comes, or what is done \"instead:\"\n"},
        {HOUSE,
            "{" HEAD ", authority: advises, contacts: [" BOSS
            "], ladder: [" RUNG("commander", ", from: legal") ", " RUNG(
                "legal", ", from: legal, instead: " WORDS_OF("I")) ", " RUNG("management",
                "") "], roles: [{id: commander}, {id: poc, with: commander}, {id: "
                    "legal}]}\n",
            ""},
        {HOUSE,
            "^{" HEAD ", authority: may-in-emergency, contacts: [" BOSS "], ladder: [" RUNG(
                "management", "") "], roles: [{id: commander}, {id: poc}, {id: legal}]}\n",
            "^ \"authority: may-in-emergency\" needs \"report_within:\", how soon a stop is "
            "reported\n"},
        {HOUSE, "{" HEAD ", authority: may, stopped_by: ^commandr}\n",
            "^ no role of the catalogue is called \"commandr\"; did you mean \"commander\"?\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

/* What is asked of a profile that does not say who holds which role. */
static void test_mistakes_without_roles(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {HOUSE,
            "{id: ^ours, name: " WORDS_OF("D") ", constituency: " WORDS_OF(
                "All") ", authority: may}\n",
            "^ the profile of this file is called \"default\"\n"},
        {HOUSE,
            "{" HEAD ", authority: may, contacts: [" BOSS
            "], ladder: [" RUNG("management", "") ", " RUNG("^management", "") "]}\n",
            "^ a rung leads to \"management\" already, in line 1; keep one of them\n"},
        {HOUSE, "{" HEAD ", authority: may, ladder: [" RUNG("^poc", "") "]}\n",
            "^ warning: whoever holds \"poc\" also holds \"poc\" and would tell nobody else; say "
            "\"from:\" whom it comes, or what is done \"instead:\"\n"},
        {HOUSE,
            "{" HEAD ", authority: may, contacts: [{id: a, name: " WORDS_OF(
                "A") ", deputy: ^b}, {id: b, name: " WORDS_OF("B") ", deputy: a}]}\n",
            "^ the deputies lead from \"a\" back to it; let one of them have none\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

/* The roles of each seat, and the firm whose person it is: "commander=commander+poc legal=legal@x".
 */
static const char *seats(struct loaded *loaded)
{
    struct str text = STR("");
    for (size_t i = 0; i < loaded->def.seat_count; i++) {
        const struct def_seat *seat = &loaded->def.seats[i];
        text = arena_format(
            &loaded->arena, "%.*s%s%.*s=", STR_ARG(text), i ? " " : "", STR_ARG(seat->id));
        for (size_t r = 0; r < seat->roles.count; r++)
            text = arena_format(&loaded->arena, "%.*s%s%.*s", STR_ARG(text), r ? "+" : "",
                STR_ARG(seat->roles.items[r]));
        if (seat->is_outsourced)
            text =
                arena_format(&loaded->arena, "%.*s@%.*s", STR_ARG(text), STR_ARG(seat->outsourced));
    }
    return arena_str(&loaded->arena, text).ptr;
}

static void load_house_of(
    struct loaded *loaded, const char *organisation, const char *scenario, bool expected)
{
    const struct bundle_file files[] = {
        {STR(HOUSE), str_of(organisation)}, {STR("scenario.yaml"), str_of(scenario)}};
    struct buf said = {0};
    load_tiny(loaded, files, COUNT(files));
    if (loaded->ok != expected)
        fail_msg("%.*s", STR_ARG(told(loaded, &said)));
    buf_fini(&said);
}

static void test_seats(void **state)
{
    (void)state;
    static const struct {
        const char *roles, *seats, *expected;
    } rows[] = {
        {"[{id: commander}, {id: poc}, {id: legal}]",
            "[{id: commander, roles: commander}, {id: poc, roles: poc}]",
            "commander=commander poc=poc"},
        {"[{id: commander}, {id: poc, with: commander}, {id: legal}]",
            "[{id: poc, roles: poc}, {id: legal, roles: legal}, {id: chair, roles: commander}]",
            "poc=poc+commander+chair legal=legal"},
        /* Through a role that nobody seats, and through a seat that holds both. */
        {"[{id: commander}, {id: poc, with: legal}, {id: legal}, {id: triage, with: commander}]",
            "[{id: poc, roles: poc}, {id: chair, roles: commander}, {id: legal, roles: legal}]",
            "poc=poc+legal chair=commander"},
        {"[{id: commander}, {id: poc}, {id: legal, outsourced: firm}]",
            "[{id: poc, roles: [poc, commander]}, {id: legal, roles: legal}]",
            "poc=poc+commander legal=legal@firm"},
        {"[{id: commander}, {id: poc}, {id: legal, outsourced: firm}]",
            "[{id: poc, roles: [poc, legal]}, {id: commander, roles: commander}]",
            "poc=poc+legal commander=commander"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct loaded loaded;
        struct arena arena = {0};
        const char *house = arena_format(&arena,
            "{" HEAD ", authority: advises, contacts: [" BOSS ", " FIRM
            "], ladder: [" RUNG("management", "") "], roles: %s}\n",
            rows[i].roles)
                                .ptr;
        load_house_of(&loaded, house,
            arena_format(&arena, SCENARIO PEOPLE "seats: %s\n", rows[i].seats).ptr, true);
        assert_string_equal(seats(&loaded), rows[i].expected);
        unload(&loaded);
        arena_fini(&arena);
    }
}

/* "a b" of an action's list or a question's. */
static const char *joined(struct loaded *loaded, struct strs list)
{
    struct str text = STR("");
    for (size_t i = 0; i < list.count; i++)
        text = arena_format(
            &loaded->arena, "%.*s%s%.*s", STR_ARG(text), i ? " " : "", STR_ARG(list.items[i]));
    return arena_str(&loaded->arena, text).ptr;
}

static void test_authority(void **state)
{
    (void)state;
    static const struct {
        const char *authority, *expected;
    } rows[] = {
        {"advises", "management vice"},
        {"may-not", "management vice"},
        {"may", "management vice commander"},
        {"may, stopped_by: [commander, legal]", "management vice commander legal"},
        {"may-in-emergency, report_within: 30m", "management vice commander"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct loaded loaded;
        struct arena arena = {0};
        const char *house = arena_format(&arena,
            "{" HEAD
            ", contacts: [{id: vice, name: " WORDS_OF("V") "}, {id: management, name: " WORDS_OF(
                "Boss") ", deputy: vice}], authority: %s}\n",
            rows[i].authority)
                                .ptr;
        load_house_of(&loaded, house, SCENARIO PEOPLE STOPS, true);
        assert_string_equal(
            joined(&loaded, def_action(&loaded.def, STR("stop"))->authority), rows[i].expected);
        assert_string_equal(
            joined(&loaded, def_action(&loaded.def, STR("tell"))->authority), "poc");
        unload(&loaded);
        arena_fini(&arena);
    }
}

#define OPTION(id) "{id: " id ", text: " WORDS_OF("O") "}"
#define OPTIONS "options: [" OPTION("a") ", " OPTION("b") "]"
#define QUESTION                                                                                   \
    INJECT("call",                                                                                 \
        ", at: 1m, facts: leak, question: {id: q, prompt: " WORDS_OF("Q") ", stops: "              \
                                                                          "yes, " OPTIONS "}")

static void test_question_that_stops(void **state)
{
    (void)state;
    struct loaded loaded;
    const struct bundle_file files[] = {
        {STR(HOUSE), STR("{" HEAD ", authority: may}\n")},
        {STR("injects.yaml"), STR(QUESTION)},
    };
    load_tiny(&loaded, files, COUNT(files));
    assert_true(loaded.ok);
    assert_string_equal(joined(&loaded, loaded.def.questions[0].owners), "management commander");
    unload(&loaded);
}

static void test_contacts(void **state)
{
    (void)state;
    struct loaded loaded;
    load_house_of(&loaded,
        "{" HEAD ", authority: advises, contacts: [\n"
        "{id: vendor, name: " WORDS_OF(
            "Theirs") ", reach: {mail: {answer: yes}}},\n"
                      "{id: poc, name: " WORDS_OF(
                          "A seat") ", reach: {mail: {answer: yes}}},\n"
                                    "{id: silent, name: " WORDS_OF(
                                        "Silent") "},\n"
                                                  "{id: firm, name: " WORDS_OF(
                                                      "Firm") ", audience: partner, deputy: "
                                                              "vendor, forwards: yes, "
                                                              "reach: {mail: {answer: yes, delay: "
                                                              "1m}}},\n"
                                                              "{id: club, name: " WORDS_OF(
                                                                  "Club") ", deputy: silent, "
                                                                          "forwards: yes, "
                                                                          "reach: {mail: {answer: "
                                                                          "yes}}}]}\n",
        SCENARIO PEOPLE, true);
    const struct def_stakeholder *firm = def_stakeholder(&loaded.def, STR("firm"));
    const struct def_stakeholder *club = def_stakeholder(&loaded.def, STR("club"));
    assert_int_equal(loaded.def.stakeholder_count, 3);
    assert_true(str_is(def_stakeholder(&loaded.def, STR("vendor"))->name.in[LANG_EN], "Vendor"));
    assert_int_equal(firm->audience, AUDIENCE_PARTNER);
    assert_int_equal(firm->reach[CHANNEL_MAIL].delay_ms, 60000);
    assert_true(firm->forwards && str_is(firm->deputy, "vendor"));
    assert_true(!club->forwards && club->deputy.len == 0); /* its deputy is not there */
    unload(&loaded);
}

static void test_same_person(void **state)
{
    (void)state;
    static const struct {
        struct str left, right;
        bool same;
    } rows[] = {
        {STR_INIT("poc"), STR_INIT("poc"), true},
        {STR_INIT("poc"), STR_INIT("commander"), true}, /* by the profile */
        {STR_INIT("triage"), STR_INIT("poc"), true},    /* without a seat of its own */
        {STR_INIT("desk"), STR_INIT("poc"), true},      /* a seat by its id */
        {STR_INIT("poc"), STR_INIT("legal"), false},
        {STR_INIT("legal"), STR_INIT("firm"), true}, /* the firm's person sits there */
        {STR_INIT("forensics"), STR_INIT("firm"), true},
        {STR_INIT("forensics"), STR_INIT("legal"), true}, /* both are the firm's */
        {STR_INIT("forensics"), STR_INIT("commander"), false},
        {STR_INIT("vendor"), STR_INIT("management"), false},
    };
    struct loaded loaded;
    load_house_of(&loaded,
        ADVISES("roles: [{id: commander}, {id: poc, with: commander}, {id: triage, with: "
                "commander}, {id: legal, outsourced: firm}, {id: forensics, outsourced: firm}]"),
        SEATS("[{id: desk, roles: [poc]}, {id: commander, roles: [commander]}, {id: legal, roles: "
              "[legal]}]"),
        true);
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (organisation_same_person(&loaded.def, rows[i].left, rows[i].right) != rows[i].same)
            fail_msg("%.*s and %.*s", STR_ARG(rows[i].left), STR_ARG(rows[i].right));
        assert_int_equal(
            organisation_same_person(&loaded.def, rows[i].right, rows[i].left), rows[i].same);
    }
    struct def none = loaded.def;
    none.organisation_profile = NULL;
    assert_false(organisation_same_person(&none, STR("triage"), STR("commander")));
    unload(&loaded);
}

/* What was chosen comes after scenario and overlay, and no key is told of twice. */
static void test_choice(void **state)
{
    (void)state;
    struct loaded loaded;
    struct arena arena = {0};
    const struct bundle_file files[] = {
        load_choice(STR("ours"), &arena),
        {STR("scenario.yaml"), STR(SCENARIO PEOPLE "organisation: theirs\n")},
        {STR("overlay.yaml"), STR("for: tiny\nscenario: {organisation: overlaid}\n")},
        {STR("roles/organisations/ours.yaml"),
            STR("{id: ours, name: " WORDS_OF("Ours") ", constituency: " WORDS_OF(
                "A") ", authority: may}\n")},
    };
    struct bundle bundle = {.files = files, .file_count = COUNT(files), .root = STR("tiny/")};
    struct strs paths;
    struct err err;
    load_tiny(&loaded, files, COUNT(files));
    assert_true(loaded.ok);
    assert_true(str_is(loaded.def.organisation, "ours"));
    assert_int_equal(loaded.def.organisation_profile->authority, AUTHORITY_MAY);
    assert_true(load_wants(&bundle, &arena, &paths, &err));
    assert_true(strs_contain(paths, STR("roles/organisations/ours.yaml")));
    assert_false(strs_contain(paths, STR("roles/organisations/overlaid.yaml")));
    unload(&loaded);
    arena_fini(&arena);
}

/* A page chooses names, people and times, in JSON. */
static void test_choice_of_a_page(void **state)
{
    (void)state;
    struct loaded loaded;
    const struct bundle_file files[] = {
        {STR(LOAD_CHOICE_PATH),
            STR("{\"ladder\":{\"commander\":\"7m\"},\"organisation\":\"ours\",\"scenario\":{"
                "\"pace\":3,"
                "\"stakeholders\":[{\"id\":\"vendor\",\"name\":{\"en\":\"Mr \\\"K\\\"\",\"ja\":"
                "\"木谷\"}}]}}")},
        {STR("scenario.yaml"), STR(SCENARIO PEOPLE)},
        {STR("roles/organisations/ours.yaml"),
            STR("{id: ours, name: " WORDS_OF("Ours") ", constituency: " WORDS_OF(
                "A") ", authority: may, ladder: [{to: commander, when: " WORDS_OF("Soon") ", "
                                                                                          "within:"
                                                                                          " 30m}]}"
                                                                                          "\n")},
    };
    load_tiny(&loaded, files, COUNT(files));
    assert_true(loaded.ok);
    assert_int_equal(loaded.def.organisation_profile->ladder[0].within_ms, 7 * 60 * 1000);
    assert_int_equal(loaded.def.pace, 3);
    const struct def_stakeholder *vendor = def_stakeholder(&loaded.def, STR("vendor"));
    assert_true(str_is(vendor->name.in[LANG_EN], "Mr \"K\""));
    assert_true(str_is(vendor->name.in[LANG_JA], "木谷"));
    unload(&loaded);
}

static void test_choice_of_no_rung(void **state)
{
    (void)state;
    struct loaded loaded;
    const struct bundle_file files[] = {
        {STR(LOAD_CHOICE_PATH),
            STR("{\"ladder\":{\"mangement\":\"7m\"},\"organisation\":\"ours\"}")},
        {STR("scenario.yaml"), STR(SCENARIO PEOPLE)},
        {STR("roles/organisations/ours.yaml"),
            STR("{id: ours, name: " WORDS_OF("Ours") ", constituency: " WORDS_OF(
                "A") ", authority: may, ladder: [{to: commander, when: " WORDS_OF("Soon") ", "
                                                                                          "within:"
                                                                                          " 30m}]}"
                                                                                          "\n")},
    };
    load_tiny(&loaded, files, COUNT(files));
    assert_false(loaded.ok);
    struct str message = loaded.problems.items[0].message;
    assert_true(str_is(message, "no rung of the ladder leads to \"mangement\"; remove it"));
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_mistakes_without_roles),
        cmocka_unit_test(test_seats),
        cmocka_unit_test(test_authority),
        cmocka_unit_test(test_question_that_stops),
        cmocka_unit_test(test_contacts),
        cmocka_unit_test(test_same_person),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_choice_of_a_page),
        cmocka_unit_test(test_choice_of_no_rung),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The kit: what each part holds, what a player's paper never holds, and that what an author writes
 * stays text. */
#include "unit/bundle.h"

#include <stdio.h>
#include <string.h>

#include "app/disk.h"
#include "report/html.h"
#include "report/kit.h"

/* ---- making one ---- */

struct made {
    struct arena arena;
    struct def def;
    struct rules rules;
    struct buf html;
};

static void make(struct made *made, const char *scenario, enum lang lang, unsigned parts)
{
    struct bundle bundle;
    struct problems problems = {0};
    struct err err;
    *made = (struct made){0};
    assert_true(disk_bundle(scenario, NULL, &made->arena, &bundle, &err));
    assert_true(load_scenario(&bundle, &made->arena, &problems, &made->def, &made->rules));
    problems_fini(&problems);
    kit_write(&(struct kit_source){&made->def, &made->rules, lang, parts, (int)made->def.mode},
        &made->html);
    buf_add_char(&made->html, '\0');
}

static void unmake(struct made *made)
{
    buf_fini(&made->html);
    arena_fini(&made->arena);
}

static bool says(const struct made *made, struct str text)
{
    struct buf escaped = {0};
    html_escape(text, &escaped);
    buf_add_char(&escaped, '\0');
    bool found = strstr(made->html.ptr, escaped.ptr) != NULL;
    buf_fini(&escaped);
    return found;
}

#define assert_says(made, text)                                                                    \
    if (!says(made, text))                                                                         \
    fail_msg("the kit does not say: %.*s", STR_ARG(text))
#define assert_silent(made, text)                                                                  \
    if ((text).len > 0 && says(made, text))                                                        \
    fail_msg("the kit says: %.*s", STR_ARG(text))

/* ---- what is there ---- */

static void all_parts_are_there_in_both_languages(void **state)
{
    static const struct words headings[] = {
        WORDS("Objectives", "訓練の目標"),
        WORDS("How to use it", "使い方"),
        WORDS("Role card", "役割カード"),
        WORDS("Escalation ladder", "エスカレーションの段階"),
        WORDS("Contacts", "連絡先一覧"),
        WORDS("What good looks like", "よい対応とは"),
        WORDS("At a glance", "早見表"),
        WORDS("Each inject", "出来事の詳細"),
        WORDS("Facilitator: cut along this line", "進行役へ：渡す前にこの線で"),
        WORDS("Evaluation form (EEG)", "評価票（EEG）"),
        WORDS("One surprise", "意外だったこと"),
        WORDS("For the facilitator only", "進行役のみ閲覧可"),
        WORDS("For: PoC", "閲覧者：PoC"),
        WORDS("【訓練】EXERCISE", "【訓練】EXERCISE"),
    };
    (void)state;
    for (enum lang lang = LANG_EN; lang < LANG_COUNT; lang++) {
        struct made made;
        make(&made, "scenarios/phone-tree", lang, KIT_ALL);
        for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
            assert_says(&made, headings[i].in[lang]);
        assert_says(&made, made.def.title.in[lang]);
        for (size_t i = 0; i < made.def.objective_count; i++)
            assert_says(&made, made.def.objectives[i].text.in[lang]);
        for (size_t i = 0; i < made.rules.count; i++)
            assert_says(&made, made.rules.items[i].title.in[lang]);
        for (size_t i = 0; i < made.def.stakeholder_count; i++)
            assert_says(&made, made.def.stakeholders[i].contact.in[lang]);
        unmake(&made);
    }
}

/* Times as they are, and conditions in words. */
static void the_list_says_when_each_comes(void **state)
{
    static const struct words times[] = {
        WORDS("00:30", "00:30"),
        WORDS("If, 3 min after no. 2 “A call from the shipping desk”, nobody has escalated to the "
              "Commander",
            "No."
            "2「出荷センターからの電話」の3分後に次の状態のとき：コマンダーへのエスカレーションはま"
            "だない"),
        WORDS("30 s after IT operations has been reached",
            "システム運用当直に連絡がついてから30秒後"),
        WORDS("As soon as Asahi Mail Service (maintenance of the mail system) cannot be reached "
              "(reason: the contact is out of date)",
            "あさひメールサービスに連絡がつかなかったとき（理由：連絡先が古い）"),
        WORDS("08:00", "08:00"),
    };
    (void)state;
    for (enum lang lang = LANG_EN; lang < LANG_COUNT; lang++) {
        struct made made;
        make(&made, "scenarios/phone-tree", lang, 1 << KIT_INJECTS);
        for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
            assert_says(&made, times[i].in[lang]);
        for (size_t i = 0; i < made.def.inject_count; i++) {
            const struct def_inject *inject = &made.def.injects[i];
            assert_says(&made, inject->title.in[lang]);
            assert_says(&made, inject->reason.in[lang]);
            for (size_t n = (size_t)lang; n < inject->expected.count; n += LANG_COUNT)
                assert_says(&made, inject->expected.items[n]);
        }
        unmake(&made);
    }
}

/* ---- what players never hold in hand ---- */

static void check_handouts(const char *scenario, enum lang lang)
{
    struct made made;
    make(&made, scenario, lang, 1 << KIT_HANDOUTS);
    for (size_t i = 0; i < made.def.inject_count; i++) {
        const struct def_inject *inject = &made.def.injects[i];
        assert_says(&made, inject->title.in[lang]);
        assert_silent(&made, inject->reason.in[lang]);
        for (size_t n = 0; n < inject->expected.count; n++)
            assert_silent(&made, inject->expected.items[n]);
        for (size_t n = 0; n < inject->attachment_count; n++)
            assert_says(&made, inject->attachments[n].name.in[lang]);
    }
    for (size_t i = 0; i < made.def.fact_count; i++) {
        const struct def_fact *fact = &made.def.facts[i];
        assert_silent(&made, fact->id);
        for (size_t n = 0; n < fact->truth_count; n++)
            assert_silent(&made, fact->truths[n].text.in[lang]);
    }
    for (size_t i = 0; i < made.rules.count; i++)
        assert_silent(&made, made.rules.items[i].title.in[lang]);
    for (size_t i = 0; i < made.def.hint_count; i++)
        assert_silent(&made, made.def.hints[i].text.in[lang]);
    unmake(&made);
}

static void a_handout_holds_what_its_reader_would_see(void **state)
{
    (void)state;
    for (enum lang lang = LANG_EN; lang < LANG_COUNT; lang++) {
        check_handouts("scenarios/phone-tree", lang);
        check_handouts("scenarios/ransomware", lang);
    }
}

static void a_role_card_spoils_nothing(void **state)
{
    (void)state;
    for (enum lang lang = LANG_EN; lang < LANG_COUNT; lang++) {
        struct made made;
        make(&made, "scenarios/ransomware", lang, 1 << KIT_ROLE_CARDS);
        for (size_t i = 0; i < made.def.inject_count; i++)
            assert_silent(&made, made.def.injects[i].title.in[lang]);
        for (size_t i = 0; i < made.def.fact_count; i++)
            assert_silent(&made, made.def.facts[i].text.in[lang]);
        for (size_t i = 0; i < made.rules.count; i++)
            if (!str_eq(made.rules.items[i].title.in[lang], made.rules.items[i].before.in[lang]))
                assert_silent(&made, made.rules.items[i].why.in[lang]);
        assert_says(&made, made.rules.items[0].before.in[lang]);
        unmake(&made);
    }
}

/* ---- hostile authors ---- */

#define EVIL "'</title></style><script>x()</script><img src=x onerror=y>\"'"

static void what_authors_write_stays_text(void **state)
{
    static const struct bundle_file changes[] = {
        {STR_INIT("injects.yaml"),
            STR_INIT("- {id: call, from: vendor, to: poc, via: phone, title: {en: " EVIL
                     ", ja: " EVIL "}, body: {en: " EVIL ", ja: " EVIL
                     "}, at: 1m, facts: leak, expected: [{en: " EVIL ", ja: " EVIL "}]}\n")},
        {STR_INIT("scenario.yaml"),
            STR_INIT(
                "id: tiny\ntitle: {en: " EVIL ", ja: " EVIL "}\nsummary: {en: " EVIL ", ja: " EVIL
                "}\nduration: 10m\nstory_start: 2026-11-20T22:10:00+09:00\n" PEOPLE)},
    };
    struct loaded loaded;
    struct buf html = {0};
    (void)state;
    load_tiny(&loaded, changes, 2);
    assert_true(loaded.ok);
    kit_write(
        &(struct kit_source){&loaded.def, &loaded.rules, LANG_EN, KIT_ALL, MODE_DISCUSS}, &html);
    buf_add_char(&html, '\0');
    assert_non_null(strstr(html.ptr, "&lt;script&gt;x()"));
    assert_non_null(strstr(html.ptr, "the room talks")); /* as it is played, not as written */
    assert_null(strstr(html.ptr, "<script"));
    assert_null(strstr(html.ptr, "<img"));
    char *style_end = strstr(html.ptr, "</style>");
    assert_non_null(style_end);
    assert_null(strstr(style_end + 1, "</style>"));
    buf_fini(&html);
    unload(&loaded);
}

/* Nothing to run, nothing to fetch, and the style is the one that the policy knows. */
static void it_stands_alone(void **state)
{
    static const char *const never[] = {
        "<script", "<link", "<img", " style=", " onclick", "http://", "https://", "url(", "unsafe"};
    struct made made;
    (void)state;
    make(&made, "scenarios/phone-tree", LANG_EN, KIT_ALL);
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        if (strstr(made.html.ptr, never[i]) != NULL)
            fail_msg("the kit holds %s", never[i]);
    struct buf policy = {0}, head = {0};
    kit_policy(&policy);
    buf_add(&head, STR("http-equiv=\"Content-Security-Policy\" content=\""));
    html_escape(buf_str(&policy), &head);
    buf_add_char(&head, '\0');
    assert_non_null(strstr(made.html.ptr, head.ptr));
    buf_fini(&policy);
    buf_fini(&head);
    unmake(&made);
}

static void parts_have_names(void **state)
{
    unsigned parts = 0;
    (void)state;
    assert_true(kit_part_find(STR("handouts"), &parts));
    assert_int_equal(parts, 1 << KIT_HANDOUTS);
    assert_false(kit_part_find(STR("handout"), &parts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_parts_are_there_in_both_languages),
        cmocka_unit_test(the_list_says_when_each_comes),
        cmocka_unit_test(a_handout_holds_what_its_reader_would_see),
        cmocka_unit_test(a_role_card_spoils_nothing),
        cmocka_unit_test(what_authors_write_stays_text),
        cmocka_unit_test(it_stands_alone),
        cmocka_unit_test(parts_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

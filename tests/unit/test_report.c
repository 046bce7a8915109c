/* The report: one page in each language, from a record alone. TOCSIN_UPDATE=1 writes the pages that
 * are compared with. */
#include "unit/scoring.h"

#include <stdlib.h>

#include "report/page.h"
#include "report/report.h"

static const char trace_text[] =
    "0 host created mode=live pace=1\n"
    "0 facilitator started\n"
    "0 clock delivered inject=call to=poc via=phone\n"
    "20000 p1 opened inject=call\n"
    "20000 p1 learned fact=note source=inject through=call\n"
    "60000 p1 messaged message=m1 to=ciso type=escalation via=phone facts=note\n"
    "90000 clock unreached message=m1 party=ciso reason=no-answer\n"
    "100000 clock delivered inject=call-again to=poc via=phone\n"
    "110000 p1 messaged message=m2 to=ciso-deputy type=escalation via=phone facts=note\n"
    "120000 p1 messaged message=m3 to=vendor type=request via=mail text=t-private\n"
    "150000 ciso-deputy reached message=m2\n"
    "150000 ciso-deputy learned fact=note source=message through=m2\n"
    "160000 p1 messaged message=m4 to=commander type=escalation facts=note\n"
    "170000 c1 learned fact=note source=message through=m4\n"
    "180000 c1 messaged message=o1 to=handler type=order\n"
    "200000 h1 acked message=o1\n"
    "210000 c1 messaged message=o2 to=handler type=order\n"
    "215000 h1 noted text=t-private\n"
    "216000 c1 declared status=aware of=breach reason=t-reason\n"
    "217000 p1 messaged message=m9 to=ciso type=info\n"
    "218000 facilitator annulled event=20\n"
    "220000 facilitator ended\n"
    "190000+230000 l1 said to=room\n";

static const char rules_text[] =
    "respond | knows fact=note by=poc | knows fact=note by=ciso,ciso-deputy | within=5m "
    "attention=1m\n"
    "respond | knows fact=note by=poc | escalation to=commander | within=2m grace=1m\n"
    "precede | knows fact=note by=commander | message to=vendor | within=1m\n"
    "each | message type=order | ack | match=message within=20s\n"
    "respond | declaration status=filed | message | within=1h\n"
    "respond | note | message to=legal | within=1h modes=paced\n";

static struct str find_text(void *texts, struct str ref)
{
    assert_null(texts);
    return str_is(ref, "t-reason") ? STR("The mail said so.\nTwice.") : STR("PRIVATE");
}

static struct str read_golden(struct arena *arena, const char *path)
{
    char *page = arena_alloc(arena, 16384, 1);
    FILE *file = fopen(path, "rb");
    size_t len = file == NULL ? 0 : fread(page, 1, 16383, file);
    if (file != NULL)
        fclose(file);
    return (struct str){page, len};
}

static void write_golden(const char *path, struct str page)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(page.ptr, 1, page.len, file), page.len);
    fclose(file);
}

static void check_shape(struct str page)
{
    int line_count = 0;
    struct str line, rest = page;
    while (str_cut(rest, '\n', &line, &rest)) {
        if (page_width(line) > PAGE_COLUMNS)
            fail_msg("%d columns: %.*s", page_width(line), STR_ARG(line));
        line_count++;
    }
    assert_int_equal(rest.len, 0);
    assert_in_range(line_count, 15, 130);
}

static void check_page(struct arena *arena, const struct report_source *source, enum lang lang)
{
    static const char *const paths[LANG_COUNT] = {
        "tests/unit/golden/report_en.txt", "tests/unit/golden/report_ja.txt"};
    struct buf out = {0};
    report_write_text(source, lang, &out);
    struct str page = buf_str(&out);
    check_shape(page);
    const char *text = arena_str(arena, page).ptr;
    assert_null(strstr(text, "PRIVATE"));
    assert_non_null(strstr(strstr(text, "【訓練】") + 1, "【訓練】"));
    if (getenv("TOCSIN_UPDATE") != NULL)
        write_golden(paths[lang], page);
    assert_string_equal(text, arena_str(arena, read_golden(arena, paths[lang])).ptr);
    buf_fini(&out);
}

static void test_one_page(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct rules rules = trace_rules(&arena, rules_text);
    struct report_source source = {.def = trace_def(&arena),
        .rules = &rules,
        .exercise = STR("drill-1"),
        .head = STR("018cb075372c02002f7fccc3f75b4f0d0c057d6b411e1302142f425acc50e198"),
        .created_wall_ms = 1795212000000,
        .text_find = find_text};
    source.events = trace_events(&arena, trace_text, &source.event_count);
    struct scorer *scorer = scorer_new(source.def, &rules);
    for (size_t i = 0; i < source.event_count; i++)
        scorer_feed(scorer, &source.events[i]);
    scorer_findings(scorer, 0, &source.findings, &source.finding_count);
    check_page(&arena, &source, LANG_EN);
    check_page(&arena, &source, LANG_JA);
    scorer_free(scorer);
    arena_fini(&arena);
}

/* A record with nothing in it still gives a page. */
static void test_empty_record(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct rules rules = {0};
    struct report_source source = {
        .def = trace_def(&arena), .rules = &rules, .exercise = STR("drill-2")};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf out = {0};
        report_write_text(&source, (enum lang)lang, &out);
        check_shape(buf_str(&out));
        buf_fini(&out);
    }
    arena_fini(&arena);
}

/* ---- a longer exercise ---- */

#define NIGHT_MS 1795212000000 /* Fri 2026-11-20 22:00 UTC */

static const struct def_phase night_phases[] = {
    {.id = STR_INIT("night"), .name = WORDS("The night", "夜")},
    {.id = STR_INIT("morning"), .name = WORDS("The morning", "朝")},
};
static const struct def_hint night_hints[] = {{.id = STR_INIT("deputy"),
    .text = WORDS("Who stands in for the CISO?", "CISOの代理は誰ですか。")}};

static const char night_opening[] =
    "0 host created mode=paced pace=1 difficulty=2\n"
    "0 facilitator started\n"
    "0 facilitator assigned seat=l1 person=anna\n"
    "1000 p1 messaged message=m1 to=ciso type=escalation via=phone\n"
    "2000 clock unreached message=m1 party=ciso reason=no-answer\n"
    "3000 story hinted hint=deputy to=poc\n"
    "4000 story delivered inject=call-again to=poc via=phone reason=nobody-rang-the-deputy\n"
    "5000 clock delivered inject=call-again to=poc via=phone reason=代理に電話していない\n"
    "6000 vendor challenged message=m2 action=stop\n"
    "6500 h1 noted\n"
    "7000 p1 messaged message=m3 to=vendor type=statement\n"
    "7000 facilitator gap-opened until_story_ms=1795244400000\n"
    "8000 facilitator jumped story_ms=1795244400000\n"
    "8000 facilitator phase-changed phase=morning\n";

static const struct def *night_def(struct arena *arena)
{
    struct def *def = ARENA_NEW(arena, struct def);
    *def = *trace_def(arena);
    struct def_inject *injects = ARENA_ARRAY(arena, def->inject_count, struct def_inject);
    memcpy(injects, def->injects, def->inject_count * sizeof(*injects));
    injects[2].reason =
        (struct words)WORDS("The CISO had not been told.", "CISOに伝わっていない。");
    def->injects = injects;
    def->phases = night_phases;
    def->phase_count = COUNT(night_phases);
    def->hints = night_hints;
    def->hint_count = COUNT(night_hints);
    def->story_start_ms = NIGHT_MS;
    def_index(def, arena);
    return def;
}

/* Far more than there is room for, up to ENDEX an hour later. */
static struct event *night_events(struct arena *arena, size_t *ret_count)
{
    struct buf text = {0};
    buf_add(&text, str_of(night_opening));
    for (int i = 0; i < 60; i++)
        buf_format(&text, "%d000 p1 said to=ciso\n", 100 + i);
    buf_add(&text, STR("3600000 facilitator ended\n"));
    struct event *events = trace_events(arena, arena_str(arena, buf_str(&text)).ptr, ret_count);
    buf_fini(&text);
    int64_t start_ms = NIGHT_MS;
    for (size_t i = 0; i < *ret_count; i++) {
        events[i].story_ms = start_ms + events[i].at_ms;
        events[i].proxy = str_is(events[i].actor, "h1");
        if (events[i].kind == EVENT_JUMPED)
            start_ms = events[i].body.jumped.story_ms - events[i].at_ms;
    }
    return events;
}

/* What a lead must find in it, each in the order of the page. */
static const char *const night_said[LANG_COUNT][32] = {
    {"night-1, played from a file of inputs\n", "played in one room (paced), difficulty 2 of 3",
        "ended after 1:00:00 (planned 1:00:00)", "Fri 2026-11-20 22:00 to Sat 2026-11-21 07:59",
        "Commander", "empty", "Handler", "by proxy", "PoC, Triage", "played", "Legal adviser",
        "silent", "WENT WELL: 0 of 1 scored opportunity", "Not met:", "nobody had opened",
        "1 scored opportunity is", "* The night, Fri 2026-11-20 22:00\n",
        "00:01  22:00  The PoC escalated to the CISO",
        "The scenario gave a hint to the PoC: “Who stands in for the CISO?”",
        "came to the PoC — why: nobody-rang-the-deputy", "why: The CISO had not been told #8",
        "The vendor asked on whose authority", "statement to the vendor (not approved)",
        "The gap sheet was opened for the time until Sat 2026-11-21 07:00 #12",
        "00:08  22:00  The calendar jumped to Sat 2026-11-21 07:00 #13",
        "* The morning, Sat 2026-11-21 07:00 #14", "02:39  07:02  The PoC told the CISO",
        "1:00:00  07:59  The exercise ended #75", "… and 24 more; all of it: tocsin log night-1\n"},
    {"night-1、入力ファイルから実行\n", "一室で実施（paced）、難易度2（最高3）",
        "終了、経過1:00:00", "2026-11-20（金）22:00から2026-11-21（土）07:59まで", "指揮者", "空席",
        "ハンドラー", "代行入力", "リーガルアドバイザー", "操作なし", "採点した機会1件のうち0件",
        "の開封はなかった", "◆夜、2026-11-20（金）22:00\n",
        "シナリオがPoCにヒントを出した：「CISOの代理は誰ですか」",
        "PoCに届いた——理由：CISOに伝わっていない #7", "理由：代理に電話していない #8",
        "ベンダーがメッセージについて", "発表した（承認なし）",
        "空白時間シートの記入が始まった：2026-11-21（土）07:00まで #12",
        "シナリオの時刻が進んだ：2026-11-21（土）07:00へ #13", "◆朝、2026-11-21（土）07:00 #14",
        "1:00:00  07:59  演習が終わった #75", "…ほか24件。すべて見るには：tocsin log night-1\n"}};

/* Lines break where they must: only what is not space is compared. */
static const char *squeezed(struct arena *arena, struct str text)
{
    char *copy = arena_alloc(arena, text.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' && text.ptr[i] != '\n')
            copy[len++] = text.ptr[i];
    return copy;
}

static void check_night(struct arena *arena, const struct report_source *source, enum lang lang)
{
    struct buf out = {0};
    report_write_text(source, lang, &out);
    check_shape(buf_str(&out));
    const char *at = squeezed(arena, buf_str(&out));
    for (size_t i = 0; night_said[lang][i] != NULL; i++) {
        const char *wanted = squeezed(arena, str_of(night_said[lang][i]));
        const char *found = strstr(at, wanted);
        if (found == NULL)
            fail_msg("\"%s\" is missing in %s", wanted, at);
        else
            at = found + strlen(wanted);
    }
    buf_fini(&out);
}

static void test_whole_course(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct rules rules = trace_rules(&arena, "each | challenged | opened | within=1m\n");
    struct report_source source = {.def = night_def(&arena),
        .rules = &rules,
        .exercise = STR("night-1"),
        .created_wall_ms = 1795212000000,
        .is_from_file = true};
    source.events = night_events(&arena, &source.event_count);
    struct scorer *scorer = scorer_new(source.def, &rules);
    for (size_t i = 0; i < source.event_count; i++)
        scorer_feed(scorer, &source.events[i]);
    scorer_findings(scorer, 0, &source.findings, &source.finding_count);
    check_night(&arena, &source, LANG_EN);
    check_night(&arena, &source, LANG_JA);
    scorer_free(scorer);
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_page),
        cmocka_unit_test(test_empty_record),
        cmocka_unit_test(test_whole_course),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

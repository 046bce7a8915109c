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
    assert_in_range(line_count, 15, 75);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_page),
        cmocka_unit_test(test_empty_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

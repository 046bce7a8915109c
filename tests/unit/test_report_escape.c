/* The escapers of the report, and templates as Lua: what goes in, and exactly what comes out. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/labels.h"
#include "report/mark.h"
#include "report/tables.h"
#include "report/template.h"

struct escape_case {
    const char *text, *expected;
};
typedef void escape(struct str text, struct buf *out);

static void run_cases(escape *add, const struct escape_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buf out = {0};
        add(str_of(cases[i].text), &out);
        struct str made = buf_str(&out);
        if (!str_is(made, cases[i].expected))
            fail_msg("\"%s\" became \"%.*s\", not \"%s\"", cases[i].text, STR_ARG(made),
                cases[i].expected);
        buf_fini(&out);
    }
}
#define RUN(add, cases) run_cases((add), (cases), sizeof(cases) / sizeof((cases)[0]))

static void test_mark(void **state)
{
    static const struct escape_case cases[] = {
        {"", ""},
        {"plain, 日本語.", "plain, 日本語."},
        {" a\nb\tc ", "a b c"},
        {"*a* _b_ `c` [d](e) |f| ~g~ $h$ \\",
            "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\|f\\| \\~g\\~ \\$h\\$ \\\\"},
        {"<b>&", "&lt;b&gt;&amp;"},
        {"# a # b", "\\# a # b"},
        {"- a - b", "\\- a - b"},
        {"+1", "\\+1"},
        {"===", "\\==="},
        {"1. a", "1\\. a"},
        {"23) a", "23\\) a"},
        {"1 a. 2. b", "1 a. 2. b"},
        {"> a", "&gt; a"},
        {"http://x www.y a@b", "http\\://x www\\.y a&#64;b"},
        {"a\x01", "a\xEF\xBF\xBD"},
        {"a\xE2\x80\xAE"
         "b\x1b|",
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\\|"},
    };
    (void)state;
    RUN(mark_escape, cases);
}

static void cell(struct str text, struct buf *out)
{
    tables_cell(out, text);
}

static void test_cells(void **state)
{
    static const struct escape_case cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""},
        {"a\r\nb", "\"a\r\nb\""},
        {"=1+1", "\"'=1+1\""},
        {" \n=1", "\"' \n=1\""},
        {"＝1", "\"'＝1\""},
        {"＠x", "\"'＠x\""},
        {"a=1", "a=1"},
        {"+a", "\"'+a\""},
        {"-a", "\"'-a\""},
        {"@a", "\"'@a\""},
        {"\ta", "\"'\ta\""},
        {"\ra", "\"'\ra\""},
        {"a=1", "a=1"},
        {"it's", "\"it's\""},
    };
    (void)state;
    RUN(cell, cases);
}

static void compile(struct str text, struct buf *out)
{
    struct err err;
    assert_true(template_compile(text, STR("page.html"), out, &err));
}

static void test_templates(void **state)
{
    static const struct escape_case cases[] = {
        {"", ""},
        {"<p>\n", "write(\"<p>\") write(\"\\n\") \n"},
        {"a {{ x.y }} \"b\" \\n\n",
            "write(\"a \") say( x.y ) write(\" \\\"b\\\" \\\\n\") write(\"\\n\") \n"},
        {"  % if x then\n\\\n% end", " if x then\n\n end\n"},
        {"{{ a }}{{ b }}\\\n", "say( a ) say( b ) \n"},
    };
    struct err err;
    struct buf out = {0};
    (void)state;
    RUN(compile, cases);
    assert_false(template_compile(STR("a\nb {{ c\n"), STR("page.html"), &out, &err));
    assert_string_equal(err.message, "page.html:2: \"{{\" has no \"}}\" on its line");
    buf_fini(&out);
}

static void test_shares(void **state)
{
    static const struct {
        size_t k, n;
        const char *word;
    } cases[] = {{3, 3, "too few cases for a word"}, {4, 4, "every time"},
        {9, 10, "nearly every time"}, {899, 1000, "mostly"}, {7, 10, "mostly"},
        {699, 1000, "about half the time"}, {4, 10, "about half the time"}, {399, 1000, "seldom"},
        {1, 1000, "seldom"}, {0, 4, "never"}, {0, 0, "too few cases for a word"}};
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str word = labels_share(cases[i].k, cases[i].n).in[LANG_EN];
        if (!str_is(word, cases[i].word))
            fail_msg("%zu of %zu: %.*s", cases[i].k, cases[i].n, STR_ARG(word));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mark), cmocka_unit_test(test_cells),
        cmocka_unit_test(test_templates), cmocka_unit_test(test_shares)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

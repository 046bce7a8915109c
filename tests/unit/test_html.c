/* The escaper and the little Markdown: whatever an author writes, a page holds our elements only.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/markdown.h"
#include "unit/aborts.h"

static void escapes(const char *text, const char *expected)
{
    struct buf out = {0};
    html_escape(str_of(text), &out);
    buf_add_char(&out, '\0');
    assert_string_equal(out.ptr, expected);
    buf_fini(&out);
}

static void test_escape(void **state)
{
    (void)state;
    escapes("", "");
    escapes("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    escapes("\" onload=\"x", "&quot; onload=&quot;x");
    escapes("&lt; & &amp;", "&amp;lt; &amp; &amp;amp;");
    escapes("訓練<b>", "訓練&lt;b&gt;");
    escapes("a\tb\nc", "a\tb\nc");
    escapes("a\x1b[2Jb", "a\xEF\xBF\xBD[2Jb");
    escapes("exe\xE2\x80\xAEgpj", "exe\xEF\xBF\xBDgpj");
    escapes("broken \xE3<i>", "broken \xE3&lt;i&gt;");
}

static void test_elements(void **state)
{
    (void)state;
    struct buf out = {0};
    struct html html;
    html_init(&html, &out);
    html_open_class(&html, "p", "a");
    html_attr(&html, "title", STR("\"><img src=x>"));
    html_text(&html, STR("one"));
    html_void(&html, "br");
    html_element(&html, "b", NULL, STR("<two>"));
    html_close(&html);
    html_fini(&html);
    assert_true(str_is(buf_str(&out), "<p class=\"a\" title=\"&quot;&gt;&lt;img src=x&gt;\">one<br>"
                                      "<b>&lt;two&gt;</b></p>\n"));
    buf_fini(&out);
}

/* ---- what the programmer may not write ---- */

static void writes(const char *element, const char *attribute, const char *value)
{
    struct buf out = {0};
    struct html html;
    html_init(&html, &out);
    html_open(&html, element);
    if (attribute != NULL)
        html_attr(&html, attribute, str_of(value));
    html_close(&html);
    html_fini(&html);
    buf_fini(&out);
}

static void forgets_to_close(void)
{
    struct buf out = {0};
    struct html html;
    html_init(&html, &out);
    html_open(&html, "p");
    html_fini(&html);
}

static void writes_script(void)
{
    writes("script", NULL, NULL);
}
static void writes_handler(void)
{
    writes("p", "onclick", "x()");
}
static void writes_style(void)
{
    writes("p", "style", "color: red");
}
static void writes_address(void)
{
    writes("a", "href", "javascript:x()");
}
static void writes_remote(void)
{
    writes("a", "href", "https://example.org/");
}
static void writes_two(void)
{
    writes("p><script", NULL, NULL);
}

static void test_refused(void **state)
{
    (void)state;
    writes("a", "href", "#here");
    assert_true(call_aborts(writes_script));
    assert_true(call_aborts(writes_handler));
    assert_true(call_aborts(writes_style));
    assert_true(call_aborts(writes_address));
    assert_true(call_aborts(writes_remote));
    assert_true(call_aborts(writes_two));
    assert_true(call_aborts(forgets_to_close));
}

/* ---- Markdown ---- */

static void draws(const char *text, const char *expected)
{
    struct buf out = {0};
    struct html html;
    html_init(&html, &out);
    markdown_write(&html, str_of(text));
    html_fini(&html);
    buf_add_char(&out, '\0');
    assert_string_equal(out.ptr, expected);
    buf_fini(&out);
}

static void test_markdown(void **state)
{
    (void)state;
    draws("", "");
    draws("one\ntwo\n\nthree", "<p>one two</p>\n<p>three</p>\n");
    draws("病院は\n安全です。", "<p>病院は安全です。</p>\n");
    draws("# Card\n## Part\ntext", "<h3>Card</h3>\n<h4>Part</h4>\n<p>text</p>\n");
    draws("**Nobody** is *called*; `x < y`.",
        "<p><strong>Nobody</strong> is <em>called</em>; <code>x &lt; y</code>.</p>\n");
    draws("* a\n  goes on\n- b\n\n* c", "<ul><li>a goes on</li>\n<li>b</li>\n<li>c</li>\n</ul>\n");
    draws("First:\n1. a\n\n2. b\n* c",
        "<p>First:</p>\n<ol><li>a</li>\n<li>b</li>\n</ol>\n<ul><li>c</li>\n</ul>\n");
    draws("> **Silent**\n> night\n\nafter",
        "<blockquote><p><strong>Silent</strong> night</p>\n</blockquote>\n<p>after</p>\n");
    draws("| a | b |\n|---|---|\n| 1 | *2* |\n",
        "<table><tr><th>a</th>\n<th>b</th>\n</tr>\n<tr><td>1</td>\n<td><em>2</em></td>\n</tr>\n"
        "</table>\n");
}

/* What is no mark is text, and is not lost. */
static void test_markdown_is_text(void **state)
{
    (void)state;
    draws("2 * 3 = 6 ** 1, a`b", "<p>2 * 3 = 6 ** 1, a`b</p>\n");
    draws("****", "<p>****</p>\n");
    draws("*", "<p>*</p>\n");
    draws("#1 and 3.14", "<p>#1 and 3.14</p>\n");
    draws("| not a table", "<p>| not a table</p>\n");
    draws("[here](javascript:x)", "<p>[here](javascript:x)</p>\n");
    draws(">>>>> deep", "<blockquote><blockquote><blockquote><p>&gt;&gt; deep</p>\n"
                        "</blockquote>\n</blockquote>\n</blockquote>\n");
}

static void test_markdown_hostile(void **state)
{
    (void)state;
    draws("<script>x()</script>", "<p>&lt;script&gt;x()&lt;/script&gt;</p>\n");
    draws("# <img src=x onerror=y>", "<h3>&lt;img src=x onerror=y&gt;</h3>\n");
    draws("* **<b>**", "<ul><li><strong>&lt;b&gt;</strong></li>\n</ul>\n");
    draws("`</code><script>`", "<p><code>&lt;/code&gt;&lt;script&gt;</code></p>\n");
    draws("|<i>|\n|-|\n|</table>|", "<table><tr><th>&lt;i&gt;</th>\n</tr>\n<tr><td>&lt;/table&gt;"
                                    "</td>\n</tr>\n</table>\n");
    draws("> </blockquote>\n> <style>", "<blockquote><p>&lt;/blockquote&gt; &lt;style&gt;</p>\n"
                                        "</blockquote>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escape),
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_markdown_is_text),
        cmocka_unit_test(test_markdown_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

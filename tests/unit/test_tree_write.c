/* Trees written as YAML read back as what they were; edited ones hold what they should. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "load/tree_edit.h"
#include "load/tree_write.h"

static const struct tree_node *read_tree(struct arena *arena, struct str bytes)
{
    struct problems problems = {0};
    const struct tree_node *node = tree_read(bytes, STR("x.yaml"), arena, &problems);
    if (problems.count > 0)
        print_error("%.*s\n%.*s\n", STR_ARG(problems.items[0].message), STR_ARG(bytes));
    assert_int_equal(problems.count, 0);
    problems_fini(&problems);
    assert_non_null(node);
    return node;
}

static bool is_same(const struct tree_node *left, const struct tree_node *right)
{
    if (left->kind != right->kind || left->count != right->count)
        return false;
    if (left->kind == TREE_SCALAR)
        return str_eq(left->text, right->text) &&
               (left->text.len > 0 || left->quoted == right->quoted);
    for (size_t i = 0; i < left->count; i++) {
        if (left->kind == TREE_LIST && !is_same(left->items[i], right->items[i]))
            return false;
        if (left->kind == TREE_MAP && (!str_eq(left->pairs[i].key, right->pairs[i].key) ||
                                          !is_same(left->pairs[i].value, right->pairs[i].value)))
            return false;
    }
    return true;
}

static struct str written(struct arena *arena, const struct tree_node *node)
{
    struct buf out = {0};
    tree_write(node, &out);
    struct str text = arena_str(arena, buf_str(&out));
    buf_fini(&out);
    return text;
}

static void test_what_is_written_reads_back(void **state)
{
    (void)state;
    static const char *const files[] = {
        "a: b\n",
        "- a\n- b: [c, \"d e\", 06:50]\n  f: {g: {h: i}, k: []}\n- {}\n",
        "at: 2026-11-17T02:05:00+09:00\nnot: \"yes\"\nyes: yes\nempty: \"\"\nnothing:\nlast: 1\n",
        "body:\n  en: |\n    One.\n\n      Two: \"x\" # no comment\n    - three\n  ja: |-\n    "
        "四\n    五\n",
        "a: \"begins\\n\\nwith \\t tab\\\\ and \\\"quotes\\\" \\n\\n\"\n",
        "a: \" space first\\n\"\nb: \"\\nline first\\n\"\nc: \"- dash\"\nd: \"{{name}}\"\ne: \"x: "
        "y\"\n",
        "a: \"next line\\u2028and\\u2029more\\n\"\n",
        "- - a\n  - b: c\n- - [d]\n",
        "\"odd key: x\": \"# no comment\"\n\"-\": \":\"\n",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const struct tree_node *node = read_tree(&arena, str_of(files[i]));
        const struct tree_node *again = read_tree(&arena, written(&arena, node));
        if (!is_same(node, again))
            print_error("file %zu became\n%s", i, written(&arena, node).ptr);
        assert_true(is_same(node, again));
        assert_string_equal(written(&arena, node).ptr, written(&arena, again).ptr);
    }
    arena_fini(&arena);
}

static void test_it_is_written_for_people(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct tree_node *node = read_tree(&arena,
        STR("- {id: x, to: [poc, legal], body: \"One.\\nTwo.\\n\", title: {en: A b, ja: 半鐘}}\n"));
    assert_string_equal(written(&arena, node).ptr, "- id: x\n"
                                                   "  to: [poc, legal]\n"
                                                   "  body: |\n"
                                                   "    One.\n"
                                                   "    Two.\n"
                                                   "  title:\n"
                                                   "    en: \"A b\"\n"
                                                   "    ja: \"半鐘\"\n");
    arena_fini(&arena);
}

static void test_keys_are_set_and_taken(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct tree_node *node = read_tree(&arena, STR("a: 1\nb: 2\nc: 3\n"));
    const struct tree_node *changed = tree_with(&arena, node, "b", tree_word(&arena, STR("two")));
    changed = tree_with(&arena, changed, "a", NULL);
    changed = tree_with(&arena, changed, "d", tree_text(&arena, STR("yes")));
    changed = tree_with(&arena, changed, "absent", NULL);
    assert_string_equal(written(&arena, changed).ptr, "b: two\nc: 3\nd: \"yes\"\n");
    assert_string_equal(written(&arena, node).ptr, "a: 1\nb: 2\nc: 3\n");
    assert_string_equal(
        written(&arena, tree_words(&arena, (struct words)WORDS("bell", "半鐘"))).ptr,
        "en: \"bell\"\nja: \"半鐘\"\n");
    arena_fini(&arena);
}

static void test_what_a_tree_holds(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct tree_node *node = read_tree(&arena, STR("- a: [b, {c: d}]\n"));
    assert_true(tree_holds(node, STR("a")));
    assert_true(tree_holds(node, STR("b")));
    assert_true(tree_holds(node, STR("d")));
    assert_false(tree_holds(node, STR("e")));
    assert_false(tree_holds(NULL, STR("a")));
    arena_fini(&arena);
}

/* Takes out what stands at these places; "" is nothing left. */
static void test_what_is_gone_takes_its_condition_along(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        int line, column;
        const char *left;
    } cases[] = {
        {"- {id: a, to: [x, y]}\n", 1, 16, "- id: a\n  to: [y]\n"},
        {"- {id: a, to: [x]}\n- {id: b}\n", 1, 16, "- id: b\n"},
        {"- id: a\n  unless: {p: x, q: y}\n", 2, 15, "- id: a\n"},
        {"- id: a\n  when: {p: x, q: y}\n", 2, 13, ""},
        {"- id: a\n  needs: {x: must, y: must}\n", 2, 11, "- id: a\n  needs:\n    y: must\n"},
        {"- {id: a, to: [x, y]}\n", 9, 9, "- id: a\n  to: [x, y]\n"},
    };
    static const char *const dispensable[] = {"unless", NULL};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct problems problems = {0};
        struct place place = {STR("x.yaml"), cases[i].line, cases[i].column};
        problems_tell(&problems, KIND_UNKNOWN_NAME, place, "gone");
        struct tree_gone gone = {&problems, STR("x.yaml"), dispensable};
        const struct tree_node *left =
            tree_without(&arena, read_tree(&arena, str_of(cases[i].file)), &gone);
        assert_string_equal(left ? written(&arena, left).ptr : "", cases[i].left);
        problems_fini(&problems);
    }
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_reads_back),
        cmocka_unit_test(test_it_is_written_for_people),
        cmocka_unit_test(test_keys_are_set_and_taken),
        cmocka_unit_test(test_what_a_tree_holds),
        cmocka_unit_test(test_what_is_gone_takes_its_condition_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

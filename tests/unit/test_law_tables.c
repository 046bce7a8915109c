/* The clocks of the law packs against tables that were counted by hand (tests/law/tables). */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/disk.h"
#include "base/duration.h"
#include "score/deadline.h"

struct law {
    struct arena arena;
    struct def def;
    struct rules rules;
};

static const struct rule *find_rule(const struct law *law, struct str id)
{
    for (size_t i = 0; i < law->rules.count; i++)
        if (str_eq(law->rules.items[i].id, id))
            return &law->rules.items[i];
    return NULL;
}

/* The next of several parts between separators; false at the end. */
static bool take_part(struct str *rest, char between, struct str *ret_part)
{
    if (rest->len == 0)
        return false;
    if (!str_cut(*rest, between, ret_part, rest)) {
        *ret_part = *rest;
        *rest = STR("");
    }
    return true;
}

/* `-`: none has happened. */
static void read_anchors(
    const struct rule_deadline *deadline, struct str text, int64_t anchors_ms[RULE_ANCHORS])
{
    struct str part, name, moment;
    int offset;
    for (size_t i = 0; i < RULE_ANCHORS; i++)
        anchors_ms[i] = DEADLINE_NONE;
    while (!str_is(text, "-") && take_part(&text, ';', &part)) {
        assert_true(str_cut(part, '=', &name, &moment));
        size_t i = 0;
        while (i < deadline->anchor_count && !str_eq(deadline->anchors[i].id, name))
            i++;
        if (i == deadline->anchor_count)
            fail_msg("no anchor \"%.*s\"", STR_ARG(name));
        if (!calendar_parse(moment, &anchors_ms[i], &offset))
            fail_msg("no moment \"%.*s\"", STR_ARG(moment));
    }
}

static int read_zone(struct str text)
{
    int64_t ignored;
    int offset;
    char moment[64];
    snprintf(moment, sizeof(moment), "2026-01-01T00:00:00%.*s", STR_ARG(text));
    assert_true(calendar_parse(str_of(moment), &ignored, &offset));
    return offset;
}

static void read_options(struct law *law, struct str text, struct rule_deadline *deadline)
{
    struct str part, name, value, date;
    while (!str_is(text, "-") && take_part(&text, ';', &part)) {
        assert_true(str_cut(part, '=', &name, &value));
        if (str_is(name, "zone")) {
            law->def.story_offset_minutes = read_zone(value);
            continue;
        }
        assert_true(str_is(name, "holidays"));
        int64_t *days = ARENA_ARRAY(&law->arena, 32, int64_t);
        deadline->holiday_count = 0;
        while (take_part(&value, ',', &date))
            assert_true(calendar_day_parse(date, &days[deadline->holiday_count++]));
        deadline->holidays = days;
    }
}

/* rule, anchors, options, expected, how it was counted */
static void check_row(struct law *law, struct str line, const char *file)
{
    struct str columns[5];
    struct deadline_due due;
    int64_t anchors_ms[RULE_ANCHORS], expected_ms;
    int offset = law->def.story_offset_minutes;
    for (size_t i = 0; i < 5; i++)
        if (!take_part(&line, '\t', &columns[i]))
            fail_msg("%s: too few columns", file);
    const struct rule *rule = find_rule(law, columns[0]);
    if (rule == NULL || rule->deadline == NULL)
        fail_msg("%s: no deadline \"%.*s\"", file, STR_ARG(columns[0]));
    struct rule_deadline deadline = *rule->deadline;
    read_anchors(&deadline, columns[1], anchors_ms);
    read_options(law, columns[2], &deadline);
    bool found = deadline_find(&deadline, &law->def, anchors_ms, &due);
    law->def.story_offset_minutes = offset;
    if (str_is(columns[3], "none")) {
        assert_false(found);
        return;
    }
    assert_true(calendar_parse(columns[3], &expected_ms, &offset));
    if (!found || due.bound_ms != expected_ms)
        fail_msg("%s: %.*s %.*s\nis due %.*s\nby hand %.*s (%.*s)", file, STR_ARG(columns[0]),
            STR_ARG(columns[1]),
            STR_ARG(found ? calendar_format(&law->arena, due.bound_ms, offset) : STR("never")),
            STR_ARG(columns[3]), STR_ARG(columns[4]));
}

static const char *const packs[] = {"law-au-soci", "law-eu-dora", "law-eu-gdpr", "law-eu-nis2",
    "law-in-certin", "law-jp-appi", "law-jp-cyber", "law-jp-telecom", "law-sg-cii", "law-us-bank",
    "law-us-hipaa", "law-us-sec"};

static void load_law(struct law *law)
{
    struct bundle bundle;
    struct problems problems = {0};
    struct err err;
    bool ok = disk_bundle("tests/law/scenario", ".", &law->arena, &bundle, &err);
    if (ok && !load_scenario(&bundle, &law->arena, &problems, &law->def, &law->rules)) {
        problems_to_err(&problems, &err);
        ok = false;
    }
    problems_fini(&problems);
    if (!ok)
        fail_msg("%s", err.message);
}

static void test_the_tables(void **state)
{
    (void)state;
    struct law law = {0};
    size_t row_count = 0;
    load_law(&law);
    for (size_t i = 0; i < sizeof(packs) / sizeof(packs[0]); i++) {
        struct str path = arena_format(&law.arena, "tests/law/tables/%s.tsv", packs[i]);
        struct str text, line;
        struct err err;
        if (!disk_read(path.ptr, &law.arena, &text, &err))
            fail_msg("%s", err.message);
        while (take_part(&text, '\n', &line)) {
            if (line.len == 0 || line.ptr[0] == '#')
                continue;
            check_row(&law, line, path.ptr);
            row_count++;
        }
    }
    assert_true(row_count >= 130);
    arena_fini(&law.arena);
}

/* What is not in force has no rules, but says why. */
static void test_the_idle_pack(void **state)
{
    (void)state;
    struct law law = {0};
    bool found = false;
    load_law(&law);
    for (size_t i = 0; i < law.rules.pack_count; i++)
        if (str_is(law.rules.packs[i].id, "law-us-circia")) {
            found = true;
            assert_true(law.rules.packs[i].is_idle);
            assert_true(law.rules.packs[i].disabled.in[LANG_JA].len > 0);
        }
    assert_true(found);
    for (size_t i = 0; i < law.rules.count; i++)
        assert_false(str_is(law.rules.items[i].pack, "law-us-circia"));
    arena_fini(&law.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_tables),
        cmocka_unit_test(test_the_idle_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

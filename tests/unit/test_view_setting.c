/* The sheet that lies on the table: what a seat finds there, and what it must not. */
#include "unit/table.h"

#include "base/json_read.h"
#include "core/organisation.h"

static const struct viewer seat = {VIEWER_SEAT, STR_INIT("legal")};
static const struct viewer board = {.kind = VIEWER_BOARD};
static const struct viewer facilitator = {.kind = VIEWER_FACILITATOR};

static struct str setting(const struct table_play *play, struct viewer viewer, struct buf *out)
{
    struct err err;
    buf_clear(out);
    view_write_setting(table_now(play), viewer, out);
    if (!json_check(buf_str(out), &err))
        fail_msg("%.*s: %s", STR_ARG(buf_str(out)), err.message);
    struct str text = buf_str(out);
    buf_add_char(out, '\0');
    return text;
}

static void a_seat_finds_nothing_of_the_story(void **state)
{
    (void)state;
    static const char *const hidden[] = {"title-", "body-", "fact-", "prompt-", "text-halt",
        "reason-", "leak", "night", "stale", "running", "authority", "econd", "Server", "card-poc",
        "card-commander", "delay"};
    static const char *const shown[] = {"card-legal", "contact-desk", "isolate", "fs01", "breach",
        "First en", "vendor", "\"seat\":\"legal\"", "\"deputy\":\"desk\"", "\"done_by\":[\"poc\"]"};
    struct table_play play;
    struct buf out = {0};
    table_play_to(&play, "1m facilitator fire inject=news\n");
    setting(&play, seat, &out);
    for (size_t i = 0; i < TABLE_COUNT(hidden); i++)
        if (strstr(out.ptr, hidden[i]) != NULL)
            fail_msg("a seat finds \"%s\" in %s", hidden[i], out.ptr);
    for (size_t i = 0; i < TABLE_COUNT(shown); i++)
        if (strstr(out.ptr, shown[i]) == NULL)
            fail_msg("a seat does not find \"%s\" in %s", shown[i], out.ptr);
    setting(&play, board, &out);
    if (strstr(out.ptr, "done_by") != NULL)
        fail_msg("the board has whose hands can do what in %s", out.ptr);
    for (size_t i = 0; i < 14; i++)
        if (strstr(out.ptr, hidden[i]) != NULL)
            fail_msg("the board has \"%s\" in %s", hidden[i], out.ptr);
    buf_fini(&out);
    table_fini(&play);
}

static void the_staff_finds_it_all(void **state)
{
    (void)state;
    static const char *const shown[] = {"title-call", "body-night", "fact-rumour", "reason-again",
        "card-poc", "\"authority\":[\"commander\"]", "\"done_by\":[\"poc\"]", "\"kind\":\"unless\"",
        "\"at_ms\":1800000", "Second en", "Stopped en", "\"questions\":[{\"id\":\"stop\""};
    struct table_play play;
    struct buf out = {0};
    table_play_to(&play, "");
    setting(&play, facilitator, &out);
    for (size_t i = 0; i < TABLE_COUNT(shown); i++)
        if (strstr(out.ptr, shown[i]) == NULL)
            fail_msg("the facilitator does not find \"%s\" in %s", shown[i], out.ptr);
    buf_fini(&out);
    table_fini(&play);
}

static void the_ladder_is_on_the_table(void **state)
{
    (void)state;
    static const struct organisation_rung rungs[] = {
        {.to = STR_INIT("commander"),
            .from = STR_INIT("absent"),
            .when = WORDS("in doubt", "迷うとき"),
            .within_ms = 900000},
        {.to = STR_INIT("nobody-here"), .when = WORDS("never", "なし")},
        {.to = STR_INIT("vendor"),
            .from = STR_INIT("legal"),
            .when = WORDS("late", "後で"),
            .instead = WORDS("note it", "残す")},
    };
    static const struct organisation house = {.ladder = rungs, .rung_count = 3};
    struct table_play play;
    struct buf out = {0};
    table_play_to(&play, "");
    play.def.organisation_profile = &house;
    setting(&play, seat, &out);
    /* Who would tell is not here, and is not named; what one person does instead is told. */
    assert_non_null(strstr(out.ptr,
        "\"ladder\":[{\"to\":\"commander\",\"when\":{\"en\":\"in doubt\",\"ja\":\"迷うとき\"},"
        "\"within_ms\":900000},{\"from\":\"legal\",\"instead\":{\"en\":\"note "
        "it\",\"ja\":\"残す\"},"
        "\"to\":\"vendor\",\"when\":{\"en\":\"late\",\"ja\":\"後で\"},\"within_ms\":0}]"));
    setting(&play, board, &out);
    assert_null(strstr(out.ptr, "ladder"));
    play.def.organisation_profile = NULL;
    buf_fini(&out);
    table_fini(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_finds_nothing_of_the_story),
        cmocka_unit_test(the_ladder_is_on_the_table),
        cmocka_unit_test(the_staff_finds_it_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Identifiers: what there is not and what one may not see yet are refused alike, byte for byte. */
#include "unit/table.h"

/* Both names have the same length. `hidden` is there, but not for this actor. */
struct guess {
    const char *given, *line; /* "@" stands for the name */
    const char *hidden, *unknown;
};

#define CALL "1m facilitator fire inject=call\n"
#define SECRET                                                                                     \
    CALL "1m poc open inject=call\n1m poc message id=mm type=info to=poc text=t facts=leak\n"

static const struct guess guesses[] = {
    {CALL, "2m legal open inject=@", "call", "cill"},
    {"", "2m legal open inject=@", "night", "nocht"},
    {"", "2m legal ack inject=@", "night", "nocht"},
    {"", "2m legal answer inject=@ text=t", "night", "nocht"},
    {"", "2m lead decide question=@ option=keep", "stop", "stip"},
    {SECRET, "2m legal open message=@", "mm", "mn"},
    {SECRET, "2m legal ack message=@", "mm", "mn"},
    {SECRET, "2m legal readback message=@ text=t", "mm", "mn"},
    {SECRET, "2m legal message id=m2 type=info to=poc re=@ text=t", "mm", "mn"},
    {SECRET, "2m legal message id=m2 type=info to=poc re=@ text=t", "call", "cill"},
    {SECRET, "2m legal message id=m2 type=approval to=poc draft=@ text=t", "mm", "mn"},
    {"", "2m legal message id=m2 type=info to=poc facts=@ text=t", "leak", "loak"},
    {"", "2m legal said to=room facts=@", "leak", "loak"},
    {"", "2m legal heard facts=@", "leak", "loak"},
    {"", "2m legal handoff to=poc facts=@", "leak", "loak"},
    {"", "2m facilitator open for=legal inject=@", "night", "nocht"},
};

static struct str replace(struct arena *arena, struct str text, struct str from, struct str to)
{
    struct buf out = {0};
    for (size_t i = 0; i < text.len;) {
        bool here = str_starts_with(str_after(text, i), from);
        if (here)
            buf_add(&out, to);
        else
            buf_add_char(&out, text.ptr[i]);
        i += here ? from.len : 1;
    }
    struct str copy = arena_str(arena, buf_str(&out));
    buf_fini(&out);
    return copy;
}

/* The record's lines and the seat's view of all that came of a line, with "@" for the name. */
static struct str outcome(const struct guess *guess, const char *name, struct arena *arena)
{
    struct table_play play;
    struct buf out = {0};
    table_play_to(&play, guess->given);
    size_t first = play.events.count;
    table_lines(&play, replace(arena, str_of(guess->line), STR("@"), str_of(name)).ptr);
    struct view view = {table_now(&play), {VIEWER_SEAT, play.events.items[first].actor}, NULL};
    for (size_t i = first; i < play.events.count; i++) {
        event_write(&play.events.items[i], &out);
        buf_add_char(&out, '\n');
        view_write(&view, &play.events.items[i], 1, &out);
        buf_add_char(&out, '\n');
    }
    struct str told = replace(arena, buf_str(&out), str_of(name), STR("@"));
    buf_fini(&out);
    table_fini(&play);
    return told;
}

static void unknown_and_hidden_are_refused_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLE_COUNT(guesses); i++) {
        struct arena arena = {0};
        struct str hidden = outcome(&guesses[i], guesses[i].hidden, &arena);
        struct str unknown = outcome(&guesses[i], guesses[i].unknown, &arena);
        if (!str_eq(hidden, unknown))
            fail_msg("%s\nhidden:\n%s\nunknown:\n%s", guesses[i].line, hidden.ptr, unknown.ptr);
        if (strstr(hidden.ptr, "\"reason\":\"unknown\"") == NULL)
            fail_msg("%s is not refused:\n%s", guesses[i].line, hidden.ptr);
        arena_fini(&arena);
    }
}

static void each_kind_of_name_is_checked(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"party", "", "1m poc said to=crowd text=t",
            "1m poc refused input_name=said reason=unknown what=crowd\n"},
        {"role", "", "1m poc handoff to=vendor",
            "1m poc refused input_name=handoff reason=unknown what=vendor\n"},
        {"seat, not role", "", "1m facilitator assign seat=commander person=p1",
            "1m facilitator refused input_name=assign reason=unknown what=commander\n"},
        {"stakeholder", "", "1m facilitator claim stakeholder=poc",
            "1m facilitator refused input_name=claim reason=unknown what=poc\n"},
        {"inject", "", "1m facilitator fire inject=nothing",
            "1m facilitator refused input_name=fire reason=unknown what=nothing\n"},
        {"action", "", "1m poc act action=dance",
            "1m poc refused input_name=act reason=unknown what=dance\n"},
        {"world", "", "1m facilitator set name=moon value=full",
            "1m facilitator refused input_name=set reason=unknown what=moon\n"},
        {"phase", "", "1m facilitator phase phase=third",
            "1m facilitator refused input_name=phase reason=unknown what=third\n"},
        {"the staff names facts that nobody knows", "",
            "1m facilitator improvise id=i1 from=x to=poc title=t facts=leak",
            "1m facilitator improvised facts=leak from=x inject=i1 title=t to=poc\n"
            "1m facilitator delivered inject=i1 to=poc why=hand\n"},
        {"but none that there are not", "",
            "1m facilitator improvise id=i1 from=x to=poc title=t facts=leaks",
            "1m facilitator refused input_name=improvise reason=unknown what=leaks\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_and_hidden_are_refused_alike),
        cmocka_unit_test(each_kind_of_name_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

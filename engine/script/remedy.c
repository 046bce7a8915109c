/* Lua says what is wrong in its own words; an author who writes one story a year has to know what
 * to do. Nearly all mistakes in a running story come of a nil that was not expected, those in its
 * text of a missing "end" and of habits from other languages. */
#include "script/remedy.h"

#include "lua/blocks.h"
#include "lua/source.h"

struct remedy {
    const char *begins;
    const char *remedy;
};

/* What the machine says. */
static const struct remedy remedies[] = {
    {"attempt to index a nil value",
        "await, ask and happened give nil when nothing came, so ask \"if x then\" first"},
    {"attempt to concatenate a nil value",
        "an event has no free text, and what is empty is nil; write (x or \"\")"},
    {"attempt to compare nil with", "one side is nothing; ask \"if x and x < y then\""},
    {"attempt to compare number with nil", "one side is nothing; ask \"if y and x < y then\""},
    {"attempt to compare string with number", "turn the text into a number with tonumber"},
    {"attempt to compare number with string", "turn the text into a number with tonumber"},
    {"attempt to perform arithmetic on a nil value", "it was never given a value; write (x or 0)"},
    {"attempt to perform arithmetic on a string value",
        "turn the text into a number with tonumber"},
    {"attempt to call a nil value", "write the function above the line that calls it"},
    {"attempt to divide by zero", "ask first whether the divisor is 0"},
    {"attempt to perform 'n%0'", "ask first whether the divisor is 0"},
    {"attempt to concatenate a table value", "join a list with concat(list, \", \")"},
    {"attempt to call a string value", "a comma or an operator is missing before it"},
};

/* What the compiler says. */
static const struct remedy slips[] = {
    {"'then' expected near '='", "= gives a value; compare with =="},
    {"'do' expected near '='", "= gives a value; compare with =="},
    {"'then' expected near '!'", "\"is not\" is written ~="},
    {"'then' expected near '&'", "write \"and\" between conditions"},
    {"'then' expected near '|'", "write \"or\" between conditions"},
    {"'then' expected", "a condition ends with \"then\""},
    {"'do' expected", "\"for …\" and \"while …\" end with \"do\""},
    {"unexpected symbol near '!'", "write \"not\" before a condition"},
    {"unexpected symbol near '&'", "write \"and\" between conditions"},
    {"unexpected symbol near '|'", "write \"or\" between conditions"},
    {"')' expected", "close the bracket, or take away an \"end\" that closes too much"},
    {"'}' expected", "close the bracket, or put a comma between two values"},
    {"syntax error near ','",
        "a call with more than one argument needs parentheses: inject(\"id\", {after = \"5m\"})"},
    {"syntax error near '=='", "== compares; give a value with ="},
    {"syntax error near '+'", "write x = x + 1"},
    {"malformed number", "write times as texts, as in \"90s\""},
    {"unfinished string", "the quote at its end is missing, or a quote inside it needs a \\"},
    {"<eof> expected near 'end'",
        "there is an \"end\" too many, here or above; each closes one function, if, for or while"},
};

static struct str find(const struct remedy *rows, size_t count, struct str message)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts_with(message, str_of(rows[i].begins)))
            return str_of(rows[i].remedy);
    return STR("");
}

struct str remedy_for(struct str message)
{
    return find(remedies, sizeof(remedies) / sizeof(remedies[0]), message);
}

/* Whether the compiler may have stumbled over a block that goes on. */
static bool is_about_end(struct str message)
{
    static const char *const ends[] = {"near ')'", "near '}'", "near <eof>", "near '<eof>'"};
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct str end = str_of(ends[i]);
        if (message.len > end.len && str_eq(str_after(message, message.len - end.len), end))
            return true;
    }
    return str_starts_with(message, STR("'end' expected"));
}

struct str remedy_for_text(struct str message, struct str source, struct arena *arena)
{
    struct blocks_open open;
    if (!is_about_end(message) || !blocks_find_open(source_text(source), &open))
        return find(slips, sizeof(slips) / sizeof(slips[0]), message);
    return arena_format(arena, "the \"%.*s\" in line %d has no \"end\"%s", STR_ARG(open.word),
        open.line,
        open.has_else_if ? "; \"else if\" needs one of its own, \"elseif\" does not" : "");
}

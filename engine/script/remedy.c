/* Lua says what is wrong in its own words; an author who writes one story a year has to know what
 * to do. Nearly all such mistakes come of a nil that was not expected. */
#include "script/remedy.h"

static const struct {
    const char *begins;
    const char *remedy;
} remedies[] = {
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

struct str remedy_for(struct str message)
{
    for (size_t i = 0; i < sizeof(remedies) / sizeof(remedies[0]); i++)
        if (str_starts_with(message, str_of(remedies[i].begins)))
            return str_of(remedies[i].remedy);
    return STR("");
}

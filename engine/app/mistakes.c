/* The same lines for `check`, which prints all kinds to standard output, and for commands that can
 * go no further, which print the errors. */
#include "app/mistakes.h"

#include "app/terminal.h"
#include "base/control.h"

/* Paths and stories can hold what a terminal would obey. */
static void print_safely(FILE *file, struct str text)
{
    struct buf out = {0};
    control_escape(text, &out);
    fprintf(file, "%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

void mistakes_print(FILE *file, const struct problem *problem)
{
    static const enum terminal_tint tints[PROBLEM_LEVEL_COUNT] = {
        TERMINAL_BAD, TERMINAL_WARNING, TERMINAL_QUIET};
    fprintf(file, "%s", terminal_tint(file, tints[problem->level]));
    print_safely(file, problem->place.file);
    if (problem->place.line > 0)
        fprintf(file, ":%d", problem->place.line);
    if (problem->place.column > 0)
        fprintf(file, ":%d", problem->place.column);
    const char *level = problem->level == PROBLEM_WARNING ? " warning:"
                        : problem->level == PROBLEM_NOTE  ? " note:"
                                                          : "";
    fprintf(file, ":%s%s ", level, terminal_plain(file));
    print_safely(file, problem->message);
    fprintf(file, "\n");
}

enum command_exit mistakes_fail(
    const struct command_line *line, const struct problems *problems, const struct err *err)
{
    if (problems->error_count == 0)
        return command_fail(line, err);
    fflush(stdout); /* so that what was said before stands before it */
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->items[i].level != PROBLEM_ERROR)
            continue;
        fprintf(stderr, "tocsin %s: ", line->command->name);
        mistakes_print(stderr, &problems->items[i]);
    }
    if (problems->overflowed)
        fprintf(stderr, "… and more; mend these first\n");
    return COMMAND_FAILED;
}

/* Terminals. The eight colours that every terminal has, never the only carrier of a meaning. */
#include "app/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool terminal_is(FILE *file)
{
    return isatty(fileno(file)) == 1;
}

static bool wants_colour(FILE *file)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if (no_color != NULL && no_color[0] != '\0')
        return false;
    return term != NULL && strcmp(term, "dumb") != 0 && terminal_is(file);
}

const char *terminal_tint(FILE *file, enum terminal_tint tint)
{
    static const char *const tints[TERMINAL_TINT_COUNT] = {
        [TERMINAL_BAD] = "\033[31m",
        [TERMINAL_WARNING] = "\033[33m",
        [TERMINAL_GOOD] = "\033[32m",
        [TERMINAL_QUIET] = "\033[36m",
    };
    return wants_colour(file) ? tints[tint] : "";
}

const char *terminal_plain(FILE *file)
{
    return wants_colour(file) ? "\033[0m" : "";
}

bool terminal_can_ask(void)
{
    return terminal_is(stdin) && terminal_is(stderr);
}

bool terminal_confirm(const char *question)
{
    char answer[16] = "";
    if (!terminal_can_ask())
        return false;
    fprintf(stderr, "%s Type yes to go on: ", question);
    fflush(stderr);
    return fgets(answer, sizeof(answer), stdin) != NULL && strcmp(answer, "yes\n") == 0;
}

bool terminal_progress(void *self, int64_t done, int64_t all)
{
    const char *what = self;
    if (!terminal_is(stderr) || all <= 0)
        return true;
    fprintf(stderr, "\r%s %3d%%%s", what, (int)(done * 100 / all), done >= all ? "\n" : "");
    fflush(stderr);
    return true;
}

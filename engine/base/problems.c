/* Collecting mistakes. Within a file they are kept in the order of their lines, because checks that
 * compare two things come after those that read one, and an author mends from the top. */
#include "base/problems.h"

#include "base/limits.h"

void problems_fini(struct problems *problems)
{
    if (!problems)
        return;
    arena_fini(&problems->arena);
    *problems = (struct problems){0};
}

static bool stands_after(struct place a, struct place b)
{
    if (!str_eq(a.file, b.file))
        return false;
    return a.line > b.line || (a.line == b.line && a.column > b.column);
}

static void insert(struct problems *problems, struct problem problem)
{
    problems->items = arena_grow(
        &problems->arena, problems->items, problems->count, &problems->capacity, sizeof(problem));
    size_t at = problems->count++;
    while (at > 0 && stands_after(problems->items[at - 1].place, problem.place)) {
        problems->items[at] = problems->items[at - 1];
        at--;
    }
    problems->items[at] = problem;
}

void problems_add(struct problems *problems, enum problem_level level, struct place place,
    const char *format, ...)
{
    if (level == PROBLEM_ERROR)
        problems->error_count++;
    if (problems->count == LIMIT_PROBLEMS) {
        problems->overflowed = true;
        return;
    }
    va_list args;
    va_start(args, format);
    struct problem problem = {
        .level = level,
        .place = place,
        .message = arena_format_list(&problems->arena, format, args),
    };
    va_end(args);
    problem.place.file = arena_str(&problems->arena, place.file);
    insert(problems, problem);
}

bool problems_to_err(const struct problems *problems, struct err *reterr)
{
    if (problems->error_count == 0)
        return false;
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        if (problem->level == PROBLEM_ERROR) {
            err_set_at(reterr, problem->place, "%.*s", STR_ARG(problem->message));
            return true;
        }
    }
    err_set(reterr, ERR_AUTHOR,
        "an error hides behind more than %d warnings; mend some of the warnings and check again",
        LIMIT_PROBLEMS);
    return true;
}

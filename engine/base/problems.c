/* Collecting mistakes. Within a file they are kept in the order of their lines, because checks that
 * compare two things come after those that read one, and an author mends from the top. */
#include "base/problems.h"

#include "base/limits.h"

const char *const problem_level_names[PROBLEM_LEVEL_COUNT] = {"error", "warning", "note"};

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

static void add(struct problems *problems, struct problem problem, const char *format, va_list args)
{
    if (problem.level == PROBLEM_ERROR)
        problems->error_count++;
    if (problem.level == PROBLEM_WARNING)
        problems->warning_count++;
    if (problems->count == LIMIT_PROBLEMS) {
        problems->overflowed = true;
        return;
    }
    problem.message = arena_format_list(&problems->arena, format, args);
    problem.place.file = arena_str(&problems->arena, problem.place.file);
    insert(problems, problem);
}

void problems_tell(
    struct problems *problems, enum problem_kind kind, struct place place, const char *format, ...)
{
    struct problem problem = {.level = problem_kinds[kind].level, .kind = kind, .place = place};
    va_list args;
    va_start(args, format);
    add(problems, problem, format, args);
    va_end(args);
}

void problems_add(struct problems *problems, enum problem_level level, struct place place,
    const char *format, ...)
{
    struct problem problem = {.level = level, .kind = KIND_FORM, .place = place};
    va_list args;
    va_start(args, format);
    add(problems, problem, format, args);
    va_end(args);
}

bool problems_has_error(const struct problems *problems, struct place place)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        if (problem->level == PROBLEM_ERROR && problem->place.line == place.line &&
            str_eq(problem->place.file, place.file))
            return true;
    }
    return false;
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

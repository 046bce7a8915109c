/* tocsin delete: a whole exercise, when it has been kept long enough. */
#include <stdio.h>

#include "app/commands.h"
#include "app/erase.h"
#include "app/past.h"
#include "app/wall.h"

static bool tell_before(struct record *record, const struct record_exercise *exercise,
    struct arena *arena, struct err *reterr)
{
    printf("%.*s, scenario %.*s, made %.*s:\n", STR_ARG(exercise->exercise),
        STR_ARG(exercise->scenario), STR_ARG(past_date(arena, exercise->created_wall_ms)));
    for (size_t i = 0; i < exercise->table_count; i++) {
        const struct record_table *table = &exercise->tables[i];
        struct hash head;
        int64_t seq;
        if (!record_head(record, table->table, &seq, &head, reterr))
            return false;
        printf("  %.*s: %lld events%s\n", STR_ARG(table->id), (long long)seq,
            table->has_ended ? "" : ", not at its end");
    }
    printf("All of it goes for good: events, inputs, texts. The programme keeps a note that the\n"
           "exercise was there, with the heads of its tables.\n");
    return true;
}

/* What is being played is not deleted, and nobody should be told before that it goes. The claim is
 * given back at once: deleting makes its own. */
static bool is_free(
    const struct command_line *line, const struct record_exercise *exercise, struct err *reterr)
{
    struct record *probe = NULL;
    if (exercise->replaced_by.len > 0)
        return true; /* nobody can play it */
    bool ok = record_open(command_db(line), RECORD_WRITE, &probe, reterr);
    for (size_t i = 0; ok && i < exercise->table_count; i++)
        ok = record_exercise_lock(probe, exercise->tables[i].id, reterr);
    record_close(probe);
    return ok;
}

static bool delete_exercise(
    const struct command_line *line, struct record *record, struct arena *arena, struct err *reterr)
{
    struct record_exercise exercise;
    struct str id = str_of(line->arguments[0]);
    if (!record_exercise_find(record, id, arena, &exercise, reterr))
        return false;
    if (!str_eq(id, exercise.exercise))
        return err_set(reterr, ERR_USAGE,
            "%.*s is one table of %.*s; only whole exercises can be deleted", STR_ARG(id),
            STR_ARG(exercise.exercise));
    if (!is_free(line, &exercise, reterr) || !erase_can_be_wanted(line, reterr) ||
        !tell_before(record, &exercise, arena, reterr) || !erase_is_wanted(line, reterr) ||
        !record_delete(record, id, wall_now_ms(), reterr))
        return false;
    printf("Deleted: %.*s.\n", STR_ARG(id));
    erase_tell_duty(line, record);
    return true;
}

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct record *record = NULL;
    struct err err;
    bool ok = record_open(command_db(line), RECORD_WRITE, &record, &err) &&
              delete_exercise(line, record, &arena, &err);
    record_close(record);
    arena_fini(&arena);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_delete = {
    .name = "delete",
    .arguments = "EXERCISE",
    .argument_min = 1,
    .argument_max = 1,
    .help = "erase an exercise with all its tables",
    .details =
        "For the day on which an exercise has been kept long enough. Refused while somebody\n"
        "plays it. Says before what will go, and asks. A note stays in the programme, so that\n"
        "a head on paper can still be placed.",
    .examples = {"tocsin delete phone-tree-1 --yes --db drills.db"},
    .options = {COMMAND_DB, {"--yes", NULL, "go on without asking"}},
    .run = run,
};

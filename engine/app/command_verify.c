/* tocsin verify: the chain is whole, and the inputs still lead to these events. */
#include <stdio.h>

#include "app/commands.h"
#include "app/table.h"

static bool verify(const struct command_line *line, struct record *record,
    const struct record_exercise *exercise, struct err *reterr)
{
    const char *head = command_value(line, "--head");
    if (!record_verify(record, exercise->table, str_of(head), reterr))
        return false;
    struct table *table;
    if (!table_resume(record, exercise->id, &table, reterr))
        return false;
    struct str quarrel = table_quarrel(table);
    bool ok = quarrel.len == 0;
    if (!ok)
        err_set(reterr, ERR_IO, "%.*s: the chain is whole, but %.*s", STR_ARG(exercise->id),
            STR_ARG(quarrel));
    table_free(table);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct record *record = NULL;
    struct record_exercise exercise;
    struct hash head;
    int64_t seq;
    struct err err;
    const char *id = line->arguments[0];
    bool ok = record_open(command_db(line), RECORD_READ, &record, &err) &&
              (id == NULL ? record_exercise_last(record, &arena, &exercise, &err)
                          : record_exercise_find(record, str_of(id), &arena, &exercise, &err)) &&
              verify(line, record, &exercise, &err) &&
              record_head(record, exercise.table, &seq, &head, &err);
    if (ok) {
        char hex[HASH_HEX_BYTES + 1];
        printf("%.*s: %lld events, whole; stepping again gives the same; head %.*s\n",
            STR_ARG(exercise.id), (long long)seq, STR_ARG(hash_hex(&head, hex)));
    }
    record_close(record);
    arena_fini(&arena);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_verify = {
    .name = "verify",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "prove that a record is whole and says the same again",
    .details = "Recomputes every hash of the chain, then steps the recorded inputs again with the\n"
               "pinned scenario and compares every event. --head also catches a record whose end\n"
               "was cut off or written anew: it is printed at ENDEX and in reports.",
    .examples = {"tocsin verify phone-tree-1 --db drills.db",
        "tocsin verify phone-tree-1 --head \"$(cat head.txt)\" --db drills.db"},
    .ok = "the record is whole",
    .failed = "it is not, or could not be read",
    .options = {COMMAND_DB, {"--head", "HASH", "the head that you wrote down: 64 digits"}},
    .run = run,
};

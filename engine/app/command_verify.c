/* tocsin verify: the chain is whole, and the inputs still lead to these events. */
#include <stdio.h>

#include "app/commands.h"
#include "app/table.h"
#include "base/json_write.h"

struct verifying {
    const struct command_line *line;
    struct arena arena;
    struct record *record;
    struct record_table *tables; /* to be looked at */
    size_t count, capacity;
};

/* As somebody wrote it down, in capitals too. */
static struct str expected_head(struct verifying *verifying)
{
    struct str given = str_of(command_value(verifying->line, "--head"));
    char *head = ARENA_ARRAY(&verifying->arena, given.len + 1, char);
    for (size_t i = 0; i < given.len; i++) {
        bool is_capital = given.ptr[i] >= 'A' && given.ptr[i] <= 'F';
        head[i] = (char)(is_capital ? given.ptr[i] - 'A' + 'a' : given.ptr[i]);
    }
    return (struct str){head, given.len};
}

/* The chain, and then the same inputs again. */
static bool verify(struct verifying *verifying, const struct record_table *at, struct err *reterr)
{
    if (!record_verify(verifying->record, at->table, expected_head(verifying), reterr))
        return false;
    struct table *table;
    if (!table_resume(verifying->record, at->id, &table, reterr))
        return false;
    struct str quarrel = table_quarrel(table);
    bool ok = quarrel.len == 0;
    if (!ok)
        err_set(reterr, ERR_IO, "%.*s: the chain is whole, but %.*s", STR_ARG(at->id),
            STR_ARG(quarrel));
    table_free(table);
    return ok;
}

/* One line a table: {"error":…,"events":…,"head":…,"ok":…,"table":…} */
static void print_json(
    const struct record_table *at, const struct hash *head, int64_t seq, const struct err *err)
{
    char hex[HASH_HEX_BYTES + 1];
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key_str(&json, "error", str_of(err == NULL ? "" : err->message));
    json_write_key_int(&json, "events", seq);
    json_write_key_str(&json, "head", hash_hex(head, hex));
    json_write_key_bool(&json, "ok", err == NULL);
    json_write_key_str(&json, "table", at->id);
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

static bool verify_and_tell(struct verifying *verifying, const struct record_table *at)
{
    struct hash head = {0};
    int64_t seq = 0;
    struct err err;
    char hex[HASH_HEX_BYTES + 1];
    bool ok =
        verify(verifying, at, &err) && record_head(verifying->record, at->table, &seq, &head, &err);
    if (command_has(verifying->line, "--json"))
        print_json(at, &head, seq, ok ? NULL : &err);
    else if (ok)
        printf("%.*s: %lld events, whole; stepping again gives the same; head %.*s\n",
            STR_ARG(at->id), (long long)seq, STR_ARG(hash_hex(&head, hex)));
    else
        command_fail(verifying->line, &err);
    return ok;
}

/* ---- which tables ---- */

static void add_table(struct verifying *verifying, const struct record_table *table)
{
    verifying->tables = arena_grow(&verifying->arena, verifying->tables, verifying->count,
        &verifying->capacity, sizeof(struct record_table));
    verifying->tables[verifying->count++] = *table;
}

/* "ID" means all tables of the exercise, "ID/2" that one. */
static void add_exercise(
    struct verifying *verifying, const struct record_exercise *exercise, const char *asked)
{
    bool one = asked != NULL && !str_is(exercise->exercise, asked);
    for (size_t i = 0; i < exercise->table_count; i++)
        if (!one || exercise->tables[i].table == exercise->table)
            add_table(verifying, &exercise->tables[i]);
}

static bool find_tables(struct verifying *verifying, struct err *reterr)
{
    const char *id = verifying->line->arguments[0];
    struct record_exercise *items, exercise;
    size_t count;
    if (id != NULL) {
        if (!record_exercise_find(
                verifying->record, str_of(id), &verifying->arena, &exercise, reterr))
            return false;
        add_exercise(verifying, &exercise, id);
        return true;
    }
    bool all = command_has(verifying->line, "--all");
    if (!(all ? record_exercise_list_all : record_exercise_list)(
            verifying->record, &verifying->arena, &items, &count, reterr))
        return false;
    for (size_t i = all || count == 0 ? 0 : count - 1; i < count; i++)
        add_exercise(verifying, &items[i], NULL);
    return true;
}

static bool find(struct verifying *verifying, struct err *reterr)
{
    const struct command_line *line = verifying->line;
    if (!record_open(command_db(line), RECORD_READ, &verifying->record, reterr) ||
        !record_verify_programme(verifying->record, reterr) || !find_tables(verifying, reterr))
        return false;
    return !command_has(line, "--head") || verifying->count == 1 ||
           err_set(reterr, ERR_USAGE, "a head belongs to one table, and these are %zu; name one",
               verifying->count);
}

static enum command_exit run(const struct command_line *line)
{
    struct verifying verifying = {.line = line};
    struct err err;
    if (command_has(line, "--all") && line->argument_count > 0)
        return command_misuse(line, "name an exercise, or --all");
    bool ok = find(&verifying, &err) || (command_fail(line, &err), false);
    bool is_empty = ok && verifying.count == 0;
    for (size_t i = 0; i < verifying.count; i++)
        ok = verify_and_tell(&verifying, &verifying.tables[i]) && ok;
    if (is_empty && !command_has(line, "--json"))
        printf("%s holds no exercise; its programme is whole\n", command_db(line));
    record_close(verifying.record);
    arena_fini(&verifying.arena);
    return ok ? COMMAND_OK : COMMAND_FAILED;
}

const struct command command_verify = {
    .name = "verify",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "prove that a record is whole and says the same again",
    .details = "Recomputes every hash of the chain, then steps the recorded inputs again with the\n"
               "pinned scenario and compares every event. Without EXERCISE the newest one.\n"
               "--head also catches a record whose end was cut off or written anew: it is printed\n"
               "at ENDEX and in reports.",
    .examples = {"tocsin verify phone-tree-1 --db drills.db",
        "tocsin verify phone-tree-1 --head \"$(cat head.txt)\" --db drills.db",
        "tocsin verify --all --json --db drills.db"},
    .ok = "the record is whole",
    .failed = "it is not, or could not be read",
    .options = {COMMAND_DB, {"--head", "HASH", "the head that you wrote down: 64 digits"},
        {"--all", NULL, "every exercise of the file"},
        {"--json", NULL, "a line of JSON a table; fields in docs/commands.md"}},
    .run = run,
};

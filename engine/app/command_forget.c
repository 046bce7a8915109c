/* tocsin forget: a person's name and words, in all exercises of a file. */
#include <stdio.h>

#include "app/commands.h"
#include "app/erase.h"

static void tell_before(
    const struct command_line *line, struct str person, const struct record_traces *traces)
{
    printf("%s holds of %.*s: ", command_db(line), STR_ARG(person));
    if (traces->name.len > 0)
        printf("the name \"%.*s\", ", STR_ARG(traces->name));
    printf("%lld texts from %lld tables", (long long)traces->text_count,
        (long long)traces->table_count);
    if (traces->plan_count > 0)
        printf(", and that they own items of the plan");
    if (traces->seat_count > 0)
        printf("; they sat at %lld tables", (long long)traces->seat_count);
    printf(".\n");
    printf(
        "They go for good. What was done and when stays, and every chain stays whole; of this id "
        "nothing is told by person any more.\n");
}

static bool forget(
    const struct command_line *line, struct record *record, struct str person, struct err *reterr)
{
    struct arena arena = {0};
    struct record_traces traces = {0};
    size_t count = 0;
    bool ok = record_person_traces(record, person, &arena, &traces, reterr);
    if (ok) {
        tell_before(line, person, &traces);
        ok = erase_is_wanted(line, reterr) && record_forget(record, person, &count, reterr);
    }
    if (ok) {
        printf("Forgotten: %zu texts%s of %.*s.\n", count,
            traces.name.len > 0 ? " and the name" : "", STR_ARG(person));
        erase_tell_duty(line, record);
    }
    arena_fini(&arena);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    struct record *record = NULL;
    struct err err;
    bool ok = record_open(command_db(line), RECORD_WRITE, &record, &err) &&
              forget(line, record, str_of(line->arguments[0]), &err);
    record_close(record);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_forget = {
    .name = "forget",
    .arguments = "PERSON",
    .argument_min = 1,
    .argument_max = 1,
    .help = "erase a person's name and words",
    .details =
        "PERSON is the id that `tocsin show` prints beside a seat: a person's own, or the\n"
        "seat's where nobody was assigned. All exercises of the file forget the name and all\n"
        "free texts, and the improvement plan forgets whom its items belonged to; events,\n"
        "findings and chains stay as they are. Says before what will go, and asks.",
    .examples = {"tocsin forget poc --yes --db drills.db"},
    .options = {COMMAND_DB, {"--yes", NULL, "go on without asking"}},
    .run = run,
};

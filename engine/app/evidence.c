/* Reading all exercises of a record.
 *
 * Scoring a table takes milliseconds and a year has hundreds, so what was found is kept in the
 * record's cache under a stamp over all that it depends on. The cache is written last and by a
 * handle of its own: who may only read the file gets the same answer, only later. Chains are not
 * verified here; `tocsin verify` does that, and a head that changed is scored anew. */
#include "app/evidence.h"

#include <string.h>

#include "app/summary.h"
#include "app/terminal.h"
#include "core/step.h"

/* Everything that one gathering has at hand. */
struct gathering {
    struct evidence *evidence;
    const struct evidence_filter *filter;
    struct record *record;
    struct record_exercise *exercises;
    size_t exercise_count;
    struct record_scored *kept; /* the cache, by table */
    size_t kept_count;
    struct record_scored *fresh; /* to be kept */
    size_t fresh_count, fresh_capacity;
    struct past_content content;  /* of the table that was scored last */
    size_t done_count, all_count; /* tables */
    struct str *teams;
    size_t team_count, team_capacity;
};

/* ---- the stamp ---- */

static bool stamp_of(struct gathering *gathering, const struct record_exercise *exercise,
    int64_t table, struct hash *ret_stamp, struct err *reterr)
{
    struct hash head;
    int64_t seq;
    char version[60];
    if (!record_head(gathering->record, table, &seq, &head, reterr))
        return false;
    snprintf(
        version, sizeof(version), "%d %d %s", EVIDENCE_VERSION, STEP_SEMANTICS, TOCSIN_VERSION);
    const struct str parts[] = {{(const char *)head.bytes, HASH_BYTES},
        {(const char *)exercise->content.bytes, HASH_BYTES}, str_of(version)};
    *ret_stamp = hash_of(parts, 3);
    return true;
}

static struct str find_kept(
    const struct gathering *gathering, int64_t table, const struct hash *stamp)
{
    size_t low = 0, high = gathering->kept_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (gathering->kept[middle].table < table)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_there = low < gathering->kept_count && gathering->kept[low].table == table &&
                    hash_eq(&gathering->kept[low].stamp, stamp);
    return is_there ? gathering->kept[low].body : STR("");
}

/* ---- one table ---- */

/* Fills the body, and notes it for the cache. */
static bool score_table(struct gathering *gathering, const struct record_exercise *exercise,
    const struct record_table *table, struct record_scored *scored, struct err *reterr)
{
    struct past past = {0};
    struct buf out = {0};
    struct arena *arena = &gathering->evidence->arena;
    struct past_lent lent = {gathering->record, exercise, table, &gathering->content};
    bool ok = past_open_lent(&past, &lent, reterr);
    if (ok) {
        evidence_write(&past, &out);
        scored->body = arena_str(arena, buf_str(&out));
        gathering->fresh = arena_grow(arena, gathering->fresh, gathering->fresh_count,
            &gathering->fresh_capacity, sizeof(*gathering->fresh));
        gathering->fresh[gathering->fresh_count++] = *scored;
    }
    buf_fini(&out);
    past_close(&past);
    return ok;
}

static void note_team(struct gathering *gathering, struct str team)
{
    if (strs_contain((struct strs){gathering->teams, gathering->team_count}, team))
        return;
    gathering->teams = arena_grow(&gathering->evidence->arena, gathering->teams,
        gathering->team_count, &gathering->team_capacity, sizeof(*gathering->teams));
    gathering->teams[gathering->team_count++] = team;
}

static bool take_table(struct gathering *gathering, const struct record_exercise *exercise,
    const struct record_table *table, struct err *reterr)
{
    struct evidence *evidence = gathering->evidence;
    struct evidence_place place = {.exercise = (int)evidence->exercise_count - 1,
        .table = table->id,
        .team = gathering->filter->team};
    struct record_scored scored = {.table = table->table};
    struct str team;
    bool is_wanted;
    if (!stamp_of(gathering, exercise, table->table, &scored.stamp, reterr))
        return false;
    scored.body = find_kept(gathering, table->table, &scored.stamp);
    if (scored.body.len == 0 || !evidence_read(evidence, &place, scored.body, &team, &is_wanted)) {
        if (!score_table(gathering, exercise, table, &scored, reterr))
            return false;
        if (!evidence_read(evidence, &place, scored.body, &team, &is_wanted))
            return err_set(
                reterr, ERR_IO, "%.*s: what was found cannot be read back", STR_ARG(table->id));
    }
    note_team(gathering, team);
    evidence->table_count += is_wanted;
    return true;
}

/* ---- all of them ---- */

static bool is_since(const struct gathering *gathering, const struct record_exercise *exercise)
{
    int64_t since_ms = gathering->filter->since_ms;
    return since_ms == 0 || (!exercise->manual_clock && exercise->created_wall_ms >= since_ms);
}

bool evidence_tells(const struct evidence *evidence, int exercise, struct str person)
{
    const struct evidence_consent *consent = &evidence->consents[exercise];
    return consent->by_person &&
           !record_forgotten_has(&evidence->forgotten, person, consent->entry);
}

static void begin_exercise(struct evidence *evidence, const struct record_exercise *exercise)
{
    evidence->exercises = arena_grow(&evidence->arena, evidence->exercises,
        evidence->exercise_count, &evidence->exercise_capacity, sizeof(*evidence->exercises));
    evidence->consents = arena_grow(&evidence->arena, evidence->consents, evidence->exercise_count,
        &evidence->consent_capacity, sizeof(*evidence->consents));
    evidence->consents[evidence->exercise_count] =
        (struct evidence_consent){exercise->by_person, exercise->entry};
    evidence->exercises[evidence->exercise_count++] =
        (struct skill_exercise){.id = exercise->exercise,
            .scenario = exercise->scenario,
            .date_ms = exercise->manual_clock ? 0 : exercise->created_wall_ms,
            .mode = -1};
}

/* It may be the first of the team that is wanted, which is known then, though nothing can be said
 * of it yet. */
static void take_running(struct gathering *gathering, const struct record_exercise *exercise)
{
    struct evidence *evidence = gathering->evidence;
    struct str wanted = gathering->filter->team;
    struct str team = wanted;
    if (wanted.len > 0) {
        team = summary_organisation(gathering->record, exercise->exercise, &evidence->arena);
        note_team(gathering, team);
    }
    evidence->running_count += str_eq(team, wanted);
}

/* An exercise none of whose tables counts leaves no trace. */
static bool take_exercise(
    struct gathering *gathering, const struct record_exercise *exercise, struct err *reterr)
{
    struct evidence *evidence = gathering->evidence;
    size_t table_count = evidence->table_count;
    begin_exercise(evidence, exercise);
    for (size_t i = 0; i < exercise->table_count; i++) {
        if (!exercise->tables[i].has_ended)
            take_running(gathering, exercise);
        else if (!take_table(gathering, exercise, &exercise->tables[i], reterr))
            return false;
        gathering->done_count++;
        if (gathering->fresh_count > 0)
            terminal_progress((void *)(uintptr_t) "scoring", (int64_t)gathering->done_count,
                (int64_t)gathering->all_count);
    }
    evidence->exercise_count -= evidence->table_count == table_count;
    return true;
}

static bool take_all(struct gathering *gathering, struct err *reterr)
{
    for (size_t i = 0; i < gathering->exercise_count; i++) {
        if (is_since(gathering, &gathering->exercises[i]) &&
            !take_exercise(gathering, &gathering->exercises[i], reterr))
            return false;
    }
    if (gathering->fresh_count > 0 && gathering->done_count < gathering->all_count)
        terminal_progress((void *)(uintptr_t) "scoring", (int64_t)gathering->all_count,
            (int64_t)gathering->all_count);
    return true;
}

/* ---- names ---- */

/* Of the newest exercise: what its house calls skills now. Without any, the rows show ids. */
static void load_names(struct gathering *gathering)
{
    struct evidence *evidence = gathering->evidence;
    struct record_files files;
    struct problems problems = {0};
    if (evidence->exercise_count == 0)
        return;
    struct str newest = evidence->exercises[evidence->exercise_count - 1].id;
    if (record_exercise_files(gathering->record, newest, &evidence->arena, &files, NULL)) {
        struct bundle_file *pinned =
            ARENA_ARRAY(&evidence->arena, files.count + 1, struct bundle_file);
        size_t count = 0;
        for (size_t i = 0; i < files.count; i++)
            if (str_eq(files.items[i].path, STR("roles/catalogue.yaml")) ||
                str_eq(files.items[i].path, STR("roles/skills.yaml")))
                pinned[count++] = (struct bundle_file){files.items[i].path, files.items[i].bytes};
        struct bundle bundle = {.files = pinned, .file_count = count};
        load_roles(&bundle, &evidence->arena, &problems, &evidence->roles);
    }
    problems_fini(&problems);
}

/* ---- the cache ---- */

static void keep(struct gathering *gathering, const char *db)
{
    struct evidence *evidence = gathering->evidence;
    struct record *record = NULL;
    evidence->scored_count = gathering->fresh_count;
    evidence->is_kept = gathering->fresh_count == 0;
    if (gathering->fresh_count == 0 || evidence->is_older || gathering->filter->only_reads)
        return;
    evidence->is_kept =
        record_open(db, RECORD_WRITE, &record, &evidence->keep_err) &&
        record_scored_keep(record, gathering->fresh, gathering->fresh_count, &evidence->keep_err);
    record_close(record);
}

static bool gather(struct gathering *gathering, const char *db, struct err *reterr)
{
    struct evidence *evidence = gathering->evidence;
    if (!record_open(db, RECORD_READ, &gathering->record, reterr))
        return false;
    bool is_one = record_snapshot_begin(gathering->record);
    bool ok =
        record_forgotten_read(gathering->record, &evidence->arena, &evidence->forgotten, reterr) &&
        record_exercise_list(gathering->record, &evidence->arena, &gathering->exercises,
            &gathering->exercise_count, reterr) &&
        record_scored_list(
            gathering->record, &evidence->arena, &gathering->kept, &gathering->kept_count, reterr);
    for (size_t i = 0; ok && i < gathering->exercise_count; i++)
        gathering->all_count += gathering->exercises[i].table_count;
    ok = ok && take_all(gathering, reterr);
    evidence->is_older = !record_scored_can(gathering->record);
    if (ok)
        load_names(gathering);
    if (is_one)
        record_snapshot_end(gathering->record);
    record_close(gathering->record);
    return ok;
}

bool evidence_gather(struct evidence *evidence, const char *db,
    const struct evidence_filter *filter, struct err *reterr)
{
    struct gathering gathering = {.evidence = evidence, .filter = filter};
    bool ok = gather(&gathering, db, reterr);
    past_content_fini(&gathering.content);
    if (!ok)
        return false;
    keep(&gathering, db);
    evidence->teams = (struct strs){gathering.teams, gathering.team_count};
    return true;
}

void evidence_fini(struct evidence *evidence)
{
    arena_fini(&evidence->arena);
}

size_t evidence_opportunities(
    struct evidence *evidence, struct skill_opportunity **ret_opportunities)
{
    size_t count = 0, room = 0;
    for (size_t i = 0; i < evidence->finding_count; i++)
        room += evidence->findings[i].rule->skills.count;
    struct skill_opportunity *items =
        ARENA_ARRAY(&evidence->arena, room + 1, struct skill_opportunity);
    for (size_t i = 0; i < evidence->finding_count; i++) {
        const struct evidence_finding *found = &evidence->findings[i];
        for (size_t s = 0; s < found->rule->skills.count; s++)
            items[count++] = (struct skill_opportunity){.exercise = found->exercise,
                .count = found->count,
                .role = found->role,
                .person = found->person,
                .skill = found->rule->skills.items[s],
                .outcome = found->outcome,
                .cause = found->cause,
                .severity = found->rule->severity,
                .pack = found->rule->pack,
                .major = found->rule->major};
    }
    *ret_opportunities = items;
    return count;
}

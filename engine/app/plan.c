/* From items to rows: whether a later exercise has tested the rule again.
 *
 * Nobody sets "verified", because then it would say who was satisfied and not what was shown. It is
 * asked of the exercises each time, so that a later miss takes it back. "Later" is by the order of
 * the programme's entries: an item that is marked as done after the exercise has not been tested by
 * it. */
#include "app/plan.h"

#include "app/evidence.h"

const char *const plan_retest_names[RETEST_COUNT] = {
    [RETEST_NONE] = "none",
    [RETEST_EARLY] = "early",
    [RETEST_MISSED] = "missed",
    [RETEST_HINTED] = "hinted",
    [RETEST_MET] = "met",
};

/* ---- the retest ---- */

static int64_t entry_of(const struct plan *plan, struct str exercise)
{
    /* A table goes by its exercise's id and a place: "phone-tree-3/2". */
    struct str id = exercise, rest;
    if (str_cut(exercise, '/', &id, &rest))
        exercise = id;
    for (size_t i = 0; i < plan->record.exercise_count; i++)
        if (str_eq(plan->record.exercises[i].id, exercise))
            return plan->record.exercises[i].entry;
    return 0;
}

static bool is_about(const struct evidence_finding *found, const struct record_plan_item *item)
{
    int64_t major;
    return str_to_int64(item->values[PLAN_MAJOR], &major) && found->rule->major == major &&
           str_eq(found->rule->id, item->values[PLAN_RULE]) &&
           str_eq(found->rule->pack, item->values[PLAN_PACK]);
}

/* What one exercise says of the rule. */
struct shown {
    int64_t entry;
    struct str exercise;
    bool is_from_file;
    int64_t met, hinted, missed;
};

static void note_shown(struct shown *shown, const struct evidence_finding *found)
{
    shown->missed += found->outcome == OUTCOME_MISSED ? found->count : 0;
    shown->hinted += found->outcome == OUTCOME_HINTED ? found->count : 0;
    shown->met +=
        found->outcome == OUTCOME_FULL || found->outcome == OUTCOME_PARTIAL ? found->count : 0;
}

/* The last exercise after the item's own that has judged its rule. */
static struct shown find_last(
    const struct plan *plan, const struct evidence *evidence, const struct record_plan_item *item)
{
    struct shown last = {.entry = entry_of(plan, item->values[PLAN_EXERCISE])};
    for (size_t i = 0; i < evidence->finding_count; i++) {
        const struct evidence_finding *found = &evidence->findings[i];
        if (!is_about(found, item))
            continue;
        struct str exercise = evidence->exercises[found->exercise].id;
        int64_t entry = entry_of(plan, exercise);
        if (entry > last.entry)
            last = (struct shown){.entry = entry,
                .exercise = exercise,
                .is_from_file = evidence->exercises[found->exercise].date_ms == 0};
        if (last.exercise.len > 0 && entry == last.entry)
            note_shown(&last, found);
    }
    return last;
}

static void judge(const struct plan *plan, const struct evidence *evidence, struct plan_row *row)
{
    struct shown last = find_last(plan, evidence, row->item);
    if (last.exercise.len == 0)
        return;
    row->retested_in = last.exercise;
    row->is_from_file = last.is_from_file;
    row->is_since_done = row->item->done_entry > 0 && last.entry > row->item->done_entry;
    if (last.missed > 0)
        row->retest = RETEST_MISSED;
    else if (!row->is_since_done)
        row->retest = RETEST_EARLY;
    else
        row->retest = last.met > 0 ? RETEST_MET : RETEST_HINTED;
    row->is_verified = row->retest == RETEST_MET && row->item->status == PLAN_DONE;
}

/* ---- all rows ---- */

/* One organisation's exercises say nothing of another's plan. */
static bool judge_team(struct plan *plan, const char *db, struct str team, struct err *reterr)
{
    struct evidence evidence = {0};
    struct evidence_filter filter = {.team = team};
    bool ok = evidence_gather(&evidence, db, &filter, reterr);
    for (size_t i = 0; ok && i < plan->row_count; i++) {
        struct plan_row *row = &plan->rows[i];
        if (!str_eq(row->item->values[PLAN_TEAM], team) || row->item->values[PLAN_RULE].len == 0)
            continue;
        judge(plan, &evidence, row);
        row->retested_in = arena_str(&plan->arena, row->retested_in);
    }
    evidence_fini(&evidence);
    return ok;
}

static bool judge_all(struct plan *plan, const char *db, struct err *reterr)
{
    struct str *teams = ARENA_ARRAY(&plan->arena, plan->row_count + 1, struct str);
    struct strs there = {teams, 0};
    for (size_t i = 0; i < plan->row_count; i++) {
        const struct record_plan_item *item = plan->rows[i].item;
        if (item->values[PLAN_RULE].len > 0 && !strs_contain(there, item->values[PLAN_TEAM]))
            teams[there.count++] = item->values[PLAN_TEAM];
    }
    for (size_t i = 0; i < there.count; i++)
        if (!judge_team(plan, db, teams[i], reterr))
            return false;
    return true;
}

static bool is_late(const struct plan *plan, const struct record_plan_item *item)
{
    struct str due = item->values[PLAN_DUE];
    bool is_under_way = item->status == PLAN_OPEN || item->status == PLAN_IN_PROGRESS;
    return is_under_way && due.len > 0 && str_cmp(due, plan->today) < 0;
}

/* An item that was written by hand belongs to no organisation, and stands in every one's plan. */
static bool is_wanted(const struct record_plan_item *item, const struct plan_wanted *wanted)
{
    struct str team = item->values[PLAN_TEAM];
    return (wanted->exercise.len == 0 || str_eq(item->values[PLAN_EXERCISE], wanted->exercise)) &&
           (wanted->team.len == 0 || team.len == 0 || str_eq(team, wanted->team));
}

static void add_rows(struct plan *plan, const struct plan_wanted *wanted)
{
    plan->rows = ARENA_ARRAY(&plan->arena, plan->record.item_count + 1, struct plan_row);
    for (size_t i = 0; i < plan->record.item_count; i++) {
        const struct record_plan_item *item = &plan->record.items[i];
        if (is_wanted(item, wanted))
            plan->rows[plan->row_count++] =
                (struct plan_row){.item = item, .is_overdue = is_late(plan, item)};
    }
}

static bool read_record(struct plan *plan, const struct plan_wanted *wanted, struct err *reterr)
{
    struct record *record = NULL;
    struct record_person *persons = NULL;
    struct record_exercise exercise;
    size_t count = 0;
    bool ok = record_open(wanted->db, RECORD_READ, &record, reterr) &&
              record_plan_read(record, &plan->arena, &plan->record, reterr) &&
              record_person_list(record, &plan->arena, &persons, &count, reterr);
    if (ok)
        add_rows(plan, wanted);
    /* A plan outlives its exercise; only an id of which nothing is known is a slip. */
    if (ok && wanted->exercise.len > 0 && plan->row_count == 0 && wanted->team.len == 0)
        ok = record_exercise_find(record, wanted->exercise, &plan->arena, &exercise, reterr);
    plan->alias = (struct alias){.origin = plan->record.origin,
        .with_names = wanted->with_names,
        .persons = persons,
        .person_count = count};
    if (ok && wanted->with_words)
        plan_words_find(plan, record);
    ok = ok && record_forgotten_read(record, &plan->arena, &plan->alias.forgotten, reterr);
    record_close(record);
    return ok;
}

bool plan_open(struct plan *plan, const struct plan_wanted *wanted, struct err *reterr)
{
    plan->today = wanted->today;
    return read_record(plan, wanted, reterr) && judge_all(plan, wanted->db, reterr);
}

void plan_close(struct plan *plan)
{
    arena_fini(&plan->arena);
}

/* ---- values ---- */

struct str plan_status(const struct plan_row *row)
{
    return row->is_verified ? STR("verified") : str_of(record_plan_status_names[row->item->status]);
}

struct str plan_value(
    struct plan *plan, const struct plan_row *row, enum record_plan_field field, enum lang lang)
{
    static const struct words forgotten = WORDS("(forgotten)", "（削除済み）");
    struct str value = row->item->values[field];
    if (row->item->is_forgotten[field])
        return forgotten.in[lang];
    return field == PLAN_OWNER ? alias_of(&plan->alias, value, &plan->arena) : value;
}

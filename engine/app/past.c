/* Reading an exercise back. */
#include "app/past.h"

#include "app/other_rules.h"
#include "base/duration.h"
#include "core/apply.h"
#include "core/event_check.h"

struct str past_date(struct arena *arena, int64_t wall_ms)
{
    return calendar_format(arena, wall_ms / 1000 * 1000, 0);
}

static struct bundle bundle_of(const struct record_files *files, struct arena *arena)
{
    struct bundle_file *pinned = ARENA_ARRAY(arena, files->count + 1, struct bundle_file);
    for (size_t i = 0; i < files->count; i++)
        pinned[i] = (struct bundle_file){files->items[i].path, files->items[i].bytes};
    return (struct bundle){.files = pinned, .file_count = files->count};
}

static bool load_files(const struct record_files *files, struct arena *arena,
    struct past_pinned ret_pinned, struct err *reterr)
{
    struct bundle bundle = bundle_of(files, arena);
    struct problems problems = {0};
    bool ok = load_scenario(&bundle, arena, &problems, ret_pinned.def, ret_pinned.rules);
    if (!ok)
        problems_to_err(&problems, reterr);
    problems_fini(&problems);
    return ok;
}

bool past_load_pinned(struct record *record, struct str exercise, struct arena *arena,
    struct past_pinned ret_pinned, struct err *reterr)
{
    struct record_files files;
    return record_exercise_files(record, exercise, arena, &files, reterr) &&
           load_files(&files, arena, ret_pinned, reterr);
}

bool past_bundle(struct past *past, struct bundle *ret_bundle, struct err *reterr)
{
    struct record_files files;
    if (!record_exercise_files(past->record, past->exercise.id, &past->arena, &files, reterr))
        return false;
    *ret_bundle = bundle_of(&files, &past->arena);
    return true;
}

static bool load_other_rules(
    struct past *past, const struct record_files *files, struct err *reterr)
{
    struct bundle bundle = bundle_of(files, &past->arena);
    if (!other_rules_lay(past->rules_from, &past->arena, &bundle, &past->unused_rules, reterr))
        return false;
    return load_scenario(&bundle, &past->arena, &past->problems, &past->def, &past->rules) ||
           !problems_to_err(&past->problems, reterr);
}

static bool load_definition(struct past *past, struct err *reterr)
{
    struct record_files files;
    struct past_pinned pinned = {&past->def, &past->rules};
    if (!record_exercise_files(past->record, past->exercise.id, &past->arena, &files, reterr))
        return false;
    return past->rules_from != NULL ? load_other_rules(past, &files, reterr)
                                    : load_files(&files, &past->arena, pinned, reterr);
}

static bool read_events(struct past *past, struct err *reterr)
{
    struct record_cursor *cursor;
    if (!record_events(past->record, past->exercise.table, 1, &cursor, reterr))
        return false;
    size_t capacity = 0, wall_capacity = 0;
    struct str line;
    int64_t wall_ms;
    bool ok = true;
    while (ok && record_cursor_next(cursor, &line, &wall_ms)) {
        past->events = arena_grow(
            &past->arena, past->events, past->event_count, &capacity, sizeof(struct event));
        past->wall_ms = arena_grow(
            &past->arena, past->wall_ms, past->event_count, &wall_capacity, sizeof(int64_t));
        past->wall_ms[past->event_count] = wall_ms;
        ok = event_read(
            arena_str(&past->arena, line), &past->arena, &past->events[past->event_count], reterr);
        past->event_count += ok;
    }
    ok = ok && !record_cursor_failed(cursor, reterr);
    record_cursor_close(cursor);
    return ok;
}

static bool find_exercise(struct past *past, const char *id, struct err *reterr)
{
    if (id == NULL)
        return record_exercise_last(past->record, &past->arena, &past->exercise, reterr);
    return record_exercise_find(past->record, str_of(id), &past->arena, &past->exercise, reterr);
}

/* A chain proves that nobody changed a record, not that Tocsin made it: what apply trusts its own
 * events to be is asked of each. */
static bool fold_events(struct past *past, struct err *reterr)
{
    past->state = state_new(&past->def);
    for (size_t i = 0; i < past->event_count; i++) {
        if (!event_check(past->state, &past->events[i], reterr))
            return false;
        apply_event(past->state, &past->events[i]);
    }
    return true;
}

static bool read_all(struct past *past, struct err *reterr)
{
    int64_t wall_ms;
    return read_events(past, reterr) &&
           record_clock(past->record, past->exercise.table, &past->clock_ms, &wall_ms, reterr) &&
           fold_events(past, reterr);
}

bool past_open(struct past *past, const char *db, const char *id, struct err *reterr)
{
    return record_open(db, RECORD_READ, &past->record, reterr) && find_exercise(past, id, reterr) &&
           record_verify(past->record, past->exercise.table, (struct str){0}, reterr) &&
           load_definition(past, reterr) && read_all(past, reterr);
}

static bool have_content(struct past *past, struct past_content *content, struct err *reterr)
{
    struct past_pinned pinned = {&content->def, &content->rules};
    if (content->is_there && hash_eq(&content->hash, &past->exercise.content))
        return true;
    past_content_fini(content);
    if (!past_load_pinned(past->record, past->exercise.exercise, &content->arena, pinned, reterr))
        return false;
    content->hash = past->exercise.content;
    content->is_there = true;
    return true;
}

/* A list shows an exercise from its first table. */
bool past_open_lent(struct past *past, const struct past_lent *lent, struct err *reterr)
{
    past->record = lent->record;
    past->is_lent = true;
    past->exercise = *lent->listed;
    past->exercise.id = lent->table->id;
    past->exercise.table = lent->table->table;
    past->exercise.manual_clock = lent->table->manual_clock;
    if (!have_content(past, lent->content, reterr))
        return false;
    past->def = lent->content->def;
    past->rules = lent->content->rules;
    return read_all(past, reterr);
}

void past_content_fini(struct past_content *content)
{
    arena_fini(&content->arena);
    *content = (struct past_content){0};
}

void past_close(struct past *past)
{
    state_free(past->state);
    if (!past->is_lent)
        record_close(past->record);
    problems_fini(&past->problems);
    arena_fini(&past->arena);
}

struct str past_text(void *self, struct str ref)
{
    struct past *past = self;
    return record_text_find(past->record, past->exercise.table, ref, &past->arena);
}

struct scorer *past_score(const struct past *past, const struct rules *rules,
    const struct finding **ret_items, size_t *ret_count)
{
    struct scorer *scorer = scorer_new(&past->def, rules);
    for (size_t i = 0; i < past->event_count; i++)
        scorer_feed(scorer, &past->events[i]);
    scorer_findings(scorer, past->clock_ms, ret_items, ret_count);
    return scorer;
}

/* A list of exercises must not step each of them again. The first event says how a table is played;
 * of the others only the kinds are looked at. */
#include "app/summary.h"

#include "base/json_read.h"
#include "core/event.h"

const struct words summary_status_words[STATUS_COUNT] = {
    [STATUS_NEW] = WORDS("being prepared", "準備中"),
    [STATUS_READY] = WORDS("waiting for the start", "開始待ち"),
    [STATUS_RUNNING] = WORDS("running", "進行中"),
    [STATUS_PAUSED] = WORDS("paused", "一時停止中"),
    [STATUS_ENDED] = WORDS("ended", "終了"),
    [STATUS_SEALED] = WORDS("sealed", "確定済み"),
    [STATUS_STOPPED] = WORDS("stopped for a real incident", "中止（実際のインシデント）"),
};

/* Plus one, so that 0 is a kind that changes nothing. */
static const int status_after[EVENT_KIND_COUNT] = {
    [EVENT_CREATED] = STATUS_READY + 1,
    [EVENT_STARTED] = STATUS_RUNNING + 1,
    [EVENT_RESUMED] = STATUS_RUNNING + 1,
    [EVENT_PAUSED] = STATUS_PAUSED + 1,
    [EVENT_GAP_OPENED] = STATUS_PAUSED + 1,
    [EVENT_ENDED] = STATUS_ENDED + 1,
    [EVENT_SEALED] = STATUS_SEALED + 1,
    [EVENT_STOPPED] = STATUS_STOPPED + 1,
};

static bool take(struct summary *summary, struct str line, struct arena *arena, struct err *reterr)
{
    enum event_kind kind;
    struct str name;
    struct event event;
    arena_reset(arena);
    if (!json_to_str(json_get(line, STR("kind")), arena, &name) || !event_kind_find(name, &kind))
        return true; /* verify says so */
    if (status_after[kind] > 0)
        summary->status = (enum status)(status_after[kind] - 1);
    if (kind != EVENT_CREATED)
        return true;
    if (!event_read(line, arena, &event, reterr))
        return false;
    summary->mode = (enum mode)event.body.created.mode;
    summary->difficulty = event.body.created.difficulty;
    return true;
}

bool summary_read(
    struct record *record, int64_t table, struct summary *ret_summary, struct err *reterr)
{
    struct arena arena = {0};
    struct record_cursor *cursor;
    struct str line;
    int64_t wall_ms;
    if (!record_events(record, table, 1, &cursor, reterr))
        return false;
    *ret_summary = (struct summary){.status = STATUS_NEW};
    bool ok = true;
    while (ok && record_cursor_next(cursor, &line, &wall_ms))
        ok = take(ret_summary, line, &arena, reterr);
    ok = ok && !record_cursor_failed(cursor, reterr);
    record_cursor_close(cursor);
    arena_fini(&arena);
    return ok;
}

bool summary_has_overlay(struct record *record, struct str exercise)
{
    struct arena arena = {0};
    struct record_file file = {.path = STR("overlay.yaml")};
    bool has = record_exercise_file(record, exercise, &file, &arena, NULL);
    arena_fini(&arena);
    return has;
}

struct str summary_organisation(struct record *record, struct str exercise, struct arena *arena)
{
    const struct str folder = STR("roles/organisations/"), ending = STR(".yaml");
    struct record_files files = {0};
    struct str name = STR("");
    struct arena own = {0};
    bool ok = record_exercise_files(record, exercise, &own, &files, NULL);
    for (size_t i = 0; ok && i < files.count; i++) {
        struct str path = files.items[i].path;
        if (str_starts_with(path, folder) && path.len > folder.len + ending.len)
            name = arena_str(
                arena, (struct str){path.ptr + folder.len, path.len - folder.len - ending.len});
    }
    arena_fini(&own);
    return name;
}

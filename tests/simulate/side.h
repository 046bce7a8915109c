/* One table of the two, with its record in a file of its own. */
#ifndef SIMULATE_SIDE_H
#define SIMULATE_SIDE_H

#include <stdio.h>
#include <unistd.h>

#include "app/table.h"

struct side {
    char path[96];
    struct record *record;
    struct table *table;
    struct buf turn; /* lines recorded since the step began */
    int64_t last_seq;
};

static inline void side_remove_files(const struct side *side)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[sizeof(side->path) + 16];
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        snprintf(path, sizeof(path), "%s%s", side->path, ends[i]);
        (void)unlink(path);
    }
}

/* In memory where there is such a folder: the disk's patience is not what is tested. */
static inline bool side_open(
    struct side *side, const char *name, const struct table_options *options, struct err *reterr)
{
    struct problems problems = {0};
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(side->path, sizeof(side->path), "%s/simulate-%ld-%s.db", folder, (long)getpid(), name);
    side_remove_files(side);
    bool ok = record_open(side->path, RECORD_CREATE, &side->record, reterr) &&
              table_create(side->record, options, &problems, &side->table, reterr);
    problems_fini(&problems);
    return ok;
}

static inline void side_close(struct side *side)
{
    table_free(side->table);
    record_close(side->record);
    buf_fini(&side->turn);
    side_remove_files(side);
}

/* The process dies; another one takes the exercise up. */
static inline bool side_crash(struct side *side, struct err *reterr)
{
    char exercise[64];
    snprintf(exercise, sizeof(exercise), "%.*s", STR_ARG(table_exercise(side->table)));
    table_free(side->table);
    record_close(side->record);
    side->table = NULL;
    side->record = NULL;
    if (!record_open(side->path, RECORD_WRITE, &side->record, reterr) ||
        !record_exercise_lock(side->record, str_of(exercise), reterr) ||
        !table_resume(side->record, str_of(exercise), &side->table, reterr))
        return false;
    struct str quarrel = table_quarrel(side->table);
    return quarrel.len == 0 || err_set(reterr, ERR_IO, "%.*s", STR_ARG(quarrel));
}

/* The seq of the last event in the record, and its hash. */
static inline bool side_head(
    const struct side *side, int64_t *ret_seq, struct hash *ret_head, struct err *reterr)
{
    return record_head(side->record, table_number(side->table), ret_seq, ret_head, reterr);
}

#endif

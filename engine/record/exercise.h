/* The exercises of a record, and the files that each was made from. Part of record/record.h. */
#ifndef RECORD_EXERCISE_H
#define RECORD_EXERCISE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

struct record;

/* A file that the exercise was made from, pinned by content. */
struct record_file {
    struct str path;
    struct str bytes;
};

struct record_files {
    const struct record_file *items;
    size_t count;
};

/* One of the tables of an exercise. */
struct record_table {
    int64_t table; /* the stream's number in this file */
    struct str id; /* "phone-tree-1" for the first, then "phone-tree-1/2" … */
    int64_t opened_wall_ms;
    bool manual_clock; /* time comes from a file or a test, never from the wall */
    bool has_ended;    /* its end, or its stop, was noted */
};

/* An exercise, seen from one of its tables: the first, unless another one was asked for. */
struct record_exercise {
    struct str id;       /* "phone-tree-1", "phone-tree-1/2": what commands take and print */
    struct str exercise; /* the same without the table */
    int64_t table;       /* the stream's number */
    struct str scenario; /* the definition's id */
    int64_t created_wall_ms;
    int64_t entry;     /* by which it was created: its place in the programme */
    bool manual_clock; /* of this table */
    bool by_person;    /* its people agreed that results are told by person, and not by role only */
    struct hash content;               /* over all pinned files' paths and bytes */
    const struct record_table *tables; /* all of them, in order */
    size_t table_count;
};

/* What a new exercise, or a new table of one, is made of. */
struct record_made_of {
    struct str scenario; /* the definition's id */
    struct str exercise; /* record_table_new: the exercise that the table joins */
    bool manual_clock;
    bool by_person; /* of a new exercise; a further table has what the exercise has */
    int64_t wall_ms;
    const struct record_file *files; /* record_table_new: none, or the same as were pinned */
    size_t file_count;
};

/* Picks the id (scenario-N), pins the files (there is at least one), notes it in the programme's
 * stream. All of it is kept together with the first turn, and nobody else can write until that has
 * come: the next call is record_append for its table, or record_exercise_drop. */
bool record_exercise_new(struct record *record, const struct record_made_of *made_of,
    struct arena *arena, struct record_exercise *ret_exercise, struct err *reterr);
/* Opens a further table of an exercise, noted and kept in the same manner. Files other than those
 * that the exercise pinned are refused. */
bool record_table_new(struct record *record, const struct record_made_of *made_of,
    struct arena *arena, struct record_exercise *ret_exercise, struct err *reterr);
/* Takes a new exercise or table back whose first turn does not come; nothing to do is fine. */
void record_exercise_drop(struct record *record);

/* By "ID" or "ID/2". An absent one gives an error that names near ids; a deleted one says so. */
bool record_exercise_find(struct record *record, struct str id, struct arena *arena,
    struct record_exercise *ret_exercise, struct err *reterr);
bool record_exercise_last(struct record *record, struct arena *arena,
    struct record_exercise *ret_exercise, struct err *reterr);
/* Each exercise once, in the order of creation; what was deleted is not listed. */
bool record_exercise_list(struct record *record, struct arena *arena,
    struct record_exercise **ret_items, size_t *ret_count, struct err *reterr);
bool record_exercise_files(struct record *record, struct str id, struct arena *arena,
    struct record_files *ret_files, struct err *reterr);
/* The bytes of one of them, `file->path`; an error when the exercise has no such file. */
bool record_exercise_file(struct record *record, struct str id, struct record_file *file,
    struct arena *arena, struct err *reterr);

/* Claims one table of an exercise for this process until record_close: a second one is refused. */
bool record_exercise_lock(struct record *record, struct str id, struct err *reterr);
void record_exercise_unlock(struct record *record, struct str id); /* gives the claim back */

#endif

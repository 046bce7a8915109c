/* Looking after a record: who is who, forgetting, deleting, copying. Part of record/record.h.
 *
 * Each of these does all of its work or none of it, and an error says what to do. */
#ifndef RECORD_UPKEEP_H
#define RECORD_UPKEEP_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

struct record;

/* ---- who is who: the only place of a record that holds names ---- */

struct record_person {
    struct str id; /* as it stands beside that person's texts */
    struct str name;
};

/* Gives the person this name, or another one. */
bool record_person_set(struct record *record, struct str id, struct str name, struct err *reterr);
/* By id; copies into the arena. */
bool record_person_list(struct record *record, struct arena *arena,
    struct record_person **ret_items, size_t *ret_count, struct err *reterr);

/* What would be forgotten with a person. */
struct record_traces {
    struct str name; /* empty: none */
    int64_t text_count;
    int64_t table_count; /* at how many tables those were written */
    int64_t plan_count;  /* as an owner in the improvement plan, changes included */
    int64_t
        seat_count; /* at how many tables they were given a seat since they were forgotten last */
};

/* Fails as record_forget would: a person of whom nothing is known is an error. */
bool record_person_traces(struct record *record, struct str person, struct arena *arena,
    struct record_traces *ret_traces, struct err *reterr);

/* ---- erasing ---- */

/* Forgets the person's name and words in all exercises, and as an owner in the plan; ret_count says
 * how many texts of exercises that were. Every chain stays whole. A person of whom nothing is known
 * is an error that names near ids. */
bool record_forget(struct record *record, struct str person, size_t *ret_count, struct err *reterr);

/* Who was forgotten, and when: by aliases, because an id would bring them back. What they did
 * before is told of nobody; who comes back afterwards is somebody new. */
struct record_forgotten {
    struct hash origin; /* the programme's first entry: no other file has it */
    struct record_forgotten_person {
        struct hash alias;
        int64_t entry;
    } * items;
    size_t count, capacity;
};

bool record_forgotten_read(struct record *record, struct arena *arena,
    struct record_forgotten *ret_forgotten, struct err *reterr);
/* Whether what the person did in the exercise of this entry is told of nobody. */
bool record_forgotten_has(
    const struct record_forgotten *forgotten, struct str person, int64_t exercise_entry);
struct hash record_alias(const struct hash *origin, struct str person);

/* Deletes an exercise with all its tables, refused while somebody plays at one of them. The
 * programme keeps a note of it, dated wall_ms, with the heads that its tables had. */
bool record_delete(struct record *record, struct str exercise, int64_t wall_ms, struct err *reterr);

/* Whether bytes of what was erased last may still stand in the file or beside it, because another
 * process was reading or the disk refused to write them over. They go with the next erasing. */
bool record_has_remains(const struct record *record);

/* ---- copies: new files that appear whole or not at all; an existing one is refused ---- */

/* Called between steps; false gives up, and nothing is left. */
typedef bool record_progress(void *self, int64_t done_pages, int64_t all_pages);

/* The whole record as it is now, while others read and write it. progress may be NULL. */
bool record_backup(struct record *record, const char *path, record_progress *progress, void *self,
    struct err *reterr);

/* A record of this exercise alone, to hand on: its chains, inputs and pinned files, without names,
 * free texts and their salts. It verifies and can be stepped again. */
bool record_bundle(
    struct record *record, struct str exercise, const char *path, struct err *reterr);

#endif

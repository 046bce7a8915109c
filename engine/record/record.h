/* The record: one SQLite file with every exercise of a programme. The contract is docs/record.md.
 *
 * Append-only and hash-chained. Nobody else in the engine knows SQL. A handle is used by one
 * thread; another process may read at the same time, and only one may write to an exercise. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/hash.h"
#include "core/event.h"
#include "core/input.h"
#include "record/exercise.h" /* record_exercise_… */
#include "record/plan.h"     /* record_plan_… */
#include "record/room.h"     /* record_room_… record_pass_… */
#include "record/scored.h"   /* record_scored_… */
#include "record/upkeep.h"   /* record_person_… record_forget record_delete record_backup … */

enum record_open { RECORD_READ, RECORD_WRITE, RECORD_CREATE /* if there is none */ };

struct record;

/* Opens defensively: a file of another program, of a newer version or damaged gives an error that
 * says which and what to do, and nothing is changed; so does a read-only one, but for RECORD_READ.
 */
bool record_open(
    const char *path, enum record_open how, struct record **ret_record, struct err *reterr);
void record_close(struct record *record);

/* ---- one turn: everything that happened between two looks at the clock, one transaction ---- */

enum { RECORD_SALT_BYTES = 16 };

struct record_text {
    struct str field;
    struct str body;
    struct str ref;    /* what stands in input and event for it */
    struct str person; /* whose words they are, for `forget`; empty: not known */
};

struct record_input {
    const struct input *input;
    const uint8_t *salt; /* RECORD_SALT_BYTES; may be NULL when there are no texts */
    const struct record_text *texts;
    size_t text_count;
};

struct record_turn {
    int64_t table;
    int64_t wall_ms;                   /* 0 under a manual clock */
    int64_t clock_ms;                  /* exercise time that the clock had come to */
    const struct record_input *inputs; /* in order of seq */
    size_t input_count;
    const struct event *events; /* in order of seq */
    size_t event_count;
};

/* Several tables' turns in one transaction: all are kept, or none, and the handle stays usable. The
 * first event of each input stands in the input's own turn. An event that ends, seals or stops the
 * exercise is noted in the programme's stream with the head that the turn leads to. */
bool record_append(
    struct record *record, const struct record_turn *turns, size_t turn_count, struct err *reterr);

/* ---- reading ---- */

struct record_cursor;

/* Walks a table's inputs or events in order of seq, from a seq on. */
bool record_events(struct record *record, int64_t table, int64_t from_seq,
    struct record_cursor **ret_cursor, struct err *reterr);
bool record_inputs(struct record *record, int64_t table, int64_t from_seq,
    struct record_cursor **ret_cursor, struct err *reterr);

/* The next line of canonical JSON and its wall time; false at the end or on an error, told apart by
 * record_cursor_failed. The line is valid until the next call. */
bool record_cursor_next(struct record_cursor *cursor, struct str *ret_line, int64_t *ret_wall_ms);
bool record_cursor_failed(const struct record_cursor *cursor, struct err *reterr);
void record_cursor_close(struct record_cursor *cursor);

/* Readings between the two see one state of the file, and lock it once instead of once each. No
 * turn is appended meanwhile. False when it cannot be read now; there is nothing to end then. */
bool record_snapshot_begin(struct record *record);
void record_snapshot_end(struct record *record);

/* How far the table's clock was known to have come, and when that was. Times that cannot be are an
 * error. */
bool record_clock(struct record *record, int64_t table, int64_t *ret_clock_ms, int64_t *ret_wall_ms,
    struct err *reterr);

/* A free text by its salted hash; empty when it was forgotten or never there. */
struct str record_text_find(
    struct record *record, int64_t table, struct str ref, struct arena *arena);

/* An input that this actor sent with this client id: its seq and salt, so that a repeated one can
 * be recognised; false when there is none. A forgotten salt comes back as found without salt. */
struct record_known {
    int64_t seq;
    bool has_salt;
    uint8_t salt[RECORD_SALT_BYTES];
    struct hash digest; /* as record_input_digest gave it */
};
bool record_input_find(struct record *record, int64_t table, struct str actor, struct str id,
    struct record_known *ret_known);
/* What is alike when a client sends an input again: the hash of its line with at_ms and seq 0. */
struct hash record_input_digest(const struct input *input);

/* The chain's head: the hash of the last event and its seq (0 and zeros for an empty table). */
bool record_head(struct record *record, int64_t table, int64_t *ret_seq, struct hash *ret_head,
    struct err *reterr);

/* Recomputes every hash of a table and of the programme's stream, and compares with the heads that
 * the programme noted at ENDEX and with `expected` (64 hex digits, or empty), which may be any head
 * that the table once had. Checks inputs, texts and pinned files as well. The first difference is
 * named. */
bool record_verify(struct record *record, int64_t table, struct str expected, struct err *reterr);

/* The programme's stream alone: its chain, and that every table that it names is there or was
 * deleted. Part of record_verify; for a record that holds no exercise any more. */
bool record_verify_programme(struct record *record, struct err *reterr);

#endif

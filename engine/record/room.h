/* Rooms: by which name browsers reach a table, and what proves that a browser has joined. Part of
 * record/record.h.
 *
 * None of it belongs to an exercise's course, so none of it is chained; an exercise that is deleted
 * takes its rooms along. A pass is the hash of a cookie, never the cookie; whether it lets anybody
 * in is for whoever made it to say. */
#ifndef RECORD_ROOM_H
#define RECORD_ROOM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

struct record;

struct record_pass {
    struct str as; /* a seat, "facilitator", "evaluator" or "board" */
    struct hash cookie;
    int64_t made_wall_ms;
    struct hash proof; /* that it was made here: app/pass.h */
};

struct record_passes {
    struct record_pass *items;
    size_t count, capacity;
};

/* The name of the table's room; empty when it has none. */
bool record_room_find(struct record *record, int64_t table, struct arena *arena,
    struct str *ret_name, struct err *reterr);

/* The room is the table's from now on; it keeps its passes. */
bool record_room_set(struct record *record, struct str name, int64_t table, struct err *reterr);

bool record_pass_add(
    struct record *record, struct str room, const struct record_pass *pass, struct err *reterr);
bool record_pass_list(struct record *record, struct str room, struct arena *arena,
    struct record_passes *ret_passes, struct err *reterr);

/* Voids the passes of a seat, or of the staff, for good. */
bool record_pass_void(struct record *record, struct str room, struct str as, struct err *reterr);

/* Whether the room's code lets nobody in until it is opened again. */
bool record_code_close(struct record *record, struct str room, bool is_closed, struct err *reterr);
bool record_code_is_closed(
    struct record *record, struct str room, bool *ret_closed, struct err *reterr);

#endif

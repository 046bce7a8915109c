/* Rooms: by which name browsers reach a table, and what proves that a browser has joined. Part of
 * record/record.h.
 *
 * None of it belongs to an exercise's course, so none of it is chained; an exercise that is deleted
 * takes its rooms along. A pass is the hash of a cookie, never the cookie. */
#ifndef RECORD_ROOM_H
#define RECORD_ROOM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

struct record;

struct record_pass {
    struct str as; /* a seat, "facilitator", "evaluator" or "board" */
    struct hash cookie;
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

#endif

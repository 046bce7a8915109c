/* Every exercise and table that the programme's stream tells of, folded in one pass.
 *
 * There is no other list of them; whoever finds, opens, deletes or checks an exercise asks here. */
#ifndef RECORD_CATALOGUE_H
#define RECORD_CATALOGUE_H

#include "record/handle.h"

/* Table numbers stay small enough for everybody's integers, JavaScript's included. */
#define CATALOGUE_LAST_TABLE (INT64_C(1) << 31)

struct catalogue_item {
    struct record_exercise exercise; /* seen from its first table */
    size_t table_capacity;
    int64_t number;      /* the last part of its id */
    int64_t deleted_seq; /* the programme's entry that says so; 0: it was not */
};

/* Plain data in the arena that it was loaded into. */
struct catalogue {
    struct catalogue_item *items; /* in the order of creation */
    size_t count, capacity;
    int64_t highest_table;
};

/* A record may come from anybody: what is no id, or no number of a table, is an error. */
bool catalogue_load(struct record *record, struct arena *arena, struct catalogue *ret_catalogue,
    struct err *reterr);

/* The last of this id, deleted ones included; NULL when there is none. `id` has no table in it. */
const struct catalogue_item *catalogue_find(const struct catalogue *catalogue, struct str id);
/* The exercise that has this table, deleted ones included; NULL when there is none. */
const struct catalogue_item *catalogue_of_table(const struct catalogue *catalogue, int64_t table);

/* The exercise's id without its table, and the table's place among the tables, from 1. False when
 * what stands behind the slash is no such place. */
bool catalogue_split(struct str id, struct str *ret_exercise, int64_t *ret_place);

#endif

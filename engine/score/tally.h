/* Adding up, row by row and party by party, and what the sums come to: docs/metrics.md §1. */
#ifndef SCORE_TALLY_H
#define SCORE_TALLY_H

#include "score/metrics_kinds.h"

/* A length of time, or another number: twice the value, and one more if it is open, which is the
 * order in which they are looked at. */
struct length {
    int64_t key;
    int who;
};
struct lengths {
    struct length *items;
    size_t count, capacity;
};

/* Lives in its arena. */
struct tally {
    struct arena *arena;
    struct strs parties; /* their ids */
    int64_t horizon_ms;  /* what has not ended by then is open */
    int64_t *k, *n;      /* by row, by 1 + party; 0 is the table */
    struct lengths lengths[ROW_COUNT];
};

void tally_init(struct tally *tally, struct arena *arena, struct strs parties, int64_t horizon_ms);

/* who is a party, or PARTY_NONE: for the table only. Lengths are never negative. */
void tally_rate(struct tally *tally, enum metric_row row, int who, bool hit);
void tally_counts(struct tally *tally, enum metric_row row, int who, int64_t k, int64_t n);
void tally_length(struct tally *tally, enum metric_row row, int who, int64_t value);
void tally_open(struct tally *tally, enum metric_row row, int who, int64_t value);

/* From start until the event; open until the horizon if it is NULL. */
void tally_until(
    struct tally *tally, enum metric_row row, int who, int64_t start_ms, const struct event *end);

void tally_finish(struct tally *tally, struct metrics *metrics); /* makes the items */

#endif

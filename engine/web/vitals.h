/* Vitals: what a monitoring system may know of the program, in the text format of Prometheus.
 *
 * Of the whole program and nothing finer: a number for each room, seat or kind of event would tell
 * players what is going on behind their backs. (Metrics are something else here: measures of how a
 * team communicates, in score/.) Pure: counts what it is told and writes it. */
#ifndef WEB_VITALS_H
#define WEB_VITALS_H

#include "base/buf.h"

enum { VITALS_BUCKETS = 10, VITALS_CLASSES = 5 };

/* Counted by whoever keeps turns. Plain data; a zeroed one is ready. */
struct vitals_turns {
    int64_t kept, failed;
    int64_t
        commits[VITALS_BUCKETS + 1]; /* by how long they took; the last: longer than any bound */
    int64_t commit_us;               /* all of them together */
};

void vitals_count_turn(struct vitals_turns *turns, int64_t commit_us, bool is_kept);

/* Everything at one moment. */
struct vitals {
    struct vitals_turns turns;
    int64_t inputs[VITALS_CLASSES]; /* answered, by the status's first digit less one */
    int64_t connections, rooms, streams, uptime_ms;
    int64_t memory_bytes, record_bytes; /* -1: cannot be known here */
};

void vitals_count_input(struct vitals *vitals, unsigned status);

void vitals_write(const struct vitals *vitals, struct buf *out);

#endif

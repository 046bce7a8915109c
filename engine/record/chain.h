/* The hash chain, and the canonical lines that it is made over. docs/record.md says how somebody
 * without this program recomputes it. */
#ifndef RECORD_CHAIN_H
#define RECORD_CHAIN_H

#include "base/buf.h"
#include "record/handle.h"
#include "record/query.h"

/* Where a table's chain (or the programme's) has come to. Zeroed: nothing yet. */
struct chain {
    int64_t seq;
    struct hash head;
    int64_t input; /* the last input that the chain holds; unused for the programme */
};

/* Adds one line. input_line is the input's when the event is the first that came of it, else
 * empty. */
void chain_add(struct chain *chain, struct str input_line, struct str line, int64_t wall_ms);

/* The end of a table's chain as the file has it. */
bool chain_load(struct record *record, int64_t table, struct chain *ret_chain, struct err *reterr);
bool chain_load_programme(struct record *record, struct chain *ret_chain, struct err *reterr);

/* The columns of an event in the order that chain_event_line expects them in, at 0. */
#define CHAIN_EVENT_COLUMNS                                                                        \
    "seq, at_ms, observed_ms, story_ms, wall_ms, kind, actor, proxy, cause, input, body, hash"
enum { CHAIN_SEQ = 0, CHAIN_WALL_MS = 4, CHAIN_KIND = 5, CHAIN_INPUT = 9, CHAIN_HASH = 11 };

/* Writes the canonical line of the query's present row to the emptied buffer. */
bool chain_event_line(const struct query *row, struct buf *line, struct err *reterr);

/* The line of an entry of the programme. */
void chain_programme_line(int64_t seq, struct str kind, struct str body, struct buf *line);

#endif

/* The parts of the replay: inside score only. */
#ifndef SCORE_REPLAY_PARTS_H
#define SCORE_REPLAY_PARTS_H

#include "base/buf.h"
#include "score/gather.h"
#include "score/metrics.h"
#include "score/trace.h"

struct replay_fact {
    int64_t came_ms;           /* when anybody could first have known it; -1: nobody could */
    const struct event *first; /* who learned it first; NULL: nobody */
};

struct replay_gap {
    int fact, party;
    int64_t since_ms, until_ms; /* until -1: never */
};

/* One look at a trace: who knew what up to the end. Lives in gather's arena. */
struct replay_look {
    const struct def *def;
    const struct trace *trace;
    int64_t end_ms;
    struct gather gather;
    struct replay_fact *facts; /* by position */
    struct replay_gap *gaps;
    size_t gap_count;
};

bool replay_shows(const struct replay_look *look, int fact);
bool replay_takes_part(const struct replay_look *look, int party);

void replay_write_look(const struct replay_look *look, struct buf *out);

#endif

/* The fold: everything that the rules remember of the effective trace. */
#ifndef SCORE_FOLD_H
#define SCORE_FOLD_H

#include "score/away.h"
#include "score/knowledge.h"
#include "score/monitor.h"
#include "score/trace.h"

/* The monitors of one rule: one, or one for each question or party. */
struct fold_rule {
    size_t first, count;
};

/* Owns its monitors and all they find, in its arena; borrows the events it is given. */
/* What people said of one finding after play: the last word of each kind, or NULL. */
struct remarks {
    const struct event *ruled, *caused, *disputed;
};

struct fold {
    struct arena arena;
    const struct def *def;
    const struct rules *rules;
    const struct trace *trace; /* where events are found by seq */
    struct fold_rule *by_rule; /* parallel to the rules */
    struct monitor *monitors;
    size_t monitor_count;
    struct monitor **listeners[EVENT_KIND_COUNT];
    size_t listener_count[EVENT_KIND_COUNT];
    struct knowledge knowledge;
    const struct event **named; /* messages and improvised injects, found by their ids */
    size_t named_count, named_capacity;
    struct index message_index, improvised_index, delivery_index; /* positions in named */
    struct str *world;                                            /* by position: the value now */
    bool *told;         /* by fact: a seat has passed it on */
    bool *is_open;      /* by fact: anybody could read of it */
    unsigned *carriers; /* by fact: kinds of injects that have it */
    struct remarks *remarks;
    size_t remark_count, remark_capacity;
    struct index remark_index;  /* by the name of the finding; positions in remarks */
    const struct event **rated; /* in order */
    size_t rated_count, rated_capacity;
    struct away away;
    bool tells_itself; /* the event that monitors look at: a seat tells nobody but itself */
    bool has_begun, is_sealed;
    enum mode mode;
    int64_t end_ms; /* ENDEX; -1: not yet */
};

void fold_init(
    struct fold *fold, const struct def *def, const struct rules *rules, const struct trace *trace);
void fold_fini(struct fold *fold);

/* Events of the effective trace, in order. Those after ENDEX are left out here. */
void fold_event(struct fold *fold, const struct event *event);

/* The event that made a message or an improvised inject; NULL when there is none. */
const struct event *fold_message(const struct fold *fold, struct str id);
const struct event *fold_improvised(const struct fold *fold, struct str id);

/* The first delivery of an inject. */
const struct event *fold_delivery(const struct fold *fold, struct str id);

/* How the world stands. */
struct str fold_world(const struct fold *fold, struct str name);

/* The kinds of injects of the definition that have the fact, as 1 << enum inject_kind. */
unsigned fold_carriers(const struct fold *fold, struct str fact);

#endif

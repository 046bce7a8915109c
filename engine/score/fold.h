/* The fold: everything that the rules remember of the effective trace. */
#ifndef SCORE_FOLD_H
#define SCORE_FOLD_H

#include "score/knowledge.h"
#include "score/monitor.h"

/* Owns its monitors and all they find, in its arena; borrows the events it is given. */
struct fold {
    struct arena arena;
    const struct def *def;
    const struct rules *rules;
    struct monitor *monitors; /* parallel to the rules */
    struct monitor **listeners[EVENT_KIND_COUNT];
    size_t listener_count[EVENT_KIND_COUNT];
    struct knowledge knowledge;
    const struct event **named; /* messages and improvised injects, found by their ids */
    size_t named_count, named_capacity;
    struct index message_index, improvised_index; /* positions in named */
    enum mode mode;
    int64_t end_ms; /* ENDEX; -1: not yet */
};

void fold_init(struct fold *fold, const struct def *def, const struct rules *rules);
void fold_fini(struct fold *fold);

/* Events of the effective trace, in order. Those after ENDEX are left out here. */
void fold_event(struct fold *fold, const struct event *event);

/* The event that made a message or an improvised inject; NULL when there is none. */
const struct event *fold_message(const struct fold *fold, struct str id);
const struct event *fold_improvised(const struct fold *fold, struct str id);

#endif

/* What has happened, for stories that ask for it afterwards. */
#ifndef SCRIPT_HISTORY_H
#define SCRIPT_HISTORY_H

#include "core/event.h"

/* The newest events, as many as there is room for; without their free text. Owns its memory; zeroed
 * it is empty. */
struct history {
    struct arena arena;
    struct event *events;
    size_t count, capacity;
    size_t room_taken; /* events and the ids in them */
    bool is_cut;       /* older ones were forgotten */
};

enum { HISTORY_ROOM = 65536 };

void history_fini(struct history *history);

/* Copies the event; one that no pattern can match is passed over. */
void history_add(struct history *history, const struct event *event);

#endif

/* Presence: whether somebody looks at a seat's page, told only when it lasts. */
#ifndef APP_PRESENCE_H
#define APP_PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

enum { PRESENCE_LASTS_MS = 20 * 1000 };

/* Of one seat; a zeroed one has not been seen yet, and is not missed. */
struct presence {
    bool is_known; /* somebody has looked at it once */
    bool is_away;
    bool is_told;       /* whether the record has it as away */
    bool is_seen;       /* at the last look */
    int64_t changed_ms; /* exercise time since when that is so: it stands in a pause */
};

/* Takes a look; true when the record has to be told. Who is gone must have been gone for a while,
 * who is back is back at once. */
bool presence_look(struct presence *presence, bool is_seen, int64_t clock_ms);

/* ---- of all seats of a room ---- */

struct room;

void presence_recall(struct room *room); /* as the record has it: when memory was made anew */

/* Whether anybody left or returned that the record has not been told of; looks once a second, and
 * only where people are apart: elsewhere a page that nobody sees means nothing. */
bool presence_look_around(struct room *room, int64_t steady_ms, int64_t clock_ms);

void presence_tell(struct room *room); /* within a turn: `left` and `returned` */

#endif

/* A room: one table of a live exercise as it is served, with its clock, the inputs that wait for
 * their turn, and its score.
 *
 * app/serve.c owns the loop and says when a room takes its part of a turn; what a room tells is on
 * disk by then. */
#ifndef APP_ROOM_H
#define APP_ROOM_H

#include "app/live.h"
#include "app/presence.h"
#include "app/table.h"
#include "base/limits.h"
#include "web/web.h"

enum { ROOM_CLOCK_KEPT_EVERY_MS = 5000 };

struct serve;

/* A request that waits for its turn. */
struct room_waiting {
    uint64_t ticket;
    struct str actor, json; /* in the queue's arena */
    bool sets_clock;
    int64_t clock_ms;
    int status; /* the answer, once decided */
    struct str answer;
};

struct room {
    struct serve *serve;
    struct record *record;
    struct table **slot; /* the caller's: the table stands there */
    struct table *table; /* the same */
    struct live *live;
    struct web *web;
    struct web_room *page;
    struct str name;
    bool test_clock;

    struct arena arena; /* one turn */
    struct room_waiting *queue;
    size_t queue_count, queue_capacity;

    int64_t clock_ms;                   /* exercise time at the last turn that was kept */
    int64_t steady_ms;                  /* steady time then */
    int64_t turn_ms, turn_steady_ms;    /* of the turn that is being taken */
    struct presence seats[LIMIT_SEATS]; /* in the definition's order */
    int64_t looked_ms;                  /* steady time of the last look at them */
    bool is_out;                        /* nothing can be kept: the clock stands until a turn is */
    int64_t rebuild_at_ms;
    int64_t remake_at_ms; /* steady time; the lobby makes nothing anew before */
};

/* The host's functions that concern one table; `table` is a struct room. In room_host.c. */
void room_host(struct web_host *host, bool test_clock);

/* Takes the table's place in the web, under the name that it has in the record, or a new one; those
 * who had joined before are admitted. */
bool room_open(struct room *room, struct web *web, struct err *reterr);
void room_close(struct room *room);

/* A short name for a new room, which none has yet. */
struct str room_new_name(struct arena *arena);

bool room_clock_runs(const struct room *room);
int64_t room_clock_ms(const struct room *room); /* exercise time, now */

/* An exercise that ran when the program died stands still since; people are told and go on. While
 * that cannot be kept, nothing can: nobody is let in to an exercise that would run on unseen. */
bool room_note_outage(struct room *room, struct err *reterr);

/* ---- a turn ---- */

/* Whether the room has something to do now; it is then to be kept with the others of the turn. */
bool room_wants_turn(struct room *room, int64_t steady_ms);
void room_take_turn(struct room *room); /* decides what waits */
void room_tell_turn(struct room *room); /* it was kept */
void room_fail_turn(struct room *room); /* it was not: memory is made anew from the record */
void room_end_turn(struct room *room);  /* whatever came of it, and also when there was none */

/* How long the loop may sleep as far as this room is concerned. */
int64_t room_wait_ms(struct room *room, int64_t steady_ms, int64_t longest_ms);

#endif

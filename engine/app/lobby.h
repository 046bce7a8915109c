/* The lobby: an exercise that has not begun is made anew from the same files and other choices:
 * mode, organisation, names, people, times. */
#ifndef APP_LOBBY_H
#define APP_LOBBY_H

#include "app/lobby_houses.h"
#include "app/table.h"

/* Making an exercise anew loads all that it is made of, within the loop, while everybody waits. So
 * a room does it once in this time, what was refused counting only for what it took, and all rooms
 * of a program together take no more than a fifth of the time for it. */
enum { LOBBY_PAUSE_MS = 2000 };
int64_t lobby_pause_room_ms(int64_t took_ms);
int64_t lobby_pause_all_ms(int64_t took_ms);

/* What can be chosen and what is, as one canonical object. */
void lobby_write(const struct table *table, struct lobby_houses *houses, struct buf *out);

/* A new exercise in place of the table's, as
 * {"by_person":true,"choice":{…},"difficulty":1,"mode":"live"} says; choice is what choice.yaml
 * holds. What is wrong with it is in reterr, and nothing has changed. Refused once the exercise has
 * begun, and where it has several tables. */
bool lobby_remake(const struct table *table, struct str json, const char *home,
    struct table **ret_table, struct err *reterr);

/* The sentence of every rule that can be measured, as it may be read before play. */
void lobby_write_sentences(const struct table *table, struct buf *out);

#endif

/* Who sits at a room's table, as the record keeps it: so that a program that is started again knows
 * its browsers, the seats that were taken back, and whether the code is closed. */
#ifndef APP_SEATS_H
#define APP_SEATS_H

#include "app/room.h"

/* The host's functions that keep it; `table` is a struct room. */
void seats_host(struct web_host *host);

/* Tells the room's page what was kept. */
bool seats_take_up(struct room *room, struct err *reterr);

#endif

/* The organisations that the lobby offers, written once and read again when their files change:
 * parsing them all takes as long as a hundred inputs, and a lobby is looked at often. */
#ifndef APP_LOBBY_HOUSES_H
#define APP_LOBBY_HOUSES_H

#include "base/buf.h"
#include "base/hash.h"
#include "base/json_write.h"

/* Of one program. Zeroed but for home it is ready. */
struct lobby_houses {
    const char *home; /* where roles/ is; NULL: where it is usually */
    struct hash stamp;
    struct buf json; /* empty: not read yet */
};

void lobby_houses_fini(struct lobby_houses *houses);

/* Writes an array of {"id":…,"name":{…}}. */
void lobby_houses_write(struct lobby_houses *houses, struct json_write *json);

#endif

/* The lobby: an exercise that has not begun is made anew from the same files and other choices:
 * mode, organisation, names, people, times. */
#ifndef APP_LOBBY_H
#define APP_LOBBY_H

#include "app/table.h"

/* What can be chosen and what is, as one canonical object. */
void lobby_write(const struct table *table, const char *home, struct buf *out);

/* A new exercise in place of the table's, as
 * {"by_person":true,"choice":{…},"difficulty":1,"mode":"live"} says; choice is what choice.yaml
 * holds. What is wrong with it is in reterr, and nothing has changed. Refused once the exercise has
 * begun, and where it has several tables. */
bool lobby_remake(const struct table *table, struct str json, const char *home,
    struct table **ret_table, struct err *reterr);

/* The sentence of every rule that can be measured, as it may be read before play. */
void lobby_write_sentences(const struct table *table, struct buf *out);

#endif

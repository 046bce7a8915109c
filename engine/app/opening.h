/* Opening: which tables a live exercise is played at, new ones or those that had not ended. */
#ifndef APP_OPENING_H
#define APP_OPENING_H

#include "app/table.h"

enum { OPENING_TABLES = 1000 };

/* What an exercise is made of. Borrows. */
struct opening {
    const char *scenario; /* a folder or a name; NULL with an exercise */
    const char *exercise; /* a further table of this one; NULL: a new exercise */
    const char *overlay, *home, *organisation, *mode; /* NULL: as usual */
    const int64_t *difficulty;
    int64_t seed;
    int64_t table_count;
    bool manual_clock;
    bool by_person; /* of a new exercise */
};

/* Owned by whoever opens; freed with opening_close. */
struct opening_tables {
    struct arena arena;
    struct table **items;
    size_t count, capacity;
};

/* Makes what is described and adds it. */
bool opening_new(struct record *record, const struct opening *opening,
    struct opening_tables *tables, struct err *reterr);

/* Takes up an exercise ("ID": all of its tables, ended ones included), or one table ("ID/2"). While
 * any goes on, those whose time came from a file stay closed: they cannot go on here. */
bool opening_take_up(struct record *record, struct str id, bool manual_clock,
    struct opening_tables *tables, struct err *reterr);

/* The newest exercise of this scenario that can go on; its id is empty when there is none. */
bool opening_find(struct record *record, const struct opening *opening, struct arena *arena,
    struct str *ret_id, struct err *reterr);

void opening_close(struct opening_tables *tables);

#endif

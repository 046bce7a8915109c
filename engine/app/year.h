/* A year of exercises as evidence for somebody who was not there: what was played, by whom, what
 * came of it, and that nobody has changed it since. docs/leads.md */
#ifndef APP_YEAR_H
#define APP_YEAR_H

#include "app/plan.h"
#include "core/input.h"

/* A seat that did something, and who sat there last. */
struct year_seat {
    struct str seat;
    struct strs roles;
    struct str person; /* empty: nobody was named */
    bool by_person;    /* may be told by name */
};

struct year_table {
    struct str id, scenario, organisation;
    struct words title;
    int64_t wall_ms, duration_ms;
    bool is_from_file;
    bool has_ended; /* else nothing is told of how it goes: whoever reads this may sit there */
    enum status status;
    int mode;
    struct year_seat *seats;
    size_t seat_count;
    struct str packs; /* "escalation 2.0, content 2.0" */
    int64_t head_seq;
    char head[HASH_HEX_BYTES + 1], content[HASH_HEX_BYTES + 1];
    bool is_whole;
    struct str damage; /* what verifying found; empty: nothing */
};

struct year_capability {
    struct str id;
    int64_t satisfied, scored, tables;
};

struct year_wanted {
    const char *db;
    int64_t year;
    bool with_names;
    struct str today;
};

/* Zeroed before year_gather; owns everything. */
struct year {
    struct arena arena;
    struct plan plan;
    int64_t year;
    struct year_table *tables; /* in the order in which they were created */
    size_t table_count, table_capacity;
    struct year_capability *capabilities; /* of tables that came to their ENDEX */
    size_t capability_count, capability_capacity;
    int64_t ended_count;
    bool is_programme_whole;
    struct str programme_damage;
};

bool year_gather(struct year *year, const struct year_wanted *wanted, struct err *reterr);
void year_fini(struct year *year);

void year_write_markdown(struct year *year, enum lang lang, struct buf *out);
void year_write_json(struct year *year, struct buf *out);

#endif

/* Who has practised which role, and which contacts answered: over all exercises of a record.
 * docs/leads.md */
#ifndef APP_READINESS_H
#define APP_READINESS_H

#include "app/alias.h"
#include "base/buf.h"
#include "base/words.h"
#include "core/event.h"

/* When something was last seen. Zeroed: never. */
struct readiness_when {
    struct str exercise; /* the table's id */
    int64_t wall_ms;
    bool is_from_file; /* nobody sat there: it was played from a file of inputs */
};

/* Who has held a role: a person, or a seat to which nobody was assigned. */
struct readiness_holder {
    struct str seat, person;
    struct readiness_when last;
    bool by_person; /* may be told by name: the last exercise's people agreed */
};

struct readiness_role {
    struct str id;
    struct words name;
    struct str with, outsourced; /* as the newest exercise's organisation has it */
    struct readiness_when last;
    int64_t exercise_count;
    struct readiness_holder *holders; /* the last one first; the others can stand in */
    size_t holder_count, holder_capacity;
};

struct readiness_contact {
    struct str id;
    struct words name;
    struct str deputy;
    struct readiness_when reached, unreached;
    int reason;      /* enum unreached_reason, of the last time */
    bool is_reached; /* the last time that anybody tried */
};

struct readiness_wanted {
    const char *db;
    struct str team; /* an organisation; empty: that of the newest exercise */
    bool with_names;
    int64_t today; /* days since 1970 */
};

/* Zeroed before readiness_gather; owns everything. */
struct readiness {
    struct arena arena;
    struct alias alias;
    struct str team;
    int64_t today;
    struct readiness_role *roles; /* never exercised ones first, then the longest ago */
    size_t role_count;
    struct readiness_contact *contacts; /* never tried, not reached, then the longest ago */
    size_t contact_count;
    size_t table_count; /* that were looked at */
};

bool readiness_gather(
    struct readiness *readiness, const struct readiness_wanted *wanted, struct err *reterr);
void readiness_fini(struct readiness *readiness);

void readiness_write_text(struct readiness *readiness, enum lang lang, struct buf *out);
void readiness_write_json(struct readiness *readiness, struct buf *out);

#endif

/* The improvement plan as it stands today: what people have set, and what later exercises show of
 * it. docs/leads.md */
#ifndef APP_PLAN_H
#define APP_PLAN_H

#include "app/alias.h"
#include "base/buf.h"
#include "base/words.h"
#include "record/record.h"
#include "report/report.h"

/* What the last exercise that judged the item's rule says. */
enum plan_retest {
    RETEST_NONE,   /* no rule, or no later exercise has judged it */
    RETEST_EARLY,  /* met, in an exercise that was created before the item was done */
    RETEST_MISSED, /* at least once */
    RETEST_HINTED, /* met, and with help each time */
    RETEST_MET,
    RETEST_COUNT
};
extern const char *const plan_retest_names[RETEST_COUNT];

struct plan_row {
    const struct record_plan_item *item;
    enum plan_retest retest;
    struct str retested_in; /* an exercise; empty: none */
    bool is_from_file;      /* that exercise: nobody sat there */
    bool is_since_done;     /* that exercise: created after the item was done */
    bool is_verified, is_overdue;
    struct words action, issue; /* while they are as they were proposed; else empty */
};

struct plan_wanted {
    const char *db;
    struct str exercise; /* items that came from it; empty: all */
    struct str team;     /* an organisation's items, and those that are nobody's; empty: all */
    bool with_names, with_words; /* words: of both languages, where they are known */
    struct str today;            /* "2026-11-20" */
};

/* Zeroed before plan_open; owns everything. */
struct plan {
    struct arena arena;
    struct record_plan record;
    struct alias alias;
    struct str today;
    struct plan_row *rows;
    size_t row_count;
};

bool plan_open(struct plan *plan, const struct plan_wanted *wanted, struct err *reterr);
void plan_close(struct plan *plan);

/* "verified", or the status that was set. */
struct str plan_status(const struct plan_row *row);
struct words plan_status_words(const struct plan_row *row);
struct words plan_element_words(struct str id);
int plan_cause_of(struct str name);                         /* -1: none */
struct words plan_retest_words(const struct plan_row *row); /* empty: nothing was retested */
struct words plan_file_words(const struct plan_row *row);   /* empty: the retest was no file's */
/* A value as it is shown: an owner under an alias, forgotten words as such. */
struct str plan_value(
    struct plan *plan, const struct plan_row *row, enum record_plan_field field, enum lang lang);

/* The same, in the language that is asked for where it is known in both (plan_words.c). */
struct str plan_words_value(
    struct plan *plan, const struct plan_row *row, enum record_plan_field field, enum lang lang);
void plan_words_find(struct plan *plan, struct record *record);

/* The rows as the after-action report tells them; borrows from the plan. */
const struct report_planned *plan_for_report(struct plan *plan, enum lang lang);

/* ---- telling ---- */

void plan_write_text(struct plan *plan, enum lang lang, struct buf *out);
void plan_write_history(struct plan *plan, int64_t item, enum lang lang, struct buf *out);
void plan_write_json(struct plan *plan, struct buf *out);
void plan_write_history_json(struct plan *plan, int64_t item, struct buf *out);
/* For a spreadsheet: the columns of HSEEP's improvement plan, then ours. */
void plan_write_csv(struct plan *plan, enum lang lang, struct buf *out);
/* To-dos for a calendar (RFC 5545), but for what was dropped. */
void plan_write_ics(struct plan *plan, enum lang lang, struct buf *out);

/* One content line of iCalendar: escaped and folded. `params` may be empty, or ";VALUE=DATE". */
void plan_ics_line(struct buf *out, const char *name, const char *params, struct str text);

#endif

/* The after-action report: a model from events and findings, and its renderings.
 *
 * Reads the record only, the improvement plan among it; never runs a story. Same record, same
 * rules, same bytes. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "score/score.h"

/* An item of the improvement plan that came from this exercise, as it stands. Borrows. */
struct report_planned {
    int64_t id;
    struct str rule;       /* whose finding verifies it; empty: none */
    struct str capability; /* id */
    struct str owner;      /* a person's id */
    bool is_owner_forgotten;
    struct str action, document, evidence, issue, note, organisation; /* somebody's words */
    struct str start, due;                                            /* "2026-12-20" */
    int cause;                                                        /* -1: nobody said */
    struct words element, status; /* "verified" is one of the latter */
    struct words retest;          /* what the last later exercise that judged the rule shows */
    struct str retested_in;       /* that exercise; empty: there is none */
};

struct report_source {
    const struct def *def;
    const struct rules *rules;
    struct str exercise;     /* id */
    struct str head;         /* of the chain, hex */
    int64_t created_wall_ms; /* 0: not shown */
    bool is_from_file;       /* nobody sat at the table: no date is shown either */
    const struct event *events;
    size_t event_count;
    const struct finding *findings;
    size_t finding_count;
    const struct event *const *rated; /* what evaluators rated; scorer_rated */
    size_t rated_count;
    const struct report_planned *planned; /* by id; retests are of other exercises */
    size_t planned_count;
    bool is_sealed;     /* findings are final */
    struct str program; /* name and version of the program that writes; empty: not shown */
    /* Names of people by id; NULL, or an empty name: the id stands for itself. */
    struct str (*person_find)(void *texts, struct str id);
    /* Free text by its salted hash. */
    void *texts;
    struct str (*text_find)(void *texts, struct str ref);
};

/* Text in one language: what a lead needs on the first page, the course of the exercise behind it.
 */
void report_write_text(const struct report_source *source, enum lang lang, struct buf *out);

enum report_format {
    REPORT_TEXT,
    REPORT_HTML,
    REPORT_MD,
    REPORT_JSON,
    REPORT_CSV,
    REPORT_FORMAT_COUNT
};
enum report_table {
    REPORT_DECISIONS,
    REPORT_FINDINGS,
    REPORT_MESSAGES,
    REPORT_PLAN,
    REPORT_TIMELINE,
    REPORT_TABLE_COUNT
};
extern const char *const report_format_names[REPORT_FORMAT_COUNT]; /* "text" "html" ... */
extern const char *const report_table_names[REPORT_TABLE_COUNT];   /* "decisions" ... */

struct report_options {
    enum report_format format;
    enum lang lang;
    enum tlp tlp;            /* TLP_NONE: amber */
    enum report_table table; /* REPORT_CSV */
    bool pseudonyms;         /* people are called P1, P2 …, in quoted words as well */
};

/* Appends the policy under which the HTML works, for a Content-Security-Policy. It says it, too. */
void report_policy(struct buf *out);

/* Appends the report in a format. What it says in HTML, Markdown and JSON comes from one model,
 * docs/report.schema.json. */
bool report_write(const struct report_source *source, const struct report_options *options,
    struct buf *out, struct err *reterr);

#endif

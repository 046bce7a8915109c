/* The after-action report: a model from events and findings, and its renderings.
 *
 * Reads the record's events only; never runs a story. Same record, same rules, same bytes. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "score/score.h"

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
    /* Free text by its salted hash. */
    void *texts;
    struct str (*text_find)(void *texts, struct str ref);
};

/* Text in one language: what a lead needs on the first page, the course of the exercise behind it.
 */
void report_write_text(const struct report_source *source, enum lang lang, struct buf *out);

#endif

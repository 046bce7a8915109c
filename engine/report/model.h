/* The model of a report: what happened, who was reached, what was found, ready to be written. */
#ifndef REPORT_MODEL_H
#define REPORT_MODEL_H

#include "report/report.h"
#include "score/phrase.h"
#include "score/trace.h"

enum { MODEL_MOMENTS = 12, MODEL_CONTACTS = 8 };

/* A line of the timeline. */
struct model_moment {
    const struct event *event; /* the source's, free text included */
    int rank;                  /* 1 is told first when there is no room for all */
};

enum model_outcome { OUTCOME_OPEN, OUTCOME_REACHED, OUTCOME_UNREACHED };

/* Somebody outside the seats was sent something. */
struct model_contact {
    struct str party;
    const struct event *asked;
    const struct event *answered; /* reached or unreached; NULL: neither by the end */
    enum model_outcome outcome;
    bool deputy_tried; /* its deputy was sent something later */
};

/* Findings of one rule that are told together. */
struct model_group {
    const struct finding **items;
    size_t count, capacity;
};

struct model_groups {
    struct model_group *items;
    size_t count, capacity;
    size_t finding_count;
};

/* Lives in its arena; borrows from the source. */
struct model {
    const struct report_source *source;
    struct arena arena;
    struct trace trace;
    const struct event **events; /* the effective trace */
    size_t event_count;
    enum mode mode;
    bool is_ended, is_stopped;
    int64_t end_ms; /* ENDEX, or the last event */
    struct model_moment *moments;
    size_t moment_count, moments_left_out;
    struct model_contact *contacts;
    size_t contact_count, contacts_left_out;
    struct model_groups well, improve, other;
};

void model_init(struct model *model, const struct report_source *source);
void model_fini(struct model *model);

const struct event *model_message(const void *model, struct str id); /* for phrases */

#endif

/* The model of a report: what happened, who was reached, what was found, ready to be written. */
#ifndef REPORT_MODEL_H
#define REPORT_MODEL_H

#include "base/index.h"
#include "report/report.h"
#include "score/clause.h"
#include "score/trace.h"

enum { MODEL_MOMENTS = 48, MODEL_CONTACTS = 10 };

/* A line of the timeline. */
struct model_moment {
    const struct event *event; /* the source's, free text included */
    int rank;                  /* 1 is told first when there is no room for all */
    struct str phase;          /* in which it happened; empty: the scenario has none */
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

/* A place at the table, and what came from it. */
struct model_seat {
    const struct def_seat *seat;
    struct str person; /* the last one assigned; empty: nobody */
    size_t received;   /* injects and messages that came to it */
    size_t opened, acked, sent, decided;
    size_t done, proxied; /* all that came from it; what the facilitator entered for it */
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
    int64_t difficulty;
    int64_t begins_story_ms, ends_story_ms; /* the calendar at both ends */
    bool is_ended, is_stopped;
    int64_t end_ms; /* ENDEX, or the last event */
    struct model_moment *moments;
    size_t moment_count, moments_left_out;
    struct model_seat *seats; /* in the definition's order */
    struct model_contact *contacts;
    size_t contact_count, contacts_left_out;
    struct model_groups well, improve, other;
    struct index messages; /* positions in events */
    bool *escalated_to;    /* by stakeholder: for this table that is management */
    bool *answers;         /* by seq: outside the seats, met a rule or came with what did */
};

void model_init(struct model *model, const struct report_source *source);
void model_fini(struct model *model);

/* How much the course of the exercise hangs on an event: 1 is the frame; 2 what was decided, said
 * upwards and outwards, and what came of it; 3 what was done; 4 the rest; 0: no part of it. */
int model_rank(const struct model *model, const struct event *event);

const struct event *model_message(const void *model, struct str id); /* for phrases */

#endif

/* The escalation ladder as it was climbed: each rung, its window, and when it was reached. */
#ifndef REPORT_LADDER_H
#define REPORT_LADDER_H

#include "report/dossier.h"

enum ladder_outcome {
    LADDER_REACHED, /* in time, or without a time */
    LADDER_LATE,
    LADDER_NOT_REACHED,
    LADDER_NOT_TOLD,   /* no rule asked for it here */
    LADDER_NOT_CALLED, /* nothing called for it */
    LADDER_ABSENT,     /* the exercise has nobody of this name */
    LADDER_OUTCOME_COUNT
};

/* When the clock of a rung began, when it ran out, and when somebody had heard. */
struct ladder_times {
    int64_t start_ms, bound_ms, met_ms; /* -1: none */
};

struct ladder_rung {
    const struct organisation_rung *rung; /* as it was written */
    struct str to, from;                  /* seats or stakeholders of this exercise, if they are */
    enum ladder_outcome outcome;
    struct ladder_times times;     /* on the clock of the rule */
    struct ladder_times drawn;     /* in exercise time; what lies after the end does */
    int64_t start_seq, met_seq;    /* 0: none */
    struct str heard_by;           /* who heard in place of `to`; empty: `to` did, or nobody */
    const struct finding *finding; /* the rule that found it; NULL: counted from who knew */
    bool is_hinted;
    struct str deputy;             /* who stands in; empty: nobody is named */
    int64_t deputy_ms, deputy_seq; /* when the deputy knew; -1, 0: not */
    const struct event **tries;    /* not reached by these calls */
    size_t try_count;
};

/* The rungs in the house's order; none without a house. In the dossier's arena. */
size_t ladder_find(struct dossier *dossier, struct ladder_rung **ret_rungs);

/* Whether its times are the calendar's, since 1970. */
bool ladder_is_story_time(const struct ladder_rung *rung);

#endif

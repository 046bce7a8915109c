/* What an exercise's missed findings suggest for the plan: one item a rule, which the lead accepts,
 * changes or leaves. */
#ifndef APP_PLAN_PROPOSE_H
#define APP_PLAN_PROPOSE_H

#include "app/past.h"

struct plan_proposal {
    const struct rule *rule;
    int cause;           /* the first that somebody named; -1: nobody did */
    struct str findings; /* names of the missed ones, separated by a space */
    size_t missed_count;
    int64_t planned_as; /* the item that there is already; 0: none */
};

/* Of an exercise that has ended, by cause, then in the rules' order; in the past's arena. A play
 * that is under way is an error: what is missed now can still be excused. */
bool plan_propose(
    struct past *past, struct plan_proposal **ret_items, size_t *ret_count, struct err *reterr);

/* The proposal of which this is a finding or the rule; an error that names near ones. */
bool plan_proposal_find(
    struct past *past, struct str name, struct plan_proposal *ret_proposal, struct err *reterr);

/* What is suggested, and what was seen, in both languages. */
struct words plan_proposal_action(struct arena *arena, const struct plan_proposal *proposal);
struct words plan_proposal_issue(struct arena *arena, const struct plan_proposal *proposal);

/* Sets what follows from it; what is set already stays. */
void plan_proposal_fill(struct past *past, const struct plan_proposal *proposal, enum lang lang,
    struct record_plan_change *change);

void plan_proposals_write_json(
    struct past *past, const struct plan_proposal *items, size_t count, struct buf *out);
void plan_proposals_write(struct past *past, const struct plan_proposal *items, size_t count,
    enum lang lang, struct buf *out);

#endif

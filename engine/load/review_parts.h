/* The inside of the review: one file a group of questions. */
#ifndef LOAD_REVIEW_PARTS_H
#define LOAD_REVIEW_PARTS_H

#include "load/review.h"
#include "load/tree.h"

#define TELL(review, kind, place, ...) problems_tell((review)->problems, kind, place, __VA_ARGS__)

/* What can happen, by position. An inject can come, a fact can be learned. */
struct reach {
    bool *injects, *facts;
};
void review_reach(const struct review *review, struct reach *ret_reach);

/* Whether such an event can happen; `ret_why` says what is missing when it cannot. */
bool review_can_happen(const struct review *review, const struct reach *reach,
    const struct pattern *pattern, struct str *ret_why);

/* The same for one condition of a pattern of this word. */
bool review_can_be(const struct review *review, const struct reach *reach,
    const struct pattern_name *word, const struct pattern_condition *condition,
    struct str *ret_why);

/* Whether a trigger, a rule or the story looks at the thing; for options the question counts when
 * the pattern names it. */
bool review_is_read(const struct review *review, enum field_of of, struct str id);
bool review_option_is_read(
    const struct review *review, const struct def_question *question, struct str option);

/* Whether the story says the name, in this or that way. */
bool review_mentions(
    const struct review *review, enum mention_use use, enum field_of of, struct str id);

/* Whether the story may make the thing happen. A text in it that is used in a way which nobody
 * follows may do anything. */
bool review_is_brought(const struct review *review, enum field_of of, struct str id);

/* Whether somebody can be reached at all, on some channel at some time. */
bool review_answers(const struct def_stakeholder *stakeholder);

/* Whether the author says that the inject is the facilitator's to fire. */
bool review_is_by_hand(const struct review *review, struct str inject);

/* Where a thing is written, or one key of it (NULL: the thing itself). */
struct place review_place(
    const struct review *review, enum field_of of, struct str id, const char *key);

/* The parts, each in a file of its name. */
void review_things(const struct review *review, const struct reach *reach);
void review_texts(const struct review *review);
void review_files(const struct review *review);
void review_times(const struct review *review);

#endif

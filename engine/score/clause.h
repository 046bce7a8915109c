/* Clauses: that an event happened, or that what a pattern waits for did not, in both languages. */
#ifndef SCORE_CLAUSE_H
#define SCORE_CLAUSE_H

#include "core/pattern.h"
#include "score/phrase.h"

/* "the PoC opened “A call”"; PoCが「電話」を開いた. Without a capital and a full stop. */
struct str clause_event(const struct phrase_book *book, enum lang lang, const struct event *event);

/* A row's text with the actor for {a}, the recipients for {t} and the thing for {x}. */
struct str clause_fill(
    struct arena *arena, const char *text, struct str actor, struct str to, struct str thing);

/* What did not happen. */
struct clause_gap {
    const struct pattern *pattern; /* what was waited for; borrows */
    struct strs parties;           /* for whom it had to be, where the pattern does not say */
    struct str about;              /* the thing, where the pattern does not name one; or empty */
    bool is_reply;                 /* what was waited for answers that thing */
    bool still_waits;
};

/* "there had been no escalation to the Commander"; 指揮者へのエスカレーションはなかった. While it
 * still waits: "there has been no …"; …はまだない. */
struct str clause_absence(
    const struct phrase_book *book, enum lang lang, const struct clause_gap *gap);

/* A clause in Japanese with what follows upon it: 届いた → 届いてから. */
struct str clause_since(struct arena *arena, struct str clause);

#endif

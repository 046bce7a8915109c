/* Phrases: people, things and events of an exercise in words, in both languages.
 *
 * For sentences of findings and for reports. Free text of players never enters a phrase. */
#ifndef SCORE_PHRASE_H
#define SCORE_PHRASE_H

#include "core/event.h"

/* What phrases are made from. Plain data; borrows. */
struct phrase_book {
    const struct def *def;
    struct arena *arena; /* where phrases are made */
    /* The event that sent a message; NULL when unknown. The pointer itself may be NULL. */
    const struct event *(*message_find)(const void *messages, struct str id);
    const void *messages;
};

/* "the Commander", "Mr Kuji"; 指揮者. What stands behind a comma or in brackets is left out unless
 * names would be mistaken for each other. */
struct str phrase_party(const struct phrase_book *book, enum lang lang, struct str party);
struct str phrase_parties(const struct phrase_book *book, enum lang lang, struct strs parties);

/* A thing by its id, quoted where it is a title or a statement. */
struct str phrase_inject(const struct phrase_book *book, enum lang lang, struct str id);
struct str phrase_fact(const struct phrase_book *book, enum lang lang, struct str id);

/* "the PoC opened “A call”"; PoCが「電話」を開いた. Without a capital and a full stop. */
struct str phrase_event(const struct phrase_book *book, enum lang lang, const struct event *event);

/* What a pattern waited for in vain: "there had been no escalation to the Commander"; 指揮者への
 * エスカレーションはなかった. While it still waits: "there has been no …"; …はまだない. */
struct str phrase_absence(const struct phrase_book *book, enum lang lang,
    const struct pattern *pattern, bool still_waits);

/* Without the full stop at its end, to be quoted or to stand in a list. */
struct str phrase_unstopped(struct str text);

/* With a capital letter, if it begins with a small ASCII one. */
struct str phrase_capital(struct arena *arena, struct str text);

#endif

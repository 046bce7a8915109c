/* Phrases: people and things of an exercise in words, in both languages.
 *
 * For clauses about events, sentences of findings and reports. Free text of players never enters a
 * phrase. */
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
struct str phrase_role(const struct phrase_book *book, enum lang lang, struct str role); /* "PoC" */

/* "the CISO or the deputy"; "neither the CISO nor the deputy", CISOにも代理にも. */
struct str phrase_either(const struct phrase_book *book, enum lang lang, struct strs parties);
struct str phrase_none(const struct phrase_book *book, enum lang lang, struct strs parties);

/* Rules for any scenario name parties that this one does not have: those that it has, or all. */
struct strs phrase_present(const struct phrase_book *book, struct strs parties);

/* A thing by its id, quoted where it is a title or a statement. */
struct str phrase_inject(const struct phrase_book *book, enum lang lang, struct str id);
struct str phrase_fact(const struct phrase_book *book, enum lang lang, struct str id);
struct str phrase_slot(const struct phrase_book *book, enum lang lang, struct str id);

/* What an event, or a pattern, is about: the first of its fields that names a thing, or `only` that
 * field. Empty when there is none. */
struct str phrase_thing(
    const struct phrase_book *book, enum lang lang, const struct event *event, struct str only);
struct str phrase_pattern_thing(
    const struct phrase_book *book, enum lang lang, const struct pattern *pattern);

extern const struct words phrase_message_nouns[MESSAGE_TYPE_COUNT]; /* "order", 指示 */

/* Without the full stop at its end, to be quoted or to stand in a list. */
struct str phrase_unstopped(struct str text);

/* With a capital letter, if it begins with a small ASCII one. */
struct str phrase_capital(struct arena *arena, struct str text);

#endif

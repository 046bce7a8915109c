/* What sentences are told with. Inside engine/score only. */
#ifndef SCORE_TELLER_H
#define SCORE_TELLER_H

#include "score/clause.h"
#include "score/monitor_parts.h"
#include "score/sentence.h"

struct teller {
    const struct sentence_context *context;
    const struct finding *finding;
    const struct evidence *evidence;
    struct arena *arena;
    enum lang lang;
};

/* A moment on the rule's clock: "02:31", or on the calendar "20 Nov 09:00". */
struct str teller_clock(const struct teller *teller, int64_t ms);

struct str teller_at(const struct teller *teller, const struct event *event); /* its moment */

/* A length: "02:31", "3 d 4 h". */
struct str teller_span(const struct teller *teller, int64_t ms);

struct str teller_clause(const struct teller *teller, const struct event *event);
struct str teller_told(const struct teller *teller, const struct event *event); /* at 02:31 … */
bool teller_is_en(const struct teller *teller);
const struct moments *teller_moments(const struct teller *teller);

/* A text with its {letters} filled in. */
struct teller_value {
    char letter;
    struct str text;
};
struct str teller_fill(
    const struct teller *teller, struct str text, const struct teller_value *values, size_t count);

/* The sentence, and behind it the nearest miss with why it did not count, if there is one. */
struct str near_miss_after(const struct teller *teller, struct str sentence);

/* The sentence, and behind it what excuses, if anything does. */
struct str excuse_after(const struct teller *teller, struct str sentence);

/* The sentence, and behind it what a decision lacked: a reason, what others knew, who heard. */
struct str choose_after(const struct teller *teller, struct str sentence);

struct str excuse_rule_title(const struct teller *teller, struct str id); /* or its id */

struct str idle_sentence(const struct teller *teller); /* of what never began */

/* Kinds whose findings are not about an answer that comes or not; empty: this one is, after all. */
struct str kind_sentence(const struct teller *teller);
struct str count_sentence(const struct teller *teller);
struct str content_sentence(const struct teller *teller);
struct str flow_sentence(const struct teller *teller);

#endif

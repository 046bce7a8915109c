/* Sentences: what a finding says to people, with names and times. */
#ifndef SCORE_SENTENCE_H
#define SCORE_SENTENCE_H

#include "score/judge.h"
#include "score/clause.h"

struct sentence_context {
    struct phrase_book book;
    struct moments by_clock[2]; /* exercise, story */
    enum mode mode;
    const struct rules *rules;
};

struct words sentence_of(const struct sentence_context *context, const struct finding *finding,
    const struct evidence *evidence);

#endif

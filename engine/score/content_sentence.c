/* Sentences about what a message said: whether it was what its readers needed. */
#include "score/teller.h"

/* How many of the reader's three questions it answered. */
static struct str receiver(const struct teller *teller)
{
    struct str what = teller_told(teller, teller->evidence->target);
    return arena_format(teller->arena,
        teller_is_en(teller)
            ? "%.*s; of what is asked, by when, and what is not known, it answered %d "
              "of 3 (content %d%%, at least %d%% wanted)."
            : "%.*s。何を求めるか、いつまでか、何がわかっていないかの3点のうち、答えていたのは%d点"
              "（内容%d％、求められたのは%d％以上）。",
        STR_ARG(what), teller->evidence->instance->answer_count,
        teller->finding->content_permille / 10, teller->finding->rule->content_percent);
}

struct str content_sentence(const struct teller *teller)
{
    if (teller->finding->rule->receiver)
        return receiver(teller);
    int percent = teller->finding->content_permille / 10;
    struct str what = teller_told(teller, teller->evidence->target);
    return arena_format(teller->arena,
        teller_is_en(teller) ? "%.*s: %d%% of what its readers needed, at least %d%% wanted."
                             : "%.*s。読み手に必要な内容の%d％（求められたのは%d％以上）。",
        STR_ARG(what), percent, teller->finding->rule->content_percent);
}

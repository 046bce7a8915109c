/* What a decision lacked beside its time: nothing that changes the verdict, but the points, and so
 * the reader shall know. */
#include "score/party.h"
#include "score/rule_parts.h"
#include "score/teller.h"

static struct str append(const struct teller *teller, struct str text, struct str sentence)
{
    return arena_format(teller->arena, teller_is_en(teller) ? "%.*s %.*s" : "%.*s%.*s",
        STR_ARG(text), STR_ARG(sentence));
}

static struct str fill(
    const struct teller *teller, const struct words *words, struct str party, struct str span)
{
    struct teller_value values[] = {{'p', party}, {'s', span}};
    return teller_fill(teller, words->in[teller->lang], values, 2);
}

/* Who has not heard of it, said no harder than it is: there may be time left, or there was when the
 * exercise ended. */
static const struct words *untold_words(const struct teller *teller, int64_t until_ms)
{
    static const struct words missed =
        WORDS("{p} was not told of it within {s}.", "決めたことは、{s}以内に{p}に伝わらなかった。");
    static const struct words ended = WORDS("{p} was not told of it before the exercise ended.",
        "決めたことは、演習が終わるまでに{p}に伝わらなかった。");
    static const struct words open =
        WORDS("{p} has not been told of it yet.", "決めたことは、まだ{p}に伝わっていない。");
    const struct moments *moments = teller_moments(teller);
    if (moments->horizon_ms > until_ms)
        return &missed;
    return moments->end_ms >= 0 ? &ended : &open;
}

/* Those who were to hear of it and did not, or too late. */
static struct str with_uninformed(
    const struct teller *teller, const struct rule_choose *choose, struct str text)
{
    const struct phrase_book *book = &teller->context->book;
    const struct evidence *evidence = teller->evidence;
    int64_t until_ms =
        rule_time_ms(teller->finding->rule, evidence->target) + choose->informed_within_ms;
    for (size_t i = 0; i < choose->informing.count; i++) {
        int64_t heard_ms = evidence->instance->informed_ms[i];
        struct str party = choose->informing.items[i];
        if (party_same(book->def, party, evidence->target->actor) ||
            (heard_ms >= 0 && heard_ms <= until_ms))
            continue;
        text = append(teller, text,
            fill(teller, untold_words(teller, until_ms), phrase_party(book, teller->lang, party),
                teller_span(teller, choose->informed_within_ms)));
    }
    return text;
}

struct str choose_after(const struct teller *teller, struct str sentence)
{
    static const struct words bare =
        WORDS("No reason was entered.", "決めた理由は入力されていない。");
    static const struct words alone = WORDS("{p} did not know all that others at the table knew.",
        "{p}は、ほかの席が知っていたことの一部を知らなかった。");
    const struct rule_choose *choose = teller->finding->rule->choose;
    const struct event *target = teller->evidence->target;
    if (choose == NULL || target == NULL)
        return sentence;
    struct str owner = phrase_party(&teller->context->book, teller->lang, target->actor);
    int known_permille = teller->evidence->instance->content_permille;
    if (choose->reason && target->body.decided.reason.len == 0)
        sentence = append(teller, sentence, fill(teller, &bare, owner, STR("")));
    if (choose->knowing.count != 0 && known_permille >= 0 && known_permille < 1000)
        sentence = append(teller, sentence, fill(teller, &alone, owner, STR("")));
    return with_uninformed(teller, choose, sentence);
}

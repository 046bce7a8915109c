/* Sentences about what went to whom: whether it was for them, and whether its marking was right. */
#include "score/parcel.h"
#include "score/teller.h"

/* What went to whom who must not have it. */
static struct str need_to_know(const struct teller *teller)
{
    const struct phrase_book *book = &teller->context->book;
    const struct event *event = teller->evidence->target;
    struct strs facts = parcel_facts(event), to = parcel_to(event);
    struct str what = teller_told(teller, event);
    for (size_t i = 0; i < facts.count; i++) {
        const struct def_fact *fact = def_fact(book->def, facts.items[i]);
        for (size_t p = 0; fact != NULL && p < to.count; p++)
            if (def_fact_need(fact, to.items[p]) == NEED_NEVER)
                return arena_format(teller->arena,
                    teller_is_en(teller)
                        ? "%.*s, and with it %.*s, which is not for %.*s."
                        : "%.*s。%.*sという、%.*sに伝えてはならない内容を含んでいた。",
                    STR_ARG(what), STR_ARG(phrase_fact(book, teller->lang, fact->id)),
                    STR_ARG(phrase_party(book, teller->lang, to.items[p])));
    }
    return what;
}

struct str flow_sentence(const struct teller *teller)
{
    if (str_is(teller->finding->miss_why, "need"))
        return need_to_know(teller);
    static const struct {
        const char *why;
        struct words text;
    } rows[] = {
        {"tlp", WORDS("its source had not allowed it to go there (TLP)",
                    "情報源が許していない相手だった（TLP）")},
        {"marking", WORDS("it was marked more loosely than what it was made from",
                        "元の情報より緩いTLP表示だった")},
        {"over", WORDS("its marking kept it from somebody who must have it",
                     "表示が厳しすぎ、知るべき人に届かなくなった")},
        {"contradiction", WORDS("others had already been told something newer",
                              "ほかの相手にはすでに新しい内容を伝えていた")},
    };
    struct str what = teller_told(teller, teller->evidence->target);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(teller->finding->miss_why, rows[i].why))
            return arena_format(teller->arena,
                teller_is_en(teller) ? "%.*s; %.*s." : "%.*s。%.*s。", STR_ARG(what),
                STR_ARG(rows[i].text.in[teller->lang]));
    return arena_format(teller->arena,
        teller_is_en(teller) ? "%.*s, and nothing in it went where it must not."
                             : "%.*s。伝えてはならない相手には渡っていない。",
        STR_ARG(what));
}

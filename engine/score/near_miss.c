/* The nearest miss, told behind a sentence, and why it did not count: one row a condition that can
 * fail. */
#include "score/teller.h"

static struct str miss_reason(const struct teller *teller);

struct str near_miss_after(const struct teller *teller, struct str sentence)
{
    const struct event *miss = teller->evidence->miss;
    if (miss == NULL || miss == teller->evidence->target)
        return sentence;
    struct str what = teller_clause(teller, miss), at = teller_at(teller, miss);
    struct str why = miss_reason(teller);
    if (teller->lang == LANG_EN)
        return arena_format(teller->arena, "%.*s Nearest: %.*s at %.*s, %.*s.", STR_ARG(sentence),
            STR_ARG(what), STR_ARG(at), STR_ARG(why));
    return arena_format(teller->arena, "%.*s最も近いもの：%.*sに%.*s。%.*s。", STR_ARG(sentence),
        STR_ARG(at), STR_ARG(what), STR_ARG(why));
}

/* By the condition that failed. */
static struct str miss_reason(const struct teller *teller)
{
    static const struct {
        const char *why;
        struct words text;
    } rows[] = {
        {"unreached",
            WORDS("but it was not recorded as having arrived", "ただし相手に伝わった記録がない")},
        {"contested", WORDS("but by somebody who may not decide it", "ただし決定権のない人だった")},
        {"empty", WORDS("but it told nothing new again", "ただし新しい内容がないまま続いた")},
        {"parties", WORDS("but it had to be somebody else", "ただし別の相手だった")},
        {"action", WORDS("but that was something else to do", "ただし別の操作だった")},
        {"about", WORDS("but it was about another message", "ただし別のメッセージについてだった")},
        {"approved", WORDS("but without approval", "ただし承認されていなかった")},
        {"knowing", WORDS("but without knowing what mattered", "ただし必要なことを知らなかった")},
        {"need", WORDS("but not with what was needed", "ただし必要な内容ではなかった")},
        {"needed_by", WORDS("but not with what was needed", "ただし必要な内容ではなかった")},
        {"of", WORDS("but of something else", "ただし別の事項についてだった")},
        {"question", WORDS("but on another question", "ただし別の問いだった")},
        {"slot", WORDS("but on another matter", "ただし別の事柄だった")},
        {"source", WORDS("but in another way", "ただし別の経路だった")},
        {"status", WORDS("but with another status", "ただし別の状態だった")},
        {"target", WORDS("but at something else", "ただし別の対象だった")},
        {"unread", WORDS("but without having opened it", "ただし開封前の確認だった")},
        {"to", WORDS("but it had to go to somebody else", "ただし宛先が違った")},
        {"by", WORDS("but it had to be somebody else", "ただし求められた人ではなかった")},
        {"type", WORDS("but it was another kind of message", "ただしメッセージの種類が違った")},
        {"via", WORDS("but by another channel", "ただし連絡手段が違った")},
        {"fact", WORDS("but that was another fact", "ただし別の事実だった")},
        {"facts", WORDS("but it did not carry the fact", "ただし必要な事実を含まなかった")},
        {"unknown", WORDS("but it did not say what was not known",
                        "ただし、わかっていないことを伝えていなかった")},
        {"readback", WORDS("but it did not ask to be read back", "ただし復唱を求めていなかった")},
        {"re", WORDS("but it was no answer to it", "ただしそれへの返事ではなかった")},
        {"inject", WORDS("but it was about something else", "ただし別の件についてだった")},
        {"message",
            WORDS("but it was about another message", "ただし別のメッセージについてだった")},
        {"inject_kind", WORDS("but it was about something else", "ただし別の件についてだった")},
        {"option", WORDS("but another option was chosen", "ただし別の選択肢だった")},
        {"tlp", WORDS("but with another marking", "ただしTLP表示が違った")},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(teller->finding->miss_why, rows[i].why))
            return rows[i].text.in[teller->lang];
    return teller->lang == LANG_EN ? STR("but not in the way that was asked for")
                                   : STR("ただし求められた形ではなかった");
}

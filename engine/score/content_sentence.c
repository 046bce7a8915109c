/* Sentences about what a message said: whether it was what its readers needed, and if not, what was
 * missing, out of date or out of place. */
#include "score/parcel.h"
#include "score/teller.h"

/* ---- what was wrong ---- */

/* {f}: the statement or the slot; {p}: the party; {s}: the slot of the statement; {t}: since when.
 */
static const struct words fault_rows[PARCEL_FAULT_COUNT] = {
    [PARCEL_MISSING] = WORDS("{f}, which {p} needed, was missing", "{p}に必要な{f}が抜けていた"),
    [PARCEL_STALE] = WORDS("{f} was out of date", "{f}は古くなっていた"),
    [PARCEL_UNTRUE] = WORDS("{f} was not so", "{f}は事実ではなかった"),
    [PARCEL_NEVER] = WORDS("{f} was not for {p}", "{f}は{p}に伝えてはならなかった"),
    [PARCEL_SLOT] = WORDS("nothing was said about {f}", "{f}に触れていなかった"),
    [PARCEL_DENIED] = WORDS("{s} was said to be unknown, but its sender had known since {t}: {f}",
        "{s}を不明としていたが、送り手は{t}から{f}を知っていた"),
};

static struct str gap_text(const struct teller *teller, const struct parcel_gap *gap)
{
    const struct phrase_book *book = &teller->context->book;
    struct teller_value values[] = {
        {'f', gap->fault == PARCEL_SLOT ? phrase_slot(book, teller->lang, gap->id)
                                        : phrase_fact(book, teller->lang, gap->id)},
        {'p', phrase_party(book, teller->lang, gap->party)}, {'s', STR("")}, {'t', STR("")}};
    if (gap->fault == PARCEL_DENIED) {
        values[2].text = phrase_slot(book, teller->lang, def_fact(book->def, gap->id)->slot);
        values[3].text = teller_at(teller, gap->learned);
    }
    return teller_fill(teller, fault_rows[gap->fault].in[teller->lang], values, 4);
}

/* The sentence, and behind it the first few things that were wrong. */
static struct str with_gaps(const struct teller *teller, struct str sentence)
{
    const struct parcel_gaps *gaps = teller->evidence->instance->gaps;
    struct str list = {0};
    if (gaps == NULL || teller->finding->verdict != VERDICT_VIOLATED)
        return sentence;
    size_t named_count = gaps->count < PARCEL_GAPS_NAMED ? gaps->count : PARCEL_GAPS_NAMED;
    for (size_t i = 0; i < named_count; i++)
        list = arena_format(teller->arena, "%.*s%s%.*s", STR_ARG(list),
            i == 0                 ? ""
            : teller_is_en(teller) ? "; "
                                   : "、",
            STR_ARG(gap_text(teller, &gaps->items[i])));
    if (gaps->count > named_count)
        list = arena_format(teller->arena,
            teller_is_en(teller) ? "%.*s; and %zu more" : "%.*s、ほか%zu件", STR_ARG(list),
            gaps->count - named_count);
    return arena_format(teller->arena, teller_is_en(teller) ? "%.*s %.*s." : "%.*s%.*s。",
        STR_ARG(sentence), STR_ARG(phrase_capital(teller->arena, list)));
}

/* ---- the reader's three questions ---- */

static const struct {
    unsigned answer;
    struct words text;
} question_rows[] = {
    {ANSWER_ASK, WORDS("what is asked", "「何を求めるか」")},
    {ANSWER_BY_WHEN, WORDS("by when", "「いつまでか」")},
    {ANSWER_UNKNOWN, WORDS("what is not known", "「何がわかっていないか」")},
};
enum { QUESTION_COUNT = sizeof(question_rows) / sizeof(question_rows[0]) };

/* "what is asked or by when". */
static struct str questions(const struct teller *teller, unsigned which)
{
    struct str list = {0};
    int left = monitor_answer_count(which);
    for (size_t i = 0; i < QUESTION_COUNT; i++) {
        if ((which & question_rows[i].answer) == 0)
            continue;
        left--;
        const char *between = list.len == 0           ? ""
                              : !teller_is_en(teller) ? ""
                              : left == 0             ? " or "
                                                      : ", ";
        list = arena_format(teller->arena, "%.*s%s%.*s", STR_ARG(list), between,
            STR_ARG(question_rows[i].text.in[teller->lang]));
    }
    return list;
}

static struct str receiver(const struct teller *teller)
{
    unsigned all = ANSWER_ASK | ANSWER_BY_WHEN | ANSWER_UNKNOWN;
    unsigned open = all & ~teller->evidence->instance->answers;
    struct str what = teller_told(teller, teller->evidence->target);
    struct str list = questions(teller, open);
    int percent = teller->finding->content_permille / 10;
    int wanted = teller->finding->rule->content_percent;
    if (open == 0)
        return arena_format(teller->arena,
            teller_is_en(teller)
                ? "%.*s; it said what is asked, by when, and what is not known (content %d%%, at "
                  "least %d%% wanted)."
                : "%.*s。「何を求めるか」「いつまでか」「何がわかっていないか」のすべてに触れていた"
                  "（内容%d％、求められるのは%d％以上）。",
            STR_ARG(what), percent, wanted);
    return arena_format(teller->arena,
        teller_is_en(teller) ? "%.*s; it did not say %.*s (content %d%%, at least %d%% wanted)."
                             : "%.*s。%.*sが抜けていた（内容%d％、求められるのは%d％以上）。",
        STR_ARG(what), STR_ARG(list), percent, wanted);
}

struct str content_sentence(const struct teller *teller)
{
    if (teller->finding->rule->receiver)
        return with_gaps(teller, receiver(teller));
    int percent = teller->finding->content_permille / 10;
    struct str what = teller_told(teller, teller->evidence->target);
    return with_gaps(teller,
        arena_format(teller->arena,
            teller_is_en(teller) ? "%.*s: %d%% of what its readers needed, at least %d%% wanted."
                                 : "%.*s。読み手に必要な内容の%d％（求められるのは%d％以上）。",
            STR_ARG(what), percent, teller->finding->rule->content_percent));
}

/* Why a miss does not count, told behind its sentence: something else was done that serves as well,
 * or it followed from another miss. */
#include "score/teller.h"

struct str excuse_rule_title(const struct teller *teller, struct str id)
{
    const struct rules *rules = teller->context->rules;
    for (size_t i = 0; i < rules->count; i++)
        if (str_eq(rules->items[i].id, id) && rules->items[i].title.in[teller->lang].len != 0)
            return phrase_unstopped(rules->items[i].title.in[teller->lang]);
    return id;
}

/* The option that was taken, where taking it is what excuses. */
static struct str option_text(const struct teller *teller, const struct event *event)
{
    const struct def_question *question =
        event->kind != EVENT_DECIDED
            ? NULL
            : def_question(teller->context->book.def, event->body.decided.question);
    for (size_t i = 0; question != NULL && i < question->option_count; i++) {
        struct str text = phrase_unstopped(question->options[i].text.in[teller->lang]);
        if (str_eq(question->options[i].id, event->body.decided.option) && text.len != 0)
            return arena_format(teller->arena,
                teller->lang == LANG_EN ? ": “%.*s”" : "（選んだのは「%.*s」）", STR_ARG(text));
    }
    return STR("");
}

static struct str with_alternative(const struct teller *teller, struct str sentence)
{
    const struct event *excuse = teller->evidence->excuse;
    struct str what = teller_clause(teller, excuse), at = teller_at(teller, excuse);
    struct str option = option_text(teller, excuse);
    if (teller->lang == LANG_EN)
        return arena_format(teller->arena, "%.*s This is excused: at %.*s %.*s%.*s.",
            STR_ARG(sentence), STR_ARG(at), STR_ARG(what), STR_ARG(option));
    return arena_format(teller->arena, "%.*sこれは、%.*sに%.*sため%.*s、免除とする。",
        STR_ARG(sentence), STR_ARG(at), STR_ARG(what), STR_ARG(option));
}

struct str excuse_after(const struct teller *teller, struct str sentence)
{
    if (teller->finding->excused_by.len == 0)
        return sentence;
    if (str_is(teller->finding->excused_by, "unless"))
        return with_alternative(teller, sentence);
    struct str title = excuse_rule_title(teller, teller->finding->excused_by);
    return arena_format(teller->arena,
        teller->lang == LANG_EN
            ? "%.*s This follows from a miss that counts already: “%.*s”."
            : "%.*sすでに数えた「%.*s」の不足から生じたもので、重ねて数えない。",
        STR_ARG(sentence), STR_ARG(title));
}

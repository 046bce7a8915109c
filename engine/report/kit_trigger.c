/* Triggers in words: when an inject comes, for somebody who has a watch and no program.
 *
 * A pattern becomes one clause, from a row of its name; further conditions stand in brackets behind
 * it, by the names that they have in the file, since there are too many to say each in a sentence.
 */
#include "core/event.h"
#include "report/kit_parts.h"
#include "score/clause.h"
#include "score/overlap.h"

/* {a}: who does it; {x}: what the pattern is about. */
static const struct {
    const char *name;
    struct words clause;
} clauses[] = {
    {"ack", WORDS("{a} acknowledges a message", "{a}が受領を伝えた")},
    {"action", WORDS("{a} orders or does {x}", "{a}が{x}を実施または指示した")},
    {"challenged", WORDS("an order is questioned", "指示の権限が問われた")},
    {"decision", WORDS("the question {x} is decided", "{x}が決まった")},
    {"declaration", WORDS("{a} declares {x}", "{a}が{x}を宣言した")},
    {"delivered", WORDS("{x} has come", "{x}が届いた")},
    {"ended", WORDS("the exercise ends", "訓練が終わった")},
    {"escalation", WORDS("{a} escalates to {x}", "{a}が{x}にエスカレーションした")},
    {"expired", WORDS("nobody decides {x} in time", "{x}が時間内に決まらなかった")},
    {"forwarded", WORDS("a message goes on to {x}", "メッセージが{x}に転送された")},
    {"handoff", WORDS("{a} hands over to {x}", "{a}が{x}に引き継いだ")},
    {"heard", WORDS("{a} notes what was heard: {x}", "{a}が聞いた内容を記録した：{x}")},
    {"knows", WORDS("{a} knows {x}", "{a}が{x}を知った")},
    {"message", WORDS("{a} sends a message: {x}", "{a}がメッセージを送った：{x}")},
    {"note", WORDS("{a} writes a note", "{a}がメモを書いた")},
    {"opened", WORDS("{a} opens {x}", "{a}が{x}を開いた")},
    {"phase", WORDS("the phase {x} begins", "フェーズ{x}が始まった")},
    {"reached", WORDS("{x} has been reached", "{x}に連絡がついた")},
    {"readback", WORDS("{a} repeats an order", "{a}が指示を復唱した")},
    {"said", WORDS("{a} says {x}", "{a}が話した：{x}")},
    {"started", WORDS("the exercise starts", "訓練が始まった")},
    {"unreached", WORDS("{x} cannot be reached", "{x}に連絡がつかなかった")},
};

static struct str option_text(const struct kit *kit, struct str id)
{
    for (size_t i = 0; i < kit->def->question_count; i++)
        for (size_t n = 0; n < kit->def->questions[i].option_count; n++)
            if (str_eq(kit->def->questions[i].options[n].id, id))
                return kit->def->questions[i].options[n].text.in[kit->lang];
    return id;
}

/* Why nobody was reached. */
static struct str reason_text(const struct kit *kit, struct str id)
{
    static const struct {
        const char *id;
        struct words text;
    } rows[] = {
        {"no-answer", WORDS("no answer", "応答がない")},
        {"no-channel", WORDS("no such way to reach them", "その手段では連絡できない")},
        {"stale", WORDS("the contact is out of date", "連絡先が古い")},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(id, rows[i].id))
            return kit_say(kit, rows[i].text);
    return id;
}

/* A value of a condition; of the actor where there is no field. */
static struct str value_text(struct kit *kit, const struct field *field, struct str id)
{
    enum field_of of = field == NULL ? OF_PARTY : field->of;
    if (field != NULL && field->type != FIELD_ID && field->type != FIELD_IDS)
        return reason_text(kit, id);
    switch (of) {
    case OF_PARTY:
    case OF_ROLE:
    case OF_SEAT:
    case OF_STAKEHOLDER:
        return phrase_party(&kit->book, kit->lang, id);
    case OF_FACT:
        return phrase_fact(&kit->book, kit->lang, id);
    case OF_INJECT:
        return kit_numbered(kit, id);
    case OF_OPTION:
        return phrase_unstopped(option_text(kit, id));
    default:
        return id;
    }
}

static struct str values_text(struct kit *kit, const struct pattern_condition *condition)
{
    struct str text = STR("");
    for (size_t i = 0; i < condition->values.count; i++) {
        struct str one = value_text(kit, condition->field, condition->values.items[i]);
        const char *format = kit->lang == LANG_EN ? "%.*s or %.*s" : "%.*sまたは%.*s";
        text = i == 0 ? one : kit_format(kit, format, STR_ARG(text), STR_ARG(one));
    }
    return text;
}

/* Whether the clause says this condition already. "reached" is about who was reached: its actor. */
static bool is_main(const struct pattern *pattern, const struct pattern_condition *condition)
{
    const char *main = pattern->name->main;
    if (main == NULL)
        return false;
    return condition->field == NULL ? str_is(STR("by"), main)
                                    : str_is(str_of(condition->field->name), main);
}

static bool is_in_clause(const struct pattern_condition *condition, struct str template)
{
    for (size_t i = 0; condition->field == NULL && i + 3 <= template.len; i++)
        if (str_starts_with(str_after(template, i), STR("{a}")))
            return true;
    return false;
}

static struct words template_of(const struct pattern *pattern)
{
    for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++)
        if (str_is(str_of(clauses[i].name), pattern->name->name))
            return clauses[i].clause;
    return (struct words){{str_of(pattern->name->help), str_of(pattern->name->help)}};
}

/* What a condition is called in brackets; by its name in the file where nothing better is known. */
static struct str label_of(struct kit *kit, const struct pattern_condition *condition)
{
    static const struct {
        const char *name;
        struct words label;
    } rows[] = {
        {"by", WORDS("by", "行う人")},
        {"facts", WORDS("facts", "事実")},
        {"of", WORDS("of", "対象")},
        {"option", WORDS("option", "選択肢")},
        {"reason", WORDS("reason", "理由")},
        {"to", WORDS("to", "宛先")},
        {"type", WORDS("type", "種類")},
        {"via", WORDS("via", "手段")},
    };
    const char *name = condition->field == NULL ? "by" : condition->field->name;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(str_of(rows[i].name), name))
            return kit_say(kit, rows[i].label);
    return str_of(name);
}

/* What happens, and what else must be so. */
struct clause {
    struct str text; /* "IT operations has been reached"; システム運用当直に連絡がついた */
    struct str rest; /* " (reason: stale)"; may be empty */
};

static struct clause clause_of(struct kit *kit, const struct pattern *pattern)
{
    struct str template = kit_say(kit, template_of(pattern)), rest = STR("");
    struct str actor = KIT_SAY(kit, "somebody", "誰か"), thing = STR("");
    for (size_t i = 0; i < pattern->condition_count; i++) {
        const struct pattern_condition *condition = &pattern->conditions[i];
        struct str values = values_text(kit, condition);
        if (is_main(pattern, condition))
            thing = str_is(str_of(pattern->name->name), "decision")
                        ? phrase_pattern_thing(&kit->book, kit->lang, pattern)
                        : values;
        else if (is_in_clause(condition, template))
            actor = values;
        else
            rest = KIT_FORMAT(kit, "%.*s%s%.*s: %.*s", "%.*s%s%.*s：%.*s", STR_ARG(rest),
                rest.len > 0 ? "; " : "", STR_ARG(label_of(kit, condition)), STR_ARG(values));
    }
    if (thing.len == 0)
        thing = KIT_SAY(kit, "somebody or something", "誰か（何か）");
    if (rest.len > 0)
        rest = KIT_FORMAT(kit, " (%.*s)", "（%.*s）", STR_ARG(rest));
    return (struct clause){clause_fill(&kit->arena, template.ptr, actor, STR(""), thing), rest};
}

static struct str when_text(struct kit *kit, const struct def_trigger *trigger)
{
    struct clause clause = clause_of(kit, &trigger->pattern);
    struct str span = kit_span(kit, trigger->by_ms);
    if (trigger->by_ms == 0)
        return KIT_FORMAT(
            kit, "As soon as %.*s%.*s", "%.*sとき%.*s", STR_ARG(clause.text), STR_ARG(clause.rest));
    if (kit->lang == LANG_EN)
        return kit_format(
            kit, "%.*s after %.*s%.*s", STR_ARG(span), STR_ARG(clause.text), STR_ARG(clause.rest));
    return kit_format(kit, "%.*s%.*s後%.*s", STR_ARG(clause_since(&kit->arena, clause.text)),
        STR_ARG(span), STR_ARG(clause.rest));
}

static struct str unless_text(struct kit *kit, const struct def_trigger *trigger)
{
    struct clause_gap gap = {.pattern = &trigger->pattern, .still_waits = true};
    struct str absence = clause_absence(&kit->book, kit->lang, &gap);
    struct str span = kit_span(kit, trigger->by_ms);
    struct str from = trigger->inject.len > 0 ? kit_numbered(kit, trigger->inject)
                                              : KIT_SAY(kit, "STARTEX", "開始（STARTEX）");
    if (kit->lang == LANG_EN)
        return kit_format(
            kit, "If, %.*s after %.*s, %.*s", STR_ARG(span), STR_ARG(from), STR_ARG(absence));
    return kit_format(
        kit, "%.*sの%.*s後に次の状態のとき：%.*s", STR_ARG(from), STR_ARG(span), STR_ARG(absence));
}

static struct str after_text(struct kit *kit, const struct def_trigger *trigger)
{
    struct str span = kit_span(kit, trigger->by_ms), from = kit_numbered(kit, trigger->inject);
    if (kit->lang == LANG_EN)
        return kit_format(kit, "%.*s after %.*s", STR_ARG(span), STR_ARG(from));
    return kit_format(kit, "%.*sの%.*s後", STR_ARG(from), STR_ARG(span));
}

struct str kit_trigger(struct kit *kit, const struct def_inject *inject)
{
    const struct def_trigger *trigger = &inject->trigger;
    switch (trigger->kind) {
    case TRIGGER_AT:
        return kit_clock(kit, trigger->at_ms);
    case TRIGGER_STORY_AT:
        return kit_calendar(kit, kit->def->story_start_ms + trigger->at_ms);
    case TRIGGER_AFTER:
        return after_text(kit, trigger);
    case TRIGGER_WHEN:
        return when_text(kit, trigger);
    case TRIGGER_UNLESS:
        return unless_text(kit, trigger);
    case TRIGGER_NONE:
        break;
    }
    return inject->kind == INJECT_CONTINGENCY
               ? KIT_SAY(kit, "When it is missing; the story sends it, or you do",
                     "必要な行動が抜けているとき（シナリオの進行または手動）")
               : KIT_SAY(kit, "By the story, or by hand", "シナリオの進行、または手動で");
}

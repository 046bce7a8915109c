/* From a miss to a first draft of what to do. The cause decides: who lacked practice is not helped
 * by a new document, and a wrong number in the contact list by no training. What nobody has named
 * the cause of is to be looked into first, not to be trained away. */
#include "app/plan_propose.h"

#include <stdlib.h>

#include "app/evidence.h"
#include "app/ids.h"
#include "base/json_write.h"
#include "report/labels.h"
#include "report/measures.h"

static const struct remedy {
    const char *element;
    struct words action;
} remedies[CAUSE_COUNT + 1] = {
    [CAUSE_SKILL] = {"training", WORDS("Practise it with those concerned", "関係者で練習する")},
    [CAUSE_PROCEDURE] = {"planning",
        WORDS("Change the document that describes it", "手順書を改訂する")},
    [CAUSE_AUTHORITY] = {"organization",
        WORDS("Write down who may decide, with a deputy", "決定権者と代理を文書で定める")},
    [CAUSE_CONTACT_DATA] = {"planning", WORDS("Correct the contact list and try out every entry",
                                            "連絡先一覧を直し、全件を実際にかけて確かめる")},
    [CAUSE_OVERLOAD] = {"organization", WORDS("Take work off the role, or name a second person",
                                            "その役割の仕事を減らすか、二人体制にする")},
    [CAUSE_TOOL] = {"equipment",
        WORDS("Provide a tool that can do it", "それができる道具を用意する")},
    [CAUSE_SCENARIO] = {"exercises",
        WORDS("Mend the scenario or the rule", "シナリオまたはルールを直す")},
    [CAUSE_COUNT] = {"planning",
        WORDS("Find out with those concerned why", "関係者と原因を確かめる")},
};

static struct str cause_words(int cause, enum lang lang)
{
    static const struct words none = WORDS("no cause named", "原因は未記入");
    return cause >= 0 ? labels_causes[cause].in[lang] : none.in[lang];
}

static const struct remedy *remedy_of(int cause)
{
    return &remedies[cause >= 0 ? cause : CAUSE_COUNT];
}

/* ---- finding them ---- */

static void add_miss(
    struct arena *arena, struct plan_proposal *proposal, const struct finding *finding)
{
    if (proposal->cause < 0)
        proposal->cause = finding->cause;
    proposal->missed_count++;
    proposal->findings =
        proposal->findings.len == 0
            ? arena_str(arena, finding->name)
            : arena_format(arena, "%.*s %.*s", STR_ARG(proposal->findings), STR_ARG(finding->name));
}

/* Findings of a rule stand together. */
static size_t gather(struct past *past, struct plan_proposal **ret_items)
{
    const struct finding *findings;
    size_t finding_count, count = 0;
    struct scorer *scorer = past_score(past, &past->rules, &findings, &finding_count);
    struct plan_proposal *items =
        ARENA_ARRAY(&past->arena, finding_count + 1, struct plan_proposal);
    for (size_t i = 0; i < finding_count; i++) {
        if (findings[i].verdict != VERDICT_VIOLATED)
            continue;
        if (count == 0 || items[count - 1].rule != findings[i].rule)
            items[count++] = (struct plan_proposal){.rule = findings[i].rule, .cause = -1};
        add_miss(&past->arena, &items[count - 1], &findings[i]);
    }
    scorer_free(scorer);
    *ret_items = items;
    return count;
}

static void note_planned(
    const struct past *past, const struct record_plan *plan, struct plan_proposal *proposal)
{
    for (size_t i = 0; i < plan->item_count; i++)
        if (str_eq(plan->items[i].values[PLAN_EXERCISE], past->exercise.id) &&
            str_eq(plan->items[i].values[PLAN_RULE], proposal->rule->id))
            proposal->planned_as = plan->items[i].id;
}

/* The gravest first; those of one cause together, and what nobody has named the cause of last. */
static int compare_proposals(const void *a, const void *b)
{
    const struct plan_proposal *first = a, *second = b;
    int order = (int)second->rule->severity - (int)first->rule->severity;
    if (order == 0)
        order = (first->cause < 0) - (second->cause < 0);
    if (order == 0)
        order = first->cause - second->cause;
    return order != 0 ? order : str_cmp(first->rule->id, second->rule->id);
}

bool plan_propose(
    struct past *past, struct plan_proposal **ret_items, size_t *ret_count, struct err *reterr)
{
    struct record_plan plan;
    struct plan_proposal *found;
    if (!state_has_ended(past->state))
        return err_set(reterr, ERR_USAGE,
            "%.*s has not come to its ENDEX: what its rules find can still change",
            STR_ARG(past->exercise.id));
    if (!record_plan_read(past->record, &past->arena, &plan, reterr))
        return false;
    size_t count = gather(past, &found), sorted_count = 0;
    struct plan_proposal *sorted = ARENA_ARRAY(&past->arena, count + 1, struct plan_proposal);
    for (size_t i = 0; i < count; i++)
        sorted[sorted_count++] = found[i];
    qsort(sorted, sorted_count, sizeof(*sorted), compare_proposals);
    for (size_t i = 0; i < sorted_count; i++)
        note_planned(past, &plan, &sorted[i]);
    *ret_items = sorted;
    *ret_count = sorted_count;
    return true;
}

static bool has_finding(struct str findings, struct str name)
{
    struct str one, rest;
    while (str_cut(findings, ' ', &one, &rest)) {
        if (str_eq(one, name))
            return true;
        findings = rest;
    }
    return str_eq(findings, name);
}

bool plan_proposal_find(
    struct past *past, struct str name, struct plan_proposal *ret_proposal, struct err *reterr)
{
    struct plan_proposal *items;
    size_t count;
    if (!plan_propose(past, &items, &count, reterr))
        return false;
    struct str *rules = ARENA_ARRAY(&past->arena, count + 1, struct str);
    for (size_t i = 0; i < count; i++) {
        rules[i] = items[i].rule->id;
        if (str_eq(rules[i], name) || has_finding(items[i].findings, name)) {
            *ret_proposal = items[i];
            return true;
        }
    }
    return ids_refuse(
        reterr, "the exercise has no missed rule or finding", name, (struct strs){rules, count});
}

/* ---- making an item of one ---- */

static void set_if_open(
    struct record_plan_change *change, enum record_plan_field field, struct str value)
{
    if (change->is_set[field])
        return;
    change->values[field] = value;
    change->is_set[field] = value.len > 0;
}

/* The measure that the report names, where there is one for the cause itself; one for the
 * capability may well answer another cause, such as a drill where a document is wrong. */
static struct str action_of(
    struct arena *arena, const struct plan_proposal *proposal, enum lang lang)
{
    const struct rule *rule = proposal->rule;
    const struct measure *measure = measures_for(proposal->cause, rule->capability);
    if (proposal->cause >= 0 && str_is(str_of(measure->id), cause_names[proposal->cause]))
        return measure->options[0].action.in[lang];
    return arena_format(arena, lang == LANG_JA ? "%.*s：%.*s" : "%.*s: %.*s",
        STR_ARG(remedy_of(proposal->cause)->action.in[lang]), STR_ARG(rule->title.in[lang]));
}

struct words plan_proposal_action(struct arena *arena, const struct plan_proposal *proposal)
{
    struct words action;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        action.in[lang] = action_of(arena, proposal, (enum lang)lang);
    return action;
}

struct words plan_proposal_issue(struct arena *arena, const struct plan_proposal *proposal)
{
    const struct words *title = &proposal->rule->title;
    struct words issue;
    issue.in[LANG_EN] = arena_format(arena, "Missed: %.*s", STR_ARG(title->in[LANG_EN]));
    issue.in[LANG_JA] = arena_format(arena, "未達：%.*s", STR_ARG(title->in[LANG_JA]));
    return issue;
}

void plan_proposal_fill(struct past *past, const struct plan_proposal *proposal, enum lang lang,
    struct record_plan_change *change)
{
    const struct rule *rule = proposal->rule;
    const struct remedy *remedy = remedy_of(proposal->cause);
    set_if_open(change, PLAN_ACTION, action_of(&past->arena, proposal, lang));
    set_if_open(change, PLAN_CAPABILITY, rule->capability);
    set_if_open(
        change, PLAN_CAUSE, str_of(proposal->cause >= 0 ? cause_names[proposal->cause] : ""));
    set_if_open(change, PLAN_ELEMENT, str_of(remedy->element));
    set_if_open(change, PLAN_EXERCISE, past->exercise.id);
    set_if_open(change, PLAN_FINDING, proposal->findings);
    set_if_open(change, PLAN_ISSUE, plan_proposal_issue(&past->arena, proposal).in[lang]);
    set_if_open(change, PLAN_MAJOR,
        arena_format(&past->arena, "%lld", (long long)evidence_major(past, rule->pack)));
    set_if_open(change, PLAN_PACK, rule->pack.len > 0 ? rule->pack : past->def.id);
    set_if_open(change, PLAN_RULE, rule->id);
    set_if_open(change, PLAN_TEAM, past->def.organisation);
}

/* ---- showing ---- */

void plan_proposals_write_json(
    struct past *past, const struct plan_proposal *items, size_t count, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_array(&json);
    for (size_t i = 0; i < count; i++) {
        struct words action = plan_proposal_action(&past->arena, &items[i]);
        json_write_object(&json);
        json_write_key_words(&json, "action", &action);
        json_write_key_str(
            &json, "cause", str_of(items[i].cause >= 0 ? cause_names[items[i].cause] : ""));
        json_write_key_str(&json, "element", str_of(remedy_of(items[i].cause)->element));
        json_write_key_int(&json, "missed", (int64_t)items[i].missed_count);
        json_write_key_int(&json, "planned_as", items[i].planned_as);
        json_write_key_str(&json, "rule", items[i].rule->id);
        json_write_key_str(&json, "severity", str_of(severity_names[items[i].rule->severity]));
        json_write_key_words(&json, "title", &items[i].rule->title);
        json_write_end(&json);
    }
    json_write_end(&json);
    buf_add_char(out, '\n');
}

static void write_one(const struct plan_proposal *item, enum lang lang, struct buf *out)
{
    const struct rule *rule = item->rule;
    buf_format(out, "  %.*s (%.*s, %.*s, %zu)", STR_ARG(rule->id),
        STR_ARG(lang == LANG_JA ? labels_capability(rule->capability).in[lang] : rule->capability),
        STR_ARG(labels_severities[rule->severity].in[lang]), item->missed_count);
    if (item->planned_as > 0)
        buf_format(out, lang == LANG_JA ? "  計画済み #%lld" : "  planned already as #%lld",
            (long long)item->planned_as);
    buf_format(out, lang == LANG_JA ? "\n    未達：%.*s\n" : "\n    Missed: %.*s\n",
        STR_ARG(rule->title.in[lang]));
}

void plan_proposals_write(struct past *past, const struct plan_proposal *items, size_t count,
    enum lang lang, struct buf *out)
{
    if (count == 0)
        buf_format(out,
            lang == LANG_JA ? "%.*s に未達成のルールはありません\n" : "%.*s has missed no rule\n",
            STR_ARG(past->exercise.id));
    for (size_t i = 0; i < count; i++) {
        const struct remedy *remedy = remedy_of(items[i].cause);
        if (i == 0 || items[i].cause != items[i - 1].cause)
            buf_format(out, lang == LANG_JA ? "%.*s → %.*s（%s）\n" : "%.*s: %.*s (%s)\n",
                STR_ARG(cause_words(items[i].cause, lang)), STR_ARG(remedy->action.in[lang]),
                remedy->element);
        write_one(&items[i], lang, out);
    }
}

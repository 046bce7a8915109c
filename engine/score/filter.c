/* Conditions that look beyond the event. Knowledge is what the fold has seen so far, which is all
 * that came before the event: the fold learns from an event after the monitors have seen it. */
#include "score/filter.h"

#include "score/fold.h"
#include "score/parcel.h"
#include "score/party.h"

const struct filter_word filter_words[FILTER_KIND_COUNT] = {
    [FILTER_ABOUT] = {"about", "a `message` or `escalation` pattern",
        "the message that the event names is such a one"},
    [FILTER_CORRECTS] = {"corrects", "`yes` or `no`",
        "the fact puts right an older one that the actor had"},
    [FILTER_EMPTY] = {"empty", "`yes` or `no`", "it tells nobody anything new"},
    [FILTER_INJECT_KIND] = {"inject_kind", "kinds of injects", "it is about such injects only"},
    [FILTER_KNOWING] = {"knowing", "facts", "the actor knows one of them"},
    [FILTER_LACKING] = {"lacking", "facts", "the actor knows none of them"},
    [FILTER_LACKS] = {"lacks", "fields", "these fields of the event are empty"},
    [FILTER_NEED] = {"need", "`must` `useful` `never` `none`",
        "a fact that it carries has this need for one of those it goes to"},
    [FILTER_NEEDED_BY] = {"needed_by", "parties",
        "a fact that it carries is a must for one of these"},
    [FILTER_SLOT] = {"slot", "slots", "it answers one of them, or says that it is not known"},
    [FILTER_WORLD] = {"world", "`{name: value}`", "the world is so at that moment"},
};

int filter_event_kind(const struct filter *filter)
{
    return filter->pattern.name == NULL ? -1 : filter->pattern.name->event_kind;
}

/* ---- conditions, one function each ---- */

static bool is_about(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    const struct field *field = field_find(event_kinds[event->kind].fields, STR("message"));
    if (field == NULL || field->type != FIELD_ID)
        return false;
    const struct event *message = fold_message(fold, field_str(field, &event->body));
    return message != NULL && message != event && !party_tells_itself(fold->def, message) &&
           pattern_matches(condition->about, fold->def, message);
}

static bool corrects(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    (void)fold;
    return event->kind == EVENT_LEARNED &&
           (event->body.learned.replaces.len != 0) == condition->wanted;
}

static bool is_empty(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    return (event->kind == EVENT_MESSAGED || event->kind == EVENT_SAID) &&
           parcel_tells_nothing_new(&fold->knowledge, event) == condition->wanted;
}

/* -1: no inject of the definition. */
static int inject_kind_of(const struct fold *fold, const struct event *event, const char *name)
{
    const struct field *field = field_find(event_kinds[event->kind].fields, str_of(name));
    if (field == NULL || field->type != FIELD_ID)
        return -1;
    const struct def_inject *inject = def_inject(fold->def, field_str(field, &event->body));
    return inject == NULL ? -1 : (int)inject->kind;
}

static bool names_inject(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    static const char *const names[] = {"inject", "re", "through"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        int kind = inject_kind_of(fold, event, names[i]);
        if (kind >= 0 && (condition->set & 1u << kind) != 0)
            return true;
    }
    struct strs facts = parcel_facts(event);
    for (size_t i = 0; i < facts.count; i++) {
        unsigned kinds = fold_carriers(fold, facts.items[i]);
        if (kinds == 0 || (kinds & ~condition->set) != 0)
            return false;
    }
    return facts.count != 0;
}

static bool knows_one(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    for (size_t i = 0; i < condition->values.count; i++)
        if (knowledge_has(&fold->knowledge, event->actor, condition->values.items[i]))
            return true;
    return false;
}

static bool knows_none(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    return !knows_one(condition, fold, event);
}

static bool is_needed(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    struct strs facts = parcel_facts(event), to = parcel_to(event);
    for (size_t i = 0; i < facts.count; i++) {
        const struct def_fact *fact = def_fact(fold->def, facts.items[i]);
        for (size_t p = 0; fact != NULL && p < to.count; p++)
            if ((condition->set & 1u << def_fact_need(fact, to.items[p])) != 0)
                return true;
    }
    return false;
}

static bool lacks_fields(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    (void)fold;
    for (size_t i = 0; i < condition->values.count; i++) {
        const struct field *field =
            field_find(event_kinds[event->kind].fields, condition->values.items[i]);
        bool is_list = field != NULL && field->type == FIELD_IDS;
        if (is_list && field_strs(field, &event->body).count != 0)
            return false;
        if (field != NULL && !is_list && field_str(field, &event->body).len != 0)
            return false;
    }
    return true;
}

static bool is_needed_by(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    struct strs facts = parcel_facts(event);
    for (size_t i = 0; i < facts.count; i++) {
        const struct def_fact *fact = def_fact(fold->def, facts.items[i]);
        for (size_t p = 0; fact != NULL && p < condition->values.count; p++)
            if (def_fact_need(fact, condition->values.items[p]) == NEED_MUST)
                return true;
    }
    return false;
}

static bool fills_slot(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    struct strs facts = parcel_facts(event), unknown = parcel_unknown(event);
    for (size_t i = 0; i < facts.count; i++) {
        const struct def_fact *fact = def_fact(fold->def, facts.items[i]);
        if (fact != NULL && fact->slot.len != 0 && strs_contain(condition->values, fact->slot))
            return true;
    }
    for (size_t i = 0; i < unknown.count; i++)
        if (strs_contain(condition->values, unknown.items[i]))
            return true;
    return false;
}

static bool is_world(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    (void)event;
    return strs_contain(condition->values, fold_world(fold, condition->name));
}

static bool (*const filter_tests[FILTER_KIND_COUNT])(const struct filter_condition *condition,
    const struct fold *fold, const struct event *event) = {
    [FILTER_ABOUT] = is_about,
    [FILTER_CORRECTS] = corrects,
    [FILTER_EMPTY] = is_empty,
    [FILTER_INJECT_KIND] = names_inject,
    [FILTER_KNOWING] = knows_one,
    [FILTER_LACKING] = knows_none,
    [FILTER_LACKS] = lacks_fields,
    [FILTER_NEED] = is_needed,
    [FILTER_NEEDED_BY] = is_needed_by,
    [FILTER_SLOT] = fills_slot,
    [FILTER_WORLD] = is_world,
};

static bool holds(
    const struct filter_condition *condition, const struct fold *fold, const struct event *event)
{
    return filter_tests[condition->kind](condition, fold, event);
}

/* ---- filters ---- */

bool filter_matches_never(
    const struct filter *filter, const struct fold *fold, const struct event *event)
{
    if (!pattern_matches(&filter->pattern, fold->def, event))
        return false;
    for (size_t i = 0; i < filter->condition_count; i++)
        if (!holds(&filter->conditions[i], fold, event))
            return false;
    return true;
}

bool filter_matches(const struct filter *filter, const struct fold *fold, const struct event *event)
{
    return !fold->tells_itself && filter_matches_never(filter, fold, event);
}

/* The pattern's conditions that fail: none, one (by its name), or several. */
static int pattern_failures(const struct pattern *pattern, const struct def *def,
    const struct event *event, const char **ret_name)
{
    int failed = pattern_miss(pattern, def, event);
    if (failed < 0)
        return 0;
    struct pattern rest = *pattern;
    const struct field *field = rest.conditions[failed].field;
    *ret_name = field == NULL ? "by" : field->name;
    rest.conditions[failed] = rest.conditions[--rest.condition_count];
    return pattern_matches(&rest, def, event) ? 1 : 2;
}

const char *filter_only_failure(
    const struct filter *filter, const struct fold *fold, const struct event *event)
{
    struct pattern bare = filter->pattern;
    bare.condition_count = 0;
    const char *name = NULL;
    if (!pattern_matches(&bare, fold->def, event))
        return NULL;
    int count = pattern_failures(&filter->pattern, fold->def, event, &name);
    for (size_t i = 0; i < filter->condition_count && count < 2; i++)
        if (!holds(&filter->conditions[i], fold, event)) {
            const char *word = filter_words[filter->conditions[i].kind].name;
            count += name != word; /* all values of the world are one condition */
            name = word;
        }
    return count == 1 ? name : NULL;
}

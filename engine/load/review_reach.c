/* What can happen at all: the least set in which everything has a beginning. Whatever people do by
 * their own will can happen; only what the scenario itself must bring is followed. */
#include "core/event.h"
#include "load/review_parts.h"

bool review_mentions(
    const struct review *review, enum mention_use use, enum field_of of, struct str id)
{
    for (size_t i = 0; i < review->mentions.count; i++) {
        const struct mention *mention = &review->mentions.items[i];
        if (mention->use == use && mention->of == of && str_eq(mention->id, id))
            return true;
    }
    return false;
}

bool review_is_brought(const struct review *review, enum field_of of, struct str id)
{
    return review_mentions(review, MENTION_CAUSE, of, id) ||
           review_mentions(review, MENTION_TEXT, OF_ANY, id);
}

static bool inject_comes(const struct review *review, const struct reach *reach, struct str id)
{
    int position = index_find(&review->loaded->def.inject_index, id);
    return position < 0 || reach->injects[position];
}

static bool fact_comes(const struct review *review, const struct reach *reach, struct str id)
{
    int position = index_find(&review->loaded->def.fact_index, id);
    return position < 0 || reach->facts[position];
}

bool review_answers(const struct def_stakeholder *stakeholder)
{
    for (int channel = 0; channel < CHANNEL_COUNT; channel++)
        if (stakeholder->reach[channel].answer == ANSWER_YES ||
            stakeholder->after_hours[channel].answer == ANSWER_YES)
            return true;
    return false;
}

/* Whether an event of this word can be about the name. */
static bool can_be_about(const struct review *review, const struct reach *reach,
    const struct pattern_name *word, const struct field *field, struct str id)
{
    const struct def *def = &review->loaded->def;
    if (field == NULL) {
        const struct def_stakeholder *stakeholder = def_stakeholder(def, id);
        return word->event_kind != EVENT_REACHED || !stakeholder || review_answers(stakeholder);
    }
    if (field->of == OF_INJECT)
        return inject_comes(review, reach, id);
    if (field->of == OF_FACT)
        return word->event_kind != EVENT_LEARNED || fact_comes(review, reach, id);
    if (field->of != OF_QUESTION)
        return true;
    const struct def_question *question = def_question(def, id);
    if (question && word->event_kind == EVENT_EXPIRED && question->within_ms == 0)
        return false;
    return !question || inject_comes(review, reach, question->inject);
}

/* Why an event of this word cannot be about the name. */
static struct str impossible(const struct review *review, const struct pattern_name *word,
    const struct field *field, struct str id)
{
    if (!field)
        return arena_format(review->arena, "\"%.*s\" answers on no channel", STR_ARG(id));
    if (field->of == OF_FACT)
        return arena_format(review->arena, "nobody can learn \"%.*s\"", STR_ARG(id));
    const struct def_question *question = def_question(&review->loaded->def, id);
    if (field->of == OF_QUESTION && word->event_kind == EVENT_EXPIRED && question->within_ms == 0)
        return arena_format(
            review->arena, "\"%.*s\" has no \"within:\" that could run out", STR_ARG(id));
    if (field->of == OF_QUESTION)
        return arena_format(review->arena, "\"%.*s\" is never asked", STR_ARG(id));
    return arena_format(review->arena, "\"%.*s\" never comes", STR_ARG(id));
}

bool review_can_be(const struct review *review, const struct reach *reach,
    const struct pattern_name *word, const struct pattern_condition *condition, struct str *ret_why)
{
    for (size_t i = 0; i < condition->values.count; i++)
        if (can_be_about(review, reach, word, condition->field, condition->values.items[i]))
            return true;
    if (ret_why)
        *ret_why = impossible(review, word, condition->field, condition->values.items[0]);
    return false;
}

bool review_can_happen(const struct review *review, const struct reach *reach,
    const struct pattern *pattern, struct str *ret_why)
{
    for (size_t i = 0; pattern->name && i < pattern->condition_count; i++)
        if (pattern->conditions[i].values.count > 0 &&
            !review_can_be(review, reach, pattern->name, &pattern->conditions[i], ret_why))
            return false;
    return true;
}

/* ask("question") sends the inject that carries it. */
static bool story_asks(const struct review *review, const struct def_inject *inject)
{
    for (size_t i = 0; i < inject->questions.count; i++)
        if (review_mentions(review, MENTION_CAUSE, OF_QUESTION, inject->questions.items[i]))
            return true;
    return false;
}

bool review_is_by_hand(const struct review *review, struct str inject)
{
    const struct tree_node *said =
        tree_get(places_find(&review->loaded->places, OF_INJECT, inject), STR("by_hand"));
    return said && said->kind == TREE_SCALAR &&
           (str_is(said->text, "yes") || str_is(said->text, "true"));
}

static bool comes(const struct review *review, const struct reach *reach, size_t position)
{
    const struct def_inject *inject = &review->loaded->def.injects[position];
    const struct def_trigger *trigger = &inject->trigger;
    if (review->came[position] || review_is_brought(review, OF_INJECT, inject->id) ||
        story_asks(review, inject) || review_is_by_hand(review, inject->id))
        return true;
    if (trigger->kind == TRIGGER_AFTER || trigger->kind == TRIGGER_UNLESS)
        return trigger->inject.len == 0 || inject_comes(review, reach, trigger->inject);
    if (trigger->kind == TRIGGER_WHEN)
        return review_can_happen(review, reach, &trigger->pattern, NULL);
    return trigger->kind != TRIGGER_NONE;
}

static bool add_injects(const struct review *review, struct reach *reach)
{
    bool has_grown = false;
    for (size_t i = 0; i < review->loaded->def.inject_count; i++) {
        if (reach->injects[i] || !comes(review, reach, i))
            continue;
        reach->injects[i] = true;
        has_grown = true;
    }
    return has_grown;
}

static bool is_brought(const struct review *review, const struct reach *reach, struct str fact)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 0; i < def->inject_count; i++)
        if (reach->injects[i] && strs_contain(def->injects[i].facts, fact))
            return true;
    return review_is_brought(review, OF_FACT, fact);
}

static bool add_facts(const struct review *review, struct reach *reach)
{
    bool has_grown = false;
    for (size_t i = 0; i < review->loaded->def.fact_count; i++) {
        if (reach->facts[i] || !is_brought(review, reach, review->loaded->def.facts[i].id))
            continue;
        reach->facts[i] = true;
        has_grown = true;
    }
    return has_grown;
}

void review_reach(const struct review *review, struct reach *ret_reach)
{
    const struct def *def = &review->loaded->def;
    ret_reach->injects = ARENA_ARRAY(review->arena, def->inject_count + 1, bool);
    ret_reach->facts = ARENA_ARRAY(review->arena, def->fact_count + 1, bool);
    bool has_grown = true;
    while (has_grown) {
        has_grown = add_injects(review, ret_reach);
        has_grown = add_facts(review, ret_reach) || has_grown;
    }
}

/* ---- what is looked at ---- */

static bool names(const struct pattern *pattern, enum field_of of, struct str id)
{
    for (size_t i = 0; pattern->name && i < pattern->condition_count; i++) {
        const struct pattern_condition *condition = &pattern->conditions[i];
        if (condition->field && condition->field->of == of && strs_contain(condition->values, id))
            return true;
    }
    return false;
}

/* An option means something only beside its question, when that is given. */
static bool names_option(
    const struct pattern *pattern, const struct def_question *question, struct str option)
{
    bool is_other = false;
    for (size_t i = 0; pattern->name && i < pattern->condition_count; i++) {
        const struct pattern_condition *condition = &pattern->conditions[i];
        if (condition->field && condition->field->of == OF_QUESTION)
            is_other = !strs_contain(condition->values, question->id);
    }
    return !is_other && names(pattern, OF_OPTION, option);
}

/* Visits every pattern of the scenario until one fits. */
static bool any_pattern(const struct review *review,
    bool (*fits)(const struct pattern *pattern, const void *about), const void *about)
{
    const struct def *def = &review->loaded->def;
    const struct rules *rules = &review->loaded->rules;
    for (size_t i = 0; i < def->inject_count; i++)
        if (fits(&def->injects[i].trigger.pattern, about))
            return true;
    for (size_t i = 0; i < rules->count; i++) {
        const struct filter *filters[RULE_FILTERS];
        size_t count = rule_filters(&rules->items[i], filters);
        for (size_t f = 0; f < count; f++)
            if (fits(&filters[f]->pattern, about))
                return true;
    }
    return false;
}

struct thing {
    enum field_of of;
    struct str id;
    const struct def_question *question; /* of an option */
};

static bool fits_thing(const struct pattern *pattern, const void *about)
{
    const struct thing *thing = about;
    return names(pattern, thing->of, thing->id);
}

static bool fits_option(const struct pattern *pattern, const void *about)
{
    const struct thing *thing = about;
    return names_option(pattern, thing->question, thing->id);
}

bool review_is_read(const struct review *review, enum field_of of, struct str id)
{
    return any_pattern(review, fits_thing, &(struct thing){.of = of, .id = id}) ||
           review_mentions(review, MENTION_LOOK, of, id) ||
           review_mentions(review, MENTION_AWAIT, of, id) ||
           (of == OF_QUESTION && review_mentions(review, MENTION_CAUSE, of, id)) ||
           review_mentions(review, MENTION_TEXT, OF_ANY, id);
}

bool review_option_is_read(
    const struct review *review, const struct def_question *question, struct str option)
{
    struct thing thing = {.of = OF_OPTION, .id = option, .question = question};
    return any_pattern(review, fits_option, &thing) ||
           review_mentions(review, MENTION_LOOK, OF_OPTION, option) ||
           review_mentions(review, MENTION_TEXT, OF_ANY, option);
}

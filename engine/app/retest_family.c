/* Which injects a retest takes.
 *
 * What activated the rule in the past exercise is looked at first, for it is known: the record
 * names the event, the event an inject, a question, a message and its facts. Only where the rule
 * was never activated is it asked what it names. Where both lead to no inject (a rule about what
 * players do of their own will), the last injects that came before are taken as the situation. */
#include <stdlib.h>

#include "app/ids.h"
#include "app/retest.h"
#include "core/event.h"

enum { GATHER_DEPTH = 4, SITUATION = 2, INSTANCES_MOST = 2 };

static const struct event *event_at(const struct retest *retest, int64_t seq)
{
    const struct past *past = retest->past;
    return seq >= 1 && (size_t)seq <= past->event_count ? &past->events[seq - 1] : NULL;
}

static void want(struct retest *retest, int position)
{
    if (position < 0 || retest->injects[position].part == RETEST_TIMED ||
        retest->timed_count == RETEST_TIMED_MOST)
        return;
    retest->injects[position].part = RETEST_TIMED;
    retest->timed[retest->timed_count++] = (size_t)position;
}

static bool want_inject(struct retest *retest, struct str id)
{
    int position = index_find(&retest->loaded.def.inject_index, id);
    want(retest, position);
    return position >= 0;
}

/* The first inject that brought the fact, or that could. */
static void want_fact(struct retest *retest, struct str fact)
{
    const struct def *def = &retest->loaded.def;
    int found = -1;
    for (size_t i = 0; i < def->inject_count; i++) {
        if (!strs_contain(def->injects[i].facts, fact))
            continue;
        int64_t seq = retest->injects[i].came_seq;
        int64_t best = found < 0 ? 0 : retest->injects[found].came_seq;
        if (found < 0 || (seq != 0 && (best == 0 || seq < best)))
            found = (int)i;
    }
    want(retest, found);
}

static void want_question(struct retest *retest, struct str id)
{
    const struct def_question *question = def_question(&retest->loaded.def, id);
    if (question)
        want_inject(retest, question->inject);
}

static const struct event *find_message(const struct retest *retest, struct str id)
{
    for (size_t i = 0; i < retest->past->event_count; i++) {
        const struct event *event = &retest->past->events[i];
        if (event->kind == EVENT_MESSAGED && str_eq(event->body.messaged.message, id))
            return event;
    }
    return NULL;
}

static void gather(struct retest *retest, const struct event *event, int depth);

static void gather_name(struct retest *retest, const struct field *field, struct str id, int depth)
{
    if (field->of == OF_FACT)
        want_fact(retest, id);
    else if (field->of == OF_QUESTION)
        want_question(retest, id);
    else if (field->of == OF_INJECT)
        want_inject(retest, id);
    else if (field->of == OF_MESSAGE || str_is(str_of(field->name), "re"))
        if (!want_inject(retest, id))
            gather(retest, find_message(retest, id), depth + 1);
}

/* What an event is about: the injects that it names, or that brought what it names. */
static void gather(struct retest *retest, const struct event *event, int depth)
{
    if (!event || depth > GATHER_DEPTH)
        return;
    struct fields fields = event_kinds[event->kind].fields;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        if (field->type != FIELD_ID && field->type != FIELD_IDS)
            continue;
        struct strs names = field_strs(field, &event->body);
        for (size_t n = 0; n < names.count; n++)
            if (names.items[n].len > 0)
                gather_name(retest, field, names.items[n], depth);
    }
    if (retest->timed_count == 0)
        gather(retest, event_at(retest, event->cause), depth + 1);
}

/* The rule's activations, missed ones first. Returns the first of them, or NULL. */
static const struct event *gather_played(struct retest *retest)
{
    const struct finding *items;
    const struct event *first = NULL;
    size_t count;
    int taken = 0;
    struct scorer *scorer = past_score(retest->past, &retest->past->rules, &items, &count);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count && taken < INSTANCES_MOST; i++) {
            bool is_missed = items[i].verdict == VERDICT_VIOLATED;
            int64_t seq =
                items[i].activation_seq != 0 ? items[i].activation_seq : items[i].target_seq;
            if (!str_eq(items[i].rule->id, retest->rule->id) || seq == 0 ||
                is_missed != (pass == 0))
                continue;
            first = first ? first : event_at(retest, seq);
            gather(retest, event_at(retest, seq), 0);
            taken++;
        }
    scorer_free(scorer);
    return first;
}

/* What the patterns name, of what injects bring. */
static void gather_pattern(struct retest *retest, const struct pattern *pattern)
{
    for (size_t i = 0; pattern->name && i < pattern->condition_count; i++) {
        const struct pattern_condition *condition = &pattern->conditions[i];
        for (size_t v = 0; condition->field && v < condition->values.count; v++)
            gather_name(retest, condition->field, condition->values.items[v], GATHER_DEPTH);
    }
}

static void gather_named(struct retest *retest)
{
    const struct filter *filters[RULE_FILTERS];
    size_t count = rule_filters(retest->rule, filters);
    for (size_t i = 0; i < count && retest->timed_count == 0; i++)
        gather_pattern(retest, &filters[i]->pattern);
    for (size_t i = 0; retest->rule->choose && i < retest->rule->choose->questions.count; i++)
        want_question(retest, retest->rule->choose->questions.items[i]);
}

static void want_delivered(struct retest *retest, int64_t seq)
{
    const struct event *came = event_at(retest, seq);
    const struct def_inject *inject =
        came->kind == EVENT_DELIVERED ? def_inject(&retest->loaded.def, came->body.delivered.inject)
                                      : NULL;
    if (inject && inject->kind != INJECT_CONTEXTUAL)
        want_inject(retest, inject->id);
}

/* The last injects that came before the event; if there were none, the first one after it. */
static void gather_situation(struct retest *retest, const struct event *event)
{
    for (int64_t seq = event->seq; seq > 0 && retest->timed_count < SITUATION; seq--)
        want_delivered(retest, seq);
    for (int64_t seq = event->seq + 1; event_at(retest, seq) && retest->timed_count == 0; seq++)
        want_delivered(retest, seq);
    retest->is_situation = retest->timed_count > 0;
}

/* ---- whether it begins by itself ---- */

static bool reaches(const struct def_inject *inject, const struct pattern *pattern)
{
    for (size_t i = 0; i < pattern->condition_count; i++) {
        const struct pattern_condition *condition = &pattern->conditions[i];
        bool is_met = condition->field && condition->field->of != OF_FACT;
        for (size_t v = 0; v < condition->values.count; v++)
            is_met = is_met ||
                     (condition->field ? strs_contain(inject->facts, condition->values.items[v])
                                       : strs_contain(inject->to, condition->values.items[v]));
        if (!is_met)
            return false;
    }
    return inject->facts.count > 0;
}

/* Whether somebody who must know it gets it from an inject, not from a colleague. */
static bool is_learned(const struct retest *retest, const struct pattern *pattern)
{
    for (size_t i = 0; i < retest->timed_count; i++)
        if (reaches(&retest->loaded.def.injects[retest->timed[i]], pattern))
            return true;
    return false;
}

/* Whether the injects alone set the rule going, also at a table that does nothing. */
static bool begins_by_itself(const struct retest *retest)
{
    const struct rule *rule = retest->rule;
    switch (filter_event_kind(&rule->when)) {
    case EVENT_DELIVERED:
    case EVENT_EXPIRED:
    case EVENT_STARTED:
        return true;
    case EVENT_OPENED:
        return rule->attention_ms > 0;
    case EVENT_LEARNED:
        return rule->attention_ms > 0 && is_learned(retest, &rule->when.pattern);
    default:
        return rule->kind == RULE_CHOOSE;
    }
}

/* ---- what goes with them ---- */

static bool is_kept(const struct retest *retest, struct str inject)
{
    int position = index_find(&retest->loaded.def.inject_index, inject);
    return position >= 0 && retest->injects[position].part != RETEST_OUT;
}

static bool is_fact_kept(const struct retest *retest, struct str fact)
{
    const struct def *def = &retest->loaded.def;
    for (size_t i = 0; i < def->inject_count; i++)
        if (retest->injects[i].part != RETEST_OUT && strs_contain(def->injects[i].facts, fact))
            return true;
    return false;
}

/* Whether the rule speaks of the party, in any condition. */
static bool names_party(const struct rule *rule, struct str party)
{
    const struct filter *filters[RULE_FILTERS];
    size_t count = rule_filters(rule, filters);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < filters[i]->pattern.condition_count; c++)
            if (strs_contain(filters[i]->pattern.conditions[c].values, party))
                return true;
    return strs_contain(rule->parties, party);
}

/* 1: the name is of what is kept; 0: of what is always there; -1: of what is left out. */
static int standing(const struct retest *retest, const struct field *field, struct str name)
{
    const struct def *def = &retest->loaded.def;
    if (field && field->of == OF_INJECT)
        return is_kept(retest, name) ? 1 : -1;
    if (field && field->of == OF_FACT)
        return is_fact_kept(retest, name) ? 1 : -1;
    if (field && field->of == OF_PHASE)
        return -1;
    const struct def_question *question =
        field && field->of == OF_QUESTION ? def_question(def, name) : NULL;
    if (question)
        return is_kept(retest, question->inject) ? 1 : -1;
    return names_party(retest->rule, name) ? 1 : 0;
}

/* Whether the pattern stands on what is kept and has to do with it. */
static bool belongs(const struct retest *retest, const struct pattern *pattern)
{
    bool is_about = false;
    for (size_t i = 0; i < pattern->condition_count; i++) {
        const struct pattern_condition *condition = &pattern->conditions[i];
        for (size_t v = 0; v < condition->values.count; v++) {
            int stands = standing(retest, condition->field, condition->values.items[v]);
            if (stands < 0)
                return false;
            is_about = is_about || stands > 0;
        }
    }
    return is_about;
}

static bool follows(const struct retest *retest, const struct def_inject *inject)
{
    const struct def_trigger *trigger = &inject->trigger;
    if (inject->level > retest->loaded.def.difficulty)
        return false;
    if (trigger->kind == TRIGGER_AFTER || trigger->kind == TRIGGER_UNLESS)
        return is_kept(retest, trigger->inject);
    return trigger->kind == TRIGGER_WHEN && belongs(retest, &trigger->pattern);
}

static void add_followers(struct retest *retest)
{
    const struct def *def = &retest->loaded.def;
    int count = 0;
    bool has_grown = true;
    while (has_grown) {
        has_grown = false;
        for (size_t i = 0; i < def->inject_count && count < RETEST_FOLLOWS_MOST; i++) {
            if (retest->injects[i].part != RETEST_OUT || !follows(retest, &def->injects[i]))
                continue;
            retest->injects[i].part = RETEST_FOLLOWS;
            has_grown = true;
            count++;
        }
    }
}

static void add_setting(struct retest *retest)
{
    const struct def *def = &retest->loaded.def;
    for (size_t i = 0; i < def->inject_count; i++) {
        const struct def_inject *inject = &def->injects[i];
        bool is_first = inject->trigger.kind == TRIGGER_AT && inject->trigger.at_ms == 0;
        if (is_first && inject->kind == INJECT_CONTEXTUAL && retest->injects[i].part == RETEST_OUT)
            retest->injects[i].part = RETEST_SETTING;
    }
}

/* ---- when they come ---- */

static int64_t came_ms(const struct retest *retest, size_t position)
{
    const struct event *event = event_at(retest, retest->injects[position].came_seq);
    return event ? event->at_ms : INT64_MAX;
}

/* As they came then; what did not come goes last, in the order of the file. */
static void put_in_order(struct retest *retest)
{
    for (size_t i = 1; i < retest->timed_count; i++)
        for (size_t k = i; k > 0; k--) {
            size_t left = retest->timed[k - 1], right = retest->timed[k];
            int64_t left_ms = came_ms(retest, left), right_ms = came_ms(retest, right);
            if (left_ms < right_ms || (left_ms == right_ms && left < right))
                break;
            retest->timed[k - 1] = right;
            retest->timed[k] = left;
        }
}

/* The gaps of the past, shortened where they are longer than the retest can bear. */
static void set_times(struct retest *retest)
{
    int64_t most_ms = RETEST_GAP_MS, now_ms = RETEST_FIRST_MS;
    size_t count = retest->timed_count;
    put_in_order(retest);
    if (count > 1 && (RETEST_LAST_MS - RETEST_FIRST_MS) / (int64_t)(count - 1) < most_ms)
        most_ms = (RETEST_LAST_MS - RETEST_FIRST_MS) / (int64_t)(count - 1);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            int64_t before_ms = came_ms(retest, retest->timed[i - 1]);
            int64_t here_ms = came_ms(retest, retest->timed[i]);
            int64_t gap_ms = here_ms == INT64_MAX ? most_ms : here_ms - before_ms;
            now_ms += gap_ms < most_ms ? gap_ms : most_ms;
        }
        retest->injects[retest->timed[i]].at_ms = now_ms / 1000 * 1000;
    }
}

/* ---- from the outside ---- */

static void note_came(struct retest *retest)
{
    for (size_t i = 0; i < retest->past->event_count; i++) {
        const struct event *event = &retest->past->events[i];
        if (event->kind != EVENT_DELIVERED)
            continue;
        int position = index_find(&retest->loaded.def.inject_index, event->body.delivered.inject);
        if (position >= 0 && retest->injects[position].came_seq == 0)
            retest->injects[position].came_seq = event->seq;
    }
}

static bool find_rule(struct retest *retest, struct str id, struct err *reterr)
{
    const struct rules *rules = &retest->loaded.rules;
    struct str *names = ARENA_ARRAY(&retest->past->arena, rules->count + 1, struct str);
    for (size_t i = 0; i < rules->count; i++) {
        names[i] = rules->items[i].id;
        if (str_eq(names[i], id))
            retest->rule = &rules->items[i];
    }
    if (!retest->rule)
        return ids_refuse(
            reterr, "this exercise has no rule", id, (struct strs){names, rules->count});
    if (retest->rule->kind == RULE_DEADLINE)
        return err_set(reterr, ERR_USAGE,
            "the clock of \"%.*s\" runs for hours or days on the scenario's calendar, which ten "
            "minutes cannot show; play the scenario again from the phase in which it begins",
            STR_ARG(id));
    return true;
}

bool retest_family(struct retest *retest, struct str rule, struct err *reterr)
{
    if (!find_rule(retest, rule, reterr))
        return false;
    retest->injects = ARENA_ARRAY(
        &retest->past->arena, retest->loaded.def.inject_count + 1, struct retest_inject);
    note_came(retest);
    const struct event *activation = gather_played(retest);
    if (retest->timed_count == 0)
        gather_named(retest);
    if (retest->timed_count == 0 && activation)
        gather_situation(retest, activation);
    if (retest->timed_count == 0)
        return err_set(reterr, ERR_USAGE,
            "\"%.*s\" was not broken in this exercise, nothing brought it about, and it names no "
            "inject, fact or question to begin with; name an exercise in which it was missed "
            "(tocsin score EXERCISE --missed)",
            STR_ARG(rule));
    add_setting(retest);
    add_followers(retest);
    set_times(retest);
    retest->needs_players = !begins_by_itself(retest);
    return true;
}

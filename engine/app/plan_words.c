/* An item that was taken from a proposal, in both languages: as long as nobody has rewritten them,
 * its issue and action follow from its rule and cause, whose words the exercise has pinned. What
 * somebody has written themselves stays in the language in which it was written. */
#include "app/plan.h"
#include "app/past.h"
#include "app/plan_propose.h"

/* What the exercise that was looked at last was played with. */
struct pinned {
    struct arena arena;
    struct str exercise;
    struct def def;
    struct rules rules;
    bool is_there;
};

static void look_up(struct record *record, struct str exercise, struct pinned *pinned)
{
    struct str id = exercise, rest;
    struct err err; /* an exercise that was deleted has no words any more */
    if (str_cut(exercise, '/', &id, &rest))
        exercise = id;
    if (str_eq(exercise, pinned->exercise))
        return;
    arena_fini(&pinned->arena);
    *pinned = (struct pinned){.exercise = exercise};
    pinned->is_there = past_load_pinned(
        record, exercise, &pinned->arena, (struct past_pinned){&pinned->def, &pinned->rules}, &err);
}

static const struct rule *find_rule(
    const struct pinned *pinned, const struct record_plan_item *item)
{
    for (size_t i = 0; pinned->is_there && i < pinned->rules.count; i++) {
        const struct rule *rule = &pinned->rules.items[i];
        struct str pack = rule->pack.len > 0 ? rule->pack : pinned->def.id;
        if (str_eq(rule->id, item->values[PLAN_RULE]) && str_eq(pack, item->values[PLAN_PACK]))
            return rule;
    }
    return NULL;
}

/* What stands there in either language is what was proposed. */
static void take_over(
    struct arena *arena, struct str kept, const struct words *proposed, struct words *ret_words)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (kept.len > 0 && str_eq(kept, proposed->in[lang]))
            for (int other = 0; other < LANG_COUNT; other++)
                ret_words->in[other] = arena_str(arena, proposed->in[other]);
}

void plan_words_find(struct plan *plan, struct record *record)
{
    struct pinned pinned = {0};
    for (size_t i = 0; i < plan->row_count; i++) {
        struct plan_row *row = &plan->rows[i];
        const struct record_plan_item *item = row->item;
        if (item->values[PLAN_RULE].len == 0)
            continue;
        look_up(record, item->values[PLAN_EXERCISE], &pinned);
        const struct rule *rule = find_rule(&pinned, item);
        if (rule == NULL)
            continue;
        const struct plan_proposal proposal = {
            .rule = rule, .cause = plan_cause_of(item->values[PLAN_CAUSE])};
        struct words action = plan_proposal_action(&plan->arena, &proposal);
        struct words issue = plan_proposal_issue(&plan->arena, &proposal);
        take_over(&plan->arena, item->values[PLAN_ACTION], &action, &row->action);
        take_over(&plan->arena, item->values[PLAN_ISSUE], &issue, &row->issue);
    }
    arena_fini(&pinned.arena);
}

struct str plan_words_value(
    struct plan *plan, const struct plan_row *row, enum record_plan_field field, enum lang lang)
{
    if (field == PLAN_ACTION && row->action.in[lang].len > 0)
        return row->action.in[lang];
    if (field == PLAN_ISSUE && row->issue.in[lang].len > 0)
        return row->issue.in[lang];
    return plan_value(plan, row, field, lang);
}

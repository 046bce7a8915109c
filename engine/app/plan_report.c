/* The plan's rows for the after-action report. Whether an item is overdue is not among it: that
 * depends on the day, and the same record gives the same report on every day. */
#include "app/plan.h"

struct words plan_element_words(struct str id)
{
    static const struct {
        const char *id;
        struct words words;
    } elements[] = {
        {"planning", WORDS("Planning", "計画")},
        {"organization", WORDS("Organization", "組織")},
        {"equipment", WORDS("Equipment", "設備")},
        {"training", WORDS("Training", "訓練")},
        {"exercises", WORDS("Exercise", "演習")},
    };
    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
        if (str_is(id, elements[i].id))
            return elements[i].words;
    return (struct words){{id, id}};
}

int plan_cause_of(struct str name)
{
    for (int cause = 0; cause < CAUSE_COUNT; cause++)
        if (str_is(name, cause_names[cause]))
            return cause;
    return -1;
}

static struct report_planned planned_of(
    struct plan *plan, const struct plan_row *row, enum lang lang)
{
    const struct record_plan_item *item = row->item;
    return (struct report_planned){.id = item->id,
        .rule = item->values[PLAN_RULE],
        .capability = item->values[PLAN_CAPABILITY],
        .owner = item->is_forgotten[PLAN_OWNER] ? STR("") : item->values[PLAN_OWNER],
        .is_owner_forgotten = item->is_forgotten[PLAN_OWNER],
        .action = plan_value(plan, row, PLAN_ACTION, lang),
        .document = plan_value(plan, row, PLAN_DOCUMENT, lang),
        .evidence = plan_value(plan, row, PLAN_EVIDENCE, lang),
        .issue = plan_value(plan, row, PLAN_ISSUE, lang),
        .note = plan_value(plan, row, PLAN_NOTE, lang),
        .organisation = plan_value(plan, row, PLAN_ORGANISATION, lang),
        .start = item->values[PLAN_START],
        .due = item->values[PLAN_DUE],
        .cause = plan_cause_of(item->values[PLAN_CAUSE]),
        .element = plan_element_words(item->values[PLAN_ELEMENT]),
        .status = plan_status_words(row),
        .retest = plan_retest_words(row),
        .retested_in = row->retested_in};
}

const struct report_planned *plan_for_report(struct plan *plan, enum lang lang)
{
    struct report_planned *items =
        ARENA_ARRAY(&plan->arena, plan->row_count + 1, struct report_planned);
    for (size_t i = 0; i < plan->row_count; i++)
        items[i] = planned_of(plan, &plan->rows[i], lang);
    return items;
}

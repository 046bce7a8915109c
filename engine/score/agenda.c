/* Choosing what to talk about. Seven is what a tired table still remembers the next morning. */
#include "score/agenda.h"

#include <stdlib.h>

/* In the order in which they are talked about; TOPIC_NONE is not. What a ruling made of a miss
 * keeps the miss's place: nothing vanishes from under the table that has just spoken of it. */
enum topic { TOPIC_MISSED, TOPIC_OPEN, TOPIC_NONE };

static enum topic topic_of(const struct finding *finding)
{
    bool was_missed = finding->is_ruled && finding->found == VERDICT_VIOLATED;
    if (finding->verdict == VERDICT_VIOLATED || was_missed)
        return TOPIC_MISSED;
    return finding->verdict == VERDICT_INCONCLUSIVE ? TOPIC_OPEN : TOPIC_NONE;
}

static const struct finding *find_of_rule(
    const struct finding *findings, size_t count, struct str rule, enum verdict verdict)
{
    for (size_t i = 0; i < count; i++)
        if (findings[i].verdict == verdict && str_eq(findings[i].rule->id, rule))
            return &findings[i];
    return NULL;
}

/* The miss from which an excused one follows in the end; NULL: it follows from none. Causes stand
 * before consequences in the rules, so that this ends. */
static const struct finding *root_of(
    const struct finding *findings, size_t count, const struct finding *finding)
{
    for (size_t steps = 0; finding != NULL && steps < count; steps++) {
        if (finding->verdict == VERDICT_VIOLATED)
            return finding;
        struct str cause = finding->excused_by;
        finding = find_of_rule(findings, count, cause, VERDICT_VIOLATED);
        if (finding == NULL)
            finding = find_of_rule(findings, count, cause, VERDICT_EXCUSED);
    }
    return NULL;
}

static int compare_items(const void *a, const void *b)
{
    const struct agenda_item *first = a, *second = b;
    int topic = (int)topic_of(first->finding) - (int)topic_of(second->finding);
    int severity = (int)second->finding->rule->severity - (int)first->finding->rule->severity;
    if (topic != 0)
        return topic;
    if (severity != 0)
        return severity;
    if (first->knock_on != second->knock_on)
        return first->knock_on > second->knock_on ? -1 : 1;
    return first->finding < second->finding ? -1 : first->finding > second->finding;
}

void agenda_make(
    const struct finding *findings, size_t count, struct arena *arena, struct agenda *ret_agenda)
{
    struct agenda_item *items = ARENA_ARRAY(arena, count + 1, struct agenda_item);
    int *knock_on = ARENA_ARRAY(arena, count + 1, int);
    size_t item_count = 0;
    for (size_t i = 0; i < count; i++) {
        bool follows = findings[i].verdict == VERDICT_EXCUSED && findings[i].excused_by.len != 0;
        const struct finding *root = follows ? root_of(findings, count, &findings[i]) : NULL;
        if (root != NULL)
            knock_on[root - findings]++;
    }
    for (size_t i = 0; i < count; i++)
        if (topic_of(&findings[i]) != TOPIC_NONE)
            items[item_count++] = (struct agenda_item){&findings[i], knock_on[i]};
    qsort(items, item_count, sizeof(*items), compare_items);
    *ret_agenda = (struct agenda){.count = item_count < AGENDA_ITEMS ? item_count : AGENDA_ITEMS};
    ret_agenda->more = item_count - ret_agenda->count;
    for (size_t i = 0; i < ret_agenda->count; i++)
        ret_agenda->items[i] = items[i];
}

bool agenda_has(const struct agenda *agenda, const struct finding *finding)
{
    for (size_t i = 0; i < agenda->count; i++)
        if (agenda->items[i].finding == finding)
            return true;
    return false;
}

void agenda_write(const struct agenda *agenda, struct json_write *json)
{
    json_write_object(json);
    json_write_key(json, STR("items"));
    json_write_array(json);
    for (size_t i = 0; i < agenda->count; i++) {
        json_write_object(json);
        json_write_key_str(json, "finding", agenda->items[i].finding->name);
        json_write_key_int(json, "knock_on", agenda->items[i].knock_on);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_key_int(json, "more", (int64_t)agenda->more);
    json_write_end(json);
}

/* Means of means: a rule that found much does not outweigh one that found little. */
#include "score/rating.h"

#include "score/interval.h"

enum { RATING_MAJOR = 3 }; /* M, as `rating_names` counts: the best that a critical miss leaves */

static bool is_scored(const struct finding *finding)
{
    return finding->verdict == VERDICT_SATISFIED || finding->verdict == VERDICT_VIOLATED;
}

static int64_t points_of(const struct finding *finding)
{
    return (int64_t)finding->time_permille * finding->content_permille *
           finding->assistance_permille / 1000000;
}

/* Sums over the findings of one rule, which stand together. */
struct tally {
    int64_t points;
    size_t scored_count, satisfied_count;
    bool is_missed;
};

static struct tally tally_rule(const struct finding *findings, size_t count)
{
    struct tally tally = {0};
    for (size_t i = 0; i < count; i++) {
        if (!is_scored(&findings[i]))
            continue;
        tally.scored_count++;
        tally.points += points_of(&findings[i]);
        tally.satisfied_count += findings[i].verdict == VERDICT_SATISFIED;
        tally.is_missed = tally.is_missed || findings[i].verdict == VERDICT_VIOLATED;
    }
    return tally;
}

/* What is summed up for a capability before it is judged. */
struct sum {
    int64_t points, weight;
    const struct rule *critical; /* the first that was missed; NULL: none */
};

static void add_rule(struct capability *capability, struct sum *sum, const struct rule *rule,
    const struct tally *tally)
{
    if (tally->scored_count == 0)
        return;
    capability->rule_count++;
    capability->scored_count += tally->scored_count;
    capability->satisfied_count += tally->satisfied_count;
    sum->points += rule->weight * (tally->points / (int64_t)tally->scored_count);
    sum->weight += rule->weight;
    if (tally->is_missed && rule->severity == SEVERITY_CRITICAL && sum->critical == NULL)
        sum->critical = rule;
}

static void propose(
    struct capability *capability, const struct organisation *house, const struct rule *critical)
{
    int rating = 1;
    if (capability->scored_count < RATING_LEAST_COUNT)
        return;
    while (capability->points_permille < organisation_rating_from(house, rating))
        rating++;
    capability->capped_by = rating < RATING_MAJOR ? critical : NULL;
    capability->proposed = capability->capped_by != NULL ? RATING_MAJOR : rating;
}

static void finish(
    struct capability *capability, const struct organisation *house, const struct sum *sum)
{
    capability->points_permille = sum->weight == 0 ? -1 : (int)(sum->points / sum->weight);
    if (capability->scored_count != 0)
        interval_find((int64_t)capability->satisfied_count, (int64_t)capability->scored_count,
            &capability->low_permille, &capability->high_permille);
    propose(capability, house, sum->critical);
}

static size_t position_of(struct capability *items, size_t *count, struct str id)
{
    for (size_t i = 0; i < *count; i++)
        if (str_eq(items[i].id, id))
            return i;
    items[*count] = (struct capability){.id = id};
    return (*count)++;
}

/* The last word of each evaluator, in the order of their first ones. */
static void add_rated(
    struct capability *capability, const struct event *event, size_t room, struct arena *arena)
{
    if (capability->rated == NULL)
        capability->rated = ARENA_ARRAY(arena, room, const struct event *);
    size_t at = 0;
    while (at < capability->rated_count &&
           !str_eq(capability->rated[at]->body.rated.by, event->body.rated.by))
        at++;
    capability->rated[at] = event;
    capability->rated_count += at == capability->rated_count;
}

size_t rating_find(
    const struct rating_source *source, struct arena *arena, struct capability **ret_items)
{
    const struct rules *rules = source->rules;
    const struct finding *findings = source->findings;
    size_t room = rules->count + source->rated_count + 1, item_count = 0, first = 0;
    struct capability *items = ARENA_ARRAY(arena, room, struct capability);
    struct sum *sums = ARENA_ARRAY(arena, room, struct sum);
    for (size_t r = 0; r < rules->count; r++) {
        const struct rule *rule = &rules->items[r];
        size_t end = first;
        while (end < source->finding_count && findings[end].rule == rule)
            end++;
        struct tally tally = tally_rule(&findings[first], end - first);
        first = end;
        if (rule->capability.len == 0)
            continue;
        size_t position = position_of(items, &item_count, rule->capability);
        add_rule(&items[position], &sums[position], rule, &tally);
    }
    for (size_t i = 0; i < source->rated_count; i++) {
        struct str id = source->rated[i]->body.rated.capability;
        add_rated(&items[position_of(items, &item_count, id)], source->rated[i],
            source->rated_count, arena);
    }
    for (size_t i = 0; i < item_count; i++)
        finish(&items[i], source->house, &sums[i]);
    *ret_items = items;
    return item_count;
}

static void write_rated(const struct capability *capability, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < capability->rated_count; i++) {
        const struct event_rated *rated = &capability->rated[i]->body.rated;
        json_write_object(json);
        if (rated->by.len != 0)
            json_write_key_str(json, "by", rated->by);
        json_write_key_str(json, "rating", str_of(rating_names[rated->rating]));
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_capability(const struct capability *capability, struct json_write *json)
{
    json_write_object(json);
    if (capability->capped_by != NULL)
        json_write_key_str(json, "capped_by", capability->capped_by->id);
    if (capability->scored_count != 0)
        json_write_key_int(json, "high_permille", capability->high_permille);
    json_write_key_str(json, "id", capability->id);
    if (capability->scored_count != 0)
        json_write_key_int(json, "low_permille", capability->low_permille);
    json_write_key_int(json, "n", (int64_t)capability->scored_count);
    if (capability->points_permille >= 0)
        json_write_key_int(json, "points_permille", capability->points_permille);
    if (capability->proposed != 0)
        json_write_key_str(json, "proposed", str_of(rating_names[capability->proposed]));
    if (capability->rated_count != 0) {
        json_write_key(json, STR("rated"));
        write_rated(capability, json);
    }
    json_write_key_int(json, "rules", (int64_t)capability->rule_count);
    json_write_key_int(json, "satisfied", (int64_t)capability->satisfied_count);
    json_write_end(json);
}

void rating_write(const struct capability *items, size_t count, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < count; i++)
        write_capability(&items[i], json);
    json_write_end(json);
}

/* Means of means: a rule that found much does not outweigh one that found little. */
#include "score/rating.h"

#include <assert.h>
#include <string.h>

const struct rating_step rating_steps[RATING_COUNT - 1] = {
    {"P", 800}, {"S", 660}, {"M", 500}, {"U", 0}};

static int64_t whole_root(int64_t square)
{
    int64_t root = 0;
    for (int64_t bit = INT64_C(1) << 30; bit > 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= square)
            root += bit;
    return root;
}

void rating_interval(size_t k, size_t n, int *ret_low, int *ret_high)
{
    assert(n != 0 && k <= n && n <= 1000000);
    int64_t hits = (int64_t)k, all = (int64_t)n;
    int64_t root = whole_root(384160000 + 400000000 * hits * (all - hits) / all);
    int64_t middle = 2000000 * hits + 3841600, whole = 2 * (1000000 * all + 3841600);
    *ret_low = (int)(1000 * (middle - 196 * root) / whole);
    *ret_high = (int)(1000 * (middle + 196 * root) / whole);
}

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
    if (tally->is_missed && rule->severity == SEVERITY_CRITICAL && capability->capped_by == NULL)
        capability->capped_by = rule;
}

static const char *propose(const struct capability *capability)
{
    size_t step = 0;
    if (capability->scored_count < RATING_LEAST_COUNT)
        return NULL;
    while (capability->points_permille < rating_steps[step].from_permille)
        step++;
    bool is_above = strcmp(rating_steps[step].rating, "U") != 0;
    return capability->capped_by != NULL && is_above ? "M" : rating_steps[step].rating;
}

static void finish(struct capability *capability, const struct sum *sum)
{
    capability->points_permille = sum->weight == 0 ? -1 : (int)(sum->points / sum->weight);
    if (capability->scored_count != 0)
        rating_interval(capability->satisfied_count, capability->scored_count,
            &capability->low_permille, &capability->high_permille);
    capability->proposed = propose(capability);
}

static size_t position_of(struct capability *items, size_t *count, struct str id)
{
    for (size_t i = 0; i < *count; i++)
        if (str_eq(items[i].id, id))
            return i;
    items[*count] = (struct capability){.id = id};
    return (*count)++;
}

size_t rating_find(const struct rules *rules, const struct finding *findings, size_t count,
    struct arena *arena, struct capability **ret_items)
{
    struct capability *items = ARENA_ARRAY(arena, rules->count + 1, struct capability);
    struct sum *sums = ARENA_ARRAY(arena, rules->count + 1, struct sum);
    size_t item_count = 0, first = 0;
    for (size_t r = 0; r < rules->count; r++) {
        const struct rule *rule = &rules->items[r];
        size_t end = first;
        while (end < count && findings[end].rule == rule)
            end++;
        struct tally tally = tally_rule(&findings[first], end - first);
        first = end;
        if (rule->capability.len == 0)
            continue;
        size_t position = position_of(items, &item_count, rule->capability);
        add_rule(&items[position], &sums[position], rule, &tally);
    }
    for (size_t i = 0; i < item_count; i++)
        finish(&items[i], &sums[i]);
    *ret_items = items;
    return item_count;
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
    if (capability->proposed != NULL)
        json_write_key_str(json, "proposed", str_of(capability->proposed));
    if (capability->rated != NULL)
        json_write_key_str(
            json, "rated", str_of(rating_names[capability->rated->body.rated.rating]));
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

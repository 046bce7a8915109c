/* Cohen's kappa with squared distances, and how little it says: the interval draws the items again
 * and again. Drawn from seeded numbers, so that the same ratings give the same interval. */
#include "score/skill_agreement.h"

#include <stdlib.h>

#include "base/random.h"

enum { DRAWS = 1000, TAIL = 50, GRADES = RATING_COUNT - 1 };

/* An item rated twice. */
struct twice {
    int first, second;
};

struct pairing {
    struct skill_agreement *agreement;
    struct twice *items;
    size_t count;
};

/* In thousandths; false when there is nothing that chance could explain. With equal weights of
 * distances it is 1 - n * (sum of seen distances) / (sum of distances of all with all). */
static bool kappa_of(int64_t counts[RATING_COUNT][RATING_COUNT], int64_t n, int *ret_kappa)
{
    int64_t seen = 0, by_chance = 0, rows[RATING_COUNT] = {0}, columns[RATING_COUNT] = {0};
    for (int i = 1; i <= GRADES; i++) {
        for (int j = 1; j <= GRADES; j++) {
            seen += counts[i][j] * (i - j) * (i - j);
            rows[i] += counts[i][j];
            columns[j] += counts[i][j];
        }
    }
    for (int i = 1; i <= GRADES; i++)
        for (int j = 1; j <= GRADES; j++)
            by_chance += rows[i] * columns[j] * (i - j) * (i - j);
    if (by_chance == 0)
        return false;
    *ret_kappa = (int)(1000 - 1000 * n * seen / by_chance);
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* A draw without any difference in it agrees. */
static int draw_kappa(const struct pairing *pairing, int draw)
{
    int64_t counts[RATING_COUNT][RATING_COUNT] = {0};
    int kappa = 1000;
    for (size_t i = 0; i < pairing->count; i++) {
        uint64_t number = (uint64_t)draw * pairing->count + i;
        const struct twice *item =
            &pairing->items[random_below(1, STR("kappa"), number, pairing->count)];
        counts[item->first][item->second]++;
    }
    kappa_of(counts, (int64_t)pairing->count, &kappa);
    return kappa;
}

static void finish(struct pairing *pairing)
{
    struct skill_agreement *agreement = pairing->agreement;
    for (size_t i = 0; i < pairing->count; i++) {
        const struct twice *item = &pairing->items[i];
        agreement->counts[item->first][item->second]++;
        agreement->same += item->first == item->second;
    }
    agreement->n = (int64_t)pairing->count;
    agreement->has_kappa = agreement->n >= AGREEMENT_LEAST &&
                           kappa_of(agreement->counts, agreement->n, &agreement->kappa);
    if (!agreement->has_kappa)
        return;
    int draws[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++)
        draws[draw] = draw_kappa(pairing, draw);
    qsort(draws, DRAWS, sizeof(*draws), compare_numbers);
    agreement->low = draws[TAIL];
    agreement->high = draws[DRAWS - 1 - TAIL];
}

/* ---- who rated what twice ---- */

/* By thing, and within one by evaluator; each evaluator rates a thing once. */
static int compare_rated(const void *a, const void *b)
{
    const struct skill_rated *first = a, *second = b;
    int order = str_cmp(first->table, second->table);
    if (order == 0)
        order = str_cmp(first->capability, second->capability);
    return order != 0 ? order : str_cmp(first->by, second->by);
}

static bool is_same_thing(const struct skill_rated *a, const struct skill_rated *b)
{
    return str_eq(a->table, b->table) && str_eq(a->capability, b->capability);
}

/* The second comes after the first in the order of names, so it stands behind it. */
static int other_rating(const struct skill_agreement *agreement, const struct skill_rated *rated,
    const struct skill_rated *end)
{
    if (agreement->is_engine)
        return rated->proposed;
    for (const struct skill_rated *at = rated + 1; at < end && is_same_thing(rated, at); at++)
        if (str_eq(at->by, agreement->second))
            return at->rating;
    return 0;
}

static void pair(struct pairing *pairing, const struct skill_rated *rated, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(rated[i].by, pairing->agreement->first))
            continue;
        int other = other_rating(pairing->agreement, &rated[i], rated + count);
        if (other != 0)
            pairing->items[pairing->count++] = (struct twice){rated[i].rating, other};
    }
}

static int compare_names(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static size_t find_evaluators(const struct skill_rated *rated, size_t count, struct str *ret_names)
{
    struct strs names = {ret_names, 0};
    for (size_t i = 0; i < count; i++)
        if (!strs_contain(names, rated[i].by))
            ret_names[names.count++] = rated[i].by;
    qsort(ret_names, names.count, sizeof(*ret_names), compare_names);
    return names.count;
}

static bool try_pair(struct pairing *pairing, struct skill_agreement agreement,
    const struct skill_rated *rated, size_t count)
{
    pairing->count = 0;
    *pairing->agreement = agreement;
    pair(pairing, rated, count);
    finish(pairing);
    return pairing->count > 0;
}

size_t skill_agreement_find(const struct skill_rated *rated, size_t count, struct arena *arena,
    struct skill_agreement **ret_items)
{
    struct str *names = ARENA_ARRAY(arena, count + 1, struct str);
    size_t name_count = find_evaluators(rated, count, names);
    size_t room = name_count * (name_count + 1) / 2 + 1;
    struct skill_agreement *items = ARENA_ARRAY(arena, room, struct skill_agreement);
    struct skill_rated *sorted = ARENA_ARRAY(arena, count + 1, struct skill_rated);
    struct pairing pairing = {items, ARENA_ARRAY(arena, count + 1, struct twice), 0};
    for (size_t i = 0; i < count; i++)
        sorted[i] = rated[i];
    qsort(sorted, count, sizeof(*sorted), compare_rated);
    for (size_t one = 0; one < name_count; one++)
        for (size_t other = one + 1; other < name_count; other++)
            pairing.agreement += try_pair(&pairing,
                (struct skill_agreement){.first = names[one], .second = names[other]}, sorted,
                count);
    for (size_t one = 0; one < name_count; one++)
        pairing.agreement += try_pair(&pairing,
            (struct skill_agreement){.first = names[one], .is_engine = true}, sorted, count);
    *ret_items = items;
    return (size_t)(pairing.agreement - items);
}

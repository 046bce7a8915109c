/* Counting what counts, and saying no more of it than it bears.
 *
 * A miss counts against a skill only if somebody has said that skill was its cause. Until then it
 * is unexplained: the word is looked for with and without it, and where the two differ, the word is
 * that causes are missing. Otherwise a team could lose its gaps by naming no causes, or have a gap
 * for a contact list that was out of date. */
#include "score/skills.h"

#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "base/limits.h"

const char *const skill_word_names[SKILL_WORD_COUNT] = {
    "insufficient-evidence", "causes-missing", "gap", "watch", "likely-holds", "holds"};
const struct words skill_words[SKILL_WORD_COUNT] = {
    [SKILL_INSUFFICIENT] = WORDS("insufficient evidence", "判断材料が不足"),
    [SKILL_UNEXPLAINED] = WORDS("causes are missing", "未達の原因が未記入"),
    [SKILL_GAP] = WORDS("gap", "不足あり"),
    [SKILL_WATCH] = WORDS("watch", "要観察"),
    [SKILL_LIKELY] = WORDS("likely to hold", "おおむね満たす"),
    [SKILL_HOLDS] = WORDS("holds", "満たしている"),
};
const char *const skill_confound_names[CONFOUND_COUNT] = {
    "familiar-scenario", "difficulty", "mode", "people", "help", "rule-versions"};
const struct words skill_confound_words[CONFOUND_COUNT] = {
    [CONFOUND_FAMILIAR] = WORDS("a scenario was played again", "同じシナリオを繰り返した"),
    [CONFOUND_DIFFICULTY] = WORDS("difficulty differs", "難易度が異なる"),
    [CONFOUND_MODE] = WORDS("mode differs", "実施形式が異なる"),
    [CONFOUND_PEOPLE] = WORDS("not the same people", "参加者が異なる"),
    [CONFOUND_HELP] = WORDS("there was help", "支援があった"),
    [CONFOUND_VERSIONS] =
        WORDS("older rules' findings were set aside", "旧版のルールによる結果を除いた"),
};

/* ---- which versions of rules can be compared ---- */

struct versions {
    struct index packs;
    int64_t *majors; /* the newest, by pack */
};

static void find_versions(
    const struct skills_source *source, struct arena *arena, struct versions *ret_versions)
{
    struct versions versions = {.majors = ARENA_ARRAY(arena, source->item_count + 1, int64_t)};
    int count = 0;
    for (size_t i = 0; i < source->item_count; i++) {
        const struct skill_opportunity *item = &source->items[i];
        if (index_add(&versions.packs, arena, item->pack, count))
            versions.majors[count++] = item->major;
        int64_t *major = &versions.majors[index_find(&versions.packs, item->pack)];
        *major = item->major > *major ? item->major : *major;
    }
    *ret_versions = versions;
}

static bool is_set_aside(const struct versions *versions, const struct skill_opportunity *item)
{
    return item->major != versions->majors[index_find(&versions->packs, item->pack)];
}

/* ---- one row ---- */

/* A row that is being counted, and its opportunities: a stretch of the sorted ones. */
struct counting {
    const struct skills_source *source;
    const struct versions *versions;
    struct skill_row *row;
    struct skill_dot *dots; /* room for every exercise of the stretch */
    const struct skill_opportunity *const *items;
    size_t count;
};

static void count_misses(struct skill_row *row, struct skill_dot *dot, int cause, int64_t count)
{
    if (cause < 0) {
        row->unexplained += count;
        dot->unexplained += count;
        return;
    }
    row->causes[cause] += count;
    dot->missed += cause == CAUSE_SKILL ? count : 0;
}

static void count_item(
    struct skill_row *row, struct skill_dot *dot, const struct skill_opportunity *item)
{
    row->consequence = item->severity > row->consequence ? item->severity : row->consequence;
    if (item->outcome == OUTCOME_MISSED) {
        count_misses(row, dot, item->cause, item->count);
    } else if (item->outcome == OUTCOME_HINTED) {
        row->hinted += item->count;
        dot->hinted += item->count;
    } else {
        row->partial += item->outcome == OUTCOME_PARTIAL ? item->count : 0;
        dot->met += item->count;
    }
}

/* The items stand in the order of exercises. */
static void count_items(struct counting *counting)
{
    struct skill_row *row = counting->row;
    for (size_t i = 0; i < counting->count; i++) {
        const struct skill_opportunity *item = counting->items[i];
        if (is_set_aside(counting->versions, item)) {
            row->set_aside += item->count;
            continue;
        }
        if (row->dot_count == 0 || counting->dots[row->dot_count - 1].exercise != item->exercise)
            counting->dots[row->dot_count++] = (struct skill_dot){.exercise = item->exercise};
        count_item(row, &counting->dots[row->dot_count - 1], item);
    }
    row->dots = counting->dots;
}

/* Clusters of the exercises that say something; with what is unexplained counted as missed or not
 * at all. */
static size_t cluster(
    const struct skill_row *row, bool is_worst, struct skill_cluster *ret_clusters)
{
    size_t count = 0;
    for (size_t i = 0; i < row->dot_count; i++) {
        const struct skill_dot *dot = &row->dots[i];
        int64_t n = dot->met + dot->missed + (is_worst ? dot->unexplained : 0);
        if (n > 0)
            ret_clusters[count++] = (struct skill_cluster){dot->met, n};
    }
    return count;
}

/* Nine in ten of the misses or more are of one exercise: nobody has seen it go wrong twice. */
static bool is_one_day(const struct skill_cluster *clusters, size_t count)
{
    int64_t all = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t missed = clusters[i].count - clusters[i].met;
        all += missed;
        most = missed > most ? missed : most;
    }
    return all > 0 && 10 * most >= 9 * all;
}

static enum skill_word word_of(const struct skill_cluster *clusters, size_t exercises, int below)
{
    int64_t n = 0;
    for (size_t i = 0; i < exercises; i++)
        n += clusters[i].count;
    if (n < SKILLS_LEAST_COUNT || exercises < SKILLS_LEAST_EXERCISES)
        return SKILL_INSUFFICIENT;
    if (below >= SKILLS_SURE)
        return is_one_day(clusters, exercises) ? SKILL_WATCH : SKILL_GAP;
    if (below >= 500)
        return SKILL_WATCH;
    return below > 1000 - SKILLS_SURE ? SKILL_LIKELY : SKILL_HOLDS;
}

static void judge(
    struct skill_row *row, struct skill_grid *grid, int target, struct skill_cluster *room)
{
    size_t count = cluster(row, false, room);
    for (size_t i = 0; i < count; i++) {
        row->n += room[i].count;
        row->met += room[i].met;
    }
    row->exercises = (int64_t)count;
    row->rate = row->n > 0 ? (int)((2000 * row->met + row->n) / (2 * row->n)) : -1;
    row->interval = skill_interval_find(grid, room, count, target);
    row->below_at_worst = row->interval.below;
    row->word = word_of(room, count, row->interval.below);
    if (row->unexplained > 0) {
        size_t worst_count = cluster(row, true, room);
        row->below_at_worst = skill_interval_find(grid, room, worst_count, target).below;
        if (word_of(room, worst_count, row->below_at_worst) != row->word)
            row->word = SKILL_UNEXPLAINED;
    }
    row->is_one_day = row->word == SKILL_WATCH && row->interval.below >= SKILLS_SURE;
}

/* The later half of the exercises against the earlier one. */
static void look_for_trend(
    struct skill_row *row, struct skill_grid *grid, struct skill_cluster *room)
{
    size_t count = cluster(row, false, room);
    row->rising =
        count < SKILLS_TREND_EXERCISES ? -1 : skill_interval_rising(grid, room, count / 2, count);
}

/* ---- confounds ---- */

static bool is_played_before(
    const struct skills_source *source, const struct skill_row *row, struct arena *arena)
{
    struct index scenarios = {0};
    for (size_t i = 0; i < row->dot_count; i++)
        if (!index_add(&scenarios, arena, source->exercises[row->dots[i].exercise].scenario, 0))
            return true;
    return false;
}

static unsigned confounds_of(const struct counting *counting, struct arena *arena)
{
    const struct skill_row *row = counting->row;
    const struct skills_source *source = counting->source;
    unsigned found = 0;
    for (size_t i = 1; i < row->dot_count; i++) {
        const struct skill_exercise *first = &source->exercises[row->dots[0].exercise];
        const struct skill_exercise *other = &source->exercises[row->dots[i].exercise];
        found |= (unsigned)(other->difficulty != first->difficulty) << CONFOUND_DIFFICULTY;
        found |= (unsigned)(other->mode != first->mode) << CONFOUND_MODE;
    }
    for (size_t i = 1; i < counting->count; i++)
        found |= (unsigned)!str_eq(counting->items[i]->person, counting->items[0]->person)
                 << CONFOUND_PEOPLE;
    found |= (unsigned)is_played_before(source, row, arena) << CONFOUND_FAMILIAR;
    found |= (unsigned)(row->hinted > 0) << CONFOUND_HELP;
    found |= (unsigned)(row->set_aside > 0) << CONFOUND_VERSIONS;
    return found;
}

/* ---- all rows ---- */

static struct str who_of(const struct skills_source *source, const struct skill_opportunity *item)
{
    return source->by == SKILLS_BY_ROLE     ? item->role
           : source->by == SKILLS_BY_PERSON ? item->person
                                            : STR("");
}

/* The opportunities of one row, in the order of exercises. */
struct group {
    struct str who, skill;
    const struct skill_opportunity **items;
    size_t count;
};

static int compare_groups(const void *a, const void *b)
{
    const struct group *first = a, *second = b;
    int order = str_cmp(first->who, second->who);
    return order != 0 ? order : str_cmp(first->skill, second->skill);
}

/* By exercise, and as they came. */
static int compare_items(const void *a, const void *b)
{
    const struct skill_opportunity *first = *(const struct skill_opportunity *const *)a;
    const struct skill_opportunity *second = *(const struct skill_opportunity *const *)b;
    if (first->exercise != second->exercise)
        return first->exercise - second->exercise;
    return first < second ? -1 : first > second;
}

/* They usually come so already. */
static void sort_items(struct group *group)
{
    for (size_t i = 1; i < group->count; i++) {
        if (group->items[i]->exercise < group->items[i - 1]->exercise) {
            qsort(group->items, group->count, sizeof(*group->items), compare_items);
            return;
        }
    }
}

struct grouping {
    struct arena *arena;
    struct index names; /* "who skill" */
    struct group *groups;
    size_t count, capacity;
    int *places; /* the group of each opportunity; INDEX_NONE: it says nothing of anybody */
};

static int group_of(struct grouping *grouping, struct str who, struct str skill)
{
    char key[2 * LIMIT_ID_BYTES + 1];
    size_t who_len = who.len < LIMIT_ID_BYTES ? who.len : LIMIT_ID_BYTES;
    size_t skill_len = skill.len < LIMIT_ID_BYTES ? skill.len : LIMIT_ID_BYTES;
    if (who_len > 0)
        memcpy(key, who.ptr, who_len);
    key[who_len] = ' ';
    if (skill_len > 0)
        memcpy(key + who_len + 1, skill.ptr, skill_len);
    struct str name = {key, who_len + 1 + skill_len};
    int found = index_find(&grouping->names, name);
    if (found != INDEX_NONE)
        return found;
    grouping->groups = arena_grow(grouping->arena, grouping->groups, grouping->count,
        &grouping->capacity, sizeof(*grouping->groups));
    grouping->groups[grouping->count] = (struct group){.who = who, .skill = skill};
    index_add(
        &grouping->names, grouping->arena, arena_str(grouping->arena, name), (int)grouping->count);
    return (int)grouping->count++;
}

/* Opportunities in which no person is known say nothing of persons. */
static void find_groups(const struct skills_source *source, struct grouping *grouping)
{
    struct arena *arena = grouping->arena;
    grouping->places = ARENA_ARRAY(arena, source->item_count + 1, int);
    for (size_t i = 0; i < source->item_count; i++) {
        struct str who = who_of(source, &source->items[i]);
        bool is_nobody = source->by == SKILLS_BY_PERSON && who.len == 0;
        int place = is_nobody ? INDEX_NONE : group_of(grouping, who, source->items[i].skill);
        grouping->places[i] = place;
        if (!is_nobody)
            grouping->groups[place].count++;
    }
    for (size_t g = 0; g < grouping->count; g++) {
        struct group *group = &grouping->groups[g];
        group->items = ARENA_ARRAY(arena, group->count, const struct skill_opportunity *);
        group->count = 0;
    }
    for (size_t i = 0; i < source->item_count; i++) {
        if (grouping->places[i] == INDEX_NONE)
            continue;
        struct group *group = &grouping->groups[grouping->places[i]];
        group->items[group->count++] = &source->items[i];
    }
}

static void make_row(struct counting *counting, struct skill_grid *grid, struct arena *arena)
{
    struct skill_cluster *room = ARENA_ARRAY(arena, counting->count + 1, struct skill_cluster);
    counting->dots = ARENA_ARRAY(arena, counting->count + 1, struct skill_dot);
    count_items(counting);
    judge(counting->row, grid, counting->source->target, room);
    look_for_trend(counting->row, grid, room);
    counting->row->confounds = confounds_of(counting, arena);
}

size_t skills_find(
    const struct skills_source *source, struct arena *arena, struct skill_row **ret_rows)
{
    struct versions versions;
    struct grouping grouping = {.arena = arena};
    struct skill_grid *grid = skill_grid_new();
    find_versions(source, arena, &versions);
    find_groups(source, &grouping);
    if (grouping.count > 0)
        qsort(grouping.groups, grouping.count, sizeof(*grouping.groups), compare_groups);
    struct skill_row *rows = ARENA_ARRAY(arena, grouping.count + 1, struct skill_row);
    for (size_t g = 0; g < grouping.count; g++) {
        struct group *group = &grouping.groups[g];
        sort_items(group);
        rows[g] = (struct skill_row){.who = group->who, .skill = group->skill};
        struct counting counting = {.source = source,
            .versions = &versions,
            .row = &rows[g],
            .items = group->items,
            .count = group->count};
        make_row(&counting, grid, arena);
    }
    skill_grid_free(grid);
    *ret_rows = rows;
    return grouping.count;
}

/* ---- one exercise of many ---- */

const struct skill_dot *skills_largest(const struct skill_row *row)
{
    const struct skill_dot *largest = NULL;
    for (size_t i = 0; i < row->dot_count; i++) {
        const struct skill_dot *dot = &row->dots[i];
        int64_t least = largest != NULL ? largest->met + largest->missed : 0;
        largest = dot->met + dot->missed > least ? dot : largest;
    }
    return largest;
}

const struct skill_dot *skills_worst(const struct skill_row *row)
{
    const struct skill_dot *worst = NULL;
    for (size_t i = 0; i < row->dot_count; i++)
        if (row->dots[i].missed > (worst != NULL ? worst->missed : 0))
            worst = &row->dots[i];
    return worst;
}

/* ---- what comes first ---- */

int skills_urgency(const struct skill_row *row)
{
    return ((int)row->consequence + 1) * row->interval.below;
}

static int compare_urgency(const void *a, const void *b)
{
    const struct skill_row *first = *(const struct skill_row *const *)a;
    const struct skill_row *second = *(const struct skill_row *const *)b;
    int order = (second->word == SKILL_GAP) - (first->word == SKILL_GAP);
    if (order == 0)
        order = skills_urgency(second) - skills_urgency(first);
    if (order == 0)
        order = str_cmp(first->who, second->who);
    return order != 0 ? order : str_cmp(first->skill, second->skill);
}

size_t skills_urgent(const struct skill_row *rows, size_t count, const struct skill_row **ret_rows)
{
    size_t urgent_count = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i].word == SKILL_GAP || rows[i].word == SKILL_WATCH)
            ret_rows[urgent_count++] = &rows[i];
    qsort(ret_rows, urgent_count, sizeof(*ret_rows), compare_urgency);
    return urgent_count;
}

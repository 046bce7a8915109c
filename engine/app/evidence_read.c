/* The cache's text, read back. It may come from anybody, like all of a record: what does not fit is
 * none of ours, and the table is scored anew. */
#include "app/evidence.h"
#include "base/json_read.h"

enum { EVIDENCE_MOST = 1000000 }; /* findings of a kind at one table; a table has fewer events */

struct reading {
    struct evidence *evidence;
    const struct evidence_place *place;
    struct evidence_rule *rules;
    size_t rule_count;
};

/* The position of a word among names, or `otherwise`. */
static int name_of(struct str value, const char *const *names, int count, int otherwise)
{
    for (int i = 0; value.len >= 2 && i < count; i++)
        if (str_is((struct str){value.ptr + 1, value.len - 2}, names[i]))
            return i;
    return otherwise;
}

static bool read_words(struct str value, struct arena *arena, struct words *ret_words)
{
    bool is_good = true;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        is_good = is_good && json_to_str(json_get(value, str_of(lang_names[lang])), arena,
                                 &ret_words->in[lang]);
    return is_good;
}

static bool read_strs(struct str value, struct arena *arena, struct strs *ret_strs)
{
    struct str *items = ARENA_ARRAY(arena, json_count(value) + 1, struct str);
    struct str item;
    size_t position = 0, count = 0;
    while (json_next(value, &position, NULL, &item))
        if (!json_to_str(item, arena, &items[count++]))
            return false;
    *ret_strs = (struct strs){items, count};
    return json_type(value) == JSON_ARRAY;
}

static bool read_rule(struct str value, struct arena *arena, struct evidence_rule *ret_rule)
{
    static const char *const keys[] = {"id", "major", "pack", "severity", "skills", "title"};
    struct str values[6];
    json_get_all(value, keys, 6, values);
    int severity = name_of(values[3], severity_names, SEVERITY_COUNT, -1);
    ret_rule->severity = (enum severity)severity;
    return severity >= 0 && json_to_str(values[0], arena, &ret_rule->id) &&
           json_to_int(values[1], &ret_rule->major) &&
           json_to_str(values[2], arena, &ret_rule->pack) &&
           read_strs(values[4], arena, &ret_rule->skills) &&
           (values[5].len == 0 || read_words(values[5], arena, &ret_rule->title));
}

static bool read_rules(struct reading *reading, struct str list)
{
    struct arena *arena = &reading->evidence->arena;
    struct str value;
    size_t position = 0;
    reading->rules = ARENA_ARRAY(arena, json_count(list) + 1, struct evidence_rule);
    while (json_next(list, &position, NULL, &value))
        if (!read_rule(value, arena, &reading->rules[reading->rule_count++]))
            return false;
    return json_type(list) == JSON_ARRAY;
}

enum { AT_RULE, AT_COUNT, AT_OUTCOME, AT_CAUSE, AT_ROLE, AT_PERSON, AT_END };

static bool read_finding(struct reading *reading, struct str value)
{
    struct evidence *evidence = reading->evidence;
    struct str parts[AT_END] = {0};
    size_t position = 0;
    int64_t rule;
    for (int i = 0; i < AT_END && json_next(value, &position, NULL, &parts[i]); i++)
        ;
    struct evidence_finding found = {
        .exercise = reading->place->exercise, .table = reading->place->table};
    int outcome = name_of(parts[AT_OUTCOME], skill_outcome_names, OUTCOME_COUNT, -1);
    found.cause = name_of(parts[AT_CAUSE], cause_names, CAUSE_COUNT, -1);
    if (outcome < 0 || !json_to_int(parts[AT_COUNT], &found.count) || found.count < 1 ||
        found.count > EVIDENCE_MOST || !json_to_int(parts[AT_RULE], &rule) || rule < 0 ||
        (size_t)rule >= reading->rule_count ||
        !json_to_str(parts[AT_ROLE], &evidence->arena, &found.role) ||
        !json_to_str(parts[AT_PERSON], &evidence->arena, &found.person))
        return false;
    found.outcome = (enum skill_outcome)outcome;
    found.rule = &reading->rules[rule];
    evidence->findings = arena_grow(&evidence->arena, evidence->findings, evidence->finding_count,
        &evidence->finding_capacity, sizeof(*evidence->findings));
    evidence->findings[evidence->finding_count++] = found;
    return true;
}

static bool read_rating(struct reading *reading, struct str value)
{
    static const char *const keys[] = {"by", "capability", "proposed", "rating"};
    struct evidence *evidence = reading->evidence;
    struct str values[4];
    json_get_all(value, keys, 4, values);
    struct skill_rated rated = {.exercise = reading->place->exercise,
        .table = reading->place->table,
        .proposed = name_of(values[2], rating_names, RATING_COUNT, -1),
        .rating = name_of(values[3], rating_names, RATING_COUNT, -1)};
    if (rated.rating < 1 || rated.proposed < 0 ||
        !json_to_str(values[0], &evidence->arena, &rated.by) ||
        !json_to_str(values[1], &evidence->arena, &rated.capability))
        return false;
    evidence->rated = arena_grow(&evidence->arena, evidence->rated, evidence->rated_count,
        &evidence->rated_capacity, sizeof(*evidence->rated));
    evidence->rated[evidence->rated_count++] = rated;
    return true;
}

static bool read_list(struct reading *reading, struct str list,
    bool (*read)(struct reading *reading, struct str value))
{
    struct str value;
    size_t position = 0;
    while (json_next(list, &position, NULL, &value))
        if (!read(reading, value))
            return false;
    return json_type(list) == JSON_ARRAY;
}

/* Of an exercise with several tables, all are played in one mode as a rule; the first one says. */
static void note_exercise(struct skill_exercise *exercise, int64_t difficulty, int mode)
{
    if (exercise->mode >= 0)
        return;
    exercise->difficulty = difficulty;
    exercise->mode = mode;
}

bool evidence_read(struct evidence *evidence, const struct evidence_place *place, struct str body,
    struct str *ret_team, bool *ret_is_wanted)
{
    static const char *const keys[] = {
        "difficulty", "mode", "opportunities", "organisation", "ratings", "rules", "status"};
    struct reading reading = {.evidence = evidence, .place = place};
    struct str values[7];
    int64_t difficulty;
    size_t finding_count = evidence->finding_count, rated_count = evidence->rated_count;
    if (!json_check(body, NULL))
        return false;
    json_get_all(body, keys, 7, values);
    int mode = name_of(values[1], mode_names, MODE_COUNT, -1);
    int status = name_of(values[6], status_names, STATUS_COUNT, -1);
    if (mode < 0 || status < 0 || !json_to_int(values[0], &difficulty) ||
        !json_to_str(values[3], &evidence->arena, ret_team))
        return false;
    *ret_is_wanted = (status == STATUS_ENDED || status == STATUS_SEALED) &&
                     (place->team.len == 0 || str_eq(place->team, *ret_team));
    if (!*ret_is_wanted)
        return true;
    bool is_good = read_rules(&reading, values[5]) &&
                   read_list(&reading, values[2], read_finding) &&
                   read_list(&reading, values[4], read_rating);
    if (!is_good) {
        evidence->finding_count = finding_count;
        evidence->rated_count = rated_count;
        return false;
    }
    evidence->provisional_count += status != STATUS_SEALED;
    note_exercise(&evidence->exercises[place->exercise], difficulty, mode);
    return true;
}

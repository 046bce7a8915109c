/* One table's evidence as text for the record's cache: what the rules found, in which role and by
 * whom, and what evaluators rated. Findings name their rule by its place in the list, because a
 * rule that found a hundred things need not be written a hundred times. */
#include "app/evidence.h"
#include "base/json_write.h"
#include "score/rating.h"

struct writing {
    struct past *past;
    struct json_write json;
    const struct finding *findings;
    size_t finding_count;
    int64_t *places;  /* of each rule in the list; -1: it found nothing */
    bool *is_process; /* each rule: missed for another cause than skill, so that its title is wanted
                       */
};

static bool is_scored(const struct finding *finding)
{
    return finding->verdict == VERDICT_SATISFIED || finding->verdict == VERDICT_VIOLATED;
}

/* The rule's role; else the only role of the seat that is charged; else nobody's. */
static struct str role_of(const struct past *past, const struct finding *finding)
{
    const struct def_seat *seat = def_seat(&past->def, finding->actor);
    if (finding->rule->role.len > 0)
        return finding->rule->role;
    return seat != NULL && seat->roles.count == 1 ? seat->roles.items[0] : STR("");
}

/* Who sat there by then, if anybody was named. */
static struct str person_of(const struct past *past, const struct finding *finding)
{
    struct str person = STR("");
    int64_t until = finding->target_seq > 0 ? finding->target_seq : finding->activation_seq;
    for (size_t i = 0; i < past->event_count && finding->actor.len > 0; i++) {
        const struct event *event = &past->events[i];
        if (until > 0 && event->seq > until && person.len > 0)
            break;
        if (event->kind == EVENT_ASSIGNED && str_eq(event->body.assigned.seat, finding->actor))
            person = event->body.assigned.person;
    }
    return person;
}

/* What is told of a finding. */
struct told {
    const struct rule *rule;
    enum skill_outcome outcome;
    int cause;
    struct str person, role;
    int64_t count;
};

static struct told told_of(const struct past *past, const struct finding *finding)
{
    enum skill_outcome outcome = skill_outcome_of(finding);
    return (struct told){.rule = finding->rule,
        .outcome = outcome,
        .cause = outcome == OUTCOME_MISSED ? finding->cause : -1,
        .person = person_of(past, finding),
        .role = role_of(past, finding),
        .count = 1};
}

static bool is_alike(const struct told *a, const struct told *b)
{
    return a->rule == b->rule && a->outcome == b->outcome && a->cause == b->cause &&
           str_eq(a->person, b->person) && str_eq(a->role, b->role);
}

/* A list rather than an object: there are many. */
static void write_told(struct writing *writing, const struct told *told)
{
    struct json_write *json = &writing->json;
    json_write_array(json);
    json_write_int(json, writing->places[told->rule - writing->past->rules.items]);
    json_write_int(json, told->count);
    json_write_str(json, str_of(skill_outcome_names[told->outcome]));
    json_write_str(json, str_of(told->cause >= 0 ? cause_names[told->cause] : ""));
    json_write_str(json, told->role);
    json_write_str(json, told->person);
    json_write_end(json);
}

/* Those that are alike are counted; findings of a rule stand together. */
static size_t gather_told(struct writing *writing, struct told *ret_told)
{
    size_t count = 0, first = 0;
    int64_t place = 0;
    for (size_t i = 0; i < writing->finding_count; i++) {
        const struct finding *finding = &writing->findings[i];
        size_t rule = (size_t)(finding->rule - writing->past->rules.items);
        if (!is_scored(finding))
            continue;
        if (writing->places[rule] < 0) {
            writing->places[rule] = place++;
            first = count;
        }
        struct told told = told_of(writing->past, finding);
        writing->is_process[rule] |= told.cause >= 0 && told.cause != CAUSE_SKILL;
        size_t at = first;
        while (at < count && !is_alike(&ret_told[at], &told))
            at++;
        if (at == count)
            ret_told[count++] = told;
        else
            ret_told[at].count++;
    }
    return count;
}

static void write_findings(struct writing *writing)
{
    struct told *told = ARENA_ARRAY(&writing->past->arena, writing->finding_count + 1, struct told);
    size_t count = gather_told(writing, told);
    json_write_key(&writing->json, STR("opportunities"));
    json_write_array(&writing->json);
    for (size_t i = 0; i < count; i++)
        write_told(writing, &told[i]);
    json_write_end(&writing->json);
}

/* "2.1.0" is 2. */
int64_t evidence_major(const struct past *past, struct str pack)
{
    int64_t major = 0;
    for (size_t i = 0; i < past->rules.pack_count; i++) {
        struct str version = past->rules.packs[i].version;
        if (!str_eq(past->rules.packs[i].id, pack))
            continue;
        for (size_t c = 0;
             c < version.len && version.ptr[c] >= '0' && version.ptr[c] <= '9' && major < 1000000;
             c++)
            major = major * 10 + (version.ptr[c] - '0');
        break;
    }
    return major;
}

static void write_rule(struct writing *writing, const struct rule *rule, bool has_title)
{
    struct json_write *json = &writing->json;
    const struct past *past = writing->past;
    json_write_object(json);
    json_write_key_str(json, "id", rule->id);
    json_write_key_int(json, "major", evidence_major(past, rule->pack));
    json_write_key_str(json, "pack", rule->pack.len > 0 ? rule->pack : past->def.id);
    json_write_key_str(json, "severity", str_of(severity_names[rule->severity]));
    json_write_key_strs(json, "skills", rule->skills);
    if (has_title)
        json_write_key_words(json, "title", &rule->title);
    json_write_end(json);
}

/* In the order of their findings, which is the rules' own. */
static void write_rules(struct writing *writing)
{
    json_write_key(&writing->json, STR("rules"));
    json_write_array(&writing->json);
    for (size_t i = 0; i < writing->past->rules.count; i++)
        if (writing->places[i] >= 0)
            write_rule(writing, &writing->past->rules.items[i], writing->is_process[i]);
    json_write_end(&writing->json);
}

static void write_ratings(struct writing *writing, const struct scorer *scorer)
{
    struct past *past = writing->past;
    struct json_write *json = &writing->json;
    struct capability *items;
    struct rating_source source = {.house = past->def.organisation_profile,
        .rules = &past->rules,
        .findings = writing->findings,
        .finding_count = writing->finding_count};
    source.rated_count = scorer_rated(scorer, &source.rated);
    size_t count = rating_find(&source, &past->arena, &items);
    json_write_key(json, STR("ratings"));
    json_write_array(json);
    for (size_t i = 0; i < count; i++) {
        for (size_t r = 0; r < items[i].rated_count; r++) {
            const struct event_rated *rated = &items[i].rated[r]->body.rated;
            json_write_object(json);
            json_write_key_str(json, "by", rated->by);
            json_write_key_str(json, "capability", items[i].id);
            json_write_key_str(json, "proposed", str_of(rating_names[items[i].proposed]));
            json_write_key_str(json, "rating", str_of(rating_names[rated->rating]));
            json_write_end(json);
        }
    }
    json_write_end(json);
}

void evidence_write(struct past *past, struct buf *out)
{
    struct writing writing = {.past = past};
    struct scorer *scorer =
        past_score(past, &past->rules, &writing.findings, &writing.finding_count);
    struct json_write *json = &writing.json;
    writing.places = ARENA_ARRAY(&past->arena, past->rules.count + 1, int64_t);
    writing.is_process = ARENA_ARRAY(&past->arena, past->rules.count + 1, bool);
    for (size_t i = 0; i < past->rules.count; i++)
        writing.places[i] = -1;
    json_write_init(json, out);
    json_write_object(json);
    json_write_key_int(json, "difficulty", past->state->difficulty);
    json_write_key_str(json, "mode", str_of(mode_names[past->state->mode]));
    write_findings(&writing);
    json_write_key_str(json, "organisation", past->def.organisation);
    write_ratings(&writing, scorer);
    write_rules(&writing);
    json_write_key_str(json, "status", str_of(status_names[past->state->status]));
    json_write_end(json);
    scorer_free(scorer);
}

/* One scorer, kept beside the table. The sentence, the reason and the clock of a rule are what a
 * page needs to show its findings, so those of the rules that are seen go with them. */
#include "app/live.h"

#include <stdlib.h>

#include "base/json_write.h"
#include "score/agenda.h"
#include "score/rating.h"
#include "score/replay.h"

struct live {
    const struct def *def;
    const struct rules *rules;
    struct scorer *scorer;
    struct replay *replay;
    int64_t last_seq;
};

struct live *live_new(const struct def *def, const struct rules *rules)
{
    struct live *live = calloc(1, sizeof(*live));
    if (live == NULL)
        abort();
    *live = (struct live){def, rules, scorer_new(def, rules), replay_new(def), 0};
    return live;
}

void live_free(struct live *live)
{
    if (live == NULL)
        return;
    scorer_free(live->scorer);
    replay_free(live->replay);
    free(live);
}

void live_feed(struct live *live, const struct event *event)
{
    if (event->seq <= live->last_seq)
        return;
    live->last_seq = event->seq;
    scorer_feed(live->scorer, event);
    replay_feed(live->replay, event);
}

/* ---- who sees what ---- */

static bool is_staff(struct viewer viewer)
{
    return viewer.kind == VIEWER_FACILITATOR || viewer.kind == VIEWER_EVALUATOR;
}

/* Who looks, and what is open to them: the table's agenda to the staff, and to seats once the
 * facilitator has shared it; else it is empty. */
struct look {
    const struct state *state;
    struct viewer viewer;
    bool sees_agenda;
    struct agenda agenda;
};

static struct look look_at(const struct state *state, struct viewer viewer)
{
    bool is_invited = is_staff(viewer) || (viewer.kind == VIEWER_SEAT && state->findings_shared);
    return (struct look){
        .state = state, .viewer = viewer, .sees_agenda = state_has_ended(state) && is_invited};
}

static bool is_own(const struct look *look, const struct finding *finding)
{
    return look->viewer.kind == VIEWER_SEAT && str_eq(finding->actor, look->viewer.seat) &&
           finding->verdict != VERDICT_NOT_ACTIVATED && finding->verdict != VERDICT_NOT_MEASURED;
}

static bool may_see(const struct look *look, const struct finding *finding)
{
    if (is_staff(look->viewer))
        return true;
    return state_has_ended(look->state) &&
           (is_own(look, finding) || agenda_has(&look->agenda, finding));
}

static size_t keep_seen(
    const struct look *look, struct arena *arena, const struct finding **items, size_t count)
{
    struct finding *kept = ARENA_ARRAY(arena, count + 1, struct finding);
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++)
        if (may_see(look, &(*items)[i]))
            kept[kept_count++] = (*items)[i];
    *items = kept;
    return kept_count;
}

/* ---- writing ---- */

static void write_rule(const struct rule *rule, struct json_write *json)
{
    json_write_object(json);
    json_write_key_words(json, "before", &rule->before);
    json_write_key_str(json, "capability", rule->capability);
    json_write_key_str(json, "id", rule->id);
    json_write_key_str(json, "severity", str_of(severity_names[rule->severity]));
    json_write_key_bool(json, "story_time", rule->is_story_time);
    json_write_key_words(json, "title", &rule->title);
    json_write_key_words(json, "why", &rule->why);
    json_write_end(json);
}

/* Findings stand in the order of the rules. */
static void write_rules(const struct finding *items, size_t count, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i].rule != items[i - 1].rule)
            write_rule(items[i].rule, json);
    json_write_end(json);
}

static void write_capabilities(struct live *live, const struct finding *items, size_t count,
    struct arena *arena, struct json_write *json)
{
    struct rating_source source = {.house = live->def->organisation_profile,
        .rules = live->rules,
        .findings = items,
        .finding_count = count};
    struct capability *capabilities;
    source.rated_count = scorer_rated(live->scorer, &source.rated);
    size_t capability_count = rating_find(&source, arena, &capabilities);
    json_write_key(json, STR("capabilities"));
    rating_write(capabilities, capability_count, json);
}

/* Nobody waits, and nothing can be told from how long it takes. */
static void write_nothing(struct buf *out)
{
    buf_add(out, STR("{\"ended\":false,\"findings\":[],\"rules\":[],\"sealed\":false,"
                     "\"shared\":false}"));
}

void live_write(struct live *live, const struct state *state, struct viewer viewer, int64_t now_ms,
    struct buf *out)
{
    struct arena arena = {0};
    struct json_write json;
    const struct finding *items;
    size_t count;
    if (!is_staff(viewer) && !state_has_ended(state)) {
        write_nothing(out);
        return;
    }
    scorer_findings(live->scorer, now_ms, &items, &count);
    struct look look = look_at(state, viewer);
    json_write_init(&json, out);
    json_write_object(&json);
    if (look.sees_agenda) {
        agenda_make(items, count, &arena, &look.agenda);
        json_write_key(&json, STR("agenda"));
        agenda_write(&look.agenda, &json);
    }
    if (is_staff(viewer))
        write_capabilities(live, items, count, &arena, &json);
    size_t seen_count = keep_seen(&look, &arena, &items, count);
    json_write_key_bool(&json, "ended", state_has_ended(state));
    json_write_key(&json, STR("findings"));
    score_write_findings(items, seen_count, &json);
    json_write_key(&json, STR("rules"));
    write_rules(items, seen_count, &json);
    json_write_key_bool(&json, "sealed", scorer_is_sealed(live->scorer));
    json_write_key_bool(&json, "shared", state->findings_shared);
    json_write_end(&json);
    arena_fini(&arena);
}

bool live_write_replay(
    const struct live *live, const struct state *state, struct viewer viewer, struct buf *out)
{
    if (viewer.kind == VIEWER_BOARD || viewer.kind == VIEWER_LEAD || !state_has_ended(state))
        return false;
    replay_write(live->replay, out);
    return true;
}

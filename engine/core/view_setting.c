/* What a viewer may know before anything has happened: the sheet that lies on the table. */
#include "core/view.h"

#include "core/event.h"
#include "core/organisation.h"

static void open_list(struct json_write *json, const char *key)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
}

/* Who may order what is for the table to know, or to be asked about: no page gives it away. Who has
 * hands for it everybody at the table knows. */
static void write_actions(const struct def *def, struct viewer viewer, struct json_write *json)
{
    bool staff = viewer.kind == VIEWER_FACILITATOR || viewer.kind == VIEWER_EVALUATOR;
    open_list(json, "actions");
    for (size_t i = 0; i < def->action_count; i++) {
        json_write_object(json);
        if (staff)
            json_write_key_strs(json, "authority", def->actions[i].authority);
        if (viewer.kind != VIEWER_BOARD)
            json_write_key_strs(json, "done_by", def->actions[i].done_by);
        json_write_key_str(json, "id", def->actions[i].id);
        json_write_key_words(json, "name", &def->actions[i].name);
        json_write_key_strs(json, "targets", def->actions[i].targets);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_facts(const struct def *def, struct json_write *json)
{
    open_list(json, "facts");
    for (size_t i = 0; i < def->fact_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", def->facts[i].id);
        json_write_key_words(json, "text", &def->facts[i].text);
        json_write_end(json);
    }
    json_write_end(json);
}

/* What a trigger waits for, to be put in words. */
static void write_pattern(const struct pattern *pattern, struct json_write *json)
{
    json_write_key(json, STR("pattern"));
    json_write_object(json);
    json_write_key_str(json, "name", str_of(pattern->name->name));
    open_list(json, "values");
    for (size_t i = 0; i < pattern->condition_count; i++)
        for (size_t n = 0; n < pattern->conditions[i].values.count; n++)
            json_write_str(json, pattern->conditions[i].values.items[n]);
    json_write_end(json);
    json_write_end(json);
}

static void write_trigger(const struct def_trigger *trigger, struct json_write *json)
{
    static const char *const names[] = {
        [TRIGGER_NONE] = "",
        [TRIGGER_AT] = "at",
        [TRIGGER_STORY_AT] = "story_at",
        [TRIGGER_AFTER] = "after",
        [TRIGGER_WHEN] = "when",
        [TRIGGER_UNLESS] = "unless",
    };
    json_write_key(json, STR("trigger"));
    json_write_object(json);
    if (trigger->at_ms != 0)
        json_write_key_int(json, "at_ms", trigger->at_ms);
    if (trigger->by_ms != 0)
        json_write_key_int(json, "by_ms", trigger->by_ms);
    if (trigger->inject.len != 0)
        json_write_key_str(json, "inject", trigger->inject);
    json_write_key_str(json, "kind", str_of(names[trigger->kind]));
    if (trigger->pattern.name != NULL)
        write_pattern(&trigger->pattern, json);
    json_write_end(json);
}

/* They lie language by language, a text after the other. */
static void write_expected(const struct def_inject *inject, struct json_write *json)
{
    open_list(json, "expected");
    for (size_t i = 0; i < inject->expected.count; i += LANG_COUNT) {
        json_write_object(json);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            json_write_key_str(json, lang_names[lang], inject->expected.items[i + (size_t)lang]);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_injects(const struct def *def, struct json_write *json)
{
    open_list(json, "injects");
    for (size_t i = 0; i < def->inject_count; i++) {
        const struct def_inject *inject = &def->injects[i];
        json_write_object(json);
        json_write_key_words(json, "body", &inject->body);
        write_expected(inject, json);
        json_write_key_strs(json, "facts", inject->facts);
        json_write_key_str(json, "from", inject->from);
        json_write_key_str(json, "id", inject->id);
        json_write_key_str(json, "kind", str_of(inject_kind_names[inject->kind]));
        json_write_key_int(json, "level", inject->level);
        json_write_key_words(json, "reason", &inject->reason);
        json_write_key_words(json, "title", &inject->title);
        json_write_key_strs(json, "to", inject->to);
        write_trigger(&inject->trigger, json);
        json_write_key_str(json, "via", str_of(channel_names[inject->via]));
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_hints(const struct def *def, struct json_write *json)
{
    open_list(json, "hints");
    for (size_t i = 0; i < def->hint_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", def->hints[i].id);
        json_write_key_str(json, "rule", def->hints[i].rule);
        json_write_key_words(json, "text", &def->hints[i].text);
        json_write_key_strs(json, "to", def->hints[i].to);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_objectives(const struct def *def, struct json_write *json)
{
    open_list(json, "objectives");
    for (size_t i = 0; i < def->objective_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", def->objectives[i].id);
        json_write_key_words(json, "text", &def->objectives[i].text);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_slots(const struct def *def, struct json_write *json)
{
    open_list(json, "slots");
    for (size_t i = 0; i < def->slot_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", def->slots[i].id);
        json_write_key_words(json, "name", &def->slots[i].name);
        json_write_end(json);
    }
    json_write_end(json);
}

/* What a phase is called, when it begins and how many there are tells what will come. So players
 * find at most the first, in which they are; the names of others reach them when they begin
 * (view.c). */
static void write_phases(const struct def *def, bool staff, struct json_write *json)
{
    open_list(json, "phases");
    for (size_t i = 0; i < (staff ? def->phase_count : def->phase_count != 0); i++) {
        if (!staff && !def->phases[i].is_public)
            continue;
        json_write_object(json);
        if (staff && def->phases[i].begins_ms != 0)
            json_write_key_int(json, "begins_ms", def->phases[i].begins_ms);
        json_write_key_str(json, "id", def->phases[i].id);
        json_write_key_words(json, "name", &def->phases[i].name);
        json_write_end(json);
    }
    json_write_end(json);
}

/* What skills are called, for whoever looks at all exercises. */
static void write_practices(const struct def *def, struct json_write *json)
{
    open_list(json, "practices");
    for (size_t i = 0; i < def->practice_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", def->practices[i].id);
        json_write_key_words(json, "name", &def->practices[i].name);
        json_write_end(json);
    }
    json_write_end(json);
}

/* What the staff's feed calls what the story keeps in mind, and what is asked. */
static void write_world(const struct def *def, struct json_write *json)
{
    open_list(json, "world");
    for (size_t i = 0; i < def->world_count; i++) {
        const struct def_world *world = &def->world[i];
        if (world->name.in[LANG_EN].len == 0)
            continue;
        json_write_object(json);
        json_write_key_str(json, "id", world->id);
        json_write_key_words(json, "name", &world->name);
        open_list(json, "values");
        for (size_t v = 0; v < world->value_count; v++) {
            json_write_object(json);
            json_write_key_str(json, "id", world->values[v].id);
            json_write_key_words(json, "name", &world->values[v].name);
            json_write_end(json);
        }
        json_write_end(json);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_matters(const struct def *def, struct json_write *json)
{
    open_list(json, "matters");
    for (size_t i = 0; i < def->matters.count; i++) {
        struct words id = {{def->matters.items[i], def->matters.items[i]}};
        json_write_object(json);
        json_write_key_str(json, "id", def->matters.items[i]);
        json_write_key_words(json, "name", def->matter_names != NULL ? &def->matter_names[i] : &id);
        json_write_end(json);
    }
    json_write_end(json);
}

void view_write_question(
    const struct def_question *question, bool with_owners, struct json_write *json)
{
    json_write_object(json);
    json_write_key_str(json, "id", question->id);
    open_list(json, "options");
    for (size_t i = 0; i < question->option_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", question->options[i].id);
        json_write_key_words(json, "text", &question->options[i].text);
        json_write_end(json);
    }
    json_write_end(json);
    if (with_owners)
        json_write_key_strs(json, "owners", question->owners);
    json_write_key_words(json, "prompt", &question->prompt);
    json_write_key_int(json, "within_ms", question->within_ms);
    json_write_end(json);
}

/* With who may decide it: nobody else's choice closes a question, and the staff must know whom to
 * ask. */
static void write_questions(const struct def *def, struct json_write *json)
{
    open_list(json, "questions");
    for (size_t i = 0; i < def->question_count; i++)
        view_write_question(&def->questions[i], true, json);
    json_write_end(json);
}

static void write_refusals(struct json_write *json)
{
    json_write_key(json, STR("refusals"));
    json_write_object(json);
    /* Canonical JSON wants its keys in order; the names are few. */
    int order[REFUSAL_COUNT];
    for (int i = 0; i < REFUSAL_COUNT; i++) {
        int at = i;
        for (;
             at > 0 && str_cmp(str_of(refusal_names[order[at - 1]]), str_of(refusal_names[i])) > 0;
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (int i = 0; i < REFUSAL_COUNT; i++)
        json_write_key_words(json, refusal_names[order[i]], &refusal_sentences[order[i]]);
    json_write_end(json);
}

static void write_roles(const struct def *def, struct viewer viewer, struct json_write *json)
{
    open_list(json, "roles");
    for (size_t i = 0; i < def->role_count; i++) {
        const struct def_role *role = &def->roles[i];
        const struct def_seat *seat = def_seat_of(def, role->id);
        bool is_holder =
            viewer.kind == VIEWER_SEAT && seat != NULL && str_eq(seat->id, viewer.seat);
        bool own =
            is_holder || viewer.kind == VIEWER_FACILITATOR || viewer.kind == VIEWER_EVALUATOR;
        json_write_object(json);
        if (own)
            json_write_key_words(json, "card", &role->card);
        json_write_key_str(json, "id", role->id);
        json_write_key_words(json, "name", &role->name);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_seats(const struct def *def, struct json_write *json)
{
    open_list(json, "seats");
    for (size_t i = 0; i < def->seat_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", def->seats[i].id);
        json_write_key_strs(json, "roles", def->seats[i].roles);
        json_write_end(json);
    }
    json_write_end(json);
}

/* How a stakeholder will answer is for players to find out; which channels exist is on the list. */
static void write_stakeholders(const struct def *def, struct json_write *json)
{
    open_list(json, "stakeholders");
    for (size_t i = 0; i < def->stakeholder_count; i++) {
        const struct def_stakeholder *stakeholder = &def->stakeholders[i];
        json_write_object(json);
        open_list(json, "channels");
        for (int channel = 1; channel < CHANNEL_COUNT; channel++)
            if (stakeholder->reach[channel].answer != ANSWER_NO_CHANNEL)
                json_write_str(json, str_of(channel_names[channel]));
        json_write_end(json);
        json_write_key_words(json, "contact", &stakeholder->contact);
        json_write_key_str(json, "deputy", stakeholder->deputy);
        json_write_key_str(json, "id", stakeholder->id);
        json_write_key_words(json, "name", &stakeholder->name);
        json_write_end(json);
    }
    json_write_end(json);
}

/* Whom the house wants told, when and how soon; of those who are here. */
static void write_ladder(const struct def *def, struct json_write *json)
{
    const struct organisation *house = def->organisation_profile;
    json_write_key(json, STR("ladder"));
    json_write_array(json);
    for (size_t i = 0; house != NULL && i < house->rung_count; i++) {
        const struct organisation_rung *rung = &house->ladder[i];
        if (!def_is_party(def, rung->to))
            continue;
        struct str from = rung->from.len > 0 ? rung->from : STR("poc");
        json_write_object(json);
        if (def_is_party(def, from))
            json_write_key_str(json, "from", from);
        if (rung->instead.in[LANG_EN].len > 0)
            json_write_key_words(json, "instead", &rung->instead);
        json_write_key_str(json, "to", rung->to);
        json_write_key_words(json, "when", &rung->when);
        json_write_key_int(json, "within_ms", rung->within_ms);
        json_write_end(json);
    }
    json_write_end(json);
}

void view_write_setting(const struct state *state, struct viewer viewer, struct buf *out)
{
    const struct def *def = state->def;
    bool staff = viewer.kind == VIEWER_FACILITATOR || viewer.kind == VIEWER_EVALUATOR;
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    write_actions(def, viewer, &json);
    json_write_key_int(&json, "duration_ms", def->duration_ms);
    if (staff) {
        write_facts(def, &json);
        write_hints(def, &json);
        write_injects(def, &json);
    }
    if (viewer.kind != VIEWER_BOARD)
        write_ladder(def, &json);
    write_matters(def, &json);
    json_write_key_str(&json, "mode", str_of(mode_names[state->mode]));
    if (staff)
        write_objectives(def, &json);
    write_phases(def, staff, &json);
    if (staff)
        write_practices(def, &json);
    if (staff)
        write_questions(def, &json);
    write_refusals(&json);
    write_roles(def, viewer, &json);
    json_write_key_str(&json, "scenario", def->id);
    if (viewer.kind == VIEWER_SEAT)
        json_write_key_str(&json, "seat", viewer.seat);
    write_seats(def, &json);
    write_slots(def, &json);
    if (viewer.kind != VIEWER_BOARD)
        write_stakeholders(def, &json);
    json_write_key_int(&json, "story_offset_minutes", def->story_offset_minutes);
    json_write_key_int(&json, "story_start_ms", def->story_start_ms);
    json_write_key_words(&json, "summary", &def->summary);
    json_write_key_words(&json, "title", &def->title);
    if (staff)
        write_world(def, &json);
    json_write_end(&json);
}

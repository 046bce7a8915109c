/* The replay as canonical JSON. What does not apply is left out. */
#include "base/json_write.h"
#include "score/replay_parts.h"

static void open_list(struct json_write *json, const char *key)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
}

static void write_text(struct json_write *json, const char *key, struct str text)
{
    if (text.len != 0)
        json_write_key_str(json, key, text);
}

/* ---- facts ---- */

/* Who said it: the sender of the message, or whom the record names. */
static struct str told_by(const struct gather *gather, const struct event_learned *learned)
{
    const struct sent *sent =
        learned->source == SOURCE_MESSAGE ? gather_sent(gather, learned->through) : NULL;
    if (sent != NULL)
        return sent->event->actor;
    bool is_by_mouth = learned->source == SOURCE_SAID || learned->source == SOURCE_HEARD ||
                       learned->source == SOURCE_HANDOFF;
    return is_by_mouth ? learned->through : (struct str){0};
}

static void write_known(const struct replay_look *look, int fact, struct json_write *json)
{
    open_list(json, "known");
    for (int p = 0; p < look->gather.party_count; p++) {
        const struct event *event = gather_learned(&look->gather, p, fact, NULL);
        if (event == NULL)
            continue;
        const struct event_learned *learned = &event->body.learned;
        const struct def_inject *inject =
            learned->source == SOURCE_INJECT ? def_inject(look->def, learned->through) : NULL;
        json_write_object(json);
        json_write_key_int(json, "at_ms", event->observed_ms);
        write_text(json, "from", told_by(&look->gather, learned));
        if (inject != NULL)
            json_write_key_words(json, "inject", &inject->title);
        json_write_key_str(json, "party", gather_party_id(&look->gather, p));
        json_write_key_str(json, "source", str_of(source_names[learned->source]));
        json_write_key_int(json, "story_ms", event->story_ms);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_needs(const struct replay_look *look, int fact, struct json_write *json)
{
    open_list(json, "needs");
    for (int p = 0; p < look->gather.party_count; p++) {
        enum need need = gather_need(&look->gather, fact, p);
        if (need == NEED_NONE || !replay_takes_part(look, p))
            continue;
        json_write_object(json);
        json_write_key_str(json, "need", str_of(need_names[need]));
        json_write_key_str(json, "party", gather_party_id(&look->gather, p));
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_replaced_by(const struct replay_look *look, int fact, struct json_write *json)
{
    struct strs newer = look->gather.knowledge.replaced_by[fact];
    open_list(json, "replaced_by");
    for (size_t i = 0; i < newer.count; i++)
        if (replay_shows(look, index_find(&look->def->fact_index, newer.items[i])))
            json_write_str(json, newer.items[i]);
    json_write_end(json);
}

static void write_truths(const struct replay_look *look, int fact, struct json_write *json)
{
    const struct def_fact *def = &look->def->facts[fact];
    open_list(json, "truths");
    for (size_t i = 0; i < def->truth_count && def->truths[i].from_ms <= look->end_ms; i++) {
        json_write_object(json);
        json_write_key_int(json, "from_ms", def->truths[i].from_ms);
        json_write_key_words(json, "text", &def->truths[i].text);
        json_write_key_bool(json, "true", def->truths[i].is_true);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_facts(const struct replay_look *look, struct json_write *json)
{
    open_list(json, "facts");
    for (int f = 0; f < (int)look->def->fact_count; f++) {
        if (!replay_shows(look, f))
            continue;
        json_write_object(json);
        json_write_key_int(json, "came_ms", look->facts[f].came_ms);
        json_write_key_str(json, "id", look->def->facts[f].id);
        write_known(look, f, json);
        write_needs(look, f, json);
        write_replaced_by(look, f, json);
        json_write_key_words(json, "text", &look->def->facts[f].text);
        write_truths(look, f, json);
        json_write_end(json);
    }
    json_write_end(json);
}

/* ---- gaps, parties, the axis ---- */

static void write_gaps(const struct replay_look *look, struct json_write *json)
{
    open_list(json, "gaps");
    for (size_t i = 0; i < look->gap_count; i++) {
        const struct replay_gap *gap = &look->gaps[i];
        json_write_object(json);
        json_write_key_str(json, "fact", look->def->facts[gap->fact].id);
        json_write_key_str(json, "party", gather_party_id(&look->gather, gap->party));
        json_write_key_int(json, "since_ms", gap->since_ms);
        if (gap->until_ms >= 0)
            json_write_key_int(json, "until_ms", gap->until_ms);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_parties(const struct replay_look *look, struct json_write *json)
{
    open_list(json, "parties");
    for (int p = 0; p < look->gather.party_count; p++) {
        if (!replay_takes_part(look, p))
            continue;
        json_write_object(json);
        json_write_key_str(json, "id", gather_party_id(&look->gather, p));
        json_write_key_bool(json, "seat", p < look->gather.seat_count);
        json_write_end(json);
    }
    json_write_end(json);
}

/* What a moment is called: the phase that begins, the option that was taken. */
static const struct words *moment_words(const struct def *def, const struct event *event)
{
    if (event->kind == EVENT_PHASE_CHANGED) {
        const struct def_phase *phase = def_phase(def, event->body.phase_changed.phase);
        return phase == NULL ? NULL : &phase->name;
    }
    const struct def_question *question =
        event->kind == EVENT_DECIDED ? def_question(def, event->body.decided.question) : NULL;
    for (size_t i = 0; question != NULL && i < question->option_count; i++)
        if (str_eq(question->options[i].id, event->body.decided.option))
            return &question->options[i].text;
    return NULL;
}

static bool is_on_axis(const struct event *event)
{
    static const bool stands[EVENT_KIND_COUNT] = {[EVENT_DECIDED] = true,
        [EVENT_DECLARED] = true,
        [EVENT_ENDED] = true,
        [EVENT_JUMPED] = true,
        [EVENT_PHASE_CHANGED] = true,
        [EVENT_STARTED] = true};
    return stands[event->kind];
}

static void write_moments(const struct replay_look *look, struct json_write *json)
{
    open_list(json, "moments");
    for (size_t i = 0; i < look->gather.event_count; i++) {
        const struct event *event = look->gather.events[i];
        const struct words *words = moment_words(look->def, event);
        if (!is_on_axis(event))
            continue;
        json_write_object(json);
        json_write_key_str(json, "actor", event->actor);
        json_write_key_int(json, "at_ms", event->observed_ms);
        json_write_key_str(json, "kind", str_of(event_kinds[event->kind].name));
        if (event->kind == EVENT_DECLARED)
            json_write_key_str(json, "status", event->body.declared.status);
        json_write_key_int(json, "story_ms", event->story_ms);
        if (words != NULL)
            json_write_key_words(json, "words", words);
        json_write_end(json);
    }
    json_write_end(json);
}

/* From an exercise time on, the calendar stands there and runs at this pace. */
static void write_story(const struct replay_look *look, struct json_write *json)
{
    open_list(json, "story");
    for (size_t i = 0; i < look->trace->story.count; i++) {
        const struct story_page *page = &look->trace->story.pages[i];
        json_write_object(json);
        json_write_key_int(json, "at_ms", page->at_ms);
        json_write_key_int(json, "pace", page->pace);
        json_write_key_int(json, "story_ms", page->story_ms);
        json_write_end(json);
    }
    json_write_end(json);
}

void replay_write_look(const struct replay_look *look, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_int(&json, "end_ms", look->end_ms);
    write_facts(look, &json);
    write_gaps(look, &json);
    write_moments(look, &json);
    write_parties(look, &json);
    write_story(look, &json);
    json_write_end(&json);
}

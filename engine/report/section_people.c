/* By role: what came from a seat, what it is credited with, and which skills that shows. Roles, not
 * persons: two people in one seat share its card, and nobody is ranked. */
#include "report/sections.h"
#include "report/practices.h"
#include "score/interval.h"
#include "score/party.h"

/* ---- scorecards ---- */

enum deed {
    DEED_CAME,
    DEED_OPENED,
    DEED_ACKED,
    DEED_SENT,
    DEED_SAID,
    DEED_DECIDED,
    DEED_DID,
    DEEDS
};

enum { NO_KIND = -1 };

/* What was read back is confirmed, what is handed over is told, what was noted as heard has come.
 */
static const struct {
    const char *key;
    struct words name;
    int kinds[2];
} deeds[DEEDS] = {
    [DEED_CAME] = {"came", WORDS("what came", "届いたもの"), {EVENT_HEARD, NO_KIND}},
    [DEED_OPENED] = {"opened", WORDS("what was opened", "開いたもの"), {EVENT_OPENED, NO_KIND}},
    [DEED_ACKED] = {"confirmed", WORDS("what was confirmed", "受領を確認したもの"),
        {EVENT_ACKED, EVENT_READ_BACK}},
    [DEED_SENT] = {"sent", WORDS("messages sent", "送ったメッセージ"), {EVENT_MESSAGED, NO_KIND}},
    [DEED_SAID] = {"said", WORDS("told by mouth or handed over", "口頭や引き継ぎで伝えたこと"),
        {EVENT_SAID, EVENT_HANDED_OFF}},
    [DEED_DECIDED] = {"decided", WORDS("decisions", "決定"), {EVENT_DECIDED, NO_KIND}},
    [DEED_DID] = {"did", WORDS("deeds", "実施"), {EVENT_ACTED, NO_KIND}},
};

static bool came_to(const struct event *event, const struct def_seat *seat)
{
    struct strs to = event->kind == EVENT_MESSAGED    ? event->body.messaged.to
                     : event->kind == EVENT_DELIVERED ? event->body.delivered.to
                                                      : (struct strs){0};
    for (size_t i = 0; i < to.count; i++)
        if (str_is(to.items[i], "room") || party_names_seat(to.items[i], seat))
            return !str_eq(event->actor, seat->id);
    return false;
}

static void take_deeds(
    struct dossier *dossier, const struct def_seat *seat, struct dossier_seqs seqs[DEEDS])
{
    const struct model *model = &dossier->report.model;
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (came_to(event, seat))
            dossier_seqs_add(dossier, &seqs[DEED_CAME], event->seq);
        for (int d = 0; d < DEEDS && str_eq(event->actor, seat->id); d++)
            if ((int)event->kind == deeds[d].kinds[0] || (int)event->kind == deeds[d].kinds[1])
                dossier_seqs_add(dossier, &seqs[d], event->seq);
    }
}

static void write_deeds(
    struct dossier *dossier, struct json_write *json, const struct def_seat *seat)
{
    static const int sorted[DEEDS] = {
        DEED_CAME, DEED_ACKED, DEED_DECIDED, DEED_DID, DEED_OPENED, DEED_SAID, DEED_SENT};
    struct arena *arena = dossier_arena(dossier);
    struct dossier_seqs seqs[DEEDS] = {{0}};
    struct str who = dossier_label(dossier, seat->id);
    take_deeds(dossier, seat, seqs);
    json_write_key(json, STR("counts"));
    json_write_object(json);
    for (int i = 0; i < DEEDS; i++) {
        int deed = sorted[i];
        struct section_count count = {
            arena_format(arena, "seat-%.*s-%s", STR_ARG(seat->id), deeds[deed].key),
            dossier_format(dossier, "%.*s: %.*s", "%.*s：%.*s", STR_ARG(who),
                STR_ARG(dossier_say(dossier, deeds[deed].name))),
            &seqs[deed]};
        section_write_count(dossier, json, deeds[deed].key, &count);
    }
    json_write_end(json);
}

static void write_missed(
    struct dossier *dossier, struct json_write *json, const struct def_seat *seat)
{
    section_list(json, "missed");
    for (size_t i = 0; i < dossier->worst_count; i++) {
        const struct dossier_rule *group = dossier->worst[i];
        size_t count = 0;
        for (size_t f = 0; f < group->count; f++)
            count += group->findings[f].verdict == VERDICT_VIOLATED &&
                     str_eq(group->findings[f].actor, seat->id);
        if (count == 0)
            continue;
        json_write_object(json);
        json_write_key_int(json, "n", (int64_t)count);
        json_write_key_str(json, "rule", group->rule->id);
        json_write_key_str(json, "title", dossier_rule_title(dossier, group->rule));
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_card(
    struct dossier *dossier, struct json_write *json, const struct def_seat *seat)
{
    size_t met = 0, hinted = 0, n = 0;
    for (size_t i = 0; i < dossier->source.finding_count; i++) {
        const struct finding *finding = &dossier->source.findings[i];
        bool is_met = finding->verdict == VERDICT_SATISFIED;
        if (!str_eq(finding->actor, seat->id) || (!is_met && finding->verdict != VERDICT_VIOLATED))
            continue;
        n++;
        met += is_met;
        hinted += is_met && finding->assistance_permille < 1000;
    }
    int64_t low = 0, high = 0;
    if (n != 0)
        interval_find((int64_t)met, (int64_t)n, &low, &high);
    json_write_object(json);
    write_deeds(dossier, json, seat);
    if (n != 0)
        json_write_key_int(json, "high", high);
    json_write_key_int(json, "hinted", (int64_t)hinted);
    if (n != 0)
        json_write_key_int(json, "low", low);
    json_write_key_int(json, "met", (int64_t)met);
    write_missed(dossier, json, seat);
    json_write_key_int(json, "n", (int64_t)n);
    json_write_key_str(json, "name", dossier_label(dossier, seat->id));
    json_write_key_str(json, "seat", seat->id);
    json_write_end(json);
}

void section_scorecards(struct dossier *dossier, struct json_write *json)
{
    const struct def *def = dossier_def(dossier);
    json_write_array(json);
    for (size_t i = 0; i < def->seat_count; i++)
        write_card(dossier, json, &def->seats[i]);
    json_write_end(json);
}

/* ---- skills ---- */

static void write_skill(
    struct dossier *dossier, struct json_write *json, const struct practice_row *row)
{
    const struct skill_row *is = &row->is;
    bool enough = is->n >= LABELS_LEAST_DRAWN;
    struct dossier_seqs seqs = {0};
    for (size_t n = 0; n < row->count; n++)
        if (row->items[n]->activation_seq != 0 || row->items[n]->target_seq != 0)
            dossier_seqs_add(dossier, &seqs,
                row->items[n]->target_seq != 0 ? row->items[n]->target_seq
                                               : row->items[n]->activation_seq);
    json_write_object(json);
    json_write_key_bool(json, "enough", enough);
    if (enough)
        json_write_key_int(json, "high", is->interval.high);
    json_write_key_int(json, "hinted", is->hinted);
    json_write_key_str(json, "id", row->practice->id);
    json_write_key_int(json, "left_out", (int64_t)row->left_out);
    if (enough)
        json_write_key_int(json, "low", is->interval.low);
    json_write_key_int(json, "met", is->met);
    json_write_key_int(json, "n", is->n);
    json_write_key_str(json, "name", dossier_say(dossier, row->practice->name));
    json_write_key_int(json, "observed", (int64_t)(row->count + row->left_out));
    dossier_write_seqs(dossier, json, "seqs", seqs.items, seqs.count);
    json_write_key_str(
        json, "share", dossier_say(dossier, labels_share((size_t)is->met, (size_t)is->n)));
    json_write_key_int(json, "unexplained", is->unexplained);
    json_write_key_str(json, "word", str_of(skill_word_names[is->word]));
    json_write_key_str(json, "word_name", dossier_say(dossier, skill_words[is->word]));
    json_write_end(json);
}

void section_skills(struct dossier *dossier, struct json_write *json)
{
    struct practice_row *rows;
    size_t count = practices_find(dossier, &rows);
    json_write_array(json);
    for (size_t i = 0; i < count; i++)
        write_skill(dossier, json, &rows[i]);
    json_write_end(json);
}

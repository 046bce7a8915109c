/* One page for management: what was exercised, three strengths, three gaps, what to decide, and how
 * sure all this is. Sentences are put together by rules from what was found; none of them says what
 * the record does not. */
#include "report/labels.h"
#include "report/measures.h"
#include "report/sections.h"
#include "report/worth.h"

enum { SHOWN = 3, MORE_THAN_LITTLE = 10, FAIR = 30, SENTENCE_COLUMNS = 420 };

static struct str capability_name(struct dossier *dossier, const struct dossier_rule *group)
{
    return dossier_say(dossier, labels_capability(group->rule->capability));
}

static struct str duty_text(struct dossier *dossier, const struct rule *rule)
{
    struct str before = dossier_say(dossier, rule->before);
    return before.len != 0 ? before : dossier_rule_title(dossier, rule);
}

/* ---- choosing three ---- */

static bool has_capability(
    const struct dossier_rule *const *items, size_t count, struct str capability)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(items[i]->rule->capability, capability))
            return true;
    return false;
}

static bool is_taken(
    const struct dossier_rule *const *items, size_t count, const struct dossier_rule *group)
{
    for (size_t i = 0; i < count; i++)
        if (items[i] == group)
            return true;
    return false;
}

static bool is_better(const struct dossier_rule *a, const struct dossier_rule *b)
{
    if (a->rule->severity != b->rule->severity)
        return a->rule->severity > b->rule->severity;
    if (a->rule->weight != b->rule->weight)
        return a->rule->weight > b->rule->weight;
    return a->met > b->met;
}

/* Met every time, without help and well, and somebody did something for it: keeping still is no
 * strength, nor is an answer that says next to nothing. */
static bool is_strength(const struct dossier_rule *group)
{
    return group->met != 0 && group->missed == 0 && group->hinted == 0 &&
           group->tightest->target_seq != 0 && worth_of(group).points >= WORTH_OF_STRENGTH;
}

/* The gravest of each capability first; only then a second one of the same. */
static size_t choose_strengths(struct dossier *dossier, const struct dossier_rule *chosen[SHOWN])
{
    size_t count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (bool found = true; found && count < SHOWN;) {
            const struct dossier_rule *best = NULL;
            for (size_t i = 0; i < dossier->rule_count; i++) {
                const struct dossier_rule *group = &dossier->rules[i];
                if (!is_strength(group) || is_taken(chosen, count, group) ||
                    (pass == 0 && has_capability(chosen, count, group->rule->capability)))
                    continue;
                if (best == NULL || is_better(group, best))
                    best = group;
            }
            found = best != NULL;
            if (found)
                chosen[count++] = best;
        }
    }
    return count;
}

static size_t choose_gaps(struct dossier *dossier, const struct dossier_rule *chosen[SHOWN])
{
    size_t count = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < dossier->worst_count && count < SHOWN; i++) {
            const struct dossier_rule *group = dossier->worst[i];
            if (is_taken(chosen, count, group) ||
                (pass == 0 && has_capability(chosen, count, group->rule->capability)))
                continue;
            chosen[count++] = group;
        }
    return count;
}

/* ---- sentences ---- */

/* "once", "twice", "59 times". */
static struct str times_text(struct dossier *dossier, size_t n)
{
    if (!dossier_is_en(dossier) || n > 2)
        return dossier_format(dossier, "%zu times", "%zu回", n);
    return n == 1 ? STR("once") : STR("twice");
}

static struct str every_time(size_t n)
{
    return n == 2 ? STR("both times") : STR("every time");
}

static struct str strength_detail(struct dossier *dossier, const struct dossier_rule *group)
{
    struct str margin = section_margin(dossier, group->tightest);
    struct str times = times_text(dossier, group->met), all = every_time(group->met);
    const struct worth worth = worth_of(group);
    struct str lacking = worth_lacking(dossier, &worth), text;
    if (group->met == 1)
        text = margin.len == 0
                   ? TELL(dossier, "It was called for once, and done.",
                         "該当する場面は1回で、達成された。")
                   : dossier_format(dossier, "It was called for once, and done with %.*s.",
                         "該当する場面は1回で、%.*sで達成された。", STR_ARG(margin));
    else if (!dossier_is_en(dossier))
        text = margin.len == 0
                   ? arena_format(dossier_arena(dossier),
                         "該当する場面は%.*sあり、すべて達成された。", STR_ARG(times))
                   : arena_format(dossier_arena(dossier),
                         "該当する場面は%.*sあり、すべて達成された（最も際どいもので%.*s）。",
                         STR_ARG(times), STR_ARG(margin));
    else
        text = arena_format(dossier_arena(dossier), "It was called for %.*s, and done %.*s%s%.*s.",
            STR_ARG(times), STR_ARG(all),
            margin.len == 0 ? "" : "; the closest: ", STR_ARG(margin));
    if (lacking.len != 0)
        text = dossier_format(dossier, "%.*s Not in full: %.*s.",
            "%.*sただし満点ではない（%.*s）。", STR_ARG(text), STR_ARG(lacking));
    return text;
}

/* How often it was called for, and how often of these it was missed. */
static struct str missed_text(struct dossier *dossier, const struct dossier_rule *group)
{
    size_t n = group->met + group->missed;
    struct str times = times_text(dossier, n), missed = times_text(dossier, group->missed);
    if (n == 1)
        return TELL(dossier, "It was called for once, and missed.",
            "該当する場面は1回で、達成されなかった。");
    if (!dossier_is_en(dossier))
        return group->met == 0
                   ? arena_format(dossier_arena(dossier),
                         "該当する場面は%.*sあり、いずれも達成されなかった。", STR_ARG(times))
                   : arena_format(dossier_arena(dossier),
                         "該当する場面は%.*sあり、うち%.*sは達成されなかった。", STR_ARG(times),
                         STR_ARG(missed));
    if (group->met == 0)
        missed = every_time(n);
    return arena_format(dossier_arena(dossier), "It was called for %.*s, and missed %.*s.",
        STR_ARG(times), STR_ARG(missed));
}

static struct str gap_detail(struct dossier *dossier, const struct dossier_rule *group)
{
    struct str late = group->worst->met_ms >= 0 && group->worst->margin_ms < 0
                          ? section_margin(dossier, group->worst)
                          : STR("");
    struct str text = missed_text(dossier, group);
    if (late.len != 0)
        text = dossier_format(dossier, "%.*s The worst case: %.*s.", "%.*s最も遅いもので%.*s。",
            STR_ARG(text), STR_ARG(late));
    if (group->consequences != 0)
        text = dossier_format(dossier, "%.*s Further duties missed in consequence: %zu.",
            "%.*sこれにより達成できなかった項目がほかに%zu件ある。", STR_ARG(text),
            group->consequences);
    return text;
}

static struct str cause_text(struct dossier *dossier, const struct dossier_rule *group)
{
    if (group->cause < 0)
        return TELL(
            dossier, "The cause has not been agreed on yet.", "原因はまだ合意されていない。");
    struct str cause = dossier_say(dossier, labels_causes[group->cause]);
    return dossier_format(dossier, "Agreed cause: %.*s.", "合意された原因：%.*s。", STR_ARG(cause));
}

/* ---- what was exercised ---- */

/* "1 hour 30 minutes": who was not there does not read clocks. */
static struct str length_text(struct dossier *dossier, int64_t ms)
{
    long long minutes = (ms + 30000) / 60000, hours = minutes / 60, rest = minutes % 60;
    const char *s_hours = hours == 1 ? "" : "s", *s_rest = rest == 1 ? "" : "s";
    struct arena *arena = dossier_arena(dossier);
    if (!dossier_is_en(dossier))
        return hours == 0  ? arena_format(arena, "%lld分", rest)
               : rest == 0 ? arena_format(arena, "%lld時間", hours)
                           : arena_format(arena, "%lld時間%lld分", hours, rest);
    return hours == 0 ? arena_format(arena, "%lld minute%s", rest, s_rest)
           : rest == 0
               ? arena_format(arena, "%lld hour%s", hours, s_hours)
               : arena_format(arena, "%lld hour%s %lld minute%s", hours, s_hours, rest, s_rest);
}

static void write_what(struct dossier *dossier, struct json_write *json)
{
    const struct model *model = &dossier->report.model;
    const struct def *def = dossier_def(dossier);
    struct str title = dossier_say(dossier, def->title);
    struct str mode = dossier_say(dossier, labels_modes[model->mode]);
    struct str length = length_text(dossier, model->end_ms);
    size_t came = 0;
    for (size_t i = 0; i < model->event_count; i++)
        came += model->events[i]->kind == EVENT_DELIVERED;
    if (title.len == 0)
        title = def->id;
    section_list(json, "what");
    json_write_str(
        json, dossier_format(dossier,
                  "The exercise “%.*s” took %.*s (%.*s). There were %zu seats at the table, and "
                  "%zu pieces "
                  "of news came to them.",
                  "演習「%.*s」を%.*sかけて実施した（%.*s）。卓には%zu席があり、%"
                  "zu件の知らせが届いた。",
                  STR_ARG(title), STR_ARG(length), STR_ARG(mode), def->seat_count, came));
    if (parts_has_calendar(&dossier->report)) {
        struct str from = parts_calendar(&dossier->report, model->begins_story_ms);
        struct str to = parts_calendar(&dossier->report, model->ends_story_ms);
        json_write_str(
            json, dossier_format(dossier, "The story ran from %.*s to %.*s.",
                      "シナリオ上の時間は、%.*sから%.*sまでである。", STR_ARG(from), STR_ARG(to)));
    }
    if (!model->is_ended)
        json_write_str(json, TELL(dossier, "It has not ended yet: everything here is provisional.",
                                 "演習はまだ終了しておらず、以下はすべて暫定である。"));
    if (model->is_stopped)
        json_write_str(json, TELL(dossier, "It was stopped because of a real incident.",
                                 "実際の事案のため、途中で中止した。"));
    json_write_end(json);
}

/* ---- what to decide ---- */

static void write_option(
    struct dossier *dossier, struct json_write *json, const struct measure_option *option)
{
    json_write_object(json);
    json_write_key_str(json, "action", dossier_say(dossier, option->action));
    json_write_key_str(json, "buys", dossier_say(dossier, option->buys));
    json_write_key_str(json, "residual", dossier_say(dossier, option->residual));
    json_write_end(json);
}

/* A question with its options; leaving it as it is costs what is written under `residual`. */
struct decision {
    const struct measure *measure;
    struct words residual;
    struct str capability, gap, rule; /* empty: nothing was missed */
};

static void write_decision(
    struct dossier *dossier, struct json_write *json, const struct decision *decision)
{
    const struct measure_option leave = {WORDS("Leave it as it is.", "現状のままとする。"),
        WORDS("No effort now.", "当面の負担がない。"), decision->residual};
    json_write_object(json);
    json_write_key_str(json, "capability", decision->capability);
    json_write_key_str(json, "gap", decision->gap);
    section_list(json, "options");
    for (int i = 0; i < MEASURE_OPTIONS; i++)
        write_option(dossier, json, &decision->measure->options[i]);
    write_option(dossier, json, &leave);
    json_write_end(json);
    json_write_key_str(json, "question", dossier_say(dossier, decision->measure->decide));
    json_write_key_str(json, "rule", decision->rule);
    json_write_end(json);
}

static struct decision decision_on(struct dossier *dossier, const struct dossier_rule *group)
{
    static const struct words again = WORDS("The same gap is to be expected in the next incident.",
        "次の事案でも同じ不足が起こると考えておく必要がある。");
    return (struct decision){.measure = measures_for(group->cause, group->rule->capability),
        .residual = group->rule->why.in[LANG_EN].len != 0 ? group->rule->why : again,
        .capability = capability_name(dossier, group),
        .gap = duty_text(dossier, group->rule),
        .rule = group->rule->id};
}

/* One question a measure: two gaps of one kind are closed together. */
static void write_decisions(struct dossier *dossier, struct json_write *json,
    const struct dossier_rule *const *gaps, size_t count)
{
    const struct decision keep = {.measure = &measures_keep,
        .residual = WORDS("What was practised fades; who comes new has not seen it.",
            "訓練したことは薄れ、新しい担当者は経験していない。")};
    const struct measure *told[SHOWN];
    size_t told_count = 0;
    section_list(json, "decisions");
    for (size_t i = 0; i < count; i++) {
        struct decision decision = decision_on(dossier, gaps[i]);
        bool is_new = true;
        for (size_t t = 0; t < told_count; t++)
            is_new = is_new && told[t] != decision.measure;
        if (!is_new)
            continue;
        told[told_count++] = decision.measure;
        write_decision(dossier, json, &decision);
    }
    if (count == 0 && dossier->scored != 0)
        write_decision(dossier, json, &keep);
    json_write_end(json);
}

/* ---- how sure ---- */

struct limits {
    size_t not_measured, inconclusive, proxied, done, outages, faults, annulled, open_disputes;
};

static struct limits count_limits(const struct dossier *dossier)
{
    struct limits limits = {0};
    const struct model *model = &dossier->report.model;
    for (size_t i = 0; i < dossier->rule_count; i++)
        limits.not_measured += dossier->rules[i].findings[0].verdict == VERDICT_NOT_MEASURED;
    for (size_t i = 0; i < dossier->source.finding_count; i++) {
        const struct finding *finding = &dossier->source.findings[i];
        limits.inconclusive += finding->verdict == VERDICT_INCONCLUSIVE;
        limits.open_disputes += finding->disputed_seq != 0 && !finding->is_ruled;
    }
    for (size_t i = 0; i < dossier_def(dossier)->seat_count; i++) {
        limits.proxied += model->seats[i].proxied;
        limits.done += model->seats[i].done;
    }
    for (size_t i = 0; i < dossier->source.event_count; i++) {
        const struct event *event = &dossier->source.events[i];
        limits.outages += event->kind == EVENT_PAUSED && event->body.paused.reason == PAUSE_OUTAGE;
        limits.faults += event->kind == EVENT_FAULT;
        limits.annulled += event->kind == EVENT_ANNULLED;
    }
    return limits;
}

static void add_if(struct json_write *json, bool is_so, struct str text)
{
    if (is_so)
        json_write_str(json, text);
}

static void write_reasons(struct dossier *dossier, struct json_write *json)
{
    struct limits limits = count_limits(dossier);
    section_list(json, "reasons");
    json_write_str(json,
        dossier_format(dossier,
            "One exercise, %zu scored opportunities: too little for a rate that would hold next "
            "time, or to compare people or teams.",
            "演習1回、採点した機会は%"
            "zu件。次回も成り立つ割合や、人・チームの比較を語るには足りない。",
            dossier->scored));
    add_if(json, dossier->report.model.mode == MODE_DISCUSS,
        TELL(dossier, "It was a discussion: seconds did not count.",
            "討議形式のため、秒単位の時間は測っていない。"));
    add_if(json, limits.not_measured != 0,
        dossier_format(dossier, "Rules that cannot be measured in this mode: %zu.",
            "この実施形式では測れないルールが%zu件ある。", limits.not_measured));
    add_if(json, limits.inconclusive != 0,
        dossier_format(dossier, "Duties for which the exercise ended first: %zu.",
            "先に演習が終わり、判定できなかったものが%zu件ある。", limits.inconclusive));
    add_if(json, dossier->hinted != 0,
        dossier_format(dossier, "Duties that were met only after help: %zu.",
            "助けを得て達成したものが%zu件ある。", dossier->hinted));
    add_if(json, limits.proxied != 0,
        dossier_format(dossier, "Entries that the facilitator made for a seat: %zu of %zu.",
            "進行役による代行入力が%zu件（全%zu件中）ある。", limits.proxied, limits.done));
    add_if(json, limits.outages + limits.faults != 0,
        dossier_format(dossier,
            "Times that the program stood still: %zu; faults of the scenario: %zu.",
            "プログラムの停止が%zu回、シナリオの不具合が%zu件あった。", limits.outages,
            limits.faults));
    add_if(json, limits.annulled != 0,
        dossier_format(dossier, "Events that were taken out of the score: %zu.",
            "採点から除いた記録が%zu件ある。", limits.annulled));
    add_if(json, limits.open_disputes != 0,
        dossier_format(dossier, "Findings that are disputed and not ruled on yet: %zu.",
            "異議があり、裁定されていない判定が%zu件ある。", limits.open_disputes));
    add_if(json, !dossier->source.is_sealed,
        TELL(dossier, "The table is not sealed: ratings and corrections may still come.",
            "記録は確定前であり、評価や訂正が加わる可能性がある。"));
    add_if(json, dossier->source.is_from_file,
        TELL(dossier, "It was played from a file of inputs, not by people.",
            "人ではなく、入力ファイルから実行したものである。"));
    json_write_str(json,
        TELL(dossier,
            "What was said but not entered is missing. An exercise shows how a team works under "
            "exercise conditions; it does not foretell a real incident.",
            "口頭で済ませ入力しなかったことは含まれない。演習が示すのは演習の条件下での動きであり、"
            "実際のインシデントの結果を予測するものではない。"));
    json_write_end(json);
}

static void write_confidence(struct dossier *dossier, struct json_write *json)
{
    struct str level =
        dossier->scored < MORE_THAN_LITTLE ? TELL(dossier, "very limited", "ごく限られる")
        : dossier->scored < FAIR           ? TELL(dossier, "limited", "限られる")
                                 : TELL(dossier, "fair, for one exercise", "演習1回としては相応");
    json_write_key(json, STR("confidence"));
    json_write_object(json);
    json_write_key_str(json, "level", level);
    json_write_key_int(json, "n", (int64_t)dossier->scored);
    write_reasons(dossier, json);
    json_write_end(json);
}

/* ---- the page ---- */

/* One page is one page: what does not fit stands with the finding, to which the page links. */
static struct str short_sentence(struct dossier *dossier, const struct finding *finding)
{
    struct str sentence = dossier_say(dossier, finding->sentence);
    return page_width(sentence) <= SENTENCE_COLUMNS ? sentence : STR("");
}

static void write_points(struct dossier *dossier, struct json_write *json, const char *key,
    const struct dossier_rule *const *groups, size_t count)
{
    section_list(json, key);
    for (size_t i = 0; i < count; i++) {
        const struct dossier_rule *group = groups[i];
        bool is_gap = group->missed != 0;
        const struct finding *one = is_gap ? group->worst : group->tightest;
        json_write_object(json);
        json_write_key_str(json, "capability", capability_name(dossier, group));
        if (is_gap)
            json_write_key_str(json, "cause", cause_text(dossier, group));
        json_write_key_str(
            json, "detail", is_gap ? gap_detail(dossier, group) : strength_detail(dossier, group));
        json_write_key_str(json, "headline", duty_text(dossier, group->rule));
        json_write_key_int(json, "met", (int64_t)group->met);
        json_write_key_int(json, "n", (int64_t)(group->met + group->missed));
        json_write_key_str(json, "rule", group->rule->id);
        json_write_key_str(json, "sentence", short_sentence(dossier, one));
        section_write_finding_seqs(dossier, json, one);
        json_write_key_str(json, "why", dossier_say(dossier, group->rule->why));
        json_write_end(json);
    }
    json_write_end(json);
}

void section_executive(struct dossier *dossier, struct json_write *json)
{
    const struct dossier_rule *strengths[SHOWN] = {0}, *gaps[SHOWN] = {0};
    size_t strength_count = choose_strengths(dossier, strengths);
    size_t gap_count = choose_gaps(dossier, gaps);
    json_write_object(json);
    write_confidence(dossier, json);
    write_decisions(dossier, json, gaps, gap_count);
    write_points(dossier, json, "gaps", gaps, gap_count);
    json_write_key_int(json, "missed", (int64_t)(dossier->scored - dossier->met));
    json_write_key_int(json, "scored", (int64_t)dossier->scored);
    write_points(dossier, json, "strengths", strengths, strength_count);
    write_what(dossier, json);
    json_write_end(json);
}

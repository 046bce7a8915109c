/* What the rules found: every finding with its evidence, and what it comes to by capability. */
#include "report/labels.h"
#include "report/sections.h"
#include "report/worth.h"

/* ---- findings ---- */

static void write_dispute(
    struct dossier *dossier, struct json_write *json, const struct finding *finding)
{
    if (finding->disputed_seq != 0) {
        json_write_key_int(json, "disputed_seq", finding->disputed_seq);
        dossier_cite(dossier, finding->disputed_seq);
    }
    if (finding->is_ruled)
        json_write_key_str(json, "found", dossier_say(dossier, labels_verdicts[finding->found]));
}

static void write_finding(
    struct dossier *dossier, struct json_write *json, const struct finding *finding)
{
    bool has_points = finding->met_ms >= 0 && finding->target_seq != 0;
    json_write_object(json);
    json_write_key_str(
        json, "actor", finding->actor.len == 0 ? STR("") : dossier_label(dossier, finding->actor));
    json_write_key_str(json, "actor_id", finding->actor);
    if (finding->away_ms > 0)
        json_write_key_int(json, "away_ms", finding->away_ms);
    if (finding->bound_ms >= 0)
        json_write_key_int(json, "bound_ms", finding->bound_ms);
    if (finding->cause >= 0)
        json_write_key_str(json, "cause", dossier_say(dossier, labels_causes[finding->cause]));
    write_dispute(dossier, json, finding);
    json_write_key_bool(json, "hinted", finding->assistance_permille < 1000);
    json_write_key_str(json, "margin", section_margin(dossier, finding));
    if (finding->bound_ms >= 0 && finding->met_ms >= 0)
        json_write_key_int(json, "margin_ms", finding->margin_ms);
    if (finding->met_ms >= 0)
        json_write_key_int(json, "met_ms", finding->met_ms);
    json_write_key_str(json, "name", finding->name);
    if (has_points) {
        json_write_key(json, STR("points"));
        json_write_object(json);
        json_write_key_int(json, "content", finding->content_permille);
        json_write_key_int(json, "time", finding->time_permille);
        json_write_key_int(json, "unaided", finding->assistance_permille);
        json_write_end(json);
    }
    json_write_key_bool(json, "ruled", finding->is_ruled);
    json_write_key_str(json, "sentence", dossier_say(dossier, finding->sentence));
    section_write_finding_seqs(dossier, json, finding);
    if (finding->start_ms >= 0)
        json_write_key_int(json, "start_ms", finding->start_ms);
    json_write_key_str(json, "verdict", str_of(verdict_names[finding->verdict]));
    json_write_key_str(json, "verdict_name", section_verdict(dossier, finding));
    json_write_end(json);
}

/* Not counted, but something happened: each has a sentence of its own. */
static size_t count_told(const struct dossier_rule *group)
{
    size_t count = 0;
    for (size_t i = 0; i < group->count; i++)
        count += group->findings[i].verdict != VERDICT_NOT_ACTIVATED &&
                 group->findings[i].verdict != VERDICT_NOT_MEASURED;
    return count;
}

static void write_rule(
    struct dossier *dossier, struct json_write *json, const struct dossier_rule *group)
{
    const struct rule *rule = group->rule;
    json_write_object(json);
    json_write_key_str(json, "article", dossier_say(dossier, rule->law.article));
    json_write_key_str(json, "before", dossier_say(dossier, rule->before));
    json_write_key_str(json, "capability", rule->capability);
    json_write_key_str(json, "clock", rule->is_story_time ? STR("story") : STR("exercise"));
    json_write_key_int(json, "hinted", (int64_t)group->hinted);
    json_write_key_str(json, "id", rule->id);
    section_list(json, "items");
    for (size_t i = 0; i < group->count; i++)
        write_finding(dossier, json, &group->findings[i]);
    json_write_end(json);
    json_write_key_str(json, "kind", str_of(rule_kind_names[rule->kind]));
    json_write_key_int(json, "met", (int64_t)group->met);
    json_write_key_int(json, "missed", (int64_t)group->missed);
    json_write_key_int(json, "other", (int64_t)group->other);
    json_write_key_str(json, "pack", rule->pack);
    json_write_key_str(json, "severity", str_of(severity_names[rule->severity]));
    section_list(json, "skills");
    for (size_t i = 0; i < rule->skills.count; i++)
        json_write_str(json, rule->skills.items[i]);
    json_write_end(json);
    json_write_key_str(json, "source", dossier_say(dossier, rule->source));
    json_write_key_str(json, "title", dossier_rule_title(dossier, rule));
    json_write_key_int(json, "told", (int64_t)count_told(group));
    json_write_end(json);
}

void section_findings(struct dossier *dossier, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < dossier->rule_count; i++)
        write_rule(dossier, json, &dossier->rules[i]);
    json_write_end(json);
}

/* ---- capabilities ---- */

static void write_rated(
    struct dossier *dossier, struct json_write *json, const struct capability *capability)
{
    section_list(json, "rated");
    for (size_t i = 0; i < capability->rated_count; i++) {
        const struct event *event = dossier_event(dossier, capability->rated[i]->seq);
        const struct event_rated *body =
            event == NULL ? &capability->rated[i]->body.rated : &event->body.rated;
        json_write_object(json);
        json_write_key_str(json, "by",
            body->by.len != 0 ? dossier_person(dossier, body->by)
                              : TELL(dossier, "the evaluator", "評価者"));
        json_write_key_str(json, "name", dossier_say(dossier, labels_ratings[body->rating]));
        json_write_key_str(json, "rating", str_of(rating_names[body->rating]));
        dossier_write_seqs(dossier, json, "seqs", &capability->rated[i]->seq, 1);
        json_write_key_str(json, "text", dossier_text(dossier, body->text));
        json_write_end(json);
    }
    json_write_end(json);
}

static size_t hinted_in(const struct dossier *dossier, struct str capability)
{
    size_t count = 0;
    for (size_t i = 0; i < dossier->rule_count; i++)
        if (str_eq(dossier->rules[i].rule->capability, capability))
            count += dossier->rules[i].hinted;
    return count;
}

void section_capabilities(struct dossier *dossier, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < dossier->capability_count; i++) {
        const struct capability *capability = &dossier->capabilities[i];
        json_write_object(json);
        json_write_key_str(json, "capped_by",
            capability->capped_by == NULL ? STR("")
                                          : dossier_rule_title(dossier, capability->capped_by));
        if (capability->scored_count != 0)
            json_write_key_int(json, "high", capability->high_permille);
        json_write_key_int(json, "hinted", (int64_t)hinted_in(dossier, capability->id));
        json_write_key_str(json, "id", capability->id);
        if (capability->scored_count != 0)
            json_write_key_int(json, "low", capability->low_permille);
        json_write_key_int(json, "met", (int64_t)capability->satisfied_count);
        json_write_key_int(json, "n", (int64_t)capability->scored_count);
        json_write_key_str(json, "name", dossier_say(dossier, labels_capability(capability->id)));
        if (capability->points_permille >= 0)
            json_write_key_int(json, "points", capability->points_permille);
        json_write_key_str(json, "proposed", str_of(rating_names[capability->proposed]));
        json_write_key_str(
            json, "proposed_name", dossier_say(dossier, labels_ratings[capability->proposed]));
        write_rated(dossier, json, capability);
        json_write_key_int(json, "rules", (int64_t)capability->rule_count);
        json_write_key_str(json, "share",
            dossier_say(
                dossier, labels_share(capability->satisfied_count, capability->scored_count)));
        json_write_end(json);
    }
    json_write_end(json);
}

/* ---- strengths and areas for improvement ---- */

static void write_seqs_of(struct dossier *dossier, struct json_write *json,
    const struct dossier_rule *group, enum verdict verdict)
{
    struct dossier_seqs seqs = {0};
    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = &group->findings[i];
        if (finding->verdict != verdict)
            continue;
        int64_t all[] = {finding->activation_seq, finding->target_seq, finding->miss_seq};
        for (size_t n = 0; n < 3; n++)
            if (all[n] != 0)
                dossier_seqs_add(dossier, &seqs, all[n]);
    }
    dossier_write_seqs(dossier, json, "seqs", seqs.items, seqs.count);
}

static bool is_strength(const struct dossier_rule *group)
{
    return group->met != 0 && group->missed == 0 && group->hinted == 0;
}

void section_strengths(struct dossier *dossier, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < dossier->rule_count; i++) {
        const struct dossier_rule *group = &dossier->rules[i];
        if (!is_strength(group))
            continue;
        json_write_object(json);
        const struct worth worth = worth_of(group);
        json_write_key_str(json, "capability", group->rule->capability);
        json_write_key_str(json, "lacking", worth_lacking(dossier, &worth));
        json_write_key_str(json, "margin", section_margin(dossier, group->tightest));
        json_write_key_int(json, "met", (int64_t)group->met);
        json_write_key_int(json, "n", (int64_t)(group->met + group->missed));
        json_write_key_int(json, "points", worth.points);
        json_write_key_str(json, "rule", group->rule->id);
        write_seqs_of(dossier, json, group, VERDICT_SATISFIED);
        json_write_key_str(json, "severity", str_of(severity_names[group->rule->severity]));
        json_write_key_str(json, "title", dossier_rule_title(dossier, group->rule));
        json_write_end(json);
    }
    json_write_end(json);
}

/* Which condition the nearest attempt failed, or that nobody tried; the help that was given. */
static struct str analysis_text(struct dossier *dossier, const struct dossier_rule *group)
{
    const struct finding *worst = group->worst;
    struct arena *arena = dossier_arena(dossier);
    struct str text = STR("");
    if (worst->met_ms >= 0 && worst->time_permille < 1000 && worst->bound_ms >= 0)
        text = TELL(dossier, "It was done, but late.", "実施されたが、遅れた。");
    else if (worst->met_ms >= 0 && worst->content_permille < 1000)
        text = TELL(dossier,
            "It was done, but what it carried was incomplete or not fit for its readers.",
            "実施されたが、伝えた内容が不足していた、または相手に合っていなかった。");
    else if (worst->miss_seq != 0)
        text = TELL(dossier,
            "Something close to it was done, but it did not count; the observation says why.",
            "近い行動はあったが、条件を満たさなかった（理由は観察のとおり）。");
    else if (worst->target_seq != 0)
        text =
            TELL(dossier, "What should not happen did happen.", "起きてはならないことが起きた。");
    else
        text = TELL(dossier, "Nothing in the record comes close to it.",
            "記録には、これに近い行動がない。");
    if (group->hinted != 0)
        text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), dossier_is_en(dossier) ? " " : "",
            STR_ARG(dossier_format(dossier, "It was met %zu times only after help.",
                "達成のうち%zu件は助けを得てからである。", group->hinted)));
    return text;
}

static struct str reference_text(struct dossier *dossier, const struct rule *rule)
{
    struct str source = dossier_say(dossier, rule->source);
    struct str article = dossier_say(dossier, rule->law.article);
    if (article.len == 0 || source.len == 0)
        return article.len != 0 ? article : source;
    return dossier_format(dossier, "%.*s; %.*s", "%.*s（%.*s）", STR_ARG(article), STR_ARG(source));
}

void section_improvements(struct dossier *dossier, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < dossier->worst_count; i++) {
        const struct dossier_rule *group = dossier->worst[i];
        json_write_object(json);
        json_write_key_str(json, "analysis", analysis_text(dossier, group));
        json_write_key_str(json, "capability", group->rule->capability);
        json_write_key_str(json, "cause",
            group->cause < 0 ? STR("") : dossier_say(dossier, labels_causes[group->cause]));
        json_write_key_int(json, "consequences", (int64_t)group->consequences);
        json_write_key_int(json, "hinted", (int64_t)group->hinted);
        json_write_key_str(json, "impact", dossier_say(dossier, group->rule->why));
        json_write_key_int(json, "missed", (int64_t)group->missed);
        json_write_key_int(json, "n", (int64_t)(group->met + group->missed));
        json_write_key_str(json, "observation", dossier_say(dossier, group->worst->sentence));
        json_write_key_str(json, "reference", reference_text(dossier, group->rule));
        json_write_key_str(json, "rule", group->rule->id);
        write_seqs_of(dossier, json, group, VERDICT_VIOLATED);
        json_write_key_str(json, "severity", str_of(severity_names[group->rule->severity]));
        json_write_key_str(
            json, "severity_name", dossier_say(dossier, labels_severities[group->rule->severity]));
        json_write_key_str(json, "title", dossier_rule_title(dossier, group->rule));
        json_write_end(json);
    }
    json_write_end(json);
}

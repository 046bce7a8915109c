/* Findings as canonical JSON. What does not apply is left out. */
#include "score/score.h"

#include "base/json_write.h"

const char *const verdict_names[VERDICT_COUNT] = {
    "satisfied", "violated", "pending", "not_activated", "excused", "inconclusive", "not_measured"};

static void write_seq(struct json_write *json, const char *key, int64_t seq)
{
    if (seq != 0)
        json_write_key_int(json, key, seq);
}

static void write_ms(struct json_write *json, const char *key, int64_t ms)
{
    if (ms >= 0)
        json_write_key_int(json, key, ms);
}

static void write_text(struct json_write *json, const char *key, struct str text)
{
    if (text.len != 0)
        json_write_key_str(json, key, text);
}

static bool is_decided(const struct finding *finding)
{
    return finding->verdict == VERDICT_SATISFIED || finding->verdict == VERDICT_VIOLATED ||
           finding->verdict == VERDICT_EXCUSED;
}

static void write_finding(struct json_write *json, const struct finding *finding)
{
    json_write_object(json);
    write_seq(json, "activation_seq", finding->activation_seq);
    write_text(json, "actor", finding->actor);
    if (is_decided(finding))
        json_write_key_int(json, "assistance_permille", finding->assistance_permille);
    if (finding->away_ms > 0)
        json_write_key_int(json, "away_ms", finding->away_ms);
    write_ms(json, "bound_ms", finding->bound_ms);
    if (finding->cause >= 0)
        json_write_key_str(json, "cause", str_of(cause_names[finding->cause]));
    if (is_decided(finding))
        json_write_key_int(json, "content_permille", finding->content_permille);
    write_seq(json, "disputed_seq", finding->disputed_seq);
    write_text(json, "excused_by", finding->excused_by);
    if (finding->is_ruled)
        json_write_key_str(json, "found", str_of(verdict_names[finding->found]));
    if (finding->bound_ms >= 0 && finding->met_ms >= 0)
        json_write_key_int(json, "margin_ms", finding->margin_ms);
    write_ms(json, "met_ms", finding->met_ms);
    write_seq(json, "miss_seq", finding->miss_seq);
    write_text(json, "miss_why", finding->miss_why);
    json_write_key_str(json, "name", finding->name);
    json_write_key_str(json, "rule", finding->rule->id);
    json_write_key(json, STR("sentence"));
    json_write_object(json);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        json_write_key_str(json, lang_names[lang], finding->sentence.in[lang]);
    json_write_end(json);
    write_ms(json, "start_ms", finding->start_ms);
    write_text(json, "state", finding->state);
    write_text(json, "subject", finding->subject);
    write_seq(json, "target_seq", finding->target_seq);
    if (is_decided(finding))
        json_write_key_int(json, "time_permille", finding->time_permille);
    json_write_key_str(json, "verdict", str_of(verdict_names[finding->verdict]));
    json_write_end(json);
}

void score_write_findings(const struct finding *items, size_t count, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < count; i++)
        write_finding(json, &items[i]);
    json_write_end(json);
}

void score_write(const struct finding *items, size_t count, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    score_write_findings(items, count, &json);
}

/* Metrics as canonical JSON: what is n.a. says so by its n alone. */
#include "score/metrics.h"

static void write_known(struct json_write *json, const char *key, int64_t value)
{
    if (value >= 0)
        json_write_key_int(json, key, value);
}

static void write_lengths(const struct metric *metric, struct json_write *json)
{
    bool is_time = metric->kind->shape == METRIC_TIME;
    json_write_key_str(json, "id", str_of(metric->kind->id));
    json_write_key_int(json, is_time ? "longest_ms" : "longest", metric->longest);
    write_known(json, is_time ? "median_ms" : "median", metric->median);
    json_write_key_int(json, "n", metric->n);
    json_write_key_int(json, "open", metric->open);
    write_known(json, is_time ? "p90_ms" : "p90", metric->p90);
}

static void write_counts(const struct metric *metric, struct json_write *json)
{
    bool is_ratio = metric->kind->shape == METRIC_RATIO;
    if (is_ratio)
        json_write_key_int(json, "given", metric->k);
    else
        json_write_key_int(json, "high", metric->high);
    json_write_key_str(json, "id", str_of(metric->kind->id));
    if (!is_ratio) {
        json_write_key_int(json, "k", metric->k);
        json_write_key_int(json, "low", metric->low);
    }
    json_write_key_int(json, "n", metric->n);
}

static void write_metric(const struct metric *metric, struct json_write *json)
{
    enum metric_shape shape = metric->kind->shape;
    json_write_object(json);
    if (shape == METRIC_RATIO && metric->n != 0)
        json_write_key_int(json, "asked", metric->n - metric->k);
    if (metric->kind->is_descriptive)
        json_write_key_bool(json, "descriptive", true);
    if (metric->n == 0) {
        json_write_key_str(json, "id", str_of(metric->kind->id));
        json_write_key_int(json, "n", 0);
    } else if (shape == METRIC_TIME || shape == METRIC_COUNT) {
        write_lengths(metric, json);
    } else {
        write_counts(metric, json);
    }
    if (metric->kind->part[0] != '\0')
        json_write_key_str(json, "part", str_of(metric->kind->part));
    if (metric->who.len != 0)
        json_write_key_str(json, "who", metric->who);
    json_write_end(json);
}

static void write_contradiction(
    const struct metric_contradiction *contradiction, struct json_write *json)
{
    json_write_object(json);
    write_known(json, "corrected_ms", contradiction->corrected_ms);
    json_write_key_str(json, "fact", contradiction->fact);
    json_write_key_int(json, "from_ms", contradiction->from_ms);
    json_write_key_strs(json, "uncorrected", contradiction->uncorrected);
    json_write_end(json);
}

static void write_known_fact(const struct metric_known *known, struct json_write *json)
{
    json_write_object(json);
    json_write_key_str(json, "fact", known->fact);
    json_write_key_int(json, "hops", known->hops);
    json_write_key_int(json, "lag_ms", known->lag_ms);
    json_write_key_int(json, "learned_ms", known->learned_ms);
    json_write_key_str(json, "party", known->party);
    json_write_key_str(json, "source", str_of(source_names[known->source]));
    if (known->through.len != 0)
        json_write_key_str(json, "through", known->through);
    json_write_end(json);
}

static void write_load(const struct metric_load *load, struct json_write *json)
{
    json_write_object(json);
    json_write_key_int(json, "backlog", load->backlog);
    json_write_key_int(json, "busiest", load->busiest);
    json_write_key_int(json, "received", load->received);
    json_write_key_str(json, "seat", load->seat);
    json_write_key_int(json, "unopened", load->unopened);
    json_write_end(json);
}

static void write_promise(const struct metric_promise *promise, struct json_write *json)
{
    json_write_object(json);
    json_write_key_int(json, "due_ms", promise->due_ms);
    json_write_key_str(json, "from", promise->from);
    json_write_key_bool(json, "kept", promise->kept);
    json_write_key_str(json, "message", promise->message);
    write_known(json, "next_ms", promise->next_ms);
    json_write_key_str(json, "to", promise->to);
    json_write_end(json);
}

static void write_slot(const struct metric_slot *slot, struct json_write *json)
{
    json_write_object(json);
    json_write_key_int(json, "answered", slot->answered);
    json_write_key_int(json, "empty", slot->empty);
    json_write_key_str(json, "slot", slot->slot);
    json_write_key_int(json, "unknown", slot->unknown);
    json_write_end(json);
}

static void write_told(const struct metric_told *told, struct json_write *json)
{
    json_write_object(json);
    json_write_key_int(json, "asked", told->asked);
    json_write_key_str(json, "from", told->from);
    json_write_key_int(json, "messages", told->messages);
    json_write_key_int(json, "pushed", told->pushed);
    json_write_key_int(json, "said", told->said);
    json_write_key_int(json, "taught", told->taught);
    json_write_key_str(json, "to", told->to);
    json_write_end(json);
}

static void write_gap(const struct metric_gap *gap, struct json_write *json)
{
    json_write_object(json);
    json_write_key_str(json, "id", str_of(gap->id));
    json_write_key_words(json, "what", &gap->what);
    json_write_key_str(json, "why", str_of(gap->why));
    json_write_end(json);
}

static void open_list(struct json_write *json, const char *key)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
}

void metrics_write(const struct metrics *metrics, struct json_write *json)
{
    json_write_object(json);
    json_write_key_int(json, "as_of_ms", metrics->as_of_ms);
    open_list(json, "contradictions");
    for (size_t i = 0; i < metrics->contradiction_count; i++)
        write_contradiction(&metrics->contradictions[i], json);
    json_write_end(json);
    json_write_key_bool(json, "ended", metrics->is_ended);
    open_list(json, "knowledge");
    for (size_t i = 0; i < metrics->known_count; i++)
        write_known_fact(&metrics->known[i], json);
    json_write_end(json);
    json_write_key_int(json, "left_out", (int64_t)metrics->promises_left_out);
    open_list(json, "load");
    for (size_t i = 0; i < metrics->load_count; i++)
        write_load(&metrics->loads[i], json);
    json_write_end(json);
    open_list(json, "metrics");
    for (size_t i = 0; i < metrics->count; i++)
        write_metric(&metrics->items[i], json);
    json_write_end(json);
    open_list(json, "not_measured");
    for (size_t i = 0; i < metric_gap_count; i++)
        write_gap(&metric_gaps[i], json);
    json_write_end(json);
    open_list(json, "promises");
    for (size_t i = 0; i < metrics->promise_count; i++)
        write_promise(&metrics->promises[i], json);
    json_write_end(json);
    open_list(json, "slots");
    for (size_t i = 0; i < metrics->slot_count; i++)
        write_slot(&metrics->slots[i], json);
    json_write_end(json);
    open_list(json, "told");
    for (size_t i = 0; i < metrics->told_count; i++)
        write_told(&metrics->told[i], json);
    json_write_end(json);
    json_write_end(json);
}

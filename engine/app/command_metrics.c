/* tocsin metrics: how the table communicated, in counts and times. docs/metrics.md */
#include <stdio.h>

#include "app/commands.h"
#include "app/past.h"
#include "score/metrics.h"

/* ---- one figure ---- */

/* "1:05", "12:00", "1:02:03"; with thousandths where there are any. */
static void print_clock(int64_t ms)
{
    long long seconds = ms / 1000;
    if (seconds >= 3600)
        printf("%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        printf("%lld:%02lld", seconds / 60, seconds % 60);
    if (ms % 1000 != 0)
        printf(".%03lld", (long long)(ms % 1000));
}

static void print_value(
    const struct metric *metric, const char *name, int64_t value, enum lang lang)
{
    printf("%s ", name);
    if (value < 0)
        printf(lang == LANG_JA ? "算出不能（未了が多い）" : "not known (too much is open)");
    else if (metric->kind->shape == METRIC_TIME)
        print_clock(value);
    else
        printf("%lld", (long long)value);
}

static void print_lengths(const struct metric *metric, enum lang lang)
{
    bool is_japanese = lang == LANG_JA;
    const char *comma = is_japanese ? "、" : ", ";
    print_value(metric, is_japanese ? "中央値" : "median", metric->median, lang);
    printf("%s", comma);
    print_value(metric, is_japanese ? "90%点" : "90th percentile", metric->p90, lang);
    printf("%s", comma);
    print_value(metric, is_japanese ? "最長" : "longest", metric->longest, lang);
    printf(is_japanese ? "（n=%lld、うち未了 %lld）" : " (n=%lld, %lld open)", (long long)metric->n,
        (long long)metric->open);
}

static void print_rate(const struct metric *metric, enum lang lang)
{
    printf("%lld/%lld", (long long)metric->k, (long long)metric->n);
    printf(lang == LANG_JA ? "（95%%区間 %lld.%lld〜%lld.%lld%%）"
                           : " (95%% interval %lld.%lld to %lld.%lld%%)",
        (long long)(metric->low / 10), (long long)(metric->low % 10),
        (long long)(metric->high / 10), (long long)(metric->high % 10));
}

static void print_figure(const struct metric *metric, enum lang lang)
{
    if (metric->n == 0)
        printf(lang == LANG_JA ? "該当なし（n=0）" : "n.a. (n=0)");
    else if (metric->kind->shape == METRIC_RATE)
        print_rate(metric, lang);
    else if (metric->kind->shape == METRIC_RATIO)
        printf("%lld : %lld (n=%lld)", (long long)metric->k, (long long)(metric->n - metric->k),
            (long long)metric->n);
    else
        print_lengths(metric, lang);
    printf("\n");
}

/* The table's figure under its name, then those of whom. */
static void print_metrics(const struct metrics *metrics, bool is_descriptive, enum lang lang)
{
    for (size_t i = 0; i < metrics->count; i++) {
        const struct metric *metric = &metrics->items[i];
        if (metric->kind->is_descriptive != is_descriptive)
            continue;
        if (metric->who.len != 0)
            printf("    %.*s", STR_ARG(metric->who));
        else
            printf("%s%s%s  %.*s", metric->kind->id, metric->kind->part[0] != '\0' ? " " : "",
                metric->kind->part, STR_ARG(metric->kind->name.in[lang]));
        printf(lang == LANG_JA ? "：" : ": ");
        print_figure(metric, lang);
    }
}

/* ---- the lists ---- */

static void print_heading(enum lang lang, struct words words)
{
    printf("\n%.*s\n", STR_ARG(words.in[lang]));
}

static void print_knowledge(const struct metrics *metrics, enum lang lang)
{
    print_heading(lang, (struct words)WORDS("Who knew what, and how long after the first",
                            "誰が何をいつ知ったか（最初の人からの遅れ）"));
    for (size_t i = 0; i < metrics->known_count; i++) {
        const struct metric_known *known = &metrics->known[i];
        if (i == 0 || !str_eq(known->fact, metrics->known[i - 1].fact))
            printf("%.*s\n", STR_ARG(known->fact));
        printf("    %.*s ", STR_ARG(known->party));
        print_clock(known->learned_ms);
        printf(" (+");
        print_clock(known->lag_ms);
        printf(") %s%s%.*s\n", source_names[known->source], known->through.len != 0 ? " " : "",
            STR_ARG(known->through));
    }
}

static void print_told(const struct metrics *metrics, enum lang lang)
{
    print_heading(lang, (struct words)WORDS("Who told whom", "誰が誰に伝えたか"));
    for (size_t i = 0; i < metrics->told_count; i++) {
        const struct metric_told *told = &metrics->told[i];
        if (told->messages + told->said + told->taught == 0)
            continue;
        printf(lang == LANG_JA ? "    %.*s → %.*s：送信 %lld、口頭 %lld、新たに伝わった情報 %lld\n"
                               : "    %.*s → %.*s: %lld sent, %lld said, %lld facts taught\n",
            STR_ARG(told->from), STR_ARG(told->to), (long long)told->messages,
            (long long)told->said, (long long)told->taught);
    }
}

static void print_contradictions(const struct metrics *metrics, enum lang lang)
{
    print_heading(lang,
        (struct words)WORDS("Contradictions between audiences", "相手によって食い違った情報"));
    if (metrics->contradiction_count == 0)
        printf(lang == LANG_JA ? "    なし\n" : "    none\n");
    for (size_t i = 0; i < metrics->contradiction_count; i++) {
        const struct metric_contradiction *item = &metrics->contradictions[i];
        printf("    %.*s ", STR_ARG(item->fact));
        print_clock(item->from_ms);
        printf("–");
        if (item->corrected_ms >= 0)
            print_clock(item->corrected_ms);
        for (size_t p = 0; p < item->uncorrected.count; p++)
            printf("%s%.*s",
                p != 0            ? ", "
                : lang == LANG_JA ? " 訂正なし："
                                  : " not corrected: ",
                STR_ARG(item->uncorrected.items[p]));
        printf("\n");
    }
}

static void print_load(const struct metrics *metrics, enum lang lang)
{
    for (size_t i = 0; i < metrics->load_count; i++) {
        const struct metric_load *load = &metrics->loads[i];
        printf(lang == LANG_JA
                   ? "    C27 %.*s：受信 %lld、10分間の最多 %lld、未開封の最多 %lld、"
                     "終了時の未開封 %lld\n"
                   : "    C27 %.*s: %lld came, at most %lld in ten minutes, at most %lld "
                     "unopened, %lld at the end\n",
            STR_ARG(load->seat), (long long)load->received, (long long)load->busiest,
            (long long)load->backlog, (long long)load->unopened);
    }
}

static void print_gaps(enum lang lang)
{
    print_heading(lang, (struct words)WORDS("Not measured", "測定していないこと"));
    for (size_t i = 0; i < metric_gap_count; i++)
        printf("    %s %.*s\n", metric_gaps[i].id, STR_ARG(metric_gaps[i].what.in[lang]));
}

static void print_text(const struct metrics *metrics, enum lang lang)
{
    printf("%s ", metrics->is_ended ? "ENDEX" : lang == LANG_JA ? "現在" : "as of");
    print_clock(metrics->as_of_ms);
    printf("\n");
    print_metrics(metrics, false, lang);
    print_heading(
        lang, (struct words)WORDS(
                  "Style. These describe how the table worked; none of them is a quality, and "
                  "more is not better.",
                  "スタイル。以下は進め方の特徴であり、良し悪しの評価ではない。"));
    print_metrics(metrics, true, lang);
    print_load(metrics, lang);
    print_knowledge(metrics, lang);
    print_told(metrics, lang);
    print_contradictions(metrics, lang);
    print_gaps(lang);
}

/* ---- the command ---- */

static void print_json(const struct metrics *metrics)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    metrics_write(metrics, &json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

static void measure(const struct past *past, const struct command_line *line)
{
    struct trace trace;
    struct metrics metrics;
    metrics_trace(&trace, &past->def);
    for (size_t i = 0; i < past->event_count; i++)
        trace_add(&trace, &past->events[i]);
    metrics_init(&metrics, &past->def, &trace);
    if (command_has(line, "--json"))
        print_json(&metrics);
    else
        print_text(&metrics, command_lang(line));
    metrics_fini(&metrics);
    trace_fini(&trace);
}

static enum command_exit run(const struct command_line *line)
{
    struct past past = {0};
    struct err err;
    bool ok = past_open(&past, command_db(line), line->arguments[0], &err);
    if (ok)
        measure(&past, line);
    past_close(&past);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_metrics = {
    .name = "metrics",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "print how the table communicated, in counts and times",
    .details =
        "Acknowledgements, orders, escalations, who knew what when, who told whom, noise and\n"
        "contradictions: each figure with its n, and with an interval where it is a share.\n"
        "Nothing is judged; docs/metrics.md says exactly what each figure means. Reads the\n"
        "record only.",
    .examples = {"tocsin metrics phone-tree-1 --lang ja --db drills.db",
        "tocsin metrics phone-tree-1 --json --db drills.db"},
    .options = {COMMAND_DB, {"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL, "figures as JSON"}},
    .run = run,
};

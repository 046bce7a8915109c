/* tocsin score: the findings of an exercise. */
#include <stdio.h>
#include <stdlib.h>

#include "app/commands.h"
#include "app/ids.h"
#include "app/mistakes.h"
#include "app/past.h"
#include "score/rating.h"

static const struct words verdict_words[VERDICT_COUNT] = {
    [VERDICT_SATISFIED] = WORDS("satisfied", "達成"),
    [VERDICT_VIOLATED] = WORDS("violated", "未達"),
    [VERDICT_PENDING] = WORDS("pending", "進行中"),
    [VERDICT_NOT_ACTIVATED] = WORDS("not activated", "該当なし"),
    [VERDICT_EXCUSED] = WORDS("excused", "免除"),
    [VERDICT_INCONCLUSIVE] = WORDS("inconclusive", "判定不能"),
    [VERDICT_NOT_MEASURED] = WORDS("not measured", "測定対象外"),
};

/* "63.3%", and "100%". */
static void print_percent(const char *name, int permille)
{
    printf("%s %d", name, permille / 10);
    if (permille % 10 != 0)
        printf(".%d", permille % 10);
    printf("%%");
}

static void print_factors(const struct finding *finding, enum lang lang)
{
    bool is_japanese = lang == LANG_JA;
    print_percent(is_japanese ? "  時間" : "  time", finding->time_permille);
    print_percent(is_japanese ? "、内容" : ", content", finding->content_permille);
    print_percent(is_japanese ? "、自力" : ", unaided", finding->assistance_permille);
}

/* Evidence first, then the three factors, where there is something that they apply to. */
static void print_evidence(const struct finding *finding, enum lang lang)
{
    if (finding->activation_seq == 0 && finding->target_seq == 0)
        return;
    printf("    ");
    if (finding->activation_seq != 0)
        printf("#%lld", (long long)finding->activation_seq);
    if (finding->target_seq != 0)
        printf(" → #%lld", (long long)finding->target_seq);
    if (finding->target_seq != 0)
        print_factors(finding, lang);
    printf("\n");
}

static void print_finding(const struct finding *finding, enum lang lang)
{
    printf(lang == LANG_JA ? "%.*s：%.*s［%.*s］\n" : "%.*s: %.*s [%.*s]\n",
        STR_ARG(verdict_words[finding->verdict].in[lang]), STR_ARG(finding->rule->title.in[lang]),
        STR_ARG(finding->rule->id));
    if (finding->sentence.in[lang].len != 0)
        printf("    %.*s\n", STR_ARG(finding->sentence.in[lang]));
    print_evidence(finding, lang);
    if (finding->verdict == VERDICT_VIOLATED)
        printf(lang == LANG_JA ? "    理由：%.*s\n" : "    why it matters: %.*s\n",
            STR_ARG(finding->rule->why.in[lang]));
}

static bool tell_rules(struct past *past, const char *id, struct err *reterr)
{
    struct str *items = ARENA_ARRAY(&past->arena, past->rules.count + 1, struct str);
    struct strs there = {items, past->rules.count};
    for (size_t i = 0; i < there.count; i++)
        items[i] = past->rules.items[i].id;
    return ids_refuse(reterr, "this exercise has no rule", str_of(id), there);
}

static bool has_rule(const struct past *past, const char *id)
{
    for (size_t i = 0; i < past->rules.count; i++)
        if (str_is(past->rules.items[i].id, id))
            return true;
    return false;
}

/* One rule's findings depend on others', so all are made and the others left out. */
static size_t keep_rule(
    struct arena *arena, const char *id, const struct finding **items, size_t count)
{
    struct finding *kept = ARENA_ARRAY(arena, count + 1, struct finding);
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++)
        if (id == NULL || str_is((*items)[i].rule->id, id))
            kept[kept_count++] = (*items)[i];
    *items = kept;
    return kept_count;
}

static size_t keep_missed(struct arena *arena, const struct finding **items, size_t count)
{
    struct finding *kept = ARENA_ARRAY(arena, count + 1, struct finding);
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++)
        if ((*items)[i].verdict == VERDICT_VIOLATED)
            kept[kept_count++] = (*items)[i];
    *items = kept;
    return kept_count;
}

/* ---- capabilities ---- */

struct summary {
    struct capability *items;
    size_t count;
    const struct organisation *house;
    bool is_sealed;
};

static struct summary summarise(struct past *past, const struct scorer *scorer,
    const struct finding *findings, size_t finding_count)
{
    struct summary summary = {
        .house = past->def.organisation_profile, .is_sealed = scorer_is_sealed(scorer)};
    struct rating_source source = {.house = summary.house,
        .rules = &past->rules,
        .findings = findings,
        .finding_count = finding_count};
    source.rated_count = scorer_rated(scorer, &source.rated);
    summary.count = rating_find(&source, &past->arena, &summary.items);
    return summary;
}

static void print_rated(const struct event_rated *rated, bool is_japanese)
{
    const char *rating = rating_names[rated->rating];
    if (rated->by.len == 0)
        printf(is_japanese ? "。評価者 %s" : "; rated %s by the evaluator", rating);
    else if (is_japanese)
        printf("。評価者%.*s %s", STR_ARG(rated->by), rating);
    else
        printf("; rated %s by %.*s", rating, STR_ARG(rated->by));
}

static void print_proposal(const struct capability *capability, bool is_japanese)
{
    const char *none = is_japanese ? "（材料不足）" : " (insufficient evidence)";
    if (capability->scored_count == 0)
        printf(is_japanese ? "：該当なし" : ": n.a.");
    else if (capability->proposed == 0)
        printf("%s", none);
    else
        printf(is_japanese ? "。評定案 %s" : "; proposed %s", rating_names[capability->proposed]);
    if (capability->capped_by != NULL)
        printf(is_japanese ? "（%.*sの未達によりM）" : " (no better for a miss of %.*s)",
            STR_ARG(capability->capped_by->id));
    for (size_t i = 0; i < capability->rated_count; i++)
        print_rated(&capability->rated[i]->body.rated, is_japanese);
    printf("\n");
}

static void print_share(const struct capability *capability, bool is_japanese)
{
    size_t n = capability->scored_count, k = capability->satisfied_count;
    long long low = capability->low_permille / 10, high = capability->high_permille / 10;
    int points = capability->points_permille / 10;
    if (is_japanese)
        printf("：%zu件中%zu件達成（95％区間 %lld〜%lld％）、得点 %d％", n, k, low, high, points);
    else
        printf(": %zu %s, %zu satisfied (95%% interval %lld to %lld%%), points %d%%", n,
            n == 1 ? "opportunity" : "opportunities", k, low, high, points);
}

static void print_capability(const struct capability *capability, enum lang lang)
{
    bool is_japanese = lang == LANG_JA;
    printf("%.*s", STR_ARG(capability->id));
    if (capability->scored_count != 0)
        print_share(capability, is_japanese);
    print_proposal(capability, is_japanese);
}

static void print_mapping(const struct organisation *house, enum lang lang)
{
    printf(lang == LANG_JA ? "評定案は得点から：" : "Proposals follow from the points:");
    for (int rating = 1; rating < RATING_COUNT; rating++)
        printf(lang == LANG_JA ? " %s %d％以上" : " %s from %d%%", rating_names[rating],
            organisation_rating_from(house, rating) / 10);
    printf(lang == LANG_JA ? "。%d件未満では出さない。決めるのは評価者である。\n"
                           : "; none below %d opportunities. The evaluator decides.\n",
        RATING_LEAST_COUNT);
}

static void print_capabilities(const struct summary *summary, enum lang lang)
{
    printf("\n%s\n", lang == LANG_JA ? "能力ごとのまとめ" : "By capability");
    for (size_t i = 0; i < summary->count; i++)
        print_capability(&summary->items[i], lang);
    print_mapping(summary->house, lang);
    if (!summary->is_sealed)
        printf("%s\n", lang == LANG_JA ? "暫定：演習の記録はまだ確定していない。"
                                       : "Provisional: the exercise is not sealed yet.");
}

/* ---- the watch list ---- */

static int compare_bounds(const void *a, const void *b)
{
    const struct finding *first = a, *second = b;
    return first->bound_ms < second->bound_ms ? -1 : first->bound_ms > second->bound_ms;
}

/* What can still be met, the most urgent first; what has no bound comes last. */
static size_t keep_pending(const struct finding *items, size_t count, struct finding *ret_pending)
{
    size_t pending_count = 0, bounded_count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++)
            if (items[i].verdict == VERDICT_PENDING && (items[i].bound_ms < 0) == (pass == 1))
                ret_pending[pending_count++] = items[i];
        if (pass == 0)
            bounded_count = pending_count;
    }
    qsort(ret_pending, bounded_count, sizeof(*ret_pending), compare_bounds);
    return pending_count;
}

/* ---- all ---- */

static void print_json(const struct finding *items, size_t count, const struct summary *summary)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key(&json, STR("capabilities"));
    rating_write(summary->items, summary->count, &json);
    json_write_key(&json, STR("findings"));
    score_write_findings(items, count, &json);
    json_write_key(&json, STR("proposals"));
    json_write_object(&json);
    for (const char *const order = "MPSU", *at = order; *at != '\0'; at++)
        for (int rating = 1; rating < RATING_COUNT; rating++)
            if (rating_names[rating][0] == *at)
                json_write_key_int(
                    &json, rating_names[rating], organisation_rating_from(summary->house, rating));
    json_write_end(&json);
    json_write_key_bool(&json, "sealed", summary->is_sealed);
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

/* Whoever keeps what is printed must know later of what it speaks. */
static void print_top(const struct past *past, enum lang lang)
{
    printf(lang == LANG_JA ? "%.*s、シナリオ：%.*s、組織：%.*s\n"
                           : "%.*s, scenario %.*s, organisation %.*s\n",
        STR_ARG(past->exercise.id), STR_ARG(past->def.id), STR_ARG(past->def.organisation));
}

static void print_none_left(const struct past *past, enum lang lang)
{
    if (past->state->status >= STATUS_ENDED)
        printf("%s\n", lang == LANG_JA ? "演習は終わっている。これから達成できるものはない。"
                                       : "The exercise has ended: nothing can still be met.");
    else
        printf(
            "%s\n", lang == LANG_JA ? "いま待っているものはない。" : "Nothing is waited for now.");
}

static void tell(const struct command_line *line, struct past *past)
{
    const char *rule = command_value(line, "--rule");
    enum lang lang = command_lang(line);
    const struct finding *items;
    size_t count;
    struct scorer *scorer = past_score(past, &past->rules, &items, &count);
    struct summary summary = summarise(past, scorer, items, count);
    count = keep_rule(&past->arena, rule, &items, count);
    if (command_has(line, "--missed"))
        count = keep_missed(&past->arena, &items, count);
    if (command_has(line, "--watch")) {
        struct finding *pending = ARENA_ARRAY(&past->arena, count + 1, struct finding);
        count = keep_pending(items, count, pending);
        items = pending;
    }
    if (command_has(line, "--json")) {
        print_json(items, count, &summary);
    } else {
        print_top(past, lang);
        for (size_t i = 0; i < count; i++)
            print_finding(&items[i], lang);
        if (count == 0 && command_has(line, "--watch"))
            print_none_left(past, lang);
        if (rule == NULL && !command_has(line, "--watch"))
            print_capabilities(&summary, lang);
    }
    scorer_free(scorer);
}

static enum command_exit run(const struct command_line *line)
{
    struct past past = {.rules_from = command_value(line, "--rules")};
    struct err err;
    const char *rule = command_value(line, "--rule");
    if (command_has(line, "--missed") && command_has(line, "--watch"))
        return command_misuse(
            line, "what was missed cannot be met any more: leave out --missed or --watch");
    bool ok = past_open(&past, command_db(line), line->arguments[0], &err) &&
              (rule == NULL || has_rule(&past, rule) || tell_rules(&past, rule, &err));
    if (ok)
        tell(line, &past);
    for (size_t i = 0; i < past.unused_rules.count; i++)
        fprintf(stderr, "tocsin score: %s/%.*s.yaml: note: this exercise does not use this pack\n",
            past.rules_from, STR_ARG(past.unused_rules.items[i]));
    enum command_exit done = ok ? COMMAND_OK : mistakes_fail(line, &past.problems, &err);
    past_close(&past);
    return done;
}

const struct command command_score = {
    .name = "score",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "print what the rules found",
    .details = "Reads the record only: the same record and rules always give the same findings.\n"
               "With --rules it is scored by other rules than those it was played with: a folder\n"
               "with rules.yaml, which takes the place of the scenario's own, and packs like\n"
               "escalation.yaml, which take the place of those that the exercise used. What the\n"
               "folder lacks stays: with rules.yaml alone, the packs remain in force.",
    .examples = {"tocsin score phone-tree-1 --lang ja --db drills.db",
        "tocsin score phone-tree-1 --missed --db drills.db",
        "tocsin score phone-tree-1 --rule escalate-at-once --json --db drills.db"},
    .options = {COMMAND_DB, {"--rule", "ID", "one rule only"},
        {"--rules", "DIR", "rules instead of those that the exercise was made with"},
        {"--missed", NULL, "only what was missed"},
        {"--watch", NULL, "only what can still be met, the most urgent first"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL, "findings and capabilities as JSON"}},
    .run = run,
};

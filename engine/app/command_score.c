/* tocsin score: the findings of an exercise. */
#include <stdio.h>

#include "app/commands.h"
#include "app/ids.h"
#include "app/past.h"

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
}

static bool tell_rules(struct past *past, const char *id, struct err *reterr)
{
    struct str *items = ARENA_ARRAY(&past->arena, past->rules.count + 1, struct str);
    struct strs there = {items, past->rules.count};
    for (size_t i = 0; i < there.count; i++)
        items[i] = past->rules.items[i].id;
    struct str near = str_nearest(str_of(id), there);
    return err_set(reterr, ERR_USAGE, "this exercise has no rule \"%s\"%s%.*s%s; there are %.*s",
        id, near.len != 0 ? "; did you mean \"" : "", STR_ARG(near), near.len != 0 ? "\"?" : "",
        STR_ARG(ids_list(there, &past->arena)));
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

static enum command_exit run(const struct command_line *line)
{
    struct past past = {0};
    struct err err;
    enum lang lang = command_lang(line);
    const char *rule = command_value(line, "--rule");
    bool ok = past_open(&past, command_db(line), line->arguments[0], &err) &&
              (rule == NULL || has_rule(&past, rule) || tell_rules(&past, rule, &err));
    if (ok) {
        const struct finding *items;
        size_t count;
        struct scorer *scorer = past_score(&past, &past.rules, &items, &count);
        count = keep_rule(&past.arena, rule, &items, count);
        if (command_value(line, "--json") != NULL) {
            struct buf out = {0};
            score_write(items, count, &out);
            printf("%.*s\n", STR_ARG(buf_str(&out)));
            buf_fini(&out);
        } else {
            for (size_t i = 0; i < count; i++)
                print_finding(&items[i], lang);
        }
        scorer_free(scorer);
    }
    past_close(&past);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_score = {
    .name = "score",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "print what the rules found",
    .details = "Reads the record only: the same record and rules always give the same findings.",
    .examples = {"tocsin score phone-tree-1 --lang ja --db drills.db",
        "tocsin score phone-tree-1 --rule escalate-at-once --json --db drills.db"},
    .options = {COMMAND_DB, {"--rule", "ID", "one rule only"},
        {"--lang", "en|ja", "the language; en if not given"}, {"--json", NULL, "findings as JSON"}},
    .run = run,
};

/* What `tocsin skills` prints. Every number stands with its n and its interval, what is not known
 * is "n.a." and never 0, and nothing is drawn as a bar. */
#include <stdio.h>

#include "app/skills_report.h"
#include "report/labels.h"

struct printing {
    const struct skills_report *report;
    enum lang lang;
};

static const char *say(const struct printing *printing, const char *en, const char *ja)
{
    return printing->lang == LANG_JA ? ja : en;
}

static struct str in(const struct printing *printing, const struct words *words)
{
    return words->in[printing->lang];
}

static void print_heading(const struct printing *printing, const char *en, const char *ja)
{
    printf("\n%s\n", say(printing, en, ja));
}

static struct str date_of(const struct printing *printing, int exercise)
{
    const struct evidence *evidence = printing->report->evidence;
    int64_t date_ms = evidence->exercises[exercise].date_ms;
    struct str date = past_date(&printing->report->evidence->arena, date_ms);
    return date_ms == 0 ? str_of(say(printing, "no date", "日付なし")) : (struct str){date.ptr, 10};
}

/* ---- the top ---- */

static void print_top(const struct printing *printing)
{
    const struct skills_report *report = printing->report;
    const struct evidence *evidence = report->evidence;
    size_t count = evidence->exercise_count;
    if (printing->lang == LANG_JA)
        printf("演習%zu回（テーブル%zu）、目標%d％\n", count, evidence->table_count,
            report->target / 10);
    else
        printf("%zu %s, %zu %s; target %d %%\n", count, count == 1 ? "exercise" : "exercises",
            evidence->table_count, evidence->table_count == 1 ? "table" : "tables",
            report->target / 10);
    if (evidence->running_count > 0)
        printf("%s%zu\n",
            say(printing, "Not ended, and left out: ", "終了していないため含まないテーブル："),
            evidence->running_count);
    if (evidence->provisional_count > 0)
        printf("%s%zu\n",
            say(printing, "Not sealed yet, so that ratings and causes can still come: ",
                "未確定（評定や原因がまだ加わりうる）のテーブル："),
            evidence->provisional_count);
    if (printing->report->persons_left_out > 0)
        printf("%s%zu\n",
            say(printing, "Exercises left out, because they are not told by person: ",
                "個人別に示すことに同意のない演習（含まない）："),
            printing->report->persons_left_out);
    if (evidence->teams.count > 1)
        printf("%s", say(printing, "Several teams are taken together; --team NAME looks at one: ",
                         "複数のチームをまとめている。--team NAME で一つに絞れる："));
    for (size_t i = 0; evidence->teams.count > 1 && i < evidence->teams.count; i++)
        printf("%s%.*s%s", i > 0 ? say(printing, ", ", "、") : "",
            STR_ARG(evidence->teams.items[i]), i + 1 == evidence->teams.count ? "\n" : "");
    printf("%s\n", say(printing,
                       "This shows how people acted in exercises (Kirkpatrick's level 2), and "
                       "nothing of real incidents.",
                       "演習の条件下での行動（カークパトリックのレベル2）を示すもので、"
                       "実際のインシデントについては何も言えない。"));
}

/* ---- figures ---- */

static void print_percent(int permille)
{
    printf("%d.%d", permille / 10, permille % 10);
}

/* "7 of 12 met (58.3 %) in 3 exercises; in the long run 57.9 %, 90 % interval 31.2 to 80.5 %" */
static void print_rate(const struct printing *printing, const struct skill_row *row)
{
    if (row->n == 0) {
        printf("%s", say(printing, "n.a. (n = 0)", "該当なし（n = 0）"));
        return;
    }
    if (printing->lang == LANG_JA)
        printf("演習%lld回、%lld件中%lld件達成（", (long long)row->exercises, (long long)row->n,
            (long long)row->met);
    else
        printf("%lld of %lld met in %lld %s (", (long long)row->met, (long long)row->n,
            (long long)row->exercises, row->exercises == 1 ? "exercise" : "exercises");
    print_percent(row->rate);
    /* Of too little evidence the middle is what was believed before. */
    if (row->word == SKILL_INSUFFICIENT) {
        printf("%s", say(printing, " %); 90 % interval ", "％）、90％区間 "));
    } else {
        printf("%s", say(printing, " %); in the long run ", "％）、長期的な達成率 "));
        print_percent(row->interval.middle);
        printf("%s", say(printing, " %, 90 % interval ", "％、90％区間 "));
    }
    print_percent(row->interval.low);
    printf("%s", say(printing, " to ", "〜"));
    print_percent(row->interval.high);
    printf("%s", say(printing, " %", "％"));
}

/* Where the share of all opportunities and the interval do not seem to go together, what lies
 * between them: exercise by exercise. */
static void print_shares(const struct printing *printing, const struct skill_row *row)
{
    const struct skill_dot *largest = skills_largest(row);
    if (row->exercises < 2 || largest == NULL)
        return;
    int64_t most = largest->met + largest->missed;
    bool is_outside = row->rate < row->interval.low || row->rate > row->interval.high;
    if (!is_outside && 2 * most <= row->n)
        return;
    const char *between = say(printing, "      exercise by exercise ", "      演習ごとの達成：");
    for (size_t i = 0; i < row->dot_count; i++) {
        const struct skill_dot *dot = &row->dots[i];
        if (dot->met + dot->missed == 0)
            continue;
        printf("%s%lld/%lld", between, (long long)dot->met, (long long)(dot->met + dot->missed));
        between = say(printing, ", ", "、");
    }
    if (printing->lang == LANG_JA)
        printf("。機会%lld件中%lld件は1回の演習によるもの。区間は機会ではなく演習を単位とする。\n",
            (long long)row->n, (long long)most);
    else
        printf("; %lld of %lld opportunities were of one exercise, and the interval is over "
               "exercises, good days and bad, not over opportunities\n",
            (long long)most, (long long)row->n);
}

/* In fixed words, and instead of any advice on people. */
static void print_one_day(const struct printing *printing, const struct skill_row *row)
{
    const struct skill_dot *worst = row->is_one_day ? skills_worst(row) : NULL;
    if (worst == NULL)
        return;
    struct str id = printing->report->evidence->exercises[worst->exercise].id;
    long long all = (long long)row->causes[CAUSE_SKILL], missed = (long long)worst->missed;
    if (printing->lang == LANG_JA)
        printf("      "
               "1回の演習に集中：未達%lld件中%lld件は%.*sによるもの。人の配置や訓練を考える前に、"
               "その日に何があったかを確かめる。\n",
            all, missed, STR_ARG(id));
    else
        printf("      one bad day: %lld of %lld misses are of %.*s; find out what happened there "
               "before anybody is trained or replaced\n",
            missed, all, STR_ARG(id));
}

static void print_count(
    const struct printing *printing, int64_t count, const char *en, const char *ja)
{
    if (count > 0)
        printf("%s%lld", say(printing, en, ja), (long long)count);
}

/* What does not count, but must be seen. */
static void print_beside(const struct printing *printing, const struct skill_row *row)
{
    int64_t other = 0;
    for (int cause = 0; cause < CAUSE_COUNT; cause++)
        other += cause == CAUSE_SKILL ? 0 : row->causes[cause];
    print_count(printing, row->partial, "; of these in part ", "、うち一部達成");
    print_count(printing, row->hinted, "; ○ with help ", "、○支援あり");
    print_count(printing, other, "; missed for other causes ", "、別の原因による未達");
    print_count(printing, row->unexplained, "; missed, cause not named ", "、原因未記入の未達");
    if (row->unexplained > 0)
        printf("%s%lld/%lld%s", say(printing, " (if of skill: ", "（スキルが原因なら"),
            (long long)row->met, (long long)(row->n + row->unexplained), say(printing, ")", "）"));
    print_count(printing, row->set_aside, "; set aside, older rules ", "、旧版のルールにより除外");
}

static void print_trend(const struct printing *printing, const struct skill_row *row)
{
    if (row->rising < 0)
        return;
    printf("%s", say(printing, "      later exercises better than earlier ones: probability ",
                     "      後半の演習の方が前半より良い確率："));
    print_percent(row->rising);
    printf("%s", say(printing, " %", "％"));
    bool has_one = false;
    for (int i = 0; i < CONFOUND_COUNT; i++) {
        if ((row->confounds & 1u << i) == 0)
            continue;
        printf("%s%.*s",
            has_one ? say(printing, ", ", "、") : say(printing, "; but: ", "。ただし："),
            STR_ARG(in(printing, &skill_confound_words[i])));
        has_one = true;
    }
    printf("\n");
}

/* ---- gaps ---- */

static const struct words asked_words[SKILL_AS_COUNT] = {
    [SKILL_PREREQUISITE] = WORDS("asked for when appointed: assign somebody else, or outsource",
        "任用の前提：配置の見直しか外部委託を検討する"),
    [SKILL_ADDITIONAL] = WORDS("to be learned in the role: train", "追加教育の対象：訓練する"),
    [SKILL_DUTY] = WORDS("a duty: practise", "務め：繰り返し練習する"),
};

/* "(2 rules; 1 of the team)" */
static void print_rules(const struct printing *printing, const struct skills_scenario *scenario)
{
    long long own = scenario->rule_count, team = scenario->team_rule_count;
    bool is_ja = printing->lang == LANG_JA;
    printf("%s", is_ja ? "（" : " (");
    if (own > 0)
        printf(is_ja ? "ルール%lld" : own == 1 ? "%lld rule" : "%lld rules", own);
    if (own > 0 && team > 0)
        printf("%s", is_ja ? "、" : "; ");
    if (team > 0)
        printf(is_ja ? "チーム全体のルール%lld" : "%lld of the team", team);
    printf("%s", is_ja ? "）" : ")");
}

static void print_scenarios(const struct printing *printing, const struct skills_advice *advice)
{
    if (!printing->report->has_scenarios)
        return;
    if (advice->scenario_count == 0)
        printf("%s\n", say(printing, "      no shipped scenario exercises it",
                           "      これを練習できる同梱シナリオはない"));
    for (size_t i = 0; i < advice->scenario_count; i++) {
        printf("%s%.*s",
            i == 0 ? say(printing, "      exercised by: ", "      練習できるシナリオ：")
                   : say(printing, ", ", "、"),
            STR_ARG(advice->scenarios[i].id));
        print_rules(printing, &advice->scenarios[i]);
    }
    if (advice->scenario_count > 0)
        printf("\n");
}

static void print_advice(const struct printing *printing, const struct skills_advice *advice)
{
    const struct skill_row *row = advice->row;
    printf("  %.*s%s%.*s [%.*s]%s%.*s%s%.*s\n    ",
        STR_ARG(row->who.len > 0 ? row->who : str_of(say(printing, "team", "チーム"))),
        say(printing, ": ", "："),
        STR_ARG(skills_name(printing->report->evidence, row->skill, printing->lang)),
        STR_ARG(row->skill), say(printing, " — ", "："),
        STR_ARG(in(printing, &skill_words[row->word])),
        say(printing, "; gravest rule: ", "、最も重いルール："),
        STR_ARG(in(printing, &labels_severities[row->consequence])));
    print_rate(printing, row);
    print_beside(printing, row);
    printf("%s%d%s", say(printing, "; below ", "、"), printing->report->target / 10,
        say(printing, " % with probability ", "％を下回る確率 "));
    print_percent(row->interval.below);
    printf("%s\n", say(printing, " %", "％"));
    print_shares(printing, row);
    print_one_day(printing, row);
    print_trend(printing, row);
    for (size_t i = 0; i < advice->asked_count; i++)
        printf("      %.*s%s%.*s\n", STR_ARG(in(printing, &advice->asked[i].skill->name)),
            say(printing, " — ", "："), STR_ARG(in(printing, &asked_words[advice->asked[i].as])));
    print_scenarios(printing, advice);
}

/* Else nobody would know why there is nothing to see. */
static void print_waiting(const struct printing *printing)
{
    const struct skills_report *report = printing->report;
    size_t count = 0;
    for (size_t i = 0; i < report->row_count; i++)
        count += report->rows[i].word == SKILL_UNEXPLAINED;
    if (count == 0)
        return;
    if (printing->lang == LANG_JA)
        printf(
            "  %zu行は未達の原因が未記入のため判断できない。評価者が原因を記入すること。\n", count);
    else
        printf("  %zu %s for the causes of misses, which the evaluator names.\n", count,
            count == 1 ? "row waits" : "rows wait");
}

static void print_gaps(const struct printing *printing)
{
    const struct skills_report *report = printing->report;
    print_heading(
        printing, "Gaps, by consequence times probability", "不足（影響の重さ×確率の順）");
    for (size_t i = 0; i < report->advice_count; i++)
        print_advice(printing, &report->advices[i]);
    if (report->advice_count == 0)
        printf("%s\n",
            say(printing, "  None that the evidence bears. That is not to say that there are none.",
                "  裏付けのある不足はない。不足がないという意味ではない。"));
    print_waiting(printing);
}

/* ---- the matrix ---- */

static void print_rows(
    const struct printing *printing, const struct skill_row *rows, size_t count, bool is_by_who)
{
    for (size_t i = 0; i < count; i++) {
        const struct skill_row *row = &rows[i];
        if (is_by_who && (i == 0 || !str_eq(row->who, rows[i - 1].who)))
            printf("%.*s\n", STR_ARG(row->who.len > 0 ? row->who
                                                      : str_of(say(printing, "no role of its own",
                                                            "特定の役割なし"))));
        printf("  %.*s [%.*s]%s%.*s\n    ",
            STR_ARG(skills_name(printing->report->evidence, row->skill, printing->lang)),
            STR_ARG(row->skill), say(printing, ": ", "："),
            STR_ARG(in(printing, &skill_words[row->word])));
        print_rate(printing, row);
        print_beside(printing, row);
        printf("\n");
        print_shares(printing, row);
        print_trend(printing, row);
    }
}

/* ---- evaluators ---- */

static void print_rated(const struct printing *printing)
{
    const struct skills_report *report = printing->report;
    print_heading(printing, "Rated by evaluators", "評価者による評定");
    for (size_t i = 0; i < report->rated_count; i++) {
        const struct skills_rated *rated = &report->rated[i];
        printf("  %.*s%s",
            STR_ARG(skills_name(report->evidence, rated->capability, printing->lang)),
            say(printing, ":", "："));
        for (int rating = 1; rating < RATING_COUNT; rating++)
            printf(" %s %lld", rating_names[rating], (long long)rated->counts[rating]);
        printf("%s%lld%s%lld%s", say(printing, " (n = ", "（n = "), (long long)rated->n,
            say(printing, ", ", "、演習"), (long long)rated->exercises,
            say(printing, rated->exercises == 1 ? " exercise)\n" : " exercises)\n", "回）\n"));
    }
    if (report->rated_count == 0)
        printf("  %s\n", say(printing, "n.a. (n = 0)", "該当なし（n = 0）"));
}

static void print_kappa(const char *before, int kappa)
{
    int size = kappa < 0 ? -kappa : kappa;
    printf("%s%s%d.%03d", before, kappa < 0 ? "-" : "", size / 1000, size % 1000);
}

static void print_agreement(const struct printing *printing, const struct skill_agreement *item)
{
    struct str one = str_of(say(printing, "the evaluator", "評価者"));
    struct str second = item->is_engine ? str_of(say(printing, "the engine's proposals", "評定案"))
                        : item->second.len > 0 ? item->second
                                               : one;
    struct str first = item->first.len > 0 ? item->first : one;
    if (printing->lang == LANG_JA)
        printf("  %.*sと%.*s：%lld件中%lld件が一致、", STR_ARG(first), STR_ARG(second),
            (long long)item->n, (long long)item->same);
    else
        printf("  %.*s and %.*s: %lld of %lld alike; ", STR_ARG(first), STR_ARG(second),
            (long long)item->same, (long long)item->n);
    if (!item->has_kappa) {
        printf("%s\n", say(printing, "weighted kappa: insufficient evidence",
                           "重み付きカッパ：判断材料が不足"));
    } else {
        print_kappa(say(printing, "weighted kappa ", "重み付きカッパ "), item->kappa);
        print_kappa(say(printing, " (90 % interval ", "（90％区間 "), item->low);
        print_kappa(say(printing, " to ", "〜"), item->high);
        printf("%s\n", say(printing, ")", "）"));
    }
    for (int i = 1; i < RATING_COUNT; i++) {
        printf("    %s", rating_names[i]);
        for (int j = 1; j < RATING_COUNT; j++)
            printf(" %4lld", (long long)item->counts[i][j]);
        printf("\n");
    }
}

static void print_agreements(const struct printing *printing)
{
    const struct skills_report *report = printing->report;
    if (report->agreement_count == 0)
        return;
    print_heading(printing,
        "How far those who rate agree (rows: the first's P, S, M, U; columns: the second's)",
        "評定の一致（行：前者のP・S・M・U、列：後者）");
    for (size_t i = 0; i < report->agreement_count; i++)
        print_agreement(printing, &report->agreements[i]);
}

/* ---- causes and process gaps ---- */

static void print_causes(const struct printing *printing)
{
    const struct skills_report *report = printing->report;
    const struct evidence *evidence = report->evidence;
    print_heading(printing, "Causes of what was missed, over time", "未達の原因の推移");
    for (size_t i = 0; i < report->cause_count; i++) {
        const struct skills_causes *causes = &report->causes[i];
        bool has_one = false;
        printf("  %.*s  %.*s:", STR_ARG(date_of(printing, causes->exercise)),
            STR_ARG(evidence->exercises[causes->exercise].id));
        for (int cause = 0; cause < CAUSE_COUNT; cause++) {
            if (causes->counts[cause] == 0)
                continue;
            printf("%s %.*s %lld", has_one ? say(printing, ",", "、") : "",
                STR_ARG(in(printing, &labels_causes[cause])), (long long)causes->counts[cause]);
            has_one = true;
        }
        if (causes->unnamed > 0)
            printf("%s %s %lld", has_one ? say(printing, ",", "、") : "",
                say(printing, "not named", "未記入"), (long long)causes->unnamed);
        else if (!has_one)
            printf("%s", say(printing, " nothing was missed", " 未達なし"));
        printf("\n");
    }
}

static void print_processes(const struct printing *printing)
{
    const struct skills_report *report = printing->report;
    print_heading(printing, "Not a matter of skill: to be mended after each single exercise",
        "スキル以外の課題（1回の演習でも直す）");
    for (size_t i = 0; i < report->process_count; i++) {
        const struct skills_process *process = &report->processes[i];
        const struct evidence_finding *finding = process->finding;
        printf("  %.*s%s%.*s%s%.*s [%.*s], %.*s",
            STR_ARG(in(printing, &labels_causes[finding->cause])), say(printing, ", ", "、"),
            STR_ARG(in(printing, &labels_severities[finding->rule->severity])),
            say(printing, ": ", "："), STR_ARG(in(printing, &finding->rule->title)),
            STR_ARG(finding->rule->id), STR_ARG(finding->table));
        if (process->count > 1)
            printf("%s%lld%s", say(printing, ", ", "、"), (long long)process->count,
                say(printing, " times", "件"));
        printf("\n");
    }
    if (report->process_count == 0)
        printf("  %s\n", say(printing, "None was named.", "記入されたものはない。"));
}

void skills_print(const struct skills_report *report, enum lang lang)
{
    const struct printing printing = {report, lang};
    print_top(&printing);
    print_gaps(&printing);
    if (report->by == SKILLS_BY_PERSON)
        print_heading(
            &printing, "Observed by rules, for this person", "ルールによる観測（この参加者）");
    else
        print_heading(&printing, "Observed by rules, by role", "ルールによる観測（役割別）");
    print_rows(&printing, report->rows, report->row_count, true);
    if (report->team_count > 0)
        print_heading(&printing, "Observed by rules, the team", "ルールによる観測（チーム全体）");
    print_rows(&printing, report->team, report->team_count, false);
    print_rated(&printing);
    print_agreements(&printing);
    print_causes(&printing);
    print_processes(&printing);
}

/* What the rules found, arranged: successes once a rule, each miss for itself, and what was not
 * counted with the reason. The sentences come from scoring. */
#include "report/parts.h"

#include "base/duration.h"

enum { SHOWN_WELL = 7, SHOWN_IMPROVE = 5, SHOWN_OTHER = 4, SHOWN_SEQS = 4 };

static struct str seqs(struct report *report, const struct model_group *group)
{
    struct str list = STR("");
    size_t count = 0;
    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->items[i];
        int64_t all[] = {finding->activation_seq, finding->target_seq,
            finding->miss_seq == finding->target_seq ? 0 : finding->miss_seq};
        for (size_t n = 0; n < 3; n++) {
            if (all[n] == 0)
                continue;
            if (++count > SHOWN_SEQS)
                return arena_format(parts_arena(report), "%.*s …", STR_ARG(list));
            list =
                arena_format(parts_arena(report), "%.*s #%lld", STR_ARG(list), (long long)all[n]);
        }
    }
    return list;
}

/* Something is never nothing, and never all. */
static int percent(int permille)
{
    return permille > 0 && permille < 10 ? 1 : permille / 10;
}

/* What took points away from an answer, if anything did. */
static struct str points(struct report *report, const struct finding *finding)
{
    struct str list = STR("");
    if (finding->target_seq == 0 || finding->met_ms < 0)
        return list;
    const struct {
        int permille;
        struct words name;
    } factors[] = {
        {finding->time_permille, WORDS("time", "時間")},
        {finding->content_permille, WORDS("content", "内容")},
        {finding->assistance_permille, WORDS("unaided", "自力")},
    };
    if (finding->time_permille == 1000 && finding->content_permille == 1000 &&
        finding->assistance_permille == 1000)
        return list;
    report->has_points = true;
    struct str comma = SAY(report, ", ", "、");
    for (size_t i = 0; i < 3; i++)
        list = arena_format(parts_arena(report), "%.*s%.*s%.*s %d%%", STR_ARG(list),
            i == 0 ? 0 : (int)comma.len, comma.ptr, STR_ARG(parts_say(report, factors[i].name)),
            percent(factors[i].permille));
    return arena_format(
        parts_arena(report), report->lang == LANG_EN ? " [%.*s]" : "［%.*s］", STR_ARG(list));
}

static struct str title_of(struct report *report, const struct finding *finding)
{
    struct str title = parts_say(report, finding->rule->title);
    return title.len != 0 ? phrase_unstopped(title) : finding->rule->id;
}

/* The tightest one speaks for several. */
static const struct finding *tightest(const struct model_group *group)
{
    const struct finding *worst = group->items[0];
    for (size_t i = 1; i < group->count; i++)
        if (group->items[i]->margin_ms < worst->margin_ms)
            worst = group->items[i];
    return worst;
}

/* How much time was left; a group is as good as its tightest. */
static struct str margin_of(struct report *report, const struct finding *finding, bool several)
{
    struct arena *arena = parts_arena(report);
    bool is_en = report->lang == LANG_EN;
    if (finding->rule->kind == RULE_PRECEDE || finding->bound_ms < 0)
        return STR("");
    if (finding->margin_ms == 0)
        return several ? SAY(report, "the tightest exactly at the limit", "最短で期限ちょうど")
                       : SAY(report, "exactly at the limit", "期限ちょうど");
    struct str span = finding->margin_ms < 1000 ? SAY(report, "less than a second", "1秒未満")
                                                : parts_clock(report, finding->margin_ms);
    if (is_en)
        return arena_format(
            arena, "%s%.*s to spare", several ? "the tightest with " : "", STR_ARG(span));
    return arena_format(arena, "余裕%s%.*s", several ? "は最短で" : "", STR_ARG(span));
}

/* "7 times, the tightest with 03:10 to spare": what there is to say about a success. */
static struct str margins(struct report *report, const struct model_group *group)
{
    bool is_en = report->lang == LANG_EN, several = group->count > 1;
    struct str margin = margin_of(report, tightest(group), several);
    if (!several)
        return margin;
    return arena_format(parts_arena(report), is_en ? "%zu times%s%.*s" : "%zu回%s%.*s",
        group->count,
        margin.len == 0 ? ""
        : is_en         ? ", "
                        : "、",
        STR_ARG(margin));
}

/* One line or two: the title says it all. */
static void write_success(struct report *report, const struct model_group *group)
{
    const struct finding *finding = tightest(group);
    struct str margin = margins(report, group);
    struct arena *arena = parts_arena(report);
    if (margin.len != 0)
        margin =
            arena_format(arena, report->lang == LANG_EN ? ": %.*s" : "：%.*s", STR_ARG(margin));
    page_paragraph(report->out, STR("  + "),
        arena_format(arena, "%.*s%.*s%.*s%.*s", STR_ARG(title_of(report, finding)), STR_ARG(margin),
            STR_ARG(points(report, finding)), STR_ARG(seqs(report, group))));
}

static void write_miss(struct report *report, const struct model_group *group)
{
    const struct finding *finding = group->items[0];
    page_paragraph(report->out, STR("  ! "),
        arena_format(parts_arena(report), report->lang == LANG_EN ? "Not met: %.*s" : "未達：%.*s",
            STR_ARG(title_of(report, finding))));
    page_paragraph(report->out, STR("    "),
        arena_format(parts_arena(report), "%.*s%.*s%.*s",
            STR_ARG(finding->sentence.in[report->lang]), STR_ARG(points(report, finding)),
            STR_ARG(seqs(report, group))));
}

static void write_scored(struct report *report, struct words title,
    const struct model_groups *groups, size_t shown,
    void (*write)(struct report *report, const struct model_group *group))
{
    size_t of = report->model.well.finding_count + report->model.improve.finding_count;
    struct str name = parts_say(report, title);
    parts_heading(
        report, report->lang == LANG_EN
                    ? arena_format(parts_arena(report), "%.*s: %zu of %zu scored %s", STR_ARG(name),
                          groups->finding_count, of, of == 1 ? "opportunity" : "opportunities")
                    : arena_format(parts_arena(report), "■ %.*s：採点した機会%zu件のうち%zu件",
                          STR_ARG(name), of, groups->finding_count));
    size_t i = 0;
    for (; i < groups->count && i < shown; i++)
        write(report, &groups->items[i]);
    parts_more(report, groups->count - i, "score");
}

static void write_other(struct report *report)
{
    static const struct words reasons[VERDICT_COUNT] = {
        [VERDICT_PENDING] = WORDS("still open", "まだ途中"),
        [VERDICT_NOT_ACTIVATED] = WORDS("nothing called for it", "該当する場面なし"),
        [VERDICT_EXCUSED] = WORDS("follows from another miss", "別の不足の結果"),
        [VERDICT_INCONCLUSIVE] = WORDS("the exercise ended first", "先に演習が終了"),
        [VERDICT_NOT_MEASURED] = WORDS("not measured in this mode", "この形式では測らない"),
    };
    const struct model_groups *groups = &report->model.other;
    if (groups->count == 0)
        return;
    parts_heading(report, SAY(report, "NOT COUNTED", "■ 数えなかったもの"));
    size_t i = 0;
    for (; i < groups->count && i < SHOWN_OTHER; i++) {
        const struct finding *finding = groups->items[i].items[0];
        page_paragraph(report->out, SAY(report, "  ? ", "  ？"),
            arena_format(parts_arena(report),
                report->lang == LANG_EN ? "%.*s: %.*s%.*s" : "%.*s：%.*s%.*s",
                STR_ARG(title_of(report, finding)),
                STR_ARG(parts_say(report, reasons[finding->verdict])),
                STR_ARG(seqs(report, &groups->items[i]))));
    }
    parts_more(report, groups->count - i, "score");
}

/* A number in brackets means nothing to who has not read docs/rules.md. */
static void write_legend(struct report *report)
{
    if (report->has_points)
        page_paragraph(report->out, STR("  "),
            SAY(report,
                "In brackets, how much an answer is worth by three measures: time (less when "
                "late), content (less when facts are missing), unaided (half after help).",
                "［］は3つの面から見た答えの値打ち。時間は遅れると減り、内容は必要な事実が欠けると"
                "減り、自力は助けの後では半分になる。"));
}

void verdicts_write(struct report *report)
{
    static const struct words well = WORDS("WENT WELL", "うまくいったこと");
    static const struct words improve = WORDS("TO IMPROVE", "改善したいこと");
    write_scored(report, well, &report->model.well, SHOWN_WELL, write_success);
    write_scored(report, improve, &report->model.improve, SHOWN_IMPROVE, write_miss);
    write_legend(report);
    write_other(report);
}

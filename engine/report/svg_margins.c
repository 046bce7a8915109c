/* How early or late, finding by finding. All clocks share one axis: the share of the window that
 * was used, 0 when it began and 100 % at the bound, so that minutes and days can stand side by
 * side. */
#include "report/pictures.h"
#include "report/sections.h"

enum { ROW = 24, TOP = 30, NAME = 384, RIGHT = 776, FOOT = 58, SHEET = 30, AXIS_END = 200 };

static bool is_drawn(const struct finding *finding)
{
    return finding->start_ms >= 0 && finding->bound_ms > finding->start_ms &&
           finding->rule->kind != RULE_PRECEDE &&
           (finding->verdict == VERDICT_VIOLATED ||
               (finding->verdict == VERDICT_SATISFIED && finding->met_ms >= 0));
}

/* The rules that have any, the gravest first, then in their order. */
static size_t find_rows(struct dossier *dossier, const struct dossier_rule ***ret_rows)
{
    size_t count = 0;
    *ret_rows =
        ARENA_ARRAY(dossier_arena(dossier), dossier->rule_count + 1, const struct dossier_rule *);
    for (int severity = SEVERITY_COUNT; severity-- > 0;)
        for (size_t i = 0; i < dossier->rule_count; i++) {
            const struct dossier_rule *group = &dossier->rules[i];
            bool has_any = false;
            for (size_t f = 0; f < group->count; f++)
                has_any = has_any || is_drawn(&group->findings[f]);
            if (has_any && (int)group->rule->severity == severity)
                (*ret_rows)[count++] = group;
        }
    return count;
}

static int margin_x(int64_t percent)
{
    percent = percent < 0 ? 0 : percent > AXIS_END ? AXIS_END : percent;
    return NAME + (int)(percent * (RIGHT - NAME) / AXIS_END);
}

static void draw_finding(struct svg *svg, const struct finding *finding, int y)
{
    enum svg_mark mark = finding->met_ms < 0                     ? SVG_CROSS
                         : finding->margin_ms < 0                ? SVG_LATE
                         : finding->verdict != VERDICT_SATISFIED ? SVG_CROSS
                         : finding->assistance_permille < 1000   ? SVG_RING
                                                                 : SVG_DOT;
    int64_t used = finding->met_ms < 0 ? AXIS_END
                                       : (finding->met_ms - finding->start_ms) * 100 /
                                             (finding->bound_ms - finding->start_ms);
    int64_t seq = finding->target_seq != 0 ? finding->target_seq : finding->activation_seq;
    int x = finding->met_ms < 0 ? RIGHT + 16 : margin_x(used);
    svg_link(svg, seq);
    svg_mark(svg, x, y, mark);
    svg_link_end(svg, seq);
}

static void draw_row(struct svg *svg, const struct dossier_rule *group, int top)
{
    struct dossier *dossier = svg->dossier;
    int y = top + ROW / 2;
    size_t count = 0;
    const struct finding *one = NULL;
    svg_line(svg, (struct svg_box){0, top, SVG_WIDTH, top}, "lane");
    for (size_t f = 0; f < group->count; f++) {
        const struct finding *finding = &group->findings[f];
        if (!is_drawn(finding))
            continue;
        draw_finding(svg, finding, y);
        count++;
        if (one == NULL || finding->met_ms < 0 ||
            (one->met_ms >= 0 && finding->margin_ms < one->margin_ms))
            one = finding;
    }
    svg_text_fit(svg, (struct svg_box){4, y + 5, NAME - 62, 0}, "small",
        dossier_rule_title(dossier, group->rule));
    svg_text(svg, NAME - 50, y + 5, "under", arena_format(dossier_arena(dossier), "n=%zu", count));
    struct str margin =
        one->met_ms < 0 ? TELL(dossier, "never", "未実施") : section_margin(dossier, one);
    svg_text_fit(
        svg, (struct svg_box){RIGHT + 30, y + 5, SVG_WIDTH - RIGHT - 30, 0}, "small", margin);
}

static void draw_axis(struct svg *svg, int bottom)
{
    struct dossier *dossier = svg->dossier;
    svg_rect(svg, (struct svg_box){NAME, TOP, margin_x(100) - NAME, bottom - TOP}, "window");
    for (int percent = 0; percent <= AXIS_END; percent += 50) {
        int x = margin_x(percent);
        svg_line(svg, (struct svg_box){x, TOP, x, bottom}, percent == 100 ? "bound" : "grid");
        svg_text(svg, x, bottom + 16, "tick",
            arena_format(dossier_arena(dossier), percent == AXIS_END ? "%d%%+" : "%d%%", percent));
    }
    svg_text(svg, margin_x(50), TOP - 10, "value", TELL(dossier, "within the time", "時間内"));
    svg_text(svg, margin_x(150), TOP - 10, "value", TELL(dossier, "over it", "超過"));
    svg_text(svg, RIGHT + 30, TOP - 10, "under",
        TELL(dossier, "the closest or worst", "最も際どい／遅いもの"));
}

bool svg_margins(struct svg *svg, size_t part)
{
    static const struct svg_key keys[] = {
        {SVG_DOT, WORDS("in time", "時間内")},
        {SVG_RING, WORDS("in time, after help", "助けを得て時間内")},
        {SVG_LATE, WORDS("late", "遅れ")},
        {SVG_CROSS, WORDS("never, or not as it had to be", "未実施、または条件を満たさず")},
    };
    struct dossier *dossier = svg->dossier;
    const struct dossier_rule **rows;
    size_t all = find_rows(dossier, &rows), first = part * SHEET;
    if (first >= all)
        return false;
    size_t count = all - first < SHEET ? all - first : SHEET;
    int bottom = TOP + (int)count * ROW;
    struct str id = arena_format(dossier_arena(dossier), "margins-%zu", part + 1);
    svg->height = bottom + FOOT;
    svg_begin(svg, id.ptr, TELL(dossier, "How early, how late", "期限に対する余裕と超過"),
        TELL(dossier,
            "A row for each rule with a time, a mark for each finding: how much of the time was "
            "used. 100 % is the bound. The findings list has the figures.",
            "時間の定めがあるルールごとに1行、判定1件ごとに印を置く。横軸は使った時間の割合で、"
            "100%が期限。数値は判定の一覧に示す。"));
    draw_axis(svg, bottom);
    for (size_t i = 0; i < count; i++)
        draw_row(svg, rows[first + i], TOP + (int)i * ROW);
    svg_keys(svg, bottom + 44, keys, sizeof(keys) / sizeof(keys[0]));
    svg_end(svg);
    return true;
}

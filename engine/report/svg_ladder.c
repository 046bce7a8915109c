/* The escalation ladder: a lane for each rung, the lowest rung at the bottom, exercise time to the
 * right. The window in which somebody should have heard is shaded; what ran over is hatched. */
#include "report/ladder.h"
#include "report/pictures.h"
#include "report/sections.h"

enum { LANE = 58, TOP = 26, NAME = 236, RIGHT = SVG_WIDTH - 118, FOOT = 58 };

static void draw_window(
    struct svg *svg, const struct svg_scale *scale, const struct ladder_rung *rung, int middle)
{
    int64_t until = rung->drawn.met_ms >= 0 ? rung->drawn.met_ms : scale->end_ms;
    if (rung->drawn.bound_ms < 0)
        return;
    int x = svg_x(scale, rung->drawn.start_ms), bound = svg_x(scale, rung->drawn.bound_ms);
    svg_rect(svg, (struct svg_box){x, middle - 11, bound - x, 22}, "window");
    if (until > rung->drawn.bound_ms)
        svg_rect(
            svg, (struct svg_box){bound, middle - 11, svg_x(scale, until) - bound, 22}, "over");
    if (rung->drawn.bound_ms <= scale->end_ms)
        svg_line(svg, (struct svg_box){bound, middle - 15, bound, middle + 15}, "bound");
}

/* Who stands in heard it in time, and that is what counted. */
static bool is_by_deputy(const struct ladder_rung *rung)
{
    return rung->outcome == LADDER_REACHED && rung->heard_by.len != 0 &&
           str_eq(rung->heard_by, rung->deputy);
}

static struct str outcome_text(struct svg *svg, const struct ladder_rung *rung)
{
    struct dossier *dossier = svg->dossier;
    switch (rung->outcome) {
    case LADDER_REACHED:
        if (rung->finding == NULL)
            return TELL(dossier, "told", "連絡あり");
        if (is_by_deputy(rung))
            return TELL(dossier, "by the deputy", "代理に時間内");
        return TELL(dossier, "in time", "時間内");
    case LADDER_LATE:
        return section_margin(dossier, rung->finding);
    case LADDER_NOT_REACHED:
        return TELL(dossier, "never", "伝わらず");
    case LADDER_NOT_TOLD:
        return TELL(dossier, "not told", "連絡なし");
    case LADDER_NOT_CALLED:
        return TELL(dossier, "not called for", "該当なし");
    default:
        return TELL(dossier, "not here", "登場せず");
    }
}

static void draw_marks(
    struct svg *svg, const struct svg_scale *scale, const struct ladder_rung *rung, int middle)
{
    for (size_t i = 0; i < rung->try_count; i++) {
        svg_link(svg, rung->tries[i]->seq);
        svg_mark(svg, svg_x(scale, rung->tries[i]->observed_ms), middle + 18, SVG_TRY);
        svg_link_end(svg, rung->tries[i]->seq);
    }
    if (rung->deputy_ms >= 0) {
        svg_link(svg, rung->deputy_seq);
        svg_mark(svg, svg_x(scale, rung->deputy_ms),
            middle + (is_by_deputy(rung) && rung->deputy_seq == rung->met_seq ? 0 : 18),
            SVG_DIAMOND);
        svg_link_end(svg, rung->deputy_seq);
    }
    enum svg_mark mark = rung->outcome == LADDER_LATE ? SVG_LATE
                         : rung->is_hinted            ? SVG_RING
                                                      : SVG_DOT;
    if (rung->drawn.met_ms >= 0) {
        int x = svg_x(scale, rung->drawn.met_ms);
        svg_link(svg, rung->met_seq);
        svg_mark(svg, x, middle, is_by_deputy(rung) ? SVG_DIAMOND : mark);
        svg_text(svg, x, middle - 16, "value", dossier_clock(svg->dossier, rung->drawn.met_ms));
        svg_link_end(svg, rung->met_seq);
    } else if (rung->outcome == LADDER_NOT_REACHED) {
        svg_mark(svg, svg_x(scale, scale->end_ms), middle, SVG_CROSS);
    }
}

static void draw_rung(
    struct svg *svg, const struct svg_scale *scale, const struct ladder_rung *rung, int top)
{
    struct dossier *dossier = svg->dossier;
    int middle = top + LANE / 2 + 2;
    struct str from = dossier_party(dossier, rung->from);
    struct str under =
        rung->rung->within_ms == 0
            ? dossier_format(dossier, "from %.*s", "%.*sから", STR_ARG(from))
            : dossier_format(dossier, "from %.*s, ≤ %.*s", "%.*sから %.*s以内", STR_ARG(from),
                  STR_ARG(dossier_clock(dossier, rung->rung->within_ms)));
    svg_line(svg, (struct svg_box){0, top, SVG_WIDTH, top}, "lane");
    svg_text_fit(svg, (struct svg_box){4, middle - 4, NAME - 30, 0}, "name",
        dossier_label(dossier, rung->to));
    svg_text_fit(svg, (struct svg_box){4, middle + 14, NAME + 20, 0}, "under", under);
    draw_window(svg, scale, rung, middle);
    draw_marks(svg, scale, rung, middle);
    svg_text(svg, RIGHT + 16, middle + 5,
        rung->outcome == LADDER_LATE || rung->outcome == LADDER_NOT_REACHED ? "result bad"
                                                                            : "result",
        outcome_text(svg, rung));
}

static size_t count_present(const struct ladder_rung *rungs, size_t count)
{
    size_t present = 0;
    for (size_t i = 0; i < count; i++)
        present += rungs[i].outcome != LADDER_ABSENT;
    return present;
}

bool svg_ladder(struct svg *svg, size_t part)
{
    static const struct svg_key keys[] = {
        {SVG_DOT, WORDS("heard in time", "時間内に伝わった")},
        {SVG_RING, WORDS("the same, after help", "助けを得て時間内")},
        {SVG_LATE, WORDS("heard late", "遅れて伝わった")},
        {SVG_CROSS, WORDS("never heard", "最後まで伝わらず")},
        {SVG_TRY, WORDS("a call that reached nobody", "つながらなかった連絡")},
        {SVG_DIAMOND, WORDS("the deputy knew", "代理が知った")},
    };
    struct dossier *dossier = svg->dossier;
    struct ladder_rung *rungs;
    size_t count = ladder_find(dossier, &rungs), present = count_present(rungs, count);
    if (part != 0 || present == 0)
        return false;
    struct svg_scale scale = {NAME, RIGHT, dossier->report.model.end_ms};
    int bottom = TOP + (int)present * LANE, top = bottom;
    svg->height = bottom + FOOT;
    svg_begin(svg, "ladder", TELL(dossier, "Escalation ladder", "エスカレーションの段階"),
        TELL(dossier,
            "Each lane is a rung of the ladder, exercise time runs to the right. Shaded: the time "
            "within which the rung should have heard; hatched: time over it. The table below has "
            "the same in words.",
            "各段がエスカレーションの相手、横軸は演習時間。網掛けは伝えるべき時間の範囲、斜線は超過"
            "した時間。"
            "同じ内容を下の表に示す。"));
    svg_phases(svg, &scale, 0, bottom);
    svg_axis(svg, &scale, TOP, bottom);
    for (size_t i = 0; i < count; i++)
        if (rungs[i].outcome != LADDER_ABSENT)
            draw_rung(svg, &scale, &rungs[i], top -= LANE);
    svg_line(svg, (struct svg_box){0, bottom, SVG_WIDTH, bottom}, "lane");
    svg_keys(svg, bottom + 44, keys, sizeof(keys) / sizeof(keys[0]));
    svg_end(svg);
    return true;
}

/* Two tracks over exercise time: above the line what came, below it what the team did; between them
 * the windows in which something was expected. Marks that would lie on each other are stacked. */
#include "report/pictures.h"
#include "report/windows.h"

enum {
    LEFT = 268,
    RIGHT = SVG_WIDTH - 30,
    STEP = 15,
    LEVELS = 9, /* marks above each other; what does not fit lies on the last level */
    GAP = 13,
    WINDOW = 19,
    WINDOWS = 14,
    HEAD = 22
};

/* Where marks of one track have been put. */
struct stack {
    int last_x[LEVELS];
    int used; /* levels */
};

static int level_for(struct stack *stack, int x)
{
    int level = 0;
    while (level < LEVELS - 1 && stack->last_x[level] != 0 && stack->last_x[level] + GAP > x)
        level++;
    stack->last_x[level] = x;
    stack->used = level + 1 > stack->used ? level + 1 : stack->used;
    return level;
}

static enum svg_mark mark_of(struct dossier *dossier, const struct event *event)
{
    const struct def_inject *inject =
        event->kind == EVENT_DELIVERED
            ? def_inject(dossier_def(dossier), event->body.delivered.inject)
            : NULL;
    if (inject != NULL)
        return inject->kind == INJECT_CONTINGENCY ? SVG_RING : SVG_SQUARE;
    switch (event->kind) {
    case EVENT_DECIDED:
    case EVENT_DECLARED:
        return SVG_DIAMOND;
    case EVENT_EXPIRED:
    case EVENT_UNREACHED:
        return SVG_TRY;
    case EVENT_HINTED:
        return SVG_RING;
    default:
        return SVG_DOT;
    }
}

/* Places of the marks of a track: the first walk counts levels, the second draws. */
static int draw_track(
    struct svg *svg, const struct svg_scale *scale, enum windows_track track, int base)
{
    const struct model *model = &svg->dossier->report.model;
    struct stack stack = {0};
    int direction = track == TRACK_CAME ? -1 : 1;
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (windows_track(svg->dossier, event) != track)
            continue;
        int x = svg_x(scale, event->observed_ms);
        int level = level_for(&stack, x);
        if (base < 0)
            continue;
        svg_link(svg, event->seq);
        svg_mark(svg, x, base + direction * (level * STEP + 10), mark_of(svg->dossier, event));
        svg_link_end(svg, event->seq);
    }
    return stack.used;
}

static void draw_window(
    struct svg *svg, const struct svg_scale *scale, const struct finding *finding, int y)
{
    struct dossier *dossier = svg->dossier;
    int64_t until = finding->met_ms >= 0 ? finding->met_ms : scale->end_ms;
    int x = svg_x(scale, finding->start_ms), bound = svg_x(scale, finding->bound_ms);
    svg_rect(svg, (struct svg_box){x, y + 4, bound - x, 10}, "window");
    if (until > finding->bound_ms)
        svg_rect(svg, (struct svg_box){bound, y + 4, svg_x(scale, until) - bound, 10}, "over");
    if (finding->bound_ms <= scale->end_ms)
        svg_line(svg, (struct svg_box){bound, y + 1, bound, y + 17}, "bound");
    svg_link(svg, finding->target_seq);
    if (finding->met_ms >= 0)
        svg_mark(svg, svg_x(scale, finding->met_ms), y + 9,
            finding->margin_ms < 0                 ? SVG_LATE
            : finding->assistance_permille < 1000  ? SVG_RING
            : finding->verdict == VERDICT_VIOLATED ? SVG_CROSS
                                                   : SVG_DOT);
    else
        svg_mark(svg, svg_x(scale, scale->end_ms) - 6, y + 9, SVG_CROSS);
    svg_link_end(svg, finding->target_seq);
    svg_text_fit(svg, (struct svg_box){4, y + 13, LEFT - 10, 0}, "small",
        dossier_rule_title(dossier, finding->rule));
}

/* Missed ones first: there may be more than have room. */
static size_t choose_windows(struct dossier *dossier, const struct finding *shown[WINDOWS])
{
    const struct finding **all;
    size_t count = windows_find(dossier, &all), shown_count = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count && shown_count < WINDOWS; i++)
            if ((all[i]->verdict == VERDICT_VIOLATED) == (pass == 0))
                shown[shown_count++] = all[i];
    return shown_count;
}

bool svg_timeline(struct svg *svg, size_t part)
{
    static const struct svg_key keys[] = {
        {SVG_SQUARE, WORDS("news", "付与")},
        {SVG_RING, WORDS("help: contingency, hint", "補助・ヒント")},
        {SVG_TRY, WORDS("not reached, not decided", "不通・時間切れ")},
        {SVG_DOT, WORDS("message, deed", "連絡・実施")},
        {SVG_DIAMOND, WORDS("decision, declaration", "決定・宣言")},
        {SVG_LATE, WORDS("late", "遅れ")},
    };
    struct dossier *dossier = svg->dossier;
    const struct finding *windows[WINDOWS];
    size_t count = choose_windows(dossier, windows);
    struct svg_scale scale = {LEFT, RIGHT, dossier->report.model.end_ms};
    if (part != 0)
        return false;
    int came = draw_track(svg, &scale, TRACK_CAME, -1);
    int team = draw_track(svg, &scale, TRACK_TEAM, -1);
    int top = HEAD + came * STEP + 14, middle = top + (int)count * WINDOW + 10;
    int bottom = middle + team * STEP + 16;
    svg->height = bottom + 58;
    svg_begin(svg, "timeline",
        TELL(dossier, "What came, and what the team did", "届いたものと、チームの行動"),
        TELL(dossier,
            "Exercise time runs to the right. Above, what came; below, what the team did; between "
            "them the time within which something was expected. The table has every line.",
            "横軸は演習時間。上段は届いたもの、下段はチームの行動、中段は行動が期待された時間の範囲"
            "。"
            "すべての項目を表に示す。"));
    svg_phases(svg, &scale, 0, bottom);
    svg_axis(svg, &scale, HEAD, bottom);
    svg_line(svg, (struct svg_box){0, top, SVG_WIDTH, top}, "lane");
    svg_line(svg, (struct svg_box){0, middle, SVG_WIDTH, middle}, "lane");
    svg_text(svg, 4, top - 8, "name", TELL(dossier, "What came", "届いたもの"));
    svg_text(svg, 4, middle + 20, "name", TELL(dossier, "What the team did", "チームの行動"));
    (void)draw_track(svg, &scale, TRACK_CAME, top - 2);
    for (size_t i = 0; i < count; i++)
        draw_window(svg, &scale, windows[i], top + 4 + (int)i * WINDOW);
    (void)draw_track(svg, &scale, TRACK_TEAM, middle + 2);
    svg_keys(svg, bottom + 44, keys, sizeof(keys) / sizeof(keys[0]));
    svg_end(svg);
    return true;
}

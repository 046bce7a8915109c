/* Shares with their opportunities: a row each, every opportunity a mark, and an interval only where
 * there are enough of them. One axis for all, from none to all of them. */
#include "report/pictures.h"
#include "report/practices.h"

enum { ROW = 34, TOP = 8, LEFT = 560, RIGHT = 880, FOOT = 56, FOOT_BARE = 34 };

/* Where no bar is drawn, names and marks take its room. */
struct share_columns {
    int name_wide, marks_wide, text;
};
static const struct share_columns with_bars = {238, 280, LEFT + 4};
static const struct share_columns without_bars = {420, 360, 830};

/* What a row is drawn from. Of a capability all marks count, and a hint is among what was met; of a
 * skill neither hints nor unexplained misses count. */
struct share_row {
    struct str name;
    const struct finding **items;
    size_t mark_count;
    size_t n, met, hinted;
    int64_t low, high;
    bool is_skill;
    bool is_insufficient; /* what is observed says nothing of the long run yet */
    const struct share_columns *columns;
};

static enum svg_mark mark_of(const struct share_row *row, const struct finding *finding)
{
    if (finding->verdict != VERDICT_SATISFIED)
        return row->is_skill && finding->cause < 0 ? SVG_OPEN : SVG_CROSS;
    return finding->assistance_permille < 1000 ? SVG_RING : SVG_DOT;
}

static int share_x(int64_t permille)
{
    return LEFT + (int)(permille * (RIGHT - LEFT) / 1000);
}

/* The first ones as marks, closer together when there are many. */
static void draw_items(struct svg *svg, const struct share_row *row, int y)
{
    int step = row->columns->marks_wide / (int)row->mark_count;
    size_t met = row->is_skill ? row->met + row->hinted : row->met;
    step = step > 16 ? 16 : step;
    if (step < 11) { /* too many to tell apart: their numbers say it */
        svg_text(svg, row->columns->name_wide + 22, y + 5, "under",
            dossier_format(svg->dossier, "%zu met (%zu after help), %zu missed",
                "達成%zu（うち助けあり%zu）、未達%zu", met, row->hinted, row->mark_count - met));
        return;
    }
    for (size_t i = 0; i < row->mark_count; i++) {
        int64_t seq = row->items[i]->target_seq != 0 ? row->items[i]->target_seq
                                                     : row->items[i]->activation_seq;
        svg_link(svg, seq);
        svg_mark(svg, row->columns->name_wide + 28 + (int)i * step, y, mark_of(row, row->items[i]));
        svg_link_end(svg, seq);
    }
}

/* Of one exercise alone every bar of a skill would run from about a third to all. */
static bool has_bar(const struct share_row *row)
{
    return row->n >= LABELS_LEAST_DRAWN && !row->is_insufficient;
}

static void write_little(struct svg *svg, const struct share_row *row, int y)
{
    struct str text = row->is_skill ? dossier_format(svg->dossier, "%zu of %zu alone",
                                          "自力%zu／%zu件", row->met, row->mark_count)
                                    : dossier_format(svg->dossier, "insufficient evidence (n=%zu)",
                                          "判断材料が不足（n=%zu）", row->n);
    svg_text(svg, row->columns->text, y + 5, "under", text);
}

static void draw_row(struct svg *svg, const struct share_row *row, int top)
{
    struct dossier *dossier = svg->dossier;
    int y = top + ROW / 2;
    svg_line(svg, (struct svg_box){0, top, SVG_WIDTH, top}, "lane");
    svg_text_fit(svg, (struct svg_box){4, y + 5, row->columns->name_wide, 0}, "name", row->name);
    if (row->mark_count == 0) {
        svg_text(svg, row->columns->name_wide + 22, y + 5, "under", STR("n.a. (n=0)"));
        return;
    }
    draw_items(svg, row, y);
    if (!has_bar(row)) {
        write_little(svg, row, y);
        return;
    }
    int low = share_x(row->low), high = share_x(row->high);
    svg_rect(svg, (struct svg_box){low, y - 6, high - low, 12}, "interval");
    int share = share_x((int64_t)row->met * 1000 / (int64_t)row->n);
    svg_line(svg, (struct svg_box){share, y - 9, share, y + 9}, "bound");
    svg_text(svg, RIGHT + 14, y + 5, "result",
        arena_format(dossier_arena(dossier), "%zu/%zu", row->met, row->n));
}

static void draw_axis(struct svg *svg, int bottom)
{
    for (int permille = 0; permille <= 1000; permille += 250) {
        int x = share_x(permille);
        svg_line(svg, (struct svg_box){x, TOP, x, bottom}, "grid");
        svg_text(svg, x, bottom + 16, "tick",
            arena_format(dossier_arena(svg->dossier), "%d%%", permille / 10));
    }
}

/* What a picture is called and how it is read. */
struct share_picture {
    const char *id;
    struct words title, description;
    struct svg_key keys[4];
    size_t key_count;
};

static const struct share_picture capabilities_picture = {"capabilities",
    WORDS("Capabilities", "能力別の結果"),
    WORDS("A mark for each scored opportunity. On the right the share that was met, a line, "
          "within its 95 % interval, a bar; there is none below three opportunities.",
        "印は採点した機会1件を表す。右側の線は達成の割合、帯は95%区間（3件未満では示さない）。"),
    {{SVG_DOT, WORDS("met", "達成")}, {SVG_RING, WORDS("met after help", "助けを得て達成")},
        {SVG_CROSS, WORDS("missed", "未達")}},
    3};

static const struct share_picture skills_picture = {"skills", WORDS("Skills", "スキル"),
    WORDS(
        "A mark for each opportunity. On the right how many were met without help; a bar, the 90 % "
        "interval of the rate in the long run, only where the evidence is sufficient.",
        "印は機会1件を表す。右側は自力で達成した件数。帯は長期的な割合の90%区間で、"
        "判断材料が足りるときだけ示す。"),
    {{SVG_DOT, WORDS("met", "達成")}, {SVG_RING, WORDS("met after help", "助けを得て達成")},
        {SVG_CROSS, WORDS("missed for want of skill", "スキルが原因の未達")},
        {SVG_OPEN, WORDS("missed, cause not named", "未達（原因は未記入）")}},
    4};

static void draw_rows(
    struct svg *svg, const struct share_picture *shown, struct share_row *rows, size_t count)
{
    struct dossier *dossier = svg->dossier;
    int bottom = TOP + (int)count * ROW;
    bool any_bar = !rows[0].is_skill;
    for (size_t i = 0; i < count; i++)
        any_bar |= has_bar(&rows[i]);
    svg->height = bottom + (any_bar ? FOOT : FOOT_BARE);
    svg_begin(svg, shown->id, dossier_say(dossier, shown->title),
        dossier_say(dossier, shown->description));
    if (any_bar)
        draw_axis(svg, bottom);
    for (size_t i = 0; i < count; i++) {
        rows[i].columns = any_bar ? &with_bars : &without_bars;
        draw_row(svg, &rows[i], TOP + (int)i * ROW);
    }
    svg_keys(svg, bottom + (any_bar ? 42 : 22), shown->keys, shown->key_count);
    svg_end(svg);
}

bool svg_skills(struct svg *svg, size_t part)
{
    struct dossier *dossier = svg->dossier;
    struct practice_row *skills;
    size_t count = practices_find(dossier, &skills);
    if (part != 0 || count == 0)
        return false;
    struct share_row *rows = ARENA_ARRAY(dossier_arena(dossier), count, struct share_row);
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct share_row){.name = dossier_say(dossier, skills[i].practice->name),
            .items = skills[i].items,
            .mark_count = skills[i].count,
            .n = (size_t)skills[i].is.n,
            .met = (size_t)skills[i].is.met,
            .hinted = (size_t)skills[i].is.hinted,
            .low = skills[i].is.interval.low,
            .high = skills[i].is.interval.high,
            .is_skill = true,
            .is_insufficient = skills[i].is.word == SKILL_INSUFFICIENT};
    draw_rows(svg, &skills_picture, rows, count);
    return true;
}

static struct share_row capability_row(struct dossier *dossier, const struct capability *capability)
{
    struct share_row row = {.name = dossier_say(dossier, labels_capability(capability->id)),
        .low = capability->low_permille,
        .high = capability->high_permille};
    row.items =
        ARENA_ARRAY(dossier_arena(dossier), capability->scored_count + 1, const struct finding *);
    for (size_t i = 0; i < dossier->source.finding_count; i++) {
        const struct finding *finding = &dossier->source.findings[i];
        bool is_met = finding->verdict == VERDICT_SATISFIED;
        if (!str_eq(finding->rule->capability, capability->id) ||
            (!is_met && finding->verdict != VERDICT_VIOLATED))
            continue;
        row.items[row.mark_count++] = finding;
        row.met += is_met;
        row.hinted += is_met && finding->assistance_permille < 1000;
    }
    row.n = row.mark_count;
    return row;
}

bool svg_capabilities(struct svg *svg, size_t part)
{
    struct dossier *dossier = svg->dossier;
    if (part != 0 || dossier->capability_count == 0)
        return false;
    struct share_row *rows =
        ARENA_ARRAY(dossier_arena(dossier), dossier->capability_count, struct share_row);
    for (size_t i = 0; i < dossier->capability_count; i++)
        rows[i] = capability_row(dossier, &dossier->capabilities[i]);
    draw_rows(svg, &capabilities_picture, rows, dossier->capability_count);
    return true;
}

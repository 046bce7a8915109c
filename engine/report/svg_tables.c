/* Two tables as pictures: who knew what and when, and who told whom.
 *
 * Each sheet has as many columns as stay readable on paper; the next ones go on on another. */
#include "report/knowing.h"
#include "report/pictures.h"
#include "report/telling.h"

enum {
    NAME = 196,
    SIDE = 80, /* room on the right into which slanted heads lean */
    COLUMNS = 13,
    HEAD = 138,
    FACT = 36,
    FACTS = 30,
    PAIR = 42,
    FOOT = 44,
    LAG_SHORT_MS = 5 * 60 * 1000,
    LAG_LONG_MS = 15 * 60 * 1000
};

/* How wide a column is when so many share the sheet. */
static int column_width(size_t columns)
{
    int width = (SVG_WIDTH - NAME - SIDE) / (int)(columns == 0 ? 1 : columns);
    return width > 96 ? 96 : width;
}

/* A name leaning to the right over its column. */
static void draw_head(struct svg *svg, struct str party, int x, int width)
{
    struct dossier *dossier = svg->dossier;
    struct str name = dossier_label(dossier, party);
    buf_format(
        svg->out, "<g transform=\"translate(%d %d) rotate(-48)\">\n", x + width / 2 + 2, HEAD - 8);
    svg_text_fit(svg, (struct svg_box){0, 0, 184, 0}, "slant", name);
    buf_add(svg->out, STR("</g>\n"));
}

/* ---- who knew what when ---- */

static const char *cell_class(const struct knowing_cell *cell)
{
    if (cell->known == NULL)
        return cell->need == NEED_MUST ? "cell missing" : "cell none";
    if (cell->need == NEED_NEVER)
        return "cell never";
    if (cell->need != NEED_MUST)
        return "cell useful";
    return cell->known->lag_ms <= LAG_SHORT_MS  ? "cell soon"
           : cell->known->lag_ms <= LAG_LONG_MS ? "cell later"
                                                : "cell late";
}

/* The moment on a line of the whole exercise, and the time over it. */
static void draw_cell(
    struct svg *svg, const struct knowing_cell *cell, struct svg_box box, int64_t end_ms)
{
    struct svg_scale scale = {box.x + 7, box.x + box.width - 7, end_ms};
    svg_link(svg, cell->seq);
    svg_rect(svg, box, cell_class(cell));
    if (cell->known != NULL) {
        int y = box.y + box.height - 8, x = svg_x(&scale, cell->known->learned_ms);
        svg_line(svg, (struct svg_box){scale.left, y, scale.right, y}, "track");
        buf_format(svg->out, "<circle class=\"pin\" cx=\"%d\" cy=\"%d\" r=\"4\"/>\n", x, y);
        svg_text(svg, box.x + box.width / 2, box.y + 17, "time clear",
            arena_format(dossier_arena(svg->dossier), "%.*s%s",
                STR_ARG(dossier_clock(svg->dossier, cell->known->learned_ms)),
                cell->need == NEED_NEVER ? " !" : ""));
    } else if (cell->need == NEED_MUST) {
        svg_mark(svg, box.x + box.width / 2, box.y + box.height / 2, SVG_CROSS);
    }
    svg_link_end(svg, cell->seq);
}

static void draw_knowledge_keys(struct svg *svg, int y)
{
    static const struct {
        const char *class;
        struct words words;
    } keys[] = {
        {"cell soon", WORDS("had to know: within 5 min", "要通知：5分以内")},
        {"cell later", WORDS("within 15 min", "15分以内")},
        {"cell late", WORDS("later", "それ以降")},
        {"cell missing", WORDS("× never", "× 最後まで知らず")},
        {"cell useful", WORDS("knew, no must", "知っていた（任意）")},
        {"cell never", WORDS("! must not know", "! 知らせてはならない")},
    };
    int x = 4;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        struct str text = dossier_say(svg->dossier, keys[i].words);
        svg_rect(svg, (struct svg_box){x, y - 12, 18, 14}, keys[i].class);
        svg_text(svg, x + 23, y, "key", text);
        x += 38 + 7 * page_width(text);
    }
}

/* A sheet: so many columns, and of the facts those that have anything in them. */
struct sheet {
    size_t party, columns; /* from, how many */
    size_t *facts;
    size_t fact_count, first; /* of these facts, from which */
};

static void take_columns(
    struct dossier *dossier, const struct knowing *knowing, struct sheet *sheet)
{
    sheet->facts = ARENA_ARRAY(dossier_arena(dossier), knowing->fact_count + 1, size_t);
    sheet->fact_count = 0;
    for (size_t f = 0; f < knowing->fact_count; f++) {
        bool has_any = false;
        for (size_t p = 0; p < sheet->columns; p++) {
            const struct knowing_cell *cell = knowing_cell(knowing, f, sheet->party + p);
            has_any = has_any || cell->known != NULL || cell->need == NEED_MUST;
        }
        if (has_any)
            sheet->facts[sheet->fact_count++] = f;
    }
}

/* Evenly many columns a sheet, so that no last one has a single column. */
static bool find_sheet(
    struct dossier *dossier, const struct knowing *knowing, size_t part, struct sheet *sheet)
{
    size_t across = (knowing->party_count + COLUMNS - 1) / COLUMNS, number = 0;
    size_t each = across == 0 ? 0 : (knowing->party_count + across - 1) / across;
    for (size_t group = 0; group < across; group++) {
        size_t left = knowing->party_count - group * each;
        *sheet = (struct sheet){.party = group * each, .columns = left < each ? left : each};
        take_columns(dossier, knowing, sheet);
        for (sheet->first = 0; sheet->first < sheet->fact_count; sheet->first += FACTS)
            if (number++ == part)
                return true;
    }
    return false;
}

/* The first bytes of the text that may not begin a line in Japanese, and so stay with the last. */
static size_t closing_bytes(struct str text)
{
    static const char *const closing[] = {"、", "。", "）", "」", "』", "ー", "・", "，"};
    for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++)
        if (str_starts_with(text, str_of(closing[i])))
            return str_of(closing[i]).len;
    return 0;
}

/* A statement in two lines. */
static void draw_fact(struct svg *svg, struct str text, int y)
{
    char room[512];
    enum { LETTERS = (NAME - 8) / 6 };
    struct str first = page_fit(text, LETTERS, room, sizeof(room));
    if (first.ptr == text.ptr) {
        svg_text(svg, 4, y + 22, "fact", text);
        return;
    }
    size_t cut = first.len - 3; /* without the dots */
    size_t space = cut;
    while (space > cut / 2 && text.ptr[space] != ' ')
        space--;
    cut = space > cut / 2 ? space : cut;
    cut += closing_bytes(str_after(text, cut));
    svg_text(svg, 4, y + 15, "fact", (struct str){text.ptr, cut});
    svg_text_fit(
        svg, (struct svg_box){4, y + 29, NAME + 20, 0}, "fact", str_trim(str_after(text, cut)));
}

static void draw_sheet(struct svg *svg, const struct knowing *knowing, const struct sheet *sheet)
{
    struct dossier *dossier = svg->dossier;
    int width = column_width(sheet->columns);
    for (size_t p = 0; p < sheet->columns; p++)
        draw_head(svg, knowing->parties[sheet->party + p], NAME + (int)p * width, width);
    for (size_t f = sheet->first; f < sheet->fact_count && f < sheet->first + FACTS; f++) {
        int y = HEAD + (int)(f - sheet->first) * FACT;
        svg_line(svg, (struct svg_box){0, y, SVG_WIDTH, y}, "lane");
        draw_fact(svg, dossier_say(dossier, knowing->facts[sheet->facts[f]]->text), y);
        for (size_t p = 0; p < sheet->columns; p++)
            draw_cell(svg, knowing_cell(knowing, sheet->facts[f], sheet->party + p),
                (struct svg_box){NAME + (int)p * width + 1, y + 1, width - 2, FACT - 2},
                dossier->report.model.end_ms);
    }
}

bool svg_knowledge(struct svg *svg, size_t part)
{
    struct dossier *dossier = svg->dossier;
    struct knowing knowing;
    struct sheet sheet;
    knowing_find(dossier, &knowing);
    if (!find_sheet(dossier, &knowing, part, &sheet))
        return false;
    size_t rows = sheet.fact_count - sheet.first;
    int bottom = HEAD + (int)(rows < FACTS ? rows : FACTS) * FACT;
    struct str id = arena_format(dossier_arena(dossier), "knowledge-%zu", part + 1);
    svg->height = bottom + FOOT;
    svg_begin(svg, id.ptr, TELL(dossier, "Who knew what when", "誰が何をいつ知ったか"),
        TELL(dossier,
            "A row for each fact, a column for each party. In a cell: when the party knew it, and "
            "the moment on a line from the start to the end of the exercise. The table below has "
            "the same.",
            "行は情報、列は関係者。マスには知った時刻と、演習の開始から終了までの線上の位置を示す。"
            "同じ内容を下の表に示す。"));
    draw_sheet(svg, &knowing, &sheet);
    draw_knowledge_keys(svg, bottom + 28);
    svg_end(svg);
    return true;
}

/* ---- who told whom ---- */

/* Parties that told, or were told, in the order in which the metrics name them. */
static size_t find_names(struct dossier *dossier, const struct telling *items, size_t count,
    bool senders, struct str **ret_names)
{
    size_t found = 0;
    *ret_names = ARENA_ARRAY(dossier_arena(dossier), count + 1, struct str);
    const struct def *def = dossier_def(dossier);
    for (size_t p = 0; p < def->seat_count + def->stakeholder_count; p++) {
        struct str id =
            p < def->seat_count ? def->seats[p].id : def->stakeholders[p - def->seat_count].id;
        bool is_one = false;
        for (size_t i = 0; i < count; i++)
            is_one = is_one || str_eq(senders ? items[i].from : items[i].to, id);
        if (is_one)
            (*ret_names)[found++] = id;
    }
    return found;
}

static const struct telling *find_pair(
    const struct telling *items, size_t count, struct str from, struct str to)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(items[i].from, from) && str_eq(items[i].to, to))
            return &items[i];
    return NULL;
}

/* Five shades by the share of the busiest pair; the number says it exactly. */
static void draw_pair(
    struct svg *svg, const struct telling *telling, struct svg_box box, int64_t most)
{
    static const char *const classes[] = {
        "cell told1", "cell told2", "cell told3", "cell told4", "cell told5"};
    struct dossier *dossier = svg->dossier;
    int64_t all = telling->messages + telling->said;
    int shade = (int)((all * 5 - 1) / (most < 1 ? 1 : most));
    struct str under = telling->messages == 0   ? TELL(dossier, "by mouth", "口頭")
                       : telling->median_ms < 0 ? TELL(dossier, "unread", "未読")
                                                : dossier_clock(dossier, telling->median_ms);
    svg_link(svg, telling->seqs.count == 0 ? 0 : telling->seqs.items[0]);
    svg_rect(svg, box, classes[shade > 4 ? 4 : shade]);
    svg_text(svg, box.x + box.width / 2, box.y + 18, shade > 2 ? "count light" : "count",
        arena_format(dossier_arena(dossier), "%lld", (long long)all));
    svg_text(svg, box.x + box.width / 2, box.y + 35, shade > 2 ? "time light" : "time", under);
    svg_link_end(svg, telling->seqs.count == 0 ? 0 : telling->seqs.items[0]);
}

bool svg_told(struct svg *svg, size_t part)
{
    struct dossier *dossier = svg->dossier;
    struct telling *items;
    struct str *from, *to;
    size_t count = telling_find(dossier, &items);
    size_t rows = find_names(dossier, items, count, true, &from);
    size_t all = find_names(dossier, items, count, false, &to);
    size_t across = (all + COLUMNS - 1) / COLUMNS;
    if (part >= across)
        return false;
    size_t each = (all + across - 1) / across, first = part * each;
    size_t columns = all - first < each ? all - first : each;
    int64_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = items[i].messages + items[i].said > most ? items[i].messages + items[i].said : most;
    int width = column_width(columns), bottom = HEAD + (int)rows * PAIR;
    struct str id = arena_format(dossier_arena(dossier), "told-%zu", part + 1);
    svg->height = bottom + FOOT;
    svg_begin(svg, id.ptr, TELL(dossier, "Who told whom", "誰が誰に伝えたか"),
        TELL(dossier,
            "A row for each sender, a column for each recipient: how many messages and words by "
            "mouth, and under it the median time until they were opened or had reached. The table "
            "below has the same.",
            "行は発信者、列は受け手。上の数字は伝えた回数（メッセージと口頭）、下は開封または到達ま"
            "での"
            "中央値。同じ内容を下の表に示す。"));
    for (size_t c = 0; c < columns; c++)
        draw_head(svg, to[first + c], NAME + (int)c * width, width);
    for (size_t r = 0; r < rows; r++) {
        int y = HEAD + (int)r * PAIR;
        svg_line(svg, (struct svg_box){0, y, SVG_WIDTH, y}, "lane");
        svg_text_fit(
            svg, (struct svg_box){4, y + 27, NAME - 8, 0}, "name", dossier_label(dossier, from[r]));
        for (size_t c = 0; c < columns; c++) {
            const struct telling *telling = find_pair(items, count, from[r], to[first + c]);
            if (telling != NULL)
                draw_pair(svg, telling,
                    (struct svg_box){NAME + (int)c * width + 1, y + 1, width - 2, PAIR - 2}, most);
        }
    }
    svg_text(svg, 4, bottom + 28, "key",
        TELL(dossier, "Number: how often. Below it: median time until opened or reached.",
            "数字：回数。下段：開封または到達までの時間の中央値。"));
    svg_end(svg);
    return true;
}

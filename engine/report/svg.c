/* Shapes. Classes of the style sheet give them ink; nothing here has a colour. */
#include "report/svg.h"

#include "report/html.h"

enum { COLUMN = 7, TICKS = 10 }; /* of 13-unit letters; how many ticks at most */

void svg_begin(struct svg *svg, const char *id, struct str title, struct str description)
{
    buf_format(svg->out,
        "<svg class=\"picture\" viewBox=\"0 0 %d %d\" role=\"group\" aria-labelledby=\"%s-t "
        "%s-d\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"%s-t\">",
        SVG_WIDTH, svg->height, id, id, id);
    html_escape(title, svg->out);
    buf_format(svg->out, "</title>\n<desc id=\"%s-d\">", id);
    html_escape(description, svg->out);
    buf_add(svg->out, STR("</desc>\n"));
}

void svg_end(struct svg *svg)
{
    buf_add(svg->out, STR("</svg>\n"));
}

void svg_rect(struct svg *svg, struct svg_box box, const char *class)
{
    buf_format(svg->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
        class, box.x, box.y, box.width < 1 ? 1 : box.width, box.height);
}

void svg_line(struct svg *svg, struct svg_box at, const char *class)
{
    buf_format(svg->out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class,
        at.x, at.y, at.width, at.height);
}

void svg_text(struct svg *svg, int x, int y, const char *class, struct str text)
{
    buf_format(svg->out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
    html_escape(text, svg->out);
    buf_add(svg->out, STR("</text>\n"));
}

void svg_text_fit(struct svg *svg, struct svg_box at, const char *class, struct str text)
{
    char room[1024];
    int columns = at.width / COLUMN;
    struct str fitted = page_fit(text, columns, room, sizeof(room));
    if (fitted.ptr == text.ptr) {
        svg_text(svg, at.x, at.y, class, text);
        return;
    }
    buf_format(svg->out, "<text class=\"%s\" x=\"%d\" y=\"%d\"><title>", class, at.x, at.y);
    html_escape(text, svg->out);
    buf_add(svg->out, STR("</title>"));
    html_escape(fitted, svg->out);
    buf_add(svg->out, STR("</text>\n"));
}

void svg_mark(struct svg *svg, int x, int y, enum svg_mark mark)
{
    static const char *const paths[SVG_MARK_COUNT] = {
        [SVG_DOT] = "<circle class=\"m-dot\" cx=\"0\" cy=\"0\" r=\"6\"/>",
        [SVG_RING] = "<circle class=\"m-ring\" cx=\"0\" cy=\"0\" r=\"5\"/>",
        [SVG_LATE] = "<path class=\"m-late\" d=\"M-7,-6 7,0 -7,6Z\"/>",
        [SVG_CROSS] = "<path class=\"m-cross\" d=\"M-6,-6 6,6M-6,6 6,-6\"/>",
        [SVG_DIAMOND] = "<path class=\"m-diamond\" d=\"M0,-8 7,0 0,8 -7,0Z\"/>",
        [SVG_SQUARE] = "<path class=\"m-square\" d=\"M-6,-6 6,-6 6,6 -6,6Z\"/>",
        [SVG_OPEN] = "<path class=\"m-open\" d=\"M-5,-5 5,-5 5,5 -5,5Z\"/>",
        [SVG_TRY] = "<path class=\"m-try\" d=\"M-4,-5 4,5M-4,5 4,-5\"/>",
    };
    buf_format(svg->out, "<g transform=\"translate(%d %d)\">%s</g>\n", x, y, paths[mark]);
}

void svg_link(struct svg *svg, int64_t seq)
{
    if (seq == 0)
        return;
    dossier_cite(svg->dossier, seq);
    buf_format(svg->out, "<a href=\"#e%lld\" aria-label=\"#%lld\" tabindex=\"-1\">\n",
        (long long)seq, (long long)seq);
}

void svg_link_end(struct svg *svg, int64_t seq)
{
    if (seq != 0)
        buf_add(svg->out, STR("</a>\n"));
}

/* ---- time ---- */

int svg_x(const struct svg_scale *scale, int64_t ms)
{
    int64_t end = scale->end_ms < 1 ? 1 : scale->end_ms;
    int64_t at = ms < 0 ? 0 : ms > end ? end : ms;
    return scale->left + (int)(at * (scale->right - scale->left) / end);
}

static int64_t tick_ms(int64_t end_ms)
{
    static const int64_t minutes[] = {1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440};
    size_t count = sizeof(minutes) / sizeof(minutes[0]), i = 0;
    while (i + 1 < count && end_ms / (minutes[i] * 60000) > TICKS)
        i++;
    int64_t step = minutes[i] * 60000;
    while (end_ms / step > TICKS)
        step *= 2;
    return step;
}

void svg_axis(struct svg *svg, const struct svg_scale *scale, int top, int bottom)
{
    int64_t step = tick_ms(scale->end_ms);
    for (int64_t ms = 0; ms <= scale->end_ms; ms += step) {
        int x = svg_x(scale, ms);
        svg_line(svg, (struct svg_box){x, top, x, bottom}, "grid");
        svg_text(svg, x, bottom + 16, "tick", dossier_clock(svg->dossier, ms));
    }
}

void svg_phases(struct svg *svg, const struct svg_scale *scale, int top, int bottom)
{
    const struct dossier *dossier = svg->dossier;
    for (size_t i = 0; i < dossier->phase_count; i++) {
        const struct dossier_phase *phase = &dossier->phases[i];
        int64_t to = i + 1 < dossier->phase_count ? dossier->phases[i + 1].from_ms : scale->end_ms;
        int x = svg_x(scale, phase->from_ms), width = svg_x(scale, to) - x;
        svg_rect(svg, (struct svg_box){x, top, width, bottom - top},
            i % 2 == 0 ? "phase even" : "phase odd");
        svg_text_fit(
            svg, (struct svg_box){x + 5, top + 14, width - 8, 0}, "phase-name", phase->name);
    }
}

/* ---- keys ---- */

void svg_keys(struct svg *svg, int y, const struct svg_key *keys, size_t count)
{
    int x = 12;
    for (size_t i = 0; i < count; i++) {
        struct str text = dossier_say(svg->dossier, keys[i].words);
        svg_mark(svg, x, y - 4, keys[i].mark);
        svg_text(svg, x + 14, y, "key", text);
        x += 34 + COLUMN * page_width(text);
    }
}

/* Drawing: the few shapes of which the report's pictures are made, as SVG inside a page.
 *
 * Whole numbers only, in units of a drawing that is SVG_WIDTH wide and is scaled to the page. What
 * is said by colour is said by shape as well. Every text goes through the escaper. */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "report/dossier.h"

enum { SVG_WIDTH = 960 };

/* A drawing in the making; borrows the buffer. */
struct svg {
    struct buf *out;
    struct dossier *dossier;
    int height;
};

struct svg_box {
    int x, y, width, height;
};

/* Marks that can be told apart without colour. */
enum svg_mark {
    SVG_DOT,     /* in time, met */
    SVG_RING,    /* the same after help */
    SVG_LATE,    /* a triangle */
    SVG_CROSS,   /* missed, never came */
    SVG_DIAMOND, /* a deputy */
    SVG_SQUARE,  /* what came */
    SVG_OPEN,    /* missed, and nobody has said why */
    SVG_TRY,     /* an attempt that reached nobody */
    SVG_MARK_COUNT
};

/* `id` is unique on the page; the title says what it shows, the description how to read it. */
void svg_begin(struct svg *svg, const char *id, struct str title, struct str description);
void svg_end(struct svg *svg);

void svg_rect(struct svg *svg, struct svg_box box, const char *class);
void svg_line(struct svg *svg, struct svg_box from_to, const char *class); /* width, height: to */
void svg_text(struct svg *svg, int x, int y, const char *class, struct str text);

/* As much of the text as fits into so many columns, a half-width letter each; all of it on touch.
 */
void svg_text_fit(struct svg *svg, struct svg_box at, const char *class, struct str text);
void svg_mark(struct svg *svg, int x, int y, enum svg_mark mark);

/* What lies between leads to the evidence; 0: nowhere. The keyboard passes by: the table beside the
 * picture has the same links. */
void svg_link(struct svg *svg, int64_t seq);
void svg_link_end(struct svg *svg, int64_t seq);

/* ---- exercise time from left to right ---- */

struct svg_scale {
    int left, right;
    int64_t end_ms;
};
int svg_x(const struct svg_scale *scale, int64_t ms); /* clipped to the scale */
void svg_axis(struct svg *svg, const struct svg_scale *scale, int top, int bottom);
void svg_phases(struct svg *svg, const struct svg_scale *scale, int top, int bottom);

/* ---- keys: a mark and what it means, side by side ---- */

struct svg_key {
    enum svg_mark mark;
    struct words words;
};
void svg_keys(struct svg *svg, int y, const struct svg_key *keys, size_t count);

#endif

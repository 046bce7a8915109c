/* The pictures of the report by name: "ladder", "timeline", "knowledge-1", "told-1", "margins-1",
 * "skills", "capabilities". */
#ifndef REPORT_PICTURES_H
#define REPORT_PICTURES_H

#include "report/svg.h"

/* Appends the picture; false, with nothing written, when there is none of this name or number, or
 * nothing to draw. `self` is the dossier. */
bool pictures_draw(void *self, struct str name, struct buf *out);

/* Each draws the part-th sheet of its picture, from 0. */
typedef bool picture(struct svg *svg, size_t part);
picture svg_capabilities, svg_knowledge, svg_ladder, svg_margins, svg_skills, svg_timeline,
    svg_told;

#endif

/* Pictures by name. A table that is too large for a sheet of paper goes on on the next. */
#include "report/pictures.h"

bool pictures_draw(void *self, struct str name, struct buf *out)
{
    static const struct {
        const char *name;
        picture *draw;
    } rows[] = {{"capabilities", svg_capabilities}, {"knowledge", svg_knowledge},
        {"ladder", svg_ladder}, {"margins", svg_margins}, {"skills", svg_skills},
        {"timeline", svg_timeline}, {"told", svg_told}};
    struct svg svg = {.out = out, .dossier = self};
    struct str base, number;
    int64_t part = 1;
    if (!str_cut(name, '-', &base, &number))
        base = name;
    else if (!str_to_int64(number, &part) || part < 1)
        return false;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(base, rows[i].name))
            return rows[i].draw(&svg, (size_t)part - 1);
    return false;
}

/* libqrencode knows the squares; they become one path, a run of a row at a time. */
#include "web/qr.h"

#include <limits.h>
#include <qrencode.h>

enum { QUIET = 4 }; /* squares of white around, as the standard wants */

static bool is_black(const QRcode *code, int x, int y)
{
    return x < code->width && (code->data[y * code->width + x] & 1) != 0;
}

static void write_row(const QRcode *code, int y, struct buf *out)
{
    for (int x = 0, begin = 0; x <= code->width; x++) {
        if (is_black(code, x, y))
            continue;
        if (x > begin)
            buf_format(out, "M%d %dh%dv1H%dz", begin + QUIET, y + QUIET, x - begin, begin + QUIET);
        begin = x + 1;
    }
}

bool qr_write(struct str text, struct buf *out)
{
    if (text.len == 0 || text.len > INT_MAX)
        return false;
    QRcode *code =
        QRcode_encodeData((int)text.len, (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return false;
    int side = code->width + 2 * QUIET;
    buf_format(out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
        side, side, side, side);
    for (int y = 0; y < code->width; y++)
        write_row(code, y, out);
    buf_add(out, STR("\"/></svg>\n"));
    QRcode_free(code);
    return true;
}

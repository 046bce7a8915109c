/* A picture of a link: read back square by square. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "web/qr.h"

enum { MOST = 200 };

/* The squares that the path blackens. */
static int read_squares(const char *svg, char ret_black[MOST][MOST])
{
    int side = 0, count = 0;
    assert_int_equal(sscanf(strstr(svg, "viewBox=\"0 0 "), "viewBox=\"0 0 %d", &side), 1);
    assert_in_range(side, 29, MOST - 1);
    for (const char *at = strstr(svg, "<path d=\""); (at = strchr(at, 'M')) != NULL; at++) {
        int x, y, width;
        assert_int_equal(sscanf(at, "M%d %dh%dv1", &x, &y, &width), 3);
        assert_true(x >= 4 && y >= 4 && x + width <= side - 4 && y < side - 4);
        for (int i = 0; i < width; i++, count++)
            ret_black[y][x + i] = 1;
    }
    assert_true(count > 0);
    return side;
}

static void a_link_is_a_square_with_three_eyes(void **state)
{
    (void)state;
    static char black[MOST][MOST];
    struct buf out = {0};
    assert_true(
        qr_write(STR("https://drill.example.jp:8443/join#0123456789abcdef0123456789abcdef"), &out));
    buf_add_char(&out, '\0');
    int side = read_squares(out.ptr, black);
    assert_int_equal((side - 8 - 17) % 4, 0);
    const int corners[3][2] = {{4, 4}, {side - 11, 4}, {4, side - 11}};
    for (int c = 0; c < 3; c++)
        for (int y = 0; y < 7; y++)
            for (int x = 0; x < 7; x++) {
                int ring = x == 0 || y == 0 || x == 6 || y == 6;
                int middle = x >= 2 && x <= 4 && y >= 2 && y <= 4;
                assert_int_equal(black[corners[c][1] + y][corners[c][0] + x], ring || middle);
            }
    buf_fini(&out);
}

static void what_is_too_long_is_no_picture(void **state)
{
    (void)state;
    static char text[4000];
    struct buf out = {0};
    memset(text, 'x', sizeof(text));
    assert_false(qr_write((struct str){text, sizeof(text)}, &out));
    assert_false(qr_write(STR(""), &out));
    assert_int_equal(out.len, 0);
    buf_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_link_is_a_square_with_three_eyes),
        cmocka_unit_test(what_is_too_long_is_no_picture)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

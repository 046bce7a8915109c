/* What findings say that are excused, ruled on or undecided, and those of kinds that are not about
 * an answer that comes or not. */
#include "unit/scoring.h"

#define NOTED "1000 h1 noted\n"
#define ENDED "60000 facilitator ended\n"
#define SCOPED "30000 l1 declared status=does-not-apply of=breach\n"
#define UNLESS "respond | note | ack | unless=declaration+status=does-not-apply"

/* Soft laws, excuses and rulings. */
static const struct said_case undecided[] = {
    {"respond | note | escalation to=ciso | soft=promptly\n", NOTED ENDED, 0,
        {"By the end of the exercise (01:00) there had been no escalation to the CISO; the law "
         "wants it “promptly”, which is no limit that a clock could judge (counting from 00:01 "
         "when the Handler wrote a note).",
            "演習の終わり（01:"
            "00）までに、CISOへのエスカレーションはなかった。法令の定めは「promptly」で、時刻では判"
            "定できない（起点は00:01、ハンドラーがメモを残した時点）。"}},
    {UNLESS "\n", NOTED SCOPED, 40000,
        {"So far there has been no acknowledgement (counting from 00:01 when the Handler wrote a "
         "note). This is excused: at 00:30 the Legal adviser declared “does not apply” (breach).",
            "受領の確認はまだない（起点は00:01、ハンドラーがメモを残した時点）。ただし、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS "\n", NOTED SCOPED ENDED, 0,
        {"By the end of the exercise there had been no acknowledgement (counting from 00:01 when "
         "the Handler wrote a note). This is excused: at 00:30 the Legal adviser declared “does "
         "not apply” (breach).",
            "演習の終わりまでに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。ただし、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS " within=5m\n", NOTED SCOPED, 40000,
        {"So far there has been no acknowledgement; 04:21 left until the limit (05:01, counting "
         "from 00:01 when the Handler wrote a note). This is excused: at 00:30 the Legal adviser "
         "declared “does not apply” (breach).",
            "受領の確認はまだない。期限まで残り04:21（期限は05:01、起点は00:"
            "01、ハンドラーがメモを残した時点）。ただし、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS " within=5m\n", NOTED SCOPED ENDED, 0,
        {"The exercise ended at 01:00, before the limit (05:01, counting from 00:01 when the "
         "Handler wrote a note). This is excused: at 00:30 the Legal adviser declared “does not "
         "apply” (breach).",
            "期限の前に、演習が01:00に終わった（期限は05:01、起点は00:"
            "01、ハンドラーがメモを残した時点）。ただし、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS " within=5m\n", NOTED SCOPED "400000 facilitator ended\n", 0,
        {"By 05:01 there had been no acknowledgement (counting from 00:01 when the Handler wrote a "
         "note). This is excused: at 00:30 the Legal adviser declared “does not apply” (breach).",
            "05:01までに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。ただし、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS " within=5m\n",
        NOTED SCOPED "400000 facilitator ended\n"
                     "400000 facilitator ruled finding=r1--1 verdict=violated\n",
        0,
        {"By 05:01 there had been no acknowledgement (counting from 00:01 when the Handler wrote a "
         "note). This is excused: at 00:30 the Legal adviser declared “does not apply” (breach). "
         "The facilitator has ruled on this.",
            "05:01までに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。ただし、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。この所見"
            "には進行役の裁定がある。"}},
    {"respond | note | ack | within=1m\n",
        NOTED "400000 facilitator ended\n"
              "400000 facilitator ruled finding=r1--1 verdict=excused\n",
        0,
        {"By 01:01 there had been no acknowledgement (counting from 00:01 when the Handler wrote a "
         "note). The facilitator has ruled on this.",
            "01:01までに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。この所見には進行役の裁定がある。"}},
};

static void test_undecided(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(undecided); i++)
        run_said(&undecided[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_undecided)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What comes by itself: people who pick up or do not, one message after the other, countdowns. */
#include "unit/table.h"

#define OPEN "1m facilitator fire inject=call\n1m poc open inject=call\n"
#define NEWS "1m facilitator fire inject=news\n1m poc open inject=news\n"

static void stakeholders_pick_up_or_do_not(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"no way given is the phone; 60 s to hear it out",
            "2m poc message id=m1 type=info to=desk\n", "5m wait",
            "2m20s desk arrived message=m1\n3m20s desk reached message=m1\n"},
        {"15 s for each fact", OPEN "2m poc message id=m1 type=info to=desk facts=leak,cause\n",
            "5m wait",
            "2m20s desk arrived message=m1\n3m50s desk reached message=m1\n"
            "3m50s desk learned fact=leak source=message through=m1\n"
            "3m50s desk learned fact=cause source=message through=m1\n"},
        {"a stale number", "2m poc message id=m1 type=info to=vendor via=phone\n", "5m wait",
            "2m10s clock unreached message=m1 party=vendor reason=stale\n"},
        {"nobody answers", "2m poc message id=m1 type=info to=desk via=chat\n", "5m wait",
            "2m40s clock unreached message=m1 party=desk reason=no-answer\n"},
        {"no such way", "", "2m poc message id=m1 type=info to=desk via=ticket\n5m wait",
            "2m poc messaged message=m1 to=desk type=info via=ticket\n"
            "2m clock unreached message=m1 party=desk reason=no-channel\n"},
        {"whoever reads is busy: the second message waits",
            "2m poc message id=m1 type=info to=desk\n2m5s lead message id=m2 type=info to=desk\n",
            "5m wait",
            "2m20s desk arrived message=m1\n2m25s desk arrived message=m2\n"
            "3m20s desk reached message=m1\n4m20s desk reached message=m2\n"},
        {"each stakeholder reads alone", "2m poc message id=m1 type=info to=desk,vendor via=mail\n",
            "5m wait",
            "2m30s vendor arrived message=m1\n3m desk arrived message=m1\n"
            "3m30s vendor reached message=m1\n4m desk reached message=m1\n"},
        {"what one knows is not learned again",
            NEWS "1m poc said to=desk facts=backup\n"
                 "2m poc message id=m1 type=info to=desk facts=backup\n",
            "5m wait", "2m20s desk arrived message=m1\n3m35s desk reached message=m1\n"},
        {"nobody is looked for at the table", "2m poc message id=m1 type=info to=legal,room\n",
            "5m wait", ""},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

/* How long whoever plays a part takes to find words is nothing that the players did. */
static void a_claimed_stakeholder_is_reached_all_the_same(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"what is sent", "1m facilitator claim stakeholder=desk\n",
            "2m poc message id=m1 type=info to=desk\n9m wait",
            "2m poc messaged message=m1 to=desk type=info\n2m20s desk arrived message=m1\n3m20s "
            "desk "
            "reached message=m1\n"},
        {"what is under way", "2m poc message id=m1 type=info to=desk\n",
            "2m1s facilitator claim stakeholder=desk\n9m wait",
            "2m1s facilitator claimed stakeholder=desk\n2m20s desk arrived message=m1\n3m20s desk "
            "reached message=m1\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

/* The host says so of a seat; staff alone sees it. */
static void a_seat_leaves_and_returns(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"left", "", "2m host presence seat=poc away=true", "2m poc left\n"},
        {"and returned", "", "3m host presence seat=poc away=false", "3m poc returned\n"},
        {"nobody else says so", "", "3m poc presence seat=poc away=true",
            "3m poc refused input_name=presence reason=not-allowed what=presence\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void an_answer_by_hand_reaches_once(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"before anybody picked up", "2m poc message id=m1 type=info to=desk\n",
            "2m1s facilitator reply_as as=desk to=poc id=r1 re=m1 text=t\n9m wait",
            "2m1s desk reached message=m1\n2m1s desk messaged message=r1 re=m1 text=t to=poc "
            "type=report\n"},
        {"while it is read", "2m poc message id=m1 type=info to=desk\n2m20s wait\n",
            "2m30s facilitator reply_as as=desk to=poc id=r1 re=m1 text=t\n9m wait",
            "2m30s desk reached message=m1\n2m30s desk messaged message=r1 re=m1 text=t to=poc "
            "type=report\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void a_countdown_runs_out_after_its_last_millisecond(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"nobody decides", "1m facilitator fire inject=ask\n", "11m wait\n12m wait",
            "11m1ms clock expired question=stop\n"},
        {"decided at the bound", "1m facilitator fire inject=ask\n",
            "11m lead decide question=stop option=keep\n12m wait",
            "11m lead decided option=keep question=stop\n"},
        {"contested: it goes on", "1m facilitator fire inject=ask\n",
            "2m legal decide question=stop option=keep\n12m wait",
            "2m legal decided contested=true option=keep question=stop\n"
            "11m1ms clock expired question=stop\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stakeholders_pick_up_or_do_not),
        cmocka_unit_test(a_claimed_stakeholder_is_reached_all_the_same),
        cmocka_unit_test(a_seat_leaves_and_returns),
        cmocka_unit_test(an_answer_by_hand_reaches_once),
        cmocka_unit_test(a_countdown_runs_out_after_its_last_millisecond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

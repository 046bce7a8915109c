/* When injects come by themselves: at, story_at, after, when, unless, to the millisecond. */
#include "unit/table.h"

#define CALL "1m facilitator fire inject=call\n"
#define ASK "1m facilitator fire inject=ask\n"
#define ESCALATE "poc message id=e1 type=escalation to=commander text=t\n"

/* Timers of the other injects are out of the way, so that a case shows one trigger. */
#define NO_CALL "0s facilitator skip inject=call\n"

static void each_kind_comes_in_its_time(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"at: not before", "", "29m59s999ms wait", ""},
        {"at: just then", "", "30m wait",
            "30m clock delivered inject=call to=poc via=phone why=clock\n"},
        {"story_at, at pace 1", NO_CALL, "59m59s999ms wait\n1h wait",
            "1h clock delivered inject=night to=legal via=phone why=clock\n"},
        {"story_at, four times as fast", NO_CALL "10m facilitator pace pace=4\n",
            "22m29s999ms wait\n22m30s wait",
            "22m30s clock delivered inject=night to=legal via=phone why=clock\n"},
        {"story_at, over a jump", NO_CALL "10m facilitator jump by=49m59s999ms\n",
            "10m wait\n10m1ms wait",
            "10m1ms clock delivered inject=night to=legal via=phone why=clock\n"},
        {"story_at, a pace that does not divide", NO_CALL "0s facilitator pace pace=7\n",
            "8m34s285ms wait\n8m34s286ms wait",
            "8m34s286ms clock delivered inject=night to=legal via=phone why=clock\n"},
        {"exercise time does not know of pace and jump",
            "0s facilitator pace pace=4\n1m facilitator jump by=1m\n", "14m29s wait", ""},
        {"after", CALL, "6m wait", "6m clock delivered inject=follow to=poc via=phone why=after\n"},
        {"when, with its delay", ASK, "2m lead decide question=stop option=halt\n4m wait",
            "2m lead decided option=halt question=stop\n"
            "4m clock delivered inject=halted to=commander via=phone why=when\n"},
        {"when: another option is none", ASK, "2m lead decide question=stop option=keep\n9m wait",
            "2m lead decided option=keep question=stop\n"},
        {"when: once only", ASK "2m legal decide question=stop option=halt\n5m wait\n",
            "6m lead decide question=stop option=halt\n9m wait",
            "6m lead decided option=halt question=stop\n"},
        {"fired by hand, its time is skipped", CALL "2m facilitator fire inject=follow\n",
            "6m wait", "6m clock skipped inject=follow why=after\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void a_contingency_is_averted_up_to_its_bound(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"nobody does anything", CALL "6m wait\n", "16m wait\n16m1ms wait",
            "16m1ms clock delivered inject=again to=poc via=phone why=unless\n"},
        {"at the bound it is averted", CALL "6m wait\n", "16m " ESCALATE "20m wait",
            "16m poc messaged message=e1 text=t to=commander type=escalation\n"},
        {"a millisecond later it comes first", CALL "6m wait\n", "16m1ms " ESCALATE "20m wait",
            "16m1ms clock delivered inject=again to=poc via=phone why=unless\n"
            "16m1ms poc messaged message=e1 text=t to=commander type=escalation\n"},
        {"to somebody else is not it", CALL "6m wait\n",
            "7m poc message id=e1 type=escalation to=legal\n20m wait",
            "7m poc messaged message=e1 to=legal type=escalation\n"
            "16m1ms clock delivered inject=again to=poc via=phone why=unless\n"},
        {"before the time counts is not it", "0s " ESCALATE CALL "6m wait\n", "20m wait",
            "16m1ms clock delivered inject=again to=poc via=phone why=unless\n"},
        {"held, it does not come", CALL "6m facilitator hold inject=again\n", "20m wait", ""},
        {"fired by hand, it does not come again", CALL "6m facilitator fire inject=again\n",
            "20m wait", "16m1ms clock skipped inject=again why=unless\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void a_pause_shifts_nothing(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"nothing is due while the clock stands", CALL "5m facilitator pause\n", "5m wait", ""},
        {"and all is in its time afterwards", CALL "5m facilitator pause\n5m facilitator resume\n",
            "6m wait", "6m clock delivered inject=follow to=poc via=phone why=after\n"},
        {"by hand it comes also while it stands", "5m facilitator pause\n",
            "5m facilitator fire inject=call\n5m facilitator resume\n10m wait",
            "5m facilitator delivered inject=call to=poc via=phone why=hand\n"
            "5m facilitator resumed\n"
            "10m clock delivered inject=follow to=poc via=phone why=after\n"},
        {"ENDEX drops what was to come", CALL "5m facilitator end\n", "5m wait", ""},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_comes_in_its_time),
        cmocka_unit_test(a_contingency_is_averted_up_to_its_bound),
        cmocka_unit_test(a_pause_shifts_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

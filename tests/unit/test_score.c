/* Scoring: windows, grace, ENDEX, knowledge and attention at ±1 ms. */
#include "unit/scoring.h"

#define OPEN "respond | message type=report | escalation to=commander | \n"

static const struct score_case respond_bounds_cases[] = {
    {"nothing happened", ONE_RESPOND, "", 0, "r1 not_activated\n"},
    {"at the bound", ONE_RESPOND,
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "301000 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 satisfied act=1 tgt=2 start=1000 bound=301000 met=301000 margin=0 "
        "points=1000/1000/1000 actor=p1 about=m0\n"},
    {"a millisecond late", ONE_RESPOND,
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "301001 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 violated act=1 tgt=2 start=1000 bound=301000 met=301001 margin=-1 "
        "points=999/1000/1000 miss=2 why=late actor=p1 about=m0\n"},
    {"half the grace", ONE_RESPOND,
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "361000 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 violated act=1 tgt=2 start=1000 bound=301000 met=361000 margin=-60000 "
        "points=500/1000/1000 miss=2 why=late actor=p1 about=m0\n"},
    {"the last millisecond of the grace", ONE_RESPOND,
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "420999 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 violated act=1 tgt=2 start=1000 bound=301000 met=420999 margin=-119999 "
        "points=0/1000/1000 miss=2 why=late actor=p1 about=m0\n"},
    {"the grace is over", ONE_RESPOND,
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "421000 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 violated act=1 tgt=2 start=1000 bound=301000 met=421000 margin=-120000 "
        "points=0/1000/1000 miss=2 why=late actor=p1 about=m0\n"},
    {"pending at the bound", ONE_RESPOND, "1000 h1 messaged message=m0 to=poc type=report\n",
        301000, "r1 pending act=1 start=1000 bound=301000 actor=p1 about=m0\n"},
    {"expired without an event", ONE_RESPOND, "1000 h1 messaged message=m0 to=poc type=report\n",
        301001, "r1 violated act=1 start=1000 bound=301000 actor=p1 about=m0\n"},
    {"ENDEX at the bound", ONE_RESPOND,
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "301000 facilitator ended\n",
        0, "r1 violated act=1 start=1000 bound=301000 actor=p1 about=m0\n"},
    {"ENDEX a millisecond before the bound", ONE_RESPOND,
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "300999 facilitator ended\n",
        999999, "r1 inconclusive act=1 start=1000 bound=301000 actor=p1 about=m0\n"},
    {"a real incident ends it too", ONE_RESPOND,
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "300999 facilitator stopped\n",
        999999, "r1 inconclusive act=1 start=1000 bound=301000 actor=p1 about=m0\n"},
    {"same instant, by seq", ONE_RESPOND,
        "1000 p1 messaged message=m1 to=commander type=escalation\n"
        "1000 h1 messaged message=m0 to=poc type=report\n"
        "1000 p1 messaged message=m2 to=commander type=escalation\n",
        0,
        "r1 satisfied act=2 tgt=3 start=1000 bound=301000 met=1000 margin=300000 "
        "points=1000/1000/1000 actor=p1 about=m0\n"},
    {"one target serves two; the first wins", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "1000 h1 messaged message=m3 to=poc type=report\n"
        "2000 p1 messaged message=m1 to=commander type=escalation\n"
        "3000 l1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 satisfied act=1 tgt=3 start=0 bound=300000 met=2000 margin=298000 "
        "points=1000/1000/1000 actor=p1 about=m0\n"
        "r1 satisfied act=2 tgt=3 start=1000 bound=301000 met=2000 margin=299000 "
        "points=1000/1000/1000 actor=p1 about=m3\n"},
    {"nearest miss: the wrong recipient", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "2000 p1 messaged message=m1 to=legal type=escalation\n",
        300001, "r1 violated act=1 start=0 bound=300000 miss=2 why=to actor=p1 about=m0\n"},
    {"no nearest miss after the bound", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "300001 p1 messaged message=m1 to=legal type=escalation\n",
        0, "r1 violated act=1 start=0 bound=300000 actor=p1 about=m0\n"},
};

static void test_respond_bounds(void **state)
{
    (void)state;
    run_cases(respond_bounds_cases, COUNT(respond_bounds_cases));
}

static const struct score_case respond_without_window_cases[] = {
    {"pending", OPEN, "0 h1 messaged message=m0 to=poc type=report\n", 100 * M,
        "r1 pending act=1 start=0 actor=p1 about=m0\n"},
    {"violated at ENDEX", OPEN,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "60000 facilitator ended\n",
        0, "r1 violated act=1 start=0 actor=p1 about=m0\n"},
    {"satisfied at ENDEX itself, whatever the seq", OPEN,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "60000 facilitator ended\n"
        "60000+120000 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 satisfied act=1 tgt=3 start=0 met=60000 points=1000/1000/1000 actor=p1 "
        "about=m0\n"},
    {"not counted after ENDEX", OPEN,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "60000 facilitator ended\n"
        "60001+120000 p1 messaged message=m1 to=commander type=escalation\n",
        0, "r1 violated act=1 start=0 actor=p1 about=m0\n"},
    {"a window of 0", "respond | message type=report | escalation | within=0s\n",
        "5 h1 messaged message=m0 to=poc type=report\n"
        "5 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 satisfied act=1 tgt=2 start=5 bound=5 met=5 margin=0 points=1000/1000/1000 "
        "actor=p1 about=m0\n"},
};

static void test_respond_without_window(void **state)
{
    (void)state;
    run_cases(respond_without_window_cases, COUNT(respond_without_window_cases));
}

static const struct score_case knowledge_and_attention_cases[] = {
    {"the clock starts when it was learned", KNOW,
        "0 clock delivered inject=call to=poc via=phone why=clock\n"
        "179999 p1 learned fact=note source=inject through=call\n",
        179999, "r1 pending act=2 start=179999 bound=1979999 actor=c1 about=note\n"},
    {"at the attention span the delivery starts it", KNOW,
        "0 clock delivered inject=call to=poc via=phone why=clock\n"
        "180000 p1 learned fact=note source=inject through=call\n",
        180000, "r1 pending act=1 start=180000 bound=1980000 actor=c1 about=note\n"},
    {"not reading is no way out", KNOW,
        "0 clock delivered inject=call to=poc via=phone why=clock\n", 1980001,
        "r1 violated act=1 start=180000 bound=1980000 actor=c1 about=note\n"},
    {"not yet started", KNOW, "0 clock delivered inject=call to=poc via=phone why=clock\n", 179999,
        "r1 not_activated\n"},
    {"ENDEX before it starts", KNOW,
        "0 clock delivered inject=call to=poc via=phone why=clock\n"
        "179999 facilitator ended\n",
        999999, "r1 not_activated\n"},
    {"others' mail starts nothing", KNOW, "0 clock delivered inject=call to=legal\n", 999999,
        "r1 not_activated\n"},
    {"a message carries it too", KNOW, "0 h1 messaged facts=note message=m4 to=poc type=report\n",
        180000, "r1 pending act=1 start=180000 bound=1980000 actor=c1 about=note\n"},
    {"an improvised inject carries it", KNOW,
        "0 facilitator improvised facts=note inject=im to=poc\n"
        "0 facilitator delivered inject=im to=poc\n",
        180000, "r1 pending act=2 start=180000 bound=1980000 actor=c1 about=note\n"},
    {"who knew already needs not be told", KNOW,
        "0 ciso learned fact=note source=inject through=call\n"
        "60000 p1 learned fact=note source=inject through=call\n",
        0,
        "r1 satisfied act=2 tgt=1 start=60000 bound=1860000 met=60000 margin=1800000 "
        "points=1000/1000/1000 actor=c1 about=note\n"},
    {"acting before the clock would start is in time", KNOW,
        "0 clock delivered inject=call to=poc via=phone why=clock\n"
        "60000 ciso learned fact=note source=inject through=call\n"
        "120000 p1 learned fact=note source=inject through=call\n",
        0,
        "r1 satisfied act=3 tgt=2 start=60000 bound=1860000 met=60000 margin=1800000 "
        "points=1000/1000/1000 actor=c1 about=note\n"},
    {"at the bound", KNOW,
        "0 c1 learned fact=note source=inject through=call\n"
        "1800000 ciso learned fact=note source=inject through=call\n",
        0,
        "r1 satisfied act=1 tgt=2 start=0 bound=1800000 met=1800000 margin=0 "
        "points=1000/1000/1000 actor=c1 about=note\n"},
    {"nearest miss: sent, not arrived", KNOW,
        "0 c1 learned fact=note source=inject through=call\n"
        "60000 h1 learned fact=note source=inject through=call\n"
        "120000 c1 messaged facts=note message=m5 to=ciso type=escalation\n",
        1800001,
        "r1 violated act=1 start=0 bound=1800000 miss=3 why=unreached actor=c1 "
        "about=note\n"},
    {"nearest miss: somebody else knew", KNOW,
        "0 c1 learned fact=note source=inject through=call\n"
        "60000 h1 learned fact=note source=inject through=call\n",
        1800001, "r1 violated act=1 start=0 bound=1800000 miss=2 why=by actor=c1 about=note\n"},
    {"at a tie the smaller seq", KNOW,
        "180000 p1 learned fact=note\n"
        "0+200000 clock delivered inject=call to=poc\n",
        0, "r1 pending act=1 start=180000 bound=1980000 actor=c1 about=note\n"},
    {"everybody in the room", KNOW, "0 clock delivered inject=call to=room\n", 180000,
        "r1 pending act=1 start=180000 bound=1980000 actor=c1 about=note\n"},
    {"one clock for each fact",
        "respond | knows by=poc | knows by=ciso | match=fact within=5m attention=1m\n",
        "0 h1 messaged message=m to=poc facts=note,leak type=report\n"
        "60000 ciso learned fact=note\n",
        60000,
        "r1 satisfied act=1 tgt=2 start=60000 bound=360000 met=60000 margin=300000 "
        "points=1000/1000/1000 actor=p1 about=note\n"
        "r1 pending act=1 start=60000 bound=360000 actor=p1 about=leak\n"},
    {"nearest miss: called, not reached", "respond | declaration | reached by=ciso | within=5m\n",
        "0 c1 declared status=aware\n1000 p1 messaged message=m to=ciso type=escalation\n"
        "2000 h1 reached message=z\n",
        400000, "r1 violated act=1 start=0 bound=300000 miss=2 why=unreached actor=c1\n"},
    {"opened, with attention",
        "respond | opened inject=call | escalation | within=5m attention=1m\n",
        "0 clock delivered inject=call to=poc via=phone why=clock\n"
        "59999 p1 opened inject=call\n",
        59999, "r1 pending act=2 start=59999 bound=359999 actor=p1 about=call\n"},
    {"opened, one clock for each inject",
        "respond | opened by=poc | ack by=poc | match=inject within=5m attention=1m\n",
        "0 clock delivered inject=call to=poc via=phone why=clock\n"
        "0 clock delivered inject=chat to=triage\n"
        "120000 p1 acked inject=chat\n",
        2 * M,
        "r1 pending act=1 start=60000 bound=360000 actor=p1 about=call\n"
        "r1 satisfied act=2 tgt=3 start=60000 bound=360000 met=120000 margin=240000 "
        "points=1000/1000/1000 actor=p1 about=chat\n"},
};

static void test_knowledge_and_attention(void **state)
{
    (void)state;
    run_cases(knowledge_and_attention_cases, COUNT(knowledge_and_attention_cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_respond_bounds),
        cmocka_unit_test(test_respond_without_window),
        cmocka_unit_test(test_knowledge_and_attention),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

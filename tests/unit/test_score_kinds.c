/* Scoring: targets of their own, order, and misses that follow from others. */
#include "unit/scoring.h"

#define EACH "each | message type=order | ack | match=message within=5m\n"
#define EACH_UNTIED "each | message type=order | note | within=5m\n"
#define PRECEDE "precede | knows fact=note by=commander | message to=vendor | grace=2m\n"
#define CAUSE "respond | note | escalation to=commander | within=1m\n"
#define EFFECT "respond | note | escalation to=ciso | within=2m caused_by=r1\n"
#define BACKWARDS "respond | note | escalation to=commander | within=1m caused_by=r2\n"

static const struct score_case each_cases[] = {
    {"each its own", EACH,
        "0 c1 messaged message=a to=handler type=order\n"
        "1 c1 messaged message=b to=handler type=order\n"
        "300001 h1 acked message=b\n",
        0,
        "r1 violated act=1 start=0 bound=300000 actor=h1 about=a\n"
        "r1 satisfied act=2 tgt=3 start=1 bound=300001 met=300001 margin=0 "
        "points=1000/1000/1000 actor=h1 about=b\n"},
    {"ack_within goes before within", EACH,
        "0 c1 messaged ack_within_ms=1000 message=a to=handler type=order\n"
        "1001 h1 acked message=a\n",
        0,
        "r1 violated act=1 tgt=2 start=0 bound=1000 met=1001 margin=-1 points=0/1000/1000 "
        "miss=2 why=late actor=h1 about=a\n"},
    {"without within only messages that ask for it",
        "each | message type=order | ack | match=message\n",
        "0 c1 messaged message=a to=handler type=order\n"
        "0 c1 messaged ack_within_ms=1000 message=b to=handler type=order\n",
        1000, "r1 pending act=2 start=0 bound=1000 actor=h1 about=b\n"},
    {"an ack of something unread is no ack", EACH,
        "0 c1 messaged message=a to=handler type=order\n"
        "1000 h1 acked message=a unread=true\n",
        300000, "r1 pending act=1 start=0 bound=300000 miss=2 why=unread actor=h1 about=a\n"},
    {"one target serves one", EACH_UNTIED,
        "0 c1 messaged message=a to=handler type=order\n"
        "1000 c1 messaged message=b to=handler type=order\n"
        "2000 h1 noted\n",
        2000,
        "r1 satisfied act=1 tgt=3 start=0 bound=300000 met=2000 margin=298000 "
        "points=1000/1000/1000 actor=h1 about=a\n"
        "r1 pending act=2 start=1000 bound=301000 actor=h1 about=b\n"},
    {"at the bound it is still in time", EACH_UNTIED,
        "0 c1 messaged message=a to=handler type=order\n"
        "1000 c1 messaged message=b to=handler type=order\n"
        "300000 h1 noted\n",
        300000,
        "r1 satisfied act=1 tgt=3 start=0 bound=300000 met=300000 margin=0 "
        "points=1000/1000/1000 actor=h1 about=a\n"
        "r1 pending act=2 start=1000 bound=301000 actor=h1 about=b\n"},
    {"who can still be in time goes first", EACH_UNTIED,
        "0 c1 messaged message=a to=handler type=order\n"
        "1000 c1 messaged message=b to=handler type=order\n"
        "300001 h1 noted\n"
        "300002 h1 noted\n"
        "300003 h1 noted\n",
        0,
        "r1 violated act=1 tgt=4 start=0 bound=300000 met=300002 margin=-2 points=0/1000/1000 "
        "miss=4 why=late actor=h1 about=a\n"
        "r1 satisfied act=2 tgt=3 start=1000 bound=301000 met=300001 margin=999 "
        "points=1000/1000/1000 actor=h1 about=b\n"},
    {"an answer names what it answers",
        "each | message type=request | message type=answer | match=re within=1m\n",
        "0 c1 messaged message=q to=legal type=request\n"
        "1 l1 messaged message=x re=other to=commander type=answer\n"
        "2 l1 messaged message=y re=q to=commander type=answer\n",
        0,
        "r1 satisfied act=1 tgt=3 start=0 bound=60000 met=2 margin=59998 "
        "points=1000/1000/1000 actor=l1 about=q\n"},
};

static void test_each(void **state)
{
    (void)state;
    run_cases(each_cases, COUNT(each_cases));
}

static const struct score_case precede_cases[] = {
    {"in order", PRECEDE,
        "1000 c1 learned fact=note source=inject through=call\n"
        "3000 p1 messaged message=v to=vendor type=info\n",
        0,
        "r1 satisfied act=1 tgt=2 bound=3000 met=1000 margin=2000 points=1000/1000/1000 "
        "actor=p1 about=v\n"},
    {"same instant, α first", PRECEDE,
        "1000 c1 learned fact=note source=inject through=call\n"
        "1000 p1 messaged message=v to=vendor type=info\n",
        0,
        "r1 satisfied act=1 tgt=2 bound=1000 met=1000 margin=0 points=1000/1000/1000 "
        "actor=p1 about=v\n"},
    {"same instant, β first", PRECEDE,
        "1000 p1 messaged message=v to=vendor type=info\n"
        "1000 c1 learned fact=note source=inject through=call\n",
        0,
        "r1 violated tgt=1 bound=1000 met=1000 margin=0 points=1000/1000/1000 miss=2 why=late "
        "actor=p1 about=v\n"},
    {"one finding a β; α serves all after it", PRECEDE,
        "1000 p1 messaged message=v to=vendor type=info\n"
        "61000 c1 learned fact=note source=inject through=call\n"
        "62000 h1 messaged message=v to=vendor type=info\n"
        "63000 h1 messaged message=v to=vendor type=info\n",
        0,
        "r1 violated tgt=1 bound=1000 met=61000 margin=-60000 points=500/1000/1000 miss=2 "
        "why=late actor=p1 about=v\n"
        "r1 satisfied act=2 tgt=3 bound=62000 met=61000 margin=1000 points=1000/1000/1000 "
        "actor=h1 about=v\n"
        "r1 satisfied act=2 tgt=4 bound=63000 met=61000 margin=2000 points=1000/1000/1000 "
        "actor=h1 about=v\n"},
    {"never; the nearest miss came before", PRECEDE,
        "500 p1 learned fact=note source=inject through=call\n"
        "1000 p1 messaged message=v to=vendor type=info\n",
        0, "r1 violated tgt=2 bound=1000 miss=1 why=by actor=p1 about=v\n"},
    {"no β", PRECEDE, "500 c1 learned fact=note source=inject through=call\n", 0,
        "r1 not_activated\n"},
    {"same instant, β first, without a grace",
        "precede | knows fact=note by=commander | message to=vendor\n",
        "1000 p1 messaged message=v to=vendor type=info\n"
        "1000 c1 learned fact=note\n",
        0,
        "r1 violated tgt=1 bound=1000 met=1000 margin=0 points=0/1000/1000 miss=2 why=late "
        "actor=p1 about=v\n"},
    {"the first α counts; a hint before it helped", PRECEDE,
        "500 facilitator hinted rule=r1 to=poc\n"
        "1000 c1 learned fact=note\n"
        "2000 c1 learned fact=note\n"
        "3000 p1 messaged message=v to=vendor type=info\n",
        0,
        "r1 satisfied act=2 tgt=4 bound=3000 met=1000 margin=2000 points=1000/1000/500 "
        "actor=p1 about=v\n"},
    {"a hint after α helps nobody", PRECEDE,
        "1000 c1 learned fact=note\n"
        "1500 facilitator hinted rule=r1 to=poc\n"
        "3000 p1 messaged message=v to=vendor type=info\n",
        0,
        "r1 satisfied act=1 tgt=3 bound=3000 met=1000 margin=2000 points=1000/1000/1000 "
        "actor=p1 about=v\n"},
    {"tied: an approval of this very draft",
        "precede | message type=approval-request | message type=approval | match=re\n",
        "0 p1 messaged message=a to=legal type=approval-request\n"
        "1 l1 messaged message=b re=a to=poc type=approval\n"
        "2 l1 messaged message=c re=z to=poc type=approval\n",
        0,
        "r1 satisfied act=1 tgt=2 bound=1 met=0 margin=1 points=1000/1000/1000 actor=l1 "
        "about=b\n"
        "r1 violated tgt=3 bound=2 actor=l1 about=c\n"},
};

static void test_precede(void **state)
{
    (void)state;
    run_cases(precede_cases, COUNT(precede_cases));
}

static const struct score_case consequences_cases[] = {
    {"one miss, counted once", CAUSE EFFECT, "0 h1 noted\n", 2 * M + 1,
        "r1 violated act=1 start=0 bound=60000 actor=h1\n"
        "r2 excused act=1 start=0 bound=120000 by=r1 actor=h1\n"},
    {"not while it is still open", CAUSE EFFECT, "0 h1 noted\n", 2 * M,
        "r1 violated act=1 start=0 bound=60000 actor=h1\n"
        "r2 pending act=1 start=0 bound=120000 actor=h1\n"},
    {"the cause was met", CAUSE EFFECT,
        "0 h1 noted\n"
        "1 p1 messaged message=m1 to=commander type=escalation\n",
        2 * M + 1,
        "r1 satisfied act=1 tgt=2 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/1000/1000 actor=p1\n"
        "r2 violated act=1 start=0 bound=120000 miss=2 why=to actor=h1\n"},
    {"a cause must stand before its effect", BACKWARDS EFFECT, "0 h1 noted\n", 2 * M + 1,
        "r1 violated act=1 start=0 bound=60000 actor=h1\n"
        "r2 excused act=1 start=0 bound=120000 by=r1 actor=h1\n"},
};

static void test_consequences(void **state)
{
    (void)state;
    run_cases(consequences_cases, COUNT(consequences_cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each),
        cmocka_unit_test(test_precede),
        cmocka_unit_test(test_consequences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

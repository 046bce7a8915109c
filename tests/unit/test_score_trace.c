/* Scoring: the effective trace, points, and live equal to cold on every prefix. */
#include "unit/scoring.h"

#include "base/random.h"

#define EACH "each | message type=order | ack | match=message within=5m\n"
#define EACH_UNTIED "each | message type=order | note | within=5m\n"
#define PRECEDE "precede | knows fact=note by=commander | message to=vendor | grace=2m\n"
#define CARRY(to) "respond | note | message to=" to " | within=1m\n"

static const struct score_case effective_trace_cases[] = {
    {"a late entry counts when it happened", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "300000+900000 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 satisfied act=1 tgt=2 start=0 bound=300000 met=300000 margin=0 "
        "points=1000/1000/1000 actor=p1 about=m0\n"},
    {"an activation entered after its target", ONE_RESPOND,
        "2000 p1 messaged message=m1 to=commander type=escalation\n"
        "1000+900000 h1 messaged message=m0 to=poc type=report\n",
        0,
        "r1 satisfied act=2 tgt=1 start=1000 bound=301000 met=2000 margin=299000 "
        "points=1000/1000/1000 actor=p1 about=m0\n"},
    {"an annulled target", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "1000 p1 messaged message=m1 to=commander type=escalation\n"
        "2000 facilitator annulled event=2\n",
        0, "r1 pending act=1 start=0 bound=300000 actor=p1 about=m0\n"},
    {"what follows later from what is annulled", "respond | note | knows by=ciso | within=5m\n",
        "0 h1 noted\n"
        "1000 c1 messaged message=a to=ciso type=report facts=note\n"
        "2000 facilitator annulled event=2\n"
        "3000 ciso learned ^2 fact=note source=message through=a\n"
        "4000 h1 acked inject=chat\n",
        0, "r1 pending act=1 start=0 bound=300000 actor=h1\n"},
    {"what follows later from what is not", "respond | note | knows by=ciso | within=5m\n",
        "0 h1 noted\n"
        "1000 c1 messaged message=a to=ciso type=report facts=note\n"
        "2000 h1 noted\n"
        "2500 facilitator annulled event=3\n"
        "3000 ciso learned ^2 fact=note source=message through=a\n",
        0,
        "r1 satisfied act=1 tgt=5 start=0 bound=300000 met=3000 margin=297000 "
        "points=1000/1000/1000 actor=h1\n"},
    {"an annulled activation", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "2000 facilitator annulled event=1\n",
        0, "r1 not_activated\n"},
    {"what it taught does not count either", KNOW,
        "0 c1 learned fact=note source=inject through=call\n"
        "1 c1 messaged facts=note message=m5 to=ciso type=escalation\n"
        "2 ciso arrived ^2 message=m5\n"
        "3 facilitator annulled event=2\n"
        "4 ciso reached ^3 message=m5\n"
        "4 ciso learned ^5 fact=note source=inject through=call\n",
        0, "r1 pending act=1 start=0 bound=1800000 actor=c1 about=note\n"},
    {"ENDEX cannot be annulled", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "60000 facilitator ended\n"
        "120000 facilitator annulled event=2\n",
        10 * M, "r1 inconclusive act=1 start=0 bound=300000 actor=p1 about=m0\n"},
    {"modes", "respond | note | ack | modes=paced\n",
        "0 host created mode=discuss\n"
        "0 h1 noted\n",
        0, "r1 not_measured\n"},
    {"the mode of the record goes before the definition's", "respond | note | ack | modes=paced\n",
        "0 host created mode=paced\n"
        "0 h1 noted\n",
        0, "r1 pending act=2 start=0 actor=h1\n"},
};

static void test_effective_trace(void **state)
{
    (void)state;
    run_cases(effective_trace_cases, COUNT(effective_trace_cases));
}

static const struct score_case content_and_assistance_cases[] = {
    {"everything that was known", CARRY("ciso"),
        "0 c1 learned fact=note source=inject through=call\n"
        "0 h1 noted\n"
        "1 c1 messaged facts=note message=m to=ciso,vendor type=info\n",
        0,
        "r1 satisfied act=2 tgt=3 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/1000/1000 actor=c1\n"},
    {"half of what was known", CARRY("ciso"),
        "0 c1 learned fact=note source=inject through=call\n"
        "0 c1 learned fact=leak\n"
        "0 h1 noted\n"
        "1 c1 messaged facts=leak message=m to=ciso,vendor type=info\n",
        0,
        "r1 satisfied act=3 tgt=4 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/500/1000 actor=c1\n"},
    {"what they know already need not be said", CARRY("ciso"),
        "0 c1 learned fact=note source=inject through=call\n"
        "0 ciso learned fact=note source=inject through=call\n"
        "0 h1 noted\n"
        "1 c1 messaged facts=leak message=m to=ciso,vendor type=info\n",
        0,
        "r1 satisfied act=3 tgt=4 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/1000/1000 actor=c1\n"},
    {"what they must not have", CARRY("vendor"),
        "0 h1 noted\n"
        "1 c1 messaged facts=note,leak message=m to=ciso,vendor type=info\n",
        0,
        "r1 satisfied act=1 tgt=2 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/500/1000 actor=c1\n"},
    {"a declared unknown counts in full", CARRY("ciso"),
        "0 c1 learned fact=note source=inject through=call\n"
        "0 h1 noted\n"
        "1 c1 messaged facts=note message=m to=ciso type=info unknown=leak\n",
        0,
        "r1 satisfied act=2 tgt=3 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/1000/1000 actor=c1\n"},
    {"but not when it is known", CARRY("ciso"),
        "0 c1 learned fact=note source=inject through=call\n"
        "0 h1 noted\n"
        "1 c1 messaged message=m to=ciso type=info unknown=note\n",
        0,
        "r1 satisfied act=2 tgt=3 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/0/1000 actor=c1\n"},
    {"a contingency helps the rule that it stands in for", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "60000 clock delivered inject=call-again to=poc\n"
        "120000 p1 messaged message=m1 to=commander type=escalation\n",
        0,
        "r1 satisfied act=1 tgt=3 start=0 bound=300000 met=120000 margin=180000 "
        "points=1000/1000/500 actor=p1 about=m0\n"},
    {"after the target it helps nobody", ONE_RESPOND,
        "0 h1 messaged message=m0 to=poc type=report\n"
        "120000 p1 messaged message=m1 to=commander type=escalation\n"
        "120000 clock delivered inject=call-again to=poc\n",
        0,
        "r1 satisfied act=1 tgt=2 start=0 bound=300000 met=120000 margin=180000 "
        "points=1000/1000/1000 actor=p1 about=m0\n"},
    {"nor another rule", CARRY("ciso"),
        "0 h1 noted\n"
        "0 clock delivered inject=call-again to=poc\n"
        "1 p1 messaged message=m to=ciso,vendor type=info\n",
        0,
        "r1 satisfied act=1 tgt=3 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/1000/1000 actor=p1\n"},
    {"a hint names its rule", CARRY("ciso"),
        "0 h1 noted\n"
        "0 facilitator hinted rule=r1 to=poc\n"
        "1 p1 messaged facts=note message=m5 to=ciso type=escalation\n",
        0,
        "r1 satisfied act=1 tgt=3 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/1000/500 actor=p1\n"},
    {"another rule's hint", CARRY("ciso"),
        "0 h1 noted\n"
        "0 facilitator hinted rule=r2 to=poc\n"
        "1 p1 messaged facts=note message=m5 to=ciso type=escalation\n",
        0,
        "r1 satisfied act=1 tgt=3 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/1000/1000 actor=p1\n"},
    {"before the clock opens, a hint helps nobody", CARRY("ciso"),
        "0 facilitator hinted rule=r1 to=poc\n"
        "0 h1 noted\n"
        "1 p1 messaged facts=note message=m5 to=ciso type=escalation\n",
        0,
        "r1 satisfied act=2 tgt=3 start=0 bound=60000 met=1 margin=59999 "
        "points=1000/1000/1000 actor=p1\n"},
};

static void test_content_and_assistance(void **state)
{
    (void)state;
    run_cases(content_and_assistance_cases, COUNT(content_and_assistance_cases));
}

/* ---- random traces ---- */

static const char *const random_lines[] = {
    "h1 messaged message=m%llu to=poc type=report facts=note",
    "p1 messaged message=n%llu to=commander type=escalation",
    "c1 messaged message=o%llu to=handler type=order ack_within_ms=3000", "h1 acked message=o%llu",
    "h1 acked message=o%llu unread=true", "h1 noted", "p1 learned fact=note",
    "c1 learned fact=note", "ciso learned fact=note ^1", "clock delivered inject=call to=poc",
    "p1 opened inject=call", "c1 messaged message=v%llu to=vendor type=info facts=note,leak",
    "facilitator hinted rule=r1 to=poc", "clock delivered inject=call-again to=poc",
    "facilitator annulled event=%llu", "facilitator ended"};
enum { ANNULLED_LINE = 14, ENDED_LINE = 15 };

static const char random_rules[] = ONE_RESPOND KNOW
    "each | message type=order | ack | match=message within=5s\n"
    "each | message type=order | note | within=5s\n"
    "each | message type=order | ack | match=message\n"
    "precede | knows fact=note by=commander | message to=vendor | grace=2s\n"
    "respond | note | message to=vendor | within=2s\n"
    "respond | opened inject=call | escalation | within=2s attention=1s caused_by=r1\n";

struct dice {
    uint64_t seed, draw;
};

static uint64_t roll(struct dice *dice, uint64_t below)
{
    return random_below(dice->seed, STR("trace"), dice->draw++, below);
}

/* A third of the traces are plain; half know late entries. */
static struct event random_event(struct arena *arena, struct dice *dice, uint64_t *now, int64_t seq)
{
    *now += roll(dice, 4) * 500;
    uint64_t line = roll(dice, 3 * COUNT(random_lines)) % COUNT(random_lines);
    bool plain = dice->seed % 3 == 0;
    if ((line >= ANNULLED_LINE && plain) || (line == ENDED_LINE && roll(dice, 4) != 0))
        line = roll(dice, ANNULLED_LINE);
    bool late = dice->seed % 2 == 0 && roll(dice, 6) == 0;
    uint64_t happened = late ? *now - roll(dice, *now + 1) : *now;
    char words[160];
    snprintf(words, sizeof(words), random_lines[line], (unsigned long long)roll(dice, 12));
    struct str text = arena_format(
        arena, "%llu+%llu %s", (unsigned long long)happened, (unsigned long long)*now, words);
    return trace_event(arena, text, seq);
}

/* What is told live is what is told cold, with late entries and annulments. */
static void test_live_equals_cold(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct arena arena = {0};
        struct rules rules = trace_rules(&arena, random_rules);
        struct event events[40];
        struct dice dice = {seed, 0};
        uint64_t now = 0;
        for (size_t i = 0; i < COUNT(events); i++)
            events[i] = random_event(&arena, &dice, &now, (int64_t)i + 1);
        check_prefixes(trace_def(&arena), &rules, events, COUNT(events), "random trace");
        arena_fini(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effective_trace),
        cmocka_unit_test(test_content_and_assistance),
        cmocka_unit_test(test_live_equals_cold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

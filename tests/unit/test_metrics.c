/* Metrics of loops, of time to act and of authority: hand-made traces, values counted by hand. */
#include "unit/metrics_case.h"

#include "base/random.h"

#define END_AT(ms) ms " facilitator ended\n"

static const struct metrics_case loop_cases[] = {
    {"an empty trace has nothing, not zero", "",
        "C01 - n.a.\nC02 - n.a.\nC03/acked - n.a.\nC07 - n.a.\nC11 - n.a.\nC23 - n.a.\n"
        "noise - n.a.\nstamps - n.a.\n"},
    {"one of two acknowledges in time; the other is open at ENDEX",
        "0 p1 messaged message=m1 to=commander,handler ack_within_ms=5000 type=info\n"
        "5000 c1 acked message=m1\n" END_AT("9000"),
        "C01 - n=2 open=1 median=5000 p90=- longest=9000\n"
        "C01 c1 n=1 open=0 median=5000 p90=5000 longest=5000\n"
        "C01 h1 n=1 open=1 median=- p90=- longest=9000\n"
        "C02 - 1/2 94-905\nC02 c1 1/1 206-1000\nC02 h1 0/1 0-793\n"},
    {"a millisecond late",
        "0 p1 messaged message=m1 to=commander ack_within_ms=5000 type=info\n"
        "5001 c1 acked message=m1\n" END_AT("9000"),
        "C02 - 0/1 0-793\n"},
    {"the window runs beyond ENDEX: not in time, not late",
        "0 p1 messaged message=m1 to=commander ack_within_ms=9001 type=info\n" END_AT("9000"),
        "C01 - n=1 open=1 median=- p90=- longest=9000\nC02 - n.a.\n"},
    {"the window and the promise end with the exercise: both count",
        "0 c1 messaged message=m1 to=handler type=order ack_within_ms=9000\n"
        "0 c1 messaged message=s1 to=ciso type=sitrep next_update_ms=9000\n" END_AT("9000"),
        "C02 - 0/1 0-793\nC13/promised - 0/1 0-793\n"},
    {"an ack unread is none; an answer is one; the sender is no recipient of the room",
        "0 p1 messaged message=m1 to=room ack_within_ms=5000 type=info\n"
        "1000 c1 acked message=m1 unread=true\n"
        "2000 h1 messaged message=m2 to=poc re=m1 type=answer\n" END_AT("9000"),
        "C01 - n=2 open=1 median=2000 p90=- longest=9000\n"
        "C01 c1 n=1 open=1 median=- p90=- longest=9000\n"
        "unread-acks - 1/1 206-1000\nunread-acks c1 1/1 206-1000\n"},
    {"stakeholders have nothing to acknowledge with",
        "0 p1 messaged message=m1 to=vendor ack_within_ms=5000 type=info\n" END_AT("9000"),
        "C01 - n.a.\n"},
    {"an annulled ack is none",
        "0 p1 messaged message=m1 to=commander ack_within_ms=5000 type=info\n"
        "1000 c1 acked message=m1\n"
        "2000 facilitator annulled event=2\n" END_AT("9000"),
        "C01 - n=1 open=1 median=- p90=- longest=9000\n"},
    {"a late entry counts when it happened",
        "0 p1 messaged message=m1 to=commander ack_within_ms=5000 type=info\n"
        "4000+20000 c1 acked message=m1\n",
        "C01 - n=1 open=0 median=4000 p90=4000 longest=4000\n"},
    {"nothing counts after ENDEX",
        "0 p1 messaged message=m1 to=commander ack_within_ms=5000 type=info\n" END_AT(
            "3000") "4000 c1 acked message=m1\n",
        "C01 - n=1 open=1 median=- p90=- longest=3000\nC02 - n.a.\n"},
    {"of equal lengths the ended come before the open",
        "0 p1 messaged message=m1 to=commander,handler ack_within_ms=1 type=info\n"
        "9000 c1 acked message=m1\n" END_AT("9000"),
        "C01 - n=2 open=1 median=9000 p90=- longest=9000\n"},
    {"an order read back, then done",
        "0 c1 messaged message=o1 to=handler type=order action=isolate ack_within_ms=4000\n"
        "1000 h1 read-back message=o1\n"
        "3000 h1 acted action=isolate order=o1\n" END_AT("9000"),
        "C03/acked - 1/1 206-1000\nC03/read-back c1 1/1 206-1000\nC03/done - 1/1 206-1000\n"
        "C03/closed - 1/1 206-1000\nC04 - 1/1 206-1000\nC05/boxed - 1/1 206-1000\n"
        "C05/followed - 1/1 206-1000\n"
        "C10/to-done c1 n=1 open=0 median=3000 p90=3000 longest=3000\n"},
    {"an order that was read back is acknowledged by that",
        "0 c1 messaged message=o1 to=handler type=order ack_within_ms=5000\n"
        "3000 h1 read-back message=o1\n" END_AT("9000"),
        "C01 - n=1 open=0 median=3000 p90=3000 longest=3000\nC02 - 1/1 206-1000\n"},
    {"done before it was read back is not closed; a report is done",
        "0 c1 messaged message=o1 to=handler,poc type=order action=isolate\n"
        "1000 h1 messaged message=r1 to=commander re=o1 type=report\n"
        "3000 h1 read-back message=o1\n" END_AT("9000"),
        "C03/closed - 0/1 0-793\nC03/done - 1/1 206-1000\nC04 - 0/1 0-793\nC05/boxed - 0/1 0-793\n"
        "C05/followed - n.a.\nC10/to-done - n=1 open=0 median=1000 p90=1000 longest=1000\n"},
    {"an order outside is done, and cannot be read back",
        "0 c1 messaged message=o1 to=vendor type=order action=isolate\n"
        "3000 vendor acted action=isolate order=o1\n" END_AT("9000"),
        "C03/acked - n.a.\nC03/done - 1/1 206-1000\n"},
    {"requests, inside and outside, answered by message, by inject, not",
        "0 c1 messaged message=q1 to=handler type=request\n"
        "1000 c1 messaged message=q2 to=vendor type=request\n"
        "1500 p1 messaged message=x1 to=commander type=answer re=q1\n"
        "2000 h1 messaged message=a1 to=commander type=answer re=q1\n"
        "4000 clock delivered inject=call to=commander re=q2\n"
        "5000 vendor messaged message=q3 to=poc type=request\n" END_AT("9000"),
        "C24/inside - 1/2 94-905\nC24/outside - 1/1 206-1000\n"
        "C24/inside-time - n=2 open=1 median=2000 p90=- longest=4000\n"
        "C24/outside-time - n=1 open=0 median=3000 p90=3000 longest=3000\n"},
    {"promised updates: kept, late, not due by ENDEX; an order is no update",
        "0 c1 messaged message=s1 to=ciso type=sitrep next_update_ms=2000\n"
        "500 c1 messaged message=q1 to=ciso type=request\n"
        "1000 c1 messaged message=o1 to=ciso type=order\n"
        "2000 c1 said to=ciso\n"
        "3000 c1 messaged message=s2 to=ciso type=sitrep next_update_ms=2000\n"
        "5001 c1 messaged message=s3 to=ciso type=sitrep next_update_ms=9000\n" END_AT("9000"),
        "C13/promised - 1/2 94-905\n"
        "C13/gap ciso n=3 open=1 median=3000 p90=- longest=3999\n"},
    {"requests, orders and approvals are no update",
        "0 c1 messaged message=s1 to=ciso type=sitrep next_update_ms=2000\n"
        "500 c1 messaged message=q1 to=ciso type=request\n"
        "600 c1 messaged message=q2 to=ciso type=approval-request\n"
        "700 c1 messaged message=q3 to=ciso type=approval\n" END_AT("9000"),
        "C13/promised - 0/1 0-793\n"},
    {"a handover of what must be known, answered, with a note",
        "0 p1 learned fact=ten source=inject through=call\n"
        "1000 p1 handed-off facts=ten to=commander text=t\n"
        "1000 c1 learned ^2 fact=ten source=handoff through=p1\n"
        "2000 c1 said to=poc\n" END_AT("9000"),
        "C25/complete p1 1/1 206-1000\nC25/accepted - 1/1 206-1000\nC25/noted - 1/1 206-1000\n"},
    {"a handover without it; who spoke before has not answered",
        "0 p1 learned fact=ten source=inject through=call\n"
        "500 c1 said to=poc\n"
        "1000 p1 handed-off facts=harmless to=commander\n"
        "2000 c1 learned fact=ten source=inject through=call\n" END_AT("9000"),
        "C25/complete p1 0/1 0-793\nC25/accepted - 0/1 0-793\nC25/noted - 0/1 0-793\n"},
};

static const struct metrics_case act_cases[] = {
    {"recognised from the first inject that somebody must know of",
        "0 clock delivered inject=audit to=poc\n"
        "500 p1 messaged message=m0 to=commander type=report\n"
        "1000 clock delivered inject=call to=poc\n"
        "4000 p1 messaged message=m1 to=commander type=info\n"
        "6000 c1 declared status=classified\n" END_AT("9000"),
        "C06 - n=1 open=0 median=5000 p90=5000 longest=5000\n"},
    {"a fact that nobody must know is no sign, and a stakeholder's report no recognition",
        "0 clock delivered inject=gossip to=poc\n"
        "1000 clock delivered inject=call to=poc\n"
        "2000 vendor messaged message=m0 to=poc type=report\n"
        "3000 p1 messaged message=m1 to=commander type=report\n" END_AT("9000"),
        "C06 - n=1 open=0 median=2000 p90=2000 longest=2000\n"},
    {"an escalation recognises too, and so does a notification",
        "1000 clock delivered inject=call to=poc\n"
        "3000 p1 messaged message=m1 to=ciso type=escalation\n" END_AT("9000"),
        "C06 - n=1 open=0 median=2000 p90=2000 longest=2000\n"},
    {"a notification recognises",
        "1000 clock delivered inject=call to=poc\n"
        "4000 p1 messaged message=m1 to=ciso type=notification\n" END_AT("9000"),
        "C06 - n=1 open=0 median=3000 p90=3000 longest=3000\n"},
    {"what a stakeholder escalates is not ours",
        "1000 ciso learned fact=ten source=revealed\n"
        "2000 ciso messaged message=m1 to=commander facts=ten type=escalation\n"
        "3000 c1 reached message=m1\n" END_AT("9000"),
        "C07 - n.a.\nfalse-alarms - n.a.\n"},
    {"statements to seats go nowhere outside; what was told inside first",
        "500 c1 messaged message=s0 to=handler type=statement\n"
        "1000 c1 said to=ciso facts=ten\n"
        "2000 c1 messaged message=s1 to=press facts=ten type=statement\n"
        "3000 c1 messaged message=s2 to=press facts=forty type=statement\n" END_AT("9000"),
        "C19 - 0/2 0-657\nC20 - 1/2 94-905\n"},
    {"not recognised", "1000 clock delivered inject=call to=poc\n" END_AT("9000"),
        "C06 - n=1 open=1 median=- p90=- longest=8000\n"},
    {"an escalation reached the one and not the other, from when the sender knew",
        "0 clock delivered inject=call to=poc\n"
        "1000 p1 learned fact=ten source=inject through=call\n"
        "2000 p1 messaged message=m1 to=commander,ciso facts=ten type=escalation\n"
        "3000 c1 reached message=m1\n"
        "3500 c1 messaged message=m2 to=vendor type=escalation\n" END_AT("9000"),
        "C07 - n=2 open=1 median=2000 p90=- longest=8000\n"
        "C07 c1 n=1 open=0 median=2000 p90=2000 longest=2000\n"
        "C07 ciso n=1 open=1 median=- p90=- longest=8000\n"},
    {"the second escalation reached; the clock began with the first",
        "1000 p1 learned fact=ten source=inject through=call\n"
        "2000 p1 messaged message=m1 to=ciso facts=ten type=escalation\n"
        "4000 p1 messaged message=m2 to=ciso facts=ten type=escalation\n"
        "6000 ciso reached message=m2\n"
        "7000 ciso reached message=m1\n" END_AT("9000"),
        "C07 ciso n=1 open=0 median=5000 p90=5000 longest=5000\n"},
    {"a notification from the declaration, seats left out",
        "1000 c1 declared status=aware\n"
        "2000 c1 messaged message=n1 to=vendor,handler type=notification\n"
        "5000 vendor reached message=n1\n" END_AT("9000"),
        "C08 - n=1 open=0 median=4000 p90=4000 longest=4000\n"},
    {"a decision from when its owner had it; too late for the other",
        "0 clock delivered inject=ask to=commander,poc\n"
        "500 p1 opened inject=ask\n"
        "1000 c1 opened inject=ask\n"
        "2000 p1 decided question=cut option=x contested=true\n"
        "3000 c1 opened inject=ask-go\n"
        "4000 c1 decided question=cut option=x reason=r\n" END_AT("9000"),
        "C09 - n=2 open=1 median=3000 p90=- longest=6000\n"
        "C28/reason c1 1/1 206-1000\nC28/reason p1 0/1 0-793\nC28/owner - 1/2 94-905\n"
        "C28/in-time - 1/1 206-1000\ncontested/decisions p1 1/1 206-1000\n"},
    {"an expired question is open until it expired",
        "1000 c1 opened inject=ask\n"
        "7000 clock expired question=cut\n" END_AT("9000"),
        "C09 c1 n=1 open=1 median=- p90=- longest=6000\nC28/in-time - 0/1 0-793\n"},
    {"a decision after the time ran out is no decision in time",
        "1000 c1 opened inject=ask\n"
        "7000 clock expired question=cut\n"
        "8000 c1 decided question=cut option=x\n" END_AT("9000"),
        "C09 c1 n=1 open=1 median=- p90=- longest=6000\nC28/in-time - 0/1 0-793\n"},
    {"whose question is anybody's: the first who saw it; a decision at the very start",
        "0 c1 decided question=cut option=x\n"
        "100 c1 messaged message=o1 to=handler type=order\n"
        "150 h1 messaged message=o2 to=poc type=order\n"
        "1000 p1 opened inject=ask-go\n"
        "2000 c1 opened inject=ask-go\n" END_AT("9000"),
        "C09 - n=1 open=1 median=- p90=- longest=8000\nC09 p1 n=1 open=1 median=- p90=- "
        "longest=8000\nC10/to-order - n=1 open=0 median=100 p90=100 longest=100\n"},
    {"a question that was closed before an owner saw it",
        "1000 clock expired question=cut\n"
        "2000 c1 opened inject=ask\n"
        "2500 c1 decided question=go option=x\n"
        "3000 c1 opened inject=ask-go\n" END_AT("9000"),
        "C09 - n.a.\nC28/in-time - 0/1 0-793\n"},
    {"decided while an own request was out, and after its answer",
        "0 c1 messaged message=q1 to=handler type=request\n"
        "1000 c1 decided question=cut option=x\n"
        "2000 h1 messaged message=a1 to=commander re=q1 type=answer\n"
        "3000 c1 decided question=go option=x\n"
        "4500 c1 messaged message=o1 to=handler type=order\n"
        "5500 c1 messaged message=o2 to=handler type=order\n" END_AT("9000"),
        "C09/asking c1 1/2 94-905\n"
        "C10/to-order c1 n=1 open=0 median=1500 p90=1500 longest=1500\n"
        "C26 c1 4/4 510-1000\n"},
    {"public since the news; the statement was approved",
        "1000 clock delivered inject=audit to=poc via=news\n"
        "2000 c1 messaged message=i1 to=ciso type=info\n"
        "4000 c1 messaged message=s1 to=press type=statement approved=true\n"
        "5000 p1 messaged message=s2 to=vendor,press type=statement\n" END_AT("9000"),
        "C21 - n=1 open=0 median=3000 p90=3000 longest=3000\nC21/approved - 1/1 206-1000\n"
        "C19 - 1/2 94-905\nC20 - 2/2 342-1000\n"},
    {"public since the press asked, which is not a benign inject by another",
        "1000 clock delivered inject=audit to=poc\n"
        "2000 clock delivered inject=gossip to=poc\n" END_AT("9000"),
        "C21 - n=1 open=1 median=- p90=- longest=7000\nC21/approved - n.a.\n"},
    {"before the news, and before anybody inside",
        "500 c1 messaged message=s1 to=press facts=ten type=statement\n"
        "1000 clock delivered inject=audit to=poc via=news\n" END_AT("9000"),
        "C21 - n=1 open=0 median=0 p90=0 longest=0\nC21/approved - 0/1 0-793\nC20 - 0/1 0-793\n"},
    {"the commander does rather than leads",
        "0 c1 acted action=isolate contested=true\n"
        "1 h1 acted action=isolate\n" END_AT("9000"),
        "C26 - 0/1 0-793\ncontested/deeds - 1/2 94-905\n"},
    {"the commander leads by situation reports and approvals as well",
        "0 c1 messaged message=a to=handler type=sitrep\n"
        "1 c1 messaged message=b to=poc type=approval\n"
        "2 c1 acted action=isolate\n" END_AT("9000"),
        "C26 - 2/3 207-938\n"},
    {"stamps, own drafts, orders without authority",
        "0 p1 messaged message=d1 to=commander type=approval-request\n"
        "1 c1 messaged message=a1 to=poc draft=d1 type=approval unread=true\n"
        "2 p1 messaged message=a2 to=poc draft=d1 type=approval contested=true\n"
        "3 p1 messaged message=o1 to=handler type=order action=isolate contested=true\n" END_AT(
            "9000"),
        "stamps - 1/2 94-905\ncontested/approvals p1 1/1 206-1000\n"
        "contested/orders - 1/1 206-1000\n"},
    {"alarms about what is harmless",
        "0 p1 messaged message=e1 to=commander facts=harmless type=escalation\n"
        "1 p1 messaged message=e2 to=commander re=audit type=escalation\n"
        "2 p1 messaged message=e3 to=commander facts=harmless,ten type=escalation\n"
        "3 p1 messaged message=e4 to=commander type=notification\n"
        "4 p1 messaged message=e5 to=commander re=audit type=info\n" END_AT("9000"),
        "false-alarms - 2/4 150-849\n"},
    {"what waits: opened, not yet, and a second delivery of the same",
        "0 clock delivered inject=call to=poc,commander\n"
        "1000 clock delivered inject=call to=poc\n"
        "2000 p1 opened inject=call\n"
        "3000 h1 messaged message=m1 to=poc type=info\n" END_AT("9000"),
        "C27/waiting - n=3 open=2 median=- p90=- longest=9000\n"
        "C27/waiting p1 n=2 open=1 median=2000 p90=- longest=6000\n"},
    {"an inject that comes to another seat later waits there, too",
        "0 clock delivered inject=call to=poc\n"
        "1000 clock delivered inject=call to=handler\n"
        "2000 p1 opened inject=call\n"
        "4000 h1 opened inject=call\n" END_AT("9000"),
        "C27/waiting p1 n=1 open=0 median=2000 p90=2000 longest=2000\n"
        "C27/waiting h1 n=1 open=0 median=3000 p90=3000 longest=3000\n"},
};

static void test_loops(void **state)
{
    (void)state;
    run_cases(loop_cases, COUNT(loop_cases));
}

static void test_acts(void **state)
{
    (void)state;
    run_cases(act_cases, COUNT(act_cases));
}

static void test_load(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct metrics metrics;
    struct trace trace;
    case_metrics(&metrics, &trace, &arena,
        "0 h1 messaged message=m1 to=poc type=info\n"
        "599999 h1 messaged message=m2 to=room type=info\n"
        "600000 p1 opened message=m1\n"
        "600000 h1 messaged message=m3 to=poc type=info\n"
        "700000 c1 messaged message=m4 to=ciso type=info\n");
    assert_int_equal(metrics.load_count, 3);
    assert_false(metrics.is_ended);
    assert_int_equal(metrics.as_of_ms, 700000);
    struct metric_load poc = metrics.loads[2], commander = metrics.loads[0];
    assert_int_equal(poc.received, 3);
    assert_int_equal(poc.busiest, 2);
    assert_int_equal(poc.backlog, 2);
    assert_int_equal(poc.unopened, 2);
    assert_int_equal(commander.received, 1);
    assert_int_equal(commander.unopened, 1);
    metrics_fini(&metrics);
    trace_fini(&trace);
    arena_fini(&arena);
}

static void test_promises(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct metrics metrics;
    struct trace trace;
    case_metrics(&metrics, &trace, &arena,
        "0 c1 messaged message=s1 to=ciso,vendor type=sitrep next_update_ms=2000\n"
        "1500 c1 messaged message=s2 to=vendor type=sitrep\n"
        "9000 facilitator ended\n");
    assert_int_equal(metrics.promise_count, 2);
    assert_int_equal(metrics.promises_left_out, 0);
    assert_true(str_is(metrics.promises[0].to, "ciso"));
    assert_int_equal(metrics.promises[0].next_ms, -1);
    assert_int_equal(metrics.promises[0].due_ms, 2000);
    assert_false(metrics.promises[0].kept);
    assert_int_equal(metrics.promises[1].next_ms, 1500);
    assert_true(metrics.promises[1].kept);
    metrics_fini(&metrics);
    trace_fini(&trace);
    arena_fini(&arena);
}

/* ---- any trace ---- */

/* $: a party; %: one of three ids; @: a fact. */
static const char *const deeds[] = {
    "messaged message=m% to=$,$ facts=@ type=report ack_within_ms=20",
    "messaged message=m% to=$ facts=@,@ type=escalation next_update_ms=20",
    "messaged message=m% to=$ type=order action=isolate readback=true",
    "messaged message=m% to=room type=request re=m%",
    "messaged message=m% to=$ facts=@ type=notification unknown=cause",
    "messaged message=m% to=$,press facts=@ type=statement draft=m%",
    "messaged message=m% to=$ type=answer re=m%",
    "said to=$,$ facts=@",
    "heard from=$ facts=@",
    "handed-off to=$ facts=@",
    "learned fact=@ source=message through=m%",
    "learned fact=@ source=heard through=$",
    "learned fact=@ source=inject through=call",
    "acked message=m%",
    "acked inject=call unread=true",
    "read-back message=m%",
    "acted action=isolate order=m%",
    "reached message=m%",
    "opened message=m%",
    "opened inject=ask",
    "opened inject=ask-go",
    "decided question=cut option=x",
    "decided question=go option=x contested=true",
    "expired question=cut",
    "declared status=aware",
    "delivered inject=call to=$",
    "delivered inject=ask to=commander re=m%",
    "annulled event=%",
};
static const char *const parties[] = {
    "commander", "handler", "poc", "triage", "c1", "p1", "ciso", "vendor", "nobody", "room"};
static const char *const actors[] = {"c1", "h1", "p1", "ciso", "vendor", "clock", "facilitator"};

static uint64_t draws;
static uint64_t draw(uint64_t below)
{
    return random_below(7, STR("metrics"), draws++, below);
}

static void add_deed(struct buf *out, uint64_t at)
{
    uint64_t late = draw(3) == 0 ? draw(50) : 0;
    buf_format(
        out, "%d+%d %s ", (int)(at > late ? at - late : 0), (int)at, actors[draw(COUNT(actors))]);
    for (const char *deed = deeds[draw(COUNT(deeds))]; *deed != '\0'; deed++) {
        if (*deed == '$')
            buf_add(out, str_of(parties[draw(COUNT(parties))]));
        else if (*deed == '%')
            buf_add_int(out, (int64_t)(1 + draw(12)));
        else if (*deed == '@')
            buf_add(out, case_facts[draw(COUNT(case_facts))].id);
        else
            buf_add_char(out, *deed);
    }
    buf_add_char(out, '\n');
}

static void check_metric(const struct metric *metric)
{
    assert_true(metric->n >= 0 && metric->k >= 0 && metric->k <= metric->n);
    assert_true(metric->open >= 0 && metric->open <= metric->n);
    assert_true(metric->low >= 0 && metric->low <= metric->high && metric->high <= 1000);
    assert_true(metric->p90 < 0 || (metric->median >= 0 && metric->median <= metric->p90));
    assert_true(metric->p90 <= metric->longest && metric->median <= metric->longest);
}

/* Nothing that could stand in a record stops the count, or gives a figure that cannot be. */
static void test_any_trace(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct arena arena = {0};
        struct metrics metrics;
        struct trace trace;
        struct buf text = {0};
        for (uint64_t i = 0; i < 60; i++)
            add_deed(&text, i * 5 + draw(5));
        if (draw(2) == 0)
            buf_add(&text, STR("250+300 facilitator ended\n"));
        buf_add_char(&text, '\0');
        case_metrics(&metrics, &trace, &arena, text.ptr);
        for (size_t i = 0; i < metrics.count; i++)
            check_metric(&metrics.items[i]);
        for (size_t i = 0; i < metrics.known_count; i++)
            assert_true(metrics.known[i].lag_ms >= 0 && metrics.known[i].hops >= 0);
        buf_fini(&text);
        metrics_fini(&metrics);
        trace_fini(&trace);
        arena_fini(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_loops), cmocka_unit_test(test_acts),
        cmocka_unit_test(test_load), cmocka_unit_test(test_promises),
        cmocka_unit_test(test_any_trace)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

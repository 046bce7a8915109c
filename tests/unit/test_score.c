/* Scoring: every boundary at ±1 ms, and live equal to cold on every prefix. */
#include "unit/trace.h"

#include "base/random.h"
#include "score/score.h"

#define M 60000 /* a minute */

struct score_case {
    const char *name, *rules, *trace;
    int64_t now_ms;
    const char *expected; /* findings, one a line */
};

static void add_number(struct buf *out, const char *name, int64_t number, int64_t none)
{
    if (number != none)
        buf_format(out, " %s=%lld", name, (long long)number);
}

static void add_text(struct buf *out, const char *name, struct str text)
{
    if (text.len != 0)
        buf_format(out, " %s=%.*s", name, STR_ARG(text));
}

static void describe(const struct finding *finding, struct buf *out)
{
    buf_format(out, "%.*s %s", STR_ARG(finding->rule->id), verdict_names[finding->verdict]);
    add_number(out, "act", finding->activation_seq, 0);
    add_number(out, "tgt", finding->target_seq, 0);
    add_number(out, "start", finding->start_ms, -1);
    add_number(out, "bound", finding->bound_ms, -1);
    add_number(out, "met", finding->met_ms, -1);
    if (finding->bound_ms >= 0 && finding->met_ms >= 0)
        buf_format(out, " margin=%lld", (long long)finding->margin_ms);
    if (finding->met_ms >= 0)
        buf_format(out, " points=%d/%d/%d", finding->time_permille, finding->content_permille,
            finding->assistance_permille);
    add_number(out, "miss", finding->miss_seq, 0);
    add_text(out, "why", finding->miss_why);
    add_text(out, "by", finding->excused_by);
    add_text(out, "actor", finding->actor);
    add_text(out, "about", finding->subject);
    buf_add_char(out, '\n');
}

typedef void write_findings(const struct finding *items, size_t count, struct buf *out);

static void describe_all(const struct finding *items, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        describe(&items[i], out);
}

static void look(struct scorer *scorer, int64_t now_ms, write_findings *write, struct buf *out)
{
    const struct finding *items;
    size_t count;
    buf_clear(out);
    scorer_findings(scorer, now_ms, &items, &count);
    write(items, count, out);
    buf_add_char(out, '\0');
}

/* Feeds one by one with a look after each; a new scorer fed at once must say the same. */
static void check_prefixes(const struct def *def, const struct rules *rules,
    const struct event *events, size_t count, const char *name)
{
    struct buf live = {0}, cold = {0};
    struct scorer *scorer = scorer_new(def, rules);
    for (size_t prefix = 0; prefix <= count; prefix++) {
        if (prefix > 0)
            scorer_feed(scorer, &events[prefix - 1]);
        int64_t now_ms = prefix > 0 ? events[prefix - 1].at_ms + (int64_t)(prefix % 3) : 0;
        look(scorer, now_ms, score_write, &live);
        struct scorer *fresh = scorer_new(def, rules);
        for (size_t i = 0; i < prefix; i++)
            scorer_feed(fresh, &events[i]);
        look(fresh, now_ms, score_write, &cold);
        scorer_free(fresh);
        if (strcmp(live.ptr, cold.ptr) != 0)
            fail_msg("%s, after %zu events:\nlive %s\ncold %s", name, prefix, live.ptr, cold.ptr);
    }
    scorer_free(scorer);
    buf_fini(&live);
    buf_fini(&cold);
}

static void run_case(const struct score_case *at)
{
    struct arena arena = {0};
    const struct def *def = trace_def(&arena);
    struct rules rules = trace_rules(&arena, at->rules);
    size_t count;
    struct event *events = trace_events(&arena, at->trace, &count);
    struct scorer *scorer = scorer_new(def, &rules);
    for (size_t i = 0; i < count; i++)
        scorer_feed(scorer, &events[i]);
    struct buf out = {0};
    look(scorer, at->now_ms, describe_all, &out);
    if (strcmp(out.ptr, at->expected) != 0)
        fail_msg("%s\nexpected:\n%sgot:\n%s", at->name, at->expected, out.ptr);
    scorer_free(scorer);
    check_prefixes(def, &rules, events, count, at->name);
    buf_fini(&out);
    arena_fini(&arena);
}

static void run_cases(const struct score_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        run_case(&cases[i]);
}

#define ONE_RESPOND                                                                                \
    "respond | message type=report to=poc | escalation to=commander | within=5m grace=2m\n"

static void test_respond_bounds(void **state)
{
    (void)state;
    static const struct score_case cases[] = {
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
        {"expired without an event", ONE_RESPOND,
            "1000 h1 messaged message=m0 to=poc type=report\n", 301001,
            "r1 violated act=1 start=1000 bound=301000 actor=p1 about=m0\n"},
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
    run_cases(cases, COUNT(cases));
}

static void test_respond_without_window(void **state)
{
    (void)state;
#define OPEN "respond | message type=report | escalation to=commander | \n"
    const struct score_case cases[] = {
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
    run_cases(cases, COUNT(cases));
}

#define KNOW                                                                                       \
    "respond | knows fact=note by=triage,commander | knows fact=note by=ciso | within=30m "        \
    "attention=3m role=commander\n"

static void test_knowledge_and_attention(void **state)
{
    (void)state;
    static const struct score_case cases[] = {
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
        {"not yet started", KNOW, "0 clock delivered inject=call to=poc via=phone why=clock\n",
            179999, "r1 not_activated\n"},
        {"ENDEX before it starts", KNOW,
            "0 clock delivered inject=call to=poc via=phone why=clock\n"
            "179999 facilitator ended\n",
            999999, "r1 not_activated\n"},
        {"others' mail starts nothing", KNOW, "0 clock delivered inject=call to=legal\n", 999999,
            "r1 not_activated\n"},
        {"a message carries it too", KNOW,
            "0 h1 messaged facts=note message=m4 to=poc type=report\n", 180000,
            "r1 pending act=1 start=180000 bound=1980000 actor=c1 about=note\n"},
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
    run_cases(cases, COUNT(cases));
}

#define EACH "each | message type=order | ack | match=message within=5m\n"
#define EACH_UNTIED "each | message type=order | note | within=5m\n"

static void test_each(void **state)
{
    (void)state;
    static const struct score_case cases[] = {
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
    run_cases(cases, COUNT(cases));
}

#define PRECEDE "precede | knows fact=note by=commander | message to=vendor | grace=2m\n"

static void test_precede(void **state)
{
    (void)state;
    static const struct score_case cases[] = {
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
    run_cases(cases, COUNT(cases));
}

static void test_effective_trace(void **state)
{
    (void)state;
    static const struct score_case cases[] = {
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
        {"the mode of the record goes before the definition's",
            "respond | note | ack | modes=paced\n",
            "0 host created mode=paced\n"
            "0 h1 noted\n",
            0, "r1 pending act=2 start=0 actor=h1\n"},
    };
    run_cases(cases, COUNT(cases));
}

#define CARRY(to) "respond | note | message to=" to " | within=1m\n"

static void test_content_and_assistance(void **state)
{
    (void)state;
    static const struct score_case cases[] = {
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
    run_cases(cases, COUNT(cases));
}

static void test_consequences(void **state)
{
    (void)state;
#define CAUSE "respond | note | escalation to=commander | within=1m\n"
#define EFFECT "respond | note | escalation to=ciso | within=2m caused_by=r1\n"
#define BACKWARDS "respond | note | escalation to=commander | within=1m caused_by=r2\n"
    const struct score_case cases[] = {
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
    run_cases(cases, COUNT(cases));
}

/* Random traces with late entries and annulments: what is told live is what is told cold. */
static void test_live_equals_cold(void **state)
{
    (void)state;
    static const char *const lines[] = {"h1 messaged message=m%llu to=poc type=report facts=note",
        "p1 messaged message=n%llu to=commander type=escalation",
        "c1 messaged message=o%llu to=handler type=order ack_within_ms=3000",
        "h1 acked message=o%llu", "h1 acked message=o%llu unread=true", "h1 noted",
        "p1 learned fact=note", "c1 learned fact=note", "ciso learned fact=note ^1",
        "clock delivered inject=call to=poc", "p1 opened inject=call",
        "c1 messaged message=v%llu to=vendor type=info facts=note,leak",
        "facilitator hinted rule=r1 to=poc", "clock delivered inject=call-again to=poc",
        "facilitator annulled event=%llu", "facilitator ended"};
    static const char rules_text[] =
        ONE_RESPOND KNOW EACH EACH_UNTIED PRECEDE CARRY("vendor")
        "each | message type=order | ack | match=message\n"
        "respond | opened inject=call | escalation | within=2s attention=1s caused_by=r1\n";
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct arena arena = {0};
        const struct def *def = trace_def(&arena);
        struct rules rules = trace_rules(&arena, rules_text);
        struct event events[40];
        uint64_t draw = 0, now = 0;
        for (size_t i = 0; i < COUNT(events); i++) {
#define DRAW(below) random_below(seed, STR("trace"), draw++, below)
            now += DRAW(4) * 500;
            uint64_t kind = DRAW(COUNT(lines) + 8) % (seed % 3 == 0 ? 14 : COUNT(lines));
            if (kind == 15 && DRAW(4) != 0)
                kind = 0;
            uint64_t happened = DRAW(6) == 0 && seed % 2 == 0 ? now - DRAW(now + 1) : now;
            char words[160];
            snprintf(words, sizeof(words), lines[kind], (unsigned long long)DRAW(12));
            struct str line = arena_format(&arena, "%llu+%llu %s", (unsigned long long)happened,
                (unsigned long long)now, words);
            events[i] = trace_event(&arena, line, (int64_t)i + 1);
        }
        check_prefixes(def, &rules, events, COUNT(events), "random trace");
        arena_fini(&arena);
    }
}

static void test_sentences(void **state)
{
    (void)state;
    static const struct {
        const char *rules, *trace;
        int64_t now_ms;
        const char *en, *ja;
    } cases[] = {
        {"", "", 0, "", ""},
    };
    for (size_t i = 1; i < COUNT(cases); i++) {
        struct arena arena = {0};
        struct rules rules = trace_rules(&arena, cases[i].rules);
        size_t event_count, count;
        struct event *events = trace_events(&arena, cases[i].trace, &event_count);
        struct scorer *scorer = scorer_new(trace_def(&arena), &rules);
        for (size_t e = 0; e < event_count; e++)
            scorer_feed(scorer, &events[e]);
        const struct finding *items;
        scorer_findings(scorer, cases[i].now_ms, &items, &count);
        struct words sentence = items[count - 1].sentence;
        assert_string_equal(arena_str(&arena, sentence.in[LANG_EN]).ptr, cases[i].en);
        assert_string_equal(arena_str(&arena, sentence.in[LANG_JA]).ptr, cases[i].ja);
        scorer_free(scorer);
        arena_fini(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_respond_bounds),
        cmocka_unit_test(test_respond_without_window),
        cmocka_unit_test(test_knowledge_and_attention),
        cmocka_unit_test(test_each),
        cmocka_unit_test(test_precede),
        cmocka_unit_test(test_effective_trace),
        cmocka_unit_test(test_content_and_assistance),
        cmocka_unit_test(test_consequences),
        cmocka_unit_test(test_live_equals_cold),
        cmocka_unit_test(test_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

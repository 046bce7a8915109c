/* What the facilitator, the evaluators, the story and the program do. */
#include "unit/table.h"

static void an_inject_is_moved_by_hand(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"fire now", "", "1m facilitator fire inject=night",
            "1m facilitator delivered inject=night to=legal via=phone why=hand\n"},
        {"fire twice", "1m facilitator fire inject=night\n", "2m facilitator fire inject=night",
            "2m facilitator refused input_name=fire reason=already what=night\n"},
        {"what repeats comes again", "1m facilitator fire inject=news\n",
            "2m facilitator fire inject=news",
            "2m facilitator delivered inject=news to=poc,commander,handler,legal via=phone "
            "why=hand\n"},
        {"fire later", "", "1m facilitator fire inject=night after=2m\n3m wait",
            "1m facilitator scheduled due_ms=180000 inject=night\n"
            "3m clock delivered inject=night to=legal via=phone why=hand\n"},
        {"fired before its time: it came already", "1m facilitator fire inject=night\n", "1h wait",
            "30m clock delivered inject=call to=poc via=phone why=clock\n"
            "35m clock delivered inject=follow to=poc via=phone why=after\n"
            "45m1ms clock delivered inject=again to=poc via=phone why=unless\n"
            "1h clock skipped inject=night why=clock\n"},
        {"scheduled twice: the second is skipped", "",
            "1m facilitator fire inject=night after=1m\n1m facilitator fire inject=night after=2m\n"
            "3m wait",
            "1m facilitator scheduled due_ms=120000 inject=night\n"
            "1m facilitator scheduled due_ms=180000 inject=night\n"
            "2m clock delivered inject=night to=legal via=phone why=hand\n"
            "3m clock skipped inject=night why=hand\n"},
        {"held: its time passes", "1m facilitator hold inject=night\n", "90m wait",
            "30m clock delivered inject=call to=poc via=phone why=clock\n"
            "35m clock delivered inject=follow to=poc via=phone why=after\n"
            "45m1ms clock delivered inject=again to=poc via=phone why=unless\n"},
        {"held twice", "1m facilitator hold inject=night\n", "2m facilitator hold inject=night",
            "2m facilitator refused input_name=hold reason=already what=night\n"},
        {"held and fired", "1m facilitator hold inject=night\n", "2m facilitator fire inject=night",
            "2m facilitator delivered inject=night to=legal via=phone why=hand\n"},
        {"held after it came", "1m facilitator fire inject=night\n",
            "2m facilitator hold inject=night",
            "2m facilitator refused input_name=hold reason=already what=night\n"},
        {"skipped", "", "1m facilitator skip inject=call\n59m wait",
            "1m facilitator skipped inject=call why=hand\n"},
        {"skipped after it came at once", "0s facilitator fire inject=night\n",
            "2m facilitator skip inject=night",
            "2m facilitator refused input_name=skip reason=already what=night\n"},
        {"skipped twice", "1m facilitator skip inject=call\n", "2m facilitator skip inject=call",
            "2m facilitator refused input_name=skip reason=already what=call\n"},
        {"skipped, and fired after all", "1m facilitator skip inject=night\n",
            "2m facilitator fire inject=night",
            "2m facilitator delivered inject=night to=legal via=phone why=hand\n"},
        {"edited", "1m facilitator edit inject=night to=poc title=new body=text\n",
            "2m facilitator fire inject=night",
            "2m facilitator delivered inject=night to=poc via=phone why=hand\n"},
        {"edited with nothing", "", "1m facilitator edit inject=night",
            "1m facilitator refused input_name=edit reason=empty what=title, body or to\n"},
        {"edited too late", "1m facilitator fire inject=night\n",
            "2m facilitator edit inject=night title=new",
            "2m facilitator refused input_name=edit reason=already what=night\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void a_story_finds_its_way(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"a story fires", "", "1m story fire inject=night",
            "1m story delivered inject=night to=legal via=phone why=story\n"},
        {"with a reason", "", "1m story fire inject=night reason=nobody-told",
            "1m story delivered inject=night reason=nobody-told to=legal via=phone why=story\n"},
        {"what came already", "1m facilitator fire inject=night\n", "2m story fire inject=night",
            "2m story skipped inject=night why=story\n"},
        {"what is held", "1m facilitator hold inject=night\n", "2m story fire inject=night",
            "2m story skipped inject=night why=story\n"},
        {"what is left out", "1m facilitator skip inject=night\n", "2m story fire inject=night",
            "2m story skipped inject=night why=story\n"},
        {"what is above the dial", "", "1m story fire inject=rare",
            "1m story skipped inject=rare why=dial\n"},
        {"what repeats", "1m facilitator fire inject=news\n", "2m story fire inject=news",
            "2m story delivered inject=news to=poc,commander,handler,legal via=phone why=story\n"},
        {"a phase, a value, a mistake, the end", "",
            "1m story phase phase=second\n1m story set name=server value=stopped\n"
            "1m story fault message=oops line=3\n1m story end",
            "1m story phase-changed phase=second\n1m story world-set name=server value=stopped\n"
            "1m story fault line=3 message=oops\n1m story ended by_story=true\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void the_staff_makes_things_up(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"an inject", "",
            "1m facilitator improvise id=i1 from=Ward to=poc via=chat title=t body=b facts=leak "
            "tlp=red\n2m poc open inject=i1",
            "1m facilitator improvised body=b facts=leak from=Ward inject=i1 title=t tlp=red "
            "to=poc "
            "via=chat\n1m facilitator delivered inject=i1 to=poc via=chat why=hand\n"
            "2m poc opened inject=i1\n2m poc learned fact=leak source=inject through=i1\n"},
        {"without id", "", "1m facilitator improvise from=x to=poc title=t",
            "1m facilitator refused input_name=improvise reason=empty what=id\n"},
        {"an id that an inject has", "", "1m facilitator improvise id=call from=x to=poc title=t",
            "1m facilitator refused input_name=improvise reason=id-taken what=call\n"},
        {"but not one that a message has", "1m poc message id=m1 type=info to=lead\n",
            "2m facilitator improvise id=m1 from=x to=poc title=t",
            "2m facilitator improvised from=x inject=m1 title=t to=poc\n"
            "2m facilitator delivered inject=m1 to=poc why=hand\n"},
        {"it comes once", "1m facilitator improvise id=i1 from=x to=poc title=t\n",
            "2m facilitator fire inject=i1",
            "2m facilitator refused input_name=fire reason=already what=i1\n"},
        {"an answer of a stakeholder",
            "1m poc message id=m1 type=request to=desk via=mail\n"
            "1m facilitator claim stakeholder=desk\n",
            "3m facilitator reply_as as=desk to=poc id=r1 re=m1 text=yes type=answer via=phone",
            "2m desk arrived message=m1\n3m desk reached message=m1\n3m desk messaged message=r1 "
            "re=m1 text=yes to=poc "
            "type=answer via=phone\n"},
        {"who answers knows what it was told",
            "1m facilitator fire inject=call\n1m poc open inject=call\n"
            "1m poc message id=m1 type=request to=desk facts=leak\n",
            "1m facilitator reply_as as=desk to=poc id=r1 re=m1 text=yes",
            "1m desk reached message=m1\n1m desk learned fact=leak source=message through=m1\n"
            "1m desk messaged message=r1 re=m1 text=yes to=poc type=report\n"},
        {"out of the blue", "", "1m facilitator reply_as as=vendor to=poc id=r1 text=hello",
            "1m vendor messaged message=r1 text=hello to=poc type=report\n"},
        {"with an id that a message has", "1m poc message id=m1 type=info to=lead\n",
            "2m facilitator reply_as as=vendor to=poc id=m1",
            "2m facilitator refused input_name=reply_as reason=id-taken what=m1\n"},
        {"a hint", "", "1m facilitator hint to=poc text=think rule=r",
            "1m facilitator hinted rule=r text=think to=poc\n"},
        {"a written hint", "", "1m facilitator hint hint=who-else",
            "1m facilitator hinted hint=who-else to=poc\n"},
        {"a written hint in other words", "", "1m facilitator hint hint=who-else text=think",
            "1m facilitator hinted hint=who-else text=think to=poc\n"},
        {"a written hint for somebody else", "", "1m story hint hint=who-else to=legal",
            "1m story hinted hint=who-else to=legal\n"},
        {"a hint without words", "", "1m facilitator hint to=poc rule=r",
            "1m facilitator refused input_name=hint reason=empty what=hint, or text and to\n"},
        {"a fact comes to light", "", "1m facilitator reveal fact=leak to=poc,legal",
            "1m poc learned fact=leak source=revealed\n1m legal learned fact=leak "
            "source=revealed\n"},
        {"that was known", "1m story reveal fact=leak to=poc\n",
            "2m facilitator reveal fact=leak to=poc",
            "2m facilitator refused input_name=reveal reason=already what=leak\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void an_inject_can_be_an_answer(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"to whoever wrote", "1m legal message id=m1 type=request to=room\n",
            "2m story fire inject=news re=m1",
            "2m story delivered inject=news re=m1 to=legal via=phone why=story\n"},
        {"later", "1m legal message id=m1 type=request to=room\n",
            "2m story fire inject=night re=m1 after=5m\n9m wait",
            "2m story scheduled due_ms=420000 inject=night re=m1\n"
            "7m clock delivered inject=night re=m1 to=legal via=phone why=story\n"},
        {"to everybody who asks, again",
            "1m legal message id=m1 type=request to=room\n"
            "1m poc message id=m2 type=request to=room\n"
            "1m story fire inject=night re=m1\n",
            "2m story fire inject=night re=m2\n2m poc open inject=night\n"
            "2m legal open inject=night",
            "2m story delivered inject=night re=m2 to=poc via=phone why=story\n"
            "2m poc opened inject=night\n2m legal opened inject=night\n"},
        {"to one who is not at the table", "1m facilitator reply_as id=r1 as=desk to=poc\n",
            "2m facilitator fire inject=night re=r1",
            "2m facilitator refused input_name=fire reason=impossible what=r1\n"},
        {"to nothing there is", "", "2m facilitator fire inject=night re=m9",
            "2m facilitator refused input_name=fire reason=unknown what=m9\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void the_dial_holds_back_what_is_above_it(void **state)
{
    (void)state;
    static const struct {
        int difficulty;
        bool comes;
    } cases[] = {{0, false}, {1, false}, {2, true}, {3, true}};
    for (size_t i = 0; i < TABLE_COUNT(cases); i++) {
        struct table_play play;
        table_init(&play, NULL, 0);
        struct str line = arena_format(&play.arena,
            "0s host create content=c lua=5.4.4 mode=live pace=1 semantics=2 difficulty=%d\n",
            cases[i].difficulty);
        table_lines(&play, line.ptr);
        table_lines(&play, TABLE_START "51m wait\n");
        int rare = state_inject_find(table_now(&play), STR("rare"));
        assert_int_equal(table_now(&play)->injects[rare].delivered_ms >= 0, cases[i].comes);
        table_lines(&play, "52m facilitator fire inject=rare\n");
        assert_true(table_now(&play)->injects[rare].delivered_ms >= 0);
        table_fini(&play);
    }
}

/* Before STARTEX. */
static void everybody_checks_in(void **state)
{
    (void)state;
    struct table_play play;
    struct buf told = {0};
    table_init(&play, NULL, 0);
    table_lines(&play,
        TABLE_CREATE "0s facilitator warm_up\n0s poc check_in\n0s poc check_in\n"
                     "0s facilitator warm_up\n0s poc check_in\n" TABLE_START "1m legal check_in\n");
    for (size_t i = 1; i < play.events.count; i++)
        table_tell(&play.arena, &told, &play.events.items[i]);
    buf_add_char(&told, '\0');
    assert_string_equal(told.ptr, "0s facilitator warm-up\n0s poc checked-in\n"
                                  "0s poc refused input_name=check_in reason=already what=poc\n"
                                  "0s facilitator warm-up\n0s poc checked-in\n"
                                  "0s facilitator started\n"
                                  "1m legal refused input_name=check_in reason=not-now "
                                  "what=running\n");
    buf_fini(&told);
    table_fini(&play);
}

static void the_clock_is_moved(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"pause and resume", "", "1m facilitator pause\n1m facilitator resume",
            "1m facilitator paused reason=facilitator\n1m facilitator resumed\n"},
        {"an outage", "", "1m host outage gap_ms=40000",
            "1m host paused gap_ms=40000 reason=outage\n"},
        {"pace", "", "1m facilitator pace pace=4", "1m facilitator pace-changed pace=4\n"},
        {"no pace", "", "1m facilitator pace pace=0",
            "1m facilitator refused input_name=pace reason=impossible what=pace\n"},
        {"to where a phase begins", "1m facilitator skip inject=night\n",
            "1m facilitator jump phase=second",
            "1m facilitator jumped story_ms=1795212000000\n1m facilitator phase-changed "
            "phase=second\n"},
        {"by a story, with a sheet", "1m facilitator skip inject=night\n",
            "1m story jump phase=second sheet=true\n1m facilitator jump",
            "1m story gap-opened phase=second until_story_ms=1795212000000\n"
            "1m facilitator jumped story_ms=1795212000000\n1m facilitator phase-changed "
            "phase=second\n"},
        {"not to a phase that has no time", "", "1m facilitator jump phase=first",
            "1m facilitator refused input_name=jump reason=bad-time what=first\n"},
        {"nor to two places", "", "1m facilitator jump by=1h phase=second",
            "1m facilitator refused input_name=jump reason=bad-time what=by or phase\n"},
        {"nor back", "1m facilitator skip inject=night\n1m facilitator jump by=24h\n",
            "2m facilitator jump phase=second",
            "2m facilitator refused input_name=jump reason=bad-time what=second\n"},
        {"the fastest", "", "1m facilitator pace pace=1440",
            "1m facilitator pace-changed pace=1440\n"},
        {"faster than that", "", "1m facilitator pace pace=1441",
            "1m facilitator refused input_name=pace reason=impossible what=pace\n"},
        {"a jump brings what is due", "", "1m facilitator jump by=59m\n1m wait",
            "1m facilitator jumped story_ms=1795183800000\n"
            "1m clock delivered inject=night to=legal via=phone why=clock\n"},
        {"a jump of nothing", "", "1m facilitator jump",
            "1m facilitator refused input_name=jump reason=bad-time what=by\n"},
        {"a sheet", "",
            "1m facilitator jump by=8h sheet=true\n1m poc note text=t story_at="
            "2026-11-21T02:00:00+09:00\n1m facilitator jump\n1m facilitator resume",
            "1m facilitator gap-opened until_story_ms=1795209060000\n1m poc noted text=t\n"
            "1m facilitator jumped story_ms=1795209060000\n1m facilitator resumed\n"
            "1m clock delivered inject=night to=legal via=phone why=clock\n"},
        {"an open sheet holds the clock", "1m facilitator jump by=8h sheet=true\n",
            "1m facilitator resume",
            "1m facilitator refused input_name=resume reason=not-now what=gap\n"},
        {"one sheet at a time", "1m facilitator jump by=8h sheet=true\n",
            "1m facilitator jump by=1h",
            "1m facilitator refused input_name=jump reason=already what=gap\n"},
        {"story_at needs a sheet", "", "1m poc note text=t story_at=2026-11-21T02:00:00+09:00",
            "1m poc refused input_name=note reason=bad-time what=story_at\n"},
        {"and lies in its gap", "1m facilitator jump by=8h sheet=true\n",
            "1m poc note text=t story_at=2026-11-21T06:11:00+09:00\n"
            "1m poc note text=t story_at=2026-11-21T06:11:01+09:00\n"
            "1m poc note text=t story_at=2026-11-20T22:10:59+09:00",
            "1m poc noted text=t\n1m poc refused input_name=note reason=bad-time what=story_at\n"
            "1m poc refused input_name=note reason=bad-time what=story_at\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void the_end_and_after(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"ENDEX, ratings, seal", "1m facilitator end\n",
            "1m evaluator rate capability=c rating=S\n1m evaluator observe text=t rule=r\n"
            "1m facilitator ruling finding=f text=t\n1m facilitator annul event=2 reason=t\n"
            "1m facilitator seal",
            "1m evaluator rated capability=c rating=S\n1m evaluator observed rule=r text=t\n"
            "1m facilitator ruled finding=f text=t\n1m facilitator annulled event=2 reason=t\n"
            "1m facilitator sealed\n"},
        {"annulling what did not happen yet", "", "1m facilitator annul event=3",
            "1m facilitator refused input_name=annul reason=unknown what=event\n"},
        {"or never could", "", "1m facilitator annul event=0",
            "1m facilitator refused input_name=annul reason=unknown what=event\n"},
        {"a real incident, by a seat", "", "1m poc stop_real_incident text=fire",
            "1m poc stopped text=fire\n"},
        {"nothing is said after it", "1m poc stop_real_incident\n",
            "1m facilitator note text=t\n1m facilitator resume\n2h wait",
            "1m facilitator refused input_name=note reason=not-now what=stopped\n"
            "1m facilitator refused input_name=resume reason=not-now what=stopped\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static enum event_kind last_kind(const struct table_play *play)
{
    return play->events.items[play->events.count - 1].kind;
}

/* Who hears of it in the room may decide; what is said to be later comes with `next`. */
static void a_room_that_talks_has_heard_it(void **state)
{
    (void)state;
    struct table_play play;
    table_init(&play, NULL, 0);
    table_lines(&play, TABLE_DISCUSS TABLE_START
        "0s facilitator fire inject=night after=1s\n0s facilitator fire inject=ask\n");
    assert_int_equal(last_kind(&play), EVENT_OPENED);
    table_lines(&play, "0s poc decide question=stop option=halt\n");
    assert_int_equal(last_kind(&play), EVENT_DECIDED);
    assert_true(play.events.items[play.events.count - 1].body.decided.contested);
    table_lines(&play, "0s facilitator next\n");
    assert_int_equal(table_now(&play)->now_ms, 1000);
    table_lines(&play, "0s facilitator improvise id=i1 from=Ward to=poc title=t facts=cause\n");
    assert_true(state_knows(table_now(&play), STR("poc"), STR("cause")));
    table_lines(&play, "0s legal open inject=i1\n");
    assert_int_equal(last_kind(&play), EVENT_REFUSED);
    table_fini(&play);
}

static void only_a_discussion_is_moved_on_by_hand(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"where the clock runs", "", "1m facilitator next",
            "1m facilitator refused input_name=next reason=impossible what=live\n"},
        {"and not by a player", "", "1m poc next",
            "1m poc refused input_name=next reason=not-allowed what=next\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inject_is_moved_by_hand),
        cmocka_unit_test(a_story_finds_its_way),
        cmocka_unit_test(an_inject_can_be_an_answer),
        cmocka_unit_test(the_dial_holds_back_what_is_above_it),
        cmocka_unit_test(everybody_checks_in),
        cmocka_unit_test(the_staff_makes_things_up),
        cmocka_unit_test(the_clock_is_moved),
        cmocka_unit_test(the_end_and_after),
        cmocka_unit_test(a_room_that_talks_has_heard_it),
        cmocka_unit_test(only_a_discussion_is_moved_on_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

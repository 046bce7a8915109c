/* What players do, and what comes of it: knowledge, contested choices, refusals. */
#include "unit/table.h"

#define CALL "1m facilitator fire inject=call\n"
#define OPEN CALL "2m poc open inject=call\n"
#define ASK "1m facilitator fire inject=ask\n"
#define TELL OPEN "3m poc message id=m1 type=report to=commander facts=leak text=words\n"

static void knowledge_moves_by_opening_and_by_mouth(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"opening teaches", CALL, "2m poc open inject=call",
            "2m poc opened inject=call\n"
            "2m poc learned fact=leak source=inject through=call\n"
            "2m poc learned fact=cause source=inject through=call\n"},
        {"a second time it is open already", OPEN, "3m poc open inject=call",
            "3m poc refused input_name=open reason=already what=call\n"},
        {"one or the other", OPEN, "3m poc open",
            "3m poc refused input_name=open reason=empty what=inject or message\n"},
        {"a message teaches when it is opened", TELL, "4m lead open message=m1",
            "4m lead opened message=m1\n4m lead reached message=m1\n"
            "4m lead learned fact=leak source=message through=m1\n"},
        {"its sender cannot open it", TELL, "4m poc open message=m1",
            "4m poc refused input_name=open reason=impossible what=m1\n"},
        {"a fact told without having learned it", OPEN,
            "3m legal message id=m1 type=info to=poc facts=leak",
            "3m legal messaged facts=leak message=m1 to=poc type=info\n"
            "3m legal learned fact=leak source=unrecorded\n"},
        {"what one knows is not learned again", OPEN,
            "3m poc message id=m1 type=info to=legal facts=leak",
            "3m poc messaged facts=leak message=m1 to=legal type=info\n"},
        {"said to the room teaches the others", OPEN, "3m poc said to=room facts=leak",
            "3m poc said facts=leak to=room\n"
            "3m lead learned fact=leak source=said through=poc\n"
            "3m legal learned fact=leak source=said through=poc\n"},
        {"said to a role teaches its seat", OPEN, "3m poc said to=handler facts=leak,cause",
            "3m poc said facts=leak,cause to=handler\n"
            "3m lead learned fact=leak source=said through=poc\n"
            "3m lead learned fact=cause source=said through=poc\n"},
        {"two roles of one seat learn once", OPEN, "3m poc said to=handler,commander facts=leak",
            "3m poc said facts=leak to=handler,commander\n"
            "3m lead learned fact=leak source=said through=poc\n"},
        {"said to a stakeholder", OPEN, "3m poc said to=vendor facts=leak",
            "3m poc said facts=leak to=vendor\n"
            "3m vendor learned fact=leak source=said through=poc\n"},
        {"saying nothing", OPEN, "3m poc said to=room",
            "3m poc refused input_name=said reason=empty what=facts\n"},
        {"hearing teaches", OPEN, "3m legal heard facts=leak from=poc",
            "3m legal heard facts=leak from=poc\n"
            "3m legal learned fact=leak source=heard through=poc\n"},
        {"hearing nothing", OPEN, "3m legal heard from=poc",
            "3m legal refused input_name=heard reason=empty what=facts\n"},
        {"a handoff passes everything on", OPEN, "3m poc handoff to=legal",
            "3m poc handed-off to=legal\n"
            "3m legal learned fact=leak source=handoff through=poc\n"
            "3m legal learned fact=cause source=handoff through=poc\n"},
        {"or what is named", OPEN, "3m poc handoff to=handler facts=cause",
            "3m poc handed-off facts=cause to=handler\n"
            "3m lead learned fact=cause source=handoff through=poc\n"},
        {"not to oneself", OPEN, "3m lead handoff to=commander",
            "3m lead refused input_name=handoff reason=impossible what=commander\n"},
        {"nor to the room", OPEN, "3m poc handoff to=room",
            "3m poc refused input_name=handoff reason=impossible what=room\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void knowledge_belongs_to_the_person(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"a new person in the seat knows nothing of it",
            OPEN "3m facilitator assign seat=poc person=p2\n",
            "4m poc message id=m1 type=info to=legal facts=leak",
            "4m poc messaged facts=leak message=m1 to=legal type=info\n"
            "4m poc learned fact=leak source=unrecorded\n"},
        {"whoever takes over has opened nothing, not even the first",
            "1m facilitator fire inject=call\n1m poc open inject=call\n"
            "2m facilitator assign seat=poc person=p2\n",
            "3m poc open inject=call",
            "3m poc opened inject=call\n"
            "3m poc learned fact=leak source=inject through=call\n"
            "3m poc learned fact=cause source=inject through=call\n"},
        {"and whoever comes back still does",
            "0s facilitator assign seat=poc person=p1\n" OPEN
            "3m facilitator assign seat=poc person=p2\n"
            "3m facilitator assign seat=poc person=p1\n",
            "4m poc message id=m1 type=info to=legal facts=leak",
            "4m poc messaged facts=leak message=m1 to=legal type=info\n"},
        {"one person in two seats learns once",
            "0s facilitator assign seat=poc person=p1\n"
            "0s facilitator assign seat=lead person=p1\n",
            CALL "2m poc open inject=call\n3m legal said to=poc,handler facts=leak",
            "1m facilitator delivered inject=call to=poc via=phone why=hand\n"
            "2m poc opened inject=call\n"
            "2m poc learned fact=leak source=inject through=call\n"
            "2m poc learned fact=cause source=inject through=call\n"
            "3m legal said facts=leak to=poc,handler\n"
            "3m legal learned fact=leak source=unrecorded\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void messages_need_an_id_of_their_own(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"a message", OPEN,
            "3m poc message id=m1 type=order to=handler,vendor via=mail tlp=amber readback=true "
            "ack_within=5m next_update=10m re=call text=do-it",
            "3m poc messaged ack_within_ms=5m message=m1 next_update_ms=10m re=call readback=true "
            "text=do-it tlp=amber to=handler,vendor type=order via=mail\n"},
        {"without id", OPEN, "3m poc message type=info to=legal",
            "3m poc refused input_name=message reason=empty what=id\n"},
        {"an id that a message has", TELL, "4m poc message id=m1 type=info to=legal",
            "4m poc refused input_name=message reason=id-taken what=m1\n"},
        {"an id that an inject has", OPEN, "3m poc message id=call type=info to=legal",
            "3m poc refused input_name=message reason=id-taken what=call\n"},
        {"an id of what is still to come", OPEN, "3m poc message id=news type=info to=legal",
            "3m poc messaged message=news to=legal type=info\n"},
        {"an answer to what was not seen", OPEN,
            "3m legal message id=m1 type=answer to=poc re=call",
            "3m legal refused input_name=message reason=unknown what=call\n"},
        {"an answer to what was", TELL, "4m lead message id=m2 type=answer to=poc re=m1",
            "4m lead messaged message=m2 re=m1 to=poc type=answer\n"},
        {"to nobody there is", OPEN, "3m poc message id=m1 type=info to=nobody",
            "3m poc refused input_name=message reason=unknown what=nobody\n"},
        {"to oneself: it can be opened", OPEN "3m poc message id=m1 type=info to=poc text=memo\n",
            "4m poc open message=m1", "4m poc opened message=m1\n4m poc reached message=m1\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void acknowledging_tells_whether_it_was_read(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"an inject unread", CALL, "2m poc ack inject=call",
            "2m poc acked inject=call unread=true\n"},
        {"an inject read", OPEN, "3m poc ack inject=call", "3m poc acked inject=call\n"},
        {"a message unread", TELL, "4m lead ack message=m1",
            "4m lead acked message=m1 unread=true\n"},
        {"a message read", TELL "4m lead open message=m1\n", "5m lead ack message=m1",
            "5m lead acked message=m1\n"},
        {"neither", OPEN, "3m poc ack",
            "3m poc refused input_name=ack reason=empty what=inject or message\n"},
        {"both", TELL, "4m poc ack inject=call message=m1",
            "4m poc refused input_name=ack reason=empty what=inject or message\n"},
        {"an order read back", TELL, "4m lead readback message=m1 text=so",
            "4m lead read-back message=m1 text=so\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void who_does_not_own_a_question_is_contested(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"the owner decides", ASK, "2m lead decide question=stop option=keep reason=ward",
            "2m lead decided option=keep question=stop reason=ward\n"},
        {"nobody decides twice", ASK "2m lead decide question=stop option=keep\n",
            "3m lead decide question=stop option=halt",
            "3m lead refused input_name=decide reason=already what=stop\n"},
        {"another seat is contested", ASK, "2m legal decide question=stop option=halt",
            "2m legal decided contested=true option=halt question=stop\n"},
        {"and the question stays open", ASK "2m legal decide question=stop option=halt\n",
            "3m lead decide question=stop option=keep",
            "3m lead decided option=keep question=stop\n"},
        {"after the countdown it can still be decided", ASK "12m lead note text=late\n",
            "13m lead decide question=stop option=keep",
            "13m lead decided option=keep question=stop\n"},
        {"an option that there is not", ASK, "2m lead decide question=stop option=burn",
            "2m lead refused input_name=decide reason=unknown what=burn\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void deeds_statuses_notes_and_answers(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"a deed to a target", "", "1m lead act action=isolate target=fs01 reason=spreads",
            "1m lead acted action=isolate reason=spreads target=fs01\n"},
        {"a target that there is not", "", "1m lead act action=isolate target=fs09",
            "1m lead refused input_name=act reason=unknown what=fs09\n"},
        {"a target is needed", "", "1m lead act action=isolate",
            "1m lead refused input_name=act reason=unknown\n"},
        {"a deed without target", "", "1m lead act action=wait", "1m lead acted action=wait\n"},
        {"a target too many", "", "1m lead act action=wait target=fs01",
            "1m lead refused input_name=act reason=unknown what=fs01\n"},
        {"a status", "", "1m legal declare status=aware of=breach",
            "1m legal declared of=breach status=aware\n"},
        {"a status of nothing", "", "1m legal declare status=filed",
            "1m legal declared status=filed\n"},
        {"of something that there is not", "", "1m legal declare status=aware of=flood",
            "1m legal refused input_name=declare reason=unknown what=flood\n"},
        {"a status that there is not", "", "1m legal declare status=sure",
            "1m legal refused input_name=declare reason=unknown what=sure\n"},
        {"a note", "", "1m poc note text=so", "1m poc noted text=so\n"},
        {"an answer", CALL, "2m poc answer inject=call text=later",
            "2m poc answered inject=call text=later\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knowledge_moves_by_opening_and_by_mouth),
        cmocka_unit_test(knowledge_belongs_to_the_person),
        cmocka_unit_test(messages_need_an_id_of_their_own),
        cmocka_unit_test(acknowledging_tells_whether_it_was_read),
        cmocka_unit_test(who_does_not_own_a_question_is_contested),
        cmocka_unit_test(deeds_statuses_notes_and_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

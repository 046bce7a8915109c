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
        {"By the end of the exercise (01:00) nobody had escalated to the CISO; the law wants it "
         "“promptly”, which is no limit that a clock could judge (counting from 00:01 when the "
         "Handler wrote a note).",
            "演習の終わり（01:"
            "00）までに、CISOへのエスカレーションはなかった。法令の定めは「promptly」で、時刻では判"
            "定できない（起点は00:01、ハンドラーがメモを残した時点）。"}},
    {UNLESS "\n", NOTED SCOPED, 40000,
        {"So far nobody has acknowledged anything (counting from 00:01 when the Handler wrote a "
         "note). This is excused: at 00:30 the Legal adviser declared “does not apply” (breach).",
            "受領の確認はまだない（起点は00:01、ハンドラーがメモを残した時点）。これは、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS "\n", NOTED SCOPED ENDED, 0,
        {"By the end of the exercise nobody had acknowledged anything (counting from 00:01 when "
         "the Handler wrote a note). This is excused: at 00:30 the Legal adviser declared “does "
         "not apply” (breach).",
            "演習の終わりまでに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。これは、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS " within=5m\n", NOTED SCOPED, 40000,
        {"So far nobody has acknowledged anything; 04:21 left until the limit (05:01, counting "
         "from 00:01 when the Handler wrote a note). This is excused: at 00:30 the Legal adviser "
         "declared “does not apply” (breach).",
            "受領の確認はまだない。期限まで残り04:21（期限は05:01、起点は00:"
            "01、ハンドラーがメモを残した時点）。これは、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS " within=5m\n", NOTED SCOPED ENDED, 0,
        {"The exercise ended at 01:00, before the limit (05:01, counting from 00:01 when the "
         "Handler wrote a note); until then nobody had acknowledged anything. This is excused: at "
         "00:30 the Legal adviser declared “does not apply” (breach).",
            "期限の前に、演習が01:00に終わった（期限は05:01、起点は00:"
            "01、ハンドラーがメモを残した時点）。それまでに、受領の確認はなかった。これは、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS " within=5m\n", NOTED SCOPED "400000 facilitator ended\n", 0,
        {"By 05:01 nobody had acknowledged anything (counting from 00:01 when the Handler wrote a "
         "note). This is excused: at 00:30 the Legal adviser declared “does not apply” (breach).",
            "05:01までに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。これは、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。"}},
    {UNLESS " within=5m\n",
        NOTED SCOPED "400000 facilitator ended\n"
                     "400000 facilitator ruled finding=r1--1 verdict=violated\n",
        0,
        {"By 05:01 nobody had acknowledged anything (counting from 00:01 when the Handler wrote a "
         "note). This is excused: at 00:30 the Legal adviser declared “does not apply” (breach). "
         "The facilitator has ruled on this.",
            "05:01までに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。これは、00:"
            "30にリーガルアドバイザーが「該当しない」（breach）を宣言したため、免除とする。この所見"
            "には進行役の裁定がある。"}},
    {"respond | note | ack | within=1m\n",
        NOTED "400000 facilitator ended\n"
              "400000 facilitator ruled finding=r1--1 verdict=excused\n",
        0,
        {"By 01:01 nobody had acknowledged anything (counting from 00:01 when the Handler wrote a "
         "note). The facilitator has ruled on this.",
            "01:01までに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。この所見には進行役の裁定がある。"}},
};

/* Deadlines that never ran, absences that name many, and such as only some messages would end. */
static const struct said_case absences[] = {
    {"deadline | | note | anchor=declaration+status=aware+by=legal\n", NOTED ENDED, 0,
        {"It had no moment to run from: the Legal adviser had not declared “aware”.",
            "期限の起点がない：リーガルアドバイザーによる「認知」の宣言はなかった。"}},
    {"deadline | | note | anchor=message+type=notification+to=vendor\n", NOTED, 5000,
        {"It has no moment to run from: nobody has notified the vendor.",
            "期限の起点がない：ベンダーへの通知はまだない。"}},
    {"respond | note | message unknown=scope to=ciso | within=1m\n", NOTED, 90000,
        {"By 01:01 nobody had sent a message to the CISO in the way that was asked for (counting "
         "from 00:01 when the Handler wrote a note).",
            "01:01までに、CISOへの求められた形でのメッセージはなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。"}},
    {"respond | note | message unknown=scope to=ciso | within=1m\n",
        NOTED "2000 c1 messaged message=m to=ciso type=report\n", 90000,
        {"By 01:01 nobody had sent a message to the CISO in the way that was asked for (counting "
         "from 00:01 when the Handler wrote a note). Nearest: the Commander reported to the CISO "
         "at 00:02, but it did not say what was not known.",
            "01:01までに、CISOへの求められた形でのメッセージはなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。最も近いもの：00:"
            "02に指揮者がCISOに報告した。ただし、わかっていないことを伝えていなかった。"}},
    {"respond | note | declaration status=filed | within=1m\n",
        NOTED "2000 l1 declared status=aware of=breach\n", 90000,
        {"By 01:01 nobody had declared “filed” (counting from 00:01 when the Handler wrote a "
         "note). Nearest: the Legal adviser declared “aware” (breach) at 00:02, but with another "
         "status.",
            "01:01までに、「届出済み」の宣言はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。最も近いもの：00:"
            "02にリーガルアドバイザーが「認知」（breach）を宣言した。ただし別の状態だった。"}},
    {"respond | note | message type=approval,answer to=ciso | within=1m\n", NOTED, 90000,
        {"By 01:01 nobody had given approval or answered the CISO (counting from 00:01 when the "
         "Handler wrote a note).",
            "01:01までに、CISOへの承認または回答はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。"}},
    {"respond | note | message to=ciso,ciso-deputy,vendor,commander,poc,legal | within=1m\n", NOTED,
        90000,
        {"By 01:01 nobody had sent a message to the CISO, the CISO's deputy, the vendor, the "
         "Commander or one of 2 others (counting from 00:01 when the Handler wrote a note).",
            "01:"
            "01までに、CISO、CISO代理、ベンダー、指揮者ほか2者のいずれかへのメッセージはなかった（"
            "起点は00:01、ハンドラーがメモを残した時点）。"}},
    {"respond | note | knows by=ciso,ciso-deputy,vendor,commander,poc,legal | within=1m\n", NOTED,
        90000,
        {"By 01:01 neither the CISO nor the CISO's deputy nor the vendor nor the Commander nor any "
         "of 2 others had heard of it (counting from 00:01 when the Handler wrote a note).",
            "01:"
            "01までに、CISOにもCISO代理にもベンダーにも指揮者にもほか2者にも伝わらなかった（起点は0"
            "0:01、ハンドラーがメモを残した時点）。"}},
    {"respond | note | note | within=1m\n", NOTED, 90000,
        {"By 01:01 nobody had written a note again (counting from 00:01 when the Handler wrote a "
         "note).",
            "01:01までに、その次のメモはなかった（起点は00:01、ハンドラーがメモを残した時点）。"}},
    {"each | message type=request | message | match=re within=1m\n",
        "1000 c1 messaged message=m to=poc type=request\n", 90000,
        {"By 01:01 nobody had answered the request from the Commander (counting from 00:01 when "
         "the Commander sent a request to the PoC).",
            "01:01までに、指揮者からの依頼への返事はなかった（起点は00:"
            "01、指揮者がPoCに依頼した時点）。"}},
    {"respond | note | message type=info to=commander | within=1m\n", NOTED, 90000,
        {"By 01:01 nobody had informed the Commander (counting from 00:01 when the Handler wrote a "
         "note).",
            "01:01までに、指揮者への連絡はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。"}},
};

static void test_absences(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(absences); i++)
        run_said(&absences[i]);
}

static void test_undecided(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(undecided); i++)
        run_said(&undecided[i]);
}

#define THREE "1000 h1 noted\n2000 h1 noted\n3000 h1 noted\n"
#define GIVEN "500 c1 messaged message=a to=handler type=order\n"

static const struct said_case counts[] = {
    {"count | | note | at_least=1\n", THREE, 5000,
        {"At least 1 was wanted; that was reached at 00:01, when the Handler wrote a note.",
            "求められるのは1回以上。00:01にハンドラーがメモを残した時点で満たした。"}},
    {"count | | note | at_least=2\n", THREE, 5000,
        {"At least 2 were wanted; that was reached at 00:02, when the Handler wrote a note.",
            "求められるのは2回以上。00:02にハンドラーがメモを残した時点で満たした。"}},
    {"count | | note | at_least=4\n", THREE, 5000,
        {"So far it has happened 3 times; at least 4 are wanted.",
            "これまでに3回あった。求められるのは4回以上。"}},
    {"count | | note | at_least=4\n", THREE ENDED, 0,
        {"It happened 3 times; at least 4 were wanted.", "3回あった。求められるのは4回以上。"}},
    {"count | | ack | at_least=2\n", THREE, 5000,
        {"So far it has not happened; at least 2 are wanted.",
            "まだ一度もない。求められるのは2回以上。"}},
    {"count | | ack | at_least=1\n", THREE ENDED, 0,
        {"By the end of the exercise nobody had acknowledged anything; at least 1 was wanted.",
            "演習の終わりまでに、受領の確認はなかった。求められるのは1回以上。"}},
    {"count | | note | at_most=2\n", THREE, 5000,
        {"It happened 3 times; at most 2 were allowed. The first one too many: at 00:03 the "
         "Handler wrote a note.",
            "3回あった。認められるのは2回まで。超過した最初の1回：00:"
            "03にハンドラーがメモを残した。"}},
    {"count | | note | at_most=1\n", THREE, 5000,
        {"It happened 3 times; at most 1 was allowed. The first one too many: at 00:02 the Handler "
         "wrote a note.",
            "3回あった。認められるのは1回まで。超過した最初の1回：00:"
            "02にハンドラーがメモを残した。"}},
    {"count | | note | at_most=0\n", THREE, 5000,
        {"It happened 3 times; none was allowed. The first one too many: at 00:01 the Handler "
         "wrote a note.",
            "3回あった。一度もあってはならない。超過した最初の1回：00:"
            "01にハンドラーがメモを残した。"}},
    {"count | | note | at_most=3\n", THREE, 5000,
        {"So far it has happened 3 times; at most 3 are allowed.",
            "これまでに3回あった。認められるのは3回まで。"}},
    {"count | | note | at_most=3\n", THREE ENDED, 0,
        {"It happened 3 times; at most 3 were allowed.", "3回あった。認められるのは3回まで。"}},
    {"respond | note | note\ncount | | ack | at_most=1 duty=r1\n", THREE ENDED, 0,
        {"It did not happen; at most 1 was allowed.", "一度もなかった。認められるのは1回まで。"}},
    {"count | | note | at_least=2 at_most=2\n", THREE, 5000,
        {"It happened 3 times; exactly 2 were wanted. The first one too many: at 00:03 the Handler "
         "wrote a note.",
            "3回あった。求められるのはちょうど2回。超過した最初の1回：00:"
            "03にハンドラーがメモを残した。"}},
    {"count | | note | at_least=3 at_most=3\n", THREE ENDED, 0,
        {"It happened 3 times; exactly 3 were wanted.", "3回あった。求められるのはちょうど3回。"}},
    {"count | | note | at_least=4 at_most=4\n", THREE ENDED, 0,
        {"It happened 3 times; exactly 4 were wanted.", "3回あった。求められるのはちょうど4回。"}},
    {"count | | note | at_least=2 at_most=4\n", THREE ENDED, 0,
        {"It happened 3 times; 2 to 4 were wanted.", "3回あった。求められるのは2〜4回。"}},
    {"count | message type=order | note | at_least=1 within=1m\n", GIVEN THREE, 5000,
        {"The Handler wrote a note at 00:01, 00:59 before the limit (01:00, counting from 00:00 "
         "when the Commander gave an order to the Handler).",
            "00:01にハンドラーがメモを残した。期限まで00:59の余裕（期限は01:00、起点は00:"
            "00、指揮者がハンドラーに指示した時点）。"}},
    {"count | message type=order | ack | at_least=1 within=1m\n", GIVEN THREE, 90000,
        {"By 01:00 nobody had acknowledged anything (counting from 00:00 when the Commander gave "
         "an order to the Handler).",
            "01:00までに、受領の確認はなかった（起点は00:"
            "00、指揮者がハンドラーに指示した時点）。"}},
    {"count | message type=order | note | at_least=4 within=1m\n", GIVEN THREE, 90000,
        {"It happened 3 times (from 00:00, when the Commander gave an order to the Handler, to "
         "01:00); at least 4 were wanted.",
            "3回あった（00:00、指揮者がハンドラーに指示した時点から01:"
            "00まで）。求められるのは4回以上。"}},
    {"count | message type=order | note | at_most=2 within=1m\n", GIVEN THREE, 90000,
        {"It happened 3 times (from 00:00, when the Commander gave an order to the Handler, to "
         "01:00); at most 2 were allowed. The first one too many: at 00:03 the Handler wrote a "
         "note.",
            "3回あった（00:00、指揮者がハンドラーに指示した時点から01:"
            "00まで）。認められるのは2回まで。超過した最初の1回：00:"
            "03にハンドラーがメモを残した。"}},
    {"count | message type=order | note | at_most=4 within=2m\n", GIVEN THREE ENDED, 0,
        {"The exercise ended at 01:00, before the time for it was over. It happened 3 times (from "
         "00:00, when the Commander gave an order to the Handler, to 02:00); at most 4 were "
         "allowed.",
            "期間の途中、01:00に演習が終わった。3回あった（00:"
            "00、指揮者がハンドラーに指示した時点から02:00まで）。認められるのは4回まで。"}},
};

static void test_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(counts); i++)
        run_said(&counts[i]);
}

#define AWARE "2000 l1 declared status=aware of=breach\n"
#define CLOSED "9000 l1 declared status=closed of=breach\n"
#define HOLD                                                                                       \
    "hold | | | since=declaration+status=aware lasts=declaration+status=closed until=handoff\n"
#define STILL "forbid_until | note | ack | until=escalation duty=r1\n"
#define STEPS "sequence | | | steps=note;escalation\n"

/* What must not happen, what must last, and what must come in order. */
static const struct said_case states[] = {
    {HOLD, AWARE, 5000,
        {"It has been so since 00:02, when the Legal adviser declared “aware” (breach).",
            "00:02（リーガルアドバイザーが「認知」（breach）を宣言した）から保たれている。"}},
    {HOLD, AWARE CLOSED, 0,
        {"It was so from 00:02, when the Legal adviser declared “aware” (breach), but no longer "
         "from 00:09, when the Legal adviser declared “closed” (breach).",
            "00:02（リーガルアドバイザーが「認知」（breach）を宣言した）から保たれていたが、00:"
            "09（リーガルアドバイザーが「終結」（breach）を宣言した）に失われた。"}},
    {HOLD, AWARE "5000 c1 handed-off to=handler\n" CLOSED, 0,
        {"It stayed so from 00:02, when the Legal adviser declared “aware” (breach), until 00:05, "
         "when the Commander handed over to the Handler.",
            "00:02（リーガルアドバイザーが「認知」（breach）を宣言した）から00:"
            "05（指揮者がハンドラーに引き継いだ）まで保たれた。"}},
    {HOLD, AWARE ENDED, 0,
        {"It stayed so to the end, from 00:02, when the Legal adviser declared “aware” (breach).",
            "00:02（リーガルアドバイザーが「認知」（breach）を宣言した）から最後まで保たれた。"}},
    {"forbid | | ack\n", NOTED, 0,
        {"So far nothing has broken the rule.",
            "これまでのところ、これに反することは起きていない。"}},
    {"forbid | | message type=order\n",
        "9000 h1 messaged action=stop-mail contested=true message=m target=mx1 to=poc type=order\n",
        0,
        {"It happened: at 00:09 the Handler gave the PoC the order “Stop the mail” (mx1), which is "
         "for the CISO or the CISO's deputy to order.",
            "実際には：00:"
            "09にハンドラーがPoCに「メールを止める」（mx1）を指示した（指示できるのはCISOまたはCISO"
            "代理）。"}},
    {"forbid | | message type=order\n", "9000 h1 messaged message=m to=poc type=order\n", 0,
        {"It happened: at 00:09 the Handler gave an order to the PoC.",
            "実際には：00:09にハンドラーがPoCに指示した。"}},
    {"forbid | | message type=request\n",
        "9000 h1 messaged action=stop-mail message=m to=poc type=request\n", 0,
        {"It happened: at 00:09 the Handler asked the PoC for “Stop the mail”.",
            "実際には：00:09にハンドラーがPoCに「メールを止める」を依頼した。"}},
    {"forbid | | message type=statement approved=no\n",
        "9000 p1 messaged message=m to=vendor type=statement\n", 0,
        {"So far nothing has broken the rule.",
            "これまでのところ、これに反することは起きていない。"}},
    {"forbid | | action\n", "9000 h1 acted action=stop-mail contested=true target=mx1\n", 0,
        {"It happened: at 00:09 the Handler carried out “Stop the mail” (mx1), which is for the "
         "CISO or the CISO's deputy to do or order.",
            "実際には：00:"
            "09にハンドラーが「メールを止める」（mx1）を実施した（実施または指示できるのはCISOまた"
            "はCISO代理）。"}},
    {"forbid | | decision\n", "9000 h1 decided contested=true option=no question=tell\n", 0,
        {"It happened: at 00:09 the Handler decided “What do you tell the press?”, which is for "
         "the Commander to decide.",
            "実際には：00:"
            "09にハンドラーが「報道に何を伝えますか」について決めた（決められるのは指揮者）。"}},
    {"forbid | | message type=approval\n",
        "9000 p1 messaged contested=true message=m to=triage type=approval\n", 0,
        {"It happened: at 00:09 the PoC gave approval to the Triage (who is the same person), for "
         "a text of their own.",
            "実際には：00:"
            "09にPoCがトリアージ（同じ担当者が兼務）に承認を出した（自分の文案だった）。"}},
    {"forbid | | message type=approval\n",
        "9000 p1 messaged message=m to=commander type=approval unread=true\n", 0,
        {"It happened: at 00:09 the PoC gave approval to the Commander, without having opened it.",
            "実際には：00:09にPoCが指揮者に承認を出した（開封前だった）。"}},
    {"respond | note | note\nforbid | | ack | duty=r1\n", THREE ENDED, 0,
        {"Nothing broke the rule during the exercise.",
            "演習を通して、これに反することは起きなかった。"}},
    {"respond | note | note\n" STILL,
        THREE "5000 p1 messaged message=m to=commander type=escalation\n", 0,
        {"Nothing had broken the rule when, at 00:05, the PoC escalated to the Commander.",
            "00:"
            "05にPoCが指揮者にエスカレーションした時点まで、これに反することは起きていなかった。"}},
    {STEPS, NOTED "5000 p1 messaged message=m to=commander type=escalation\n", 0,
        {"All steps came in their order; the last one: at 00:05 the PoC escalated to the "
         "Commander.",
            "すべての手順が順番どおりだった。最後の手順：00:"
            "05にPoCが指揮者にエスカレーションした。"}},
};

static void test_states(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(states); i++)
        run_said(&states[i]);
}

#define SENT(more) "9000 h1 messaged facts=note message=m type=report " more "\n"

/* What was said, and to whom. */
static const struct said_case flows[] = {
    {"flow | message | | check=need\n", SENT("to=vendor"), 0,
        {"At 00:09 the Handler reported to the vendor, and with it “There is a ransom note”, which "
         "is not for the vendor.",
            "00:"
            "09にハンドラーがベンダーに報告した。「脅迫文がある」という、ベンダーに伝えてはならない"
            "内容を含んでいた。"}},
    {"flow | message | | check=need\n", SENT("to=commander"), 0,
        {"At 00:09 the Handler reported to the Commander, and nothing in it went where it must "
         "not.",
            "00:09にハンドラーが指揮者に報告した。伝えてはならない相手には渡っていない。"}},
    {"flow | message | | check=over\n", SENT("tlp=red to=commander"), 0,
        {"At 00:09 the Handler reported to the Commander; its marking, TLP:RED, kept “There is a "
         "ransom note” from the CISO, who must have it.",
            "00:09にハンドラーが指揮者に報告した。TLP:"
            "REDと表示したため、知るべきCISOに「脅迫文がある」ということが伝わらなくなった。"}},
    {"flow | message | | check=tlp\n",
        "0 ciso messaged facts=note message=m0 tlp=red to=handler type=info\n"
        "1000 h1 learned fact=note source=message through=m0\n" SENT("to=vendor"),
        0,
        {"At 00:09 the Handler reported to the vendor; it took “There is a ransom note” to the "
         "vendor, which the label of its source, TLP:RED, does not allow.",
            "00:09にハンドラーがベンダーに報告した。「脅迫文がある」は、情報源の指定（TLP:"
            "RED）ではベンダーに伝えてよいものではなかった。"}},
    {"flow | message | | check=marking\n",
        "0 ciso messaged facts=note message=m0 tlp=amber to=handler type=info\n"
        "1000 h1 learned fact=note source=message through=m0\n" SENT("tlp=green to=vendor"),
        0,
        {"At 00:09 the Handler reported to the vendor; it was marked TLP:GREEN, though “There is a "
         "ransom note” had come as TLP:AMBER.",
            "00:09にハンドラーがベンダーに報告した。TLP:AMBERで受け取った「脅迫文がある」を、TLP:"
            "GREENと表示して伝えた。"}},
    {"flow | message | | check=contradiction\n",
        "0 h1 messaged facts=storm message=m0 to=ciso type=info\n"
        "9000 h1 messaged facts=weather message=m to=ciso type=info\n",
        0,
        {"At 00:09 the Handler informed the CISO; it said “It rains”, though the newer “It storms” "
         "had already been passed on.",
            "00:"
            "09にハンドラーがCISOに連絡した。「雨だ」と伝えたが、より新しい「嵐だ」がすでに伝えられ"
            "ていた。"}},
};

#define KNOWS "0 h1 learned fact=note\n0 h1 learned fact=leak\n0 h1 learned fact=storm\n"

static const struct said_case contents[] = {
    {"content | message | | slots=scope,extent\n",
        KNOWS "9000 h1 messaged facts=weather message=m to=ciso type=report\n", 0,
        {"At 00:09 the Handler reported to the CISO: 0% of what its readers needed, at least 50% "
         "wanted. “There is a ransom note”, which the CISO needed, was missing; “Data has left”, "
         "which the CISO needed, was missing; “It rains” was out of date; and 2 more.",
            "00:"
            "09にハンドラーがCISOに報告した。読み手に必要な内容の0％（求められるのは50％以上）。CIS"
            "Oに必要な「脅迫文がある」が抜けていた、CISOに必要な「データが流出した」が抜けていた、"
            "「雨だ」は古くなっていた、ほか2件。"}},
    {"content | message | | slots=scope,extent\n",
        KNOWS "9000 h1 messaged facts=note message=m to=vendor type=report\n", 0,
        {"At 00:09 the Handler reported to the vendor: 0% of what its readers needed, at least 50% "
         "wanted. “There is a ransom note” was not for the vendor; nothing was said about “scope”; "
         "nothing was said about “extent”.",
            "00:"
            "09にハンドラーがベンダーに報告した。読み手に必要な内容の0％（求められるのは50％以上）"
            "。「脅迫文がある」はベンダーに伝えてはならなかった、「scope」に触れていなかった、「ext"
            "ent」に触れていなかった。"}},
    {"content | message | | slots=what-left,extent\n",
        "0 h1 learned fact=note\n4000 h1 learned fact=leak\n"
        "9000 h1 messaged facts=note message=m to=ciso type=report unknown=what-left\n",
        0,
        {"At 00:09 the Handler reported to the CISO: 0% of what its readers needed, at least 50% "
         "wanted. “what-left” was said to be unknown, but its sender had known since 00:04: “Data "
         "has left”; nothing was said about “extent”.",
            "00:09にハンドラーがCISOに報告した。読み手に必要な内容の0％（求められるのは50％以上）"
            "。「what-left」を不明としていたが、送り手は00:"
            "04から「データが流出した」を知っていた、「extent」に触れていなかった。"}},
    {"content | message | |\n",
        KNOWS "9000 h1 messaged facts=note,leak message=m to=ciso type=report\n", 0,
        {"At 00:09 the Handler reported to the CISO: 100% of what its readers needed, at least 50% "
         "wanted.",
            "00:"
            "09にハンドラーがCISOに報告した。読み手に必要な内容の100％（求められるのは50％以上）"
            "。"}},
    {"content | message | | receiver=yes\n", "9000 h1 messaged message=m to=ciso type=report\n", 0,
        {"At 00:09 the Handler reported to the CISO; it did not say what is asked, by when or what "
         "is not known (content 0%, at least 50% wanted).",
            "00:"
            "09にハンドラーがCISOに報告した。「何を求めるか」「いつまでか」「何がわかっていないか」"
            "が抜けていた（内容0％、求められるのは50％以上）。"}},
    {"content | message | | receiver=yes\n",
        "9000 h1 messaged message=m to=ciso type=request unknown=scope\n", 0,
        {"At 00:09 the Handler sent a request to the CISO; it did not say by when (content 66%, at "
         "least 50% wanted).",
            "00:"
            "09にハンドラーがCISOに依頼した。「いつまでか」が抜けていた（内容66％、求められるのは50"
            "％以上）。"}},
    {"content | message | | receiver=yes\n",
        "9000 h1 messaged message=m next_update_ms=60000 to=ciso type=request unknown=scope\n", 0,
        {"At 00:09 the Handler sent a request to the CISO; it said what is asked, by when, and "
         "what is not known (content 100%, at least 50% wanted).",
            "00:"
            "09にハンドラーがCISOに依頼した。「何を求めるか」「いつまでか」「何がわかっていないか」"
            "のすべてに触れていた（内容100％、求められるのは50％以上）。"}},
};

static void test_contents(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(contents); i++)
        run_said(&contents[i]);
}

static void test_flows(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(flows); i++)
        run_said(&flows[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_undecided),
        cmocka_unit_test(test_absences), cmocka_unit_test(test_counts),
        cmocka_unit_test(test_states), cmocka_unit_test(test_contents),
        cmocka_unit_test(test_flows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

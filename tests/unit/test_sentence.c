/* What findings say, in both languages. */
#include "unit/scoring.h"

#include "score/clause.h"

#define CALL "0 clock delivered inject=call to=poc\n"
#define OPENED CALL "20000 p1 opened inject=call\n"
#define REACH                                                                                      \
    "respond | opened inject=call by=poc | reached by=ciso,ciso-deputy | within=5m attention=1m\n"
#define TELL                                                                                       \
    "respond | knows fact=note by=triage | knows fact=note by=ciso | within=30m attention=3m\n"
#define ESCALATE "respond | message type=report to=poc | escalation to=commander | within=5m\n"
#define VENDOR "precede | knows fact=note by=commander | message to=vendor | within=5m\n"
#define ACK "each | message type=order | ack | match=message within=5m\n"

static const struct said_case sentences[] = {
    {ESCALATE, "0 h1 messaged message=m1 to=poc type=report\n60000 p1 left\n180000 p1 returned\n",
        300001,
        {"By 05:00 nobody had escalated to the Commander (counting from 00:00 when the Handler "
         "reported to the PoC). Meanwhile the page of the PoC was not open for 02:00.",
            "05:00までに、指揮者へのエスカレーションはなかった（起点は00:"
            "00、ハンドラーがPoCに報告した時点）。この間、PoCの画面は02:00開かれていなかった。"}},
    {ESCALATE, "0 h1 messaged message=m1 to=poc type=report\n100000 p1 left\n", 300001,
        {"By 05:00 nobody had escalated to the Commander (counting from 00:00 when the Handler "
         "reported to the PoC). Meanwhile the page of the PoC was not open for 03:20.",
            "05:00までに、指揮者へのエスカレーションはなかった（起点は00:"
            "00、ハンドラーがPoCに報告した時点）。この間、PoCの画面は03:20開かれていなかった。"}},
    {ESCALATE,
        "0 h1 messaged message=m1 to=poc type=report\n60000 p1 left\n119999 p1 returned\n130000 h1 "
        "left\n",
        300001,
        {"By 05:00 nobody had escalated to the Commander (counting from 00:00 when the Handler "
         "reported to the PoC).",
            "05:00までに、指揮者へのエスカレーションはなかった（起点は00:"
            "00、ハンドラーがPoCに報告した時点）。"}},
    {REACH,
        OPENED "30000 p1 messaged message=m2 to=ciso-deputy type=escalation\n240000 ciso-deputy "
               "reached message=m2\n",
        0,
        {"The CISO's deputy was reached at 04:00, 01:20 before the limit (05:20, counting from "
         "00:20 when the PoC opened “A call”).",
            "04:00にCISO代理に連絡がついた。期限まで01:20の余裕（期限は05:20、起点は00:"
            "20、PoCが「電話」を開いた時点）。"}},
    {REACH, OPENED "320000 ciso-deputy reached message=m2\n", 0,
        {"The CISO's deputy was reached at 05:20, exactly at the limit (05:20, counting from 00:20 "
         "when the PoC opened “A call”).",
            "05:20にCISO代理に連絡がついた。期限ちょうど（期限は05:20、起点は00:"
            "20、PoCが「電話」を開いた時点）。"}},
    {REACH, OPENED "320001 ciso-deputy reached message=m2\n", 0,
        {"The CISO's deputy was reached at 05:20, less than a second after the limit (05:20, "
         "counting from 00:20 when the PoC opened “A call”).",
            "05:20にCISO代理に連絡がついた。期限を1秒未満超過（期限は05:20、起点は00:"
            "20、PoCが「電話」を開いた時点）。"}},
    {REACH, OPENED, 320001,
        {"By 05:20 neither the CISO nor the CISO's deputy had been reached (counting from 00:20 "
         "when the PoC opened “A call”).",
            "05:20までに、CISOにもCISO代理にも連絡はつかなかった（起点は00:"
            "20、PoCが「電話」を開いた時点）。"}},
    {REACH, OPENED, 100000,
        {"So far neither the CISO nor the CISO's deputy has been reached; 03:40 left until the "
         "limit (05:20, counting from 00:20 when the PoC opened “A call”).",
            "CISOにもCISO代理にも連絡はまだついていない。期限まで残り03:40（期限は05:20、起点は00:"
            "20、PoCが「電話」を開いた時点）。"}},
    {REACH, CALL, 370000,
        {"By 06:00 neither the CISO nor the CISO's deputy had been reached (counting from 01:00, "
         "01:00 after “A call” came to the PoC).",
            "06:00までに、CISOにもCISO代理にも連絡はつかなかった（起点は01:"
            "00、「電話」がPoCに届いてから01:00後）。"}},
    {REACH, OPENED "100000 facilitator ended\n", 0,
        {"The exercise ended at 01:40, before the limit (05:20, counting from 00:20 when the PoC "
         "opened “A call”); until then neither the CISO nor the CISO's deputy had been reached.",
            "期限の前に、演習が01:40に終わった（期限は05:20、起点は00:"
            "20、PoCが「電話」を開いた時点）。それまでに、CISOにもCISO代理にも連絡はつかなかった"
            "。"}},
    {REACH, CALL "1000 ciso reached message=m2\n", 0,
        {"The CISO was reached at 00:01, before the clock started (01:00, 01:00 after “A call” "
         "came to the PoC).",
            "00:01にCISOに連絡がついた。計時の開始（01:00、「電話」がPoCに届いてから01:"
            "00後）より前。"}},
    {TELL,
        "0 p1 learned fact=note\n30000 p1 messaged message=m1 to=ciso type=escalation facts=note\n",
        1800001,
        {"By 30:00 the CISO had not learned “There is a ransom note” (counting from 00:00 when the "
         "PoC learned “There is a ransom note”). Nearest: the PoC escalated to the CISO at 00:30, "
         "but it was not recorded as having arrived.",
            "30:00までに、CISOに「脅迫文がある」ということは伝わらなかった（起点は00:"
            "00、PoCが「脅迫文がある」ということを知った時点）。最も近いもの：00:"
            "30にPoCがCISOにエスカレーションした。ただし相手に伝わった記録がない。"}},
    {TELL, "0 p1 learned fact=note\n60000 ciso learned fact=note\n", 0,
        {"The CISO learned “There is a ransom note” at 01:00, 29:00 before the limit (30:00, "
         "counting from 00:00 when the PoC learned “There is a ransom note”).",
            "01:00にCISOが「脅迫文がある」ということを知った。期限まで29:00の余裕（期限は30:"
            "00、起点は00:00、PoCが「脅迫文がある」ということを知った時点）。"}},
    {ESCALATE,
        "0 h1 messaged message=m1 to=poc type=report\n2000 p1 messaged message=m2 to=legal "
        "type=escalation\n",
        900000,
        {"By 05:00 nobody had escalated to the Commander (counting from 00:00 when the Handler "
         "reported to the PoC). Nearest: the PoC escalated to the Legal adviser at 00:02, but it "
         "had to go to somebody else.",
            "05:00までに、指揮者へのエスカレーションはなかった（起点は00:"
            "00、ハンドラーがPoCに報告した時点）。最も近いもの：00:"
            "02にPoCがリーガルアドバイザーにエスカレーションした。ただし宛先が違った。"}},
    {ESCALATE "respond | message type=report | knows fact=note by=ciso | within=6m caused_by=r1\n",
        "0 h1 messaged message=m1 to=poc type=report\n", 900000,
        {"By 06:00 the CISO had not learned “There is a ransom note” (counting from 00:00 when the "
         "Handler reported to the PoC). This follows from a miss that counts already: “The rule”.",
            "06:00までに、CISOに「脅迫文がある」ということは伝わらなかった（起点は00:"
            "00、ハンドラーがPoCに報告した時点）。すでに数えた「規則」の不足から生じたもので、重ね"
            "て数えない。"}},
    {VENDOR, "130000 p1 messaged message=m1 to=vendor type=request\n240000 c1 learned fact=note\n",
        0,
        {"The PoC sent a request to the vendor at 02:10, before the Commander learned “There is a "
         "ransom note” (04:00).",
            "PoCがベンダーに依頼した（02:"
            "10）。しかし、指揮者が「脅迫文がある」ということを知ったのはその後（04:00）だった。"}},
    {VENDOR, "240000 c1 learned fact=note\n300000 p1 messaged message=m1 to=vendor type=request\n",
        0,
        {"The PoC sent a request to the vendor at 05:00, after the Commander learned “There is a "
         "ransom note” (04:00).",
            "04:00に指揮者が「脅迫文がある」ということを知った。その後、05:"
            "00にPoCがベンダーに依頼した。"}},
    {VENDOR, "100000 p1 learned fact=note\n130000 p1 messaged message=m1 to=vendor type=request\n",
        0,
        {"The PoC sent a request to the vendor at 02:10; until then the Commander had not learned "
         "“There is a ransom note”. Nearest: the PoC learned “There is a ransom note” at 01:40, "
         "but it had to be somebody else.",
            "PoCがベンダーに依頼した（02:"
            "10）。それまでに、指揮者に「脅迫文がある」ということは伝わらなかった。最も近いもの：01"
            ":40にPoCが「脅迫文がある」ということを知った。ただし求められた人ではなかった。"}},
    {ACK, "0 c1 messaged message=m1 to=handler type=order\n130000 h1 acked message=m1\n", 0,
        {"The Handler acknowledged the order from the Commander at 02:10, 02:50 before the limit "
         "(05:00, counting from 00:00 when the Commander gave an order to the Handler).",
            "02:10にハンドラーが指揮者からの指示の受領を確認した。期限まで02:50の余裕（期限は05:"
            "00、起点は00:00、指揮者がハンドラーに指示した時点）。"}},
    {ACK, "0 c1 messaged message=m2 to=handler type=order\n10000 h1 acked message=m2 unread=true\n",
        900000,
        {"By 05:00 nobody had acknowledged the order from the Commander (counting from 00:00 when "
         "the Commander gave an order to the Handler). Nearest: the Handler acknowledged the order "
         "from the Commander at 00:10, but without having opened it.",
            "05:00までに、受領の確認はなかった（起点は00:"
            "00、指揮者がハンドラーに指示した時点）。最も近いもの：00:"
            "10にハンドラーが指揮者からの指示の受領を確認した。ただし開封前の確認だった。"}},
    {"respond | note | ack | modes=paced\n", "", 0,
        {"Not measured when an exercise is played through the tool.",
            "ツール越しに行う演習では測らない。"}},
    {"respond | note | ack | within=1m\n", "", 0,
        {"Nothing in the exercise called for it.", "この演習では該当する場面がなかった。"}},
    {"respond | note | ack\n", "1000 h1 noted\n2000 facilitator ended\n", 0,
        {"By the end of the exercise nobody had acknowledged anything (counting from 00:01 when "
         "the Handler wrote a note).",
            "演習の終わりまでに、受領の確認はなかった（起点は00:"
            "01、ハンドラーがメモを残した時点）。"}},
    {"respond | note | ack\n", "1000 h1 noted\n", 5000,
        {"So far nobody has acknowledged anything (counting from 00:01 when the Handler wrote a "
         "note).",
            "受領の確認はまだない（起点は00:01、ハンドラーがメモを残した時点）。"}},
    /* The thing that ties both sides together stands where the rule names none. */
    {"each | delivered | opened | match=inject within=5m\n", CALL, 900000,
        {"By 05:00 nobody had opened “A call” (counting from 00:00 when “A call” came to the PoC).",
            "05:00までに、「電話」の開封はなかった（起点は00:00、「電話」がPoCに届いた時点）。"}},
    {"respond | knows by=poc | knows by=ciso | match=fact within=5m\n",
        "0 p1 learned fact=weather\n", 900000,
        {"By 05:00 the CISO had not learned “It rains” (counting from 00:00 when the PoC learned "
         "“It rains”).",
            "05:00までに、CISOに「雨だ」ということは伝わらなかった（起点は00:"
            "00、PoCが「雨だ」ということを知った時点）。"}},
};

static void test_sentences(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(sentences); i++)
        run_said(&sentences[i]);
}

/* Rules of packs name no things (`then: {opened: {}}`): one row a word of the pattern language. */
static const struct {
    const char *pattern;
    const char *absent[LANG_COUNT];
} bare[] = {
    {"ack", {"nobody had acknowledged anything", "受領の確認はなかった"}},
    {"action", {"nobody had carried out anything", "操作はなかった"}},
    {"challenged",
        {"there had been no challenge to an order", "指示についての権限の確認はなかった"}},
    {"decision", {"nobody had decided anything", "決定はなかった"}},
    {"declaration", {"nobody had declared anything", "宣言はなかった"}},
    {"delivered", {"there had been no delivery of an inject", "インジェクトの到着はなかった"}},
    {"ended", {"there had been no end of the exercise", "演習の終了はなかった"}},
    {"escalation", {"nobody had escalated", "エスカレーションはなかった"}},
    {"expired", {"there had been no expiry of a question", "問いの期限切れはなかった"}},
    {"forwarded", {"there had been no forwarding of a message", "メッセージの転送はなかった"}},
    {"handoff", {"nobody had handed over", "引き継ぎはなかった"}},
    {"heard", {"there had been no note of what was heard", "聞き取りの記録はなかった"}},
    {"knows", {"nobody had heard of it", "誰にも伝わらなかった"}},
    {"message", {"nobody had sent a message", "メッセージはなかった"}},
    {"note", {"nobody had written a note", "メモはなかった"}},
    {"opened",
        {"nobody had opened any inject or message", "インジェクトやメッセージの開封はなかった"}},
    {"phase", {"there had been no change of phase", "フェーズの切り替えはなかった"}},
    {"reached", {"nobody had been reached", "誰にも連絡はつかなかった"}},
    {"readback", {"nobody had read anything back", "復唱はなかった"}},
    {"said", {"nobody had told anybody by word of mouth", "口頭での伝達はなかった"}},
    {"started", {"there had been no start of the exercise", "演習の開始はなかった"}},
    {"unreached", {"there had been no failed call", "連絡の失敗はなかった"}},
    /* With something named, and somebody. */
    {"opened inject=call by=poc",
        {"the PoC had not opened “A call”", "PoCによる「電話」の開封はなかった"}},
    {"challenged action=stop-mail by=vendor",
        {"there had been no challenge to “Stop the mail” by the vendor",
            "ベンダーによる「メールを止める」についての権限の確認はなかった"}},
    {"forwarded party=ciso-deputy by=ciso",
        {"there had been no forwarding of a message to the CISO's deputy by the CISO",
            "CISOによるCISO代理へのメッセージの転送はなかった"}},
    {"unreached party=vendor",
        {"there had been no failed call to the vendor", "ベンダーへの連絡の失敗はなかった"}},
    {"declaration status=filed of=breach by=legal",
        {"the Legal adviser had not declared “filed”",
            "リーガルアドバイザーによる「届出済み」の宣言はなかった"}},
    {"phase phase=morning",
        {"there had been no beginning of “morning”", "「morning」の開始はなかった"}},
    {"decision question=stop by=commander,legal",
        {"neither the Commander nor the Legal adviser had decided “stop”",
            "指揮者またはリーガルアドバイザーによる「stop」の決定はなかった"}},
    {"knows by=ciso", {"the CISO had not heard of it", "CISOに伝わらなかった"}},
    {"message type=order,request to=vendor",
        {"nobody had given an order or sent a request to the vendor",
            "ベンダーへの指示または依頼はなかった"}},
};

static void test_nothing_named(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct phrase_book book = {.def = trace_def(&arena), .arena = &arena};
    for (size_t i = 0; i < pattern_name_count; i++)
        assert_string_equal(bare[i].pattern, pattern_names[i].name);
    for (size_t i = 0; i < COUNT(bare); i++) {
        struct pattern pattern = trace_pattern(&arena, bare[i].pattern);
        struct clause_gap gap = {.pattern = &pattern};
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct str absent = clause_absence(&book, (enum lang)lang, &gap);
            assert_string_equal(arena_str(&arena, absent).ptr, bare[i].absent[lang]);
        }
    }
    arena_fini(&arena);
}

/* What happened, told of events that other tests never send. */
static const struct {
    const char *event;
    const char *told[LANG_COUNT];
} clauses[] = {
    {"0 story hinted to=poc",
        {"the scenario gave a hint to the PoC", "シナリオがPoCにヒントを出した"}},
    {"0 facilitator hinted to=poc,legal",
        {"the facilitator gave a hint to the PoC and the Legal adviser",
            "進行役がPoCとリーガルアドバイザーにヒントを出した"}},
    {"0 vendor challenged message=m1 action=stop-mail",
        {"the vendor asked on whose authority a message was given",
            "ベンダーがメッセージについて、誰の権限によるものか確認した"}},
    {"0 ciso forwarded message=m1 party=ciso-deputy",
        {"a message was passed on from the CISO to the CISO's deputy",
            "メッセージがCISOからCISO代理に転送された"}},
    {"0 facilitator gap-opened", {"the gap sheet was opened", "空白時間シートの記入が始まった"}},
    {"0 facilitator jumped", {"the calendar jumped", "シナリオの時刻が進んだ"}},
    {"0 facilitator phase-changed phase=morning",
        {"the phase “morning” began", "フェーズ「morning」が始まった"}},
    {"0 l1 declared status=aware of=breach",
        {"the Legal adviser declared “aware” (breach)",
            "リーガルアドバイザーが「認知」（breach）を宣言した"}},
    {"0 p1 opened", {"the PoC opened something", "PoCが何かを開いた"}},
    {"0 p1 learned fact=quote", {"the PoC learned “The note in the hall says ‘Pay now’ and the "
                                 "printer of the ward upstairs says…”",
                                    "PoCが「玄関のプリンターは『支払え』と印刷し、病棟のプリンター"
                                    "はそれに続けて…」ということを知った"}},
    {"0 p1 learned fact=clauses",
        {"the PoC learned “The file server is encrypted, and so is the records server…”",
            "PoCが「ファイルサーバーが暗号化され、電子カルテのサーバーも暗号化された…」"
            "ということを知った"}},
    {"0 p1 learned fact=long",
        {"the PoC learned “A statement can run on without any mark for so long that there is "
         "nothing for…”",
            "PoCが「区切りの記号がまったくないまま続いていく文であれば途中の文字で切るほかに方法が"
            "ないのでこ…」ということを知った"}},
};

static void test_clauses(void **state)
{
    (void)state;
    static const struct def_fact facts[] = {
        {.id = STR_INIT("quote"),
            .text =
                WORDS("The note in the hall says “Pay now” and the printer of the ward upstairs "
                      "says “Pay more than that by tomorrow”.",
                    "玄関のプリンターは「支払え」と印刷し、病棟のプリンターはそれに続けて「明日まで"
                    "に倍額を支払え」と印刷した。")},
        {.id = STR_INIT("clauses"),
            .text =
                WORDS("The file server is encrypted, and so is the records server, on which the "
                      "wards of all five floors depend.",
                    "ファイルサーバーが暗号化され、電子カルテのサーバーも暗号化された。5つの階の病"
                    "棟がすべて頼っている。")},
        {.id = STR_INIT("long"),
            .text =
                WORDS("A statement can run on without any mark for so long that there is nothing "
                      "for it but to be cut at a space",
                    "区切りの記号がまったくないまま続いていく文であれば途中の文字で切るほかに方法が"
                    "ないのでここで切ることになる")}};
    struct arena arena = {0};
    struct def def = *trace_def(&arena);
    def.facts = facts;
    def.fact_count = COUNT(facts);
    def_index(&def, &arena);
    struct phrase_book book = {.def = &def, .arena = &arena};
    for (size_t i = 0; i < COUNT(clauses); i++) {
        size_t count;
        struct str line = arena_format(&arena, "%s\n", clauses[i].event);
        struct event *event = trace_events(&arena, arena_str(&arena, line).ptr, &count);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct str told = clause_event(&book, (enum lang)lang, event);
            assert_string_equal(arena_str(&arena, told).ptr, clauses[i].told[lang]);
        }
    }
    struct str since = clause_since(&arena, STR("「電話」がPoCに届いた"));
    assert_string_equal(arena_str(&arena, since).ptr, "「電話」がPoCに届いてから");
    since = clause_since(&arena, STR("CISOに連絡がつかなかった"));
    assert_string_equal(arena_str(&arena, since).ptr, "CISOに連絡がつかなかった時点から");
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_nothing_named), cmocka_unit_test(test_clauses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

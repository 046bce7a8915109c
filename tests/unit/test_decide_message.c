/* Orders, drafts and approvals, and whom a message finds. */
#include "unit/table.h"

#define DRAFT "3m poc message id=d1 type=approval-request to=commander via=chat text=draft\n"
#define READ_DRAFT DRAFT "4m lead open message=d1\n"
#define APPROVED READ_DRAFT "5m lead message id=a1 type=approval to=poc draft=d1\n"

static void an_order_is_followed_or_questioned(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"done by whoever can, when it was read", "",
            "3m lead message id=m1 type=order to=desk via=phone action=cut\n10m wait",
            "3m lead messaged action=cut message=m1 to=desk type=order via=phone\n"
            "3m20s desk arrived message=m1\n"
            "4m20s desk reached message=m1\n"
            "4m20s desk acted action=cut order=m1\n"},
        {"without authority: sent, contested, questioned", "",
            "3m poc message id=m1 type=order to=desk via=phone action=cut\n10m wait",
            "3m poc messaged action=cut contested=true message=m1 to=desk type=order via=phone\n"
            "3m20s desk arrived message=m1\n"
            "4m20s desk reached message=m1\n"
            "4m20s desk challenged action=cut message=m1\n"},
        {"by one who cannot: nothing comes of it", "",
            "3m lead message id=m1 type=order to=vendor via=mail action=cut\n10m wait",
            "3m lead messaged action=cut message=m1 to=vendor type=order via=mail\n"
            "3m30s vendor arrived message=m1\n"
            "4m30s vendor reached message=m1\n"},
        {"it says at what it aims", "",
            "3m lead message id=m1 type=order to=desk action=isolate target=fs01\n10m wait",
            "3m lead messaged action=isolate message=m1 target=fs01 to=desk type=order\n"
            "3m20s desk arrived message=m1\n"
            "4m20s desk reached message=m1\n"
            "4m20s desk acted action=isolate order=m1 target=fs01\n"},
        {"at nothing there is", "",
            "3m lead message id=m1 type=order to=desk action=isolate target=fs09",
            "3m lead refused input_name=message reason=unknown what=fs09\n"},
        {"a report of it is no order", "",
            "3m poc message id=m1 type=report to=desk via=phone action=cut\n10m wait",
            "3m poc messaged action=cut message=m1 to=desk type=report via=phone\n"
            "3m20s desk arrived message=m1\n"
            "4m20s desk reached message=m1\n"},
        {"answered by hand, it has been read",
            "3m lead message id=m1 type=order to=desk action=cut\n",
            "3m10s facilitator reply_as id=r1 as=desk to=commander re=m1",
            "3m10s desk reached message=m1\n"
            "3m10s desk acted action=cut order=m1\n"
            "3m10s desk messaged message=r1 re=m1 to=commander type=report\n"},
        {"a stakeholder orders", "",
            "3m facilitator reply_as id=r1 as=desk to=poc type=order action=pull",
            "3m desk messaged action=pull contested=true message=r1 to=poc type=order\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void a_deed_needs_hands_and_authority(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"with authority of one's own", "", "3m lead act action=cut", "3m lead acted action=cut\n"},
        {"without hands", "", "3m legal act action=cut",
            "3m legal refused input_name=act reason=impossible what=cut\n"},
        {"without authority", "", "3m poc act action=pull",
            "3m poc acted action=pull contested=true\n"},
        {"on orders", "2m lead message id=m1 type=order to=poc action=pull\n",
            "3m poc act action=pull", "3m poc acted action=pull order=m1\n"},
        {"on orders to somebody else", "2m lead message id=m1 type=order to=legal action=pull\n",
            "3m poc act action=pull", "3m poc acted action=pull contested=true\n"},
        {"on contested orders", "2m legal message id=m1 type=order to=poc action=pull\n",
            "3m poc act action=pull", "3m poc acted action=pull contested=true\n"},
        {"on orders for another target",
            "2m lead message id=m1 type=order to=poc action=isolate target=fs01\n",
            "3m poc act action=isolate target=fs01",
            "3m poc acted action=isolate order=m1 target=fs01\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void an_approval_binds_the_text(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"of what was read", READ_DRAFT, "5m lead message id=a1 type=approval to=poc draft=d1",
            "5m lead messaged draft=d1 draft_text=draft message=a1 to=poc type=approval\n"},
        {"unread: it is said so", DRAFT, "5m lead message id=a1 type=approval to=poc draft=d1",
            "5m lead messaged draft=d1 draft_text=draft message=a1 to=poc type=approval "
            "unread=true\n"},
        {"of one's own text", DRAFT, "5m poc message id=a1 type=approval to=legal draft=d1",
            "5m poc messaged contested=true draft=d1 draft_text=draft message=a1 to=legal "
            "type=approval\n"},
        {"of nothing", DRAFT, "5m lead message id=a1 type=approval to=poc",
            "5m lead refused input_name=message reason=empty what=draft\n"},
        {"of what one cannot see", DRAFT, "5m legal message id=a1 type=approval to=poc draft=d1",
            "5m legal refused input_name=message reason=unknown what=d1\n"},
        {"then the text goes out", APPROVED, "6m poc message id=s1 type=statement to=desk draft=d1",
            "6m poc messaged approved=true draft=d1 message=s1 text=draft to=desk "
            "type=statement\n"},
        {"another text does not count as approved", APPROVED,
            "6m poc message id=s1 type=statement to=desk draft=d1 text=changed",
            "6m poc messaged draft=d1 message=s1 text=changed to=desk type=statement\n"},
        {"nor does one that nobody approved", READ_DRAFT,
            "6m poc message id=s1 type=statement to=desk draft=d1",
            "6m poc messaged draft=d1 message=s1 text=draft to=desk type=statement\n"},
        {"nor one that only its author approved",
            DRAFT "5m poc message id=a1 type=approval to=legal draft=d1\n",
            "6m poc message id=s1 type=statement to=desk draft=d1",
            "6m poc messaged draft=d1 message=s1 text=draft to=desk type=statement\n"},
        {"a stakeholder approves",
            "3m30s poc message id=d1 type=approval-request to=desk via=chat text=draft\n",
            "4m facilitator reply_as id=r1 as=desk to=poc type=approval re=d1\n"
            "5m poc message id=s1 type=statement to=vendor draft=d1",
            "4m desk reached message=d1\n"
            "4m desk messaged draft=d1 draft_text=draft message=r1 re=d1 to=poc type=approval\n"
            "5m poc messaged approved=true draft=d1 message=s1 text=draft to=vendor "
            "type=statement\n"},
        {"a draft without words is no text that could be approved",
            "3m poc message id=d1 type=approval-request to=commander via=chat\n"
            "4m lead message id=a1 type=approval to=poc draft=d1\n",
            "5m poc message id=s1 type=statement to=desk draft=d1",
            "5m poc messaged draft=d1 message=s1 to=desk type=statement\n"},
        {"a stakeholder approves nothing", "",
            "4m facilitator reply_as id=r1 as=desk to=poc type=approval",
            "4m facilitator refused input_name=reply_as reason=empty what=re\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

/* It is ten past ten on a Friday evening. */
static void hours_and_deputies(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"a call goes on to the deputy", "30s facilitator reveal fact=rumour to=poc\n",
            "1m poc message id=m1 type=report to=duty via=phone facts=rumour\n10m wait",
            "1m poc messaged facts=rumour message=m1 to=duty type=report via=phone\n"
            "1m5s duty forwarded message=m1 party=desk\n"
            "1m25s desk arrived message=m1\n"
            "2m40s desk reached message=m1\n"
            "2m40s desk learned fact=rumour source=message through=m1\n"},
        {"who was called as well is not called twice", "",
            "1m poc message id=m1 type=report to=duty,desk via=phone\n10m wait",
            "1m poc messaged message=m1 to=duty,desk type=report via=phone\n"
            "1m5s clock unreached message=m1 party=duty reason=no-answer\n"
            "1m20s desk arrived message=m1\n"
            "2m20s desk reached message=m1\n"},
        {"the deputy answers for the other",
            "1m poc message id=m1 type=report to=duty via=phone\n70s wait\n",
            "2m facilitator reply_as id=r1 as=desk to=poc re=m1",
            "1m25s desk arrived message=m1\n"
            "2m desk reached message=m1\n"
            "2m desk messaged message=r1 re=m1 to=poc type=report\n"},
        {"a call at night", "", "1m poc message id=m1 type=report to=boss via=phone\n10m wait",
            "1m poc messaged message=m1 to=boss type=report via=phone\n"
            "1m10s clock unreached message=m1 party=boss reason=no-answer\n"},
        {"a mail at night waits for Monday", "0s facilitator skip inject=night\n",
            "1m poc message id=m1 type=report to=boss via=mail\n10m wait\n"
            "11m facilitator jump by=58h\n12m wait\n13m facilitator jump by=1h\n15m wait",
            "1m poc messaged message=m1 to=boss type=report via=mail\n"
            "11m facilitator jumped story_ms=1795389660000\n"
            "13m facilitator jumped story_ms=1795393380000\n"
            "13m boss arrived message=m1\n"
            "14m boss reached message=m1\n"},
        {"on a gap sheet the hours are those of the entry",
            "0s facilitator skip inject=night\n1m facilitator jump by=62h sheet=true\n"
            "1m poc message id=m1 type=report to=boss via=phone "
            "story_at=2026-11-23T09:00:00+09:00\n"
            "1m poc message id=m2 type=report to=boss via=phone "
            "story_at=2026-11-23T08:00:00+09:00\n"
            "1m facilitator jump\n",
            "1m facilitator resume\n2m wait",
            "1m facilitator resumed\n"
            "1m clock unreached message=m2 party=boss reason=no-answer\n"
            "1m boss arrived message=m1\n"
            "2m boss reached message=m1\n"},
        {"by day a call is taken", "1m facilitator jump by=60h\n",
            "2m poc message id=m1 type=report to=boss via=phone\n5m wait",
            "2m poc messaged message=m1 to=boss type=report via=phone\n"
            "2m10s boss arrived message=m1\n"
            "3m10s boss reached message=m1\n"},
        {"at night as the contact list says", "",
            "1m poc message id=m1 type=report to=guard via=phone\n5m wait",
            "1m poc messaged message=m1 to=guard type=report via=phone\n"
            "2m30s guard arrived message=m1\n"
            "3m30s guard reached message=m1\n"},
        {"a channel that is not there stays so", "",
            "1m poc message id=m1 type=report to=boss via=chat\n5m wait",
            "1m poc messaged message=m1 to=boss type=report via=chat\n"
            "1m clock unreached message=m1 party=boss reason=no-channel\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void what_is_unknown_are_slots(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"a slot", "", "3m poc message id=m1 type=report to=legal unknown=scope",
            "3m poc messaged message=m1 to=legal type=report unknown=scope\n"},
        {"a fact's name is none", "", "3m poc message id=m1 type=report to=legal unknown=leak",
            "3m poc refused input_name=message reason=unknown what=leak\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_is_followed_or_questioned),
        cmocka_unit_test(a_deed_needs_hands_and_authority),
        cmocka_unit_test(an_approval_binds_the_text),
        cmocka_unit_test(hours_and_deputies),
        cmocka_unit_test(what_is_unknown_are_slots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

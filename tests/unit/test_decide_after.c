/* After ENDEX: the hot wash, its clock, and findings opened to the whole table. */
#include "base/json_read.h"
#include "unit/table.h"

#define END "50m facilitator end\n"
#define SAY(who, id) "50m " who " reflect id=" id " about=strength text=t\n"
#define SAY_FOUR(who, n) SAY(who, n "1") SAY(who, n "2") SAY(who, n "3") SAY(who, n "4")
#define SAY_TWELVE(who) SAY_FOUR(who, "a") SAY_FOUR(who, "b") SAY_FOUR(who, "c")

static void everybody_says_something(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"a strength, an improvement, a surprise, by three kinds of people", END,
            "50m poc reflect id=w1 about=strength text=t\n"
            "50m facilitator reflect id=w2 about=improvement role=legal text=t\n"
            "50m evaluator reflect id=w3 about=surprise text=t\n",
            "50m poc reflected about=strength reflection=w1 text=t\n"
            "50m facilitator reflected about=improvement reflection=w2 role=legal text=t\n"
            "50m evaluator reflected about=surprise reflection=w3 text=t\n"},
        {"the facilitator types it for somebody", END,
            "50m facilitator reflect for=poc id=w1 about=strength text=t\n",
            "50m poc(proxy) reflected about=strength reflection=w1 text=t\n"},
        {"not during the play", "", "1m poc reflect id=w1 about=strength text=t\n",
            "1m poc refused input_name=reflect reason=not-now what=running\n"},
        {"not when it is sealed", END "50m facilitator seal\n",
            "50m poc reflect id=w1 about=strength text=t\n",
            "50m poc refused input_name=reflect reason=not-now what=sealed\n"},
        {"without an id", END, "50m poc reflect about=strength text=t\n",
            "50m poc refused input_name=reflect reason=empty what=id\n"},
        {"an id that somebody else's has", END SAY("legal", "w1"), SAY("poc", "w1"),
            "50m poc refused input_name=reflect reason=id-taken what=w1\n"},
        {"of a role that nobody has here", END,
            "50m poc reflect id=w1 about=strength role=press text=t\n",
            "50m poc refused input_name=reflect reason=unknown what=press\n"},
        {"twelve of a kind, and no more", END SAY_TWELVE("poc"), SAY("poc", "w1"),
            "50m poc refused input_name=reflect reason=too-many what=strength\n"},
        {"others, and other kinds, are counted for themselves", END SAY_TWELVE("poc"),
            "50m poc reflect id=w1 about=surprise text=t\n" SAY("legal", "w2"),
            "50m poc reflected about=surprise reflection=w1 text=t\n"
            "50m legal reflected about=strength reflection=w2 text=t\n"},
        {"what was taken back is not counted",
            END SAY_TWELVE("poc") "50m poc withdraw reflection=b2\n", SAY("poc", "w1"),
            "50m poc reflected about=strength reflection=w1 text=t\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void only_one_s_own_is_taken_back(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"one's own", END SAY("poc", "w1"), "50m poc withdraw reflection=w1\n",
            "50m poc withdrawn reflection=w1\n"},
        {"only once", END SAY("poc", "w1") "50m poc withdraw reflection=w1\n",
            "50m poc withdraw reflection=w1\n",
            "50m poc refused input_name=withdraw reason=unknown what=w1\n"},
        {"not another's, who is told the same as of one that is not there", END SAY("poc", "w1"),
            "50m legal withdraw reflection=w1\n50m legal withdraw reflection=w9\n"
            "50m facilitator withdraw reflection=w1\n",
            "50m legal refused input_name=withdraw reason=unknown what=w1\n"
            "50m legal refused input_name=withdraw reason=unknown what=w9\n"
            "50m facilitator refused input_name=withdraw reason=unknown what=w1\n"},
        {"the facilitator in the author's place, on record", END SAY("poc", "w1"),
            "50m facilitator withdraw for=poc reflection=w1\n",
            "50m poc(proxy) withdrawn reflection=w1\n"},
        {"of several, that one",
            END SAY("poc", "w1") SAY("poc", "w2")
                SAY("poc", "w3") "50m poc withdraw reflection=w1\n",
            "50m poc withdraw reflection=w3\n50m poc withdraw reflection=w2\n",
            "50m poc withdrawn reflection=w3\n50m poc withdrawn reflection=w2\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

static void the_facilitator_opens_and_times(void **state)
{
    (void)state;
    static const struct table_case rows[] = {
        {"findings are opened once", END,
            "50m facilitator share_findings\n50m facilitator share_findings\n",
            "50m facilitator findings-shared\n"
            "50m facilitator refused input_name=share_findings reason=already what=findings\n"},
        {"by nobody else", END, "50m poc share_findings\n50m evaluator share_findings\n",
            "50m poc refused input_name=share_findings reason=not-allowed what=share_findings\n"
            "50m evaluator refused input_name=share_findings reason=not-allowed "
            "what=share_findings\n"},
        {"not while it is played", "", "1m facilitator share_findings\n",
            "1m facilitator refused input_name=share_findings reason=not-now what=running\n"},
        {"ten minutes, again, and over", END,
            "50m facilitator hot_wash length=10m\n50m facilitator hot_wash length=5m\n"
            "50m facilitator hot_wash\n",
            "50m facilitator hot-wash length_ms=10m\n50m facilitator hot-wash length_ms=5m\n"
            "50m facilitator hot-wash\n"},
        {"a day is the most", END,
            "50m facilitator hot_wash length=24h\n50m facilitator hot_wash length=25h\n",
            "50m facilitator hot-wash length_ms=1d\n"
            "50m facilitator refused input_name=hot_wash reason=bad-time what=length\n"},
    };
    table_check_all(rows, TABLE_COUNT(rows));
}

/* The same state whether played or folded from its events. */
static void it_is_part_of_the_state(void **state)
{
    (void)state;
    struct table_play play;
    struct buf before = {0}, with = {0};
    table_play_to(&play, END SAY("poc", "w1"));
    assert_int_equal(table_now(&play)->reflection_count, 1);
    assert_false(table_now(&play)->findings_shared);
    state_write(table_now(&play), &before);
    table_lines(&play, SAY("legal", "w2") "50m legal withdraw reflection=w2\n");
    assert_int_equal(table_now(&play)->reflection_count, 1);
    assert_true(str_is(table_now(&play)->reflections[0].id, "w1"));
    table_lines(&play, "50m facilitator share_findings\n");
    assert_true(table_now(&play)->findings_shared);
    state_write(table_now(&play), &with);
    assert_false(str_eq(buf_str(&before), buf_str(&with)));
    buf_fini(&before);
    buf_fini(&with);
    table_fini(&play);
}

/* The table reads who said what; the board reads nothing of it, and seats no more than that the
 * clock runs. */
static void the_table_sees_who_said_it(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *actor; /* as a seat is told; NULL: it is not */
        bool on_board;
    } rows[] = {
        {"50m poc reflect id=w2 about=strength text=t", "poc", false},
        {"50m facilitator reflect id=w2 about=strength text=t", "facilitator", false},
        {"50m evaluator reflect id=w2 about=strength text=t", "evaluator", false},
        {"50m poc withdraw reflection=w1", "poc", false},
        {"50m facilitator share_findings", "exercise", false},
        {"50m facilitator hot_wash length=10m", "exercise", true},
    };
    for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
        struct table_play play;
        struct buf out = {0};
        struct str actor;
        table_play_to(&play, END SAY("poc", "w1"));
        table_lines(&play, rows[i].line);
        const struct event *event = &play.events.items[play.events.count - 1];
        struct view view = {table_now(&play), {VIEWER_SEAT, STR("legal")}, NULL};
        assert_true(view_write(&view, event, 1, &out));
        assert_true(json_to_str(json_get(buf_str(&out), STR("actor")), &play.arena, &actor));
        assert_true(str_is(actor, rows[i].actor));
        view.viewer = (struct viewer){.kind = VIEWER_BOARD};
        assert_int_equal(view_write(&view, event, 1, &out), rows[i].on_board);
        buf_fini(&out);
        table_fini(&play);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_says_something),
        cmocka_unit_test(only_one_s_own_is_taken_back),
        cmocka_unit_test(the_facilitator_opens_and_times),
        cmocka_unit_test(it_is_part_of_the_state),
        cmocka_unit_test(the_table_sees_who_said_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

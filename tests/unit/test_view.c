/* Views: for every kind of event and every relation, the fields that a row permits and no others.
 */
#include "unit/table.h"

#include "base/json_read.h"

#define PLAYED                                                                                     \
    "1m facilitator fire inject=call\n1m facilitator fire inject=ask\n1m poc open inject=call\n"   \
    "1m poc message id=m1 type=order to=commander,desk via=phone facts=leak text=words\n"

static struct str find_text(void *self, struct str ref)
{
    (void)self;
    return ref; /* in these tests a text is its own hash */
}

static const struct view_texts texts = {NULL, find_text};

/* Something for every field, so that nothing is left out for being empty. */
static void fill(struct event *event)
{
    static const struct str list[] = {STR_INIT("lead")};
    static const struct {
        const char *name, *value;
    } names[] = {{"inject", "call"}, {"message", "m1"}, {"question", "stop"}, {"fact", "leak"}};
    struct fields fields = event_kinds[event->kind].fields;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        void *value = (char *)&event->body + field->offset;
        if (field->type == FIELD_INT || field->type == FIELD_MS)
            *(int64_t *)value = 7;
        else if (field->type == FIELD_BOOL)
            *(bool *)value = true;
        else if (field->type == FIELD_NAME)
            *(int *)value = 1;
        else if (field->type == FIELD_IDS)
            *(struct strs *)value = (struct strs){list, 1};
        else
            *(struct str *)value = STR("lead");
        for (size_t n = 0; n < TABLE_COUNT(names); n++)
            if (str_is(str_of(field->name), names[n].name) && field->type == FIELD_ID)
                *(struct str *)value = str_of(names[n].value);
    }
}

static void check_fields(const struct event *event, struct str body, unsigned see)
{
    struct fields fields = event_kinds[event->kind].fields;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        bool held_back =
            event->kind == EVENT_MESSAGED && see == SEE_AUDIENCE &&
            (str_is(str_of(field->name), "facts") || str_is(str_of(field->name), "unknown"));
        bool permitted = (field->see & see) != 0 && field->type != FIELD_TEXT && !held_back;
        bool is_there = json_get(body, str_of(field->name)).len != 0;
        if (permitted != is_there)
            fail_msg("%s.%s is %s for relation %x", event_kinds[event->kind].name, field->name,
                is_there ? "shown" : "not shown", see);
    }
}

static void check_line(struct table_play *play, struct viewer viewer, const struct event *event)
{
    static const char *const hidden[] = {"seq", "cause", "input", "proxy"};
    struct view view = {table_now(play), viewer, &texts};
    struct buf out = {0};
    struct err err;
    unsigned see = view_relation(view.state, viewer, event);
    bool staff = viewer.kind == VIEWER_FACILITATOR || viewer.kind == VIEWER_EVALUATOR;
    assert_int_equal(view_write(&view, event, 3, &out), see != 0);
    assert_int_equal(out.len != 0, see != 0);
    if (see != 0) {
        struct str line = buf_str(&out), actor;
        if (!json_check(line, &err))
            fail_msg("%.*s: %s", STR_ARG(line), err.message);
        check_fields(event, json_get(line, STR("body")), see);
        for (size_t i = 0; i < TABLE_COUNT(hidden) && !staff; i++)
            assert_int_equal(json_get(line, str_of(hidden[i])).len, 0);
        assert_true(json_to_str(json_get(line, STR("actor")), &play->arena, &actor));
        bool is_signed = event->kind == EVENT_REFLECTED || event->kind == EVENT_WITHDRAWN;
        if (is_signed)
            assert_true(str_eq(actor, event->actor));
        else if (!staff && !str_is(actor, "exercise"))
            assert_true(def_seat(&play->def, actor) || def_stakeholder(&play->def, actor));
    }
    buf_fini(&out);
}

static void every_kind_for_every_viewer(void **state)
{
    (void)state;
    static const char *const actors[] = {
        "poc", "lead", "legal", "desk", "facilitator", "evaluator", "story", "clock", "host"};
    static const struct viewer viewers[] = {{.kind = VIEWER_FACILITATOR},
        {.kind = VIEWER_EVALUATOR}, {.kind = VIEWER_BOARD}, {VIEWER_SEAT, STR_INIT("poc")},
        {VIEWER_SEAT, STR_INIT("lead")}, {VIEWER_SEAT, STR_INIT("legal")}};
    struct table_play play;
    table_play_to(&play, PLAYED);
    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        for (size_t a = 0; a < TABLE_COUNT(actors) * TABLE_COUNT(viewers); a++) {
            struct event event = {.kind = (enum event_kind)kind,
                .seq = 9,
                .cause = 2,
                .input = 3,
                .at_ms = 90000,
                .observed_ms = 90000,
                .actor = str_of(actors[a / TABLE_COUNT(viewers)])};
            fill(&event);
            check_line(&play, viewers[a % TABLE_COUNT(viewers)], &event);
        }
    }
    table_fini(&play);
}

/* Which seats stand in which relation, event by event. */
static void relations(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int last; /* counted from the end: which event of the line */
        unsigned poc, lead, legal;
    } rows[] = {
        {"2m poc note text=t", 0, SEE_ACTOR, 0, 0},
        {"2m poc message id=m2 type=info to=legal", 0, SEE_ACTOR, 0, SEE_AUDIENCE},
        {"2m poc message id=m2 type=info to=room", 0, SEE_ACTOR, SEE_AUDIENCE, SEE_AUDIENCE},
        {"2m lead ack message=m1", 0, SEE_AUDIENCE, SEE_ACTOR, 0},
        {"2m lead readback message=m1 text=t", 0, SEE_AUDIENCE, SEE_ACTOR, 0},
        {"2m lead open message=m1", 2, 0, SEE_ACTOR, 0},
        {"2m lead open message=m1", 1, 0, 0, 0}, /* reached: nobody notices a seat's reading */
        {"2m lead decide question=stop option=keep", 0, 0, SEE_ACTOR, SEE_AUDIENCE},
        {"2m poc handoff to=handler", 2, SEE_ACTOR, SEE_AUDIENCE, 0},
        {"2m poc said to=legal facts=leak", 1, SEE_ACTOR, 0, SEE_AUDIENCE},
        {"2m poc said to=legal facts=leak", 0, 0, 0, SEE_ACTOR}, /* learned */
        {"2m facilitator fire inject=night", 0, 0, 0, SEE_AUDIENCE},
        {"2m facilitator hint to=poc text=t", 0, SEE_AUDIENCE, 0, 0},
        {"2m facilitator assign seat=poc person=p1", 0, SEE_TABLE, SEE_TABLE, SEE_TABLE},
        {"2m facilitator pause", 0, SEE_TABLE, SEE_TABLE, SEE_TABLE},
        {"2m facilitator hold inject=night", 0, 0, 0, 0},
        {"1m20s wait", 0, SEE_AUDIENCE, 0, 0}, /* desk picks up the phone */
        {"2m poc message id=m2 type=info to=desk via=ticket", 0, SEE_AUDIENCE, 0, 0},
        {"2m poc open inject=call", 0, SEE_ACTOR, 0, 0}, /* refused */
        {"2m facilitator open for=poc inject=night", 0, 0, 0, 0},
        {"11m1ms wait", 0, 0, SEE_AUDIENCE, SEE_AUDIENCE}, /* expired */
        {"2m poc message id=m2 type=order to=desk action=cut\n4m wait", 0, SEE_AUDIENCE, 0, 0},
        {"2m lead message id=m2 type=order to=desk action=cut\n4m wait", 0, 0, SEE_AUDIENCE, 0},
        {"2m legal message id=m2 type=info to=duty via=phone\n125s wait", 0, 0, 0, SEE_AUDIENCE},
        {"2m facilitator reveal fact=backup to=legal", 0, 0, 0, SEE_ACTOR},
        {"2m facilitator hint hint=who-else", 0, SEE_AUDIENCE, 0, 0},
    };
    static const char *const seats[] = {"poc", "lead", "legal"};
    for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
        struct table_play play;
        table_play_to(&play, PLAYED);
        table_lines(&play, rows[i].line);
        const struct event *event =
            &play.events.items[play.events.count - 1 - (size_t)rows[i].last];
        const unsigned expected[] = {rows[i].poc, rows[i].lead, rows[i].legal};
        for (size_t s = 0; s < 3; s++) {
            struct viewer viewer = {VIEWER_SEAT, str_of(seats[s])};
            unsigned see = view_relation(table_now(&play), viewer, event);
            if (see != expected[s])
                fail_msg("%s: %s by %.*s is %x to %s, not %x", rows[i].line,
                    event_kinds[event->kind].name, STR_ARG(event->actor), see, seats[s],
                    expected[s]);
        }
        table_fini(&play);
    }
}

/* What an event shows of the scenario, and what not. */
static void what_is_shown(void **state)
{
    (void)state;
    static const struct {
        const char *line, *seat, *shown, *not_shown;
        int last;
    } rows[] = {
        {"2m facilitator fire inject=night", "legal", "title-night", "body-night", 0},
        {"1m wait", "poc", "title-call", "body-call", 4}, /* call's delivery, from the start */
        {"2m lead open inject=ask", "lead", "prompt-stop", "fact-", 0},
        {"2m lead open inject=ask", "lead", "text-keep", "title-call", 0},
        {"2m lead open message=m1", "lead", "fact-leak", "fact-cause", 2},
        {"2m lead open message=m1", "lead", "words", "fact-cause", 2},
        {"2m lead open message=m1", "lead", "fact-leak", "fact-cause", 0},
        {"2m legal heard facts=leak from=poc", "legal", "fact-leak", "fact-cause", 0},
        {"2m legal message id=m2 type=info to=poc facts=leak", "legal", "unrecorded", "fact-leak",
            0},
        {"2m poc message id=m2 type=info to=legal facts=leak text=my-words", "legal", "m2", "leak",
            0},
        {"2m poc message id=m2 type=info to=legal facts=leak text=my-words", "legal", "m2",
            "my-words", 0},
        {"2m poc message id=m2 type=info to=legal facts=leak text=my-words", "poc", "my-words",
            "fact-leak", 0},
        {"2m facilitator edit inject=night title=new-title\n2m facilitator fire inject=night",
            "legal", "new-title", "title-night", 0},
        {"2m facilitator edit inject=night body=new-body\n2m facilitator fire inject=night\n"
         "2m legal open inject=night",
            "legal", "new-body", "body-night", 0},
        {"2m facilitator improvise id=i1 from=Ward to=legal title=made-up body=told", "legal",
            "made-up", "told", 0},
        {"2m facilitator improvise id=i1 from=desk to=legal title=t", "legal",
            "\"from\":{\"en\":\"Desk en\",", "\"from\":{\"en\":\"desk\"", 0},
        {"2m facilitator improvise id=i1 from=Ward to=legal title=t", "legal",
            "\"from\":{\"en\":\"Ward\",\"ja\":\"Ward\"}", "desk", 0},
        {"2m poc open inject=rare", "poc", "There is no such thing here.", "note.txt", 0},
        {"2m facilitator fire inject=rare\n2m poc open inject=rare", "poc",
            "\"file\":{\"en\":\"files/note.txt\",\"ja\":\"files/note.txt\"}", "follow", 0},
        {"2m facilitator hint hint=who-else", "poc", "hint-who-else en", "rule", 0},
        {"2m poc message id=m2 type=order to=desk action=cut\n5m wait", "poc",
            "On whose authority?", "fact-", 0},
        {"2m lead message id=m2 type=report to=poc unknown=scope text=t\n2m poc open message=m2",
            "poc", "\"unknown\":[\"scope\"]", "fact-", 1},
        {"2m facilitator reveal fact=backup to=poc", "poc", "fact-backup", "replaces", 0},
        {"2m facilitator reveal fact=rumour to=poc\n2m facilitator reveal fact=backup to=poc",
            "poc", "\"replaces\":\"rumour\"", "fact-rumour", 0},
        {"2m legal open inject=call", "legal", "There is no such thing here.", "title-call", 0},
        {"2m facilitator phase phase=second", "poc", "\"number\":2", "econd", 0},
        {"2m facilitator jump phase=second sheet=true", "poc", "until_story_ms", "econd", 0},
        {"2m facilitator phase phase=first", "poc", "\"en\":\"First en\"", "\"phase\"", 0},
    };
    for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
        struct table_play play;
        struct buf out = {0};
        table_play_to(&play, PLAYED);
        table_lines(&play, rows[i].line);
        size_t at = play.events.count - 1 - (size_t)rows[i].last;
        if (rows[i].line[0] == '1')
            at = 2;
        struct view view = {table_now(&play), {VIEWER_SEAT, str_of(rows[i].seat)}, &texts};
        assert_true(view_write(&view, &play.events.items[at], 1, &out));
        buf_add_char(&out, '\0');
        if (strstr(out.ptr, rows[i].shown) == NULL || strstr(out.ptr, rows[i].not_shown) != NULL)
            fail_msg("%s shows %s %s; expected \"%s\", not \"%s\"", rows[i].line, rows[i].seat,
                out.ptr, rows[i].shown, rows[i].not_shown);
        buf_fini(&out);
        table_fini(&play);
    }
}

static void attachments_are_read_when_they_were_opened(void **state)
{
    (void)state;
    static const struct str note = STR_INIT("files/note.txt");
    static const struct viewer poc = {VIEWER_SEAT, STR_INIT("poc")};
    static const struct viewer legal = {VIEWER_SEAT, STR_INIT("legal")};
    static const struct viewer staff = {VIEWER_FACILITATOR, {0}}, board = {VIEWER_BOARD, {0}};
    struct table_play play;
    table_play_to(&play, "1m facilitator fire inject=rare\n");
    assert_true(view_may_read(table_now(&play), staff, note));
    assert_false(view_may_read(table_now(&play), staff, STR("scenario.yaml")));
    assert_false(view_may_read(table_now(&play), poc, note));
    table_lines(&play, "2m poc open inject=rare\n");
    assert_true(view_may_read(table_now(&play), poc, note));
    assert_false(view_may_read(table_now(&play), legal, note));
    assert_false(view_may_read(table_now(&play), board, note));
    table_fini(&play);
}

static void look_from_the_board(const char *create, struct buf *out)
{
    struct table_play play;
    struct view view = {NULL, {VIEWER_BOARD, {0}}, &texts};
    table_init(&play, NULL, 0);
    table_lines(&play, create);
    table_lines(&play, TABLE_START
        "0s facilitator fire inject=ask\n0s facilitator fire inject=rare\n"
        "0s lead decide question=stop option=keep reason=because\n0s poc said to=room facts=leak\n"
        "0s facilitator note text=secret\n0s facilitator next\n");
    view.state = table_now(&play);
    for (size_t i = 0; i < play.events.count; i++)
        view_write(&view, &play.events.items[i], 1, out);
    bool is_room = table_now(&play)->mode == MODE_DISCUSS;
    assert_int_equal(view_may_read(table_now(&play), view.viewer, STR("files/note.txt")), is_room);
    buf_add_char(out, '\0');
    table_fini(&play);
}

/* The board may hang over a room that talks: it shows what is read out, and nothing that the room
 * has not heard or that somebody holds against it. */
static void the_board_shows_what_a_discussion_hears(void **state)
{
    (void)state;
    static const char *const heard[] = {"title-ask", "body-ask", "prompt-stop", "text-halt",
        "\"to\":[\"commander\",\"legal\"]", "files/note.txt", "title-call", "\"phone\""};
    static const char *const never[] = {"fact-leak", "secret", "because", "\"why\"", "\"reason\"",
        "owner", "contested", "follow", "again", "opened", "learned", "moved-on", "\"seq\""};
    struct buf room = {0}, live = {0};
    look_from_the_board(TABLE_DISCUSS, &room);
    look_from_the_board(TABLE_CREATE, &live);
    for (size_t i = 0; i < TABLE_COUNT(heard); i++) {
        if (strstr(room.ptr, heard[i]) == NULL)
            fail_msg("the board of a discussion does not show %s: %s", heard[i], room.ptr);
        if (strstr(live.ptr, heard[i]) != NULL)
            fail_msg("the board of an exercise that is live shows %s", heard[i]);
    }
    for (size_t i = 0; i < TABLE_COUNT(never); i++)
        if (strstr(room.ptr, never[i]) != NULL)
            fail_msg("the board of a discussion shows %s: %s", never[i], room.ptr);
    buf_fini(&room);
    buf_fini(&live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_for_every_viewer),
        cmocka_unit_test(relations),
        cmocka_unit_test(what_is_shown),
        cmocka_unit_test(attachments_are_read_when_they_were_opened),
        cmocka_unit_test(the_board_shows_what_a_discussion_hears),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

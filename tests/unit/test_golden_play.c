/* A play with nearly every input, written down whole: what the sheets on the table say, how each
 * viewer sees each event, and what the state is like at four moments.
 *
 * Other tests say why a line must be so; this one notices when any has changed. The scenario and
 * the inputs are those that the fuzz harnesses start from. TOCSIN_UPDATE=1 writes the page that is
 * compared with; read the difference before keeping it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "app/disk.h"
#include "core/step.h"
#include "core/view.h"
#include "load/intake.h"

#define HOME "tests/fuzz/home"
#define GOLDEN "tests/unit/golden/play.txt"

enum { VIEWERS_MOST = 8, TEXTS_MOST = 64 };

/* Free text by its "hash", which here is its number. */
struct text {
    struct str ref, body;
};

struct play {
    struct arena arena;
    struct def def;
    struct machine *machine;
    struct events events;
    struct viewer viewers[VIEWERS_MOST];
    int64_t seen_counts[VIEWERS_MOST];
    size_t viewer_count;
    struct text texts[TEXTS_MOST];
    size_t text_count;
    struct buf out;
};

static struct str find_text(void *self, struct str ref)
{
    struct play *play = self;
    for (size_t i = 0; i < play->text_count; i++)
        if (str_eq(play->texts[i].ref, ref))
            return play->texts[i].body;
    return (struct str){0};
}

static void load(struct play *play)
{
    struct bundle bundle;
    struct problems problems = {0};
    struct rules rules;
    struct err err = {0};
    bool is_good = disk_bundle(HOME "/scenarios/small", HOME, &play->arena, &bundle, &err) &&
                   load_scenario(&bundle, &play->arena, &problems, &play->def, &rules);
    if (!is_good) {
        problems_to_err(&problems, &err);
        fail_msg("%s", err.message);
    }
    problems_fini(&problems);
    play->viewers[play->viewer_count++] = (struct viewer){.kind = VIEWER_FACILITATOR};
    play->viewers[play->viewer_count++] = (struct viewer){.kind = VIEWER_EVALUATOR};
    play->viewers[play->viewer_count++] = (struct viewer){.kind = VIEWER_BOARD};
    for (size_t i = 0; i < play->def.seat_count; i++)
        play->viewers[play->viewer_count++] = (struct viewer){VIEWER_SEAT, play->def.seats[i].id};
}

static struct str name_of(struct viewer viewer)
{
    static const char *const names[] = {"facilitator", "evaluator", "", "board"};
    return viewer.kind == VIEWER_SEAT ? viewer.seat : str_of(names[viewer.kind]);
}

static void write_settings(struct play *play)
{
    for (size_t i = 0; i < play->viewer_count; i++) {
        buf_format(&play->out, "setting %.*s: ", STR_ARG(name_of(play->viewers[i])));
        view_write_setting(machine_state(play->machine), play->viewers[i], &play->out);
        buf_add_char(&play->out, '\n');
    }
}

static void write_state(struct play *play)
{
    buf_format(&play->out, "state: ");
    state_write(machine_state(play->machine), &play->out);
    buf_add_char(&play->out, '\n');
}

/* How everybody sees what came since the first event given. */
static void write_views(struct play *play, size_t first)
{
    struct view_texts texts = {play, find_text};
    for (; first < play->events.count; first++) {
        event_write(&play->events.items[first], &play->out);
        buf_add_char(&play->out, '\n');
        for (size_t i = 0; i < play->viewer_count; i++) {
            struct view view = {machine_state(play->machine), play->viewers[i], &texts};
            struct buf line = {0};
            if (view_write(&view, &play->events.items[first], play->seen_counts[i] + 1, &line)) {
                play->seen_counts[i]++;
                buf_format(&play->out, "  %.*s: %.*s\n", STR_ARG(name_of(play->viewers[i])),
                    STR_ARG(buf_str(&line)));
            }
            buf_fini(&line);
        }
    }
}

/* A text's number stands for its hash. */
static void set_texts_aside(struct play *play, struct intake *intake, int64_t seq)
{
    uint8_t salt[INTAKE_SALT_BYTES] = {(uint8_t)seq};
    intake_salt(intake, salt, &play->arena);
    for (size_t i = 0; i < intake->text_count; i++) {
        assert_true(play->text_count < TEXTS_MOST);
        play->texts[play->text_count++] =
            (struct text){intake->texts[i].ref, intake->texts[i].body};
    }
}

static void play_line(struct play *play, struct str line, int number)
{
    struct intake intake;
    struct err err;
    struct intake_from from = {INTAKE_FILE, {STR("small.jsonl"), number, 0}};
    size_t first = play->events.count;
    if (!intake_parse(line, from, &play->arena, &intake, &err))
        fail_msg("%s", err.message);
    intake.input.seq = number + 1;
    set_texts_aside(play, &intake, intake.input.seq);
    machine_advance(play->machine, intake.input.at_ms, &play->events);
    intake.input.at_ms = machine_state(play->machine)->now_ms;
    machine_input(play->machine, &intake.input, &play->events);
    write_views(play, first);
    if (number % 16 == 0)
        write_state(play);
}

static void play_all(struct play *play)
{
    struct str line, rest;
    struct err err;
    if (!disk_read(HOME "/small.jsonl", &play->arena, &rest, &err))
        fail_msg("%s", err.message);
    struct input create = {
        .seq = 1, .observed_ms = -1, .story_at_ms = -1, .actor = STR("host"), .kind = INPUT_CREATE};
    create.body.create = (struct event_created){.content = STR("c"),
        .lua = STR("5.4"),
        .mode = MODE_PACED,
        .pace = 2,
        .seed = 7,
        .difficulty = 2,
        .semantics = step_semantics(MODE_PACED)};
    machine_input(play->machine, &create, &play->events);
    write_settings(play);
    write_views(play, 0);
    for (int number = 1; str_cut(rest, '\n', &line, &rest); number++)
        play_line(play, line, number);
    write_state(play);
}

static void compare(struct play *play)
{
    struct str golden;
    struct err err;
    if (getenv("TOCSIN_UPDATE") != NULL && !disk_write(GOLDEN, buf_str(&play->out), NULL, &err))
        fail_msg("%s", err.message);
    if (!disk_read(GOLDEN, &play->arena, &golden, &err))
        fail_msg("%s", err.message);
    struct str found = buf_str(&play->out), line, expected;
    for (int number = 1; !str_eq(found, golden); number++) {
        if (!str_cut(found, '\n', &line, &found) || !str_cut(golden, '\n', &expected, &golden))
            fail_msg("%s:%d: one of the two ends here", GOLDEN, number);
        if (!str_eq(line, expected))
            fail_msg(
                "%s:%d: was\n%.*s\nand is\n%.*s", GOLDEN, number, STR_ARG(expected), STR_ARG(line));
    }
}

static void a_play_written_down(void **state)
{
    (void)state;
    struct play play = {0};
    load(&play);
    play.events.arena = &play.arena;
    play.machine = machine_new(&play.def, NULL, 0);
    play_all(&play);
    compare(&play);
    machine_free(play.machine);
    buf_fini(&play.out);
    arena_fini(&play.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_play_written_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A lead's questions.
 *
 * Everything that folds exercises is a child's work, on a snapshot, so that the loop goes on. Whose
 * words come to a child's line is looked at first: an exercise is one of the record that has ended,
 * everything else was checked where it came in. */
#include "app/lead.h"

#include <assert.h>

#include "app/plan_change.h"
#include "app/serve.h"
#include "app/wall.h"
#include "base/duration.h"
#include "base/json_write.h"
#include "web/reply_problem.h"

/* What a command takes beside its file. */
enum {
    TAKES_EXERCISE = 1 << 0,
    TAKES_FORM = 1 << 1,   /* --json, --csv, --ics; nothing for what is no such word */
    TAKES_FORMAT = 1 << 2, /* --format FORM */
    TAKES_HOME = 1 << 3,
    TAKES_ITEM = 1 << 4,
    TAKES_KEEP = 1 << 5, /* --no-keep, while tables are played */
    TAKES_LANG = 1 << 6,
    TAKES_NAMES = 1 << 7,
    TAKES_PSEUDONYMS = 1 << 8, /* what has names unless it is told otherwise */
    TAKES_RULE = 1 << 9,
    TAKES_TEAM = 1 << 10,
    TAKES_YEAR = 1 << 11
};

static const struct {
    const char *command, *option; /* the option may be NULL */
    unsigned takes;
} lines[WEB_LEAD_COUNT] = {
    [WEB_LEAD_SKILLS] = {"skills", NULL, TAKES_FORM | TAKES_HOME | TAKES_KEEP | TAKES_TEAM},
    [WEB_LEAD_EXERCISES] = {"list", NULL, TAKES_FORM},
    [WEB_LEAD_REPORT] = {"report", NULL,
        TAKES_EXERCISE | TAKES_FORMAT | TAKES_LANG | TAKES_PSEUDONYMS},
    [WEB_LEAD_READINESS] = {"readiness", NULL, TAKES_FORM | TAKES_NAMES | TAKES_TEAM},
    [WEB_LEAD_EVIDENCE] = {"evidence", NULL, TAKES_FORM | TAKES_LANG | TAKES_NAMES | TAKES_YEAR},
    [WEB_LEAD_PLAN] = {"plan", NULL, TAKES_FORM | TAKES_LANG | TAKES_NAMES | TAKES_TEAM},
    [WEB_LEAD_HISTORY] = {"plan", "--history", TAKES_FORM | TAKES_ITEM | TAKES_NAMES},
    [WEB_LEAD_PROPOSALS] = {"plan", "--propose", TAKES_EXERCISE | TAKES_FORM | TAKES_LANG},
    [WEB_LEAD_TAKE] = {"plan", "--add", TAKES_EXERCISE | TAKES_FORM | TAKES_LANG | TAKES_RULE},
};

struct line {
    struct arena arena;
    struct children_task task;
    int count;
};

static void add(struct line *line, const char *word)
{
    if (word == NULL)
        return;
    assert(line->count + 1 < CHILDREN_ARGUMENTS);
    line->task.arguments[line->count++] = word;
}

/* Nothing when there is no value. */
static void add_option(struct line *line, const char *option, struct str value)
{
    if (value.len == 0)
        return;
    add(line, option);
    add(line, arena_format(&line->arena, "%.*s", STR_ARG(value)).ptr);
}

static const char *form_option(const char *format)
{
    static const char *const forms[][2] = {{"json", "--json"}, {"csv", "--csv"}, {"ics", "--ics"}};
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
        if (str_is(str_of(format), forms[i][0]))
            return forms[i][1];
    return NULL;
}

static void make_line(const struct serve *serve, const struct web_lead *wish, struct line *line)
{
    unsigned takes = lines[wish->what].takes;
    const char *home = serve_home(serve);
    add(line, lines[wish->what].command);
    if (takes & TAKES_EXERCISE)
        add(line, arena_format(&line->arena, "%.*s", STR_ARG(wish->exercise)).ptr);
    add(line, lines[wish->what].option);
    if (takes & TAKES_ITEM) /* it is the option's value */
        add(line, arena_format(&line->arena, "%.*s", STR_ARG(wish->item)).ptr);
    add_option(line, "--db", str_of(serve_db(serve)));
    if (takes & TAKES_RULE)
        add_option(line, "--finding", wish->rule);
    if (takes & TAKES_FORM)
        add(line, form_option(wish->format));
    if (takes & TAKES_FORMAT)
        add_option(line, "--format", str_of(wish->format));
    if (takes & TAKES_HOME && home != NULL)
        add_option(line, "--home", str_of(home));
    if (takes & TAKES_KEEP && serve_has_tables(serve))
        add(line, "--no-keep"); /* turns would wait for it */
    if (takes & TAKES_LANG)
        add_option(line, "--lang", str_of(wish->lang));
    if (takes & TAKES_NAMES && wish->with_names)
        add(line, "--names");
    if (takes & TAKES_PSEUDONYMS && !wish->with_names)
        add(line, "--pseudonyms");
    if (takes & TAKES_TEAM)
        add_option(line, "--team", wish->team);
    if (takes & TAKES_YEAR)
        add_option(line, "--year", wish->year);
}

/* Whether the table has come to its end: before that a lead reads nothing of it. */
static enum reply_problem check_exercise(struct serve *serve, struct str id)
{
    struct arena arena = {0};
    struct record_exercise exercise;
    enum reply_problem problem = REPLY_NOT_FOUND;
    if (record_exercise_find(serve_record(serve), id, &arena, &exercise, NULL)) {
        problem = REPLY_IN_PLAY;
        for (size_t i = 0; i < exercise.table_count; i++)
            if (str_eq(exercise.tables[i].id, exercise.id) && exercise.tables[i].has_ended)
                problem = REPLY_PROBLEM_COUNT;
    }
    arena_fini(&arena);
    return problem;
}

static void host_lead(void *self, uint64_t ticket, const struct web_lead *wish)
{
    struct serve *serve = self;
    struct line line = {.task = {.owner = serve, .ticket = ticket}};
    unsigned takes = lines[wish->what].takes;
    enum reply_problem problem = REPLY_PROBLEM_COUNT;
    if (takes & TAKES_EXERCISE)
        problem = check_exercise(serve, wish->exercise);
    else if (takes & TAKES_ITEM && wish->item.len == 0)
        problem = REPLY_NOT_FOUND;
    if (problem != REPLY_PROBLEM_COUNT) {
        serve_answer_problem(serve, ticket, problem);
        return;
    }
    make_line(serve, wish, &line);
    serve_start_child(serve, &line.task);
    arena_fini(&line.arena);
}

static unsigned host_plan(void *self, struct str json, struct buf *out)
{
    return plan_change_json(serve_record(self), json, out);
}

static void host_programme(void *self, struct buf *out)
{
    const struct serve *serve = self;
    struct arena arena = {0};
    struct json_write json;
    struct str now = calendar_format(&arena, wall_now_ms() / 1000 * 1000, 0);
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_str(&json, "db", str_of(serve_db(serve)));
    json_write_key_str(&json, "program", str_of(serve_program(serve)));
    json_write_key_str(&json, "today", (struct str){now.ptr, 10});
    json_write_end(&json);
    arena_fini(&arena);
}

void lead_host(struct web_host *host)
{
    host->lead = host_lead;
    host->plan = host_plan;
    host->programme = host_programme;
}

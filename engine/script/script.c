/* The reactor: which story goes on when, and what becomes of one that fails.
 *
 * A reaction is one resume of one story. Reactions are numbered as they come, and the number is
 * what a fault in the record is recognised by: on replay the reaction of that number fails in the
 * recorded way without being run, because the exact point at which a budget is spent may differ
 * between two machines. Everything else a story does is derived again.
 *
 * One waking is one story: what it asked for is done before the next looks at the world. */
#include "script/script.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lua/fault.h"
#include "lua/source.h"
#include "script/api.h"
#include "script/remedy.h"
#include "script/share.h"
#include "script/story.h"

#include <lauxlib.h>

struct script *script_of(lua_State *L)
{
    return *(struct script **)lua_getextraspace(L);
}

/* The record names the file as it is pinned, wherever the folder stood when it was loaded. */
static struct str pinned_name(struct str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/')
            return str_after(path, i);
    return path;
}

static void add_fault(const struct script *script, enum problem_kind kind,
    const struct sandbox_fault *fault, struct problems *problems)
{
    /* There is one file; an author is told where it lies. */
    struct place place = {.file = script->def->story_file, .line = fault->line};
    struct str text = str_of(fault->message);
    struct str remedy = kind == KIND_STORY_SYNTAX
                            ? remedy_for_text(text, script->def->story_source, &problems->arena)
                            : remedy_for(text);
    /* What check_story says has a column; of what cannot be compiled it says nothing. */
    if (kind == KIND_STORY_SYNTAX || !problems_has_error(problems, place))
        problems_tell(problems, kind, place, "%.*s%s%.*s", STR_ARG(text),
            remedy.len > 0 ? "; " : "", STR_ARG(remedy));
}

static bool open_sandbox(struct script *script, struct sandbox_fault *ret_fault)
{
    static const struct sandbox_limits limits = {
        .memory_bytes = LIMIT_STORY_MEMORY_BYTES,
        .string_bytes = LIMIT_STORY_STRING_BYTES,
        .instructions = LIMIT_STORY_INSTRUCTIONS,
    };
    script->sandbox = sandbox_new(&limits);
    if (script->sandbox == NULL) {
        *ret_fault =
            (struct sandbox_fault){.message = "the machine has no memory left for stories"};
        return false;
    }
    script->L = sandbox_lua(script->sandbox);
    *(struct script **)lua_getextraspace(script->L) = script;
    return api_init(script, ret_fault);
}

/* Runs the top level, so that its stories are known. */
static bool run_file(
    struct script *script, enum problem_kind *ret_kind, struct sandbox_fault *ret_fault)
{
    const struct def *def = script->def;
    *ret_kind = KIND_STORY_SYNTAX;
    if (!sandbox_compile(
            script->sandbox, def->story_source, pinned_name(def->story_file), ret_fault))
        return false;
    *ret_kind = KIND_STORY_FAULT;
    int result_count;
    lua_State *thread = sandbox_thread(script->sandbox, ret_fault);
    if (thread == NULL)
        return false;
    enum sandbox_end end = sandbox_resume(script->sandbox, thread, 0, &result_count, ret_fault);
    lua_pop(script->L, 1);
    assert(end != SANDBOX_YIELDED); /* only a story can wait */
    return end == SANDBOX_RETURNED;
}

static bool load_story(struct script *script, struct problems *problems)
{
    const struct def *def = script->def;
    struct sandbox_fault fault;
    if (!source_check(def->story_source, def->story_file, problems))
        return false;
    enum problem_kind kind = KIND_STORY_FAULT;
    script->keeps_history = source_mentions(def->story_source, "happened");
    if (!open_sandbox(script, &fault) || !run_file(script, &kind, &fault) ||
        !share_check(script, &fault)) {
        add_fault(script, kind, &fault, problems);
        return false;
    }
    if (script->story_count == 0)
        problems_tell(problems, KIND_NO_STORY, (struct place){.file = def->story_file},
            "the file begins no story; write story(\"name\", function() ... end)");
    return true;
}

bool script_new(
    const struct def *def, int64_t seed, struct problems *problems, struct script **ret_script)
{
    size_t errors_before = problems->error_count;
    struct script *script = calloc(1, sizeof(*script));
    if (script == NULL)
        abort();
    script->def = def;
    script->seed = seed;
    bool is_read = def->story_source.len == 0 || load_story(script, problems);
    if (!is_read || problems->error_count > errors_before) {
        script_free(script);
        return false;
    }
    *ret_script = script;
    return true;
}

void script_free(struct script *script)
{
    if (script == NULL)
        return;
    sandbox_free(script->sandbox);
    arena_fini(&script->arena);
    arena_fini(&script->scratch);
    history_fini(&script->history);
    free(script);
}

static void release(struct script *script, struct story *story, enum story_status status)
{
    luaL_unref(script->L, LUA_REGISTRYINDEX, story->thread_ref);
    story->thread = NULL;
    story->match = NULL;
    story->awaits_sheet = false;
    story->due_ms = -1;
    story->status = status;
}

static const struct event_fault *imposed_on(const struct script *script, int64_t reaction)
{
    for (size_t i = 0; i < script->imposed_count; i++)
        if (script->imposed[i].reaction == reaction)
            return &script->imposed[i];
    return NULL;
}

/* The story ends here, and nothing of what this reaction asked for happens. */
static void fail(struct script *script, struct reaction *reaction, const struct event_fault *fault)
{
    struct arena *arena = reaction->plan->arena;
    reaction->plan->count = reaction->plan_start;
    struct event_fault *body = &plan_add(reaction->plan, INPUT_FAULT, ACTOR_STORY)->body.fault;
    *body = (struct event_fault){
        .file = arena_str(arena, fault->file),
        .line = fault->line,
        .message = arena_str(arena, fault->message),
        .reaction = fault->reaction,
        .story = arena_str(arena, fault->story),
    };
    release(script, reaction->story, STORY_DEAD);
}

/* The traceback is worth showing when there is more than the place itself. */
static struct str fault_text(const struct sandbox_fault *fault, struct arena *arena)
{
    struct str text = str_of(fault->message), remedy = remedy_for(text);
    const char *first_end = strchr(fault->traceback, '\n');
    text = arena_format(
        arena, "%.*s%s%.*s", STR_ARG(text), remedy.len > 0 ? "; " : "", STR_ARG(remedy));
    if (first_end == NULL || first_end[1] == '\0')
        return text;
    return arena_format(
        arena, "%.*s\n%.*s", STR_ARG(text), STR_ARG(str_trim(str_of(fault->traceback))));
}

static void fail_by_itself(
    struct script *script, struct reaction *reaction, const struct sandbox_fault *fault)
{
    bool is_placed = fault->file.len > 0;
    struct event_fault body = {
        .file = pinned_name(script->def->story_file),
        .line = is_placed ? fault->line : reaction->story->line,
        .message = fault_text(fault, reaction->plan->arena),
        .reaction = script->reaction_count,
        .story = reaction->story->name,
    };
    fail(script, reaction, &body);
}

/* Helpers that stories share were all there before; one that was replaced is put back. */
static bool check_watches(struct script *script, struct reaction *reaction)
{
    struct str name;
    if (share_restore(script, &name))
        return true;
    struct sandbox_fault fault = {.line = 0};
    struct str text = arena_format(reaction->plan->arena,
        "\"%.*s\" is shared with other stories and was given a new value; use a local of the "
        "story's own",
        STR_ARG(name));
    fault_set_message(&fault, text);
    fail_by_itself(script, reaction, &fault);
    return false;
}

static void run_reaction(struct script *script, struct reaction *reaction)
{
    struct story *story = reaction->story;
    struct sandbox_fault fault;
    int result_count;
    story->match = NULL;
    story->awaits_sheet = false;
    story->due_ms = -1;
    script->reaction = reaction;
    enum sandbox_end end = sandbox_resume(script->sandbox, story->thread, 0, &result_count, &fault);
    script->reaction = NULL;
    if (end == SANDBOX_FAILED) {
        struct str name;
        share_restore(script, &name);
        fail_by_itself(script, reaction, &fault);
    } else if (check_watches(script, reaction)) {
        if (end == SANDBOX_RETURNED)
            release(script, story, STORY_DONE);
        else
            story->status = STORY_WAITING;
    }
}

/* What people do costs a story nothing. */
static bool is_free(const struct reaction *reaction)
{
    return reaction->event != NULL && reaction->event->input != 0;
}

/* A fault that the record holds for later means that there was enough effort until then, whatever
 * this machine counts. */
static bool is_imposed_later(const struct script *script, const struct story *story)
{
    for (size_t i = 0; i < script->imposed_count; i++)
        if (script->imposed[i].reaction > script->reaction_count &&
            str_eq(script->imposed[i].story, story->name))
            return true;
    return false;
}

static bool has_effort(struct script *script, struct reaction *reaction)
{
    struct story *story = reaction->story;
    if (is_free(reaction) || effort_is_left(&story->effort, reaction->at_ms) ||
        is_imposed_later(script, story))
        return true;
    struct sandbox_fault fault;
    sandbox_where(script->sandbox, story->thread, &fault);
    fault_set_message(
        &fault, STR("this story does too much in too short a time; let it wait longer, as in wait "
                    "\"10s\""));
    fail_by_itself(script, reaction, &fault);
    return false;
}

static void take_effort(struct script *script, const struct reaction *reaction)
{
    if (is_free(reaction))
        return;
    int64_t inputs = (int64_t)(reaction->plan->count - reaction->plan_start);
    effort_take(&reaction->story->effort,
        EFFORT_STEP + inputs * EFFORT_INPUT + sandbox_spent(script->sandbox));
}

/* Lets one story go on, because of an event, its time or its beginning. */
static void go_on(struct script *script, struct reaction *reaction)
{
    const struct event_fault *imposed = imposed_on(script, ++script->reaction_count);
    reaction->plan_start = reaction->plan->count;
    reaction->write_count = 0;
    if (imposed != NULL) {
        fail(script, reaction, imposed);
    } else if (has_effort(script, reaction)) {
        run_reaction(script, reaction);
        take_effort(script, reaction);
    }
}

/* A jump without a sheet, made just before, may still be told when the sheet is open already. */
static bool closes_sheet(const struct state *state, const struct event *event)
{
    return event->kind == EVENT_JUMPED && !state->gap_open;
}

static bool wants(const struct script *script, const struct state *state, struct story *story,
    const struct event *event)
{
    if (event->kind == EVENT_STARTED)
        return story->status == STORY_NEW;
    if (story->awaits_sheet)
        return closes_sheet(state, event);
    return story->status == STORY_WAITING && story->match != NULL &&
           match_take(story->match, script->def, event, &story->met);
}

/* An answer to an answer belongs to the moment of what it all began with. */
static void note_moment(struct script *script, const struct state *state, const struct event *event)
{
    const struct moment *now = &script->moment;
    bool is_part =
        event->at_ms == now->at_ms &&
        (event->input != 0 ? event->input == now->input
                           : event->cause >= now->first_seq || event->cause == now->cause);
    if (!is_part)
        script->moment =
            (struct moment){event->at_ms, event->input, event->cause, event->seq, state->last_seq};
}

static void react(
    void *self, const struct state *state, const struct event *event, struct plan *plan)
{
    struct script *script = self;
    if (state->status != STATUS_RUNNING && state->status != STATUS_PAUSED)
        return;
    note_moment(script, state, event);
    if (script->keeps_history)
        history_add(&script->history, event);
    for (size_t i = 0; i < script->story_count; i++) {
        struct story *story = &script->stories[i];
        if (!wants(script, state, story, event))
            continue;
        struct reaction reaction;
        reaction.story = story;
        reaction.state = state;
        reaction.event = event->kind == EVENT_STARTED ? NULL : event;
        reaction.plan = plan;
        reaction.at_ms = event->at_ms;
        go_on(script, &reaction);
    }
}

/* The earliest; of several at the same time the first in the file. */
static struct story *next_due(struct script *script)
{
    struct story *next = NULL;
    for (size_t i = 0; i < script->story_count; i++) {
        struct story *story = &script->stories[i];
        if (story->due_ms >= 0 && (next == NULL || story->due_ms < next->due_ms))
            next = story;
    }
    return next;
}

static bool due(void *self, const struct state *state, int64_t *ret_due_ms)
{
    const struct story *next = next_due(self);
    if (state->status != STATUS_RUNNING || next == NULL)
        return false;
    *ret_due_ms = next->due_ms;
    return true;
}

static void wake(void *self, const struct state *state, int64_t at_ms, struct plan *plan)
{
    struct script *script = self;
    struct story *story = next_due(script);
    if (state->status != STATUS_RUNNING || story == NULL || story->due_ms > at_ms)
        return;
    script->moment = (struct moment){
        .at_ms = at_ms, .first_seq = state->last_seq + 1, .last_seq = state->last_seq};
    struct reaction reaction;
    reaction.story = story;
    reaction.state = state;
    reaction.event = NULL;
    reaction.plan = plan;
    reaction.at_ms = at_ms;
    go_on(script, &reaction);
}

/* Reactions count from 1, so that a fault of the machine itself, without a number, matches none. */
static void impose(void *self, const struct event *fault)
{
    struct script *script = self;
    const struct event_fault *body = &fault->body.fault;
    if (fault->kind != EVENT_FAULT || !str_eq(fault->actor, ACTOR_STORY))
        return;
    script->imposed = arena_grow(&script->arena, script->imposed, script->imposed_count,
        &script->imposed_capacity, sizeof(*script->imposed));
    script->imposed[script->imposed_count++] = (struct event_fault){
        .file = arena_str(&script->arena, body->file),
        .line = body->line,
        .message = arena_str(&script->arena, body->message),
        .reaction = body->reaction,
        .story = arena_str(&script->arena, body->story),
    };
}

struct reactor script_reactor(struct script *script)
{
    return (struct reactor){
        .self = script, .react = react, .due = due, .wake = wake, .impose = impose};
}

void script_write_names(struct script *script, struct buf *out)
{
    if (script->sandbox != NULL)
        sandbox_write_names(script->sandbox, out);
}

/* From the library that runs, not from the header that was compiled against. */
struct str script_lua_release(void)
{
    struct str before, rest;
    const char *found = strstr(lua_ident, "Lua 5.");
    struct str release = str_after(str_of(found != NULL ? found : "Lua ?"), 4);
    return str_cut(release, ' ', &before, &rest) ? before : release;
}

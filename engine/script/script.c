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

#include "core/pattern.h"
#include "lua/fault.h"
#include "lua/source.h"
#include "script/api.h"
#include "script/check.h"
#include "script/happening.h"
#include "script/patterns.h"
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

static void add_fault(
    const struct script *script, const struct sandbox_fault *fault, struct problems *problems)
{
    /* There is one file; an author is told where it lies. */
    struct place place = {.file = script->def->story_file, .line = fault->line};
    problems_tell(problems, KIND_STORY_FAULT, place, "%s", fault->message);
}

static void open_sandbox(struct script *script)
{
    static const struct sandbox_limits limits = {
        .memory_bytes = LIMIT_STORY_MEMORY_BYTES,
        .string_bytes = LIMIT_STORY_STRING_BYTES,
        .instructions = LIMIT_STORY_INSTRUCTIONS,
    };
    script->sandbox = sandbox_new(&limits);
    script->L = sandbox_lua(script->sandbox);
    *(struct script **)lua_getextraspace(script->L) = script;
    patterns_init(script);
}

/* Runs the top level, so that its stories are known. */
static bool run_file(struct script *script, struct sandbox_fault *ret_fault)
{
    const struct def *def = script->def;
    if (!sandbox_compile(
            script->sandbox, def->story_source, pinned_name(def->story_file), ret_fault))
        return false;
    int result_count;
    lua_State *thread = lua_newthread(script->L);
    lua_insert(script->L, -2);
    lua_xmove(script->L, thread, 1);
    enum sandbox_end end = sandbox_resume(script->sandbox, thread, 0, &result_count, ret_fault);
    lua_pop(script->L, 1);
    assert(end != SANDBOX_YIELDED); /* only a story can wait */
    return end == SANDBOX_RETURNED;
}

static void check_sharing(struct script *script, struct problems *problems)
{
    for (size_t i = 0; i < script->story_count; i++) {
        struct sandbox_fault fault;
        lua_State *thread = script->stories[i].thread;
        lua_pushvalue(thread, 1);
        lua_xmove(thread, script->L, 1);
        if (!share_check(script, i, &fault))
            add_fault(script, &fault, problems);
        lua_pop(script->L, 1);
    }
    share_done(script);
}

static void load_story(struct script *script, struct problems *problems)
{
    const struct def *def = script->def;
    struct sandbox_fault fault;
    open_sandbox(script);
    bool is_ready = api_init(script, &fault);
    assert(is_ready); /* the prelude is ours */
    if (!source_check(def->story_source, def->story_file, problems))
        return;
    check_source(def, problems);
    if (!run_file(script, &fault)) {
        add_fault(script, &fault, problems);
        return;
    }
    check_sharing(script, problems);
    if (script->story_count == 0)
        problems_tell(problems, KIND_NO_STORY, (struct place){.file = def->story_file},
            "the file begins no story; write story(\"name\", function() ... end)");
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
    if (def->story_source.len > 0)
        load_story(script, problems);
    if (problems->error_count > errors_before) {
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
    free(script);
}

static void release(struct script *script, struct story *story, enum story_status status)
{
    luaL_unref(script->L, LUA_REGISTRYINDEX, story->thread_ref);
    story->thread = NULL;
    story->pattern = NULL;
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
    const char *first_end = strchr(fault->traceback, '\n');
    if (first_end == NULL || first_end[1] == '\0')
        return arena_str(arena, str_of(fault->message));
    return arena_format(
        arena, "%s\n%.*s", fault->message, STR_ARG(str_trim(str_of(fault->traceback))));
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

static int push_arguments(struct story *story, const struct event *event)
{
    if (story->status == STORY_NEW)
        return 0;
    if (event != NULL)
        happening_push(story->thread, event);
    else
        lua_pushnil(story->thread);
    return 1;
}

static void run_reaction(
    struct script *script, struct reaction *reaction, const struct event *event)
{
    struct story *story = reaction->story;
    struct sandbox_fault fault;
    int result_count;
    int argument_count = push_arguments(story, event);
    story->pattern = NULL;
    story->due_ms = -1;
    script->reaction = reaction;
    enum sandbox_end end =
        sandbox_resume(script->sandbox, story->thread, argument_count, &result_count, &fault);
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

/* Lets one story go on. event: what it waited for; NULL: its time, or its beginning. */
static void go_on(struct script *script, struct reaction *reaction, const struct event *event)
{
    const struct event_fault *imposed = imposed_on(script, ++script->reaction_count);
    reaction->plan_start = reaction->plan->count;
    reaction->write_count = 0;
    if (imposed != NULL)
        fail(script, reaction, imposed);
    else
        run_reaction(script, reaction, event);
}

static bool wants(const struct script *script, const struct story *story, const struct event *event)
{
    if (event->kind == EVENT_STARTED)
        return story->status == STORY_NEW;
    return story->status == STORY_WAITING && story->pattern != NULL &&
           pattern_matches(story->pattern, script->def, event);
}

static void react(
    void *self, const struct state *state, const struct event *event, struct plan *plan)
{
    struct script *script = self;
    if (state->status != STATUS_RUNNING && state->status != STATUS_PAUSED)
        return;
    for (size_t i = 0; i < script->story_count; i++) {
        struct story *story = &script->stories[i];
        if (!wants(script, story, event))
            continue;
        struct reaction reaction;
        reaction.story = story;
        reaction.state = state;
        reaction.plan = plan;
        reaction.at_ms = event->at_ms;
        go_on(script, &reaction, event);
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
    struct reaction reaction;
    reaction.story = story;
    reaction.state = state;
    reaction.plan = plan;
    reaction.at_ms = at_ms;
    go_on(script, &reaction, NULL);
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

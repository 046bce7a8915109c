/* The inside of script/: what a script is made of. Nobody outside the folder includes this. */
#ifndef SCRIPT_STORY_H
#define SCRIPT_STORY_H

#include "core/field.h"
#include "lua/sandbox.h"
#include "script/effort.h"
#include "script/history.h"
#include "script/match.h"
#include "script/script.h"

enum {
    STORY_PLAN_INPUTS = 64,  /* what one reaction may ask for */
    STORY_STEP_EVENTS = 128, /* what all reactions to one thing may bring about at that moment */
    STORY_PATTERNS = 1024,   /* different patterns of one file */
    STORY_NAME_BYTES = 80,
    STORY_REASON_BYTES = 1000
};

enum story_status {
    STORY_NEW,     /* not begun: before STARTEX */
    STORY_WAITING, /* in await, wait or jump */
    STORY_DONE,    /* came to its end */
    STORY_DEAD     /* a reaction failed */
};

/* One coroutine. */
struct story {
    struct str name; /* as written in the file, unique */
    int line;        /* where its function begins */
    enum story_status status;
    lua_State *thread;         /* NULL when done or dead */
    int thread_ref;            /* keeps the thread alive */
    const struct match *match; /* what it waits for, or NULL */
    uint32_t met;              /* which of its patterns have come */
    bool awaits_sheet;         /* waits until the gap sheet that it opened is closed */
    int64_t due_ms;            /* when it goes on anyway; -1: never */
    uint64_t draw_count;       /* random numbers drawn so far */
    struct effort effort;
};

/* What a reaction has written and may read again before anybody has decided it. */
struct story_write {
    struct str name,
        value; /* an inject that was sent has no value; of a fact it is who learned it */
    enum field_of of;
};

/* One resume of one story. Lives while it runs. */
struct reaction {
    struct story *story;
    const struct state *state;
    const struct event *event; /* what it waited for; NULL: its time, or its beginning */
    struct plan *plan;
    size_t plan_start; /* where this reaction's part of the plan begins */
    int64_t at_ms;
    struct story_write writes[STORY_PLAN_INPUTS];
    size_t write_count;
};

/* The moment that reactions answer: an input's or timer's events and all that comes of them. */
struct moment {
    int64_t at_ms, input, cause;
    int64_t first_seq, last_seq; /* of the events that began it */
};

/* A local variable that several stories may read because nobody changes it. */
struct watch {
    int function_ref, value_ref;
    int upvalue;
    const void *id; /* of the variable itself */
    struct str name;
};

/* Owns everything below; the definition outlives it. */
struct script {
    const struct def *def;
    int64_t seed;
    struct sandbox *sandbox; /* NULL: the scenario has no story */
    lua_State *L;
    struct arena arena;    /* lifespan: the script */
    struct arena scratch;  /* for one call from Lua; survives an error that jumps */
    int on_ref, every_ref; /* the prelude's loops */

    struct story stories[LIMIT_STORIES];
    size_t story_count;
    struct watch *watches;
    size_t watch_count, watch_capacity;

    const struct match **matches; /* by number; the same conditions have the same number */
    size_t match_count, match_capacity;
    struct index match_index;
    int match_refs; /* the table of their values in Lua */

    bool keeps_history; /* the file asks what happened */
    struct history history;
    struct moment moment;
    struct reaction *reaction; /* the one that runs, or NULL */
    int64_t reaction_count;
    struct event_fault *imposed; /* on replay: what the record says went wrong */
    size_t imposed_count, imposed_capacity;
};

struct script *script_of(lua_State *L); /* whose thread this is */

#endif

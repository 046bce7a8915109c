/* What the program does for the web: web never opens the record, reads a file or looks at a clock
 * by itself. */
#ifndef WEB_HOST_H
#define WEB_HOST_H

#include "base/hash.h"
#include "core/view.h"
#include "web/vitals.h"

/* A report to be written; borrows. */
struct web_report {
    bool is_skills; /* over all exercises, as JSON; nothing else is looked at then */
    bool pseudonyms;
    const char *format, *table, *lang;
};

/* What can be read of the record as a whole, and what can be done to its plan. */
enum web_lead_what {
    WEB_LEAD_SKILLS,
    WEB_LEAD_EXERCISES,
    WEB_LEAD_REPORT,
    WEB_LEAD_READINESS,
    WEB_LEAD_EVIDENCE,
    WEB_LEAD_PLAN,
    WEB_LEAD_HISTORY,
    WEB_LEAD_PROPOSALS,
    WEB_LEAD_TAKE, /* a proposal, into the plan */
    WEB_LEAD_COUNT
};

/* What is asked of the record; borrows. What does not concern the question is not looked at. */
struct web_lead {
    enum web_lead_what what;
    bool with_names;                             /* persons by name; else by an alias */
    const char *format, *lang;                   /* names of the program's own */
    struct str exercise, rule, team, year, item; /* as they were sent; empty: not */
};

/* What the program does for the web. All functions are called from within web_run. `table` is what
 * a room was opened with. */
struct web_host {
    void *self;

    /* Takes an input (JSON) of an actor: "facilitator", "evaluator", or a seat. The answer comes
     * later through web_answer with the same ticket, never from within this call. */
    void (*submit)(void *table, uint64_t ticket, struct str actor, struct str json);

    /* The present state, for views; NULL while the table is being rebuilt. */
    const struct state *(*state)(void *table);

    /* Exercise time now, and whether the clock runs. */
    int64_t (*clock_ms)(void *table, bool *ret_running);

    /* Whether what is done can be kept; false from a turn that could not be until one that was. */
    bool (*keeps)(void *table);

    /* Calls `each` for all events kept so far, in order: fills a new view's log. */
    bool (*history)(
        void *table, void (*each)(void *each_self, const struct event *event), void *each_self);

    /* A free text by its salted hash; empty when there is none. Valid until the next turn. */
    struct str (*text)(void *table, struct str ref);

    /* Appends what the viewer may see of the score, one canonical object; false while there is no
     * state. */
    bool (*findings)(void *table, struct viewer viewer, struct buf *out);

    /* Appends what can be printed of the exercise: parts of report/kit.h; false while there is no
     * state. */
    bool (*kit)(void *table, enum lang lang, unsigned parts, struct buf *out);

    /* Appends who knew what when, one canonical object; false while the viewer may not read it. */
    bool (*replay)(void *table, struct viewer viewer, struct buf *out);

    /* Has a report written in a process of its own; answered through web_answer with its bytes. */
    void (*report)(void *table, uint64_t ticket, const struct web_report *wish);

    /* Has the record looked at in a process of its own; answered through web_answer. */
    void (*lead)(void *self, uint64_t ticket, const struct web_lead *wish);

    /* Changes the plan as JSON says, and keeps it before it returns: the answer's status. */
    unsigned (*plan)(void *self, struct str json, struct buf *out);

    /* Which record it is, and what day, as one canonical object. */
    void (*programme)(void *self, struct buf *out);

    /* The bytes of a file that the exercise was made of, in arena; false when there is none. */
    bool (*file)(void *table, struct str path, struct arena *arena, struct str *ret_bytes);

    /* Before STARTEX: what the exercise can be made of, making it anew (the answer's status), and
     * what everybody may read of the rules. */
    void (*lobby)(void *table, struct buf *out);
    unsigned (*remake)(void *table, struct str json, struct buf *out);
    void (*sentences)(void *table, struct buf *out);

    /* Keeps what proves that a browser has joined, so that it need not join again after a stop: the
     * hash of a cookie, and as whom. */
    void (*keep_pass)(void *table, struct str as, const struct hash *cookie);

    /* Voids what was kept for whoever has joined as this viewer; closes the room's code or opens it
     * again. False when that could not be kept: it has not happened then. */
    bool (*void_passes)(void *table, struct str as);
    bool (*close_code)(void *table, bool is_closed);

    /* Test builds only (NULL otherwise): sets the manual clock; answered through web_answer. */
    void (*set_clock)(void *table, uint64_t ticket, int64_t at_ms);

    /* Random bytes for secrets (room code, links, cookies). */
    void (*entropy)(void *self, uint8_t *bytes, size_t count);

    /* A clock in ms that never goes back, for heartbeats and for how long somebody may take. */
    int64_t (*steady_ms)(void *self);
    void (*warn)(void *self, struct str sentence); /* tells the operator, no secrets; or NULL */

    /* For whoever watches over the program: its turns, its memory, its record. */
    void (*measure)(void *self, struct vitals *vitals);
};

#endif

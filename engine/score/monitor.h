/* Monitors: one for each rule, or for each of its questions or parties, fed with the effective
 * trace in order.
 *
 * A monitor finds instances of its rule and gives them their targets; it draws no conclusions until
 * asked. The cost of an event does not depend on how long anything waits: whatever waits for an
 * event stands in a queue by correlation key, and leaves it once. (On the story's clock a late
 * entry lies ahead of what comes after it, so an event looks through all that is overdue there.)
 * docs/rules.md §2.3 to §2.6. */
#ifndef SCORE_MONITOR_H
#define SCORE_MONITOR_H

#include "core/event.h"
#include "score/misses.h"

struct fold;
struct parcel_gaps;
struct judging;
struct finding;
struct evidence;
struct monitor;

/* What became of an instance by itself, where no bound decides. */
enum outcome { OUTCOME_WAITS, OUTCOME_KEPT, OUTCOME_BROKEN, OUTCOME_VOID };

/* flow: what was wrong with what passed, for its sentence. */
struct leak {
    struct str fact, newer; /* which statement; contradiction: what others had heard by then */
    struct str party;       /* to whom it went, or from whom it was kept */
    int tlp;                /* enum tlp: the label that it had come with */
};

/* One place where a rule applies. Lives in the fold's arena. */
struct instance {
    const struct event *opening;    /* NULL: none */
    const struct event *activation; /* what starts the clock; precede: the first α, or NULL */
    const struct event *target;     /* NULL: not yet */
    struct bucket *bucket;
    enum outcome outcome;
    size_t turn;       /* among those that one event opened */
    struct str fact;   /* when a delivery starts the clock: the fact that it carried */
    int64_t clock_ms;  /* when the activation starts the clock; -1: no clock */
    int64_t window_ms; /* -1: none */
    int content_permille;
    unsigned answers;         /* content: 1 << which of the receiver's three questions */
    struct parcel_gaps *gaps; /* content: what was wrong; NULL: nothing */
    const char *why;          /* content, flow, sequence: what was wrong */
    struct leak leak;
    int64_t *informed_ms;        /* choose: when each party heard of it; -1: not */
    const struct event *closing; /* cadence: what closed the period; NULL: nothing */
    struct instance *next;       /* in the order of findings */
    struct instance *waiting;    /* the next in the queue */
};

struct queue {
    struct instance *first, *last;
};

/* All that shares one correlation key. */
struct bucket {
    struct queue open, late;   /* late: bound already over */
    struct instance *clock;    /* the one instance of a knows or opened rule */
    bool is_skipped;           /* all_of: the party has no duty of this key */
    const struct event *first; /* knowledge target; precede: the first α; content: the last test */
    struct misses misses;
    struct misses targets; /* count: all of them */
    struct misses excuses; /* matches of `unless` */
};

struct monitor {
    const struct rule *rule;  /* choose: made for the question */
    const struct rule *owner; /* as it was written */
    const struct monitor_kind *kind;
    struct strs parties; /* all_of: one; any_of: all; else none */
    const struct def_question *question;
    struct holds_now during;
    bool applies; /* `applies_if` has happened, or there is none */
    int64_t applies_ms;
    struct index bucket_index;
    struct bucket **buckets;
    size_t bucket_count, bucket_capacity;
    struct instance *first, *last;
    struct misses helps;          /* hints and contingencies */
    struct misses sent;           /* messages on their way to whom the rule wants to know */
    int empty_count;              /* cadence: updates in a row that told nothing new */
    const struct event **steps;   /* sequence, deadline: the first of each step or anchor */
    const struct event *declared; /* deadline: the latest declaration of scope */
};

/* A kind of rule. */
struct monitor_kind {
    void (*listen)(const struct monitor *monitor, bool *kinds);
    void (*event)(struct monitor *monitor, struct fold *fold, const struct event *event);
    /* Fills a finding for an instance; false: it has none. */
    bool (*judge)(const struct judging *judging, const struct monitor *monitor,
        const struct instance *instance, struct finding *finding, struct evidence *evidence);
    /* The finding about the whole exercise, if there is one beside the instances; or NULL. */
    bool (*judge_whole)(const struct judging *judging, const struct monitor *monitor,
        struct finding *finding, struct evidence *evidence);
};

extern const struct monitor_kind monitor_answer, monitor_precede, monitor_forbid,
    monitor_forbid_until, monitor_count, monitor_cadence, monitor_sequence, monitor_hold,
    monitor_content, monitor_flow, monitor_deadline;

/* How many monitors a rule has: one a question of choose, one a party of all_of, else one. */
size_t monitor_part_count(const struct rule *rule, const struct def *def);
void monitor_init(struct monitor *monitor, struct fold *fold, const struct rule *rule, size_t part);

/* Which kinds of events the monitor wants to see. */
void monitor_listen(const struct monitor *monitor, bool kinds[EVENT_KIND_COUNT]);

/* Takes one event; new instances live in the fold's arena. */
void monitor_event(struct monitor *monitor, struct fold *fold, const struct event *event);

#endif

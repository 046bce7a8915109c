/* Scoring: a fold over a table's events that yields findings with evidence.
 *
 * Pure: the same events and rules give the same findings, byte for byte, whether fed one by one
 * while the exercise runs or all at once years later. */
#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include "base/json_write.h"
#include "core/event.h"
#include "score/rule.h"

enum verdict {
    VERDICT_SATISFIED,
    VERDICT_VIOLATED,
    VERDICT_PENDING,
    VERDICT_NOT_ACTIVATED,
    VERDICT_EXCUSED,
    VERDICT_INCONCLUSIVE, /* ENDEX came first */
    VERDICT_NOT_MEASURED, /* not in this mode */
    VERDICT_COUNT
};
extern const char *const verdict_names[VERDICT_COUNT];

/* What a rule found at one activation. Borrows from the scorer's arena, rules and definition. */
struct finding {
    const struct rule *rule;
    struct str name; /* how rulings, disputes and causes call it: "escalate-at-once--17" */
    enum verdict verdict;
    struct str excused_by; /* VERDICT_EXCUSED: the rule whose miss this one follows from, or
                              "unless" */
    bool is_ruled;         /* the verdict is somebody's ruling */
    enum verdict found;    /* what the rule had found, if so */
    int cause;             /* why it was missed, as somebody said: enum cause; -1: nobody did */
    int64_t disputed_seq;  /* the latest dispute; 0: none */
    struct str state;      /* deadline: where the clock stands */
    int64_t activation_seq, target_seq; /* events; 0: none */
    int64_t miss_seq;                   /* the nearest miss; 0: none */
    struct str miss_why; /* which condition failed: its name, "late", "unreached" … */
    int64_t start_ms, bound_ms, met_ms; /* on the rule's clock; -1: none */
    int64_t margin_ms;                  /* bound - met, positive is early; valid with a bound and
                                           a target */
    int time_permille, content_permille, assistance_permille;
    struct str subject;    /* what it was about: a message, a fact, an inject */
    int64_t away_ms;       /* how long nobody looked at that seat's page meanwhile */
    struct str actor;      /* the seat it is credited or charged to */
    struct words sentence; /* one sentence, with names and times */
};

struct scorer;

/* def and rules outlive the scorer. */
struct scorer *scorer_new(const struct def *def, const struct rules *rules);
void scorer_free(struct scorer *scorer);

/* Events in order of seq; copies what it keeps. */
void scorer_feed(struct scorer *scorer, const struct event *event);

/* The findings as of now_ms (exercise time), in the rules' order, then by activation. Valid until
 * the next call on the scorer. Before ENDEX open ones are pending. */
void scorer_findings(
    struct scorer *scorer, int64_t now_ms, const struct finding **ret_items, size_t *ret_count);

/* As of the last look, and asked after it: what evaluators have rated, in order; the events live as
 * long as findings do. */
size_t scorer_rated(const struct scorer *scorer, const struct event *const **ret_items);

/* As of the last look: no more entries can come, the table is sealed. Until then findings are
 * provisional. */
bool scorer_is_sealed(const struct scorer *scorer);

/* Canonical JSON array of findings. */
void score_write_findings(const struct finding *items, size_t count, struct json_write *json);
void score_write(const struct finding *items, size_t count, struct buf *out);

#endif

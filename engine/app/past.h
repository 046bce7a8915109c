/* A played exercise, read back: its definition, its events, the state they fold to.
 *
 * For reading commands. Nothing here runs a scenario's code or writes anything. */
#ifndef APP_PAST_H
#define APP_PAST_H

#include "core/view.h"
#include "load/load.h"
#include "record/record.h"
#include "score/score.h"

/* Owns everything it points to but rules_from. Zeroed before past_open. */
struct past {
    const char *rules_from; /* set before past_open: a folder of rules instead of the pinned ones */
    struct strs unused_rules; /* what that folder holds and this exercise does not use */
    struct problems problems; /* what is wrong in it */
    struct arena arena;
    struct record *record;
    bool is_lent; /* the record is somebody else's */
    struct record_exercise exercise;
    struct def def;
    struct rules rules;
    struct event *events;
    int64_t *wall_ms; /* beside each event */
    size_t event_count;
    struct state *state;
    int64_t clock_ms;
};

/* The exercise of this id, or the newest when id is NULL. */
bool past_open(struct past *past, const char *db, const char *id, struct err *reterr);
/* Definition and rules of the exercise that was read last, so that the next one of the same pinned
 * files need not load them. Zeroed at first; its owner closes it after every past that used it. */
struct past_content {
    struct arena arena;
    struct hash hash;
    bool is_there;
    struct def def;
    struct rules rules;
};

/* A table of a record that is open already, and of a list that was read from it; all of it outlives
 * the past. */
struct past_lent {
    struct record *record;
    const struct record_exercise *listed;
    const struct record_table *table;
    struct past_content *content;
};

/* Without verifying any chain: for whoever looks at a thousand of them. */
bool past_open_lent(struct past *past, const struct past_lent *lent, struct err *reterr);
void past_content_fini(struct past_content *content);
void past_close(struct past *past);

/* Free text by its salted hash: `self` is the past. */
struct str past_text(void *self, struct str ref);

/* When something was made, to the second: nobody reads further. */
struct str past_date(struct arena *arena, int64_t wall_ms);

/* Where what was pinned when the exercise was created shall go. */
struct past_pinned {
    struct def *def;
    struct rules *rules;
};
bool past_load_pinned(struct record *record, struct str exercise, struct arena *arena,
    struct past_pinned ret_pinned, struct err *reterr);

/* The files that were pinned, in the past's arena. */
bool past_bundle(struct past *past, struct bundle *ret_bundle, struct err *reterr);

/* Findings as of the end of the record; valid until scorer_free. */
struct scorer *past_score(const struct past *past, const struct rules *rules,
    const struct finding **ret_items, size_t *ret_count);

#endif

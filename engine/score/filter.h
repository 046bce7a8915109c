/* Filters: patterns of rules. A pattern, and conditions that need to know more than the event:
 * who knew what, how the world stood, what a message was about. docs/rules.md §1.1 and §2.2. */
#ifndef SCORE_FILTER_H
#define SCORE_FILTER_H

#include "core/def.h"
#include "core/pattern.h"

struct fold;

enum filter_kind {
    FILTER_ABOUT,
    FILTER_CORRECTS,
    FILTER_EMPTY,
    FILTER_INJECT_KIND,
    FILTER_KNOWING,
    FILTER_LACKING,
    FILTER_LACKS,
    FILTER_NEED,
    FILTER_NEEDED_BY,
    FILTER_SLOT,
    FILTER_WORLD,
    FILTER_KIND_COUNT
};

struct filter_condition {
    enum filter_kind kind;
    struct strs values;          /* KNOWING, LACKING, LACKS, NEEDED_BY, SLOT; WORLD: allowed */
    struct str name;             /* WORLD: which value of the world */
    unsigned set;                /* INJECT_KIND, NEED: 1 << enum */
    bool wanted;                 /* CORRECTS, EMPTY */
    const struct pattern *about; /* ABOUT */
};

/* Plain data; borrows from the definitions' arena. A zeroed filter matches nothing. */
struct filter {
    struct pattern pattern;
    struct filter_condition *conditions;
    size_t condition_count;
};

/* One word that a rule's pattern may have beside a pattern's own conditions. */
struct filter_word {
    const char *name;
    const char *is;   /* what stands there, for the reference */
    const char *help; /* when it holds */
};
extern const struct filter_word filter_words[FILTER_KIND_COUNT];

static inline bool filter_is_set(const struct filter *filter)
{
    return filter->pattern.name != NULL;
}

/* The kind of event that it is about; -1: none. */
int filter_event_kind(const struct filter *filter);

/* The fold stands just before the event, which is the one that it is being given. Telling oneself
 * matches no pattern but `never`, whose function is the second. */
bool filter_matches(
    const struct filter *filter, const struct fold *fold, const struct event *event);
bool filter_matches_never(
    const struct filter *filter, const struct fold *fold, const struct event *event);

/* The only condition that an event failed, by its name; NULL when it failed none, several, or is
 * not the kind of event that the pattern names. */
const char *filter_only_failure(
    const struct filter *filter, const struct fold *fold, const struct event *event);

#endif

/* Rules: what good looks like, one sentence each, as data. The language is docs/rules.md.
 *
 * Built by load, read by monitors. Plain data in the definitions' arena. */
#ifndef SCORE_RULE_H
#define SCORE_RULE_H

#include "core/event.h"
#include "score/holds.h"
#include "score/rule_parts.h"

enum rule_kind {
    RULE_ALL_OF,
    RULE_ANY_OF,
    RULE_CADENCE,
    RULE_CHOOSE,
    RULE_CONTENT,
    RULE_COUNT,
    RULE_DEADLINE,
    RULE_EACH,
    RULE_FLOW,
    RULE_FORBID,
    RULE_FORBID_UNTIL,
    RULE_HOLD,
    RULE_PRECEDE,
    RULE_RESPOND,
    RULE_SEQUENCE,
    RULE_KIND_COUNT
};
enum severity { SEVERITY_INFO, SEVERITY_MINOR, SEVERITY_MAJOR, SEVERITY_CRITICAL, SEVERITY_COUNT };

/* What `flow` looks at, in the order in which it does. */
enum flow_check {
    FLOW_TLP,
    FLOW_MARKING,
    FLOW_NEED,
    FLOW_OVER,
    FLOW_CONTRADICTION,
    FLOW_CHECK_COUNT
};

extern const char *const rule_kind_names[RULE_KIND_COUNT];
extern const char *const severity_names[SEVERITY_COUNT];
extern const char *const flow_check_names[FLOW_CHECK_COUNT];

struct rule {
    struct str id;
    enum rule_kind kind;
    struct place place; /* where it is written */
    struct str pack;
    struct words before; /* the general sentence, which spoils nothing */
    struct words title;
    struct words why;
    struct filter when;   /* activation; for `knows` and `opened` see attention_ms */
    struct filter then;   /* target; what must not happen of forbid and forbid_until */
    struct filter until;  /* forbid_until, hold */
    struct filter unless; /* what excuses */
    struct filter applies_if;
    struct holds during; /* `while`; hold's `keep` */
    struct str match;    /* field that target and activation must share: "message", "re", … */
    bool consume;        /* a target serves one instance; set for each */
    bool is_story_time;
    bool ignores_content; /* what the answer says is judged elsewhere */
    int64_t within_ms;    /* -1: none, until ENDEX; cadence: every */
    int64_t grace_ms;
    int64_t attention_ms;  /* clocks start at min(opened, delivered + attention) */
    struct strs parties;   /* all_of, any_of */
    bool parties_told;     /* all_of: whoever had the fact that is replaced */
    int at_least, at_most; /* count; -1: none */
    int no_change;         /* cadence */
    const struct rule_step *steps;
    size_t step_count;
    const struct rule_choose *choose;
    struct strs slots; /* content */
    int content_percent;
    bool receiver;
    unsigned checks; /* flow: 1 << enum flow_check */
    const struct rule_deadline *deadline;
    unsigned modes; /* 1 << enum mode */
    struct str role;
    struct strs skills;
    enum severity severity;
    int weight;
    struct str capability, objective;
    struct strs caused_by;
    struct strs duty; /* whoever does none of these earns nothing by keeping still */
    struct words source;
    struct rule_law law;
};

/* When an event happened, on the rule's clock. */
static inline int64_t rule_time_ms(const struct rule *rule, const struct event *event)
{
    return rule->is_story_time ? event->story_ms : event->observed_ms;
}

/* All patterns that a rule has, wherever they stand; ret_filters has room for RULE_FILTERS. */
enum { RULE_FILTERS = 7 + 8 + RULE_ANCHORS * RULE_ANCHOR_FILTERS };
size_t rule_filters(const struct rule *rule, const struct filter *ret_filters[RULE_FILTERS]);

/* A file of rules, and what it says of itself. */
struct rule_pack {
    struct str id, version, jurisdiction, confidence;
    struct words title, instrument, disabled, note;
    struct strs sources;
    int64_t read_on_day; /* days since 1970; 0: nobody said */
    bool is_idle;        /* not in force when the story begins, or disabled */
};

struct rules {
    const struct rule *items;
    size_t count;
    const struct rule_pack *packs;
    size_t pack_count;
};

#endif

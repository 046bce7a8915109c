/* Rules: what good looks like, one sentence each, as data. The language is docs/rules.md.
 *
 * Built by load, read by monitors. Plain data in the definitions' arena. */
#ifndef SCORE_RULE_H
#define SCORE_RULE_H

#include "core/def.h"
#include "core/pattern.h"

enum rule_kind { RULE_EACH, RULE_PRECEDE, RULE_RESPOND, RULE_KIND_COUNT };
enum severity { SEVERITY_INFO, SEVERITY_MINOR, SEVERITY_MAJOR, SEVERITY_CRITICAL, SEVERITY_COUNT };

extern const char *const rule_kind_names[RULE_KIND_COUNT];
extern const char *const severity_names[SEVERITY_COUNT];

struct rule {
    struct str id;
    enum rule_kind kind;
    struct place place; /* where it is written */
    struct str pack;
    struct words before; /* the general sentence, which spoils nothing */
    struct words title;
    struct words why;
    struct pattern when; /* activation; for `knows` and `opened` see attention_ms */
    struct pattern then; /* target */
    struct str match;    /* field that target and activation must share: "message", "re", … */
    int64_t within_ms;   /* respond, each; -1: none, until ENDEX */
    int64_t grace_ms;
    int64_t attention_ms; /* clocks start at min(opened, delivered + attention) */
    unsigned modes;       /* 1 << enum mode */
    struct str role;
    struct strs skills;
    enum severity severity;
    struct strs caused_by;
    struct words source;
};

struct rules {
    const struct rule *items;
    size_t count;
};

#endif

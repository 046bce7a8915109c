/* How rules are read, and which of them apply here. Inside engine/load only. */
#ifndef LOAD_RULES_H
#define LOAD_RULES_H

#include "core/organisation.h"
#include "load/form.h"
#include "score/rule.h"

/* The days, since 1970, on which something is in force; 0: open. */
struct rule_force {
    int64_t from_day, to_day;
    bool is_said;
};

/* A pack as read, with what only the loader needs to know. */
struct loaded_pack {
    struct rule_pack pack;
    struct rule_force force;
};

/* A rule as read, with what only the loader needs to know. */
struct loaded_rule {
    struct rule rule;
    struct rule_choose choose; /* of the kinds that have them */
    struct rule_deadline deadline;
    const struct loaded_pack *pack; /* NULL: the scenario's own */
    unsigned authority;             /* 0: any */
    struct str instead_of;
    struct rule_force force;                   /* of its law; not said: the pack's */
    const struct tree_node *bounds, *override; /* read when the anchors are there; or NULL */
    bool from_pack;     /* general: it may name what this scenario does not have */
    bool lacks_target;  /* the organisation has set none */
    struct str *absent; /* what it names so */
    size_t absent_count, absent_capacity;
    bool left_out; /* nothing that it speaks of is here, or it is not for this organisation */
};

/* A length that the ladder tells: `{ladder: management, else: 30m}`. False: it has none. */
bool rule_kinds_ladder(struct loader *loader, const struct tree_node *value, int64_t *ret_ms);

/* Readers of what only some kinds have; they fill a struct loaded_rule. */
form_read rule_kinds_parties, rule_kinds_count, rule_kinds_steps, rule_kinds_worth,
    rule_clock_anchors, rule_clock_roll, rule_clock_roll_by, rule_clock_zone, rule_clock_holidays,
    rule_clock_law;
extern const struct form rule_count_form, rule_bound_form, rule_override_form, rule_law_form;

/* Keys that mean nothing without another one. */
void rule_kinds_check_pairs(struct loader *loader, const struct tree_node *node);

/* Bounds and overrides, once the anchors are there. */
void rule_clock_finish(
    struct loader *loader, const struct tree_node *node, struct loaded_rule *loaded);

/* Readers that packs need, too. */
form_read rule_clock_day;        /* int64_t: a date, as a day since 1970 */
form_read rule_clock_force;      /* struct rule_force: {from: 2022-04-01} */
form_read rule_clock_confidence; /* struct str: high, medium, low */
extern const struct form rule_force_form;

const struct loaded_rule *rules_find(const struct loader *loader, struct str id);
void rules_add(struct loader *loader, const struct tree_node *node, const struct loaded_pack *pack);

#endif

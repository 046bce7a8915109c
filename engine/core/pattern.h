/* Patterns: what a trigger, a story or a rule waits for, compiled to a table of conditions.
 *
 * One language for all three (docs/patterns.md): a name ("escalation", "decision", "knows") and
 * conditions on the fields of the events it stands for. No text is ever matched: only identifiers
 * and names, so that players cannot write anything that a pattern sees. */
#ifndef CORE_PATTERN_H
#define CORE_PATTERN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct def;
struct event;
struct field;

enum { PATTERN_CONDITIONS = 8 };

/* A field of the event must be one of, or hold one of, these values. */
struct pattern_condition {
    const struct field *field; /* NULL: the actor ("by") */
    struct strs values;
};

/* Plain data; borrows from the arena that it was compiled in. A zeroed pattern matches nothing. */
struct pattern {
    const struct pattern_name *name;
    struct pattern_condition conditions[PATTERN_CONDITIONS];
    size_t condition_count;
};

/* One word of the language. */
struct pattern_name {
    const char *name; /* "escalation" */
    int event_kind;   /* which event it stands for */
    const char *main; /* the field that a bare value means: decision: X is question X */
    const char *fixed_field, *fixed_value; /* "escalation" is a message of this type */
    const char *help;
};

extern const struct pattern_name pattern_names[];
extern const size_t pattern_name_count;
const struct pattern_name *pattern_name_find(struct str name);

/* Starts a pattern; then conditions are added one by one. Names may be a field of the event, or
 * "by" for the actor (a seat, a role, "facilitator" or "story"). The values are copied. */
void pattern_begin(struct pattern *pattern, const struct pattern_name *name);
bool pattern_add(struct pattern *pattern, struct arena *arena, struct str field, struct strs values,
    struct err *reterr);

/* The fields that conditions may name, for "did you mean" and the reference. */
struct strs pattern_fields(const struct pattern_name *name, struct arena *arena);

bool pattern_matches(
    const struct pattern *pattern, const struct def *def, const struct event *event);

/* Which condition failed first when the name fits; -1 when the name does not fit or all hold.
 * For "nearest miss" in findings. */
int pattern_miss(const struct pattern *pattern, const struct def *def, const struct event *event);

/* "escalation to commander about fs01-encrypted", for logs and errors. */
struct str pattern_format(const struct pattern *pattern, struct arena *arena);

#endif

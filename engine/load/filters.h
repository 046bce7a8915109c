/* What patterns of rules have beside a pattern's own conditions, and states: docs/rules.md §1.1 and
 * §2.4. */
#ifndef LOAD_FILTERS_H
#define LOAD_FILTERS_H

#include "load/form.h"
#include "score/rule.h"

/* Which word of filter_words it is, or -1. */
int filters_word(struct str key);

/* Adds the condition that stands at the word. */
bool filters_add(struct loader *loader, struct filter *filter, enum filter_kind kind,
    const struct tree_node *value);

/* Readers: row->offset is that of a struct filter, or of a struct holds. */
form_read filters_read, filters_read_holds;
extern const struct form filters_holds_form;

/* Takes the absent names of a general rule out; false when it can then never match, or hold. */
bool filters_keep(struct loader *loader, struct strs absent, struct filter *filter);
bool filters_keep_holds(struct loader *loader, struct strs absent, struct holds *holds);

/* The names that are left. */
struct strs filters_present(struct loader *loader, struct strs absent, struct strs names);

#endif

/* The keys of every document that authors write, as docs/scenarios.md lists them. */
#ifndef LOAD_REFERENCE_H
#define LOAD_REFERENCE_H

#include "base/buf.h"
#include "load/form.h"

/* One form a document; the forms inside it are reached through its rows. */
extern const struct form scenario_form, facts_form, injects_form, rules_form, pack_form,
    overlay_form, catalogue_form, skills_form, organisation_form;

/* Writes the tables of one document ("scenario-yaml", "overlay-yaml" …) as Markdown; false when
 * there is none of that name. */
bool reference_write(struct str name, struct buf *out);

#endif

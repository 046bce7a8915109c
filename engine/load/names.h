/* Names that texts leave open: `names: {hospital: {en: …, ja: …}}` in scenario.yaml, `{{hospital}}`
 * in any text. So an overlay can call everything by a team's own names. */
#ifndef LOAD_NAMES_H
#define LOAD_NAMES_H

#include "load/loader.h"

/* Reads `names:`. Comes before any other text is read. */
void names_read(struct loader *loader, const struct tree_node *scenario);

/* The text of one language with names put in; false, with a problem at `node`, when one is unknown
 * or the text becomes too long. */
bool names_fill(struct loader *loader, const struct tree_node *node, enum lang lang,
    struct str text, struct str *ret_text);

/* Warns of names that no text uses: a misspelt one, often. */
void names_warn_unused(struct loader *loader);

#endif

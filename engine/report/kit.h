/* The kit: what a facilitator prints the day before, as a fallback on paper and an aid for
 * observers. One HTML document that needs nothing else: no script, no address, its style inside.
 *
 * Made from a definition and its rules alone, before anybody has played. Each sheet says whose eyes
 * it is for; what goes to players holds nothing that they would not see in the program. */
#ifndef REPORT_KIT_H
#define REPORT_KIT_H

#include "score/rule.h"

enum kit_part {
    KIT_ROLE_CARDS, /* one for each seat */
    KIT_INJECTS,    /* the list of injects, for the facilitator */
    KIT_HANDOUTS,   /* a page for each inject, to be handed to whom it is for */
    KIT_OBSERVERS,  /* evaluation forms, and a sheet for the hot wash of each seat */
    KIT_PART_COUNT
};
extern const char *const kit_part_names[KIT_PART_COUNT]; /* "role-cards" ... */

enum { KIT_ALL = (1 << KIT_PART_COUNT) - 1 };

/* The set of the one part of this name. */
bool kit_part_find(struct str name, unsigned *ret_parts);

struct kit_source {
    const struct def *def;
    const struct rules *rules;
    enum lang lang;
    unsigned parts; /* 1 << enum kit_part */
    int mode;       /* how this table plays it, which may be otherwise than written */
};

/* Appends the document; with a cover where it holds all parts. */
void kit_write(const struct kit_source *source, struct buf *out);

/* Appends the policy under which the document works, for a Content-Security-Policy: its own style,
 * known by its hash, and nothing else. The document says it, too. */
void kit_policy(struct buf *out);

#endif

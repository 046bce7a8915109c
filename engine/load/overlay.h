/* An overlay: one small file that fits a scenario to a team without touching the scenario's folder.
 *
 * Its trees are laid over the scenario's before any form is filled. So what is checked of a
 * scenario is checked of what the overlay makes of it, and a message points into the file that
 * holds the words.
 *
 * Mappings are merged key by key; an empty value takes a key away. Lists of things with an `id` are
 * merged by it; new ones are added, `off: yes` takes one away. Conditions (`when:` and its like)
 * and everything else are replaced. */
#ifndef LOAD_OVERLAY_H
#define LOAD_OVERLAY_H

#include "load/loader.h"

/* The parts of overlay.yaml, borrowed from its tree. A zeroed one changes nothing. */
struct overlay {
    const struct tree_node *of; /* the id of the scenario that it is for */
    struct words title;         /* its file's name if it gives none; empty: there is no overlay */
    const struct tree_node *scenario, *facts, *injects, *rules;
};

/* Reads overlay.yaml, if the bundle has one, and tells what is wrong with its frame. */
void overlay_read(struct loader *loader, struct overlay *ret_overlay);

/* The tree of scenario.yaml with the overlay's `scenario:` laid over it. */
const struct tree_node *overlay_scenario(
    struct loader *loader, const struct overlay *overlay, const struct tree_node *root);

/* The same with what was chosen when the exercise was made laid over both, if anything was. */
const struct tree_node *load_choice_lay(struct loader *loader, const struct tree_node *root);

/* The tree of the organisation, with the times that were chosen for its ladder. */
const struct tree_node *load_choice_ladder(struct loader *loader, const struct tree_node *house);

/* A list of things (facts, injects) with the overlay's changes. Either may be NULL. */
const struct tree_node *overlay_list(
    struct loader *loader, const struct tree_node *base, const struct tree_node *changes);

/* Lays the overlay's rules over the lists that hold rules of these ids, packs or the scenario's
 * own; new ones are added to the last list, which is made if need be. Changes `lists` in place. */
void overlay_rules(struct loader *loader, const struct overlay *overlay,
    const struct tree_node **lists, size_t list_count);

#endif

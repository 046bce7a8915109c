/* From authors' bytes to definitions. Reads no file: the caller brings a bundle of them. */
#ifndef LOAD_LOAD_H
#define LOAD_LOAD_H

#include "base/problems.h"
#include "core/def.h"
#include "load/places.h"
#include "score/rule.h"

/* One file, by its path inside the bundle: "scenario.yaml", "story.lua", "files/note.txt",
 * "roles/catalogue.yaml", "roles/skills.yaml", "roles/organisations/default.yaml",
 * "scoring/escalation.yaml", "overlay.yaml", "overlay/logo.svg", LOAD_CHOICE_PATH. */
struct bundle_file {
    struct str path;
    struct str bytes;
};

/* What messages call one of them, where that is not its path. */
struct bundle_name {
    struct str path, shown;
};

/* Everything an exercise is made of, in ascending order of path. Borrows. It is what the record
 * pins, so that an exercise never depends on the disk again. */
struct bundle {
    const struct bundle_file *files;
    size_t file_count;
    struct str root;    /* what messages put before a path: "scenarios/phone-tree/"; may be empty */
    struct str overlay; /* what messages call "overlay.yaml"; may be empty */
    const struct bundle_name *names;
    size_t name_count;
    bool has_other_rules; /* than those it was written for: hints may name rules that are gone */
};

const struct bundle_file *bundle_find(const struct bundle *bundle, struct str path);

/* The file that makes of a bundle another exercise than its scenario and overlay say:
 * `organisation:` (a name), `scenario:` (keys of scenario.yaml) and `ladder:` (role or contact:
 * within which time). */
#define LOAD_CHOICE_PATH "choice.yaml"
struct bundle_file load_choice(struct str organisation, struct arena *arena);

/* What a scenario needs from outside its folder, so that the caller can bring it: the paths of the
 * catalogue of roles, of the organisation and the rule packs that scenario.yaml (with the overlay
 * laid over it) asks for under `organisation:` and `rules:`, and "overlay/NAME" for the logo that
 * lies beside the overlay. */
bool load_wants_or_tell(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct strs *ret_paths);

/* The same with the first mistake only. */
bool load_wants(
    const struct bundle *bundle, struct arena *arena, struct strs *ret_paths, struct err *reterr);

/* Builds definition and rules in arena. Collects mistakes in problems and goes on as far as it can;
 * false when there is any error. Warnings alone do not fail. */
bool load_scenario(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct def *ret_def, struct rules *ret_rules);

/* The same, with where everything is written. */
struct load_result {
    struct def def;
    struct rules rules;
    struct places places;
};
bool load_with_places(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct load_result *ret_result);

/* The profile of this name alone, with the catalogue that it speaks of, into ret_def. */
bool load_organisation_alone(const struct bundle *bundle, struct str name, struct arena *arena,
    struct problems *problems, struct def *ret_def);

/* Roles, practices and skills alone, from a bundle that holds the catalogue (and skills.yaml, if
 * there is one); nothing else of the definition is filled. */
bool load_roles(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct def *ret_def);

/* Rule packs alone, all their rules, whether a scenario could use them or not; the bundle holds the
 * catalogue and every file of scoring/. */
bool load_packs(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct rules *ret_rules);

#endif

/* Files: the only place that reads an author's. */
#ifndef APP_DISK_H
#define APP_DISK_H

#include "base/hash.h"
#include "load/load.h"

/* A whole file, at most LIMIT_FILE_BYTES; refused where it is no ordinary one. */
bool disk_read(const char *path, struct arena *arena, struct str *ret_bytes, struct err *reterr);

/* The same for what people do: "-" is standard input, and a pipe is read to its end. */
bool disk_read_input(
    const char *path, struct arena *arena, struct str *ret_bytes, struct err *reterr);

/* Whether there is anything of this name. */
bool disk_exists(const char *path);

/* Writes a whole file beside its place and moves it there, so that it is never half-written. What
 * is no ordinary file, and `never` (the record that is being read; may be NULL), is not replaced.
 */
bool disk_write(const char *path, struct str bytes, const char *never, struct err *reterr);

/* Where a scenario comes from. */
struct disk_source {
    const char *scenario; /* a folder, or its name under scenarios/ */
    const char *overlay;  /* the file that fits it to a team; may be NULL */
    const char *home;     /* where roles/ and scoring/ are; NULL: two folders above the scenario,
                             else here; then where the program was installed or built */
    struct problems *problems; /* told of an author's mistakes, all of them; may be NULL */
    const char *organisation;  /* in place of the one that the scenario names; may be NULL */
};

/* A scenario's folder with the overlay and the shared files that the two ask for. */
bool disk_bundle_from(const struct disk_source *source, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr);

/* The same without an overlay. */
bool disk_bundle(const char *scenario, const char *home, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr);

/* The bundle with the shared files that it asks for and does not hold. */
bool disk_complete(const struct bundle *bundle, const char *home, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr);

/* The names of the scenarios in scenarios/, in order, found like shared files; home may be NULL. */
struct strs disk_scenarios(const char *home, struct arena *arena);

/* The names of NAME.yaml in a folder, in order; none where there is no such folder. */
struct strs disk_documents(const char *folder, struct arena *arena);

/* The names of the profiles in roles/organisations/, in order; where two places have one of a name,
 * the first is read. `scenario` is a folder beside which they may lie, or NULL. */
struct strs disk_organisations(const char *home, const char *scenario, struct arena *arena);

/* Another one when a profile, or the catalogue that profiles speak of, has changed: by the files'
 * names, times and sizes, without reading them. */
struct hash disk_organisations_stamp(const char *home);

/* False, with what was probably meant or what there is, when there is no such profile. */
bool disk_organisation_check(const char *name, struct strs names, struct err *reterr);

/* One profile and the catalogue that it speaks of, without a scenario. */
bool disk_organisation(const char *name, const char *home, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr);

/* The catalogue of roles alone, with its skills, found in the same way; for load_roles. */
bool disk_roles(
    const char *home, struct arena *arena, struct bundle *ret_bundle, struct err *reterr);

/* The catalogue and every rule pack of scoring/, in the order of their names; for load_packs. */
bool disk_packs(
    const char *home, struct arena *arena, struct bundle *ret_bundle, struct err *reterr);

#endif

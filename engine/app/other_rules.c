/* A folder of rules: rules.yaml takes the place of the scenario's own, NAME.yaml that of the pack.
 *
 * A pack that the exercise did not use stays out: which packs there are is the scenario's to say,
 * and that is pinned. Messages name the folder's files by their path. */
#include "app/other_rules.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "app/disk.h"

static bool check_folder(const char *folder, struct err *reterr)
{
    struct stat info;
    if (stat(folder, &info) != 0)
        return err_set(reterr, ERR_IO,
            "%s: there is no such folder; name the one that holds rules.yaml or packs", folder);
    return S_ISDIR(info.st_mode) ||
           err_set(reterr, ERR_USAGE,
               "%s: is no folder; name the one that holds rules.yaml or packs", folder);
}

static bool is_rules(struct str name)
{
    return str_is(name, "rules");
}

/* Where the file of this name stands in the bundle; file_count when nowhere. */
static size_t place_of(const struct bundle *bundle, struct str name, struct arena *arena)
{
    struct str path = is_rules(name) ? STR("rules.yaml")
                                     : arena_format(arena, "scoring/%.*s.yaml", STR_ARG(name));
    size_t at = 0;
    while (at < bundle->file_count && !str_eq(bundle->files[at].path, path))
        at++;
    return at;
}

static int by_path(const void *left, const void *right)
{
    return str_cmp(
        ((const struct bundle_file *)left)->path, ((const struct bundle_file *)right)->path);
}

/* What is laid, by and by. */
struct laying {
    const char *folder;
    struct arena *arena;
    struct bundle *bundle;
    struct bundle_file *files; /* with room for one more */
    struct bundle_name *names;
};

static bool lay(struct laying *laying, struct str name, size_t at, struct err *reterr)
{
    struct bundle *bundle = laying->bundle;
    struct str bytes,
        path = arena_format(laying->arena, "%s/%.*s.yaml", laying->folder, STR_ARG(name));
    if (!disk_read(path.ptr, laying->arena, &bytes, reterr))
        return false;
    if (at == bundle->file_count)
        laying->files[bundle->file_count++].path = STR("rules.yaml");
    laying->files[at].bytes = bytes;
    laying->names[bundle->name_count++] = (struct bundle_name){laying->files[at].path, path};
    return true;
}

bool other_rules_lay(const char *folder, struct arena *arena, struct bundle *bundle,
    struct strs *ret_unused, struct err *reterr)
{
    if (!check_folder(folder, reterr))
        return false;
    struct strs names = disk_documents(folder, arena);
    struct str *unused = ARENA_ARRAY(arena, names.count + 1, struct str);
    struct laying laying = {folder, arena, bundle,
        ARENA_ARRAY(arena, bundle->file_count + 1, struct bundle_file),
        ARENA_ARRAY(arena, names.count + 1, struct bundle_name)};
    size_t unused_count = 0;
    for (size_t i = 0; i < bundle->file_count; i++)
        laying.files[i] = bundle->files[i];
    bundle->files = laying.files;
    bundle->names = laying.names;
    bundle->has_other_rules = true;
    for (size_t i = 0; i < names.count; i++) {
        size_t at = place_of(bundle, names.items[i], arena);
        if (at == bundle->file_count && !is_rules(names.items[i]))
            unused[unused_count++] = names.items[i];
        else if (!lay(&laying, names.items[i], at, reterr))
            return false;
    }
    qsort(laying.files, bundle->file_count, sizeof(*laying.files), by_path);
    *ret_unused = (struct strs){unused, unused_count};
    return bundle->name_count > 0 ||
           err_set(reterr, ERR_AUTHOR,
               "%s: has neither rules.yaml nor a pack that this exercise uses; name the folder "
               "that holds them",
               folder);
}

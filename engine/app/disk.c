/* Reading scenario folders into bundles. Hidden files are passed over, links are refused; every
 * limit of base/limits.h is kept. */
#include "app/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/disk_parts.h"
#include "app/ids.h"
#include "base/buf.h"
#include "base/limits.h"

static bool read_stream(FILE *file, const char *path, struct buf *buf, struct err *reterr)
{
    char chunk[16384];
    size_t got;
    while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0) {
        buf_add(buf, (struct str){chunk, got});
        if (buf->len > LIMIT_FILE_BYTES)
            return err_set(reterr, ERR_LIMIT, "%s: larger than %d MiB", path,
                LIMIT_FILE_BYTES / (1024 * 1024));
    }
    if (ferror(file))
        return err_set(reterr, ERR_IO, "%s: cannot be read: %s", path, strerror(errno));
    return true;
}

/* Takes the file over; NULL could not be opened. */
static bool read_whole(
    FILE *file, const char *path, struct arena *arena, struct str *ret_bytes, struct err *reterr)
{
    if (file == NULL)
        return err_set(reterr, ERR_IO, "%s: cannot be opened: %s", path, strerror(errno));
    struct buf buf = {0};
    bool ok = read_stream(file, path, &buf, reterr);
    if (ok)
        *ret_bytes = arena_str(arena, buf_str(&buf));
    buf_fini(&buf);
    if (file != stdin)
        fclose(file);
    return ok;
}

/* Opening a pipe would wait for whoever writes into it, so it is opened without waiting, and then
 * looked at: between a look and an opening somebody could exchange it. */
bool disk_read(const char *path, struct arena *arena, struct str *ret_bytes, struct err *reterr)
{
    struct stat info;
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor >= 0 && (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode))) {
        close(descriptor);
        return err_set(reterr, ERR_IO, "%s: is no ordinary file; name another one", path);
    }
    return read_whole(
        descriptor < 0 ? NULL : fdopen(descriptor, "rb"), path, arena, ret_bytes, reterr);
}

bool disk_read_input(
    const char *path, struct arena *arena, struct str *ret_bytes, struct err *reterr)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    return read_whole(file, path, arena, ret_bytes, reterr);
}

static bool is_same_file(const struct stat *info, const char *path)
{
    struct stat other;
    return path != NULL && stat(path, &other) == 0 && other.st_dev == info->st_dev &&
           other.st_ino == info->st_ino;
}

bool disk_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

static bool may_replace(const char *path, const char *never, struct err *reterr)
{
    struct stat info;
    if (lstat(path, &info) != 0)
        return true;
    if (!S_ISREG(info.st_mode))
        return err_set(reterr, ERR_IO, "%s: is no ordinary file; name another one", path);
    struct arena arena = {0};
    bool is_record = is_same_file(&info, never) ||
                     is_same_file(&info, arena_format(&arena, "%s-wal", never).ptr) ||
                     is_same_file(&info, arena_format(&arena, "%s-shm", never).ptr);
    arena_fini(&arena);
    return !is_record ||
           err_set(reterr, ERR_IO, "%s: is the record itself; name another file", path);
}

bool disk_write(const char *path, struct str bytes, const char *never, struct err *reterr)
{
    if (!may_replace(path, never, reterr))
        return false;
    struct arena arena = {0};
    const char *beside = arena_format(&arena, "%s.part", path).ptr;
    FILE *file = fopen(beside, "wb");
    bool ok = file != NULL && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len &&
              fflush(file) == 0 && fsync(fileno(file)) == 0;
    if (file != NULL && fclose(file) != 0)
        ok = false;
    if (ok)
        ok = rename(beside, path) == 0;
    if (!ok) {
        err_set(reterr, ERR_IO, "%s: cannot be written: %s", path, strerror(errno));
        unlink(beside);
    }
    arena_fini(&arena);
    return ok;
}

/* ---- bundles ---- */

struct walk {
    struct arena *arena;
    struct bundle_file *files;
    size_t count, capacity;
    bool shows_paths; /* messages say where each shared file lies */
    struct bundle_name *names;
    size_t name_count, name_capacity;
};

/* A record that is kept in the folder, and what stands beside it while it is in use, are not part
 * of the scenario. */
static bool is_of_record(const char *name)
{
    const char *end = strstr(name, ".db");
    while (end != NULL && end[3] != '\0' && end[3] != '-')
        end = strstr(end + 1, ".db");
    return end != NULL;
}

/* Under another name, it would be pinned into itself. */
static bool is_record(struct str bytes)
{
    return str_starts_with(bytes, STR("SQLite format 3"));
}

/* "./roles" is "roles". */
static void add_name(struct walk *walk, const char *path, struct str name)
{
    struct str shown = str_starts_with(str_of(path), STR("./")) ? str_of(path + 2) : str_of(path);
    walk->names = arena_grow(walk->arena, walk->names, walk->name_count, &walk->name_capacity,
        sizeof(struct bundle_name));
    walk->names[walk->name_count++] =
        (struct bundle_name){arena_str(walk->arena, name), arena_str(walk->arena, shown)};
}

static bool add_file(struct walk *walk, const char *path, struct str name, struct err *reterr)
{
    if (walk->count == LIMIT_BUNDLE_FILES)
        return err_set(
            reterr, ERR_LIMIT, "%s: a scenario has at most %d files", path, LIMIT_BUNDLE_FILES);
    struct str bytes;
    if (!disk_read(path, walk->arena, &bytes, reterr))
        return false;
    if (is_record(bytes))
        return err_set(reterr, ERR_AUTHOR,
            "%s: is a record and no part of a scenario; keep it elsewhere, or call it NAME.db",
            path);
    walk->files = arena_grow(
        walk->arena, walk->files, walk->count, &walk->capacity, sizeof(struct bundle_file));
    walk->files[walk->count++] = (struct bundle_file){arena_str(walk->arena, name), bytes};
    if (walk->shows_paths)
        add_name(walk, path, name);
    return true;
}

/* A folder in the place of a file would be passed over like any other. */
static bool is_in_the_way(const struct stat *info, const char *name)
{
    static const char *const files[] = {
        "facts.yaml", "injects.yaml", "rules.yaml", "scenario.yaml", "story.lua"};
    for (size_t i = 0; S_ISDIR(info->st_mode) && i < sizeof(files) / sizeof(files[0]); i++)
        if (strcmp(name, files[i]) == 0)
            return true;
    return false;
}

static bool walk_folder(
    struct walk *walk, const char *folder, struct str prefix, int depth, struct err *reterr)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return err_set(reterr, ERR_IO, "%s: cannot be opened: %s", folder, strerror(errno));
    bool ok = true;
    struct dirent *entry;
    while (ok && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.' || is_of_record(entry->d_name))
            continue;
        const char *path = arena_format(walk->arena, "%s/%s", folder, entry->d_name).ptr;
        struct str name = arena_format(walk->arena, "%.*s%s", STR_ARG(prefix), entry->d_name);
        struct stat info;
        if (lstat(path, &info) != 0)
            continue;
        if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
            ok = err_set(reterr, ERR_AUTHOR,
                "%s: is no ordinary file; put a copy of the file in its place", path);
        else if (depth == 0 && is_in_the_way(&info, entry->d_name))
            ok = err_set(reterr, ERR_AUTHOR,
                "%s: is a folder; put the file of this name in its place", path);
        else if (S_ISREG(info.st_mode))
            ok = add_file(walk, path, name, reterr);
        else if (S_ISDIR(info.st_mode) && depth < 4)
            ok = walk_folder(
                walk, path, arena_format(walk->arena, "%.*s/", STR_ARG(name)), depth + 1, reterr);
    }
    closedir(dir);
    return ok;
}

static int by_path(const void *left, const void *right)
{
    return str_cmp(
        ((const struct bundle_file *)left)->path, ((const struct bundle_file *)right)->path);
}

static struct bundle to_bundle(struct walk *walk, struct str root, const char *overlay)
{
    if (walk->count > 1)
        qsort(walk->files, walk->count, sizeof(*walk->files), by_path);
    struct str overlay_name = overlay == NULL ? STR("") : arena_str(walk->arena, str_of(overlay));
    return (struct bundle){.files = walk->files,
        .file_count = walk->count,
        .root = root,
        .overlay = overlay_name,
        .names = walk->names,
        .name_count = walk->name_count};
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static const char *find_scenario(
    const char *scenario, const char *const *homes, struct arena *arena)
{
    if (is_folder(scenario))
        return scenario;
    for (int i = 0; homes[i] != NULL && strchr(scenario, '/') == NULL; i++) {
        const char *named = arena_format(arena, "%s/scenarios/%s", homes[i], scenario).ptr;
        if (is_folder(named))
            return named;
    }
    return NULL;
}

/* What a bundle holds under these paths comes from outside the scenario's folder. */
static bool check_folder(const struct walk *walk, const char *folder, struct err *reterr)
{
    static const struct {
        const char *path, *remedy;
    } reserved[] = {
        {LOAD_CHOICE_PATH, "it is kept free for what --org chooses; call the file otherwise"},
        {"overlay.yaml", "an overlay lies outside; name it with --overlay FILE"},
        {"overlay/", "an overlay lies outside, with its logo beside it; name it with --overlay"},
        {"roles/", "roles are shared by all scenarios; name another place with --home DIR"},
        {"scoring/",
            "rule packs are shared by all scenarios; rules of this one go into rules.yaml"},
    };
    for (size_t i = 0; i < walk->count; i++)
        for (size_t r = 0; r < sizeof(reserved) / sizeof(reserved[0]); r++)
            if (str_starts_with(walk->files[i].path, str_of(reserved[r].path)))
                return err_set(reterr, ERR_AUTHOR,
                    "%s/%.*s: this does not belong into a scenario's "
                    "folder: %s",
                    folder, STR_ARG(walk->files[i].path), reserved[r].remedy);
    return true;
}

/* Skills go with the catalogue beside which they lie; a home of one's own may have none. */
static bool add_skills(struct walk *walk, const char *home, struct err *reterr)
{
    const char *path = arena_format(walk->arena, "%s/roles/skills.yaml", home).ptr;
    return access(path, F_OK) != 0 || add_file(walk, path, STR("roles/skills.yaml"), reterr);
}

/* Adds a shared file (roles, rule packs) from the first home that has it. */
static bool add_shared(
    struct walk *walk, const char *const *homes, struct str wanted, struct err *reterr)
{
    for (size_t h = 0; homes[h] != NULL; h++) {
        const char *path = arena_format(walk->arena, "%s/%.*s", homes[h], STR_ARG(wanted)).ptr;
        if (access(path, R_OK) == 0)
            return add_file(walk, path, wanted, reterr) &&
                   (!str_is(wanted, "roles/catalogue.yaml") || add_skills(walk, homes[h], reterr));
    }
    return err_set(reterr, ERR_AUTHOR,
        "%.*s is asked for, and is not there; looked in %s (--home DIR names another place)",
        STR_ARG(wanted), homes[0]);
}

/* The file lies beside the overlay: "overlay/logo.svg" is logo.svg there. */
static bool add_beside(
    struct walk *walk, const char *overlay, struct str wanted, struct err *reterr)
{
    const char *slash = strrchr(overlay, '/');
    size_t folder_len = slash == NULL ? 0 : (size_t)(slash - overlay) + 1;
    struct str name = str_after(wanted, strlen("overlay/"));
    const char *path =
        arena_format(walk->arena, "%.*s%.*s", (int)folder_len, overlay, STR_ARG(name)).ptr;
    return add_file(walk, path, wanted, reterr);
}

static bool add_wanted(struct walk *walk, const struct disk_source *source, const char *folder,
    struct strs wanted, struct err *reterr)
{
    const char *above = arena_format(walk->arena, "%s/../..", folder).ptr;
    const char *homes[DISK_HOMES];
    disk_find_homes(source->home, above, walk->arena, homes);
    for (size_t i = 0; i < wanted.count; i++) {
        bool is_beside = str_starts_with(wanted.items[i], STR("overlay/"));
        if (is_beside ? !add_beside(walk, source->overlay, wanted.items[i], reterr)
                      : !add_shared(walk, homes, wanted.items[i], reterr))
            return false;
    }
    return true;
}

/* ---- organisations ---- */

bool disk_organisation_check(const char *name, struct strs names, struct err *reterr)
{
    return strs_contain(names, str_of(name)) ||
           ids_refuse(reterr, "no organisation is called", str_of(name), names);
}

/* The catalogue, with which everything begins that needs no scenario. */
static bool begin_alone(
    struct walk *walk, const char *home, const char *ret_homes[DISK_HOMES], struct err *reterr)
{
    walk->shows_paths = true;
    disk_find_homes(home, NULL, walk->arena, ret_homes);
    return add_shared(walk, ret_homes, STR("roles/catalogue.yaml"), reterr);
}

bool disk_organisation(const char *name, const char *home, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr)
{
    struct walk walk = {.arena = arena};
    const char *homes[DISK_HOMES];
    struct str path = arena_format(arena, "roles/organisations/%s.yaml", name);
    if (!begin_alone(&walk, home, homes, reterr) || !add_shared(&walk, homes, path, reterr))
        return false;
    *ret_bundle = to_bundle(&walk, STR(""), NULL);
    return true;
}

static bool add_choice(
    struct walk *walk, const struct disk_source *source, const char *folder, struct err *reterr)
{
    struct strs names = disk_organisations(source->home, folder, walk->arena);
    if (!disk_organisation_check(source->organisation, names, reterr))
        return false;
    walk->files = arena_grow(
        walk->arena, walk->files, walk->count, &walk->capacity, sizeof(struct bundle_file));
    walk->files[walk->count++] = load_choice(str_of(source->organisation), walk->arena);
    return true;
}

/* The folder's own files, the overlay and what was chosen. */
static bool add_own(
    struct walk *walk, const struct disk_source *source, const char *folder, struct err *reterr)
{
    return walk_folder(walk, folder, STR(""), 0, reterr) && check_folder(walk, folder, reterr) &&
           (source->overlay == NULL ||
               add_file(walk, source->overlay, STR("overlay.yaml"), reterr)) &&
           (source->organisation == NULL || add_choice(walk, source, folder, reterr));
}

static bool refuse_missing(const char *scenario, struct err *reterr)
{
    const char *slash = strrchr(scenario, '/');
    if (access(scenario, F_OK) == 0)
        return err_set(reterr, ERR_USAGE, "%s: is a file; name the folder that holds it: %.*s",
            scenario, slash == NULL ? 1 : (int)(slash - scenario), slash == NULL ? "." : scenario);
    return err_set(reterr, ERR_IO,
        "%s: there is no such scenario folder; name a folder that holds scenario.yaml", scenario);
}

bool disk_bundle_from(const struct disk_source *source, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr)
{
    const char *homes[DISK_HOMES];
    disk_find_homes(source->home, NULL, arena, homes);
    const char *folder = find_scenario(source->scenario, homes, arena);
    if (folder == NULL)
        return refuse_missing(source->scenario, reterr);
    struct walk walk = {.arena = arena};
    if (!add_own(&walk, source, folder, reterr))
        return false;
    bool slash = folder[strlen(folder) - 1] == '/';
    struct str root = arena_format(arena, "%s%s", folder, slash ? "" : "/");
    struct bundle bundle = to_bundle(&walk, root, source->overlay);
    struct strs wanted;
    if (!load_wants(&bundle, arena, &wanted, reterr)) {
        if (source->problems != NULL)
            load_wants_or_tell(&bundle, arena, source->problems, &wanted);
        return false;
    }
    if (!add_wanted(&walk, source, folder, wanted, reterr))
        return false;
    *ret_bundle = to_bundle(&walk, root, source->overlay);
    return true;
}

bool disk_bundle(const char *scenario, const char *home, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr)
{
    struct disk_source source = {.scenario = scenario, .home = home};
    return disk_bundle_from(&source, arena, ret_bundle, reterr);
}

bool disk_complete(const struct bundle *bundle, const char *home, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr)
{
    struct walk walk = {.arena = arena};
    const char *homes[DISK_HOMES];
    struct strs wanted;
    disk_find_homes(home, NULL, arena, homes);
    for (size_t i = 0; i < bundle->file_count; i++) {
        walk.files =
            arena_grow(arena, walk.files, walk.count, &walk.capacity, sizeof(struct bundle_file));
        walk.files[walk.count++] = bundle->files[i];
    }
    if (!load_wants(bundle, arena, &wanted, reterr))
        return false;
    for (size_t i = 0; i < wanted.count; i++)
        if (!bundle_find(bundle, wanted.items[i]) &&
            !add_shared(&walk, homes, wanted.items[i], reterr))
            return false;
    *ret_bundle = to_bundle(&walk, STR(""), NULL);
    return true;
}

bool disk_roles(
    const char *home, struct arena *arena, struct bundle *ret_bundle, struct err *reterr)
{
    const char *homes[DISK_HOMES];
    struct walk walk = {.arena = arena};
    if (!begin_alone(&walk, home, homes, reterr))
        return false;
    *ret_bundle = to_bundle(&walk, STR(""), NULL);
    return true;
}

bool disk_packs(
    const char *home, struct arena *arena, struct bundle *ret_bundle, struct err *reterr)
{
    const char *homes[DISK_HOMES];
    struct walk walk = {.arena = arena};
    if (!begin_alone(&walk, home, homes, reterr))
        return false;
    for (size_t h = 0; homes[h] != NULL; h++) {
        const char *folder = arena_format(arena, "%s/scoring", homes[h]).ptr;
        if (!is_folder(folder))
            continue;
        if (!walk_folder(&walk, folder, STR("scoring/"), 1, reterr))
            return false;
        *ret_bundle = to_bundle(&walk, STR(""), NULL);
        return true;
    }
    return err_set(reterr, ERR_AUTHOR,
        "scoring/ is asked for, and is not there; looked in %s (--home DIR names another place)",
        homes[0]);
}

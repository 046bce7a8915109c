/* What lies in the shared folders, by name: nothing is read here. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/disk.h"
#include "app/disk_parts.h"

/* Where the program itself lies, with a slash; "" when nobody knows. */
static struct str find_self(char *self, size_t size)
{
    ssize_t len = readlink("/proc/self/exe", self, size);
    while (len > 0 && self[len - 1] != '/')
        len--;
    return (struct str){self, len > 0 ? (size_t)len : 0};
}

void disk_find_homes(
    const char *named, const char *first, struct arena *arena, const char *ret_homes[DISK_HOMES])
{
    static const char *const from_program[] = {"../share/tocsin", ".", "..", "../.."};
    char path[4096];
    struct str self = find_self(path, sizeof(path));
    int count = 0;
    if (named != NULL || first != NULL)
        ret_homes[count++] = named != NULL ? named : first;
    ret_homes[count++] = ".";
    for (size_t i = 0; self.len > 0 && i < sizeof(from_program) / sizeof(from_program[0]); i++)
        ret_homes[count++] = arena_format(arena, "%.*s%s", STR_ARG(self), from_program[i]).ptr;
    ret_homes[count] = NULL;
}

static int by_name(const void *left, const void *right)
{
    return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

/* A list of names that grows. */
struct name_list {
    struct arena *arena;
    struct str *items;
    size_t count, capacity;
};

/* Adds an id that has not been found before. */
static void add_found(struct name_list *names, struct str name)
{
    if (!str_is_id(name) || strs_contain((struct strs){names->items, names->count}, name))
        return;
    names->items =
        arena_grow(names->arena, names->items, names->count, &names->capacity, sizeof(struct str));
    names->items[names->count++] = arena_str(names->arena, name);
}

/* Adds what is called NAME.yaml in a folder. */
static void add_documents(struct name_list *names, const char *folder)
{
    const struct str end = STR(".yaml");
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        struct str name = str_of(entry->d_name);
        if (name.len <= end.len || !str_eq(str_after(name, name.len - end.len), end))
            continue;
        name.len -= end.len;
        add_found(names, name);
    }
    if (dir != NULL)
        closedir(dir);
}

static struct strs in_order(const struct name_list *names)
{
    if (names->count > 1)
        qsort(names->items, names->count, sizeof(*names->items), by_name);
    return (struct strs){names->items, names->count};
}

struct strs disk_documents(const char *folder, struct arena *arena)
{
    struct name_list names = {.arena = arena};
    add_documents(&names, folder);
    return in_order(&names);
}

/* Adds what is a folder with scenario.yaml in it. */
static void add_scenarios(struct name_list *names, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir != NULL && (entry = readdir(dir)) != NULL)
        if (disk_exists(
                arena_format(names->arena, "%s/%s/scenario.yaml", folder, entry->d_name).ptr))
            add_found(names, str_of(entry->d_name));
    if (dir != NULL)
        closedir(dir);
}

struct strs disk_scenarios(const char *home, struct arena *arena)
{
    struct name_list names = {.arena = arena};
    const char *homes[DISK_HOMES];
    disk_find_homes(home, NULL, arena, homes);
    for (size_t h = 0; homes[h] != NULL; h++)
        add_scenarios(&names, arena_format(arena, "%s/scenarios", homes[h]).ptr);
    return in_order(&names);
}

struct strs disk_organisations(const char *home, const char *scenario, struct arena *arena)
{
    struct name_list names = {.arena = arena};
    const char *homes[DISK_HOMES];
    const char *above = scenario == NULL ? NULL : arena_format(arena, "%s/../..", scenario).ptr;
    disk_find_homes(home, above, arena, homes);
    for (size_t h = 0; homes[h] != NULL; h++)
        add_documents(&names, arena_format(arena, "%s/roles/organisations", homes[h]).ptr);
    return in_order(&names);
}

/* ---- whether anything has changed ---- */

/* A file that was edited, replaced, added or taken away has another line, or there is one more or
 * less. */
static void add_stamp(const char *path, struct buf *out)
{
    struct stat info;
    if (stat(path, &info) == 0)
        buf_format(out, "%s %lld %lld %lld.%09ld\n", path, (long long)info.st_ino,
            (long long)info.st_size, (long long)info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

struct hash disk_organisations_stamp(const char *home)
{
    static const char *const shared[] = {"catalogue.yaml", "skills.yaml"};
    struct arena arena = {0};
    struct buf out = {0};
    const char *homes[DISK_HOMES];
    struct strs names = disk_organisations(home, NULL, &arena);
    disk_find_homes(home, NULL, &arena, homes);
    for (size_t h = 0; homes[h] != NULL; h++) {
        for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++)
            add_stamp(arena_format(&arena, "%s/roles/%s", homes[h], shared[i]).ptr, &out);
        for (size_t i = 0; i < names.count; i++)
            add_stamp(arena_format(&arena, "%s/roles/organisations/%.*s.yaml", homes[h],
                          STR_ARG(names.items[i]))
                          .ptr,
                &out);
    }
    struct hash stamp = hash_of_bytes(buf_str(&out));
    buf_fini(&out);
    arena_fini(&arena);
    return stamp;
}

/* tocsin new: a small scenario to begin with.
 *
 * The folder is filled under another name beside its place and then moved there, so that it is
 * whole or not there at all. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/shell.h"
#include "app/starter.h"
#include "base/buf.h"

/* "drills/first/" → "drills/first" */
static struct str without_slashes(const char *path)
{
    struct str folder = str_of(path);
    while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
        folder.len--;
    return folder;
}

static struct str base_name(struct str path)
{
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/')
        at--;
    return str_after(path, at);
}

/* What the new scenario is to be. */
struct own {
    struct str id;
    const char *organisation; /* or NULL: as the starter says */
};

/* The scenario is called like its folder: the line "id: starter" becomes its own, and so does the
 * one that names the organisation. */
static void write_own(const struct starter_file *file, const struct own *own, struct buf *out)
{
    const struct str theirs = STR("id: starter\n"), house = STR("organisation: default");
    struct str line, rest = {(const char *)file->bytes, file->len};
    bool is_scenario = strcmp(file->path, "scenario.yaml") == 0;
    while (rest.len > 0) {
        size_t before = rest.len;
        struct str from = rest;
        if (!str_cut(rest, '\n', &line, &rest))
            rest.len = 0;
        struct str whole = {from.ptr, before - rest.len};
        if (is_scenario && str_eq(whole, theirs))
            buf_format(out, "id: %.*s\n", STR_ARG(own->id));
        else if (is_scenario && own->organisation != NULL && str_starts_with(whole, house))
            buf_format(out, "organisation: %s\n", own->organisation);
        else
            buf_add(out, whole);
    }
}

static bool write_file(
    const struct starter_file *file, const char *folder, const struct own *own, struct err *reterr)
{
    struct arena arena = {0};
    struct buf out = {0};
    write_own(file, own, &out);
    const char *path = arena_format(&arena, "%s/%s", folder, file->path).ptr;
    bool ok = disk_write(path, buf_str(&out), NULL, reterr);
    buf_fini(&out);
    arena_fini(&arena);
    return ok;
}

static void remove_all(const char *folder)
{
    struct arena arena = {0};
    for (size_t i = 0; i < starter_file_count; i++)
        unlink(arena_format(&arena, "%s/%s", folder, starter_files[i].path).ptr);
    rmdir(folder);
    arena_fini(&arena);
}

/* rename replaces an empty folder, and no other. */
static bool move(const char *from, const char *to, struct err *reterr)
{
    if (rename(from, to) == 0)
        return true;
    bool taken = errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR;
    return err_set(reterr, ERR_IO, "%s: %s", to,
        taken ? "is there already; name a folder that does not exist yet, or an empty one"
              : strerror(errno));
}

/* "a/b: there is no such folder", for the first part of the way that is missing. */
static bool tell_unmade(
    struct arena *arena, struct str folder, const char *beside, struct err *reterr)
{
    int code = errno;
    for (size_t i = 1; code == ENOENT && i < folder.len; i++) {
        const char *above = arena_str(arena, (struct str){folder.ptr, i}).ptr;
        if (folder.ptr[i] == '/' && access(above, F_OK) != 0)
            return err_set(reterr, ERR_IO,
                "%s: cannot be made: there is no folder %s; make it first", folder.ptr, above);
    }
    return err_set(reterr, ERR_IO, "%s: cannot be made: %s%s", beside, strerror(code),
        code == EEXIST ? "; remove what an earlier attempt has left" : "");
}

static bool write_all(struct str folder, const char *organisation, struct err *reterr)
{
    struct arena arena = {0};
    struct own own = {base_name(folder), organisation};
    const char *place = arena_str(&arena, folder).ptr;
    const char *beside = arena_format(&arena, "%.*s.part", STR_ARG(folder)).ptr;
    bool ok = mkdir(beside, 0777) == 0 || tell_unmade(&arena, folder, beside, reterr);
    if (ok) {
        for (size_t i = 0; ok && i < starter_file_count; i++)
            ok = write_file(&starter_files[i], beside, &own, reterr);
        ok = ok && move(beside, place, reterr);
        if (!ok)
            remove_all(beside);
    }
    arena_fini(&arena);
    return ok;
}

/* Shared files that this program cannot find by itself must be named in each command. */
static bool finds_shared(struct str folder, struct arena *arena)
{
    struct bundle bundle;
    return disk_bundle(arena_str(arena, folder).ptr, NULL, arena, &bundle, NULL);
}

static void tell_next(const struct command_line *line, struct str folder)
{
    struct arena arena = {0};
    struct str program = shell_word(&arena, str_of(line->program));
    struct str named = shell_word(&arena, folder);
    struct str inputs =
        shell_word(&arena, arena_format(&arena, "%.*s/first.jsonl", STR_ARG(folder)));
    bool is_complete = finds_shared(folder, &arena);
    const char *home = is_complete ? "" : " --home DIR";
    printf("%.*s is a scenario that can be played:\n", STR_ARG(folder));
    for (size_t i = 0; i < starter_file_count; i++)
        printf("  %s\n", starter_files[i].path);
    printf("next:\n"
           "  %.*s check %.*s%s\n"
           "  %.*s play %.*s --inputs %.*s --db first.db%s\n"
           "  %.*s serve %.*s --db first.db%s\n",
        STR_ARG(program), STR_ARG(named), home, STR_ARG(program), STR_ARG(named), STR_ARG(inputs),
        home, STR_ARG(program), STR_ARG(named), home);
    if (!is_complete)
        printf("where DIR is the folder that holds roles/ and scoring/, which came with the "
               "program\n");
    arena_fini(&arena);
}

static bool is_organisation(const char *name, struct err *reterr)
{
    struct arena arena = {0};
    bool ok = disk_organisation_check(name, disk_organisations(NULL, NULL, &arena), reterr);
    arena_fini(&arena);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    struct err err;
    struct str folder = without_slashes(line->arguments[0]);
    const char *organisation = command_value(line, "--org");
    if (!str_is_id(base_name(folder)))
        return command_misuse(line,
            "\"%.*s\" cannot be a scenario's id: use a-z, 0-9, \"-\" and \"_\", and no sign first",
            STR_ARG(base_name(folder)));
    if (organisation != NULL && !is_organisation(organisation, &err))
        return command_fail(line, &err);
    if (!write_all(folder, organisation, &err))
        return command_fail(line, &err);
    tell_next(line, folder);
    return COMMAND_OK;
}

const struct command command_new = {
    .name = "new",
    .arguments = "DIR",
    .argument_min = 1,
    .argument_max = 1,
    .help = "write a small scenario to begin with",
    .details = "The folder's name becomes the scenario's id. What is written is short, in both\n"
               "languages, explained by comments, and can be played at once. A folder that holds\n"
               "anything is left alone.",
    .examples = {"tocsin new my-drill"},
    .options = {{"--org", "NAME", "the organisation that it is written for; see tocsin orgs"}},
    .run = run,
};

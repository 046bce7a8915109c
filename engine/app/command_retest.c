/* tocsin retest: ten to twenty minutes about one rule, made of a past exercise.
 *
 * Like tocsin new it fills a folder beside its place and then moves it there. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/retest_words.h"
#include "app/shell.h"

static struct str base_name(struct str path)
{
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/')
        at--;
    return str_after(path, at);
}

/* Where the folder goes; its last part is the scenario's id. */
static struct str folder_of(const struct command_line *line, struct arena *arena)
{
    const char *out = command_value(line, "--out");
    if (out == NULL)
        return arena_format(arena, "retest-%s", command_value(line, "--rule"));
    struct str folder = arena_str(arena, str_of(out));
    while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
        folder.len--;
    return arena_str(arena, folder);
}

static bool write_files(const struct retest *retest, const char *folder, struct err *reterr)
{
    struct arena *arena = &retest->past->arena;
    struct buf readme = {0};
    bool ok = true, has_files = false;
    for (size_t i = 0; ok && i < retest->file_count; i++) {
        const struct bundle_file *file = &retest->files[i];
        const char *path = arena_format(arena, "%s/%.*s", folder, STR_ARG(file->path)).ptr;
        if (str_starts_with(file->path, STR("files/")) && !has_files)
            has_files = mkdir(arena_format(arena, "%s/files", folder).ptr, 0777) == 0;
        ok = disk_write(path, file->bytes, NULL, reterr);
    }
    retest_write_readme(retest, &readme);
    ok = ok && disk_write(
                   arena_format(arena, "%s/README.md", folder).ptr, buf_str(&readme), NULL, reterr);
    buf_fini(&readme);
    return ok;
}

static void remove_all(const struct retest *retest, const char *folder)
{
    struct arena *arena = &retest->past->arena;
    for (size_t i = 0; i < retest->file_count; i++)
        unlink(arena_format(arena, "%s/%.*s", folder, STR_ARG(retest->files[i].path)).ptr);
    unlink(arena_format(arena, "%s/README.md", folder).ptr);
    rmdir(arena_format(arena, "%s/files", folder).ptr);
    rmdir(folder);
}

static bool write_folder(const struct retest *retest, struct str folder, struct err *reterr)
{
    const char *beside = arena_format(&retest->past->arena, "%.*s.part", STR_ARG(folder)).ptr;
    if (mkdir(beside, 0777) != 0)
        return err_set(reterr, ERR_IO, "%s: cannot be made: %s%s", beside, strerror(errno),
            errno == EEXIST   ? "; remove what an earlier attempt has left"
            : errno == ENOENT ? "; make the folder above it first"
                              : "");
    bool ok = write_files(retest, beside, reterr);
    if (ok && rename(beside, folder.ptr) != 0)
        ok = err_set(reterr, ERR_IO, "%s: cannot be made: %s", folder.ptr, strerror(errno));
    if (!ok)
        remove_all(retest, beside);
    return ok;
}

static bool compose(
    struct retest *retest, const struct command_line *line, struct str folder, struct err *reterr)
{
    struct past *past = retest->past;
    struct problems problems = {0};
    if (disk_exists(folder.ptr))
        return err_set(reterr, ERR_USAGE,
            "%s: is there already; name a folder that does not exist yet (--out DIR)", folder.ptr);
    if (!past_open(past, command_db(line), line->arguments[0], reterr) ||
        !past_bundle(past, &retest->bundle, reterr))
        return false;
    bool ok = load_with_places(&retest->bundle, &past->arena, &problems, &retest->loaded) ||
              !problems_to_err(&problems, reterr);
    problems_fini(&problems);
    return ok && retest_family(retest, str_of(command_value(line, "--rule")), reterr) &&
           retest_compose(retest, reterr) && write_folder(retest, folder, reterr);
}

static void tell(const struct command_line *line, const struct retest *retest, struct str folder)
{
    struct arena *arena = &retest->past->arena;
    enum lang lang = command_lang(line);
    struct str program = shell_word(arena, str_of(line->program));
    struct str named = shell_word(arena, folder);
    struct str title = retest->rule->title.in[lang];
    if (lang == LANG_JA)
        printf("%.*s：10～20分間の再確認、状況付与%zu件［%.*s］\n    %.*s\n", STR_ARG(folder),
            retest->timed_count, STR_ARG(retest->rule->id), STR_ARG(title));
    else
        printf(
            "%.*s: a retest of ten to twenty minutes, %zu inject%s by the clock [%.*s]\n    %.*s\n",
            STR_ARG(folder), retest->timed_count, retest->timed_count == 1 ? "" : "s",
            STR_ARG(retest->rule->id), STR_ARG(title));
    if (retest->needs_players)
        printf("    %s\n",
            lang == LANG_JA
                ? "参加者の行動から始まるルールです。その行動がなければ判定されません。"
                : "it begins with something that players do: it shows only if they do it");
    if (retest->is_window_cut)
        printf("    %s\n", lang == LANG_JA ? "制限時間を5分に縮めました（README.mdを参照）"
                                           : "its time was cut to five minutes; see README.md");
    printf(lang == LANG_JA ? "次の手順：\n" : "next:\n");
    printf("  %.*s check %.*s\n  %.*s serve %.*s\n", STR_ARG(program), STR_ARG(named),
        STR_ARG(program), STR_ARG(named));
}

static enum command_exit run(const struct command_line *line)
{
    struct past past = {0};
    struct arena arena = {0};
    struct err err;
    if (command_value(line, "--rule") == NULL)
        return command_misuse(line,
            "say which rule to test again: --rule ID; tocsin score EXERCISE --missed lists them");
    struct str folder = folder_of(line, &arena);
    struct retest retest = {.past = &past, .id = base_name(folder)};
    bool is_named = str_is_id(retest.id);
    bool ok = is_named && compose(&retest, line, folder, &err);
    if (ok)
        tell(line, &retest, folder);
    enum command_exit done =
        ok ? COMMAND_OK
        : is_named
            ? command_fail(line, &err)
            : command_misuse(line,
                  "\"%.*s\" cannot be a scenario's id: use a-z, 0-9, \"-\" and \"_\", and no sign "
                  "first; name another folder (--out DIR)",
                  STR_ARG(retest.id));
    past_close(&past);
    arena_fini(&arena);
    return done;
}

const struct command command_retest = {
    .name = "retest",
    .arguments = "EXERCISE",
    .argument_min = 1,
    .argument_max = 1,
    .help = "make a ten-minute drill about one missed rule",
    .details =
        "Takes the injects that brought the rule about in this exercise, what follows from\n"
        "them, and the facts and questions in them, and writes a scenario about that alone,\n"
        "with the same seats, people and organisation. Story and other rules stay out. The\n"
        "folder is checked before it is written; where a rule cannot be tested so, the\n"
        "command says why and writes nothing. docs/skills.md says what is taken.",
    .examples = {"tocsin retest phone-tree-1 --rule escalate-at-once --out again --db drills.db"},
    .options = {COMMAND_DB, {"--rule", "ID", "the rule; tocsin score EXERCISE --missed lists them"},
        {"--out", "DIR", "the folder to make; retest-ID if not given"},
        {"--lang", "en|ja", "the language of what is printed; en if not given"}},
    .run = run,
};

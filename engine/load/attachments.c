/* Attachments. Only their names are looked at here: what is in them is shown as it is. */
#include "load/attachments.h"

#include <stddef.h>

#include "base/limits.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What pages can show or offer. */
static const char *const suffixes[] = {
    ".txt", ".log", ".eml", ".csv", ".md", ".png", ".jpg", ".svg", ".pdf"};
static const char *const pictures[] = {".png", ".jpg", ".svg"};

static bool ends_with_one(struct str path, const char *const *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str end = str_of(ends[i]);
        if (path.len > end.len && str_eq(str_after(path, path.len - end.len), end))
            return true;
    }
    return false;
}

bool attachments_is_picture(struct str path)
{
    return ends_with_one(path, pictures, COUNT(pictures));
}

static bool is_attachable(struct str path)
{
    return str_starts_with(path, STR("files/"));
}

/* "; did you mean …" among the files that there are. */
static const char *guess_file(struct loader *loader, struct str path)
{
    const struct bundle *bundle = loader->bundle;
    struct str *paths = ARENA_ARRAY(loader->arena, bundle->file_count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < bundle->file_count; i++)
        if (is_attachable(bundle->files[i].path))
            paths[count++] = bundle->files[i].path;
    return loader_guess(loader, path, (struct strs){paths, count});
}

static bool read_path(struct loader *loader, const struct tree_node *value, struct str *ret_path)
{
    if (value->kind != TREE_SCALAR || !is_attachable(value->text))
        loader_error(loader, value, "an attachment is a path like files/mail.eml, found %s",
            loader_found(loader, value));
    else if (!ends_with_one(value->text, suffixes, COUNT(suffixes)))
        loader_tell(loader, KIND_ATTACHMENT, value,
            "no page can show a file like \"%.*s\"; there is: %.*s", STR_ARG(value->text),
            STR_ARG(form_join(loader, form_name_list(loader, suffixes, (int)COUNT(suffixes)))));
    else if (!bundle_find(loader->bundle, value->text))
        loader_tell(loader, KIND_ATTACHMENT, value, "there is no file \"%.*s\"%s",
            STR_ARG(value->text), guess_file(loader, value->text));
    else {
        *ret_path = value->text;
        return true;
    }
    loader->broken_attachment = true;
    return false;
}

/* `file: files/x.log`, or a file for each language. */
static void read_file(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_attachment *attachment = target;
    (void)row;
    if (value->kind != TREE_MAP) {
        if (read_path(loader, value, &attachment->path[0]))
            for (int lang = 1; lang < LANG_COUNT; lang++)
                attachment->path[lang] = attachment->path[0];
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        if (!lang_from_str(value->pairs[i].key, &(enum lang){0}))
            problems_add(loader->problems, PROBLEM_ERROR, value->pairs[i].place,
                "\"file:\" has no language \"%.*s\"; there is: en, ja",
                STR_ARG(value->pairs[i].key));
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const struct tree_node *path = tree_get(value, str_of(lang_names[lang]));
        if (path)
            read_path(loader, path, &attachment->path[lang]);
        else
            loader_tell(loader, KIND_MISSING_LANGUAGE, value,
                "\"file:\" has no file in \"%s\"; name one file, or one in each language",
                lang_names[lang]);
    }
}

static const struct form_row attachment_rows[] = {
    {"file", FORM_REQUIRED, read_file, 0, .is = "a path, or `{en: …, ja: …}`",
        .help = "under `files/`; .txt .log .eml .csv .md .png .jpg .svg or .pdf"},
    {"name", FORM_OPTIONAL, form_words, offsetof(struct def_attachment, name),
        .help = "what players read; without it, the file's name"},
};
const struct form attachments_form = {
    .what = "an attachment", .rows = attachment_rows, .row_count = COUNT(attachment_rows)};

static struct str base_name(struct str path)
{
    struct str folder;
    while (str_cut(path, '/', &folder, &path))
        continue;
    return path;
}

void attachments_read(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_inject *inject = target;
    if (value->kind != TREE_LIST || value->count > LIMIT_LIST_ITEMS) {
        loader_error(loader, value, "\"%s:\" expects a list of at most %d files, found %s",
            row->key, LIMIT_LIST_ITEMS, tree_found(value));
        return;
    }
    struct def_attachment *items = ARENA_ARRAY(loader->arena, value->count, struct def_attachment);
    for (size_t i = 0; i < value->count; i++) {
        if (value->items[i]->kind == TREE_MAP)
            form_fill(loader, &attachments_form, value->items[i], &items[i]);
        else
            read_file(loader, value->items[i], row, &items[i]);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            if (items[i].name.in[lang].len == 0)
                items[i].name.in[lang] = base_name(items[i].path[lang]);
    }
    inject->attachments = items;
    inject->attachment_count = value->count;
}

static bool is_shown(const struct def *def, struct str path)
{
    for (size_t i = 0; i < def->inject_count; i++)
        for (size_t a = 0; a < def->injects[i].attachment_count; a++)
            for (int lang = 0; lang < LANG_COUNT; lang++)
                if (str_eq(def->injects[i].attachments[a].path[lang], path))
                    return true;
    return str_eq(def->logo, path);
}

void attachments_warn_unused(struct loader *loader)
{
    for (size_t i = 0; !loader->broken_attachment && i < loader->bundle->file_count; i++) {
        struct str path = loader->bundle->files[i].path;
        struct place place = {.file = loader_file_name(loader->bundle, path, loader->arena)};
        if (is_attachable(path) && !is_shown(loader->def, path))
            problems_tell(loader->problems, KIND_UNUSED_ATTACHMENT, place,
                "no inject shows this file; name it under \"attachments:\", or remove it");
    }
}

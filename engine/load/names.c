/* Putting names into texts. Names hold no names themselves, and the result is bounded like any
 * text, so that a few lines cannot mean megabytes. */
#include "load/names.h"

#include "base/buf.h"
#include "base/limits.h"
#include "load/form.h"

enum { NAME_BYTES = 256 };

/* Where `pair` begins in text, or its length. */
static size_t find_pair(struct str text, const char *pair)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.ptr[i] == pair[0] && text.ptr[i + 1] == pair[1])
            return i;
    return text.len;
}

/* Whether a text, or one language of it, asks for a name. */
static bool holds_name(const struct tree_node *value)
{
    for (size_t i = 0; value->kind == TREE_MAP && i < value->count; i++)
        if (holds_name(value->pairs[i].value))
            return true;
    return value->kind == TREE_SCALAR && find_pair(value->text, "{{") < value->text.len;
}

/* One entry of `names:`. A broken one is there, but empty: nobody needs to be told twice. */
static struct loaded_name read_name(struct loader *loader, const struct tree_pair *pair)
{
    struct loaded_name name = {.id = pair->key, .place = pair->place};
    size_t errors_before = loader->problems->error_count;
    const char *key = arena_str(loader->arena, pair->key).ptr;
    const struct form_row row = {key, FORM_REQUIRED, form_any_words, 0, .of = 0};
    if (!str_is_id(pair->key))
        problems_add(loader->problems, PROBLEM_ERROR, pair->place,
            "\"%s\" cannot stand between {{ and }}; names are made of a-z, 0-9, - and _", key);
    if (holds_name(pair->value))
        loader_error(loader, pair->value, "a name cannot hold another name; write it out");
    else
        form_any_words(loader, pair->value, &row, &name.words);
    bool fits = true;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        fits = fits && name.words.in[lang].len <= NAME_BYTES;
    if (!fits) {
        loader_error(loader, pair->value, "a name has at most %d bytes", NAME_BYTES);
        name.words = (struct words){0};
    }
    name.is_used = loader->problems->error_count > errors_before; /* enough has been said of it */
    return name;
}

void names_read(struct loader *loader, const struct tree_node *scenario)
{
    const struct tree_node *map = tree_get(scenario, STR("names"));
    if (!map)
        return;
    if (map->kind != TREE_MAP || map->count > LIMIT_LIST_ITEMS) {
        loader_error(loader, map,
            "\"names:\" expects at most %d names and their texts, like {hospital: {en: …, ja: …}}",
            LIMIT_LIST_ITEMS);
        loader->broken_names = true;
        return;
    }
    struct loaded_name *names = ARENA_ARRAY(loader->arena, map->count, struct loaded_name);
    for (size_t i = 0; i < map->count; i++)
        names[i] = read_name(loader, &map->pairs[i]);
    loader->names = names;
    loader->name_count = map->count;
    struct def_name *known = ARENA_ARRAY(loader->arena, map->count, struct def_name);
    for (size_t i = 0; i < map->count; i++)
        known[i] = (struct def_name){names[i].id, names[i].words};
    loader->def->names = known;
    loader->def->name_count = map->count;
}

static struct strs ids_but(struct loader *loader, const struct loaded_name *but)
{
    struct str *ids = ARENA_ARRAY(loader->arena, loader->name_count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < loader->name_count; i++)
        if (&loader->names[i] != but)
            ids[count++] = loader->names[i].id;
    return (struct strs){ids, count};
}

static struct loaded_name *find_name(struct loader *loader, struct str id)
{
    for (size_t i = 0; i < loader->name_count; i++)
        if (str_eq(loader->names[i].id, id))
            return &loader->names[i];
    return NULL;
}

/* Adds the name that `inside` asks for. */
static bool add_one(struct loader *loader, const struct tree_node *node, enum lang lang,
    struct str inside, struct buf *buf)
{
    struct loaded_name *name = find_name(loader, str_trim(inside));
    if (!name) {
        if (!loader->broken_names)
            loader_tell(loader, KIND_UNKNOWN_NAME, node,
                "no name under \"names:\" is called \"%.*s\"%s", STR_ARG(str_trim(inside)),
                loader_guess(loader, str_trim(inside), ids_but(loader, NULL)));
        return false;
    }
    name->is_used = true;
    buf_add(buf, name->words.in[lang]);
    return true;
}

static bool fill(struct loader *loader, const struct tree_node *node, enum lang lang,
    struct str text, struct buf *buf)
{
    while (text.len > 0) {
        size_t open = find_pair(text, "{{");
        buf_add(buf, (struct str){text.ptr, open});
        text = str_after(text, open);
        if (text.len == 0)
            break;
        struct str inside = str_after(text, 2);
        size_t close = find_pair(inside, "}}");
        if (close == inside.len) {
            loader_error(loader, node, "\"{{\" begins a name, but no \"}}\" ends it");
            return false;
        }
        if (!add_one(loader, node, lang, (struct str){inside.ptr, close}, buf))
            return false;
        text = str_after(inside, close + 2);
        if (buf->len > LIMIT_TEXT_BYTES) {
            loader_error(loader, node, "with its names put in, this text is longer than %d bytes",
                LIMIT_TEXT_BYTES);
            return false;
        }
    }
    return true;
}

bool names_fill(struct loader *loader, const struct tree_node *node, enum lang lang,
    struct str text, struct str *ret_text)
{
    if (find_pair(text, "{{") == text.len) {
        *ret_text = text;
        return true;
    }
    struct buf buf = {0};
    bool ok = fill(loader, node, lang, text, &buf);
    if (ok)
        *ret_text = arena_str(loader->arena, buf_str(&buf));
    buf_fini(&buf);
    return ok;
}

void names_warn_unused(struct loader *loader)
{
    for (size_t i = 0; i < loader->name_count; i++) {
        const struct loaded_name *name = &loader->names[i];
        if (!name->is_used)
            problems_tell(loader->problems, KIND_UNUSED_NAME, name->place,
                "no text uses {{%.*s}}%s", STR_ARG(name->id),
                loader_guess(loader, name->id, ids_but(loader, name)));
    }
}

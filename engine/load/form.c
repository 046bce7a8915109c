/* Filling structs from mappings, and the readers of single values.
 *
 * YAML's own guesses about types are not used: whether `no` is a word, an answer or a negation is
 * for the row to say. So an author never has to know which words YAML finds special. */
#include "load/form.h"

#include <string.h>

#include "base/duration.h"
#include "base/index.h"
#include "base/limits.h"
#include "load/names.h"

static void *at(const struct form_row *row, void *target)
{
    return (char *)target + row->offset;
}

static const struct form_row *find_row(const struct form *form, struct str key)
{
    for (size_t i = 0; i < form->row_count; i++)
        if (str_is(key, form->rows[i].key))
            return &form->rows[i];
    return NULL;
}

/* What a key is called now that had another name; the empty name when it had none. */
static struct str renamed(const struct form *form, struct str key)
{
    static const struct {
        const char *before, *now;
    } names[] = {{"optional", "level"}, {"statuses", "matters"}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_is(key, names[i].before) && find_row(form, str_of(names[i].now)))
            return str_of(names[i].now);
    return STR("");
}

static void report_unknown_key(
    struct loader *loader, const struct form *form, const struct tree_pair *pair)
{
    struct str now = renamed(form, pair->key);
    if (now.len > 0) {
        problems_add(loader->problems, PROBLEM_ERROR, pair->place,
            "%s has no key \"%.*s\"; did you mean \"%.*s\"?", form->what, STR_ARG(pair->key),
            STR_ARG(now));
        return;
    }
    struct str *keys = ARENA_ARRAY(loader->arena, form->row_count, struct str);
    for (size_t i = 0; i < form->row_count; i++)
        keys[i] = str_of(form->rows[i].key);
    problems_add(loader->problems, PROBLEM_ERROR, pair->place, "%s has no key \"%.*s\"%s",
        form->what, STR_ARG(pair->key),
        loader_guess(loader, pair->key, (struct strs){keys, form->row_count}));
}

static void report_missing_keys(
    struct loader *loader, const struct form *form, const struct tree_node *node)
{
    for (size_t i = 0; i < form->row_count; i++) {
        if (!form->rows[i].required || tree_get(node, str_of(form->rows[i].key)))
            continue;
        loader_error(loader, node, "%s needs \"%s:\", which is missing%s", form->what,
            form->rows[i].key, node->hint ? node->hint : "");
        if (node->hint)
            return; /* it was not meant to be new; what else is missing does not matter */
    }
}

bool form_fill(
    struct loader *loader, const struct form *form, const struct tree_node *node, void *target)
{
    if (node->kind != TREE_MAP) {
        loader_error(loader, node, "expected %s as a mapping (key: value), found %s%s", form->what,
            tree_found(node), loader_slip_of(loader, node));
        loader->broken_file = true;
        return false;
    }
    if (form->init)
        form->init(target);
    for (size_t i = 0; i < node->count; i++) {
        const struct tree_pair *pair = &node->pairs[i];
        const struct form_row *row = find_row(form, pair->key);
        if (row)
            row->read(loader, pair->value, row, target);
        else
            report_unknown_key(loader, form, pair);
    }
    report_missing_keys(loader, form, node);
    if (form->finish)
        form->finish(loader, node, target);
    return true;
}

/* Things of one list must not share a name. */
static void check_unique(
    struct loader *loader, const struct form *form, const struct tree_node *list)
{
    struct index seen = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct tree_node *id = tree_get(list->items[i], STR("id"));
        if (!id || id->kind != TREE_SCALAR || tree_is_empty(id))
            continue;
        if (index_add(&seen, loader->arena, id->text, (int)i))
            continue;
        const struct tree_node *first = list->items[index_find(&seen, id->text)];
        loader_tell(loader, KIND_DUPLICATE, id,
            "%s is called \"%.*s\" already, in line %d; choose another name", form->what,
            STR_ARG(id->text), first->place.line);
    }
}

void *form_fill_list(
    struct loader *loader, const struct form *form, const struct tree_node *node, size_t *ret_count)
{
    *ret_count = 0;
    if (node->kind != TREE_LIST) {
        loader_error(loader, node, "expected a list, each item (- ) being %s, found %s%s",
            form->what, tree_found(node), loader_slip_of(loader, node));
        loader->broken_file = true;
        return NULL;
    }
    if (form->limit > 0 && node->count > (size_t)form->limit) {
        loader_error(loader, node, "this list holds %zu items, at most %d are possible",
            node->count, form->limit);
        loader->broken_file = true;
        return NULL;
    }
    char *items = arena_alloc(loader->arena, node->count, form->size);
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++)
        if (form_fill(loader, form, node->items[i], items + count * form->size))
            count++;
    if (find_row(form, STR("id")))
        check_unique(loader, form, node);
    *ret_count = count;
    return items;
}

/* A scalar that holds something; else a problem that names what was expected. */
static bool check_scalar(struct loader *loader, const struct tree_node *value,
    const struct form_row *row, const char *expected)
{
    if (value->kind == TREE_SCALAR && !tree_is_empty(value))
        return true;
    loader_error(
        loader, value, "\"%s:\" expects %s, found %s", row->key, expected, tree_found(value));
    return false;
}

static bool check_id(struct loader *loader, struct place place, struct str text)
{
    if (str_is_id(text))
        return true;
    problems_add(loader->problems, PROBLEM_ERROR, place,
        "\"%.*s\" cannot be a name; names are made of a-z, 0-9, - and _, begin with a letter or "
        "digit, and have at most %d characters%s",
        STR_ARG(text), LIMIT_ID_BYTES, loader_slip(loader, text));
    return false;
}

void form_id(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (check_scalar(loader, value, row, "a name") && check_id(loader, value->place, value->text))
        *(struct str *)at(row, target) = value->text;
}

void form_word(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (check_scalar(loader, value, row, "a word"))
        *(struct str *)at(row, target) = value->text;
}

/* One language of a text. */
static bool read_language(
    struct loader *loader, const struct tree_pair *pair, struct words *words, const char *key)
{
    static const struct str names[LANG_COUNT] = {STR_INIT("en"), STR_INIT("ja")};
    enum lang lang;
    if (!lang_from_str(pair->key, &lang)) {
        problems_add(loader->problems, PROBLEM_ERROR, pair->place,
            "\"%s:\" has no language \"%.*s\"%s", key, STR_ARG(pair->key),
            loader_guess(loader, pair->key, (struct strs){names, LANG_COUNT}));
        return false;
    }
    const struct tree_node *text = pair->value;
    if (text->kind != TREE_SCALAR || str_trim(text->text).len == 0) {
        loader_tell(loader, KIND_MISSING_LANGUAGE, text, "\"%s:\" expects a text in %s, found %s",
            key, lang_names[lang], text->kind == TREE_SCALAR ? "nothing" : tree_found(text));
        return false;
    }
    if (text->text.len > LIMIT_TEXT_BYTES) {
        loader_error(loader, text,
            "this text is longer than %d bytes; shorten it, or attach a "
            "file",
            LIMIT_TEXT_BYTES);
        return false;
    }
    return names_fill(loader, text, lang, str_trim(text->text), &words->in[lang]);
}

static bool read_words(
    struct loader *loader, const struct tree_node *value, const char *key, struct words *ret_words)
{
    if (value->kind != TREE_MAP) {
        loader_error(loader, value,
            "\"%s:\" expects a text in both languages, {en: …, ja: …}, "
            "found %s%s",
            key, tree_found(value), loader_slip_of(loader, value));
        return false;
    }
    struct words words = {0};
    bool ok = true;
    for (size_t i = 0; i < value->count; i++)
        ok = read_language(loader, &value->pairs[i], &words, key) && ok;
    for (int lang = 0; ok && lang < LANG_COUNT; lang++)
        if (words.in[lang].len == 0) {
            loader_tell(loader, KIND_MISSING_LANGUAGE, value,
                "\"%s:\" has no text in \"%s\"; every text is written in "
                "both languages",
                key, lang_names[lang]);
            ok = false;
        }
    if (ok)
        *ret_words = words;
    return ok;
}

void form_words(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    read_words(loader, value, row->key, at(row, target));
}

void form_any_words(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct words *words = at(row, target);
    if (value->kind == TREE_MAP)
        read_words(loader, value, row->key, words);
    else if (check_scalar(loader, value, row, "a text"))
        for (int lang = 0; lang < LANG_COUNT; lang++)
            names_fill(loader, value, (enum lang)lang, value->text, &words->in[lang]);
}

void form_texts(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (value->kind != TREE_LIST || value->count > LIMIT_LIST_ITEMS) {
        loader_error(loader, value, "\"%s:\" expects a list of at most %d texts {en: …, ja: …}",
            row->key, LIMIT_LIST_ITEMS);
        return;
    }
    struct str *items = ARENA_ARRAY(loader->arena, value->count * LANG_COUNT, struct str);
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++) {
        struct words words;
        if (!read_words(loader, value->items[i], row->key, &words))
            continue;
        for (int lang = 0; lang < LANG_COUNT; lang++)
            items[count++] = words.in[lang];
    }
    *(struct strs *)at(row, target) = (struct strs){items, count};
}

/* A scalar that says something else. */
static void tell_found(struct loader *loader, const struct tree_node *value,
    const struct form_row *row, const char *expected)
{
    loader_error(loader, value, "\"%s:\" expects %s, found \"%.*s\"%s", row->key, expected,
        STR_ARG(value->text), loader_slip(loader, value->text));
}

void form_ms(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    int64_t length_ms;
    if (!check_scalar(loader, value, row, "a length like 90s or 12m30s"))
        return;
    if (!duration_parse(value->text, &length_ms))
        tell_found(loader, value, row, "a length like 90s, 12m30s or 1h");
    else if (length_ms > LIMIT_EXERCISE_MS)
        loader_error(loader, value, "\"%s:\" is longer than thirty days", row->key);
    else
        *(int64_t *)at(row, target) = length_ms;
}

void form_calendar(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct form_moment moment;
    if (!check_scalar(loader, value, row, "a date and time"))
        return;
    if (calendar_parse(value->text, &moment.epoch_ms, &moment.offset_minutes))
        *(struct form_moment *)at(row, target) = moment;
    else
        tell_found(
            loader, value, row, "a date and time with its offset, like 2026-11-20T22:10:00+09:00");
}

void form_int(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    int64_t number;
    if (!check_scalar(loader, value, row, "a whole number"))
        return;
    if (str_to_int64(value->text, &number) && number > 0 && number <= INT32_MAX)
        *(int *)at(row, target) = (int)number;
    else
        tell_found(loader, value, row, "a whole number above zero");
}

void form_range(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    int64_t number;
    if (!check_scalar(loader, value, row, "a whole number"))
        return;
    if (str_to_int64(value->text, &number) && number >= row->min && number <= row->max)
        *(int *)at(row, target) = (int)number;
    else
        tell_found(loader, value, row,
            arena_format(loader->arena, "a whole number from %d to %d", row->min, row->max).ptr);
}

void form_bool(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const struct {
        const char *word;
        bool flag;
    } words[] = {{"yes", true}, {"no", false}, {"true", true}, {"false", false}};
    if (!check_scalar(loader, value, row, "yes or no"))
        return;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_is(value->text, words[i].word)) {
            *(bool *)at(row, target) = words[i].flag;
            return;
        }
    tell_found(loader, value, row, "yes or no");
}

struct strs form_name_list(struct loader *loader, const char *const *names, int count)
{
    struct str *items = ARENA_ARRAY(loader->arena, (size_t)count, struct str);
    size_t used = 0;
    for (int i = 0; i < count; i++)
        if (names[i][0] != '\0')
            items[used++] = str_of(names[i]);
    return (struct strs){items, used};
}

static bool find_name(struct loader *loader, const struct tree_node *place, struct str word,
    const struct form_row *row, int *ret_value)
{
    if (word.len > 0 && def_name_find(row->names, (size_t)row->name_count, word, ret_value))
        return true;
    loader_error(loader, place, "\"%s:\" cannot be \"%.*s\"%s", row->key, STR_ARG(word),
        loader_guess(loader, word, form_name_list(loader, row->names, row->name_count)));
    return false;
}

void form_name(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    int number;
    if (check_scalar(loader, value, row, "a word") &&
        find_name(loader, value, value->text, row, &number))
        *(int *)at(row, target) = number;
}

bool form_scalars(struct loader *loader, const struct tree_node *node, const char *expected,
    struct strs *ret_list)
{
    if (node->kind == TREE_SCALAR && !tree_is_empty(node)) {
        *ret_list = (struct strs){&node->text, 1};
        return true;
    }
    bool ok = node->kind == TREE_LIST && node->count > 0 && node->count <= LIMIT_LIST_ITEMS;
    for (size_t i = 0; ok && i < node->count; i++)
        ok = node->items[i]->kind == TREE_SCALAR && !tree_is_empty(node->items[i]);
    if (!ok) {
        loader_error(loader, node, "expected %s or a list of them, found %s", expected,
            node->kind == TREE_LIST && node->count == 0 ? "an empty list" : tree_found(node));
        return false;
    }
    struct str *items = ARENA_ARRAY(loader->arena, node->count, struct str);
    for (size_t i = 0; i < node->count; i++)
        items[i] = node->items[i]->text;
    *ret_list = (struct strs){items, node->count};
    return true;
}

void form_name_set(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct strs words;
    unsigned set = 0;
    if (!form_scalars(loader, value, "a word", &words))
        return;
    for (size_t i = 0; i < words.count; i++) {
        int number;
        if (!find_name(loader, value, words.items[i], row, &number))
            return;
        set |= 1u << number;
    }
    *(unsigned *)at(row, target) = set;
}

/* Where the i-th of form_scalars' words stands. */
static struct place place_of_item(const struct tree_node *value, size_t i)
{
    return value->kind == TREE_LIST ? value->items[i]->place : value->place;
}

void form_ids(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct strs list;
    if (value->kind == TREE_LIST && value->count == 0)
        return;
    if (!form_scalars(loader, value, "a name", &list))
        return;
    for (size_t i = 0; i < list.count; i++) {
        struct place place = place_of_item(value, i);
        if (!check_id(loader, place, list.items[i]))
            return;
        if (strs_contain((struct strs){list.items, i}, list.items[i])) {
            problems_tell(loader->problems, KIND_DUPLICATE, place,
                "\"%.*s\" stands twice in \"%s:\"; keep one of them", STR_ARG(list.items[i]),
                row->key);
            return;
        }
    }
    *(struct strs *)at(row, target) = list;
}

void form_ref(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (!check_scalar(loader, value, row, "a name"))
        return;
    refs_note(loader, row->of, value->text, STR(""), value->place);
    *(struct str *)at(row, target) = value->text;
}

void form_refs(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    form_ids(loader, value, row, target);
    struct strs list = *(struct strs *)at(row, target);
    for (size_t i = 0; i < list.count; i++)
        refs_note(loader, row->of, list.items[i], STR(""), place_of_item(value, i));
}

void form_list(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    size_t count;
    const void *items = form_fill_list(loader, row->form, value, &count);
    memcpy(at(row, target), &items, sizeof(items)); /* the field points to the form's own type */
    memcpy((char *)target + row->count_offset, &count, sizeof(count));
}

void form_inner(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)form_fill(loader, row->form, value, at(row, target));
}

void form_node(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)loader;
    *(const struct tree_node **)at(row, target) = value;
}

void form_ignore(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)loader, (void)value, (void)row, (void)target;
}

struct str form_join(struct loader *loader, struct strs words)
{
    struct str text = STR("");
    for (size_t i = 0; i < words.count; i++)
        text = arena_format(loader->arena, "%.*s%s%.*s", STR_ARG(text), i == 0 ? "" : ", ",
            STR_ARG(words.items[i]));
    return text;
}

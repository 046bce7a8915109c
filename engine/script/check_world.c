/* Values of the world: get "file-server" == "stoped" is never true, and nobody notices. Only the
 * story and `world:` give values, but for a facilitator who does so by hand. */
#include "script/check_parts.h"

/* Every call of `set` in the file. */
struct settings {
    const struct syntax **calls;
    size_t count, capacity;
};

static const struct syntax *plain(const struct syntax *value)
{
    struct str text;
    value = check_first(value);
    bool is_plain =
        value != NULL && value->kind == SYNTAX_STRING && lexer_plain_string(&value->token, &text);
    return is_plain ? value : NULL;
}

/* False when a value may be set in a way that nobody follows: through another name of the function,
 * or when it is not written which value it is. */
static bool gather(const struct checking *checking, struct settings *settings)
{
    size_t named = 0;
    for (size_t i = 0; i < checking->list.count; i++) {
        const struct syntax *syntax = checking->list.items[i];
        named += syntax->kind == SYNTAX_NAME && syntax->local == NULL &&
                 str_is(syntax->token.text, "set");
        if (!str_is(check_word(syntax), "set"))
            continue;
        if (plain(check_argument(syntax, 1)) == NULL)
            return false;
        settings->calls = arena_grow(checking->arena, settings->calls, settings->count,
            &settings->capacity, sizeof(*settings->calls));
        settings->calls[settings->count++] = syntax;
    }
    return named == settings->count;
}

/* What the name is ever given; false when that is not written out. */
static bool values_of(const struct checking *checking, const struct settings *settings,
    struct str name, struct strs *ret_values)
{
    const struct def *def = checking->def;
    int position = index_find(&def->world_index, name);
    if (position == INDEX_NONE)
        return false;
    struct str *values = ARENA_ARRAY(checking->arena, settings->count + 1, struct str);
    size_t count = 0;
    values[count++] = def->world[position].initial;
    for (size_t i = 0; i < settings->count; i++) {
        if (!str_eq(check_text(plain(check_argument(settings->calls[i], 1))), name))
            continue;
        const struct syntax *value = plain(check_argument(settings->calls[i], 2));
        if (value == NULL)
            return false;
        values[count++] = check_text(value);
    }
    *ret_values = (struct strs){values, count};
    return true;
}

/* The first few, each once. */
static struct str join(struct strs values, struct arena *arena)
{
    enum { VALUES_SHOWN = 8 };
    struct str text = values.items[0];
    size_t shown = 1;
    for (size_t i = 1; i < values.count && shown < VALUES_SHOWN; i++) {
        if (strs_contain((struct strs){values.items, i}, values.items[i]))
            continue;
        text = arena_format(arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(values.items[i]));
        shown++;
    }
    return text;
}

static void check_value(struct checking *checking, const struct settings *settings,
    const struct syntax *get, const struct syntax *string)
{
    const struct syntax *name = plain(check_argument(get, 1));
    struct strs values;
    if (name == NULL || !values_of(checking, settings, check_text(name), &values) ||
        strs_contain(values, check_text(string)))
        return;
    struct str near = str_nearest(check_text(string), values);
    if (near.len > 0)
        near = arena_format(checking->arena, "; did you mean \"%.*s\"?", STR_ARG(near));
    else
        near = arena_format(
            checking->arena, "; it is ever only: %.*s", STR_ARG(join(values, checking->arena)));
    problems_tell(checking->problems, KIND_UNSET_VALUE, check_place(checking, string),
        "nothing ever gives \"%.*s\" the value \"%.*s\"%.*s", STR_ARG(check_text(name)),
        STR_ARG(check_text(string)), STR_ARG(near));
}

void check_world(struct checking *checking)
{
    struct settings settings = {0};
    if (!gather(checking, &settings))
        return;
    for (size_t i = 0; i < checking->list.count; i++) {
        const struct syntax *binary = checking->list.items[i];
        if (binary->kind != SYNTAX_BINARY ||
            (!str_is(binary->token.text, "==") && !str_is(binary->token.text, "~=")))
            continue;
        const struct syntax *sides[] = {check_first(binary->base), check_first(binary->first)};
        for (int side = 0; side < 2; side++) {
            const struct syntax *string = plain(sides[1 - side]);
            if (str_is(check_word(sides[side]), "get") && string != NULL)
                check_value(checking, &settings, sides[side], string);
        }
    }
}

/* What an expression is known to be, as far as that stands in the text. Whoever is not sure says
 * nothing: a problem that is none costs more than one that is found in the rehearsal. */
#include "script/check_parts.h"

#include "core/pattern.h"

enum {
    FOLLOW_DEPTH = 8, /* variables that stand for variables */
    LOOKS_MOST = 4096 /* lists of lists of lists are worth more texts than there is time for */
};

struct str check_word(const struct syntax *call)
{
    bool is_word = call != NULL && call->kind == SYNTAX_CALL && call->base->kind == SYNTAX_NAME &&
                   call->base->local == NULL;
    return is_word ? call->base->token.text : STR("");
}

const struct syntax *check_argument(const struct syntax *call, int number)
{
    const struct syntax *argument = call->first;
    for (int i = 1; i < number && argument != NULL; i++)
        argument = argument->next;
    return argument;
}

struct str check_text(const struct syntax *string)
{
    struct str text = STR("");
    lexer_plain_string(&string->token, &text);
    return text;
}

static bool is_constant(const struct syntax *syntax)
{
    return syntax->kind == SYNTAX_NAME && syntax->local != NULL && !syntax->local->is_assigned;
}

const struct syntax *check_first(const struct syntax *syntax)
{
    for (int depth = 0; depth < FOLLOW_DEPTH && syntax != NULL && is_constant(syntax); depth++) {
        if (syntax->local->origin != SYNTAX_LOCAL || syntax->local->value == NULL)
            break;
        syntax = syntax->local->value;
    }
    return syntax;
}

static void add_values(
    const struct syntax *syntax, struct check_values *values, int depth, struct str key);

static void add_string(const struct syntax *string, struct check_values *values)
{
    struct str text;
    if (lexer_plain_string(&string->token, &text) && values->count < CHECK_VALUES)
        values->items[values->count++] = string;
}

/* The table's values under a key; with an empty one, all that it lists. */
static void add_members(
    const struct syntax *table, struct check_values *values, int depth, struct str key)
{
    const struct syntax *value = table->first;
    for (; value != NULL && values->look_count < LOOKS_MOST; value = value->next)
        if (key.len == 0 || str_eq(value->key, key))
            add_values(value, values, depth, STR(""));
}

/* for _, id in ipairs(list): one of what the list holds; ipairs passes over what has a name. */
static void add_each(const struct syntax *call, struct check_values *values, int depth)
{
    struct str word = check_word(call);
    bool is_list = str_is(word, "ipairs");
    if (!is_list && !str_is(word, "pairs"))
        return;
    const struct syntax *table = check_first(check_argument(call, 1));
    if (table == NULL || table->kind != SYNTAX_TABLE)
        return;
    const struct syntax *value = table->first;
    for (; value != NULL && values->look_count < LOOKS_MOST; value = value->next)
        if (!is_list || !value->has_key)
            add_values(value, values, depth, STR(""));
}

static void add_variable(const struct syntax *name, struct check_values *values, int depth)
{
    if (!is_constant(name) || name->local->value == NULL)
        return;
    if (name->local->origin == SYNTAX_EACH)
        add_each(name->local->value, values, depth);
    else if (name->local->origin == SYNTAX_LOCAL)
        add_values(name->local->value, values, depth, STR(""));
}

static void add_choice(const struct syntax *binary, struct check_values *values, int depth)
{
    if (str_is(binary->token.text, "or"))
        add_values(binary->base, values, depth, STR(""));
    if (str_is(binary->token.text, "or") || str_is(binary->token.text, "and"))
        add_values(binary->first, values, depth, STR(""));
}

/* What stands in front of the dot or bracket is a table of the file. */
static void add_part(
    const struct syntax *part, struct check_values *values, int depth, struct str key)
{
    const struct syntax *table = check_first(part->base);
    if (table != NULL && table->kind == SYNTAX_TABLE)
        add_members(table, values, depth, key);
}

static void add_picked(const struct syntax *call, struct check_values *values, int depth)
{
    if (!str_is(check_word(call), "pick"))
        return;
    for (const struct syntax *each = call->first; each != NULL; each = each->next)
        add_values(each, values, depth, STR(""));
}

static void add_values(
    const struct syntax *syntax, struct check_values *values, int depth, struct str key)
{
    if (depth == FOLLOW_DEPTH || syntax == NULL || values->look_count == LOOKS_MOST)
        return;
    values->look_count++;
    depth++;
    if (syntax->kind == SYNTAX_STRING)
        add_string(syntax, values);
    else if (syntax->kind == SYNTAX_NAME)
        add_variable(syntax, values, depth);
    else if (syntax->kind == SYNTAX_BINARY)
        add_choice(syntax, values, depth);
    else if (syntax->kind == SYNTAX_FIELD)
        add_part(syntax, values, depth, syntax->token.text);
    else if (syntax->kind == SYNTAX_INDEX)
        add_part(syntax, values, depth, STR(""));
    else if (syntax->kind == SYNTAX_TABLE)
        add_members(syntax, values, depth, key);
    else if (syntax->kind == SYNTAX_CALL)
        add_picked(syntax, values, depth);
}

void check_values_of(const struct syntax *syntax, struct check_values *ret_values)
{
    ret_values->count = ret_values->look_count = 0;
    add_values(syntax, ret_values, 0, STR(""));
}

const struct syntax *check_pattern(const struct syntax *syntax)
{
    syntax = check_first(syntax);
    if (syntax == NULL || pattern_name_find(check_word(syntax)) == NULL)
        return NULL;
    return syntax;
}

/* The call on(pattern, function) that a function is given to; NULL when there are several. */
static const struct syntax *handler_of(
    const struct checking *checking, const struct syntax *function)
{
    const struct syntax *found = NULL;
    for (size_t i = 0; i < checking->list.count; i++) {
        const struct syntax *call = checking->list.items[i];
        if (!str_is(check_word(call), "on") || check_first(check_argument(call, 2)) != function)
            continue;
        if (found != NULL)
            return NULL;
        found = call;
    }
    return found;
}

const struct syntax *check_event(const struct checking *checking, const struct syntax *syntax)
{
    syntax = check_first(syntax);
    if (syntax == NULL)
        return NULL;
    if (str_is(check_word(syntax), "await") || str_is(check_word(syntax), "happened"))
        return check_pattern(check_argument(syntax, 1));
    if (!is_constant(syntax) || syntax->local->origin != SYNTAX_PARAMETER ||
        syntax->local != syntax->local->function->parameters)
        return NULL;
    const struct syntax *call = handler_of(checking, syntax->local->function);
    return call != NULL ? check_pattern(check_argument(call, 1)) : NULL;
}

void check_questions(const struct syntax *call, struct check_values *ret_questions)
{
    const struct syntax *main = check_argument(call, 1);
    ret_questions->count = 0;
    if (main == NULL)
        return;
    const struct syntax *table = check_first(main);
    if (table->kind != SYNTAX_TABLE || table->first == NULL || !table->first->has_key) {
        check_values_of(main, ret_questions);
        return;
    }
    for (const struct syntax *value = table->first; value != NULL; value = value->next)
        if (str_is(value->key, "question"))
            check_values_of(value, ret_questions);
}

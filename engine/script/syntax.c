/* A reading of Lua 5.4's grammar (reference manual §9) by recursive descent.
 *
 * Chosen over looking at tokens alone, because whether a name is a local variable depends on
 * blocks, and over looking at compiled code, because that knows no columns and hides what was
 * written. */
#include "script/syntax.h"

#include <string.h>

enum { SYNTAX_DEPTH = 200 }; /* as deep as Lua's compiler goes */

struct reading {
    struct lexer lexer;
    struct lexer_token token, ahead; /* what is read now, and what comes next */
    bool has_token, has_ahead;
    struct arena *arena;
    struct syntax_list *list;
    struct syntax_local **scope; /* the variables that can be seen, innermost last */
    size_t scope_count, scope_capacity;
    int depth;
};

static struct syntax *read_expression(struct reading *reading, int limit);
static void read_block(struct reading *reading);

static void advance(struct reading *reading)
{
    reading->token = reading->ahead;
    reading->has_token = reading->has_ahead;
    reading->has_ahead = reading->has_ahead && lexer_next(&reading->lexer, &reading->ahead);
}

/* What is not well formed, or nested too deeply, ends the tokens. */
static void stop(struct reading *reading)
{
    reading->has_token = reading->has_ahead = false;
    reading->token = (struct lexer_token){.text = STR("")};
}

static bool is_at(const struct reading *reading, const char *text)
{
    return reading->has_token && reading->token.kind != LEXER_STRING &&
           str_is(reading->token.text, text);
}

static bool accept(struct reading *reading, const char *text)
{
    if (!is_at(reading, text))
        return false;
    advance(reading);
    return true;
}

static void expect(struct reading *reading, const char *text)
{
    if (!accept(reading, text))
        stop(reading);
}

static bool is_one_of(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(text, words[i]))
            return true;
    return false;
}

#define IS_ONE_OF(text, words) is_one_of(text, words, sizeof(words) / sizeof((words)[0]))

static bool is_keyword(struct str text)
{
    static const char *const keywords[] = {"and", "break", "do", "else", "elseif", "end", "false",
        "for", "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat", "return",
        "then", "true", "until", "while"};
    return IS_ONE_OF(text, keywords);
}

static bool is_at_name(const struct reading *reading)
{
    return reading->has_token && reading->token.kind == LEXER_NAME &&
           !is_keyword(reading->token.text);
}

static bool is_at_block_end(const struct reading *reading)
{
    static const char *const ends[] = {"end", "else", "elseif", "until"};
    return !reading->has_token ||
           (reading->token.kind == LEXER_NAME && IS_ONE_OF(reading->token.text, ends));
}

static struct syntax *add(
    struct reading *reading, enum syntax_kind kind, struct lexer_token token, struct syntax *base)
{
    struct syntax *syntax = ARENA_NEW(reading->arena, struct syntax);
    *syntax = (struct syntax){.kind = kind, .token = token, .base = base};
    struct syntax_list *list = reading->list;
    list->items =
        arena_grow(reading->arena, list->items, list->count, &list->capacity, sizeof(*list->items));
    list->items[list->count++] = syntax;
    return syntax;
}

/* ---- variables ---- */

static struct syntax_local *new_local(
    struct reading *reading, struct str name, enum syntax_origin origin)
{
    struct syntax_local *local = ARENA_NEW(reading->arena, struct syntax_local);
    *local = (struct syntax_local){.name = name, .origin = origin};
    struct syntax_list *list = reading->list;
    list->locals = arena_grow(
        reading->arena, list->locals, list->local_count, &list->local_capacity, sizeof(local));
    list->locals[list->local_count++] = local;
    return local;
}

/* From here on the name means this variable. */
static void show(struct reading *reading, struct syntax_local *local)
{
    reading->scope = arena_grow(reading->arena, reading->scope, reading->scope_count,
        &reading->scope_capacity, sizeof(struct syntax_local *));
    reading->scope[reading->scope_count++] = local;
}

static void show_all(struct reading *reading, struct syntax_local *local)
{
    for (; local != NULL; local = local->next)
        show(reading, local);
}

static struct syntax_local *find_local(const struct reading *reading, struct str name)
{
    for (size_t i = reading->scope_count; i > 0; i--)
        if (str_eq(reading->scope[i - 1]->name, name))
            return reading->scope[i - 1];
    return NULL;
}

/* Name {"," Name}, with attributes behind `local`. */
static struct syntax_local *read_names(struct reading *reading, enum syntax_origin origin)
{
    struct syntax_local *first = NULL, **end = &first;
    do {
        if (!is_at_name(reading)) {
            stop(reading);
            break;
        }
        *end = new_local(reading, reading->token.text, origin);
        end = &(*end)->next;
        advance(reading);
        if (accept(reading, "<")) {
            advance(reading);
            expect(reading, ">");
        }
    } while (accept(reading, ","));
    return first;
}

/* ---- expressions ---- */

static struct syntax *read_list(struct reading *reading)
{
    struct syntax *first = NULL, **end = &first;
    do {
        *end = read_expression(reading, 0);
        end = &(*end)->next;
    } while (accept(reading, ","));
    return first;
}

static void read_table_value(struct reading *reading, struct syntax ***end)
{
    struct str key = STR("");
    bool has_key = false;
    if (accept(reading, "[")) {
        const struct syntax *name = read_expression(reading, 0);
        has_key = true;
        if (name->kind == SYNTAX_STRING && !lexer_plain_string(&name->token, &key))
            key = STR("");
        expect(reading, "]");
        expect(reading, "=");
    } else if (is_at_name(reading) && reading->has_ahead && str_is(reading->ahead.text, "=")) {
        key = reading->token.text;
        has_key = true;
        advance(reading);
        advance(reading);
    }
    struct syntax *value = read_expression(reading, 0);
    value->key = key;
    value->has_key = has_key;
    **end = value;
    *end = &value->next;
}

static struct syntax *read_table(struct reading *reading)
{
    struct lexer_token token = reading->token;
    struct syntax *first = NULL, **end = &first;
    expect(reading, "{");
    while (reading->has_token && !is_at(reading, "}")) {
        read_table_value(reading, &end);
        if (!accept(reading, ",") && !accept(reading, ";"))
            break;
    }
    expect(reading, "}");
    struct syntax *table = add(reading, SYNTAX_TABLE, token, NULL);
    table->first = first;
    return table;
}

/* From the parameters to the end. */
static struct syntax *read_function(struct reading *reading, bool has_self)
{
    struct syntax *function = add(reading, SYNTAX_FUNCTION, reading->token, NULL);
    size_t outside = reading->scope_count;
    if (has_self)
        show(reading, new_local(reading, STR("self"), SYNTAX_UNKNOWN));
    expect(reading, "(");
    if (is_at_name(reading))
        function->parameters = read_names(reading, SYNTAX_PARAMETER);
    accept(reading, "...");
    expect(reading, ")");
    for (struct syntax_local *local = function->parameters; local != NULL; local = local->next)
        local->function = function;
    show_all(reading, function->parameters);
    read_block(reading);
    expect(reading, "end");
    reading->scope_count = outside;
    return function;
}

static bool is_at_arguments(const struct reading *reading)
{
    return reading->has_token &&
           (reading->token.kind == LEXER_STRING || is_at(reading, "(") || is_at(reading, "{"));
}

static struct syntax *read_arguments(struct reading *reading)
{
    struct syntax *first = NULL;
    if (is_at(reading, "{"))
        return read_table(reading);
    if (reading->token.kind == LEXER_STRING) {
        first = add(reading, SYNTAX_STRING, reading->token, NULL);
        advance(reading);
        return first;
    }
    expect(reading, "(");
    if (!is_at(reading, ")"))
        first = read_list(reading);
    expect(reading, ")");
    return first;
}

static struct syntax *read_call(
    struct reading *reading, enum syntax_kind kind, struct lexer_token token, struct syntax *base)
{
    struct syntax *first = read_arguments(reading);
    struct syntax *call = add(reading, kind, token, base);
    call->first = first;
    return call;
}

/* What stands behind a name or a bracket: .field [index] :method(…) (…) */
static struct syntax *read_suffixes(struct reading *reading, struct syntax *base)
{
    while (reading->has_token) {
        if (accept(reading, ".")) {
            base = add(reading, SYNTAX_FIELD, reading->token, base);
            advance(reading);
        } else if (is_at(reading, "[")) {
            struct lexer_token token = reading->token;
            advance(reading);
            struct syntax *key = read_expression(reading, 0);
            expect(reading, "]");
            base = add(reading, SYNTAX_INDEX, token, base);
            base->first = key;
        } else if (accept(reading, ":")) {
            struct lexer_token token = reading->token;
            advance(reading);
            base = read_call(reading, SYNTAX_METHOD, token, base);
        } else if (is_at_arguments(reading)) {
            base = read_call(reading, SYNTAX_CALL, base->token, base);
        } else {
            break;
        }
    }
    return base;
}

static struct syntax *read_name(struct reading *reading)
{
    struct syntax *name = add(reading, SYNTAX_NAME, reading->token, NULL);
    name->local = find_local(reading, reading->token.text);
    advance(reading);
    return name;
}

static struct syntax *read_primary(struct reading *reading)
{
    if (is_at_name(reading))
        return read_suffixes(reading, read_name(reading));
    if (accept(reading, "(")) {
        struct syntax *inner = read_expression(reading, 0);
        expect(reading, ")");
        return read_suffixes(reading, inner);
    }
    stop(reading);
    return add(reading, SYNTAX_OTHER, reading->token, NULL);
}

static struct syntax *read_simple(struct reading *reading)
{
    static const char *const constants[] = {"nil", "true", "false", "..."};
    struct lexer_token token = reading->token;
    if (is_at(reading, "{"))
        return read_table(reading);
    if (accept(reading, "function"))
        return read_function(reading, false);
    bool is_string = reading->has_token && token.kind == LEXER_STRING;
    bool is_constant =
        reading->has_token && (token.kind == LEXER_NUMBER || IS_ONE_OF(token.text, constants));
    if (!is_string && !is_constant)
        return read_primary(reading);
    advance(reading);
    return add(reading, is_string ? SYNTAX_STRING : SYNTAX_OTHER, token, NULL);
}

/* How strongly an operator binds to what stands left and right of it (§3.4.8). */
static const struct {
    const char *text;
    int left, right;
} operators[] = {{"or", 1, 1}, {"and", 2, 2}, {"<", 3, 3}, {">", 3, 3}, {"<=", 3, 3}, {">=", 3, 3},
    {"~=", 3, 3}, {"==", 3, 3}, {"|", 4, 4}, {"~", 5, 5}, {"&", 6, 6}, {"<<", 7, 7}, {">>", 7, 7},
    {"..", 9, 8}, {"+", 10, 10}, {"-", 10, 10}, {"*", 11, 11}, {"/", 11, 11}, {"//", 11, 11},
    {"%", 11, 11}, {"^", 14, 13}};

enum { OPERATOR_COUNT = sizeof(operators) / sizeof(operators[0]), OPERATOR_UNARY = 12 };

static int find_operator(const struct reading *reading)
{
    for (int i = 0; i < OPERATOR_COUNT; i++)
        if (is_at(reading, operators[i].text))
            return i;
    return -1;
}

static struct syntax *read_unary(struct reading *reading)
{
    static const char *const unary[] = {"not", "-", "#", "~"};
    struct lexer_token token = reading->token;
    bool is_unary =
        reading->has_token && token.kind != LEXER_STRING && IS_ONE_OF(token.text, unary);
    if (!is_unary)
        return read_simple(reading);
    advance(reading);
    return add(reading, SYNTAX_UNARY, token, read_expression(reading, OPERATOR_UNARY));
}

/* Everything that binds more strongly than the limit. */
static struct syntax *read_expression(struct reading *reading, int limit)
{
    if (reading->depth == SYNTAX_DEPTH)
        stop(reading);
    reading->depth++;
    struct syntax *left = read_unary(reading);
    int at;
    while ((at = find_operator(reading)) >= 0 && operators[at].left > limit) {
        struct lexer_token token = reading->token;
        advance(reading);
        struct syntax *right = read_expression(reading, operators[at].right);
        left = add(reading, SYNTAX_BINARY, token, left);
        left->first = right;
    }
    reading->depth--;
    return left;
}

/* ---- statements ---- */

static void mark_target(struct syntax *target)
{
    target->is_target = true;
    if (target->kind == SYNTAX_NAME && target->local != NULL)
        target->local->is_assigned = true;
}

/* A call, or targets and their values. */
static void read_plain(struct reading *reading)
{
    struct syntax *target = read_primary(reading);
    if (!is_at(reading, ",") && !is_at(reading, "="))
        return;
    mark_target(target);
    while (accept(reading, ","))
        mark_target(read_primary(reading));
    expect(reading, "=");
    read_list(reading);
}

/* The values belong to the names one by one; only a call may be worth several, and then none of
 * the names behind it is known. */
static void read_local(struct reading *reading)
{
    struct syntax_local *first = read_names(reading, SYNTAX_LOCAL);
    const struct syntax *value = accept(reading, "=") ? read_list(reading) : NULL;
    for (struct syntax_local *local = first; local != NULL && value != NULL; local = local->next) {
        local->value = value;
        value = value->next;
    }
    show_all(reading, first);
}

static void read_local_function(struct reading *reading)
{
    struct syntax_local *local = new_local(reading, reading->token.text, SYNTAX_LOCAL);
    if (!is_at_name(reading))
        stop(reading);
    advance(reading);
    show(reading, local);
    local->value = read_function(reading, false);
}

static void read_function_statement(struct reading *reading)
{
    bool has_self = false;
    if (!is_at_name(reading)) {
        stop(reading);
        return;
    }
    struct syntax *target = read_name(reading);
    while (is_at(reading, ".") || is_at(reading, ":")) {
        has_self = is_at(reading, ":");
        advance(reading);
        target = add(reading, SYNTAX_FIELD, reading->token, target);
        advance(reading);
    }
    mark_target(target);
    read_function(reading, has_self);
}

/* A block with variables of its own, and the word that ends it. */
static void read_body(struct reading *reading, struct syntax_local *locals, const char *end)
{
    size_t outside = reading->scope_count;
    show_all(reading, locals);
    read_block(reading);
    reading->scope_count = outside;
    expect(reading, end);
}

static void read_if(struct reading *reading)
{
    do {
        read_expression(reading, 0);
        expect(reading, "then");
        size_t outside = reading->scope_count;
        read_block(reading);
        reading->scope_count = outside;
    } while (accept(reading, "elseif"));
    if (accept(reading, "else"))
        read_body(reading, NULL, "end");
    else
        expect(reading, "end");
}

static void read_for(struct reading *reading)
{
    struct syntax_local *locals = read_names(reading, SYNTAX_UNKNOWN);
    bool is_each = accept(reading, "in");
    if (!is_each)
        expect(reading, "=");
    const struct syntax *values = read_list(reading);
    struct syntax_local *last = locals;
    while (last != NULL && last->next != NULL)
        last = last->next;
    if (is_each && last != NULL && last != locals) {
        last->origin = SYNTAX_EACH;
        last->value = values;
    }
    expect(reading, "do");
    read_body(reading, locals, "end");
}

static void read_while(struct reading *reading)
{
    read_expression(reading, 0);
    expect(reading, "do");
    read_body(reading, NULL, "end");
}

/* The condition still sees what the block has made. */
static void read_repeat(struct reading *reading)
{
    size_t outside = reading->scope_count;
    read_block(reading);
    expect(reading, "until");
    read_expression(reading, 0);
    reading->scope_count = outside;
}

static void read_do(struct reading *reading)
{
    read_body(reading, NULL, "end");
}

static void read_return(struct reading *reading)
{
    if (!is_at_block_end(reading) && !is_at(reading, ";"))
        read_list(reading);
    accept(reading, ";");
}

static void read_declaration(struct reading *reading)
{
    if (accept(reading, "function"))
        read_local_function(reading);
    else
        read_local(reading);
}

static void read_break(struct reading *reading)
{
    (void)reading;
}

/* `goto` is no keyword to those who call something so; Lua 5.4 reserves it all the same. */
static void read_label(struct reading *reading)
{
    advance(reading);
}

static const struct {
    const char *word;
    void (*read)(struct reading *reading);
} statements[] = {
    {"break", read_break},
    {"do", read_do},
    {"for", read_for},
    {"function", read_function_statement},
    {"goto", read_label},
    {"if", read_if},
    {"local", read_declaration},
    {"repeat", read_repeat},
    {"return", read_return},
    {"while", read_while},
};

static void read_statement(struct reading *reading)
{
    if (accept(reading, ";"))
        return;
    if (accept(reading, "::")) {
        advance(reading);
        expect(reading, "::");
        return;
    }
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
        if (accept(reading, statements[i].word)) {
            statements[i].read(reading);
            return;
        }
    read_plain(reading);
}

/* The caller takes the block's variables away. */
static void read_block(struct reading *reading)
{
    if (reading->depth == SYNTAX_DEPTH)
        stop(reading);
    reading->depth++;
    while (!is_at_block_end(reading))
        read_statement(reading);
    reading->depth--;
}

void syntax_read(struct str source, struct arena *arena, struct syntax_list *ret_list)
{
    *ret_list = (struct syntax_list){0};
    struct reading reading = {.arena = arena, .list = ret_list, .has_ahead = true};
    lexer_init(&reading.lexer, source);
    reading.has_ahead = lexer_next(&reading.lexer, &reading.ahead);
    advance(&reading);
    while (reading.has_token) {
        size_t at = reading.lexer.at;
        read_block(&reading);
        if (reading.has_token && reading.lexer.at == at)
            stop(&reading); /* an "end" too many */
    }
}

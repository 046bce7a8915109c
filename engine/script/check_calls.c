/* What is given to the functions of the language: ids and times.
 *
 * Helper functions of the file are looked through: nudge "x" names an inject when nudge gives its
 * parameter to `inject`. */
#include <stddef.h>

#include "base/duration.h"
#include "base/limits.h"
#include "core/pattern.h"
#include "script/check_parts.h"
#include "script/names.h"

enum meaning { NAMES, LASTS };

/* What one argument means. The table of functions (api.c) says how each is called, this what
 * becomes of it; a test compares the two. */
static const struct argument {
    const char *word;
    int number;      /* of the argument */
    const char *key; /* in a table that is the argument; NULL: the argument itself */
    enum meaning meaning;
    enum field_of of;     /* NAMES */
    enum mention_use use; /* NAMES */
    bool is_story_time;   /* LASTS: may be longer than the exercise */
} arguments[] = {
    {"inject", 1, NULL, NAMES, OF_INJECT, MENTION_CAUSE, false},
    {"inject", 2, "after", LASTS, OF_ANY, MENTION_TEXT, false},
    {"contingency", 1, NULL, NAMES, OF_INJECT, MENTION_CAUSE, false},
    {"ask", 1, NULL, NAMES, OF_QUESTION, MENTION_CAUSE, false},
    {"ask", 2, NULL, LASTS, OF_ANY, MENTION_TEXT, false},
    {"reply", 2, NULL, NAMES, OF_INJECT, MENTION_CAUSE, false},
    {"reply", 3, "after", LASTS, OF_ANY, MENTION_TEXT, false},
    {"approve", 2, NULL, NAMES, OF_STAKEHOLDER, MENTION_CAUSE, false},
    {"hint", 1, NULL, NAMES, OF_HINT, MENTION_CAUSE, false},
    {"reveal", 1, NULL, NAMES, OF_FACT, MENTION_CAUSE, false},
    {"reveal", 2, NULL, NAMES, OF_ROLE, MENTION_CAUSE, false},
    {"set", 1, NULL, NAMES, OF_WORLD, MENTION_CAUSE, false},
    {"begin_phase", 1, NULL, NAMES, OF_PHASE, MENTION_CAUSE, false},
    {"jump", 1, NULL, LASTS, OF_ANY, MENTION_TEXT, true},
    {"jump", 1, "phase", NAMES, OF_PHASE, MENTION_CAUSE, false},
    {"await", 2, NULL, LASTS, OF_ANY, MENTION_TEXT, false},
    {"wait", 1, NULL, LASTS, OF_ANY, MENTION_TEXT, false},
    {"wait_until", 1, NULL, LASTS, OF_ANY, MENTION_TEXT, false},
    {"every", 1, NULL, LASTS, OF_ANY, MENTION_TEXT, false},
    {"happened", 2, NULL, LASTS, OF_ANY, MENTION_TEXT, false},
    {"get", 1, NULL, NAMES, OF_WORLD, MENTION_LOOK, false},
    {"knows", 1, NULL, NAMES, OF_PARTY, MENTION_LOOK, false},
    {"knows", 2, NULL, NAMES, OF_FACT, MENTION_LOOK, false},
    {"seen", 1, NULL, NAMES, OF_INJECT, MENTION_LOOK, false},
    {"decided", 1, NULL, NAMES, OF_QUESTION, MENTION_LOOK, false},
    {"seated", 1, NULL, NAMES, OF_ROLE, MENTION_LOOK, false},
};

enum {
    ARGUMENT_COUNT = sizeof(arguments) / sizeof(arguments[0]),
    ROUNDS = 4 /* helpers that call helpers */
};

enum field_of check_calls_of(struct str word, int number)
{
    for (int i = 0; i < ARGUMENT_COUNT; i++)
        if (str_is(word, arguments[i].word) && arguments[i].number == number &&
            arguments[i].key == NULL && arguments[i].meaning == NAMES)
            return arguments[i].of;
    return OF_ANY;
}

/* The argument, or what it holds under the key. */
static const struct syntax *given(const struct syntax *call, const struct argument *argument)
{
    const struct syntax *value = check_argument(call, argument->number);
    const struct syntax *table = check_first(value);
    bool is_table = table != NULL && table->kind == SYNTAX_TABLE;
    if (argument->key == NULL)
        return is_table && argument->meaning == LASTS ? NULL : value;
    if (!is_table)
        return NULL;
    for (value = table->first; value != NULL; value = value->next)
        if (str_is(value->key, argument->key))
            return value;
    return NULL;
}

static void check_lasts(struct checking *checking, struct str word, const struct argument *argument,
    const struct syntax *string)
{
    struct str text = check_text(string);
    struct place place = check_place(checking, string);
    int64_t ms, end_ms = checking->def->duration_ms;
    if (!duration_parse(text, &ms))
        problems_tell(checking->problems, KIND_BAD_DURATION, place,
            "%.*s: \"%.*s\" is not a duration; write it as in \"90s\", \"5m\" or \"1h30m\"",
            STR_ARG(word), STR_ARG(text));
    else if (ms > LIMIT_EXERCISE_MS && !argument->is_story_time)
        problems_tell(checking->problems, KIND_BAD_DURATION, place,
            "%.*s: \"%.*s\" is longer than any exercise; shorten it", STR_ARG(word), STR_ARG(text));
    else if (end_ms > 0 && ms > end_ms && !argument->is_story_time)
        problems_tell(checking->problems, KIND_LATE, place,
            "%.*s: \"%.*s\" is longer than the whole exercise, which lasts %.*s; shorten it, or "
            "lengthen \"duration:\" in scenario.yaml",
            STR_ARG(word), STR_ARG(text),
            STR_ARG(duration_format(checking->arena, checking->def->duration_ms)));
}

static void check_meant(struct checking *checking, struct str word, const struct argument *argument,
    const struct syntax *string)
{
    if (argument->meaning == LASTS) {
        check_lasts(checking, word, argument, string);
        return;
    }
    check_name(checking, word, argument->of, string);
    check_mention(checking, &(struct mention){argument->use, argument->of, check_text(string), word,
                                check_place(checking, string)});
}

static void check_values(struct checking *checking, struct str word,
    const struct argument *argument, const struct syntax *value)
{
    struct check_values values;
    check_values_of(value, &values);
    for (size_t i = 0; i < values.count; i++)
        check_meant(checking, word, argument, values.items[i]);
}

/* ---- through helper functions ---- */

/* A parameter's number says which row its argument has, from 1; 0: not known. */
static const struct argument *meaning_of(const struct syntax_local *parameter)
{
    return parameter->number > 0 ? &arguments[parameter->number - 1] : NULL;
}

static void note_parameter(const struct syntax *value, const struct argument *argument)
{
    bool is_parameter = value != NULL && value->kind == SYNTAX_NAME && value->local != NULL &&
                        value->local->origin == SYNTAX_PARAMETER && !value->local->is_assigned;
    if (is_parameter && value->local->number == 0)
        value->local->number = (int)(argument - arguments) + 1;
}

/* The function of this file that is called, or NULL. */
static const struct syntax *helper_of(const struct syntax *call)
{
    if (call->kind != SYNTAX_CALL)
        return NULL;
    const struct syntax *function = check_first(call->base);
    return function->kind == SYNTAX_FUNCTION ? function : NULL;
}

typedef void argument_visit(struct checking *checking, struct str word,
    const struct argument *argument, const struct syntax *value);

static void visit_helper(
    struct checking *checking, const struct syntax *call, argument_visit *visit)
{
    const struct syntax *helper = helper_of(call), *value = call->first;
    const struct syntax_local *parameter = helper != NULL ? helper->parameters : NULL;
    for (; parameter != NULL && value != NULL; parameter = parameter->next, value = value->next)
        if (meaning_of(parameter) != NULL)
            visit(checking, call->base->token.text, meaning_of(parameter), value);
}

static void visit_call(struct checking *checking, const struct syntax *call, argument_visit *visit)
{
    struct str word = check_word(call);
    bool is_pattern = pattern_name_find(word) != NULL && check_argument(call, 2) == NULL;
    for (int i = 0; i < ARGUMENT_COUNT && word.len > 0 && !is_pattern; i++) {
        const struct argument *argument = &arguments[i];
        const struct syntax *value = str_is(word, argument->word) ? given(call, argument) : NULL;
        if (value != NULL)
            visit(checking, word, argument, value);
    }
    visit_helper(checking, call, visit);
}

static void visit_calls(struct checking *checking, argument_visit *visit)
{
    for (size_t i = 0; i < checking->list.count; i++)
        if (checking->list.items[i]->kind == SYNTAX_CALL)
            visit_call(checking, checking->list.items[i], visit);
}

static void note(struct checking *checking, struct str word, const struct argument *argument,
    const struct syntax *value)
{
    (void)checking, (void)word;
    note_parameter(value, argument);
}

/* ---- patterns ---- */

/* A list with named conditions in it is refused whole, by the pattern itself. */
static bool is_mixed(const struct syntax *table)
{
    for (const struct syntax *value = table->first; value != NULL; value = value->next)
        if (value->has_key != table->first->has_key)
            return true;
    return false;
}

static void check_pattern_call(struct checking *checking, const struct syntax *call)
{
    const struct pattern_name *name = pattern_name_find(check_word(call));
    const struct syntax *argument = name != NULL ? check_argument(call, 1) : NULL;
    if (argument == NULL || (str_is(check_word(call), "knows") && argument->next != NULL))
        return;
    const struct syntax *table = check_first(argument);
    bool is_table = table->kind == SYNTAX_TABLE && table->first != NULL;
    bool is_named = is_table && table->first->has_key;
    if (is_table && is_mixed(table))
        return;
    if (!is_named && name->main != NULL)
        check_condition(checking, call, str_of(name->main), argument);
    for (const struct syntax *value = table->first; is_named && value; value = value->next)
        if (value->key.len > 0)
            check_condition(checking, call, value->key, value);
}

void check_calls(struct checking *checking)
{
    for (int round = 0; round < ROUNDS; round++)
        visit_calls(checking, note);
    visit_calls(checking, check_values);
    for (size_t i = 0; i < checking->list.count; i++)
        check_pattern_call(checking, checking->list.items[i]);
}

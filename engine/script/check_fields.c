/* Conditions of patterns, and what stories do with the events that come of them:
 * event.option == "stop". */
#include <string.h>

#include "core/known.h"
#include "core/pattern.h"
#include "script/check_parts.h"
#include "script/names.h"

static bool is_id(const struct field *field)
{
    return field->type == FIELD_ID || field->type == FIELD_IDS;
}

/* Whoever can act: seats and parties, and those that are neither. */
static bool is_actor(const struct def *def, struct str id)
{
    static const char *const others[] = {"facilitator", "evaluator", "story", "clock", "host"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (str_is(id, others[i]))
            return true;
    return names_has(def, OF_SEAT, id) || names_has(def, OF_PARTY, id);
}

static void check_actor(struct checking *checking, struct str word, const struct syntax *string)
{
    struct str id = check_text(string);
    if (is_actor(checking->def, id))
        return;
    struct str advice = names_advice(checking->def, OF_PARTY, id, checking->arena);
    problems_tell(checking->problems, KIND_UNKNOWN_NAME, check_place(checking, string),
        "%.*s: no role, seat or stakeholder is called \"%.*s\"%.*s", STR_ARG(word), STR_ARG(id),
        STR_ARG(advice));
}

/* ---- options ---- */

static void add_options(
    const struct checking *checking, const struct def_question *question, struct strs *options)
{
    struct str *items =
        ARENA_ARRAY(checking->arena, options->count + question->option_count, struct str);
    if (options->count > 0)
        memcpy(items, options->items, options->count * sizeof(*items));
    for (size_t i = 0; i < question->option_count; i++)
        items[options->count + i] = question->options[i].id;
    *options = (struct strs){items, options->count + question->option_count};
}

/* The options of these questions; of all when none of them is known. */
static struct strs options_of(const struct checking *checking, const struct check_values *questions)
{
    struct strs options = {0};
    const struct def *def = checking->def;
    for (size_t i = 0; i < questions->count; i++) {
        const struct def_question *question = def_question(def, check_text(questions->items[i]));
        if (question != NULL)
            add_options(checking, question, &options);
    }
    for (size_t i = 0; options.count == 0 && i < def->question_count; i++)
        if (questions->count == 0)
            add_options(checking, &def->questions[i], &options);
    return options;
}

/* A question that does not exist has been told of; its options would only be noise. */
static void check_option(
    struct checking *checking, const struct check_values *questions, const struct syntax *string)
{
    struct strs options = options_of(checking, questions);
    struct str id = check_text(string), near = str_nearest(id, options);
    check_mention(checking, &(struct mention){MENTION_LOOK, OF_OPTION, id, STR("option"),
                                check_place(checking, string)});
    if (strs_contain(options, id) || (options.count == 0 && questions->count > 0))
        return;
    problems_tell(checking->problems, KIND_IMPOSSIBLE_VALUE, check_place(checking, string),
        "no option of %s%.*s%s is called \"%.*s\"%s%.*s%s",
        questions->count > 0 ? "\"" : "any question",
        questions->count > 0 ? (int)check_text(questions->items[0]).len : 0,
        questions->count > 0 ? check_text(questions->items[0]).ptr : "",
        questions->count > 0 ? "\"" : "", STR_ARG(id), near.len > 0 ? "; did you mean \"" : "",
        STR_ARG(near), near.len > 0 ? "\"?" : "; see injects.yaml");
}

/* ---- conditions ---- */

/* What a status is declared of. */
static void check_subject(struct checking *checking, const struct syntax *string)
{
    struct strs subjects = checking->def->matters;
    struct str id = check_text(string), near = str_nearest(id, subjects);
    if (!strs_contain(subjects, id))
        problems_tell(checking->problems, KIND_UNKNOWN_NAME, check_place(checking, string),
            "declaration: nothing under \"matters:\" is called \"%.*s\"%s%.*s%s", STR_ARG(id),
            near.len > 0 ? "; did you mean \"" : "", STR_ARG(near),
            near.len > 0 ? "\"?" : "; see scenario.yaml");
}

static void check_ids(struct checking *checking, const struct syntax *pattern,
    const struct field *field, const struct check_values *values)
{
    struct check_values questions;
    check_questions(pattern, &questions);
    struct str word = check_word(pattern);
    for (size_t i = 0; i < values->count; i++) {
        const struct syntax *string = values->items[i];
        if (field->of == OF_OPTION) {
            check_option(checking, &questions, string);
            continue;
        }
        if (str_is(word, "declaration") && str_is(str_of(field->name), "of"))
            check_subject(checking, string);
        check_name(checking, word, field->of, string);
        check_mention(checking, &(struct mention){MENTION_AWAIT, field->of, check_text(string),
                                    word, check_place(checking, string)});
    }
}

/* The sentence is the one with which the pattern itself would refuse the condition. */
static bool check_addition(struct checking *checking, const struct syntax *pattern,
    struct str field, struct str value, const struct syntax *at)
{
    struct pattern compiled;
    struct err err;
    pattern_begin(&compiled, pattern_name_find(check_word(pattern)));
    if (pattern_add(&compiled, checking->arena, field, (struct strs){&value, 1}, &err))
        return true;
    problems_tell(
        checking->problems, KIND_UNKNOWN_FIELD, check_place(checking, at), "%s", err.message);
    return false;
}

void check_condition(struct checking *checking, const struct syntax *pattern, struct str field,
    const struct syntax *value)
{
    const struct pattern_name *name = pattern_name_find(check_word(pattern));
    const struct field *row = field_find(event_kinds[name->event_kind].fields, field);
    struct check_values values;
    check_values_of(value, &values);
    bool is_good = values.count > 0 || row == NULL || row->type != FIELD_NAME;
    if (row == NULL || !is_id(row))
        for (size_t i = 0; i < values.count && is_good; i++)
            is_good = check_addition(
                checking, pattern, field, check_text(values.items[i]), values.items[i]);
    if (values.count == 0 && row == NULL && !str_is(field, "by"))
        is_good = check_addition(checking, pattern, field, STR("x"), value);
    for (size_t i = 0; is_good && str_is(field, "by") && i < values.count; i++)
        check_actor(checking, check_word(pattern), values.items[i]);
    if (row != NULL && is_id(row))
        check_ids(checking, pattern, row, &values);
}

/* ---- fields of events ---- */

static const struct field *field_of_event(const struct syntax *pattern, struct str name)
{
    const struct pattern_name *row = pattern_name_find(check_word(pattern));
    return field_find(event_kinds[row->event_kind].fields, name);
}

static bool is_envelope(struct str name)
{
    return str_is(name, "kind") || str_is(name, "actor") || str_is(name, "at_ms");
}

static struct strs field_names(const struct checking *checking, const struct fields *fields)
{
    static const char *const envelope[] = {"kind", "actor", "at_ms"};
    struct str *items = ARENA_ARRAY(checking->arena, fields->count + 3, struct str);
    size_t count = 0;
    for (; count < 3; count++)
        items[count] = str_of(envelope[count]);
    for (size_t i = 0; i < fields->count; i++)
        if (fields->rows[i].type != FIELD_TEXT)
            items[count++] = str_of(fields->rows[i].name);
    return (struct strs){items, count};
}

static void check_field(struct checking *checking, const struct syntax *syntax)
{
    const struct syntax *pattern = check_event(checking, syntax->base);
    struct str name = syntax->token.text;
    if (pattern == NULL || syntax->is_target)
        return;
    const struct event_kind_row *event =
        &event_kinds[pattern_name_find(check_word(pattern))->event_kind];
    const struct field *field = field_find(event->fields, name);
    if (is_envelope(name) || (field != NULL && field->type != FIELD_TEXT))
        return;
    struct str near = str_nearest(name, field_names(checking, &event->fields));
    const char *remedy = field != NULL ? "; a story never sees what people write in their own words"
                         : near.len > 0 ? "; did you mean \""
                                        : "; see docs/events.md";
    problems_tell(checking->problems, KIND_UNKNOWN_FIELD, check_place(checking, syntax),
        "the event \"%s\" shows no \"%.*s\"%s%.*s%s", event->name, STR_ARG(name), remedy,
        field == NULL ? (int)near.len : 0, near.ptr, field == NULL && near.len > 0 ? "\"?" : "");
}

/* ---- comparisons ---- */

static void check_named_value(struct checking *checking, const struct syntax *pattern,
    const struct field *field, const struct syntax *string)
{
    struct pattern compiled;
    struct err err;
    struct str value = check_text(string);
    pattern_begin(&compiled, pattern_name_find(check_word(pattern)));
    if (!pattern_add(
            &compiled, checking->arena, str_of(field->name), (struct strs){&value, 1}, &err))
        problems_tell(checking->problems, KIND_IMPOSSIBLE_VALUE, check_place(checking, string),
            "%s", err.message);
}

static void check_event_value(struct checking *checking, const struct syntax *pattern,
    struct str name, const struct syntax *string)
{
    const struct field *field = field_of_event(pattern, name);
    struct check_values questions;
    check_questions(pattern, &questions);
    if (str_is(name, "actor"))
        check_actor(checking, check_word(pattern), string);
    else if (field == NULL)
        return;
    else if (field->type == FIELD_NAME)
        check_named_value(checking, pattern, field, string);
    else if (field->of == OF_OPTION)
        check_option(checking, &questions, string);
    else if (is_id(field) && check_text(string).len > 0)
        check_name(checking, check_word(pattern), field->of, string);
}

/* Where nothing is known of a value, "option" still is a word that events have. */
static bool is_some_option(const struct syntax *field)
{
    const struct syntax *base = check_first(field->base);
    return str_is(field->token.text, "option") && base->kind != SYNTAX_TABLE;
}

/* One side is what was chosen, the other a text. */
static void check_side(
    struct checking *checking, const struct syntax *side, const struct syntax *string)
{
    struct check_values questions = {.count = 0};
    const struct syntax *call = check_first(side);
    if (str_is(check_word(call), "ask") || str_is(check_word(call), "decided")) {
        check_questions(call, &questions);
        check_option(checking, &questions, string);
        return;
    }
    if (side->kind != SYNTAX_FIELD)
        return;
    const struct syntax *pattern = check_event(checking, side->base);
    if (pattern != NULL)
        check_event_value(checking, pattern, side->token.text, string);
    else if (is_some_option(side))
        check_option(checking, &questions, string);
}

static void check_comparison(struct checking *checking, const struct syntax *binary)
{
    const struct syntax *sides[] = {binary->base, binary->first};
    struct check_values values;
    for (int i = 0; i < 2; i++) {
        check_values_of(sides[1 - i], &values);
        for (size_t v = 0; v < values.count; v++)
            check_side(checking, sides[i], values.items[v]);
    }
}

void check_fields(struct checking *checking)
{
    for (size_t i = 0; i < checking->list.count; i++) {
        const struct syntax *syntax = checking->list.items[i];
        bool is_comparison = syntax->kind == SYNTAX_BINARY &&
                             (str_is(syntax->token.text, "==") || str_is(syntax->token.text, "~="));
        if (syntax->kind == SYNTAX_FIELD)
            check_field(checking, syntax);
        else if (is_comparison)
            check_comparison(checking, syntax);
    }
}

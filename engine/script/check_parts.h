/* The inside of check: one file a question that is asked of each expression. */
#ifndef SCRIPT_CHECK_PARTS_H
#define SCRIPT_CHECK_PARTS_H

#include "core/event.h"
#include "script/check.h"
#include "script/syntax.h"

/* Lives for one check_story. */
struct checking {
    const struct def *def;
    struct arena *arena;
    struct problems *problems;
    struct syntax_list list;
    struct mentions *mentions;
    struct index meant; /* strings whose use is known, by place */
};

struct place check_place(const struct checking *checking, const struct syntax *syntax);

/* The word of the environment that is called, or the empty one: locals and fields are no words. */
struct str check_word(const struct syntax *call);
const struct syntax *check_argument(const struct syntax *call, int number); /* from 1; or NULL */

/* ---- check_known.c: what an expression is known to be ---- */

enum { CHECK_VALUES = 64 };

/* The texts that an expression may be worth, as far as they are written out. */
struct check_values {
    const struct syntax *items[CHECK_VALUES]; /* plain strings */
    size_t count;
    size_t look_count; /* at how many expressions it took */
};
void check_values_of(const struct syntax *syntax, struct check_values *ret_values);
struct str check_text(const struct syntax *string);

/* Follows variables that keep their first value. */
const struct syntax *check_first(const struct syntax *syntax);

/* The call of a pattern's word that the expression is worth, or NULL. */
const struct syntax *check_pattern(const struct syntax *syntax);

/* The pattern whose event the expression is: await(p), happened(p), the parameter of on(p,
 * function(e)). */
const struct syntax *check_event(const struct checking *checking, const struct syntax *syntax);

/* The questions that a pattern, or a call of `ask`, is about. */
void check_questions(const struct syntax *call, struct check_values *ret_questions);

/* ---- the questions ---- */

void check_calls(struct checking *checking);  /* check_calls.c: arguments: names and times */
void check_fields(struct checking *checking); /* check_fields.c: event.field == "value" */
void check_world(struct checking *checking);  /* check_world.c: get "name" == "value" */
void check_words(struct checking *checking);  /* check_words.c: names that are nobody's */

/* One condition of a pattern: by, or a field of the event. The place is the value's. */
void check_condition(struct checking *checking, const struct syntax *pattern, struct str field,
    const struct syntax *value);

/* Every name that a story can use without making it. */
struct strs check_environment(struct arena *arena);

/* What an argument of a function names, as check_calls.c sees it; OF_ANY: nothing. */
enum field_of check_calls_of(struct str word, int number);

/* No such id: the sentence that the story would stop with. */
void check_name(
    struct checking *checking, struct str word, enum field_of of, const struct syntax *string);

void check_mention(struct checking *checking, const struct mention *mention);

#endif

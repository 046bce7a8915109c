/* Names that are nobody's, and constructs that Lua has elsewhere.
 *
 * A free name is read only when the story comes to it, which may be in an hour. */
#include <stddef.h>

#include "core/pattern.h"
#include "lua/builtin.h"
#include "lua/environment.h"
#include "script/api.h"
#include "script/check_parts.h"

struct strs check_environment(struct arena *arena)
{
    size_t most = builtin_count + api_row_count + pattern_name_count, count = 0;
    struct str *names = ARENA_ARRAY(arena, most, struct str);
    for (size_t i = 0; i < builtin_count; i++)
        names[count++] = str_of(builtins[i].name);
    for (size_t i = 0; i < api_row_count; i++)
        names[count++] = str_of(api_rows[i].name);
    for (size_t i = 0; i < pattern_name_count; i++)
        if (!strs_contain((struct strs){names, count}, str_of(pattern_names[i].name)))
            names[count++] = str_of(pattern_names[i].name);
    return (struct strs){names, count};
}

/* For "did you mean": all variables of the file, because one that is out of reach is the likeliest
 * slip of all. */
static struct strs all_names(const struct checking *checking, struct strs environment)
{
    const struct syntax_list *list = &checking->list;
    struct str *names =
        ARENA_ARRAY(checking->arena, environment.count + list->local_count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < list->local_count; i++)
        names[count++] = list->locals[i]->name;
    for (size_t i = 0; i < environment.count; i++)
        names[count++] = environment.items[i];
    return (struct strs){names, count};
}

static void tell_target(struct checking *checking, const struct syntax *name, bool is_word)
{
    struct str text = name->token.text;
    if (is_word)
        problems_tell(checking->problems, KIND_UNKNOWN_WORD, check_place(checking, name),
            "\"%.*s\" is a word of the language and cannot be changed; choose another name",
            STR_ARG(text));
    else
        problems_tell(checking->problems, KIND_UNKNOWN_WORD, check_place(checking, name),
            "\"%.*s\" is not a local variable; write \"local %.*s\" where it begins", STR_ARG(text),
            STR_ARG(text));
}

/* The word with the longest beginning in common, which is most of the name: escalate, escalation.
 */
static struct str same_stem(struct str name, struct strs words)
{
    enum { STEM_BYTES = 5 };
    struct str found = STR("");
    size_t longest = STEM_BYTES - 1;
    for (size_t i = 0; i < words.count; i++) {
        struct str word = words.items[i];
        size_t common = 0;
        while (common < name.len && common < word.len && name.ptr[common] == word.ptr[common])
            common++;
        if (common <= longest || common * 3 < name.len * 2)
            continue;
        longest = common;
        found = word;
    }
    return found;
}

static void tell_unknown(struct checking *checking, const struct syntax *name, struct strs names)
{
    struct str text = name->token.text;
    struct place place = check_place(checking, name);
    const char *remedy = environment_remedy(text);
    struct str near = str_nearest(text, names);
    if (near.len == 0)
        near = same_stem(text, names);
    if (remedy != NULL)
        problems_tell(checking->problems, KIND_REFUSED_CONSTRUCT, place,
            "\"%.*s\" does not exist here; %s", STR_ARG(text), remedy);
    else if (str_eq(near, text))
        problems_tell(checking->problems, KIND_UNKNOWN_WORD, place,
            "\"%.*s\" is a variable elsewhere and not known here; a name is known from its "
            "\"local\" to the end of its block",
            STR_ARG(text));
    else if (near.len > 0)
        problems_tell(checking->problems, KIND_UNKNOWN_WORD, place,
            "nothing is called \"%.*s\" here; did you mean \"%.*s\"?", STR_ARG(text),
            STR_ARG(near));
    else
        problems_tell(checking->problems, KIND_UNKNOWN_WORD, place,
            "nothing is called \"%.*s\" here; a name is known from its \"local\" to the end of its "
            "block",
            STR_ARG(text));
}

/* ---- methods ---- */

/* What texts can do in Lua elsewhere. */
static const struct {
    const char *name;
    const char *remedy;
} methods[] = {
    {"byte", "a text cannot be taken apart; compare whole texts"},
    {"find", "a text cannot be searched; compare whole texts"},
    {"format", "write format(text, ...)"},
    {"gmatch", "a text cannot be searched; compare whole texts"},
    {"gsub", "a text cannot be changed; write another"},
    {"len", "write len(text)"},
    {"lower", "a text cannot be changed; ids are in small letters"},
    {"match", "a text cannot be searched; compare whole texts"},
    {"rep", "a text cannot be repeated; write it out"},
    {"reverse", "a text cannot be changed; write another"},
    {"sub", "a text cannot be taken apart; compare whole texts"},
    {"upper", "a text cannot be changed; ids are in small letters"},
};

/* A table of the author's own may well have a function of such a name. */
static void check_method(struct checking *checking, const struct syntax *call)
{
    const struct syntax *base = check_first(call->base);
    bool is_text = base->kind == SYNTAX_STRING;
    if (base->kind == SYNTAX_TABLE)
        return;
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
        if (str_is(call->token.text, methods[i].name)) {
            problems_tell(checking->problems, KIND_REFUSED_CONSTRUCT, check_place(checking, call),
                "\":%s\" does not exist here, texts have no methods; %s", methods[i].name,
                methods[i].remedy);
            return;
        }
    if (is_text)
        problems_tell(checking->problems, KIND_REFUSED_CONSTRUCT, check_place(checking, call),
            "texts have no methods; write a function of your own and give it the text");
}

void check_words(struct checking *checking)
{
    struct strs environment = check_environment(checking->arena);
    struct strs names = all_names(checking, environment);
    for (size_t i = 0; i < checking->list.count; i++) {
        const struct syntax *syntax = checking->list.items[i];
        if (syntax->kind == SYNTAX_METHOD)
            check_method(checking, syntax);
        if (syntax->kind != SYNTAX_NAME || syntax->local != NULL ||
            str_is(syntax->token.text, "_ENV")) /* source.c tells of it */
            continue;
        bool is_word = strs_contain(environment, syntax->token.text);
        if (syntax->is_target)
            tell_target(checking, syntax, is_word);
        else if (!is_word)
            tell_unknown(checking, syntax, names);
    }
}

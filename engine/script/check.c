/* Most ids stand as plain texts in the call that uses them: inject "helpdesk-call". Those are
 * checked before anybody plays; the others when the story comes to them. */
#include "script/check.h"

#include "core/event.h"
#include "core/pattern.h"
#include "lua/lexer.h"
#include "lua/source.h"
#include "script/api.h"
#include "script/names.h"

/* What a text behind the word names; OF_ANY when that is not checked. */
static enum field_of named_by(struct str word)
{
    for (size_t i = 0; i < api_row_count; i++)
        if (str_is(word, api_rows[i].name))
            return api_rows[i].of;
    const struct pattern_name *pattern = pattern_name_find(word);
    if (pattern == NULL || pattern->main == NULL)
        return OF_ANY;
    const struct field *field =
        field_find(event_kinds[pattern->event_kind].fields, str_of(pattern->main));
    bool is_id = field != NULL && (field->type == FIELD_ID || field->type == FIELD_IDS);
    return is_id ? field->of : OF_ANY;
}

/* After a dot a name is a field, after "function" or "local" one of the author's own. */
static bool is_word(const struct lexer_token *before, const struct lexer_token *token)
{
    return token->kind == LEXER_NAME && !str_is(before->text, ".") && !str_is(before->text, ":") &&
           !str_is(before->text, "function") && !str_is(before->text, "local");
}

static void check_text(const struct def *def, struct str word, const struct lexer_token *token,
    struct problems *problems)
{
    struct str id;
    enum field_of of = named_by(word);
    if (of == OF_ANY || !lexer_plain_string(token, &id) || names_has(def, of, id))
        return;
    struct arena arena = {0};
    struct place place = {def->story_file, token->line, token->column};
    struct str advice = names_advice(def, of, id, &arena);
    problems_tell(problems, KIND_UNKNOWN_NAME, place, "%.*s: no %s is called \"%.*s\"%.*s",
        STR_ARG(word), field_of_names[of], STR_ARG(id), STR_ARG(advice));
    arena_fini(&arena);
}

void check_source(const struct def *def, struct problems *problems)
{
    struct lexer lexer;
    struct lexer_token before = {.text = STR("")}, token;
    struct str word = STR(""); /* the last word, while nothing but "(" came behind it */
    lexer_init(&lexer, source_text(def->story_source));
    while (lexer_next(&lexer, &token)) {
        if (word.len > 0 && token.kind == LEXER_STRING)
            check_text(def, word, &token, problems);
        if (is_word(&before, &token))
            word = token.text;
        else if (word.len == 0 || !str_is(token.text, "("))
            word = STR("");
        before = token;
    }
}

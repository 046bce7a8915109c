/* Most of what a story names stands in its text: inject "helpdesk-call". That is checked before
 * anybody plays, the rest when the story comes to it.
 *
 * A file that is not well formed is checked as far as it can be read; the compiler tells why it
 * ends there. */
#include "script/check.h"

#include "base/wide.h"
#include "core/event.h"
#include "lua/source.h"
#include "script/check_parts.h"
#include "script/names.h"

struct place check_place(const struct checking *checking, const struct syntax *syntax)
{
    return (struct place){checking->def->story_file, syntax->token.line, syntax->token.column};
}

static struct str place_key(struct checking *checking, struct place place)
{
    return arena_format(checking->arena, "%d:%d", place.line, place.column);
}

void check_mention(struct checking *checking, const struct mention *mention)
{
    struct mentions *mentions = checking->mentions;
    mentions->items = arena_grow(checking->arena, mentions->items, mentions->count,
        &mentions->capacity, sizeof(*mentions->items));
    mentions->items[mentions->count++] = *mention;
    index_add(&checking->meant, checking->arena, place_key(checking, mention->place), 0);
}

void check_name(
    struct checking *checking, struct str word, enum field_of of, const struct syntax *string)
{
    struct str id = check_text(string);
    if (of == OF_ANY || names_has(checking->def, of, id))
        return;
    struct str advice = names_advice(checking->def, of, id, checking->arena);
    struct wide wide;
    if (wide_find(id, &wide))
        advice =
            arena_format(checking->arena, "; %.*s", STR_ARG(wide_remedy(&wide, checking->arena)));
    problems_tell(checking->problems, KIND_UNKNOWN_NAME, check_place(checking, string),
        "%.*s: no %s is called \"%.*s\"%.*s", STR_ARG(word), field_of_names[of], STR_ARG(id),
        STR_ARG(advice));
}

/* Any other text may be an id that goes through a variable which nobody follows. */
static void note_texts(struct checking *checking)
{
    for (size_t i = 0; i < checking->list.count; i++) {
        const struct syntax *syntax = checking->list.items[i];
        struct place place = check_place(checking, syntax);
        struct str text;
        if (syntax->kind == SYNTAX_STRING && lexer_plain_string(&syntax->token, &text) &&
            index_find(&checking->meant, place_key(checking, place)) == INDEX_NONE)
            check_mention(checking, &(struct mention){MENTION_TEXT, OF_ANY, text, STR(""), place});
    }
}

bool check_story(const struct def *def, struct arena *arena, struct problems *problems,
    struct mentions *ret_mentions)
{
    *ret_mentions = (struct mentions){0};
    size_t errors_before = problems->error_count;
    struct checking checking = {
        .def = def, .arena = arena, .problems = problems, .mentions = ret_mentions};
    syntax_read(source_text(def->story_source), arena, &checking.list);
    check_words(&checking);
    check_calls(&checking);
    check_fields(&checking);
    check_world(&checking);
    note_texts(&checking);
    return problems->error_count == errors_before;
}

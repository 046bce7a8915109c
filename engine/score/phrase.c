/* Names, titles and statements as they can stand inside a sentence: short, quoted where they are
 * somebody's words, and never cut in the middle of another quotation. */
#include "score/phrase.h"

#include <string.h>

#include "score/overlap.h"
#include "score/party.h"
#include "score/quote.h"

struct str phrase_unstopped(struct str text)
{
    static const char *const stops[] = {".", "。"};
    for (size_t i = 0; i < 2; i++) {
        size_t len = strlen(stops[i]);
        if (text.len > len && memcmp(text.ptr + text.len - len, stops[i], len) == 0)
            text.len -= len;
    }
    return text;
}

static struct str words_or_id(struct words words, enum lang lang, struct str id)
{
    return words.in[lang].len != 0 ? phrase_unstopped(words.in[lang]) : id;
}

struct str phrase_inject(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct def_inject *inject = def_inject(book->def, id);
    return quote_whole(
        book->arena, lang, inject == NULL ? id : words_or_id(inject->title, lang, id));
}

struct str phrase_fact(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct def_fact *fact = def_fact(book->def, id);
    return fact == NULL ? quote_whole(book->arena, lang, id)
                        : quote_short(book->arena, lang, words_or_id(fact->text, lang, id));
}

struct str phrase_slot(const struct phrase_book *book, enum lang lang, struct str id)
{
    int at = index_find(&book->def->slot_index, id);
    return quote_whole(
        book->arena, lang, at < 0 ? id : words_or_id(book->def->slots[at].name, lang, id));
}

static struct str question_phrase(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct def_question *question = def_question(book->def, id);
    return question == NULL
               ? quote_whole(book->arena, lang, id)
               : quote_short(book->arena, lang, words_or_id(question->prompt, lang, id));
}

static struct str action_phrase(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct def_action *action = def_action(book->def, id);
    return quote_whole(
        book->arena, lang, action == NULL ? id : words_or_id(action->name, lang, id));
}

const struct words phrase_message_nouns[MESSAGE_TYPE_COUNT] = {
    [MESSAGE_REPORT] = WORDS("report", "報告"),
    [MESSAGE_REQUEST] = WORDS("request", "依頼"),
    [MESSAGE_ORDER] = WORDS("order", "指示"),
    [MESSAGE_ANSWER] = WORDS("answer", "回答"),
    [MESSAGE_INFO] = WORDS("information", "連絡"),
    [MESSAGE_ESCALATION] = WORDS("escalation", "エスカレーション"),
    [MESSAGE_NOTIFICATION] = WORDS("notification", "通知"),
    [MESSAGE_STATEMENT] = WORDS("statement", "発表"),
    [MESSAGE_SITREP] = WORDS("situation report", "状況報告"),
    [MESSAGE_APPROVAL_REQUEST] = WORDS("request for approval", "承認依頼"),
    [MESSAGE_APPROVAL] = WORDS("approval", "承認"),
    [MESSAGE_HANDOFF] = WORDS("handover", "引き継ぎ"),
};

/* "the order from the Commander": messages have no titles. */
static struct str message_phrase(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct event *sent =
        book->message_find == NULL ? NULL : book->message_find(book->messages, id);
    if (sent == NULL)
        return lang == LANG_EN ? STR("a message") : STR("メッセージ");
    struct str noun = phrase_message_nouns[sent->body.messaged.type].in[lang];
    struct str sender = phrase_party(book, lang, sent->actor);
    if (lang == LANG_EN)
        return arena_format(book->arena, "the %.*s from %.*s", STR_ARG(noun), STR_ARG(sender));
    return arena_format(book->arena, "%.*sからの%.*s", STR_ARG(sender), STR_ARG(noun));
}

static struct str status_phrase(const struct phrase_book *book, enum lang lang, struct str id)
{
    static const struct {
        const char *id;
        struct words name;
    } rows[] = {
        {"aware", WORDS("aware", "認知")},
        {"classified", WORDS("classified", "分類済み")},
        {"determined", WORDS("determined", "確定")},
        {"applies", WORDS("applies", "該当する")},
        {"does-not-apply", WORDS("does not apply", "該当しない")},
        {"unknown", WORDS("not known yet", "未確定")},
        {"filed", WORDS("filed", "届出済み")},
        {"closed", WORDS("closed", "終結")},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(id, rows[i].id))
            return quote_whole(book->arena, lang, rows[i].name.in[lang]);
    return quote_whole(book->arena, lang, id);
}

static struct str phase_phrase(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct def_phase *phase = def_phase(book->def, id);
    return quote_whole(book->arena, lang, phase == NULL ? id : words_or_id(phase->name, lang, id));
}

static const struct {
    const char *field;
    struct str (*phrase)(const struct phrase_book *book, enum lang lang, struct str id);
} thing_rows[] = {
    {"inject", phrase_inject},
    {"message", message_phrase},
    {"fact", phrase_fact},
    {"question", question_phrase},
    {"action", action_phrase},
    {"status", status_phrase},
    {"phase", phase_phrase},
};

/* A status is declared of something, a deed is done to something: “filed” (personal-data-breach).
 */
static struct str with_matter(
    const struct phrase_book *book, enum lang lang, const struct event *event, struct str thing)
{
    struct str of = event->kind == EVENT_DECLARED   ? event->body.declared.of
                    : event->kind == EVENT_ACTED    ? event->body.acted.target
                    : event->kind == EVENT_MESSAGED ? event->body.messaged.target
                                                    : STR("");
    if (of.len == 0)
        return thing;
    return arena_format(
        book->arena, lang == LANG_EN ? "%.*s (%.*s)" : "%.*s（%.*s）", STR_ARG(thing), STR_ARG(of));
}

struct str phrase_thing(
    const struct phrase_book *book, enum lang lang, const struct event *event, struct str only)
{
    for (size_t i = 0; i < sizeof(thing_rows) / sizeof(thing_rows[0]); i++) {
        struct str name = str_of(thing_rows[i].field);
        const struct field *field = field_find(event_kinds[event->kind].fields, name);
        if (field == NULL || field->type != FIELD_ID || (only.len != 0 && !str_eq(only, name)))
            continue;
        struct str id = field_str(field, &event->body);
        if (id.len != 0)
            return with_matter(book, lang, event, thing_rows[i].phrase(book, lang, id));
    }
    return STR("");
}

struct str phrase_pattern_thing(
    const struct phrase_book *book, enum lang lang, const struct pattern *pattern)
{
    for (size_t i = 0; i < sizeof(thing_rows) / sizeof(thing_rows[0]); i++) {
        struct strs values = overlap_values(pattern, thing_rows[i].field);
        if (values.count != 0)
            return thing_rows[i].phrase(book, lang, values.items[0]);
    }
    return STR("");
}

struct str phrase_capital(struct arena *arena, struct str text)
{
    if (text.len == 0 || text.ptr[0] < 'a' || text.ptr[0] > 'z')
        return text;
    return arena_format(arena, "%c%.*s", text.ptr[0] - 'a' + 'A', STR_ARG(str_after(text, 1)));
}

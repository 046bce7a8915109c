/* Clauses from rows: one row an event kind, and for what a message says one a message type.
 *
 * In a row's text {a} stands for the actor, {t} for the recipients, {x} for the thing that the
 * event is about. Japanese is written in the plain form, which can stand at the end of a sentence
 * as well as before 時点 or のは. */
#include "score/clause.h"

#include "score/party.h"

static const struct words clause_rows[EVENT_KIND_COUNT] = {
    [EVENT_ACKED] = WORDS("{a} acknowledged {x}", "{a}が{x}の受領を確認した"),
    [EVENT_ACTED] = WORDS("{a} carried out {x}", "{a}が{x}を実施した"),
    [EVENT_ANSWERED] = WORDS("{a} answered {x}", "{a}が{x}に答えた"),
    [EVENT_CHALLENGED] = WORDS("{a} asked on whose authority {x} was given",
        "{a}が{x}について、誰の権限によるものか確認した"),
    [EVENT_DECIDED] = WORDS("{a} decided {x}", "{a}が{x}について決めた"),
    [EVENT_DECLARED] = WORDS("{a} declared {x}", "{a}が{x}を宣言した"),
    [EVENT_DELIVERED] = WORDS("{x} came to {t}", "{x}が{t}に届いた"),
    [EVENT_ENDED] = WORDS("the exercise ended", "演習が終わった"),
    [EVENT_EXPIRED] = WORDS("{x} was not decided in time", "{x}が時間内に決まらなかった"),
    [EVENT_FORWARDED] = WORDS("{x} was passed on from {a} to {t}", "{x}が{a}から{t}に転送された"),
    [EVENT_GAP_OPENED] = WORDS("the gap sheet was opened", "空白時間シートの記入が始まった"),
    [EVENT_HANDED_OFF] = WORDS("{a} handed over to {t}", "{a}が{t}に引き継いだ"),
    [EVENT_HEARD] = WORDS("{a} noted what was heard", "{a}が聞いたことを記録した"),
    [EVENT_HINTED] = WORDS("{a} gave a hint to {t}", "{a}が{t}にヒントを出した"),
    [EVENT_JUMPED] = WORDS("the calendar jumped", "シナリオの時刻が進んだ"),
    [EVENT_LEARNED] = WORDS("{a} learned {x}", "{a}が{x}ということを知った"),
    [EVENT_NOTED] = WORDS("{a} wrote a note", "{a}がメモを残した"),
    [EVENT_OPENED] = WORDS("{a} opened {x}", "{a}が{x}を開いた"),
    [EVENT_PAUSED] = WORDS("the clock was stopped", "時計が止まった"),
    [EVENT_PHASE_CHANGED] = WORDS("the phase {x} began", "フェーズ{x}が始まった"),
    [EVENT_REACHED] = WORDS("{a} was reached", "{a}に連絡がついた"),
    [EVENT_READ_BACK] = WORDS("{a} read back {x}", "{a}が{x}を復唱した"),
    [EVENT_SAID] = WORDS("{a} told {t} by word of mouth", "{a}が{t}に口頭で伝えた"),
    [EVENT_STARTED] = WORDS("the exercise started", "演習が始まった"),
    [EVENT_STOPPED] = WORDS("the exercise was stopped", "演習が中止された"),
    [EVENT_WORLD_SET] = WORDS("the situation changed", "状況が変わった"),
    [EVENT_UNREACHED] = WORDS("{t} was not reached", "{t}に連絡がつかなかった"),
};

static const struct words message_rows[MESSAGE_TYPE_COUNT] = {
    [MESSAGE_REPORT] = WORDS("{a} reported to {t}", "{a}が{t}に報告した"),
    [MESSAGE_REQUEST] = WORDS("{a} sent a request to {t}", "{a}が{t}に依頼した"),
    [MESSAGE_ORDER] = WORDS("{a} gave an order to {t}", "{a}が{t}に指示した"),
    [MESSAGE_ANSWER] = WORDS("{a} answered {t}", "{a}が{t}に回答した"),
    [MESSAGE_INFO] = WORDS("{a} informed {t}", "{a}が{t}に連絡した"),
    [MESSAGE_ESCALATION] = WORDS("{a} escalated to {t}", "{a}が{t}にエスカレーションした"),
    [MESSAGE_NOTIFICATION] = WORDS("{a} notified {t}", "{a}が{t}に通知した"),
    [MESSAGE_STATEMENT] = WORDS("{a} made a statement to {t}", "{a}が{t}に発表した"),
    [MESSAGE_SITREP] = WORDS("{a} sent a situation report to {t}", "{a}が{t}に状況を報告した"),
    [MESSAGE_APPROVAL_REQUEST] = WORDS("{a} asked {t} for approval", "{a}が{t}に承認を求めた"),
    [MESSAGE_APPROVAL] = WORDS("{a} gave approval to {t}", "{a}が{t}に承認を出した"),
    [MESSAGE_HANDOFF] = WORDS("{a} handed over to {t}", "{a}が{t}に引き継いだ"),
};

/* Of messages that name a deed. */
static const struct words order_rows[MESSAGE_TYPE_COUNT] = {
    [MESSAGE_REQUEST] = WORDS("{a} asked {t} for {x}", "{a}が{t}に{x}を依頼した"),
    [MESSAGE_ORDER] = WORDS("{a} gave {t} the order {x}", "{a}が{t}に{x}を指示した"),
    [MESSAGE_ESCALATION] =
        WORDS("{a} escalated to {t} about {x}", "{a}が{x}について{t}にエスカレーションした"),
    [MESSAGE_APPROVAL_REQUEST] =
        WORDS("{a} asked {t} to approve {x}", "{a}が{t}に{x}の承認を求めた"),
};

static struct strs recipients_of(const struct event *event)
{
    struct fields fields = event_kinds[event->kind].fields;
    const struct field *field = field_find(fields, STR("to"));
    if (field == NULL)
        field = field_find(fields, STR("party"));
    return field == NULL ? (struct strs){0} : field_strs(field, &event->body);
}

struct str clause_fill(
    struct arena *arena, const char *text, struct str actor, struct str to, struct str thing)
{
    struct str rest = str_of(text), out = {0}, before;
    while (str_cut(rest, '{', &before, &rest)) {
        struct str value = rest.ptr[0] == 'a' ? actor : rest.ptr[0] == 't' ? to : thing;
        out = arena_format(arena, "%.*s%.*s%.*s", STR_ARG(out), STR_ARG(before), STR_ARG(value));
        rest = str_after(rest, 2);
    }
    return arena_format(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(rest));
}

/* One person can hold both roles. */
static struct str recipients_text(
    const struct phrase_book *book, enum lang lang, const struct event *event)
{
    struct strs to = recipients_of(event);
    struct str text = phrase_parties(book, lang, to);
    bool is_self = to.count == 1 && def_seat(book->def, event->actor) != NULL &&
                   party_same(book->def, event->actor, to.items[0]);
    if (is_self)
        return arena_format(book->arena,
            lang == LANG_EN ? "%.*s (who is the same person)" : "%.*s（同じ担当者が兼務）",
            STR_ARG(text));
    if (text.len == 0)
        return lang == LANG_EN ? STR("somebody") : STR("誰か");
    return text;
}

static const char *row_of(const struct event *event, enum lang lang)
{
    if (event->kind != EVENT_MESSAGED)
        return clause_rows[event->kind].in[lang].ptr;
    const struct event_messaged *body = &event->body.messaged;
    const char *order = order_rows[body->type].in[lang].ptr;
    return body->action.len != 0 && order != NULL ? order : message_rows[body->type].in[lang].ptr;
}

struct str clause_event(const struct phrase_book *book, enum lang lang, const struct event *event)
{
    const char *told = row_of(event, lang);
    if (told == NULL)
        return str_of(event_kinds[event->kind].name);
    struct str only = event->kind == EVENT_MESSAGED ? STR("action") : STR("");
    struct str thing = phrase_thing(book, lang, event, only);
    if (thing.len == 0)
        thing = lang == LANG_EN ? STR("something") : STR("何か");
    return clause_fill(book->arena, told, phrase_party(book, lang, event->actor),
        recipients_text(book, lang, event), thing);
}

struct str clause_since(struct arena *arena, struct str clause)
{
    struct str past = STR("た"), negated = STR("なかった");
    bool is_past = clause.len > negated.len &&
                   str_eq(str_after(clause, clause.len - past.len), past) &&
                   !str_eq(str_after(clause, clause.len - negated.len), negated);
    if (!is_past)
        return arena_format(arena, "%.*s時点から", STR_ARG(clause));
    return arena_format(arena, "%.*sてから", (int)(clause.len - past.len), clause.ptr);
}

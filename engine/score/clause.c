/* Clauses from rows: one row an event kind, and for what a message says one a message type.
 *
 * In a row's text {a} stands for the actor, {t} for the recipients, {x} for the thing that the
 * event is about. Japanese is written in the plain form, which can stand at the end of a sentence
 * as well as before 時点 or のは. A rule may ask for something without naming it (`then: {opened:
 * {}}`); a noun with a thing in it therefore stands beside one without. */
#include "score/clause.h"

#include <assert.h>

#include "score/overlap.h"

struct clause_row {
    const char *told[LANG_COUNT]; /* it happened */
    const char *noun[LANG_COUNT]; /* what would have happened; NULL: told of a person */
    const char *bare[LANG_COUNT]; /* the same when no thing is named; NULL: the noun has none */
};

static const struct clause_row clause_rows[EVENT_KIND_COUNT] = {
    [EVENT_ACKED] = {{"{a} acknowledged {x}", "{a}が{x}の受領を確認した"},
        {"acknowledgement", "受領の確認"}, {0}},
    [EVENT_ACTED] = {{"{a} carried out {x}", "{a}が{x}を実施した"}, {"action {x}", "{x}の実施"},
        {"action", "操作"}},
    [EVENT_ANSWERED] = {{"{a} answered {x}", "{a}が{x}に答えた"}, {"answer", "回答"}, {0}},
    [EVENT_CHALLENGED] = {{"{a} asked on whose authority {x} was given",
                              "{a}が{x}について、誰の権限によるものか確認した"},
        {"challenge to {x}", "{x}についての権限の確認"},
        {"challenge to an order", "指示についての権限の確認"}},
    [EVENT_DECIDED] = {{"{a} decided {x}", "{a}が{x}について決めた"},
        {"decision on {x}", "{x}の決定"}, {"decision", "決定"}},
    [EVENT_DECLARED] = {{"{a} declared {x}", "{a}が{x}を宣言した"},
        {"declaration of {x}", "{x}の宣言"}, {"declaration", "宣言"}},
    [EVENT_DELIVERED] = {{"{x} came to {t}", "{x}が{t}に届いた"}, {"delivery of {x}", "{x}の到着"},
        {"delivery of an inject", "インジェクトの到着"}},
    [EVENT_ENDED] = {{"the exercise ended", "演習が終わった"},
        {"end of the exercise", "演習の終了"}, {0}},
    [EVENT_EXPIRED] = {{"{x} was not decided in time", "{x}が時間内に決まらなかった"},
        {"expiry of {x}", "{x}の期限切れ"}, {"expiry of a question", "問いの期限切れ"}},
    [EVENT_FORWARDED] = {{"{x} was passed on from {a} to {t}", "{x}が{a}から{t}に転送された"},
        {"forwarding of {x}", "{x}の転送"}, {"forwarding of a message", "メッセージの転送"}},
    [EVENT_GAP_OPENED] = {{"the gap sheet was opened", "空白時間シートの記入が始まった"},
        {"gap sheet", "空白時間シート"}, {0}},
    [EVENT_HANDED_OFF] = {{"{a} handed over to {t}", "{a}が{t}に引き継いだ"},
        {"handover", "引き継ぎ"}, {0}},
    [EVENT_HEARD] = {{"{a} noted what was heard", "{a}が聞いたことを記録した"},
        {"note of what was heard", "聞き取りの記録"}, {0}},
    [EVENT_HINTED] = {{"{a} gave a hint to {t}", "{a}が{t}にヒントを出した"}, {"hint", "ヒント"},
        {0}},
    [EVENT_JUMPED] = {{"the calendar jumped", "シナリオの時刻が進んだ"},
        {"jump of the calendar", "シナリオの時刻の移動"}, {0}},
    [EVENT_LEARNED] = {{"{a} learned {x}", "{a}が{x}ということを知った"}, {0}, {0}},
    [EVENT_NOTED] = {{"{a} wrote a note", "{a}がメモを残した"}, {"note", "メモ"}, {0}},
    [EVENT_OPENED] = {{"{a} opened {x}", "{a}が{x}を開いた"}, {"opening of {x}", "{x}の開封"},
        {"opening of any inject or message", "インジェクトやメッセージの開封"}},
    [EVENT_PAUSED] = {{"the clock was stopped", "時計が止まった"}, {"pause", "一時停止"}, {0}},
    [EVENT_PHASE_CHANGED] = {{"the phase {x} began", "フェーズ{x}が始まった"},
        {"beginning of {x}", "{x}の開始"}, {"change of phase", "フェーズの切り替え"}},
    [EVENT_REACHED] = {{"{a} was reached", "{a}に連絡がついた"}, {0}, {0}},
    [EVENT_READ_BACK] = {{"{a} read back {x}", "{a}が{x}を復唱した"}, {"read-back", "復唱"}, {0}},
    [EVENT_SAID] = {{"{a} told {t} by word of mouth", "{a}が{t}に口頭で伝えた"},
        {"report by word of mouth", "口頭での伝達"}, {0}},
    [EVENT_STARTED] = {{"the exercise started", "演習が始まった"},
        {"start of the exercise", "演習の開始"}, {0}},
    [EVENT_STOPPED] = {{"the exercise was stopped", "演習が中止された"}, {"stop", "中止"}, {0}},
    [EVENT_WORLD_SET] = {{"the situation changed", "状況が変わった"},
        {"change of the situation", "状況の変化"}, {0}},
    [EVENT_UNREACHED] = {{"{t} was not reached", "{t}に連絡がつかなかった"},
        {"failed call", "連絡の失敗"}, {0}},
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

/* ---- what happened ---- */

static struct strs recipients_of(const struct event *event)
{
    struct fields fields = event_kinds[event->kind].fields;
    const struct field *field = field_find(fields, STR("to"));
    if (field == NULL)
        field = field_find(fields, STR("party"));
    return field == NULL ? (struct strs){0} : field_strs(field, &event->body);
}

static struct str fill(
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

struct str clause_event(const struct phrase_book *book, enum lang lang, const struct event *event)
{
    const char *told = event->kind == EVENT_MESSAGED
                           ? message_rows[event->body.messaged.type].in[lang].ptr
                           : clause_rows[event->kind].told[lang];
    if (told == NULL)
        return str_of(event_kinds[event->kind].name);
    struct str to = phrase_parties(book, lang, recipients_of(event));
    struct str thing = phrase_thing(book, lang, event, STR(""));
    if (to.len == 0)
        to = lang == LANG_EN ? STR("somebody") : STR("誰か");
    if (thing.len == 0)
        thing = lang == LANG_EN ? STR("something") : STR("何か");
    return fill(book->arena, told, phrase_party(book, lang, event->actor), to, thing);
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

/* ---- what did not happen ---- */

static struct str message_noun(enum lang lang, const struct pattern *pattern)
{
    struct strs types = overlap_values(pattern, "type");
    struct str type = pattern->name->fixed_value != NULL ? str_of(pattern->name->fixed_value)
                      : types.count == 1                 ? types.items[0]
                                                         : STR("");
    int value;
    if (def_name_find(message_type_names, MESSAGE_TYPE_COUNT, type, &value))
        return phrase_message_nouns[value].in[lang];
    return lang == LANG_EN ? STR("message") : STR("メッセージ");
}

static struct str gap_thing(
    const struct phrase_book *book, enum lang lang, const struct clause_gap *gap)
{
    struct str named = phrase_pattern_thing(book, lang, gap->pattern);
    return named.len != 0 ? named : gap->about;
}

/* Knowing and being reached happen to somebody; their absence is told of that person. */
static struct str person_absence(
    const struct phrase_book *book, enum lang lang, const struct clause_gap *gap)
{
    struct strs named = overlap_values(gap->pattern, NULL);
    struct strs by = phrase_present(book, gap->parties.count != 0 ? gap->parties : named);
    struct str who = phrase_none(book, lang, by), thing = gap_thing(book, lang, gap);
    struct arena *arena = book->arena;
    bool knows = (enum event_kind)gap->pattern->name->event_kind == EVENT_LEARNED;
    if (lang == LANG_EN) {
        struct str end = !knows           ? STR("been reached")
                         : thing.len == 0 ? STR("heard of it")
                                          : arena_format(arena, "learned %.*s", STR_ARG(thing));
        return arena_format(arena, "%.*s %s%s %.*s", STR_ARG(who), gap->still_waits ? "has" : "had",
            by.count == 1 ? " not" : "", STR_ARG(end));
    }
    if (!knows)
        return arena_format(arena, "%.*s連絡%s", STR_ARG(who),
            gap->still_waits ? "はまだついていない" : "はつかなかった");
    const char *end = gap->still_waits ? "まだ伝わっていない" : "伝わらなかった";
    if (thing.len == 0)
        return arena_format(arena, "%.*s%s", STR_ARG(who), end);
    return arena_format(arena, "%.*s%.*sということは%s", STR_ARG(who), STR_ARG(thing), end);
}

/* Without a thing the row's noun would leave a hole. */
static struct str gap_noun(
    const struct phrase_book *book, enum lang lang, const struct clause_gap *gap)
{
    enum event_kind kind = (enum event_kind)gap->pattern->name->event_kind;
    if (kind == EVENT_MESSAGED)
        return message_noun(lang, gap->pattern);
    const struct clause_row *row = &clause_rows[kind];
    struct str thing = gap_thing(book, lang, gap);
    const char *noun =
        thing.len == 0 && row->bare[lang] != NULL ? row->bare[lang] : row->noun[lang];
    assert(noun != NULL); /* every pattern's kind has a row */
    return fill(book->arena, noun, STR(""), STR(""), thing);
}

struct str clause_absence(
    const struct phrase_book *book, enum lang lang, const struct clause_gap *gap)
{
    const struct pattern *pattern = gap->pattern;
    if (pattern->name == NULL)
        return lang == LANG_EN ? STR("nothing happened") : STR("何も起きなかった");
    enum event_kind kind = (enum event_kind)pattern->name->event_kind;
    if (kind == EVENT_LEARNED || kind == EVENT_REACHED)
        return person_absence(book, lang, gap);
    struct strs recipients = gap->parties.count != 0 ? gap->parties : overlap_values(pattern, "to");
    if (recipients.count == 0)
        recipients = overlap_values(pattern, "party");
    struct arena *arena = book->arena;
    struct str noun = gap_noun(book, lang, gap);
    struct str to = phrase_either(book, lang, phrase_present(book, recipients));
    struct str by = phrase_either(book, lang, phrase_present(book, overlap_values(pattern, NULL)));
    if (lang == LANG_EN)
        return arena_format(arena, "there %s been no %.*s%s%.*s%s%.*s",
            gap->still_waits ? "has" : "had", STR_ARG(noun), to.len != 0 ? " to " : "", STR_ARG(to),
            by.len != 0 ? " by " : "", STR_ARG(by));
    return arena_format(arena, "%.*s%s%.*s%s%.*sは%s", STR_ARG(by), by.len != 0 ? "による" : "",
        STR_ARG(to), to.len != 0 ? "への" : "", STR_ARG(noun),
        gap->still_waits ? "まだない" : "なかった");
}

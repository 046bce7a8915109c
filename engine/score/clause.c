/* Clauses from rows: one row an event kind, and for what a message says one a message type.
 *
 * In a row's text {a} stands for the actor, {t} for the recipients, {x} for the thing that the
 * event is about. Japanese is written in the plain form, which can stand at the end of a sentence
 * as well as before 時点 or のは. A rule may ask for something without naming it (`then: {opened:
 * {}}`); a noun with a thing in it therefore stands beside one without. */
#include "score/clause.h"

#include <assert.h>
#include <string.h>

#include "score/overlap.h"
#include "score/party.h"

/* What somebody "had not …", with the thing or the recipients, and without. */
struct deed {
    const char *whole, *bare;
};

struct clause_row {
    const char *told[LANG_COUNT]; /* it happened */
    const char *noun[LANG_COUNT]; /* what would have happened; NULL: told of a person */
    const char *bare[LANG_COUNT]; /* the same when no thing is named; NULL: the noun has none */
    struct deed deed;             /* English: what nobody did; NULL: the noun stands for it */
};

static const struct clause_row clause_rows[EVENT_KIND_COUNT] = {
    [EVENT_ACKED] = {{"{a} acknowledged {x}", "{a}が{x}の受領を確認した"},
        {"acknowledgement", "受領の確認"}, {0}, {"acknowledged {x}", "acknowledged anything"}},
    [EVENT_ACTED] = {{"{a} carried out {x}", "{a}が{x}を実施した"}, {"action {x}", "{x}の実施"},
        {"action", "操作"}, {"carried out {x}", "carried out anything"}},
    [EVENT_ANSWERED] = {{"{a} answered {x}", "{a}が{x}に答えた"}, {"answer", "回答"}, {0},
        {"answered {x}", "answered anything"}},
    [EVENT_CHALLENGED] = {{"{a} asked on whose authority {x} was given",
                              "{a}が{x}について、誰の権限によるものか確認した"},
        {"challenge to {x}", "{x}についての権限の確認"},
        {"challenge to an order", "指示についての権限の確認"}},
    [EVENT_DECIDED] = {{"{a} decided {x}", "{a}が{x}について決めた"},
        {"decision on {x}", "{x}の決定"}, {"decision", "決定"},
        {"decided {x}", "decided anything"}},
    [EVENT_DECLARED] = {{"{a} declared {x}", "{a}が{x}を宣言した"},
        {"declaration of {x}", "{x}の宣言"}, {"declaration", "宣言"},
        {"declared {x}", "declared anything"}},
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
        {"handover", "引き継ぎ"}, {0}, {"handed over to {t}", "handed over"}},
    [EVENT_HEARD] = {{"{a} noted what was heard", "{a}が聞いたことを記録した"},
        {"note of what was heard", "聞き取りの記録"}, {0}},
    [EVENT_HINTED] = {{"{a} gave a hint to {t}", "{a}が{t}にヒントを出した"}, {"hint", "ヒント"},
        {0}},
    [EVENT_JUMPED] = {{"the calendar jumped", "シナリオの時刻が進んだ"},
        {"jump of the calendar", "シナリオの時刻の移動"}, {0}},
    [EVENT_LEARNED] = {{"{a} learned {x}", "{a}が{x}ということを知った"}, {0}, {0}},
    [EVENT_NOTED] = {{"{a} wrote a note", "{a}がメモを残した"}, {"note", "メモ"}, {0},
        {"written a note", "written a note"}},
    [EVENT_OPENED] = {{"{a} opened {x}", "{a}が{x}を開いた"}, {"opening of {x}", "{x}の開封"},
        {"opening of any inject or message", "インジェクトやメッセージの開封"},
        {"opened {x}", "opened any inject or message"}},
    [EVENT_PAUSED] = {{"the clock was stopped", "時計が止まった"}, {"pause", "一時停止"}, {0}},
    [EVENT_PHASE_CHANGED] = {{"the phase {x} began", "フェーズ{x}が始まった"},
        {"beginning of {x}", "{x}の開始"}, {"change of phase", "フェーズの切り替え"}},
    [EVENT_REACHED] = {{"{a} was reached", "{a}に連絡がついた"}, {0}, {0}},
    [EVENT_READ_BACK] = {{"{a} read back {x}", "{a}が{x}を復唱した"}, {"read-back", "復唱"}, {0},
        {"read back {x}", "read anything back"}},
    [EVENT_SAID] = {{"{a} told {t} by word of mouth", "{a}が{t}に口頭で伝えた"},
        {"report by word of mouth", "口頭での伝達"}, {0},
        {"told {t} by word of mouth", "told anybody by word of mouth"}},
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

/* Of messages that name a deed. */
static const struct words order_rows[MESSAGE_TYPE_COUNT] = {
    [MESSAGE_REQUEST] = WORDS("{a} asked {t} for {x}", "{a}が{t}に{x}を依頼した"),
    [MESSAGE_ORDER] = WORDS("{a} gave {t} the order {x}", "{a}が{t}に{x}を指示した"),
    [MESSAGE_ESCALATION] =
        WORDS("{a} escalated to {t} about {x}", "{a}が{x}について{t}にエスカレーションした"),
    [MESSAGE_APPROVAL_REQUEST] =
        WORDS("{a} asked {t} to approve {x}", "{a}が{t}に{x}の承認を求めた"),
};

/* The last row is of a message of any type. */
static const struct deed message_deeds[MESSAGE_TYPE_COUNT + 1] = {
    [MESSAGE_REPORT] = {"reported to {t}", "reported"},
    [MESSAGE_REQUEST] = {"sent a request to {t}", "sent a request"},
    [MESSAGE_ORDER] = {"given an order to {t}", "given an order"},
    [MESSAGE_ANSWER] = {"answered {t}", "answered"},
    [MESSAGE_INFO] = {"informed {t}", "informed anybody"},
    [MESSAGE_ESCALATION] = {"escalated to {t}", "escalated"},
    [MESSAGE_NOTIFICATION] = {"notified {t}", "notified anybody"},
    [MESSAGE_STATEMENT] = {"made a statement to {t}", "made a statement"},
    [MESSAGE_SITREP] = {"sent a situation report to {t}", "sent a situation report"},
    [MESSAGE_APPROVAL_REQUEST] = {"asked {t} for approval", "asked for approval"},
    [MESSAGE_APPROVAL] = {"given approval to {t}", "given approval"},
    [MESSAGE_HANDOFF] = {"handed over to {t}", "handed over"},
    [MESSAGE_TYPE_COUNT] = {"sent a message to {t}", "sent a message"},
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
        return clause_rows[event->kind].told[lang];
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
    return fill(book->arena, told, phrase_party(book, lang, event->actor),
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

/* ---- what did not happen ---- */

/* The types of message that a pattern lets through; empty when they are all, or too many to name.
 */
static struct strs message_types(const struct pattern *pattern, struct str *fixed)
{
    enum { NAMED_MOST = 3 };
    struct strs types = overlap_values(pattern, "type");
    if (pattern->name->fixed_value != NULL) {
        *fixed = str_of(pattern->name->fixed_value);
        return (struct strs){fixed, 1};
    }
    return types.count <= NAMED_MOST ? types : (struct strs){0};
}

static enum message_type message_type_of(struct str name)
{
    int value = MESSAGE_TYPE_COUNT;
    def_name_find(message_type_names, MESSAGE_TYPE_COUNT, name, &value);
    return (enum message_type)value;
}

static struct str message_noun(struct arena *arena, enum lang lang, const struct pattern *pattern)
{
    struct str fixed, list = {0};
    struct strs types = message_types(pattern, &fixed);
    for (size_t i = 0; i < types.count; i++) {
        struct str noun = phrase_message_nouns[message_type_of(types.items[i])].in[lang];
        list = i == 0 ? noun
                      : arena_format(arena, lang == LANG_EN ? "%.*s or %.*s" : "%.*sまたは%.*s",
                            STR_ARG(list), STR_ARG(noun));
    }
    if (list.len != 0)
        return list;
    return lang == LANG_EN ? STR("message") : STR("メッセージ");
}

/* Whether it asks for more than who, to whom and about what: then what there had not been was not
 * any message, but one as it was asked for. */
static bool is_particular(const struct pattern *pattern)
{
    static const char *const plain[] = {"to", "type", "party", "inject", "message", "action"};
    for (size_t c = 0; c < pattern->condition_count; c++) {
        const struct field *field = pattern->conditions[c].field;
        bool is_plain = field == NULL;
        for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
            is_plain = is_plain || strcmp(field->name, plain[i]) == 0;
        if (!is_plain)
            return true;
    }
    return false;
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
        return message_noun(book->arena, lang, gap->pattern);
    const struct clause_row *row = &clause_rows[kind];
    struct str thing = gap_thing(book, lang, gap);
    const char *noun =
        thing.len == 0 && row->bare[lang] != NULL ? row->bare[lang] : row->noun[lang];
    assert(noun != NULL); /* every pattern's kind has a row */
    return fill(book->arena, noun, STR(""), STR(""), thing);
}

static struct str deed(
    struct arena *arena, const struct deed *deed, struct str to, struct str thing)
{
    bool is_to = strstr(deed->whole, "{t}") != NULL;
    bool is_named = is_to ? to.len != 0 : thing.len != 0;
    return fill(arena, is_named ? deed->whole : deed->bare, STR(""), to, thing);
}

/* "given approval or answered the Commander". */
static struct str message_deed(struct arena *arena, const struct pattern *pattern, struct str to)
{
    struct str fixed, list = {0};
    struct strs types = message_types(pattern, &fixed);
    if (types.count == 0)
        list = deed(arena, &message_deeds[MESSAGE_TYPE_COUNT], to, STR(""));
    for (size_t i = 0; i < types.count; i++) {
        bool is_last = i + 1 == types.count;
        struct str one = deed(arena, &message_deeds[message_type_of(types.items[i])],
            is_last ? to : STR(""), STR(""));
        list = i == 0 ? one
                      : arena_format(arena, is_last ? "%.*s or %.*s" : "%.*s, %.*s", STR_ARG(list),
                            STR_ARG(one));
    }
    if (is_particular(pattern))
        list = arena_format(arena, "%.*s in the way that was asked for", STR_ARG(list));
    return list;
}

/* English: "the PoC had not opened “A call”"; empty when the row has only a noun. */
static struct str deed_absence(
    const struct phrase_book *book, const struct clause_gap *gap, struct str to, struct strs by)
{
    enum event_kind kind = (enum event_kind)gap->pattern->name->event_kind;
    const struct deed *row = &clause_rows[kind].deed;
    if (kind != EVENT_MESSAGED && row->whole == NULL)
        return STR("");
    bool is_reply = kind == EVENT_MESSAGED && gap->is_reply && gap->about.len != 0;
    struct str did = is_reply ? arena_format(book->arena, "answered %.*s", STR_ARG(gap->about))
                     : kind == EVENT_MESSAGED
                         ? message_deed(book->arena, gap->pattern, to)
                         : deed(book->arena, row, to, gap_thing(book, LANG_EN, gap));
    return arena_format(book->arena, "%.*s %s%s %.*s", STR_ARG(phrase_none(book, LANG_EN, by)),
        gap->still_waits ? "has" : "had", by.count == 1 ? " not" : "", STR_ARG(did));
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
    struct strs actors = phrase_present(book, overlap_values(pattern, NULL));
    struct str to = phrase_either(book, lang, phrase_present(book, recipients));
    struct str deeds = lang == LANG_EN ? deed_absence(book, gap, to, actors) : STR("");
    if (deeds.len != 0)
        return deeds;
    struct str noun = gap_noun(book, lang, gap), by = phrase_either(book, lang, actors);
    if (lang == LANG_EN)
        return arena_format(arena, "there %s been no %.*s%s%.*s%s%.*s",
            gap->still_waits ? "has" : "had", STR_ARG(noun), to.len != 0 ? " to " : "", STR_ARG(to),
            by.len != 0 ? " by " : "", STR_ARG(by));
    if (kind == EVENT_MESSAGED && gap->is_reply && gap->about.len != 0)
        return arena_format(arena, "%.*s%s%.*sへの返事は%s", STR_ARG(by),
            by.len != 0 ? "による" : "", STR_ARG(gap->about),
            gap->still_waits ? "まだない" : "なかった");
    bool is_as_asked = kind == EVENT_MESSAGED && is_particular(pattern);
    return arena_format(arena, "%.*s%s%.*s%s%s%.*sは%s", STR_ARG(by), by.len != 0 ? "による" : "",
        STR_ARG(to), to.len != 0 ? "への" : "", is_as_asked ? "求められた形での" : "",
        STR_ARG(noun), gap->still_waits ? "まだない" : "なかった");
}

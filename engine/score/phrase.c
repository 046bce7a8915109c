/* Phrases from rows: one row an event kind, one a message type.
 *
 * In a row's text {a} stands for the actor, {t} for the recipients, {x} for the thing that the
 * event is about. Japanese is written in the plain form, which can stand at the end of a sentence
 * as well as before 時点 or のは. */
#include "score/phrase.h"

#include <string.h>

#include "score/overlap.h"
#include "score/party.h"

struct clause_row {
    const char *told[LANG_COUNT]; /* it happened */
    const char *noun[LANG_COUNT]; /* what would have happened; {x} the thing; NULL: none */
};

static const struct clause_row clause_rows[EVENT_KIND_COUNT] = {
    [EVENT_ACKED] = {{"{a} acknowledged {x}", "{a}が{x}の受領を確認した"},
        {"acknowledgement", "受領の確認"}},
    [EVENT_ACTED] = {{"{a} carried out {x}", "{a}が{x}を実施した"}, {"action {x}", "{x}の実施"}},
    [EVENT_ANSWERED] = {{"{a} answered {x}", "{a}が{x}に答えた"}, {"answer", "回答"}},
    [EVENT_DECIDED] = {{"{a} decided {x}", "{a}が{x}について決めた"},
        {"decision {x}", "{x}の決定"}},
    [EVENT_DECLARED] = {{"{a} declared {x}", "{a}が{x}を宣言した"}, {"declaration", "宣言"}},
    [EVENT_DELIVERED] = {{"{x} came to {t}", "{x}が{t}に届いた"}, {"delivery of {x}", "{x}の到着"}},
    [EVENT_ENDED] = {{"the exercise ended", "演習が終わった"}, {"end", "終了"}},
    [EVENT_EXPIRED] = {{"{x} was not decided in time", "{x}が時間内に決まらなかった"},
        {"expiry", "期限切れ"}},
    [EVENT_HANDED_OFF] = {{"{a} handed over to {t}", "{a}が{t}に引き継いだ"},
        {"handover", "引き継ぎ"}},
    [EVENT_HEARD] = {{"{a} noted what was heard", "{a}が聞いたことを記録した"},
        {"note of what was heard", "聞き取りの記録"}},
    [EVENT_HINTED] = {{"the facilitator gave a hint", "進行役がヒントを出した"},
        {"hint", "ヒント"}},
    [EVENT_LEARNED] = {{"{a} learned {x}", "{a}が{x}と知った"}, {NULL, NULL}},
    [EVENT_NOTED] = {{"{a} wrote a note", "{a}がメモを残した"}, {"note", "メモ"}},
    [EVENT_OPENED] = {{"{a} opened {x}", "{a}が{x}を開いた"}, {"opening of {x}", "{x}の開封"}},
    [EVENT_PHASE_CHANGED] = {{"the phase “{x}” began", "フェーズ「{x}」が始まった"},
        {"phase {x}", "フェーズ{x}"}},
    [EVENT_REACHED] = {{"{a} was reached", "{a}に連絡がついた"}, {NULL, NULL}},
    [EVENT_READ_BACK] = {{"{a} read back {x}", "{a}が{x}を復唱した"}, {"read-back", "復唱"}},
    [EVENT_SAID] = {{"{a} told {t} by word of mouth", "{a}が{t}に口頭で伝えた"},
        {"word of mouth", "口頭での伝達"}},
    [EVENT_STARTED] = {{"the exercise started", "演習が始まった"}, {"start", "開始"}},
    [EVENT_STOPPED] = {{"the exercise was stopped", "演習が中止された"}, {"stop", "中止"}},
    [EVENT_UNREACHED] = {{"{t} was not reached", "{t}に連絡がつかなかった"},
        {"failed call", "不通"}},
};

static const struct clause_row message_rows[MESSAGE_TYPE_COUNT] = {
    [MESSAGE_REPORT] = {{"{a} reported to {t}", "{a}が{t}に報告した"}, {"report", "報告"}},
    [MESSAGE_REQUEST] = {{"{a} sent a request to {t}", "{a}が{t}に依頼した"}, {"request", "依頼"}},
    [MESSAGE_ORDER] = {{"{a} gave an order to {t}", "{a}が{t}に指示した"}, {"order", "指示"}},
    [MESSAGE_ANSWER] = {{"{a} answered {t}", "{a}が{t}に回答した"}, {"answer", "回答"}},
    [MESSAGE_INFO] = {{"{a} informed {t}", "{a}が{t}に連絡した"}, {"information", "連絡"}},
    [MESSAGE_ESCALATION] = {{"{a} escalated to {t}", "{a}が{t}にエスカレーションした"},
        {"escalation", "エスカレーション"}},
    [MESSAGE_NOTIFICATION] = {{"{a} notified {t}", "{a}が{t}に通知した"}, {"notification", "通知"}},
    [MESSAGE_STATEMENT] = {{"{a} made a statement to {t}", "{a}が{t}に発表した"},
        {"statement", "発表"}},
    [MESSAGE_SITREP] = {{"{a} sent a situation report to {t}", "{a}が{t}に状況を報告した"},
        {"situation report", "状況報告"}},
    [MESSAGE_APPROVAL_REQUEST] = {{"{a} asked {t} for approval", "{a}が{t}に承認を求めた"},
        {"request for approval", "承認依頼"}},
    [MESSAGE_APPROVAL] = {{"{a} gave approval to {t}", "{a}が{t}に承認を出した"},
        {"approval", "承認"}},
    [MESSAGE_HANDOFF] = {{"{a} handed over to {t}", "{a}が{t}に引き継いだ"},
        {"handover", "引き継ぎ"}},
};

static const struct clause_row any_message = {
    {"{a} sent a message to {t}", "{a}が{t}にメッセージを送った"}, {"message", "メッセージ"}};

/* ---- people ---- */

static struct str role_name(const struct def *def, enum lang lang, struct str role)
{
    const struct def_role *row = def_role(def, role);
    return row != NULL && row->name.in[lang].len != 0 ? row->name.in[lang] : role;
}

static struct str special_name(enum lang lang, struct str party)
{
    static const struct {
        const char *id;
        struct words name;
    } rows[] = {
        {"room", WORDS("everybody at the table", "全員")},
        {"facilitator", WORDS("the facilitator", "進行役")},
        {"evaluator", WORDS("the evaluator", "評価者")},
        {"story", WORDS("the scenario", "シナリオ")},
        {"clock", WORDS("the clock", "時計")},
        {"host", WORDS("the program", "プログラム")},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(party, rows[i].id))
            return rows[i].name.in[lang];
    return (struct str){0};
}

/* Whether an end may begin with this byte; most bytes of a name need no further look. */
static bool may_end(char c)
{
    return c == ',' || c == ' ' || c == '(' || c == '\xEF';
}

/* Names of people and bodies often bring their explanation along: "Mr Kuji, deputy of the CISO". */
static struct str short_name(struct str name)
{
    static const char *const ends[] = {",", " (", "(", "（"};
    for (size_t at = 1; at < name.len; at++)
        for (size_t i = 0; may_end(name.ptr[at]) && i < sizeof(ends) / sizeof(ends[0]); i++)
            if (str_starts_with(str_after(name, at), str_of(ends[i])))
                return (struct str){name.ptr, at};
    return name;
}

/* "Mr Kuji, deputy of the CISO" → "Mr Kuji (deputy of the CISO)", which can stand in a sentence. */
static struct str bracketed(struct arena *arena, struct str name)
{
    struct str first, rest;
    if (!str_cut(name, ',', &first, &rest))
        return name;
    rest = str_trim(rest);
    return arena_format(arena, "%.*s (%.*s)", STR_ARG(first), STR_ARG(rest));
}

static struct str stakeholder_name(
    const struct phrase_book *book, enum lang lang, const struct def_stakeholder *who)
{
    struct str name = who->name.in[lang], brief = short_name(name);
    if (name.len == 0)
        return who->id;
    for (size_t i = 0; i < book->def->stakeholder_count; i++) {
        const struct def_stakeholder *other = &book->def->stakeholders[i];
        if (other != who && str_eq(short_name(other->name.in[lang]), brief))
            return bracketed(book->arena, name);
    }
    return brief;
}

struct str phrase_party(const struct phrase_book *book, enum lang lang, struct str party)
{
    const struct def *def = book->def;
    const struct def_stakeholder *stakeholder = def_stakeholder(def, party);
    if (stakeholder != NULL)
        return stakeholder_name(book, lang, stakeholder);
    struct str special = special_name(lang, party);
    if (special.len != 0)
        return special;
    const struct def_seat *seat = def_role(def, party) != NULL ? NULL : def_seat(def, party);
    struct str name = short_name(role_name(def, lang, seat != NULL ? seat->roles.items[0] : party));
    return lang == LANG_EN ? arena_format(book->arena, "the %.*s", STR_ARG(name)) : name;
}

/* Whether every seat is among the parties, so that nobody need be named. */
static bool is_everybody(const struct def *def, struct strs parties)
{
    for (size_t s = 0; s < def->seat_count; s++) {
        bool named = false;
        for (size_t i = 0; i < parties.count; i++)
            named = named || party_names_seat(parties.items[i], &def->seats[s]);
        if (!named)
            return false;
    }
    return def->seat_count > 2 && parties.count == def->seat_count;
}

static struct str join(struct arena *arena, const char *between, struct str before, struct str item)
{
    if (before.len == 0)
        return item;
    return arena_format(arena, "%.*s%s%.*s", STR_ARG(before), between, STR_ARG(item));
}

struct str phrase_parties(const struct phrase_book *book, enum lang lang, struct strs parties)
{
    struct str list = {0};
    if (is_everybody(book->def, parties))
        return special_name(lang, STR("room"));
    for (size_t i = 0; i < parties.count; i++)
        list = join(book->arena, lang == LANG_EN ? i + 1 == parties.count ? " and " : ", " : "と",
            list, phrase_party(book, lang, parties.items[i]));
    return list;
}

/* Rules for any scenario name parties that this one does not have. */
static struct strs present(const struct phrase_book *book, struct strs parties)
{
    struct str *kept = ARENA_ARRAY(book->arena, parties.count + 1, struct str);
    struct strs list = {kept, 0};
    for (size_t i = 0; i < parties.count; i++)
        if (def_is_party(book->def, parties.items[i]))
            kept[list.count++] = parties.items[i];
    return list.count == 0 ? parties : list;
}

static struct str either_party(const struct phrase_book *book, enum lang lang, struct strs parties)
{
    struct str list = {0};
    for (size_t i = 0; i < parties.count; i++)
        list =
            join(book->arena, lang == LANG_EN ? i + 1 == parties.count ? " or " : ", " : "または",
                list, phrase_party(book, lang, parties.items[i]));
    return list;
}

/* ---- things ---- */

static struct str quoted(const struct phrase_book *book, enum lang lang, struct str text)
{
    return arena_format(book->arena, lang == LANG_EN ? "“%.*s”" : "「%.*s」", STR_ARG(text));
}

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
    return quoted(book, lang, inject == NULL ? id : words_or_id(inject->title, lang, id));
}

/* A fact can be a long sentence; its beginning tells which one is meant. */
static struct str shortened(struct arena *arena, enum lang lang, struct str text)
{
    const size_t limit = lang == LANG_EN ? 48 : 24;
    size_t letters = 0, at = 0, space = 0;
    for (; at < text.len; at++) {
        if (((unsigned char)text.ptr[at] & 0xc0) == 0x80)
            continue;
        if (letters++ == limit)
            break;
        if (text.ptr[at] == ' ')
            space = at;
    }
    if (at == text.len)
        return text;
    size_t end = lang == LANG_EN && space > 0 ? space : at;
    return arena_format(arena, "%.*s…", (int)end, text.ptr);
}

struct str phrase_fact(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct def_fact *fact = def_fact(book->def, id);
    return quoted(book, lang,
        fact == NULL ? id : shortened(book->arena, lang, words_or_id(fact->text, lang, id)));
}

static struct str question_phrase(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct def_question *question = def_question(book->def, id);
    return quoted(book, lang, question == NULL ? id : words_or_id(question->prompt, lang, id));
}

static struct str action_phrase(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct def_action *action = def_action(book->def, id);
    return quoted(book, lang, action == NULL ? id : words_or_id(action->name, lang, id));
}

/* "the order from the Commander": messages have no titles. */
static struct str message_phrase(const struct phrase_book *book, enum lang lang, struct str id)
{
    const struct event *sent =
        book->message_find == NULL ? NULL : book->message_find(book->messages, id);
    if (sent == NULL)
        return lang == LANG_EN ? STR("a message") : STR("メッセージ");
    const char *noun = message_rows[sent->body.messaged.type].noun[lang];
    struct str sender = phrase_party(book, lang, sent->actor);
    if (lang == LANG_EN)
        return arena_format(book->arena, "the %s from %.*s", noun, STR_ARG(sender));
    return arena_format(book->arena, "%.*sからの%s", STR_ARG(sender), noun);
}

static struct str plain(const struct phrase_book *book, enum lang lang, struct str id)
{
    (void)book, (void)lang;
    return id;
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
    {"status", plain},
    {"phase", plain},
};

static struct str thing_of(
    const struct phrase_book *book, enum lang lang, const struct event *event)
{
    for (size_t i = 0; i < sizeof(thing_rows) / sizeof(thing_rows[0]); i++) {
        const struct field *field =
            field_find(event_kinds[event->kind].fields, str_of(thing_rows[i].field));
        if (field == NULL || field->type != FIELD_ID)
            continue;
        struct str id = field_str(field, &event->body);
        if (id.len != 0)
            return thing_rows[i].phrase(book, lang, id);
    }
    return STR("");
}

/* ---- clauses ---- */

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

struct str phrase_event(const struct phrase_book *book, enum lang lang, const struct event *event)
{
    const struct clause_row *row = event->kind == EVENT_MESSAGED
                                       ? &message_rows[event->body.messaged.type]
                                       : &clause_rows[event->kind];
    if (row->told[lang] == NULL)
        return str_of(event_kinds[event->kind].name);
    return fill(book->arena, row->told[lang], phrase_party(book, lang, event->actor),
        phrase_parties(book, lang, recipients_of(event)), thing_of(book, lang, event));
}

/* ---- what did not happen ---- */

static const struct clause_row *pattern_row(const struct pattern *pattern)
{
    if ((enum event_kind)pattern->name->event_kind != EVENT_MESSAGED)
        return &clause_rows[pattern->name->event_kind];
    struct strs types = overlap_values(pattern, "type");
    struct str type = pattern->name->fixed_value != NULL ? str_of(pattern->name->fixed_value)
                      : types.count == 1                 ? types.items[0]
                                                         : STR("");
    int value;
    if (def_name_find(message_type_names, MESSAGE_TYPE_COUNT, type, &value))
        return &message_rows[value];
    return &any_message;
}

static struct str pattern_thing(
    const struct phrase_book *book, enum lang lang, const struct pattern *pattern)
{
    for (size_t i = 0; i < sizeof(thing_rows) / sizeof(thing_rows[0]); i++) {
        struct strs values = overlap_values(pattern, thing_rows[i].field);
        if (values.count != 0)
            return thing_rows[i].phrase(book, lang, values.items[0]);
    }
    return STR("");
}

/* "neither the CISO nor the deputy"; CISOにも代理にも. One alone stands as it is, followed by に.
 */
static struct str none_of(const struct phrase_book *book, enum lang lang, struct strs parties)
{
    struct str list = {0};
    for (size_t i = 0; i < parties.count; i++)
        list = join(book->arena, lang == LANG_EN ? " nor " : "にも", list,
            phrase_party(book, lang, parties.items[i]));
    if (parties.count == 0)
        return lang == LANG_EN ? STR("nobody") : STR("誰にも");
    if (lang == LANG_EN)
        return parties.count == 1 ? list : arena_format(book->arena, "neither %.*s", STR_ARG(list));
    return arena_format(book->arena, parties.count == 1 ? "%.*sに" : "%.*sにも", STR_ARG(list));
}

/* Knowing and being reached happen to somebody; their absence is told of that person. */
static struct str person_absence(
    const struct phrase_book *book, enum lang lang, const struct pattern *pattern, bool still_waits)
{
    struct strs by = present(book, overlap_values(pattern, NULL));
    struct str who = none_of(book, lang, by), thing = pattern_thing(book, lang, pattern);
    struct arena *arena = book->arena;
    bool knows = (enum event_kind)pattern->name->event_kind == EVENT_LEARNED;
    if (lang == LANG_EN) {
        struct str end = !knows           ? STR("been reached")
                         : thing.len == 0 ? STR("heard of it")
                                          : arena_format(arena, "learned %.*s", STR_ARG(thing));
        return arena_format(arena, "%.*s %s%s %.*s", STR_ARG(who), still_waits ? "has" : "had",
            by.count == 1 ? " not" : "", STR_ARG(end));
    }
    if (!knows)
        return arena_format(arena, "%.*s連絡%s", STR_ARG(who),
            still_waits ? "はまだついていない" : "はつかなかった");
    const char *end = still_waits ? "まだ伝わっていない" : "伝わらなかった";
    if (thing.len == 0)
        return arena_format(arena, "%.*s%s", STR_ARG(who), end);
    return arena_format(arena, "%.*s%.*sとは%s", STR_ARG(who), STR_ARG(thing), end);
}

struct str phrase_absence(
    const struct phrase_book *book, enum lang lang, const struct pattern *pattern, bool still_waits)
{
    if (pattern->name == NULL)
        return lang == LANG_EN ? STR("nothing happened") : STR("何も起きなかった");
    const struct clause_row *row = pattern_row(pattern);
    if (row->told[LANG_EN] != NULL && row->noun[LANG_EN] == NULL)
        return person_absence(book, lang, pattern, still_waits);
    struct arena *arena = book->arena;
    struct str noun = row->noun[lang] == NULL ? str_of(pattern->name->name)
                                              : fill(arena, row->noun[lang], STR(""), STR(""),
                                                    pattern_thing(book, lang, pattern));
    struct str to = either_party(book, lang, present(book, overlap_values(pattern, "to")));
    struct str by = either_party(book, lang, present(book, overlap_values(pattern, NULL)));
    if (lang == LANG_EN)
        return arena_format(arena, "there %s been no %.*s%s%.*s%s%.*s", still_waits ? "has" : "had",
            STR_ARG(noun), to.len != 0 ? " to " : "", STR_ARG(to), by.len != 0 ? " by " : "",
            STR_ARG(by));
    return arena_format(arena, "%.*s%s%.*s%s%.*sは%s", STR_ARG(by), by.len != 0 ? "による" : "",
        STR_ARG(to), to.len != 0 ? "への" : "", STR_ARG(noun),
        still_waits ? "まだない" : "なかった");
}

struct str phrase_capital(struct arena *arena, struct str text)
{
    if (text.len == 0 || text.ptr[0] < 'a' || text.ptr[0] > 'z')
        return text;
    return arena_format(arena, "%c%.*s", text.ptr[0] - 'a' + 'A', STR_ARG(str_after(text, 1)));
}

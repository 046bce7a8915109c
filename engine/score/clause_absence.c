/* That what a pattern waits for did not happen. English tells it of people, "nobody had opened it",
 * where somebody does it, else with a noun; Japanese always with a noun.
 *
 * A rule may ask for something without naming it (`then: {opened: {}}`); a text with a thing in it
 * therefore stands beside one without. */
#include "score/clause.h"

#include <assert.h>
#include <string.h>

#include "score/overlap.h"

/* What somebody "had not …", with the thing or the recipients, and without. */
struct deed {
    const char *whole, *bare;
};

struct gap_row {
    const char *noun[LANG_COUNT]; /* what would have happened; NULL: told as a deed */
    const char *bare[LANG_COUNT]; /* the same when no thing is named; NULL: the noun has none */
    struct deed deed;             /* English, where somebody does it: what nobody did */
};

/* Knowing and being reached have sentences of their own. */
static const struct gap_row gap_rows[EVENT_KIND_COUNT] = {
    [EVENT_ACKED] = {{NULL, "受領の確認"}, {0}, {"acknowledged {x}", "acknowledged anything"}},
    [EVENT_ACTED] = {{NULL, "{x}の実施"}, {NULL, "操作"},
        {"carried out {x}", "carried out anything"}},
    [EVENT_ANSWERED] = {{NULL, "回答"}, {0}, {"answered {x}", "answered anything"}},
    [EVENT_CHALLENGED] = {{"challenge to {x}", "{x}についての権限の確認"},
        {"challenge to an order", "指示についての権限の確認"}, {0}},
    [EVENT_DECIDED] = {{NULL, "{x}の決定"}, {NULL, "決定"}, {"decided {x}", "decided anything"}},
    [EVENT_DECLARED] = {{NULL, "{x}の宣言"}, {NULL, "宣言"}, {"declared {x}", "declared anything"}},
    [EVENT_DELIVERED] = {{"delivery of {x}", "{x}の到着"},
        {"delivery of an inject", "インジェクトの到着"}, {0}},
    [EVENT_ENDED] = {{"end of the exercise", "演習の終了"}, {0}, {0}},
    [EVENT_EXPIRED] = {{"expiry of {x}", "{x}の期限切れ"},
        {"expiry of a question", "問いの期限切れ"}, {0}},
    [EVENT_FORWARDED] = {{"forwarding of {x}", "{x}の転送"},
        {"forwarding of a message", "メッセージの転送"}, {0}},
    [EVENT_GAP_OPENED] = {{"gap sheet", "空白時間シート"}, {0}, {0}},
    [EVENT_HANDED_OFF] = {{NULL, "引き継ぎ"}, {0}, {"handed over to {t}", "handed over"}},
    [EVENT_HEARD] = {{"note of what was heard", "聞き取りの記録"}, {0}, {0}},
    [EVENT_HINTED] = {{"hint", "ヒント"}, {0}, {0}},
    [EVENT_JUMPED] = {{"jump of the calendar", "シナリオの時刻の移動"}, {0}, {0}},
    [EVENT_NOTED] = {{NULL, "メモ"}, {0}, {"written a note", "written a note"}},
    [EVENT_OPENED] = {{NULL, "{x}の開封"}, {NULL, "インジェクトやメッセージの開封"},
        {"opened {x}", "opened any inject or message"}},
    [EVENT_PAUSED] = {{"pause", "一時停止"}, {0}, {0}},
    [EVENT_PHASE_CHANGED] = {{"beginning of {x}", "{x}の開始"},
        {"change of phase", "フェーズの切り替え"}, {0}},
    [EVENT_READ_BACK] = {{NULL, "復唱"}, {0}, {"read back {x}", "read anything back"}},
    [EVENT_SAID] = {{NULL, "口頭での伝達"}, {0},
        {"told {t} by word of mouth", "told anybody by word of mouth"}},
    [EVENT_STARTED] = {{"start of the exercise", "演習の開始"}, {0}, {0}},
    [EVENT_STOPPED] = {{"stop", "中止"}, {0}, {0}},
    [EVENT_WORLD_SET] = {{"change of the situation", "状況の変化"}, {0}, {0}},
    [EVENT_UNREACHED] = {{"failed call", "連絡の失敗"}, {0}, {0}},
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
    const struct gap_row *row = &gap_rows[kind];
    struct str thing = gap_thing(book, lang, gap);
    const char *noun =
        thing.len == 0 && row->bare[lang] != NULL ? row->bare[lang] : row->noun[lang];
    assert(noun != NULL); /* every pattern's kind has a row */
    return clause_fill(book->arena, noun, STR(""), STR(""), thing);
}

static struct str deed(
    struct arena *arena, const struct deed *deed, struct str to, struct str thing)
{
    bool is_to = strstr(deed->whole, "{t}") != NULL;
    bool is_named = is_to ? to.len != 0 : thing.len != 0;
    return clause_fill(arena, is_named ? deed->whole : deed->bare, STR(""), to, thing);
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
    const struct deed *row = &gap_rows[kind].deed;
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

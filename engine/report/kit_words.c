/* Words of the kit: times, people and things, as they stand in lists rather than in sentences. */
#include <stdarg.h>

#include "base/duration.h"
#include "report/kit_parts.h"

struct str kit_say(const struct kit *kit, struct words words)
{
    return words.in[kit->lang];
}

struct str kit_format(struct kit *kit, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str text = arena_format_list(&kit->arena, format, args);
    va_end(args);
    return text;
}

/* ---- times ---- */

struct str kit_span(struct kit *kit, int64_t ms)
{
    static const struct {
        int64_t ms;
        struct words unit;
    } rows[] = {{3600000, WORDS(" h", "時間")}, {60000, WORDS(" min", "分")},
        {1000, WORDS(" s", "秒")}, {1, WORDS(" ms", "ミリ秒")}};
    struct str text = STR("");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t count = ms / rows[i].ms;
        ms %= rows[i].ms;
        if (count > 0)
            text = kit_format(kit, "%.*s%s%lld%.*s", STR_ARG(text),
                text.len > 0 && kit->lang == LANG_EN ? " " : "", (long long)count,
                STR_ARG(rows[i].unit.in[kit->lang]));
    }
    return text.len > 0 ? text : KIT_SAY(kit, "0 s", "0秒");
}

struct str kit_clock(struct kit *kit, int64_t ms)
{
    return duration_clock(&kit->arena, ms);
}

struct str kit_calendar(struct kit *kit, int64_t story_ms)
{
    static const struct words days[] = {WORDS("Mon", "月"), WORDS("Tue", "火"), WORDS("Wed", "水"),
        WORDS("Thu", "木"), WORDS("Fri", "金"), WORDS("Sat", "土"), WORDS("Sun", "日")};
    struct calendar_parts at = calendar_split(story_ms, kit->def->story_offset_minutes);
    struct str day = kit_say(kit, days[at.weekday - 1]);
    if (kit->lang == LANG_EN)
        return kit_format(kit, "%.*s %04d-%02d-%02d %02d:%02d", STR_ARG(day), at.year, at.month,
            at.day, at.hour, at.minute);
    return kit_format(kit, "%d年%d月%d日（%.*s）%02d:%02d", at.year, at.month, at.day, STR_ARG(day),
        at.hour, at.minute);
}

/* ---- people ---- */

struct str kit_role_name(const struct kit *kit, struct str role)
{
    const struct def_role *row = def_role(kit->def, role);
    return row != NULL && row->name.in[kit->lang].len > 0 ? row->name.in[kit->lang] : role;
}

struct str kit_party(struct kit *kit, struct str party)
{
    struct str name = def_role(kit->def, party) != NULL
                          ? phrase_role(&kit->book, kit->lang, party)
                          : phrase_party(&kit->book, kit->lang, party);
    return phrase_capital(&kit->arena, name);
}

struct str kit_parties(struct kit *kit, struct strs parties)
{
    struct str list = STR("");
    for (size_t i = 0; i < parties.count; i++) {
        struct str name = kit_party(kit, parties.items[i]);
        list = list.len == 0
                   ? name
                   : KIT_FORMAT(kit, "%.*s, %.*s", "%.*s、%.*s", STR_ARG(list), STR_ARG(name));
    }
    return list;
}

/* What a seat is called is what its roles are called; ids of seats that went into it are no roles.
 */
struct str kit_seat_name(struct kit *kit, const struct def_seat *seat)
{
    struct str *items = ARENA_ARRAY(&kit->arena, seat->roles.count + 1, struct str);
    struct strs roles = {items, 0};
    for (size_t i = 0; i < seat->roles.count; i++)
        if (def_role(kit->def, seat->roles.items[i]) != NULL)
            items[roles.count++] = seat->roles.items[i];
    return roles.count > 0 ? kit_parties(kit, roles) : seat->id;
}

struct str kit_sender(struct kit *kit, const struct def_inject *inject)
{
    const struct def_stakeholder *stakeholder = def_stakeholder(kit->def, inject->from);
    if (inject->from_name.in[kit->lang].len > 0)
        return inject->from_name.in[kit->lang];
    if (stakeholder != NULL && stakeholder->name.in[kit->lang].len > 0)
        return stakeholder->name.in[kit->lang];
    return def_role(kit->def, inject->from) != NULL ? kit_role_name(kit, inject->from)
                                                    : kit_party(kit, inject->from);
}

/* ---- things ---- */

struct str kit_channel(const struct kit *kit, enum channel channel)
{
    static const struct words names[CHANNEL_COUNT] = {
        [CHANNEL_NONE] = WORDS("", ""),
        [CHANNEL_PHONE] = WORDS("phone", "電話"),
        [CHANNEL_MAIL] = WORDS("mail", "メール"),
        [CHANNEL_CHAT] = WORDS("chat", "チャット"),
        [CHANNEL_MEETING] = WORDS("in person", "対面"),
        [CHANNEL_TICKET] = WORDS("ticket", "チケット"),
        [CHANNEL_NEWS] = WORDS("news", "ニュース"),
        [CHANNEL_ALERT] = WORDS("alert", "アラート"),
    };
    return kit_say(kit, names[channel]);
}

struct str kit_tlp(enum tlp tlp)
{
    static const char *const names[TLP_COUNT] = {
        [TLP_NONE] = "",
        [TLP_RED] = "TLP:RED",
        [TLP_AMBER_STRICT] = "TLP:AMBER+STRICT",
        [TLP_AMBER] = "TLP:AMBER",
        [TLP_GREEN] = "TLP:GREEN",
        [TLP_CLEAR] = "TLP:CLEAR",
    };
    return str_of(names[tlp]);
}

size_t kit_number(const struct kit *kit, struct str inject)
{
    for (size_t i = 0; i < kit->def->inject_count; i++)
        if (str_eq(kit->injects[i]->id, inject))
            return i + 1;
    return 0;
}

struct str kit_numbered(struct kit *kit, struct str inject)
{
    struct str title = phrase_inject(&kit->book, kit->lang, inject);
    return KIT_FORMAT(kit, "no. %zu %.*s", "No.%zu%.*s", kit_number(kit, inject), STR_ARG(title));
}

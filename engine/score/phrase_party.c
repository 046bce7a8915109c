/* People and bodies as they can stand inside a sentence: by the shortest name that is not mistaken
 * for another, and never more of them than can be read in one breath. */
#include "score/phrase.h"

#include "score/party.h"

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

struct str phrase_role(const struct phrase_book *book, enum lang lang, struct str role)
{
    return short_name(role_name(book->def, lang, role));
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
    struct str name = phrase_role(
        book, lang, seat != NULL && seat->roles.count > 0 ? seat->roles.items[0] : party);
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

/* More names than these are a number. */
enum { PARTIES_MOST = 5 };

struct str phrase_parties(const struct phrase_book *book, enum lang lang, struct strs parties)
{
    struct str list = {0};
    size_t told_count = parties.count <= PARTIES_MOST ? parties.count : PARTIES_MOST - 1;
    if (is_everybody(book->def, parties))
        return special_name(lang, STR("room"));
    for (size_t i = 0; i < told_count; i++)
        list = join(book->arena, lang == LANG_EN ? i + 1 == parties.count ? " and " : ", " : "と",
            list, phrase_party(book, lang, parties.items[i]));
    if (told_count == parties.count)
        return list;
    return arena_format(book->arena, lang == LANG_EN ? "%.*s and %zu others" : "%.*sほか%zu者",
        STR_ARG(list), parties.count - told_count);
}

struct strs phrase_present(const struct phrase_book *book, struct strs parties)
{
    struct str *kept = ARENA_ARRAY(book->arena, parties.count + 1, struct str);
    struct strs list = {kept, 0};
    for (size_t i = 0; i < parties.count; i++)
        if (def_is_party(book->def, parties.items[i]))
            kept[list.count++] = parties.items[i];
    return list.count == 0 ? parties : list;
}

/* How many are named one by one; the others are a number. */
static size_t named_count(struct strs parties)
{
    return parties.count <= PARTIES_MOST ? parties.count : PARTIES_MOST - 1;
}

struct str phrase_either(const struct phrase_book *book, enum lang lang, struct strs parties)
{
    struct str list = {0};
    size_t count = named_count(parties);
    const char *last = lang == LANG_EN ? " or " : parties.count == 2 ? "または" : "、";
    for (size_t i = 0; i < count; i++)
        list = join(book->arena,
            i + 1 == parties.count ? last
            : lang == LANG_EN      ? ", "
                                   : "、",
            list, phrase_party(book, lang, parties.items[i]));
    if (count < parties.count)
        return arena_format(book->arena,
            lang == LANG_EN ? "%.*s or one of %zu others" : "%.*sほか%zu者のいずれか",
            STR_ARG(list), parties.count - count);
    if (lang == LANG_JA && count > 2)
        return arena_format(book->arena, "%.*sのいずれか", STR_ARG(list));
    return list;
}

/* One alone stands as it is. */
struct str phrase_none(const struct phrase_book *book, enum lang lang, struct strs parties)
{
    struct str list = {0};
    size_t count = named_count(parties);
    for (size_t i = 0; i < count; i++)
        list = join(book->arena, lang == LANG_EN ? " nor " : "にも", list,
            phrase_party(book, lang, parties.items[i]));
    if (count < parties.count)
        list = arena_format(book->arena,
            lang == LANG_EN ? "%.*s nor any of %zu others" : "%.*sにもほか%zu者", STR_ARG(list),
            parties.count - count);
    if (parties.count == 0)
        return lang == LANG_EN ? STR("nobody") : STR("誰にも");
    if (lang == LANG_EN)
        return parties.count == 1 ? list : arena_format(book->arena, "neither %.*s", STR_ARG(list));
    return arena_format(book->arena, parties.count == 1 ? "%.*sに" : "%.*sにも", STR_ARG(list));
}

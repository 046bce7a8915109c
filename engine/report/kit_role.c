/* Role cards: what a player has in hand from before STARTEX. Nothing here depends on the story: the
 * cards of the catalogue, the house's ladder and contacts, and sentences that may be read before.
 */
#include "core/organisation.h"
#include "report/kit_parts.h"
#include "report/markdown.h"

static void write_whom(
    struct kit *kit, struct str label, const struct def_whom *whom, size_t whom_count)
{
    struct str list = STR("");
    for (size_t i = 0; i < whom_count; i++)
        list = kit_format(kit, "%.*s%s%.*s", STR_ARG(list),
            i == 0                 ? ""
            : kit->lang == LANG_EN ? ", "
                                   : "、",
            STR_ARG(whom[i].name.in[kit->lang]));
    kit_pair(kit, label, list);
}

static void write_texts(struct kit *kit, struct str heading, struct strs texts)
{
    if (texts.count == 0)
        return;
    html_open_class(&kit->html, "div", "block");
    html_element(&kit->html, "h3", NULL, heading);
    kit_list(kit, texts);
    html_close(&kit->html);
}

/* ---- the role ---- */

static void write_role(struct kit *kit, const struct def_role *role)
{
    struct html *html = &kit->html;
    html_element(html, "h2", NULL, kit_say(kit, role->name));
    if (role->purpose.in[kit->lang].len > 0)
        html_element(html, "p", "summary", kit_say(kit, role->purpose));
    html_open_class(html, "div", "columns");
    write_texts(kit, KIT_SAY(kit, "Your duties in an incident", "インシデント対応時の務め"),
        role->in_incident);
    write_texts(kit, KIT_SAY(kit, "What you may decide", "決めてよいこと"), role->decides);
    html_close(html);
    kit_pairs(kit);
    write_whom(kit, KIT_SAY(kit, "Reports to", "報告先"), role->reports_to, role->reports_to_count);
    write_whom(kit, KIT_SAY(kit, "Informs", "情報を伝える相手"), role->informs, role->inform_count);
    html_close(html);
    if (role->card.in[kit->lang].len == 0)
        return;
    html_open_class(html, "div", "card");
    markdown_write(html, kit_say(kit, role->card));
    html_close(html);
}

/* ---- the house ---- */

static void write_authority(struct kit *kit)
{
    static const struct words texts[AUTHORITY_COUNT] = {
        [AUTHORITY_MAY] =
            WORDS("The team may stop systems.", "チームの判断でシステムを停止できます。"),
        [AUTHORITY_ADVISES] = WORDS("The team advises on stopping systems; management decides.",
            "システムの停止については助言します。決めるのは経営層です。"),
        [AUTHORITY_MAY_NOT] = WORDS("The team may not stop systems; management decides.",
            "システムを停止する権限はありません。決めるのは経営層です。"),
        [AUTHORITY_MAY_IN_EMERGENCY] = WORDS("The team may stop systems in an emergency.",
            "緊急時に限り、チームの判断でシステムを停止できます。"),
    };
    const struct organisation *house = kit->def->organisation_profile;
    html_open_class(&kit->html, "p", "authority");
    html_text(&kit->html, kit_say(kit, texts[house->authority]));
    if (house->report_within_ms > 0)
        html_text(&kit->html,
            KIT_FORMAT(kit, " It reports the stop within %.*s.", "停止したら%.*s以内に報告します。",
                STR_ARG(kit_span(kit, house->report_within_ms))));
    html_close(&kit->html);
}

static void write_rung(
    struct kit *kit, const struct organisation_rung *rung, const struct def_seat *seat)
{
    struct str from = rung->from.len > 0 ? rung->from : STR("poc");
    bool is_own = def_seat_holds(seat, rung->to);
    html_open(&kit->html, "tr");
    kit_cell(kit, "name", kit_party(kit, rung->to));
    kit_cell(kit, NULL,
        is_own && rung->instead.in[kit->lang].len > 0 ? kit_say(kit, rung->instead)
                                                      : kit_say(kit, rung->when));
    kit_cell(kit, "time", rung->within_ms > 0 ? kit_span(kit, rung->within_ms) : STR("–"));
    kit_cell(kit, NULL, def_is_party(kit->def, from) ? kit_party(kit, from) : STR("–"));
    html_close(&kit->html);
}

/* As the program shows it: of those who are here. */
static void write_ladder(struct kit *kit, const struct def_seat *seat)
{
    static const struct words columns[] = {WORDS("Who hears", "伝える相手"), WORDS("When", "場合"),
        WORDS("Within", "時間"), WORDS("Told by", "伝える人")};
    const struct organisation *house = kit->def->organisation_profile;
    html_element(
        &kit->html, "h3", NULL, KIT_SAY(kit, "Escalation ladder", "エスカレーションの段階"));
    write_authority(kit);
    html_open_class(&kit->html, "table", "ladder");
    kit_head(kit, columns, 4);
    html_open(&kit->html, "tbody");
    for (size_t i = 0; i < house->rung_count; i++)
        if (def_is_party(kit->def, house->ladder[i].to))
            write_rung(kit, &house->ladder[i], seat);
    html_close(&kit->html);
    html_close(&kit->html);
}

static void write_contacts(struct kit *kit)
{
    static const struct words columns[] = {WORDS("Contact", "連絡先"),
        WORDS("How to reach them", "連絡方法"), WORDS("Deputy", "代理")};
    html_element(&kit->html, "h3", NULL, KIT_SAY(kit, "Contacts", "連絡先一覧"));
    html_open_class(&kit->html, "table", "contacts");
    kit_head(kit, columns, 3);
    html_open(&kit->html, "tbody");
    for (size_t i = 0; i < kit->def->stakeholder_count; i++) {
        const struct def_stakeholder *who = &kit->def->stakeholders[i];
        html_open(&kit->html, "tr");
        kit_cell(kit, "name",
            who->name.in[kit->lang].len > 0 ? kit_say(kit, who->name) : kit_party(kit, who->id));
        kit_cell(kit, NULL, kit_say(kit, who->contact));
        kit_cell(kit, NULL, who->deputy.len > 0 ? kit_party(kit, who->deputy) : STR(""));
        html_close(&kit->html);
    }
    html_close(&kit->html);
    html_close(&kit->html);
}

/* ---- what good looks like ---- */

static bool is_said_before(const struct kit *kit, size_t at,
    bool (*is_wanted)(const struct rule *, const struct def_seat *), const struct def_seat *seat)
{
    const struct rules *rules = kit->source->rules;
    struct str sentence = rules->items[at].before.in[kit->lang];
    for (size_t i = 0; i < at; i++)
        if (is_wanted(&rules->items[i], seat) &&
            str_eq(rules->items[i].before.in[kit->lang], sentence))
            return true;
    return false;
}

static bool is_of_seat(const struct rule *rule, const struct def_seat *seat)
{
    return rule->role.len > 0 && def_seat_holds(seat, rule->role);
}

static bool is_of_all(const struct rule *rule, const struct def_seat *seat)
{
    (void)seat;
    return rule->role.len == 0;
}

static void write_rules(struct kit *kit, struct str heading, const struct def_seat *seat,
    bool (*is_wanted)(const struct rule *, const struct def_seat *))
{
    const struct rules *rules = kit->source->rules;
    bool has_any = false;
    for (size_t i = 0; i < rules->count; i++) {
        if (!is_wanted(&rules->items[i], seat) || is_said_before(kit, i, is_wanted, seat))
            continue;
        if (!has_any) {
            html_element(&kit->html, "h3", NULL, heading);
            html_open_class(&kit->html, "ul", "rules");
        }
        has_any = true;
        html_element(&kit->html, "li", NULL, kit_say(kit, rules->items[i].before));
    }
    if (has_any)
        html_close(&kit->html);
}

static void write_slots(struct kit *kit)
{
    if (kit->def->slot_count == 0)
        return;
    html_element(
        &kit->html, "h3", NULL, KIT_SAY(kit, "What a report answers", "報告で答えるべきこと"));
    html_element(&kit->html, "p", "quiet",
        KIT_SAY(kit, "Where it is not known yet, the report says so.",
            "まだわからないことは、わからないと書きます。"));
    html_open_class(&kit->html, "ul", "slots");
    for (size_t i = 0; i < kit->def->slot_count; i++)
        html_element(&kit->html, "li", NULL, kit_say(kit, kit->def->slots[i].name));
    html_close(&kit->html);
}

/* ---- the sheets of a seat ---- */

static void write_seat(struct kit *kit, const struct def_seat *seat)
{
    struct str name = kit_seat_name(kit, seat), eyes = kit_eyes_of(kit, name);
    kit_sheet(kit, "role", eyes);
    html_element(&kit->html, "p", "kind", KIT_SAY(kit, "Role card", "役割カード"));
    for (size_t i = 0; i < seat->roles.count; i++) {
        const struct def_role *role = def_role(kit->def, seat->roles.items[i]);
        if (role != NULL)
            write_role(kit, role);
    }
    kit_sheet_end(kit);
    kit_sheet(kit, "role", eyes);
    html_element(&kit->html, "h2", NULL, KIT_SAY(kit, "Whom to turn to", "連絡と報告"));
    if (kit->def->organisation_profile != NULL)
        write_ladder(kit, seat);
    write_contacts(kit);
    kit_sheet_end(kit);
    kit_sheet(kit, "role", eyes);
    html_element(&kit->html, "h2", NULL, KIT_SAY(kit, "What good looks like", "よい対応とは"));
    write_slots(kit);
    write_rules(kit, KIT_SAY(kit, "Your own part", "この席に関わること"), seat, is_of_seat);
    write_rules(kit, KIT_SAY(kit, "Everybody", "全員に関わること"), seat, is_of_all);
    kit_sheet_end(kit);
}

void kit_role_write(struct kit *kit)
{
    for (size_t i = 0; i < kit->def->seat_count; i++)
        write_seat(kit, &kit->def->seats[i]);
}

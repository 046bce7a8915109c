/* tocsin orgs: the organisations that a scenario can be played in, and one of them on a sheet. */
#include <stdio.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/mistakes.h"
#include "base/duration.h"
#include "base/json_write.h"
#include "core/organisation.h"

/* One profile, read. */
struct sheet {
    struct def def;
    const struct organisation *organisation;
    enum lang lang;
};

#define SAY(sheet, english, japanese) ((sheet)->lang == LANG_JA ? (japanese) : (english))

static const struct words authority_words[AUTHORITY_COUNT] = {
    [AUTHORITY_MAY] = WORDS("may stop systems", "システムを停止できる"),
    [AUTHORITY_ADVISES] = WORDS("advises on stopping systems, management decides",
        "システムの停止を助言する（決めるのは経営層）"),
    [AUTHORITY_MAY_NOT] = WORDS("may not stop systems, management decides",
        "システムを停止する権限はない（決めるのは経営層）"),
    [AUTHORITY_MAY_IN_EMERGENCY] =
        WORDS("may stop systems in an emergency", "緊急時に限りシステムを停止できる"),
};

/* ---- plain ---- */

/* What a role or contact is called, or its id. */
static struct str name_of(const struct sheet *sheet, struct str id)
{
    const struct def_role *role = def_role(&sheet->def, id);
    const struct def_stakeholder *contact = organisation_contact(sheet->organisation, id);
    if (role != NULL)
        return role->name.in[sheet->lang];
    return contact != NULL ? contact->name.in[sheet->lang] : id;
}

/* "10m"; "10分". */
static struct str length(const struct sheet *sheet, struct arena *arena, int64_t ms)
{
    const int64_t minute = INT64_C(60) * 1000, hour = 60 * minute;
    if (sheet->lang != LANG_JA || ms % minute != 0)
        return duration_format(arena, ms);
    return ms % hour == 0 ? arena_format(arena, "%lld時間", (long long)(ms / hour))
                          : arena_format(arena, "%lld分", (long long)(ms / minute));
}

static void print_part(const char *heading, const struct words *words, enum lang lang)
{
    if (words->in[lang].len > 0)
        printf("\n%s\n  %.*s\n", heading, STR_ARG(words->in[lang]));
}

static void print_services(const struct sheet *sheet)
{
    struct strs services = sheet->organisation->services;
    if (services.count > 0)
        printf("\n%s\n", SAY(sheet, "Services", "提供するサービス"));
    for (size_t i = (size_t)sheet->lang; i < services.count; i += LANG_COUNT)
        printf("  - %.*s\n", STR_ARG(services.items[i]));
}

static void print_authority(const struct sheet *sheet, struct arena *arena)
{
    const struct organisation *organisation = sheet->organisation;
    printf("\n%s\n  %.*s\n", SAY(sheet, "Authority", "権限"),
        STR_ARG(authority_words[organisation->authority].in[sheet->lang]));
    if (organisation->report_within_ms > 0)
        printf(SAY(sheet, "  and reports it within %.*s\n", "  停止したら%.*s以内に報告する\n"),
            STR_ARG(length(sheet, arena, organisation->report_within_ms)));
    for (size_t i = 0; organisation_may_stop(organisation) && i < organisation->stopped_by.count;
         i++)
        printf("  %s %.*s\n", SAY(sheet, "used by:", "行使する人："),
            STR_ARG(name_of(sheet, organisation->stopped_by.items[i])));
}

static void print_ladder(const struct sheet *sheet, struct arena *arena)
{
    const struct organisation *organisation = sheet->organisation;
    if (organisation->rung_count > 0)
        printf("\n%s\n", SAY(sheet, "Escalation ladder", "エスカレーションの段階"));
    for (size_t i = 0; i < organisation->rung_count; i++) {
        const struct organisation_rung *rung = &organisation->ladder[i];
        struct str to = name_of(sheet, rung->to), when = rung->when.in[sheet->lang];
        printf("  %zu. %.*s", i + 1, STR_ARG(to));
        if (rung->within_ms > 0)
            printf(SAY(sheet, ", within %.*s", "（%.*s以内）"),
                STR_ARG(length(sheet, arena, rung->within_ms)));
        printf(SAY(sheet, ", told by %.*s", "、伝える人：%.*s"),
            STR_ARG(name_of(sheet, rung->from.len > 0 ? rung->from : STR("poc"))));
        printf("\n     %.*s\n", STR_ARG(when));
        if (rung->instead.in[sheet->lang].len > 0)
            printf("     %s%.*s\n", SAY(sheet, "one person is both: ", "同じ人が兼ねるため："),
                STR_ARG(rung->instead.in[sheet->lang]));
    }
}

static void print_roles(const struct sheet *sheet)
{
    const struct organisation *organisation = sheet->organisation;
    if (organisation->role_count > 0)
        printf("\n%s\n", SAY(sheet, "Who holds what", "役割の担い手"));
    for (size_t i = 0; i < organisation->role_count; i++) {
        const struct organisation_role *role = &organisation->roles[i];
        struct str name = name_of(sheet, role->id);
        printf("  - %.*s", STR_ARG(name));
        if (role->outsourced.len > 0)
            printf(SAY(sheet, ": outsourced to %.*s", "：外部委託（%.*s）"),
                STR_ARG(name_of(sheet, role->outsourced)));
        else if (role->with.len > 0)
            printf(SAY(sheet, ": the same person as %.*s", "：%.*sと兼任"),
                STR_ARG(name_of(sheet, role->with)));
        printf("\n");
    }
}

static void print_contacts(const struct sheet *sheet)
{
    const struct organisation *organisation = sheet->organisation;
    if (organisation->contact_count > 0)
        printf("\n%s\n", SAY(sheet, "Contacts", "連絡先"));
    for (size_t i = 0; i < organisation->contact_count; i++) {
        const struct def_stakeholder *contact = &organisation->contacts[i];
        printf("  - %.*s", STR_ARG(contact->name.in[sheet->lang]));
        if (contact->deputy.len > 0)
            printf(SAY(sheet, "; deputy: %.*s", "、代理：%.*s"),
                STR_ARG(name_of(sheet, contact->deputy)));
        if (contact->contact.in[sheet->lang].len > 0)
            printf("\n    %.*s", STR_ARG(contact->contact.in[sheet->lang]));
        printf("\n");
    }
}

static bool has_own_ratings(const struct organisation *organisation)
{
    return organisation->ratings.from_percent[1] != 0;
}

/* The usual scale is said beside each score; a house's own is worth knowing before. */
static void print_ratings(const struct sheet *sheet)
{
    if (!has_own_ratings(sheet->organisation))
        return;
    printf("\n%s\n ", SAY(sheet, "Ratings are proposed from", "評定案を出す得点"));
    for (int rating = 1; rating < RATING_COUNT; rating++)
        printf(SAY(sheet, " %s %d%%", " %s %d％以上"), rating_names[rating],
            organisation_rating_from(sheet->organisation, rating) / 10);
    printf("\n");
}

static void print_sheet(const struct sheet *sheet, struct arena *arena)
{
    const struct organisation *organisation = sheet->organisation;
    enum lang lang = sheet->lang;
    printf("%.*s (%.*s)\n", STR_ARG(organisation->name.in[lang]), STR_ARG(sheet->def.organisation));
    print_part(SAY(sheet, "Constituency", "サービス対象"), &organisation->constituency, lang);
    print_part(SAY(sheet, "Mission", "使命"), &organisation->mission, lang);
    print_services(sheet);
    print_part(SAY(sheet, "Position", "組織での位置づけ"), &organisation->position, lang);
    print_authority(sheet, arena);
    print_ladder(sheet, arena);
    print_roles(sheet);
    print_contacts(sheet);
    print_ratings(sheet);
}

static void print_row(const struct sheet *sheet)
{
    const struct organisation *organisation = sheet->organisation;
    size_t outsourced = 0, people = 0;
    for (size_t i = 0; i < organisation->role_count; i++) {
        outsourced += organisation->roles[i].outsourced.len > 0;
        people +=
            organisation->roles[i].outsourced.len == 0 && organisation->roles[i].with.len == 0;
    }
    printf("%-14.*s %-17s ", STR_ARG(sheet->def.organisation),
        authority_names[organisation->authority]);
    if (organisation->role_count > 0)
        printf(SAY(sheet, "%2zu people, %2zu roles outsourced  ", "%2zu人、外部委託%2zu役割  "),
            people, outsourced);
    printf("%.*s\n", STR_ARG(organisation->name.in[sheet->lang]));
}

/* ---- JSON ---- */

static void write_ladder(const struct organisation *organisation, struct json_write *json)
{
    json_write_key(json, STR("ladder"));
    json_write_array(json);
    for (size_t i = 0; i < organisation->rung_count; i++) {
        const struct organisation_rung *rung = &organisation->ladder[i];
        json_write_object(json);
        json_write_key_bool(json, "decides", organisation_decides(organisation, rung));
        json_write_key_str(json, "from", rung->from.len > 0 ? rung->from : STR("poc"));
        if (rung->instead.in[LANG_EN].len > 0)
            json_write_key_words(json, "instead", &rung->instead);
        json_write_key_str(json, "to", rung->to);
        json_write_key_words(json, "when", &rung->when);
        json_write_key_int(json, "within_ms", rung->within_ms);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_roles(const struct organisation *organisation, struct json_write *json)
{
    json_write_key(json, STR("roles"));
    json_write_array(json);
    for (size_t i = 0; i < organisation->role_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "outsourced", organisation->roles[i].outsourced);
        json_write_key_str(json, "role", organisation->roles[i].id);
        json_write_key_str(json, "with", organisation->roles[i].with);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_contacts(const struct organisation *organisation, struct json_write *json)
{
    json_write_key(json, STR("contacts"));
    json_write_array(json);
    for (size_t i = 0; i < organisation->contact_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "contact", organisation->contacts[i].id);
        json_write_key_str(json, "deputy", organisation->contacts[i].deputy);
        json_write_key_words(json, "name", &organisation->contacts[i].name);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_services(const struct organisation *organisation, struct json_write *json)
{
    json_write_key(json, STR("services"));
    json_write_array(json);
    for (size_t i = 0; i + LANG_COUNT <= organisation->services.count; i += LANG_COUNT) {
        json_write_object(json);
        for (size_t lang = 0; lang < LANG_COUNT; lang++)
            json_write_key_str(json, lang_names[lang], organisation->services.items[i + lang]);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_ratings(const struct organisation *organisation, struct json_write *json)
{
    if (!has_own_ratings(organisation))
        return;
    json_write_key(json, STR("ratings"));
    json_write_object(json);
    for (const char *order = "MPSU"; *order != '\0'; order++)
        for (int rating = 1; rating < RATING_COUNT; rating++)
            if (rating_names[rating][0] == *order)
                json_write_key_int(
                    json, rating_names[rating], organisation_rating_from(organisation, rating));
    json_write_end(json);
}

static void write_sheet(const struct sheet *sheet, struct json_write *json)
{
    const struct organisation *organisation = sheet->organisation;
    json_write_object(json);
    json_write_key_str(json, "authority", str_of(authority_names[organisation->authority]));
    json_write_key_words(json, "constituency", &organisation->constituency);
    write_contacts(organisation, json);
    write_ladder(organisation, json);
    json_write_key_words(json, "mission", &organisation->mission);
    json_write_key_words(json, "name", &organisation->name);
    json_write_key_str(json, "organisation", sheet->def.organisation);
    json_write_key_words(json, "position", &organisation->position);
    write_ratings(organisation, json);
    json_write_key_int(json, "report_within_ms", organisation->report_within_ms);
    write_roles(organisation, json);
    write_services(organisation, json);
    json_write_key_strs(json, "stopped_by", organisation->stopped_by);
    json_write_end(json);
}

static void print_json(const struct sheet *sheets, size_t count, bool as_list)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    if (as_list)
        json_write_array(&json);
    for (size_t i = 0; i < count; i++)
        write_sheet(&sheets[i], &json);
    if (as_list)
        json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

/* ---- reading ---- */

/* What is wrong with one profile is told at once; it does not hide the others. */
static bool read_one(
    const struct command_line *line, struct str name, struct arena *arena, struct sheet *sheet)
{
    struct problems problems = {0};
    struct bundle bundle;
    struct err err;
    sheet->lang = command_lang(line);
    bool ok = disk_organisation(name.ptr, command_value(line, "--home"), arena, &bundle, &err) &&
              load_organisation_alone(&bundle, name, arena, &problems, &sheet->def);
    if (ok)
        sheet->organisation = sheet->def.organisation_profile;
    else
        mistakes_fail(line, &problems, &err);
    problems_fini(&problems);
    return ok;
}

static void print_sheets(
    const struct command_line *line, const struct sheet *sheets, size_t count, struct arena *arena)
{
    bool is_one = line->argument_count > 0;
    if (command_has(line, "--json")) {
        print_json(sheets, count, !is_one);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (is_one)
            print_sheet(&sheets[i], arena);
        else
            print_row(&sheets[i]);
}

/* The names that are asked for; false when there is none of them. */
static bool find_names(const struct command_line *line, struct arena *arena, struct str *one,
    struct strs *ret_names, struct err *reterr)
{
    const char *home = command_value(line, "--home");
    struct strs names = disk_organisations(home, NULL, arena);
    if (names.count == 0)
        return err_set(reterr, ERR_IO,
            "there is no profile; looked for roles/organisations/ in %s (--home DIR names another "
            "place)",
            home != NULL ? home : ".");
    if (line->argument_count > 0) {
        *one = str_of(line->arguments[0]);
        if (!disk_organisation_check(one->ptr, names, reterr))
            return false;
        names = (struct strs){one, 1};
    }
    *ret_names = names;
    return true;
}

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct err err;
    struct str one = {0};
    struct strs names = {0};
    size_t count = 0;
    if (!find_names(line, &arena, &one, &names, &err)) {
        arena_fini(&arena);
        return command_fail(line, &err);
    }
    struct sheet *sheets = ARENA_ARRAY(&arena, names.count, struct sheet);
    for (size_t i = 0; i < names.count; i++)
        if (read_one(line, names.items[i], &arena, &sheets[count]))
            count++;
    if (count > 0 || line->argument_count == 0)
        print_sheets(line, sheets, count, &arena);
    arena_fini(&arena);
    return count == names.count ? COMMAND_OK : COMMAND_FAILED;
}

const struct command command_orgs = {
    .name = "orgs",
    .arguments = "[ORG]",
    .argument_max = 1,
    .help = "show the organisations that a scenario can be played in",
    .details =
        "Without ORG a line each: what it may stop, how many people hold the roles, how many\n"
        "roles are outsourced. With ORG its sheet: whom the team serves, where it stands, what\n"
        "it may stop, who must hear and when, who holds which role, whom it can call. The\n"
        "profiles lie in roles/organisations/; --org of check, play and serve chooses one.",
    .examples = {"tocsin orgs", "tocsin orgs model-a --lang ja", "tocsin orgs hospital --json"},
    .failed = "a profile could not be read",
    .options = {{"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL, "a list, or with ORG one object; its fields stand in docs/commands.md"},
        COMMAND_HOME},
    .run = run,
};

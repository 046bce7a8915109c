/* tocsin roles: who does what in a CSIRT, and what an exercise can see of it.
 *
 * Reads the catalogue and its skills only, so that it needs no scenario and no record. */
#include <stdio.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/ids.h"
#include "app/mistakes.h"
#include "base/json_write.h"

static const struct words group_words[ROLE_GROUP_COUNT] = {
    [ROLE_GROUP_NONE] = WORDS("-", "-"),
    [ROLE_GROUP_SHARING] = WORDS("information sharing", "情報共有"),
    [ROLE_GROUP_ANALYSIS] = WORDS("collection and analysis", "情報収集・分析"),
    [ROLE_GROUP_RESPONSE] = WORDS("incident response", "インシデント対応"),
    [ROLE_GROUP_EDUCATION] = WORDS("education", "自組織内教育"),
    [ROLE_GROUP_EXECUTIVE] = WORDS("executive", "経営者"),
    [ROLE_GROUP_ADMINISTRATION] = WORDS("administration", "組織運営"),
    [ROLE_GROUP_OPERATION] = WORDS("operation", "システム運用"),
};
static const struct words as_words[SKILL_AS_COUNT] = {
    [SKILL_PREREQUISITE] = WORDS("Skills when appointed", "任用の前提となるスキル"),
    [SKILL_ADDITIONAL] = WORDS("Skills to be trained", "追加教育で身につけるスキル"),
    [SKILL_DUTY] = WORDS("Duties", "務め"),
};
static const struct words seen_words[SKILL_SEEN_COUNT] = {
    [SKILL_OBSERVED] = WORDS("observed", "ルールで観測"),
    [SKILL_RATED] = WORDS("rated", "評価者が評定"),
    [SKILL_NOT_HERE] = WORDS("not here", "演習の対象外"),
};

struct showing {
    struct arena arena;
    struct def def;
    enum lang lang;
};

/* That the role needs the skill, or NULL. */
static const struct def_skill_of *need_of(
    const struct def_skill *skill, const struct def_role *role)
{
    for (size_t i = 0; i < skill->of_count; i++)
        if (str_eq(skill->of[i].role, role->id))
            return &skill->of[i];
    return NULL;
}

static const struct def_practice *find_practice(const struct def *def, struct str id)
{
    for (size_t i = 0; i < def->practice_count; i++)
        if (str_eq(def->practices[i].id, id))
            return &def->practices[i];
    return NULL;
}

/* ---- for people ---- */

static const char *say(const struct showing *showing, const char *en, const char *ja)
{
    return showing->lang == LANG_JA ? ja : en;
}

/* Columns that a text takes: a letter of more than two bytes is two wide. */
static int width_of(struct str text)
{
    int columns = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        columns += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xE0 ? 2 : 1;
    }
    return columns;
}

static void print_cell(struct str text, int columns)
{
    int width = width_of(text);
    printf("%.*s%*s", STR_ARG(text), width < columns ? columns - width : 1, "");
}

static void print_row(struct str id, const char *seat, struct str group, struct str name)
{
    print_cell(id, 24);
    print_cell(str_of(seat), 6);
    print_cell(group, 25);
    printf("%.*s\n", STR_ARG(name));
}

static void print_table(const struct showing *showing)
{
    const struct def *def = &showing->def;
    print_row(str_of(say(showing, "role", "役割")), say(showing, "seat", "席"),
        str_of(say(showing, "function", "機能分類")), str_of(say(showing, "name", "名称")));
    for (size_t i = 0; i < def->role_count; i++) {
        const struct def_role *role = &def->roles[i];
        print_row(role->id, role->has_seat ? say(showing, "yes", "有") : "-",
            group_words[role->group].in[showing->lang], role->name.in[showing->lang]);
    }
}

static void print_texts(const struct showing *showing, const char *title, struct strs texts)
{
    if (texts.count == 0)
        return;
    printf("\n%s\n", title);
    for (size_t i = (size_t)showing->lang; i < texts.count; i += LANG_COUNT)
        printf("  * %.*s\n", STR_ARG(texts.items[i]));
}

static void print_whoms(
    const struct showing *showing, const char *title, const struct def_whom *whoms, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%.*s%s", i == 0 ? title : say(showing, ", ", "、"),
            STR_ARG(whoms[i].name.in[showing->lang]), i + 1 == count ? "\n" : "");
}

/* Who else is often the same person. */
static void print_combined(const struct showing *showing, const struct def_role *role)
{
    const struct def *def = &showing->def;
    const char *before = say(showing, "Often held together with: ", "兼任されることの多い役割：");
    bool has_one = false;
    for (size_t i = 0; role->combined > 0 && i < def->role_count; i++) {
        if (&def->roles[i] == role || def->roles[i].combined != role->combined)
            continue;
        printf("%s%.*s", has_one ? say(showing, ", ", "、") : before,
            STR_ARG(def->roles[i].name.in[showing->lang]));
        has_one = true;
    }
    printf("%s", has_one ? "\n" : "");
}

static void print_shown_by(const struct showing *showing, struct strs shown_by)
{
    for (size_t i = 0; i < shown_by.count; i++) {
        const struct def_practice *practice = find_practice(&showing->def, shown_by.items[i]);
        printf("      - %.*s [%.*s]\n", STR_ARG(practice->name.in[showing->lang]),
            STR_ARG(practice->id));
    }
}

static void print_skills(
    const struct showing *showing, const struct def_role *role, enum skill_as as)
{
    const struct def *def = &showing->def;
    bool has_one = false;
    for (size_t i = 0; i < def->skill_count; i++) {
        const struct def_skill *skill = &def->skills[i];
        const struct def_skill_of *need = need_of(skill, role);
        if (need == NULL || need->as != as)
            continue;
        if (!has_one)
            printf("\n%.*s%s%.*s%s\n", STR_ARG(as_words[as].in[showing->lang]),
                say(showing, " (section ", "（"), STR_ARG(need->section),
                say(showing, ")", "節）"));
        has_one = true;
        printf("  * %.*s [%.*s]\n    %.*s%s%.*s\n", STR_ARG(skill->name.in[showing->lang]),
            STR_ARG(skill->id), STR_ARG(seen_words[skill->seen].in[showing->lang]),
            say(showing, ": ", "："), STR_ARG(skill->how.in[showing->lang]));
        print_shown_by(showing, skill->shown_by);
    }
}

static void print_sheet(const struct showing *showing, const struct def_role *role)
{
    enum lang lang = showing->lang;
    printf("%.*s [%.*s]\n", STR_ARG(role->name.in[lang]), STR_ARG(role->id));
    if (role->purpose.in[lang].len > 0)
        printf("%.*s\n", STR_ARG(role->purpose.in[lang]));
    printf("\n%s%.*s\n", say(showing, "Function: ", "機能分類："),
        STR_ARG(group_words[role->group].in[lang]));
    printf("%s%s\n", say(showing, "Seat of its own: ", "独立した席："),
        role->has_seat ? say(showing, "yes", "有") : say(showing, "no", "無"));
    print_combined(showing, role);
    print_whoms(showing, say(showing, "Reports to: ", "報告先："), role->reports_to,
        role->reports_to_count);
    print_whoms(
        showing, say(showing, "Informs: ", "情報の共有先："), role->informs, role->inform_count);
    print_texts(showing, say(showing, "In peace", "平常時"), role->in_peace);
    print_texts(showing, say(showing, "In an incident", "インシデント対応時"), role->in_incident);
    print_texts(showing, say(showing, "Decides", "決めてよいこと"), role->decides);
    for (int as = 0; as < SKILL_AS_COUNT; as++)
        print_skills(showing, role, (enum skill_as)as);
    if (role->card.in[lang].len > 0)
        printf("\n----\n\n%.*s\n", STR_ARG(role->card.in[lang]));
}

/* ---- for programs ---- */

static void write_texts(struct json_write *json, const char *key, struct strs texts)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
    for (size_t i = 0; i + LANG_COUNT <= texts.count; i += LANG_COUNT) {
        json_write_object(json);
        for (size_t lang = 0; lang < LANG_COUNT; lang++)
            json_write_key_str(json, lang_names[lang], texts.items[i + lang]);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_whoms(
    struct json_write *json, const char *key, const struct def_whom *whoms, size_t count)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
    for (size_t i = 0; i < count; i++) {
        json_write_object(json);
        json_write_key_words(json, "name", &whoms[i].name);
        if (whoms[i].role.len > 0)
            json_write_key_str(json, "role", whoms[i].role);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_skills(
    struct json_write *json, const struct def *def, const struct def_role *role)
{
    json_write_key(json, STR("skills"));
    json_write_array(json);
    for (size_t i = 0; i < def->skill_count; i++) {
        const struct def_skill *skill = &def->skills[i];
        const struct def_skill_of *need = need_of(skill, role);
        if (need == NULL)
            continue;
        json_write_object(json);
        json_write_key_str(json, "as", str_of(skill_as_names[need->as]));
        json_write_key_words(json, "how", &skill->how);
        json_write_key_str(json, "id", skill->id);
        json_write_key_words(json, "name", &skill->name);
        json_write_key_str(json, "section", need->section);
        json_write_key_str(json, "seen", str_of(skill_seen_names[skill->seen]));
        json_write_key_strs(json, "shown_by", skill->shown_by);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_role(struct json_write *json, const struct def *def, const struct def_role *role)
{
    json_write_object(json);
    if (role->card.in[LANG_EN].len > 0)
        json_write_key_words(json, "card", &role->card);
    if (role->combined > 0)
        json_write_key_int(json, "combined", role->combined);
    write_texts(json, "decides", role->decides);
    json_write_key_str(json, "group", str_of(role_group_names[role->group]));
    json_write_key_str(json, "id", role->id);
    write_texts(json, "in_incident", role->in_incident);
    write_texts(json, "in_peace", role->in_peace);
    write_whoms(json, "informs", role->informs, role->inform_count);
    json_write_key_words(json, "name", &role->name);
    json_write_key_words(json, "purpose", &role->purpose);
    write_whoms(json, "reports_to", role->reports_to, role->reports_to_count);
    json_write_key_bool(json, "seat", role->has_seat);
    write_skills(json, def, role);
    json_write_end(json);
}

/* The one role, or all of them: an array in either case. */
static void print_json(const struct def *def, const struct def_role *only)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_array(&json);
    for (size_t i = 0; i < def->role_count; i++)
        if (only == NULL || only == &def->roles[i])
            write_role(&json, def, &def->roles[i]);
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

/* ---- running ---- */

static bool load(
    struct showing *showing, const char *home, struct problems *problems, struct err *reterr)
{
    struct bundle bundle;
    return disk_roles(home, &showing->arena, &bundle, reterr) &&
           load_roles(&bundle, &showing->arena, problems, &showing->def);
}

/* NULL in ret_role when none was named. */
static bool choose(
    struct showing *showing, const char *id, const struct def_role **ret_role, struct err *reterr)
{
    const struct def *def = &showing->def;
    *ret_role = id != NULL ? def_role(def, str_of(id)) : NULL;
    if (id == NULL || *ret_role != NULL)
        return true;
    struct str *items = ARENA_ARRAY(&showing->arena, def->role_count, struct str);
    struct strs there = {items, def->role_count};
    for (size_t i = 0; i < def->role_count; i++)
        items[i] = def->roles[i].id;
    return ids_refuse(reterr, "there is no role", str_of(id), there);
}

static enum command_exit run(const struct command_line *line)
{
    struct showing showing = {.lang = command_lang(line)};
    const struct def_role *role = NULL;
    struct problems problems = {0};
    struct err err;
    bool ok = load(&showing, command_value(line, "--home"), &problems, &err) &&
              choose(&showing, line->arguments[0], &role, &err);
    if (ok && command_has(line, "--json"))
        print_json(&showing.def, role);
    else if (ok && role != NULL)
        print_sheet(&showing, role);
    else if (ok)
        print_table(&showing);
    enum command_exit done = ok ? COMMAND_OK : mistakes_fail(line, &problems, &err);
    problems_fini(&problems);
    arena_fini(&showing.arena);
    return done;
}

const struct command command_roles = {
    .name = "roles",
    .arguments = "[ROLE]",
    .argument_max = 1,
    .help = "show the roles of a CSIRT and their skills",
    .details = "A table of all roles; with ROLE its whole sheet: duties, whom it tells, what it\n"
               "decides, its skills with how an exercise sees them, and its card.",
    .examples = {"tocsin roles", "tocsin roles commander --lang ja", "tocsin roles poc --json"},
    .options = {{"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL, "an array; its fields stand in docs/commands.md"}, COMMAND_HOME},
    .run = run,
};

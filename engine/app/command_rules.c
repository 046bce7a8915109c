/* tocsin rules: what good looks like, in sentences that anybody may read before play.
 *
 * Titles and reasons can give a story away; they are shown only when asked for. */
#include <stdio.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/ids.h"
#include "app/mistakes.h"
#include "base/duration.h"
#include "base/json_write.h"

struct listing {
    struct arena arena;
    struct rules rules;
    enum lang lang;
    bool is_full;
    const char *law; /* a jurisdiction, "all", or NULL: whatever there is */
};

static const char *say(const struct listing *listing, const char *en, const char *ja)
{
    return listing->lang == LANG_JA ? ja : en;
}

/* ---- reading ---- */

static bool read_scenario(const struct command_line *line, struct listing *listing,
    struct problems *problems, struct err *reterr)
{
    struct bundle bundle;
    struct def def;
    struct disk_source source = {.scenario = command_value(line, "--scenario"),
        .overlay = command_value(line, "--overlay"),
        .organisation = command_value(line, "--org"),
        .problems = problems,
        .home = command_value(line, "--home")};
    return disk_bundle_from(&source, &listing->arena, &bundle, reterr) &&
           load_scenario(&bundle, &listing->arena, problems, &def, &listing->rules);
}

static bool read_packs(const struct command_line *line, struct listing *listing,
    struct problems *problems, struct err *reterr)
{
    struct bundle bundle;
    return disk_packs(command_value(line, "--home"), &listing->arena, &bundle, reterr) &&
           load_packs(&bundle, &listing->arena, problems, &listing->rules);
}

static const struct rule_pack *pack_of(const struct listing *listing, struct str id)
{
    for (size_t i = 0; i < listing->rules.pack_count; i++)
        if (str_eq(listing->rules.packs[i].id, id))
            return &listing->rules.packs[i];
    return NULL;
}

/* Whether the pack is of the law that was asked for. */
static bool is_of_law(const struct listing *listing, const struct rule_pack *pack)
{
    return pack->jurisdiction.len != 0 &&
           (str_is(pack->jurisdiction, listing->law) || str_is(STR("all"), listing->law));
}

/* Whether the rule is one of those asked for. */
static bool is_wanted(const struct listing *listing, const struct rule *rule, const char *id)
{
    const struct rule_pack *pack = pack_of(listing, rule->pack);
    if (id != NULL && !str_is(rule->id, id))
        return false;
    return listing->law == NULL || (pack != NULL && is_of_law(listing, pack));
}

/* ---- for people ---- */

static void print_pack(struct listing *listing, struct str id)
{
    const struct rule_pack *pack = pack_of(listing, id);
    enum lang lang = listing->lang;
    if (pack == NULL || pack->title.in[lang].len == 0) {
        printf("%s%.*s\n",
            id.len == 0 ? say(listing, "Of this scenario", "このシナリオの規則") : "", STR_ARG(id));
        return;
    }
    printf("%.*s [%.*s %.*s]\n", STR_ARG(pack->title.in[lang]), STR_ARG(pack->id),
        STR_ARG(pack->version));
    if (pack->instrument.in[lang].len != 0)
        printf("  %.*s\n", STR_ARG(pack->instrument.in[lang]));
    if (pack->read_on_day != 0)
        printf("  %s%.10s%s%.*s\n", say(listing, "compared with its sources on ", "出典との照合："),
            calendar_format(&listing->arena, pack->read_on_day * INT64_C(86400000), 0).ptr,
            say(listing, "; confidence: ", "、確度："), STR_ARG(pack->confidence));
    if (pack->disabled.in[lang].len != 0)
        printf("  %s%.*s\n", say(listing, "Not in use: ", "使用しない："),
            STR_ARG(pack->disabled.in[lang]));
    else if (pack->is_idle)
        printf("  %s\n", say(listing, "Not in force when this story begins.",
                             "このシナリオの開始日には施行されていない。"));
}

static void print_full(const struct listing *listing, const struct rule *rule)
{
    enum lang lang = listing->lang;
    printf("      %.*s\n      %.*s\n", STR_ARG(rule->title.in[lang]), STR_ARG(rule->why.in[lang]));
    printf("      %s, %s", rule_kind_names[rule->kind], severity_names[rule->severity]);
    if (rule->role.len != 0)
        printf(", %.*s", STR_ARG(rule->role));
    printf("\n");
    if (rule->source.in[lang].len != 0)
        printf("      %.*s\n", STR_ARG(rule->source.in[lang]));
}

static void print_rule(const struct listing *listing, const struct rule *rule)
{
    enum lang lang = listing->lang;
    printf("  * %.*s [%.*s]\n", STR_ARG(rule->before.in[lang]), STR_ARG(rule->id));
    if (rule->law.soft.in[lang].len != 0)
        printf("      %s%.*s%s\n", say(listing, "the law says “", "法令の文言は「"),
            STR_ARG(rule->law.soft.in[lang]),
            say(listing, "”, and no number", "」であり、数値はない"));
    if (rule->law.article.in[lang].len != 0)
        printf("      %.*s\n", STR_ARG(rule->law.article.in[lang]));
    if (listing->is_full)
        print_full(listing, rule);
}

static void print_rules(struct listing *listing, const char *id)
{
    const struct rule *last = NULL;
    for (size_t i = 0; i < listing->rules.count; i++) {
        const struct rule *rule = &listing->rules.items[i];
        if (!is_wanted(listing, rule, id))
            continue;
        if (last == NULL || !str_eq(last->pack, rule->pack)) {
            printf("%s", last == NULL ? "" : "\n");
            print_pack(listing, rule->pack);
        }
        print_rule(listing, rule);
        last = rule;
    }
}

/* ---- for programs ---- */

static void write_rule(
    const struct listing *listing, const struct rule *rule, struct json_write *json)
{
    json_write_object(json);
    json_write_key_words(json, "before", &rule->before);
    json_write_key_str(json, "capability", rule->capability);
    json_write_key_str(json, "id", rule->id);
    json_write_key_str(json, "kind", str_of(rule_kind_names[rule->kind]));
    json_write_key_str(json, "objective", rule->objective);
    json_write_key_str(json, "pack", rule->pack);
    json_write_key_str(json, "role", rule->role);
    json_write_key_str(json, "severity", str_of(severity_names[rule->severity]));
    json_write_key_strs(json, "skills", rule->skills);
    if (listing->is_full)
        json_write_key_words(json, "title", &rule->title);
    json_write_key_int(json, "weight", rule->weight);
    if (listing->is_full)
        json_write_key_words(json, "why", &rule->why);
    json_write_end(json);
}

static void print_json(const struct listing *listing, const char *id)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_array(&json);
    for (size_t i = 0; i < listing->rules.count; i++)
        if (is_wanted(listing, &listing->rules.items[i], id))
            write_rule(listing, &listing->rules.items[i], &json);
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

/* ---- the command ---- */

static bool has_any(const struct listing *listing, const char *id)
{
    for (size_t i = 0; i < listing->rules.count; i++)
        if (is_wanted(listing, &listing->rules.items[i], id))
            return true;
    return false;
}

static struct strs jurisdictions(struct listing *listing)
{
    struct str *items = ARENA_ARRAY(&listing->arena, listing->rules.pack_count + 1, struct str);
    struct strs there = {items, 0};
    for (size_t i = 0; i < listing->rules.pack_count; i++) {
        struct str jurisdiction = listing->rules.packs[i].jurisdiction;
        if (jurisdiction.len != 0 && !strs_contain(there, jurisdiction))
            items[there.count++] = jurisdiction;
    }
    return there;
}

static struct strs rule_names(struct listing *listing)
{
    struct str *items = ARENA_ARRAY(&listing->arena, listing->rules.count + 1, struct str);
    for (size_t i = 0; i < listing->rules.count; i++)
        items[i] = listing->rules.items[i].id;
    return (struct strs){items, listing->rules.count};
}

/* Packs of the law that was asked for: none of their rules applies, and each says why. */
static void print_idle(struct listing *listing)
{
    bool has_one = false;
    for (size_t i = 0; listing->law != NULL && i < listing->rules.pack_count; i++) {
        const struct rule_pack *pack = &listing->rules.packs[i];
        if (!is_of_law(listing, pack))
            continue;
        print_pack(listing, pack->id);
        has_one = true;
    }
    if (!has_one)
        printf("%s\n", say(listing, "There are no rules here.", "規則はない。"));
}

/* Nothing is what a scenario without rules has; a name that nothing has is a slip of the pen. */
static bool check_asked(struct listing *listing, const char *id, struct err *reterr)
{
    struct strs rules = rule_names(listing), laws = jurisdictions(listing);
    const char *law = listing->law;
    if (id != NULL && !strs_contain(rules, str_of(id)))
        return ids_refuse(reterr, "no rule is called", str_of(id), rules);
    if (law != NULL && !str_is(STR("all"), law) && !strs_contain(laws, str_of(law)))
        return ids_refuse(reterr, "there is no law here of", str_of(law), laws);
    if (id != NULL && !has_any(listing, id))
        return err_set(reterr, ERR_USAGE,
            "the rule \"%s\" is of no law%s%s; ask for it without --law", id,
            str_is(STR("all"), law) ? "" : " of ", str_is(STR("all"), law) ? "" : law);
    return true;
}

static bool read(const struct command_line *line, struct listing *listing,
    struct problems *problems, struct err *reterr)
{
    return command_has(line, "--scenario") ? read_scenario(line, listing, problems, reterr)
                                           : read_packs(line, listing, problems, reterr);
}

static enum command_exit run(const struct command_line *line)
{
    struct listing listing = {.lang = command_lang(line),
        .is_full = command_has(line, "--full"),
        .law = command_value(line, "--law")};
    struct problems problems = {0};
    struct err err;
    const char *id = line->arguments[0];
    if (!command_has(line, "--scenario"))
        for (int i = 0; i < 2; i++) {
            const char *option = i == 0 ? "--overlay" : "--org";
            if (command_has(line, option))
                return command_misuse(line, "%s fits a scenario; name it with --scenario", option);
        }
    bool ok = read(line, &listing, &problems, &err) && check_asked(&listing, id, &err);
    if (ok && command_has(line, "--json"))
        print_json(&listing, id);
    else if (ok && has_any(&listing, id))
        print_rules(&listing, id);
    else if (ok)
        print_idle(&listing);
    enum command_exit done = ok ? COMMAND_OK : mistakes_fail(line, &problems, &err);
    problems_fini(&problems);
    arena_fini(&listing.arena);
    return done;
}

const struct command command_rules = {
    .name = "rules",
    .arguments = "[RULE]",
    .argument_max = 1,
    .help = "print what good looks like, to be read before play",
    .details = "Without --scenario: every pack of scoring/. With it: the rules that the scenario\n"
               "uses, and its own. --full adds titles and reasons, which can give a story away.",
    .examples = {"tocsin rules --scenario scenarios/phone-tree --lang ja", "tocsin rules --law jp",
        "tocsin rules management-hears --full"},
    .options = {{"--scenario", "DIR", "what this scenario is scored by"},
        {"--overlay", "FILE", "what fits it to a team"}, COMMAND_ORG,
        {"--law", "PLACE", "packs of laws only, of one place (jp, eu, us) or all"},
        {"--full", NULL, "what is shown after ENDEX, too"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL, "an array; its fields stand in docs/commands.md"}, COMMAND_HOME},
    .run = run,
};

/* The lobby.
 *
 * An exercise is pinned when it is made, so other choices make another exercise; the first one
 * stays in the record as one that never began. */
#include "app/lobby.h"

#include <stdlib.h>

#include "app/disk.h"
#include "app/table_parts.h"
#include "app/wall.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "core/organisation.h"

/* ---- what can be chosen ---- */

static void write_names(const struct def *def, struct json_write *json)
{
    json_write_key(json, STR("names"));
    json_write_array(json);
    for (size_t i = 0; i < def->name_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", def->names[i].id);
        json_write_key_words(json, "words", &def->names[i].words);
        json_write_end(json);
    }
    json_write_end(json);
}

/* One that cannot be read is not offered; `tocsin orgs` says what is wrong with it. */
static void write_organisation(struct str name, const char *home, struct json_write *json)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle bundle;
    struct def def;
    if (disk_organisation(name.ptr, home, &arena, &bundle, NULL) &&
        load_organisation_alone(&bundle, name, &arena, &problems, &def)) {
        json_write_object(json);
        json_write_key_str(json, "id", name);
        json_write_key_words(json, "name", &def.organisation_profile->name);
        json_write_end(json);
    }
    problems_fini(&problems);
    arena_fini(&arena);
}

static void write_organisations(const char *home, struct json_write *json)
{
    struct arena arena = {0};
    struct strs names = disk_organisations(home, NULL, &arena);
    json_write_key(json, STR("organisations"));
    json_write_array(json);
    for (size_t i = 0; i < names.count; i++)
        write_organisation(names.items[i], home, json);
    json_write_end(json);
    arena_fini(&arena);
}

/* The scenario's own: those of the organisation are written down there. */
static void write_stakeholders(const struct def *def, struct json_write *json)
{
    json_write_key(json, STR("stakeholders"));
    json_write_array(json);
    for (size_t i = 0; i < def->stakeholder_count; i++) {
        const struct def_stakeholder *one = &def->stakeholders[i];
        if (one->is_of_house)
            continue;
        json_write_object(json);
        json_write_key_words(json, "contact", &one->contact);
        json_write_key_str(json, "deputy", one->deputy);
        json_write_key_str(json, "id", one->id);
        json_write_key_words(json, "name", &one->name);
        json_write_end(json);
    }
    json_write_end(json);
}

void lobby_write(const struct table *table, const char *home, struct buf *out)
{
    const struct def *def = table_def(table);
    const struct state *state = table_state(table);
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_bool(&json, "by_person", table->exercise.by_person);
    json_write_key_int(&json, "difficulty", state->difficulty);
    json_write_key_str(&json, "exercise", table->exercise.id);
    json_write_key_str(&json, "mode", str_of(mode_names[state->mode]));
    write_names(def, &json);
    json_write_key_str(&json, "organisation", def->organisation);
    write_organisations(home, &json);
    json_write_key_words(&json, "overlay", &def->overlay);
    json_write_key_int(&json, "pace", state->pace);
    write_stakeholders(def, &json);
    json_write_end(&json);
}

void lobby_write_sentences(const struct table *table, struct buf *out)
{
    const struct state *state = table_state(table);
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key(&json, STR("rules"));
    json_write_array(&json);
    for (size_t i = 0; i < table_rules(table)->count; i++) {
        const struct rule *rule = &table_rules(table)->items[i];
        if (rule->modes != 0 && (rule->modes & 1u << state->mode) == 0)
            continue;
        json_write_object(&json);
        json_write_key_words(&json, "before", &rule->before);
        json_write_key_str(&json, "capability", rule->capability);
        json_write_end(&json);
    }
    json_write_end(&json);
    json_write_end(&json);
}

/* ---- what was chosen ---- */

struct wish {
    const char *home;
    struct str choice; /* JSON */
    const char *mode;
    int64_t difficulty;
    bool by_person;
};

static bool read_wish(struct str json, struct arena *arena, struct wish *ret_wish)
{
    struct wish wish = *ret_wish;
    struct str mode;
    json_to_bool(json_get(json, STR("by_person")), &wish.by_person); /* left out: stays */
    wish.choice = json_get(json, STR("choice"));
    if (!json_check(json, NULL) || wish.choice.len == 0 || wish.choice.ptr[0] != '{' ||
        !json_to_int(json_get(json, STR("difficulty")), &wish.difficulty) ||
        !json_to_str(json_get(json, STR("mode")), arena, &mode))
        return false;
    wish.mode = arena_format(arena, "%.*s", STR_ARG(mode)).ptr;
    *ret_wish = wish;
    return true;
}

/* The exercise's files, with another choice among them. */
static bool choose(const struct table *table, const struct wish *wish, struct arena *arena,
    struct bundle *ret_bundle, struct err *reterr)
{
    struct record_files pinned;
    if (!record_exercise_files(table->record, table->exercise.id, arena, &pinned, reterr))
        return false;
    struct bundle_file *files = ARENA_ARRAY(arena, pinned.count + 1, struct bundle_file);
    size_t count = 0;
    for (size_t i = 0; i < pinned.count; i++)
        if (!str_is(pinned.items[i].path, LOAD_CHOICE_PATH))
            files[count++] = (struct bundle_file){pinned.items[i].path, pinned.items[i].bytes};
    files[count++] = (struct bundle_file){STR(LOAD_CHOICE_PATH), wish->choice};
    struct bundle chosen = {.files = files, .file_count = count};
    return disk_complete(&chosen, wish->home, arena, ret_bundle, reterr);
}

static bool may_be_remade(const struct table *table, struct arena *arena, struct err *reterr)
{
    struct record_exercise exercise; /* as it is now: tables are opened one after another */
    if (table_state(table)->status != STATUS_READY)
        return err_set(reterr, ERR_USAGE, "the exercise has begun; what it is made of stays");
    if (!record_exercise_find(table->record, table->exercise.id, arena, &exercise, reterr))
        return false;
    if (exercise.table_count > 1)
        return err_set(reterr, ERR_USAGE,
            "the exercise is played at several tables, which are made alike; choose on the command "
            "line (--mode, --org, --overlay)");
    return true;
}

bool lobby_remake(const struct table *table, struct str json, const char *home,
    struct table **ret_table, struct err *reterr)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct wish wish = {.home = home, .by_person = table->exercise.by_person};
    struct bundle bundle;
    bool ok = may_be_remade(table, &arena, reterr) &&
              (read_wish(json, &arena, &wish) ||
                  err_set(reterr, ERR_AUTHOR, "a choice, a difficulty and a mode are expected")) &&
              choose(table, &wish, &arena, &bundle, reterr);
    if (ok) {
        struct table_options options = {.bundle = &bundle,
            .mode = wish.mode,
            .difficulty = &wish.difficulty,
            .seed = table->seed,
            .by_person = wish.by_person,
            .manual_clock = table->exercise.manual_clock};
        ok = table_create(table->record, &options, &problems, ret_table, reterr);
    }
    problems_fini(&problems);
    arena_fini(&arena);
    return ok;
}

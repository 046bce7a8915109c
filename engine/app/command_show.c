/* tocsin show: one screen about one exercise.
 *
 * It is counted and gathered once, and then written as text or as JSON. */
#include <stdio.h>

#include "app/alias.h"
#include "app/commands.h"
#include "app/past.h"
#include "app/summary.h"
#include "app/terminal.h"
#include "base/duration.h"
#include "base/json_write.h"
#include "core/organisation.h"

struct showing {
    struct past past;
    struct alias alias;  /* how they are shown where names were not asked for */
    int64_t event_count; /* also the head's seq */
    struct hash head;
    int64_t input_count, refused_count, delivered_count, decided_count;
};

static bool gather_inputs(struct showing *showing, struct err *reterr)
{
    struct past *past = &showing->past;
    struct record_cursor *inputs;
    struct str line;
    int64_t wall_ms;
    if (!record_inputs(past->record, past->exercise.table, 1, &inputs, reterr))
        return false;
    while (record_cursor_next(inputs, &line, &wall_ms))
        showing->input_count++;
    bool ok = !record_cursor_failed(inputs, reterr);
    record_cursor_close(inputs);
    return ok;
}

static void gather_events(struct showing *showing)
{
    const struct past *past = &showing->past;
    for (size_t i = 0; i < past->event_count; i++)
        showing->refused_count += past->events[i].kind == EVENT_REFUSED;
    for (size_t i = 0; i < past->state->inject_count; i++)
        showing->delivered_count += past->state->injects[i].delivered_count > 0;
    for (size_t i = 0; i < past->def.question_count; i++)
        showing->decided_count += past->state->questions[i].decided;
}

static bool gather(const struct command_line *line, struct showing *showing, struct err *reterr)
{
    struct past *past = &showing->past;
    showing->alias.with_names = command_has(line, "--names");
    if (!past_open(past, command_db(line), line->arguments[0], reterr) ||
        !record_head(
            past->record, past->exercise.table, &showing->event_count, &showing->head, reterr) ||
        !alias_read(past->record, &past->arena, &showing->alias, reterr) ||
        !gather_inputs(showing, reterr))
        return false;
    gather_events(showing);
    return true;
}

/* A person's name, where somebody has entered one and somebody asks for it; empty otherwise. */
static struct str name_of(const struct showing *showing, struct str person)
{
    const struct alias *alias = &showing->alias;
    for (size_t i = 0; alias->with_names && i < alias->person_count; i++)
        if (str_eq(alias->persons[i].id, person))
            return alias->persons[i].name;
    return (struct str){0};
}

/* Ids are often names. A seat to which nobody was assigned is nobody's secret. */
static struct str person_at(struct showing *showing, size_t seat)
{
    struct past *past = &showing->past;
    const struct state *state = past->state;
    struct str person = state->persons[state->seats[seat].person_position].id;
    struct alias_seat where = {
        person, past->exercise.id, alias_tells(&showing->alias, &past->exercise, person)};
    if (showing->alias.with_names || str_eq(person, past->def.seats[seat].id))
        return person;
    return alias_of_player(&showing->alias, &where, &past->arena);
}

/* ---- for people ---- */

/* Begins a row. A Japanese letter has three bytes and is two columns wide. */
static void print_label(enum lang lang, struct words label)
{
    struct str text = label.in[lang];
    int width = (int)(lang == LANG_JA ? text.len / 3 * 2 : text.len);
    printf("  %.*s%*s", STR_ARG(text), 14 - width, "");
}
#define LABEL(lang, en, ja) print_label(lang, (struct words)WORDS(en, ja))

static void print_top(struct showing *showing, enum lang lang)
{
    struct past *past = &showing->past;
    const struct state *state = past->state;
    struct arena *arena = &past->arena;
    printf("%.*s  %.*s\n", STR_ARG(past->exercise.id), STR_ARG(past->def.title.in[lang]));
    LABEL(lang, "scenario", "シナリオ");
    printf("%.*s\n", STR_ARG(past->exercise.scenario));
    LABEL(lang, "organisation", "組織");
    printf(lang == LANG_JA ? "%.*s（%.*s）\n" : "%.*s (%.*s)\n",
        STR_ARG(past->def.organisation_profile->name.in[lang]), STR_ARG(past->def.organisation));
    if (past->def.overlay.in[lang].len > 0) {
        LABEL(lang, "overlay", "上書き");
        printf("%.*s\n", STR_ARG(past->def.overlay.in[lang]));
    }
    LABEL(lang, "made", "作成");
    printf("%.*s%s\n", STR_ARG(past_date(arena, past->exercise.created_wall_ms)),
        !past->exercise.manual_clock ? ""
        : lang == LANG_JA            ? "（ファイルから実行）"
                                     : ", played from a file");
    LABEL(lang, "mode", "進め方");
    printf("%s\n", mode_names[state->mode]);
    LABEL(lang, "difficulty", "難易度");
    printf("%lld\n", (long long)state->difficulty);
    LABEL(lang, "status", "状態");
    printf("%.*s\n", STR_ARG(summary_status_words[state->status].in[lang]));
    if (past->exercise.replaced_by.len > 0) {
        LABEL(lang, "made anew", "作り直し");
        printf(lang == LANG_JA ? "%.*s（開始前）\n" : "as %.*s, before it began\n",
            STR_ARG(past->exercise.replaced_by));
    }
    LABEL(lang, "clock", "経過");
    printf("%.*s / %.*s\n", STR_ARG(duration_clock(arena, past->clock_ms)),
        STR_ARG(duration_clock(arena, past->def.duration_ms)));
    if (state->phase.len > 0) {
        LABEL(lang, "phase", "フェーズ");
        printf("%.*s\n", STR_ARG(state->phase));
    }
}

/* A seat that holds the role of its own name alone says so by its name. */
static void print_held(const struct def_seat *seat, enum lang lang)
{
    if (seat->roles.count == 1 && str_eq(seat->roles.items[0], seat->id))
        return;
    for (size_t i = 0; i < seat->roles.count; i++)
        printf("%s%.*s",
            i > 0             ? ", "
            : lang == LANG_JA ? "、役割："
                              : "; holds ",
            STR_ARG(seat->roles.items[i]));
}

static void print_seats(struct showing *showing, enum lang lang)
{
    const struct def *def = &showing->past.def;
    for (size_t i = 0; i < def->seat_count; i++) {
        struct str person = person_at(showing, i);
        struct str name = name_of(showing, person);
        LABEL(lang, "seat", "座席");
        printf("%.*s", STR_ARG(def->seats[i].id));
        if (!str_eq(person, def->seats[i].id))
            printf(": %.*s", STR_ARG(person));
        if (name.len > 0)
            printf(" (%.*s)", STR_ARG(name));
        print_held(&def->seats[i], lang);
        printf("\n");
    }
}

static void print_faults(const struct showing *showing, enum lang lang)
{
    struct arena arena = {0};
    for (size_t i = 0; i < showing->past.event_count; i++) {
        const struct event *event = &showing->past.events[i];
        const struct event_fault *fault = &event->body.fault;
        if (event->kind != EVENT_FAULT)
            continue;
        printf("%s", terminal_tint(stdout, TERMINAL_BAD));
        LABEL(lang, "fault", "不具合");
        printf("%.*s  %.*s:%lld: %.*s%s\n", STR_ARG(duration_clock(&arena, event->at_ms)),
            STR_ARG(fault->file), (long long)fault->line, STR_ARG(fault->message),
            terminal_plain(stdout));
    }
    arena_fini(&arena);
}

static void print_counts(const struct showing *showing, enum lang lang)
{
    char hex[HASH_HEX_BYTES + 1];
    const struct past *past = &showing->past;
    LABEL(lang, "injects", "出来事");
    printf("%lld / %zu\n", (long long)showing->delivered_count, past->state->inject_count);
    LABEL(lang, "decisions", "意思決定");
    printf("%lld / %zu\n", (long long)showing->decided_count, past->def.question_count);
    LABEL(lang, "inputs", "入力");
    printf("%lld\n", (long long)showing->input_count);
    LABEL(lang, "refused", "受付不可");
    printf("%lld\n", (long long)showing->refused_count);
    LABEL(lang, "events", "イベント");
    printf("%lld\n", (long long)showing->event_count);
    LABEL(lang, "head", "末尾ハッシュ");
    printf("%.*s\n", STR_ARG(hash_hex(&showing->head, hex)));
    for (size_t i = 0; past->exercise.table_count > 1 && i < past->exercise.table_count; i++) {
        LABEL(lang, "table", "テーブル");
        printf("%.*s\n", STR_ARG(past->exercise.tables[i].id));
    }
}

/* ---- for programs ---- */

static void write_faults(const struct showing *showing, struct json_write *json)
{
    json_write_key(json, STR("faults"));
    json_write_array(json);
    for (size_t i = 0; i < showing->past.event_count; i++) {
        const struct event *event = &showing->past.events[i];
        if (event->kind != EVENT_FAULT)
            continue;
        json_write_object(json);
        json_write_key_int(json, "at_ms", event->at_ms);
        json_write_key_str(json, "file", event->body.fault.file);
        json_write_key_int(json, "line", event->body.fault.line);
        json_write_key_str(json, "message", event->body.fault.message);
        json_write_key_str(json, "story", event->body.fault.story);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_seats(struct showing *showing, struct json_write *json)
{
    json_write_key(json, STR("seats"));
    json_write_array(json);
    for (size_t i = 0; i < showing->past.def.seat_count; i++) {
        const struct def_seat *seat = &showing->past.def.seats[i];
        json_write_object(json);
        json_write_key_str(json, "name", name_of(showing, person_at(showing, i)));
        json_write_key_str(json, "outsourced", seat->outsourced);
        json_write_key_str(json, "person", person_at(showing, i));
        json_write_key_strs(json, "roles", seat->roles);
        json_write_key_str(json, "seat", seat->id);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_rest(const struct showing *showing, struct json_write *json)
{
    const struct past *past = &showing->past;
    json_write_key_str(json, "status", str_of(status_names[past->state->status]));
    json_write_key_str(json, "table", past->exercise.id);
    json_write_key(json, STR("tables"));
    json_write_array(json);
    for (size_t i = 0; i < past->exercise.table_count; i++)
        json_write_str(json, past->exercise.tables[i].id);
    json_write_end(json);
    json_write_key_words(json, "title", &past->def.title);
}

static void print_json(struct showing *showing)
{
    char hex[HASH_HEX_BYTES + 1];
    const struct past *past = &showing->past;
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key_int(&json, "clock_ms", past->clock_ms);
    json_write_key_int(&json, "created_wall_ms", past->exercise.created_wall_ms);
    json_write_key_int(&json, "decided", showing->decided_count);
    json_write_key_int(&json, "delivered", showing->delivered_count);
    json_write_key_int(&json, "difficulty", past->state->difficulty);
    json_write_key_int(&json, "duration_ms", past->def.duration_ms);
    json_write_key_int(&json, "events", showing->event_count);
    json_write_key_str(&json, "exercise", past->exercise.exercise);
    write_faults(showing, &json);
    json_write_key_str(&json, "head", hash_hex(&showing->head, hex));
    json_write_key_int(&json, "injects", (int64_t)past->state->inject_count);
    json_write_key_int(&json, "inputs", showing->input_count);
    json_write_key_bool(&json, "manual_clock", past->exercise.manual_clock);
    json_write_key_str(&json, "mode", str_of(mode_names[past->state->mode]));
    json_write_key_str(&json, "organisation", past->def.organisation);
    if (past->def.overlay.in[LANG_EN].len > 0)
        json_write_key_words(&json, "overlay", &past->def.overlay);
    json_write_key_str(&json, "phase", past->state->phase);
    json_write_key_int(&json, "questions", (int64_t)past->def.question_count);
    json_write_key_int(&json, "refused", showing->refused_count);
    if (past->exercise.replaced_by.len > 0)
        json_write_key_str(&json, "replaced_by", past->exercise.replaced_by);
    json_write_key_str(&json, "scenario", past->exercise.scenario);
    write_seats(showing, &json);
    write_rest(showing, &json);
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

static enum command_exit run(const struct command_line *line)
{
    struct showing showing = {0};
    struct err err;
    enum lang lang = command_lang(line);
    bool ok = gather(line, &showing, &err);
    if (ok && command_has(line, "--json")) {
        print_json(&showing);
    } else if (ok) {
        print_top(&showing, lang);
        print_seats(&showing, lang);
        print_counts(&showing, lang);
        print_faults(&showing, lang);
    }
    past_close(&showing.past);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_show = {
    .name = "show",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "show one exercise on one screen",
    .details = "What was played, when, by whom, how far it came, and what went wrong. Without\n"
               "EXERCISE the newest one; EXERCISE/2 is its second table. Persons have aliases\n"
               "but with --names.",
    .examples = {"tocsin show phone-tree-1 --db drills.db", "tocsin show --lang ja --db drills.db",
        "tocsin show --json --db drills.db"},
    .options = {COMMAND_DB, {"--names", NULL, "persons by id, as for tocsin forget, and by name"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL, "one object; its fields stand in docs/commands.md"}},
    .run = run,
};

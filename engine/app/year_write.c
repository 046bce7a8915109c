/* The year as Markdown, which every office program and every reader takes, and as JSON. Every page
 * says that it is about exercises: a list of "incidents" without that word has frightened people
 * before. */
#include "app/year.h"

#include "app/past.h"
#include "app/summary.h"
#include "base/duration.h"
#include "base/json_write.h"
#include "report/labels.h"
#include "report/mark.h"

#define MARKING "【訓練】EXERCISE"

static struct str day_of(struct arena *arena, int64_t wall_ms)
{
    struct str date = past_date(arena, wall_ms);
    return (struct str){date.ptr, 10};
}

/* ---- Markdown ---- */

struct sheet {
    struct year *year;
    enum lang lang;
    struct buf *out;
};

static const char *say(const struct sheet *sheet, const char *en, const char *ja)
{
    return sheet->lang == LANG_JA ? ja : en;
}

/* One row: cells, each escaped. */
static void row(const struct sheet *sheet, const struct str *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_add(sheet->out, STR("| "));
        mark_escape(cells[i], sheet->out);
        buf_add_char(sheet->out, ' ');
    }
    buf_add(sheet->out, STR("|\n"));
}

static void head(
    const struct sheet *sheet, const char *title, const struct words *columns, size_t count)
{
    buf_format(sheet->out, "\n## %s\n\n", title);
    for (size_t i = 0; i < count; i++)
        buf_format(sheet->out, "| %.*s ", STR_ARG(columns[i].in[sheet->lang]));
    buf_add(sheet->out, STR("|\n"));
    for (size_t i = 0; i < count; i++)
        buf_add(sheet->out, STR("| --- "));
    buf_add(sheet->out, STR("|\n"));
}

static struct str who_of(
    struct year *year, const struct year_table *table, const struct year_seat *seat)
{
    struct alias_seat where = {seat->person, table->id, seat->by_person};
    return alias_of_player(&year->plan.alias, &where, &year->arena);
}

static struct str participants_of(const struct sheet *sheet, const struct year_table *table)
{
    struct year *year = sheet->year;
    struct arena *arena = &year->arena;
    struct str text = STR("");
    for (size_t i = 0; i < table->seat_count; i++) {
        const struct year_seat *seat = &table->seats[i];
        struct str who = who_of(year, table, seat);
        text = arena_format(arena, "%.*s%s%.*s%s%.*s", STR_ARG(text), i > 0 ? "; " : "",
            STR_ARG(seat->seat), who.len > 0 ? ": " : "", STR_ARG(who));
    }
    return text;
}

static void write_tables(const struct sheet *sheet)
{
    static const struct words columns[] = {WORDS("Exercise", "演習"),
        WORDS("Date (UTC)", "日付（UTC）"), WORDS("Scenario", "シナリオ"),
        WORDS("Organisation", "組織"), WORDS("Mode", "形式"), WORDS("State", "状態"),
        WORDS("Duration", "時間"), WORDS("Participants by seat", "参加者（席ごと）")};
    struct arena *arena = &sheet->year->arena;
    head(sheet, say(sheet, "Exercises", "演習"), columns, 8);
    for (size_t i = 0; i < sheet->year->table_count; i++) {
        const struct year_table *table = &sheet->year->tables[i];
        bool is_read = table->organisation.len > 0;
        struct str state = table->is_from_file
                               ? arena_format(arena, "%.*s (%s)",
                                     STR_ARG(summary_status_words[table->status].in[sheet->lang]),
                                     say(sheet, "played from a file", "ファイルから再生"))
                               : summary_status_words[table->status].in[sheet->lang];
        row(sheet,
            (struct str[]){table->id, day_of(arena, table->wall_ms),
                is_read ? table->title.in[sheet->lang] : table->scenario, table->organisation,
                is_read ? labels_modes[table->mode].in[sheet->lang] : STR(""),
                is_read ? state : STR(""),
                table->has_ended ? duration_clock(arena, table->duration_ms) : STR(""),
                participants_of(sheet, table)},
            8);
    }
}

static void write_capabilities(const struct sheet *sheet)
{
    static const struct words columns[] = {WORDS("Capability", "能力"), WORDS("Met", "達成"),
        WORDS("n (judged findings)", "n（判定した所見）"), WORDS("Tables", "卓")};
    struct arena *arena = &sheet->year->arena;
    head(sheet, say(sheet, "Findings by capability", "能力ごとの所見"), columns, 4);
    for (size_t i = 0; i < sheet->year->capability_count; i++) {
        const struct year_capability *item = &sheet->year->capabilities[i];
        row(sheet,
            (struct str[]){labels_capability(item->id).in[sheet->lang],
                arena_format(arena, "%lld", (long long)item->satisfied),
                arena_format(arena, "%lld", (long long)item->scored),
                arena_format(arena, "%lld", (long long)item->tables)},
            4);
    }
}

static void write_plan(const struct sheet *sheet)
{
    static const struct words columns[] = {WORDS("Item", "番号"), WORDS("Exercise", "演習"),
        WORDS("Corrective action", "改善策"), WORDS("Owner", "担当者"), WORDS("Due", "期限"),
        WORDS("Status", "状態"), WORDS("Last retest", "直近の再確認")};
    struct plan *plan = &sheet->year->plan;
    head(sheet, say(sheet, "Improvement plan", "改善計画"), columns, 7);
    for (size_t i = 0; i < plan->row_count; i++) {
        const struct plan_row *item = &plan->rows[i];
        row(sheet,
            (struct str[]){arena_format(&plan->arena, "%lld", (long long)item->item->id),
                plan_value(plan, item, PLAN_EXERCISE, sheet->lang),
                plan_value(plan, item, PLAN_ACTION, sheet->lang),
                plan_value(plan, item, PLAN_OWNER, sheet->lang),
                plan_value(plan, item, PLAN_DUE, sheet->lang),
                plan_status_words(item).in[sheet->lang], item->retested_in},
            7);
    }
}

static void write_proofs(const struct sheet *sheet)
{
    static const struct words columns[] = {WORDS("Exercise", "演習"),
        WORDS("Chain", "ハッシュチェーン"), WORDS("Head", "最終ハッシュ"),
        WORDS("Played from (hash of all files, rules included)",
            "使用した全ファイル（ルールを含む）のハッシュ"),
        WORDS("Packs of rules", "ルール集")};
    struct year *year = sheet->year;
    head(sheet, say(sheet, "Proofs", "改ざんの有無の確認"), columns, 5);
    for (size_t i = 0; i < year->table_count; i++) {
        const struct year_table *table = &year->tables[i];
        row(sheet,
            (struct str[]){table->id,
                table->is_whole ? str_of(say(sheet, "whole", "変更なし")) : table->damage,
                str_of(table->head), str_of(table->content), table->packs},
            5);
    }
    buf_format(
        sheet->out, "\n%s", say(sheet, "The programme's own chain: ", "取り組み全体のチェーン："));
    mark_escape(
        year->is_programme_whole ? str_of(say(sheet, "whole", "変更なし")) : year->programme_damage,
        sheet->out);
    buf_format(sheet->out, "\n\n%s\n",
        say(sheet,
            "Whoever has the record can check each head: `tocsin verify EXERCISE --head HEAD`.",
            "記録を持つ人は `tocsin verify 演習 --head 最終ハッシュ` で確かめられます。"));
}

void year_write_markdown(struct year *year, enum lang lang, struct buf *out)
{
    struct sheet sheet = {year, lang, out};
    buf_format(out,
        say(&sheet, "# " MARKING ": the exercises of %lld\n\n", "# " MARKING "：%lld年の演習\n\n"),
        (long long)year->year);
    buf_add(
        out, str_of(say(&sheet,
                 "Everything on these pages is about exercises. No real incident is described. ",
                 "ここに記すものはすべて訓練であり、実際のインシデントではありません。")));
    if (!year->plan.alias.with_names)
        buf_add(out, str_of(say(&sheet, "Persons appear under aliases. ", "人は仮名で示します。")));
    buf_format(out,
        say(&sheet, "%zu tables were played, %lld came to their ENDEX; the plan is as of %.*s.\n",
            "演習の卓は%zu、うち終了したものは%lldです。改善計画は%.*s現在です。\n"),
        year->table_count, (long long)year->ended_count, STR_ARG(year->plan.today));
    write_tables(&sheet);
    write_capabilities(&sheet);
    write_plan(&sheet);
    write_proofs(&sheet);
    buf_add(out, STR("\n" MARKING "\n"));
}

/* ---- JSON ---- */

static void write_table_json(
    struct json_write *json, struct year *year, const struct year_table *table)
{
    struct arena *arena = &year->arena;
    json_write_object(json);
    json_write_key_str(json, "content", str_of(table->content));
    json_write_key_str(json, "damage", table->damage);
    json_write_key_str(json, "date", day_of(arena, table->wall_ms));
    json_write_key_int(json, "duration_ms", table->duration_ms);
    json_write_key_int(json, "events", table->head_seq);
    json_write_key_str(json, "exercise", table->id);
    json_write_key_bool(json, "from_file", table->is_from_file);
    json_write_key_str(json, "head", str_of(table->head));
    json_write_key_str(json, "mode", str_of(mode_names[table->mode]));
    json_write_key_str(json, "organisation", table->organisation);
    json_write_key_str(json, "packs", table->packs);
    json_write_key(json, STR("participants"));
    json_write_array(json);
    for (size_t i = 0; i < table->seat_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "person", who_of(year, table, &table->seats[i]));
        json_write_key_strs(json, "roles", table->seats[i].roles);
        json_write_key_str(json, "seat", table->seats[i].seat);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_key_str(json, "scenario", table->scenario);
    json_write_key_str(json, "status", str_of(status_names[table->status]));
    json_write_key_bool(json, "whole", table->is_whole);
    json_write_end(json);
}

void year_write_json(struct year *year, struct buf *out)
{
    struct buf plan = {0};
    struct json_write json;
    plan_write_json(&year->plan, &plan);
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key(&json, STR("capabilities"));
    json_write_array(&json);
    for (size_t i = 0; i < year->capability_count; i++) {
        const struct year_capability *item = &year->capabilities[i];
        json_write_object(&json);
        json_write_key_str(&json, "id", item->id);
        json_write_key_int(&json, "n", item->scored);
        json_write_key_int(&json, "satisfied", item->satisfied);
        json_write_key_int(&json, "tables", item->tables);
        json_write_end(&json);
    }
    json_write_end(&json);
    json_write_key(&json, STR("exercises"));
    json_write_array(&json);
    for (size_t i = 0; i < year->table_count; i++)
        write_table_json(&json, year, &year->tables[i]);
    json_write_end(&json);
    json_write_key_str(&json, "marking", STR(MARKING));
    json_write_key(&json, STR("plan"));
    json_write_raw(&json, str_trim(buf_str(&plan)));
    json_write_key_str(&json, "programme_damage", year->programme_damage);
    json_write_key_bool(&json, "programme_whole", year->is_programme_whole);
    json_write_key_str(&json, "today", year->plan.today);
    json_write_key_int(&json, "year", year->year);
    json_write_end(&json);
    buf_add_char(out, '\n');
    buf_fini(&plan);
}

/* The plan for other programs: JSON, a spreadsheet, a calendar. */
#include "app/plan.h"
#include "base/duration.h"
#include "base/json_write.h"
#include "report/labels.h"
#include "report/tables.h"

/* ---- JSON ---- */

static void write_retest(struct json_write *json, const struct plan_row *row)
{
    json_write_key(json, STR("retest"));
    json_write_object(json);
    json_write_key_str(json, "exercise", row->retested_in);
    json_write_key_bool(json, "from_file", row->is_from_file);
    json_write_key_str(json, "result", str_of(plan_retest_names[row->retest]));
    json_write_key_bool(json, "since_done", row->is_since_done);
    json_write_end(json);
}

/* Beside what is kept, in one language, what it is in both. */
static void write_words(struct json_write *json, const struct plan_row *row)
{
    json_write_key(json, STR("words"));
    json_write_object(json);
    if (row->action.in[LANG_EN].len > 0)
        json_write_key_words(json, "action", &row->action);
    if (row->issue.in[LANG_EN].len > 0)
        json_write_key_words(json, "issue", &row->issue);
    json_write_end(json);
}

/* Between the fields stand, in the order of keys, what is no field. */
static void write_row(struct json_write *json, struct plan *plan, const struct plan_row *row)
{
    json_write_object(json);
    for (int i = 0; i < PLAN_FIELD_COUNT; i++) {
        if (i == PLAN_DOCUMENT)
            json_write_key_int(json, "changes", row->item->change_count);
        if (i == PLAN_ISSUE)
            json_write_key_int(json, "id", row->item->id);
        if (i == PLAN_OWNER)
            json_write_key_bool(json, "overdue", row->is_overdue);
        if (i == PLAN_RULE)
            write_retest(json, row);
        json_write_key_str(json, record_plan_fields[i].name,
            i == PLAN_STATUS ? plan_status(row)
                             : plan_value(plan, row, (enum record_plan_field)i, LANG_EN));
    }
    if (row->action.in[LANG_EN].len + row->issue.in[LANG_EN].len > 0)
        write_words(json, row);
    json_write_end(json);
}

void plan_write_json(struct plan *plan, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_array(&json);
    for (size_t i = 0; i < plan->row_count; i++)
        write_row(&json, plan, &plan->rows[i]);
    json_write_end(&json);
    buf_add_char(out, '\n');
}

/* A change: when, and what was set, to an empty text as well. */
static void write_change(
    struct json_write *json, struct plan *plan, const struct record_plan_change *change)
{
    struct record_plan_item as_item = {.id = change->item};
    const struct plan_row row = {.item = &as_item};
    json_write_object(json);
    json_write_key(json, STR("set"));
    json_write_object(json);
    for (int i = 0; i < PLAN_FIELD_COUNT; i++) {
        as_item.values[i] = change->values[i];
        as_item.is_forgotten[i] = change->is_forgotten[i];
        if (change->is_set[i])
            json_write_key_str(json, record_plan_fields[i].name,
                plan_value(plan, &row, (enum record_plan_field)i, LANG_EN));
    }
    json_write_end(json);
    json_write_key_int(json, "wall_ms", change->wall_ms);
    json_write_end(json);
}

void plan_write_history_json(struct plan *plan, int64_t item, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_array(&json);
    for (size_t i = 0; i < plan->record.change_count; i++)
        if (plan->record.changes[i].item == item)
            write_change(&json, plan, &plan->record.changes[i]);
    json_write_end(&json);
    buf_add_char(out, '\n');
}

/* ---- CSV ---- */

enum { COLUMN_ID = -1, COLUMN_RETESTED_IN = -2 };

static const struct {
    int field;
    struct words title;
} columns[] = {
    {COLUMN_ID, WORDS("Item", "番号")},
    {PLAN_EXERCISE, WORDS("Exercise", "演習")},
    {PLAN_CAPABILITY, WORDS("Capability", "能力")},
    {PLAN_ISSUE, WORDS("Issue / area for improvement", "課題")},
    {PLAN_ACTION, WORDS("Corrective action", "改善策")},
    {PLAN_ELEMENT, WORDS("Capability element", "要素（POETE）")},
    {PLAN_ORGANISATION, WORDS("Primary responsible organization", "主管部署")},
    {PLAN_OWNER, WORDS("Organization point of contact", "担当者")},
    {PLAN_START, WORDS("Start date", "開始日")},
    {PLAN_DUE, WORDS("Completion date", "完了予定日")},
    {PLAN_STATUS, WORDS("Status", "状態")},
    {PLAN_DOCUMENT, WORDS("Document and section to change", "改訂する文書と箇所")},
    {PLAN_CAUSE, WORDS("Cause", "原因")},
    {PLAN_FINDING, WORDS("Findings", "所見")},
    {PLAN_RULE, WORDS("Rule to retest", "再確認するルール")},
    {COLUMN_RETESTED_IN, WORDS("Last retest", "直近の再確認")},
    {PLAN_EVIDENCE, WORDS("Evidence of completion", "完了の証拠")},
    {PLAN_NOTE, WORDS("Note", "備考")},
};
enum { COLUMN_COUNT = sizeof(columns) / sizeof(columns[0]) };

/* In words, as a person reads them; whoever wants the codes takes JSON. */
static struct str cell_of(struct plan *plan, const struct plan_row *row, int field, enum lang lang)
{
    if (field == COLUMN_ID)
        return arena_format(&plan->arena, "%lld", (long long)row->item->id);
    if (field == COLUMN_RETESTED_IN)
        return row->retested_in.len == 0
                   ? STR("")
                   : arena_format(&plan->arena,
                         lang == LANG_JA ? "%.*s：%.*s%.*s" : "%.*s: %.*s%.*s",
                         STR_ARG(row->retested_in), STR_ARG(plan_retest_words(row).in[lang]),
                         STR_ARG(plan_file_words(row).in[lang]));
    if (field == PLAN_STATUS)
        return plan_status_words(row).in[lang];
    struct str value = plan_words_value(plan, row, (enum record_plan_field)field, lang);
    int cause = field == PLAN_CAUSE ? plan_cause_of(value) : -1;
    if (cause >= 0)
        return labels_causes[cause].in[lang];
    if (field == PLAN_CAPABILITY && value.len > 0)
        return labels_capability(value).in[lang];
    return field == PLAN_ELEMENT ? plan_element_words(value).in[lang] : value;
}

/* The mark in front tells spreadsheets that it is UTF-8. */
void plan_write_csv(struct plan *plan, enum lang lang, struct buf *out)
{
    buf_add(out, STR("\xEF\xBB\xBF"));
    for (size_t row = 0; row <= plan->row_count; row++) {
        for (int i = 0; i < COLUMN_COUNT; i++) {
            if (i > 0)
                buf_add_char(out, ',');
            tables_cell(out, row == 0
                                 ? columns[i].title.in[lang]
                                 : cell_of(plan, &plan->rows[row - 1], columns[i].field, lang));
        }
        buf_add(out, STR("\r\n"));
    }
}

/* ---- iCalendar ---- */

enum { ICS_LINE_BYTES = 75 };

/* A character's bytes stay on one line; the blank that continues a line counts. */
static void fold(struct buf *out, struct str line)
{
    size_t used = 0;
    for (size_t at = 0; at < line.len;) {
        size_t len = 1;
        while (at + len < line.len && ((unsigned char)line.ptr[at + len] & 0xC0) == 0x80)
            len++;
        if (used + len > ICS_LINE_BYTES) {
            buf_add(out, STR("\r\n "));
            used = 1;
        }
        buf_add(out, (struct str){line.ptr + at, len});
        used += len;
        at += len;
    }
    buf_add(out, STR("\r\n"));
}

/* Control signs have no place in a calendar, and a line's end would begin another property. */
static void escape(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\\' || c == ';' || c == ',')
            buf_add_char(out, '\\');
        if (c == '\n')
            buf_add(out, STR("\\n"));
        else if ((unsigned char)c >= 0x20 && c != 0x7F)
            buf_add_char(out, c);
    }
}

void plan_ics_line(struct buf *out, const char *name, const char *params, struct str text)
{
    struct buf line = {0};
    buf_format(&line, "%s%s:", name, params);
    escape(&line, text);
    fold(out, buf_str(&line));
    buf_fini(&line);
}

/* "2026-11-20T22:10:00+00:00" → "20261120T221000Z" */
static struct str stamp_of(struct plan *plan, int64_t wall_ms)
{
    struct str text = calendar_format(&plan->arena, wall_ms / 1000 * 1000, 0);
    const char *t = text.ptr;
    return arena_format(
        &plan->arena, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", t, t + 5, t + 8, t + 11, t + 14, t + 17);
}

static void write_day(struct buf *out, const char *name, struct plan *plan, struct str day)
{
    if (day.len == 10) /* a day that somebody has set in another program is checked nowhere */
        plan_ics_line(out, name, ";VALUE=DATE",
            arena_format(&plan->arena, "%.4s%.2s%.2s", day.ptr, day.ptr + 5, day.ptr + 8));
}

static void write_description(
    struct buf *out, struct plan *plan, const struct plan_row *row, enum lang lang)
{
    static const int fields[] = {PLAN_ISSUE, PLAN_DOCUMENT, PLAN_OWNER, PLAN_EXERCISE, PLAN_RULE};
    struct buf text = {0};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct str value = plan_words_value(plan, row, (enum record_plan_field)fields[i], lang);
        if (value.len == 0)
            continue;
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (columns[c].field == fields[i])
                buf_format(&text, "%s%.*s: %.*s", text.len > 0 ? "\n" : "",
                    STR_ARG(columns[c].title.in[lang]), STR_ARG(value));
    }
    plan_ics_line(out, "DESCRIPTION", "", buf_str(&text));
    buf_fini(&text);
}

static void write_todo(
    struct buf *out, struct plan *plan, const struct plan_row *row, enum lang lang)
{
    static const char *const status[PLAN_STATUS_COUNT] = {
        [PLAN_OPEN] = "NEEDS-ACTION", [PLAN_IN_PROGRESS] = "IN-PROCESS", [PLAN_DONE] = "COMPLETED"};
    const struct record_plan_item *item = row->item;
    struct arena *arena = &plan->arena;
    char hex[HASH_HEX_BYTES + 1];
    plan_ics_line(out, "BEGIN", "", STR("VTODO"));
    plan_ics_line(out, "UID", "",
        arena_format(arena, "plan-%lld-%.16s@tocsin", (long long)item->id,
            hash_hex(&plan->record.origin, hex).ptr));
    plan_ics_line(out, "DTSTAMP", "", stamp_of(plan, item->changed_ms));
    plan_ics_line(out, "CREATED", "", stamp_of(plan, item->added_ms));
    plan_ics_line(
        out, "SEQUENCE", "", arena_format(arena, "%lld", (long long)item->change_count - 1));
    plan_ics_line(out, "SUMMARY", "",
        arena_format(arena, "Tocsin %lld: %.*s", (long long)item->id,
            STR_ARG(plan_words_value(
                plan, row, item->values[PLAN_ACTION].len > 0 ? PLAN_ACTION : PLAN_ISSUE, lang))));
    write_description(out, plan, row, lang);
    plan_ics_line(out, "STATUS", "", str_of(status[item->status]));
    write_day(out, "DTSTART", plan, item->values[PLAN_START]);
    write_day(out, "DUE", plan, item->values[PLAN_DUE]);
    plan_ics_line(out, "END", "", STR("VTODO"));
}

void plan_write_ics(struct plan *plan, enum lang lang, struct buf *out)
{
    plan_ics_line(out, "BEGIN", "", STR("VCALENDAR"));
    plan_ics_line(out, "VERSION", "", STR("2.0"));
    plan_ics_line(out, "PRODID", "", STR("-//Tocsin//Improvement plan//EN"));
    for (size_t i = 0; i < plan->row_count; i++)
        if (plan->rows[i].item->status != PLAN_DROPPED)
            write_todo(out, plan, &plan->rows[i], lang);
    plan_ics_line(out, "END", "", STR("VCALENDAR"));
}

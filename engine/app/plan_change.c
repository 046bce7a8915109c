/* Changes of the plan. A page's change is made by the loop itself, between two turns: it is one row
 * and one sync, like an input, and a child would have to fight the loop for the same file. What
 * reads findings (a proposal) is a child's.
 *
 * Nothing here can set what an item is judged by (rule, pack, exercise), or that it is verified. */
#include "app/plan_change.h"

#include <stdio.h>

#include "app/wall.h"
#include "base/control.h"
#include "base/duration.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/words.h"
#include "web/reply_problem.h"

/* In letters, because nobody can count bytes: at four bytes each they are what the record takes. */
enum { MOST_LETTERS = 500, MOST_NAME_LETTERS = 50 };

/* ---- what no text needs ---- */

/* Marks of direction come along unseen when somebody pastes, and are left out as in what players
 * write; lines become one, as the record keeps them. Other controls are left in: they are refused.
 */
static struct str clean(struct arena *arena, struct str text)
{
    struct buf kept = {0};
    struct str sign, rest = text;
    unsigned code;
    while (control_find(rest, &sign, &code)) {
        size_t before = (size_t)(sign.ptr - rest.ptr);
        buf_add(&kept, (struct str){rest.ptr, before});
        if (code < 0x20 || (code >= 0x7f && code < 0xa0))
            buf_add(&kept, code == '\r' ? STR("\n") : sign);
        rest = str_after(rest, before + sign.len);
    }
    buf_add(&kept, rest);
    struct buf line = {0};
    for (size_t i = 0; i < kept.len; i++) {
        bool is_break = kept.ptr[i] == '\n' || kept.ptr[i] == '\t';
        if (!is_break)
            buf_add_char(&line, kept.ptr[i]);
        else if (line.len > 0 && line.ptr[line.len - 1] != ' ')
            buf_add_char(&line, ' ');
    }
    struct str ret = arena_str(arena, buf_str(&line));
    buf_fini(&kept);
    buf_fini(&line);
    return ret;
}

static void clean_all(struct arena *arena, struct record_plan_change *change)
{
    for (int i = 0; i < PLAN_FIELD_COUNT; i++)
        if (change->is_set[i])
            change->values[i] = clean(arena, change->values[i]);
    change->owner_name = clean(arena, change->owner_name);
}

bool plan_change_keep(
    struct record *record, struct record_plan_change *change, int64_t *ret_item, struct err *reterr)
{
    struct arena arena = {0};
    struct record_plan_change cleaned = *change;
    uint8_t salt[RECORD_SALT_BYTES];
    wall_entropy(salt, RECORD_SALT_BYTES);
    clean_all(&arena, &cleaned);
    cleaned.salt = salt;
    cleaned.wall_ms = wall_now_ms();
    bool ok = record_plan_change(record, &cleaned, ret_item, reterr);
    arena_fini(&arena);
    return ok;
}

/* ---- what may be wrong ---- */

struct fault {
    const char *field; /* empty: the item as a whole */
    const struct words *words;
    enum reply_problem problem;
};

static bool say(struct fault *ret_fault, const char *field, const struct words *words)
{
    *ret_fault = (struct fault){field, words, REPLY_NOT_PLANNED};
    return false;
}

static const struct words long_words = WORDS("Write at most 500 letters, without control signs.",
    "500文字以内で、制御文字を入れずに書いてください。");
static const struct words order_words =
    WORDS("The start is after the due day. Put one of them right.",
        "開始日が期限より後になっています。どちらかを直してください。");
static const struct words day_words =
    WORDS("Write the day like 2026-04-01.", "日付は 2026-04-01 のように書いてください。");
static const struct words owner_words =
    WORDS("An owner is an id of small letters, digits, - and _; write the name beside it.",
        "担当者は英小文字・数字・-・_ のIDで書き、氏名は隣の欄に書いてください。");
static const struct words name_words =
    WORDS("Write the owner's id as well; the name belongs to it.",
        "氏名に対応する担当者のIDも書いてください。");
static const struct words long_name_words =
    WORDS("Write a name of at most 50 letters.", "氏名は50文字以内で書いてください。");
static const struct words verified_words =
    WORDS("Nobody can set \"verified\": a later exercise that meets the rule unaided shows it.",
        "「再確認済み」は手では設定できません。"
        "その後の演習でルールを助けなしに達成したときに判定されます。");
static const struct words status_words = WORDS("Choose open, in progress, done or dropped.",
    "未着手・対応中・完了・見送りから選んでください。");
static const struct words element_words =
    WORDS("Choose planning, organization, equipment, training or exercises.",
        "計画・組織・設備・訓練・演習から選んでください。");
static const struct words action_words =
    WORDS("Write the issue or what shall be done.", "課題か改善策を書いてください。");
static const struct words undo_words =
    WORDS("It was changed again meanwhile, so nothing was taken back. Look at its history.",
        "その後に別の変更があったため、取り消していません。履歴を確認してください。");
static const struct words item_words = WORDS("The plan has no such item. Reload the page.",
    "その項目は計画にありません。ページを再読み込みしてください。");
static const struct words same_words = WORDS("Nothing was changed; change a field, then save.",
    "変更がありません。変更してから保存してください。");

static bool is_short(struct str text, size_t most_letters)
{
    size_t letters = 0;
    struct str sign;
    unsigned code;
    for (size_t i = 0; i < text.len; i++)
        letters += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return letters <= most_letters && !control_find(text, &sign, &code);
}

static bool is_day(struct str text, struct fault *ret_fault, const char *field)
{
    int64_t day;
    return text.len == 0 || calendar_day_parse(text, &day) || say(ret_fault, field, &day_words);
}

static bool is_among(struct str text, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (str_is(text, names[i]))
            return true;
    return false;
}

static bool check_value(enum record_plan_field field, struct str value, struct fault *ret_fault)
{
    static const char *const elements[] = {
        "", "planning", "organization", "equipment", "training", "exercises"};
    const char *name = record_plan_fields[field].name;
    if (!is_short(value, MOST_LETTERS))
        return say(ret_fault, name, &long_words);
    if (field == PLAN_DUE || field == PLAN_START)
        return is_day(value, ret_fault, name);
    if (field == PLAN_OWNER && value.len > 0 && !str_is_id(value))
        return say(ret_fault, name, &owner_words);
    if (field == PLAN_ELEMENT && !is_among(value, elements, sizeof(elements) / sizeof(*elements)))
        return say(ret_fault, name, &element_words);
    if (field == PLAN_STATUS && str_is(value, "verified"))
        return say(ret_fault, name, &verified_words);
    if (field == PLAN_STATUS && !is_among(value, record_plan_status_names, PLAN_STATUS_COUNT))
        return say(ret_fault, name, &status_words);
    return true;
}

/* ---- a page's wish ---- */

struct wish {
    struct record_plan_change change;
    int64_t undo;    /* 0: nothing is taken back */
    int64_t changes; /* how many the item had when the page read it */
};

static bool read_set(
    struct str set, struct arena *arena, struct record_plan_change *change, struct fault *ret_fault)
{
    static const enum record_plan_field may[] = {PLAN_ACTION, PLAN_CAPABILITY, PLAN_DOCUMENT,
        PLAN_DUE, PLAN_ELEMENT, PLAN_EVIDENCE, PLAN_ISSUE, PLAN_NOTE, PLAN_ORGANISATION, PLAN_OWNER,
        PLAN_START, PLAN_STATUS};
    size_t count = 0;
    for (size_t i = 0; i < sizeof(may) / sizeof(*may); i++) {
        struct str value = json_get(set, str_of(record_plan_fields[may[i]].name));
        if (value.len == 0)
            continue;
        if (!json_to_str(value, arena, &change->values[may[i]])) {
            ret_fault->problem = REPLY_BAD_BODY;
            return false;
        }
        change->values[may[i]] = clean(arena, change->values[may[i]]);
        if (!check_value(may[i], change->values[may[i]], ret_fault))
            return false;
        change->is_set[may[i]] = true;
        count++;
    }
    if (json_count(set) != count) {
        ret_fault->problem = REPLY_BAD_BODY;
        return false;
    }
    return count > 0 || change->item == 0 || say(ret_fault, "", &same_words);
}

static bool read_wish(
    struct str json, struct arena *arena, struct wish *ret_wish, struct fault *ret_fault)
{
    struct wish wish = {0};
    struct str set;
    *ret_fault = (struct fault){"", NULL, REPLY_BAD_BODY};
    if (!json_check(json, NULL) || json_type(json) != JSON_OBJECT)
        return false;
    struct str item = json_get(json, STR("item")), undo = json_get(json, STR("undo"));
    if ((item.len > 0 && (!json_to_int(item, &wish.change.item) || wish.change.item < 1)) ||
        (undo.len > 0 && (!json_to_int(undo, &wish.undo) || wish.undo < 1 || item.len == 0)))
        return false;
    *ret_wish = wish;
    if (undo.len > 0)
        return true;
    if (item.len > 0 && (!json_to_int(json_get(json, STR("changes")), &ret_wish->changes)))
        return false;
    set = json_get(json, STR("set"));
    struct record_plan_change *change = &ret_wish->change;
    json_to_str(json_get(json, STR("name")), arena, &change->owner_name);
    change->owner_name = clean(arena, change->owner_name);
    if (json_type(set) != JSON_OBJECT || !read_set(set, arena, change, ret_fault))
        return false;
    if (!is_short(change->owner_name, MOST_NAME_LETTERS))
        return say(ret_fault, "name", &long_name_words);
    if (change->owner_name.len > 0 && change->values[PLAN_OWNER].len == 0)
        return say(ret_fault, "owner", &name_words);
    return true;
}

/* What the item's last change has set is set to what stood there before; an item that was only
 * added is dropped, since nothing is ever deleted. */
static void take_back(const struct record_plan *plan, struct wish *wish)
{
    struct record_plan_change *change = &wish->change;
    const struct record_plan_change *last = NULL;
    for (size_t i = 0; i < plan->change_count; i++)
        if (plan->changes[i].item == change->item)
            last = &plan->changes[i];
    for (int f = 0; f < PLAN_FIELD_COUNT && wish->undo > 1; f++) {
        change->is_set[f] = last->is_set[f];
        for (size_t i = 0; &plan->changes[i] != last; i++)
            if (plan->changes[i].item == change->item && plan->changes[i].is_set[f])
                change->values[f] = plan->changes[i].values[f];
    }
    if (wish->undo == 1) {
        change->is_set[PLAN_STATUS] = true;
        change->values[PLAN_STATUS] = str_of(record_plan_status_names[PLAN_DROPPED]);
    }
}

/* What the item will say, with what it has said; `item` is NULL for a new one. */
static bool check_whole(const struct record_plan_change *change,
    const struct record_plan_item *item, struct fault *ret_fault)
{
    struct str values[PLAN_FIELD_COUNT] = {{0}};
    for (int i = 0; i < PLAN_FIELD_COUNT; i++)
        if (change->is_set[i] || item != NULL)
            values[i] = change->is_set[i] ? change->values[i] : item->values[i];
    bool is_about = item == NULL || change->is_set[PLAN_ACTION] || change->is_set[PLAN_ISSUE];
    bool is_forgotten =
        item != NULL && (item->is_forgotten[PLAN_ACTION] || item->is_forgotten[PLAN_ISSUE]);
    if (is_about && !is_forgotten && values[PLAN_ACTION].len + values[PLAN_ISSUE].len == 0)
        return say(ret_fault, "action", &action_words);
    bool is_dated = change->is_set[PLAN_START] || change->is_set[PLAN_DUE];
    if (is_dated && values[PLAN_START].len > 0 && values[PLAN_DUE].len > 0 &&
        str_cmp(values[PLAN_START], values[PLAN_DUE]) > 0)
        return say(ret_fault, change->is_set[PLAN_START] ? "start" : "due", &order_words);
    return true;
}

/* Against the plan as it is: there is such an item, whoever changes it has seen its last change,
 * and what is to be taken back is that one. */
static bool meet_plan(const struct record_plan *plan, struct wish *wish, int64_t *ret_changes,
    struct fault *ret_fault)
{
    struct record_plan_change *change = &wish->change;
    *ret_changes = 0;
    if (change->item == 0) {
        if (!change->is_set[PLAN_STATUS]) {
            change->is_set[PLAN_STATUS] = true;
            change->values[PLAN_STATUS] = str_of(record_plan_status_names[PLAN_OPEN]);
        }
        return check_whole(change, NULL, ret_fault);
    }
    if ((size_t)change->item > plan->item_count)
        return say(ret_fault, "", &item_words);
    *ret_changes = plan->items[change->item - 1].change_count;
    if (wish->undo == 0) {
        *ret_fault = (struct fault){"", NULL, REPLY_CHANGED};
        return wish->changes == *ret_changes &&
               check_whole(change, &plan->items[change->item - 1], ret_fault);
    }
    if (wish->undo != *ret_changes)
        return say(ret_fault, "", &undo_words);
    take_back(plan, wish);
    return true;
}

static void write_done(int64_t item, int64_t changes, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_int(&json, "changes", changes);
    json_write_key_int(&json, "item", item);
    json_write_end(&json);
}

static unsigned write_fault(const struct fault *fault, struct buf *out)
{
    struct reply_problem_case which = {.sentence = fault->words, .field = str_of(fault->field)};
    reply_problem_write(fault->problem, &which, out);
    return reply_problems[fault->problem].status;
}

unsigned plan_change_json(struct record *record, struct str json, struct buf *out)
{
    struct arena arena = {0};
    struct wish wish;
    struct fault fault;
    struct record_plan plan;
    struct err err = {0};
    int64_t item = 0, changes = 0;
    bool is_sound = read_wish(json, &arena, &wish, &fault);
    bool ok = is_sound && record_plan_read(record, &arena, &plan, &err);
    if (ok)
        ok = is_sound = meet_plan(&plan, &wish, &changes, &fault);
    ok = ok && plan_change_keep(record, &wish.change, &item, &err);
    if (is_sound && !ok) { /* the record's own check, which ours shall have foreseen, or the disk */
        fault =
            (struct fault){"", NULL, err.kind == ERR_USAGE ? REPLY_NOT_PLANNED : REPLY_NOT_KEPT};
        fprintf(stderr, "tocsin: a change of the plan was not kept: %s\n", err.message);
    }
    unsigned status = 200;
    if (ok)
        write_done(item, changes + 1, out);
    else
        status = write_fault(&fault, out);
    arena_fini(&arena);
    return status;
}

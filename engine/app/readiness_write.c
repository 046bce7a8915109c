/* Readiness at a terminal and as JSON. */
#include "app/readiness.h"

#include "base/duration.h"
#include "base/json_write.h"
#include "report/labels.h"

/* Never negative: a clock that was set back makes nothing happen tomorrow. */
static int64_t days_since(const struct readiness *readiness, const struct readiness_when *when)
{
    int64_t days = readiness->today - calendar_day(when->wall_ms, 0);
    return days > 0 ? days : 0;
}

/* "12 days ago in phone-tree-3 (from a file)" */
static void write_when(
    struct readiness *readiness, const struct readiness_when *when, enum lang lang, struct buf *out)
{
    int64_t days = days_since(readiness, when);
    if (lang == LANG_JA)
        buf_format(out, "%lld日前（%.*s%s）", (long long)days, STR_ARG(when->exercise),
            when->is_from_file ? "、ファイルから再生" : "");
    else
        buf_format(out, "%lld day%s ago in %.*s%s", (long long)days, days == 1 ? "" : "s",
            STR_ARG(when->exercise), when->is_from_file ? " (played from a file)" : "");
}

/* ---- at a terminal ---- */

static struct str who_of(struct readiness *readiness, const struct readiness_holder *holder)
{
    struct alias_seat seat = {holder->person, holder->last.exercise, holder->by_person};
    return alias_of_player(&readiness->alias, &seat, &readiness->arena);
}

static void write_holder(struct readiness *readiness, const struct readiness_holder *holder,
    enum lang lang, struct buf *out)
{
    if (holder->person.len > 0)
        buf_format(out, "%.*s, ", STR_ARG(who_of(readiness, holder)));
    else
        buf_format(out,
            lang == LANG_JA ? "席 %.*s（氏名の登録なし）、" : "seat %.*s, nobody named, ",
            STR_ARG(holder->seat));
    write_when(readiness, &holder->last, lang, out);
}

static void write_profile(const struct readiness_role *role, enum lang lang, struct buf *out)
{
    if (role->with.len > 0)
        buf_format(
            out, lang == LANG_JA ? "（%.*s と兼務）" : " (held with %.*s)", STR_ARG(role->with));
    if (role->outsourced.len > 0)
        buf_format(out, lang == LANG_JA ? "（%.*s に委託）" : " (outsourced to %.*s)",
            STR_ARG(role->outsourced));
}

static void write_role(
    struct readiness *readiness, const struct readiness_role *role, enum lang lang, struct buf *out)
{
    buf_format(out, "  %.*s, %.*s", STR_ARG(role->id), STR_ARG(role->name.in[lang]));
    write_profile(role, lang, out);
    if (role->exercise_count == 0)
        buf_add(out, lang == LANG_JA ? STR(": 演習したことがない") : STR(": never exercised"));
    buf_add_char(out, '\n');
    for (size_t i = 0; i < role->holder_count; i++) {
        buf_format(out, "    %s: ",
            i == 0            ? lang == LANG_JA ? "最後に担当" : "last held by"
            : lang == LANG_JA ? "ほかの経験者"
                              : "can stand in");
        write_holder(readiness, &role->holders[i], lang, out);
        buf_add_char(out, '\n');
    }
    if (role->holder_count == 1 && role->holders[0].person.len > 0)
        buf_add(out, lang == LANG_JA ? STR("    代理で担当した人はいない\n")
                                     : STR("    nobody else has practised it\n"));
}

static void write_contact(struct readiness *readiness, const struct readiness_contact *contact,
    enum lang lang, struct buf *out)
{
    bool was_reached = contact->reached.exercise.len > 0;
    bool was_missed = contact->unreached.exercise.len > 0;
    buf_format(out, "  %.*s, %.*s", STR_ARG(contact->id), STR_ARG(contact->name.in[lang]));
    if (contact->deputy.len > 0)
        buf_format(
            out, lang == LANG_JA ? "（代理 %.*s）" : " (deputy %.*s)", STR_ARG(contact->deputy));
    if (!was_reached && !was_missed)
        buf_add(out, lang == LANG_JA ? STR(": 連絡を試みたことがない") : STR(": never tried"));
    if (was_missed && !contact->is_reached) {
        buf_format(out, lang == LANG_JA ? ": つながらず、%.*s、" : ": not reached, %.*s, ",
            STR_ARG(labels_unreached[contact->reason].in[lang]));
        write_when(readiness, &contact->unreached, lang, out);
    }
    if (was_reached) {
        buf_add(out, lang == LANG_JA ? STR(": つながった、") : STR(": reached "));
        write_when(readiness, &contact->reached, lang, out);
    }
    buf_add_char(out, '\n');
}

void readiness_write_text(struct readiness *readiness, enum lang lang, struct buf *out)
{
    buf_format(out,
        lang == LANG_JA ? "組織：%.*s、終了した演習の卓：%zu\n役割\n"
                        : "Organisation %.*s, tables that came to their ENDEX: %zu\nRoles\n",
        STR_ARG(readiness->team), readiness->table_count);
    for (size_t i = 0; i < readiness->role_count; i++)
        write_role(readiness, &readiness->roles[i], lang, out);
    buf_add(out, lang == LANG_JA ? STR("連絡先\n") : STR("Contacts\n"));
    for (size_t i = 0; i < readiness->contact_count; i++)
        write_contact(readiness, &readiness->contacts[i], lang, out);
}

/* ---- JSON ---- */

/* null: never. */
static void write_when_json(struct json_write *json, const char *key,
    const struct readiness *readiness, const struct readiness_when *when)
{
    json_write_key(json, str_of(key));
    if (when->exercise.len == 0) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_write_key_int(json, "days_ago", days_since(readiness, when));
    json_write_key_str(json, "exercise", when->exercise);
    json_write_key_bool(json, "from_file", when->is_from_file);
    json_write_end(json);
}

static void write_role_json(
    struct json_write *json, struct readiness *readiness, const struct readiness_role *role)
{
    json_write_object(json);
    json_write_key_int(json, "exercises", role->exercise_count);
    json_write_key(json, STR("holders"));
    json_write_array(json);
    for (size_t i = 0; i < role->holder_count; i++) {
        json_write_object(json);
        write_when_json(json, "last", readiness, &role->holders[i].last);
        json_write_key_str(json, "person", who_of(readiness, &role->holders[i]));
        json_write_key_str(json, "seat", role->holders[i].seat);
        json_write_end(json);
    }
    json_write_end(json);
    write_when_json(json, "last", readiness, &role->last);
    json_write_key_words(json, "name", &role->name);
    json_write_key_str(json, "outsourced", role->outsourced);
    json_write_key_str(json, "role", role->id);
    json_write_key_str(json, "with", role->with);
    json_write_end(json);
}

static void write_contact_json(struct json_write *json, const struct readiness *readiness,
    const struct readiness_contact *contact)
{
    bool is_missed = contact->unreached.exercise.len > 0;
    json_write_object(json);
    json_write_key_str(json, "contact", contact->id);
    json_write_key_str(json, "deputy", contact->deputy);
    json_write_key_bool(json, "last_reached", contact->is_reached);
    json_write_key_words(json, "name", &contact->name);
    write_when_json(json, "reached", readiness, &contact->reached);
    json_write_key_str(
        json, "reason", is_missed ? str_of(unreached_reason_names[contact->reason]) : STR(""));
    write_when_json(json, "unreached", readiness, &contact->unreached);
    json_write_end(json);
}

void readiness_write_json(struct readiness *readiness, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key(&json, STR("contacts"));
    json_write_array(&json);
    for (size_t i = 0; i < readiness->contact_count; i++)
        write_contact_json(&json, readiness, &readiness->contacts[i]);
    json_write_end(&json);
    json_write_key_str(&json, "organisation", readiness->team);
    json_write_key(&json, STR("roles"));
    json_write_array(&json);
    for (size_t i = 0; i < readiness->role_count; i++)
        write_role_json(&json, readiness, &readiness->roles[i]);
    json_write_end(&json);
    json_write_key_int(&json, "tables", (int64_t)readiness->table_count);
    json_write_end(&json);
    buf_add_char(out, '\n');
}

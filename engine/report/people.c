/* Who sat where, and who outside the seats was reached. */
#include "report/parts.h"

/* ---- seats ---- */

/* One cell a column; widths in columns of the page. */
enum { SEAT_COLUMNS = 7 };

static void seat_row(struct report *report, const struct str cells[SEAT_COLUMNS])
{
    static const int widths[SEAT_COLUMNS] = {24, 13, 8, 8, 11, 6, 8};
    struct buf row = {0};
    for (int i = 0; i < SEAT_COLUMNS; i++)
        page_cell(&row, cells[i], widths[i]);
    struct str text = str_trim(buf_str(&row));
    buf_format(report->out, "  %.*s\n", STR_ARG(text));
    buf_fini(&row);
}

static struct str seat_name(struct report *report, const struct def_seat *seat)
{
    struct str list = STR("");
    struct str comma = SAY(report, ", ", "、");
    for (size_t i = 0; i < seat->roles.count; i++) {
        struct str name = phrase_role(&report->book, report->lang, seat->roles.items[i]);
        list = i == 0 ? name
                      : arena_format(parts_arena(report), "%.*s%.*s%.*s", STR_ARG(list),
                            STR_ARG(comma), STR_ARG(name));
    }
    return list;
}

static struct str seat_state(struct report *report, const struct model_seat *at)
{
    if (at->done == 0)
        return at->person.len == 0 ? SAY(report, "empty", "空席")
                                   : SAY(report, "silent", "操作なし");
    return at->proxied == at->done ? SAY(report, "by proxy", "代行入力")
                                   : SAY(report, "played", "参加");
}

void people_write_seats(struct report *report)
{
    const struct model *model = &report->model;
    if (model->source->def->seat_count == 0)
        return;
    parts_heading(report, SAY(report, "WHO SAT WHERE", "■ 座席"));
    const struct str titles[SEAT_COLUMNS] = {SAY(report, "seat", "座席"),
        SAY(report, "state", "状態"), SAY(report, "came", "届いた"), SAY(report, "opened", "開封"),
        SAY(report, "confirmed", "受領確認"), SAY(report, "sent", "発信"),
        SAY(report, "decided", "決定")};
    seat_row(report, titles);
    for (size_t i = 0; i < model->source->def->seat_count; i++) {
        const struct model_seat *at = &model->seats[i];
        size_t counts[] = {at->received, at->opened, at->acked, at->sent, at->decided};
        struct str cells[SEAT_COLUMNS] = {seat_name(report, at->seat), seat_state(report, at)};
        for (size_t n = 0; n < sizeof(counts) / sizeof(counts[0]); n++)
            cells[n + 2] = arena_format(parts_arena(report), "%zu", counts[n]);
        seat_row(report, cells);
    }
}

/* ---- who was reached ---- */

static struct str outcome_text(struct report *report, const struct model_contact *contact)
{
    static const struct words reasons[UNREACHED_COUNT] = {
        [UNREACHED_NO_ANSWER] = WORDS("no answer", "応答なし"),
        [UNREACHED_STALE] = WORDS("contact out of date", "連絡先が古い"),
        [UNREACHED_NO_CHANNEL] = WORDS("no such channel", "その手段なし"),
    };
    const struct def_stakeholder *who = def_stakeholder(report->model.source->def, contact->party);
    struct arena *arena = parts_arena(report);
    if (contact->outcome == OUTCOME_REACHED)
        return arena_format(arena, report->lang == LANG_EN ? "reached %.*s" : "%.*sに連絡がついた",
            STR_ARG(parts_clock(report, contact->answered->observed_ms)));
    struct str what = contact->outcome == OUTCOME_OPEN
                          ? SAY(report, "nothing by the end", "終了まで返事なし")
                          : parts_say(report, reasons[contact->answered->body.unreached.reason]);
    if (who->deputy.len == 0)
        return what;
    struct str deputy = contact->deputy_tried ? SAY(report, "; deputy tried", "、代理に連絡")
                                              : SAY(report, "; deputy not tried", "、代理は未連絡");
    return arena_format(arena, "%.*s%.*s", STR_ARG(what), STR_ARG(deputy));
}

static void contact_row(
    struct report *report, struct str who, struct str asked, struct str how, struct str outcome)
{
    struct buf cells = {0};
    buf_add(&cells, STR("  "));
    page_cell(&cells, who, 28);
    buf_add(&cells, STR(" "));
    page_cell(&cells, asked, 9);
    page_cell(&cells, how, 9);
    page_paragraph(report->out, buf_str(&cells), outcome);
    buf_fini(&cells);
}

void people_write_contacts(struct report *report)
{
    static const struct words channels[CHANNEL_COUNT] = {
        [CHANNEL_NONE] = WORDS("-", "-"),
        [CHANNEL_PHONE] = WORDS("phone", "電話"),
        [CHANNEL_MAIL] = WORDS("mail", "メール"),
        [CHANNEL_CHAT] = WORDS("chat", "チャット"),
        [CHANNEL_MEETING] = WORDS("meeting", "会議"),
        [CHANNEL_TICKET] = WORDS("ticket", "チケット"),
        [CHANNEL_NEWS] = WORDS("news", "報道"),
        [CHANNEL_ALERT] = WORDS("alert", "警報"),
    };
    const struct model *model = &report->model;
    parts_heading(report, SAY(report, "WHO WAS REACHED", "■ 連絡がついた相手、つかなかった相手"));
    if (model->contact_count == 0) {
        page_paragraph(report->out, STR("  "),
            SAY(report, "Nobody outside the table was sent anything.",
                "席の外への連絡はなかった。"));
        return;
    }
    contact_row(report, SAY(report, "contact", "相手"), SAY(report, "asked", "発信"),
        SAY(report, "by", "手段"), SAY(report, "outcome", "結果"));
    for (size_t i = 0; i < model->contact_count; i++) {
        const struct model_contact *contact = &model->contacts[i];
        contact_row(report, phrase_party(&report->book, report->lang, contact->party),
            parts_clock(report, contact->asked->observed_ms),
            parts_say(report, channels[contact->asked->body.messaged.via]),
            outcome_text(report, contact));
    }
    parts_more(report, model->contacts_left_out, "log");
}

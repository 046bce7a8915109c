/* Handouts: each inject on a page of its own, as whoever gets it would see it in the program, and
 * nothing else. Its number, by which the facilitator finds it, stands on a strip that is cut off.
 */
#include "report/kit_parts.h"
#include "report/markdown.h"

static void write_strip(struct kit *kit, size_t number)
{
    html_open_class(&kit->html, "div", "strip");
    html_element(&kit->html, "strong", NULL, KIT_FORMAT(kit, "No. %zu", "No.%zu", number));
    html_element(&kit->html, "span", NULL,
        KIT_SAY(kit, "✂ Facilitator: cut along this line before you hand it over",
            "✂ 進行役へ：渡す前にこの線で切り取ってください"));
    html_close(&kit->html);
}

static void write_question(struct kit *kit, const struct def_question *question)
{
    html_open_class(&kit->html, "div", "decision");
    html_element(&kit->html, "h3", NULL, KIT_SAY(kit, "To be decided", "決めること"));
    html_element(&kit->html, "p", NULL, kit_say(kit, question->prompt));
    if (question->within_ms > 0)
        html_element(&kit->html, "p", "quiet",
            KIT_FORMAT(
                kit, "Within %.*s", "%.*s以内", STR_ARG(kit_span(kit, question->within_ms))));
    html_open_class(&kit->html, "ul", "options");
    for (size_t i = 0; i < question->option_count; i++) {
        html_open(&kit->html, "li");
        kit_box(kit, kit_say(kit, question->options[i].text));
        html_close(&kit->html);
    }
    html_close(&kit->html);
    kit_lines(kit, KIT_SAY(kit, "Decided by, at what time, and why", "決めた人、時刻、理由"), 2);
    html_close(&kit->html);
}

static void write_enclosed(struct kit *kit, const struct def_inject *inject)
{
    struct str list = STR("");
    for (size_t i = 0; i < inject->attachment_count; i++)
        list = kit_format(kit, "%.*s%s%.*s", STR_ARG(list),
            i == 0                 ? ""
            : kit->lang == LANG_EN ? "; "
                                   : "、",
            STR_ARG(inject->attachments[i].name.in[kit->lang]));
    kit_pair(kit, KIT_SAY(kit, "Enclosed", "添付"), list);
}

static void write_handout(struct kit *kit, size_t at)
{
    const struct def_inject *inject = kit->injects[at];
    struct html *html = &kit->html;
    kit_sheet(kit, "handout", kit_eyes_of(kit, kit_parties(kit, inject->to)));
    write_strip(kit, at + 1);
    html_open_class(html, "div", "message");
    html_element(html, "p", "mark", STR(KIT_MARK));
    html_element(html, "h2", NULL, kit_say(kit, inject->title));
    kit_pairs(kit);
    kit_pair(kit, KIT_SAY(kit, "From", "差出人"), kit_sender(kit, inject));
    kit_pair(kit, KIT_SAY(kit, "To", "宛先"), kit_parties(kit, inject->to));
    kit_pair(kit, KIT_SAY(kit, "By", "手段"), kit_channel(kit, inject->via));
    kit_pair(kit, STR("TLP"), kit_tlp(inject->tlp));
    write_enclosed(kit, inject);
    html_close(html);
    html_open_class(html, "div", "text");
    markdown_write(html, kit_say(kit, inject->body));
    html_close(html);
    for (size_t i = 0; i < inject->questions.count; i++) {
        const struct def_question *question = def_question(kit->def, inject->questions.items[i]);
        if (question != NULL)
            write_question(kit, question);
    }
    html_close(html);
    kit_lines(kit,
        KIT_SAY(kit, "Received at, and what you do: whom you tell, when, and how",
            "受け取った時刻と対応（誰に、いつ、どの手段で伝えるか）"),
        4);
    kit_sheet_end(kit);
}

void kit_handout_write(struct kit *kit)
{
    for (size_t i = 0; i < kit->def->inject_count; i++)
        write_handout(kit, i);
}

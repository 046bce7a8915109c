/* Pieces of sheets: what stands on every page, and forms to fill in by hand.
 *
 * A sheet is laid out as a table of one row, so that browsers repeat its head and foot on each page
 * that it covers; nothing else does so in all of them. */
#include "report/kit_parts.h"

struct str kit_eyes_facilitator(const struct kit *kit)
{
    return KIT_SAY(kit, "For the facilitator only", "進行役のみ閲覧可");
}

struct str kit_eyes_of(struct kit *kit, struct str whom)
{
    return KIT_FORMAT(kit, "For: %.*s", "閲覧者：%.*s", STR_ARG(whom));
}

void kit_sheet(struct kit *kit, const char *class_name, struct str eyes)
{
    struct html *html = &kit->html;
    html_open(html, "section");
    html_attr(html, "class", kit_format(kit, "sheet %s", class_name));
    html_open_class(html, "div", "sheet-head");
    html_open_class(html, "div", "bar");
    html_element(html, "strong", "mark", STR(KIT_MARK));
    html_element(html, "span", "eyes", eyes);
    html_close(html);
    html_close(html);
    html_open_class(html, "div", "sheet-foot");
    html_open_class(html, "div", "bar");
    html_element(html, "span", NULL, kit_say(kit, kit->def->title));
    html_element(html, "strong", NULL,
        KIT_SAY(kit, KIT_MARK ": nobody real is contacted",
            KIT_MARK "：実在の相手には連絡しないでください"));
    html_close(html);
    html_close(html);
    html_open_class(html, "div", "sheet-body");
}

void kit_sheet_end(struct kit *kit)
{
    html_close(&kit->html);
    html_close(&kit->html);
}

void kit_list(struct kit *kit, struct strs texts)
{
    if (texts.count == 0)
        return;
    html_open(&kit->html, "ul");
    for (size_t i = (size_t)kit->lang; i < texts.count; i += LANG_COUNT)
        html_element(&kit->html, "li", NULL, texts.items[i]);
    html_close(&kit->html);
}

void kit_pairs(struct kit *kit)
{
    html_open(&kit->html, "dl");
}

void kit_pair(struct kit *kit, struct str label, struct str value)
{
    if (value.len == 0)
        return;
    html_open(&kit->html, "div");
    html_element(&kit->html, "dt", NULL, label);
    html_element(&kit->html, "dd", NULL, value);
    html_close(&kit->html);
}

void kit_head(struct kit *kit, const struct words *columns, size_t count)
{
    html_open(&kit->html, "thead");
    html_open(&kit->html, "tr");
    for (size_t i = 0; i < count; i++) {
        html_open(&kit->html, "th");
        html_attr(&kit->html, "scope", STR("col"));
        html_text(&kit->html, columns[i].in[kit->lang]);
        html_close(&kit->html);
    }
    html_close(&kit->html);
    html_close(&kit->html);
}

void kit_cell(struct kit *kit, const char *class_name, struct str text)
{
    html_element(&kit->html, "td", class_name, text);
}

void kit_lines(struct kit *kit, struct str label, int count)
{
    html_open_class(&kit->html, "div", "lines");
    if (label.len > 0)
        html_element(&kit->html, "p", "label", label);
    for (int i = 0; i < count; i++)
        html_element(&kit->html, "div", "line", STR(""));
    html_close(&kit->html);
}

void kit_box(struct kit *kit, struct str text)
{
    html_open_class(&kit->html, "span", "tick");
    html_element(&kit->html, "span", "box", STR(""));
    html_text(&kit->html, text);
    html_close(&kit->html);
}

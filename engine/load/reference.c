/* Markdown from forms. What a row's reader takes is said here once for each of form.h's readers; a
 * part's own readers say it in their rows. */
#include "load/reference.h"

static const struct {
    const char *name;
    const struct form *form;
} documents[] = {
    {"scenario-yaml", &scenario_form},
    {"facts-yaml", &facts_form},
    {"injects-yaml", &injects_form},
    {"rules-yaml", &rules_form},
    {"pack-yaml", &pack_form},
    {"overlay-yaml", &overlay_form},
    {"catalogue-yaml", &catalogue_form},
    {"skills-yaml", &skills_form},
    {"organisation-yaml", &organisation_form},
};

static const struct {
    form_read *read;
    const char *is;
} readers[] = {
    {form_id, "a name"},
    {form_word, "a word"},
    {form_words, "a text in both languages"},
    {form_any_words, "a text, or one in both languages"},
    {form_texts, "a list of texts in both languages"},
    {form_ms, "a length"},
    {form_calendar, "date and time"},
    {form_int, "a whole number"},
    {form_bool, "`yes` or `no`"},
    {form_ids, "names"},
};

static void write_names(const struct form_row *row, struct buf *out)
{
    const char *between = "";
    for (int i = 0; i < row->name_count; i++) {
        if (row->names[i][0] == '\0')
            continue;
        buf_format(out, "%s`%s`", between, row->names[i]);
        between = " ";
    }
}

static void write_is(const struct form_row *row, struct buf *out)
{
    bool is_list = row->read == form_list;
    if (row->is)
        buf_format(out, "%s", row->is);
    else if (row->read == form_range)
        buf_format(out, "%d to %d", row->min, row->max);
    else if (row->names)
        write_names(row, out);
    else if (row->read == form_ref || row->read == form_refs)
        buf_format(out, "%s of a %s", row->read == form_ref ? "name" : "names", refs_what(row->of));
    else if (is_list)
        buf_format(out, "a list of");
    for (size_t i = 0; !row->is && i < sizeof(readers) / sizeof(readers[0]); i++)
        if (readers[i].read == row->read)
            buf_format(out, "%s", readers[i].is);
    if (row->form)
        buf_format(out, " these");
}

static void write_form(const struct form *form, struct buf *out)
{
    buf_format(out, "| key | is | means |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < form->row_count; i++) {
        const struct form_row *row = &form->rows[i];
        buf_format(out, "| `%s`%s | ", row->key, row->required ? " (must)" : "");
        write_is(row, out);
        buf_format(out, " | %s |\n", row->help ? row->help : "");
    }
    for (size_t i = 0; i < form->row_count; i++) {
        if (!form->rows[i].form)
            continue;
        buf_format(out, "\n`%s:` · %s\n\n", form->rows[i].key, form->rows[i].form->what);
        write_form(form->rows[i].form, out);
    }
}

bool reference_write(struct str name, struct buf *out)
{
    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
        if (!str_is(name, documents[i].name))
            continue;
        buf_format(out, "\n");
        write_form(documents[i].form, out);
        return true;
    }
    return false;
}

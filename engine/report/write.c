/* One report, five forms: which writer makes which. HTML, Markdown and JSON come from the same
 * JSON, so that none of them can say what the others do not know. */
#include "report/html.h"
#include "report/mark.h"
#include "report/pictures.h"
#include "report/sections.h"
#include "report/tables.h"
#include "report/template.h"

const char *const report_format_names[REPORT_FORMAT_COUNT] = {"text", "html", "md", "json", "csv"};

static bool write_page(struct dossier *dossier, const struct report_options *options,
    struct buf *out, struct err *reterr)
{
    struct buf model = {0};
    bool is_html = options->format == REPORT_HTML;
    sections_write(dossier, &model);
    struct template_host host = {.lang = options->lang,
        .folder = is_html ? STR("html/") : STR("md/"),
        .model = buf_str(&model),
        .escape = is_html ? html_escape : mark_escape,
        .picture = is_html ? pictures_draw : NULL,
        .self = dossier};
    bool ok = template_render(&host, out, reterr);
    buf_fini(&model);
    return ok;
}

bool report_write(const struct report_source *source, const struct report_options *options,
    struct buf *out, struct err *reterr)
{
    struct dossier dossier;
    bool ok = true;
    dossier_init(&dossier, source, options);
    if (options->format == REPORT_TEXT)
        report_write_text(&dossier.source, options->lang, out);
    else if (options->format == REPORT_CSV)
        tables_write(&dossier, options->table, out);
    else if (options->format == REPORT_JSON)
        sections_write(&dossier, out);
    else
        ok = write_page(&dossier, options, out, reterr);
    if (options->format == REPORT_JSON)
        buf_add_char(out, '\n');
    dossier_fini(&dossier);
    return ok;
}

void report_policy(struct buf *out)
{
    html_policy(template_text(STR("page.css")), out);
}

/* Escapers, templates and the whole report on any bytes.
 *
 * The first byte says what is tried: an escaper, the template compiler, or a report of an exercise
 * in which everything that people wrote is these bytes. Whatever they are, a page has the elements
 * that it has with harmless words, a Markdown cell keeps its line, a cell of CSV its column. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/disk.h"
#include "report/html.h"
#include "report/mark.h"
#include "report/report.h"
#include "report/tables.h"
#include "report/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stop(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

static size_t count_of(struct str text, char sign)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == sign;
    return count;
}

/* ---- escapers ---- */

static void try_html(struct str text)
{
    struct buf out = {0};
    html_escape(text, &out);
    struct str made = buf_str(&out);
    for (const char *sign = "<>\"'"; *sign != '\0'; sign++)
        if (count_of(made, *sign) != 0)
            stop("a sign of HTML came through");
    for (size_t i = 0; i < made.len; i++)
        if (made.ptr[i] == '&' &&
            memchr("alqg#", made.ptr[i + 1 < made.len ? i + 1 : i], 5) == NULL)
            stop("a bare ampersand");
    if (str_is_utf8(text) && !str_is_utf8(made))
        stop("the escaper broke a letter");
    buf_fini(&out);
}

/* A "|" or "`" with an even number of backslashes in front means something. */
static void try_mark(struct str text)
{
    struct buf out = {0};
    mark_escape(text, &out);
    struct str made = buf_str(&out);
    size_t backslashes = 0;
    for (size_t i = 0; i < made.len; i++) {
        char sign = made.ptr[i];
        if (memchr("\n\r<>", sign, 4) != NULL)
            stop("a line end or an element came through");
        if (memchr("|`*_[]", sign, 6) != NULL && backslashes % 2 == 0)
            stop("a sign of Markdown came through");
        backslashes = sign == '\\' ? backslashes + 1 : 0;
    }
    if (backslashes % 2 != 0)
        stop("the text's last sign would escape what stands behind it");
    buf_fini(&out);
}

/* Read back as a spreadsheet does. */
static void try_cell(struct str text)
{
    struct buf out = {0};
    tables_cell(&out, text);
    struct str made = buf_str(&out);
    bool is_quoted = made.len != 0 && made.ptr[0] == '"';
    if (is_quoted &&
        (made.len < 2 || made.ptr[made.len - 1] != '"' || count_of(made, '"') % 2 != 0))
        stop("a quoted cell does not end");
    if (!is_quoted && (count_of(made, ',') + count_of(made, '\n') + count_of(made, '\r') != 0))
        stop("a cell ends early");
    char first = made.len == 0 ? 'x' : made.ptr[is_quoted];
    if (memchr("=+-@\t\r", first, 6) != NULL)
        stop("a formula came through");
    buf_fini(&out);
}

static void try_template(struct str text)
{
    struct buf out = {0};
    struct err err;
    if (template_compile(text, STR("fuzz"), &out, &err) &&
        count_of(buf_str(&out), '\n') < count_of(text, '\n'))
        stop("a template lost lines");
    buf_fini(&out);
}

/* ---- a whole report ---- */

struct ground {
    struct arena arena;
    struct def def;
    struct rules rules;
    struct event *events;
    size_t event_count;
    size_t elements[REPORT_FORMAT_COUNT]; /* with harmless words */
};

/* Each with a text; their envelopes are filled in. */
static const struct {
    const char *actor;
    int64_t at_ms;
    const char *kind, *body;
} rows[] = {
    {"host", 0, "created", "{\"mode\":\"paced\",\"pace\":1}"},
    {"facilitator", 0, "started", "{\"language\":\"en\"}"},
    {"clock", 30000, "delivered",
        "{\"inject\":\"night-report\",\"to\":[\"poc\"],\"via\":\"phone\"}"},
    {"poc", 40000, "declared", "{\"reason\":\"t\",\"status\":\"aware\"}"},
    {"poc", 41000, "said", "{\"text\":\"t\",\"to\":[\"commander\"]}"},
    {"facilitator", 50000, "hinted", "{\"text\":\"t\",\"to\":[\"poc\"]}"},
    {"facilitator", 50000, "annulled", "{\"event\":4,\"reason\":\"t\"}"},
    {"facilitator", 60000, "ended", "{}"},
    {"poc", 61000, "disputed", "{\"finding\":\"f\",\"text\":\"t\"}"},
    {"facilitator", 61000, "ruled", "{\"finding\":\"f\",\"text\":\"t\",\"verdict\":\"excused\"}"},
    {"evaluator", 61000, "caused", "{\"cause\":\"tool\",\"finding\":\"f\",\"text\":\"t\"}"},
    {"evaluator", 62000, "observed", "{\"text\":\"t\"}"},
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static struct str find_text(void *texts, struct str ref)
{
    (void)ref;
    return *(const struct str *)texts;
}

static void write_report(
    const struct ground *ground, struct str text, enum report_format format, struct buf *out)
{
    struct err err;
    struct report_source source = {.def = &ground->def,
        .rules = &ground->rules,
        .exercise = STR("fuzz"),
        .events = ground->events,
        .event_count = ground->event_count,
        .texts = &text,
        .text_find = find_text};
    struct report_options options = {.format = format, .lang = LANG_JA};
    struct scorer *scorer = scorer_new(source.def, source.rules);
    for (size_t i = 0; i < source.event_count; i++)
        scorer_feed(scorer, &source.events[i]);
    scorer_findings(scorer, 0, &source.findings, &source.finding_count);
    if (!report_write(&source, &options, out, &err))
        stop(err.message);
    scorer_free(scorer);
}

static size_t elements_of(const struct ground *ground, struct str text, enum report_format format)
{
    struct buf out = {0};
    write_report(ground, text, format, &out);
    size_t count = count_of(buf_str(&out), format == REPORT_HTML ? '<' : '\n');
    buf_fini(&out);
    return count;
}

static const struct ground *ground_get(void)
{
    static struct ground ground;
    struct bundle bundle;
    struct problems problems = {0};
    struct err err;
    if (ground.event_count != 0)
        return &ground;
    if (!disk_bundle("scenarios/phone-tree", ".", &ground.arena, &bundle, &err))
        stop(err.message);
    if (!load_scenario(&bundle, &ground.arena, &problems, &ground.def, &ground.rules))
        stop("the phone tree does not load");
    problems_fini(&problems);
    ground.events = ARENA_ARRAY(&ground.arena, ROWS, struct event);
    for (size_t i = 0; i < ROWS; i++) {
        struct str line = arena_format(&ground.arena,
            "{\"actor\":\"%s\",\"at_ms\":%lld,\"body\":%s,\"kind\":\"%s\",\"seq\":%zu,"
            "\"story_ms\":0}",
            rows[i].actor, (long long)rows[i].at_ms, rows[i].body, rows[i].kind, i + 1);
        if (!event_read(line, &ground.arena, &ground.events[i], &err))
            stop(err.message);
    }
    ground.event_count = ROWS;
    for (int format = REPORT_HTML; format <= REPORT_MD; format++)
        ground.elements[format] = elements_of(&ground, STR("words"), (enum report_format)format);
    return &ground;
}

/* Intake lets nothing else into a record. */
static bool is_text(struct str text)
{
    return str_trim(text).len != 0 && str_is_utf8(text);
}

static void try_report(struct str text)
{
    const struct ground *ground = ground_get();
    for (int format = REPORT_HTML; is_text(text) && format <= REPORT_MD; format++)
        if (elements_of(ground, text, (enum report_format)format) != ground->elements[format])
            stop("a word became an element or a line");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const tries[])(struct str text) = {
        try_html, try_mark, try_cell, try_template, try_report};
    if (size == 0)
        return 0;
    struct str text = {(const char *)data + 1, size - 1};
    tries[data[0] % (sizeof(tries) / sizeof(tries[0]))](text);
    return 0;
}

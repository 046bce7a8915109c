/* HTML: a writer that keeps its tags balanced.
 *
 * What may not be written is few and fixed, so that a template cannot weaken it by mistake: no
 * element that runs or embeds, no attribute that does (on…, style), no address but of a place in
 * the same document or of a picture that stands in it. */
#include "report/html.h"

#include <assert.h>
#include <string.h>

#include "base/control.h"
#include "base/hash.h"

static const char *const banned_elements[] = {
    "script", "iframe", "object", "embed", "base", "form", "frame", "link", "template"};
static const char *const void_elements[] = {
    "area", "br", "col", "hr", "img", "input", "meta", "wbr"};

static const struct {
    char c;
    const char *entity;
} entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};

static const char *entity_of(char c)
{
    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
        if (entities[i].c == c)
            return entities[i].entity;
    return NULL;
}

/* Text without any of the signs that control_find tells. */
static void escape_clean(struct str text, struct buf *out)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *entity = entity_of(text.ptr[i]);
        if (entity == NULL)
            continue;
        buf_add(out, (struct str){text.ptr + from, i - from});
        buf_add(out, str_of(entity));
        from = i + 1;
    }
    buf_add(out, str_after(text, from));
}

void html_escape(struct str text, struct buf *out)
{
    struct str sign;
    unsigned code;
    while (control_find(text, &sign, &code)) {
        size_t before = (size_t)(sign.ptr - text.ptr);
        escape_clean((struct str){text.ptr, before}, out);
        buf_add(out, STR("\xEF\xBF\xBD"));
        text = str_after(text, before + sign.len);
    }
    escape_clean(text, out);
}

/* ---- what the programmer may write ---- */

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}
#define IS_AMONG(name, names) is_among(name, names, sizeof(names) / sizeof(names[0]))

static bool is_name(const char *name)
{
    for (const char *at = name; *at != '\0'; at++)
        if (!((*at >= 'a' && *at <= 'z') || (at > name && *at == '-') ||
                (at > name && *at >= '0' && *at <= '9')))
            return false;
    return name[0] != '\0';
}

static bool is_harmless(const char *name, struct str value)
{
    if (strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0 || strcmp(name, "srcset") == 0)
        return false;
    if (strcmp(name, "href") == 0)
        return str_starts_with(value, STR("#"));
    return strcmp(name, "src") != 0 || str_starts_with(value, STR("data:image/"));
}

/* ---- writing ---- */

void html_init(struct html *html, struct buf *out)
{
    *html = (struct html){.out = out};
}

void html_fini(struct html *html)
{
    assert(html->depth == 0 && !html->in_tag);
}

static void end_tag(struct html *html)
{
    if (html->in_tag)
        buf_add_char(html->out, '>');
    html->in_tag = false;
}

void html_doctype(struct html *html)
{
    assert(html->depth == 0);
    buf_add(html->out, STR("<!doctype html>\n"));
}

static void begin(struct html *html, const char *element)
{
    assert(is_name(element) && !IS_AMONG(element, banned_elements));
    end_tag(html);
    buf_add_char(html->out, '<');
    buf_add(html->out, str_of(element));
    html->in_tag = true;
}

void html_open(struct html *html, const char *element)
{
    assert(html->depth < HTML_DEPTH && !IS_AMONG(element, void_elements));
    begin(html, element);
    html->open[html->depth++] = element;
}

void html_void(struct html *html, const char *element)
{
    assert(IS_AMONG(element, void_elements));
    begin(html, element);
}

void html_attr(struct html *html, const char *name, struct str value)
{
    assert(html->in_tag && is_name(name) && is_harmless(name, value));
    buf_add_char(html->out, ' ');
    buf_add(html->out, str_of(name));
    buf_add(html->out, STR("=\""));
    html_escape(value, html->out);
    buf_add_char(html->out, '"');
}

/* Ends of blocks end their line, so that a page can be read and compared as text. */
static const char *const blocks[] = {"article", "blockquote", "body", "dd", "div", "dt", "footer",
    "h1", "h2", "h3", "h4", "head", "header", "html", "li", "main", "nav", "ol", "p", "section",
    "style", "table", "tbody", "td", "th", "thead", "title", "tr", "ul"};

void html_close(struct html *html)
{
    assert(html->depth > 0);
    end_tag(html);
    const char *element = html->open[--html->depth];
    buf_add(html->out, STR("</"));
    buf_add(html->out, str_of(element));
    buf_add_char(html->out, '>');
    if (IS_AMONG(element, blocks))
        buf_add_char(html->out, '\n');
}

void html_text(struct html *html, struct str text)
{
    end_tag(html);
    html_escape(text, html->out);
}

void html_style(struct html *html, struct str style)
{
    assert(memchr(style.ptr, '<', style.len) == NULL);
    html_open(html, "style");
    end_tag(html);
    buf_add(html->out, style);
    html_close(html);
}

void html_open_class(struct html *html, const char *element, const char *class_name)
{
    html_open(html, element);
    if (class_name != NULL)
        html_attr(html, "class", str_of(class_name));
}

void html_element(struct html *html, const char *element, const char *class_name, struct str text)
{
    html_open_class(html, element, class_name);
    html_text(html, text);
    html_close(html);
}

/* ---- the policy ---- */

/* Base64, as policies spell hashes. */
static void add_base64(const uint8_t *bytes, size_t count, struct buf *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < count; i += 3) {
        uint32_t three = (uint32_t)bytes[i] << 16;
        three |= i + 1 < count ? (uint32_t)bytes[i + 1] << 8 : 0;
        three |= i + 2 < count ? (uint32_t)bytes[i + 2] : 0;
        buf_add_char(out, digits[three >> 18]);
        buf_add_char(out, digits[three >> 12 & 63]);
        buf_add_char(out, i + 1 < count ? digits[three >> 6 & 63] : '=');
        buf_add_char(out, i + 2 < count ? digits[three & 63] : '=');
    }
}

void html_policy(struct str style, struct buf *out)
{
    struct hash hash = hash_of_bytes(style);
    buf_add(out, STR("default-src 'none'; style-src 'sha256-"));
    add_base64(hash.bytes, HASH_BYTES, out);
    buf_add(out, STR("'; base-uri 'none'; form-action 'none'"));
}

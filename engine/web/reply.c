/* Replies. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/json_write.h"
#include "web/reply.h"

const struct reply_problem_row reply_problems[REPLY_PROBLEM_COUNT] = {
    [REPLY_BAD_BODY] = {"bad-body", 400,
        WORDS("The request's body is not what this address takes.",
            "リクエストの内容が、このアドレスの受け付ける形ではありません。")},
    [REPLY_BAD_HOST] = {"bad-host", 421,
        WORDS("This program is not reached by that name; use the address that it printed.",
            "この名前ではつながりません。起動時に表示されたアドレスを使ってください。")},
    [REPLY_BUSY] = {"busy", 429,
        WORDS("Too many of your inputs are still waiting for their answer; send it again in a "
              "moment.",
            "返事を待っている入力が多すぎます。少し待ってから、もう一度送ってください。")},
    [REPLY_CLOSING] = {"closing", 503,
        WORDS("The program is closing; what you sent was not kept.",
            "プログラムが終了するところです。送られた内容は記録されていません。")},
    [REPLY_FOREIGN] = {"foreign", 403,
        WORDS("This request comes from a page of another site.",
            "ほかのサイトのページからの操作は受け付けません。")},
    [REPLY_FORBIDDEN] = {"forbidden", 403,
        WORDS("Your seat may not do this.", "この席からは、この操作はできません。")},
    [REPLY_LINK] = {"link", 403,
        WORDS("This link has been used already, or is not known; ask the facilitator for a new "
              "one.",
            "このリンクは使用済みか、無効です。進行役に新しいリンクをもらってください。")},
    [REPLY_METHOD] = {"method", 405,
        WORDS("This address does not take that method.",
            "このアドレスでは、そのメソッドは使えません。")},
    [REPLY_NO_SESSION] = {"no-session", 401,
        WORDS("This browser has no seat here, or the program was started anew; open a new link "
              "from the facilitator.",
            "このブラウザーの席がないか、プログラムが再起動されました。"
            "進行役から新しいリンクをもらって開いてください。")},
    [REPLY_NOT_FOUND] = {"not-found", 404,
        WORDS("There is nothing at this address.", "このアドレスには何もありません。")},
    [REPLY_NOT_JSON] = {"not-json", 415,
        WORDS("This address takes application/json.",
            "このアドレスは application/json だけを受け付けます。")},
    [REPLY_NOT_READY] = {"not-ready", 503,
        WORDS("The exercise is being read again from its record; try again in a moment.",
            "演習を記録から読み直しています。少し待ってからやり直してください。")},
    [REPLY_SLOW_DOWN] = {"slow-down", 429,
        WORDS("Too many wrong links came from this address; wait a little.",
            "このアドレスから無効なリンクが続けて送られました。しばらく待ってください。")},
    [REPLY_TAKEN] = {"taken", 409,
        WORDS("Somebody sits at this seat already. Choose another one, or ask the facilitator for "
              "a link of your own.",
            "この席にはすでに参加者がいます。別の席を選ぶか、進行役に専用のリンクをもらってください"
            "。")},
    [REPLY_TOO_BIG] = {"too-big", 413,
        WORDS("This is more than one input may hold; shorten the text.",
            "一度に送れる量を超えています。文章を短くしてください。")},
};

static const struct {
    const char *name, *value;
} common_headers[] = {
    {"Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
};

struct type_row {
    const char *suffix, *type;
};

static const struct type_row asset_types[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
};

/* What the loader lets into a scenario; text is shown as text, whatever it holds. */
static const struct type_row file_types[] = {
    {".csv", "text/plain; charset=utf-8"},
    {".eml", "text/plain; charset=utf-8"},
    {".jpg", "image/jpeg"},
    {".log", "text/plain; charset=utf-8"},
    {".md", "text/plain; charset=utf-8"},
    {".pdf", "application/pdf"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
};

/* What a response says itself stands. */
static void add_common_headers(struct MHD_Response *response)
{
    for (size_t i = 0; i < sizeof(common_headers) / sizeof(*common_headers); i++)
        if (!MHD_get_response_header(response, common_headers[i].name))
            MHD_add_response_header(response, common_headers[i].name, common_headers[i].value);
    if (!MHD_get_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL))
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
}

enum MHD_Result reply_send(
    struct MHD_Connection *connection, unsigned status, struct MHD_Response *response)
{
    if (!response)
        return MHD_NO;
    add_common_headers(response);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

struct MHD_Response *reply_json(unsigned status, struct str json)
{
    /* It copies, and takes a pointer to what is not const all the same. */
    struct MHD_Response *response = MHD_create_response_from_buffer(
        json.len, (void *)(uintptr_t)json.ptr, MHD_RESPMEM_MUST_COPY);
    if (response)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
            status >= 400 ? "application/problem+json" : "application/json");
    return response;
}

void reply_write_problem(enum reply_problem problem, struct buf *out)
{
    const struct reply_problem_row *row = &reply_problems[problem];
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_str(&json, "detail", row->sentence.in[LANG_EN]);
    json_write_key_str(&json, "reason", str_of(row->reason));
    json_write_key(&json, STR("sentence"));
    json_write_object(&json);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        json_write_key_str(&json, lang_names[lang], row->sentence.in[lang]);
    json_write_end(&json);
    json_write_key_int(&json, "status", row->status);
    json_write_end(&json);
}

enum MHD_Result reply_problem(struct MHD_Connection *connection, enum reply_problem problem)
{
    const struct reply_problem_row *row = &reply_problems[problem];
    struct buf out = {0};
    reply_write_problem(problem, &out);
    struct MHD_Response *response = reply_json(row->status, buf_str(&out));
    buf_fini(&out);
    if (response && (row->status == 429 || row->status == 503))
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "2");
    return reply_send(connection, row->status, response);
}

const struct web_asset *reply_asset_find(struct str path)
{
    for (size_t i = 0; i < web_asset_count; i++)
        if (str_is(path, web_assets[i].path))
            return &web_assets[i];
    return NULL;
}

static const char *type_of(const struct type_row *rows, size_t count, const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < count; i++)
        if (strcmp(dot, rows[i].suffix) == 0)
            return rows[i].type;
    return "application/octet-stream";
}

#define TYPE_OF(rows, path) type_of(rows, sizeof(rows) / sizeof(*(rows)), path)

enum MHD_Result reply_asset(struct MHD_Connection *connection, const struct web_asset *asset)
{
    char digits[HASH_HEX_BYTES + 1], etag[24];
    struct hash hash = hash_of_bytes((struct str){(const char *)asset->bytes, asset->len});
    hash_hex(&hash, digits);
    snprintf(etag, sizeof(etag), "\"%.16s\"", digits);
    struct str known = reply_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
    bool fresh = str_is(known, etag);
    /* The bytes are static and const; the library's parameter is not, and it only reads. */
    struct MHD_Response *response = MHD_create_response_from_buffer(
        fresh ? 0 : asset->len, (void *)(uintptr_t)asset->bytes, MHD_RESPMEM_PERSISTENT);
    if (response) {
        MHD_add_response_header(
            response, MHD_HTTP_HEADER_CONTENT_TYPE, TYPE_OF(asset_types, asset->path));
        MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag);
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
    }
    return reply_send(connection, fresh ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, response);
}

struct MHD_Response *reply_file(struct str path, struct str bytes)
{
    struct buf name = {0};
    struct MHD_Response *response = MHD_create_response_from_buffer(
        bytes.len, (void *)(uintptr_t)bytes.ptr, MHD_RESPMEM_MUST_COPY);
    buf_add(&name, path);
    buf_add_char(&name, '\0');
    if (response) {
        MHD_add_response_header(
            response, MHD_HTTP_HEADER_CONTENT_TYPE, TYPE_OF(file_types, name.ptr));
        MHD_add_response_header(response, "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; sandbox");
        add_common_headers(response);
    }
    buf_fini(&name);
    return response;
}

struct str reply_value(struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *name)
{
    return str_of(MHD_lookup_connection_value(connection, kind, name));
}

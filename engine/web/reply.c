/* Replies. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "web/reply.h"

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
    if (response &&
        (status == MHD_HTTP_TOO_MANY_REQUESTS || status == MHD_HTTP_SERVICE_UNAVAILABLE))
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "2");
    return response;
}

static struct MHD_Response *problem_response(enum reply_problem problem)
{
    struct buf out = {0};
    reply_problem_write(problem, NULL, &out);
    struct MHD_Response *response = reply_json(reply_problems[problem].status, buf_str(&out));
    buf_fini(&out);
    return response;
}

enum MHD_Result reply_problem(struct MHD_Connection *connection, enum reply_problem problem)
{
    return reply_send(connection, reply_problems[problem].status, problem_response(problem));
}

enum MHD_Result reply_method(struct MHD_Connection *connection, const char *allowed)
{
    struct MHD_Response *response = problem_response(REPLY_METHOD);
    if (response)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allowed);
    return reply_send(connection, reply_problems[REPLY_METHOD].status, response);
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

/* Documents.
 *
 * Sent block by block, and each block that the client has taken gives it new time. From a buffer of
 * its own libmicrohttpd would send by itself, and nobody could tell a slow reader from one who has
 * stopped reading. */
#include "web/reply_document.h"

#include <stdlib.h>
#include <string.h>

#include "web/peer.h"

struct document {
    struct MHD_Connection *connection;
    struct buf bytes;
};

/* Asked for when what was given before is on its way. */
static ssize_t read_document(void *self, uint64_t position, char *out, size_t room)
{
    struct document *document = self;
    struct str rest = str_after(buf_str(&document->bytes), (size_t)position);
    size_t len = rest.len < room ? rest.len : room;
    peer_answering(document->connection, false);
    memcpy(out, rest.ptr, len);
    return (ssize_t)len;
}

static void free_document(void *self)
{
    struct document *document = self;
    buf_fini(&document->bytes);
    free(document);
}

static void add_policy(struct MHD_Response *response, void (*write)(struct buf *out))
{
    struct buf policy = {0};
    write(&policy);
    buf_add(&policy, STR("; frame-ancestors 'none'"));
    buf_add_char(&policy, '\0');
    MHD_add_response_header(response, "Content-Security-Policy", policy.ptr);
    buf_fini(&policy);
}

struct MHD_Response *reply_document(
    struct MHD_Connection *connection, struct buf *bytes, const struct reply_document *what)
{
    struct document *document = calloc(1, sizeof(*document));
    if (!document)
        abort();
    *document = (struct document){connection, *bytes};
    *bytes = (struct buf){0};
    struct MHD_Response *response = MHD_create_response_from_callback(
        document->bytes.len, REPLY_DOCUMENT_BLOCK_BYTES, read_document, document, free_document);
    if (!response) {
        free_document(document);
        return NULL;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, what->type);
    if (what->disposition)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, what->disposition);
    if (what->policy)
        add_policy(response, what->policy);
    return response;
}

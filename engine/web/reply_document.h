/* Documents: what is made for one request and may be large. A client that takes some of it now and
 * then gets all of it, however slow its link is; one that takes nothing is hung up on (peer.h). */
#ifndef WEB_REPLY_DOCUMENT_H
#define WEB_REPLY_DOCUMENT_H

#include "web/reply.h"

/* Whoever takes less than this in PEER_PATIENCE_MS is hung up on. */
enum { REPLY_DOCUMENT_BLOCK_BYTES = 16 * 1024 };

/* What kind of document it is. Borrows during the call. */
struct reply_document {
    const char *type;
    const char *disposition; /* NULL: it is shown */
    /* For a page that brings its style along, which the pages' own policy forbids: appends the one
     * that knows this style and lets in nothing else. NULL: it has none. */
    void (*policy)(struct buf *out);
};

/* Takes the bytes over, also when it fails: NULL, no memory is left. */
struct MHD_Response *reply_document(
    struct MHD_Connection *connection, struct buf *bytes, const struct reply_document *what);

#endif

/* Replies: responses with the headers that every one of ours has.
 *
 * What a client did wrong is told as application/problem+json with one sentence in each language:
 * {"detail":…,"reason":…,"sentence":{"en":…,"ja":…},"status":…}. */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include <microhttpd.h>

#include "base/buf.h"
#include "base/words.h"
#include "web/assets.h"

enum reply_problem {
    REPLY_BAD_BODY,
    REPLY_BAD_HOST,
    REPLY_BUSY,
    REPLY_CLOSING,
    REPLY_FOREIGN,
    REPLY_FORBIDDEN,
    REPLY_IN_PLAY,
    REPLY_LINK,
    REPLY_METHOD,
    REPLY_NO_SESSION,
    REPLY_NOT_FOUND,
    REPLY_NOT_JSON,
    REPLY_NOT_READY,
    REPLY_SLOW_DOWN,
    REPLY_TAKEN,
    REPLY_TOO_BIG,
    REPLY_PROBLEM_COUNT
};

struct reply_problem_row {
    const char *reason;
    unsigned status;
    struct words sentence;
};
extern const struct reply_problem_row reply_problems[REPLY_PROBLEM_COUNT];

/* Adds the common headers to the response, queues it and gives it up. NULL aborts the connection.
 */
enum MHD_Result reply_send(
    struct MHD_Connection *connection, unsigned status, struct MHD_Response *response);

/* Copies the body. The content type follows the status: a problem from 400 on. */
struct MHD_Response *reply_json(unsigned status, struct str json);

enum MHD_Result reply_problem(struct MHD_Connection *connection, enum reply_problem problem);
void reply_write_problem(enum reply_problem problem, struct buf *out); /* its JSON */

/* The asset, or 304 when the client has it already. */
enum MHD_Result reply_asset(struct MHD_Connection *connection, const struct web_asset *asset);
const struct web_asset *reply_asset_find(struct str path); /* NULL: there is none */

/* An author's file, copied, with all its headers: shown or kept, never run. NULL: no memory. */
struct MHD_Response *reply_file(struct str path, struct str bytes);

/* A request's header, argument or cookie; empty when absent. Borrows from the request. */
struct str reply_value(
    struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *name);

#endif

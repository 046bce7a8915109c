/* Replies: responses with the headers that every one of ours has. */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include <microhttpd.h>

#include "base/buf.h"
#include "web/assets.h"
#include "web/reply_problem.h"

/* Adds the common headers to the response, queues it and gives it up. NULL aborts the connection.
 */
enum MHD_Result reply_send(
    struct MHD_Connection *connection, unsigned status, struct MHD_Response *response);

/* Copies the body. The content type follows the status: a problem from 400 on. */
struct MHD_Response *reply_json(unsigned status, struct str json);

enum MHD_Result reply_problem(struct MHD_Connection *connection, enum reply_problem problem);
enum MHD_Result reply_method(struct MHD_Connection *connection, const char *allowed);

/* The asset, or 304 when the client has it already. */
enum MHD_Result reply_asset(struct MHD_Connection *connection, const struct web_asset *asset);
const struct web_asset *reply_asset_find(struct str path); /* NULL: there is none */

/* An author's file, copied, with all its headers: shown or kept, never run. NULL: no memory. */
struct MHD_Response *reply_file(struct str path, struct str bytes);

/* A request's header, argument or cookie; empty when absent. Borrows from the request. */
struct str reply_value(
    struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *name);

#endif

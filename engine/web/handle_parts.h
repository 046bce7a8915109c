/* What the files of handlers share; nobody else includes it. */
#ifndef WEB_HANDLE_PARTS_H
#define WEB_HANDLE_PARTS_H

#include "base/json_write.h"
#include "web/request.h"

/* Sends the JSON and frees it. */
enum MHD_Result handle_send_json(struct request *request, unsigned status, struct buf *json);

/* Takes the space around JSON's marks away, which people and programs write and json_check, made
 * for our own lines, refuses. Space elsewhere stays. */
struct str handle_close_up(struct buf *json);

#endif

/* What the files of handlers share; nobody else includes it. */
#ifndef WEB_HANDLE_PARTS_H
#define WEB_HANDLE_PARTS_H

#include "base/json_write.h"
#include "web/request.h"

/* What the address says behind its question mark; empty when it does not. */
struct str handle_argument(const struct request *request, const char *name);
/* The place of an argument among the names that it may have; 0 when the address leaves it out. */
bool handle_read_name(const struct request *request, const char *name, const char *const *names,
    int count, int *ret_place);

/* Sends the JSON and frees it. */
enum MHD_Result handle_send_json(struct request *request, unsigned status, struct buf *json);

/* Where a session's page is, unless it is the usual one. */
void handle_write_page(struct json_write *json, const struct web_room *room);

/* Takes the space around JSON's marks away, which people and programs write and json_check, made
 * for our own lines, refuses. Space elsewhere stays. */
struct str handle_close_up(struct buf *json);

/* Calls `each` for every session that the browser's cookies prove, in all rooms. */
typedef void handle_session_each(
    void *self, const struct web_room *room, const struct session *session);
void handle_each_session(struct request *request, handle_session_each *each, void *self);
/* Whether a child may be asked for an answer, of which a room has few: it may be large and is kept
 * until it has been fetched. */
bool handle_take_place(struct request *request, request_respond *how);

/* The form in which a report is asked for, and its answer; false for what there is not. */
bool handle_report_form(const struct request *request, struct web_report *ret_wish);
request_respond handle_respond_report, handle_respond_json;

/* The skills of all exercises, for a lead. */
enum MHD_Result handle_lead_skills(struct request *request);

#endif

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

/* "https://drill.example.jp": as whoever asks has reached us, unless a public name was given. */
void handle_write_origin(struct request *request, struct buf *out);

/* The address as a picture for phones. */
enum MHD_Result handle_send_qr(struct request *request, struct str address);

/* Joining with the room's code, which many have: which seats there are, and taking a free one. */
enum MHD_Result handle_join_seats(struct request *request);
enum reply_problem handle_join_seat(struct request *request, struct str as,
    char ret_cookie[SESSION_COOKIE_DIGITS + 1], const struct session **ret_session);

#endif

/* The program itself, serving the drill, with its facilitator joined. */
#ifndef SERVED_H
#define SERVED_H

#include "child.h"
#include "http.h"

struct served {
    struct child child;
    int port;
    struct http_session facilitator;
};

/* On a new record at db. */
void served_start(const char *db, struct served *ret_served);

/* The same at several tables; each has its facilitator, the first one's is in `served` as well. */
void served_start_tables(
    const char *db, int tables, struct served *ret_served, struct http_session *ret_facilitators);
void served_stop(struct served *served);

/* Sends an input as somebody, and ends the benchmark unless it was taken. */
void served_input(const struct served *served, const struct http_session *who, const char *json);

#endif

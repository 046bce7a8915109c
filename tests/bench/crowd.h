/* A crowd: browsers by the thousand, each of which sends one input at a time when it is due, and
 * reads its page.
 *
 * Everything that a browser can notice is checked, and ends the benchmark: an input that is
 * refused, a line of the page that is missing, doubled or out of order. Now and then one hangs up
 * before its answer has come and sends the same again, as pages do on a bad line. Others never read
 * their page, or never end their request: nobody may wait for those. */
#ifndef CROWD_H
#define CROWD_H

#include "http.h"

struct crowd;

/* Joins all seats of all tables, opens their pages and lines; starts nothing. */
struct crowd *crowd_open(int port, const struct http_session *facilitators, int tables);
void crowd_close(struct crowd *crowd);

int crowd_size(const struct crowd *crowd);

struct crowd_result {
    double rate;          /* answered a second */
    double p50, p99, max; /* seconds from when an input was due to its answer */
};

/* Sends so many inputs in all, so many a second, and waits until all are answered and told. */
struct crowd_result crowd_hold(struct crowd *crowd, int rate, long inputs);

/* Ends the benchmark unless the record holds every answered input once, in the order in which its
 * browser sent. */
void crowd_check_record(const struct crowd *crowd, const char *db);

#endif

/* The loop of a live exercise: wait, step, keep, tell. */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "app/children.h"
#include "app/opening.h"
#include "app/pass.h"
#include "web/reply_problem.h"
#include "web/web.h"

struct serve_options {
    struct web_options web;
    const char *program, *db; /* as they were named: for commands that are printed */
    const char *home;         /* where roles/ and scoring/ are; NULL: where they are usually */
    bool test_clock;          /* the test sets the time; test builds only */
};

struct serve;

/* From here on a signal to stop is remembered. Comes before the record is opened: opening may
 * already write. */
void serve_catch_signals(void);

/* Takes the port, before an exercise is made that could not be played. Nobody is answered yet. */
bool serve_open(const struct serve_options *options, struct serve **ret_serve, struct err *reterr);
void serve_close(struct serve *serve); /* tells open pages that the program closes */

/* Takes requests until SIGTERM or SIGINT. Returns when everything kept has been told. record and
 * tables outlive the serving; without tables there is the lead's room alone. */
bool serve_run(struct serve *serve, struct record *record, const struct opening_tables *tables,
    struct err *reterr);

/* Has a report of a room's exercise written by a child; the web is answered when it is done, or at
 * once when that cannot be. */
struct room;
void serve_report(
    struct serve *serve, const struct room *room, uint64_t ticket, const struct web_report *wish);

/* Has a command of this program run by a child, whose output answers the task's ticket. */
void serve_start_child(struct serve *serve, const struct children_task *task);
void serve_answer_problem(struct serve *serve, uint64_t ticket, enum reply_problem problem);

struct record *serve_record(const struct serve *serve);
bool serve_has_tables(const struct serve *serve); /* else it is a lead's alone */

/* As they were named. */
const char *serve_program(const struct serve *serve);
const char *serve_db(const struct serve *serve);
const char *serve_home(const struct serve *serve);
const struct pass_key *serve_pass_key(const struct serve *serve);

/* What the lobbies of all rooms share. */
struct lobby_houses;
struct lobby_houses *serve_houses(struct serve *serve);

/* Whether any room may make its exercise anew now, as far as the other rooms are concerned; and
 * that one did, or tried. */
bool serve_may_remake(const struct serve *serve);
void serve_note_remake(struct serve *serve, int64_t took_ms);

#endif

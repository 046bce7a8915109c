/* Seats: nothing here belongs to the exercise's course, so it is kept at once, outside of turns. */
#include "app/seats.h"

#include <stdio.h>

#include "app/serve.h"
#include "app/wall.h"

/* That somebody joined is kept so that they need not do it again after a stop; it is no loss that
 * would have to stop them now. */
static void keep_pass(void *self, struct str as, const struct hash *cookie)
{
    struct room *room = self;
    struct err err;
    struct record_pass pass = {.as = as, .cookie = *cookie, .made_wall_ms = wall_now_ms()};
    pass.proof = pass_proof(serve_pass_key(room->serve), room->name, &pass);
    if (!record_pass_add(room->record, room->name, &pass, &err))
        fprintf(stderr,
            "tocsin serve: %.*s has joined, but will need a new link when the program is started "
            "again: %s\n",
            STR_ARG(as), err.message);
}

/* Whoever asked is told that it did not happen; the operator, why. */
static bool tell_failure(bool is_kept, const char *what, const struct err *err)
{
    if (!is_kept)
        fprintf(stderr, "tocsin serve: %s: %s\n", what, err->message);
    return is_kept;
}

static bool void_passes(void *self, struct str as)
{
    struct room *room = self;
    struct err err;
    return tell_failure(
        record_pass_void(room->record, room->name, as, &err), "a seat cannot be taken back", &err);
}

static bool close_code(void *self, bool is_closed)
{
    struct room *room = self;
    struct err err;
    return tell_failure(record_code_close(room->record, room->name, is_closed, &err),
        "the code stays as it is", &err);
}

void seats_host(struct web_host *host)
{
    host->keep_pass = keep_pass;
    host->void_passes = void_passes;
    host->close_code = close_code;
}

bool seats_take_up(struct room *room, struct err *reterr)
{
    struct record_passes passes;
    bool code_is_closed;
    int64_t now_wall_ms = wall_now_ms();
    if (!record_pass_list(room->record, room->name, &room->arena, &passes, reterr) ||
        !record_code_is_closed(room->record, room->name, &code_is_closed, reterr))
        return false;
    for (size_t i = 0; i < passes.count; i++) {
        const struct record_pass *pass = &passes.items[i];
        int64_t left_ms = pass_left_ms(serve_pass_key(room->serve), room->name, pass, now_wall_ms);
        if (left_ms > 0)
            web_admit(room->page, pass->as, &pass->cookie, left_ms);
    }
    struct hash code = pass_code(serve_pass_key(room->serve), room->name);
    web_make_code(room->page, &code);
    web_close_code(room->page, code_is_closed);
    return true;
}

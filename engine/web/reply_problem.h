/* What went wrong, as application/problem+json (RFC 9457): one row for each kind, one writer.
 *
 * {"detail":…,"reason":…,"sentence":{"en":…,"ja":…},"status":…}: the sentence says what happened
 * and what to do, the reason is for programs. Knows nothing of HTTP but the status. */
#ifndef WEB_REPLY_PROBLEM_H
#define WEB_REPLY_PROBLEM_H

#include "base/buf.h"
#include "base/words.h"

enum reply_problem {
    REPLY_BAD_BODY,
    REPLY_BAD_HOST,
    REPLY_BUSY,
    REPLY_CHANGED, /* an item of the plan, meanwhile */
    REPLY_CODE_CLOSED,
    REPLY_CLOSING,
    REPLY_FOREIGN,
    REPLY_FAILED,
    REPLY_FORBIDDEN,
    REPLY_FREED,
    REPLY_FULL,
    REPLY_ID_USED,
    REPLY_IN_PLAY,
    REPLY_LINK,
    REPLY_METHOD,
    REPLY_NO_SESSION,
    REPLY_NOT_FOUND,
    REPLY_NOT_JSON,
    REPLY_NOT_KEPT,
    REPLY_NOT_PLANNED, /* the sentence says why, `field` where */
    REPLY_NOT_READY,
    REPLY_NOT_REMADE,
    REPLY_REFUSED, /* the reason and the sentence are those of the refusal */
    REPLY_SLOW_DOWN,
    REPLY_TAKEN,
    REPLY_TOO_BIG,
    REPLY_TOO_SOON,
    REPLY_TWO_SEATS,
    REPLY_WRITING,
    REPLY_PROBLEM_COUNT
};

struct reply_problem_row {
    const char *reason;
    unsigned status;
    struct words sentence;
};
extern const struct reply_problem_row reply_problems[REPLY_PROBLEM_COUNT];

/* What one case says instead of its row. Zeroed: nothing. Borrows. */
struct reply_problem_case {
    struct str detail; /* else the English sentence */
    struct str reason;
    const struct words *sentence;
    struct str input, what; /* an input that was refused: its id, and which thing is meant */
    struct str field;       /* of the plan, in which something is wrong */
};

/* Appends the object; `which` may be NULL. */
void reply_problem_write(
    enum reply_problem problem, const struct reply_problem_case *which, struct buf *out);

#endif

/* Passes: what lets a browser in again when the program is started anew, and for how long.
 *
 * A record may come from anybody, and a pass in it could be one whose cookie somebody else holds.
 * So each pass carries a proof, made with a secret that stands in a file of its own beside the
 * record ("drills.db-key") and goes nowhere with it: the passes of a record from elsewhere let
 * nobody in. */
#ifndef APP_PASS_H
#define APP_PASS_H

#include "base/err.h"
#include "record/record.h"

/* A zeroed one knows no secret: it proves nothing and believes nothing. */
struct pass_key {
    bool is_there;
    struct hash secret;
};

/* Reads the secret of the record at this path, or makes one. */
bool pass_key_open(const char *db, struct pass_key *ret_key, struct err *reterr);

/* What proves that this pass to the room was made with the key. */
struct hash pass_proof(const struct pass_key *key, struct str room, const struct record_pass *pass);

/* What the room's code is made of, so that one that was printed outlives the program. */
struct hash pass_code(const struct pass_key *key, struct str room);

/* How long the pass counts still; 0: it does not. */
int64_t pass_left_ms(const struct pass_key *key, struct str room, const struct record_pass *pass,
    int64_t now_wall_ms);

#endif

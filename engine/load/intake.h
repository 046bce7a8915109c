/* Inputs from outside: one JSON object, from a line of a file or the body of a request.
 *
 * Free texts are set aside: the engine only ever sees their salted hashes. */
#ifndef LOAD_INTAKE_H
#define LOAD_INTAKE_H

#include "base/err.h"
#include "core/input.h"

enum intake_source {
    INTAKE_FILE,   /* `at`, `actor`, `observed_at` are read; durations may be "12m30s" */
    INTAKE_CLIENT, /* `at` and `actor` are refused: clock and session decide; `id` is required */
};

enum { INTAKE_TEXTS = 4, INTAKE_SALT_BYTES = 16 };

struct intake_text {
    struct str field;
    struct str body;
    struct str ref; /* set by intake_salt: 32 hex digits */
};

/* Borrows from the arena given to intake_parse. */
struct intake {
    struct input input; /* its FIELD_TEXT fields hold the plain text until intake_salt */
    struct intake_text texts[INTAKE_TEXTS];
    size_t text_count;
};

/* Where an input came from. `place` names file and line for messages; an empty file gives messages
 * without a place. */
struct intake_from {
    enum intake_source source;
    struct place place;
};

/* Errors say which field is wrong and what was expected, with the column in the JSON. */
bool intake_parse(struct str json, struct intake_from from, struct arena *arena,
    struct intake *ret_intake, struct err *reterr);

/* Replaces the free texts in input by their refs: the first 32 hex digits of
 * SHA-256(salt, field, text) (hash_of with three parts). */
void intake_salt(struct intake *intake, const uint8_t salt[INTAKE_SALT_BYTES], struct arena *arena);

#endif

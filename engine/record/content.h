/* Pinned content: the files that an exercise was made from, kept once by their hash. */
#ifndef RECORD_CONTENT_H
#define RECORD_CONTENT_H

#include "record/handle.h"

/* Within a transaction that is open. */
bool content_pin(struct record *record, struct str exercise, const struct record_file *files,
    size_t file_count, struct err *reterr);

/* One hash for all files of an exercise: hash_of path, SHA-256, path, SHA-256 … by path. An
 * exercise without files is an error. */
bool content_hash(struct record *record, struct str exercise, struct arena *arena,
    struct hash *ret_hash, struct err *reterr);

/* Whether these are the files that the exercise pinned; the first difference is named. */
bool content_compare(struct record *record, struct str exercise, const struct record_file *files,
    size_t file_count, struct err *reterr);

/* Whether every file's bytes still have the hash that they are kept by. */
bool content_check(struct record *record, struct str exercise, struct err *reterr);

#endif

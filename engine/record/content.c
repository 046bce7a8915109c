/* Pinned content. Two exercises of one scenario share the bytes of what did not change. */
#include "record/content.h"

#include "record/query.h"

static bool pin_one(
    struct record *record, struct str exercise, const struct record_file *file, struct err *reterr)
{
    struct hash hash = hash_of_bytes(file->bytes);
    struct query bytes = query_cached(&record->db,
        "INSERT INTO content (hash, bytes) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING");
    query_bind_hash(&bytes, &hash);
    query_bind_blob(&bytes, file->bytes);
    if (!query_run(&bytes, reterr))
        return false;
    struct query name = query_cached(
        &record->db, "INSERT INTO exercise_file (exercise, path, hash) VALUES (?, ?, ?)");
    query_bind_str(&name, exercise);
    query_bind_str(&name, file->path);
    query_bind_hash(&name, &hash);
    return query_run(&name, reterr);
}

bool content_pin(struct record *record, struct str exercise, const struct record_file *files,
    size_t file_count, struct err *reterr)
{
    for (size_t i = 0; i < file_count; i++) {
        if (!pin_one(record, exercise, &files[i], reterr))
            return false;
    }
    return true;
}

bool content_hash(struct record *record, struct str exercise, struct arena *arena,
    struct hash *ret_hash, struct err *reterr)
{
    struct str *parts = NULL;
    size_t count = 0, capacity = 0;
    struct query query = query_cached(
        &record->db, "SELECT path, hash FROM exercise_file WHERE exercise = ? ORDER BY path");
    query_bind_str(&query, exercise);
    while (query_next(&query)) {
        for (int column = 0; column < 2; column++) {
            parts = arena_grow(arena, parts, count, &capacity, sizeof(*parts));
            parts[count++] = arena_str(arena, query_str(&query, column));
        }
    }
    if (!query_end(&query, reterr))
        return false;
    if (count == 0)
        return db_damaged(&record->db, reterr,
            "exercise %.*s has no pinned files: without them nobody can tell what was played",
            STR_ARG(exercise));
    *ret_hash = hash_of(parts, count);
    return true;
}

static bool is_pinned(struct record *record, struct str exercise, const struct record_file *file,
    bool *ret_is_pinned, struct err *reterr)
{
    struct hash hash = hash_of_bytes(file->bytes);
    struct query query = query_cached(
        &record->db, "SELECT hash = ? FROM exercise_file WHERE exercise = ? AND path = ?");
    query_bind_hash(&query, &hash);
    query_bind_str(&query, exercise);
    query_bind_str(&query, file->path);
    *ret_is_pinned = query_next(&query) && query_int(&query, 0) != 0;
    return query_end(&query, reterr);
}

static bool has_path(const struct record_file *files, size_t file_count, struct str path)
{
    for (size_t i = 0; i < file_count; i++) {
        if (str_eq(files[i].path, path))
            return true;
    }
    return false;
}

static bool differs(struct str exercise, struct str path, struct err *reterr)
{
    return err_set(reterr, ERR_USAGE,
        "exercise %.*s was made from other files: %.*s differs; its tables play the same, so name "
        "no scenario to play its own, or create another exercise",
        STR_ARG(exercise), STR_ARG(path));
}

bool content_compare(struct record *record, struct str exercise, const struct record_file *files,
    size_t file_count, struct err *reterr)
{
    for (size_t i = 0; i < file_count; i++) {
        bool is_same;
        if (!is_pinned(record, exercise, &files[i], &is_same, reterr))
            return false;
        if (!is_same)
            return differs(exercise, files[i].path, reterr);
    }
    struct query query = query_cached(
        &record->db, "SELECT path FROM exercise_file WHERE exercise = ? ORDER BY path");
    query_bind_str(&query, exercise);
    bool is_good = true;
    while (is_good && query_next(&query))
        is_good = has_path(files, file_count, query_str(&query, 0)) ||
                  differs(exercise, query_str(&query, 0), reterr);
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

bool content_check(struct record *record, struct str exercise, struct err *reterr)
{
    struct query query = query_cached(&record->db,
        "SELECT f.path, f.hash, c.bytes FROM exercise_file f"
        " LEFT JOIN content c ON c.hash = f.hash WHERE f.exercise = ? ORDER BY f.path");
    query_bind_str(&query, exercise);
    bool is_good = true;
    while (is_good && query_next(&query)) {
        struct hash kept = {0}, found = hash_of_bytes(query_str(&query, 2));
        is_good =
            query_hash(&query, 1, &kept) && !query_is_null(&query, 2) && hash_eq(&kept, &found);
        if (!is_good)
            db_damaged(&record->db, reterr,
                "exercise %.*s: the pinned file %.*s is missing or was changed", STR_ARG(exercise),
                STR_ARG(query_str(&query, 0)));
    }
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

/* An exercise's tables share its files. */
static struct str exercise_of(struct str id)
{
    struct str exercise, rest;
    return str_cut(id, '/', &exercise, &rest) ? exercise : id;
}

bool record_exercise_files(struct record *record, struct str id, struct arena *arena,
    struct record_files *ret_files, struct err *reterr)
{
    struct record_file *files = NULL;
    size_t count = 0, capacity = 0;
    struct query query = query_cached(&record->db,
        "SELECT f.path, c.bytes FROM exercise_file f JOIN content c ON c.hash = f.hash"
        " WHERE f.exercise = ? ORDER BY f.path");
    query_bind_str(&query, exercise_of(id));
    bool is_good = true;
    while (is_good && query_next(&query)) {
        /* Whoever finds a mistake in the file prints its path. */
        is_good = db_is_plain(query_str(&query, 0)) ||
                  db_damaged(&record->db, reterr,
                      "exercise %.*s: the path \"%.*s\" of a pinned file holds control characters",
                      STR_ARG(id), STR_ARG(query_str(&query, 0)));
        files = arena_grow(arena, files, count, &capacity, sizeof(*files));
        files[count++] = (struct record_file){
            .path = arena_str(arena, query_str(&query, 0)),
            .bytes = arena_str(arena, query_str(&query, 1)),
        };
    }
    if (!query_end(&query, is_good ? reterr : NULL) || !is_good)
        return false;
    *ret_files = (struct record_files){files, count};
    return true;
}

bool record_exercise_file(struct record *record, struct str id, struct record_file *file,
    struct arena *arena, struct err *reterr)
{
    struct query query = query_cached(&record->db,
        "SELECT c.bytes FROM exercise_file f JOIN content c ON c.hash = f.hash"
        " WHERE f.exercise = ? AND f.path = ?");
    query_bind_str(&query, exercise_of(id));
    query_bind_str(&query, file->path);
    bool is_there = query_next(&query);
    if (is_there)
        file->bytes = arena_str(arena, query_str(&query, 0));
    if (!query_end(&query, reterr))
        return false;
    return is_there || err_set(reterr, ERR_USAGE, "exercise %.*s was not made of a file %.*s",
                           STR_ARG(id), STR_ARG(file->path));
}

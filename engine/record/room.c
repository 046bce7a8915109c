/* Rooms and passes: what a program that is started again has to know so that no page needs a new
 * link. */
#include "record/handle.h"
#include "record/query.h"

enum {
    PASS_LIMIT = 512
}; /* of a room: half of what a server admits, so that new ones find a place */

bool record_room_find(struct record *record, int64_t table, struct arena *arena,
    struct str *ret_name, struct err *reterr)
{
    struct query find = query_new(&record->db, "SELECT name FROM room WHERE table_id = ?");
    query_bind_int(&find, table);
    struct str name = {0};
    if (query_next(&find) && str_is_id(query_str(&find, 0)))
        name = arena_str(arena, query_str(&find, 0));
    if (!query_end(&find, reterr))
        return false;
    *ret_name = name;
    return true;
}

bool record_room_set(struct record *record, struct str name, int64_t table, struct err *reterr)
{
    struct query set =
        query_new(&record->db, "INSERT INTO room (name, table_id) VALUES (?, ?)"
                               " ON CONFLICT (name) DO UPDATE SET table_id = excluded.table_id");
    query_bind_str(&set, name);
    query_bind_int(&set, table);
    return query_run(&set, reterr);
}

bool record_pass_add(
    struct record *record, struct str room, const struct record_pass *pass, struct err *reterr)
{
    struct query add =
        query_new(&record->db, "INSERT INTO pass (room, viewer, cookie, made_wall_ms, proof)"
                               " VALUES (?, ?, ?, ?, ?)");
    query_bind_str(&add, room);
    query_bind_str(&add, pass->as);
    query_bind_hash(&add, &pass->cookie);
    query_bind_int(&add, pass->made_wall_ms);
    query_bind_hash(&add, &pass->proof);
    return query_run(&add, reterr);
}

bool record_pass_list(struct record *record, struct str room, struct arena *arena,
    struct record_passes *ret_passes, struct err *reterr)
{
    struct query list =
        query_new(&record->db, "SELECT viewer, cookie, made_wall_ms, proof FROM pass"
                               " WHERE room = ? ORDER BY rowid DESC LIMIT ?");
    query_bind_str(&list, room);
    query_bind_int(&list, PASS_LIMIT);
    struct record_passes all = {0};
    while (query_next(&list)) {
        struct record_pass pass = {.as = query_str(&list, 0), .made_wall_ms = query_int(&list, 2)};
        /* A record may come from anybody. */
        if (!str_is_id(pass.as) || !query_hash(&list, 1, &pass.cookie) ||
            !query_hash(&list, 3, &pass.proof))
            continue;
        pass.as = arena_str(arena, pass.as);
        all.items = arena_grow(arena, all.items, all.count, &all.capacity, sizeof(pass));
        all.items[all.count++] = pass;
    }
    if (!query_end(&list, reterr))
        return false;
    *ret_passes = all;
    return true;
}

bool record_pass_void(struct record *record, struct str room, struct str as, struct err *reterr)
{
    struct query drop = query_new(&record->db, "DELETE FROM pass WHERE room = ? AND viewer = ?");
    query_bind_str(&drop, room);
    query_bind_str(&drop, as);
    return query_run(&drop, reterr);
}

bool record_code_close(struct record *record, struct str room, bool is_closed, struct err *reterr)
{
    struct query set = query_new(&record->db,
        is_closed ? "INSERT INTO closed_code (room) VALUES (?) ON CONFLICT (room) DO NOTHING"
                  : "DELETE FROM closed_code WHERE room = ?");
    query_bind_str(&set, room);
    return query_run(&set, reterr);
}

bool record_code_is_closed(
    struct record *record, struct str room, bool *ret_closed, struct err *reterr)
{
    struct query find = query_new(&record->db, "SELECT 1 FROM closed_code WHERE room = ?");
    query_bind_str(&find, room);
    bool is_there = query_next(&find);
    if (!query_end(&find, reterr))
        return false;
    *ret_closed = is_there;
    return true;
}

/* Links and sessions.
 *
 * All lists are searched from end to end, every entry compared: the time that a search takes then
 * tells nothing about where, or whether, something was found. Neither list can grow long. */
#include <assert.h>
#include <string.h>

#include "core/event.h"
#include "web/session.h"

struct session_viewer session_viewer_copy(struct viewer viewer)
{
    struct session_viewer copy = {.kind = viewer.kind};
    if (viewer.kind == VIEWER_SEAT) {
        assert(str_is_id(viewer.seat));
        memcpy(copy.seat, viewer.seat.ptr, viewer.seat.len);
        copy.seat_len = viewer.seat.len;
    }
    return copy;
}

static bool viewer_is(const struct session_viewer *a, struct viewer b)
{
    struct viewer own = session_viewer(a);
    return own.kind == b.kind && (own.kind != VIEWER_SEAT || str_eq(own.seat, b.seat));
}

static void random_digits(struct sessions *sessions, char *ret_text, size_t digit_count)
{
    struct hash random = {{0}};
    char text[HASH_HEX_BYTES + 1];
    assert(digit_count <= HASH_HEX_BYTES);
    sessions->entropy(sessions->self, random.bytes, sizeof(random.bytes));
    hash_hex(&random, text);
    memcpy(ret_text, text, digit_count);
    ret_text[digit_count] = '\0';
}

void session_fini(struct sessions *sessions)
{
    if (!sessions)
        return;
    arena_fini(&sessions->arena);
    *sessions = (struct sessions){0};
}

const struct session_link *session_link_new(struct sessions *sessions, struct viewer viewer)
{
    if (sessions->link_count == SESSION_LIMIT)
        return NULL;
    struct session_link *link = ARENA_NEW(&sessions->arena, struct session_link);
    link->viewer = session_viewer_copy(viewer);
    random_digits(sessions, link->secret, SESSION_SECRET_DIGITS);
    link->hash = hash_of_bytes(str_of(link->secret));
    sessions->links[sessions->link_count++] = link;
    return link;
}

const struct session_link *session_link(struct sessions *sessions, struct viewer viewer)
{
    for (size_t i = 0; i < sessions->link_count; i++) {
        const struct session_link *link = sessions->links[i];
        if (!link->session && viewer_is(&link->viewer, viewer))
            return link;
    }
    return session_link_new(sessions, viewer);
}

static struct session_link *find_link(struct sessions *sessions, struct str secret)
{
    struct hash hash = hash_of_bytes(secret);
    struct session_link *found = NULL;
    for (size_t i = 0; i < sessions->link_count; i++)
        if (hash_eq(&sessions->links[i]->hash, &hash))
            found = sessions->links[i];
    return found;
}

/* ---- sessions come and go ---- */

/* The place of one that nobody needs any more, or a new one; NULL at the limit. Its memory stays:
 * streams and requests may still look at it. */
static struct session **place_for_one(struct sessions *sessions)
{
    if (sessions->count < SESSION_LIMIT)
        return &sessions->items[sessions->count++];
    for (size_t i = 0; i < sessions->count; i++)
        if (sessions->items[i]->is_freed)
            return &sessions->items[i];
    return NULL;
}

/* Made now; NULL at the limit. */
static struct session *add_session(
    struct sessions *sessions, const struct session_viewer *viewer, const struct hash *cookie)
{
    struct session **place = place_for_one(sessions);
    if (!place)
        return NULL;
    int64_t now_ms = sessions->steady_ms(sessions->self);
    *place = ARENA_NEW(&sessions->arena, struct session);
    **place = (struct session){.viewer = *viewer,
        .cookie = *cookie,
        .made_ms = now_ms,
        .ends_ms = now_ms + SESSION_LIFE_MS};
    return *place;
}

void session_admit(
    struct sessions *sessions, struct viewer viewer, const struct hash *cookie, int64_t left_ms)
{
    struct session_viewer copy = session_viewer_copy(viewer);
    struct session *session = add_session(sessions, &copy, cookie);
    if (session)
        session->ends_ms = session->made_ms + left_ms;
}

static void forget_links(struct sessions *sessions, struct viewer viewer)
{
    size_t kept = 0;
    for (size_t i = 0; i < sessions->link_count; i++)
        if (!viewer_is(&sessions->links[i]->viewer, viewer))
            sessions->links[kept++] = sessions->links[i];
    sessions->link_count = kept;
}

void session_free(struct sessions *sessions, struct viewer viewer)
{
    for (size_t i = 0; i < sessions->count; i++)
        if (viewer_is(&sessions->items[i]->viewer, viewer))
            sessions->items[i]->is_freed = true;
    forget_links(sessions, viewer);
}

bool session_has_seat(const struct def *def, const struct session_viewer *viewer)
{
    return viewer->kind != VIEWER_SEAT || def_seat(def, session_viewer(viewer).seat) != NULL;
}

void session_keep_seats(struct sessions *sessions, const struct def *def)
{
    size_t kept = 0;
    for (size_t i = 0; i < sessions->count; i++)
        if (session_has_seat(def, &sessions->items[i]->viewer))
            sessions->items[kept++] = sessions->items[i];
    sessions->count = kept;
    for (size_t i = kept = 0; i < sessions->link_count; i++)
        if (session_has_seat(def, &sessions->links[i]->viewer))
            sessions->links[kept++] = sessions->links[i];
    sessions->link_count = kept;
}

static struct session *add_with_cookie(struct sessions *sessions,
    const struct session_viewer *viewer, char ret_cookie[SESSION_COOKIE_DIGITS + 1])
{
    random_digits(sessions, ret_cookie, SESSION_COOKIE_DIGITS);
    struct hash hash = hash_of_bytes(str_of(ret_cookie));
    return add_session(sessions, viewer, &hash);
}

const struct session *session_join(struct sessions *sessions, const struct session_join *join,
    char ret_cookie[SESSION_COOKIE_DIGITS + 1])
{
    struct session_link *link = find_link(sessions, join->secret);
    if (!link)
        return NULL;
    if (link->session) {
        if (!join->mine(join->self, link->session))
            return NULL;
        ret_cookie[0] = '\0';
        return link->session;
    }
    link->session = add_with_cookie(sessions, &link->viewer, ret_cookie);
    return link->session;
}

bool session_is_link(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("0123456789abcdef", text.ptr[i]) || text.ptr[i] == '\0')
            return false;
    return text.len == SESSION_SECRET_DIGITS;
}

/* ---- the room's code ---- */

void session_make_code(struct sessions *sessions, const struct hash *made_of)
{
    static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* none looks like another */
    char *out = sessions->code;
    for (int i = 0; i < SESSION_CODE_LETTERS; i++) {
        if (i == SESSION_CODE_LETTERS / 2)
            *out++ = '-';
        *out++ = letters[made_of->bytes[i] % 32];
    }
    *out = '\0';
}

const char *session_code(struct sessions *sessions)
{
    struct hash random;
    if (sessions->code[0] != '\0')
        return sessions->code;
    sessions->entropy(sessions->self, random.bytes, sizeof(random.bytes));
    session_make_code(sessions, &random);
    return sessions->code;
}

/* What was typed, as it stands in the code; false when it cannot be one. */
static bool read_code(struct str text, char ret_code[SESSION_CODE_LETTERS + 2])
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ' ' || c == '-')
            continue;
        if (count == SESSION_CODE_LETTERS)
            return false;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        ret_code[count + (count >= SESSION_CODE_LETTERS / 2)] = c;
        count++;
    }
    ret_code[SESSION_CODE_LETTERS / 2] = '-';
    ret_code[SESSION_CODE_LETTERS + 1] = '\0';
    return count == SESSION_CODE_LETTERS;
}

bool session_code_is(const struct sessions *sessions, struct str text)
{
    char typed[SESSION_CODE_LETTERS + 2];
    if (sessions->code[0] == '\0' || !read_code(text, typed))
        return false;
    struct hash own = hash_of_bytes(str_of(sessions->code)), other = hash_of_bytes(str_of(typed));
    return hash_eq(&own, &other);
}

const struct session *session_new(
    struct sessions *sessions, struct viewer viewer, char ret_cookie[SESSION_COOKIE_DIGITS + 1])
{
    struct session_viewer copy = session_viewer_copy(viewer);
    struct session *session = add_with_cookie(sessions, &copy, ret_cookie);
    if (session)
        session->by_code = true;
    return session;
}

/* ---- who it is ---- */

static bool is_alive(const struct sessions *sessions, const struct session *session)
{
    return !session->is_freed && session->ends_ms > sessions->steady_ms(sessions->self);
}

static struct session *find_any(struct sessions *sessions, struct str as, struct str cookie)
{
    struct hash hash = hash_of_bytes(cookie);
    struct session *found = NULL;
    for (size_t i = 0; i < sessions->count; i++)
        if (hash_eq(&sessions->items[i]->cookie, &hash))
            found = sessions->items[i];
    return found && str_eq(session_as(&found->viewer), as) ? found : NULL;
}

struct session *session_find(struct sessions *sessions, struct str as, struct str cookie)
{
    struct session *found = find_any(sessions, as, cookie);
    return found && is_alive(sessions, found) ? found : NULL;
}

bool session_was_freed(struct sessions *sessions, struct str as, struct str cookie)
{
    const struct session *found = find_any(sessions, as, cookie);
    return found && found->is_freed;
}

struct viewer session_viewer(const struct session_viewer *viewer)
{
    return (struct viewer){viewer->kind, {viewer->seat, viewer->seat_len}};
}

struct str session_as(const struct session_viewer *viewer)
{
    switch (viewer->kind) {
    case VIEWER_SEAT:
        return (struct str){viewer->seat, viewer->seat_len};
    case VIEWER_EVALUATOR:
        return ACTOR_EVALUATOR;
    case VIEWER_BOARD:
        return STR("board");
    case VIEWER_LEAD:
        return STR("lead");
    case VIEWER_FACILITATOR:
        break;
    }
    return ACTOR_FACILITATOR;
}

size_t session_joined(const struct sessions *sessions, struct viewer viewer)
{
    size_t count = 0;
    for (size_t i = 0; i < sessions->count; i++)
        count += viewer_is(&sessions->items[i]->viewer, viewer) &&
                 is_alive(sessions, sessions->items[i]);
    return count;
}

bool session_viewer_find(const struct def *def, struct str as, struct viewer *ret_viewer)
{
    static const enum viewer_kind staff[] = {VIEWER_FACILITATOR, VIEWER_EVALUATOR, VIEWER_BOARD};
    for (size_t i = 0; i < sizeof(staff) / sizeof(*staff); i++) {
        struct session_viewer viewer = {.kind = staff[i]};
        *ret_viewer = (struct viewer){staff[i], {0}};
        if (str_eq(session_as(&viewer), as))
            return true;
    }
    const struct def_seat *seat = def_seat(def, as);
    if (seat)
        *ret_viewer = (struct viewer){VIEWER_SEAT, seat->id};
    return seat != NULL && str_eq(seat->id, as);
}

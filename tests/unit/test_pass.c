/* Passes: for how long they count, and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "app/pass.h"
#include "unit/record_play.h"
#include "web/session.h"

static const struct str room = STR_INIT("room");

static struct record_pass pass_of(const struct pass_key *key)
{
    struct record_pass pass = {
        .as = STR("poc"), .cookie = hash_of_bytes(STR("cookie")), .made_wall_ms = 1000};
    pass.proof = pass_proof(key, room, &pass);
    return pass;
}

static void a_pass_ends(void **state)
{
    static const struct {
        int64_t now_ms, left_ms;
    } rows[] = {{1000, SESSION_LIFE_MS}, {2000, SESSION_LIFE_MS - 1000}, {SESSION_LIFE_MS + 999, 1},
        {SESSION_LIFE_MS + 1000, 0}, {0, SESSION_LIFE_MS}, /* the clock was put back */
        {INT64_MAX, 0}};
    (void)state;
    const struct pass_key key = {.is_there = true, .secret = hash_of_bytes(STR("secret"))};
    struct record_pass pass = pass_of(&key);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(pass_left_ms(&key, room, &pass, rows[i].now_ms), rows[i].left_ms);
}

/* Whoever writes into a record cannot make a pass, nor make one last, nor one of somebody else's.
 */
static void a_pass_counts_as_it_was_made_and_where(void **state)
{
    (void)state;
    const struct pass_key key = {.is_there = true, .secret = hash_of_bytes(STR("secret"))};
    const struct pass_key other = {.is_there = true, .secret = hash_of_bytes(STR("other"))};
    const struct pass_key none = {0};
    struct record_pass pass = pass_of(&key), changed = pass, blank = pass_of(&none);
    assert_int_equal(pass_left_ms(&key, room, &pass, 1000), SESSION_LIFE_MS);
    assert_int_equal(pass_left_ms(&other, room, &pass, 1000), 0);
    assert_int_equal(pass_left_ms(&none, room, &pass, 1000), 0);
    assert_int_equal(pass_left_ms(&none, room, &blank, 1000), 0);
    assert_int_equal(pass_left_ms(&key, STR("elsewhere"), &pass, 1000), 0);
    changed.as = STR("facilitator");
    assert_int_equal(pass_left_ms(&key, room, &changed, 1000), 0);
    changed = pass;
    changed.made_wall_ms++;
    assert_int_equal(pass_left_ms(&key, room, &changed, 1000), 0);
    changed.made_wall_ms = INT64_MIN;
    assert_int_equal(pass_left_ms(&key, room, &changed, 1000), 0);
    changed = pass;
    changed.cookie = hash_of_bytes(STR("another"));
    assert_int_equal(pass_left_ms(&key, room, &changed, 1000), 0);
}

/* ---- the secret ---- */

static void write_key(const char *path, const char *bytes, size_t len, mode_t mode)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
}

static void the_secret_stays_beside_the_record(void **state)
{
    static const char bytes[HASH_BYTES + 1] = "somebody else has written this.";
    static const struct {
        size_t len;
        mode_t mode;
        const char *says; /* NULL: it is taken */
    } rows[] = {
        {HASH_BYTES, 0600, NULL},
        {HASH_BYTES, 0400, NULL},
        {HASH_BYTES, 0640, "is not a file that its owner alone"},
        {HASH_BYTES, 0602, "is not a file that its owner alone"},
        {HASH_BYTES - 1, 0600, "does not hold what was written into it; remove it"},
        {0, 0600, "does not hold what was written into it; remove it"},
    };
    (void)state;
    struct play_folder at;
    struct pass_key first = {0}, second = {0};
    struct stat about;
    struct err err;
    char path[4096];
    play_folder_init(&at);
    snprintf(path, sizeof(path), "%s-key.%ld", at.path, (long)getpid());
    write_key(path, bytes, 0, 0600); /* of a program that died, and had this one's number */
    snprintf(path, sizeof(path), "%s-key", at.path);
    assert_true(pass_key_open(at.path, &first, &err));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_true(pass_key_open(at.path, &second, &err));
    assert_true(hash_eq(&first.secret, &second.secret));
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct pass_key key = {0};
        unlink(path);
        write_key(path, bytes, rows[i].len, rows[i].mode);
        assert_int_equal(pass_key_open(at.path, &key, &err), rows[i].says == NULL);
        assert_int_equal(key.is_there, rows[i].says == NULL);
        if (rows[i].says)
            assert_non_null(strstr(err.message, rows[i].says));
    }
    unlink(path);
    play_folder_fini(&at);
    assert_false(pass_key_open("/nowhere/at/all.db", &first, &err));
    assert_non_null(strstr(err.message, "/nowhere/at/all.db-key: "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pass_ends),
        cmocka_unit_test(a_pass_counts_as_it_was_made_and_where),
        cmocka_unit_test(the_secret_stays_beside_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

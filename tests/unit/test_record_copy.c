/* Backups and bundles: new files that are whole, or not there at all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "record/handle.h"
#include "record/query.h"
#include "unit/record_play.h"

static void assert_ok(bool is_good, const struct err *err)
{
    if (!is_good)
        fail_msg("%s", err->message);
}

static void assert_says(const struct err *err, const char *part)
{
    if (!strstr(err->message, part))
        fail_msg("\"%s\" does not say \"%s\"", err->message, part);
}

/* ---- a record of two exercises, the first with two tables ---- */

struct fixture {
    struct play_folder at;
    struct play play;
    struct arena arena;
    struct record *record;
    struct err err;
    char copy[320]; /* a path beside the record */
};

enum { FIRST = 1, SECOND = 2, SECOND_TABLE = 3 };

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    struct record_exercise exercise;
    struct err *err = &fixture->err;
    play_folder_init(&fixture->at);
    play_init(&fixture->play);
    snprintf(fixture->copy, sizeof(fixture->copy), "%s/copy.tocsin", fixture->at.folder);
    assert_ok(record_open(fixture->at.path, RECORD_CREATE, &fixture->record, err), err);
    for (int i = 0; i < 2; i++)
        assert_ok(play_create(fixture->record, &fixture->arena, &exercise, err), err);
    assert_ok(play_join(fixture->record, "phone-tree-1", &fixture->arena, &exercise, err), err);
    for (int64_t table = FIRST; table <= SECOND_TABLE; table++) {
        for (int turn = 0; turn < PLAY_TURNS; turn++) {
            struct record_turn one = play_turn(&fixture->play, turn, table);
            assert_ok(record_append(fixture->record, &one, 1, err), err);
        }
    }
    assert_ok(record_person_set(fixture->record, STR("p1"), STR("Sato Hanako"), err), err);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    record_close(fixture->record);
    play_folder_fini(&fixture->at);
    arena_fini(&fixture->arena);
    free(fixture);
    return 0;
}

static void assert_same_head(struct record *a, struct record *b, int64_t table)
{
    struct hash head_a, head_b;
    int64_t seq_a = 0, seq_b = 0;
    assert_true(record_head(a, table, &seq_a, &head_a, NULL));
    assert_true(record_head(b, table, &seq_b, &head_b, NULL));
    assert_int_equal(seq_a, seq_b);
    assert_true(hash_eq(&head_a, &head_b));
}

static bool file_holds(const char *path, const char *words)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t matched = 0, len = strlen(words);
    for (int c; matched < len && (c = getc(file)) != EOF;)
        matched = (char)c == words[matched] ? matched + 1 : (char)c == words[0];
    fclose(file);
    return matched == len;
}

/* Names in the record's folder, each with a space behind it. */
static void list_folder(const struct play_folder *at, struct buf *out)
{
    DIR *folder = opendir(at->folder);
    assert_non_null(folder);
    buf_clear(out);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.' && !strstr(entry->d_name, "drills"))
            buf_format(out, "%s ", entry->d_name);
    }
    buf_add_char(out, '\0');
    closedir(folder);
}

static void assert_beside(const struct play_folder *at, const char *expected)
{
    struct buf names = {0};
    list_folder(at, &names);
    assert_string_equal(names.ptr, expected);
    buf_fini(&names);
}

/* ---- backup ---- */

static int steps_seen;

static bool see_step(void *self, int64_t done_pages, int64_t all_pages)
{
    (void)self;
    assert_in_range(done_pages, 1, all_pages);
    steps_seen++;
    return true;
}

static void test_a_backup_is_the_record(void **state)
{
    struct fixture *fixture = *state;
    struct record *copy;
    struct record_person *persons;
    size_t count;
    steps_seen = 0;
    assert_ok(record_backup(fixture->record, fixture->copy, see_step, NULL, &fixture->err),
        &fixture->err);
    assert_true(steps_seen > 0);
    assert_beside(&fixture->at, "copy.tocsin ");
    assert_ok(record_open(fixture->copy, RECORD_WRITE, &copy, &fixture->err), &fixture->err);
    for (int64_t table = FIRST; table <= SECOND_TABLE; table++) {
        assert_same_head(fixture->record, copy, table);
        assert_ok(record_verify(copy, table, STR(""), &fixture->err), &fixture->err);
    }
    assert_true(record_person_list(copy, &fixture->arena, &persons, &count, NULL));
    assert_int_equal(count, 1);
    assert_string_equal(persons[0].name.ptr, "Sato Hanako");
    record_close(copy);
}

static void test_a_backup_has_the_records_permissions(void **state)
{
    struct fixture *fixture = *state;
    struct stat found;
    assert_int_equal(chmod(fixture->at.path, 0640), 0);
    assert_ok(
        record_backup(fixture->record, fixture->copy, NULL, NULL, &fixture->err), &fixture->err);
    assert_int_equal(stat(fixture->copy, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0640);
}

/* Another connection adds a turn between any two steps. */
struct writer {
    struct record *record;
    const struct play *play;
    int64_t table;
    int turn;
};

static bool write_between(void *self, int64_t done_pages, int64_t all_pages)
{
    struct writer *writer = self;
    struct err err;
    if (writer->turn < PLAY_TURNS && done_pages < all_pages) {
        struct record_turn one = play_turn(writer->play, writer->turn++, writer->table);
        assert_ok(record_append(writer->record, &one, 1, &err), &err);
    }
    return true;
}

static void test_a_backup_while_others_write(void **state)
{
    struct fixture *fixture = *state;
    struct writer writer = {.play = &fixture->play};
    struct record *copy;
    struct record_exercise third;
    struct err *err = &fixture->err;
    int64_t seq;
    struct hash head;
    /* Enough pages for several steps. */
    assert_int_equal(
        SQLITE_OK, sqlite3_exec(fixture->record->db.handle,
                       "INSERT INTO content VALUES (x'00', zeroblob(6000000))", NULL, NULL, NULL));
    assert_ok(record_open(fixture->at.path, RECORD_WRITE, &writer.record, err), err);
    assert_ok(play_create(writer.record, &fixture->arena, &third, err), err);
    writer.table = third.table;
    assert_ok(record_backup(fixture->record, fixture->copy, write_between, &writer, err), err);
    assert_int_equal(writer.turn, PLAY_TURNS); /* nobody was kept waiting */
    assert_ok(record_verify(writer.record, third.table, STR(""), err), err);
    assert_ok(record_open(fixture->copy, RECORD_READ, &copy, err), err);
    assert_ok(record_head(copy, third.table, &seq, &head, err), err);
    assert_int_equal(seq, 0); /* the moment at which the backup began */
    assert_ok(record_verify(copy, third.table, STR(""), err), err);
    assert_ok(record_verify(copy, FIRST, STR(""), err), err);
    record_close(copy);
    record_close(writer.record);
}

/* A process of its own that plays on, until it is told to stop. */
static void play_on(const char *path, const struct play *play)
{
    struct record *record;
    struct arena arena = {0};
    struct record_exercise exercise;
    if (!record_open(path, RECORD_WRITE, &record, NULL))
        _exit(1);
    for (int i = 0; i < 200; i++) {
        if (!play_create(record, &arena, &exercise, NULL))
            _exit(2);
        for (int turn = 0; turn < PLAY_TURNS; turn++) {
            struct record_turn one = play_turn(play, turn, exercise.table);
            if (!record_append(record, &one, 1, NULL))
                _exit(3);
        }
    }
    _exit(0);
}

static void verify_whole(struct fixture *fixture, const char *path)
{
    struct record *copy;
    struct record_exercise *items;
    size_t count;
    struct err *err = &fixture->err;
    assert_ok(record_open(path, RECORD_READ, &copy, err), err);
    assert_ok(record_exercise_list(copy, &fixture->arena, &items, &count, err), err);
    assert_true(count >= 2);
    assert_ok(record_verify(copy, items[count - 1].table, STR(""), err), err);
    record_close(copy);
}

static void test_backups_while_a_process_plays(void **state)
{
    struct fixture *fixture = *state;
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        play_on(fixture->at.path, &fixture->play);
    for (int i = 0; i < 5; i++) {
        assert_ok(record_backup(fixture->record, fixture->copy, NULL, NULL, &fixture->err),
            &fixture->err);
        verify_whole(fixture, fixture->copy);
        assert_int_equal(unlink(fixture->copy), 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static bool give_up(void *self, int64_t done_pages, int64_t all_pages)
{
    (void)self, (void)done_pages, (void)all_pages;
    return false;
}

static void test_a_backup_is_given_up(void **state)
{
    struct fixture *fixture = *state;
    assert_false(record_backup(fixture->record, fixture->copy, give_up, NULL, &fixture->err));
    assert_says(&fixture->err, "the backup was given up; nothing is left of it");
    assert_beside(&fixture->at, "");
}

/* ---- bundle ---- */

static void test_a_bundle_is_one_exercise(void **state)
{
    struct fixture *fixture = *state;
    struct record *copy;
    struct record_exercise *items, own, next;
    struct err *err = &fixture->err;
    size_t count;
    assert_ok(record_bundle(fixture->record, STR("phone-tree-1"), fixture->copy, err), err);
    assert_beside(&fixture->at, "copy.tocsin ");
    assert_ok(record_open(fixture->copy, RECORD_WRITE, &copy, err), err);
    assert_ok(record_exercise_list(copy, &fixture->arena, &items, &count, err), err);
    assert_int_equal(count, 1);
    assert_string_equal(items[0].id.ptr, "phone-tree-1");
    assert_int_equal(items[0].table_count, 2);
    assert_int_equal(items[0].tables[1].table, SECOND_TABLE);
    assert_true(items[0].tables[1].has_ended);
    assert_int_equal(items[0].created_wall_ms, INT64_C(1795000000000));
    assert_true(
        record_exercise_find(fixture->record, STR("phone-tree-1"), &fixture->arena, &own, err));
    assert_true(hash_eq(&own.content, &items[0].content));
    assert_same_head(fixture->record, copy, FIRST);
    assert_same_head(fixture->record, copy, SECOND_TABLE);
    assert_ok(record_verify(copy, FIRST, STR(""), err), err);
    assert_ok(record_verify(copy, SECOND_TABLE, STR(""), err), err);
    assert_false(record_verify(copy, SECOND, STR(""), err));

    /* It can be gone on with like any record. */
    assert_ok(play_create(copy, &fixture->arena, &next, err), err);
    assert_string_equal(next.id.ptr, "phone-tree-2");
    assert_int_equal(next.table, SECOND_TABLE + 1);
    record_close(copy);
}

static void test_a_bundle_has_nobodys_words(void **state)
{
    struct fixture *fixture = *state;
    static const char *const words[] = {
        play_escalation_text, "it spreads", "Sato Hanako", (const char *)play_salt};
    char salt[RECORD_SALT_BYTES + 1] = {0};
    memcpy(salt, play_salt, RECORD_SALT_BYTES);
    assert_ok(record_bundle(fixture->record, STR("phone-tree-1"), fixture->copy, &fixture->err),
        &fixture->err);
    sqlite3_exec(fixture->record->db.handle, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const char *word = words[i] == (const char *)play_salt ? salt : words[i];
        assert_true(file_holds(fixture->at.path, word));
        assert_false(file_holds(fixture->copy, word));
    }
    assert_true(file_holds(fixture->copy, "helpdesk-call"));
    assert_true(file_holds(fixture->copy, "Phone tree"));

    /* The input is still known, so that sending it again is told from another one. */
    struct record *copy;
    struct record_known known;
    assert_ok(record_open(fixture->copy, RECORD_READ, &copy, &fixture->err), &fixture->err);
    assert_true(record_input_find(copy, FIRST, STR("poc"), STR("m1"), &known));
    assert_false(known.has_salt);
    record_close(copy);
}

static void test_a_damaged_exercise_gives_no_bundle(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        SQLITE_OK, sqlite3_exec(fixture->record->db.handle,
                       "DROP TRIGGER event_no_update; UPDATE event SET at_ms = 1 WHERE seq = 5",
                       NULL, NULL, NULL));
    assert_false(record_bundle(fixture->record, STR("phone-tree-1"), fixture->copy, &fixture->err));
    assert_says(&fixture->err, "phone-tree-1: event 5 (reached) was changed");
    assert_beside(&fixture->at, "");
}

/* Its entries get new hashes in the bundle, which would make a changed one whole again. */
static void test_a_changed_programme_gives_no_bundle(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        SQLITE_OK, sqlite3_exec(fixture->record->db.handle,
                       "DROP TRIGGER programme_no_update; UPDATE programme SET wall_ms = 1", NULL,
                       NULL, NULL));
    assert_false(record_bundle(fixture->record, STR("phone-tree-1"), fixture->copy, &fixture->err));
    assert_says(&fixture->err, "programme entry 1 (exercise-created) was changed");
    assert_beside(&fixture->at, "");
}

/* ---- what is refused ---- */

static void test_existing_files_stay(void **state)
{
    struct fixture *fixture = *state;
    struct err *err = &fixture->err;
    FILE *file = fopen(fixture->copy, "wb");
    assert_non_null(file);
    fputs("mine", file);
    fclose(file);
    assert_false(record_backup(fixture->record, fixture->copy, NULL, NULL, err));
    assert_says(err, "copy.tocsin: there is already something of this name; nothing was changed; "
                     "choose another name");
    assert_int_equal(err->kind, ERR_USAGE);
    assert_false(record_bundle(fixture->record, STR("phone-tree-1"), fixture->copy, err));
    assert_says(err, "there is already something of this name");
    assert_false(record_backup(fixture->record, fixture->at.path, NULL, NULL, err));
    assert_says(err, "there is already something of this name");
    assert_true(file_holds(fixture->copy, "mine"));
    assert_beside(&fixture->at, "copy.tocsin ");
    assert_int_equal(unlink(fixture->copy), 0);
    assert_int_equal(symlink("nowhere", fixture->copy), 0);
    assert_false(record_backup(fixture->record, fixture->copy, NULL, NULL, err));
    assert_says(err, "there is already something of this name");
}

/* Somebody puts a file there while the copy is being made. */
static bool take_place(void *self, int64_t done_pages, int64_t all_pages)
{
    (void)done_pages, (void)all_pages;
    FILE *file = fopen(self, "wb");
    fputs("mine", file);
    fclose(file);
    return true;
}

static void test_a_file_that_comes_meanwhile_stays(void **state)
{
    struct fixture *fixture = *state;
    assert_false(
        record_backup(fixture->record, fixture->copy, take_place, fixture->copy, &fixture->err));
    assert_says(&fixture->err, "nothing was changed; choose another name");
    assert_true(file_holds(fixture->copy, "mine"));
    assert_beside(&fixture->at, "copy.tocsin ");
}

static void test_wrong_places(void **state)
{
    struct fixture *fixture = *state;
    struct err *err = &fixture->err;
    char path[400];
    snprintf(path, sizeof(path), "%s/nowhere/copy.tocsin", fixture->at.folder);
    assert_false(record_backup(fixture->record, path, NULL, NULL, err));
    assert_says(err, "nowhere/copy.tocsin: cannot be made (No such file or directory); choose a "
                     "folder that exists and where you may write");
    assert_false(record_bundle(fixture->record, STR("phone-tree-9"), fixture->copy, err));
    assert_says(err, "holds no exercise \"phone-tree-9\"");
    assert_false(record_bundle(fixture->record, STR("phone-tree-1/3"), fixture->copy, err));
    assert_says(err, "exercise phone-tree-1 has no table 3; its last is phone-tree-1/2");
    assert_beside(&fixture->at, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_backup_is_the_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_a_backup_has_the_records_permissions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_backup_while_others_write, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_backups_while_a_process_plays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_backup_is_given_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_bundle_is_one_exercise, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_bundle_has_nobodys_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_damaged_exercise_gives_no_bundle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_a_changed_programme_gives_no_bundle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_existing_files_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_that_comes_meanwhile_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_places, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

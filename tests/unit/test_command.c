/* The commands' rows: what help, the pages and the parser rely on. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "app/commands.h"
#include "app/ids.h"
#include "app/starter.h"

static void test_rows_are_whole(void **state)
{
    (void)state;
    for (int i = 0; i < command_count; i++) {
        const struct command *command = commands[i];
        assert_true(str_is_id(str_of(command->name)));
        assert_true(command->help[0] >= 'a' && command->help[0] <= 'z');
        assert_true(strlen(command->help) <= 60);
        assert_non_null(command->run);
        assert_true(command->argument_min <= command->argument_max);
        assert_true(command->argument_max <= COMMAND_ARGUMENTS);
        assert_int_equal(command->argument_max == 0, command->arguments[0] == '\0');
        assert_int_equal(command->argument_min == 0,
            command->arguments[0] == '\0' || command->arguments[0] == '[');
        for (int other = 0; other < i; other++)
            assert_string_not_equal(commands[other]->name, command->name);
    }
}

static void test_details_fit_a_terminal(void **state)
{
    (void)state;
    for (int i = 0; i < command_count; i++) {
        struct str line, rest = str_of(commands[i]->details);
        assert_true(rest.ptr[rest.len - 1] == '.');
        while (str_cut(rest, '\n', &line, &rest))
            assert_true(line.len <= 96);
        assert_true(rest.len <= 96);
    }
}

static void test_examples_are_of_their_command(void **state)
{
    (void)state;
    for (int i = 0; i < command_count; i++) {
        const struct command *command = commands[i];
        assert_non_null(command->examples[0]);
        for (int e = 0; e < COMMAND_EXAMPLES && command->examples[e] != NULL; e++) {
            const char *example = command->examples[e];
            assert_int_equal(strncmp(example, "tocsin ", 7), 0);
            assert_int_equal(strncmp(example + 7, command->name, strlen(command->name)), 0);
        }
    }
}

static void test_options_are_told_apart(void **state)
{
    (void)state;
    for (int i = 0; i < command_count; i++) {
        const struct command_option *options = commands[i]->options;
        for (int o = 0; o < COMMAND_OPTIONS && options[o].name != NULL; o++) {
            assert_int_equal(strncmp(options[o].name, "--", 2), 0);
            assert_non_null(options[o].help);
            for (int other = 0; other < o; other++)
                assert_string_not_equal(options[other].name, options[o].name);
        }
    }
}

static struct def small_def(struct arena *arena)
{
    static const struct def_seat seats[] = {{.id = STR_INIT("poc")}};
    static const struct def_stakeholder stakeholders[] = {{.id = STR_INIT("vendor-desk")}};
    static const struct def_option options[] = {{.id = STR_INIT("shut-down")}};
    static const struct def_question questions[] = {
        {.id = STR_INIT("stop-server"), .options = options, .option_count = 1}};
    struct def def = {.seats = seats,
        .seat_count = 1,
        .stakeholders = stakeholders,
        .stakeholder_count = 1,
        .questions = questions,
        .question_count = 1};
    def_index(&def, arena);
    return def;
}

static void test_near_names_of_all_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *written, *meant;
    } cases[] = {
        {"vendordesk", "vendor-desk"},
        {"stop-sever", "stop-server"},
        {"shutdown", "shut-down"},
        {"facilitato", "facilitator"},
        {"poc", ""}, /* is there */
        {"elephant", ""},
    };
    struct arena arena = {0};
    struct def def = small_def(&arena);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str near = ids_nearest(&def, str_of(cases[i].written), &arena);
        assert_true(str_is(near, cases[i].meant));
    }
    arena_fini(&arena);
}

static void test_unknown_names_are_told_alike(void **state)
{
    (void)state;
    static const struct str roles[] = {STR_INIT("poc"), STR_INIT("legal")};
    static const struct {
        const char *name, *said;
        size_t count;
    } cases[] = {
        {"pok", "there is no role \"pok\"; did you mean \"poc\"?; there are poc, legal", 2},
        {"elephant", "there is no role \"elephant\"; there are poc, legal", 2},
        {"poc", "there is no role \"poc\"; there is none at all", 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err err;
        assert_false(ids_refuse(
            &err, "there is no role", str_of(cases[i].name), (struct strs){roles, cases[i].count}));
        assert_string_equal(err.message, cases[i].said);
    }
}

/* What `new` relies on: it replaces the first of these lines. */
static void test_starter_has_its_id(void **state)
{
    (void)state;
    assert_int_equal(starter_file_count, 6);
    for (size_t i = 0; i < starter_file_count; i++) {
        const char *text = (const char *)starter_files[i].bytes;
        assert_int_equal(strlen(text), starter_files[i].len);
        if (strcmp(starter_files[i].path, "scenario.yaml") == 0)
            assert_non_null(strstr(text, "\nid: starter\n"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_whole),
        cmocka_unit_test(test_details_fit_a_terminal),
        cmocka_unit_test(test_examples_are_of_their_command),
        cmocka_unit_test(test_options_are_told_apart),
        cmocka_unit_test(test_near_names_of_all_kinds),
        cmocka_unit_test(test_unknown_names_are_told_alike),
        cmocka_unit_test(test_starter_has_its_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

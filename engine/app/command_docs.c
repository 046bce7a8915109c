/* tocsin docs: the parts of docs/ that are made from the tables in the code. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/help.h"
#include "base/duration.h"
#include "core/input.h"
#include "core/pattern.h"
#include "load/reference.h"
#include "script/script.h"
#include "web/route_docs.h"

static void print_set(unsigned set, const char *const *names, int count)
{
    const char *between = "";
    for (int i = 0; i < count; i++) {
        if ((set & 1u << i) == 0)
            continue;
        printf("%s%s", between, names[i]);
        between = ", ";
    }
}

static void print_type(const struct field *field)
{
    if (field->type == FIELD_NAME) {
        const char *between = "";
        for (int i = 0; i < field->name_count; i++) {
            if (field->names[i][0] == '\0')
                continue;
            printf("%s`%s`", between, field->names[i]);
            between = " ";
        }
    } else if (field->of != OF_ANY) {
        printf("%s: %s", field_type_names[field->type], field_of_names[field->of]);
    } else {
        printf("%s", field_type_names[field->type]);
    }
}

/* "ack_within_ms" is "ack_within" in the input language. */
static void print_input_name(const struct field *field)
{
    size_t len = strlen(field->name);
    if (field->type == FIELD_MS && len > 3)
        len -= 3;
    printf("`%.*s`", (int)len, field->name);
}

static void print_inputs(void)
{
    static const char *const who[] = {"seat", "facilitator", "evaluator", "story", "host"};
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++) {
        const struct input_kind_row *row = &input_kinds[kind];
        printf("\n### `%s`\n\nTo %s. From: ", row->name, row->help);
        print_set(row->who, who, 5);
        printf(". While: ");
        print_set(row->when, status_names, STATUS_COUNT);
        if (row->refusals != 0)
            printf(". May also be refused as: ");
        print_set(row->refusals, refusal_names, REFUSAL_COUNT);
        printf(".\n\n");
        if (row->fields.count > 0)
            printf("| field | is | means |\n| --- | --- | --- |\n");
        for (size_t i = 0; i < row->fields.count; i++) {
            const struct field *field = &row->fields.rows[i];
            printf("| ");
            print_input_name(field);
            printf("%s | ", (field->flags & FIELD_REQUIRED) != 0 ? " (must)" : "");
            print_type(field);
            printf(" | %s |\n", field->help);
        }
        printf("%s```json\n%s\n```\n", row->fields.count > 0 ? "\n" : "", row->example);
    }
}

static void print_events(void)
{
    static const char *const see[] = {
        "facilitator", "evaluator", "actor", "audience", "table", "board"};
    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        const struct event_kind_row *row = &event_kinds[kind];
        printf("\n### `%s`\n\nFrom: %s. Known to: ", row->name, row->emitter);
        print_set(row->see, see, 6);
        printf(". Apply: %s.\n", row->apply);
        if (row->fields.count > 0)
            printf("\n| field | is | means | seen by |\n| --- | --- | --- | --- |\n");
        for (size_t i = 0; i < row->fields.count; i++) {
            const struct field *field = &row->fields.rows[i];
            printf("| `%s` | ", field->name);
            print_type(field);
            printf(" | %s | ", field->help);
            print_set(field->see & row->see, see, 6);
            printf(" |\n");
        }
    }
}

static void print_refusals(void)
{
    printf("\n| reason | sentence |\n| --- | --- |\n");
    for (int i = 0; i < REFUSAL_COUNT; i++)
        printf("| `%s` | %.*s %.*s |\n", refusal_names[i],
            STR_ARG(refusal_sentences[i].in[LANG_EN]), STR_ARG(refusal_sentences[i].in[LANG_JA]));
}

static void print_patterns(void)
{
    struct arena arena = {0};
    printf("\n| name | holds when | a bare value is | conditions |\n"
           "| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < pattern_name_count; i++) {
        const struct pattern_name *name = &pattern_names[i];
        struct strs fields = pattern_fields(name, &arena);
        printf(
            "| `%s` | %s | %s | ", name->name, name->help, name->main != NULL ? name->main : "–");
        for (size_t f = 0; f < fields.count; f++)
            printf("%s`%.*s`", f > 0 ? " " : "", STR_ARG(fields.items[f]));
        printf(" |\n");
    }
    arena_fini(&arena);
}

/* What other folders write of their own tables. */
static void print_written(void (*write)(struct buf *out))
{
    struct buf out = {0};
    write(&out);
    printf("%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

static void print_story(void)
{
    print_written(script_write_reference);
}

static void print_routes(void)
{
    print_written(route_docs_write);
}

static void print_route_list(void)
{
    print_written(route_docs_write_list);
}

static void print_route_problems(void)
{
    print_written(route_docs_write_problems);
}

static void print_commands(void)
{
    help_print_markdown(stdout);
}

static void print_man(void)
{
    help_print_man(stdout);
}

static void print_problem_kinds(void)
{
    for (int kind = 0; kind < PROBLEM_KIND_COUNT; kind++) {
        const struct problem_kind_row *row = &problem_kinds[kind];
        printf("\n### `%s` (%s)\n\n%s %s\n\n*Remedy:* %s\n", row->id,
            problem_level_names[row->level], row->says, row->why, row->remedy);
    }
}

static const struct {
    const char *name;
    void (*print)(void);
} pages[] = {
    {"inputs", print_inputs},
    {"events", print_events},
    {"refusals", print_refusals},
    {"patterns", print_patterns},
    {"story", print_story},
    {"commands", print_commands},
    {"problems", print_problem_kinds},
    {"man", print_man},
    {"api", print_routes},
    {"api-problems", print_route_problems},
    {"api-routes", print_route_list},
};

static enum command_exit run(const struct command_line *line)
{
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        if (strcmp(line->arguments[0], pages[i].name) == 0) {
            pages[i].print();
            return COMMAND_OK;
        }
    }
    struct buf out = {0};
    bool is_document = reference_write(str_of(line->arguments[0]), &out);
    printf("%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
    if (is_document)
        return COMMAND_OK;
    return command_misuse(line, "there is no generated page \"%s\"", line->arguments[0]);
}

const struct command command_docs = {
    .name = "docs",
    .arguments = "NAME",
    .argument_min = 1,
    .argument_max = 1,
    .help = "print a part of the reference",
    .details =
        "NAME is inputs, events, refusals, patterns, story, commands, problems, man, api,\n"
        "api-problems, api-routes, or a document: scenario-yaml, facts-yaml, injects-yaml,\n"
        "rules-yaml, pack-yaml, overlay-yaml, catalogue-yaml, skills-yaml, organisation-yaml.\n"
        "The reference in docs/ is made of these, so that it says what the program does; man is\n"
        "the man page.",
    .examples = {"tocsin docs patterns", "tocsin docs man"},
    .run = run,
};

/* Help: one source, three forms. */
#include "app/help.h"

#include <string.h>

enum { EXIT_CODES = 3 };

/* The sentences of the exit codes, in their order. */
static const char *exit_sentence(const struct command *command, int code)
{
    if (code == COMMAND_USAGE)
        return "the command line makes no sense";
    if (code == COMMAND_FAILED)
        return command->failed != NULL ? command->failed : "it could not be done";
    return command->ok != NULL ? command->ok : "done";
}

static bool has_option(const struct command *command, int row)
{
    return row < COMMAND_OPTIONS && command->options[row].name != NULL;
}

static bool has_example(const struct command *command, int row)
{
    return row < COMMAND_EXAMPLES && command->examples[row] != NULL;
}

/* "tocsin check SCENARIO [options]" */
static void print_synopsis(FILE *out, const struct command *command)
{
    fprintf(out, "tocsin %s%s%s%s", command->name, command->arguments[0] != '\0' ? " " : "",
        command->arguments, has_option(command, 0) ? " [options]" : "");
}

/* ---- on a terminal ---- */

void help_print(FILE *out, const struct command *command)
{
    fprintf(out, "usage: ");
    print_synopsis(out, command);
    fprintf(out, "\n\n%s\n\n%s\n", command->help, command->details);
    for (int i = 0; has_option(command, i); i++) {
        const struct command_option *option = &command->options[i];
        char left[64];
        snprintf(
            left, sizeof(left), "%s %s", option->name, option->value != NULL ? option->value : "");
        fprintf(out, "%s  %-26s %s\n", i == 0 ? "\noptions:\n" : "", left, option->help);
    }
    fprintf(out, "\nexamples:\n");
    for (int i = 0; has_example(command, i); i++)
        fprintf(out, "  %s\n", command->examples[i]);
    fprintf(out, "\nexit codes:\n");
    for (int code = 0; code < EXIT_CODES; code++)
        fprintf(out, "  %d  %s\n", code, exit_sentence(command, code));
}

void help_print_overview(FILE *out)
{
    fprintf(out, "tocsin runs tabletop incident-response exercises, records them and scores them.\n"
                 "\nusage: tocsin COMMAND [arguments] [options]\n\n");
    for (int i = 0; i < command_count; i++)
        fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->help);
    fprintf(out, "\nMore on each: tocsin help COMMAND. Exit codes: 0 done, 1 it could not be done\n"
                 "or something wrong was found, 2 the command line makes no sense.\n");
}

/* ---- docs/commands.md ---- */

static void print_markdown_options(FILE *out, const struct command *command)
{
    if (has_option(command, 0))
        fprintf(out, "\n| option | |\n| --- | --- |\n");
    for (int i = 0; has_option(command, i); i++) {
        const struct command_option *option = &command->options[i];
        fprintf(out, "| `%s", option->name);
        if (option->value != NULL)
            fputc(' ', out);
        for (const char *at = option->value; at != NULL && *at != '\0'; at++)
            fprintf(out, "%s%c", *at == '|' ? "\\" : "", *at); /* a bare one ends the cell */
        fprintf(out, "` | %s |\n", option->help);
    }
}

void help_print_markdown(FILE *out)
{
    for (int i = 0; i < command_count; i++) {
        const struct command *command = commands[i];
        fprintf(out, "\n## `");
        print_synopsis(out, command);
        fprintf(out, "`\n\nTo %s.\n\n%s\n", command->help, command->details);
        print_markdown_options(out, command);
        fprintf(out, "\n```sh\n");
        for (int e = 0; has_example(command, e); e++)
            fprintf(out, "%s\n", command->examples[e]);
        fprintf(out, "```\n\nExit codes: 0 %s; 1 %s; 2 %s.\n", exit_sentence(command, 0),
            exit_sentence(command, 1), exit_sentence(command, 2));
    }
}

/* ---- the man page ---- */

/* Text as roff: what begins a request or is an escape is shown as it is. A hyphen in an option is
 * a minus, so that it can be copied. */
static void put_roff_span(FILE *out, struct str text)
{
    bool at_start = true;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (at_start && (c == '.' || c == '\''))
            fputs("\\&", out);
        if (c == '\\')
            fputs("\\e", out);
        else if (c == '-')
            fputs("\\-", out);
        else
            fputc(c, out);
        at_start = c == '\n';
    }
}

static void put_roff(FILE *out, const char *text)
{
    put_roff_span(out, str_of(text));
}

/* An empty line between paragraphs is a request of its own. */
static void put_paragraphs(FILE *out, const char *text)
{
    const char *gap;
    while ((gap = strstr(text, "\n\n")) != NULL) {
        put_roff_span(out, (struct str){text, (size_t)(gap - text)});
        fputs("\n.PP\n", out);
        text = gap + 2;
    }
    put_roff(out, text);
    fputc('\n', out);
}

static void print_man_examples(FILE *out, const struct command *command)
{
    fprintf(out, ".PP\n.EX\n");
    for (int i = 0; has_example(command, i); i++) {
        put_roff(out, command->examples[i]);
        fputc('\n', out);
    }
    fprintf(out, ".EE\n");
}

static void print_man_command(FILE *out, const struct command *command)
{
    fprintf(out, ".SS %s %s\n", command->name, command->arguments);
    put_paragraphs(out, command->details);
    for (int i = 0; has_option(command, i); i++) {
        const struct command_option *option = &command->options[i];
        fprintf(out, ".TP\n\\fB");
        put_roff(out, option->name);
        fprintf(out, "\\fR");
        if (option->value != NULL)
            fprintf(out, " \\fI%s\\fR", option->value);
        fputc('\n', out);
        put_roff(out, option->help);
        fputc('\n', out);
    }
    print_man_examples(out, command);
    fprintf(out, ".PP\nExit status 0: %s; 1: %s.\n", exit_sentence(command, 0),
        exit_sentence(command, 1));
}

void help_print_man(FILE *out)
{
    fprintf(out, ".TH TOCSIN 1 \"\" \"tocsin %s\" \"Tocsin\"\n", TOCSIN_VERSION);
    fprintf(out, ".SH NAME\ntocsin \\- run, record and score incident\\-response exercises\n"
                 ".SH SYNOPSIS\n.B tocsin\n.I COMMAND\n[arguments] [options]\n.SH DESCRIPTION\n");
    put_paragraphs(out,
        "Tocsin runs tabletop incident-response exercises for CSIRTs. A scenario brings timed\n"
        "events to people in their roles; every decision is kept in one SQLite file; rules in\n"
        "plain files say who told whom, in time or not, with the evidence.");
    fprintf(out, ".SH COMMANDS\n");
    for (int i = 0; i < command_count; i++)
        print_man_command(out, commands[i]);
    fprintf(out, ".SH EXIT STATUS\n"
                 ".TP\n0\ndone, and nothing wrong was found\n"
                 ".TP\n1\nit could not be done, or something wrong was found\n"
                 ".TP\n2\nthe command line makes no sense, whatever the files hold\n"
                 ".SH ENVIRONMENT\n.TP\nNO_COLOR\nno colour, even on a terminal\n"
                 ".TP\nTERM\n\\(lqdumb\\(rq means no colour as well\n"
                 ".SH FILES\n.TP\n.I tocsin.db\nthe record, where "
                 "\\fB\\-\\-db\\fR names no other; docs/record.md describes it\n");
}

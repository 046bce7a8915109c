/* Commands: one file each, one row each. Help, docs/commands.md and the man page are made from the
 * rows. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "base/err.h"
#include "base/words.h"

/* What a command line may say. A row with a value takes one; the parser refuses what does not fit,
 * so that a command reads only what makes sense. */
struct command_option {
    const char *name; /* "--db" */
    const char
        *value; /* "FILE"; "N": a whole number; "en|ja": one of these words; NULL: a switch */
    const char *help;
};

enum { COMMAND_ARGUMENTS = 8, COMMAND_OPTIONS = 28, COMMAND_EXAMPLES = 4 };

#define COMMAND_DB                                                                                 \
    {                                                                                              \
        "--db", "FILE", "the record; tocsin.db if not given"                                       \
    }
#define COMMAND_HOME                                                                               \
    {                                                                                              \
        "--home", "DIR", "where roles/ and scoring/ are"                                           \
    }
#define COMMAND_BY_PERSON                                                                          \
    {                                                                                              \
        "--by-person", NULL,                                                                       \
            "its people agreed that results are told by person; by role only if not given"         \
    }
#define COMMAND_ORG                                                                                \
    {                                                                                              \
        "--org", "NAME", "the organisation, in place of the scenario's own; see tocsin orgs"       \
    }

/* A command line, taken apart. */
struct command_line {
    const struct command *command;
    const char *program; /* as it was called */
    const char *arguments[COMMAND_ARGUMENTS];
    int argument_count;
    const char *values[COMMAND_OPTIONS]; /* by option row; a switch that is on has "" */
};

enum command_exit {
    COMMAND_OK = 0,
    COMMAND_FAILED = 1, /* the command could not do it, or found something wrong */
    COMMAND_USAGE = 2   /* the line makes no sense, whatever the files hold */
};

struct command {
    const char *name;
    const char *arguments; /* "SCENARIO" */
    int argument_min, argument_max;
    const char *help;                       /* one line */
    const char *details;                    /* a paragraph or two */
    const char *examples[COMMAND_EXAMPLES]; /* each is run by a test */
    const char *ok;                         /* what exit code 0 says; NULL: done */
    const char *failed;                     /* what exit code 1 says; NULL: it could not be done */
    const char *repeated; /* an option that may stand again, and counts as an argument then */
    struct command_option options[COMMAND_OPTIONS];
    enum command_exit (*run)(const struct command_line *line);
};

extern const struct command *const commands[];
extern const int command_count;

/* The value of an option, or NULL. The name must be one of the command's rows. */
const char *command_value(const struct command_line *line, const char *name);
bool command_has(const struct command_line *line, const char *name);

/* The database that --db names, or the usual one. */
const char *command_db(const struct command_line *line);

/* The language that --lang names, or English. */
enum lang command_lang(const struct command_line *line);

/* The whole number in an option, or `otherwise`. */
int64_t command_int(const struct command_line *line, const char *name, int64_t otherwise);

/* Prints "tocsin COMMAND: message" to standard error. fail: it could not be done; misuse: no file
 * could make sense of this line. */
enum command_exit command_fail(const struct command_line *line, const struct err *err);
enum command_exit command_misuse(const struct command_line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The row of this name; NULL when there is none, told with what was probably meant. */
const struct command *command_find(const char *name);

/* Parses and runs; what main calls. */
int command_main(int argc, char **argv);

#endif

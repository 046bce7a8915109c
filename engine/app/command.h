/* Commands: one file each, one row each. Help and the manual are made from the rows. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "base/err.h"

/* What a command line may say; a row with a value name takes a value. */
struct command_option {
    const char *name;  /* "--db" */
    const char *value; /* "FILE", or NULL for a switch */
    const char *help;
};

enum { COMMAND_ARGUMENTS = 8, COMMAND_OPTIONS = 12 };

/* A command line, taken apart. */
struct command_line {
    const struct command *command;
    const char *arguments[COMMAND_ARGUMENTS];
    int argument_count;
    const char *values[COMMAND_OPTIONS]; /* by option row; a switch that is on has "" */
};

enum command_exit {
    COMMAND_OK = 0,
    COMMAND_FAILED = 1, /* the command could not do it, or found something wrong */
    COMMAND_USAGE = 2   /* the command line makes no sense */
};

struct command {
    const char *name;
    const char *arguments; /* "SCENARIO" */
    int argument_min, argument_max;
    const char *help;    /* one line */
    const char *details; /* a paragraph, with examples */
    struct command_option options[COMMAND_OPTIONS];
    enum command_exit (*run)(const struct command_line *line);
};

extern const struct command *const commands[];
extern const int command_count;

/* The value of an option, or NULL. The name must be one of the command's rows. */
const char *command_value(const struct command_line *line, const char *name);

/* The database that --db names, or the usual one. */
const char *command_db(const struct command_line *line);

/* A whole number in an option, or `otherwise`; false with a message on anything else. */
bool command_int(
    const struct command_line *line, const char *name, int64_t otherwise, int64_t *ret_value);

/* Prints "tocsin COMMAND: message" to standard error. */
enum command_exit command_fail(const struct command_line *line, const struct err *err);
enum command_exit command_misuse(const struct command_line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Parses and runs; what main calls. */
int command_main(int argc, char **argv);

#endif

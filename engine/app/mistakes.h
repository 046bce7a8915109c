/* Authors' mistakes as a person reads them: one a line, "file:line:column: what is wrong". */
#ifndef APP_MISTAKES_H
#define APP_MISTAKES_H

#include <stdio.h>

#include "app/command.h"
#include "base/problems.h"

/* "injects.yaml:12:7: warning: …"; an error needs no word, but has a colour. */
void mistakes_print(FILE *file, const struct problem *problem);

/* Prints every error to standard error, or err where no file is to blame; the command's end. */
enum command_exit mistakes_fail(
    const struct command_line *line, const struct problems *problems, const struct err *err);

#endif

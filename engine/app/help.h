/* What the commands' rows say, for people: on a terminal, in docs/commands.md, as a man page. */
#ifndef APP_HELP_H
#define APP_HELP_H

#include <stdio.h>

#include "app/command.h"

void help_print(FILE *out, const struct command *command);
void help_print_overview(FILE *out);

void help_print_markdown(FILE *out);
void help_print_man(FILE *out); /* roff, section 1 */

#endif

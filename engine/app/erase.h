/* What `forget` and `delete` share: asking before, and what is left to the operator after. */
#ifndef APP_ERASE_H
#define APP_ERASE_H

#include "app/command.h"
#include "record/record.h"

/* Whether to go on: --yes was given, or somebody at the terminal typed yes. What will go was told
 * before. */
bool erase_is_wanted(const struct command_line *line, struct err *reterr);

/* Where the same words may still be, beyond the reach of the program. */
void erase_tell_duty(const struct command_line *line, const struct record *record);

#endif

/* What `forget` and `delete` share: asking before, and what is left to the operator after. */
#ifndef APP_ERASE_H
#define APP_ERASE_H

#include "app/command.h"
#include "record/record.h"

/* Whether somebody can say so: --yes was given, or there is a terminal to ask at. */
bool erase_can_be_wanted(const struct command_line *line, struct err *reterr);

/* Whether to go on: --yes was given, or somebody at the terminal typed yes. What will go was told
 * before. */
bool erase_is_wanted(const struct command_line *line, struct err *reterr);

/* Where the same words may still be, beyond the reach of the program. */
void erase_tell_duty(const struct command_line *line, const struct record *record);

#endif

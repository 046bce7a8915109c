/* Commands that the program prints, for people who paste them into a shell. */
#ifndef APP_SHELL_H
#define APP_SHELL_H

#include "base/arena.h"

/* The word as a shell reads it: as it is, or in quotes where that is needed. In arena. */
struct str shell_word(struct arena *arena, struct str word);

#endif

/* What to do about a mistake that Lua itself has found. */
#ifndef SCRIPT_REMEDY_H
#define SCRIPT_REMEDY_H

#include "base/str.h"

/* A sentence for a message of Lua's, or the empty one. */
struct str remedy_for(struct str message);

#endif

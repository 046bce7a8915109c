/* Every name that an input may use in a scenario, for "did you mean". */
#ifndef APP_IDS_H
#define APP_IDS_H

#include "base/arena.h"
#include "base/err.h"
#include "core/def.h"

/* What a name that the scenario does not have was probably meant to be; empty when it has it, or
 * when nothing is near. */
struct str ids_nearest(const struct def *def, struct str name, struct arena *arena);

/* `there is no role "pok"; did you mean "poc"?; there are commander, …`; always false. `what` is
 * the beginning: "there is no role". */
bool ids_refuse(struct err *reterr, const char *what, struct str name, struct strs there);

/* "poc, lead, legal"; of many the first ones, and "…". In arena. */
struct str ids_list(struct strs ids, struct arena *arena);

#endif

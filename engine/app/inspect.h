/* All that can be told of a scenario before anybody plays it: for check and for those who make a
 * new exercise. */
#ifndef APP_INSPECT_H
#define APP_INSPECT_H

#include "load/load.h"

/* Loads, reads and runs the story, rehearses it without people, and looks at what is left over.
 * Everything that is found goes to problems; false when there is any error. ret_result is filled as
 * far as the scenario could be loaded. */
bool inspect_scenario(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct load_result *ret_result);

#endif

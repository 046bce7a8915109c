/* Scoring what was played by other rules than those that were pinned with it. */
#ifndef APP_OTHER_RULES_H
#define APP_OTHER_RULES_H

#include "load/load.h"

/* Lays the rules.yaml of a folder, and the packs in it that the bundle has, over the bundle; what
 * the folder lacks stays. ret_unused: what else it holds, by name. */
bool other_rules_lay(const char *folder, struct arena *arena, struct bundle *bundle,
    struct strs *ret_unused, struct err *reterr);

#endif

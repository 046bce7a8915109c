/* What can be done about a gap: a way that costs little and one that costs more, what each buys,
 * and what remains. */
#ifndef REPORT_MEASURES_H
#define REPORT_MEASURES_H

#include "core/event.h"

struct measure_option {
    struct words action, buys, residual;
};

enum { MEASURE_OPTIONS = 2 };
struct measure {
    const char *id;      /* a capability, or a cause */
    struct words decide; /* the question to management */
    struct measure_option options[MEASURE_OPTIONS];
};

/* Where nothing was missed. */
extern const struct measure measures_keep;

/* By the cause that people agreed on, if one says what to do; else by the capability. */
const struct measure *measures_for(int cause, struct str capability);

#endif

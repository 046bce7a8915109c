/* What codes are called, in both languages. */
#ifndef REPORT_LABELS_H
#define REPORT_LABELS_H

#include "score/score.h"

extern const struct words labels_verdicts[VERDICT_COUNT];
extern const struct words labels_severities[SEVERITY_COUNT];
extern const struct words labels_modes[MODE_COUNT];
extern const struct words labels_causes[CAUSE_COUNT];
extern const struct words labels_elements[CAUSE_COUNT]; /* what of a capability a cause lies in */
extern const struct words labels_channels[CHANNEL_COUNT];
extern const struct words labels_ratings[RATING_COUNT];
extern const struct words labels_injects[INJECT_KIND_COUNT];
extern const struct words labels_sources[SOURCE_COUNT];
extern const struct words labels_unreached[UNREACHED_COUNT];
extern const struct words labels_authorities[];
extern const char *const labels_tlp[TLP_COUNT]; /* "TLP:AMBER+STRICT" */

/* A capability of the shipped packs by its name, any other by its id. */
struct words labels_capability(struct str id);

/* A share in words, by fixed cut-offs; below four cases it is not put into words. */
struct words labels_share(size_t k, size_t n);
enum { LABELS_LEAST = 4, LABELS_LEAST_DRAWN = 3 };

#endif

/* The words for rules that appear in files and reports. */
#include "score/rule.h"

const char *const rule_kind_names[RULE_KIND_COUNT] = {"all_of", "any_of", "cadence", "choose",
    "content", "count", "deadline", "each", "flow", "forbid", "forbid_until", "hold", "precede",
    "respond", "sequence"};
const char *const severity_names[SEVERITY_COUNT] = {"info", "minor", "major", "critical"};
const char *const flow_check_names[FLOW_CHECK_COUNT] = {
    "tlp", "marking", "need", "over", "contradiction"};

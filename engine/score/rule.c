/* The words for rules that appear in files and reports. */
#include "score/rule.h"

const char *const rule_kind_names[RULE_KIND_COUNT] = {"each", "precede", "respond"};
const char *const severity_names[SEVERITY_COUNT] = {"info", "minor", "major", "critical"};

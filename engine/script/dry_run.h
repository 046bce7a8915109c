/* An exercise from STARTEX to its planned end, without people and without a record: does the story
 * fail, and what comes by itself?
 *
 * It is played several times: once nobody does anything; then every question is decided in its
 * first way, in its second and so on, while each seat opens what comes and sends, does and declares
 * a little of everything, so that most of what stories wait for happens once. */
#ifndef SCRIPT_DRY_RUN_H
#define SCRIPT_DRY_RUN_H

#include "base/problems.h"
#include "core/def.h"

/* Each failure is told once. ret_came (by position of the injects, all false before): what came
 * in any of the plays. The definition's story must be sound enough for script_new. */
void dry_run(const struct def *def, struct problems *problems, bool *ret_came);

#endif

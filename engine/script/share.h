/* No two stories share what one of them could change.
 *
 * A story that fails leaves no trace, and stories cannot whisper to each other behind the record's
 * back, only if each has its variables to itself. */
#ifndef SCRIPT_SHARE_H
#define SCRIPT_SHARE_H

#include "script/story.h"

/* Looks at all stories once they are known: false when two reach something that can change. */
bool share_check(struct script *script, struct sandbox_fault *ret_fault);

/* After each reaction: whether a shared helper function or pattern was replaced. Puts it back. */
bool share_restore(struct script *script, struct str *ret_name);

#endif

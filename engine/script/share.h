/* No two stories share what one of them could change.
 *
 * A story that fails leaves no trace, and stories cannot whisper to each other behind the record's
 * back, only if each has its variables to itself. */
#ifndef SCRIPT_SHARE_H
#define SCRIPT_SHARE_H

#include "script/story.h"

/* Walks all that the function on top of L's stack reaches through its variables, for the story of
 * that number; false when another story reaches it too and it can change. The function stays. */
bool share_check(struct script *script, size_t story, struct sandbox_fault *ret_fault);

void share_done(struct script *script); /* all stories are checked */

/* After each reaction: whether a shared helper function or pattern was replaced. Puts it back. */
bool share_restore(struct script *script, struct str *ret_name);

#endif

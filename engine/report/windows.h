/* What the timeline and its picture share: tracks, and windows in which something was expected. */
#ifndef REPORT_WINDOWS_H
#define REPORT_WINDOWS_H

#include "report/dossier.h"

enum windows_track { TRACK_NONE, TRACK_FRAME, TRACK_CAME, TRACK_TEAM };
enum windows_track windows_track(const struct dossier *dossier, const struct event *event);

/* Of grave rules with a time, in the rules' order; in the dossier's arena. */
size_t windows_find(struct dossier *dossier, const struct finding ***ret_windows);

#endif

/* What the sections of a report share: the report in the making and the small words. */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include "report/model.h"
#include "report/page.h"

/* A report in the making; lives as long as report_write_text. */
struct report {
    struct model model;
    struct phrase_book book;
    enum lang lang;
    struct buf *out;
    bool has_points; /* an answer lost points: what the brackets mean must be said */
};

struct str parts_say(const struct report *report, struct words words);
#define SAY(report, en, ja) parts_say((report), (struct words)WORDS(en, ja))

struct arena *parts_arena(struct report *report);
struct str parts_clock(struct report *report, int64_t ms);          /* exercise time */
struct str parts_calendar(struct report *report, int64_t story_ms); /* "Tue 2026-11-17 02:05" */
bool parts_has_calendar(const struct report *report);

void parts_heading(struct report *report, struct str text);

/* "… and 3 more: tocsin score drill-1", when something was left out. An empty command: nowhere. */
void parts_more(struct report *report, size_t count, const char *command);

/* One function a section. */
void verdicts_write(struct report *report); /* well, to improve, not counted */
void timeline_write(struct report *report);

/* What happened, with what was chosen and why: as many columns of somebody's words as given. */
struct str timeline_sentence(struct report *report, const struct event *event, int columns);

void people_write_seats(struct report *report);
void people_write_contacts(struct report *report);

#endif

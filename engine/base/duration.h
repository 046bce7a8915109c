/* Durations and calendar times as people write them. Pure arithmetic: no clock, no time zone data.
 */
#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include "base/arena.h"
#include "base/str.h"

/* "90s" "12m30s" "1h05m" "2d" "250ms" → milliseconds. Units descend, each at most once; a bare "0"
 * is allowed, other bare numbers are not. */
bool duration_parse(struct str text, int64_t *ret_ms);

/* The canonical text, which duration_parse reads back: largest unit first, no zero units:
 * "12m30s", "1h5m250ms", "0s". A negative duration gets a "-", which duration_parse refuses. */
struct str duration_format(struct arena *arena, int64_t ms);

/* "02:31" or "1:02:31": how pages and reports show exercise time; negative gets a "-". */
struct str duration_clock(struct arena *arena, int64_t ms);

/* RFC 3339 with an offset or "Z", at most three decimals, "2026-11-20T22:10:00+09:00" →
 * milliseconds since 1970 and the offset. Written with decimals only where they are not zero, and
 * with "+00:00" rather than "Z"; times outside the years 0000 to 9999 become the nearest inside. */
bool calendar_parse(struct str text, int64_t *ret_epoch_ms, int *ret_offset_minutes);
struct calendar_parts {
    int year, month, day, hour, minute;
    int weekday; /* 1 is Monday */
};
struct calendar_parts calendar_split(int64_t epoch_ms, int offset_minutes);
/* Days since 1970, as they are counted where the offset holds. */
int64_t calendar_day(int64_t epoch_ms, int offset_minutes);
int calendar_day_weekday(int64_t day);                      /* 1 is Monday */
bool calendar_day_parse(struct str text, int64_t *ret_day); /* "2026-11-20" */

/* The same day of the month so many months on, or that month's last. */
int64_t calendar_day_add_months(int64_t day, int months);

struct str calendar_format(struct arena *arena, int64_t epoch_ms, int offset_minutes);

#endif

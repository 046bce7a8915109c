/* Durations and calendar times: what is read is written, and read back the same. */
#include <stdint.h>
#include <stdlib.h>

#include "base/duration.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_duration(struct str text, struct arena *arena)
{
    int64_t ms, back_ms;
    if (!duration_parse(text, &ms))
        return;
    if (!duration_parse(duration_format(arena, ms), &back_ms) || back_ms != ms)
        abort();
    (void)duration_clock(arena, ms);
}

static void check_calendar(struct str text, struct arena *arena)
{
    int64_t epoch_ms, back_ms;
    int offset_minutes, back_minutes;
    if (!calendar_parse(text, &epoch_ms, &offset_minutes))
        return;
    struct str written = calendar_format(arena, epoch_ms, offset_minutes);
    if (!calendar_parse(written, &back_ms, &back_minutes) || back_minutes != offset_minutes)
        abort();
    if (back_ms != epoch_ms)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct str text = {(const char *)data, size};
    check_duration(text, &arena);
    check_calendar(text, &arena);
    arena_fini(&arena);
    return 0;
}

/* Lines of a record that somebody else has made: whatever json_check lets through is read as an
 * event and as an input, and what was read is written back the same, or refused. */
#include <assert.h>

#include "base/json_read.h"
#include "core/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reading may drop what is empty, so the second writing is compared with the first. */
static void read_event(struct str line, struct arena *arena)
{
    struct event event, again;
    struct buf first = {0}, second = {0};
    if (event_read(line, arena, &event, NULL)) {
        event_write(&event, &first);
        bool ok = event_read(buf_str(&first), arena, &again, NULL);
        assert(ok);
        event_write(&again, &second);
        assert(str_eq(buf_str(&first), buf_str(&second)));
    }
    buf_fini(&first);
    buf_fini(&second);
}

static void read_input(struct str line, struct arena *arena)
{
    struct input input, again;
    struct buf first = {0}, second = {0};
    if (input_read(line, arena, &input, NULL)) {
        input_write(&input, &first);
        bool ok = input_read(buf_str(&first), arena, &again, NULL);
        assert(ok);
        input_write(&again, &second);
        assert(str_eq(buf_str(&first), buf_str(&second)));
    }
    buf_fini(&first);
    buf_fini(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str line = {(const char *)data, size};
    struct arena arena = {0};
    if (json_check(line, NULL)) {
        read_event(line, &arena);
        read_input(line, &arena);
    }
    arena_fini(&arena);
    return 0;
}

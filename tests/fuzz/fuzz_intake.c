/* Inputs from outside, any bytes: what is taken can be written canonically and read back the same.
 */
#include <stdint.h>
#include <stdlib.h>

#include "load/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_written(const struct input *input, struct arena *arena)
{
    struct buf once = {0}, twice = {0};
    struct input back;
    input_write(input, &once);
    if (!input_read(buf_str(&once), arena, &back, NULL))
        abort();
    input_write(&back, &twice);
    if (!str_eq(buf_str(&once), buf_str(&twice)))
        abort();
    buf_fini(&once);
    buf_fini(&twice);
}

static void check_source(struct str json, enum intake_source source)
{
    static const uint8_t salt[INTAKE_SALT_BYTES] = {1, 2, 3};
    struct arena arena = {0};
    struct intake intake;
    struct err err = {0};
    struct place place = {STR("line"), 1, 0};
    if (intake_parse(json, (struct intake_from){source, place}, &arena, &intake, &err)) {
        check_written(&intake.input, &arena);
        intake_salt(&intake, salt, &arena);
        for (size_t i = 0; i < intake.text_count; i++)
            if (intake.texts[i].ref.len != 32)
                abort();
        check_written(&intake.input, &arena);
    } else if (err.kind == ERR_NONE || err.message[0] == '\0') {
        abort();
    }
    arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str json = {(const char *)data, size};
    check_source(json, INTAKE_FILE);
    check_source(json, INTAKE_CLIENT);
    return 0;
}

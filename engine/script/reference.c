/* The reference of the story language, made from the rows that the language is made from. */
#include "lua/builtin.h"
#include "script/api.h"
#include "script/script.h"

static void write_functions(struct buf *out)
{
    for (size_t i = 0; i < api_row_count; i++) {
        const struct api_row *row = &api_rows[i];
        buf_format(out, "### `%s`\n\n%s\n\n```lua\n%s```\n\n", row->usage, row->help, row->example);
    }
}

static void write_builtins(struct buf *out)
{
    buf_format(out, "| function | gives |\n| --- | --- |\n");
    for (size_t i = 0; i < builtin_count; i++)
        buf_format(out, "| `%s` | %s |\n", builtins[i].usage, builtins[i].help);
}

void script_write_reference(struct buf *out)
{
    write_functions(out);
    buf_format(out, "### Everyday functions\n\n");
    write_builtins(out);
}

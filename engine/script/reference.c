/* The reference of the story language, made from the rows that the language is made from. */
#include "core/event.h"
#include "core/field.h"
#include "core/pattern.h"
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

static void write_patterns(struct buf *out)
{
    struct arena arena = {0};
    buf_format(
        out, "| pattern | comes when | a bare text is | conditions |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < pattern_name_count; i++) {
        const struct pattern_name *name = &pattern_names[i];
        struct strs fields = pattern_fields(name, &arena);
        buf_format(out, "| `%s` | %s | %s%s%s |", name->name, name->help,
            name->main != NULL ? "`" : "", name->main != NULL ? name->main : "–",
            name->main != NULL ? "`" : "");
        for (size_t f = 0; f < fields.count; f++)
            buf_format(out, " `%.*s`", STR_ARG(fields.items[f]));
        buf_format(out, " |\n");
    }
    arena_fini(&arena);
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
    buf_format(out, "### Patterns\n\n");
    write_patterns(out);
    buf_format(out, "\n### Other functions\n\n");
    write_builtins(out);
}

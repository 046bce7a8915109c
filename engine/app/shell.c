/* What needs no quotes is listed; all else is quoted, whatever a shell makes of it. */
#include "app/shell.h"

#include "base/buf.h"

static bool is_plain(struct str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '/' && c != '.' && c != '_' && c != '-')
            return false;
    }
    return word.len > 0;
}

/* Inside of single quotes only a single quote means anything. */
struct str shell_word(struct arena *arena, struct str word)
{
    if (is_plain(word))
        return arena_str(arena, word);
    struct buf quoted = {0};
    buf_add_char(&quoted, '\'');
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '\'')
            buf_add(&quoted, STR("'\\'"));
        buf_add_char(&quoted, word.ptr[i]);
    }
    buf_add_char(&quoted, '\'');
    struct str kept = arena_str(arena, buf_str(&quoted));
    buf_fini(&quoted);
    return kept;
}

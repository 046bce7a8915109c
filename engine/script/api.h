/* The words of the story language, as a table: one row a function. The reference in docs/story.md
 * is made from the same rows. To add a function, add a row to api.c, and the function to say.c,
 * wait.c, look.c or begin.c. */
#ifndef SCRIPT_API_H
#define SCRIPT_API_H

#include "script/story.h"

enum api_where {
    API_ANYWHERE,
    API_FILE, /* at the top level of the file only */
    API_STORY /* while a story runs only */
};

struct api_row {
    const char *name;
    lua_CFunction function;
    enum api_where where;
    /* What a first or second argument that is a text names, for check.c; OF_ANY: nothing. `knows`
     * is a pattern as well when it has one argument. */
    enum field_of of, second_of;
    const char *usage; /* how it is written */
    const char *help;
    const char *example; /* a whole story file, which the tests run */
};

extern const struct api_row api_rows[]; /* in the order of the reference */
extern const size_t api_row_count;

/* Puts the rows and the patterns into the sandbox and runs the prelude. */
bool api_init(struct script *script, struct sandbox_fault *ret_fault);

#endif

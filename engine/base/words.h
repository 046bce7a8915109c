/* The languages that every text of the product exists in. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/str.h"

enum lang { LANG_EN, LANG_JA, LANG_COUNT };

/* One text in every language. Borrows. */
struct words {
    struct str in[LANG_COUNT];
};

extern const char *const lang_names[LANG_COUNT]; /* "en", "ja" */

bool lang_from_str(struct str name, enum lang *ret_lang);

#define WORDS(en, ja)                                                                              \
    {                                                                                              \
        {                                                                                          \
            STR_INIT(en), STR_INIT(ja)                                                             \
        }                                                                                          \
    }

#endif

/* The names of the languages, as files, URLs and the lang attribute write them. */
#include "base/words.h"

const char *const lang_names[LANG_COUNT] = {
    [LANG_EN] = "en",
    [LANG_JA] = "ja",
};

bool lang_from_str(struct str name, enum lang *ret_lang)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        if (str_is(name, lang_names[i])) {
            *ret_lang = (enum lang)i;
            return true;
        }
    }
    return false;
}

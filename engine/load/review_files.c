/* The files below files/. That each is there, shown by an inject and of a kind that can be shown,
 * the loader has seen to. */
#include <string.h>

#include "load/loader.h"
#include "load/review_parts.h"

enum { LARGE_BYTES = 1024 * 1024 };

static bool ends_with(struct str text, const char *end)
{
    size_t length = strlen(end);
    return text.len >= length && memcmp(text.ptr + text.len - length, end, length) == 0;
}

/* What the first bytes of a kind are; kinds without a row are text. */
static const struct {
    const char *suffix;
    struct str magic;
} kinds[] = {
    {".png", STR_INIT("\x89PNG\r\n\x1A\n")},
    {".jpg", STR_INIT("\xFF\xD8\xFF")},
    {".jpeg", STR_INIT("\xFF\xD8\xFF")},
    {".pdf", STR_INIT("%PDF-")},
};

static bool is_what_it_says(const struct bundle_file *file)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (ends_with(file->path, kinds[i].suffix))
            return str_starts_with(file->bytes, kinds[i].magic);
    return str_is_utf8(file->bytes);
}

void review_files(const struct review *review)
{
    for (size_t i = 0; i < review->bundle->file_count; i++) {
        const struct bundle_file *file = &review->bundle->files[i];
        struct place place = {.file = loader_file_name(review->bundle, file->path, review->arena)};
        if (!str_starts_with(file->path, STR("files/")))
            continue;
        if (file->bytes.len > LARGE_BYTES)
            TELL(review, KIND_LARGE_ATTACHMENT, place,
                "this file has %zu KiB; players load it while the clock runs: shorten it, or make "
                "the picture smaller",
                file->bytes.len / 1024);
        if (!is_what_it_says(file))
            TELL(review, KIND_ATTACHMENT_CONTENT, place,
                "the content of this file is not what its name says; save it again in that format, "
                "or rename it");
    }
}

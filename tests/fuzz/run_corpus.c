/* Runs a fuzz harness over its corpus once, for builds without libFuzzer: a plain test.
 *
 * Each argument is a folder. An empty one fails, because a corpus that is gone tests nothing. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    uint8_t *data = NULL;
    size_t size = 0, got;
    do {
        data = realloc(data, size + 4096);
        if (!data)
            abort();
        got = fread(data + size, 1, 4096, file);
        size += got;
    } while (got > 0);
    fclose(file);
    /* In memory of exactly its size, so that a read behind the end is seen. */
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (!exact)
        abort();
    memcpy(exact, data, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    free(data);
    return 1;
}

static int run_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    int run_count = 0;
    struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        run_count += run_file(path);
    }
    if (dir)
        closedir(dir);
    printf("%s: %d inputs\n", folder, run_count);
    return run_count;
}

int main(int argc, char **argv)
{
    int status = argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
    for (int i = 1; i < argc; i++) {
        if (run_folder(argv[i]) == 0)
            status = EXIT_FAILURE;
    }
    return status;
}

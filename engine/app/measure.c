/* Measures for whoever watches over the program. */
#include "app/measure.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

/* Of /proc/self/statm the second number, in pages; getrusage knows only the most there ever was. */
int64_t measure_memory_bytes(void)
{
    long long all, resident;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL)
        return -1;
    int found = fscanf(file, "%lld %lld", &all, &resident);
    fclose(file);
    return found == 2 ? (int64_t)resident * sysconf(_SC_PAGESIZE) : -1;
}

int64_t measure_record_bytes(const char *path)
{
    struct arena arena = {0};
    struct stat main_file, log_file;
    int64_t bytes = -1;
    if (stat(path, &main_file) == 0)
        bytes = main_file.st_size;
    if (bytes >= 0 && stat(arena_format(&arena, "%s-wal", path).ptr, &log_file) == 0)
        bytes += log_file.st_size;
    arena_fini(&arena);
    return bytes;
}

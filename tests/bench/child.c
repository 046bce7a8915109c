#include "child.h"

#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>

#include "bench.h"

extern char **environ;

/* A benchmark that gives up leaves nothing running. */
static pid_t alive[8];
enum { MOST_ALIVE = sizeof(alive) / sizeof(alive[0]) };

static void stop_all(void)
{
    for (int i = 0; i < MOST_ALIVE; i++)
        if (alive[i] != 0)
            kill(alive[i], SIGTERM);
}

/* Puts one process in the place of another; 0 is a free place. */
static void note_alive(pid_t from, pid_t to)
{
    static bool is_asked;
    if (!is_asked)
        atexit(stop_all);
    is_asked = true;
    for (int i = 0; i < MOST_ALIVE; i++) {
        if (alive[i] == from) {
            alive[i] = to;
            return;
        }
    }
}

void child_start(char *const argv[], struct child *ret_child)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    bench_must(pipe(ends) == 0, "pipe", NULL);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    int failed = posix_spawn(&ret_child->pid, argv[0], &actions, NULL, argv, environ);
    bench_must(failed == 0, argv[0], NULL);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    note_alive(0, ret_child->pid);
    ret_child->out = ends[0];
}

int child_read(struct child *child, const char *mark, char *out, size_t room)
{
    size_t len = 0;
    out[0] = '\0';
    while (len + 1 < room) {
        ssize_t got = read(child->out, out + len, room - len - 1);
        if (got <= 0)
            return 0;
        len += (size_t)got;
        out[len] = '\0';
        const char *found = mark != NULL ? strstr(out, mark) : NULL;
        if (found != NULL && strchr(found, '\n') != NULL)
            return 1;
    }
    return 0;
}

long child_memory_kib(const struct child *child)
{
    char path[64], line[200];
    long kib = 0;
    snprintf(path, sizeof(path), "/proc/%ld/status", (long)child->pid);
    FILE *status = fopen(path, "r");
    bench_must(status != NULL, path, NULL);
    while (fgets(line, sizeof(line), status) != NULL)
        if (strncmp(line, "VmRSS:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    fclose(status);
    return kib;
}

double child_cpu(const struct child *child)
{
    char path[64], line[600] = "";
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof(path), "/proc/%ld/stat", (long)child->pid);
    FILE *stat = fopen(path, "r");
    bench_must(stat != NULL && fgets(line, sizeof(line), stat) != NULL, path, NULL);
    fclose(stat);
    /* Behind the name, which may hold anything, the state and ten numbers come first. */
    const char *rest = strrchr(line, ')');
    sscanf(rest, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

void child_stop(struct child *child)
{
    close(child->out);
    kill(child->pid, SIGTERM);
    waitpid(child->pid, NULL, 0);
    note_alive(child->pid, 0);
}

/* Children.
 *
 * fork and exec, with nothing but async-signal-safe calls in between. What is said on standard
 * error goes where ours goes: the operator reads why something failed. */
#include "app/children.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/wall.h"

enum { READS_AT_ONCE = 16 };

/* NULL when there is none for this owner. */
static struct child *find_place(struct children *children, const void *owner)
{
    struct child *place = NULL;
    int free_count = 0, own_count = 0;
    for (int i = 0; i < CHILDREN_AT_ONCE; i++) {
        struct child *child = &children->items[i];
        own_count += child->pid != 0 && child->owner == owner;
        free_count += child->pid == 0;
        if (child->pid == 0)
            place = child;
    }
    bool is_fair = own_count == 0 || (own_count < CHILDREN_OF_ONE && free_count > 1);
    return is_fair ? place : NULL;
}

/* Reading never blocks, and no other child keeps it open. */
static bool open_pipe(int fds[2])
{
    if (pipe(fds) != 0)
        return false;
    fcntl(fds[0], F_SETFL, O_NONBLOCK);
    fcntl(fds[0], F_SETFD, FD_CLOEXEC);
    fcntl(fds[1], F_SETFD, FD_CLOEXEC);
    return true;
}

static void become(int out, char *const arguments[])
{
    signal(SIGPIPE, SIG_DFL);
    if (dup2(out, STDOUT_FILENO) >= 0)
        execv("/proc/self/exe", arguments);
    _exit(127);
}

enum children_begun children_start(struct children *children, const struct children_task *task)
{
    struct child *child = find_place(children, task->owner);
    char *words[CHILDREN_ARGUMENTS + 2] = {(char *)(uintptr_t) "tocsin"};
    int fds[2];
    for (int i = 0; i < CHILDREN_ARGUMENTS && task->arguments[i] != NULL; i++)
        words[i + 1] = (char *)(uintptr_t)task->arguments[i]; /* execv changes none of it */
    if (child == NULL)
        return CHILDREN_FULL;
    if (!open_pipe(fds))
        return CHILDREN_FAILED;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        become(fds[1], words);
    close(fds[1]);
    if (pid < 0) {
        close(fds[0]);
        return CHILDREN_FAILED;
    }
    *child = (struct child){.pid = pid,
        .fd = fds[0],
        .owner = task->owner,
        .ticket = task->ticket,
        .began_ms = wall_steady_ms()};
    return CHILDREN_BEGUN;
}

nfds_t children_poll(const struct children *children, struct pollfd ret_ready[CHILDREN_AT_ONCE])
{
    nfds_t count = 0;
    for (int i = 0; i < CHILDREN_AT_ONCE; i++)
        if (children->items[i].pid != 0)
            ret_ready[count++] = (struct pollfd){.fd = children->items[i].fd, .events = POLLIN};
    return count;
}

/* False when nothing more will come. */
static bool read_some(struct child *child)
{
    char bytes[64 * 1024];
    /* Not to its end at once: whoever writes as fast as we read would hold up everybody. */
    for (int i = 0; i < READS_AT_ONCE; i++) {
        ssize_t len = read(child->fd, bytes, sizeof(bytes));
        if (len < 0)
            return errno == EAGAIN || errno == EINTR;
        if (len == 0)
            return false;
        if (child->output.len + (size_t)len > CHILDREN_OUTPUT_BYTES)
            child->is_too_long = true;
        else
            buf_add(&child->output, (struct str){bytes, (size_t)len});
    }
    return true;
}

/* It has closed its output, so it is at its end; waiting takes no time. */
static bool reap(struct child *child)
{
    int status = -1;
    pid_t ended;
    close(child->fd);
    do
        ended = waitpid(child->pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    child->pid = 0;
    return ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 && !child->is_too_long;
}

void children_collect(struct children *children, children_done *done, void *self)
{
    for (int i = 0; i < CHILDREN_AT_ONCE; i++) {
        struct child *child = &children->items[i];
        if (child->pid == 0)
            continue;
        if (child->is_too_long || wall_steady_ms() - child->began_ms > CHILDREN_PATIENCE_MS)
            kill(child->pid, SIGKILL);
        else if (read_some(child))
            continue;
        bool is_good = reap(child);
        done(self, child->ticket, is_good, is_good ? buf_str(&child->output) : STR(""));
        buf_fini(&child->output);
        *child = (struct child){0};
    }
}

void children_end(struct children *children)
{
    for (int i = 0; i < CHILDREN_AT_ONCE; i++) {
        struct child *child = &children->items[i];
        if (child->pid == 0)
            continue;
        kill(child->pid, SIGKILL);
        reap(child);
        buf_fini(&child->output);
        *child = (struct child){0};
    }
}

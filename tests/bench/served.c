#include "served.h"

#include <string.h>

#include "bench.h"

enum { LINK_BYTES = 300 }; /* what is printed about a table, and more */

void served_start_tables(
    const char *db, int tables, struct served *ret_served, struct http_session *ret_facilitators)
{
    char count[12], *const argv[] = {"build/tocsin", "serve", "--scenario", "tests/bench/drill",
                        "--home", ".", "--listen", "127.0.0.1:0", "--tables", count, "--db",
                        (char *)(uintptr_t)db, NULL};
    size_t room = ((size_t)tables + 3) * LINK_BYTES;
    char *out = calloc(1, room);
    bench_must(out != NULL, "out of memory", NULL);
    snprintf(count, sizeof(count), "%d", tables);
    bench_forget(db);
    child_start(argv, &ret_served->child);
    bench_must(child_read(&ret_served->child, "Stop with", out, room), "serve", NULL);
    const char *link = out;
    for (int i = 0; i < tables; i++) {
        link = strstr(link, "http://127.0.0.1:");
        bench_must(link != NULL, "a link for each table", NULL);
        ret_served->port = (int)strtol(link + 17, NULL, 10);
        link = strstr(link, "/join#") + 6;
        http_join(ret_served->port, link, &ret_facilitators[i]);
    }
    ret_served->facilitator = ret_facilitators[0];
    free(out);
}

void served_start(const char *db, struct served *ret_served)
{
    struct http_session facilitator;
    served_start_tables(db, 1, ret_served, &facilitator);
}

void served_stop(struct served *served)
{
    child_stop(&served->child);
}

void served_input(const struct served *served, const struct http_session *who, const char *json)
{
    struct buf answer = {0};
    http_ask(served->port, http_target(who, "inputs"), who->cookie, json, &answer);
    if (!str_starts_with(buf_str(&answer), STR("HTTP/1.1 200")))
        fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&answer)));
    bench_must(str_starts_with(buf_str(&answer), STR("HTTP/1.1 200")), json, NULL);
    buf_fini(&answer);
}

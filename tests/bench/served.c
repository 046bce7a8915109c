#include "served.h"

#include <string.h>

#include "bench.h"

void served_start(const char *db, struct served *ret_served)
{
    char out[1000], *const argv[] = {"build/tocsin", "serve", "--scenario", "tests/bench/drill",
                        "--home", ".", "--listen", "127.0.0.1:0", "--db", (char *)(uintptr_t)db,
                        NULL};
    bench_forget(db);
    child_start(argv, &ret_served->child);
    bench_must(child_read(&ret_served->child, "/join#", out, sizeof(out)), "serve", NULL);
    const char *link = strstr(out, "http://127.0.0.1:");
    ret_served->port = (int)strtol(link + 17, NULL, 10);
    http_join(ret_served->port, strstr(link, "/join#") + 6, &ret_served->facilitator);
}

void served_stop(struct served *served)
{
    child_stop(&served->child);
}

void served_input(const struct served *served, const struct http_session *who, const char *json)
{
    struct buf answer = {0};
    char target[120];
    snprintf(target, sizeof(target), "/api/1/inputs?as=%s", who->as);
    http_ask(served->port, target, who->cookie, json, &answer);
    if (!str_starts_with(buf_str(&answer), STR("HTTP/1.1 200")))
        fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&answer)));
    bench_must(str_starts_with(buf_str(&answer), STR("HTTP/1.1 200")), json, NULL);
    buf_fini(&answer);
}

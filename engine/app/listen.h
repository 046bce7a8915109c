/* Where a program is reached by browsers, as the command line says it: what serve and lead have in
 * common. */
#ifndef APP_LISTEN_H
#define APP_LISTEN_H

#include "app/command.h"
#include "web/web.h"

#define LISTEN_OPTIONS(address)                                                                    \
    {"--listen", "ADDR:PORT", address " if not given; port 0 takes a free one"},                   \
        {"--public-url", "URL", "how people reach it, for links: https://drill.example.jp"},       \
        {"--tls-cert", "FILE", "speak https with this certificate (PEM, with its chain)"},         \
    {                                                                                              \
        "--tls-key", "FILE", "and its key (PEM, without a password)"                               \
    }

/* Reads these options; the port is `port` when none is given. What was read lives in the arena. */
bool listen_read(const struct command_line *line, int port, struct arena *arena,
    struct web_options *ret_options, struct err *reterr);

#endif

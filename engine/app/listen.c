/* Reading where to listen. */
#include "app/listen.h"

#include <string.h>

#include "app/disk.h"

static bool parse_address(
    const char *text, int usual_port, struct web_options *options, struct err *reterr)
{
    struct str address, port;
    int64_t number;
    options->listen_address = STR("127.0.0.1");
    options->port = usual_port;
    if (text == NULL)
        return true;
    const char *colon = strrchr(text, ':');
    if (colon == NULL)
        return err_set(reterr, ERR_USAGE,
            "--listen wants ADDRESS:PORT, as in 127.0.0.1:%d, not \"%s\"", usual_port, text);
    address = (struct str){text, (size_t)(colon - text)};
    port = str_of(colon + 1);
    if (!str_to_int64(port, &number) || number < 0 || number > 65535)
        return err_set(reterr, ERR_USAGE, "\"%.*s\" is no port; use 0 to 65535", STR_ARG(port));
    options->listen_address = address;
    options->port = (int)number;
    return true;
}

/* Zero-terminated, as the library wants it. */
static bool read_pem(const struct command_line *line, const char *option, struct arena *arena,
    const char **ret_pem, struct err *reterr)
{
    struct str bytes;
    if (!disk_read(command_value(line, option), arena, &bytes, reterr))
        return false;
    *ret_pem = arena_format(arena, "%.*s", STR_ARG(bytes)).ptr;
    return true;
}

bool listen_read(const struct command_line *line, int port, struct arena *arena,
    struct web_options *ret_options, struct err *reterr)
{
    const char *public_url = command_value(line, "--public-url");
    bool has_tls = command_has(line, "--tls-cert");
    ret_options->public_url = str_of(public_url != NULL ? public_url : "");
    return parse_address(command_value(line, "--listen"), port, ret_options, reterr) &&
           (!has_tls ||
               (read_pem(line, "--tls-cert", arena, &ret_options->tls_certificate, reterr) &&
                   read_pem(line, "--tls-key", arena, &ret_options->tls_key, reterr)));
}

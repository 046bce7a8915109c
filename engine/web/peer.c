/* Peers.
 *
 * Hanging up is a shutdown of the socket: libmicrohttpd then sees the end of what the client sends
 * and closes by itself; it has no function to close a connection from outside. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "web/peer.h"

enum { SILENCE_MS = 30 * 1000 };

static struct peer *peer_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* A phone that leaves the network says nothing; without this its stream would be written to for a
 * quarter of an hour. */
static void limit_silence(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    unsigned patience_ms = SILENCE_MS;
    if (info)
        (void)setsockopt(
            info->connect_fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience_ms, sizeof(patience_ms));
}

static void open_peer(struct peers *peers, struct MHD_Connection *connection, void **socket_context)
{
    struct peer *peer = calloc(1, sizeof(*peer));
    if (!peer)
        abort();
    *peer = (struct peer){.next = peers->first, .connection = connection};
    peer->since_ms = peers->steady_ms(peers->clock_self);
    if (peers->first)
        peers->first->previous = peer;
    peers->first = peer;
    peers->count++;
    *socket_context = peer;
    limit_silence(connection);
}

static void close_peer(struct peers *peers, struct peer *peer)
{
    if (peer->previous)
        peer->previous->next = peer->next;
    else
        peers->first = peer->next;
    if (peer->next)
        peer->next->previous = peer->previous;
    peers->count--;
    free(peer);
}

void peer_notify(void *self, struct MHD_Connection *connection, void **socket_context,
    enum MHD_ConnectionNotificationCode what)
{
    struct peers *peers = self;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        open_peer(peers, connection, socket_context);
    } else if (*socket_context) {
        close_peer(peers, *socket_context);
        *socket_context = NULL;
    }
}

void peer_answering(struct MHD_Connection *connection, bool answering)
{
    struct peer *peer = peer_of(connection);
    if (!peer)
        return;
    if (!answering)
        peer->since_ms = INT64_MAX; /* set at the next sweep: this one need not know the time */
    peer->answering = answering;
}

void peer_address(struct MHD_Connection *connection, uint8_t ret_address[16])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    memset(ret_address, 0, 16);
    if (info && info->client_addr->sa_family == AF_INET6) {
        struct sockaddr_in6 address;
        memcpy(&address, info->client_addr, sizeof(address));
        memcpy(ret_address, &address.sin6_addr, 16);
    } else if (info && info->client_addr->sa_family == AF_INET) {
        struct sockaddr_in address;
        memcpy(&address, info->client_addr, sizeof(address));
        ret_address[10] = ret_address[11] = 0xff;
        memcpy(ret_address + 12, &address.sin_addr, 4);
    }
}

void peer_sweep(struct peers *peers)
{
    int64_t now_ms = peers->steady_ms(peers->clock_self);
    for (struct peer *peer = peers->first; peer; peer = peer->next) {
        if (peer->since_ms > now_ms)
            peer->since_ms = now_ms; /* its time has just begun */
        if (peer->answering || now_ms - peer->since_ms < PEER_PATIENCE_MS)
            continue;
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(peer->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (info)
            shutdown(info->connect_fd, SHUT_RDWR);
    }
}

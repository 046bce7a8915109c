/* The secret and what is proved with it.
 *
 * Tried and left: the secret in the record travels with it; one of the machine's own numbers is
 * missing in containers and known to everybody on the machine. */
#include "app/pass.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/wall.h"
#include "web/session.h"

enum { OWN_READ_WRITE = S_IRUSR | S_IWUSR };

static bool say(const char *path, const char *what, struct err *reterr)
{
    return err_set(reterr, ERR_IO, "%s: %s", path, what);
}

/* One that others could have written, or could read, is none. */
static bool read_secret(int fd, const char *path, struct hash *ret_secret, struct err *reterr)
{
    struct stat about;
    struct hash secret;
    if (fstat(fd, &about) != 0)
        return say(path, strerror(errno), reterr);
    if (!S_ISREG(about.st_mode) || about.st_uid != geteuid() ||
        (about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return say(path,
            "is not a file that its owner alone, who runs this program, can read; remove it, and a "
            "new one is made",
            reterr);
    if (about.st_size != HASH_BYTES || read(fd, secret.bytes, HASH_BYTES) != HASH_BYTES)
        return say(path, "does not hold what was written into it; remove it, and a new one is made",
            reterr);
    *ret_secret = secret;
    return true;
}

static bool write_secret(int fd)
{
    struct hash secret;
    wall_entropy(secret.bytes, HASH_BYTES);
    return write(fd, secret.bytes, HASH_BYTES) == HASH_BYTES && fsync(fd) == 0;
}

/* Whole or not there, and never over another one: two programs may open one record at a time. What
 * a program that died has left beside it stands in nobody's way, though in a container the next one
 * has its number again. */
static bool make_secret(const char *path, struct err *reterr)
{
    struct arena arena = {0};
    uint64_t chance;
    wall_entropy((uint8_t *)&chance, sizeof(chance));
    const char *beside = arena_format(&arena, "%s.%llx", path, (unsigned long long)chance).ptr;
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OWN_READ_WRITE);
    bool ok = fd >= 0 && write_secret(fd);
    if (fd >= 0 && close(fd) != 0)
        ok = false;
    if (ok && link(beside, path) != 0)
        ok = errno == EEXIST;
    if (!ok)
        say(path, strerror(errno), reterr);
    if (fd >= 0)
        unlink(beside);
    arena_fini(&arena);
    return ok;
}

static int open_secret(const char *path)
{
    return open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
}

bool pass_key_open(const char *db, struct pass_key *ret_key, struct err *reterr)
{
    struct arena arena = {0};
    struct pass_key key = {0};
    const char *path = arena_format(&arena, "%s-key", db).ptr;
    int fd = open_secret(path);
    if (fd < 0 && errno == ENOENT && make_secret(path, reterr))
        fd = open_secret(path);
    else if (fd < 0)
        say(path, strerror(errno), reterr);
    if (fd >= 0) {
        key.is_there = read_secret(fd, path, &key.secret, reterr);
        close(fd);
    }
    if (key.is_there)
        *ret_key = key;
    arena_fini(&arena);
    return key.is_there;
}

static struct str span(const void *bytes, size_t len)
{
    return (struct str){bytes, len};
}

static struct hash sealed(const struct pass_key *key, const struct hash *said)
{
    const struct str parts[] = {span(key->secret.bytes, HASH_BYTES), span(said->bytes, HASH_BYTES)};
    return hash_of(parts, sizeof(parts) / sizeof(*parts));
}

struct hash pass_proof(const struct pass_key *key, struct str room, const struct record_pass *pass)
{
    const struct str parts[] = {STR("pass"), room, pass->as, span(pass->cookie.bytes, HASH_BYTES),
        span(&pass->made_wall_ms, sizeof(int64_t))};
    struct hash said = hash_of(parts, sizeof(parts) / sizeof(*parts));
    return sealed(key, &said);
}

struct hash pass_code(const struct pass_key *key, struct str room)
{
    const struct str parts[] = {STR("code"), room};
    struct hash said = hash_of(parts, sizeof(parts) / sizeof(*parts));
    return sealed(key, &said);
}

int64_t pass_left_ms(const struct pass_key *key, struct str room, const struct record_pass *pass,
    int64_t now_wall_ms)
{
    struct hash proof = pass_proof(key, room, pass);
    if (!key->is_there || !hash_eq(&proof, &pass->proof))
        return 0; /* what else is in it may be anything */
    int64_t age_ms = now_wall_ms - pass->made_wall_ms;
    if (age_ms <= 0)
        return SESSION_LIFE_MS; /* the clock was put back */
    return age_ms < SESSION_LIFE_MS ? SESSION_LIFE_MS - age_ms : 0;
}

/* The organisations that the lobby offers. */
#include "app/lobby_houses.h"

#include "app/disk.h"
#include "core/organisation.h"

/* One that cannot be read is not offered; `tocsin orgs` says what is wrong with it. */
static void write_house(struct str name, const char *home, struct json_write *json)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle bundle;
    struct def def;
    if (disk_organisation(name.ptr, home, &arena, &bundle, NULL) &&
        load_organisation_alone(&bundle, name, &arena, &problems, &def)) {
        json_write_object(json);
        json_write_key_str(json, "id", name);
        json_write_key_words(json, "name", &def.organisation_profile->name);
        json_write_end(json);
    }
    problems_fini(&problems);
    arena_fini(&arena);
}

static void read_again(struct lobby_houses *houses)
{
    struct arena arena = {0};
    struct strs names = disk_organisations(houses->home, NULL, &arena);
    struct json_write json;
    buf_clear(&houses->json);
    json_write_init(&json, &houses->json);
    json_write_array(&json);
    for (size_t i = 0; i < names.count; i++)
        write_house(names.items[i], houses->home, &json);
    json_write_end(&json);
    arena_fini(&arena);
}

void lobby_houses_write(struct lobby_houses *houses, struct json_write *json)
{
    struct hash stamp = disk_organisations_stamp(houses->home);
    if (houses->json.len == 0 || !hash_eq(&stamp, &houses->stamp)) {
        houses->stamp = stamp; /* taken before: what changes meanwhile is read once more */
        read_again(houses);
    }
    json_write_raw(json, buf_str(&houses->json));
}

void lobby_houses_fini(struct lobby_houses *houses)
{
    buf_fini(&houses->json);
    *houses = (struct lobby_houses){.home = houses->home};
}

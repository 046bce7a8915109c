/* Comparing names of parties: a message to a role is a message to the seat that holds it. */
#include "score/party.h"

bool party_names_seat(struct str party, const struct def_seat *seat)
{
    return str_eq(party, seat->id) || def_seat_holds(seat, party);
}

bool party_same(const struct def *def, struct str a, struct str b)
{
    if (str_eq(a, b))
        return true;
    for (size_t i = 0; i < def->seat_count; i++)
        if (party_names_seat(a, &def->seats[i]) && party_names_seat(b, &def->seats[i]))
            return true;
    return false;
}

bool party_any(const struct def *def, struct strs a, struct strs b)
{
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++)
            if (party_same(def, a.items[i], b.items[j]))
                return true;
    return false;
}

bool party_reaches(const struct def *def, struct strs to, struct strs those)
{
    if (party_any(def, to, those))
        return true;
    for (size_t i = 0; strs_contain(to, STR("room")) && i < those.count; i++)
        for (size_t s = 0; s < def->seat_count; s++)
            if (party_names_seat(those.items[i], &def->seats[s]))
                return true;
    return false;
}

bool party_tells_itself(const struct def *def, const struct event *event)
{
    const struct str *one = &event->body.handed_off.to;
    struct strs to = event->kind == EVENT_MESSAGED     ? event->body.messaged.to
                     : event->kind == EVENT_SAID       ? event->body.said.to
                     : event->kind == EVENT_HANDED_OFF ? (struct strs){one, one->len > 0}
                                                       : (struct strs){0};
    for (size_t i = 0; i < to.count; i++)
        if (!party_same(def, to.items[i], event->actor))
            return false;
    return to.count != 0 && def_seat(def, event->actor) != NULL;
}

const struct def_seat *party_only_seat(const struct def *def, struct strs parties)
{
    const struct def_seat *only = NULL;
    for (size_t i = 0; i < parties.count; i++) {
        size_t named_count = 0;
        for (size_t s = 0; s < def->seat_count; s++) {
            if (!party_names_seat(parties.items[i], &def->seats[s]))
                continue;
            named_count++;
            if (only != NULL && only != &def->seats[s])
                return NULL;
            only = &def->seats[s];
        }
        if (named_count == 0)
            return NULL;
    }
    return only;
}

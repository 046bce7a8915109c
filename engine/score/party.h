/* Parties: who is meant by a name of a role, a seat or a stakeholder. */
#ifndef SCORE_PARTY_H
#define SCORE_PARTY_H

#include "core/event.h"

/* A seat goes by its id and by each role that it holds. */
bool party_names_seat(struct str party, const struct def_seat *seat);

bool party_same(const struct def *def, struct str a, struct str b);
bool party_any(const struct def *def, struct strs a, struct strs b); /* some of a is some of b */

/* Whether something sent to these parties comes to one of those; "room" is every seat. */
bool party_reaches(const struct def *def, struct strs to, struct strs those);

/* Whether a seat tells nobody but itself by it: whoever holds two roles writes from one to the
 * other.
 */
bool party_tells_itself(const struct def *def, const struct event *event);

/* The only seat that the parties name; NULL when they name none, several or anybody else. */
const struct def_seat *party_only_seat(const struct def *def, struct strs parties);

#endif

/* The agenda of the talk after ENDEX: the findings that matter most, at most seven. */
#ifndef SCORE_AGENDA_H
#define SCORE_AGENDA_H

#include "score/score.h"

enum { AGENDA_ITEMS = 7 };

struct agenda_item {
    const struct finding *finding;
    int knock_on; /* misses that follow from it, at first or further hand */
};

/* Borrows the findings. */
struct agenda {
    struct agenda_item items[AGENDA_ITEMS];
    size_t count;
    size_t more; /* that would stand on it if it were longer */
};

/* What was missed, whatever a ruling made of it since, then what ENDEX left open; of each the
 * gravest, then what drew most after it, then by the rules' order. What follows from another miss
 * stands with that one. */
void agenda_make(
    const struct finding *findings, size_t count, struct arena *arena, struct agenda *ret_agenda);

bool agenda_has(const struct agenda *agenda, const struct finding *finding);
void agenda_write(const struct agenda *agenda, struct json_write *json);

#endif

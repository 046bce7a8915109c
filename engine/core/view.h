/* Views: what one viewer may know of an event. A projection, not a filter.
 *
 * Which fields a viewer sees is written in the event's rows; this module finds in which relation
 * the viewer stands to it and adds what the event lets the viewer see of the scenario (the title of
 * a delivered inject, the body of an opened one). Neither sequence numbers nor causes are shown:
 * each view counts for itself, so that gaps tell nothing. */
#ifndef CORE_VIEW_H
#define CORE_VIEW_H

#include "core/state.h"

/* A lead looks at the record of all exercises and is at no table: of an event it sees nothing. */
enum viewer_kind { VIEWER_FACILITATOR, VIEWER_EVALUATOR, VIEWER_SEAT, VIEWER_BOARD, VIEWER_LEAD };

struct viewer {
    enum viewer_kind kind;
    struct str seat; /* VIEWER_SEAT */
};

/* Where free text is found by its salted hash; empty when it was forgotten. */
struct view_texts {
    void *self;
    struct str (*find)(void *self, struct str ref);
};

/* The set of SEE_ bits that hold between viewer and event; 0: the viewer must not know of it. */
unsigned view_relation(const struct state *state, struct viewer viewer, const struct event *event);

/* One viewer's look at a table. `state` is the present one: only what never changes again is looked
 * up in it. */
struct view {
    const struct state *state;
    struct viewer viewer;
    const struct view_texts *texts; /* NULL: texts are left out */
};

/* Appends one canonical object {"actor":…,"at_ms":…,"body":{…},"kind":…,"n":n,"shown":{…},…};
 * false, with nothing written, when the viewer must not know of the event. */
bool view_write(const struct view *view, const struct event *event, int64_t n, struct buf *out);

/* Whether a viewer may read a file of the scenario: the staff any attachment, a seat those of what
 * it has opened, the board those of what was read to a room that discusses. */
bool view_may_read(const struct state *state, struct viewer viewer, struct str path);

/* What a viewer may know before anything has happened, as one canonical object: title, seats,
 * roles, actions; for a seat also its own role card and the contact list; for the staff everything
 * that is written in the scenario. */
void view_write_setting(const struct state *state, struct viewer viewer, struct buf *out);

/* A question as it is shown: with its options and how long there is. */
void view_write_question(
    const struct def_question *question, bool with_owners, struct json_write *json);

#endif

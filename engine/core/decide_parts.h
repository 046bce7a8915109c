/* The parts of decide, one a file: inside core only. */
#ifndef CORE_DECIDE_PARTS_H
#define CORE_DECIDE_PARTS_H

#include "core/decide.h"

/* What one decision works with. The actor is the seat when the facilitator acts for one. */
struct decide {
    const struct state *state;
    const struct input *input;
    struct str actor;
    struct events *out;
};

/* Appends a refusal; always true, so that a decider can `return decide_refuse(...)` early. */
void decide_refuse(const struct decide *decide, enum refusal reason, struct str what);

/* Appends an event of the actor's; valid until the next append. */
struct event *decide_add(const struct decide *decide, enum event_kind kind);

/* Appends `learned` for each fact that the party does not know yet. */
void decide_teach(const struct decide *decide, struct str party, struct strs facts,
    enum source source, struct str through);

/* The same for every party in a list: roles' seats, stakeholders, "room"; but not the actor. */
void decide_teach_all(const struct decide *decide, struct strs parties, struct strs facts,
    enum source source, struct str through);

/* The facts that an inject carries, written or improvised. */
struct strs decide_inject_facts(const struct state_inject *inject);

/* The channel that an inject comes by. */
int decide_inject_via(const struct state_inject *inject);

/* Whoever passes on a fact knows it. Where the record does not say from where, it says so. */
void decide_own_up(const struct decide *decide, struct strs facts);

bool decide_opened(const struct decide *decide, const bool *opened_by); /* by the actor */
bool decide_was_sent_to(const struct decide *decide, struct str message);

/* Whether nothing goes by the input's id yet; else refuses. `taken` is the position of what does,
 * or negative. */
bool decide_id_is_free(const struct decide *decide, int taken);

/* Appends `delivered`: to the inject's audience, or to whoever sent the message that it answers;
 * valid until the next append. */
struct event *decide_deliver(
    const struct decide *decide, const struct state_inject *inject, struct str re, enum why why);

/* In a discussion what comes is read to the room: those to whom it came have opened it at once.
 * After the last change of the event. */
void decide_read_out(const struct decide *decide, const struct event *delivered);

/* Whether an action can have this target; else refuses. */
bool decide_target(const struct decide *decide, struct str action, struct str target);

bool decide_has_authority(
    const struct decide *decide, const struct def_action *action, struct str actor);

/* What follows when a stakeholder has read a message: it knows the facts, follows an order, or asks
 * on whose authority. */
void decide_read(const struct decide *decide, struct str party, const struct state_message *sent);

/* Checks every identifier in the input against state and what the actor may see of it; on failure
 * appends the refusal and is false. */
bool decide_check_ids(const struct decide *decide);

typedef void decider(const struct decide *decide);

decider decide_ack, decide_act, decide_answer, decide_check_in, decide_choose, decide_declare,
    decide_dispute, decide_handoff, decide_heard, decide_message, decide_note, decide_open,
    decide_readback, decide_receiver_test, decide_said;

decider decide_annul, decide_assign, decide_cause, decide_claim, decide_create, decide_edit,
    decide_end, decide_fault, decide_fire, decide_hint, decide_hold, decide_improvise, decide_jump,
    decide_next, decide_observe, decide_outage, decide_pace, decide_pause, decide_phase,
    decide_presence, decide_rate, decide_reply_as, decide_resume, decide_reveal, decide_ruling,
    decide_seal, decide_set, decide_skip, decide_start, decide_stop, decide_warm_up;

decider decide_hot_wash, decide_reflect, decide_share_findings, decide_withdraw;

#endif

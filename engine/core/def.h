/* What an author wrote, checked and ready to play: the definition of an exercise.
 *
 * Plain data, read only after loading. The loader builds it in one arena (lifespan: load to exit);
 * everything here borrows from that arena. Names are identifiers (str_is_id); arrays keep the
 * order of the file, which is also the order in which ties are broken. */
#ifndef CORE_DEF_H
#define CORE_DEF_H

#include "base/index.h"
#include "base/words.h"
#include "core/pattern.h"

enum { DIFFICULTY_MAX = 3 };
enum mode { MODE_DISCUSS, MODE_PACED, MODE_LIVE, MODE_COUNT };
enum need { NEED_NONE, NEED_USEFUL, NEED_MUST, NEED_NEVER, NEED_COUNT };
enum tlp { TLP_NONE, TLP_RED, TLP_AMBER_STRICT, TLP_AMBER, TLP_GREEN, TLP_CLEAR, TLP_COUNT };
enum channel {
    CHANNEL_NONE,
    CHANNEL_PHONE,
    CHANNEL_MAIL,
    CHANNEL_CHAT,
    CHANNEL_MEETING,
    CHANNEL_TICKET,
    CHANNEL_NEWS,
    CHANNEL_ALERT,
    CHANNEL_COUNT
};
enum inject_kind {
    INJECT_CONTEXTUAL,
    INJECT_EVENT,
    INJECT_CONTINGENCY,
    INJECT_COMPLEXITY,
    INJECT_INFORMATION,
    INJECT_BENIGN,
    INJECT_IMPROVISED,
    INJECT_KIND_COUNT
};

/* Where somebody outside the seats belongs; what a TLP label allows depends on it. */
enum audience {
    AUDIENCE_NONE, /* nobody said */
    AUDIENCE_OWN,  /* the own organisation */
    AUDIENCE_CLIENT,
    AUDIENCE_PARTNER,
    AUDIENCE_AUTHORITY,
    AUDIENCE_COMMUNITY,
    AUDIENCE_PUBLIC,
    AUDIENCE_COUNT
};

extern const char *const mode_names[MODE_COUNT];
extern const char *const need_names[NEED_COUNT];
extern const char *const tlp_names[TLP_COUNT];           /* "" "red" "amber-strict" ... */
extern const char *const channel_names[CHANNEL_COUNT];   /* "" "phone" "mail" ... */
extern const char *const audience_names[AUDIENCE_COUNT]; /* "" "own" "client" ... */
extern const char *const inject_kind_names[INJECT_KIND_COUNT];

/* The function of a CSIRT that a role belongs to. */
enum role_group {
    ROLE_GROUP_NONE, /* nobody said */
    ROLE_GROUP_SHARING,
    ROLE_GROUP_ANALYSIS,
    ROLE_GROUP_RESPONSE,
    ROLE_GROUP_EDUCATION,
    ROLE_GROUP_EXECUTIVE,
    ROLE_GROUP_ADMINISTRATION,
    ROLE_GROUP_OPERATION,
    ROLE_GROUP_COUNT
};
extern const char *const role_group_names[ROLE_GROUP_COUNT]; /* "" "information-sharing" ... */

/* Whom a role reports to or informs. */
struct def_whom {
    struct str role;   /* of the catalogue; empty: somebody else */
    struct words name; /* what that role, or whoever else it is, is called */
};

/* A role of the catalogue. Its lists of texts are laid out language by language. */
struct def_role {
    struct str id;
    struct words name;
    struct words card; /* what a player wants in hand; may be empty */
    bool has_seat;     /* at a table whose scenario names no seats */
    enum role_group group;
    int combined; /* roles of one number are often held together; 0: none */
    struct words purpose;
    struct strs in_peace, in_incident, decides;
    const struct def_whom *reports_to;
    size_t reports_to_count;
    const struct def_whom *informs;
    size_t inform_count;
};

/* What rules observe: a rule names it under `skills:`. */
struct def_practice {
    struct str id;
    struct words name;
};

enum skill_as { SKILL_PREREQUISITE, SKILL_ADDITIONAL, SKILL_DUTY, SKILL_AS_COUNT };
enum skill_seen { SKILL_OBSERVED, SKILL_RATED, SKILL_NOT_HERE, SKILL_SEEN_COUNT };
extern const char *const skill_as_names[SKILL_AS_COUNT];     /* "prerequisite" ... */
extern const char *const skill_seen_names[SKILL_SEEN_COUNT]; /* "observed" ... */

/* That a role needs a skill, and where that is said. */
struct def_skill_of {
    struct str role;
    enum skill_as as;
    struct str section; /* of the source */
};

/* What a role needs, and how an exercise can see it. */
struct def_skill {
    struct str id;
    struct words name;
    const struct def_skill_of *of;
    size_t of_count;
    enum skill_seen seen;
    struct strs shown_by; /* ids of practices; none unless observed */
    struct words how;
};

/* A place at the table. */
struct def_seat {
    struct str id;
    struct strs roles;     /* ids, at least one; and the ids of seats that went into this one */
    bool is_outsourced;    /* all its roles are: a firm's person sits here */
    struct str outsourced; /* to which contact of the organisation; or empty */
};

/* How a stakeholder answers one channel. */
enum answer { ANSWER_NO_CHANNEL, ANSWER_YES, ANSWER_NO, ANSWER_STALE, ANSWER_COUNT };
extern const char *const answer_names[ANSWER_COUNT]; /* "", "yes", "no", "stale" */

struct def_reach {
    enum answer answer;
    int64_t delay_ms; /* until answered, or until the caller knows that nobody will */
};

/* When somebody is there, in the scenario's calendar. */
struct def_hours {
    unsigned days;              /* bit 0 is Monday */
    int from_minute, to_minute; /* of the day; up to or before `from`: until the next day */
};

/* Anyone outside the seats. */
struct def_stakeholder {
    struct str id;
    struct words name;
    struct words contact; /* what the contact list says: number, hours */
    struct str deputy;    /* another stakeholder's id, or empty */
    enum audience audience;
    bool forwards; /* what is not answered goes on to the deputy by itself */
    struct def_reach reach[CHANNEL_COUNT];
    const struct def_hours *hours; /* none: always there */
    size_t hour_count;
    bool is_of_house;     /* the organisation's, not the scenario's own */
    bool has_after_hours; /* else calls are not answered then, and all else waits */
    struct def_reach after_hours[CHANNEL_COUNT];
};

/* What the world says about a fact from a moment on (exercise time). */
struct def_truth {
    int64_t from_ms;
    struct words text;
    bool is_true;
};

/* What a good report answers: by a fact, or by saying that it is not known. Players read the names
 * before play. */
struct def_slot {
    struct str id;
    struct words name;
};

struct def_need {
    struct str party;
    enum need need;
};

struct def_fact {
    struct str id;
    struct words text;
    struct str slot;                /* what it answers, or empty */
    struct str replaces;            /* the older card that it puts right, or empty */
    const struct def_truth *truths; /* ascending from_ms; may be empty: always true */
    size_t truth_count;
    const struct def_need *needs;
    size_t need_count;
};

struct def_option {
    struct str id;
    struct words text;
};

/* Something the table must decide; comes with an inject. */
struct def_question {
    struct str id;
    struct str inject; /* the inject that carries it */
    struct words prompt;
    struct strs owners; /* role ids that may decide; empty: any seat */
    bool stops;         /* owners follow from the organisation's authority */
    int64_t within_ms;  /* 0: no countdown */
    const struct def_option *options;
    size_t option_count;
};

enum trigger_kind {
    TRIGGER_NONE,     /* only by a story or by hand */
    TRIGGER_AT,       /* at: 12m                    exercise time */
    TRIGGER_STORY_AT, /* story_at: 2026-11-20T23:00:00+09:00   the scenario's calendar */
    TRIGGER_AFTER,    /* after: {inject: x, by: 5m} */
    TRIGGER_WHEN,     /* when: {decision: x, option: y, by: 2m} */
    TRIGGER_UNLESS    /* unless: {escalation: {to: commander}, within: 15m, of: x} */
};

/* When an inject comes by itself. */
struct def_trigger {
    enum trigger_kind kind;
    int64_t at_ms;          /* AT; STORY_AT: since the story's start */
    struct str inject;      /* AFTER: which; UNLESS: the inject it is counted from, or empty */
    int64_t by_ms;          /* AFTER: how long after; WHEN: delay; UNLESS: within */
    struct pattern pattern; /* WHEN, UNLESS */
};

/* A file that comes with an inject, a path of the bundle for each language. */
struct def_attachment {
    struct words name;
    struct str path[LANG_COUNT];
};

struct def_inject {
    struct str id;
    enum inject_kind kind;
    struct str from; /* a stakeholder, a role, or a free name that `from_name` spells out */
    struct words from_name;
    struct strs to; /* role ids */
    enum channel via;
    enum tlp tlp;
    struct words title;
    struct words body;
    struct words reason; /* contingency: why it came, for the facilitator and the report */
    struct strs facts;
    struct strs questions; /* ids of the questions it carries */
    struct strs expected;  /* what the facilitator hopes to see, never shown to players */
    struct def_trigger trigger;
    const struct def_attachment *attachments;
    size_t attachment_count;
    bool repeats;
    int level; /* 0: core; else it comes by itself only from this difficulty on */
};

struct def_action {
    struct str id;
    struct words name;
    struct strs targets;   /* ids; empty: no target */
    struct strs authority; /* parties that may do or order it; empty: anybody */
    struct strs done_by;   /* parties that can carry it out; empty: anybody */
    bool stops;            /* people's systems: authority follows from the organisation's */
};

/* A named value of the world, a system for instance. */
struct def_world {
    struct str id;
    struct str initial;
};

struct def_objective {
    struct str id;
    struct words text;
};

struct def_phase {
    struct str id;
    struct words name;
    int64_t begins_ms; /* where the calendar stands then; 0: wherever it is */
};

/* Help that an author has written down. */
struct def_hint {
    struct str id;
    struct strs to;  /* role ids */
    struct str rule; /* the rule it helps with, or empty */
    struct words text;
};

/* What texts call by {{id}}. */
struct def_name {
    struct str id;
    struct words words;
};

struct def {
    struct str id;
    struct words title;
    struct words
        overlay; /* what the overlay that was laid over it is called; empty: there is none */
    struct words summary;
    int64_t duration_ms;
    int64_t story_start_ms; /* milliseconds since 1970 */
    int story_offset_minutes;
    int pace;
    enum mode mode;
    int difficulty;                     /* 0: core injects only … 3 */
    struct str logo;                    /* a path of the bundle, or empty */
    int64_t read_base_ms, read_fact_ms; /* how long a stakeholder takes to read one message */
    const struct def_name *names;
    size_t name_count;
    struct str organisation;
    const struct organisation *organisation_profile; /* core/organisation.h; NULL: none was read */
    struct str story_source;                         /* story.lua, may be empty */
    struct str story_file;                           /* its name for messages */

    const struct def_objective *objectives;
    size_t objective_count;
    const struct def_role *roles;
    size_t role_count;
    const struct def_practice *practices; /* none: nobody wrote skills.yaml */
    size_t practice_count;
    const struct def_skill *skills;
    size_t skill_count;
    const struct def_seat *seats;
    size_t seat_count;
    const struct def_stakeholder *stakeholders;
    size_t stakeholder_count;
    const struct def_fact *facts;
    size_t fact_count;
    const struct def_inject *injects;
    size_t inject_count;
    const struct def_question *questions;
    size_t question_count;
    const struct def_action *actions;
    size_t action_count;
    const struct def_world *world;
    size_t world_count;
    const struct def_phase *phases;
    size_t phase_count;
    const struct def_slot *slots;
    size_t slot_count;
    const struct def_hint *hints;
    size_t hint_count;
    struct strs matters; /* what may be declared `of`: personal-data-breach ... */
    struct words *matter_names; /* of each; without one, its id */

    /* Positions by id, filled by def_index. */
    struct index role_index, seat_index, stakeholder_index, fact_index, inject_index,
        question_index, action_index, world_index, slot_index, hint_index;
};

/* Fills the indexes; the loader calls it once when the arrays stand. */
void def_index(struct def *def, struct arena *arena);

/* NULL when there is no such thing. */
const struct def_role *def_role(const struct def *def, struct str id);
const struct def_seat *def_seat(const struct def *def, struct str id);
const struct def_stakeholder *def_stakeholder(const struct def *def, struct str id);
const struct def_fact *def_fact(const struct def *def, struct str id);
const struct def_inject *def_inject(const struct def *def, struct str id);
const struct def_question *def_question(const struct def *def, struct str id);
const struct def_action *def_action(const struct def *def, struct str id);
const struct def_phase *def_phase(const struct def *def, struct str id);
const struct def_hint *def_hint(const struct def *def, struct str id);

/* The seat that holds a role, or NULL; a seat's own id also names it. */
const struct def_seat *def_seat_of(const struct def *def, struct str role_or_seat);
bool def_seat_holds(const struct def_seat *seat, struct str role);

/* Whether a seat (by its roles) or stakeholder is among parties. */
bool def_parties_hold(const struct def *def, struct strs parties, struct str actor);

/* A party is whoever a message can go to: a role, a stakeholder, or "room". */
bool def_is_party(const struct def *def, struct str id);
enum need def_fact_need(const struct def_fact *fact, struct str party);

/* Finds text in a table of names ("mode_names" and the like). */
bool def_name_find(const char *const *names, size_t count, struct str text, int *ret_value);

#endif

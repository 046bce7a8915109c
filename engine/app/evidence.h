/* What all exercises of a record say of skills: each table scored with the rules that it was played
 * with, or taken from the record's cache. docs/skills.md */
#ifndef APP_EVIDENCE_H
#define APP_EVIDENCE_H

#include "app/past.h"
#include "score/skill_agreement.h"
#include "score/skills.h"

/* A rule that found something, as it was pinned. */
struct evidence_rule {
    struct str id, pack, role;
    int64_t major;
    enum severity severity;
    struct strs skills;
    struct words title; /* empty unless it was missed for another cause than skill */
};

/* Findings that are scored opportunities: `count` that are alike. */
struct evidence_finding {
    int exercise; /* position */
    int64_t count;
    struct str table;
    const struct evidence_rule *rule;
    struct str role, person; /* who is credited or charged */
    enum skill_outcome outcome;
    int cause; /* -1: nobody said, or there is nothing to say */
};

/* Whose exercises are looked at, and since when. Zeroed: all. */
struct evidence_filter {
    struct str team;  /* an organisation as `tocsin list` shows it */
    int64_t since_ms; /* 0: always; else what was played from a file is left out */
    bool only_reads;  /* nothing is kept: the file is not written to */
};

/* Zeroed before evidence_gather; owns everything. */
struct evidence {
    struct arena arena;
    struct skill_exercise *exercises;
    size_t exercise_count, exercise_capacity;
    struct evidence_consent { /* of each exercise */
        bool by_person;       /* its people agreed to be looked at by person */
        int64_t entry;        /* by which it was created: who was forgotten later is nobody */
    } * consents;
    size_t consent_capacity;
    struct record_forgotten forgotten;
    struct evidence_finding *findings;
    size_t finding_count, finding_capacity;
    struct skill_rated *rated;
    size_t rated_count, rated_capacity;
    struct strs teams;        /* organisations of all ended tables, filtered out or not; with a
                                 filter of those that run as well */
    size_t table_count;       /* that were looked at */
    size_t running_count;     /* that have not ended, or were stopped */
    size_t provisional_count; /* of those looked at: ended, not sealed */
    size_t scored_count;      /* that had to be scored now */
    bool is_older;            /* the record is of a version without a cache */
    bool is_kept;             /* what was scored now is in the cache */
    struct err keep_err;      /* why not */
    struct def roles;         /* catalogue and skills of the newest exercise */
};

/* Reads every ended table; keeps what had to be scored, unless it is only to read. */
bool evidence_gather(struct evidence *evidence, const char *db,
    const struct evidence_filter *filter, struct err *reterr);
void evidence_fini(struct evidence *evidence);

/* Whether what a person showed in this exercise may be told of that person. */
bool evidence_tells(const struct evidence *evidence, int exercise, struct str person);

/* A finding is evidence of each skill that its rule names. */
size_t evidence_opportunities(
    struct evidence *evidence, struct skill_opportunity **ret_opportunities);

/* ---- the cache's text ---- */

/* Version of what it holds, and of what is made of a finding. */
enum { EVIDENCE_VERSION = 1 };

/* Scores a table and writes all that evidence_read wants. */
void evidence_write(struct past *past, struct buf *out);

/* The first number of the version of this pack of rules: 0 for a scenario's own rules. */
int64_t evidence_major(const struct past *past, struct str pack);

/* Adds a table's evidence; false when the text is none of ours. */
struct evidence_place {
    int exercise;
    struct str table;
    struct str team; /* wanted; empty: any */
};
bool evidence_read(struct evidence *evidence, const struct evidence_place *place, struct str body,
    struct str *ret_team, bool *ret_is_wanted);

#endif

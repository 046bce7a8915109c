/* Skills over many exercises: what scored opportunities say of a role, a person or the team, and
 * how sure one can be. The contract is docs/skills.md.
 *
 * Pure: the same opportunities give the same rows, in whole numbers, on every machine. */
#ifndef SCORE_SKILLS_H
#define SCORE_SKILLS_H

#include "score/skill_interval.h"
#include "score/skill_outcome.h"

enum {
    SKILLS_TARGET = 800, /* the usual one, in thousandths */
    SKILLS_SURE = 800,   /* a probability from which something is said */
    SKILLS_LEAST_COUNT = 4,
    SKILLS_LEAST_EXERCISES = 2, /* below either of which nothing is */
    SKILLS_TREND_EXERCISES = 4
};

/* An exercise as far as it matters for comparing it with others. Borrows. */
struct skill_exercise {
    struct str id, scenario;
    int64_t date_ms; /* 0: played from a file, nobody knows */
    int64_t difficulty;
    int mode;
};

/* Scored findings as evidence of one skill: `count` that are alike. Borrows. */
struct skill_opportunity {
    int exercise; /* position among the exercises */
    int64_t count;
    struct str role, person, skill;
    enum skill_outcome outcome;
    int cause; /* of a miss: enum cause; -1: nobody said */
    enum severity severity;
    struct str pack; /* of the rule, or the scenario whose own rule it is */
    int64_t major;   /* the first number of the pack's version */
};

enum skills_by { SKILLS_BY_TEAM, SKILLS_BY_ROLE, SKILLS_BY_PERSON };

struct skills_source {
    const struct skill_exercise *exercises; /* in the order in which they were played */
    size_t exercise_count;
    const struct skill_opportunity *items;
    size_t item_count;
    enum skills_by by;
    int target; /* in thousandths */
};

enum skill_word {
    SKILL_INSUFFICIENT, /* evidence */
    SKILL_UNEXPLAINED,  /* what nobody has named the cause of would change the word */
    SKILL_GAP,
    SKILL_WATCH,
    SKILL_LIKELY, /* to hold */
    SKILL_HOLDS,
    SKILL_WORD_COUNT
};
extern const char *const skill_word_names[SKILL_WORD_COUNT]; /* "insufficient-evidence" … */
extern const struct words skill_words[SKILL_WORD_COUNT];     /* for people */

/* Other reasons for which two exercises may have come out differently. */
enum skill_confound {
    CONFOUND_FAMILIAR,   /* a scenario was played before */
    CONFOUND_DIFFICULTY, /* it differs */
    CONFOUND_MODE,
    CONFOUND_PEOPLE, /* not the same persons */
    CONFOUND_HELP,
    CONFOUND_VERSIONS, /* of rules: what older ones found was set aside */
    CONFOUND_COUNT
};
extern const char *const skill_confound_names[CONFOUND_COUNT];
extern const struct words skill_confound_words[CONFOUND_COUNT];

/* One exercise's share of a row. */
struct skill_dot {
    int exercise;
    int64_t met, missed, hinted, unexplained;
};

struct skill_row {
    struct str who; /* a role's or person's id; empty: the team */
    struct str skill;
    int64_t n, met; /* of these met; unaided, and misses of skill only */
    int64_t partial, hinted;
    int64_t causes[CAUSE_COUNT]; /* of the misses */
    int64_t unexplained;         /* misses without a cause */
    int64_t set_aside;           /* found by an older major version of their rules */
    int64_t exercises;           /* that count into n */
    int rate;                    /* in thousandths; -1: n is 0 */
    struct skill_interval interval;
    int below_at_worst; /* the probability if every unexplained miss were one of skill */
    enum skill_word word;
    bool is_one_day;           /* it would be a gap, but its misses are of one exercise */
    enum severity consequence; /* of the gravest rule */
    int rising;                /* the probability that it got better; -1: nothing is said */
    unsigned confounds;        /* 1 << enum skill_confound */
    const struct skill_dot *dots;
    size_t dot_count;
};

/* Rows by who, then by skill, in the arena. */
size_t skills_find(
    const struct skills_source *source, struct arena *arena, struct skill_row **ret_rows);

/* The rows whose word is gap, then watch; the most urgent first. ret_rows has room for all. */
size_t skills_urgent(const struct skill_row *rows, size_t count, const struct skill_row **ret_rows);

/* The exercise with the most opportunities that count. NULL: none does. */
const struct skill_dot *skills_largest(const struct skill_row *row);

/* The exercise with the most misses. NULL: nothing was missed for want of skill. */
const struct skill_dot *skills_worst(const struct skill_row *row);

/* Info is 1 and critical 4, times the probability of a gap. */
int skills_urgency(const struct skill_row *row);

#endif

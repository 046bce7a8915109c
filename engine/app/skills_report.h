/* What `tocsin skills` tells, before it is put into words or JSON. docs/skills.md */
#ifndef APP_SKILLS_REPORT_H
#define APP_SKILLS_REPORT_H

#include "app/evidence.h"

/* What was missed for another reason than skill, at one table: nobody needs a second exercise to
 * mend a contact list. */
struct skills_process {
    const struct evidence_finding *finding; /* the first of them */
    int64_t count;
};

/* Why things were missed in one exercise. */
struct skills_causes {
    int exercise;
    int64_t counts[CAUSE_COUNT], unnamed;
};

/* What evaluators said of one capability. */
struct skills_rated {
    struct str capability;
    int64_t counts[RATING_COUNT], n, exercises;
};

/* A scenario, and how many of its rules are evidence of a skill of a role. */
struct skills_scenario {
    struct str id;
    int64_t rule_count;      /* that ask it of the role */
    int64_t team_rule_count; /* without a role: of whoever acts */
};

/* What a list of skills asks of the role, of which what was observed is a part. */
struct skills_asked {
    const struct def_skill *skill;
    enum skill_as as;
};

/* What can be done about a row. */
struct skills_advice {
    const struct skill_row *row;
    const struct skills_asked *asked;
    size_t asked_count;
    struct skills_scenario *scenarios; /* those that exercise it most come first */
    size_t scenario_count;
};

/* Lives in the evidence's arena. */
struct skills_report {
    struct evidence *evidence;
    enum skills_by by; /* of the rows */
    int target;
    struct skill_row *rows, *team;
    size_t row_count, team_count;
    struct skills_advice *advices; /* on the urgent rows, in their order */
    size_t advice_count;
    struct skills_process *processes; /* the gravest first */
    size_t process_count;
    struct skills_causes *causes; /* by exercise */
    size_t cause_count;
    struct skills_rated *rated; /* by capability */
    size_t rated_count;
    struct skill_agreement *agreements;
    size_t agreement_count;
    size_t persons_left_out; /* of a person: exercises that are not told by person */
    bool has_scenarios;      /* shipped ones were found */
};

/* Empty: everybody. */
struct skills_choice {
    struct str role, person;
    int target;
    const char *home; /* where scenarios/ is; NULL: wherever it is found */
};

void skills_report_make(struct evidence *evidence, const struct skills_choice *choice,
    struct skills_report *ret_report);

/* The name of a practice or skill, else its id. */
struct str skills_name(const struct evidence *evidence, struct str id, enum lang lang);

/* Rules of every scenario at home that are evidence of each advice's row. */
void skills_advise(struct skills_report *report, const char *home);

void skills_print(const struct skills_report *report, enum lang lang);
void skills_print_json(const struct skills_report *report);

#endif

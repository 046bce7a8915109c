/* A retest: ten minutes about one rule, made of a past exercise's own scenario.
 *
 * retest_family says which injects it takes, retest_compose makes the files, and the command writes
 * them. Nothing here runs a story or writes to the record. */
#ifndef APP_RETEST_H
#define APP_RETEST_H

#include "app/past.h"

enum retest_part {
    RETEST_OUT,
    RETEST_SETTING, /* comes at 0s and says where everybody is */
    RETEST_TIMED,   /* brings the rule about; comes by the clock, whatever brought it then */
    RETEST_FOLLOWS  /* comes as the scenario says, after what is kept or what the table does */
};

enum {
    RETEST_LENGTH_MS = 10 * 60 * 1000,
    RETEST_LONGEST_MS = 20 * 60 * 1000, /* where the rule's bound lies after that */
    RETEST_AFTER_MS = 60 * 1000,        /* of the bound, so that a miss is seen */
    RETEST_FIRST_MS = 30 * 1000,
    RETEST_GAP_MS = 2 * 60 * 1000,    /* at most, between what comes by the clock */
    RETEST_LAST_MS = 5 * 60 * 1000,   /* so that there is time to answer the last one */
    RETEST_WINDOW_MS = 5 * 60 * 1000, /* of a rule that gives more than the whole retest */
    RETEST_GRACE_MS = 2 * 60 * 1000,
    RETEST_TIMED_MOST = 5,
    RETEST_FOLLOWS_MOST = 6
};

/* An inject of the scenario, as it came then and as it comes in the retest. */
struct retest_inject {
    enum retest_part part;
    int64_t came_seq; /* the event; 0: it did not come */
    int64_t at_ms;    /* RETEST_TIMED */
};

/* Lives in the past's arena. */
struct retest {
    struct past *past;    /* opened; set before */
    struct str id;        /* of the new scenario; set before */
    struct bundle bundle; /* what was pinned */
    struct load_result loaded;
    const struct rule *rule;
    struct retest_inject *injects;   /* beside those of the definition */
    size_t timed[RETEST_TIMED_MOST]; /* positions, in the order in which they come */
    size_t timed_count;
    bool is_situation;         /* no inject brought the rule about; these came before what did */
    bool needs_players;        /* it begins only with something that players do */
    bool is_window_cut;        /* the rule gave more time than there is */
    struct bundle_file *files; /* made by retest_compose, with the pinned attachments */
    size_t file_count;
};

/* Finds the rule and the injects that it takes. */
bool retest_family(struct retest *retest, struct str rule, struct err *reterr);

/* Makes the files and loads them, with what was pinned beside them, to be sure of them. */
bool retest_compose(struct retest *retest, struct err *reterr);

#endif

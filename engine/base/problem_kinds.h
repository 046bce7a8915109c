/* The kinds of mistakes that can be told about an author's files, as a table: docs/check.md is made
 * of it, and a kind's id is what `tocsin check --json` calls it in every release to come. */
#ifndef BASE_PROBLEM_KINDS_H
#define BASE_PROBLEM_KINDS_H

/* An error makes a scenario unplayable, a warning is most likely a mistake, a note is worth a look.
 */
enum problem_level { PROBLEM_ERROR, PROBLEM_WARNING, PROBLEM_NOTE, PROBLEM_LEVEL_COUNT };

/* In the order of the reference: the files, names, texts, time, facts, people, the story. */
enum problem_kind {
    KIND_FORM,
    KIND_YAML,
    KIND_MISSING_FILE,
    KIND_STRAY_FILE,
    KIND_ATTACHMENT,
    KIND_UNUSED_ATTACHMENT,
    KIND_LARGE_ATTACHMENT,
    KIND_ATTACHMENT_CONTENT,
    KIND_UNKNOWN_NAME,
    KIND_DUPLICATE,
    KIND_DUPLICATE_TITLE,
    KIND_UNUSED_NAME,
    KIND_UNUSED_WORLD,
    KIND_UNREAD_ACTION,
    KIND_UNUSED_HINT,
    KIND_MISSING_LANGUAGE,
    KIND_SAME_TEXT,
    KIND_OTHER_LANGUAGE,
    KIND_MISSING_REASON,
    KIND_CIRCLE,
    KIND_UNFIRED_INJECT,
    KIND_UNASKED_QUESTION,
    KIND_UNREAD_QUESTION,
    KIND_UNREAD_OPTION,
    KIND_ABSENT_OWNER,
    KIND_UNENTERED_PHASE,
    KIND_DEAD_END,
    KIND_LATE,
    KIND_OVERLOAD,
    KIND_UNNEEDED_FACT,
    KIND_UNLEARNABLE_FACT,
    KIND_UNANSWERED_SLOT,
    KIND_UNREACHABLE,
    KIND_DEAD_RULE,
    KIND_NO_ATTENTION,
    KIND_UNHELD_ROLE,
    KIND_OPEN_LADDER,
    KIND_TELLS_ONESELF,
    KIND_STORY_SYNTAX,
    KIND_REFUSED_CONSTRUCT,
    KIND_UNKNOWN_WORD,
    KIND_UNKNOWN_FIELD,
    KIND_IMPOSSIBLE_VALUE,
    KIND_UNSET_VALUE,
    KIND_BAD_DURATION,
    KIND_NO_STORY,
    KIND_STORY_FAULT,
    PROBLEM_KIND_COUNT
};

struct problem_kind_row {
    const char *id;
    enum problem_level level;
    const char *says;   /* what was found */
    const char *why;    /* why that matters */
    const char *remedy; /* how to mend it */
};

extern const struct problem_kind_row problem_kinds[PROBLEM_KIND_COUNT];

#endif

/* A limit on everything. Each is a refusal with a sentence, never a crash. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    LIMIT_ID_BYTES = 64,
    LIMIT_TEXT_BYTES = 16 * 1024,  /* one free text of a player */
    LIMIT_INPUT_BYTES = 64 * 1024, /* one input as JSON */
    LIMIT_LIST_ITEMS = 64,         /* recipients, facts in one input */
    LIMIT_FILE_BYTES = 4 * 1024 * 1024,
    LIMIT_BUNDLE_FILES = 256,
    LIMIT_YAML_DEPTH = 16,
    LIMIT_YAML_NODES = 100000,
    LIMIT_PROBLEMS = 100,
    LIMIT_SEATS = 32,
    LIMIT_STAKEHOLDERS = 128,
    LIMIT_FACTS = 512,
    LIMIT_INJECTS = 512,
    LIMIT_RULES = 512,
    LIMIT_SKILLS = 256,      /* practices, and skills */
    LIMIT_MESSAGES = 20000,  /* messages at one table */
    LIMIT_REFLECTIONS = 12,  /* of one kind, of one actor: four evaluators share one */
    LIMIT_STEP_EVENTS = 256, /* events that one input or timer may lead to */
    LIMIT_TABLE_EVENTS = 2000000,
    LIMIT_STORIES = 64,
    LIMIT_STORY_BYTES = 128 * 1024,       /* the compiler's work grows with the square of some */
    LIMIT_STORY_INSTRUCTIONS = 200000,    /* one reaction of one story */
    LIMIT_STORY_STRING_BYTES = 16 * 1024, /* comparing two takes their bytes for one instruction */
    LIMIT_STORY_MEMORY_BYTES = 8 * 1024 * 1024,
    LIMIT_PACE = 1440, /* a story day in an exercise minute */
};

/* Thirty days, the longest that any clock of a table may run. */
#define LIMIT_EXERCISE_MS (INT64_C(30) * 24 * 3600 * 1000)

/* A day: nobody counts down to more. */
#define LIMIT_HOT_WASH_MS (INT64_C(24) * 3600 * 1000)

/* A year: the longest that a story may skip at once. */
#define LIMIT_JUMP_MS (INT64_C(366) * 24 * 3600 * 1000)

#endif

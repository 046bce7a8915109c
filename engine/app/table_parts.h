/* What the parts of a live table share: inside app/table*.c only. */
#ifndef APP_TABLE_PARTS_H
#define APP_TABLE_PARTS_H

#include "app/loaded.h"
#include "app/sent.h"
#include "app/table.h"
#include "script/script.h"

/* What was answered to an input; kept in memory, derived from the record. */
struct table_answer {
    bool refused;
    struct event_refused refusal; /* spans in the table's arena */
};

struct table {
    struct record *record;
    struct record_exercise exercise;
    struct loaded *loaded; /* shared with the exercise's other tables */
    struct arena arena;    /* the exercise's names */
    int64_t seed;
    struct str foreign;   /* why this program cannot step the record again; empty when it can */
    struct str other_lua; /* the release that the story ran with, if this program has another */

    struct script *script;
    struct machine *machine;
    struct arena memory; /* answers, what was sent: lives as long as the machine */
    struct sent sent;
    struct table_answer *answers;
    size_t answer_count, answer_capacity;
    struct str quarrel;
    int64_t clock_kept_ms;

    bool in_turn;
    struct arena turn;
    struct events events;
    struct record_input *inputs;
    size_t input_count, input_capacity;
};

/* Without a machine yet; everything else zero. */
struct table *table_new(struct record *record);

/* Copies who the table is; not the list of all its exercise's tables, which is long where there are
 * many. */
void table_note_exercise(struct table *table, const struct record_exercise *exercise);

/* Makes the machine and its story anew; mistakes in the story become problems. */
bool table_make_machine(struct table *table, struct problems *problems);

/* Forgets machine, story and answers. Definitions stay. */
void table_drop_memory(struct table *table);

/* Clears what the last turn left; nothing happens within a turn. */
void table_begin_turn(struct table *table);

/* Steps an input within the turn and notes what it was answered. */
void table_step_input(struct table *table, const struct input *input);
void table_note_answer(struct table *table, const struct event *events, size_t count, int64_t seq);

#endif

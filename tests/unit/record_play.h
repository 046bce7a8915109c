/* A small exercise, played into a record turn by turn, for the tests of engine/record. */
#ifndef UNIT_RECORD_PLAY_H
#define UNIT_RECORD_PLAY_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/record.h"

enum { PLAY_TURNS = 5, PLAY_INPUTS = 6, PLAY_EVENTS = 8 };
/* How many inputs and events there are after each turn. */
static const int play_inputs_after[PLAY_TURNS + 1] = {0, 1, 2, 3, 5, 6};
static const int play_events_after[PLAY_TURNS + 1] = {0, 1, 3, 5, 7, 8};

static const uint8_t play_salt[RECORD_SALT_BYTES] = "salt of 16 bytes";
static const char play_escalation_text[] = "事務所のPCが暗号化されています";

/* The spans of `out` must live as long as the play. */
static inline struct str play_ref(struct str field, struct str text, char out[HASH_HEX_BYTES + 1])
{
    const struct str parts[] = {{(const char *)play_salt, RECORD_SALT_BYTES}, field, text};
    struct hash hash = hash_of(parts, 3);
    return (struct str){hash_hex(&hash, out).ptr, 32};
}

struct play {
    char text_hex[HASH_HEX_BYTES + 1], reason_hex[HASH_HEX_BYTES + 1];
    struct record_text texts[2];
    struct input inputs[PLAY_INPUTS];
    struct record_input record_inputs[PLAY_INPUTS];
    struct event events[PLAY_EVENTS];
};

static inline void play_add_inputs(struct play *play)
{
    static const struct str commander[] = {STR_INIT("commander")};
    static const struct {
        enum input_kind kind;
        const char *actor, *id;
    } rows[PLAY_INPUTS] = {{INPUT_CREATE, "host", ""}, {INPUT_START, "facilitator", "s1"},
        {INPUT_MESSAGE, "poc", "m1"}, {INPUT_DECIDE, "facilitator", "d1"},
        {INPUT_SAID, "poc", "d1"}, {INPUT_END, "facilitator", "e1"}};
    for (int i = 0; i < PLAY_INPUTS; i++) {
        play->inputs[i] = (struct input){.seq = i + 1,
            .at_ms = 1000 * i,
            .observed_ms = -1,
            .story_at_ms = -1,
            .actor = str_of(rows[i].actor),
            .id = str_of(rows[i].id),
            .kind = rows[i].kind};
        play->record_inputs[i] = (struct record_input){.input = &play->inputs[i]};
    }
    play->inputs[2].body.message.text = play->texts[0].ref;
    play->inputs[2].body.message.type = MESSAGE_ESCALATION;
    play->inputs[2].body.message.to = (struct strs){commander, 1};
    play->inputs[3].body.decide.option = STR("stop");
    play->inputs[3].body.decide.question = STR("stop-server");
    play->inputs[3].body.decide.reason = play->texts[1].ref;
    play->inputs[3].proxy_for = STR("commander");
    play->inputs[3].observed_ms = 1500;
    for (int i = 0; i < 2; i++) {
        play->record_inputs[2 + i].salt = play_salt;
        play->record_inputs[2 + i].texts = &play->texts[i];
        play->record_inputs[2 + i].text_count = 1;
    }
}

static inline void play_add_events(struct play *play)
{
    static const struct str pc[] = {STR_INIT("poc"), STR_INIT("commander")};
    static const struct {
        enum event_kind kind;
        const char *actor;
        int64_t input, cause;
    } rows[PLAY_EVENTS] = {{EVENT_CREATED, "host", 1, 0}, {EVENT_STARTED, "facilitator", 2, 0},
        {EVENT_DELIVERED, "clock", 2, 2}, {EVENT_MESSAGED, "poc", 3, 3},
        {EVENT_REACHED, "commander", 0, 4}, {EVENT_DECIDED, "commander", 4, 0},
        {EVENT_SAID, "poc", 5, 0}, {EVENT_ENDED, "facilitator", 6, 0}};
    for (int i = 0; i < PLAY_EVENTS; i++)
        play->events[i] = (struct event){.seq = i + 1,
            .at_ms = 1000 * i,
            .observed_ms = 1000 * i,
            .story_ms = INT64_C(1795000000000) + 1000 * i,
            .input = rows[i].input,
            .cause = rows[i].cause,
            .actor = str_of(rows[i].actor),
            .kind = rows[i].kind};
    play->events[2].body.delivered.inject = STR("helpdesk-call");
    play->events[2].body.delivered.to = (struct strs){pc, 2};
    play->events[3].body.messaged = play->inputs[2].body.message;
    play->events[3].body.messaged.message = STR("poc-m1");
    play->events[4].body.reached.message = STR("poc-m1");
    play->events[5].body.decided = play->inputs[3].body.decide;
    play->events[5].proxy = true;
    play->events[5].observed_ms = 1500;
    play->events[6].body.said.to = (struct strs){pc, 2};
}

static inline void play_init(struct play *play)
{
    *play = (struct play){0};
    play->texts[0] = (struct record_text){
        .field = STR("text"), .body = str_of(play_escalation_text), .person = STR("p1")};
    play->texts[1] = (struct record_text){.field = STR("reason"), .body = STR("it spreads")};
    play->texts[0].ref = play_ref(play->texts[0].field, play->texts[0].body, play->text_hex);
    play->texts[1].ref = play_ref(play->texts[1].field, play->texts[1].body, play->reason_hex);
    play_add_inputs(play);
    play_add_events(play);
}

/* Turns count from 0. */
static inline struct record_turn play_turn(const struct play *play, int turn, int64_t table)
{
    return (struct record_turn){.table = table,
        .wall_ms = INT64_C(1795100000000) + turn,
        .clock_ms = 1000 * play_events_after[turn + 1],
        .inputs = play->record_inputs + play_inputs_after[turn],
        .input_count = (size_t)(play_inputs_after[turn + 1] - play_inputs_after[turn]),
        .events = play->events + play_events_after[turn],
        .event_count = (size_t)(play_events_after[turn + 1] - play_events_after[turn])};
}

static const struct record_file play_files[] = {
    {STR_INIT("scenario.yaml"), STR_INIT("title: {en: Phone tree}\n")},
    {STR_INIT("files/empty.txt"), STR_INIT("")},
};

static inline bool play_create(struct record *record, struct arena *arena,
    struct record_exercise *ret_exercise, struct err *reterr)
{
    struct record_made_of made_of = {
        .scenario = STR("phone-tree"),
        .wall_ms = INT64_C(1795000000000),
        .files = play_files,
        .file_count = 2,
    };
    if (!record_exercise_new(record, &made_of, arena, ret_exercise, reterr))
        return false;
    /* A new exercise is kept with its first turn; here that is one in which nothing happens. */
    struct record_turn nothing = {.table = ret_exercise->table};
    return record_append(record, &nothing, 1, reterr);
}

/* A further table of the exercise, likewise. */
static inline bool play_join(struct record *record, const char *exercise, struct arena *arena,
    struct record_exercise *ret_exercise, struct err *reterr)
{
    struct record_made_of made_of = {
        .scenario = STR("phone-tree"),
        .exercise = str_of(exercise),
        .wall_ms = INT64_C(1795000000000),
        .files = play_files,
        .file_count = 2,
    };
    if (!record_table_new(record, &made_of, arena, ret_exercise, reterr))
        return false;
    struct record_turn nothing = {.table = ret_exercise->table};
    return record_append(record, &nothing, 1, reterr);
}

/* ---- a folder of its own for each test ---- */

struct play_folder {
    char folder[256];
    char path[288];
};

static inline void play_folder_init(struct play_folder *at)
{
    const char *parent = getenv("TMPDIR");
    int len = snprintf(
        at->folder, sizeof(at->folder), "%s/record-XXXXXX", parent && *parent ? parent : "/tmp");
    if (len < 0 || (size_t)len >= sizeof(at->folder) || !mkdtemp(at->folder)) {
        perror(at->folder);
        abort();
    }
    snprintf(at->path, sizeof(at->path), "%s/drills.tocsin", at->folder);
}

/* Removes what is in the folder; the number of files that there were. */
static inline int play_folder_empty(const struct play_folder *at)
{
    int count = 0;
    DIR *folder = opendir(at->folder);
    if (!folder)
        abort();
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char path[sizeof(at->folder) + sizeof(entry->d_name)];
        snprintf(path, sizeof(path), "%s/%s", at->folder, entry->d_name);
        if (unlink(path) != 0)
            abort();
        count++;
    }
    closedir(folder);
    return count;
}

static inline void play_folder_fini(const struct play_folder *at)
{
    play_folder_empty(at);
    rmdir(at->folder);
}

#endif

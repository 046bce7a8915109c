/* Stories in a table: each is played twice, the second time as if taken up from the record. */
#ifndef UNIT_SCRIPT_CASES_H
#define UNIT_SCRIPT_CASES_H

#include <stdio.h>
#include <string.h>

#include "script_play.h"

#define MAIN "story('main', function()\n"
#define END "\nend)\n"

struct story_case {
    const char *story;
    struct play_input inputs[8];
    const char *told;
};

#define ESCALATE "{\"to\":[\"commander\"],\"type\":\"escalation\",\"via\":\"phone\"}"
#define NOTIFY "{\"text\":\"h\",\"to\":[\"jpcert\"],\"type\":\"notification\",\"via\":\"mail\"}"
#define SAY "{\"text\":\"h\",\"to\":[\"room\"]}"
#define DECIDE "{\"option\":\"stop\",\"question\":\"stop-file-server\"}"
#define KEEP "{\"option\":\"keep\",\"question\":\"stop-file-server\"}"

static inline void check(const struct story_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct play first, second;
        play_run(&first, cases[i].story, cases[i].inputs, NULL);
        if (strcmp(first.told.ptr, cases[i].told) != 0)
            fail_msg("%s\nexpected:\n%s\ngot:\n%s", cases[i].story, cases[i].told, first.told.ptr);
        play_run(&second, cases[i].story, cases[i].inputs, &first.events);
        assert_true(str_eq(buf_str(&first.lines), buf_str(&second.lines)));
        play_fini(&first);
        play_fini(&second);
    }
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof((cases)[0]))

#endif

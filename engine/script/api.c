/* The table, and the way into every function of it. */
#include "script/api.h"

#include <lauxlib.h>

#include "script/argument.h"
#include "script/begin.h"
#include "script/jump.h"
#include "script/look.h"
#include "script/patterns.h"
#include "script/say.h"
#include "script/wait.h"

/* The example of a row is a file of its own, so that tests can run it. */
#define EXAMPLE(...) "story(\"example\", function()\n" __VA_ARGS__ "end)\n"

const struct api_row api_rows[] = {
    {"story", begin_story, API_FILE, OF_ANY, OF_ANY, "story(\"name\", function() ... end)",
        "Begins at STARTEX and runs from top to bottom. Stories run side by side; when several "
        "answer the same event they go in the order of the file. A story that fails stops, the "
        "others go on.",
        "story(\"the night shift\", function()\n"
        "    inject \"helpdesk-call\"\n"
        "    wait \"5m\"\n"
        "    inject \"ward-complains\"\n"
        "end)\n"},
    {"on", begin_on, API_FILE, OF_ANY, OF_ANY, "on(pattern, function(event) ... end)",
        "Runs the function each time that the pattern comes, one after the other. What comes while "
        "the function itself waits passes by.",
        "on(message {to = \"press\"}, function(event)\n"
        "    if event.type == \"statement\" then inject \"reporter-calls\" end\n"
        "end)\n"},
    {"every", begin_every, API_FILE, OF_ANY, OF_ANY, "every(\"10m\", function(count) ... end)",
        "Runs the function 10, 20, 30 … minutes after STARTEX, until it returns false. `count` "
        "is 1 the first time. A time that comes while the function itself waits is left out.",
        "every(\"10m\", function(count)\n"
        "    if count > 3 or seen \"reporter-calls\" then return false end\n"
        "    inject \"ward-complains\"\n"
        "end)\n"},
    {"inject", say_inject, API_STORY, OF_INJECT, OF_ANY, "inject(\"id\", {after = \"5m\"})",
        "Sends an inject, at once or after a while. One that has already come is skipped with a "
        "note, unless it says `repeats: true`; so is one that the facilitator holds or that is "
        "above the exercise's difficulty.",
        EXAMPLE("    inject \"helpdesk-call\"\n"
                "    inject(\"ward-complains\", {after = \"5m\"})\n")},
    {"contingency", say_contingency, API_STORY, OF_INJECT, OF_ANY,
        "contingency(\"id\", \"reason\")",
        "Sends an inject that helps a team which missed something. The reason is shown to the "
        "facilitator and in the report.",
        EXAMPLE("    if not await(escalation {to = \"commander\"}, \"15m\") then\n"
                "        contingency(\"helpdesk-calls-again\", \"no escalation in 15 minutes\")\n"
                "    end\n")},
    {"ask", wait_ask, API_STORY, OF_QUESTION, OF_ANY, "ask(\"question\", \"20m\")",
        "Sends the inject that carries the question, if it has not come yet, waits, and gives the "
        "id of the option that was chosen, or nil when nobody decided in time. A decision by "
        "somebody who may not decide it is contested and does not count. Without a time it waits "
        "until the question's own countdown is over. When the inject cannot come, it gives nil at "
        "once.",
        EXAMPLE("    local choice = ask(\"stop-file-server\", \"20m\")\n"
                "    if choice == \"stop\" then\n"
                "        set(\"file-server\", \"stopped\")\n"
                "    elseif not choice then\n"
                "        contingency(\"helpdesk-calls-again\", \"nobody decided in 20 minutes\")\n"
                "    end\n")},
    {"reply", say_reply, API_STORY, OF_ANY, OF_INJECT, "reply(event, \"id\", {after = \"5m\"})",
        "Sends an inject to whoever sent the message that the event is about, instead of to its "
        "own audience. It comes as often as it is asked for.",
        "on(message {to = \"jpcert\"}, function(event)\n"
        "    reply(event, \"jpcert-received\", {after = \"2m\"})\n"
        "end)\n"},
    {"approve", say_approve, API_STORY, OF_ANY, OF_STAKEHOLDER, "approve(event, \"stakeholder\")",
        "The stakeholder approves the draft that the event is about, in a message to its sender. "
        "It must be one that the message went to.",
        "on(message {type = \"approval-request\", to = \"management\"}, function(event)\n"
        "    wait \"10m\"\n"
        "    approve(event, \"management\")\n"
        "end)\n"},
    {"hint", say_hint, API_STORY, OF_HINT, OF_ANY, "hint \"id\"",
        "Gives a hint that is written under `hints:` in scenario.yaml, to those named there.",
        EXAMPLE("    if not await(message {to = \"jpcert\"}, \"30m\") then hint \"ask-others\" "
                "end\n")},
    {"reveal", say_reveal, API_STORY, OF_FACT, OF_ROLE, "reveal(\"fact\", \"role\")",
        "Lets a role, or a list of roles, learn a fact without a message: what anybody at that "
        "place would see.",
        EXAMPLE("    wait \"15m\"\n"
                "    reveal(\"fs01-encrypted\", {\"handler\", \"commander\"})\n")},
    {"set", say_set, API_STORY, OF_WORLD, OF_ANY, "set(\"name\", \"value\")",
        "Gives a value of the world, as listed under `world:` in scenario.yaml.",
        EXAMPLE("    set(\"file-server\", \"stopped\")\n")},
    {"begin_phase", say_begin_phase, API_STORY, OF_PHASE, OF_ANY, "begin_phase \"id\"",
        "Begins a phase of the scenario; the calendar stays where it is.",
        EXAMPLE("    wait \"1h\"\n"
                "    begin_phase \"recovery\"\n")},
    {"jump", jump_calendar, API_STORY, OF_ANY, OF_ANY, "jump(\"8h\", {sheet = true})",
        "Moves the calendar on, by a duration or to where a phase begins (`begins:` in "
        "scenario.yaml), which then begins. With a sheet the clock first stands until the "
        "facilitator has taken down what was done in the hours between, and the story goes on when "
        "the sheet is closed and the calendar has moved. Without one it goes on at once. A sheet "
        "that cannot be opened, because another is open or the phase has begun, is a mistake that "
        "stops the story.",
        EXAMPLE("    wait \"40m\"\n"
                "    jump {phase = \"recovery\", sheet = true}\n"
                "    wait \"20m\"\n"
                "    jump \"2h\"\n")},
    {"finish", say_finish, API_STORY, OF_ANY, OF_ANY, "finish()", "Ends the exercise: ENDEX.",
        EXAMPLE("    wait \"2h\"\n"
                "    finish()\n")},
    {"await", wait_await, API_STORY, OF_ANY, OF_ANY, "await(pattern, \"15m\")",
        "Waits until the pattern comes and gives back the event: a table with `kind`, `actor`, "
        "`at_ms` and the event's fields, free text left out. With a time it gives up afterwards "
        "and gives nil; an event at exactly that time is still in time.",
        EXAMPLE(
            "    local choice = await(decision \"stop-file-server\", \"20m\")\n"
            "    if choice and choice.option == \"stop\" then inject \"ward-complains\" end\n")},
    {"wait", wait_for, API_STORY, OF_ANY, OF_ANY, "wait \"5m\"",
        "Waits so long. Time stands still during a pause, and in the mode `discuss` until the "
        "facilitator goes on.",
        EXAMPLE("    wait \"1m30s\"\n"
                "    inject \"helpdesk-call\"\n")},
    {"wait_until", wait_until, API_STORY, OF_ANY, OF_ANY, "wait_until \"35m\"",
        "Waits until so long after STARTEX; goes on at once when that is over.",
        EXAMPLE("    wait_until \"35m\"\n"
                "    inject \"reporter-calls\"\n")},
    {"any", patterns_any, API_ANYWHERE, OF_ANY, OF_ANY, "any(pattern, pattern, ...)",
        "A pattern that comes when one of them comes. It stands wherever a pattern can stand.",
        EXAMPLE("    local told = await(any(message {to = \"press\"}, said {to = \"press\"}), "
                "\"30m\")\n"
                "    if told then inject \"reporter-calls\" end\n")},
    {"all", patterns_all, API_ANYWHERE, OF_ANY, OF_ANY, "all(pattern, pattern, ...)",
        "A pattern that comes when each of them has come once, in whatever order; the event is the "
        "last one's. One event can be several of them.",
        EXAMPLE("    local both = all(message {to = \"legal\"}, message {to = \"jpcert\"})\n"
                "    if not await(both, \"45m\") then inject \"reporter-calls\" end\n")},
    {"happened", look_happened, API_STORY, OF_ANY, OF_ANY, "happened(pattern, since)",
        "The last event that matched, or nil; also what came while the story waited for something "
        "else. `since` is a time after STARTEX, such as \"10m\", or what `time()` gave; without it "
        "everything since STARTEX counts.",
        EXAMPLE("    wait_until \"35m\"\n"
                "    if not happened(message {to = \"press\"}, \"20m\") then\n"
                "        inject \"reporter-calls\"\n"
                "    end\n")},
    {"get", look_get, API_STORY, OF_WORLD, OF_ANY, "get \"name\"",
        "The present value of the world, which set may just have given.",
        EXAMPLE("    if get \"file-server\" == \"running\" then inject \"ward-complains\" end\n")},
    {"knows", look_knows, API_ANYWHERE, OF_ANY, OF_ANY, "knows(\"party\", \"fact\")",
        "Whether a role or stakeholder has learned a fact. With one argument, as in `knows "
        "\"fact\"`, it is the pattern.",
        EXAMPLE("    wait \"20m\"\n"
                "    if not knows(\"legal\", \"fs01-encrypted\") then inject \"reporter-calls\" "
                "end\n")},
    {"seen", look_seen, API_STORY, OF_INJECT, OF_ANY, "seen \"id\"",
        "Whether an inject has come, by whomever it was sent.",
        EXAMPLE("    wait \"10m\"\n"
                "    if not seen \"reporter-calls\" then inject \"reporter-calls\" end\n")},
    {"decided", look_decided, API_STORY, OF_QUESTION, OF_ANY, "decided \"question\"",
        "The id of the option that was chosen, or nil while the question is open. Contested "
        "decisions do not count.",
        EXAMPLE("    wait \"25m\"\n"
                "    if decided \"stop-file-server\" == \"keep\" then inject \"ward-complains\" "
                "end\n")},
    {"seated", look_seated, API_STORY, OF_ROLE, OF_ANY, "seated \"role\"",
        "Whether somebody plays the role at this table.",
        EXAMPLE("    if not seated \"legal\" then inject \"reporter-calls\" end\n")},
    {"time", look_time, API_STORY, OF_ANY, OF_ANY, "time()",
        "The exercise time, in milliseconds since STARTEX.",
        EXAMPLE("    local before = time()\n"
                "    local choice = ask(\"stop-file-server\", \"20m\")\n"
                "    if choice and time() - before < 5 * 60 * 1000 then inject \"ward-complains\" "
                "end\n")},
    {"story_time", look_story_time, API_STORY, OF_ANY, OF_ANY, "story_time()",
        "The scenario's calendar: a table with `year` `month` `day` `hour` `minute` `weekday`, "
        "where 1 is Monday.",
        EXAMPLE("    local now = story_time()\n"
                "    if now.weekday >= 6 or now.hour < 8 then inject \"helpdesk-call\" end\n")},
    {"random", look_random, API_STORY, OF_ANY, OF_ANY, "random(6)",
        "A whole number from 1 to the given one. Numbers come from the exercise's seed: another "
        "exercise, other numbers; the same exercise taken up again, the same ones.",
        EXAMPLE("    wait(random(10) .. \"m\")\n"
                "    inject \"helpdesk-call\"\n")},
    {"chance", look_chance, API_STORY, OF_ANY, OF_ANY, "chance(30)",
        "True in so many of a hundred cases.",
        EXAMPLE("    if chance(30) then inject \"ward-complains\" end\n")},
    {"pick", look_pick, API_STORY, OF_ANY, OF_ANY, "pick {\"a\", \"b\"}",
        "One item of a list, each as likely as the others.",
        EXAMPLE("    inject(pick {\"ward-complains\", \"reporter-calls\"})\n")},
};
const size_t api_row_count = sizeof(api_rows) / sizeof(api_rows[0]);

/* Is this the place for it? */
static int enter(lua_State *L)
{
    const struct api_row *row = argument_row(L);
    struct script *script = script_of(L);
    if (row->where == API_FILE && script->reaction != NULL)
        return luaL_error(
            L, "%s: this belongs at the top level of the file, not into a story", row->name);
    if (row->where == API_STORY && script->reaction == NULL)
        return luaL_error(L,
            "%s: only a story can do this; put it into story(\"name\", function() ... end)",
            row->name);
    arena_reset(&script->scratch);
    return row->function(L);
}

/* The rows come last: `knows` takes the place of its pattern. */
static int fill(lua_State *L)
{
    struct script *script = script_of(L);
    patterns_init(script);
    for (size_t i = 0; i < api_row_count; i++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)&api_rows[i]);
        lua_pushcclosure(L, enter, 1);
        sandbox_set_value(script->sandbox, api_rows[i].name);
    }
    return 0;
}

bool api_init(struct script *script, struct sandbox_fault *ret_fault)
{
    return sandbox_call(script->sandbox, fill, NULL, ret_fault) && begin_init(script, ret_fault);
}

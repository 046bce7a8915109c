/* The rows: see route_docs.h. Nothing else stands here, so that a new route is a row.
 *
 * The examples share what docs/api.md begins with: $ORIGIN, $ROOM, $CODE, the cookies in staff.jar
 * (the facilitator's) and seat.jar (the PoC's), and the shipped scenario "ransomware". */
#include "web/reply_problem.h"
#include "web/route_docs.h"

#define JSON "application/json"
#define FIELDS(...)                                                                                \
    (const struct route_field[])                                                                   \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            NULL, NULL                                                                             \
        }                                                                                          \
    }
#define PROBLEM(name) (1U << REPLY_##name)

const struct route_doc route_docs[] = {
    {"GET", "/healthz", NULL, JSON, NULL, FIELDS({"ok", "`true`"}), 0, "curl -sS $ORIGIN/healthz"},
    {"GET", "/metrics", NULL, "text/plain; version=0.0.4; charset=utf-8",
        "Prometheus's text format ([operators.md](operators.md) lists what is in it). Numbers "
        "stand for fifteen seconds. For anybody else there is nothing at this address: over the "
        "network, with a header that only proxies send (`Forwarded`, `Via`, `X-Forwarded-For` …), "
        "and under the name of `--public-url`.",
        NULL, 0, "curl -sS $ORIGIN/metrics"},
    {"GET", "/", NULL, "text/html; charset=utf-8",
        "The page itself holds nothing of the exercise; it asks for that by the routes below.",
        NULL, 0, "curl -sS \"$ORIGIN/?at=$ROOM&as=poc\""},
    {"GET", "/join", NULL, "text/html; charset=utf-8",
        "The secret stands behind `#`, which browsers keep to themselves; looking does not use it.",
        NULL, 0, "curl -sS $ORIGIN/join"},
    {"GET", "/assets/*", NULL, "text/css, text/javascript, image/svg+xml",
        "With an `ETag`; `304` when `If-None-Match` holds it.", NULL, 0,
        "curl -sS $ORIGIN/assets/page.css"},

    {"GET", "/api/1/links", NULL, JSON, NULL,
        FIELDS({"links[].as", "a seat, or `evaluator`, `board`, `facilitator`"},
            {"links[].joined", "how many browsers have joined so"},
            {"links[].link", "works once; the same is shown until it is used"},
            {"links[].open", "how many event streams are open"}),
        PROBLEM(NOT_READY),
        "curl -sS -b staff.jar \"$ORIGIN/api/1/links?at=$ROOM&as=facilitator\""},
    {"GET", "/api/1/qr/*", NULL, "image/svg+xml",
        "The path ends with whose link it is: `poc`, `board`. Looking does not use it.", NULL,
        PROBLEM(NOT_READY) | PROBLEM(NOT_FOUND),
        "curl -sS -b staff.jar \"$ORIGIN/api/1/qr/poc?at=$ROOM&as=facilitator\""},
    {"GET", "/api/1/code", NULL, JSON, NULL,
        FIELDS({"code", "eight letters and digits with a dash; case, dash and space around do not "
                        "matter when it is typed"},
            {"link", "the page where it is typed, with the code in it"},
            {"open", "whether it lets anybody in; `false`: the facilitator has closed it"}),
        0, "curl -sS -b staff.jar \"$ORIGIN/api/1/code?at=$ROOM&as=facilitator\""},
    {"GET", "/api/1/code.svg", NULL, "image/svg+xml", "The `link` of the route above.", NULL, 0,
        "curl -sS -b staff.jar \"$ORIGIN/api/1/code.svg?at=$ROOM&as=facilitator\""},
    {"POST", "/api/1/join",
        "`secret`: what stands behind `#` in a link, or the room's code; with a code `as`, the "
        "seat. Members in alphabetical order. A code without `as` is answered with the seats; a "
        "link names its seat itself, and a browser that has used it may send it again.",
        JSON,
        "`Set-Cookie: tocsin-ROOM-WHO=…; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict`, "
        "over https also `Secure`. With the code a browser takes two seats in ten minutes at most.",
        FIELDS({"as? at?", "as whom and in which room; the cookie is named after both"},
            {"page?", "where this session's page is, if it is not `/`: a lead's"},
            {"seats[].id? seats[].roles[]?", "to a code alone: the seats, with `id` and `name` of "
                                             "each role"},
            {"seats[].taken?", "whether somebody has joined there"},
            {"title?", "the scenario's, in each language"}),
        PROBLEM(BAD_BODY) | PROBLEM(LINK) | PROBLEM(SLOW_DOWN) | PROBLEM(TAKEN) | PROBLEM(FULL) |
            PROBLEM(NOT_FOUND) | PROBLEM(NOT_READY) | PROBLEM(CODE_CLOSED) | PROBLEM(TWO_SEATS),
        "curl -sS --json \"{\\\"secret\\\":\\\"$CODE\\\"}\" $ORIGIN/api/1/join\n"
        "curl -sS -c legal.jar --json \"{\\\"as\\\":\\\"legal\\\",\\\"secret\\\":\\\"$CODE\\\"}\" "
        "\\\n"
        "    $ORIGIN/api/1/join"},
    {"POST", "/api/1/code", "`open`: whether the code is to let people in. No member but this one.",
        JSON, "It stays so when the program is started again.", FIELDS({"ok", "`true`"}),
        PROBLEM(BAD_BODY) | PROBLEM(NOT_KEPT),
        "curl -sS -b staff.jar --json '{\"open\":false}' \\\n"
        "    \"$ORIGIN/api/1/code?at=$ROOM&as=facilitator\""},
    {"POST", "/api/1/free", "`as`: a seat, or `evaluator`, `board`. No member but this one.", JSON,
        "Its pages are told `freed` from now on, and its cookies stay void when the program is "
        "started again. What was done at the seat stays.",
        FIELDS({"ok", "`true`"}),
        PROBLEM(BAD_BODY) | PROBLEM(NOT_FOUND) | PROBLEM(NOT_KEPT) | PROBLEM(NOT_READY),
        "curl -sS -b staff.jar --json '{\"as\":\"legal\"}' \\\n"
        "    \"$ORIGIN/api/1/free?at=$ROOM&as=facilitator\""},
    {"GET", "/api/1/sessions", NULL, JSON,
        "Of all rooms, by the cookies that came; an empty list when there are none.",
        FIELDS({"sessions[].as sessions[].at", "as whom, in which room"},
            {"sessions[].page?", "where its page is, if it is not `/`"},
            {"sessions[].title?", "the scenario's, in each language"}),
        0, "curl -sS -b seat.jar $ORIGIN/api/1/sessions"},

    {"GET", "/api/1/lobby", NULL, JSON, NULL,
        FIELDS({"exercise", "its id in the record"},
            {"by_person", "whether everybody agreed that results are told by person"},
            {"mode difficulty pace", "as it would be played now"},
            {"organisation organisations[]", "the profile; those that could be chosen, with `id` "
                                             "and `name`"},
            {"overlay", "the name of the overlay, in each language; empty without one"},
            {"names[]", "names that can be replaced: `id` and `words`"},
            {"stakeholders[]", "people outside: `id`, `name`, `contact`, `deputy`"}),
        PROBLEM(NOT_READY),
        "curl -sS -b staff.jar \"$ORIGIN/api/1/lobby?at=$ROOM&as=facilitator\""},
    {"POST", "/api/1/lobby",
        "`by_person`, or left out to let it be; `choice`, what an overlay holds "
        "([scenarios.md](scenarios.md)); `difficulty`, 0 to 3; "
        "`mode`. No space, members in alphabetical order.",
        JSON,
        "The exercise is another one now, with an id of its own; whoever has joined stays, "
        "and event streams say so by a new `table`. A room's exercise can be made anew once in two "
        "seconds, and less often where many rooms do so, lest it holds up those who play.",
        FIELDS({"ok", "`true`"}), PROBLEM(NOT_READY) | PROBLEM(NOT_REMADE) | PROBLEM(TOO_SOON),
        "curl -sS -b staff.jar --json '{\"choice\":{},\"difficulty\":1,\"mode\":\"live\"}' \\\n"
        "    \"$ORIGIN/api/1/lobby?at=$ROOM&as=facilitator\""},
    {"GET", "/api/1/kit", NULL, "text/html; charset=utf-8",
        "One page that brings its style along. `lang=en` or `ja`; `part=role-cards`, `injects`, "
        "`handouts` or `observers`: this part only, without cover.",
        NULL, PROBLEM(NOT_FOUND) | PROBLEM(NOT_READY),
        "curl -sS -b staff.jar \\\n"
        "    \"$ORIGIN/api/1/kit?at=$ROOM&as=facilitator&lang=ja&part=role-cards\""},
    {"GET", "/api/1/sentences", NULL, JSON, NULL,
        FIELDS({"rules[].before", "what good looks like, in each language"},
            {"rules[].capability", "what it is evidence of"}),
        PROBLEM(NOT_READY), "curl -sS -b seat.jar \"$ORIGIN/api/1/sentences?at=$ROOM&as=poc\""},
    {"GET", "/api/1/setting", NULL, JSON,
        "What may be known to this viewer before anything has happened; names and texts in each "
        "language.",
        FIELDS({"as table", "as whom; the number of the table, as in the stream's clock"},
            {"setting.title setting.summary setting.scenario", "the scenario"},
            {"setting.mode setting.duration_ms setting.phases[]",
                "how it is played; players find at most the first phase, if it is public"},
            {"setting.story_start_ms setting.story_offset_minutes",
                "the story's calendar: ms since 1970, minutes east of UTC"},
            {"setting.seats[] setting.roles[] setting.seat?",
                "who sits where; the roles' cards; one's own seat"},
            {"setting.stakeholders[]? setting.ladder[]?",
                "contacts and the ladder of escalation; not for a board"},
            {"setting.actions[] setting.matters[] setting.slots[]",
                "what can be done, and for seats by whose hands, declared and filled in"},
            {"setting.refusals", "a sentence for each reason"},
            {"setting.facts[]? setting.hints[]? setting.injects[]? setting.questions[]? "
             "setting.world[]?",
                "the script, and what it calls things; for the facilitator and the evaluator "
                "alone"}),
        PROBLEM(NOT_READY), "curl -sS -b seat.jar \"$ORIGIN/api/1/setting?at=$ROOM&as=poc\""},
    {"GET", "/api/1/stream", NULL, "text/event-stream; charset=utf-8",
        "Server-Sent Events, as described above. `after=N`, or the header `Last-Event-ID: N`: go "
        "on behind event N. `page=ID`: which of the browser's pages it is, by an id that the page "
        "draws; `seen=no`: nobody looks at it.",
        NULL, PROBLEM(NOT_READY),
        "curl -sS -N -m 2 -b seat.jar \"$ORIGIN/api/1/stream?at=$ROOM&as=poc&after=0\" ||\n"
        "    [ $? -eq 28 ] # it never ends by itself; -m 2 hangs up"},
    {"POST", "/api/1/inputs",
        "One input of [events.md](events.md): `id`, `do`, and the fields of that kind.", JSON, NULL,
        FIELDS({"id", "the input's"}, {"ok", "`true`; the input is on disk"}),
        PROBLEM(BAD_BODY) | PROBLEM(BUSY) | PROBLEM(ID_USED) | PROBLEM(REFUSED) |
            PROBLEM(NOT_KEPT) | PROBLEM(NOT_READY),
        "curl -sS -b staff.jar --json '{\"do\":\"start\",\"id\":\"start-1\"}' \\\n"
        "    \"$ORIGIN/api/1/inputs?at=$ROOM&as=facilitator\""},
    {"GET", "/api/1/files/*", NULL,
        "text/plain, image/png, image/jpeg, image/svg+xml, "
        "application/pdf",
        "The path ends with that of the attachment, as an opened inject names it. The facilitator "
        "and the evaluator may read all of them, a seat what it has opened, a board none.",
        NULL, PROBLEM(NOT_FOUND) | PROBLEM(NOT_READY),
        "curl -sS -b staff.jar \\\n"
        "    \"$ORIGIN/api/1/files/files/firewall.log?at=$ROOM&as=facilitator\""},
    {"GET", "/api/1/findings", NULL, JSON,
        "A seat is told nothing before ENDEX, and then what concerns it. "
        "[commands.md](commands.md) explains the members of findings and capabilities, at `tocsin "
        "score --json`.",
        FIELDS({"ended sealed", "whether ENDEX has come; whether nothing can be added any more"},
            {"agenda[]? shared",
                "what the table talks about first; whether seats may see that, too"},
            {"findings[]?", "one for each duty that the rules found"},
            {"rules[]?", "the rules of these findings: `id`, `title`, `before`, `why`, "
                         "`capability`, `severity`, `story_time`"},
            {"capabilities[]?", "for the facilitator and the evaluator"}),
        PROBLEM(NOT_READY),
        "curl -sS -b staff.jar \"$ORIGIN/api/1/findings?at=$ROOM&as=facilitator\""},
    {"POST", "/api/1/presence",
        "`page`: the id that its stream was opened with, without it all pages of the browser; "
        "`seen`: whether somebody looks at it. A seat of which no page is seen for longer than a "
        "glance is recorded as absent in a live exercise.",
        JSON, NULL, FIELDS({"ok", "`true`"}), PROBLEM(BAD_BODY),
        "curl -sS -b seat.jar --json '{\"page\":\"p1\",\"seen\":true}' \\\n"
        "    \"$ORIGIN/api/1/presence?at=$ROOM&as=poc\""},
    {"POST", "/api/1/test/clock",
        "`at_ms`: exercise time. No member but this one. What is due until then happens first.",
        JSON, "There only in a test build that was started with `--test-clock`.",
        FIELDS({"ok", "`true`"}),
        PROBLEM(BAD_BODY) | PROBLEM(NOT_FOUND) | PROBLEM(NOT_KEPT) | PROBLEM(NOT_READY),
        "curl -sS --json '{\"at_ms\":3600000}' \"$ORIGIN/api/1/test/clock?at=$ROOM\""},
    {"GET", "/api/1/replay", NULL, JSON,
        "Who knew what when, once the exercise has ended. Times are exercise time and, as "
        "`story_ms`, the calendar's.",
        FIELDS({"end_ms", "when it ended"},
            {"facts[]", "each with its text, its truth over time, who needed it and who came to "
                        "know it, when and from where"},
            {"parties[]", "seats, and whoever was reached"},
            {"gaps[].party gaps[].fact gaps[].since_ms gaps[].until_ms?",
                "who lacked what from when to when; those that never closed come first"},
            {"moments[].actor moments[].at_ms moments[].kind moments[].story_ms",
                "what happened around it"},
            {"story[].at_ms story[].pace story[].story_ms", "how the calendar ran"}),
        PROBLEM(IN_PLAY) | PROBLEM(NOT_READY),
        "curl -sS -b staff.jar -H 'Content-Type: application/json' \\\n"
        "    -d '{\"do\":\"end\",\"id\":\"the-end\"}' \\\n"
        "    \"$ORIGIN/api/1/inputs?at=$ROOM&as=facilitator\" > answer.json\n"
        "curl -sS -b staff.jar \"$ORIGIN/api/1/replay?at=$ROOM&as=facilitator\""},
    {"GET", "/api/1/report", NULL, "text/html; charset=utf-8",
        "`format`: `text` (if not given) `html` `md` `json` `csv`; `table`, with `csv`: "
        "`decisions` "
        "`findings` `messages` `plan` `timeline`; `lang`: `en` `ja`; `pseudonyms`: `yes`. The "
        "content "
        "type follows the format. [report.md](report.md) explains it.",
        NULL,
        PROBLEM(FAILED) | PROBLEM(IN_PLAY) | PROBLEM(NOT_FOUND) | PROBLEM(NOT_READY) |
            PROBLEM(WRITING),
        "curl -sS -b staff.jar \\\n"
        "    \"$ORIGIN/api/1/report?at=$ROOM&as=facilitator&format=html&lang=ja\""},
    {"GET", "/api/1/skills", NULL, JSON,
        "What `tocsin skills --json` prints of the room's organisation; for a lead, of `team`, or "
        "of "
        "all if none is given. [skills.md](skills.md) "
        "explains every member.",
        FIELDS({"rows[]? gaps[]? rated[]? agreement[]?", "roles and skills, the gaps among them"},
            {"causes[]? process_gaps[]?", "why duties were missed, exercise by exercise"},
            {"exercises[]? tables running provisional teams[]? team?", "what was looked at"},
            {"practices[]? roles[]? skills[]?", "what ids are called: `id` and `name`"},
            {"target_permille", "the rate to reach"}),
        PROBLEM(FAILED) | PROBLEM(NOT_FOUND) | PROBLEM(WRITING),
        "curl -sS -b staff.jar \"$ORIGIN/api/1/skills?at=$ROOM&as=facilitator\""},

    {"GET", "/lead", NULL, "text/html; charset=utf-8",
        "It holds nothing of the record; it asks for that by the routes below.", NULL, 0,
        "curl -sS \"$ORIGIN/lead?at=$RECORD&as=lead\""},
    {"GET", "/api/1/programme", NULL, JSON, NULL,
        FIELDS({"db program", "the record and the program, as they were named on the line"},
            {"today", "the day in UTC"}),
        0, "curl -sS -b lead.jar \"$ORIGIN/api/1/programme?at=$RECORD&as=lead\""},
    {"GET", "/api/1/exercises", NULL, JSON,
        "What `tocsin list --json` prints; [commands.md](commands.md) explains every member. Of a "
        "running exercise no more than that is told.",
        FIELDS({"[].exercise [].scenario [].organisation [].created_wall_ms",
                   "which it is, whose, and when it was made"},
            {"[].tables[]", "its tables, with `status` and `ended`"},
            {"[].content [].overlay", "the hash of its files; whether an overlay is among them"}),
        PROBLEM(FAILED) | PROBLEM(NOT_FOUND) | PROBLEM(WRITING),
        "curl -sS -b lead.jar \"$ORIGIN/api/1/exercises?at=$RECORD&as=lead\""},
    {"GET", "/api/1/exercises/report", NULL, "text/html; charset=utf-8",
        "`exercise`: which; `format`: `text` (if not given) `html` `md` `json`; `lang`: `en` `ja`; "
        "`names=yes`: persons by name. The content type follows the format.",
        NULL, PROBLEM(FAILED) | PROBLEM(IN_PLAY) | PROBLEM(NOT_FOUND) | PROBLEM(WRITING),
        "EXERCISE=$(curl -sS -b lead.jar \"$ORIGIN/api/1/exercises?at=$RECORD&as=lead\" |\n"
        "    sed 's/.*\"exercise\":\"\\([^\"]*\\).*/\\1/')\n"
        "curl -sS -b lead.jar \\\n"
        "    \"$ORIGIN/api/1/exercises/report?at=$RECORD&as=lead&exercise=$EXERCISE&format=html\""},
    {"GET", "/api/1/readiness", NULL, JSON,
        "What `tocsin readiness --json` prints; [leads.md](leads.md) explains every member. "
        "`team`: another organisation than the newest exercise's; `names=yes`: persons by name.",
        FIELDS({"organisation tables", "whose, and how many tables were looked at"},
            {"roles[]", "who has practised which role"}, {"contacts[]", "whom they reached"}),
        PROBLEM(FAILED) | PROBLEM(NOT_FOUND) | PROBLEM(WRITING),
        "curl -sS -b lead.jar \"$ORIGIN/api/1/readiness?at=$RECORD&as=lead\""},
    {"GET", "/api/1/evidence", NULL, "text/markdown; charset=utf-8",
        "`year`: this one if not given; `format`: `md` (if not given) `json`; `lang`: `en` `ja`; "
        "`names=yes`: persons by name. [leads.md](leads.md) tells what is in it.",
        NULL, PROBLEM(FAILED) | PROBLEM(NOT_FOUND) | PROBLEM(WRITING),
        "curl -sS -b lead.jar \"$ORIGIN/api/1/evidence?at=$RECORD&as=lead&lang=ja\""},
    {"GET", "/api/1/plan/proposals", NULL, JSON,
        "`exercise`: which; it has ended. What `tocsin plan EXERCISE --propose --json` prints; "
        "[leads.md](leads.md) explains every member.",
        FIELDS(
            {"[].rule? [].title? [].severity? [].missed?", "the rule, and how often it was missed"},
            {"[].action? [].cause? [].element?", "what follows from the cause"},
            {"[].planned_as?", "the item that there is already; 0: none"}),
        PROBLEM(FAILED) | PROBLEM(IN_PLAY) | PROBLEM(NOT_FOUND) | PROBLEM(WRITING),
        "curl -sS -b lead.jar \\\n"
        "    \"$ORIGIN/api/1/plan/proposals?at=$RECORD&as=lead&exercise=$EXERCISE\" > "
        "proposals.json\n"
        "curl -sS -b lead.jar \\\n"
        "    \"$ORIGIN/api/1/plan/proposals?at=$RECORD&as=lead&exercise=$EXERCISE\""},
    {"POST", "/api/1/plan/proposals",
        "`exercise`, and `rule`, of which a proposal is. Members in alphabetical order. `lang` in "
        "the address: in which language its words are written.",
        JSON, NULL, FIELDS({"item", "the new item's number"}),
        PROBLEM(BAD_BODY) | PROBLEM(FAILED) | PROBLEM(IN_PLAY) | PROBLEM(NOT_FOUND) |
            PROBLEM(WRITING),
        "RULE=$(sed 's/.*\"rule\":\"\\([^\"]*\\).*/\\1/' proposals.json)\n"
        "curl -sS -b lead.jar --json "
        "\"{\\\"exercise\\\":\\\"$EXERCISE\\\",\\\"rule\\\":\\\"$RULE\\\"}\" \\\n"
        "    \"$ORIGIN/api/1/plan/proposals?at=$RECORD&as=lead&lang=ja\""},
    {"POST", "/api/1/plan",
        "`set`: fields of the plan ([record.md](record.md#the-improvement-plan)) that people set, "
        "each a text, empty to take it away; `item`: of which item, else a new one, and `changes`: "
        "how many changes it had when it was read, so that nobody writes over what they have not "
        "seen; `name`: the owner's, beside `set.owner`. Or `item` and `undo`: take back the item's "
        "change of that "
        "number, if it is its last. Members in alphabetical order. `field` of an error says where.",
        JSON,
        "It is on disk. `status` can be `open` `in-progress` `done` `dropped`; nobody can "
        "set `verified`, nor by which rule an item is judged.",
        FIELDS({"changes", "how many changes the item has had, this one among them"},
            {"item", "its number"}),
        PROBLEM(BAD_BODY) | PROBLEM(CHANGED) | PROBLEM(NOT_KEPT) | PROBLEM(NOT_PLANNED),
        "curl -sS -b lead.jar --json '{\"set\":{\"action\":\"Ring every number on the list\"}}' "
        "\\\n"
        "    \"$ORIGIN/api/1/plan?at=$RECORD&as=lead\"\n"
        "curl -sS -b lead.jar \\\n"
        "    --json "
        "'{\"changes\":1,\"item\":1,\"set\":{\"due\":\"2026-12-20\",\"status\":\"in-progress\"}}' "
        "\\\n"
        "    \"$ORIGIN/api/1/plan?at=$RECORD&as=lead\""},
    {"GET", "/api/1/plan", NULL, JSON,
        "What `tocsin plan --json` prints; [leads.md](leads.md) explains every member. `format`: "
        "`json` (if not given) `csv` `ics`, which are files; `lang`: `en` `ja`; `names=yes`: "
        "persons by name; `team`: an organisation's items, with those of none.",
        FIELDS({"[].id [].changes", "its number, and how many changes it has had"},
            {"[].status [].retest [].overdue", "how it stands"},
            {"[].words?", "its action and issue in both languages, while they are as proposed"},
            {"[].action [].capability [].cause [].document [].due [].element [].evidence "
             "[].exercise [].finding [].issue [].major [].note [].organisation [].owner [].pack "
             "[].rule [].start [].team",
                "its fields"}),
        PROBLEM(FAILED) | PROBLEM(NOT_FOUND) | PROBLEM(WRITING),
        "curl -sS -b lead.jar \"$ORIGIN/api/1/plan?at=$RECORD&as=lead\""},
    {"GET", "/api/1/plan/history", NULL, JSON, "`item`: of which; the first change comes first.",
        FIELDS({"[].wall_ms", "when"}, {"[].set", "what was set, by field"}),
        PROBLEM(FAILED) | PROBLEM(NOT_FOUND) | PROBLEM(WRITING),
        "curl -sS -b lead.jar \"$ORIGIN/api/1/plan/history?at=$RECORD&as=lead&item=1\""},
};
const size_t route_doc_count = sizeof(route_docs) / sizeof(*route_docs);

/* What authors are told: each mistake alone, with its place and the whole sentence. */
#include "mistakes.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD "id: tiny\ntitle: " WORDS_OF("T") "\nduration: 9m\nstory_start: 2026-11-20T22:00:00Z\n"
#define KEPT HEAD "summary: " WORDS_OF("S") "\n" PEOPLE
#define SEATED(seats) KEPT "seats: " seats "\n"
#define ANOTHER(id, rest) KEPT "- {id: " id ", name: " WORDS_OF("B") ", " rest "}\n"

static void test_yaml(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"facts.yaml", "# only a comment\n",
            "tiny/facts.yaml:0:0: this file holds nothing; write it, or delete it if it may be "
            "absent\n"},
        {"facts.yaml", "",
            "tiny/facts.yaml:0:0: this file holds nothing; write it, or delete it "
            "if it may be absent\n"},
        {"facts.yaml", "- {id: leak\n- b^: [\n",
            "^ this is not well-formed YAML: did not find expected ',' or '}', "
            "while parsing a flow mapping that begins in line 1; check indentation, quotes and "
            "brackets\n"},
        {"facts.yaml", "- a\n- text: ^\xff\n",
            "^ this is not UTF-8 text; save the file as UTF-8\n"},
        {"facts.yaml", "- a: 1\n  b: 2\n  ^a: 3\n",
            "^ \"a\" stands here twice, first in line 1; keep one of them\n"},
        {"facts.yaml", "- ^&x a\n- *x\n",
            "^ anchors (&), aliases (*) and tags (!) are not used here; write the text out, or put "
            "it in quotes if it begins with such a sign\n"},
        {"facts.yaml", "- ^!!str a\n",
            "^ anchors (&), aliases (*) and tags (!) are not used here; write the text out, or put "
            "it in quotes if it begins with such a sign\n"},
        {"facts.yaml", "[]\n---\n^[]\n", "^ one file holds one document; remove the \"---\"\n"},
        {"facts.yaml", "[[[[[[[[[[[[[[[[^[]]]]]]]]]]]]]]]]]\n",
            "^ this is nested too deeply; check indentation\n"},
        {"facts.yaml", "- ? ^[a]\n  : b\n", "^ a key must be a word, found a list\n"},
        {"facts.yaml", "- \"a\x01\"\n",
            "tiny/facts.yaml:0:0: this is not well-formed YAML: control characters are not "
            "allowed; check indentation, quotes and brackets\n"},
        {"facts.yaml", "- {id: leak, text: {en: ^\"a\\e[31mb\\x07\", ja: ^\"\\u202Eb\\u009b\"}}\n",
            "^ this text holds the control character U+001B, which could disturb terminals and "
            "pages; remove it\n"
            "^ this text holds the control character U+202E, which could disturb terminals and "
            "pages; remove it\n"},
        {"facts.yaml", "- {id: leak, text: {en: ^a\xE2\x80\xAE, ja: \"b\\tc\\nd\"}}\n",
            "^ this text holds the control character U+202E, which could disturb terminals and "
            "pages; remove it\n"},
        {"facts.yaml", "- {id: leak, text: {en: E, ja: J}, ^\"slo\\et\": x}\n",
            "^ this text holds the control character U+001B, which could disturb terminals and "
            "pages; remove it\n"
            "tiny/facts.yaml:1:46: no slot is called \"x\"\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

static void test_frame(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"scenario.yaml", "^- a\n",
            "^ expected a scenario as a mapping (key: value), found a "
            "list\n"},
        {"scenario.yaml", "^" HEAD PEOPLE, "^ a scenario needs \"summary:\", which is missing\n"},
        {"scenario.yaml", KEPT "^titel: x\n",
            "^ a scenario has no key \"titel\"; did you mean \"title\"?\n"},
        {"scenario.yaml", KEPT "^statuses: [breach]\n",
            "^ a scenario has no key \"statuses\"; did you mean \"matters\"?\n"},
        {"scenario.yaml", KEPT "mode: ^pased\n",
            "^ \"mode:\" cannot be \"pased\"; did you mean \"paced\"?\n"},
        {"scenario.yaml", KEPT "mode: ^[paced]\n", "^ \"mode:\" expects a word, found a list\n"},
        {"scenario.yaml", KEPT "pace: ^0\n",
            "^ \"pace:\" expects a whole number above zero, found \"0\"\n"},
        {"scenario.yaml", KEPT "pace: ^1441\n",
            "^ \"pace:\" is at most 1440, a day of the story in a minute\n"},
        {"scenario.yaml", KEPT "reading: {base: ^10}\n",
            "^ \"base:\" expects a length like 90s, 12m30s or 1h, found \"10\"\n"},
        {"scenario.yaml", KEPT "reading: {base: ^31d}\n",
            "^ \"base:\" is longer than thirty days\n"},
        {"scenario.yaml", KEPT "languages: ^[en]\n",
            "^ \"languages:\" must be [en, ja]; every text is in both\n"},
        {"scenario.yaml", KEPT "world: {^File Server: running}\n",
            "^ \"world:\" expects a name and a one-word value, both of a-z, 0-9, - and _, or {is: "
            "running, name: {en: …, ja: …}} in place of the value\n"},
        {"scenario.yaml", KEPT "organisation: ours\n",
            "roles/organisations/ours.yaml:0:0: this file is missing\n"},
        {"scenario.yaml", KEPT "rules: [ours]\n", "scoring/ours.yaml:0:0: this file is missing\n"},
        {"scenario.yaml", KEPT "phases: [{id: ^a b, name: " WORDS_OF("A") "}]\n",
            "^ \"a b\" cannot be a name; names are made of a-z, 0-9, - and _, begin with a letter "
            "or digit, and have at most 64 characters\n"},
        {"scenario.yaml", KEPT "matters: [a, b, ^a]\n",
            "^ \"a\" stands twice in \"matters:\"; keep one of them\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

static void test_texts(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"facts.yaml", "- {id: leak, text: ^It leaks}\n",
            "^ \"text:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
        {"facts.yaml", "- {id: leak, text: ^{en: It leaks}}\n",
            "^ \"text:\" has no text in \"ja\"; every text is written in both languages\n"},
        {"facts.yaml", "- {id: leak, text: {en: a, ^jp: b}}\n",
            "^ \"text:\" has no language \"jp\"; there is: en, ja\n"},
        {"facts.yaml", "- {id: leak, text: {en: ^'  ', ja: b}}\n",
            "^ \"text:\" expects a text in en, found nothing\n"},
        {"facts.yaml", "- {id: leak, text: " WORDS_OF("漏えい") ", needs: {poc: ^often}}\n",
            "^ how much \"poc\" needs a fact cannot be \"often\"; there is: useful, must, never\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

static void test_people(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"scenario.yaml", SEATED("[{id: a, roles: [poc, ^pok]}, {id: b, roles: commander}]"),
            "^ no role of the catalogue is called \"pok\"; did you mean \"poc\"?\n"},
        {"scenario.yaml", SEATED("^[{id: a, roles: poc}, {id: b, roles: [commander, poc]}]"),
            "^ the role \"poc\" has two seats, \"a\" and \"b\"; one must do\n"},
        {"scenario.yaml", SEATED("^[{id: poc, roles: commander}, {id: b, roles: [poc]}]"),
            "^ the seat \"poc\" is called like a role of the seat \"b\"; choose another name\n"},
        {"scenario.yaml", SEATED("[{id: a, roles: poc}, {id: ^a, roles: commander}]"),
            "^ a seat is called \"a\" already, in line 8; choose another name\n"},
        {"scenario.yaml", SEATED("[{id: a, roles: [poc, commander]}, {id: b, roles: ^[]}]"),
            "^ a seat holds at least one role; name it, or remove the seat\n"},
        {"scenario.yaml", SEATED("[{id: a, roles: commander}]"),
            "tiny/injects.yaml:1:32: the role \"poc\" has no seat in this scenario; give it one "
            "under \"seats:\" in scenario.yaml, or name somebody else\n"},
        {"scenario.yaml", ANOTHER("b", "reach: {^fax: {answer: yes}}"),
            "^ \"reach:\" has no channel \"fax\"; there is: phone, mail, chat, meeting, ticket, "
            "news, alert\n"},
        {"scenario.yaml", ANOTHER("b", "reach: {mail: {answer: ^si}}"),
            "^ \"answer:\" cannot be \"si\"; there is: yes, no, stale\n"},
        {"scenario.yaml", ANOTHER("b", "reach: ^{}"),
            "^ \"reach:\" expects channels, like {phone: {answer: yes, delay: 20s}}, found none\n"},
        {"scenario.yaml", ANOTHER("b", "deputy: ^vender, reach: {mail: {answer: no}}"),
            "^ no stakeholder is called \"vender\"; did you mean \"vendor\"?\n"},
        {"scenario.yaml",
            HEAD "summary: " WORDS_OF("S") "\nstakeholders:\n^- {id: poc, name: " WORDS_OF(
                "B") ", reach: {mail: {answer: no}}}\n- {id: vendor, name: " WORDS_OF("V") ", "
                                                                                           "reach: "
                                                                                           "{mail: "
                                                                                           "{answer"
                                                                                           ": "
                                                                                           "no}}}"
                                                                                           "\n",
            "^ \"poc\" is a stakeholder and has a seat too; rename the one or remove the other\n"},
        {"scenario.yaml",
            KEPT "- ^{id: room, name: " WORDS_OF("B") ", reach: {mail: {answer: no}}}\n",
            "^ \"room\" means somebody else here; choose another name\n"},
        {"scenario.yaml",
            KEPT "- ^{id: exercise, name: " WORDS_OF("B") ", reach: {mail: {answer: no}}}\n",
            "^ \"exercise\" means somebody else here; choose another name\n"},
        {"roles/organisations/default.yaml",
            "{id: default, name: " WORDS_OF("D") ", constituency: " WORDS_OF(
                "All") ", authority: ^advise, ladder: [{to: ^comander, when: " WORDS_OF("A") "}]}"
                                                                                             "\n",
            "^ \"authority:\" cannot be \"advise\"; did you mean \"advises\"?\n"
            "^ no role and no contact of this organisation is called \"comander\"\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

static void test_facts(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"facts.yaml", FACT "- {id: ^leak, text: " WORDS_OF("L") "}\n",
            "^ a fact is called \"leak\" already, in line 1; choose another name\n"},
        {"facts.yaml", "- {id: leak, text: " WORDS_OF("L") ", needs: {^comander: must}}\n",
            "^ no role or stakeholder is called \"comander\"; did you mean \"commander\"?\n"},
        {"facts.yaml",
            "- id: leak\n  text: " WORDS_OF("L") "\n  truth:\n"
                                                 "  ^- {from: 2m, text: " WORDS_OF(
                                                     "A") ", holds: no}\n"
                                                          "  - {from: 1m, text: " WORDS_OF(
                                                              "B") ", holds: ^maybe}\n",
            "^ the revisions of a fact stand in the order of \"from:\", each later than the one "
            "before\n"
            "^ \"holds:\" expects yes or no, found \"maybe\"\n"},
        {"facts.yaml", "^{id: leak}\n",
            "^ expected a list, each item (- ) being a fact, found a mapping (key: value)\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

#define CALL(rest) INJECT("call", rest)
#define OPTIONS ", options: [{id: a, text: " WORDS_OF("A") "}, {id: b, text: " WORDS_OF("B") "}]"
#define QUESTION(rest) "{id: q, prompt: " WORDS_OF("P") rest "}"

static void test_injects(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"injects.yaml", CALL(", facts: [^leek]"),
            "^ no fact is called \"leek\"; did you mean \"leak\"?\n"},
        {"injects.yaml", CALL(", at: 1m, when: ^{started: {}}"),
            "^ an inject comes by one of at, story_at, after, when and unless; remove \"when:\" or "
            "the other\n"},
        {"injects.yaml", CALL(", story_at: ^2026-11-20T22:09:00+09:00"),
            "^ \"story_at:\" lies before the scenario's \"story_start:\"\n"},
        {"injects.yaml", CALL(", story_at: ^tomorrow"),
            "^ \"story_at:\" expects a date and time with its offset, like "
            "2026-11-20T22:10:00+09:00, found \"tomorrow\"\n"},
        {"injects.yaml", CALL(", after: {inject: ^cal, by: 5m}"),
            "^ no inject is called \"cal\"; did you mean \"call\"?\n"},
        {"injects.yaml", CALL(", unless: ^{escalation: {to: commander}}, reason: " WORDS_OF("R")),
            "^ \"unless:\" needs \"within:\", how long to wait\n"},
        {"injects.yaml", CALL(", question: " QUESTION(OPTIONS ", owner: ^legal")),
            "^ the role \"legal\" has no seat in this scenario; give it one under \"seats:\" in "
            "scenario.yaml, or name somebody else\n"},
        {"injects.yaml",
            CALL(", question: " QUESTION(", options: ^[{id: a, text: " WORDS_OF("A") "}]")),
            "^ a question needs at least two options to choose from\n"},
        {"injects.yaml", CALL(", questions: [" QUESTION(OPTIONS) ", ^" QUESTION(OPTIONS) "]"),
            "^ a question is called \"q\" already; choose another name\n"},
        {"injects.yaml",
            "- ^{from: vendor, to: poc, via: phone, kind: contingency, title: " WORDS_OF(
                "T") ", body: " WORDS_OF("B") "}\n",
            "^ an inject needs \"id:\", which is missing\n"
            "tiny/injects.yaml:1:3: a contingency needs \"reason:\", which tells the facilitator "
            "why it came\n"},
        {"injects.yaml",
            "- ^{id: a, from: vendor, to: poc, via: phone, after: {inject: a}, title: " WORDS_OF(
                "T") ", body: " WORDS_OF("B") "}\n",
            "^ \"a\" waits for itself and never comes; check \"after:\" and \"of:\"\n"},
        {"injects.yaml",
            "- ^{id: a, from: vendor, to: poc, via: phone, at: 11m, title: " WORDS_OF(
                "T") ", body: " WORDS_OF("B") "}\n",
            "^ warning: \"a\" comes after the exercise's planned end; correct \"at:\", or "
            "\"duration:\" in scenario.yaml\n"},
        {"injects.yaml",
            "- {id: a, from: ^pres, to: poc, via: phone, title: " WORDS_OF("T") ", body: " WORDS_OF(
                "B") "}\n",
            "^ \"pres\" is no stakeholder and no role; say with \"from_name:\" how this sender is "
            "called; there is: vendor, commander, poc, legal\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

static void test_patterns(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"injects.yaml", CALL(", when: {^escalaton: {to: commander}}"),
            "^ nothing that can happen is called \"escalaton\"; did you mean \"escalation\"?\n"},
        {"injects.yaml", CALL(", when: ^{by: 2m}"),
            "^ this says nothing that can happen; expected one of ack, action, challenged, "
            "decision, "
            "declaration, delivered, ended, escalation, expired, forwarded, handoff, heard, knows, "
            "message, note, opened, phase, reached, readback, said, started, unreached\n"},
        {"injects.yaml", CALL(", when: ^started"),
            "^ expected what must happen, like {decision: stop-it, option: stop}, found a text\n"},
        {"injects.yaml", CALL(", when: {started: ^now}"),
            "^ \"started:\" stands alone, without a value\n"},
        {"injects.yaml", CALL(", when: {message: {^two: commander}}"),
            "^ \"message\" has no condition \"two\"; did you mean \"to\"?\n"},
        {"injects.yaml", CALL(", when: {message: {by: poc}, ^by: commander}"),
            "^ the condition \"by\" stands there twice; keep one of them\n"},
        {"injects.yaml", CALL(", when: {^message: repot}"),
            "^ \"repot\" is not a type; did you mean \"report\"?\n"},
        {"injects.yaml", CALL(", when: {message: {to: ^[]}}"),
            "^ expected a name or a list of them, found an empty list\n"},
        {"injects.yaml", CALL(", when: {escalation: {to: [commander, ^vendr]}}"),
            "^ no role or stakeholder is called \"vendr\"; did you mean \"vendor\"?\n"},
        {"injects.yaml", CALL(", when: {escalation: ^legal}"),
            "^ the role \"legal\" has no seat in this scenario; give it one under \"seats:\" in "
            "scenario.yaml, or name somebody else\n"},
        {"injects.yaml", CALL(", question: " QUESTION(OPTIONS) ", when: {decision: q, option: ^c}"),
            "^ no option is called \"c\"; there is: a, b\n"},
        {"injects.yaml", CALL(", when: {declaration: ^awarre}"),
            "^ no status is called \"awarre\"; did you mean \"aware\"?\n"},
        {"injects.yaml", CALL(", when: {declaration: aware, of: ^breach}"),
            "^ no thing in \"matters:\" is called \"breach\"\n"},
        {"injects.yaml", CALL(", when: {knows: leak, by: ^pok}"),
            "^ no role, seat or stakeholder is called \"pok\"; did you mean \"poc\"?\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

#define DEADLINE(anchor, bounds, rest)                                                             \
    "rules.yaml", RULE("a", ", kind: deadline, then: {message: {}}, anchors: {a: " anchor          \
                            "}, bounds: " bounds rest)
#define ALL_KNOW ", when: {knows: leak}, then: {knows: leak, by: commander}"

static void test_rules(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"rules.yaml", RULE("a", ", kind: respond, every: ^5m" ALL_KNOW),
            "^ a rule of kind respond has no \"every:\"; remove it\n"},
        {"rules.yaml", RULE("a", ", kind: ^respnd" ALL_KNOW),
            "^ \"kind:\" cannot be \"respnd\"; did you mean \"respond\"?\n"},
        {"rules.yaml", RULE("a", ", kind: precede, within: ^5m" ALL_KNOW),
            "^ a rule of kind precede has no \"within:\"; remove it\n"},
        {"rules.yaml", RULE("a", ", kind: respond, grace: ^5m" ALL_KNOW),
            "^ \"grace:\" needs \"within:\", the bound that it softens\n"},
        {"rules.yaml", RULE("a", ", kind: each, grace: ^5m" ALL_KNOW),
            "^ \"grace:\" needs \"within:\", the bound that it softens\n"},
        {"rules.yaml", RULE("a", ", kind: each, grace: 5m, when: {message: {}}, then: {ack: {}}"),
            ""},
        {"rules.yaml", RULE("a", ", kind: choose, grace: 5m, attention: 2m"), ""},
        {"rules.yaml",
            RULE("a", ", kind: each, when: ^{message: {}, attention: 3m}, then: {ack: {}}"),
            "^ \"attention:\" is for rules of kind respond, all_of or any_of that wait for knows "
            "or "
            "opened\n"},
        {"rules.yaml", RULE("a", ", kind: each, when: {message: {}}, then: {ack: {}}, match: ^to"),
            "^ \"to\" is not a single name that both \"when:\" and \"then:\" have\n"},
        {"rules.yaml", RULE("a", ", kind: respond, time: ^stroy" ALL_KNOW),
            "^ \"time:\" cannot be \"stroy\"; did you mean \"story\"?\n"},
        {"rules.yaml", RULE("a", ", kind: respond, modes: ^[lively]" ALL_KNOW),
            "^ \"modes:\" cannot be \"lively\"; did you mean \"live\"?\n"},
        {"rules.yaml", "- ^{id: a}\n",
            "^ a rule needs \"kind:\", which is missing\n"
            "tiny/rules.yaml:1:3: a rule needs \"before:\", which is missing\n"
            "tiny/rules.yaml:1:3: a rule needs \"title:\", which is missing\n"
            "tiny/rules.yaml:1:3: a rule needs \"why:\", which is missing\n"},
        {"rules.yaml", RULE("a", ", kind: ^respnd"),
            "^ \"kind:\" cannot be \"respnd\"; did you mean \"respond\"?\n"},
        {"rules.yaml", RULE("a", ", kind: respond" ALL_KNOW) RULE("a", ", kind: each" ALL_KNOW),
            "tiny/rules.yaml:2:3: a rule is called \"a\" already, in tiny/rules.yaml line 1; "
            "choose another name\n"},
        {"rules.yaml",
            RULE("a", ", kind: respond, caused_by: [b, ^c]" ALL_KNOW)
                RULE("b", ", kind: respond" ALL_KNOW),
            "tiny/rules.yaml:1:3: \"a\" is caused by \"b\", which must stand before it\n"
            "^ no rule is called \"c\"; there is: a, b\n"},
        {"rules.yaml", "^{}\n", "^ expected a list of rules, found a mapping (key: value)\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

/* What would mean nothing, or never happen, or let a rule vanish. */
static void test_rules_of_nothing(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"rules.yaml", RULE("a", ", kind: respond, within: ^0s" ALL_KNOW),
            "^ \"within:\" leaves no time, and nobody can act in none; write a length, like 5m\n"},
        {"rules.yaml",
            RULE("a", ", kind: cadence, while: {since: {message: {}}}, then: {message: {}}, "
                      "every: ^0s"),
            "^ \"every:\" leaves no time, and nobody can act in none; write a length, like 5m\n"},
        {"rules.yaml", RULE("a", ", kind: respond, within: {ladder: ^comander, else: 5m}" ALL_KNOW),
            "^ no rung, role or contact is called \"comander\"; did you mean \"commander\"?\n"},
        {"rules.yaml", RULE("a", ", kind: respond, within: {ladder: ministry}" ALL_KNOW), ""},
        {"rules.yaml", RULE("a", ", kind: respond, instead_of: ^a" ALL_KNOW),
            "^ a rule cannot take its own place; name the one whose place it takes\n"},
        {"rules.yaml", RULE("a", ", kind: forbid, never: {message: {}}, duty: ^[a]"),
            "^ a rule cannot be its own duty; name what has to be done as well\n"},
        {"rules.yaml",
            RULE("a", ", kind: all_of, when: {message: {}}, then: {reached: {}}, parties: ^[]"),
            "^ \"parties:\" names nobody; say who must be reached\n"},
        {"rules.yaml", RULE("a", ", kind: count, then: {message: {}}, count: {exactly: ^1001}"),
            "^ \"exactly:\" expects a whole number from 0 to 1000, found \"1001\"\n"},
        {"rules.yaml", RULE("a", ", kind: count, then: {message: {}}, count: ^{}"),
            "^ \"count:\" needs at_least, at_most or exactly\n"},
        {"rules.yaml", RULE("a", ", kind: choose, informed_within: ^5m"),
            "^ \"informed_within:\" needs \"informing:\", who hears of it\n"},
        {"rules.yaml", RULE("a", ", kind: choose, informing: poc, informed_within: ^0s"),
            "^ \"informed_within:\" leaves no time, and nobody can act in none; write a length, "
            "like 5m\n"},
        {"rules.yaml", RULE("a", ", kind: choose, plan: ^P"),
            "^ \"plan:\" needs \"worth:\", what it thinks of the options\n"},
        {"rules.yaml",
            RULE("a", ", kind: respond, law: {article: A, in_force: ^{from: 2026-02-01, to: "
                      "2026-01-31}}" ALL_KNOW),
            "^ \"in_force:\" ends before it begins; correct one of the days\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

static void test_deadlines(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {DEADLINE("{filed: b, ^frobnicate: yes}", "[{from: a, hours: 1}]", "")
                RULE("b", ", kind: precede" ALL_KNOW),
            "tiny/rules.yaml:1:3: \"a\" runs from \"b\", which must stand before it\n"
            "^ an anchor with \"filed:\" has no \"frobnicate\"; remove it\n"},
        {DEADLINE("{last: {message: {}}, ^whatever: 3}", "[{from: a, hours: 1}]", ""),
            "^ an anchor with \"last:\" has no \"whatever\"; remove it\n"},
        {DEADLINE("{message: {}}", "^[]", ""), "^ there is no bound here; say what is due when\n"},
        {DEADLINE("{message: {}}", "[{from: a, hours: ^0}]", ""),
            "^ \"hours:\" expects a whole number from 1 to 10000, found \"0\"\n"},
        {DEADLINE("{message: {}}", "[^{from: a, hours: 1, days: 1}]", ""),
            "^ a bound needs one of hours, days, business_days and months\n"},
        {DEADLINE("{message: {}}", "[{from: a, days: 1}]", ", roll_by: ^\"12:00\""),
            "^ \"roll_by:\" needs \"roll:\"\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

/* Which rules of a pack apply when the story begins, on 2026-11-20. */
static void test_days_in_force(void **state)
{
    (void)state;
    static const struct {
        const char *pack, *rule;
        size_t count;
        bool is_idle;
    } rows[] = {
        {"from: 2026-01-01", "", 1, false},
        {"from: 2027-01-01", "", 0, true},
        {"from: 2027-01-01", ", law: {article: A, in_force: {from: 2026-01-01}}", 1, false},
        {"from: 2027-01-01", ", law: {article: A, in_force: {}}", 1, false},
        {"from: 2026-01-01", ", law: {article: A, in_force: {to: 2026-11-19}}", 0, true},
        {"to: 2026-11-19", ", law: {article: A}", 0, true},
        {"from: 2026-01-01}, disabled: {en: D, ja: D", ", law: {article: A, in_force: {}}", 0,
            true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct loaded loaded;
        struct buf pack = {0};
        buf_format(&pack,
            "pack: {id: law, title: " WORDS_OF("L") ", version: \"1.0\", in_force: {%s}}\n"
                                                    "rules:\n" RULE(
                                                        "a", ", kind: precede" ALL_KNOW "%s"),
            rows[i].pack, rows[i].rule);
        const struct bundle_file changes[] = {
            {STR("scenario.yaml"), STR(SCENARIO PEOPLE "rules: law\n")},
            {STR("scoring/law.yaml"), buf_str(&pack)},
        };
        load_tiny(&loaded, changes, COUNT(changes));
        assert_true(loaded.ok);
        if (loaded.rules.count != rows[i].count || loaded.rules.packs[0].is_idle != rows[i].is_idle)
            fail_msg("%s%s", rows[i].pack, rows[i].rule);
        unload(&loaded);
        buf_fini(&pack);
    }
}

/* A pack is not let off for what no scenario could have. */
static void test_packs(void **state)
{
    (void)state;
    static const struct bundle_file changes[] = {
        {STR_INIT("scenario.yaml"), STR_INIT(SCENARIO PEOPLE "rules: general\n")},
        {STR_INIT("scoring/general.yaml"),
            STR_INIT(RULE("a", ", kind: precede,\n  when: {knows: {by: comander}},\n"
                               "  then: {knows: gone, by: press}"))},
    };
    struct loaded loaded;
    struct buf buf = {0};
    load_tiny(&loaded, changes, 2);
    told(&loaded, &buf);
    buf_add_char(&buf, '\0');
    assert_string_equal(buf.ptr,
        "scoring/general.yaml:2:22: no role, seat or stakeholder is called \"comander\"; did you "
        "mean \"commander\"?\n"
        "scoring/general.yaml:3:17: no fact is called \"gone\"; there is: leak\n");
    buf_fini(&buf);
    unload(&loaded);
}

/* Lists that are short enough each can be too long together. */
static void test_too_many_people(void **state)
{
    (void)state;
    struct buf people = {0}, house = {0}, roles = {0}, said = {0};
    struct loaded loaded;
    buf_format(&people, SCENARIO "stakeholders:\n");
    buf_format(&house, "id: default\nname: " WORDS_OF("D") "\nconstituency: " WORDS_OF(
                           "All") "\nauthority: advises\ncontacts:\n");
    for (int i = 0; i < 128; i++) {
        const char *row = "- {id: %s-%d, name: " WORDS_OF("N") ", reach: {mail: {answer: no}}}\n";
        buf_format(&people, row, i == 0 ? "vendor" : "p", i);
        buf_format(&house, row, "q", i);
    }
    buf_format(&roles, "- {id: poc, seat: yes, name: " WORDS_OF("P") "}\n");
    for (int i = 0; i < 32; i++)
        buf_format(&roles, "- {id: r%d, seat: yes, name: " WORDS_OF("R") "}\n", i);
    const struct bundle_file changes[] = {
        {STR("facts.yaml"), STR("[]")},
        {STR("injects.yaml"), STR("[]")},
        {STR("roles/catalogue.yaml"), buf_str(&roles)},
        {STR("roles/organisations/default.yaml"), buf_str(&house)},
        {STR("scenario.yaml"), buf_str(&people)},
    };
    load_tiny(&loaded, changes, COUNT(changes));
    told(&loaded, &said);
    buf_add_char(&said, '\0');
    assert_string_equal(said.ptr,
        "tiny/scenario.yaml:1:1: the catalogue seats 33 roles, at most 32 are possible; name this "
        "scenario's own under \"seats:\"\n"
        "roles/organisations/default.yaml:6:1: with the 128 people of the scenario, these contacts "
        "make 256 who can be reached, at most 128 are possible; remove some of them, or their "
        "\"reach:\"\n");
    unload(&loaded);
    buf_fini(&people);
    buf_fini(&house);
    buf_fini(&roles);
    buf_fini(&said);
}

/* One run tells of several mistakes in several files, and leaves the outputs alone. */
static void test_many_mistakes_at_once(void **state)
{
    (void)state;
    static const struct bundle_file changes[] = {
        {STR_INIT("scenario.yaml"), STR_INIT(SCENARIO "mode: x\npace: y\n" PEOPLE)},
        {STR_INIT("facts.yaml"), STR_INIT("- {id: leak}\n- {text: no}\n")},
    };
    struct loaded loaded;
    load_tiny(&loaded, changes, 2);
    assert_false(loaded.ok);
    assert_int_equal(loaded.problems.error_count, 5);
    assert_int_equal(loaded.def.inject_count, 0);
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yaml),
        cmocka_unit_test(test_frame),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_people),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_injects),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_rules_of_nothing),
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_days_in_force),
        cmocka_unit_test(test_packs),
        cmocka_unit_test(test_too_many_people),
        cmocka_unit_test(test_many_mistakes_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every key of every document, given something that it is not: what is told, word for word. A key
 * that is added to a form and is missing here fails the last test. */
#include "each_key.h"

#define SCENARIO_WITH(text) "scenario.yaml", SCENARIO PEOPLE text "\n"
#define PERSON_WITH(text)                                                                          \
    "scenario.yaml", SCENARIO PEOPLE "- {id: b, name: " WORDS_OF("B") ", " text "}\n"
#define FACT_WITH(text) "facts.yaml", "- {id: leak, text: " WORDS_OF("L") ", " text "}\n"
#define INJECT_WITH(text) "injects.yaml", INJECT("call", ", " text)
#define QUESTION_WITH(text)                                                                        \
    "injects.yaml", INJECT("call", ", question: {id: q, prompt: " WORDS_OF(                        \
                                       "P") ", options: [{id: a, "                                 \
                                            "text: " WORDS_OF("A") "}, {id: b, text: " WORDS_OF(   \
                                                "B") "}], " text "}")
#define ROLE_WITH(text)                                                                            \
    "roles/catalogue.yaml", "- {id: commander, seat: yes, name: " WORDS_OF(                        \
                                "C") "}\n"                                                         \
                                     "- {id: poc, seat: yes, name: " WORDS_OF("P") ", " text "}\n"
#define ORGANISATION_WITH(text)                                                                    \
    "roles/organisations/default.yaml",                                                            \
        "{id: default, name: " WORDS_OF("D") ", constituency: " WORDS_OF(                          \
            "All") ", "                                                                            \
                   "authority: advises, " text "}\n"

#define HELD_WITH(text)                                                                            \
    ORGANISATION_WITH(                                                                             \
        "contacts: [{id: press, name: " WORDS_OF("P") "}], ladder: [{to: press, when: " WORDS_OF(  \
            "W") ", decides: yes}], roles: [" text "]")

static const struct mistake scenario_mistakes[] = {
    {"scenario.yaml",
        "id: ^A b\ntitle: {en: T, ja: T}\nsummary: {en: S, ja: S}\nduration: 9m\nstory_start: "
        "2026-11-20T22:00:00Z\n" PEOPLE,
        "^ \"A b\" cannot be a name; names are made of a-z, 0-9, - and _, begin with a letter or "
        "digit, and have at most 64 characters\n"},
    {"scenario.yaml",
        "id: tiny\ntitle: ^T\nsummary: {en: S, ja: S}\nduration: 9m\nstory_start: "
        "2026-11-20T22:00:00Z\n" PEOPLE,
        "^ \"title:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"scenario.yaml",
        "id: tiny\ntitle: {en: T, ja: T}\nsummary: {^fr: S}\nduration: 9m\nstory_start: "
        "2026-11-20T22:00:00Z\n" PEOPLE,
        "^ \"summary:\" has no language \"fr\"; there is: en, ja\n"},
    {"scenario.yaml",
        "id: tiny\ntitle: {en: T, ja: T}\nsummary: {en: S, ja: S}\nduration: ^soon\nstory_start: "
        "2026-11-20T22:00:00Z\n" PEOPLE,
        "^ \"duration:\" expects a length like 90s, 12m30s or 1h, found \"soon\"\n"},
    {"scenario.yaml",
        "id: tiny\ntitle: {en: T, ja: T}\nsummary: {en: S, ja: S}\nduration: 9m\nstory_start: "
        "^[]\n" PEOPLE,
        "^ \"story_start:\" expects a date and time, found a list\n"},
    {SCENARIO_WITH("mode: ^loud"),
        "^ \"mode:\" cannot be \"loud\"; there is: discuss, paced, live\n"},
    {SCENARIO_WITH("pace: ^fast"),
        "^ \"pace:\" expects a whole number above zero, found \"fast\"\n"},
    {SCENARIO_WITH("difficulty: ^hard"),
        "^ \"difficulty:\" expects a whole number from 0 to 3, found \"hard\"\n"},
    {SCENARIO_WITH("languages: ^[ja]"),
        "^ \"languages:\" must be [en, ja]; every text is in both\n"},
    {SCENARIO_WITH("names: ^yes"),
        "^ \"names:\" expects at most 64 names and their texts, like {hospital: {en: …, ja: …}}\n"},
    {SCENARIO_WITH("names: {a: ^[]}"), "^ \"a:\" expects a text, found a list\n"},
    {SCENARIO_WITH("logo: ^[]"), "^ \"logo:\" expects a picture (.png, .jpg, .svg) in files/ or "
                                 "beside the overlay, found a list\n"},
    {SCENARIO_WITH("organisation: ^[]"), "^ \"organisation:\" expects a name, found a list\n"},
    {SCENARIO_WITH("rules: ^{}"),
        "^ expected a name or a list of them, found a mapping (key: value)\n"},
    {SCENARIO_WITH("seats: ^a"), "^ expected a list, each item (- ) being a seat, found a text\n"},
    {SCENARIO_WITH("seats: [{id: ^[], roles: [poc, commander]}]"),
        "^ \"id:\" expects a name, found a list\n"},
    {SCENARIO_WITH("seats: [{id: a, roles: [^pock, poc, commander]}]"),
        "^ no role of the catalogue is called \"pock\"; did you mean \"poc\"?\n"},
    {SCENARIO_WITH("objectives: [{id: o, text: ^O}]"),
        "^ \"text:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {SCENARIO_WITH("objectives: ^yes"),
        "^ expected a list, each item (- ) being an objective, found a text\n"},
    {SCENARIO_WITH("objectives: [{id: ^[], text: {en: O, ja: O}}]"),
        "^ \"id:\" expects a name, found a list\n"},
    {SCENARIO_WITH("phases: ^yes"),
        "^ expected a list, each item (- ) being a phase, found a text\n"},
    {SCENARIO_WITH("phases: [{id: ^[], name: {en: P, ja: P}}]"),
        "^ \"id:\" expects a name, found a list\n"},
    {SCENARIO_WITH("actions: ^yes"),
        "^ expected a list, each item (- ) being an action, found a text\n"},
    {SCENARIO_WITH("actions: [{id: ^[], name: {en: A, ja: A}}]"),
        "^ \"id:\" expects a name, found a list\n"},
    {SCENARIO_WITH("hints: ^yes"),
        "^ expected a list, each item (- ) being a hint, found a text\n"},
    {SCENARIO_WITH("hints: [{id: ^[], to: poc, text: {en: H, ja: H}}]"),
        "^ \"id:\" expects a name, found a list\n"},
    {SCENARIO_WITH("phases: [{id: p, name: ^[]}]"),
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a list\n"},
    {SCENARIO_WITH("phases: [{id: p, name: {en: P, ja: P}, begins: ^09:00}]"),
        "^ \"begins:\" expects a date and time with its offset, like 2026-11-20T22:10:00+09:00, "
        "found \"09:00\"\n"},
    {SCENARIO_WITH("phases: [{id: p, name: {en: P, ja: P}, public: ^perhaps}]"),
        "^ \"public:\" expects yes or no, found \"perhaps\"\n"},
    {SCENARIO_WITH("world: {door: {is: ^{}, name: {en: D, ja: D}}}"),
        "^ \"is:\" expects a name, found a mapping (key: value)\n"},
    {SCENARIO_WITH("world: {door: {is: open, name: ^Door}}"),
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {SCENARIO_WITH("world: {door: {is: open, name: {en: D, ja: D}, values: ^{}}}"),
        "^ expected a list, each item (- ) being a value, found a mapping (key: value)\n"},
    {SCENARIO_WITH("world: {door: {is: open, name: {en: D, ja: D}, values: [{id: ^{}, name: {en: "
                   "O, ja: O}}]}}"),
        "^ \"id:\" expects a name, found a mapping (key: value)\n"},
    {SCENARIO_WITH(
         "world: {door: {is: open, name: {en: D, ja: D}, values: [{id: open, name: ^O}]}}"),
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {SCENARIO_WITH("matters: [{id: ^{}, name: {en: M, ja: M}}]"),
        "^ \"id:\" expects a name, found a mapping (key: value)\n"},
    {SCENARIO_WITH("matters: [{id: leak, name: ^M}]"),
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {SCENARIO_WITH("slots: ^{}"),
        "^ expected a list, each item (- ) being a slot, found a mapping (key: value)\n"},
    {SCENARIO_WITH("slots: [{id: ^{}, name: {en: S, ja: S}}]"),
        "^ \"id:\" expects a name, found a mapping (key: value)\n"},
    {SCENARIO_WITH("slots: [{id: s, name: ^S}]"),
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {SCENARIO_WITH("reading: ^20s"),
        "^ expected \"reading:\" as a mapping (key: value), found a text\n"},
    {SCENARIO_WITH("reading: {base: ^x}"),
        "^ \"base:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {SCENARIO_WITH("reading: {per_fact: ^y}"),
        "^ \"per_fact:\" expects a length like 90s, 12m30s or 1h, found \"y\"\n"},
    {SCENARIO_WITH("actions: [{id: a, name: ^a}]"),
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {SCENARIO_WITH("actions: [{id: a, name: {en: A, ja: A}, targets: ^{}}]"),
        "^ expected a name or a list of them, found a mapping (key: value)\n"},
    {SCENARIO_WITH("actions: [{id: a, name: {en: A, ja: A}, authority: ^boss}]"),
        "^ no role or stakeholder is called \"boss\"; there is: room, commander, poc, vendor\n"},
    {SCENARIO_WITH("actions: [{id: a, name: {en: A, ja: A}, stops: ^often}]"),
        "^ \"stops:\" expects yes or no, found \"often\"\n"},
    {SCENARIO_WITH("actions: [{id: a, name: {en: A, ja: A}, stops: yes, authority: ^poc}]"),
        "^ with \"stops: yes\" the organisation says who may order it; remove one of the two\n"},
    {SCENARIO_WITH("actions: [{id: a, name: {en: A, ja: A}, done_by: ^nobody}]"),
        "^ no role or stakeholder is called \"nobody\"; there is: room, commander, poc, vendor\n"},
    {SCENARIO_WITH("world: ^[]"),
        "^ \"world:\" expects at most 64 names and values, like {file-server: running}\n"},
    {SCENARIO_WITH("matters: ^{}"),
        "^ expected a name or a list of them, found a mapping (key: value)\n"},
    {SCENARIO_WITH("hints: [{id: h, to: [^pok], text: {en: H, ja: H}}]"),
        "^ no role is called \"pok\"; did you mean \"poc\"?\n"},
    {SCENARIO_WITH("hints: [{id: h, to: poc, rule: ^r, text: {en: H, ja: H}}]"),
        "^ no rule is called \"r\"\n"},
    {SCENARIO_WITH("hints: [{id: h, to: poc, text: ^H}]"),
        "^ \"text:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {PERSON_WITH("reach: ^[]"),
        "^ \"reach:\" expects channels, like {phone: {answer: yes, delay: 20s}}, found a list\n"},
    {PERSON_WITH("reach: {mail: {answer: ^maybe}}"),
        "^ \"answer:\" cannot be \"maybe\"; there is: yes, no, stale\n"},
    {PERSON_WITH("reach: {mail: {answer: no, delay: ^x}}"),
        "^ \"delay:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, contact: ^C"),
        "^ \"contact:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, audience: ^friend"),
        "^ \"audience:\" cannot be \"friend\"; there is: own, client, partner, authority, "
        "community, public\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, deputy: ^me"),
        "^ no stakeholder is called \"me\"; there is: vendor, b\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, deputy: vendor, forwards: ^maybe"),
        "^ \"forwards:\" expects yes or no, found \"maybe\"\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, hours: ^always"),
        "^ expected a list, each item (- ) being an entry of \"hours:\", found a text\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, hours: {days: [^1], from: 9:00, to: 17:00}"),
        "^ no day is called \"1\"; expected days like mon-fri, \"sat,sun\" or daily\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, hours: {days: daily, from: ^[], to: 17:00}"),
        "^ \"from:\" expects a time of the day like 08:30, found a list\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, hours: {days: daily, from: 9:00, to: ^17}"),
        "^ \"to:\" expects a time of the day like 08:30, found \"17\"\n"},
    {PERSON_WITH("reach: {mail: {answer: no}}, hours: {days: daily, from: 9:00, to: 17:00}, "
                 "after_hours: ^no"),
        "^ \"after_hours:\" expects channels, like {phone: {answer: yes, delay: 20s}}, found a "
        "text\n"},
    {"scenario.yaml",
        "id: tiny\ntitle: {en: T, ja: T}\nsummary: {en: S, ja: S}\nduration: 9m\nstory_start: "
        "2026-11-20T22:00:00Z\nstakeholders: ^none\n",
        "^ expected a list, each item (- ) being a stakeholder, found a text\n"},
    {"scenario.yaml",
        "id: tiny\ntitle: {en: T, ja: T}\nsummary: {en: S, ja: S}\nduration: 9m\nstory_start: "
        "2026-11-20T22:00:00Z\n" PEOPLE "- {id: ^[], name: ^B, reach: {mail: {answer: no}}}\n",
        "^ \"id:\" expects a name, found a list\n"
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
};

static const struct mistake facts_mistakes[] = {
    {FACT_WITH("slot: ^s"), "^ no slot is called \"s\"\n"},
    {FACT_WITH("replaces: ^leek"), "^ no fact is called \"leek\"; did you mean \"leak\"?\n"},
    {FACT_WITH("truth: ^yes"),
        "^ expected a list, each item (- ) being a revision of a fact, found a text\n"},
    {FACT_WITH("truth: [{from: ^x, text: {en: T, ja: T}, holds: yes}]"),
        "^ \"from:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {FACT_WITH("truth: [{from: 1m, text: ^T, holds: yes}]"),
        "^ \"text:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {FACT_WITH("truth: [{from: 1m, text: {en: T, ja: T}, holds: ^x}]"),
        "^ \"holds:\" expects yes or no, found \"x\"\n"},
    {FACT_WITH("needs: ^poc"), "^ \"needs:\" expects who needs it how much, like {management: "
                               "must, press: never}, found a text\n"},
    {FACT_WITH("needs: {poc: ^x}"),
        "^ how much \"poc\" needs a fact cannot be \"x\"; there is: useful, must, never\n"},
    {"facts.yaml", "- {id: leak, text: {en: L, ja: L}}\n- {id: ^L, text: {en: L, ja: L}}\n",
        "^ \"L\" cannot be a name; names are made of a-z, 0-9, - and _, begin with a letter or "
        "digit, and have at most 64 characters\n"},
    {"facts.yaml", "- {id: leak, text: ^[]}\n",
        "^ \"text:\" expects a text in both languages, {en: …, ja: …}, found a list\n"},
};

static const struct mistake injects_mistakes[] = {
    {"injects.yaml",
        "- {id: ^[], from: vendor, to: poc, via: phone, title: {en: T, ja: T}, body: {en: B, ja: "
        "B}}\n",
        "^ \"id:\" expects a name, found a list\n"},
    {"injects.yaml",
        "- {id: call, from: ^The vendor, to: poc, via: phone, title: {en: T, ja: T}, body: {en: B, "
        "ja: B}}\n",
        "^ \"The vendor\" cannot be a name; names are made of a-z, 0-9, - and _, begin with a "
        "letter or digit, and have at most 64 characters\n"},
    {"injects.yaml",
        "- {id: call, from: vendor, to: ^somebody, via: phone, title: {en: T, ja: T}, body: {en: "
        "B, ja: B}}\n",
        "^ no role is called \"somebody\"; there is: commander, poc\n"},
    {"injects.yaml",
        "- {id: call, from: vendor, to: poc, via: ^fax, title: {en: T, ja: T}, body: {en: B, ja: "
        "B}}\n",
        "^ \"via:\" cannot be \"fax\"; there is: phone, mail, chat, meeting, ticket, news, "
        "alert\n"},
    {"injects.yaml",
        "- {id: call, from: vendor, to: poc, via: phone, title: ^T, body: {en: B, ja: B}}\n",
        "^ \"title:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"injects.yaml",
        "- {id: call, from: vendor, to: poc, via: phone, title: {en: T, ja: T}, body: ^[]}\n",
        "^ \"body:\" expects a text in both languages, {en: …, ja: …}, found a list\n"},
    {INJECT_WITH("kind: ^sad"), "^ \"kind:\" cannot be \"sad\"; there is: contextual, event, "
                                "contingency, complexity, information, benign, improvised\n"},
    {INJECT_WITH("from_name: ^Me"),
        "^ \"from_name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {INJECT_WITH("tlp: ^blue"),
        "^ \"tlp:\" cannot be \"blue\"; there is: red, amber-strict, amber, green, clear\n"},
    {INJECT_WITH("facts: ^leek"), "^ no fact is called \"leek\"; did you mean \"leak\"?\n"},
    {INJECT_WITH("attachments: ^yes"),
        "^ \"attachments:\" expects a list of at most 64 files, found a text\n"},
    {INJECT_WITH("attachments: [{file: ^[], name: ^N}]"),
        "^ an attachment is a path like files/mail.eml, found a list\n"
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {INJECT_WITH("question: ^[]"),
        "^ expected a question as a mapping (key: value), found a list\n"},
    {INJECT_WITH("questions: ^yes"),
        "^ \"questions:\" expects a list of at most 64, found a text\n"},
    {INJECT_WITH("at: ^noon"),
        "^ \"at:\" expects a length like 90s, 12m30s or 1h, found \"noon\"\n"},
    {INJECT_WITH("story_at: ^noon"), "^ \"story_at:\" expects a date and time with its offset, "
                                     "like 2026-11-20T22:10:00+09:00, found \"noon\"\n"},
    {INJECT_WITH("after: ^call"),
        "^ expected \"after:\" as a mapping (key: value), found a text\n"},
    {INJECT_WITH("after: {inject: ^cal}"),
        "^ no inject is called \"cal\"; did you mean \"call\"?\n"},
    {INJECT_WITH("when: ^[]"),
        "^ expected what must happen, like {decision: stop-it, option: stop}, found a list\n"},
    {INJECT_WITH("when: {decision: ^q}"), "^ no question is called \"q\"\n"},
    {INJECT_WITH("unless: {started: {}, within: ^x}, reason: {en: R, ja: R}"),
        "^ \"within:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {INJECT_WITH("unless: {started: {}, within: 1m, of: ^cal}, reason: {en: R, ja: R}"),
        "^ no inject is called \"cal\"; did you mean \"call\"?\n"},
    {INJECT_WITH("unless: ^[], reason: {en: R, ja: R}"),
        "^ expected what must happen, like {decision: stop-it, option: stop}, found a list\n"},
    {INJECT_WITH("by_hand: ^x"), "^ \"by_hand:\" expects yes or no, found \"x\"\n"},
    {INJECT_WITH("level: ^0"), "^ \"level:\" expects a whole number from 1 to 3, found \"0\"\n"},
    {INJECT_WITH("expected: ^yes"),
        "^ \"expected:\" expects a list of at most 64 texts {en: …, ja: …}\n"},
    {INJECT_WITH("reason: ^R"),
        "^ \"reason:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {INJECT_WITH("repeats: ^often"), "^ \"repeats:\" expects yes or no, found \"often\"\n"},
    {QUESTION_WITH("stops: ^often"), "^ \"stops:\" expects yes or no, found \"often\"\n"},
    {QUESTION_WITH("stops: yes, owner: ^poc"),
        "^ with \"stops: yes\" the organisation says who may decide; remove one of the two\n"},
    {QUESTION_WITH("owner: ^pok"), "^ no role is called \"pok\"; did you mean \"poc\"?\n"},
    {QUESTION_WITH("within: ^x"),
        "^ \"within:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {"injects.yaml",
        "- {id: call, from: vendor, to: poc, via: phone, title: {en: T, ja: T}, body: {en: B, ja: "
        "B}, question: {id: ^[], prompt: {en: P, ja: P}, options: [{id: a, text: {en: A, ja: A}}, "
        "{id: b, text: {en: B, ja: B}}]}}\n",
        "^ \"id:\" expects a name, found a list\n"},
    {"injects.yaml",
        "- {id: call, from: vendor, to: poc, via: phone, title: {en: T, ja: T}, body: {en: B, ja: "
        "B}, question: {id: q, prompt: ^P, options: [{id: a, text: {en: A, ja: A}}, {id: b, text: "
        "{en: B, ja: B}}]}}\n",
        "^ \"prompt:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"injects.yaml",
        "- {id: call, from: vendor, to: poc, via: phone, title: {en: T, ja: T}, body: {en: B, ja: "
        "B}, question: {id: q, prompt: {en: P, ja: P}, options: ^[]}}\n",
        "^ a question needs at least two options to choose from\n"},
    {"injects.yaml",
        "- {id: call, from: vendor, to: poc, via: phone, title: {en: T, ja: T}, body: {en: B, ja: "
        "B}, question: {id: q, prompt: {en: P, ja: P}, options: [{id: ^[], text: {en: A, ja: A}}, "
        "{id: b, text: ^B}]}}\n",
        "^ \"id:\" expects a name, found a list\n"
        "^ \"text:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
};

static const struct mistake roles_mistakes[] = {
    {ROLE_WITH("group: ^response"),
        "^ \"group:\" cannot be \"response\"; there is: information-sharing, "
        "collection-and-analysis, incident-response, education, executive, administration, "
        "operation\n"},
    {ROLE_WITH("combined: ^6"),
        "^ \"combined:\" expects a whole number from 1 to 5, found \"6\"\n"},
    {ROLE_WITH("in_peace: ^rest"),
        "^ \"in_peace:\" expects a list of at most 64 texts {en: …, ja: …}\n"},
    {ROLE_WITH("in_incident: ^act"),
        "^ \"in_incident:\" expects a list of at most 64 texts {en: …, ja: …}\n"},
    {ROLE_WITH("decides: [^all]"),
        "^ \"decides:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {ROLE_WITH("reports_to: ^commander"),
        "^ \"reports_to:\" expects a list of at most 64 roles, or of others as {en: …, ja: …}, "
        "found a text\n"},
    {ROLE_WITH("reports_to: [^comander, {en: P, ja: P}]"),
        "^ no role of the catalogue is called \"comander\"; did you mean \"commander\"?\n"},
    {ROLE_WITH("informs: [^{en: P}]"), "^ \"informs:\" has no text in \"ja\"; every text is "
                                       "written in both languages\n"},
    {ROLE_WITH("purpose: ^P"),
        "^ \"purpose:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {ROLE_WITH("card: ^[]"),
        "^ \"card:\" expects a text in both languages, {en: …, ja: …}, found a list\n"},
    {"roles/catalogue.yaml",
        "- {id: commander, seat: yes, name: {en: C, ja: C}}\n- {id: poc, seat: yes, name: ^P}\n- "
        "{id: legal, seat: ^sure, name: {en: L, ja: L}}\n",
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"
        "^ \"seat:\" expects yes or no, found \"sure\"\n"},
    {ORGANISATION_WITH("mission: ^M"),
        "^ \"mission:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {ORGANISATION_WITH("ladder: [{to: ^[], when: {en: W, ja: W}}]"),
        "^ \"to:\" expects a name, found a list\n"},
    {ORGANISATION_WITH("ladder: [{to: commander, when: ^W}]"),
        "^ \"when:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {ORGANISATION_WITH("ladder: [{to: commander, when: {en: W, ja: W}, within: ^x}]"),
        "^ \"within:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {ORGANISATION_WITH("contacts: [{id: ^[], name: {en: P, ja: P}}]"),
        "^ \"id:\" expects a name, found a list\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: ^P}]"),
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, contact: ^P}]"),
        "^ \"contact:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, deputy: ^boss}]"),
        "^ no role and no contact of this organisation is called \"boss\"; there is: press\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, deputy: ^[]}]"),
        "^ \"deputy:\" expects a name, found a list\n"},
    {ORGANISATION_WITH("ladder: [{to: commander, when: {en: W, ja: W}, from: ^[]}]"),
        "^ \"from:\" expects a name, found a list\n"},
    {ORGANISATION_WITH("ladder: [{to: commander, when: {en: W, ja: W}, from: ^pock}]"),
        "^ no role and no contact of this organisation is called \"pock\"\n"},
    {ORGANISATION_WITH("ladder: [{to: commander, when: {en: W, ja: W}, decides: ^perhaps}]"),
        "^ \"decides:\" expects yes or no, found \"perhaps\"\n"},
    {ORGANISATION_WITH("ladder: [{to: commander, when: {en: W, ja: W}, instead: ^W}]"),
        "^ \"instead:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, audience: ^all}]"),
        "^ \"audience:\" cannot be \"all\"; there is: own, client, partner, authority, community, "
        "public\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, forwards: ^yes}]"),
        "^ \"forwards:\" needs \"deputy:\", whoever gets what is not answered\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, reach: ^yes}]"),
        "^ \"reach:\" expects channels, like {phone: {answer: yes, delay: 20s}}, found a text\n"},
    {ORGANISATION_WITH(
         "contacts: [{id: press, name: {en: P, ja: P}, reach: {mail: {answer: ^maybe}}}]"),
        "^ \"answer:\" cannot be \"maybe\"; there is: yes, no, stale\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, reach: {mail: {answer: yes, "
                       "delay: ^x}}}]"),
        "^ \"delay:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, hours: [{days: ^dayly, from: "
                       "\"9:00\", to: \"17:00\"}]}]"),
        "^ no day is called \"dayly\"; expected days like mon-fri, \"sat,sun\" or daily\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, hours: [{days: daily, from: "
                       "^early, to: ^late}]}]"),
        "^ \"from:\" expects a time of the day like 08:30, found \"early\"\n"
        "^ \"to:\" expects a time of the day like 08:30, found \"late\"\n"},
    {ORGANISATION_WITH("contacts: [{id: press, name: {en: P, ja: P}, after_hours: ^{mail: {answer: "
                       "yes}}}]"),
        "^ \"after_hours:\" needs \"hours:\", or it never comes\n"},
    {ORGANISATION_WITH("services: ^S"),
        "^ \"services:\" expects a list of at most 64 texts {en: …, ja: …}\n"},
    {ORGANISATION_WITH("position: ^P"),
        "^ \"position:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {ORGANISATION_WITH("report_within: ^30m"),
        "^ \"report_within:\" goes with \"authority: may-in-emergency\" alone; remove it\n"},
    {ORGANISATION_WITH("stopped_by: ^commander"),
        "^ \"stopped_by:\" needs \"authority: may\" or \"may-in-emergency\"; this team advises\n"},
    {ORGANISATION_WITH("ratings: ^all"),
        "^ expected the scale of ratings as a mapping (key: value), found a text\n"},
    {ORGANISATION_WITH("ratings: {P: ^0, S: ^101, M: ^half}"),
        "^ \"P:\" expects a whole number from 1 to 100, found \"0\"\n"
        "^ \"S:\" expects a whole number from 1 to 100, found \"101\"\n"
        "^ \"M:\" expects a whole number from 1 to 100, found \"half\"\n"},
    {ORGANISATION_WITH("ratings: ^{P: 80, S: 80, M: 50}"),
        "^ P takes 80 points, S 80 and M 50; each better rating must take more than the next\n"},
    {ORGANISATION_WITH("roles: ^all"),
        "^ expected a list, each item (- ) being an entry of \"roles:\", found a text\n"},
    {HELD_WITH("{id: commander}, {id: poc}, {id: legal}, {id: ^[]}"),
        "^ \"id:\" expects a name, found a list\n"},
    {HELD_WITH("{id: commander}, {id: legal}, {id: poc, with: ^[]}"),
        "^ \"with:\" expects a name, found a list\n"},
    {HELD_WITH("{id: commander}, {id: legal}, {id: poc, outsourced: ^[]}"),
        "^ \"outsourced:\" expects a name, found a list\n"},
    {ORGANISATION_WITH("ladder: ^none"),
        "^ expected a list, each item (- ) being a rung of the ladder, found a text\n"},
    {ORGANISATION_WITH("contacts: ^none"),
        "^ expected a list, each item (- ) being a contact, found a text\n"},
    {"roles/organisations/default.yaml",
        "{id: ^[], name: {en: D, ja: D}, constituency: {en: All, ja: All}, authority: advises}\n",
        "^ \"id:\" expects a name, found a list\n"},
    {"roles/organisations/default.yaml",
        "{id: default, name: ^D, constituency: {en: All, ja: All}, authority: advises}\n",
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"roles/organisations/default.yaml",
        "{id: default, name: {en: D, ja: D}, constituency: ^All, authority: advises}\n",
        "^ \"constituency:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"roles/organisations/default.yaml",
        "{id: default, name: {en: D, ja: D}, constituency: {en: All, ja: All}, authority: ^none}\n",
        "^ \"authority:\" cannot be \"none\"; there is: may, advises, may-not, may-in-emergency\n"},
};

#define PRACTICES "practices: [{id: ask, name: " WORDS_OF("A") "}]\n"
#define SKILL_WITH(of, rest)                                                                       \
    "roles/skills.yaml", PRACTICES "skills: [{id: hear, name: " WORDS_OF("H") ", how: " WORDS_OF(  \
                             "W") ", of: " of ", " rest "}]\n"
#define OF_POC "[{role: poc, as: duty, section: 4.1}]"

static const struct mistake skills_mistakes[] = {
    {"roles/skills.yaml", "practices: ^none\nskills: []\n",
        "^ expected a list, each item (- ) being a practice, found a text\n"},
    {"roles/skills.yaml", "practices: []\nskills: ^none\n",
        "^ expected a list, each item (- ) being a skill, found a text\n"},
    {"roles/skills.yaml",
        "practices: [{id: ^[], name: {en: A, ja: A}}, {id: b, name: ^B}]\nskills: []\n",
        "^ \"id:\" expects a name, found a list\n"
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"roles/skills.yaml",
        PRACTICES "skills: [{id: ^[], name: ^N, how: ^H, of: " OF_POC ", seen: rated}]\n",
        "^ \"id:\" expects a name, found a list\n"
        "^ \"name:\" expects a text in both languages, {en: …, ja: …}, found a text\n"
        "^ \"how:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {SKILL_WITH("^poc", "seen: rated"),
        "^ expected a list, each item (- ) being an entry of \"of:\", found a text\n"},
    {SKILL_WITH("^[]", "seen: rated"), "^ \"of:\" names no role; name one that needs this skill\n"},
    {SKILL_WITH("[{role: ^pok, as: duty, section: 4.1}]", "seen: rated"),
        "^ no role of the catalogue is called \"pok\"; did you mean \"poc\"?\n"},
    {SKILL_WITH("[{role: poc, as: ^needed, section: 4.1}]", "seen: rated"),
        "^ \"as:\" cannot be \"needed\"; there is: prerequisite, additional, duty\n"},
    {SKILL_WITH("[{role: poc, as: duty, section: ^[]}]", "seen: rated"),
        "^ \"section:\" expects a word, found a list\n"},
    {SKILL_WITH("^[{role: poc, as: duty, section: 1}, {role: poc, as: additional, section: 1}]",
         "seen: rated"),
        "^ \"poc\" stands twice in \"of:\"; keep one of them\n"},
    {SKILL_WITH(OF_POC, "seen: ^often"),
        "^ \"seen:\" cannot be \"often\"; there is: observed, rated, not-here\n"},
    {SKILL_WITH(OF_POC, "seen: observed, shown_by: [^aks]"),
        "^ no practice is called \"aks\"; did you mean \"ask\"?\n"},
    {SKILL_WITH(OF_POC, "seen: ^observed"),
        "^ what rules observe needs \"shown_by:\", the practices by which they see it\n"},
    {SKILL_WITH(OF_POC, "seen: rated, shown_by: ^ask"),
        "^ \"shown_by:\" is for what rules observe; remove it, or write \"seen: observed\"\n"},
    {"roles/skills.yaml",
        "practices: [{id: ask, name: {en: A, ja: A}}, {id: ^ask, name: {en: A, ja: A}}]\n"
        "skills: []\n",
        "^ a practice is called \"ask\" already, in line 1; choose another name\n"},
    {"roles/skills.yaml",
        PRACTICES "skills: [{id: ^ask, name: {en: A, ja: A}, how: {en: A, ja: A}, of: " OF_POC
                  ", seen: rated}]\n",
        "^ a practice is called \"ask\" already, in line 1; choose another name\n"},
    {"roles/skills.yaml", "^[]\n",
        "^ expected the skills as a mapping (key: value), found a list\n"},
};

static void test_each_mistake(void **state)
{
    (void)state;
    check_mistakes(scenario_mistakes, COUNT(scenario_mistakes));
    check_mistakes(facts_mistakes, COUNT(facts_mistakes));
    check_mistakes(injects_mistakes, COUNT(injects_mistakes));
    check_mistakes(roles_mistakes, COUNT(roles_mistakes));
    check_mistakes(skills_mistakes, COUNT(skills_mistakes));
}

static void test_no_key_is_missing(void **state)
{
    (void)state;
    check_form(&scenario_form, scenario_mistakes, COUNT(scenario_mistakes));
    check_form(&facts_form, facts_mistakes, COUNT(facts_mistakes));
    check_form(&injects_form, injects_mistakes, COUNT(injects_mistakes));
    check_form(&catalogue_form, roles_mistakes, COUNT(roles_mistakes));
    check_form(&skills_form, skills_mistakes, COUNT(skills_mistakes));
    check_form(&organisation_form, roles_mistakes, COUNT(roles_mistakes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_mistake),
        cmocka_unit_test(test_no_key_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every key of a rule, given something that it is not: what is told, word for word. */
#include "each_key.h"

#define RULE_WITH(text)                                                                            \
    "rules.yaml", RULE("a", ", kind: respond, when: {knows: leak}, then: {knows: leak, "           \
                            "by: commander}, " text)
#define KIND_WITH(kind, text) "rules.yaml", RULE("a", ", kind: " kind ", " text)
#define BOUNDS_WITH(text)                                                                          \
    KIND_WITH("deadline", "then: {message: {}}, anchors: {a: {message: {}}}, bounds: [" text "]")
#define DEADLINE_WITH(text)                                                                        \
    KIND_WITH("deadline",                                                                          \
        "then: {message: {}}, anchors: {a: {message: {}}}, bounds: [{from: a, hours: 1}], " text)

static const struct mistake rules_mistakes[] = {
    {"rules.yaml",
        "- {id: ^[], kind: respond, before: {en: B, ja: B}, title: {en: T, ja: T}, why: {en: W, "
        "ja: W}, when: {knows: leak}, then: {knows: leak, by: commander}}\n",
        "^ \"id:\" expects a name, found a list\n"},
    {"rules.yaml",
        "- {id: a, kind: ^some, before: {en: B, ja: B}, title: {en: T, ja: T}, why: {en: W, ja: "
        "W}, when: {knows: leak}, then: {knows: leak, by: commander}}\n",
        "^ \"kind:\" cannot be \"some\"; there is: all_of, any_of, cadence, choose, content, "
        "count, "
        "deadline, each, flow, forbid, forbid_until, hold, precede, respond, sequence\n"},
    {"rules.yaml",
        "- {id: a, kind: respond, before: ^B, title: {en: T, ja: T}, why: {en: W, ja: W}, when: "
        "{knows: leak}, then: {knows: leak, by: commander}}\n",
        "^ \"before:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"rules.yaml",
        "- {id: a, kind: respond, before: {en: B, ja: B}, title: ^T, why: {en: W, ja: W}, when: "
        "{knows: leak}, then: {knows: leak, by: commander}}\n",
        "^ \"title:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"rules.yaml",
        "- {id: a, kind: respond, before: {en: B, ja: B}, title: {en: T, ja: T}, why: ^W, when: "
        "{knows: leak}, then: {knows: leak, by: commander}}\n",
        "^ \"why:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {"rules.yaml",
        "- {id: a, kind: respond, before: {en: B, ja: B}, title: {en: T, ja: T}, why: {en: W, ja: "
        "W}, when: ^leak, then: {knows: leak, by: commander}}\n",
        "^ expected what must happen, like {decision: stop-it, option: stop}, found a text\n"},
    {"rules.yaml",
        "- {id: a, kind: respond, before: {en: B, ja: B}, title: {en: T, ja: T}, why: {en: W, ja: "
        "W}, when: {knows: leak}, then: {knows: ^leek}}\n",
        "^ no fact is called \"leek\"; did you mean \"leak\"?\n"},
    {"rules.yaml",
        "- {id: a, kind: respond, before: {en: B, ja: B}, title: {en: T, ja: T}, why: {en: W, ja: "
        "W}, when: {knows: leak}, then: ^leak}\n",
        "^ expected what must happen, like {decision: stop-it, option: stop}, found a text\n"},
    {RULE_WITH("match: ^[]"), "^ \"match:\" expects a word, found a list\n"},
    {RULE_WITH("within: ^x"),
        "^ \"within:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {RULE_WITH("within: 1m, grace: ^x"),
        "^ \"grace:\" expects a length like 90s, 12m30s or 1h, found \"x\"\n"},
    {RULE_WITH("modes: ^all"), "^ \"modes:\" cannot be \"all\"; there is: discuss, paced, live\n"},
    {RULE_WITH("time: ^clock"), "^ \"time:\" cannot be \"clock\"; there is: exercise, story\n"},
    {RULE_WITH("within: {ladder: ^[]}"), "^ \"ladder:\" expects a name, found a list\n"},
    {RULE_WITH("content: ^maybe"), "^ \"content:\" expects yes or no, found \"maybe\"\n"},
    {RULE_WITH("unless: ^never"),
        "^ expected what must happen, like {decision: stop-it, option: stop}, found a text\n"},
    {RULE_WITH("applies_if: ^never"),
        "^ expected what must happen, like {decision: stop-it, option: stop}, found a text\n"},
    {RULE_WITH("while: {phase: ^night}"), "^ no phase is called \"night\"\n"},
    {RULE_WITH("while: ^always"), "^ expected a state as a mapping (key: value), found a text\n"},
    {RULE_WITH("weight: ^11"), "^ \"weight:\" expects a whole number from 1 to 10, found \"11\"\n"},
    {RULE_WITH("capability: ^[]"), "^ \"capability:\" expects a name, found a list\n"},
    {RULE_WITH("objective: ^win"), "^ no objective is called \"win\"\n"},
    {RULE_WITH("authority: ^all"),
        "^ \"authority:\" cannot be \"all\"; there is: may, advises, may-not, may-in-emergency\n"},
    {RULE_WITH("instead_of: ^b"), "^ no rule is called \"b\"; there is: a\n"},
    {RULE_WITH("law: {article: ^[]}"), "^ \"article:\" expects a text, found a list\n"},
    {RULE_WITH("law: ^all"), "^ expected \"law:\" as a mapping (key: value), found a text\n"},
    {RULE_WITH("law: {article: A, soft: ^[]}"), "^ \"soft:\" expects a text, found a list\n"},
    {RULE_WITH("law: {article: A, confidence: ^sure}"),
        "^ \"confidence:\" cannot be \"sure\"; there is: high, medium, low\n"},
    {RULE_WITH("law: {article: A, in_force: {from: ^soon}}"),
        "^ \"from:\" expects a date, like 2026-11-20, found \"soon\"\n"},
    {RULE_WITH("law: {article: A, in_force: {to: ^late}}"),
        "^ \"to:\" expects a date, like 2026-11-20, found \"late\"\n"},
    {RULE_WITH("consume: ^maybe"), "^ \"consume:\" expects yes or no, found \"maybe\"\n"},
    {KIND_WITH("forbid", "never: ^leak, duty: ^b"),
        "tiny/rules.yaml:1:100: expected what must happen, like {decision: stop-it, option: stop}, "
        "found a text\n"
        "tiny/rules.yaml:1:112: no rule is called \"b\"; there is: a\n"},
    {KIND_WITH("forbid_until", "when: {message: {}}, never: {said: {}}, until: ^that"),
        "^ expected what must happen, like {decision: stop-it, option: stop}, found a text\n"},
    {KIND_WITH("hold", "keep: ^that"),
        "^ expected a state as a mapping (key: value), found a text\n"},
    {KIND_WITH("count", "then: {message: {}}, count: ^many"),
        "tiny/rules.yaml:1:120: expected a count as a mapping (key: value), found a text\n"},
    {KIND_WITH("count", "then: {message: {}}, count: {at_least: ^0}"),
        "tiny/rules.yaml:1:131: \"at_least:\" expects a whole number from 1 to 1000, found "
        "\"0\"\n"},
    {KIND_WITH("count", "then: {message: {}}, count: {at_most: ^x}"),
        "tiny/rules.yaml:1:130: \"at_most:\" expects a whole number from 0 to 1000, found \"x\"\n"},
    {KIND_WITH("count", "then: {message: {}}, count: {exactly: ^x}"),
        "tiny/rules.yaml:1:130: \"exactly:\" expects a whole number from 0 to 1000, found \"x\"\n"},
    {KIND_WITH("cadence", "while: {since: {message: {}}}, then: {message: {}}, every: ^often"),
        "^ \"every:\" expects a length like 90s, 12m30s or 1h, found \"often\"\n"},
    {KIND_WITH("cadence", "while: {since: ^x}, then: {message: {}}, every: 5m, no_change: ^x"),
        "tiny/rules.yaml:1:109: expected what must happen, like {decision: stop-it, option: stop}, "
        "found a text\n"
        "tiny/rules.yaml:1:156: \"no_change:\" expects a whole number from 0 to 100, found "
        "\"x\"\n"},
    {KIND_WITH("cadence", "while: {until: ^x}, then: {message: {}}, every: 5m"),
        "^ expected what must happen, like {decision: stop-it, option: stop}, found a text\n"},
    {KIND_WITH("cadence", "while: {world: ^x}, then: {message: {}}, every: 5m"),
        "^ \"world:\" expects at most 4 names and values, like {records: [stopped]}\n"},
    {KIND_WITH("all_of", "when: {message: {}}, then: {reached: {}}, parties: [^nobody]"),
        "^ no role or stakeholder is called \"nobody\"; there is: room, commander, poc, vendor\n"},
    {KIND_WITH("sequence", "steps: ^one"),
        "^ \"steps:\" expects a list of two to 8 patterns, found a text\n"},
    {KIND_WITH("choose", "question: ^what, attention: ^x"),
        "tiny/rules.yaml:1:103: no question is called \"what\"\n"
        "tiny/rules.yaml:1:120: \"attention:\" expects a length like 90s, 12m30s or 1h, found "
        "\"x\"\n"},
    {KIND_WITH("choose", "reason: ^maybe, knowing: ^lake"),
        "tiny/rules.yaml:1:101: \"reason:\" expects yes or no, found \"maybe\"\n"
        "tiny/rules.yaml:1:117: no fact is called \"lake\"; there is: leak\n"},
    {KIND_WITH("choose", "informing: ^nobody, informed_within: ^x"),
        "tiny/rules.yaml:1:104: no role or stakeholder is called \"nobody\"; there is: room, "
        "commander, poc, vendor\n"
        "tiny/rules.yaml:1:129: \"informed_within:\" expects a length like 90s, 12m30s or 1h, "
        "found \"x\"\n"},
    {KIND_WITH("choose", "worth: ^all, plan: ^[]"),
        "tiny/rules.yaml:1:100: \"worth:\" expects options, like {advise-stop: 1000}, found a "
        "text\n"
        "tiny/rules.yaml:1:111: \"plan:\" expects a text, found a list\n"},
    {KIND_WITH("content", "when: {message: {}}, slots: [^none], at_least: ^101, receiver: ^maybe"),
        "tiny/rules.yaml:1:123: no slot is called \"none\"\n"
        "tiny/rules.yaml:1:140: \"at_least:\" expects a whole number from 1 to 100, found \"101\"\n"
        "tiny/rules.yaml:1:155: \"receiver:\" expects yes or no, found \"maybe\"\n"},
    {KIND_WITH("flow", "when: {message: {}}, check: ^all"),
        "^ \"check:\" cannot be \"all\"; there is: tlp, marking, need, over, contradiction\n"},
    {DEADLINE_WITH("matter: ^none"), "^ no thing in \"matters:\" is called \"none\"\n"},
    {DEADLINE_WITH("zone: ^Tokyo"),
        "^ \"zone:\" expects an offset, like \"+09:00\", found \"Tokyo\"\n"},
    {DEADLINE_WITH("holidays: ^all"),
        "^ \"holidays:\" expects a list of at most 64 dates, found a text\n"},
    {DEADLINE_WITH("override: ^x"),
        "^ expected \"override:\" as a mapping (key: value), found a text\n"},
    {DEADLINE_WITH("override: {if: ^[], after: ^[], by: ^[], bounds: ^[]}"),
        "tiny/rules.yaml:1:191: \"if:\" expects a name, found a list\n"
        "tiny/rules.yaml:1:202: \"after:\" expects a name, found a list\n"
        "tiny/rules.yaml:1:210: \"by:\" expects a length like 90s or 12m30s, found a list\n"},
    {KIND_WITH("deadline", "then: {message: {}}, anchors: ^x, bounds: ^x"),
        "tiny/rules.yaml:1:125: \"anchors:\" expects one to 4 names with patterns, like {aware: "
        "{declaration: aware}}, found a text\n"
        "tiny/rules.yaml:1:136: expected a list, each item (- ) being a bound, found a text\n"},
    {BOUNDS_WITH("{from: ^b, hours: ^x}"),
        "tiny/rules.yaml:1:154: no anchor is called \"b\"; there is: a\n"
        "tiny/rules.yaml:1:171: \"hours:\" expects a whole number from 1 to 10000, found \"x\"\n"},
    {BOUNDS_WITH("{from: a, months: 1, after: ^year}"),
        "^ \"after: year\" is for days, whose first one is 1 January\n"},
    {BOUNDS_WITH("{from: a, days: 1, after: ^month}"), "^ \"after:\" can only be \"year\"\n"},
    {BOUNDS_WITH("{from: a, days: ^x, first_day: ^x, by: ^x, needs: ^b}"),
        "tiny/rules.yaml:1:154: no anchor is called \"b\"; there is: a\n"
        "tiny/rules.yaml:1:170: \"days:\" expects a whole number from 1 to 3660, found \"x\"\n"
        "tiny/rules.yaml:1:184: \"first_day:\" can only be \"counts\"\n"
        "tiny/rules.yaml:1:191: \"by:\" expects a time of the day, like \"12:00\", found \"x\"\n"},
    {DEADLINE_WITH("roll: ^back"), "^ \"roll:\" can only be \"next\"\n"},
    {DEADLINE_WITH("roll: next, roll_by: ^noon"),
        "^ \"roll_by:\" expects a time of the day, like \"12:00\", found \"noon\"\n"},
    {BOUNDS_WITH("{from: a, business_days: ^x}"),
        "tiny/rules.yaml:1:179: \"business_days:\" expects a whole number from 1 to 366, found "
        "\"x\"\n"},
    {KIND_WITH("deadline",
         "then: {message: {}}, anchors: {a: {message: {}}}, bounds: [{from: a, months: ^x}]"),
        "tiny/rules.yaml:1:172: \"months:\" expects a whole number from 1 to 120, found \"x\"\n"},
    {RULE_WITH("role: ^pok"), "^ no role is called \"pok\"; did you mean \"poc\"?\n"},
    {RULE_WITH("skills: [^A]"), "^ \"A\" cannot be a name; names are made of a-z, 0-9, - and _, "
                                "begin with a letter or digit, and have at most 64 characters\n"},
    {RULE_WITH("severity: ^bad"),
        "^ \"severity:\" cannot be \"bad\"; there is: info, minor, major, critical\n"},
    {RULE_WITH("caused_by: ^b"), "^ no rule is called \"b\"; there is: a\n"},
    {RULE_WITH("source: ^[]"), "^ \"source:\" expects a text, found a list\n"},
};

#define PACK "id: law, title: {en: L, ja: L}, version: \"1.0\""
#define PACK_OF(head) "scoring/law.yaml", "pack: {" head "}\nrules: []\n"
#define PACK_WITH(text) PACK_OF(PACK ", " text)

static const struct mistake pack_mistakes[] = {
    {PACK_OF("id: ^lay, title: {en: L, ja: L}, version: \"1.0\""),
        "^ the pack of this file is called \"law\"\n"},
    {PACK_OF("id: law, title: ^L, version: \"1.0\""),
        "^ \"title:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {PACK_OF("id: law, title: {en: L, ja: L}, version: ^[]"),
        "^ \"version:\" expects a word, found a list\n"},
    {PACK_WITH("jurisdiction: ^[]"), "^ \"jurisdiction:\" expects a name, found a list\n"},
    {PACK_WITH("instrument: ^I"),
        "^ \"instrument:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {PACK_WITH("in_force: ^now"),
        "^ expected \"in_force:\" as a mapping (key: value), found a text\n"},
    {PACK_WITH("in_force: {from: ^soon}"),
        "^ \"from:\" expects a date, like 2026-11-20, found \"soon\"\n"},
    {PACK_WITH("in_force: {to: ^late}"),
        "^ \"to:\" expects a date, like 2026-11-20, found \"late\"\n"},
    {PACK_WITH("read_on: ^today"),
        "^ \"read_on:\" expects a date, like 2026-11-20, found \"today\"\n"},
    {PACK_WITH("sources: ^{}"),
        "^ expected a source or a list of them, found a mapping (key: value)\n"},
    {PACK_WITH("confidence: ^sure"),
        "^ \"confidence:\" cannot be \"sure\"; there is: high, medium, low\n"},
    {PACK_WITH("disabled: ^yes"),
        "^ \"disabled:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {PACK_WITH("note: ^N"),
        "^ \"note:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    {PACK_WITH("^author: N"), "^ \"pack:\" has no key \"author\"; there is: id, title, version, "
                              "jurisdiction, instrument, in_force, read_on, sources, confidence, "
                              "disabled, note\n"},
};

static void test_each_mistake(void **state)
{
    (void)state;
    check_mistakes(pack_mistakes, COUNT(pack_mistakes));
    check_mistakes(rules_mistakes, COUNT(rules_mistakes));
}

static void test_no_key_is_missing(void **state)
{
    (void)state;
    check_form(&rules_form, rules_mistakes, COUNT(rules_mistakes));
    check_form(&pack_form, pack_mistakes, COUNT(pack_mistakes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_mistake),
        cmocka_unit_test(test_no_key_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

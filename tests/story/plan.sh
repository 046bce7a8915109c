#!/bin/sh
# The improvement plan over exercises: what was missed becomes an item, and only an exercise that
# was created after the item was done and met the rule verifies it. Then what leaves the program
# (CSV, iCalendar), forgetting an owner, and words that somebody has changed in the file.
set -eu

command -v python3 >/dev/null || {
    echo "skipped: there is no python3 on this machine (apt install python3)"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
db=$work/drills.db

fail() {
    echo "$*" >&2
    exit 1
}

play() {
    inputs=$1
    shift
    "$TOCSIN" play phone-tree --home . --inputs "tests/story/phone-tree/$inputs.jsonl" --db "$db" "$@" >/dev/null
}

plan() {
    "$TOCSIN" plan "$@" --db "$db"
}

# refused STATUS WORDS ARGUMENT...
refused() {
    status=$1 words=$2
    shift 2
    got=0
    plan "$@" >"$work/out" 2>"$work/err" || got=$?
    [ "$got" -eq "$status" ] && grep -qF -- "$words" "$work/err" ||
        fail "plan $*: ended with $got, not $status with \"$words\": $(cat "$work/err")"
}

# stands RULE STATUS RESULT EXERCISE: how the item of a rule stands.
stands() {
    plan --json >"$work/plan.json"
    python3 - "$work/plan.json" "$@" <<'END'
import json, sys
path, rule, *expected = sys.argv[1:]
item, = [i for i in json.load(open(path)) if i["rule"] == rule]
found = [item["status"], item["retest"]["result"], item["retest"]["exercise"]]
if found != expected:
    sys.exit(f"{rule} stands at {found}, not at {expected}")
END
}

number() {
    plan --json | python3 -c 'import json, sys
print(*[i["id"] for i in json.load(sys.stdin) if i["rule"] == sys.argv[1]])' "$1"
}

# ---- from misses to items ----

sed '$a{"at":"11m","actor":"evaluator","do":"cause","finding":"RULE","cause":"contact-data"}' \
    tests/story/phone-tree/slow.jsonl >"$work/slow.jsonl"
finding=$("$TOCSIN" play phone-tree --home . --inputs tests/story/phone-tree/slow.jsonl --db "$work/other.db" >/dev/null &&
    "$TOCSIN" score --rule operations-reached --json --db "$work/other.db" | grep -o 'operations-reached--[0-9]*')
sed -i "s/RULE/$finding/" "$work/slow.jsonl"
"$TOCSIN" play phone-tree --home . --inputs "$work/slow.jsonl" --db "$db" >/dev/null
plan phone-tree-1 --propose | grep -q '^  escalate-at-once (escalation, major, 1)$' || fail "nothing is proposed"
plan phone-tree-1 --propose --lang ja | grep -q '^    未達：' || fail "a miss is headed by the sentence of success"
[ "$(plan --json)" = "[]" ] || fail "proposing has planned something"
plan phone-tree-1 --add --finding escalate-at-once --by 2026-01-31 --element training >/dev/null
plan phone-tree-1 --propose --accept >/dev/null
plan phone-tree-1 --propose --accept >"$work/again"
[ ! -s "$work/again" ] || fail "what is planned was planned again: $(cat "$work/again")"
plan phone-tree-1 --propose | grep -q '  planned already as #1$' || fail "what is planned is not said"
stands escalate-at-once open none ""
python3 - "$work/plan.json" <<'END'
import json, sys
items = {i["rule"]: i for i in json.load(open(sys.argv[1]))}
caused, other = items["operations-reached"], items["status-on-request"]
assert (caused["cause"], caused["element"]) == ("contact-data", "planning") and "every number" in caused["action"], caused
assert other["cause"] == "" and other["action"].startswith("Find out with those concerned why"), other
assert items["escalate-at-once"]["element"] == "training" and items["escalate-at-once"]["due"] == "2026-01-31"
END
# What is proposed answers the cause, whatever else could be done about the capability, and the gravest comes first.
for cause in procedure skill; do
    late=$("$TOCSIN" score --rule escalate-at-once --json --db "$work/other.db" | grep -o 'escalate-at-once--[0-9]*' | head -n 1)
    {
        cat tests/story/phone-tree/slow.jsonl
        echo "{\"at\":\"11m\",\"actor\":\"evaluator\",\"do\":\"cause\",\"finding\":\"$late\",\"cause\":\"$cause\"}"
    } >"$work/caused.jsonl"
    "$TOCSIN" play phone-tree --home . --inputs "$work/caused.jsonl" --db "$work/$cause.db" >/dev/null
    "$TOCSIN" plan phone-tree-1 --propose --json --db "$work/$cause.db" >"$work/$cause.json"
done
python3 - "$work" <<'END'
import json, sys
for cause, words in (("procedure", "Change the document"), ("skill", "Practise it")):
    items = json.load(open(f"{sys.argv[1]}/{cause}.json"))
    one = next(i for i in items if i["cause"] == cause)
    assert one["action"]["en"].startswith(words), one
    order = [["info", "minor", "major", "critical"].index(i["severity"]) for i in items]
    assert order == sorted(order, reverse=True) and len(set(order)) > 1, items
END
refused 1 "no later exercise has judged its rule yet" --set 1 --status verified
refused 1 "has no item 99" --set 99 --status done
refused 1 "has no item" --set 0 --status done
refused 1 "no missed rule or finding" phone-tree-1 --add --finding escalate-at-onc
refused 1 "holds no exercise" nothing-1
refused 1 "is no id of a person" --set 1 --owner "Sato Hanako"
refused 2 "one thing at a time" --add --set 1 --action x
refused 2 "forms of the list" --json --csv
refused 2 "say --add" --owner poc
refused 2 "a day is written like" --set 1 --by 31.1.2026
refused 2 "a new item needs --action" --add

# A change that is refused leaves nothing behind, the owner's name neither.
refused 1 "has no item 99" --set 99 --owner kato --name "Kato Ichiro"
refused 1 "must have 1 to" --set 1 --owner kato --name "$(printf 'Kato\033')"
! grep -q "Kato" "$db" "$db"-wal 2>/dev/null || fail "a refused change has left a name"
! plan --history 1 | grep -q "owner" || fail "a refused name has left a change"
plan --today 2026-01-31 | grep -q overdue && fail "overdue on its last day"
plan --today 2026-02-01 | grep -q '^#1 open, due 2026-01-31 (overdue)' || fail "not overdue the day after"

# ---- only a later exercise verifies ----

vendor=$(number another-way-to-the-vendor)
advice=$(number advice-says-what-and-by-when)
plan --set 1 --status done
plan --set "$advice" --status done
play good
stands escalate-at-once verified met phone-tree-2
stands advice-says-what-and-by-when "done" missed phone-tree-2
stands another-way-to-the-vendor open early phone-tree-2
plan --set "$vendor" --status done
stands another-way-to-the-vendor "done" early phone-tree-2
refused 1 "began before the item was done" --set "$vendor" --status verified
refused 1 "missed its rule again" --set "$advice" --status verified

# What another organisation plays, or is judged by another major version of the rules, shows nothing.
mkdir "$work/home"
cp -r roles scoring scenarios "$work/home"
sed -i 's/^\( *version: *"\{0,1\}\)[0-9]*\./\1987./' "$work"/home/scoring/*.yaml
"$TOCSIN" play phone-tree --home "$work/home" \
    --inputs tests/story/phone-tree/good.jsonl --db "$db" >/dev/null

stands acknowledge-in-time open early phone-tree-2
play good
stands another-way-to-the-vendor verified met phone-tree-4
stands acknowledge-in-time open early phone-tree-4

# Another organisation's exercise verifies nothing, though its rules are the same ones; its own plan is its own.
"$TOCSIN" play phone-tree --home . --org model-a --inputs tests/story/phone-tree/slow.jsonl --db "$db" >/dev/null
stands another-way-to-the-vendor verified met phone-tree-4
stands escalate-at-once verified met phone-tree-4

# Of one organisation: its items and those of none.
org=$("$TOCSIN" list --json --db "$db" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["organisation"])')
[ "$(plan --team "$org")" = "$(plan)" ] || fail "an organisation's plan is not its own"
[ "$(plan --team model-a --json)" = "[]" ] || fail "another organisation's plan is shown"

# A later miss takes it back, and a change of mind starts anew.
play slow
stands another-way-to-the-vendor "done" missed phone-tree-6
plan --set "$vendor" --status open
play good
stands another-way-to-the-vendor open early phone-tree-7

# Met with help only is not verified; without help, it is.
help_one() {
    printf '%s\n' '{"at":"0s","actor":"facilitator","do":"start","language":"en"}' \
        '{"at":"40s","actor":"poc","do":"open","inject":"night-report"}' "$1" \
        '{"at":"1m10s","actor":"poc","do":"message","id":"m1","type":"escalation","to":["commander"],"via":"phone","facts":["password-entered"],"tlp":"amber","text":"Somebody typed the password."}' \
        '{"at":"10m","actor":"facilitator","do":"end"}' >"$work/helped.jsonl"
    "$TOCSIN" play phone-tree --home . --inputs "$work/helped.jsonl" --db "$db" >/dev/null
}
help_one '{"at":"50s","actor":"facilitator","do":"hint","rule":"escalate-at-once","text":"Who leads?","to":["poc"]}'
stands escalate-at-once "done" hinted phone-tree-8
refused 1 "with help only" --set 1 --status verified
help_one '{"at":"50s","actor":"facilitator","do":"hint","rule":"status-on-request","text":"Who waits?","to":["poc"]}'
stands escalate-at-once verified met phone-tree-9

# ---- what leaves the program ----

plan --add --action '=HYPERLINK("http://x.example","提出先; 住所, 電話\\番号を長い文で書いておき、折り返しの位置が文字の途中に来ないことを確かめる")' \
    --issue ' @SUM(1)' --owner sato --name "佐藤 花子" --by 2026-12-20 --note '＝1+1' >/dev/null
plan --lang ja | grep -q '^#[0-9]* 完了・再び未達成' || fail "a done item that was missed again waits for a retest"
plan | grep -q 'Retest: .*: met (from a file: nobody sat there)' || fail "a file's retest looks like people's"
# What was taken in English is Japanese on a Japanese page, and what somebody wrote stays as it is.
plan --set "$advice" --issue "In my own words"
plan --lang ja >"$work/plan.ja"
grep -q '課題: 未達：' "$work/plan.ja" || fail "what was proposed is told in one language"
grep -q '課題: In my own words' "$work/plan.ja" || fail "what somebody wrote is told otherwise"
plan --json | grep -q '"words":{"action":{"en":"' || fail "a page is not told the words"
plan --csv --lang ja >"$work/plan.ja.csv"
plan --csv >"$work/plan.csv"
plan --ics >"$work/plan.ics"
plan --json >"$work/plan.json"
python3 - "$work" <<'END'
import csv, io, json, sys
work = sys.argv[1]
items = json.load(open(f"{work}/plan.json"))
raw = open(f"{work}/plan.csv", "rb").read()
assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n") == len(items) + 1
rows = list(csv.DictReader(io.StringIO(raw[3:].decode(), newline="")))
assert [int(r["Item"]) for r in rows] == [i["id"] for i in items]
local = list(csv.DictReader(open(f"{work}/plan.ja.csv", encoding="utf-8-sig", newline="")))
known = {"能力", "要素（POETE）", "状態", "原因", "直近の再確認"}
assert known <= set(local[0]), local[0]
for row in local:
    for name in known:
        assert not row[name] or any(c > "\u3000" for c in row[name]), (name, row[name])
assert any("参加者はいません" in row["直近の再確認"] for row in local), local
last = rows[-1]
assert last["Corrective action"] == "'" + items[-1]["action"], last
assert last["Issue / area for improvement"] == "' @SUM(1)" and last["Note"] == "'＝1+1"
for row in rows:
    for cell in row.values():
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), cell
raw = open(f"{work}/plan.ics", "rb").read()
assert raw.endswith(b"\r\n") and raw.count(b"\n") == raw.count(b"\r\n")
for line in raw.split(b"\r\n"):
    assert len(line) <= 75, line
    line.decode()
lines = raw.decode().replace("\r\n ", "").split("\r\n")
uids = [l for l in lines if l.startswith("UID:")]
assert len(uids) == len(set(uids)) == len(items), uids
assert lines.count("BEGIN:VTODO") == lines.count("END:VTODO") == len(items)
assert "DUE;VALUE=DATE:20261220" in lines
summary = [l for l in lines if l.startswith("SUMMARY:")][-1]
plain = items[-1]["action"].replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
assert summary == f"SUMMARY:Tocsin {items[-1]['id']}: {plain}", summary
END
plan --ics | cmp -s - "$work/plan.ics" || fail "the same plan gives another calendar"

# ---- persons ----

for form in --csv --ics --json --today=2026-01-01; do
    ! plan "$form" | grep -qE "佐藤|sato" || fail "$form names a person"
    plan --names "$form" | grep -q "佐藤" || fail "$form --names does not"
done
grep -q "佐藤" "$db" || fail "the name is not where it is looked for"
head=$("$TOCSIN" verify phone-tree-9 --db "$db" | awk '{ print $NF }')
last=$(plan --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
plan --set "$last" --owner poc
"$TOCSIN" forget sato --yes --db "$db" | grep -q "own items of the plan" || fail "forget does not say what goes"
! grep -qE "佐藤|sato" "$db" || fail "the file still knows the owner"
plan --history "$last" | grep -q "owner: (forgotten)" || fail "the history does not say that it was forgotten"
"$TOCSIN" forget poc --yes --db "$db" >/dev/null
plan | grep -q "Owner: (forgotten)" || fail "the plan still has an owner"
"$TOCSIN" verify phone-tree-9 --db "$db" --head "$head" >/dev/null || fail "forgetting broke the record"

# ---- somebody changes the plan's words ----

command -v sqlite3 >/dev/null || {
    echo "changed words were not tried: there is no sqlite3 on this machine (apt install sqlite3)"
    exit 0
}
for spoil in "UPDATE plan_text SET body = 'nothing to do' WHERE field = 'action' AND entry = (SELECT max(entry) FROM plan_text WHERE field = 'action')" \
    "DELETE FROM plan_text WHERE field = 'issue'" \
    "INSERT INTO plan_text SELECT entry, 'document', ref, salt, body, person FROM plan_text WHERE field = 'note'" \
    "UPDATE plan_text SET ref = 'x'"; do
    cp "$db" "$work/spoilt.db"
    sqlite3 "$work/spoilt.db" "$spoil"
    ! "$TOCSIN" verify phone-tree-9 --db "$work/spoilt.db" 2>"$work/err" >/dev/null ||
        fail "verify does not notice: $spoil"
    grep -q "plan" "$work/err" || fail "after $spoil verify says: $(cat "$work/err")"
done

#!/bin/sh
# Who has practised which role, and which contacts answered, over three exercises of two persons.
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

# play PERSON LINES [FLAG]: somebody sits down as PoC before the drill; only so many lines are played.
play() {
    flag=${3:-}
    {
        echo "{\"at\":\"0s\",\"actor\":\"facilitator\",\"do\":\"assign\",\"seat\":\"poc\",\"person\":\"$1\"}"
        head -n "$2" tests/story/phone-tree/good.jsonl
    } >"$work/inputs.jsonl"
    "$TOCSIN" play phone-tree --home . --inputs "$work/inputs.jsonl" --db "$db" $flag >/dev/null
}

ready() {
    "$TOCSIN" readiness --db "$db" "$@"
}

play sato 1000 --by-person
today=$("$TOCSIN" list --db "$db" | sed -n 's/.* \([0-9-]*\)T.*/\1/p')
then=$(python3 -c 'import datetime, sys
print(datetime.date.fromisoformat(sys.argv[1]) + datetime.timedelta(400))' "$today")
ready --json >"$work/first.json"
play suzuki 12 # never came to its ENDEX
ready --json | cmp -s - "$work/first.json" || fail "an exercise that has not ended counts"
play suzuki 1000
"$TOCSIN" plan --add --action x --owner sato --name "佐藤 花子" --db "$db" >/dev/null

ready --json --today "$then" >"$work/second.json"
ready --json --names >"$work/names.json"
"$TOCSIN" plan --json --db "$db" >"$work/plan.json"
python3 - "$work" <<'END'
import json, sys
first, second, names, plan = (json.load(open(f"{sys.argv[1]}/{n}.json")) for n in ("first", "second", "names", "plan"))
assert (first["tables"], second["tables"], second["organisation"]) == (1, 2, "default")
order = [r["exercises"] for r in second["roles"]]
assert order == sorted(order) and order[0] == 0 and order[-1] == 2, order
role = {r["role"]: r for r in second["roles"]}
assert role["legal"]["last"] is None and role["legal"]["holders"] == []
assert role["researcher"]["with"] == "handler" and role["vulnerability-assessor"]["outsourced"] == "vendor"
poc = role["poc"]["holders"]
assert [h["last"]["exercise"] for h in poc] == ["phone-tree-3", "phone-tree-1"]
assert all(h["last"]["days_ago"] == 400 and h["last"]["from_file"] for h in poc), poc
assert all(h["person"].startswith("P-") for h in poc) and len({h["person"] for h in poc}) == 2
assert poc[1]["person"] == plan[0]["owner"], "one person has two aliases"
named = {r["role"]: r for r in names["roles"]}["poc"]["holders"]
assert [h["person"] for h in named] == [poc[0]["person"], "佐藤 花子"], "suzuki's exercise was not to be told by person"
assert [h["person"] for h in role["commander"]["holders"]] == [""] and role["commander"]["holders"][0]["seat"] == "commander"
contact = {c["contact"]: c for c in second["contacts"]}
assert (contact["vendor"]["last_reached"], contact["vendor"]["reason"]) == (False, "stale")
assert (contact["management"]["last_reached"], contact["management"]["reason"]) == (False, "no-answer")
assert contact["management"]["deputy"] == "management-deputy"
assert contact["management-deputy"]["last_reached"] and contact["management-deputy"]["unreached"] is None
assert contact["police"]["reached"] is None and contact["police"]["unreached"] is None
pressing = [0 if not (c["reached"] or c["unreached"]) else 2 if c["last_reached"] else 1 for c in second["contacts"]]
assert pressing == sorted(pressing) and set(pressing) == {0, 1, 2}, pressing
END
ready --today "$then" >"$work/text"
grep -q "^  legal, Legal adviser: never exercised$" "$work/text" || fail "$(cat "$work/text")"
grep -q "    can stand in: P-[0-9a-f]*, 400 days ago in phone-tree-1 (played from a file)" "$work/text" || fail "$(cat "$work/text")"
grep -q "not reached, contact out of date, 400 days ago" "$work/text" || fail "$(cat "$work/text")"
! grep -qE "sato|suzuki|佐藤" "$work/text" || fail "a person is named"
ready --lang ja | grep -q "演習したことがない" || fail "it does not speak Japanese"

# Reached, then not, then again: each is remembered with its exercise, and the last try decides. Among those who
# were reached the one longest ago comes first, whatever their names.
calls() {
    printf '%s\n' '{"at":"0s","actor":"facilitator","do":"start","language":"en"}' \
        "{\"at\":\"1m\",\"actor\":\"poc\",\"do\":\"message\",\"id\":\"m1\",\"type\":\"escalation\",\"to\":[\"management-deputy\"],\"via\":\"$1\",\"tlp\":\"amber\",\"text\":\"Please call back.\"}" "$2" \
        '{"at":"10m","actor":"facilitator","do":"end"}' >"$work/calls.jsonl"
    "$TOCSIN" play phone-tree --home . --inputs "$work/calls.jsonl" --db "$work/calls.db" >/dev/null
    "$TOCSIN" readiness --db "$work/calls.db" --json >"$work/calls.json"
    python3 - "$work/calls.json" "$3" "$4" "$5" "$6" <<'END'
import json, sys
path, *expected = sys.argv[1:]
contacts = json.load(open(path))["contacts"]
deputy = next(c for c in contacts if c["contact"] == "management-deputy")
when = [(deputy[key] or {}).get("exercise", "never") for key in ("reached", "unreached")]
tried = " ".join(c["contact"] for c in contacts if c["reached"] or c["unreached"])
found = [*when, str(deputy["last_reached"]), tried]
if found != expected:
    sys.exit(f"contacts stand at {found}, not at {expected}")
END
}
vendor='{"at":"2m","actor":"poc","do":"message","id":"m2","type":"request","to":["vendor-desk"],"via":"mail","tlp":"amber","text":"Please call back."}'
calls phone "$vendor" phone-tree-1 never True "management-deputy vendor-desk"
calls mail "" phone-tree-1 phone-tree-2 False "management-deputy vendor-desk"
calls phone "" phone-tree-3 phone-tree-2 True "vendor-desk management-deputy"

got=0
ready --team nobodys >/dev/null 2>"$work/err" || got=$?
[ "$got" -eq 1 ] && grep -q 'no exercise was played by a team of "nobodys"' "$work/err" || fail "$(cat "$work/err")"

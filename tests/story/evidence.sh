#!/bin/sh
# A year as evidence: what it counts is what other commands say, a changed table is listed as such,
# and nobody is named unasked.
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

{
    echo '{"at":"0s","actor":"facilitator","do":"assign","seat":"poc","person":"sato"}'
    cat tests/story/phone-tree/slow.jsonl
} >"$work/inputs.jsonl"
"$TOCSIN" play phone-tree --home . --inputs "$work/inputs.jsonl" --by-person --db "$db" >/dev/null
{
    echo '{"at":"0s","actor":"facilitator","do":"assign","seat":"poc","person":"suzuki"}'
    head -n 12 tests/story/phone-tree/good.jsonl
} >"$work/inputs.jsonl"
"$TOCSIN" play phone-tree --home . --inputs "$work/inputs.jsonl" --db "$db" >/dev/null
{
    echo '{"at":"0s","actor":"facilitator","do":"assign","seat":"poc","person":"suzuki"}'
    cat tests/story/phone-tree/good.jsonl
} >"$work/inputs.jsonl"
"$TOCSIN" play phone-tree --home . --inputs "$work/inputs.jsonl" --db "$db" >/dev/null
"$TOCSIN" plan phone-tree-1 --add --finding escalate-at-once --owner sato --name "佐藤 | 花子" \
    --action 'Ring | <b>everybody</b> [x](http://x.example)' --by 2026-01-31 --db "$db" >/dev/null
year=$("$TOCSIN" list --db "$db" | sed -n '1s/.* \([0-9]*\)-[0-9-]*T.*/\1/p')

say() {
    "$TOCSIN" evidence --year "$year" --db "$db" "$@"
}
say --json >"$work/year.json"
"$TOCSIN" list --json --db "$db" >"$work/list.json"
"$TOCSIN" verify --all --db "$db" | awk '{ print $1, $NF }' >"$work/heads"
for exercise in 1 3; do
    "$TOCSIN" score phone-tree-$exercise --json --db "$db" >"$work/score-$exercise.json"
done
python3 - "$work" "$year" <<'END'
import json, sys
work, year = sys.argv[1:]
load = lambda name: json.load(open(f"{work}/{name}.json"))
pack, listed = load("year"), load("list")
assert pack["marking"] == "【訓練】EXERCISE" and pack["year"] == int(year) and pack["programme_whole"]
tables = pack["exercises"]
assert [t["exercise"] for t in tables] == ["phone-tree-1", "phone-tree-2", "phone-tree-3"]
assert [t["status"] for t in tables] == ["ended", "running", "ended"] and all(t["whole"] for t in tables)
assert [t["content"] for t in tables] == [e["content"] for e in listed]
heads = dict(l.rstrip(":\n").replace(": ", " ").replace(":", "").split() for l in open(f"{work}/heads"))
heads["phone-tree-2"] = ""
assert heads == {t["exercise"]: t["head"] for t in tables}
# Whoever reads it may sit at a table that is still played.
running = tables[1]
assert running["participants"] == [] and running["duration_ms"] == running["events"] == 0, running
assert tables[2]["participants"] and tables[2]["duration_ms"] > 0 and tables[2]["events"] > 20
counted = {}
for exercise in (1, 3):
    for c in load(f"score-{exercise}")["capabilities"]:
        n, met, of = counted.get(c["id"], (0, 0, 0))
        counted[c["id"]] = (n + c["n"], met + c["satisfied"], of + (c["n"] > 0))
assert counted == {c["id"]: (c["n"], c["satisfied"], c["tables"]) for c in pack["capabilities"]}, counted
seats = {p["seat"]: p["person"] for p in tables[0]["participants"]}
assert set(seats) == {"poc", "commander"} and seats["commander"] == ""
assert seats["poc"] == pack["plan"][0]["owner"] and seats["poc"].startswith("P-")
END
say >"$work/year.md"
say --lang ja --out "$work/year.ja.md"
for page in "$work/year.md" "$work/year.ja.md"; do
    head -1 "$page" | grep -q "【訓練】EXERCISE" && tail -1 "$page" | grep -q "【訓練】EXERCISE" ||
        fail "$page is not marked"
    ! grep -qE "sato|佐藤|<b>|[^\\]\]\(http" "$page" || fail "$(grep -nE "sato|佐藤|<b>|[^\\]\]\(http" "$page")"
    awk -F' [|] ' '/^## /{ n = 0 } /^[|]/ { if (n && NF != n) { print; exit 1 } n = NF }' "$page" || fail "a row has other columns than its head"
done
say --names | grep -q '佐藤 \\| 花子' || fail "--names does not name"
say --names | grep -q 'poc: 佐藤' || fail "--names does not name a player who agreed to it"
! say --names | grep -q suzuki || fail "--names names a player who has not agreed to it"
[ "$("$TOCSIN" evidence --year 1999 --json --db "$db" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["exercises"]))')" = 0 ] ||
    fail "another year has the same exercises"

# A player who agreed in one exercise and not in others: no two answers together say who sat there.
apart=$work/apart.db
{
    echo '{"at":"0s","actor":"facilitator","do":"assign","seat":"poc","person":"sato"}'
    cat tests/story/phone-tree/slow.jsonl
} >"$work/inputs.jsonl"
"$TOCSIN" play phone-tree --home . --inputs "$work/inputs.jsonl" --by-person --db "$apart" >/dev/null
for exercise in 2 3; do
    "$TOCSIN" play phone-tree --home . --inputs "$work/inputs.jsonl" --db "$apart" >"$work/$exercise"
done
for names in "" --names; do
    "$TOCSIN" evidence --year "$year" --json $names --db "$apart" >"$work/apart$names.json"
    "$TOCSIN" show phone-tree-2 --json --db "$apart" >"$work/show.json"
done
python3 - "$work" <<'END'
import json, sys
load = lambda name: json.load(open(f"{sys.argv[1]}/{name}.json"))
who = lambda pack: [p["person"] for t in pack["exercises"] for p in t["participants"] if p["seat"] == "poc"]
hidden, named = who(load("apart")), who(load("apart--names"))
assert len(set(hidden)) == 3 and all(p.startswith("P-") for p in hidden), hidden
assert named == ["sato"] + hidden[1:], named
shown = {s["seat"]: s["person"] for s in load("show")["seats"]}
assert shown["poc"] == hidden[1] and shown["commander"] == "commander", shown
END
for words in "" --json "--lang ja"; do
    # shellcheck disable=SC2086
    ! "$TOCSIN" show phone-tree-1 $words --db "$apart" | grep -q sato || fail "show names somebody unasked"
done
"$TOCSIN" show phone-tree-2 --names --db "$apart" | grep -q 'poc: sato' || fail "show --names does not name"
! "$TOCSIN" skills --person nobody --home . --db "$apart" 2>"$work/said" || fail "nobody has evidence"
! grep -q sato "$work/said" || fail "$(cat "$work/said")"

command -v sqlite3 >/dev/null || {
    echo "a changed table was not tried: there is no sqlite3 on this machine (apt install sqlite3)"
    exit 0
}
trigger=$(sqlite3 "$db" "SELECT sql FROM sqlite_schema WHERE name = 'event_no_update'")
sqlite3 "$db" "DROP TRIGGER event_no_update; UPDATE event SET observed_ms = observed_ms - 1 WHERE table_id = 3 AND seq = 20; $trigger"
say --json >"$work/year.json"
python3 - "$work/year.json" <<'END'
import json, sys
first, second, third = json.load(open(sys.argv[1]))["exercises"]
assert first["whole"] and second["whole"] and not third["whole"], third
assert "event 20" in third["damage"], third
END
say | grep -q "| phone-tree-3 |.*event 20.*was changed" || fail "the page does not say that phone-tree-3 was changed"

#!/bin/sh
# Runs what docs/record.md shows on a record of the shipped drill: the Python that checks a chain
# without Tocsin, the queries, and the forgetting of one person's words.
set -eu

page=docs/record.md
play=tests/story/phone-tree/good.jsonl
for tool in python3 sqlite3; do
    command -v "$tool" >/dev/null || {
        echo "skipped: there is no $tool on this machine (apt install $tool)"
        exit 77
    }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
db=$work/drills.tocsin

fail() {
    echo "$page: $*" >&2
    exit 1
}

# The nth block of a kind goes to KIND.n.
awk -v work="$work" '
    /^```(python|sql query|sql forget)$/ {
        kind = $NF; sub(/^```/, "", kind)
        file = work "/" kind "." ++count[kind]
        next
    }
    /^```/ { file = ""; next }
    file != "" { print > file }' "$page"

"$TOCSIN" play phone-tree --home . --inputs "$play" --db "$db" >/dev/null
head=$(python3 "$work/python.1" "$db" 1)
"$TOCSIN" verify --db "$db" --head "$head" >/dev/null || fail "the Python found another head: $head"

queries=0
for query in "$work"/query.*; do
    sqlite3 -bail "$db" <"$query" >"$work/rows" || fail "a query fails: $(cat "$query")"
    queries=$((queries + 1))
done
[ "$queries" -ge 6 ] || fail "only $queries queries were found"

words=$(sqlite3 "$db" "SELECT body FROM text WHERE person = 'poc' AND length(body) > 20 LIMIT 1")
[ -n "$words" ] || fail "the drill has no words of poc"
grep -qF "$words" "$db" || fail "the words are not where they are looked for"
sqlite3 -bail "$db" <"$work/forget.1" >/dev/null
if grep -qF "$words" "$db"; then
    fail "the words are still in the file after they were forgotten"
fi
"$TOCSIN" verify --db "$db" --head "$head" >/dev/null || fail "forgetting broke the record"
[ "$(python3 "$work/python.1" "$db" 1)" = "$head" ] || fail "forgetting broke the chain"

# Somebody changes an event and puts the trigger back; the Python sees it without Tocsin.
trigger=$(sqlite3 "$db" "SELECT sql FROM sqlite_schema WHERE name = 'event_no_update'")
sqlite3 "$db" "DROP TRIGGER event_no_update; UPDATE event SET at_ms = at_ms + 1 WHERE seq = 5; $trigger"
if python3 "$work/python.1" "$db" 1 >/dev/null 2>"$work/complaint"; then
    fail "the Python did not notice a changed event"
fi
grep -qx "event 5 was changed" "$work/complaint" || fail "$(cat "$work/complaint")"
echo "the Python, $queries queries and forgetting, of $page"

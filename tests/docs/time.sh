#!/bin/sh
# Plays each example of docs/time.md and compares the log with the one printed there.
# An example that is fenced as "jsonl discuss" is played in that mode.
# With UPDATE=1 the logs in the page are written anew, to be read by a person before they are kept.
set -eu

page=docs/time.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Example n: its inputs in n.jsonl, the log that the page shows in n.log.
awk -v work="$work" '
    /^```jsonl/ {
        n++
        file = work "/" n ".jsonl"
        print $2 == "" ? "live" : $2 > (work "/" n ".mode")
        next
    }
    /^```log$/ { file = work "/" n ".log"; printf "" > file; next }
    /^```/ { file = ""; next }
    file != "" { print > file }' "$page"

examples=0
differ=0
for inputs in "$work"/*.jsonl; do
    n=$(basename "$inputs" .jsonl)
    examples=$((examples + 1))
    id=$("$TOCSIN" play tests/docs/clockwork --home . --mode "$(cat "$work/$n.mode")" \
        --inputs "$inputs" --db "$work/$n.db" \
        2>"$work/$n.err" | awk '{ print $NF }')
    "$TOCSIN" log "$id" --as facilitator --db "$work/$n.db" | sed '1d; s/ *$//' >"$work/$n.new"
    "$TOCSIN" verify "$id" --db "$work/$n.db" >/dev/null
    if ! cmp -s "$work/$n.log" "$work/$n.new"; then
        differ=$((differ + 1))
        [ -n "${UPDATE:-}" ] || diff -u "$work/$n.log" "$work/$n.new" || true
    fi
done

if [ -n "${UPDATE:-}" ]; then
    awk -v work="$work" '
        /^```jsonl/ { n++ }
        /^```log$/ {
            print
            file = work "/" n ".new"
            while ((getline line < file) > 0)
                print line
            inside = 1
            next
        }
        /^```$/ { inside = 0 }
        !inside' "$page" >"$work/page"
    cp "$work/page" "$page"
    exit 0
fi
[ "$examples" -ge 7 ] || { echo "$page: only $examples examples were found" >&2; exit 1; }
[ "$differ" -eq 0 ] || { echo "$page: $differ of $examples examples differ" >&2; exit 1; }
echo "$examples examples of $page"

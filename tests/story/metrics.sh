#!/bin/sh
# The figures of `tocsin metrics`, counted again from the record's rows by a script that shares
# nothing with the program but docs/metrics.md.
set -eu

command -v python3 >/dev/null || {
    echo "skipped: there is no python3 on this machine (apt install python3)"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
plays=0
for inputs in tests/story/*/*.jsonl; do
    folder=$(dirname "$inputs")
    scenario=scenarios/$(basename "$folder")
    [ ! -f "$folder/scenario.yaml" ] || scenario=$folder
    db=$work/$plays.db
    "$TOCSIN" play "$scenario" --home . --inputs "$inputs" --db "$db" >/dev/null 2>&1
    "$TOCSIN" metrics --json --db "$db" >"$work/metrics.json"
    "$TOCSIN" metrics --lang en --db "$db" >"$work/en.txt"
    "$TOCSIN" metrics --lang ja --db "$db" >"$work/ja.txt"
    grep -q '^Style\. .* none of them is a quality' "$work/en.txt"
    grep -q '良し悪しの評価ではない' "$work/ja.txt"
    grep -q 'n\.a\. (n=0)' "$work/en.txt"
    python3 tests/story/metrics.py "$db" "$work/metrics.json" "$scenario/facts.yaml" "$inputs"
    plays=$((plays + 1))
done
[ "$plays" -ge 3 ] || { echo "only $plays plays were counted" >&2; exit 1; }

#!/bin/sh
# Golden stories: each *.jsonl under tests/story/SCENARIO is played, and what comes of it is compared
# with the files beside it: the record, what the PoC saw, the findings and the report, in both
# languages. The scenario is the shipped one of that name, unless the folder holds one of its own.
# Of plays that teams.mjs makes of another one only what people read is kept: findings and report.
# The whole report, in HTML and Markdown, is kept of a good, a slow and a chaotic team.
# UPDATE=1 writes the files anew; a person reads the difference before it is kept.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checks=0
differ=0

# Hashes change with every comma of the scenario; that they are right is verify's business.
mask() {
    sed 's/[0-9a-f]\{64\}/HASH/; s/tocsin [0-9]*\.[0-9]*\.[0-9]*/tocsin VERSION/'
}

# golden FILE COMMAND...: what the command prints is what the file holds.
golden() {
    expected=$1
    shift
    "$TOCSIN" "$@" --db "$work/db" | mask >"$work/out"
    checks=$((checks + 1))
    if [ -n "${UPDATE:-}" ]; then
        cp "$work/out" "$expected"
    elif ! diff -u "$expected" "$work/out"; then
        differ=$((differ + 1))
    fi
}

for inputs in tests/story/*/*.jsonl; do
    folder=$(dirname "$inputs")
    scenario=scenarios/$(basename "$folder")
    [ ! -f "$folder/scenario.yaml" ] || scenario=$folder
    stem=${inputs%.jsonl}
    rm -f "$work"/db*
    id=$("$TOCSIN" play "$scenario" --home . --inputs "$inputs" --db "$work/db" | awk '{ print $NF }')
    "$TOCSIN" verify "$id" --db "$work/db" >/dev/null
    if ! grep -qs "^    \"$(basename "$stem")\": " "$folder/teams.mjs"; then
        golden "$stem.log" log "$id"
        golden "$stem.poc.log" log "$id" --as poc
        golden "$stem.score.json" score "$id" --json
    fi
    for lang in en ja; do
        golden "$stem.score.$lang.txt" score "$id" --lang "$lang"
        golden "$stem.report.$lang.txt" report "$id" --lang "$lang"
        case $stem in
        */ransomware/good | */ransomware/slow | */ransomware/chaotic)
            golden "$stem.report.$lang.html" report "$id" --format html --lang "$lang"
            golden "$stem.report.$lang.md" report "$id" --format md --lang "$lang"
            ;;
        esac
    done
done

[ "$checks" -ge 20 ] || { echo "only $checks golden files were compared" >&2; exit 1; }
[ "$differ" -eq 0 ] || { echo "$differ of $checks golden files differ" >&2; exit 1; }
echo "$checks golden files"

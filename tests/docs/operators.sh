#!/bin/sh
# Runs what docs/operators.md, docs/facilitators.md in both languages and the README show, in order, on
# a record like the reader's.
set -eu

tree=$PWD
for tool in sqlite3 awk; do
    command -v "$tool" >/dev/null || {
        echo "skipped: there is no $tool on this machine (apt install $tool)"
        exit 77
    }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/here" "$work/here/build" "$work/here/tests"
cd "$work/here"
export PATH="$(dirname "$TOCSIN"):$PATH"
for shipped in scenarios roles scoring; do
    ln -s "$tree/$shipped" $shipped
done
ln -s "$tree/tests/story" tests/story
ln -s "$TOCSIN" build/tocsin

# The nth ```sh block of a page goes to PREFIX.nn.
blocks() {
    awk -v prefix="$2" '
        /^ *```sh$/ { file = sprintf("%s.%02d", prefix, ++count); next }
        /^ *```/ { file = ""; next }
        file != "" { print > file }' "$1"
}

run() {
    sh -eu "$1" >"$work/out" 2>&1 || {
        echo "$2: this block does not run:" >&2
        cat "$1" "$work/out" >&2
        exit 1
    }
}

blocks "$tree/README.md" "$work/readme"
count=0
for block in "$work"/readme.*; do
    grep -q '^\./do' "$block" && continue # builds, and runs the tests
    run "$block" README.md
    count=$((count + 1))
done
rm -f ./*.db*
tocsin play phone-tree --inputs tests/story/phone-tree/good.jsonl --db drills.db >/dev/null
tocsin play phone-tree --inputs tests/story/phone-tree/slow.jsonl --db drills.db >/dev/null
blocks "$tree/docs/operators.md" "$work/operators"
for block in "$work"/operators.*; do
    run "$block" docs/operators.md
    count=$((count + 1))
done
[ -s decisions.csv ] || { echo "the decisions are not in the file" >&2; exit 1; }
rm -f ./*.db*
tocsin play ransomware --inputs tests/story/ransomware/good.jsonl --db tocsin.db >/dev/null
for page in facilitators facilitators.ja; do
    blocks "$tree/docs/$page.md" "$work/$page.md"
    for block in "$work/$page.md".*; do
        grep -q '^ *\./do' "$block" && continue
        run "$block" "docs/$page.md"
        count=$((count + 1))
    done
done
[ "$count" -ge 14 ] || { echo "only $count blocks were found" >&2; exit 1; }
echo "$count blocks"

#!/bin/sh
# The generated parts of docs/ say what the program's tables say. Remedy: ./do docs
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
parts=0
for page in docs/*.md; do
    for name in $(sed -n 's/^<!-- generated: \([a-z-]*\) -->$/\1/p' "$page"); do
        parts=$((parts + 1))
        "$TOCSIN" docs "$name" >"$work/new"
        sed -n "/^<!-- generated: $name -->\$/,/^<!-- end -->\$/p" "$page" | sed '1d;$d' >"$work/old"
        cmp -s "$work/old" "$work/new" || {
            echo "$page: \"$name\" is not what the program says; run ./do docs" >&2
            diff "$work/old" "$work/new" | head -20 >&2
            exit 1
        }
    done
done
[ "$parts" -ge 4 ] || { echo "only $parts generated parts were found" >&2; exit 1; }
echo "$parts generated parts"

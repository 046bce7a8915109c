#!/bin/sh
# That somebody was not told of a decision in time is said only once the time is over: before, and
# when the exercise ended before, it is said as it was. (What is said afterwards, golden files hold.)
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# said NAME LINE WORDS...: after the decision of 48:00 comes LINE, and the score says WORDS.
said() {
    sed -n 1,63p tests/story/ransomware/slow.jsonl >"$work/$1.jsonl"
    echo "$2" >>"$work/$1.jsonl"
    "$TOCSIN" play ransomware --home . --inputs "$work/$1.jsonl" --db "$work/$1.db" >/dev/null
    for lang in en ja; do
        "$TOCSIN" score ransomware-1 --lang $lang --db "$work/$1.db"
    done >"$work/$1.txt"
    for words in "$3" "$4"; do
        grep -q "$words" "$work/$1.txt" || {
            echo "$1: nowhere \"$words\"; but:"
            grep -E "told of it|決めたことは" "$work/$1.txt"
            exit 1
        }
    done
}

said running '{"at":"49m","actor":"handler","do":"note","text":"-"}' \
    "has not been told of it yet" "まだ.*に伝わっていない"
said ended '{"at":"49m","actor":"facilitator","do":"end"}' \
    "was not told of it before the exercise ended" "演習が終わるまでに.*に伝わらなかった"

#!/bin/sh
# Who reads an order back unasked has confirmed it, and more: that is never a miss. Who stays silent
# has one, and who merely confirms does well.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# verdicts NAME LINES: what becomes of the order when these lines follow it.
verdicts() {
    {
        echo '{"at":"0s","actor":"facilitator","do":"start","language":"en"}'
        echo '{"at":"1m","actor":"commander","do":"message","id":"m1","type":"order","to":["handler"],"via":"chat","ack_within":"5m","text":"Pull the mail headers."}'
        echo '{"at":"2m","actor":"handler","do":"open","message":"m1"}'
        printf '%s' "$2"
        echo '{"at":"9m","actor":"facilitator","do":"end"}'
    } >"$work/$1.jsonl"
    "$TOCSIN" play scenarios/phone-tree --home . --inputs "$work/$1.jsonl" --db "$work/$1.db" >/dev/null
    "$TOCSIN" score --lang en --db "$work/$1.db" >"$work/$1.txt"
    sed -n 's/^\([a-z ]*\): .*\[\(confirm-orders\|acknowledge-in-time\)\]$/\2 \1/p' "$work/$1.txt" | sort
}

expect() {
    got=$(verdicts "$1" "$2")
    [ "$got" = "$3" ] || {
        printf '%s: expected\n%s\ngot\n%s\n' "$1" "$3" "$got" >&2
        exit 1
    }
}

ack='{"at":"4m","actor":"handler","do":"ack","message":"m1"}
'
readback='{"at":"3m","actor":"handler","do":"readback","message":"m1","text":"I pull the headers."}
'
expect silent "" "acknowledge-in-time violated
confirm-orders violated"
expect acknowledged "$ack" "acknowledge-in-time satisfied
confirm-orders satisfied"
expect read-back "$readback" "acknowledge-in-time excused
confirm-orders excused"
expect both "$readback$ack" "acknowledge-in-time satisfied
confirm-orders satisfied"
grep -A2 'excused: .*confirm-orders' "$work/read-back.txt" | grep -q 'read back' || {
    echo "the finding does not say that the order was read back" >&2
    exit 1
}

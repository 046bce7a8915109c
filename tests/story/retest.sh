#!/bin/sh
# `tocsin retest` for every rule that was set going in the good and the slow play of both scenarios:
# what it makes checks clean and can be played; a table that does nothing sets the rule going where
# the command does not say that it begins with what players do; a busy table sets most of them going.
# Where no retest can be made, it says why and leaves nothing. The rest is listed with the reason.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
made=0
alone=0
busy=0
refused=0

fail() {
    echo "$*" >&2
    exit 1
}

# verdicts RULE: what was found in the retest, if it was set going.
verdicts() {
    "$TOCSIN" score --rule "$1" --json --db "$work/retest.db" |
        grep -o '"verdict":"[a-z_]*"' | grep -v '"not_[a-z]*"' || true
}

# play RULE INPUTS: the verdicts of the retest.
play() {
    rm -f "$work"/retest.db*
    "$TOCSIN" play "$work/again" --home . --inputs "$2" --db "$work/retest.db" >/dev/null 2>&1
    verdicts "$1"
}

cat >"$work/empty.jsonl" <<'EOF'
{"at":"0s","actor":"facilitator","do":"start","language":"en"}
{"at":"10m","actor":"facilitator","do":"end"}
EOF

# Everybody opens everything; the PoC escalates all that there is to know, and so it goes round.
write_busy() {
    injects=$(sed -n 's/^- id: //p' "$work/again/injects.yaml")
    facts=$(sed -n 's/^- id: \(.*\)/"\1"/p' "$work/again/facts.yaml" 2>/dev/null | paste -sd, -)
    echo '{"at":"0s","actor":"facilitator","do":"start","language":"en"}'
    for inject in $injects; do
        for seat in poc commander handler legal; do
            echo "{\"at\":\"5m30s\",\"actor\":\"$seat\",\"do\":\"open\",\"inject\":\"$inject\"}"
        done
    done
    number=0
    while read -r at seat type to via; do
        number=$((number + 1))
        echo "{\"at\":\"$at\",\"actor\":\"$seat\",\"do\":\"message\",\"id\":\"m$number\",\"type\":\"$type\",\"to\":[$to],\"via\":\"$via\",\"facts\":[$facts],\"tlp\":\"amber\",\"text\":\"as it stands\"}"
    done <<'EOF'
5m40s poc escalation "commander" phone
5m45s poc request "handler" chat
5m50s commander escalation "management" phone
5m55s commander sitrep "management-deputy" phone
6m0s commander info "legal" phone
6m5s poc notification "vendor" phone
EOF
    [ "$1" = phone-tree ] || cat <<EOF
{"at":"6m10s","actor":"handler","do":"message","id":"n1","type":"order","to":["it-duty"],"via":"phone","tlp":"amber","text":"please","action":"cut-backup-link"}
{"at":"6m15s","actor":"poc","do":"message","id":"n2","type":"info","to":["ward"],"via":"phone","facts":[$facts],"tlp":"amber","text":"please"}
{"at":"6m20s","actor":"poc","do":"message","id":"n3","type":"statement","to":["press"],"via":"phone","facts":[$facts],"tlp":"clear","text":"please"}
{"at":"6m25s","actor":"legal","do":"message","id":"n4","type":"report","to":["regulator"],"via":"mail","facts":[$facts],"tlp":"amber","text":"please"}
{"at":"6m30s","actor":"handler","do":"act","action":"take-image","target":"file-server"}
EOF
    for seat in commander handler legal; do
        for message in m1 m2 m5; do
            echo "{\"at\":\"7m\",\"actor\":\"$seat\",\"do\":\"open\",\"message\":\"$message\"}"
        done
    done
    echo '{"at":"7m10s","actor":"poc","do":"note","text":"told"}'
    echo '{"at":"10m","actor":"facilitator","do":"end"}'
}

# try EXERCISE RULE DB SCENARIO
try() {
    rm -rf "$work/again"
    if ! "$TOCSIN" retest "$1" --rule "$2" --out "$work/again" --db "$3" >"$work/said" 2>"$work/why"; then
        [ ! -e "$work/again" ] && [ ! -e "$work/again.part" ] || fail "$2: refused, and left something"
        grep -q "was not broken in this exercise\|runs for hours or days" "$work/why" ||
            fail "$2: refused for another reason: $(cat "$work/why")"
        refused=$((refused + 1))
        return
    fi
    made=$((made + 1))
    "$TOCSIN" check "$work/again" --home . >"$work/out" 2>&1 || fail "$2 is not clean: $(cat "$work/out")"
    if ! grep -q "begins with something that players do" "$work/said"; then
        [ -n "$(play "$2" "$work/empty.jsonl")" ] || fail "$2: nothing set it going, and the command did not say so"
        alone=$((alone + 1))
        return
    fi
    [ "$4" != phone-tree ] || [ -z "$(play "$2" "$work/empty.jsonl")" ] ||
        fail "$2 begins by itself, and the command says that players must"
    write_busy "$4" >"$work/busy.jsonl"
    found=$(play "$2" "$work/busy.jsonl")
    if [ -n "$found" ]; then
        busy=$((busy + 1))
    else
        echo "$4 $2: begins with a deed that neither table did"
    fi
}

for scenario in phone-tree ransomware; do
    : >"$work/done"
    for name in slow good; do
        db=$work/$scenario-$name.db
        id=$("$TOCSIN" play "scenarios/$scenario" --home . --inputs "tests/story/$scenario/$name.jsonl" \
            --db "$db" | awk '{ print $NF }')
        "$TOCSIN" score "$id" --db "$db" |
            sed -n '/^not /d; s/^[a-z][a-z ]*: .*\[\([a-z0-9-]*\)\]$/\1/p' | sort -u >"$work/rules"
        while read -r rule; do
            grep -qxF "$rule" "$work/done" && continue
            echo "$rule" >>"$work/done"
            try "$id" "$rule" "$db" "$scenario"
        done <"$work/rules"
    done
done

# What is there is left alone, and a rule that is not there is told with what it may have been.
mkdir "$work/there"
! "$TOCSIN" retest phone-tree-1 --rule escalate-at-once --out "$work/there" --db "$work/phone-tree-slow.db" 2>"$work/why" ||
    fail "a folder was overwritten"
grep -q "is there already; name a folder" "$work/why"
rmdir "$work/there"
! "$TOCSIN" retest phone-tree-1 --rule escalate-at-one --out "$work/there" --db "$work/phone-tree-slow.db" 2>"$work/why" ||
    fail "a retest was made of nothing"
grep -q 'did you mean "escalate-at-once"' "$work/why"
[ ! -e "$work/there" ]

# A retest tells who does it now from who does not, and is a scenario like any other: it can be
# tested again.
rm -rf "$work/again"
"$TOCSIN" retest phone-tree-1 --rule escalate-at-once --out "$work/again" --db "$work/phone-tree-slow.db" >/dev/null
[ "$(play escalate-at-once "$work/empty.jsonl")" = '"verdict":"violated"' ] || fail "whoever keeps still passes"
cat >"$work/better.jsonl" <<'EOF'
{"at":"0s","actor":"facilitator","do":"start","language":"ja"}
{"at":"40s","actor":"poc","do":"open","inject":"night-report"}
{"at":"2m","actor":"poc","do":"message","id":"m1","type":"escalation","to":["commander"],"via":"phone","facts":["password-entered"],"text":"at once"}
{"at":"10m","actor":"facilitator","do":"end"}
EOF
[ "$(play escalate-at-once "$work/better.jsonl")" = '"verdict":"satisfied"' ] || fail "who does it does not pass"
"$TOCSIN" retest again-1 --rule escalate-at-once --out "$work/twice" --db "$work/retest.db" >/dev/null
"$TOCSIN" check "$work/twice" --home . >/dev/null
grep -q '"Retest: Phone tree' "$work/twice/scenario.yaml"
! grep -q "Retest: Retest" "$work/twice/scenario.yaml"

# Its bound lies after ten minutes: the retest lasts until whoever does nothing has missed it.
"$TOCSIN" play ransomware --home . --inputs tests/story/ransomware/slow.jsonl --db "$work/long.db" >/dev/null
rm -rf "$work/again"
"$TOCSIN" retest ransomware-1 --rule advise-on-records --out "$work/again" --db "$work/long.db" >/dev/null
until=$(sed -n 's/^duration: //p' "$work/again/scenario.yaml")
sed "s/\"10m\"/\"$until\"/" "$work/empty.jsonl" >"$work/long.jsonl"
[ "$(play advise-on-records "$work/long.jsonl")" = '"verdict":"violated"' ] || fail "whoever does nothing for $until has not missed it"

echo "$made retests: $alone begin by themselves, $busy at a busy table; $refused refused"
[ "$made" -ge 70 ] || fail "only $made retests were made"
[ $((100 * (alone + busy))) -ge $((60 * made)) ] || fail "too few of them set their rule going"

#!/bin/sh
# What `tocsin play` says of mistakes: each refused input and each fault of a story with its place,
# a summary, and with --strict the exit code 1. And the options that a new exercise can be given.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checks=0

fail() {
    echo "$*" >&2
    exit 1
}

# play STATUS OPTION... <INPUTS: plays the phone tree; what it says is in err.
play() {
    status=$1
    shift
    checks=$((checks + 1))
    rm -f "$work"/play.db*
    got=0
    "$TOCSIN" play scenarios/phone-tree --inputs - --db "$work/play.db" "$@" \
        >"$work/out" 2>"$work/err" || got=$?
    [ "$got" -eq "$status" ] || fail "play $*: ended with $got, not $status: $(cat "$work/err")"
}

says() {
    checks=$((checks + 1))
    grep -qxF -- "$1" "$work/err" || fail "it does not say \"$1\" but: $(cat "$work/err")"
}

cat >"$work/mistakes" <<'END'
# comments and empty lines count as lines

{"at":"0s","actor":"facilitato","do":"start"}
{"at":"0s","actor":"facilitator","do":"start"}
{"at":"1s","actor":"poc","do":"open","inject":"startx"}
{"at":"2s","actor":"poc","do":"message","to":["vendordesk"],"via":"mail","type":"info","text":"x"}
{"at":"3s","actor":"poc","do":"end"}
END
play 0 <"$work/mistakes"
says '-:3: refused: facilitato start: This role cannot do that. Did you mean "facilitator"?'
says '-:5: refused: poc open (startx): There is no such thing here. Did you mean "startex"?'
says '-:6: refused: poc message (vendordesk): There is no such thing here. Did you mean "vendor-desk"?'
says '-:7: refused: poc end: This role cannot do that.'
says 'tocsin play: refused inputs: 4; story faults: 0'
[ "$(cat "$work/out")" = "played 5 inputs: phone-tree-1" ] || fail "the last word is not the id"
play 1 --strict <"$work/mistakes"
grep -v "startx\|vendordesk\|facilitato\"\|end" "$work/mistakes" | play 0 --strict
[ ! -s "$work/err" ] || fail "a good play complains: $(cat "$work/err")"

status=0
"$TOCSIN" play tests/story/night-watch --home . --inputs tests/story/night-watch/alert.jsonl \
    --db "$work/watch.db" --strict >"$work/out" 2>"$work/err" || status=$?
[ "$status" -eq 1 ] || fail "a story's fault passes --strict"
grep -q '^story.lua:27: fault in "on note": .*nil value' "$work/err" || fail "$(cat "$work/err")"
says 'tocsin play: refused inputs: 0; story faults: 1'

# Taken up again, the same mistakes are told again, and nothing is done twice.
play 0 <"$work/mistakes"
"$TOCSIN" log --db "$work/play.db" >"$work/before"
"$TOCSIN" play --resume phone-tree-1 --inputs - --db "$work/play.db" <"$work/mistakes" \
    >/dev/null 2>"$work/err"
says 'tocsin play: refused inputs: 4; story faults: 0'
"$TOCSIN" log --db "$work/play.db" | cmp - "$work/before" || fail "it was played twice"

# What is chosen for a new exercise stands in its first event.
printf '%s\n' '{"at":"0s","actor":"facilitator","do":"start"}' >"$work/start"
play 0 --difficulty 3 --mode live --seed 7 <"$work/start"
"$TOCSIN" log --json --db "$work/play.db" | head -1 |
    grep '"difficulty":3' | grep '"mode":"live"' | grep -q '"seed":7' || fail "options are lost"
play 0 <"$work/start"
"$TOCSIN" log --json --db "$work/play.db" | head -1 | grep -q '"difficulty":1' ||
    fail "the scenario's difficulty is lost"
play 2 --difficulty 4 <"$work/start"
play 2 --resume phone-tree-1 --seed 1 <"$work/start"

# An overlay is played, checked and pinned; a mistake in it is told with its own name.
cat >"$work/ours.yaml" <<'END'
for: phone-tree
scenario:
  title: {en: "Our own tree", ja: "わが社の連絡網"}
END
play 0 --overlay "$work/ours.yaml" <"$work/start"
"$TOCSIN" report --db "$work/play.db" | grep -q "Our own tree" || fail "the overlay is not played"
rm "$work/ours.yaml"
"$TOCSIN" report --db "$work/play.db" | grep -q "Our own tree" || fail "the overlay is not pinned"
echo "for: another" >"$work/wrong.yaml"
play 1 --overlay "$work/wrong.yaml" <"$work/start"
grep -q "wrong.yaml" "$work/err" || fail "$(cat "$work/err")"
status=0
"$TOCSIN" check scenarios/phone-tree --overlay "$work/wrong.yaml" >"$work/out" 2>&1 || status=$?
[ "$status" -eq 1 ] && grep -q "wrong.yaml" "$work/out" || fail "check takes any overlay"
# A scenario that cannot be loaded makes no exercise, and no record.
mkdir "$work/broken"
sed "s/^title:/titel:/" scenarios/phone-tree/scenario.yaml >"$work/broken/scenario.yaml"
status=0
"$TOCSIN" play "$work/broken" --home . --inputs "$work/start" --db "$work/none.db" \
    >/dev/null 2>"$work/err" || status=$?
[ "$status" -eq 1 ] && grep -q "needs .title:." "$work/err" || fail "a broken scenario: $(cat "$work/err")"
# A line that a standing clock never comes to is told in times, with what is missing there.
stands() {
    checks=$((checks + 1))
    play 1 <"$work/line"
    grep -qF -- "$1" "$work/err" || fail "it does not say \"$1\" but: $(cat "$work/err")"
}
note='{"at":"12m","actor":"poc","do":"note","text":"x"}'
printf '%s\n' "$note" >"$work/line"
stands "is ready, so its clock stands at 00:00 and never comes to 12:00; start it first"
printf '%s\n' "$(cat "$work/start")" '{"at":"11m","actor":"facilitator","do":"pause"}' "$note" >"$work/line"
stands "is paused, so its clock stands at 11:00 and never comes to 12:00; resume it first"
printf '%s\n' "$(cat "$work/start")" \
    '{"at":"10m500ms","actor":"facilitator","do":"jump","by":"8h","sheet":true}' "$note" >"$work/line"
stands "stands at 10m500ms and never comes to 12:00; close the gap sheet (jump without length) and resume first"

# Times of the log read as times.
sed '$d' "$work/line" >"$work/gap"
play 0 <"$work/gap"
"$TOCSIN" log --db "$work/play.db" | grep -q "gap-opened until_story=20[0-9-]*T[0-9:.]*+09:00" ||
    fail "the log tells no time: $("$TOCSIN" log --db "$work/play.db")"

# Whoever mistypes a name is told which there are.
lists() {
    words=$1
    shift
    checks=$((checks + 1))
    status=0
    "$TOCSIN" "$@" --db "$work/play.db" >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq 1 ] && grep -q -- "$words" "$work/err" || fail "$*: $(cat "$work/err")"
}
lists 'did you mean "poc"?; there are poc, .*facilitator, evaluator, board$' log --as pok
lists 'no rule "escalate-at-onc"; did you mean "escalate-at-once"?$' \
    score --rule escalate-at-onc

# A quota that is full is an error of the play, and what came before is kept.
rm -f "$work"/play.db*
status=0
(
    ulimit -f 40
    exec "$TOCSIN" play scenarios/phone-tree --inputs tests/story/phone-tree/good.jsonl --db "$work/play.db"
) >"$work/out" 2>"$work/err" || status=$?
[ "$status" -eq 1 ] && grep -q "^tocsin play: .*the disk" "$work/err" ||
    fail "a full quota: $status $(cat "$work/err")"

# A record that this program cannot step again goes on without its story, and that is told.
if command -v sqlite3 >/dev/null; then
    play 0 <"$work/start"
    sqlite3 "$work/play.db" "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'" >"$work/triggers"
    {
        sqlite3 "$work/play.db" "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'"
        echo "UPDATE input SET body = replace(body, '\"semantics\":3', '\"semantics\":1');"
        cat "$work/triggers"
    } | sqlite3 "$work/play.db"
    "$TOCSIN" play --resume phone-tree-1 --inputs "$work/start" --db "$work/play.db" >/dev/null 2>"$work/err" || true
    grep -q "^tocsin play: the story is switched off for this table: .*semantics 1" "$work/err" ||
        fail "nobody is told of the story: $(cat "$work/err")"
    checks=$((checks + 1))
fi
echo "$checks checks"

#!/bin/sh
# Scoring by other rules than those that an exercise was played with: what the folder may hold, what
# stays in force, and whose mistakes are told, with the file of the folder in which they stand.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checks=0

fail() {
    echo "$*" >&2
    exit 1
}

# score STATUS WORDS ARGUMENT...: the last two exercises; the words stand in what is said.
score() {
    status=$1
    words=$2
    shift 2
    checks=$((checks + 1))
    got=0
    "$TOCSIN" score "$@" >"$work/out" 2>"$work/err" || got=$?
    cat "$work/out" "$work/err" >"$work/said"
    [ "$got" -eq "$status" ] && grep -qF -- "$words" "$work/said" ||
        fail "score $*: ended with $got, not $status with \"$words\": $(cat "$work/said")"
}

lacks() {
    checks=$((checks + 1))
    ! grep -qF -- "$1" "$work/said" || fail "it says \"$1\": $(cat "$work/said")"
}

"$TOCSIN" play scenarios/ransomware --home . --inputs tests/story/ransomware/good.jsonl \
    --db "$work/db" >/dev/null 2>&1
mkdir "$work/rules"
cat >"$work/rules/rules.yaml" <<'END'
- id: only-one
  kind: each
  before: {en: "Orders are read back", ja: "指示を復唱する"}
  title: {en: "The order was read back", ja: "指示を復唱した"}
  why: {en: "So that nothing is lost", ja: "取りこぼさないため"}
  when: {message: order}
  then: {readback: {}}
  match: message
  within: 5m
END

# One rule takes the place of the scenario's own, though its hints name those; the packs remain.
score 0 "[only-one]" --rules "$work/rules" --db "$work/db"
grep -q "\[escalate-at-once\]\|\[acknowledge-in-time\]" "$work/out" || fail "the packs are gone"
[ ! -s "$work/err" ] || fail "a good folder is complained of: $(cat "$work/err")"
score 0 "[only-one]" --rules "$work/rules" --rule only-one --db "$work/db"

# A pack that the exercise has not is named, and changes nothing.
cp scoring/law-us-sec.yaml "$work/rules"
score 0 "tocsin score: $work/rules/law-us-sec.yaml: note: this exercise does not use this pack" \
    --rules "$work/rules" --db "$work/db"
rm "$work/rules/law-us-sec.yaml"

# All mistakes are told, with the file of the folder.
sed -i 's/within: 5m/within: soon/; s/kind: each/kind: eech/' "$work/rules/rules.yaml"
score 1 "tocsin score: $work/rules/rules.yaml:2:9: \"kind:\" cannot be \"eech\"" \
    --rules "$work/rules" --db "$work/db"
score 1 "tocsin score: $work/rules/rules.yaml:9:11: \"within:\" expects a length" \
    --rules "$work/rules" --db "$work/db"
rm "$work/rules/rules.yaml"
sed 's/kind: each/kind: eech/' scoring/communication.yaml >"$work/rules/communication.yaml"
score 1 "tocsin score: $work/rules/communication.yaml:" --rules "$work/rules" --db "$work/db"
lacks "score: scoring/"

# What is no folder of rules.
score 1 "$work/nowhere: there is no such folder" --rules "$work/nowhere" --db "$work/db"
score 1 "$work/db: is no folder" --rules "$work/db" --db "$work/db"
mkdir "$work/empty"
score 1 "$work/empty: has neither rules.yaml nor a pack" --rules "$work/empty" --db "$work/db"

# An exercise that was played without rules of its own.
cp -r scenarios/phone-tree "$work/ruleless"
rm "$work/ruleless/rules.yaml"
sed -i '/^ *rule: /d; s/, *rule: [a-z-]*//' "$work/ruleless/scenario.yaml"
"$TOCSIN" play "$work/ruleless" --home . --inputs tests/story/phone-tree/good.jsonl --db "$work/bare" \
    >/dev/null 2>&1 || fail "it cannot be played without rules"
mkdir "$work/own"
cp scenarios/phone-tree/rules.yaml "$work/own"
score 0 "[escalate-at-once]" --rules "$work/own" --db "$work/bare"
echo "$checks checks"

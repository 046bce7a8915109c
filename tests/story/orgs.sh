#!/bin/sh
# The flagship in every house: it checks clean and plays, and what the profile says is what happens.
# Who sits where, whose order is contested, who is there to be called, what a table that is taken up
# again or opened beside it is made of.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checks=0

fail() {
    echo "$*" >&2
    exit 1
}

# same EXPECTED FOUND WHAT
same() {
    [ "$1" = "$2" ] || fail "$3: expected \"$1\", found \"$2\""
    checks=$((checks + 1))
}

# says FILE TEXT: the text stands in it.
says() {
    grep -qF -- "$2" "$1" || fail "\"$2\" is not in: $(cat "$1")"
    checks=$((checks + 1))
}

cat >"$work/start.jsonl" <<'END'
{"at":"0s","actor":"facilitator","do":"start","language":"en"}
{"at":"30s","actor":"commander","do":"message","id":"by-commander","type":"order","to":["it-duty"],"via":"phone","text":"Stop it.","action":"stop-records"}
{"at":"40s","actor":"handler","do":"message","id":"by-handler","type":"order","to":["it-duty"],"via":"phone","text":"Stop it.","action":"stop-records"}
{"at":"1m","actor":"poc","do":"open","inject":"printers"}
END
cat >"$work/more.jsonl" <<'END'
{"at":"2m","actor":"poc","do":"message","id":"later","type":"order","to":["it-duty"],"via":"phone","text":"Stop it.","action":"stop-records"}
END

# play ORG: a fresh record of the flagship in that house.
play() {
    org=$1
    rm -f "$work"/db*
    "$TOCSIN" check scenarios/ransomware --home . --org "$org" --strict >"$work/said" 2>&1 ||
        fail "$org is not clean: $(cat "$work/said")"
    "$TOCSIN" play scenarios/ransomware --home . --org "$org" --inputs "$work/start.jsonl" \
        --strict --db "$work/db" >"$work/said" 2>&1 || fail "$org: $(cat "$work/said")"
    look
}

look() {
    "$TOCSIN" show "$@" --json --db "$work/db" >"$work/show"
    "$TOCSIN" log "$@" --json --db "$work/db" >"$work/log"
}

# Whether this order was contested; only what is so is written.
contested() {
    grep "\"message\":\"$1\"" "$work/log" | grep '"kind":"messaged"' >"$work/order" ||
        fail "there is no order $1"
    if grep -q '"contested":true' "$work/order"; then echo true; else echo false; fi
}

# "commander:commander+poc handler:handler" and the contact of each whose person is a firm's.
seats() {
    tr '{' '\n' <"$work/show" | sed -n \
        's/.*"outsourced":"\([^"]*\)".*"roles":\[\([^]]*\)\],"seat":"\([^"]*\)".*/\3:\2@\1/p' |
        tr -d '"' | tr ',' '+' | sed 's/@$//' | tr '\n' ' '
}

four="commander:commander handler:handler poc:poc legal:legal "
by_contract="commander:commander+poc+legal handler:handler@security-firm "

# expect ORG SEATS ORDER-OF-THE-COMMANDER ORDER-OF-THE-HANDLER
expect() {
    play "$1"
    says "$work/show" "\"organisation\":\"$1\""
    same "$2" "$(seats)" "$1: seats"
    same "$3" "$(contested by-commander)" "$1: the commander's order"
    same "$4" "$(contested by-handler)" "$1: the handler's order"
    "$TOCSIN" verify --db "$work/db" >/dev/null
    "$TOCSIN" score --db "$work/db" >/dev/null
    "$TOCSIN" report --db "$work/db" >/dev/null
}

expect hospital "$four" true true
expect default "$four" true true
expect model-a "$by_contract" true true
expect model-b "$four" false true
expect model-c "$four" false false
expect model-d "$by_contract" true true
expect distributed "$four" true true
expect centralised "$four" true true
expect combined "$four" true true
expect coordinating "$four" true true

# One person is told once, what came to the PoC came to the commander's seat, and the ladder says
# what takes the place of telling oneself.
play model-a
same 1 "$(grep '"inject":"printers"' "$work/log" | grep -c '"opened"')" "the PoC's inject is opened"
says "$work/log" '"actor":"commander"'
! grep -q '"actor":"poc"' "$work/log" || fail "the PoC still has a seat of its own"
"$TOCSIN" orgs model-a --home . >"$work/said"
says "$work/said" "Commander, within 10m"
says "$work/said" "one person is both"
says "$work/said" "within 30m, told by Commander"
says "$work/said" "Commander, within 10m, told by PoC"
"$TOCSIN" orgs coordinating --lang ja --home . >"$work/said"
says "$work/said" "停止する権限はない"
says "$work/said" "（30分以内）"

"$TOCSIN" show --db "$work/db" >"$work/said"
says "$work/said" "  organisation  Model A: a CSIRT run by general affairs (model-a)"
says "$work/said" "  seat          commander; holds commander, poc, legal"
"$TOCSIN" list --db "$work/db" >"$work/said"
says "$work/said" "  ransomware (model-a)  "
"$TOCSIN" report --lang ja --db "$work/db" >"$work/said"
says "$work/said" "組織         モデルA：総務部門が主体のCSIRT（model-a）"
"$TOCSIN" score --db "$work/db" | head -n 1 >"$work/said"
same "ransomware-1, scenario ransomware, organisation model-a" "$(cat "$work/said")" "score's first line"
same 0 "$("$TOCSIN" score --json --db "$work/db" | grep -c "organisation model-a")" "score --json"

# Who is in the profile alone is there and answers; whom the scenario has answers as it says.
cat >"$work/call.jsonl" <<'END'
{"at":"0s","actor":"facilitator","do":"start","language":"en"}
{"at":"30s","actor":"commander","do":"message","id":"m1","type":"info","to":["group-company"],"via":"phone","text":"Are you hit, too?"}
{"at":"40s","actor":"commander","do":"message","id":"m2","type":"info","to":["management"],"via":"phone","text":"We need a decision."}
{"at":"6m","actor":"poc","do":"note","text":"Time has passed."}
END
rm -f "$work"/db*
"$TOCSIN" play scenarios/ransomware --home . --org coordinating --inputs "$work/call.jsonl" --strict \
    --db "$work/db" >/dev/null
look
same 1 "$(grep -c '"kind":"reached".*"message":"m1"\|"message":"m1".*"kind":"reached"' "$work/log")" \
    "the group's company is reached"
same 0 "$(grep -c '"kind":"reached".*"message":"m2"\|"message":"m2".*"kind":"reached"' "$work/log")" \
    "the director sleeps"
rm -f "$work"/db*
if "$TOCSIN" play scenarios/ransomware --home . --inputs "$work/call.jsonl" --strict \
    --db "$work/db" >"$work/said" 2>&1; then
    fail "the hospital has group-company among its people"
fi
says "$work/said" "group-company"

# The choice is pinned: a table that is taken up, and one beside it, are of the same house, without
# the folder that the profile came from.
play model-d
mkdir "$work/elsewhere"
cd "$work/elsewhere"
"$TOCSIN" play --resume ransomware-1 --inputs "$work/more.jsonl" --db "$work/db" --strict >/dev/null
"$TOCSIN" play --exercise ransomware-1 --inputs "$work/start.jsonl" --db "$work/db" --strict >/dev/null
cd - >/dev/null
look ransomware-1/2
same "$by_contract" "$(seats)" "a further table"
"$TOCSIN" verify --db "$work/db" >/dev/null

# An overlay chooses, too; --org comes last.
printf 'for: ransomware\nscenario: {organisation: model-c}\n' >"$work/ours.yaml"
for chosen in "" "--org model-a"; do
    rm -f "$work"/db*
    # shellcheck disable=SC2086
    "$TOCSIN" play scenarios/ransomware --home . --overlay "$work/ours.yaml" $chosen \
        --inputs "$work/start.jsonl" --db "$work/db" >/dev/null
    look
    case $chosen in
    "") says "$work/show" '"organisation":"model-c"' ;;
    *) says "$work/show" '"organisation":"model-a"' ;;
    esac
done

# A wrong name is told with what was meant, wherever it stands.
for command in "check scenarios/ransomware" "play scenarios/ransomware --inputs $work/start.jsonl" \
    "new $work/mine"; do
    # shellcheck disable=SC2086
    if "$TOCSIN" $command --org modle-a >"$work/said" 2>&1; then
        fail "$command takes --org modle-a"
    fi
    says "$work/said" "did you mean \"model-"
    says "$work/said" "coordinating, default"
done
"$TOCSIN" new "$work/mine" --org model-b >/dev/null
"$TOCSIN" check "$work/mine" --home . --strict >/dev/null
says "$work/mine/scenario.yaml" "organisation: model-b"
if "$TOCSIN" play --resume ransomware-1 --org model-a --inputs "$work/more.jsonl" --db "$work/db" \
    >"$work/said" 2>&1; then
    fail "--org was taken with --resume"
fi
says "$work/said" "--org"

# Scores follow: whoever would tell themselves writes it down instead, house targets are the ladder's,
# and what a firm's person did is evidence of nobody here.
# rules_of ORG
rules_of() {
    "$TOCSIN" rules --scenario scenarios/ransomware --home . --org "$1" --json >"$work/rules"
}
lacks() {
    ! grep -qF -- "$2" "$1" || fail "\"$2\" is in $1"
    checks=$((checks + 1))
}
rules_of model-a
says "$work/rules" '"id":"commander-writes-it-down"'
lacks "$work/rules" '"id":"commander-hears"'
rules_of model-b
says "$work/rules" '"id":"commander-hears"'
lacks "$work/rules" '"id":"commander-writes-it-down"'
for org in model-a model-b model-c coordinating; do
    rm -f "$work"/scored*
    "$TOCSIN" play scenarios/ransomware --home . --org "$org" --db "$work/scored" \
        --inputs tests/story/ransomware/good.jsonl >/dev/null 2>&1
    "$TOCSIN" score --json --db "$work/scored" >"$work/score-$org"
done
lacks "$work/score-model-a" '"actor":"handler"'
lacks "$work/score-model-a" '"actor":"poc"'
says "$work/score-model-b" '"actor":"handler"'
! cmp -s "$work/score-model-b" "$work/score-model-c" || fail "two houses have one score"

# Every shipped profile says all there is to say of an organisation.
for file in roles/organisations/*.yaml; do
    for key in constituency mission services position authority ladder contacts roles; do
        grep -q "^$key:" "$file" || fail "$file says nothing of \"$key:\""
    done
    checks=$((checks + 1))
done

# Copies that say something impossible are told of it.
mkdir -p "$work/home/roles/organisations"
cp roles/catalogue.yaml "$work/home/roles"
cp -r scoring "$work/home"
cp roles/organisations/*.yaml "$work/home/roles/organisations"
# finds KIND SED: a copy of model B with one change.
finds() {
    sed "$2" roles/organisations/model-b.yaml >"$work/home/roles/organisations/model-b.yaml"
    "$TOCSIN" check scenarios/ransomware --home "$work/home" --org model-b --json >"$work/said" || true
    says "$work/said" "\"kind\":\"$1\""
}
finds unheld-role '/^  - {id: handler/d'
finds unknown-name 's/^  - {id: triage, with: commander}/  - {id: triage, with: comander}/'
finds unknown-name 's/outsourced: soc-firm/outsourced: soc-frim/'
finds open-ladder '/^  - to: management/,/within/d'
finds tells-oneself 's/^  - {id: poc}/  - {id: poc, with: commander}/; s/^  - {id: notification.*/  - {id: notification}/'
finds form 's/^authority: .*/authority: advises/'
echo "$checks checks"

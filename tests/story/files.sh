#!/bin/sh
# What a command line can hurt: a report never replaces the record or what is no ordinary file, a
# scenario's folder holds ordinary files only, and a note stays on its line of the log.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checks=0

# refused STATUS WORDS COMMAND...: ends with the status and says the words.
refused() {
    status=$1
    words=$2
    shift 2
    checks=$((checks + 1))
    got=0
    "$TOCSIN" "$@" >"$work/out" 2>&1 || got=$?
    if [ "$got" -ne "$status" ] || ! grep -q -- "$words" "$work/out"; then
        echo "tocsin $*: ended with $got, not $status with \"$words\":" >&2
        cat "$work/out" >&2
        exit 1
    fi
}

printf '%s\n' '{"at":"0s","actor":"facilitator","do":"start"}' \
    '{"at":"1m","actor":"poc","do":"note","text":"one\n   05:00     #99   poc escalated"}' \
    >"$work/in.jsonl"
"$TOCSIN" play scenarios/phone-tree --inputs "$work/in.jsonl" --db "$work/a.db" >/dev/null
before=$(sha256sum <"$work/a.db")

mkfifo "$work/fifo"
ln -s "$work/a.db" "$work/link"
refused 1 "is the record itself" report --db "$work/a.db" --out "$work/a.db"
refused 1 "no ordinary file" report --db "$work/a.db" --out "$work/fifo"
refused 1 "no ordinary file" report --db "$work/a.db" --out "$work/link"
refused 1 "no ordinary file" report --db "$work/a.db" --out "$work"
[ "$before" = "$(sha256sum <"$work/a.db")" ] || { echo "the record was changed" >&2; exit 1; }
"$TOCSIN" report --db "$work/a.db" --out "$work/report.txt"
# A head is the same in capitals.
head=$("$TOCSIN" verify --db "$work/a.db" | awk '{ print toupper($NF) }')
"$TOCSIN" verify --head "$head" --db "$work/a.db" >/dev/null
refused 1 "^tocsin verify: $work/a.db: phone-tree-1 never had the expected head" \
    verify --head "0${head#?}" --db "$work/a.db"
[ -s "$work/report.txt" ] || { echo "no report was written" >&2; exit 1; }

[ "$("$TOCSIN" log --db "$work/a.db" | grep -c '#99')" -eq 1 ] &&
    "$TOCSIN" log --db "$work/a.db" | grep '#99' | grep -q noted ||
    { echo "a note has forged a line of the log" >&2; exit 1; }

cp -r scenarios/phone-tree "$work/scenario"
rm "$work/scenario/rules.yaml"
ln -s "$PWD/scenarios/phone-tree/rules.yaml" "$work/scenario/rules.yaml"
refused 1 "no ordinary file" check "$work/scenario" --home .
# A pipe is not waited for, wherever a file is read; what people do may well come through one.
mkdir -p "$work/pipes/roles/organisations" "$work/pipes/scoring" "$work/rules"
cp roles/*.yaml "$work/pipes/roles"
cp roles/organisations/default.yaml "$work/pipes/roles/organisations"
mkfifo "$work/rules/rules.yaml" "$work/pipes/scoring/x.yaml" \
    "$work/pipes/roles/organisations/x.yaml"
refused 1 "fifo: is no ordinary file" check scenarios/phone-tree --overlay "$work/fifo"
refused 1 "rules.yaml: is no ordinary file" score --rules "$work/rules" --db "$work/a.db"
refused 1 "fifo: is no ordinary file" list --db "$work/fifo"
refused 1 "fifo: is no ordinary file" play scenarios/phone-tree --inputs "$work/in.jsonl" \
    --db "$work/fifo"
refused 1 "x.yaml: is no ordinary file" rules --home "$work/pipes"
refused 1 "x.yaml: is no ordinary file" orgs x --home "$work/pipes"
cat "$work/in.jsonl" >"$work/fifo" &
"$TOCSIN" play scenarios/phone-tree --inputs "$work/fifo" --db "$work/piped.db" >/dev/null
# A port that is nobody's to take is told before an exercise is made for it.
refused 2 "is no port" serve scenarios/phone-tree --db "$work/b.db" --listen 127.0.0.1:x
refused 2 "cannot listen at" serve scenarios/phone-tree --db "$work/b.db" --listen nowhere:0
[ ! -e "$work/b.db" ] || { echo "a record was made for nothing" >&2; exit 1; }

# What cannot even be read is told like every other mistake, and --json says its line all the same.
rm "$work/scenario/rules.yaml"
printf 'id: phone-tree\n  title: [\n' >"$work/scenario/scenario.yaml"
refused 1 "^$work/scenario/scenario.yaml:2:8: this is not well-formed YAML" \
    check "$work/scenario" --home .
refused 1 "^1 error: it cannot be played$" check "$work/scenario" --home .
refused 1 '^{"facts":0,.*"column":8,.*"kind":"yaml",' check "$work/scenario" --home . --json
refused 1 '^{"facts":0,.*"kind":"missing-file",.*"message":".*no such scenario folder' \
    check "$work/nowhere" --json
sed 's/^duration:/durations:/' scenarios/phone-tree/scenario.yaml >"$work/scenario/scenario.yaml"
refused 1 "^2 errors: it cannot be played$" check "$work/scenario" --home .
cp scenarios/phone-tree/scenario.yaml "$work/scenario/scenario.yaml"

# A record that is kept in the folder is no part of it, in use or not; under any other name it is
# refused before it is pinned into itself.
cp "$work/a.db" "$work/scenario/kept.db"
: >"$work/scenario/kept.db-wal"
"$TOCSIN" check "$work/scenario" --home . >"$work/out" || { cat "$work/out" >&2; exit 1; }
if grep -q "kept" "$work/out"; then cat "$work/out" >&2; exit 1; fi
mv "$work/scenario/kept.db" "$work/scenario/kept"
refused 1 "kept: is a record and no part of a scenario" check "$work/scenario" --home .
rm "$work/scenario/kept" "$work/scenario/kept.db-wal"
refused 1 "$work: is a folder" list --db "$work"
refused 1 "$work: is a folder" play scenarios/phone-tree --inputs "$work/in.jsonl" --db "$work"

cp scenarios/phone-tree/rules.yaml "$work/scenario/rule.yaml"
refused 1 'did you mean "rules.yaml"' check "$work/scenario" --home . --strict
rm "$work/scenario/rule.yaml"

# An overlay lies outside the folder; what is played under it is kept, its logo too.
mkdir "$work/ours"
cat >"$work/ours/plan.yaml" <<'OVERLAY'
for: phone-tree
scenario:
  title: {en: "Phone tree of ours"}
  logo: ours.svg
OVERLAY
refused 1 "ours.svg: cannot be opened" check scenarios/phone-tree --overlay "$work/ours/plan.yaml"
echo '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>' >"$work/ours/ours.svg"
"$TOCSIN" play scenarios/phone-tree --overlay "$work/ours/plan.yaml" --inputs "$work/in.jsonl" \
    --db "$work/c.db" >/dev/null
rm -r "$work/ours"
"$TOCSIN" report --db "$work/c.db" | grep -q "Phone tree of ours" ||
    { echo "the report knows nothing of the overlay" >&2; exit 1; }
refused 1 "plan.yaml: cannot be opened" check scenarios/phone-tree --overlay "$work/ours/plan.yaml"
for reserved in overlay.yaml overlay/logo.svg roles/catalogue.yaml scoring/mine.yaml; do
    mkdir -p "$(dirname "$work/scenario/$reserved")"
    echo '{}' >"$work/scenario/$reserved"
    refused 1 "$reserved: this does not belong into a scenario's folder" \
        check "$work/scenario" --home .
    rm "$work/scenario/$reserved"
done
echo "$checks refusals, two reports, one log"

#!/bin/sh
# What `tocsin serve` takes up and what it begins, told from its first lines; how it plays is for the
# browser's tests.
set -eu

command -v curl >/dev/null || { echo "skipped: there is no curl on this machine (apt install curl)"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
db=$work/drills.db
checks=0

# serve STATUS WORDS OPTION...: says the words and ends so; one that plays is told to stop then.
serve() {
    status=$1
    words=$2
    shift 2
    checks=$((checks + 1))
    : >"$work/out" # what the one before said is not its word
    "$TOCSIN" serve --db "$db" --listen 127.0.0.1:0 "$@" >"$work/out" 2>&1 &
    program=$!
    tries=0
    until grep -qF -- "$words" "$work/out" || [ "$tries" -eq 300 ]; do
        kill -0 "$program" 2>/dev/null || break
        sleep 0.1
        tries=$((tries + 1))
    done
    if [ "$status" -eq 0 ]; then
        until grep -q "http://127.0.0.1:" "$work/out" || [ "$tries" -eq 300 ]; do
            kill -0 "$program" 2>/dev/null || break
            sleep 0.1
            tries=$((tries + 1))
        done
        kill -TERM "$program" 2>/dev/null || true
    fi
    got=0
    wait "$program" || got=$?
    if [ "$got" -ne "$status" ] || ! grep -qF -- "$words" "$work/out"; then
        echo "serve $*: ended with $got, not $status with \"$words\": $(cat "$work/out")" >&2
        exit 1
    fi
}

tables() {
    checks=$((checks + 1))
    found=$("$TOCSIN" list --json --db "$db" | grep -o '"table":"[^"]*"' | cut -d'"' -f4 | tr '\n' ' ')
    [ "$found" = "$1" ] || { echo "the tables are $found, not $1" >&2; exit 1; }
}

drill=scenarios/phone-tree
serve 0 "http://127.0.0.1:" $drill --difficulty 2
tables "phone-tree-1 "
serve 0 "going on with phone-tree-1 " --scenario $drill
serve 0 "going on with phone-tree-1 " $drill --scenario $drill
serve 2 "is named twice" $drill $drill
serve 2 "over one scenario" $drill scenarios/ransomware --overlay ours.yaml
serve 2 "name what to play" --new
# What was asked for and would not be given is told, and nobody plays something else by mistake.
serve 1 "leave out --mode" --scenario $drill --mode discuss
serve 1 "leave out --difficulty" --scenario $drill --difficulty 1
serve 1 "not with --tables 3" --scenario $drill --tables 3
serve 1 "leave out --org" --scenario $drill --org hospital
serve 1 "leave out --overlay" --scenario $drill --overlay scenarios/ransomware/overlays/abroad.yaml
# The line that made it takes it up again.
serve 0 "going on with phone-tree-1 " $drill --difficulty 2 --mode paced --tables 1
serve 2 "leave out --overlay" --resume phone-tree-1 --overlay ours.yaml
serve 2 "leave out --exercise" --resume phone-tree-1 --exercise phone-tree-1
serve 2 "wants a scenario" --exercise phone-tree-1 --overlay ours.yaml
tables "phone-tree-1 "
# A further table of the same exercise; then both go on.
serve 0 "http://127.0.0.1:" --exercise phone-tree-1
tables "phone-tree-1 phone-tree-1/2 "
serve 0 "going on with phone-tree-1 " --scenario $drill
serve 0 "going on with phone-tree-1/2 " --scenario $drill
serve 0 "going on with phone-tree-1/2 " --resume phone-tree-1/2
serve 1 "holds no exercise" --exercise phone-tree-7
serve 0 "http://127.0.0.1:" --scenario $drill --new --mode discuss
tables "phone-tree-1 phone-tree-1/2 phone-tree-2 "
serve 2 "between 1 and" $drill --tables 0 --new
serve 0 "EXERCISE phone-tree-3/2 is ready" $drill --tables 2 --new
serve 0 "EXERCISE night-watch-1 is ready" --scenario $drill --scenario tests/story/night-watch
tables "phone-tree-1 phone-tree-1/2 phone-tree-2 phone-tree-3 phone-tree-3/2 night-watch-1 "
"$TOCSIN" show phone-tree-1/2 --json --db "$db" | grep -q '"difficulty":1' &&
    "$TOCSIN" show phone-tree-1 --json --db "$db" | grep -q '"difficulty":2' ||
    { echo "a table is not played as it was asked for" >&2; exit 1; }
"$TOCSIN" verify --all --db "$db" >/dev/null

# list and show say how each is played and how far it came.
listed() {
    checks=$((checks + 1))
    "$TOCSIN" list --db "$db" | grep -q -- "$1" || { "$TOCSIN" list --db "$db" >&2; exit 1; }
}
listed "^  phone-tree-1  .*  waiting for the start; paced, difficulty 2$"
listed "^phone-tree-2  .*  phone-tree (default)  waiting for the start; discuss, difficulty 1$"
printf '%s\n' 'for: phone-tree' 'title: {en: "Ours", ja: "当院版"}' >"$work/ours.yaml"
printf '%s\n' '{"at":"0s","actor":"facilitator","do":"start"}' \
    '{"at":"1m","actor":"facilitator","do":"pause"}' >"$work/in.jsonl"
serve 0 "EXERCISE phone-tree-4 is ready" $drill --overlay "$work/ours.yaml" --new
serve 0 "going on with phone-tree-4 " $drill --overlay "$work/ours.yaml"
"$TOCSIN" play $drill --overlay "$work/ours.yaml" --inputs "$work/in.jsonl" --db "$db" >/dev/null
listed "^phone-tree-5 .*  paused; paced, difficulty 1, with an overlay, played from a file$"
"$TOCSIN" show --db "$db" --lang ja | grep -q "^  上書き  *当院版$" || { "$TOCSIN" show --db "$db" >&2; exit 1; }
"$TOCSIN" show phone-tree-2 --db "$db" | grep -q overlay && exit 1

# Begins the drill in a new file, and joins as facilitator.
join() {
    : >"$work/out"
    rm -f "$work/cookies"
    "$TOCSIN" serve $drill --db "$db" --listen 127.0.0.1:0 >"$work/out" 2>&1 &
    program=$!
    tries=0
    until link=$(grep -o -m 1 "http://127.0.0.1:[^ ]*/join#.*" "$work/out") || [ "$tries" -eq 300 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    post join "{\"secret\":\"${link##*#}\"}"
}
post() {
    curl -fsS -c "$work/cookies" -b "$work/cookies" -H "Content-Type: application/json" \
        -d "$2" "${link%%/join*}/api/1/$1" >/dev/null
}

# One that ran when the program died goes on, and says that it is paused.
db="$work/died.db"
join
post "inputs?as=facilitator" '{"do":"start","id":"a"}'
kill -KILL $program
wait $program || true
serve 0 "phone-tree-1 goes on, paused after an outage" $drill

# How it is reached: by https, with cookies that travel nowhere else, and under a public name.
serve 2 "--tls-cert and --tls-key go together" $drill --tls-cert cert.pem
serve 2 "is no address of a server" $drill --public-url https://drill.example.jp/
if command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" -days 2 \
        -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null
    serve 2 "cannot be used together" $drill --tls-cert "$work/key.pem" --tls-key "$work/cert.pem"
    port=$((20000 + $$ % 20000))
    "$TOCSIN" serve $drill --db "$work/tls.db" --listen 127.0.0.1:$port --tls-cert "$work/cert.pem" \
        --tls-key "$work/key.pem" --public-url https://drill.example.jp >"$work/out" 2>&1 &
    program=$!
    tries=0
    until grep -q "https://drill.example.jp/join#" "$work/out" || [ "$tries" -eq 300 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    secret=$(sed -n 's/.*join#\([0-9a-z]*\).*/\1/p' "$work/out" | head -1)
    joined=$(curl -sS -i --cacert "$work/cert.pem" -H "Host: drill.example.jp" -H "Content-Type: application/json" \
        -d "{\"secret\":\"$secret\"}" "https://127.0.0.1:$port/api/1/join")
    kill -TERM $program
    wait $program
    checks=$((checks + 1))
    echo "$joined" | grep -q "; Secure" || { echo "no cookie for https alone: $joined" >&2; exit 1; }
    [ -n "$secret" ] || { echo "no public link: $(cat "$work/out")" >&2; exit 1; }
fi

# At ENDEX it prints the head, and a command for the report that runs as it is printed.
db="$work/our team's drills.db"
join
post "inputs?as=facilitator" '{"do":"start","id":"a"}'
post "inputs?as=facilitator" '{"do":"end","id":"b"}'
until grep -q " report " "$work/out" || [ "$tries" -eq 300 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
kill -TERM $program
wait $program
checks=$((checks + 1))
grep " report " "$work/out" >"$work/next" && sh -eu "$work/next" >"$work/report" 2>&1 &&
    grep -q "phone-tree-1" "$work/report" ||
    { echo "the command for the report does not run: $(cat "$work/out" "$work/report")" >&2; exit 1; }
echo "$checks checks"

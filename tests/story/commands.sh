#!/bin/sh
# The command line as help tells it: every example of every --help works, the exit codes are the
# documented ones, mistakes are told with what was meant, and the man page is well formed.
set -eu

tree=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$(dirname "$TOCSIN"):$PATH"
unset NO_COLOR
checks=0

fail() {
    echo "$*" >&2
    exit 1
}

# A folder as README's reader has it: the shipped scenarios, one played exercise, its head.
mkdir "$work/fresh"
cd "$work/fresh"
for shipped in scenarios roles scoring; do
    ln -s "$tree/$shipped" $shipped
done
cp "$tree/tests/story/phone-tree/good.jsonl" good.jsonl
tocsin play scenarios/phone-tree --inputs good.jsonl --db drills.db >/dev/null
tocsin verify --db drills.db | awk '{ print $NF }' >head.txt
cd "$work"

# ./do run --help is the help of what it starts, and builds nothing.
mkdir -p tree/build
cp "$tree/do" tree/do
ln -s "$TOCSIN" tree/build/tocsin
tree/do run --help >out 2>err && [ ! -s err ] || fail "./do run --help: $(cat err)"
tocsin serve --help | cmp -s - out || fail "./do run --help shows: $(cat out)"

# ./do run starts the flagship; a scenario that is named, as a word or by an option, takes its place.
mkdir bin
printf '#!/bin/sh\n' >bin/cmake
printf '#!/bin/sh\necho "$*"\n' >bin/tocsin
chmod +x bin/cmake bin/tocsin
ln -sf "$work/bin/tocsin" tree/build/tocsin
starts() {
    expected=$1
    shift
    started=$(PATH=$work/bin:$PATH tree/do --no-install run "$@")
    [ "$started" = "serve --db tocsin.db $expected" ] || fail "./do run $*: $started"
}
starts "scenarios/ransomware --mode discuss" --mode discuss
starts "scenarios/phone-tree" scenarios/phone-tree
starts "--scenario scenarios/phone-tree" --scenario scenarios/phone-tree

# The lines of one part of a help text, without their indentation.
part_of_help() {
    tocsin "$1" --help | sed -n "/^$2:\$/,/^\$/s/^  //p"
}

# serve and lead go on until they are told to stop; on a port that is free.
run_example() {
    case $1 in
    "tocsin serve "* | "tocsin lead "*)
        : >"$work/out"
        sh -c "exec $1 --listen 127.0.0.1:0" >"$work/out" 2>&1 &
        tries=0
        until grep -q "http://127.0.0.1:" "$work/out" || [ "$tries" -eq 300 ]; do
            sleep 0.1
            tries=$((tries + 1))
        done
        kill -TERM $! && wait $!
        ;;
    *) sh -c "$1" >"$work/out" 2>&1 ;;
    esac
}

commands=$(tocsin help | sed -n 's/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
    [ "$(tocsin "$command" --help)" = "$(tocsin help "$command")" ] ||
        fail "help $command and $command --help differ"
    part_of_help "$command" examples >"$work/examples"
    [ -s "$work/examples" ] || fail "$command has no example"
    rm -rf "$work/here"
    cp -r "$work/fresh" "$work/here"
    while IFS= read -r example; do
        checks=$((checks + 1))
        (cd "$work/here" && run_example "$example") </dev/null || {
            cat "$work/out" >&2
            fail "this example does not work: $example"
        }
    done <"$work/examples"
    [ "$(part_of_help "$command" "exit codes" | cut -c1 | tr -d '\n')" = 012 ] ||
        fail "$command does not document its exit codes"
done

# ends STATUS WORDS COMMAND...: ends so and says the words.
ends() {
    status=$1
    words=$2
    shift 2
    checks=$((checks + 1))
    got=0
    (cd "$work/here" && tocsin "$@") >"$work/out" 2>&1 </dev/null || got=$?
    if [ "$got" -ne "$status" ] || ! grep -qF -- "$words" "$work/out"; then
        cat "$work/out" >&2
        fail "tocsin $*: ended with $got, not $status with \"$words\""
    fi
}

rm -rf "$work/here"
cp -r "$work/fresh" "$work/here"

# What no file could make sense of is 2, for every command alike.
for command in $commands; do
    ends 2 "there is no option --nonsense" "$command" --nonsense
    ends 2 "too many arguments" "$command" a b c d e f g h i
    ends 0 "usage: tocsin $command" "$command" -h
done
ends 2 "usage: tocsin COMMAND"
ends 2 'did you mean "verify"' verfy
ends 2 'did you mean "report"' help reprot
ends 2 'did you mean "--inputs"' play scenarios/phone-tree --input good.jsonl
ends 2 'wants en|ja, not "jp"' score --lang jp
ends 2 'did you mean "paced"' play scenarios/phone-tree --mode pacd --inputs good.jsonl
ends 2 '--seed wants a whole number, not "x"' play scenarios/phone-tree --seed x --inputs good.jsonl
ends 2 "--db wants a value: FILE" list --db
ends 2 "--json takes no value" log --json=yes
ends 2 "something is missing" check
ends 2 "--json stands twice; keep one of them" list --json --json
ends 2 "--db stands twice; keep one of them" list --db a --db=b
ends 2 "--db is empty; it wants FILE" list --db ""
ends 2 "--rules is empty; it wants DIR" score --rules=
escape=$(printf '\033[31m\302\233\342\200\256')
for line in "list --$escape" "$escape" "score --lang $escape" "roles $escape" "check $escape" \
    "list --db $escape" "rules $escape" "orgs $escape" "list $escape"; do
    # shellcheck disable=SC2086
    (cd "$work/here" && tocsin $line) >"$work/out" 2>&1 && fail "tocsin $line is taken"
    grep -qF '\u001b[31m\u009b\u202e' "$work/out" || fail "tocsin $line: $(cat -v "$work/out")"
done
ends 2 "cannot listen at" serve scenarios/phone-tree --listen nowhere:0
ends 2 "is no port" serve scenarios/phone-tree --listen 127.0.0.1:x

# What a file could have made good is 1.
ends 1 "there is no such scenario folder" check nowhere
ends 1 "is a file; name the folder that holds it: scenarios/phone-tree" \
    check scenarios/phone-tree/scenario.yaml
cp -r "$work/here/scenarios/phone-tree" "$work/here/scenarios/foldered"
rm "$work/here/scenarios/foldered/facts.yaml"
mkdir "$work/here/scenarios/foldered/facts.yaml"
ends 1 "facts.yaml: is a folder; put the file of this name in its place" check scenarios/foldered
rm -r "$work/here/scenarios/foldered"
ends 1 "" list --db absent.db
ends 1 "" list --db good.jsonl
ends 1 "" log phone-tree-7 --db drills.db
ends 1 'holds no exercise' metrics phone-tree-7 --db drills.db
ends 0 "C08  until a notification reached: n.a. (n=0)" metrics --db drills.db
ends 0 "C02  acknowledged in time: 3/4 (95% interval 30.0 to 95.4%)" metrics --db drills.db
ends 0 "C02  期限内の受領確認：3/4（95%区間 30.0〜95.4%）" metrics --lang ja --db drills.db
ends 0 '{"high":954,"id":"C02","k":3,"low":300,"n":4}' metrics --json --db drills.db
ends 0 "The exercise has ended: nothing can still be met." score --watch --db drills.db
ends 0 "演習は終わっている。" score --watch --lang ja --db drills.db
ends 0 "why it matters: " score --missed --db drills.db
grep -q "^satisfied: " "$work/out" && fail "score --missed shows what was met"
ends 2 "leave out --missed or --watch" score --missed --watch --db drills.db
ends 1 'this exercise has no rule "x"' score --rule x --db drills.db
ends 1 'nobody at this table is "pok"; did you mean "poc"' log --as pok --db drills.db
ends 1 'this exercise has no rule "escalate-at-one"; did you mean "escalate-at-once"?' \
    score --rule escalate-at-one --db drills.db
for command in orgs "check phone-tree --org" "rules --scenario phone-tree --org" \
    "play phone-tree --inputs good.jsonl --org" "new mine --org"; do
    # shellcheck disable=SC2086
    ends 1 'no organisation is called "modle-a"; did you mean "model-a"?' $command modle-a
    # shellcheck disable=SC2086
    ends 1 'no organisation is called "elephant"; there are centralised, combined' $command elephant
done
ends 1 'no rule is called "management-heard"; did you mean "management-hears"?' \
    rules management-heard
ends 1 'no rule is called "elephant"; there are ' rules elephant
ends 1 'there is no law here of "jpp"; did you mean' rules --law jpp
ends 1 'the rule "management-hears" is of no law of jp; ask for it without --law' \
    rules management-hears --law jp
ends 2 "--org fits a scenario; name it with --scenario" rules --org model-a
ends 2 "--overlay fits a scenario; name it with --scenario" rules --overlay x
ends 0 "There are no rules here." rules --scenario phone-tree --law all
cp -r "$work/here/scenarios/phone-tree" "$work/here/scenarios/ruleless"
rm "$work/here/scenarios/ruleless/rules.yaml"
sed -i '/^rules:/d; s/, *rule: [a-z-]*//; /^ *rule: /d' "$work/here/scenarios/ruleless/scenario.yaml"
ends 0 "There are no rules here." rules --scenario ruleless
ends 0 "[]" rules --scenario ruleless --json
sed -i 's/^story_start: .*/story_start: 2020-01-01T00:00:00+09:00/; $a rules: law-jp-cyber' \
    "$work/here/scenarios/ruleless/scenario.yaml"
ends 0 "Not in force when this story begins." rules --scenario ruleless --law jp
ends 0 "[]" rules --scenario ruleless --law jp --json
rm -r "$work/here/scenarios/ruleless"
ends 1 'there is no role "pok"; did you mean "poc"' roles pok
ends 1 'there is no role "nobody-of-the-kind"; there are commander, handler' roles nobody-of-the-kind
mkdir -p "$work/here/own/roles"
ends 0 "commander" roles --home own
printf -- '- {id: fireman, name: {en: Fireman, ja: 消防士}}\n' >"$work/here/own/roles/catalogue.yaml"
ends 0 "fireman" roles --home own
ends 1 'there is no role "poc"; there are fireman' roles poc --home own
printf -- '- {id: fireman, seat: sure, name: {en: F, ja: F}}\n' >"$work/here/own/roles/catalogue.yaml"
ends 1 'roles/catalogue.yaml:1:23: "seat:" expects yes or no, found "sure"' roles --home own
# Profiles: none at all, and one that is broken beside others.
rm -rf "$work/alone"
mkdir -p "$work/alone/bin" "$work/here/own/roles/organisations"
cp "$TOCSIN" "$work/alone/bin/tocsin"
(cd "$work/alone" && ./bin/tocsin orgs >out 2>&1) && fail "there are profiles where there are none"
grep -q "^tocsin orgs: there is no profile; looked for roles/organisations/ in \. (--home DIR" \
    "$work/alone/out" || fail "no profile: $(cat "$work/alone/out")"
cp "$tree/roles/catalogue.yaml" "$work/here/own/roles/catalogue.yaml"
sed 's/^id: .*/id: good/; $a ratings: {P: 90, S: 70, M: 40}' "$tree/roles/organisations/model-a.yaml" \
    >"$work/here/own/roles/organisations/good.yaml"
printf 'id: bad\nname: Bad\nauthority: all\n' >"$work/here/own/roles/organisations/bad.yaml"
ends 1 "good " orgs --home own
ends 1 'tocsin orgs: own/roles/organisations/bad.yaml:2:7: "name:" expects' orgs --home own
ends 1 'tocsin orgs: own/roles/organisations/bad.yaml:3:12: "authority:" cannot be' orgs --home own
ends 0 "P 90% S 70% M 40% U 0%" orgs good --home own
ends 0 '"ratings":{"M":400,"P":900,"S":700,"U":0}' orgs good --home own --json
ends 0 '"from":"commander","to":"management"' orgs model-a --json
ends 1 "" verify --db drills.db --head "$(printf '%064d' 0)"
ends 1 "absent.jsonl" play scenarios/phone-tree --inputs absent.jsonl
ends 0 "usage: tocsin COMMAND" help
ends 0 "usage: tocsin COMMAND" --help
ends 0 "Lua" --version
[ ! -e "$work/here/absent.db" ] || fail "reading made a record"

# A full disk is told, whoever fills it.
if [ -w /dev/full ]; then
    checks=$((checks + 1))
    status=0
    (cd "$work/here" && tocsin log --db drills.db) >/dev/full 2>"$work/out" || status=$?
    [ "$status" -eq 1 ] && grep -q "could not be written" "$work/out" || fail "a full disk passes"
fi

# The man page: what is in the tree, without a complaint of groff.
checks=$((checks + 1))
tocsin docs man | cmp - "$tree/docs/tocsin.1" || fail "docs/tocsin.1 is old; run ./do docs"
for command in $commands; do
    grep -q "^\\.SS $command" "$tree/docs/tocsin.1" || fail "the man page has no $command"
done
man=$(cmake --install "$TOCSIN_BUILD" --prefix "$work/usr" | sed -n 's/^.*: \(.*tocsin\.1\)$/\1/p')
[ -s "$man" ] || fail "no man page was installed"
(cd / && "$work/usr/bin/tocsin" check phone-tree >"$work/out") ||
    fail "what was installed does not find its scenarios: $(cat "$work/out")"
if command -v groff >/dev/null; then
    groff -man -ww -Tutf8 -z "$tree/docs/tocsin.1" 2>"$work/out" && [ ! -s "$work/out" ] || {
        cat "$work/out" >&2
        fail "groff complains about docs/tocsin.1"
    }
fi
echo "$checks checks of $(echo "$commands" | wc -l) commands"

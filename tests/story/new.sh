#!/bin/sh
# What `tocsin new` writes can be played at once, in both languages, along each branch of its story;
# and it is whole or not there at all.
set -eu

tree=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The program where it is built, in a tree of its own; the author is elsewhere, in an empty folder.
mkdir -p "$work/tree/build" "$work/alone" "$work/here"
cp "$TOCSIN" "$work/tree/build/tocsin"
cp "$TOCSIN" "$work/alone/tocsin"
ln -s "$tree/roles" "$work/tree/roles"
ln -s "$tree/scoring" "$work/tree/scoring"
export PATH="$work/tree/build:$PATH"
cd "$work/here"

fail() {
    echo "$*" >&2
    exit 1
}

# What it says comes next is right; of serve, which goes on, the beginning.
tocsin new my-drill/ >said
sed -n 's/^  \(tocsin [cp].*\)/\1/p' said >next
grep -qx "  tocsin serve my-drill --db first.db" said || fail "it says not how to serve: $(cat said)"
[ "$(wc -l <next)" -eq 2 ] || fail "it says not what comes next: $(cat said)"
while IFS= read -r command; do
    sh -c "$command --strict" >out 2>err || fail "$command: $(cat out err)"
    [ ! -s err ] || fail "$command complains: $(cat err)"
done <next
for file in $(sed -n 's/^  \([a-z]*\.[a-z]*\)$/\1/p' said); do
    [ -s "my-drill/$file" ] || fail "there is no $file"
done
[ "$(find my-drill -type f | wc -l)" -eq 6 ] || fail "other files than it says: $(ls my-drill)"
grep -q '^id: my-drill$' my-drill/scenario.yaml || fail "the scenario is not called as its folder"
tocsin verify --db first.db >/dev/null

# One of a kind is said to be one.
cp -r my-drill one-rule
awk '/^- id:/ { n++ } n < 2' my-drill/rules.yaml >one-rule/rules.yaml
tocsin check one-rule >out
grep -q "facts, 1 rule;" out || fail "one rule is not one: $(cat out)"
rm -r one-rule

# The first play is a good one, and takes the branch of its decision.
for lang in en ja; do
    tocsin score --lang $lang --db first.db | grep -c "^satisfied\|^達成" >count
    [ "$(cat count)" -eq 2 ] || fail "the first play does not reach its objectives"
done
tocsin log --db first.db >log
for inject in startex bag-call operations-answer railway-answer still-waiting; do
    grep -q "delivered inject=$inject" log || fail "the first play never comes to $inject"
done
# The other branch, and the contingency.
sed 's/"option":"wait"/"option":"now"/; /"id":"m1"/d; /"message":"m1"/d' my-drill/first.jsonl >other.jsonl
tocsin play my-drill --inputs other.jsonl --db other.db >/dev/null 2>&1
tocsin log --db other.db >log
for inject in list-is-gone sales-calls-again; do
    grep -q "delivered inject=$inject" log || fail "the other play never comes to $inject"
done

# The program is named as it was called, and what a shell would take apart is quoted. Where shared
# files are not found, the commands say what is missing.
mkdir "here and there"
"$work/tree/build/tocsin" new "here and there/quoted" >said
sed -n 's/^  \(.*tocsin [cp].*\)/\1/p' said | sed 's/first.db/quoted.db/' >next
sh -eu next >out 2>&1 && grep -q "^played" out || fail "$(cat next out)"
"$work/alone/tocsin" new lonely >said
grep -q "holds roles/ and scoring/" said || fail "nobody is told where shared files are: $(cat said)"
sed -n 's/^  \(.*tocsin [cp].*\)/\1/p' said | sed "s|DIR|$work/tree|; s/first.db/lonely.db/" >next
grep -c -- "--home" next | grep -qx 2 && sh -eu next >out 2>&1 || fail "$(cat next out)"
rm -r "here and there" lonely

# refused WORDS DIR: and nothing is left, or changed.
refused() {
    before=$(find . -mindepth 1 ! -name out | sort | xargs ls -ld --time-style=+)
    status=0
    tocsin new "$2" >out 2>&1 || status=$?
    [ "$status" -eq "$3" ] && grep -qF -- "$1" out || fail "new $2 ended with $status: $(cat out)"
    [ "$before" = "$(find . -mindepth 1 ! -name out | sort | xargs ls -ld --time-style=+)" ] ||
        fail "new $2 has changed something"
}
echo "kept" >a-file
mkdir full empty
echo "kept" >full/notes
refused "is there already" my-drill 1
refused "is there already" full 1
refused "is there already" a-file 1
refused "nowhere/drill: cannot be made: there is no folder nowhere; make it first" nowhere/drill 1
refused "there is no folder full/a; make it first" full/a/b/c 1
refused "cannot be a scenario's id" "My Drill" 2
refused "cannot be a scenario's id" . 2
tocsin new empty >/dev/null || fail "an empty folder is refused"

# A disk that takes only so much: the first files are written, then one is not.
status=0
(
    ulimit -f 4
    exec tocsin new too-much
) >out 2>&1 || status=$?
[ "$status" -eq 1 ] && grep -q "cannot be written" out || fail "a full disk: $status $(cat out)"
[ ! -e too-much ] && [ ! -e too-much.part ] || fail "something half written is left: $(ls too-much*)"
echo "a new scenario, two plays of it, and what is refused"

#!/bin/sh
# Forgetting, deleting, copying and showing, as an operator does them: what is told before and after,
# that nothing goes without a yes, and how it looks on a terminal and off it.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
db=$work/drills.db
unset NO_COLOR
checks=0

fail() {
    echo "$*" >&2
    exit 1
}

# ends STATUS COMMAND...: what it says is in out and err. Nobody sits at its terminal.
ends() {
    status=$1
    shift
    checks=$((checks + 1))
    got=0
    "$TOCSIN" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    [ "$got" -eq "$status" ] ||
        fail "tocsin $*: ended with $got, not $status: $(cat "$work/out" "$work/err")"
}

says() {
    checks=$((checks + 1))
    cat "$work/out" "$work/err" | tr -d '\r' | grep -qF -- "$1" ||
        fail "it does not say \"$1\" but: $(cat "$work/out" "$work/err")"
}

is_silent_of() {
    checks=$((checks + 1))
    ! grep -qaF -- "$1" "$work/out" "$work/err" || fail "it says \"$1\""
}

# on_terminal ANSWER COMMAND...: the same with a terminal, at which ANSWER is typed.
on_terminal() {
    answer=$1
    shift
    printf '%s\n' "$answer" | TERM=xterm script -qec "$(printf "'%s' " "$TOCSIN" "$@")" /dev/null \
        >"$work/out" 2>"$work/err" || true
}

play() {
    "$TOCSIN" play "$@" --db "$db" >/dev/null 2>&1
}

play phone-tree --inputs tests/story/phone-tree/good.jsonl
play --exercise phone-tree-1 --inputs tests/story/phone-tree/slow.jsonl
play phone-tree --inputs tests/story/phone-tree/slow.jsonl
play tests/story/night-watch --home . --inputs tests/story/night-watch/alert.jsonl

# ---- list, show, verify ----
ends 0 list --db "$db"
[ "$(grep -c '^phone-tree-\|^night-watch-' "$work/out")" -eq 3 ] || fail "list: $(cat "$work/out")"
says "  phone-tree-1/2"
ends 0 show --db "$db"
says "night-watch-1  The night watch"
says "story.lua:27"
ends 0 show phone-tree-1/2 --lang ja --db "$db"
says "phone-tree-1/2  連絡網訓練：夜の一本の電話"
says "終了"
ends 0 verify phone-tree-1 --db "$db"
[ "$(wc -l <"$work/out")" -eq 2 ] || fail "verify of an exercise takes all its tables"
head=$(tail -1 "$work/out" | awk '{ print $NF }')
ends 0 verify phone-tree-1/2 --head "$head" --db "$db"
ends 1 verify phone-tree-1 --head "$head" --db "$db"
says "name one"
ends 2 verify phone-tree-1 --all --db "$db"
ends 0 verify --all --db "$db"
[ "$(grep -c "stepping again gives the same" "$work/out")" -eq 4 ] || fail "verify --all skips some"

# ---- backup and bundle ----
ends 0 backup "$work/copy.db" --db "$db"
says "exercises: 3"
ends 0 verify --all --db "$work/copy.db"
ends 1 backup "$work/copy.db" --db "$db"
ends 1 backup "$work/nowhere/copy.db" --db "$db"
ends 1 backup "$work/other.db" --db "$work/absent.db"
[ ! -e "$work/other.db" ] && [ ! -e "$work/absent.db" ] || fail "a failed backup leaves a file"
words="Shipping desk, shared account"
grep -qaF "$words" "$work/copy.db" || fail "the words that are looked for below are not there"
ends 0 bundle phone-tree-1 "$work/bundle.db" --db "$db"
! grep -qaF "$words" "$work/bundle.db" || fail "a bundle holds what people wrote"
ends 0 verify --all --db "$work/bundle.db"
ends 0 list --db "$work/bundle.db"
is_silent_of "night-watch"
ends 1 bundle phone-tree-9 "$work/none.db" --db "$db"
[ ! -e "$work/none.db" ] || fail "a failed bundle leaves a file"

# ---- forget ----
before=$(sha256sum <"$db")
ends 1 forget poc --db "$db"
says "texts from 4 tables"
says "--yes goes on without asking"
ends 1 forget pok --yes --db "$db"
says 'did you mean "poc"'
[ "$before" = "$(sha256sum <"$db")" ] || fail "something was forgotten without a yes"
! command -v sqlite3 >/dev/null || sqlite3 "$db" "INSERT INTO person VALUES ('poc', 'Mori Aiko')"
ends 0 forget poc --yes --db "$db"
says "Forgotten: "
says "is up to you"
! grep -qaF "$words" "$db" || fail "forgotten words are still in the file"
! grep -qaF "Mori Aiko" "$db" || fail "a forgotten name is still in the file"
ends 0 verify --all --db "$db"
ends 0 verify phone-tree-1/2 --head "$head" --db "$db"
ends 1 forget poc --yes --db "$db"

# ---- delete ----
ends 1 delete phone-tree-2 --db "$db"
says "nobody can be asked here"
! grep -q "goes for good" "$work/out" || fail "it says that all goes, and refuses"
ends 1 delete phone-tree-1/2 --yes --db "$db"
says "only whole exercises"
ends 0 delete phone-tree-2 --yes --db "$db"
says "Deleted: phone-tree-2."
ends 1 show phone-tree-2 --db "$db"
says "was deleted"
ends 0 verify --all --db "$db"
[ "$(wc -l <"$work/out")" -eq 3 ] || fail "delete took more than one exercise"

# ---- on a terminal ----
if command -v script >/dev/null; then
    on_terminal no delete phone-tree-1 --db "$db"
    says "Type yes to go on"
    says "nothing was changed"
    ends 0 show phone-tree-1 --db "$db"
    on_terminal yes delete phone-tree-1 --db "$db"
    says "Deleted: phone-tree-1."
    ends 1 show phone-tree-1 --db "$db"
    escape=$(printf '\033')
    on_terminal "" show --db "$db"
    says "$escape[31m"
    (export NO_COLOR=1 && on_terminal "" show --db "$db")
    is_silent_of "$escape"
    ends 0 show --db "$db"
    is_silent_of "$escape"
    on_terminal "" backup "$work/again.db" --db "$db"
    says "copying 100%"
    ends 0 backup "$work/quietly.db" --db "$db"
    is_silent_of "copying"
fi
echo "$checks checks"

#!/bin/sh
# Fixed work under callgrind: fails when a kind takes more than 5 % more instructions than
# tests/bench/limits.txt keeps. UPDATE=1 writes the numbers anew.
#
# It counts in the optimised build (build/), because that is what people run; a count says nothing
# about waiting, disks or neighbours, and therefore can be a test. Instructions of the libraries
# are among them, so numbers are compared only where compiler and libraries are those they were
# made with.
set -eu
source=${TOCSIN_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
program=${COUNT_WORK:-$source/build/tests/count_work}
limits=$source/tests/bench/limits.txt
tolerance=5

skip() {
    printf 'not counted: %s\n' "$1"
    exit 77
}

command -v valgrind >/dev/null || skip "valgrind is not installed"
[ -x "$program" ] || skip "there is no $program (cmake --preset release -DTOCSIN_BENCH=ON)"
cd "$source"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

about=$("$program" --about)
made_with=$(sed -n 's/^# made with: //p' "$limits" 2>/dev/null || true)
if [ -z "${UPDATE:-}" ] && [ "$about" != "$made_with" ]; then
    skip "limits.txt was made with $made_with; here is $about"
fi

# The instructions of one kind of work.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
        --toggle-collect="count_$1" "$program" "$1" "$work" 2>"$work/$1.log" ||
        { cat "$work/$1.log" >&2; exit 1; }
    sed -n 's/^==[0-9]*== Collected : \([0-9]*\).*/\1/p' "$work/$1.log"
}

{
    printf '# Instructions of the fixed work in count_work.c; docs/bench.md says what it is.\n'
    printf '# made with: %s\n' "$about"
} >"$work/new"
failed=0
for kind in $("$program" --list); do
    counted=$(count "$kind")
    [ "${counted:-0}" -gt 0 ] || { printf '%s: nothing was counted\n' "$kind"; exit 1; }
    printf '%s %s\n' "$kind" "$counted" >>"$work/new"
    [ -z "${UPDATE:-}" ] || continue
    kept=$(awk -v kind="$kind" '$1 == kind { print $2 }' "$limits")
    if [ -z "$kept" ]; then
        printf '%-8s %12s  no number is kept: UPDATE=1 tests/bench/limits.sh\n' "$kind" "$counted"
        failed=1
        continue
    fi
    change=$(awk -v a="$counted" -v b="$kept" 'BEGIN { printf "%+.1f", (a - b) * 100 / b }')
    verdict=ok
    if [ "$counted" -gt $((kept + kept * tolerance / 100)) ]; then
        verdict="MORE than $tolerance % above $kept"
        failed=1
    elif [ "$counted" -lt $((kept - kept * tolerance / 100)) ]; then
        verdict="less: keep it with UPDATE=1 tests/bench/limits.sh"
    fi
    printf '%-8s %12s %6s %%  %s\n' "$kind" "$counted" "$change" "$verdict"
done
if [ -n "${UPDATE:-}" ]; then
    cp "$work/new" "$limits"
    cat "$limits"
fi
exit "$failed"

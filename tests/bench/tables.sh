#!/bin/sh
# A few seconds at twenty tables in one program, for the sake of what is checked: every answered
# input is in the record once and in its browser's order, every page is told each line once, and
# nobody waits for browsers that never read or never end a request. How long it takes says nothing
# here: other tests run at the same time. ./do bench tables measures.
set -eu
source=${TOCSIN_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$source"
if ! [ -x build/tests/bench_tables ]; then
    echo "skipped: there is no build/tests/bench_tables (cmake --preset release -DTOCSIN_BENCH=ON)"
    exit 77
fi
trap 'rm -f bench-tables.db*' EXIT INT TERM
BENCH_TABLES=20 BENCH_SECONDS=3 BENCH_RATE=2000 build/tests/bench_tables

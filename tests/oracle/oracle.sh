#!/bin/sh
# The second scorer, written from docs/rules.md alone, against the program: for 20,000 random pairs of a trace and a
# rule both must find the same. `oracle.sh CASES SEED` tries more, or others; a case is a trace and 40 rules.
set -eu

here=$(dirname "$0")
TOCSIN_SCORE_CASES="${TOCSIN_SCORE_CASES:-$TOCSIN_BUILD/tests/oracle_score_cases}"
export TOCSIN_SCORE_CASES
node "$here/compare.mjs" "${1:-510}" "${2:-1}"

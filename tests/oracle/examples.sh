#!/bin/sh
# The second scorer and the program against findings worked out by hand, and the comparison against
# the second scorer itself.
set -eu

here=$(dirname "$0")
TOCSIN_SCORE_CASES="${TOCSIN_SCORE_CASES:-$TOCSIN_BUILD/tests/oracle_score_cases}" node "$here/examples.mjs"
TOCSIN_SCORE_CASES="node $here/itself.mjs" node "$here/compare.mjs" 40 1 | tail -n 1

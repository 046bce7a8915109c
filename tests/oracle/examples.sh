#!/bin/sh
# The second scorer against findings worked out by hand, and the comparison against the second scorer
# itself: no program is needed.
set -eu

here=$(dirname "$0")
node "$here/examples.mjs"
TOCSIN_SCORE_CASES="node $here/itself.mjs" node "$here/compare.mjs" 40 1 | tail -n 1

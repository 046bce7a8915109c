#!/bin/sh
# Plays the start of the phone tree in a real browser. Needs node and Chromium; brings its own
# packages. TOCSIN names the program, TOCSIN_SOURCE the tree; TOCSIN_SHOTS a folder for pictures.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
TOCSIN_SOURCE=${TOCSIN_SOURCE:-$(cd "$here/../.." && pwd)}
TOCSIN=${TOCSIN:-$TOCSIN_SOURCE/build/dev/tocsin}
export TOCSIN TOCSIN_SOURCE
if ! command -v node >/dev/null 2>&1; then
    echo "skipped: there is no node on this machine (apt install nodejs npm)"
    exit 77
fi
# Several tests begin at once on a new machine; npm's own list is the last thing that it writes.
(
    flock 9
    [ -f "$here/node_modules/.package-lock.json" ] || (cd "$here" && npm ci --no-audit --no-fund)
) 9>"$here/.installing"
exec node "$here/${TOCSIN_PLAY:-drill.mjs}"

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
if [ ! -d "$here/node_modules/playwright-core" ] || [ ! -d "$here/node_modules/axe-core" ]; then
    (cd "$here" && npm ci --no-audit --no-fund)
fi
exec node "$here/${TOCSIN_PLAY:-drill.mjs}"

#!/bin/sh
# Lets hostile clients loose on a drill that goes on.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/hostile.mjs"

#!/bin/sh
# The lobby over HTTP: an exercise is made anew, refused where it must be, and taken up again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/lobby.mjs"

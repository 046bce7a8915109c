#!/bin/sh
# One room's lobby as busy as it can be, and how long another room's inputs take meanwhile.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/lobby_load.mjs"

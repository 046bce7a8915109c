#!/bin/sh
# Plays the flagship and looks for its secrets in every byte that its players and its board receive.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/scan.mjs"

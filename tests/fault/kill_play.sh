#!/bin/sh
# Kills a play at any moment, takes it up again, and compares the record.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/kill_play.mjs"

#!/bin/sh
# Kills a live exercise at any moment; nobody has seen what is not on disk.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/kill_serve.mjs"

#!/bin/sh
# A seat whose page nobody sees is recorded as away, and as back; needs half a minute of real time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/presence.mjs"

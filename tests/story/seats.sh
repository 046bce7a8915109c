#!/bin/sh
# What is kept of seats, and for whom it counts, over several lives of the program.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/seats.mjs"

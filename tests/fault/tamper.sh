#!/bin/sh
# Changes a record behind the program's back, and sees it found.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/tamper.mjs"

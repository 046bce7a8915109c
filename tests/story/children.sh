#!/bin/sh
# What children of the live program read, and for whom: skills and reports over HTTP.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for needed in node sqlite3; do
    if ! command -v "$needed" >/dev/null; then
        echo "skipped: there is no $needed on this machine (apt install nodejs sqlite3)"
        exit 77
    fi
done
exec node "$here/children.mjs"

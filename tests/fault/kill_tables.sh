#!/bin/sh
# Kills a program with several tables while people act at all of them; pages go on by themselves.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/kill_tables.mjs"

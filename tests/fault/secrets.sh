#!/bin/sh
# Looks for the scenario's secrets in every byte that a player's browser receives.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
fi
exec node "$here/secrets.mjs"

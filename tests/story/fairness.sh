#!/bin/sh
# The order of results is the order of merit: teams of the flagship that play to the score fall behind
# the honest ones in what they play for. fairness.mjs holds the table.
set -eu

cd "${TOCSIN_SOURCE:-.}"
command -v node >/dev/null || {
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
}
node tests/story/ransomware/teams.mjs "$TOCSIN" --check
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node tests/story/fairness.mjs "$TOCSIN" "$work"

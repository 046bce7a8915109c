#!/bin/sh
# The flagship keeps what its README promises: the numbers are counted from its files, and its three
# golden plays show that everything can come.
set -eu

command -v node >/dev/null || {
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node tests/content/ransomware.mjs "$TOCSIN" "$work"

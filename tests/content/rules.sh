#!/bin/sh
# The rules of the flagship give nothing away before play, cover its objectives, and find enough to say
# about each of the four; and the shipped packs use every kind of rule.
set -eu

command -v node >/dev/null || {
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node tests/content/rules.mjs "$TOCSIN" "$work"

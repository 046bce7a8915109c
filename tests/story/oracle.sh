#!/bin/sh
# A second scorer, written from docs/rules.md alone, against the program's: small random scenarios are
# played, and for every rule both must find the same. `oracle.sh SEEDS` tries more seeds, and
# `oracle.sh SEEDS FIRST` others.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

node tests/story/oracle.mjs "$TOCSIN" "$work" "${1:-80}" "${2:-1}"

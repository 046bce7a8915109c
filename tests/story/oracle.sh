#!/bin/sh
# Small random scenarios are played, and for every rule the program must find what the second scorer finds that was
# written from docs/rules.md alone (tests/oracle). `oracle.sh SEEDS` tries more seeds, and
# `oracle.sh SEEDS FIRST` others.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

node tests/story/oracle.mjs "$TOCSIN" "$work" "${1:-80}" "${2:-1}"

#!/bin/sh
# A second count of skills, written from docs/skills.md alone, against the program's: random years, every row.
# `skills.sh CASES SEED` tries more, or others.
set -eu

command -v node >/dev/null || {
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
}
TOCSIN_SKILL_CASES="${TOCSIN_SKILL_CASES:-$TOCSIN_BUILD/tests/oracle_skill_cases}"
export TOCSIN_SKILL_CASES
node "$(dirname "$0")/skills.mjs" "${1:-150}" "${2:-1}"

#!/bin/sh
# The house rules that a machine can check; docs/architecture.md says why they are rules.
#
#   tests/tidy/tidy.sh [ROOT]     ROOT is the tree to check, this one if not given
#
# TOCSIN_BUILD names the build whose libraries are looked into for the purity of base, core and
# score. Every finding is one line, "file:line: what; why; remedy".
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=${1:-$here/../..}
build=${TOCSIN_BUILD:-$root/build/dev}
exceptions=$root/tests/tidy/exceptions
allowed_symbols=$here/symbols.allow
cd "$root"

check_sources() {
    # File names of the tree have no spaces.
    # shellcheck disable=SC2046
    awk -v exceptions="$exceptions" -f "$here/rules.awk" \
        $(find engine tests -name node_modules -prune -o -name '*.[ch]' -print | sort)
}

# "archive:object symbol" for every symbol that a pure library wants and none of them has.
wanted_symbols() {
    for library in "$@"; do
        nm --defined-only "$library" 2>/dev/null | awk 'NF == 3 { print "has", $3 }'
    done
    for library in "$@"; do
        nm -u "$library" 2>/dev/null | awk -v library="${library##*/}" '
            /:$/ { object = substr($1, 1, length($1) - 1) }
            $1 == "U" { print "wants", $2, library ":" object }'
    done
}

check_purity() {
    libraries=
    for folder in base core score; do
        ls engine/$folder/*.c >/dev/null 2>&1 || continue
        if [ ! -f "$build/lib$folder.a" ]; then
            echo "$build/lib$folder.a:0: the library is not there; its symbols show whether" \
                "engine/$folder is pure; build first, or set TOCSIN_BUILD"
            return 1
        fi
        libraries="$libraries $build/lib$folder.a"
    done
    # shellcheck disable=SC2086
    wanted_symbols $libraries | awk -v allow="$allowed_symbols" '
        BEGIN {
            while ((getline line < allow) > 0) {
                sub(/[ \t]*#.*/, "", line)
                if (line != "")
                    allowed = allowed (allowed ? "|" : "") line
            }
            allowed = "^(" allowed ")$"
        }
        $1 == "has" { has[$2] = 1 }
        $1 == "wants" && !has[$2] && $2 !~ allowed {
            printf "%s:0: calls %s; base, core and score reach no clock, disk, socket or " \
                "random device; pass the value in, or add the symbol to symbols.allow\n", $3, $2
            bad = 1
        }
        END { exit bad }'
}

status=0
check_sources || status=1
check_purity || status=1
exit $status

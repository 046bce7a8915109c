#!/bin/sh
# The dictionary of a fuzz harness, for -dict: its own snippets (dict/NAME, one a line, as they are),
# and every word of the catalogues, which the pages name as code.
#
#   tests/fuzz/dictionary.sh NAME
set -eu
here=$(cd "$(dirname "$0")" && pwd)
pages=$here/../../docs
{
    [ ! -f "$here/dict/$1" ] || cat "$here/dict/$1"
    grep -oh '`[a-z_-]*`' "$pages/events.md" "$pages/patterns.md" "$pages/story.md" "$pages/rules.md" |
        tr -d '`' | sort -u
} | sed '/^$/d; s/[\\"]/\\&/g; s/^/"/; s/$/"/'

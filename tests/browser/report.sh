#!/bin/sh
# Looks at the after-action report in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=report.mjs exec "$(dirname "$0")/drill.sh"

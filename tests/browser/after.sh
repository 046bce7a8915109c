#!/bin/sh
# What comes after ENDEX in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=after.mjs exec "$(dirname "$0")/drill.sh"

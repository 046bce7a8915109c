#!/bin/sh
# Plays whole drills in a real browser, as five people do; what it needs stands in drill.sh.
TOCSIN_PLAY=whole.mjs exec "$(dirname "$0")/drill.sh"

#!/bin/sh
# Kills the program under an open page in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=kill.mjs exec "$(dirname "$0")/drill.sh"

#!/bin/sh
# Plays the first half hour of the flagship in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=night.mjs exec "$(dirname "$0")/drill.sh"

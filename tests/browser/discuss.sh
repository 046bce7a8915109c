#!/bin/sh
# A discussion on one screen, in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=discuss.mjs exec "$(dirname "$0")/drill.sh"

#!/bin/sh
# The time before STARTEX in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=lobby.mjs exec "$(dirname "$0")/drill.sh"

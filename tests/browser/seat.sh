#!/bin/sh
# What the page of a seat owes its player, in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=seat.mjs exec "$(dirname "$0")/drill.sh"

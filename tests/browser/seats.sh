#!/bin/sh
# Taking a seat back and closing the code, in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=seats.mjs exec "$(dirname "$0")/drill.sh"

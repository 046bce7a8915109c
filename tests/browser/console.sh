#!/bin/sh
# The facilitator's console in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=console.mjs exec "$(dirname "$0")/drill.sh"

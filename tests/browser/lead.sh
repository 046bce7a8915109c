#!/bin/sh
# The lead's pages in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=lead.mjs exec "$(dirname "$0")/drill.sh"

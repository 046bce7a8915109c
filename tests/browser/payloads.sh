#!/bin/sh
# Puts hostile texts everywhere and shows them on every page; what it needs stands in drill.sh.
TOCSIN_PLAY=payloads.mjs exec "$(dirname "$0")/drill.sh"

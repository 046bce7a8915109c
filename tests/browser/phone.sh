#!/bin/sh
# What a player needs on a small phone, in a real browser; what it needs stands in drill.sh.
TOCSIN_PLAY=phone.mjs exec "$(dirname "$0")/drill.sh"

#!/bin/sh
# The program dies, and the disk refuses, under open pages; what it needs stands in drill.sh.
TOCSIN_PLAY=trouble.mjs exec "$(dirname "$0")/drill.sh"

#!/bin/sh
# The whole report of a slow and of a chaotic team, of a discussion, and of an exercise that has hardly
# begun: schema, honesty, links, tables, marking and pseudonyms. The checks are in report/.
set -eu
exec python3 tests/story/report/check.py

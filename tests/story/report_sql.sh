#!/bin/sh
# Every figure of the reports of a good, a slow and a chaotic team, recomputed by SQL from the record's tables
# and compared; and whether HTML and Markdown show the same. The queries are in report_sql/.
set -eu
exec python3 tests/story/report_sql/check.py

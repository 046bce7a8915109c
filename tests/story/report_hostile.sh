#!/bin/sh
# Names and words that would like to be HTML, Markdown, a picture or a formula stay words, in every
# place where a person can write. The strings and the checks are in report/hostile.py.
set -eu
exec python3 tests/story/report/hostile.py

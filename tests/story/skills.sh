#!/bin/sh
# `tocsin skills` over a year of exercises, counted again by a script that shares nothing with the program but
# docs/skills.md; then what it does with a record that it may not write to, or whose cache is no good.
set -eu

command -v node >/dev/null || {
    echo "skipped: there is no node on this machine (apt install nodejs)"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node tests/story/skills.mjs "$work"

say() {
    "$TOCSIN" skills --db "$1" --home . --json 2>"$work/told"
}
say "$work/year.db" >"$work/first"
[ ! -s "$work/told" ] || { cat "$work/told" >&2; exit 1; }

# A record of an older version is read as it is and stays what it is.
cp tests/data/records/version-1.tocsin "$work/old.db"
say "$work/old.db" >"$work/old"
grep -q "is of an older version and has no cache" "$work/told"
cmp "$work/old.db" tests/data/records/version-1.tocsin

command -v sqlite3 >/dev/null || {
    echo "the cache was not tried: there is no sqlite3 on this machine (apt install sqlite3)"
    exit 0
}
[ "$(sqlite3 "$work/year.db" 'SELECT count(*) FROM scored')" -eq 7 ]

# Asked to keep nothing it leaves the file as it is, to the byte, and says the same.
sqlite3 "$work/year.db" "DELETE FROM scored; PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
cp "$work/year.db" "$work/before.db"
"$TOCSIN" skills --db "$work/year.db" --home . --json --no-keep >"$work/again" 2>"$work/told"
cmp "$work/first" "$work/again"
cmp "$work/before.db" "$work/year.db"
[ ! -s "$work/told" ] || { cat "$work/told" >&2; exit 1; }
say "$work/year.db" >"$work/again"
[ "$(sqlite3 "$work/year.db" 'SELECT count(*) FROM scored')" -eq 7 ]
for spoil in "UPDATE scored SET body = '[]'" "UPDATE scored SET body = replace(body, ',\"full\"', 'x,\"full\"')" "UPDATE scored SET body = replace(body, ',1,\"', ',0,\"')" \
    "UPDATE scored SET stamp = zeroblob(32), body = replace(body, '\"full\"', '\"hinted\"')" "UPDATE scored SET stamp = x'07'" "DELETE FROM scored" \
    "UPDATE scored SET body = replace(body, '[0,', '[999,')" "UPDATE scored SET body = replace(body, '\"full\"', '\"fuller\"')"; do
    sqlite3 "$work/year.db" "$spoil"
    say "$work/year.db" >"$work/again"
    cmp "$work/first" "$work/again" || { echo "after $spoil another answer came" >&2; exit 1; }
done
"$TOCSIN" verify ransomware-1 --db "$work/year.db" >/dev/null
